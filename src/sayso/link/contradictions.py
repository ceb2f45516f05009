"""How two claims of one event stand to each other: numbers, dates, actors, polarity, opposites, attribution.

In:   two Stated claims and how alike they are.   Out: Judged.
Knows nothing of: who is right; documents other than these two.

The order of the questions follows de Marneffe, Rafferty and Manning (2008): the same event first, then what may differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from sayso.link.bonds import later
from sayso.link.sketch import Stated
from sayso.link.words import stem, words
from sayso.records import Event, Quantity, When
from sayso.spans import Span

Outcome = Literal["contradicts", "updates", "refines", "disputes-attribution", "compatible", "unknown"]
EVENT = 0.2  # the least likeness of two claims of one event, polarity and numbers aside
_TOLLS = frozenset(("killed", "wounded", "detained", "displaced", "missing", "abducted", "released", "people"))
_ABOUT = 0.1  # "about 40" is 36 to 44
_MORE = 1.5  # the weight of a claim that adds to another, over the other's
_SAYINGS = frozenset(stem(w) for w in ("say", "said", "saying", "claim", "issue", "publish", "write", "wrote", "state"))
_TEXTS = frozenset(stem(w) for w in ("statement", "letter", "interview", "quote", "remark", "responsibility", "call"))
_REACH = 8  # words after a "not" that it is about
_FAR = 0.5  # "at least 11" is no rounder word for 90
_PARTS = frozenset(("they", "them", "those", "these", "us", "which", "whom"))


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """How the second claim stands to the first, why, and the words of each that make it so."""

    outcome: Outcome
    reason: str
    a: tuple[Span, ...] = ()
    b: tuple[Span, ...] = ()

    def turned(self) -> Judged:
        return msgspec.structs.replace(self, a=self.b, b=self.a)


class _Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    one: frozenset[str]
    other: frozenset[str]
    yes: tuple[str, str]


@cache
def opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """The stems of ``data/opposites.toml``, in two sides."""
    text = (resources.files("sayso") / "data" / "opposites.toml").read_text(encoding="utf-8")
    pairs = msgspec.convert(tomllib.loads(text)["pair"], list[_Pair])
    return tuple((frozenset(map(stem, p.one)), frozenset(map(stem, p.other))) for p in pairs)


def judge(a: Stated, b: Stated, likeness: float) -> Judged:
    """How ``b`` stands to ``a``, the earlier one. ``likeness``: `same.likeness` of the two, 0 to 1."""
    if likeness < EVENT or _elsewhere(a, b):
        return Judged(outcome="unknown", reason="nothing shows that both speak of one event")
    questions = (_saying, _polarity, _numbers, _times, _opposed, _doers, _precision)
    for question in questions:
        if found := question(a, b):
            return found
    return Judged(outcome="compatible", reason="both can be so", a=a.claim.content.spans, b=b.claim.content.spans)


def _elsewhere(a: Stated, b: Stated) -> bool:
    """Do both name somebody or some place, and none that the other names?"""
    here, there = a.names, b.names
    return bool(here - there and there - here and not here & there)


def _saying(a: Stated, b: Stated) -> Judged | None:
    """Whether somebody said it at all, or who did."""
    if a.negative == b.negative:
        return None
    both = {a.own_stems[0] if a.own_stems else "", *a.own_stems} & set(b.own_stems)
    if both & (_SAYINGS | _TEXTS) and both & _TEXTS | (both & _SAYINGS):
        return Judged(
            outcome="disputes-attribution",
            reason="one says that it was said, the other that it was not",
            a=_cue(a),
            b=_cue(b),
        )
    return None


def _polarity(a: Stated, b: Stated) -> Judged | None:
    if a.negative == b.negative or not _reaches(*((a, b) if a.negative else (b, a))):
        return None
    if _one_source(a, b):
        return Judged(outcome="updates", reason="the same source says now that it is not so", a=_cue(a), b=_cue(b))
    return Judged(outcome="contradicts", reason="one puts it as so, the other as not so", a=_cue(a), b=_cue(b))


def _reaches(negative: Stated, other: Stated) -> bool:
    """Does the "no" of a claim bear on what the other says? What the cue turns round is the whole content; a "not" in
    it is about the words that follow: "We shook hands, and I do not wash that hand" denies no handshake.
    """
    own = negative.words
    inside = [
        s for r in negative.claim.why for s in r.spans if any(c.contains(s) for c in negative.claim.content.spans)
    ]
    if not inside:
        return True
    for span in inside:
        first = own.within(span).stop
        if any(own.stems[k] in other.terms for k in range(first, min(first + _REACH, len(own)))):
            return True
    return False


def _numbers(a: Stated, b: Stated) -> Judged | None:
    for one, other in _matched(a.claim.quantities, b.claim.quantities):
        here, there = _bounds(one), _bounds(other)
        if here == there:
            continue
        spans = {"a": one.spans, "b": other.spans}
        if here[0] > there[1] or there[0] > here[1]:
            grew = there[0] > here[1]
            if _one_source(a, b) and _after(a, b) >= 0:
                return Judged(outcome="updates", reason=f"the same source: {one.text}, then {other.text}", **spans)
            if grew and one.kind in _TOLLS and _after(a, b) > 0:
                return Judged(outcome="updates", reason=f"a later count: {one.text}, then {other.text}", **spans)
            return Judged(outcome="contradicts", reason=f"{one.text} against {other.text}", **spans)
        inside = there[0] >= here[0] and there[1] <= here[1]
        outside = here[0] >= there[0] and here[1] <= there[1]
        fits = inside or outside
        if fits and max(here[0], there[0]) > _FAR * max(abs(v) for v in (*here, *there) if abs(v) != float("inf")):
            return Judged(outcome="refines", reason=f"{one.text} and {other.text} fit: one is closer", **spans)
    return None


def _matched(here: Sequence[Quantity], there: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Numbers of the same things; where one side counts the same thing twice, nothing tells which is meant."""
    for one in here:
        like = [other for other in there if _of_one_kind(one, other)]
        back = [other for other in here if _of_one_kind(other, one)]
        if len(like) == 1 and len(back) == 1:
            yield one, like[0]


