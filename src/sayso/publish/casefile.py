"""A case as one HTML file: what stands more than once, from where, what differs, what tables show, what it weighs.

In:   documents, Ledgers, Links, Findings, Weighed, the hedges of a claim.
Out:  HTML, the same for the same input in any order.
Knows nothing of: how any of it is found; where the file is saved.

The file loads nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sayso.check.findings import Finding, Searched
from sayso.links import Cluster, Contradiction, Edge, Link, Variant
from sayso.publish import compared, linkwords, wording
from sayso.publish.chains import Teller
from sayso.publish.compared import Beside, Differ, Group, Known
from sayso.publish.found import VERDICTS, Told, asked, order, told
from sayso.publish.page import STYLES, csp_hash, piece, template
from sayso.publish.pictures import citations, timeline
from sayso.publish.reckoning import names, reckoned
from sayso.publish.wording import Hedges, counted
from sayso.records import Claim, DocumentRef, Ledger
from sayso.weigh.weighed import Weighed

# What sayso did not do, whatever it found.
NOT_CHECKED = (
    "whether anything that is said is so",
    "documents that are not in this case, and what an outlet knew and did not print",
    "pictures, tables, recordings and pages behind links",
    "who a source is, beyond what these texts tell",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in the list of its document. ``group``: number and id of the claims that say the same, if any do."""

    id: str
    who: tuple[Teller, ...]
    act: str
    cue: str | None
    words: str
    group: tuple[int, str] | None
    findings: tuple[Beneath, ...]


