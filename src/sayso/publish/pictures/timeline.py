"""Documents and claims on an axis of time, in three lanes: published, said, happened.

In:   documents, claims.   Out: SVG.
Knows nothing of: origins, whether anything happened; an event is where a claim puts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sayso.publish import linkwords, wording
from sayso.publish.pictures import svg
from sayso.publish.pictures.days import Axis, Stretch, published, when
from sayso.publish.saying import says
from sayso.publish.wording import counted
from sayso.records import Claim, DocumentRef

MOST = 60  # entries of a lane that are drawn
WIDTH = 960.0
_LEFT, _RIGHT = 70.0, 890.0  # beyond them: ends that are open
_OPEN = 56.0
_ROW = 27.0
_TICKS = 92.0
_FADE = (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
_LABEL = 420.0  # how long a label may be
_WHO = 190.0  # and of it, who says it
_LANES = {"published": "Published", "said": "Said, as the texts date it", "happened": "Spoken of, as happening then"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing at one time. ``date``: in the words of the record."""

    stretch: Stretch
    label: str
    full: str
    to: str
    date: str


@dataclass(frozen=True, slots=True)
class _Placed:
    entry: _Entry
    row: int
    x: float
    shown: str


def timeline(documents: Iterable[DocumentRef], claims: Iterable[Claim], *, key: str = "timeline") -> str:
    """The picture of some documents and claims. What has no date is told in the description only."""
    refs = sorted(documents, key=linkwords.order)
    told = sorted(claims, key=lambda c: (linkwords.order(c.document), c.content.spans[0], c.id))
    lanes = {
        "published": [_document(ref, s) for ref in refs if (s := published(ref.published))],
        "said": _merged(_said(told)),
        "happened": _merged(_happened(told)),
    }
    kept = {lane: sorted(entries, key=_order)[:MOST] for lane, entries in lanes.items()}
    entries = [e for lane in kept.values() for e in lane]
    axis = Axis([e.stretch for e in entries], _LEFT, _RIGHT)
    marks: list[Markup] = []
    y = 8.0
    for lane, mine in kept.items():
        if mine:
            drawn, y = _lane(lane, mine, axis, y, left_out=len(lanes[lane]) - len(mine))
            marks += drawn
    if entries:
        ticks, y = _axis(axis, entries, y)
        marks = [*ticks, *marks]
    undated = [ref for ref in refs if not published(ref.published)]
    silent = [c for c in told if not _dates(c)]
    if undated or silent or not entries:
        marks.append(svg.text(_without(undated, silent), 8, y + 16, class_="more", size=svg.SMALL))
        y += 26
    title = f"When: {counted(len(refs), 'document', 'documents')}, {counted(len(told), 'claim', 'claims')}"
    return svg.picture(key, "timeline", title, _description(lanes, undated, silent), (WIDTH, y + 4), marks)


def _order(entry: _Entry) -> tuple[Stretch, str, str, str]:
    return entry.stretch, entry.label, entry.full, entry.to


def _document(ref: DocumentRef, stretch: Stretch) -> _Entry:
    date = wording.one_line(ref.published or "")
    return _Entry(stretch, f"{date} {linkwords.called(ref)}", linkwords.full(ref), ref.id, date)


def _dates(claim: Claim) -> bool:
    return bool(claim.said_at and when(claim.said_at)) or any(e.time and when(e.time) for e in claim.events)


def _who(claim: Claim) -> str:
    """Who says it, what they do by that, and where: "Tomas Reyk denies, The Meridian Post"."""
    outlet = linkwords.called(claim.document)
    return outlet if claim.kind == "authorial" else f"{says(claim)}, {outlet}"


def _words(claim: Claim) -> str:
    return f"“{wording.elided(wording.unquoted(claim.content.text), 90)}”"


def _said(claims: Iterable[Claim]) -> Iterator[_Entry]:
    for c in claims:
        if c.said_at and (stretch := when(c.said_at)):
            yield _claimed(c, stretch, c.said_at.value)


def _happened(claims: Iterable[Claim]) -> Iterator[_Entry]:
    for c in claims:
        for event in c.events:
            if event.time and (stretch := when(event.time)):
                yield _claimed(c, stretch, event.time.value)


def _claimed(claim: Claim, stretch: Stretch, date: str) -> _Entry:
    who = svg.fit(_who(claim), _WHO, svg.SMALL)
    return _Entry(stretch, f"{date} {who}: {_words(claim)}", f"{_who(claim)}: {_words(claim)}", claim.id, date)


def _merged(entries: Iterable[_Entry]) -> list[_Entry]:
    """Each claim once at each time."""
    return list({(e.stretch, e.to): e for e in entries}.values())


def _lane(lane: str, entries: Sequence[_Entry], axis: Axis, y: float, *, left_out: int) -> tuple[list[Markup], float]:
    """A heading, then rows in which nothing lies upon another."""
    more = f" ({left_out:,} more, named in the description)" if left_out else ""
    marks = [
        svg.element("line", class_="rule", x1=0.0, y1=y, x2=WIDTH, y2=y, stroke="currentColor", stroke_opacity=0.25),
        svg.text(_LANES[lane] + more, 8, y + 17, class_="lane", weight="600"),
    ]
    top = y + 24
    placed = _rows(entries, axis)
    marks += [_mark(p, axis, top + p.row * _ROW) for p in placed]
    return marks, top + (max(p.row for p in placed) + 1) * _ROW + 8


