"""Signs that the numbers, shares and times of two claims are: the same, apart, one within the other.

In:   two Stated claims, the earlier one first.   Out: Signs.
Knows nothing of: other words of the claims; what a sign is worth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from sayso.link.figures import KIN, TOLLS, bounds, days_of, far
from sayso.link.judged import Outcome, Sign, after
from sayso.link.matter import one_source
from sayso.link.stated import Stated
from sayso.link.words import kindred, stem
from sayso.records import When
from sayso.spans import Span

_MEASURES = frozenset(("duration", "distance", "weight"))
_MANY = 2.0  # the logarithm of a ratio that is as good as any more
_SAME = 0.005  # of a number, for another to be the same
_NEAR, _KIND, _LONE = 0.8, 0.7, 0.4  # how likely numbers count the same: like units, one kind, neither
_AT = re.compile(r"T(\d\d):(\d\d)")
_DAY, _SOON = 24 * 60, 10  # minutes: of a day, between two words for one time
# Words that say what share of something: the least and the most, of a hundred.
_SHARES = {
    **dict.fromkeys(("all", "every", "everybody", "everyone", "entire", "both", "unanimous"), (100.0, 100.0)),
    **dict.fromkeys(("nobody", "none", "no one"), (0.0, 0.0)),
    **dict.fromkeys(("hardly anyone", "hardly any", "barely any"), (0.0, 10.0)),
    **dict.fromkeys(("most", "majority"), (50.0, 99.0)),
    "half": (50.0, 50.0),
    "barely half": (45.0, 55.0),
    "third": (33.0, 34.0),
    "two thirds": (66.0, 67.0),
    "quarter": (25.0, 25.0),
    "three quarters": (75.0, 75.0),
    "fifth": (20.0, 20.0),
    "two fifths": (40.0, 40.0),
    "three fifths": (60.0, 60.0),
    "four fifths": (80.0, 80.0),
    "tenth": (10.0, 10.0),
    "few": (1.0, 40.0),
    "minority": (0.0, 50.0),
    "not all": (0.0, 99.0),
}


@cache
def _shares_by_stems() -> dict[str, tuple[float, float]]:
    return {" ".join(map(stem, phrase.split())): share for phrase, share in _SHARES.items()}


class Amount(NamedTuple):
    """A number of a claim."""

    low: float
    high: float
    kind: str
    unit: str
    spans: tuple[Span, ...]
    text: str


def amounts(a: Stated, b: Stated) -> Iterator[Sign]:
    """All of them."""
    yield from _numbers(a, b)
    yield from _shares(a, b)
    yield from _times(a, b)


def differ(a: Stated, b: Stated) -> bool:
    """Do they plainly count the same things otherwise, or name other times of day?"""
    closest = _closest(_of(a), _of(b))
    if closest and closest[2] >= _NEAR and _stand(*closest[:2]) in ("up", "down"):
        return True
    here, there = _clock(a), _clock(b)
    return bool(here and there) and all(min(abs(x - y), _DAY - abs(x - y)) > _SOON for x in here for y in there)


def _clock(stated: Stated) -> list[int]:
    """The times of day that it names, in minutes."""
    return [60 * int(h) + int(m) for when in stated.claim.times for h, m in _AT.findall(when.value)]


def _of(stated: Stated) -> list[Amount]:
    """Its numbers; those that stand in no quantity too ("60,000 marchers"), but for those of a name or a date."""
    found, covered = [], set[int]()
    for q in stated.claim.quantities:
        places = {k for s in q.spans for k in stated.words.within(s)}
        covered |= places
        digits = [k for k in places if stated.words.stems[k][0].isdigit()]
        if digits and all(_named(stated, k) for k in digits):
            continue
        low, high = bounds(q)
        found.append(Amount(low, high, q.kind, stem(q.unit) if q.unit else "", q.spans, q.text))
    covered |= {k for t in stated.claim.times for s in t.spans for k in stated.words.within(s)}
    for k in stated.at:
        word = stated.words.stems[k]
        if k not in covered and word.replace(".", "", 1).isdigit() and not _named(stated, k):
            after_ = stated.words.stems[k + 1] if k + 1 in stated.at else ""
            span = stated.words.span(k, k + 1)
            found.append(Amount(float(word), float(word), "things", after_, (span,), span.of(stated.text)))
    return found


def _named(stated: Stated, k: int) -> bool:
    """Is it part of a name: "Hall Four", "Flight 81"?"""
    own = stated.words
    before = own.text[own.starts[k - 1] : own.ends[k - 1]] if k else ""
    joined = k > 0 and own.text[own.ends[k - 1] : own.starts[k]] in (" ", " No. ")
    return joined and before[:1].isupper() and len(before) > 1 and own.stems[k - 1] in stated.names | {"no"}


def _fit(one: Amount, other: Amount) -> float:
    """How likely two numbers count the same: their units, their kinds."""
    units = [u for u in (one.unit, other.unit) if u]
    if (one.kind in ("money", "percent")) != (other.kind in ("money", "percent")) and len(units) > 1:
        return 0.0
    if len({one.kind, other.kind} & (TOLLS - {"people", "missing"})) > 1:
        return 0.0
    if len(units) > 1 and units[0] == units[1]:
        return 1.0
    if len(units) > 1 and kindred().get(units[0], {}).get(units[1], 0.0) >= KIN:
        return _NEAR
    measured = {one.kind, other.kind} & _MEASURES
    if one.kind == other.kind and one.kind not in ("things", *_MEASURES):
        return _KIND
    return 0.0 if measured else _LONE


def _closest(here: list[Amount], there: list[Amount]) -> tuple[Amount, Amount, float] | None:
    """The two numbers that most likely count the same, the nearer ones first, and how likely they do."""
    fits = [(-_fit(x, y), _ratio(x, y), i, j) for i, x in enumerate(here) for j, y in enumerate(there)]
    fits = [f for f in fits if f[0]]
    if not fits:
        return None
    worth, _, i, j = min(fits)
    if max(len(here), len(there)) > 1 and -worth < _KIND:
        worth /= 2  # any of them may be meant
    return here[i], there[j], -worth


def _ratio(one: Amount, other: Amount) -> float:
    """The logarithm of how many times one is the other; `_MANY` is as much as any more."""
    ends = [next((abs(v) for v in pair if abs(v) != math.inf), 0.0) for pair in (one[:2], other[:2])]
    return min(_MANY, abs(math.log((ends[0] + 1) / (ends[1] + 1))))


def _numbers(a: Stated, b: Stated) -> Iterator[Sign]:
    here, there = _of(a), _of(b)
    found = _closest(here, there)
    yield Sign("numbers of other things", float(bool(here and there and not found)))
    which, fit, ratio = "", 0.0, 0.0
    spans: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())
    apart: Mapping[Outcome, str] = {}
    close: Mapping[Outcome, str] = {}
    if found:
        x, y, fit = found
        which = _stand(x, y)
        spans = x.spans, y.spans
        ratio = _ratio(x, y) if which in ("up", "down") else 0.0
        apart = {
            "contradicts": f"{x.text} against {y.text}",
            "updates": f"{x.text}, then {y.text}",
            "unknown": f"{x.text} and {y.text}: not the same is counted",
        }
        close = {"refines": f"{x.text} and {y.text} fit: one is closer"}
    up, down = fit * (which == "up"), fit * (which == "down")
    yield Sign("number same", fit * (which == "same"))
    yield Sign("number within", fit * (which == "within"), close, *spans)
    yield Sign("number up", up, apart, *spans)
    yield Sign("number down", down, apart, *spans)
    yield Sign("number up later", up * (after(a, b) > 0), apart, *spans)
    yield Sign("number apart, one source", (up + down) * one_source(a, b), apart, *spans)
    yield Sign("number ratio", ratio, apart, *spans)


def _stand(x: Amount, y: Amount) -> str:
    """How the second number stands to the first; "" where one is no rounder word for the other and they meet."""
    if x[:2] == y[:2]:
        return "same"
    if y.low > x.high * (1 + _SAME):
        return "up"
    if x.low > y.high * (1 + _SAME):
        return "down"
    return "" if far(x[:2], y[:2]) else "within"


def _share(stated: Stated) -> tuple[float, float, tuple[Span, ...]] | None:
    for q in stated.claim.quantities:
        if q.kind == "percent" and q.low is not None and q.high is not None:
            return (*bounds(q), q.spans)
    known = _shares_by_stems()
    found = min(stated.phrases.keys() & known.keys(), key=lambda p: (-len(p.split()), p), default=None)
    return None if found is None else (*known[found], (stated.place(found),))


def _shares(a: Stated, b: Stated) -> Iterator[Sign]:
    here, there = _share(a), _share(b)
    apart = same = within = 0.0
    spans: dict[str, tuple[Span, ...]] = {}
    if here and there:
        spans = {"a": here[2], "b": there[2]}
        if here[0] > there[1] or there[0] > here[1]:
            apart = 1.0
        elif here[:2] == there[:2]:
            same = 1.0
        else:
            within = 1.0
    yield Sign("share apart", apart, {"contradicts": "another share", "updates": "another share"}, **spans)
    yield Sign("share same", same)
    yield Sign("share within", within, {"refines": "both shares fit: one is closer"}, **spans)


def _times(a: Stated, b: Stated) -> Iterator[Sign]:
    apart = same = within = 0.0
    best: tuple[When, When] | None = None
    for x in a.claim.times:
        for y in b.claim.times:
            here, there = days_of(x), days_of(y)
            best = best or (x, y)
            if x.value == y.value:
                same, best = 1.0, (x, y)
            elif here[0] <= there[1] and there[0] <= here[1]:
                within, best = 1.0, (x, y)
    apart = float(bool(best) and not same and not within)
    spans = {"a": best[0].spans, "b": best[1].spans} if best else {}
    said = f"{best[0].value} against {best[1].value}" if best else ""
    yield Sign("time apart", apart, {"contradicts": said, "unknown": "they speak of different days"}, **spans)
    yield Sign("time same", same)
    yield Sign("time within", within * (1 - same), {"refines": "both times fit: one is closer"}, **spans)
    clocks = [[w.value.partition("T")[2].rstrip("~") for w in s.claim.times if "T" in w.value] for s in (a, b)]
    yield Sign(
        "clock apart", float(all(clocks) and not set(clocks[0]) & set(clocks[1])), {"contradicts": said}, **spans
    )
