"""What a page of a case lays side by side: wordings of one thing, passages that differ, texts that share words.

In:   links, and the ledgers they speak of.   Out: values ready to be laid out.
Knows nothing of: the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sayso.links import Cluster, Contradiction, Edge, Tie, Variant
from sayso.publish import linkwords, wording
from sayso.publish.chains import Places, Standing, Teller, chain, standing
from sayso.publish.excerpts import AROUND, excerpt, roles, telling
from sayso.publish.pictures import origin_graph
from sayso.publish.ties import undecided
from sayso.publish.wording import Hedges
from sayso.records import Claim, DocumentRef, Ledger
from sayso.spans import Span

_PAIRS = 6  # pairs of documents named for one reason


@dataclass(frozen=True, slots=True)
class Wording:
    """One claim where it stands. ``chain``: who says it, on whose word; ``cue``: the text's for
    ``act``, where they differ; ``text``: its words with some around them.
    """

    claim: Claim
    chain: tuple[Teller, ...]
    standing: Standing
    act: str
    cue: str | None
    text: Markup
    where: str
    name: str
    title: str
    date: str
    hedges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster. ``more``: origins that claims which may say the same would add; ``certain``, ``perhaps``: reasons for
    which claims count as one origin, and who is meant.
    """

    cluster: Cluster
    number: int
    claims: tuple[str, ...]
    wordings: tuple[Wording, ...]
    possibly: tuple[Wording, ...]
    interval: str
    origins: tuple[str, ...]
    more: int
    certain: tuple[tuple[str, str], ...]
    perhaps: tuple[tuple[str, str], ...]
    picture: Markup


@dataclass(frozen=True, slots=True)
class Differ:
    """Two claims that do not say the same."""

    heading: str
    reason: str
    sides: tuple[Wording, Wording]


