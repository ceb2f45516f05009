"""What tells how two claims of one event stand to each other: signs, each with the words that it is seen by.

In:   two Stated claims, the earlier one first; the score of their being of one event.   Out: Signs.
Knows nothing of: what a sign is worth (`standing`); who is right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from sayso.link.amounts import amounts
from sayso.link.judged import Outcome, Sign, after
from sayso.link.listed import words
from sayso.link.matter import one_source
from sayso.link.senses import alike, kinds_of, opposites_of, same_as
from sayso.link.side import Side, lone, met, side
from sayso.link.side import listed as listed_in
from sayso.link.stated import Stated
from sayso.link.words import kindred, weight

_KEPT = 1 << 16  # words whose kin is held
_LONG = 30.0  # days, and the weight of words, that are as much as any more
_DOCUMENT = 6.0  # the logarithm of the words of a long document
_FEW = 2  # plain words
_KIN = 0.3  # the likeness of words that have to do with each other
_FAIR = 0.6, 2.5  # log-odds of one event, and the logarithm of words: what is more speaks for itself
_WISHES = ("ask", "order", "want")
# Signs that something is not the same.
_APART = (
    "number up", "number down", "share apart", "time apart", "clock apart", "opposite", "no one", "now b", "moved b",
    "ended b", "corrected b", "corrected cue",
)  # fmt: skip
_WEIGHED = (
    "number up", "number down", "time apart", "clock apart", "no one", "opposite", "sibling", "share apart",
)  # fmt: skip


def signs(a: Stated, b: Stated, sure: float) -> Iterator[Sign]:
    """All signs of two claims; those that are not there are left out, or have the value 0."""
    one, other = side(a), side(b)
    held = met(one, other), met(other, one)
    found = [*_overlap(one, other, sure, held), *_names(one, other), *words(one, other, held)]
    found += _meaning(one, other, min(held))
    found += [*_speakers(one, other), *_when(a, b), *amounts(a, b)]
    yield from found
    yield from _weighed({s.name: s for s in found})


def _overlap(one: Side, other: Side, sure: float, held: tuple[float, float]) -> Iterator[Sign]:
    """How much of their words they share."""
    a, b = one.own, other.own
    yield Sign("sure", math.log(max(sure, 0.01) / max(1 - sure, 0.01)))
    here, there = held
    yield Sign("held a", here)
    yield Sign("held b", there)
    yield Sign("held both", min(here, there))
    ratio = math.log((b.weight + 5) / (a.weight + 5))
    yield Sign("longer", abs(ratio))
    yield Sign("longer b", ratio)
    more: Mapping[Outcome, str] = {"refines": "one says what the other says, and more"}
    yield Sign("more", abs(ratio) * max(here, there), more, one.content, other.content)
    yield Sign("short", float(min(len(a.bare), len(b.bare)) < _FEW))
    own, theirs = set(a.own_stems), set(b.own_stems)
    yield Sign("words in common", len(own & theirs) / max(1, len(own | theirs)))
    yield Sign("words of the shorter", len(own & theirs) / max(1, min(len(own), len(theirs))))
    yield Sign("words few", math.log(1 + min(len(own), len(theirs))))
    yield Sign("words many", math.log(1 + max(len(own), len(theirs))))
    quoted = [sum(s.words.quoted[k] for k in s.at) > len(s.at) / 2 for s in (a, b)]
    yield Sign("quoted one", float(quoted[0] != quoted[1]))
    yield Sign("quoted both", float(all(quoted)))
    # Two long documents on one matter have many claims that look like one event and are not.
    yield Sign("documents long", min(1.0, sum(math.log(1 + len(s.words)) for s in (a, b)) / 2 / _DOCUMENT))


def _names(one: Side, other: Side) -> Iterator[Sign]:
    a, b = one.own, other.own
    fresh = a.names - b.names, b.names - a.names
    more: Mapping[Outcome, str] = {"refines": "one names what the other describes"}
    yield Sign("names one", float(bool(fresh[0]) != bool(fresh[1])), more, one.content, other.content)
    apart: Mapping[Outcome, str] = {
        "unknown": "each names another",
        "contradicts": "each names another",
        "disputes-attribution": "each names another",
    }
    spans = a.places(fresh[0]), b.places(fresh[1])
    yield Sign("names both", float(bool(fresh[0] and fresh[1])), apart, *spans)
    yield Sign("names common", float(bool(a.names & b.names)))
    yield Sign("names apart", float(bool(fresh[0] and fresh[1] and not a.names & b.names)), apart, *spans)


def _meaning(one: Side, other: Side, held: float) -> Iterator[Sign]:
    """Opposites, kinds and their like among the words that only one of them has."""
    here, there = lone(one, other), lone(other, one)
    turned = ("none" in one.lists) != ("none" in other.lists)
    against = _first(here, there, opposites_of)
    for name, is_so in (("opposite", not turned), ("opposite and no", turned)):
        yield _of_words(name, one, other, against if is_so else None, ("contradicts", "updates"))
    kinds = next(((x, y) for x in here for y in there if x in kinds_of(y)), None)
    yield _of_words("kind b", one, other, kinds, ("refines",))
    yield _of_words("kind a", one, other, _first(here, there, kinds_of), ("refines",))
    of_a_kind = [y for y in there if kinds_of(y)]
    siblings = next(
        ((x, y) for x in here if kinds_of(x) for y in of_a_kind if not alike(x, y) and kinds_of(x) & kinds_of(y)), None
    )
    found = _of_words("sibling", one, other, siblings, ("contradicts",))
    yield found
    yield found._replace(name="sibling held", value=found.value * held)
    yield Sign("kin", float(_first(here, there, _kin) is not None))
    left, right = (
        min(1.0, sum(weight(w) for w in words_ if not s.stands(w)) / _LONG)
        for words_, s in ((here, other), (there, one))
    )
    yield Sign("lone a", left)
    yield Sign("lone b", right)
    yield Sign("lone both", min(left, right))
    yield Sign("lone apart", abs(left - right))


def _first(
    here: Sequence[str], there: Sequence[str], related: Callable[[str], frozenset[str]]
) -> tuple[str, str] | None:
    """The first two words of which the second is related to the first."""
    for x in here:
        if not (near := related(x)).isdisjoint(there):
            return x, next(y for y in there if y in near)
    return None


@lru_cache(_KEPT)
def _kin(word: str) -> frozenset[str]:
    """Words that have to do with one, and do not mean the same."""
    return frozenset(w for w, like in kindred().get(word, {}).items() if like >= _KIN) - same_as(word) - {word}


def _of_words(name: str, one: Side, other: Side, pair: tuple[str, str] | None, outcomes: tuple[Outcome, ...]) -> Sign:
    """The sign of two words, with both of them as the reason."""
    if pair is None:
        return Sign(name, 0.0)
    a, b = one.word(pair[0]), other.word(pair[1])
    words_ = f"“{a.of(one.own.text)}”", f"“{b.of(other.own.text)}”"
    said = "{} and {}: one is closer" if outcomes == ("refines",) else "{} against {}"
    return Sign(name, 1.0, dict.fromkeys(outcomes, said.format(*words_)), (a,), (b,))


def _speakers(one: Side, other: Side) -> Iterator[Sign]:
    """Who speaks, and of whom."""
    a, b = one.own, other.own
    said: Mapping[Outcome, str] = {"disputes-attribution": "who is said to have said it says otherwise"}
    yield Sign("source in a", float(bool(other.source & set(a.own_stems))), said, one.content, other.turning)
    yield Sign("source in b", float(bool(one.source & set(b.own_stems))), said, one.turning, other.content)
    yield Sign("source common", float(bool(other.source & one.source)))
    yield Sign("source same", float(one_source(a, b)))
    said = {"disputes-attribution": "whether it was said"}
    cue = one.cues & set(b.own_stems) & listed_in("saying")
    yield Sign("cue said in b", float(bool(cue)), said, one.turning, other.content)
    yield Sign("asks", float(any(s.claim.speech_act in _WISHES for s in (a, b))))
    yield Sign("no source", float(a.claim.source is None or b.claim.source is None))
    yield Sign("uncertain a", float(not a.claim.factuality.startswith("CT")))
    yield Sign("uncertain b", float(not b.claim.factuality.startswith("CT")))


def _when(a: Stated, b: Stated) -> Iterator[Sign]:
    yield Sign("later", float(after(a, b) > 0))
    yield Sign("days", _days(a, b))
    said: Mapping[Outcome, str] = {"refines": "one says when"}
    times = bool(a.claim.times), bool(b.claim.times)
    yield Sign("time one", float(times[0] != times[1]), said, a.claim.content.spans, b.claim.content.spans)
    yield Sign("time both", float(all(times)))


def _days(a: Stated, b: Stated) -> float:
    """Between the two documents; a month is as much as any more."""
    try:
        one, other = (date.fromisoformat((s.claim.document.published or "")[:10]) for s in (a, b))
    except ValueError:
        return 0.0
    return min(1.0, math.log1p(abs((other - one).days)) / math.log1p(_LONG))


def _weighed(by: Mapping[str, Sign]) -> Iterator[Sign]:
    """What signs are together: a difference tells the more the more else is the same."""
    apart = max(by[name].value if name in by else 0.0 for name in _APART)
    alike_, sure, many = (by[name].value for name in ("words in common", "sure", "words many"))
    yield Sign("nothing apart", 1 - apart)
    yield Sign("source, nothing apart", (1 - apart) * by["source common"].value)
    yield Sign("alike, nothing apart", (1 - apart) * alike_)
    for name in _WEIGHED:
        if name not in by or not by[name].value:
            continue
        for how, worth in (
            ("held", by["held both"].value),
            ("alike", alike_),
            ("sure", max(0.0, sure - _FAIR[0])),
            ("long", max(0.0, many - _FAIR[1])),
        ):
            yield by[name]._replace(name=f"{name}, {how}", value=by[name].value * worth)
