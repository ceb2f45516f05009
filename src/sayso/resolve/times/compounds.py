"""What expressions of time mean that are built of others: parts, ranges, bounds, hours of a day.

In:   expressions, Anchors.   Out: Resolved.
Knows nothing of: words, texts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sayso.resolve.times import dates
from sayso.resolve.times.anchors import OPEN, Anchors, Expression, Resolved, Weekday, Yearless, counted
from sayso.resolve.times.dates import Stretch, Third, Unit

Side = Literal["since", "before", "after", "until"]


@dataclass(frozen=True)
class SoFar:
    """ "Earlier this month" (-1), "later this year" (1)."""

    sign: int
    whole: Expression

    def on(self, anchors: Anchors, /) -> Resolved:
        found, base = self.whole.on(anchors), anchors.published
        whole = found.stretch
        if whole is None or base is None or whole.first is None or whole.last is None or base.first is None:
            return found
        if base.unit != "day" or not whole.first <= base.first <= whole.last or whole.unit == "day":
            return found
        grain: Unit = "month" if dates.coarser(whole.unit, "month") else "day"
        now, first, last = (dates.unit_at(d, grain) for d in (base.first, whole.first, whole.last))
        return found.turned(dates.between(first, now) if self.sign < 0 else dates.between(now, last))


@dataclass(frozen=True)
class Within:
    """A part named inside of a whole: "Thursday last week", "October of that year"."""

    part: Yearless | Weekday
    whole: Expression

    def on(self, anchors: Anchors, /) -> Resolved:
        found = self.whole.on(anchors)
        whole = found.stretch
        if whole is None or whole.first is None or whole.last is None:
            return found
        if isinstance(self.part, Weekday):
            inside = self.part.within(whole)
            return found.turned(inside) if inside else self.part.on(anchors)
        if whole.unit == "day":
            inner = self.part.within(whole.first.year).on(anchors)
            return inner._replace(anchor=found.anchor)
        if whole.unit != "year":
            return self.part.on(anchors)
        return self.part.within(whole.first.year).on(anchors)._replace(anchor=found.anchor)


@dataclass(frozen=True)
class Share:
    """A quarter or half of a year that is named or meant."""

    number: int
    quarters: bool
    whole: Expression

    def on(self, anchors: Anchors, /) -> Resolved:
        found = self.whole.on(anchors)
        if found.stretch is None or found.stretch.unit != "year" or found.stretch.first is None:
            return found.turned(None)
        return found.turned(dates.share(found.stretch.first.year, self.number, quarters=self.quarters))


@dataclass(frozen=True)
class PartOf:
    third: Third
    whole: Expression

    def on(self, anchors: Anchors, /) -> Resolved:
        found = self.whole.on(anchors)
        return found.turned(found.stretch and dates.third(found.stretch, self.third))


@dataclass(frozen=True)
class Clock:
    """A time of day, on a day or alone. ``time``: "00:20"."""

    time: str
    day: Expression | None

    def on(self, anchors: Anchors, /) -> Resolved:
        if self.day is not None:
            found = self.day.on(anchors)
        elif anchors.near and anchors.mentioned and anchors.mentioned.unit == "day":
            found = Resolved(anchors.mentioned, anchors.place)
        else:
            found = OPEN
        if found.stretch is None or found.stretch.unit != "day":
            return Resolved(Stretch(None, None, None, "", "", f"T{self.time}"), oddity=found.oddity)
        return found.turned(found.stretch._replace(one=f"{found.stretch.begin}T{self.time}"))


@dataclass(frozen=True)
class Offset:
    """So many units before or after a date that is named: "two days after 3 June"."""

    number: int
    unit: Unit
    start: Expression

    def on(self, anchors: Anchors, /) -> Resolved:
        found = self.start.on(anchors)
        return found.turned(found.stretch and counted(found.stretch, self.number, self.unit))


@dataclass(frozen=True)
class Range:
    first: Expression
    last: Expression

    def on(self, anchors: Anchors, /) -> Resolved:
        end = self.last.on(anchors)
        first = self.first
        if end.stretch is None:
            return end
        if end.stretch.first is None:  # "from 6 a.m. to 9 a.m.", of no day
            opening = first.on(anchors).stretch
            hours = opening is not None and opening.first is None and isinstance(first, Clock)
            one = f"{opening.one}/{end.stretch.one}" if opening and hours else None
            return Resolved(end.stretch._replace(one=one)) if one else OPEN
        if isinstance(first, Yearless | Weekday):  # the last such before the end
            bare = replace(first, which=None)
            back = Anchors(published=dates.day(end.stretch.first), ahead=False)
            begin = bare.on(back)
        else:
            begin = first.on(anchors)
        if begin.stretch is None:
            return begin
        if begin.stretch.first and end.stretch.last and begin.stretch.first > end.stretch.last:
            return Resolved(None, oddity="the end lies before the beginning")
        return Resolved(
            dates.between(begin.stretch, end.stretch), end.anchor or begin.anchor, oddity=begin.oddity or end.oddity
        )


@dataclass(frozen=True)
class Bound:
    side: Side
    point: Expression

    def on(self, anchors: Anchors, /) -> Resolved:
        side = self.side
        if side == "until" and not anchors.ahead:  # "was closed until May": the May to come as well as the last
            anchors = replace(anchors, ahead=True if isinstance(self.point, Weekday) or anchors.ahead is None else None)
        if side == "before" and isinstance(self.point, PartOf) and self.point.third == "late":
            side = "until"  # "before the end of the year"
        found = self.point.on(anchors)
        turn = {"since": dates.since, "before": dates.before, "after": dates.after, "until": dates.until}[side]
        return found.turned(found.stretch and turn(found.stretch))


@dataclass(frozen=True)
class About:
    point: Expression

    def on(self, anchors: Anchors, /) -> Resolved:
        found = self.point.on(anchors)
        return found.turned(found.stretch and dates.about(found.stretch))
