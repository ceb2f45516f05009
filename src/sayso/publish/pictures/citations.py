"""Who names whom or shares text with whom, outlet by outlet; documents where there is no outlet.

In:   documents and the Edges between them.   Out: SVG.
Knows nothing of: claims, origins.

An arrow goes the way the words went: from the outlet that is named to the one that names it. The thicker, the more
pairs of documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sayso.links import Edge
from sayso.publish import linkwords
from sayso.publish.pictures import svg
from sayso.publish.pictures.graph import WIDTH, Arrow, Box, Frame, box_mark, draw, height
from sayso.publish.wording import counted, one_line
from sayso.records import DocumentRef

MOST = 40  # outlets that are drawn
_LINES = 4  # arrows that are named in a box
_APART = 4  # boxes beside each other, of those that no arrow touches
_LEGEND = (
    "The arrow goes from who is named or shared with to the later text. The number: pairs of documents."
    " Dashed: the later text does not say so."
)


@dataclass(frozen=True, slots=True)
class _Group:
    """An outlet and its documents, or a document without one."""

    id: str
    name: str
    documents: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """How often documents of ``start`` stand behind documents of ``end``, and in how many of them that is said."""

    start: str
    end: str
    times: int
    said: int


def citations(documents: Iterable[DocumentRef], edges: Iterable[Edge], *, key: str = "citations") -> str:
    """The map of a case. Up to 40 outlets are drawn, those with most arrows; the description names the others."""
    groups = _groups(documents)
    named = _named(groups, edges)
    across = [n for n in named if n.start != n.end]
    busy = {g: sum(n.times for n in across if g in (n.start, n.end)) for g in groups}
    shown = sorted(groups, key=lambda g: (-busy[g], linkwords.order(groups[g].documents[0])))[:MOST]
    shown.sort(key=lambda g: linkwords.order(groups[g].documents[0]))
    kept = [n for n in across if n.start in shown and n.end in shown]
    linked = {g for n in kept for g in (n.start, n.end)}
    arrows = [_arrow(n, groups) for n in kept]
    drawn = draw([_box(groups[g], kept, groups) for g in shown if g in linked], arrows)
    alone = [_box(groups[g], (), groups) for g in shown if g not in linked]
    marks, high = _below(alone, drawn.high if linked else 0.0, dashed=bool(linked))
    title = f"Who names whom: {counted(len(groups), 'outlet or document', 'outlets and documents')}"
    said = _description(groups, named, [groups[g] for g in groups if g not in shown])
    return svg.picture(key, "citations", title, said, (drawn.wide, high), (*drawn.marks, *marks))


def _groups(documents: Iterable[DocumentRef]) -> dict[str, _Group]:
    """By the id of its first document, which is the anchor too."""
    found: dict[str, list[DocumentRef]] = {}
    for ref in sorted(documents, key=linkwords.order):
        found.setdefault(one_line(ref.outlet).casefold() if ref.outlet else f" {ref.id}", []).append(ref)
    return {refs[0].id: _Group(refs[0].id, linkwords.called(refs[0]), tuple(refs)) for refs in found.values()}


def _named(groups: Mapping[str, _Group], edges: Iterable[Edge]) -> list[_Named]:
    whose = {ref.id: group.id for group in groups.values() for ref in group.documents}
    found: dict[tuple[str, str], list[bool]] = {}
    for edge in edges:
        if edge.relation != "shares_quote":
            found.setdefault((whose[edge.to], whose[edge.from_]), []).append(edge.credited)
    place = {group: n for n, group in enumerate(groups)}
    pairs = sorted(found, key=lambda pair: (place[pair[0]], place[pair[1]]))
    return [_Named(a, b, len(found[a, b]), sum(found[a, b])) for a, b in pairs]


def _times(found: _Named) -> str:
    """ "3 documents", "3, of which 1 does not say so"."""
    silent = found.times - found.said
    if not silent:
        return f"{found.times:,}"
    return f"{found.times:,}, not said" if silent == found.times else f"{found.times:,}, {silent:,} not said"


def _arrow(found: _Named, groups: Mapping[str, _Group]) -> Arrow:
    full = f"{groups[found.end].name} has things from {groups[found.start].name}: {_times(found)}."
    return Arrow(
        found.start, found.end, "heard" if found.said else "cites", full, thick=min(7.0, 0.6 + 0.9 * found.times)
    )


def _box(group: _Group, named: Sequence[_Named], groups: Mapping[str, _Group]) -> Box:
    arriving = [n for n in named if n.end == group.id]
    lines = [f"{groups[n.start].name}: {_times(n)}" for n in arriving]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"and {len(lines) - _LINES + 1} more"]
    what = counted(len(group.documents), "document", "documents")
    if arriving:
        what += ", with things from"
    full = f"{group.name}: {'; '.join(map(linkwords.full, group.documents))}"
    return Box(group.id, group.id, group.name, (what, *lines), full, "outlet")


def _below(alone: Sequence[Box], y: float, *, dashed: bool) -> tuple[list[Markup], float]:
    """How to read the arrows; then those that none touches, in rows."""
    marks: list[Markup] = []
    if dashed:
        marks.append(svg.text(_LEGEND, 8, y + 14, class_="more", size=svg.SMALL))
        y += 30
    if not alone:
        return marks, y
    if dashed:
        marks.append(svg.text("No arrow to or from:", 8, y + 16, class_="more", size=svg.SMALL))
        y += 24
    wide = (WIDTH - 16 - 12 * (_APART - 1)) / _APART
    for start in range(0, len(alone), _APART):
        row = alone[start : start + _APART]
        high = max(height(box, wide) for box in row)
        marks += [box_mark(box, Frame(8 + n * (wide + 12), y + 4, wide, high)) for n, box in enumerate(row)]
        y += high + 12
    return marks, y + 8


def _description(groups: Mapping[str, _Group], named: Sequence[_Named], rest: Sequence[_Group]) -> Iterator[str]:
    across = [n for n in named if n.start != n.end]
    if not across:
        yield "No outlet was found to name another or to share text with it."
    for n in across:
        yield f"{groups[n.end].name} has things from {groups[n.start].name}: {_times(n)}."
    for n in named:
        if n.start == n.end:
            yield f"{groups[n.start].name} has things from other documents of its own: {_times(n)}."
    if rest:
        yield f"Not drawn, for want of room: {'; '.join(g.name for g in rest)}."
    yield "Documents:"
    yield "; ".join(linkwords.full(ref) for group in groups.values() for ref in group.documents) + "."
