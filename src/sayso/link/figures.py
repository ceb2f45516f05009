"""What the numbers and times of two claims of one event make of them.

In:   Stated claims.   Out: Judged, or None where they tell nothing.
Knows nothing of: other words; whether the claims are of one event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sayso.link.judged import Judged, after, words_of
from sayso.link.matter import days_apart, one_source
from sayso.link.stated import Stated
from sayso.link.words import kindred, stem
from sayso.records import Quantity, When

TOLLS = frozenset(("killed", "wounded", "detained", "displaced", "missing", "abducted", "released", "people"))
_ABOUT = 0.1  # "about 40" is 36 to 44
KIN = 0.25  # the likeness of two nouns that may count the same things
_FEWEST = 2  # plain words in common, for their times to be of one thing
_FAR = 2.0  # times, for one number to be a rounder word for another
_LONGER, _OPEN = 10, 10_000  # times, of two periods; days
_MEASURES = frozenset(("duration", "distance", "weight"))
_PARTS = frozenset(("they", "them", "those", "these", "us", "which", "whom"))


def numbers(a: Stated, b: Stated) -> Judged | None:
    """Numbers of the same things."""
    return _counted(a, b, _matched(a, b))


def lone_numbers(a: Stated, b: Stated) -> Judged | None:
    return _counted(a, b, _only_ones(a, b))


def _counted(a: Stated, b: Stated, matched: Iterable[tuple[Quantity, Quantity]]) -> Judged | None:
    for one, other in matched:
        here, there = bounds(one), bounds(other)
        if here == there:
            continue
        spans = {"a": one.spans, "b": other.spans}
        if here[0] > there[1] or there[0] > here[1]:
            if _other_period(a, b):
                return Judged(outcome="unknown", reason="they speak of different periods")
            grew = there[0] > here[1]
            toll = {one.kind, other.kind} & TOLLS or all(words_of("deaths") & s.phrases.keys() for s in (a, b))
            if one_source(a, b) and after(a, b) >= 0:
                return Judged(outcome="updates", reason=f"the same source: {one.text}, then {other.text}", **spans)
            if grew and toll and after(a, b) > 0:
                return Judged(outcome="updates", reason=f"a later count: {one.text}, then {other.text}", **spans)
            return Judged(outcome="contradicts", reason=f"{one.text} against {other.text}", **spans)
        inside = there[0] >= here[0] and there[1] <= here[1]
        if (inside or (here[0] >= there[0] and here[1] <= there[1])) and not far(here, there):
            return Judged(outcome="refines", reason=f"{one.text} and {other.text} fit: one is closer", **spans)
    return None


def clashes(a: Stated, b: Stated) -> Iterator[tuple[Quantity, Quantity]]:
    """Numbers of the same things that cannot both be so."""
    for one, other in _matched(a, b):
        here, there = bounds(one), bounds(other)
        if here[0] > there[1] or there[0] > here[1]:
            yield one, other


def _matched(a: Stated, b: Stated) -> Iterator[tuple[Quantity, Quantity]]:
    """Numbers of the same things. Where one side counts the same thing twice, nothing tells which is meant."""
    here, there = ([q for q in s.claim.quantities if q.kind not in _MEASURES] for s in (a, b))
    kept = {bounds(q) for q in here} & {bounds(q) for q in there}  # what stands in both has not become another number
    here, there = ([q for q in own if bounds(q) not in kept] for own in (here, there))
    for one in here:
        like = [other for other in there if _of_one_kind(one, other)]
        back = [other for other in here if like and _of_one_kind(other, like[0])]
        if len(like) == 1 and len(back) == 1:
            yield one, like[0]


def _only_ones(a: Stated, b: Stated) -> Iterator[tuple[Quantity, Quantity]]:
    """The only numbers of two claims, where they might be of one thing."""
    here, there = ([q for q in s.claim.quantities if q.kind not in _MEASURES] for s in (a, b))
    if len(here) == len(there) == 1 and _could_be_one(here[0], there[0]):
        yield here[0], there[0]


def _of_one_kind(one: Quantity, other: Quantity) -> bool:
    if one.unit in _PARTS or other.unit in _PARTS:
        return False
    units = [stem(q.unit) for q in (one, other) if q.unit]
    alike = len(set(units)) <= 1 or kindred().get(units[0], {}).get(units[1], 0.0) >= KIN
    if one.kind == other.kind:
        return alike or one.kind in TOLLS - {"people"}
    return {one.kind, other.kind} <= {"people", "things"} and len(units) > 1 and alike


def _could_be_one(one: Quantity, other: Quantity) -> bool:
    """Could two numbers, the only ones of two like claims, be of one thing? Not the killed and the wounded."""
    kinds = {one.kind, other.kind}
    if one.unit in _PARTS or other.unit in _PARTS or len(kinds & (TOLLS - {"people"})) > 1:
        return False
    money = [q.kind in ("money", "percent") for q in (one, other)]
    return money[0] == money[1] or None in (one.unit, other.unit)


def far(here: tuple[float, float], there: tuple[float, float]) -> bool:
    """ "At least 11" is no rounder word for 90."""
    ends = [abs(v) for v in (*here, *there) if abs(v) != float("inf")]
    return bool(ends) and max(ends) > _FAR * min(ends)


def bounds(q: Quantity) -> tuple[float, float]:
    low = float("-inf") if q.low is None else q.low
    high = float("inf") if q.high is None else q.high
    return (low * (1 - _ABOUT), high * (1 + _ABOUT)) if q.approximate else (low, high)


def times(a: Stated, b: Stated) -> Judged | None:
    """When it happened, where each names one time."""
    if len(a.claim.times) != 1 or len(b.claim.times) != 1 or len(a.bare & b.bare) < _FEWEST:
        return None
    one, other = a.claim.times[0], b.claim.times[0]
    if [s.of(a.text) for s in one.spans] == [s.of(b.text) for s in other.spans]:
        return None  # "this morning" in papers of two days
    here, there = days_of(one), days_of(other)
    if here[0] > there[1] or there[0] > here[1]:
        reason = f"{one.value} against {other.value}"
        return Judged(outcome="contradicts", reason=reason, a=one.spans, b=other.spans)
    if here != there and one.spans and other.spans:
        return Judged(outcome="refines", reason="both times fit: one is closer", a=one.spans, b=other.spans)
    clocks = [w.value.partition("T")[2].rstrip("~") for w in (one, other)]
    if all(clocks) and clocks[0] != clocks[1]:
        reason = f"{clocks[0]} against {clocks[1]}"
        return Judged(outcome="contradicts", reason=reason, a=one.spans, b=other.spans)
    return None


def _other_period(a: Stated, b: Stated) -> bool:
    """Is one of a day and the other of a year, or are they of different days?"""
    if days_apart(a, b):
        return True
    spans = [[_length(w) for w in s.claim.times] for s in (a, b)]
    return all(len(x) == 1 for x in spans) and max(spans)[0] >= _LONGER * min(spans)[0]


def _length(time: When) -> int:
    """In days; an open end is far away."""
    if not time.earliest or not time.latest:
        return _OPEN
    return 1 + (date.fromisoformat(time.latest) - date.fromisoformat(time.earliest)).days


def at_once(a: Stated, b: Stated) -> bool:
    """Do both name the same time?"""
    return bool({w.value for w in a.claim.times} & {w.value for w in b.claim.times})


def days_of(time: When) -> tuple[str, str]:
    return time.earliest or "0000", time.latest or "9999"
