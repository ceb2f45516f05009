"""What rules make of two claims of one event: numbers, dates, actors, polarity, opposites, attribution.

In:   two Stated claims and how alike they are.   Out: Judged.
Knows nothing of: who is right; documents other than these two.

The order of the questions follows de Marneffe, Rafferty and Manning (2008): the same event first, then what may differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sayso.link.figures import at_once, clashes, lone_numbers, numbers, times
from sayso.link.judged import Judged, after, cue, in_opposites, opposites, words_of
from sayso.link.matter import EVENT, SURE, days_apart, one_source
from sayso.link.stated import Stated
from sayso.link.words import kindred, stem, words
from sayso.records import Event

_THAT = frozenset(map(stem, ("that", "of")))
_FEWEST = 2  # plain words of a claim that another is closer than
_MORE = 1.5  # the weight of a claim that adds to another, over the other's
_HELD = 0.5  # of the weight of the lighter claim, for the other to say the same with a name
_BEARS, _SHARE = 5.0, 0.5  # the weight of what a "no" is about and the other says, and its share of all it is about
_LIKE = 0.7  # the likeness of two words that mean the same here

Question = Callable[[Stated, Stated], Judged | None]


def by_rules(a: Stated, b: Stated, sure: float) -> Judged:
    """How ``b`` stands to ``a``, the earlier one, by the first question that has an answer. ``sure``: the score of
    their being of one event.

    What two claims themselves make plain (numbers of the same things, a text that is disowned) asks for less of it than
    what could be so of any two sentences with words in common.
    """
    return first(a, b, sure, lambda question: question(a, b))


def first(a: Stated, b: Stated, sure: float, answer: Callable[[Question], Judged | None]) -> Judged:
    """`by_rules`, where each question may have been asked before."""
    if sure < EVENT or elsewhere(a, b):
        return Judged(outcome="unknown", reason="nothing shows that both speak of one event")
    bare = min(len(a.bare), len(b.bare)) < _FEWEST  # "when it was read to her"
    for question, least in _IN_ORDER:
        if sure >= least and not (bare and least >= SURE) and (found := answer(question)):
            return found
    return Judged(outcome="compatible", reason="both can be so", a=a.claim.content.spans, b=b.claim.content.spans)


def of_others(a: Stated, b: Stated) -> bool:
    """Do they name different people or places after the same words: "sanctions on Merr", "sanctions on Ombry"?"""
    here, there = a.slots, b.slots
    return any(
        here[words].isdisjoint(b.terms.keys()) and there[words].isdisjoint(a.terms.keys())
        for words in here.keys() & there.keys()
    )


def elsewhere(a: Stated, b: Stated) -> bool:
    """Do both name somebody or some place, and none that the other names?"""
    here, there = a.names, b.names
    return bool(here - there and there - here and not here & there)


def _saying(a: Stated, b: Stated) -> Judged | None:
    """Whether somebody said it at all, or who did: one says something, and the other that it was not said, that the
    text is forged, or that somebody else made it.
    """
    texts, sayings = words_of("texts"), words_of("sayings")
    for denying, other in ((a, b), (b, a)):
        told = frozenset(map(stem, other.claim.cue.text.split())) if other.claim.cue else frozenset()
        said = other.phrases.keys() & (sayings | texts)
        heard = denying.phrases.keys() & words_of("heard")
        spoken = frozenset[str]() if heard else denying.denied & (texts | sayings) - _reported(denying)
        unsaid = denying.denied & texts & said or spoken & told or (spoken & said and _names_speaker(denying, other))
        if unsaid and not other.denied & (texts | sayings):
            return _disputed(a, b, "one says that it was said, the other that it was not")
        if denying.phrases.keys() & words_of("forged") and (said or denying.phrases.keys() & texts):
            return _disputed(a, b, "one says whose words they are, the other that they are not")
        made = denying.phrases.keys() & words_of("made")
        apart = denying.names - other.names and other.names - denying.names
        if made and denying.phrases.keys() & texts and said and apart and denying.negative == other.negative:
            return _disputed(a, b, "each gives the words to somebody else")
    return None


def _reported(denying: Stated) -> frozenset[str]:
    """Of "the ministry's claim that …", which is denied, the "claim": that it was made, nobody denies."""
    own = denying.words
    pairs = zip(denying.at, denying.at[1:], strict=False)
    return frozenset(own.stems[k] for k, after in pairs if denying.negative and own.stems[after] in _THAT)


def _spoken(a: Stated, b: Stated) -> Judged | None:
    """Does one deny of a saying what the other has some word of saying for?"""
    words_ = words_of("sayings") | words_of("texts")
    for denying, other in ((a, b), (b, a)):
        heard = denying.phrases.keys() & words_of("heard")
        if (
            not heard
            and denying.denied & words_ - _reported(denying)
            and not other.denied & words_
            and other.phrases.keys() & words_
        ):
            return _disputed(a, b, "one says that it was said, the other that it was not")
    return None


def whose(a: Stated, b: Stated) -> bool:
    """Is it plain whose saying it is that one disputes: by a name in the other, or as it is the very one who is said to
    have said it; or does one speak of a text? "He denies that he was warned" disputes no saying.
    """
    texts = words_of("texts") | words_of("forged")
    return (
        _names_speaker(a, b)
        or _names_speaker(b, a)
        or one_source(a, b)
        or any(s.phrases.keys() & texts for s in (a, b))
        or not (a.speaker and b.speaker)
    )


def _names_speaker(stated: Stated, other: Stated) -> bool:
    return not other.speaker.isdisjoint(stated.own_stems)


def _disputed(a: Stated, b: Stated, reason: str) -> Judged:
    return Judged(outcome="disputes-attribution", reason=reason, a=cue(a), b=cue(b))


def _other_time(a: Stated, b: Stated) -> Judged | None:
    """One denies it of one day, and the other says it of another: two things."""
    if a.negative != b.negative and days_apart(a, b):
        return Judged(outcome="unknown", reason="they speak of different days")
    return None


def _open(a: Stated, b: Stated) -> Judged | None:
    """Does one say what will or would be, and the other what is? A forecast that was wrong contradicts nothing."""
    ahead = [bool(set(s.own_stems) & words_of("ahead")) for s in (a, b)]
    if ahead[0] != ahead[1] and (
        words_of("conditions") & set(a.own_stems + b.own_stems) or any(True for _ in clashes(a, b))
    ):
        return Judged(outcome="unknown", reason="one says what would be, the other what is")
    return None


def _overtaken(a: Stated, b: Stated) -> Judged | None:
    """Does the earlier one say that it is not yet so, and the later one that it is?"""
    yet = a.phrases.keys() & words_of("yet")
    if after(a, b) > 0 and yet and _denies(a, b) and not b.denied:
        place = a.place(min(yet))
        reason = f"“{place.of(a.text)}”, and a later word"
        return Judged(outcome="updates", reason=reason, a=(place,), b=b.claim.content.spans)
    return None


def _polarity(a: Stated, b: Stated) -> Judged | None:
    """Does one deny what the other says, in words that tell something?"""
    if not _denies(a, b) and not _denies(b, a):
        return None
    if one_source(a, b):
        return Judged(outcome="updates", reason="the same source says now that it is not so", a=cue(a), b=cue(b))
    return Judged(outcome="contradicts", reason="one puts it as so, the other as not so", a=cue(a), b=cue(b))


def _denies(negative: Stated, other: Stated) -> bool:
    """Does the "no" of a claim bear on what the other says? "We shook hands, and I do not wash that hand" denies no
    handshake: what the cue turns round is the whole content, a "not" in it is about the words that follow.
    """
    names, near = negative.names | other.names, kindred()
    bare = {t: w for t, w in negative.terms.items() if t in negative.denied - other.denied - names}
    met = sum(w for t, w in bare.items() if t in other.bare or _kin(near.get(t, {}), other))
    return met > 0 and met >= max(_BEARS, _SHARE * sum(bare.values()))


def _kin(near: Mapping[str, float], other: Stated) -> bool:
    return any(like >= _LIKE and t in other.bare - other.denied for t, like in near.items())


def _events(a: Stated, b: Stated) -> Iterator[tuple[Event, Event]]:
    for one in a.claim.events:
        for other in b.claim.events:
            if one.type == other.type and one.negated == other.negated and not one.hypothetical | other.hypothetical:
                yield one, other


def _opposed(a: Stated, b: Stated) -> Judged | None:
    here, there = (s.phrases.keys() & in_opposites() for s in (a, b))
    for pair in opposites() if here and there else ():
        for x, y in ((pair.one, pair.other), (pair.other, pair.one)):
            if here & x and there & y and not here & y and not there & x:
                ours, theirs = a.place(min(here & x)), b.place(min(there & y))
                reason = f"“{ours.of(a.text)}” against “{theirs.of(b.text)}”"
                later_word = after(a, b) > 0 and ((pair.changes and not at_once(a, b)) or one_source(a, b))
                return Judged(outcome="updates" if later_word else "contradicts", reason=reason, a=(ours,), b=(theirs,))
    return None


def _changed(a: Stated, b: Stated) -> Judged | None:
    """Does the later one tell of a change: "again", "no longer", "called off"?"""
    if after(a, b) <= 0:
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
    """Does one say nearly all of the other and much more, or name what the other only describes?"""
    less, more = sorted((a, b), key=lambda s: (s.weight, s.claim.id))
    bare = {t: w for t, w in less.terms.items() if t in less.bare and t not in more.names}
    kept = sum(w for t, w in bare.items() if t in more.terms)
    if len(bare) < _FEWEST or kept < _HELD * sum(bare.values()) or not less.figures <= more.figures:
        return None
    if less.names < more.names:
        reason = "one names what the other describes"
    elif less.names <= more.names and more.weight >= _MORE * less.weight:
        reason = "one says all that the other says, and more"
    else:
        return None
    return Judged(outcome="refines", reason=reason, a=a.claim.content.spans, b=b.claim.content.spans)


# In their order, each with the score that it asks for.
_IN_ORDER: tuple[tuple[Question, float], ...] = (
    (_saying, EVENT),
    (_spoken, SURE),
    (_other_time, EVENT),
    (_open, EVENT),
    (_overtaken, EVENT),
    (_polarity, EVENT),
    (_opposed, EVENT),
    (_changed, SURE),
    (numbers, EVENT),
    (lone_numbers, SURE),
    (times, EVENT),
    (_doers, SURE),
    (_precision, SURE),
)

QUESTIONS = {question: question.__name__.strip("_").replace("_", " ") for question, _ in _IN_ORDER}  # and their names