@dataclass(frozen=True, slots=True)
class Beneath:
    """A finding under its claim, and when the table was asked. ``caveats``: were those of its table not told above?"""

    told: Told
    at: str
    caveats: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the case. ``others``: how many others have a claim that says the same as one of its own."""

    ref: DocumentRef
    title: str
    byline: tuple[str, ...]
    rows: tuple[Row, ...] | None
    others: int


def render(  # noqa: PLR0913 - what a case holds
    documents: Iterable[DocumentRef],
    ledgers: Iterable[Ledger],
    links: Iterable[Link],
    hedges: Hedges,
    *,
    findings: Iterable[tuple[Finding, str]] = (),
    searches: Iterable[Searched] = (),
    weighed: Iterable[Weighed] = (),
    version: str,
) -> str:
    """One HTML file for a case. Every claim of a link has its ledger in ``ledgers``, every document its entry.

    ``findings``: each with when it was made (ISO 8601); ``searches``: of tables, in order; ``weighed``: what files of
    hypotheses came to, in the order in which they shall stand.
    """
    known = Known({ledger.document.ref.id: ledger for ledger in ledgers}, hedges)
    links = tuple(links)
    edges = sorted((x for x in links if isinstance(x, Edge)), key=lambda e: (e.from_, e.to))
    refs = {ref.id: ref for ref in (*documents, *(ledger.document.ref for ledger in known.ledgers.values()))}
    ordered = sorted(refs.values(), key=linkwords.order)
    groups = compared.groups([x for x in links if isinstance(x, Cluster)], known, edges)
    differ = compared.contradictions([x for x in links if isinstance(x, Contradiction)], known)
    reads = compared.variants([x for x in links if isinstance(x, Variant)], known)
    beside = compared.edges(edges, known, refs)
    found = sorted(findings, key=lambda pair: order(pair[0]))
    by_claim: dict[str, list[tuple[Finding, str]]] = {}
    for finding, at in found:
        by_claim.setdefault(finding.claim, []).append((finding, at))
    papers = _papers(ordered, known, groups, by_claim)
    style = "".join(map(piece, STYLES))
    linked = [known.claims[c] for group in groups for c in group.claims]
    return template("casefile.html.j2").render(
        summary=_summary(ordered, known, groups, differ, beside, found),
        not_checked=NOT_CHECKED,
        called=linkwords.called,
        full=linkwords.full,
        groups=groups,
        differ=differ,
        several=[(words, [d for d in differ if d.heading == words]) for words in linkwords.OUTCOMES.values()],
        reads=reads,
        beside=beside,
        papers=papers,
        asked=asked((finding for finding, _ in found), searches),
        verdicts=VERDICTS,
        checked={claim: len(on) for claim, on in by_claim.items()},
        weighed=[reckoned(one, f"weighed-{n}-") for n, one in enumerate(weighed, 1)],
        claims=known.claims,
        names=names(),
        timeline=Markup(timeline(ordered, linked)) if ordered else None,  # noqa: S704 - every word in it is escaped
        citations=Markup(citations(ordered, edges)) if ordered else None,  # noqa: S704 - as above
        style=Markup(style),  # noqa: S704 - our own files, named by their hash in the policy
        style_hash=csp_hash(style),
        version=version,
    )


def _summary(
    documents: Sequence[DocumentRef],
    known: Known,
    groups: Sequence[Group],
    differ: Sequence[Differ],
    beside: Sequence[Beside],
    found: Sequence[tuple[Finding, str]],
) -> tuple[str, ...]:
    """What is in the case, a sentence for each thing."""
    outlets = {wording.one_line(d.outlet).casefold() for d in documents if d.outlet}
    what = f"{counted(len(documents), 'document', 'documents')} from {counted(len(outlets), 'outlet', 'outlets')}"
    out = [f"{what}, with {counted(len(known.claims), 'claim', 'claims')}."]
    several = [g for g in groups if len(g.cluster.documents) > 1]
    if several:
        fewer = sum(g.cluster.origins.high < len(g.cluster.documents) for g in several)
        groups_of = counted(len(several), "group of claims says", "groups of claims say")
        few = counted(fewer, "of them has", "of them have")
        out.append(f"{groups_of} the same in two documents or more; {few} fewer origins than documents.")
    else:
        out.append("No claim was found in two documents.")
    at_odds = sum(d.heading != linkwords.OUTCOMES["refines"] for d in differ)
    out.append(f"{counted(at_odds, 'pair of claims differs', 'pairs of claims differ')}.")
    out.append(f"{counted(len(beside), 'pair of documents shares', 'pairs of documents share')} text or a name.")
    if found:
        on = counted(len({finding.claim for finding, _ in found}), "claim", "claims")
        out.append(f"Evidence tables were asked about {on}: {counted(len(found), 'finding', 'findings')}.")
    return tuple(out)


def _papers(
    documents: Sequence[DocumentRef],
    known: Known,
    groups: Sequence[Group],
    found: Mapping[str, Sequence[tuple[Finding, str]]],
) -> tuple[Paper, ...]:
    whose = {c: group for group in groups for c in group.claims if len(group.cluster.documents) > 1}
    out = []
    for ref in documents:
        ledger = known.ledgers.get(ref.id)
        claims = ledger.claims if ledger else ()
        others = {d for c in claims if c.id in whose for d in whose[c.id].cluster.documents} - {ref.id}
        rows = tuple(_row(c, known, whose.get(c.id), found.get(c.id, ())) for c in claims)
        byline = wording.byline(ref)
        out.append(Paper(ref, wording.title(ref), byline, rows if ledger else None, len(others)))
    return tuple(out)


def _row(claim: Claim, known: Known, group: Group | None, found: Sequence[tuple[Finding, str]]) -> Row:
    words = wording.elided(wording.unquoted(wording.content(claim, known.text(claim))), 220)
    tables: set[str] = set()
    beneath = []
    for finding, at in found:
        beneath.append(Beneath(told(finding), at, finding.table not in tables))
        tables.add(finding.table)
    others = (group.number, group.cluster.id) if group else None
    cue = wording.beside(claim)
    return Row(claim.id, known.chain(claim), wording.act(claim), cue, words, others, tuple(beneath))
