"""Boxes and arrows from left to right: what the two graphs share.

In:   Boxes and Arrows, in an order that does not depend on chance.   Out: what to draw, and how large it is.
Knows nothing of: claims, documents, outlets.

What an arrow means stands in the box it leads to, so that no label can lie upon another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sayso.publish.pictures import svg
from sayso.publish.pictures.layers import Item, Layers, layered

WIDTH = 960.0
_MARGIN = 8.0
_GAP = 62.0  # between two layers: room for the arrows
_BETWEEN = 12.0  # boxes of one layer
_LINE = 17.0
_PAD = 8.0
_NARROWEST, _WIDEST = 180.0, 300.0
_HEAD = 8.0  # the head of an arrow
_APART = 11.0  # heads of arrows that lead to one box

# How an arrow is drawn, by what it means; the page and the legend use the same.
DASHES: dict[str, str] = {
    "heard": "",
    "reprint": "18 4",
    "copies_prose": "9 4",
    "press_release": "10 3 2 3",
    "translation": "10 3 2 3 2 3",
    "cites": "5 3",
    "shares_quote": "1 4",
    "somehow": "2 4",
    "perhaps": "6 5",
}


@dataclass(frozen=True, slots=True)
class Box:
    """``name`` is the first line, ``lines`` are the others; ``full``: all of it, however long; ``to``: an anchor."""

    id: str
    to: str
    name: str
    lines: tuple[str, ...]
    full: str
    kind: str


@dataclass(frozen=True, slots=True)
class Arrow:
    start: str
    end: str
    kind: str
    full: str
    thick: float = 1.4


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a box stands."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def middle(self) -> float:
        return self.y + self.high / 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """``frames``: where each box stands, for what else is to be drawn there."""

    marks: tuple[Markup, ...]
    frames: Mapping[str, Frame]
    wide: float
    high: float


def draw(boxes: Sequence[Box], arrows: Sequence[Arrow], *, left: float = _MARGIN) -> Drawn:
    """Boxes in layers from left to right. ``left``: room to be kept free there."""
    plan = layered([box.id for box in boxes], [(arrow.start, arrow.end) for arrow in arrows])
    count = max(1, len(plan.rows))
    wide = min(_WIDEST, max(_NARROWEST, (WIDTH - left - _MARGIN - _GAP * (count - 1)) / count))
    frames = _frames(boxes, arrows, plan, left, wide)
    whole = max(WIDTH, left + count * wide + (count - 1) * _GAP + _MARGIN)
    high = max((f.y + f.high for f in frames.values()), default=0.0) + _MARGIN
    marks = (*_arrows(arrows, plan, frames), *(box_mark(box, frames[box.id]) for box in boxes))
    return Drawn(marks, {box.id: frames[box.id] for box in boxes}, whole, high)


def height(box: Box, wide: float, arriving: int = 0) -> float:
    """How high a box of that width is, with room for the heads of its arrows."""
    name, more = _lines(box, wide)
    return max(_PAD * 2 + _LINE * (len(name) + len(more)) - 4, _APART * arriving + _PAD)


def _lines(box: Box, wide: float) -> tuple[list[str], list[str]]:
    """The words of a box, as they are broken into lines: its name, the others."""
    room = wide - 2 * _PAD - 2
    more = [line for said in box.lines for line in svg.wrap(said, room, svg.SMALL)]
    return svg.wrap(box.name, room * 0.9), more  # bold letters are wider


def _frames(boxes: Sequence[Box], arrows: Sequence[Arrow], plan: Layers, left: float, wide: float) -> dict[Item, Frame]:
    arriving = {box.id: sum(box.id in (a.start, a.end) for a in arrows) for box in boxes}
    high: dict[Item, float] = {box.id: height(box, wide, min(arriving[box.id], 30)) for box in boxes}
    columns = [sum(high.get(item, 0.0) + _BETWEEN for item in row) for row in plan.rows]
    frames: dict[Item, Frame] = {}
    for n, row in enumerate(plan.rows):
        y = _MARGIN + (max(columns) - columns[n]) / 2
        for item in row:
            frames[item] = Frame(left + n * (wide + _GAP), y, wide, high.get(item, 0.0))
            y += high.get(item, 0.0) + _BETWEEN
    return frames


def _arrows(arrows: Sequence[Arrow], plan: Layers, frames: Mapping[Item, Frame]) -> Iterator[Markup]:
    """Each as a soft line from the right side of one box to the left side of the next."""
    out, into = _ports(plan, frames, 0, 1), _ports(plan, frames, -1, -2)
    for n, (arrow, route) in enumerate(zip(arrows, plan.routes, strict=True)):
        stops = [frames[item] for item in route]
        back = n in plan.turned
        tip = 0.0 if back else _HEAD
        x, y = stops[0].x + stops[0].wide + (_HEAD if back else 0.0), out[n]
        d = [f"M{svg.number(x)} {svg.number(y)}"]
        for k, stop in enumerate(stops[1:], 1):
            last = k == len(stops) - 1
            to_x, to_y = stop.x - (tip if last else 0.0), into[n] if last else stop.y
            half = svg.number((x + to_x) / 2)
            d.append(f"C{half} {svg.number(y)} {half} {svg.number(to_y)} {svg.number(to_x)} {svg.number(to_y)}")
            x, y = to_x, to_y
            if not last:
                x += stop.wide
                d.append(f"H{svg.number(x)}")
        head = _head(stops[0].x + stops[0].wide, out[n], -1) if back else _head(stops[-1].x, into[n], 1)
        yield svg.element(
            "g",
            svg.element("title", svg.words(arrow.full)),
            svg.element(
                "path", d=" ".join(d), fill="none", stroke="currentColor", stroke_width=arrow.thick,
                stroke_dasharray=DASHES[arrow.kind],
            ),
            head,
            class_=f"way {arrow.kind}",
        )  # fmt: skip


def _ports(plan: Layers, frames: Mapping[Item, Frame], end: int, near: int) -> dict[int, float]:
    """At which height each edge touches the box at one ``end`` of its route, so that no two touch at one point.

    ``near``: the place in the route next to that end.
    """
    touching: dict[Item, list[int]] = {}
    for n, route in enumerate(plan.routes):
        touching.setdefault(route[end], []).append(n)
    found: dict[int, float] = {}
    for item, edges in touching.items():
        frame = frames[item]
        edges.sort(key=lambda n: (frames[plan.routes[n][near]].middle, n))
        apart = min(_APART, (frame.high - _PAD) / max(1, len(edges)))
        for k, n in enumerate(edges):
            found[n] = frame.middle + (k - (len(edges) - 1) / 2) * apart
    return found


def _head(x: float, y: float, way: int) -> Markup:
    """The head of an arrow whose tip is at ``x``, ``y``; ``way`` 1: it points to the right."""
    base = svg.number(x - way * _HEAD)
    d = f"M{svg.number(x)} {svg.number(y)}L{base} {svg.number(y - 4.5)}V{svg.number(y + 4.5)}Z"
    return svg.element("path", class_="head", d=d, fill="currentColor")


def box_mark(box: Box, frame: Frame) -> Markup:
    """The box itself, a link to its place in the page."""
    name, more = _lines(box, frame.wide)
    x, y = frame.x + _PAD + 2, frame.middle - (_LINE * (len(name) + len(more)) - 4) / 2 + 11
    rect = {"x": frame.x, "y": frame.y, "width": frame.wide, "height": frame.high, "rx": 3.0}
    return svg.element(
        "a",
        svg.element("title", svg.words(box.full)),
        svg.element("rect", **rect, fill="none", stroke="currentColor"),
        *(svg.text(line, x, y + _LINE * n, class_="name", weight="600") for n, line in enumerate(name)),
        *(svg.text(s, x, y + _LINE * n, class_="more", size=svg.SMALL) for n, s in enumerate(more, len(name))),
        class_=f"node {box.kind}",
        href=f"#{box.to}",
    )
