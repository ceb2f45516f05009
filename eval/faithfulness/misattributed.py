"""Falsified claims with the words of the text and another speaker, or with what somebody denies as what they say.

In:   Texts.   Out: Trials.
Knows nothing of: vet.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from eval.brat import Attribution
from eval.faithfulness.texts import Text
from eval.faithfulness.trial import Trial, bare, content_of, cue_of, false, initials, somebody, source_of, statements

_DENYING = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject\w*|disput\w*|dismiss\w*|doubt\w*)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)


def invented_source(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for own in statements(text):
        who = somebody(text, chance)
        yield false("invented speaker", text, content=content_of(text, own), source=who, cue=cue_of(text, own))


def wrong_source(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    """Another one's words: named sources only, as a pronoun or a description may stand for the right one."""
    named = [own for own in statements(text) if own.source and _is_name(source_of(text, own))]
    for own in named:
        words = set(bare(source_of(text, own)))
        others = [
            o for o in named if not words & set(bare(source_of(text, o))) - {"the", "a", "of"} and _apart(text, own, o)
        ]
        if others:
            other = chance.choice(others)
            claim = {"content": content_of(text, own), "source": source_of(text, other)}
            yield false("wrong speaker", text, **claim)
            yield false("wrong speaker, right cue", text, **claim, cue=cue_of(text, own))
            if cue_of(text, own).lower() != cue_of(text, other).lower():
                yield false("wrong speaker and cue", text, **claim, cue=cue_of(text, other))


def _is_name(source: str) -> bool:
    words = source.split()
    return any(w[:1].isupper() for w in words[1:]) or (len(words) == 1 and source[:1].isupper() and len(source) > 4)


def _apart(text: Text, own: Attribution, other: Attribution) -> bool:
    """Is neither source in the other's, nor within the other's content, nor said by both?"""
    a, b = source_of(text, own), source_of(text, other)
    both = {initials(a), initials(b)}
    held = any(c.overlaps(d) for c in own.content for d in other.content)
    return len(both) == 2 and not held and a not in b and b not in a


def of_two_speakers(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for own, other in pairwise(statements(text)):
        if own.source and other.source and _apart(text, own, other):
            a, b = content_of(text, own).split(), content_of(text, other).split()
            if len(a) > 3 and len(b) > 3:
                said = " ".join((*a[: len(a) // 2], *b[len(b) // 2 :]))
                yield false("two speakers spliced", text, content=said, source=source_of(text, own))


def denial_dropped(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    """What somebody denies, or does not say, know or confirm, as what they say."""
    if not any(_DENYING.search(cue_of(text, own)) or _NOT.search(cue_of(text, own)) for own in text.gold):
        return
    for own in statements(text):
        cue = cue_of(text, own)
        if not own.source or "not only" in cue:
            continue
        kind = "denial as assertion" if _DENYING.search(cue) else "not said, as said" if _NOT.search(cue) else None
        if kind is not None:
            claim = {"content": content_of(text, own), "source": source_of(text, own)}
            yield false(kind, text, **claim)
            yield false(kind, text, **claim, cue="said")
