"""What an expression of time means, counted from when the document was published or from the time just mentioned.

In:   expressions, Anchors.   Out: Resolved: a Stretch, or why there is none.
Knows nothing of: words, texts.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from sayso.resolve.times import dates
from sayso.resolve.times.dates import Stretch, Unit
from sayso.spans import Span

Anchor = Span | Literal["publication"] | None


@dataclass(frozen=True)
class Anchors:
    """``published``: the document's day (or month, or year); inside a quotation the day it was said on, whose place is
    ``said``. ``mentioned``: the last point in time before, at ``place``; ``near``: in the same paragraph;
    ``dated``: it has a year of its own. ``ahead``: the sentence looks ahead; None: it may look either way, and of dates
    the nearer is meant. ``order``: whether numbers put the day first or the month, where the document shows it.
    """

    published: Stretch | None = None
    said: Span | None = None
    mentioned: Stretch | None = None
    place: Span | None = None
    near: bool = False
    dated: bool = False
    ahead: bool | None = False
    order: Literal["day", "month"] | None = None

    @property
    def now(self) -> Anchor:
        return self.said or ("publication" if self.published else None)


class Resolved(NamedTuple):
    """``readings``: the values of a text that reads several ways; ``oddity``: what is wrong with a date."""

    stretch: Stretch | None
    anchor: Anchor = None
    readings: tuple[Stretch, ...] = ()
    oddity: str | None = None

    def turned(self, stretch: Stretch | None) -> Resolved:
        return self._replace(stretch=stretch)


class Expression(Protocol):
    """Words of time, understood but not yet counted from anything."""

    def on(self, anchors: Anchors, /) -> Resolved: ...


OPEN = Resolved(None)
_MUCH = 5  # so many times nearer is the day to come, if a sentence that looks back means it all the same


@dataclass(frozen=True)
class Fixed:
    """A date that says itself. ``weekday``: the weekday that stands beside it, 0 Monday."""

    year: int
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def on(self, _: Anchors, /) -> Resolved:
        if self.month is None:
            return Resolved(dates.year(self.year))
        if self.day is None:
            return Resolved(dates.month(self.year, self.month))
        try:
            date = datetime.date(self.year, self.month, self.day)
        except ValueError:
            return Resolved(None, oddity="there is no such day in the calendar")
        odd = self.weekday is not None and self.weekday != date.weekday()
        return Resolved(dates.day(date), oddity=f"{date} is a {date:%A}" if odd else None)


@dataclass(frozen=True)
class Given:
    """A stretch that says itself: a season of a year, a decade."""

    stretch: Stretch

    def on(self, _: Anchors, /) -> Resolved:
        return Resolved(self.stretch)


@dataclass(frozen=True)
class Numeric:
    """ "03/06/2015": two numbers that may be day and month or month and day."""

    first: int
    second: int
    year: int
    weekday: int | None = None

    def readings(self) -> dict[Literal["day", "month"], datetime.date]:
        """The days it can be, by what comes first."""
        found: dict[Literal["day", "month"], datetime.date] = {}
        for order, month, day in (("day", self.second, self.first), ("month", self.first, self.second)):
            try:
                date = datetime.date(self.year, month, day)
            except ValueError:
                continue
            if date not in found.values() and self.weekday in (None, date.weekday()):
                found["day" if order == "day" else "month"] = date
        return found

    def on(self, anchors: Anchors, /) -> Resolved:
        found = self.readings()
        if not found:
            return Resolved(None, oddity="there is no such day in the calendar")
        if len(found) == 1:
            return Resolved(dates.day(*found.values()))
        if anchors.order:
            return Resolved(dates.day(found[anchors.order]))
        readings = tuple(dates.day(date) for date in sorted(found.values()))
        either = dates.between(*readings)._replace(one=f"{self.year:04}")
        return Resolved(either, readings=readings, oddity=f"reads two ways: {' or '.join(r.value for r in readings)}")


@dataclass(frozen=True)
class Yearless:
    """A day, a month, a season or a quarter whose year is not said."""

    month: int | None = None
    day: int | None = None
    season: int | None = None
    weekday: int | None = None
    which: int | None = None  # -1 "last June", 0 "this June", 1 "next June"

    def within(self, year: int) -> Expression:
        if self.season is not None:
            return Given(dates.season(year, self.season))
        return Fixed(year, self.month, self.day, self.weekday)

    def on(self, anchors: Anchors, /) -> Resolved:
        base, mentioned = anchors.published, anchors.mentioned
        if self.which is None and anchors.near and anchors.dated and mentioned and mentioned.unit in ("day", "month"):
            told = self._from(mentioned, ahead=True)  # "In March 2016 it sank. In June its captain was charged."
            first = told.stretch and told.stretch.first
            if first and (anchors.ahead or base is None or base.last is None or first <= base.last):
                return told._replace(anchor=anchors.place)
        return self._from(base, ahead=anchors.ahead)._replace(anchor=anchors.now) if base else OPEN

    def _from(self, base: Stretch, *, ahead: bool | None) -> Resolved:
        if base.first is None or base.last is None:
            return OPEN
        if self.which == 0:
            return self.within(base.first.year).on(Anchors())
        candidates = [self.within(base.first.year + n).on(Anchors()) for n in (-4, -3, -2, -1, 0, 1, 2, 3, 4)]
        there = [c for c in candidates if c.stretch is not None and not (c.oddity and self.weekday is not None)]
        return self._chosen(there, base, ahead=True if self.which == 1 else ahead) if there else candidates[4]

    def _chosen(self, candidates: list[Resolved], base: Stretch, *, ahead: bool | None) -> Resolved:
        def end(candidate: Resolved) -> datetime.date:
            stretch = candidate.stretch
            # What is going on is past and future alike; "last summer" is over, "next summer" has not begun.
            at = stretch and (stretch.last if bool(ahead) != (self.which is not None) else stretch.first)
            return at or datetime.date.max

        first, last = base.first or datetime.date.min, base.last or datetime.date.max
        if ahead is None:
            return min(candidates, key=lambda c: abs(end(c) - first))
        future = next((c for c in candidates if end(c) >= first), candidates[-1])
        past = next((c for c in reversed(candidates) if end(c) <= last), candidates[0])
        # "holding contests on March 15", on the 3rd: a day of a year ago would have its year.
        soon = self.day is not None and self.which is None and first - end(past) > _MUCH * abs(end(future) - last)
        return future if ahead or soon else past


@dataclass(frozen=True)
class Weekday:
    number: int
    which: int | None = None

    def within(self, week: Stretch) -> Stretch | None:
        if week.unit != "week" or week.first is None:
            return None
        return dates.day(week.first + datetime.timedelta(days=self.number))

    def on(self, anchors: Anchors, /) -> Resolved:
        base = anchors.published
        if base is None or base.first is None or base.unit != "day":
            return OPEN
        ahead = bool(anchors.ahead) if self.which in (None, 0) else self.which == 1
        step = (self.number - base.first.weekday()) % 7 - (0 if ahead else 7)
        if step in (0, -7):  # today's own weekday: "on Friday" is today, "last Friday" and "next Friday" are not
            step = 0 if self.which in (None, 0) else 7 * self.which
        return Resolved(dates.day(base.first + datetime.timedelta(days=step)), anchors.now)


@dataclass(frozen=True)
class Counted:
    """So many units from an anchor: "yesterday", "last week", "three years ago", "two days later", "that month".

    ``number``: None where the text does not say how many; ``sign`` then tells the direction.
    """

    number: int | None
    unit: Unit
    base: Literal["now", "mentioned"] = "now"
    sign: int = -1

    def on(self, anchors: Anchors, /) -> Resolved:
        base = anchors.published if self.base == "now" else anchors.mentioned
        anchor = anchors.now if self.base == "now" else anchors.place
        if base is None or base.first is None or base.last is None:
            return OPEN
        if self.number is None:
            at = counted(base, 2 * self.sign, self.unit) or base  # "years ago" are two at least
            return Resolved(dates.until(at) if self.sign < 0 else dates.since(at), anchor)
        return Resolved(counted(base, self.number, self.unit), anchor)


def counted(base: Stretch, number: int, unit: Unit) -> Stretch | None:
    """The unit that lies so many units from a stretch; None where the stretch is too coarse to tell."""
    if base.first is None or base.last is None:
        return None
    if unit == "weekend" and number == 0 and base.unit == "day":
        return dates.unit_at(base.first, unit)
    try:
        found = {dates.unit_at(dates.shifted(d, number, unit), unit) for d in (base.first, base.last)}
    except (ValueError, OverflowError):
        return None
    one = found.pop() if len(found) == 1 else None
    return one if one and one.first and one.first.year in dates.CALENDAR else None


@dataclass(frozen=True)
class Weekend:
    """ "The weekend": the last one, or the one ahead."""

    which: int | None = None

    def on(self, anchors: Anchors, /) -> Resolved:
        base = anchors.published
        if base is None or base.first is None or base.unit != "day":
            return OPEN
        back = -1 if base.first.weekday() < 5 else 0  # on a Saturday or Sunday the weekend is this one
        step = self.which if self.which is not None else 0 if anchors.ahead else back
        if self.which == 0 and anchors.ahead is False and base.first.weekday() < 3:
            step = -1  # "said this weekend", on a Monday
        return Resolved(counted(base, step, "weekend"), anchors.now)


@dataclass(frozen=True)
class Overnight:
    def on(self, anchors: Anchors, /) -> Resolved:
        base = anchors.published
        if base is None or base.first is None or base.unit != "day":
            return OPEN
        step = datetime.timedelta(days=1)
        night = (base.first, base.first + step) if anchors.ahead else (base.first - step, base.first)
        return Resolved(dates.between(*map(dates.day, night)), anchors.now)


@dataclass(frozen=True)
class Mentioned:
    """ "At the time"."""

    def on(self, anchors: Anchors, /) -> Resolved:
        return Resolved(anchors.mentioned, anchors.place)


@dataclass(frozen=True)
class Rolling:
    """ "The past three years": up to now, or with a positive number from now on."""

    number: int
    unit: Unit

    def on(self, anchors: Anchors, /) -> Resolved:
        base = anchors.published
        if base is None or base.first is None:
            return OPEN
        grain: Unit = self.unit if self.unit in ("month", "year") else "day" if self.unit in ("day", "week") else "year"
        ends = sorted((0, self.number))
        try:
            first, last = (dates.unit_at(dates.shifted(base.first, n, self.unit), grain) for n in ends)
        except (ValueError, OverflowError):
            return OPEN
        if dates.coarser(base.unit, grain):
            return OPEN
        return Resolved(dates.between(first, last), anchors.now)


@dataclass(frozen=True)
class Unknown:
    """Counted from something that has no date: "two days after the fire"."""

    def on(self, _: Anchors, /) -> Resolved:
        return OPEN


@dataclass(frozen=True)
class Length:
    """A duration ("P6M") or what recurs ("R/P1W"): no place in time, so no days."""

    value: str

    def on(self, _: Anchors, /) -> Resolved:
        return OPEN
