"""What the words that report do: speech act, how sure the source is, whether somebody is told.

In:   the place of a cue.   Out: Doing.
Knows nothing of: who the source is, where the content lies.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sayso.lexicon import Lexicon, Marker, Verb
from sayso.parse import Token, tokens
from sayso.records import Factuality, SpeechAct
from sayso.spans import Span


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
