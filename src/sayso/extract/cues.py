"""What the words that report do: speech act, how sure the source is, whether somebody is told.

In:   the place of a cue.   Out: Doing.
Knows nothing of: who the source is, where the content lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sayso.lexicon import Lexicon, Marker, Verb
from sayso.parse import Token, tokens
from sayso.records import Factuality, SpeechAct
from sayso.spans import Span

_REACH = 40  # characters before a cue in which its auxiliaries and its negation stand
_IF = frozenset(("if", "unless", "lest"))
# Not said after all, in words of more than negation.
_NOT_DONE = re.compile(r"\b(?:unable|yet to|short of|fail(?:s|ed|ing)? to)\b", re.IGNORECASE)


class Doing(NamedTuple):
    """``tells``: the verb takes somebody who is told ("told reporters that …")."""

    act: SpeechAct
    factuality: Factuality
    tells: bool


def doing(text: str, cue: Span, lexicon: Lexicon) -> Doing:
    """What a cue does, by the first word in it that the word lists know; an unknown one asserts."""
    words = tokens(text, cue)
    for i in range(len(words)):
        entry = _marker(words, i, lexicon) or _verb(words, i, lexicon)
        if entry is not None:
            return Doing(entry.act, entry.factuality, isinstance(entry, Verb) and entry.tells)
    noun = next((n for word in words if (n := lexicon.noun_forms.get(word.lower))), None)
    return Doing(noun.act, noun.factuality, tells=False) if noun else Doing("assert", "CT+", tells=False)


def _marker(words: list[Token], i: int, lexicon: Lexicon) -> Marker | None:
    known = lexicon.marker_forms.get(words[i].lower, ())
    return next((marker for form, marker in known if _stands(words, i, form)), None)


def _verb(words: list[Token], i: int, lexicon: Lexicon) -> Verb | None:
    known = lexicon.verb_forms.get(words[i].lower, ())
    verbal = i == 0 or words[i - 1].lower == "to" or _is_of_group(words[i - 1].lower, lexicon)
    fitting = (form for form in known if verbal or not form.verb.noun or not form.forms & {"base", "third"})
    return next((form.verb for form in fitting if _stands(words, i + 1, form.rest)), None)


def _is_of_group(word: str, lexicon: Lexicon) -> bool:
    """May it stand before the verb ("has not openly questioned")? After other words, "question" is a noun."""
    group = lexicon.words
    known = group.be | group.auxiliaries | group.modals | group.negations | group.adverbs
    return word in known or (word.endswith("ly") and word not in group.not_adverbs)


def _stands(words: list[Token], i: int, form: Iterable[str]) -> bool:
    return all(i + n < len(words) and words[i + n].lower == word for n, word in enumerate(form))


def is_open(text: str, sentence: Span, cue: Span, source: Iterable[Span], lexicon: Lexicon) -> bool:
    """Is the cue negated, only possible, or under a condition ("could not confirm", "if she says")?

    The auxiliaries and negation before a cue count, whether or not they are part of it.
    """
    group = lexicon.words
    before = (
        tokens(text, Span(max(sentence.start, cue.start - _REACH), cue.start)) if cue.start > sentence.start else []
    )
    words = [t.lower for t in tokens(text, cue)]
    for token in reversed(before):
        if not _is_of_group(token.lower, lexicon):
            break
        words.append(token.lower)
    if any(w in group.negations or w in group.modals or w.endswith("n't") for w in words):
        return True
    if _NOT_DONE.search(text, cue.start, cue.end):
        return True
    return any(_follows_if(text, sentence, span) for span in source)


def _follows_if(text: str, sentence: Span, source: Span) -> bool:
    if source.start <= sentence.start:
        return False
    before = text[max(sentence.start, source.start - 10) : source.start].split()
    return bool(before) and before[-1].lower() in _IF
