"""The origins of a cluster and the documents that carry them, from left to right.

In:   a Cluster, its documents, the Edges.   Out: SVG.
Knows nothing of: the words of the claims.

An arrow goes the way the words went: from who said it to the document that has it from there, and on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from sayso.links import Cluster, Edge, Origin
from sayso.publish import linkwords
from sayso.publish.pictures import svg
from sayso.publish.pictures.graph import DASHES, Arrow, Box, Frame, draw
from sayso.publish.ties import undecided
from sayso.publish.wording import counted
from sayso.records import DocumentRef

MOST = 40  # documents that are drawn
_SIDE = 34.0  # room for the lines between origins
_LEGEND: dict[str, str] = {
    "heard": "has it from the origin",
    **{relation: words for relation, words in linkwords.RELATIONS.items() if relation != "shares_quote"},
    "somehow": "has it; through which document is not known",
    "perhaps": "may be one origin",
}


def origin_graph(
    cluster: Cluster, documents: Mapping[str, DocumentRef], edges: Iterable[Edge], *, key: str = "origins"
) -> str:
    """The picture of one cluster. ``documents`` by id; of ``edges`` those between documents of one origin are drawn."""
    every = sorted((documents[d] for d in cluster.documents), key=linkwords.order)
    refs = every[:MOST]
    items = cluster.origins.items
    arrows = [*_arrows(items, documents, edges, [ref.id for ref in refs])]
    maybe = _maybe(cluster)
    boxes = [*(_origin(o, maybe, items) for o in items), *(_document(ref, arrows, documents) for ref in refs)]
    drawn = draw(boxes, arrows, left=_SIDE if maybe else 8.0)
    kinds = [k for k in _LEGEND if any(a.kind == k for a in arrows) or (k == "perhaps" and maybe)]
    legend, high = _legend(kinds, drawn.high + 22)
    marks = (*_ties(maybe, items, drawn.frames), *drawn.marks, *legend)
    title = (
        f"Where it comes from: {linkwords.interval(cluster.origins)}, {counted(len(every), 'document', 'documents')}"
    )
    said = _description(cluster, arrows, every, maybe)
    return svg.picture(key, "origin-graph", title, said, (drawn.wide, high), marks)


def _arrows(
    items: Sequence[Origin], documents: Mapping[str, DocumentRef], edges: Iterable[Edge], order: Sequence[str]
) -> Iterator[Arrow]:
    """From each origin to who heard it, from there to who has it from them; the rest somehow."""
    shown = [e for e in edges if e.relation != "shares_quote" and e.from_ in order and e.to in order]
    inner = [e for e in shown if any(_both(e, o) for o in items)]
    inner.sort(key=lambda e: (order.index(e.to), order.index(e.from_)))
    for item in items:
        reached = {e.from_ for e in inner if _both(e, item)}
        for d in sorted(set(item.documents) & set(order), key=order.index):
            name = linkwords.full(documents[d])
            if d in item.heard:
                yield Arrow(item.id, d, "heard", f"{name} has it from {linkwords.origin(item)}.")
            elif d not in reached:
                yield Arrow(item.id, d, "somehow", f"{name} has it; through which document is not known.")
    for e in inner:
        here, there = linkwords.full(documents[e.from_]), linkwords.full(documents[e.to])
        credit = "" if e.credited or e.relation == "cites" else " It does not say so."
        yield Arrow(e.to, e.from_, e.relation, f"{here}: {linkwords.RELATIONS[e.relation]} {there}.{credit}")


def _both(edge: Edge, item: Origin) -> bool:
    return edge.from_ in item.documents and edge.to in item.documents


def _maybe(cluster: Cluster) -> list[tuple[int, int, str]]:
    """Which origins may be one, by their places among the items, and why."""
    found: dict[tuple[int, int], dict[str, None]] = {}
    for a, b, tie in undecided(cluster):
        found.setdefault((a, b), {})[tie.why] = None
    return [(a, b, "; ".join(why)) for (a, b), why in sorted(found.items())]


def _origin(item: Origin, maybe: Sequence[tuple[int, int, str]], items: Sequence[Origin]) -> Box:
    here = items.index(item)
    others = [items[b if a == here else a] for a, b, _ in maybe if here in (a, b)]
    lines = [linkwords.ORIGIN_KINDS[item.kind], *(f"may be one with {o.who}" for o in others[:3])]
    full = ". ".join([linkwords.origin(item), *(f"May be one with {linkwords.origin(o)}" for o in others)])
    return Box(item.id, item.documents[0], item.who, tuple(lines), full, "origin")


def _document(ref: DocumentRef, arrows: Sequence[Arrow], documents: Mapping[str, DocumentRef]) -> Box:
    lines = [f"{ref.published or 'no date'} · {ref.title or ref.path}"]
    for arrow in arrows:
        if arrow.end == ref.id and arrow.kind in linkwords.RELATIONS:
            lines.append(f"{_LEGEND[arrow.kind]} {linkwords.called(documents[arrow.start])}")
        elif arrow.end == ref.id and arrow.kind == "somehow":
            lines.append("has it, not known from where")
    return Box(ref.id, ref.id, linkwords.called(ref), tuple(lines), linkwords.full(ref), "document")


def _ties(
    maybe: Sequence[tuple[int, int, str]], items: Sequence[Origin], frames: Mapping[str, Frame]
) -> Iterator[Markup]:
    """Dashed lines along the left side, between origins that may be one."""
    for a, b, why in maybe:
        one, other = frames[items[a].id], frames[items[b].id]
        x = svg.number(one.x)
        bend = svg.number(one.x - _SIDE + 6)
        y, end = svg.number(one.middle), svg.number(other.middle)
        d = f"M{x} {y}C{bend} {y} {bend} {end} {x} {end}"
        said = f"{items[a].who} and {items[b].who} may be one origin: {why}"
        yield svg.element(
            "g",
            svg.element("title", svg.words(said)),
            svg.element(
                "path", d=d, fill="none", stroke="currentColor", stroke_width=1.6, stroke_dasharray=DASHES["perhaps"]
            ),
            class_="way perhaps",
        )


def _legend(kinds: Sequence[str], y: float) -> tuple[list[Markup], float]:
    """What the lines mean, in rows under the picture; how high it all is then."""
    marks: list[Markup] = []
    x = 8.0
    for kind in kinds:
        room = 46 + svg.width(_LEGEND[kind], svg.SMALL) + 24
        if x + room > 952 and x > 8:
            x, y = 8.0, y + 20
        marks.append(
            svg.element(
                "line", class_=f"way {kind}", x1=x, y1=y - 4, x2=x + 38, y2=y - 4, stroke="currentColor",
                stroke_width=1.6, stroke_dasharray=DASHES[kind],
            )
        )  # fmt: skip
        marks.append(svg.text(_LEGEND[kind], x + 46, y, class_="more", size=svg.SMALL))
        x += room
    return marks, y + 12


def _description(
    cluster: Cluster, arrows: Sequence[Arrow], refs: Sequence[DocumentRef], maybe: Sequence[tuple[int, int, str]]
) -> Iterator[str]:
    items = cluster.origins.items
    yield f"{linkwords.interval(cluster.origins).capitalize()} found in this case, carried by"
    yield f"{counted(len(refs), 'document', 'documents')}: {'; '.join(map(linkwords.full, refs))}."
    yield f"Origins: {'; '.join(map(linkwords.origin, items))}."
    yield from (arrow.full for arrow in arrows)
    for a, b, why in maybe:
        yield f"{linkwords.origin(items[a])} and {linkwords.origin(items[b])} may be one origin: {why}."
    if len(refs) > MOST:
        yield f"The first {MOST} documents are drawn."
    if cluster.possibly:
        yield f"{counted(len(cluster.possibly), 'more claim', 'more claims')} may say the same and are not drawn."