@dataclass(frozen=True, slots=True)
class Reads:
    """A quotation in two documents, and the words at each place where it reads differently."""

    sides: tuple[tuple[DocumentRef, Markup], tuple[DocumentRef, Markup]]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two documents. ``passages``: the same words here and there."""

    later: DocumentRef
    earlier: DocumentRef
    relation: str
    credit: str
    why: tuple[str, ...]
    passages: tuple[tuple[Markup, Markup], ...]


class Known:
    """The claims and texts that links speak of, by their ids."""

    def __init__(self, ledgers: Mapping[str, Ledger], hedges: Hedges) -> None:
        self.ledgers = ledgers
        self.claims = {claim.id: claim for ledger in ledgers.values() for claim in ledger.claims}
        self._hedges = hedges

    def text(self, claim: Claim) -> str:
        return self.ledgers[claim.document.id].document.text

    def chain(self, claim: Claim) -> tuple[Teller, ...]:
        return chain(claim, {c.id: c for c in self.ledgers[claim.document.id].claims})

    def wording(self, claim: Claim, differs: Iterable[Span] | None = None) -> Wording:
        """``differs``: words to be marked in the content, instead of source and cue."""
        ledger, ref = self.ledgers[claim.document.id], claim.document
        differs = tuple(differs or ())
        marks = [*_content(claim), *((span, "differs") for span in differs)] if differs else roles(claim)
        text = excerpt(ledger, (*claim.content.spans, *differs), marks)
        return Wording(
            claim=claim,
            chain=self.chain(claim),
            standing=standing(claim),
            act=wording.act(claim),
            cue=wording.beside(claim),
            text=text,
            where=Places(ledger).name(claim.content.spans[0].start),
            name=linkwords.called(ref),
            title=wording.title(ref),
            date=wording.one_line(ref.published or "no date"),
            hedges=self._hedges(claim),
        )


def _content(claim: Claim) -> Iterator[tuple[Span, str]]:
    return ((span, role) for span, role in roles(claim) if span in claim.content.spans)


def groups(clusters: Iterable[Cluster], known: Known, edges: Sequence[Edge]) -> tuple[Group, ...]:
    """Those of most documents first."""

    def order(cluster: Cluster) -> tuple[object, ...]:
        first = min(linkwords.order(known.claims[c].document) for c in cluster.claims)
        return -len(cluster.documents), -len(cluster.claims), first, cluster.id

    return tuple(_group(n, c, known, edges) for n, c in enumerate(sorted(clusters, key=order), 1))


def _group(number: int, cluster: Cluster, known: Known, edges: Sequence[Edge]) -> Group:
    claims = [known.claims[c] for c in cluster.claims]
    refs = {c.document.id: c.document for c in claims}
    return Group(
        cluster=cluster,
        number=number,
        claims=cluster.claims,
        wordings=tuple(map(known.wording, claims)),
        possibly=tuple(known.wording(known.claims[c]) for c in cluster.possibly),
        interval=linkwords.interval(cluster.origins),
        origins=tuple(map(linkwords.origin, cluster.origins.items)),
        more=cluster.origins.high - len(cluster.origins.items),
        certain=_reasons([t for t in cluster.origins.ties if t.certain], known),
        perhaps=_reasons([tie for _, _, tie in undecided(cluster)], known),
        picture=Markup(origin_graph(cluster, refs, edges, key=f"o-{cluster.id}")),  # noqa: S704 - every word is escaped
    )


def _reasons(ties: Iterable[Tie], known: Known) -> tuple[tuple[str, str], ...]:
    """Each reason once, with the pairs of documents it holds for."""
    found: dict[str, dict[str, None]] = {}
    for tie in ties:
        a, b = (linkwords.called(known.claims[c].document) for c in (tie.a, tie.b))
        found.setdefault(wording.one_line(tie.why), {})[f"{a} and {b}" if a != b else f"twice in {a}"] = None
    return tuple((why, _some(tuple(pairs))) for why, pairs in found.items())


def _some(pairs: Sequence[str]) -> str:
    more = len(pairs) - _PAIRS
    return "; ".join(pairs if more <= 0 else [*pairs[:_PAIRS], f"{more:,} more"])


def contradictions(found: Iterable[Contradiction], known: Known) -> tuple[Differ, ...]:
    """What goes together least first, then by date."""
    rank = list(linkwords.OUTCOMES)

    def order(c: Contradiction) -> tuple[object, ...]:
        dates = (linkwords.order(known.claims[x].document) for x in (c.a, c.b))
        return (rank.index(c.relation), *dates, c.a, c.b)

    return tuple(_differ(c, known) for c in sorted(found, key=order))


def _differ(found: Contradiction, known: Known) -> Differ:
    a, b = known.claims[found.a], known.claims[found.b]
    here, there = telling((a, found.spans[0]), (b, found.spans[1]), known.ledgers)
    sides = known.wording(a, here), known.wording(b, there)
    return Differ(linkwords.OUTCOMES[found.relation], wording.one_line(found.reason), sides)


def variants(found: Iterable[Variant], known: Known) -> tuple[Reads, ...]:
    return tuple(_reads(v, known) for v in sorted(found, key=lambda v: (v.a, v.b, v.spans)))


def _reads(variant: Variant, known: Known) -> Reads:
    def side(document: str, span: Span, spans: Iterable[Span]) -> tuple[DocumentRef, Markup]:
        ledger = known.ledgers[document]
        return ledger.document.ref, excerpt(ledger, [span], [(s, "differs") for s in spans], AROUND // 2)

    here = side(variant.a, variant.spans[0], [s for r in variant.readings if r.a for s in r.a.spans])
    there = side(variant.b, variant.spans[1], [s for r in variant.readings if r.b for s in r.b.spans])
    words = tuple((r.a.text if r.a else "", r.b.text if r.b else "") for r in variant.readings)
    return Reads((here, there), words)


def edges(found: Iterable[Edge], known: Known, refs: Mapping[str, DocumentRef]) -> tuple[Beside, ...]:
    """By the date of the later document."""
    ordered = sorted(found, key=lambda e: (linkwords.order(refs[e.from_]), linkwords.order(refs[e.to])))
    return tuple(_beside(e, known, refs) for e in ordered)


def _beside(edge: Edge, known: Known, refs: Mapping[str, DocumentRef]) -> Beside:
    says = "The first names the second." if edge.credited else "The first does not name the second."
    return Beside(
        later=refs[edge.from_],
        earlier=refs[edge.to],
        relation=linkwords.RELATIONS[edge.relation],
        credit="" if edge.relation in ("cites", "shares_quote") else says,
        why=tuple(map(wording.one_line, edge.why)),
        passages=tuple(_passages(edge, known)),
    )


def _passages(edge: Edge, known: Known) -> Iterator[tuple[Markup, Markup]]:
    for here, there in edge.spans:
        yield (
            excerpt(known.ledgers[edge.from_], [here], [(here, "same")], AROUND // 2),
            excerpt(known.ledgers[edge.to], [there], [(there, "same")], AROUND // 2),
        )
