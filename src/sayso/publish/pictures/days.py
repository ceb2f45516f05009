"""Times on an axis: what days a time spans, where a day lies, where the axis is marked.

In:   ISO and EDTF times of records.   Out: Stretches; an Axis that places days.
Knows nothing of: what happened then.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log2

from sayso.days import days
from sayso.records import When

_LONG = 16  # a gap longer than this many of the shortest is drawn shorter


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Days by number, ``end`` not included. ``since``, ``until``: it is not known when it began, when it ended."""

    start: int
    end: int
    since: bool = False
    until: bool = False


def published(value: str | None) -> Stretch | None:
    """The day, month or year of an ISO date; None where there is none or it is no date.

    >>> published("2031-06-05T10:00"), published("June")
    (Stretch(start=741598, end=741599, since=False, until=False), None)
    """
    found = days(value)
    return Stretch(found[0].toordinal(), found[1].toordinal() + 1) if found else None


def when(time: When) -> Stretch | None:
    """From the first to the last day that a time may mean; None where neither is known."""
    first, last = published(time.earliest), published(time.latest)
    if first is None and last is None:
        return None
    if first is None or last is None:
        known = first or last
        return Stretch(known.start, known.end, until=last is None, since=first is None) if known else None
    return Stretch(first.start, max(last.end, first.end))


class Axis:
    """Where days lie between ``left`` and ``right``: to scale, unless some gaps are much longer than others; those are
    then drawn shorter, by their logarithm, and ``cuts`` are their places.
    """

    def __init__(self, stretches: Iterable[Stretch], left: float, right: float) -> None:
        self._days = sorted({day for s in stretches for day in (s.start, s.end)}) or [0, 1]
        gaps = [b - a for a, b in pairwise(self._days)]
        usual = min(gaps)
        uneven = max(gaps) > _LONG * usual
        shares = [log2(1 + gap / usual) if uneven else float(gap) for gap in gaps]
        self._places = [left]
        for share in shares:
            self._places.append(self._places[-1] + share / sum(shares) * (right - left))
        self.cuts = tuple(
            (a + b) / 2 for gap, (a, b) in zip(gaps, pairwise(self._places), strict=True) if gap > _LONG * usual
        )

    def at(self, day: int) -> float:
        """Where a day begins."""
        n = min(max(bisect_right(self._days, day) - 1, 0), len(self._days) - 2)
        (a, b), (x, y) = self._days[n : n + 2], self._places[n : n + 2]
        return x + (y - x) * (day - a) / (b - a)

    def ticks(self, starts: Sequence[int], apart: float) -> Iterator[tuple[float, str]]:
        """Those of ``starts`` that have room, with their dates; the first always."""
        last = float("-inf")
        for day in sorted(set(starts)):
            x = self.at(day)
            if x - last >= apart:
                last = x
                yield x, date.fromordinal(day).isoformat()