def _of_one_kind(one: Quantity, other: Quantity) -> bool:
    if one.unit in _PARTS or other.unit in _PARTS:
        return False
    units = {stem(q.unit) for q in (one, other) if q.unit}
    if one.kind == other.kind and one.kind in _TOLLS - {"people"}:
        return True
    if {one.kind, other.kind} <= {"people", "things"}:
        return len(units) == 1 and bool(one.unit and other.unit)
    return one.kind == other.kind and len(units) <= 1


def _bounds(q: Quantity) -> tuple[float, float]:
    low = float("-inf") if q.low is None else q.low
    high = float("inf") if q.high is None else q.high
    return (low * (1 - _ABOUT), high * (1 + _ABOUT)) if q.approximate else (low, high)


def _times(a: Stated, b: Stated) -> Judged | None:
    """When it happened, where both events are of one type."""
    for one, other in _events(a, b):
        if one.time is None or other.time is None:
            continue
        here, there = _days(one.time), _days(other.time)
        spans = {"a": one.time.spans, "b": other.time.spans}
        if here[0] > there[1] or there[0] > here[1]:
            reason = f"{one.time.value} against {other.time.value}"
            return Judged(outcome="contradicts", reason=reason, **spans)
        if here != there and one.time.spans and other.time.spans:
            reason = f"{one.time.value} and {other.time.value} fit: one is closer"
            return Judged(outcome="refines", reason=reason, **spans)
    return None


def _events(a: Stated, b: Stated) -> Iterator[tuple[Event, Event]]:
    for one in a.claim.events:
        for other in b.claim.events:
            if one.type == other.type and one.negated == other.negated and not one.hypothetical | other.hypothetical:
                yield one, other


def _days(time: When) -> tuple[str, str]:
    return time.earliest or "0000", time.latest or "9999"


def _opposed(a: Stated, b: Stated) -> Judged | None:
    here, there = set(a.own_stems), set(b.own_stems)
    for one, other in opposites():
        for x, y in ((one, other), (other, one)):
            if here & x and there & y and not here & y and not there & x:
                words_a, words_b = a.places(x), b.places(y)
                reason = f"“{words_a[0].of(a.text)}” against “{words_b[0].of(b.text)}”"
                if _one_source(a, b) and _after(a, b) > 0:
                    return Judged(outcome="updates", reason=reason, a=words_a, b=words_b)
                return Judged(outcome="contradicts", reason=reason, a=words_a, b=words_b)
    return None


def _doers(a: Stated, b: Stated) -> Judged | None:
    """Who did it, where both name one and it is the same deed to the same people."""
    for one, other in _events(a, b):
        if one.actor is None or other.actor is None or one.trigger.text.casefold() != other.trigger.text.casefold():
            continue
        here, there = (set(words(p.name, ()).stems) for p in (one.actor, other.actor))
        named = all(p.name[:1].isupper() for p in (one.actor, other.actor))
        if named and not here & there:
            reason = f"done by {one.actor.name}, or by {other.actor.name}"
            return Judged(outcome="contradicts", reason=reason, a=one.actor.spans, b=other.actor.spans)
    return None


def _precision(a: Stated, b: Stated) -> Judged | None:
    """Does one say all of the other and much more?"""
    less, more = sorted((a, b), key=lambda s: s.weight)
    kept = sum(w for t, w in less.terms.items() if t in more.terms)
    if less.weight and kept >= 0.8 * less.weight and more.weight >= _MORE * less.weight:
        reason = "one says all that the other says, and more"
        return Judged(outcome="refines", reason=reason, a=a.claim.content.spans, b=b.claim.content.spans)
    return None


def _one_source(a: Stated, b: Stated) -> bool:
    one, other = a.claim.source, b.claim.source
    if one is None or other is None or one.anonymous or other.anonymous:
        return False
    here, there = set(words(one.name, ()).stems), set(words(other.name, ()).stems)
    return bool(here and there) and (here <= there or there <= here)


def _after(a: Stated, b: Stated) -> int:
    """1 where ``b`` was surely said later than ``a``."""
    said = [s.claim.said_at.earliest if s.claim.said_at else None for s in (a, b)]
    if said[0] and said[1] and said[0] != said[1]:
        return later(said[1], said[0])
    return later(b.claim.document.published or "", a.claim.document.published or "")


def _cue(stated: Stated) -> tuple[Span, ...]:
    claim = stated.claim
    reasons = tuple(s for r in claim.why for s in r.spans)
    return reasons or (claim.cue.spans if claim.cue else claim.content.spans)
