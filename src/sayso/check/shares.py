"""Shares and changes of counts beside what a claim says of them: intervals, limits, and whether the window decides.

In:   counts, an EventQuestion.   Out: a verdict with its reason.
Knows nothing of: tables, rows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sayso.check.findings import Verdict
from sayso.check.questions import EventQuestion

FEWEST = 20  # events below which a share or a change tells nothing
_NEAR, _FAR = 5.0, 15.0  # points of percent from a stated share: still the same, the same in part
_ABOUT = 0.2  # how much of a number "about", or of a change "doubled", leaves open
_Z = 1.96  # of a 95 % interval
_YEARS = (2, 1, 4)  # back from the claim's day, where it gives no window; the first is told first


class Share(NamedTuple):
    """``part`` of ``whole``, in percent, with Wilson's 95 % interval."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.whole:
            return 0.0, 100.0
        n, p, z2 = self.whole, self.part / self.whole, _Z * _Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def claimed(question: EventQuestion) -> tuple[float, float]:
    """The numbers that the claim's words leave open."""
    low = -math.inf if question.low is None else question.low * (1 - _ABOUT * question.approximate)
    high = math.inf if question.high is None else question.high * (1 + _ABOUT * question.approximate)
    return low, high


def weighed(question: EventQuestion, share: Share) -> tuple[Verdict, str]:
    """A share beside what the claim says of it."""
    percent, (low, high) = share.percent, share.interval
    if question.most or question.least:
        holds, in_part = question.most or question.least or (0.0, 0.0)
        under = question.most is not None
        said = f"“{question.word}” is taken as {'at most' if under else 'at least'} {holds:g} percent"
        if (low <= holds) if under else (high >= holds):
            return "consistent", said
        if (low <= in_part) if under else (high >= in_part):
            return "partly", f"{said}, in part {'up to' if under else 'from'} {in_part:g}"
        return "inconsistent", said
    claimed_low, claimed_high = claimed(question)
    off = max(0.0, claimed_low - high, low - claimed_high)
    stated = max(0.0, claimed_low - percent, percent - claimed_high)
    if off == 0 or stated <= _NEAR:
        return "consistent", f"within {_NEAR:g} points of what is claimed, or its interval has it"
    if stated <= _FAR:
        return "partly", f"{stated:.1f} points from what is claimed"
    return "inconsistent", f"{stated:.1f} points from what is claimed"


def by_halves(question: EventQuestion, finding: Verdict, halves: Sequence[Share]) -> tuple[Verdict, str]:
    """The finding on a share once the halves of its window are looked at. A word ("rarely") has to hold in both; a
    stated figure is one of the whole window.
    """
    counted = [half for half in halves if half.whole >= FEWEST]
    if len(counted) < len(halves):
        return finding, "one half of the window has too few events to compare"
    told = f"its halves {halves[0].percent:.1f} and {halves[1].percent:.1f} percent"
    if not (question.most or question.least) or {weighed(question, half)[0] for half in halves} == {finding}:
        return finding, told
    return "partly", f"{told}, so that the window decides"


class Window(NamedTuple):
    """Two stretches of days of which counts are compared: ``since`` to ``early``, and ``late`` to ``until``."""

    name: str
    since: date
    early: date
    late: date
    until: date


def halved(name: str, since: date, until: date) -> Window:
    early = since + (until - since) / 2
    return Window(name, since, early, early + timedelta(days=1), until)


def windows(question: EventQuestion, first: date, last: date) -> list[Window]:
    """The windows over which a change is counted: the claim's, and where it gives none, years back from its day.

    ``first``, ``last``: the days of the table; a window that goes beyond them is left out.
    """
    until = min(question.until or last, last)
    if question.since is not None:
        since = max(question.since, first)
        whole = halved("the claim's days", since, until)
        third = (until - since) / 3
        return (
            [whole, Window("its thirds", since, since + third, until - third, until)]
            if third > timedelta(days=30)
            else [whole]
        )
    found = []
    for years in _YEARS:
        since = until - timedelta(days=round(365.25 * years) - 1)
        if since >= first:
            found.append(halved("one year" if years == 1 else f"{years} years", since, until))
    return found


class Change(NamedTuple):
    """Two counts over as many days each, and the actor's all: how many times as many the second is, and the interval
    of that (95 %, of the logarithm of a ratio of Poisson counts, each with 0.5 added).
    """

    window: Window
    before: int
    after: int
    all_before: int
    all_after: int

    @property
    def ratio(self) -> float:
        return (self.after + 0.5) / (self.before + 0.5)

    @property
    def interval(self) -> tuple[float, float]:
        spread = math.exp(_Z * math.sqrt(1 / (self.before + 0.5) + 1 / (self.after + 0.5)))
        return self.ratio / spread, self.ratio * spread

    @property
    def shares(self) -> tuple[Share, Share]:
        return Share(self.before, self.all_before), Share(self.after, self.all_after)

    @property
    def way(self) -> int:
        """1: more; -1: fewer; 0: no change that stands out from chance."""
        low, high = self.interval
        return 1 if low > 1 else -1 if high < 1 else 0

    @property
    def way_of_share(self) -> int:
        """The same of the share of the actor's events: whether the intervals of the two shares meet."""
        (low, high), (after_low, after_high) = (share.interval for share in self.shares)
        return 1 if after_low > high else -1 if after_high < low else 0

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.ratio:.2f} times as many ({low:.2f} to {high:.2f})"


def changed(question: EventQuestion, changes: Sequence[Change]) -> tuple[Verdict, str]:
    """A change beside what the claim says of it. ``changes``: one for each window, at least one."""
    main, *others = changes
    window = main.window
    reason = (
        f"{main.before:,} events from {window.since} to {window.early} and {main.after:,} from"
        f" {window.late} to {window.until}, {main}"
    )
    if question.other is not None:
        one, other = (share.percent for share in main.shares)
        whose = question.actor.name if question.actor else "anybody"
        reason += f"; their share of all events of “{whose}” was {one:.1f}, then {other:.1f} percent"
    reason += "".join(f"; over {change.window.name} {change}" for change in others)
    if question.factor is not None:
        fits = [_fits(question.factor, change) for change in changes]
        said = f"“{question.word}” is taken as {question.factor:g} times as many"
        if all(fits):
            return "consistent", f"{reason}; {said}"
        if not any(fits) and question.since is not None:
            return "inconsistent", f"{reason}; {said}"
        return "partly", f"{reason}; {said}, and which days are compared decides"
    wanted = 1 if question.change == "more" else -1
    ways = {change.way for change in changes}
    if question.other is not None:
        ways.add(main.way_of_share)
    if ways == {wanted}:
        return "consistent", reason
    if ways == {-wanted}:
        return "inconsistent", reason
    apart = "the windows, or count and share, come to different answers"
    return "partly", f"{reason}; {'no change that stands out from chance' if ways == {0} else apart}"


def _fits(factor: float, change: Change) -> bool:
    low, high = change.interval
    return low <= factor <= high or abs(change.ratio / factor - 1) <= _ABOUT
