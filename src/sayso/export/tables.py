"""Claims and what belongs to them as rows that people read: the columns of CSV and of each sheet of a workbook.

In:   a Selection.   Out: rows of cells in a stable order; the columns they stand in.
Knows nothing of: files, spreadsheets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sayso.export.selection import Part, Selection, Who
from sayso.links import Cluster, Contradiction
from sayso.publish import linkwords, wording
from sayso.publish.chains import Places, chain, passed_on, speaker
from sayso.publish.found import VERDICTS
from sayso.records import Claim


class Ref(NamedTuple):
    """A cell that leads to the row of another sheet, by that row's id."""

    words: str
    sheet: str
    id: str


class Address(NamedTuple):
    """A cell that leads out, to the page a document came from."""

    url: str


Cell = str | int | float | Ref | Address | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """``key``: its name in CSV, which does not change; ``head``: what people read; ``width`` in characters."""

    key: str
    head: str
    width: int


CLAIMS = (
    Column("source", "Who says it", 26),
    Column("act", "does what", 12),
    Column("cue", "Reported with", 20),
    Column("words", "Their words: a claim, not a fact", 70),
    Column("chain", "On whose word", 30),
    Column("put", "How they put it", 20),
    Column("hedges", "Hedged by", 18),
    Column("said_at", "Said", 12),
    Column("document", "Document", 34),
    Column("place", "Place", 9),
    Column("outlet", "Outlet", 22),
    Column("published", "Published", 12),
    Column("against", "Differs from, or is disputed by", 40),
    Column("same_documents", "Documents that say the same", 11),
    Column("origins_low", "Independent origins, at least", 11),
    Column("origins_high", "at most", 9),
    Column("events", "Speaks of", 40),
    Column("event_codes", "The same in PLOVER's codes", 24),
    Column("kind", "Kind of speech", 18),
    Column("source_text", "Source, as the text calls it", 26),
    Column("source_type", "Type of source", 14),
    Column("unnamed", "Source unnamed", 10),
    Column("review", "Reading reviewed", 18),
    Column("score", "Probability that it was read rightly", 12),
    Column("url", "Address", 30),
    Column("path", "File", 30),
    Column("start", "First character", 10),
    Column("end", "after the last", 10),
    Column("via", "Lies inside claim", 20),
    Column("cluster", "Group", 20),
    Column("document_id", "Document id", 20),
    Column("sha256", "SHA-256 of the file", 20),
    Column("found_by", "Found by", 18),
    Column("id", "Claim id", 20),
)
SOURCES = (
    Column("source", "Source, as the documents call it", 36),
    Column("type", "Type", 16),
    Column("unnamed", "Unnamed", 10),
    Column("claims", "Claims", 9),
    Column("documents", "Documents", 11),
    Column("acts", "What it does", 40),
    Column("first", "First document", 14),
    Column("last", "Last document", 14),
    Column("known", "In the alias tables", 22),
    Column("id", "Source id", 22),
)
ORIGINS = (
    Column("says", "A claim of the group: who says", 28),
    Column("words", "with which words", 60),
    Column("documents", "Documents", 11),
    Column("low", "Independent origins, at least", 12),
    Column("high", "at most", 9),
    Column("origin", "Origin", 30),
    Column("kind", "Kind of origin", 24),
    Column("carried", "Carried by", 50),
    Column("heard", "Had from it directly", 40),
    Column("claim", "Claim id", 20),
    Column("cluster", "Group", 20),
    Column("id", "Origin id", 20),
)
FINDINGS = (
    Column("says", "A claim: who says", 28),
    Column("words", "with which words", 60),
    Column("finding", "What the table shows", 28),
    Column("table", "Table", 34),
    Column("query", "What it was asked", 50),
    Column("reason", "Why", 60),
    Column("rows", "Rows", 40),
    Column("asked", "Asked on", 22),
    Column("claim", "Claim id", 20),
)
DOCUMENTS = (
    Column("title", "Title", 50),
    Column("outlet", "Outlet", 26),
    Column("author", "Author", 24),
    Column("published", "Published", 14),
    Column("claims", "Claims", 9),
    Column("url", "Address", 40),
    Column("path", "File", 40),
    Column("added", "In the case since", 24),
    Column("sha256", "SHA-256 of the file", 66),
    Column("id", "Document id", 20),
)
CONTRADICTIONS = (
    Column("relation", "How they stand to each other", 30),
    Column("a_says", "Who says one thing", 26),
    Column("a_words", "with which words", 56),
    Column("a_document", "in", 28),
    Column("b_says", "Who says another", 26),
    Column("b_words", "with which words", 56),
    Column("b_document", "in", 28),
    Column("reason", "What was seen", 50),
    Column("a", "Claim id", 20),
    Column("b", "Claim id of the other", 20),
)


def review(part: Part, claim: Claim) -> str | None:
    """How people ruled on the reading of a claim, never on whether it is so: "accepted by Ida Moor"."""
    standing = part.standings[claim.id]
    if standing.state == "unreviewed":
        return None
    people = ", ".join(wording.one_line(ruling.by) for ruling in standing.rulings)
    return f"{standing.state} by {people}" if people else standing.state


def content(claim: Claim) -> str:
    """The content on one line, with "…" where words between its parts are left out."""
    return wording.one_line(" … ".join(claim.content.pieces))


def claims(selection: Selection) -> Iterator[Row]:
    """A row for each claim, under CLAIMS."""
    for part in selection.parts():
        by_id = {claim.id: claim for claim in part.ledger.claims}
        places = Places(part.ledger)
        for claim in part.claims:
            yield _claim(selection, claim, part, by_id, places)


