"""The links of a case on a terminal: claims that several documents carry, who has what from whom, what differs.

In:   Links, the documents and claims they name, a rich Console.   Out: lines written to that console.
Knows nothing of: files, HTML, how links are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from sayso.links import Cluster, Contradiction, Edge, Link, Origin, OriginKind, Outcome, Tie, Variant
from sayso.publish import linkwords, wording
from sayso.publish.chains import chain, own_words, passed_on, speaker, within
from sayso.publish.saying import does
from sayso.publish.wording import elided, one_line
from sayso.records import Claim, DocumentRef

# Every word of a document goes through ``one_line`` and into a ``Text``: it can neither style nor steer the terminal.

_WIDEST = 120
_LONG = 200  # characters of a claim
_CALLED = 60  # and of what a text calls a source
_TIES = 4  # reasons shown for a count; the JSON Lines have all

OUTCOMES: dict[Outcome, str] = {
    "contradicts": "stands against",
    "disputes-attribution": "disputes who said",
    "updates": "is a later word on",
    "refines": "is closer than",
}
ORIGINS: dict[OriginKind, str] = {
    "eyewitness": "a person",
    "official": "an official or spokesperson",
    "anonymous_official": "an official who is not named",
    "document": "a document",
    "organisation": "an organisation",
    "own_reporting": "the outlet's own words",
    "hearsay": "a person, of what others told",
    "unknown": "not told",
}


def count(cluster: Cluster) -> str:
    """How many independent origins, in words: a count of origins, never of truth.

    >>> from sayso.links import Origins
    >>> count(Cluster(id="k", claims=(), documents=(), origins=Origins(low=1, high=2, items=()), score=1.0))
    '1 to 2 independent origins'
    """
    low, high = cluster.origins.low, cluster.origins.high
    number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{number} independent {'origin' if high == 1 else 'origins'}"


def render(
    links: Iterable[Link],
    documents: Mapping[str, DocumentRef],
    claim: Callable[[str], Claim],
    console: Console,
    *,
    limit: int | None = None,
) -> None:
    """Write what stands between documents. ``limit``: at most so many of each sort, the most carried first."""
    width = min(console.width, _WIDEST)
    found = list(links)
    clusters = sorted((x for x in found if isinstance(x, Cluster)), key=lambda c: (-len(c.documents), c.id))
    edges = [x for x in found if isinstance(x, Edge)]
    variants = [x for x in found if isinstance(x, Variant)]
    order = tuple(OUTCOMES)
    against = sorted((x for x in found if isinstance(x, Contradiction)), key=lambda x: order.index(x.relation))
    parts: list[tuple[str, Sequence[Iterator[tuple[int, Text]]]]] = [
        ("Claims that several documents carry", [_cluster(c, documents, claim) for c in clusters]),
        ("Who has something from whom", [_edge(e, documents) for e in edges]),
        ("Quotations that read differently", [_variant(v, documents) for v in variants]),
        ("Claims that stand to each other", [_against(c, claim) for c in against]),
    ]
    for heading, blocks in parts:
        if not blocks:
            continue
        _write(0, Text(heading, style="bold"), console, width)
        for block in blocks[:limit]:
            for indent, text in block:
                _write(indent, text, console, width)
        if limit is not None and len(blocks) > limit:
            _write(2, Text(f"… and {len(blocks) - limit:,} more", style="dim"), console, width)
        _write(0, Text(), console, width)
    if not found:
        _write(0, Text(_nothing(len(documents))), console, width)
        return
    differ = sum(map(linkwords.differs, against))
    counts = (
        wording.counted(len(clusters), "claim that several documents carry", "claims that several documents carry"),
        wording.counted(len(edges), "edge", "edges"),
        wording.counted(differ, "pair of claims that differ", "pairs of claims that differ"),
    )
    total = " · ".join((wording.counted(len(documents), "document", "documents"), *counts))
    _write(0, Text(total, style="bold"), console, width)


def _nothing(documents: int) -> str:
    if documents < 2:
        return "Nothing to link: the case has fewer than two documents."
    return "No claim stands in two documents, and none has something from another, as far as was found."


def _cluster(
    cluster: Cluster, documents: Mapping[str, DocumentRef], claim: Callable[[str], Claim]
) -> Iterator[tuple[int, Text]]:
    carried = wording.counted(len(cluster.documents), "document", "documents")
    yield 2, Text(f"{count(cluster)} · {carried}", style="bold cyan")
    for name in cluster.claims:
        found = claim(name)
        line = Text(f"{_document(documents[found.document.id])}: ", style="dim")
        yield 4, line.append_text(_says(found, claim))
    for origin in cluster.origins.items:
        yield 4, _origin(origin)
    for tie in cluster.origins.ties[:_TIES]:
        yield 6, _tie(tie, claim)
    if len(cluster.possibly):
        more = wording.counted(len(cluster.possibly), "claim", "claims")
        yield 6, Text(f"{more} may say the same: counted in the higher number only", style="dim")
    yield 0, Text()


def _origin(origin: Origin) -> Text:
    line = Text(f"⋅ from {one_line(origin.who)}", style="blue")
    line.append(f" ({ORIGINS[origin.kind]})", style="dim")
    if origin.kind not in ("own_reporting", "unknown") and origin.heard:
        heard = wording.counted(len(origin.heard), "document has", "documents have")
        line.append(f": {heard} it from there, not through another", style="dim")
    return line


def _tie(tie: Tie, claim: Callable[[str], Claim]) -> Text:
    ends = " and ".join(_document(claim(c).document) for c in (tie.a, tie.b))
    return Text(f"{'one origin' if tie.certain else 'perhaps one'}: {ends}: {one_line(tie.why)}", style="dim")


def _edge(edge: Edge, documents: Mapping[str, DocumentRef]) -> Iterator[tuple[int, Text]]:
    line = Text(_document(documents[edge.from_]))
    line.append(f": {linkwords.RELATIONS[edge.relation]} ", style="bold magenta")
    line.append(_document(documents[edge.to]))
    line.append("" if edge.credited else ", and does not name it", style="bold")
    yield 2, line
    yield 4, Text(f"{edge.score:.2f}: " + "; ".join(map(one_line, edge.why)), style="dim")


def _variant(variant: Variant, documents: Mapping[str, DocumentRef]) -> Iterator[tuple[int, Text]]:
    yield 2, Text(f"{_document(documents[variant.a])} and {_document(documents[variant.b])}")
    for reading in variant.readings:
        here, there = (f"“{elided(p.text, 60)}”" if p else "nothing" for p in (reading.a, reading.b))
        yield 4, Text(f"{here} there, {there} here")


def _against(found: Contradiction, claim: Callable[[str], Claim]) -> Iterator[tuple[int, Text]]:
    first, second = claim(found.a), claim(found.b)
    yield 2, Text(f"{OUTCOMES[found.relation]}: {one_line(found.reason)}", style="bold magenta")
    for one in (second, first):
        line = Text(f"{_document(one.document)}: ", style="dim")
        yield 4, line.append_text(_says(one, claim))


def _says(claim: Claim, claim_of: Callable[[str], Claim]) -> Text:
    """Who says it, on whose word, and what: a claim is never shown without whose it is."""
    said = Text(style="not dim")
    if claim.kind == "authorial":
        said.append("in the author's own words ", style="magenta")
    else:
        said.append(one_line(speaker(claim)))
        if words := own_words(claim):
            said.append(f" (the text: “{elided(words, _CALLED)}”)")
        said.append(f" {does(claim)}", style="magenta")
        passed = passed_on(chain(claim, within(claim, claim_of)))
        said.append(f", {one_line(passed)}: " if passed else " ")
    return said.append(elided(claim.content.text, _LONG))


def _document(ref: DocumentRef) -> str:
    day = f" {ref.published[:10]}" if ref.published else ""
    return one_line(f"{ref.outlet or ref.title or ref.path}{day}")


def _write(indent: int, text: Text, console: Console, width: int) -> None:
    for line in text.wrap(console, width - indent) or [Text()]:
        line.rstrip()
        console.print(Text(" " * indent).append_text(line), soft_wrap=True)
