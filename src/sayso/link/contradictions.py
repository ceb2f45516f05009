"""How two claims of one event stand to each other: numbers, dates, actors, polarity, opposites, attribution.

In:   two Stated claims and how alike they are.   Out: Judged.
Knows nothing of: who is right; documents other than these two.

The order of the questions follows de Marneffe, Rafferty and Manning (2008): the same event first, then what may differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

import msgspec

from sayso.link.bonds import later
from sayso.link.matter import days_apart, one_source
from sayso.link.sketch import Stated
from sayso.link.words import kindred, stem, words
from sayso.records import Event, Quantity, When
from sayso.spans import Span

Outcome = Literal["contradicts", "updates", "refines", "disputes-attribution", "compatible", "unknown"]
_TOLLS = frozenset(("killed", "wounded", "detained", "displaced", "missing", "abducted", "released", "people"))
_ABOUT = 0.1  # "about 40" is 36 to 44
_MORE = 1.5  # the weight of a claim that adds to another, over the other's
_KIN = 0.25  # the likeness of two nouns that may count the same things
_HELD = 0.6  # of the weight of the lighter claim, for the other to say the same with a name
_FAR = 2.0  # times, for one number to be a rounder word for another
_MATTER, _SHARED = 6.0, 0.4  # the weight of plain words in both, and its share of the lighter claim's
_REACH = 8  # words after a "not" that it is about
_MEASURES = frozenset(("duration", "distance", "weight"))
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
    changes: bool = False
    yes: tuple[str, str]


class Opposites(NamedTuple):
    """Stems of which one claim cannot have one and the like claim the other. ``changes``: unless it is a later word."""

    one: frozenset[str]
    other: frozenset[str]
    changes: bool


@cache
def opposites() -> tuple[Opposites, ...]:
    """The stems of ``data/opposites.toml``, in two sides."""
    pairs = msgspec.convert(_data()["pair"], list[_Pair])
    return tuple(Opposites(_stems(p.one), _stems(p.other), p.changes) for p in pairs)


@cache
def words_of(sort: str) -> frozenset[str]:
    """The stems of a list under ``[words]`` of ``data/opposites.toml``."""
    return _stems(_data()["words"][sort])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("sayso") / "data" / "opposites.toml").read_text(encoding="utf-8"))


def _stems(phrases: Iterable[str]) -> frozenset[str]:
    """Of "voted down" both stems in a row, joined by a space."""
    return frozenset(" ".join(map(stem, phrase.split())) for phrase in phrases)


def judge(a: Stated, b: Stated) -> Judged:
    """How ``b`` stands to ``a``, the earlier one; both are of one event, as far as `matter.alike` tells."""
    questions = (_saying, _other_time, _open, _polarity, _opposed, _changed, _numbers, _times, _doers, _precision)
    if _elsewhere(a, b):
        return Judged(outcome="unknown", reason="nothing shows that both speak of one event")
    for question in questions:
        if found := question(a, b):
            return found
    return Judged(outcome="compatible", reason="both can be so", a=a.claim.content.spans, b=b.claim.content.spans)


def _elsewhere(a: Stated, b: Stated) -> bool:
    """Do both name somebody or some place, and none that the other names?"""
    here, there = a.names, b.names
    return bool(here - there and there - here and not here & there)


def _saying(a: Stated, b: Stated) -> Judged | None:
    """Whether somebody said it at all: one says something, and the other that it was not said."""
    for negative, other in ((a, b), (b, a)):
        if not negative.negative or other.negative:
            continue
        own = set(negative.own_stems)
        source = other.claim.source
        told = {stem(w) for w in (other.claim.cue.text.split() if other.claim.cue else ())} & words_of("sayings")
        both = own & set(other.own_stems) & words_of("sayings")
        if (
            own & words_of("texts")
            or own & told
            or both
            or (own & words_of("sayings") and source and own & set(words(source.name, ()).stems))
        ):
            reason = "one says that it was said, the other that it was not"
            return Judged(outcome="disputes-attribution", reason=reason, a=_cue(a), b=_cue(b))
    return None


def _other_time(a: Stated, b: Stated) -> Judged | None:
    """One denies it of one day, and the other says it of another: two things."""
    if a.negative != b.negative and days_apart(a, b):
        return Judged(outcome="unknown", reason="they speak of different days")
    return None


def _open(a: Stated, b: Stated) -> Judged | None:
    """Does one say what will or would be, and the other what is? A forecast that was wrong contradicts nothing."""
    ahead = [bool(set(s.own_stems) & words_of("ahead")) for s in (a, b)]
    if ahead[0] != ahead[1] and (
        words_of("conditions") & set(a.own_stems + b.own_stems) or any(True for _ in _clashes(a, b))
    ):
        return Judged(outcome="unknown", reason="one says what would be, the other what is")
    return None


def _polarity(a: Stated, b: Stated) -> Judged | None:
    if a.negative == b.negative or not _one_matter(a, b) or not _reaches(*((a, b) if a.negative else (b, a))):
        return None
    if one_source(a, b):
        return Judged(outcome="updates", reason="the same source says now that it is not so", a=_cue(a), b=_cue(b))
    return Judged(outcome="contradicts", reason="one puts it as so, the other as not so", a=_cue(a), b=_cue(b))


def _one_matter(a: Stated, b: Stated) -> bool:
    """Have both the plain words in which one could deny the other? Names alone are those of the whole story."""
    names = a.names | b.names
    here, there = ({t: w for t, w in s.terms.items() if t not in names} for s in (a, b))
    common = sum(w for t, w in here.items() if t in there)
    return common >= _MATTER and common >= _SHARED * min(sum(here.values()), sum(there.values()))


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
    for one, other in _matched(a, b):
        here, there = _bounds(one), _bounds(other)
        if here == there:
            continue
        spans = {"a": one.spans, "b": other.spans}
        if here[0] > there[1] or there[0] > here[1]:
            grew = there[0] > here[1]
            toll = {one.kind, other.kind} & _TOLLS or words_of("deaths") & set(a.own_stems) & set(b.own_stems)
            if one_source(a, b) and _after(a, b) >= 0:
                return Judged(outcome="updates", reason=f"the same source: {one.text}, then {other.text}", **spans)
            if grew and toll and _after(a, b) > 0:
                return Judged(outcome="updates", reason=f"a later count: {one.text}, then {other.text}", **spans)
            return Judged(outcome="contradicts", reason=f"{one.text} against {other.text}", **spans)
        inside = there[0] >= here[0] and there[1] <= here[1]
        if (inside or (here[0] >= there[0] and here[1] <= there[1])) and not _far(here, there):
            return Judged(outcome="refines", reason=f"{one.text} and {other.text} fit: one is closer", **spans)
    return None


def _clashes(a: Stated, b: Stated) -> Iterator[tuple[Quantity, Quantity]]:
    """Numbers of the same things that cannot both be so."""
    for one, other in _matched(a, b):
        here, there = _bounds(one), _bounds(other)
        if here[0] > there[1] or there[0] > here[1]:
            yield one, other


def _matched(a: Stated, b: Stated) -> Iterator[tuple[Quantity, Quantity]]:
    """Numbers of the same things. Where one side counts the same thing twice, nothing tells which is meant; where each
    has one number that might be, those are taken for it.
    """
    here, there = ([q for q in s.claim.quantities if q.kind not in _MEASURES] for s in (a, b))
    found = False
    for one in here:
        like = [other for other in there if _of_one_kind(one, other)]
        back = [other for other in here if like and _of_one_kind(other, like[0])]
        if len(like) == 1 and len(back) == 1:
            found = True
            yield one, like[0]
    alone = not found and len(here) == len(there) == 1 and _one_matter(a, b)
    if alone and _could_be_one(here[0], there[0]):
        yield here[0], there[0]


def _of_one_kind(one: Quantity, other: Quantity) -> bool:
    if one.unit in _PARTS or other.unit in _PARTS:
        return False
    units = [stem(q.unit) for q in (one, other) if q.unit]
    alike = len(set(units)) <= 1 or kindred().get(units[0], {}).get(units[1], 0.0) >= _KIN
    if one.kind == other.kind:
        return alike or one.kind in _TOLLS - {"people"}
    return {one.kind, other.kind} <= {"people", "things"} and len(units) > 1 and alike


def _could_be_one(one: Quantity, other: Quantity) -> bool:
    """Could two numbers, the only ones of two like claims, be of one thing? Not the killed and the wounded."""
    kinds = {one.kind, other.kind}
    if one.unit in _PARTS or other.unit in _PARTS or len(kinds & (_TOLLS - {"people"})) > 1:
        return False
    money = [q.kind in ("money", "percent") for q in (one, other)]
    return money[0] == money[1] or None in (one.unit, other.unit)


def _far(here: tuple[float, float], there: tuple[float, float]) -> bool:
    """ "At least 11" is no rounder word for 90."""
    ends = [abs(v) for v in (*here, *there) if abs(v) != float("inf")]
    return bool(ends) and max(ends) > _FAR * min(ends)


def _bounds(q: Quantity) -> tuple[float, float]:
    low = float("-inf") if q.low is None else q.low
    high = float("inf") if q.high is None else q.high
    return (low * (1 - _ABOUT), high * (1 + _ABOUT)) if q.approximate else (low, high)


def _times(a: Stated, b: Stated) -> Judged | None:
    """When it happened, where each names one time."""
    if len(a.claim.times) != 1 or len(b.claim.times) != 1 or not _one_matter(a, b):
        return None
    one, other = a.claim.times[0], b.claim.times[0]
    here, there = _days(one), _days(other)
    if here[0] > there[1] or there[0] > here[1]:
        reason = f"{one.value} against {other.value}"
        return Judged(outcome="contradicts", reason=reason, a=one.spans, b=other.spans)
    if here != there and one.spans and other.spans:
        return Judged(outcome="refines", reason="both times fit: one is closer", a=one.spans, b=other.spans)
    clocks = [w.value.partition("T")[2] for w in (one, other)]
    if all(clocks) and clocks[0] != clocks[1]:
        reason = f"{clocks[0]} against {clocks[1]}"
        return Judged(outcome="contradicts", reason=reason, a=one.spans, b=other.spans)
    return None


def _at_once(a: Stated, b: Stated) -> bool:
    """Do both name the same time?"""
    return bool({w.value for w in a.claim.times} & {w.value for w in b.claim.times})


def _events(a: Stated, b: Stated) -> Iterator[tuple[Event, Event]]:
    for one in a.claim.events:
        for other in b.claim.events:
            if one.type == other.type and one.negated == other.negated and not one.hypothetical | other.hypothetical:
                yield one, other


def _days(time: When) -> tuple[str, str]:
    return time.earliest or "0000", time.latest or "9999"


def _opposed(a: Stated, b: Stated) -> Judged | None:
    here, there = a.phrases.keys(), b.phrases.keys()
    for pair in opposites():
        for x, y in ((pair.one, pair.other), (pair.other, pair.one)):
            if here & x and there & y and not here & y and not there & x:
                ours, theirs = a.place(min(here & x)), b.place(min(there & y))
                reason = f"“{ours.of(a.text)}” against “{theirs.of(b.text)}”"
                later_word = _after(a, b) > 0 and ((pair.changes and not _at_once(a, b)) or one_source(a, b))
                return Judged(outcome="updates" if later_word else "contradicts", reason=reason, a=(ours,), b=(theirs,))
    return None


def _changed(a: Stated, b: Stated) -> Judged | None:
    """Does the later one tell of a change: "again", "no longer", "called off"?"""
    if _after(a, b) <= 0:
        return None
    new = min((b.phrases.keys() & words_of("changes")) - a.phrases.keys(), default=None)
    if new is None:
        return None
    place = b.place(new)
    reason = f"a later word: “{place.of(b.text)}”"
    return Judged(outcome="updates", reason=reason, a=a.claim.content.spans, b=(place,))


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
    """Does one say all of the other and much more, or name what the other only describes?"""
    less, more = sorted((a, b), key=lambda s: s.weight)
    kept = sum(w for t, w in less.terms.items() if t in more.terms)
    if (a.names < b.names or b.names < a.names) and less.names < more.names and kept >= _HELD * less.weight:
        reason = "one names what the other describes"
        return Judged(outcome="refines", reason=reason, a=a.claim.content.spans, b=b.claim.content.spans)
    if less.weight and kept >= 0.8 * less.weight and more.weight >= _MORE * less.weight:
        reason = "one says all that the other says, and more"
        return Judged(outcome="refines", reason=reason, a=a.claim.content.spans, b=b.claim.content.spans)
    return None


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
