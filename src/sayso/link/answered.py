"""What stands against each other in two documents on one matter, however few words the claims share: an accusation and
the denial of who is accused; an earlier and a later count of the dead.

In:   two Sketches.   Out: pairs of claims with how the later one stands to the earlier.
Knows nothing of: who is right; pairs that are found by their words (`standing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sayso.link.figures import bounds
from sayso.link.judged import Judged, after, cue, words_of
from sayso.link.matter import days_apart, one_story
from sayso.link.senses import same_as
from sayso.link.sketch import Sketch
from sayso.link.stance import stance
from sayso.link.stated import Stated
from sayso.link.words import kindred, weight
from sayso.spans import Span

_MATTER = 0.5  # of one story, for two documents to be on one matter
_TELLING = 2.0  # the least weight of a word that an accusation and a denial have in common
_LIKE = 0.4  # the likeness of two words for one to stand for the other
_FEW = 3  # words of a denial that names no deed: "any involvement", "the accusation"


class Found(NamedTuple):
    """How ``b`` stands to ``a``."""

    a: Stated
    b: Stated
    judged: Judged


class _Toll(NamedTuple):
    low: float
    high: float
    text: str
    spans: tuple[Span, ...]


def answered(one: Sketch, other: Sketch) -> Iterator[Found]:
    """The pairs of two documents, if they are on one matter; symmetric."""
    if one_story(one, other) < _MATTER:
        return
    for x in one.claims:
        for y in other.claims:
            a, b = (x, y) if after(x, y) > 0 or (after(x, y) == 0 and x.claim.id <= y.claim.id) else (y, x)
            if judged := _denied(a, b) or _counted(a, b):
                yield Found(a, b, judged)


def _denied(a: Stated, b: Stated) -> Judged | None:
    """Does one accuse somebody who denies it in the other?"""
    for accusing, denying in ((a, b), (b, a)):
        if accusing.claim.speech_act != "accuse" or stance(accusing.claim) != "so" or accusing.in_denial:
            continue
        accused = frozenset(accusing.own_stems) | accusing.called
        if (
            denying.claim.speech_act == "deny"
            and stance(denying.claim) == "not so"
            and denying.speaker
            and denying.speaker <= accused
            and _of_it(accusing, denying)
        ):
            return Judged(outcome="contradicts", reason="one accuses, the accused denies it", a=cue(a), b=cue(b))
    return None


def _of_it(accusing: Stated, denying: Stated) -> bool:
    """Is it that accusation that is denied: by a word for the deed, or by no deed at all?"""
    deeds = denying.bare - denying.speaker
    there = accusing.bare - denying.speaker
    near = (t for t in deeds if weight(t) >= _TELLING)
    if any(t in there or not there.isdisjoint(_stand_ins(t)) for t in near):
        return True
    words = {stem for span in denying.claim.content.spans for stem in _stems(denying, span)}
    return len(words - words_of("small")) <= _FEW and bool(words & words_of("charges"))


def _stems(stated: Stated, span: Span) -> Iterator[str]:
    return (stated.words.stems[k] for k in stated.words.within(span))


def _stand_ins(word: str) -> frozenset[str]:
    return same_as(word) | {w for w, like in kindred().get(word, {}).items() if like >= _LIKE}


def _counted(a: Stated, b: Stated) -> Judged | None:
    """Do both count the dead of one event, and the later one more?"""
    if after(a, b) <= 0 or days_apart(a, b):
        return None
    here, there = _toll(a), _toll(b)
    if here is None or there is None or there.low <= here.high or not _of_one_event(a, b):
        return None
    reason = f"a later count: {here.text}, then {there.text}"
    return Judged(outcome="updates", reason=reason, a=here.spans, b=there.spans)


def _toll(stated: Stated) -> _Toll | None:
    """The one count of the dead that a claim has; nobody is 0."""
    dead = stated.phrases.keys() & words_of("dead")
    counts = [q for q in stated.claim.quantities if q.kind == "killed"]
    if not counts and dead:
        counts = [q for q in stated.claim.quantities if q.kind in ("things", "people") and q.unit is None]
    if len(counts) == 1 and stance(stated.claim) == "so":
        # "At least 23" is 23 until somebody counts more.
        low, high = bounds(counts[0])
        low = high if low == float("-inf") else low
        return _Toll(low, low if high == float("inf") else high, counts[0].text, counts[0].spans)
    none = stated.phrases.keys() & words_of("nobody")
    if dead and none and not counts:
        place = stated.place(min(none))
        return _Toll(0, 0, place.of(stated.text), (place,))
    return None


def _of_one_event(a: Stated, b: Stated) -> bool:
    """Have they a word for it in common, or does one tell nothing but the count?"""
    apart = words_of("dead") | words_of("nobody") | a.figures | b.figures
    here, there = ({t for t, w in s.terms.items() if w >= _TELLING and t not in apart} for s in (a, b))
    return not here or not there or not here.isdisjoint(there)