def _claim(selection: Selection, claim: Claim, part: Part, by_id: Mapping[str, Claim], places: Places) -> Row:
    ref = claim.document
    cluster = selection.cluster(claim.id)
    tellers = chain(claim, by_id)
    return (
        wording.one_line(speaker(claim)),
        wording.deed(claim),
        wording.one_line(claim.cue.text) if claim.cue else None,
        content(claim),
        wording.one_line(passed_on(tellers)) or None,
        wording.FACTUALITY[claim.factuality],
        ", ".join(map(wording.one_line, selection.hedges(claim))) or None,
        claim.said_at.value if claim.said_at else None,
        Ref(wording.title(ref), "Documents", ref.id),
        places.name(claim.content.spans[0].start),
        ref.outlet,
        ref.published,
        "; ".join(selection.against(claim)) or None,
        len(cluster.documents) if cluster else 1,
        cluster.origins.low if cluster else None,
        cluster.origins.high if cluster else None,
        "; ".join(map(wording.event, claim.events)) or None,
        "; ".join(map(wording.code, claim.events)) or None,
        wording.KINDS[claim.kind],
        wording.one_line(claim.source.text) if claim.source else None,
        claim.source.type if claim.source else None,
        _yes(claim.source.anonymous) if claim.source else None,
        review(part, claim),
        claim.score,
        Address(ref.url) if ref.url else None,
        ref.path,
        claim.content.spans[0].start,
        claim.content.spans[-1].end,
        Ref(claim.via, "Claims", claim.via) if claim.via else None,
        Ref(cluster.id, "Origins", cluster.id) if cluster else None,
        ref.id,
        ref.sha256,
        claim.found_by,
        claim.id,
    )


def sources(selection: Selection) -> Iterator[Row]:
    """A row for each source, those with most claims first, under SOURCES. See `Selection.who`."""
    of: dict[str, Who] = {}
    acts: dict[str, Counter[str]] = defaultdict(Counter)
    where: dict[str, dict[str, str | None]] = defaultdict(dict)
    for claim in (claim for part in selection.parts() for claim in part.claims):
        if (who := selection.who(claim)) is not None:
            of.setdefault(who.id, who)
            acts[who.id][wording.deed(claim)] += 1
            where[who.id][claim.document.id] = claim.document.published
    for key in sorted(of, key=lambda k: (-acts[k].total(), of[k].name, k)):
        who, dates = of[key], sorted(on for on in where[key].values() if on)
        does = sorted(acts[key].items(), key=lambda item: (-item[1], item[0]))
        yield (
            wording.one_line(who.name),
            who.type,
            _yes(who.anonymous),
            acts[key].total(),
            len(where[key]),
            ", ".join(f"{act} {count}" for act, count in does),
            dates[0] if dates else None,
            dates[-1] if dates else None,
            who.known,
            who.id,
        )


def origins(selection: Selection) -> Iterator[Row]:
    """A row for each origin of each group of claims that say the same, under ORIGINS."""
    called = {kept.document.id: linkwords.full(kept.document) for kept in selection.documents}
    for link in selection.links():
        if not isinstance(link, Cluster):
            continue
        claim = selection.claim(next(filter(selection.has, link.claims)))
        words = content(claim)
        for origin in link.origins.items:
            yield (
                selection.told(claim),
                words,
                len(link.documents),
                link.origins.low,
                link.origins.high,
                wording.one_line(origin.who),
                linkwords.ORIGIN_KINDS[origin.kind],
                _names(selection, origin.documents, called),
                _names(selection, origin.heard, called),
                Ref(claim.id, "Claims", claim.id),
                link.id,
                origin.id,
            )


def _names(selection: Selection, documents: Sequence[str], called: Mapping[str, str]) -> str | None:
    known = (called.get(d) or linkwords.full(selection.ledger(d).document.ref) for d in documents)
    return "; ".join(known) or None


def findings(selection: Selection) -> Iterator[Row]:
    """A row for what each table shows on each claim, under FINDINGS."""
    for finding, on in selection.findings():
        claim = selection.claim(finding.claim)
        more = finding.matched - len(finding.rows)
        yield (
            selection.told(claim),
            content(claim),
            VERDICTS[finding.finding],
            finding.table,
            wording.one_line(finding.query),
            wording.one_line(finding.reason),
            "; ".join(map(wording.one_line, finding.rows)) + (f" and {more:,} more" if more > 0 else "") or None,
            on,
            Ref(claim.id, "Claims", claim.id),
        )


def documents(selection: Selection) -> Iterator[Row]:
    """A row for each document, under DOCUMENTS."""
    added = {kept.document.id: kept.added_at for kept in selection.documents}
    for part in selection.parts():
        ref = part.ledger.document.ref
        yield (
            wording.title(ref),
            ref.outlet,
            ref.author,
            ref.published,
            len(part.claims),
            Address(ref.url) if ref.url else None,
            ref.path,
            added[ref.id],
            ref.sha256,
            ref.id,
        )


def contradictions(selection: Selection) -> Iterator[Row]:
    """A row for each pair of claims that differ, under CONTRADICTIONS."""
    for link in selection.links():
        if isinstance(link, Contradiction):
            a, b = selection.claim(link.a), selection.claim(link.b)
            yield (
                linkwords.OUTCOMES[link.relation],
                selection.told(a),
                content(a),
                Ref(linkwords.full(a.document), "Documents", a.document.id),
                selection.told(b),
                content(b),
                Ref(linkwords.full(b.document), "Documents", b.document.id),
                wording.one_line(link.reason),
                Ref(a.id, "Claims", a.id),
                Ref(b.id, "Claims", b.id),
            )


def _yes(value: bool) -> str:  # noqa: FBT001 - it is what is said
    return "yes" if value else "no"