def _rows(entries: Sequence[_Entry], axis: Axis) -> list[_Placed]:
    """Each in the first row that is free where it and its label lie."""
    ends: list[float] = []
    out: list[_Placed] = []
    for entry in sorted(entries, key=lambda e: (_extent(e, axis)[0], _order(e))):
        left, right = _extent(entry, axis)
        shown = svg.fit(entry.label, _LABEL, svg.SMALL)
        long = svg.width(shown, svg.SMALL)
        x = min(left, WIDTH - 8 - long)
        row = next((n for n, end in enumerate(ends) if end <= min(x, left)), len(ends))
        ends[row : row + 1] = [max(right, x + long) + 14]
        out.append(_Placed(entry, row, x, shown))
    return out


def _extent(entry: _Entry, axis: Axis) -> tuple[float, float]:
    s = entry.stretch
    left, right = axis.at(s.start), axis.at(s.end)
    if s.end - s.start == 1 and not s.since and not s.until:
        return (left + right) / 2 - 5, (left + right) / 2 + 5
    return left - (_OPEN if s.since else 0), max(right, left + 6) + (_OPEN if s.until else 0)


def _mark(placed: _Placed, axis: Axis, y: float) -> Markup:
    """A dot for a day, a bar for longer; a bar fades where its end is open."""
    s = placed.entry.stretch
    left, right = _extent(placed.entry, axis)
    parts = [
        svg.element("title", svg.words(f"{placed.entry.date}: {placed.entry.full}")),
        svg.text(placed.shown, placed.x, y + 10, class_="more", size=svg.SMALL),
    ]
    if s.end - s.start == 1 and not s.since and not s.until:
        parts.append(svg.element("circle", cx=(left + right) / 2, cy=y + 18, r=4.0, fill="currentColor"))
    else:
        solid_left, solid_right = left + (_OPEN if s.since else 0), right - (_OPEN if s.until else 0)
        parts.append(_bar(solid_left, max(solid_right, solid_left + 6), y, 0.9))
        step = _OPEN / len(_FADE)
        for n, faint in enumerate(_FADE):
            if s.until:
                parts.append(_bar(solid_right + n * step, solid_right + (n + 1) * step, y, faint))
            if s.since:
                parts.append(_bar(solid_left - (n + 1) * step, solid_left - n * step, y, faint))
    return svg.element("a", *parts, class_="node entry", href=f"#{placed.entry.to}")


def _bar(left: float, right: float, y: float, strength: float) -> Markup:
    return svg.element(
        "rect", x=left, y=y + 15, width=right - left, height=6.0, fill="currentColor", fill_opacity=str(strength)
    )


def _axis(axis: Axis, entries: Sequence[_Entry], y: float) -> tuple[list[Markup], float]:
    marks = [svg.element("line", class_="axis", x1=0.0, y1=y, x2=WIDTH, y2=y, stroke="currentColor")]
    for x, day in axis.ticks([e.stretch.start for e in entries], _TICKS):
        marks.append(
            svg.element("line", class_="rule", x1=x, y1=8.0, x2=x, y2=y + 5, stroke="currentColor", stroke_opacity=0.25)
        )
        marks.append(svg.text(day, x, y + 19, class_="more", size=svg.SMALL, anchor="middle"))
    for x in axis.cuts:
        d = f"M{svg.number(x - 7)} {svg.number(y + 6)}l5 -12M{svg.number(x + 2)} {svg.number(y + 6)}l5 -12"
        marks.append(svg.element("path", class_="cut", d=d, fill="none", stroke="currentColor", stroke_width=1.6))
    if axis.cuts:
        marks.append(
            svg.text("Not to scale: // marks long times, drawn shorter.", 8, y + 36, class_="more", size=svg.SMALL)
        )
        y += 18
    return marks, y + 26


def _without(undated: Sequence[DocumentRef], silent: Sequence[Claim]) -> str:
    parts = [counted(len(undated), "document", "documents")] if undated else []
    parts += [counted(len(silent), "claim", "claims")] if silent else []
    return f"Without a date that could be read: {' and '.join(parts) or 'nothing here'}."


def _description(
    lanes: dict[str, list[_Entry]], undated: Sequence[DocumentRef], silent: Sequence[Claim]
) -> Iterator[str]:
    for lane, entries in lanes.items():
        if entries:
            yield f"{_LANES[lane]}:"
            yield "; ".join(f"{_spoken(e)} {e.full}" for e in sorted(entries, key=_order)) + "."
    if undated:
        yield f"Documents without a date: {'; '.join(map(linkwords.full, undated))}."
    if silent:
        yield f"Claims without a date: {'; '.join(f'{_who(c)}: {_words(c)}' for c in silent)}."


def _spoken(entry: _Entry) -> str:
    end = " or before" if entry.stretch.since else " or after" if entry.stretch.until else ""
    return f"{entry.date}{end}:"
