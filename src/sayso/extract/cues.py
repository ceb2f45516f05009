"""Find the words that report: verbs in their voice, reporting nouns, "according to", "reportedly".

In:   a Line.   Out: Cues in order.
Knows nothing of: who the source is, where the content lies.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.extract.lines import STOPS, Line
from sayso.extract.phrases import phrase_after
from sayso.lexicon import Marker, Noun, Takes, Verb, VerbForm
from sayso.records import Factuality, SpeechAct

Voice = Literal["active", "passive", "ing", "preposition", "adverb", "noun"]

_ADJECTIVAL = frozenset(("the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "no", "another", "every"))
_OBJECTS = frozenset(("him", "her", "them", "me", "us", "let", "help", "make"))
_PLURAL_SUBJECTS = frozenset(
    (
        "they",
        "we",
        "i",
        "you",
        "who",
        "people",
        "men",
        "women",
        "police",
        "media",
        "some",
        "many",
        "others",
        "most",
        "both",
        "few",
        "several",
    )
)


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """``first`` … ``last`` are the tokens of the cue with its auxiliaries, negation and adverbs."""

    entry: Verb | Noun | Marker
    voice: Voice
    first: int
    head: int
    last: int

    @property
    def takes(self) -> tuple[Takes, ...]:
        return self.entry.takes if isinstance(self.entry, Verb) else ()

    @property
    def act(self) -> SpeechAct:
        return self.entry.act

    @property
    def factuality(self) -> Factuality:
        return self.entry.factuality


def find_cues(line: Line) -> list[Cue]:
    """All cues of a sentence, left to right, none inside a quotation."""
    found: list[Cue] = []
    taken = -1
    for i in range(len(line)):
        if i <= taken or line.quoted[i] >= 0:
            continue
        cue = _marker(line, i) or _verb(line, i) or _noun(line, i)
        if cue is not None:
            found.append(cue)
            taken = cue.last
            if cue.voice == "preposition":  # "according to media reports": a noun, whatever verb it could be
                taken = phrase_after(line, cue.last + 1, len(line)) or taken
    return found


def _marker(line: Line, i: int) -> Cue | None:
    for words, marker in line.lexicon.marker_forms.get(line.lower(i), ()):
        if all(line.lower(i + n) == word for n, word in enumerate(words)):
            return Cue(entry=marker, voice=marker.kind, first=i, head=i, last=i + len(words) - 1)
    return None


def _noun(line: Line, i: int) -> Cue | None:
    noun = line.lexicon.noun_forms.get(line.lower(i))
    if noun is None or line.lower(i - 1) in line.lexicon.words.modals:
        return None
    if line.lower(i + 1) == "that" and line.is_finite(i + 2):
        return None  # a relative clause: "an argument that raises …"
    if line.lower(i + 1) == "that" or (
        line.lower(i + 1) in ("by", "from")
        and any(line.lower(j) == "that" for j in range(i + 2, min(len(line), i + 12)))
    ):
        return Cue(entry=noun, voice="noun", first=i, head=i, last=i)
    return None


def _verb(line: Line, i: int) -> Cue | None:
    for form in line.lexicon.verb_forms.get(line.lower(i), ()):
        last = i + len(form.rest)
        if any(line.lower(i + n + 1) != word for n, word in enumerate(form.rest)):
            continue
        first = _group_start(line, i)
        voice = _voice(line, i, first, form)
        if voice is not None:
            return Cue(entry=form.verb, voice=voice, first=first, head=i, last=last)
    return None


def _group_start(line: Line, head: int) -> int:
    """The first auxiliary, modal, negation or adverb of the verb group that ``head`` closes."""
    words = line.lexicon.words
    group = words.be | words.auxiliaries | words.modals | words.negations
    first = head
    while line.lower(first - 1) in group or (line.is_adverb(first - 1) and first - 1 >= 0):
        first -= 1
    while first < head and line.is_adverb(first) and line.lower(first - 1) in ("", ",", '"') and first == 0:
        first += 1  # "Privately, …": an adverb that opens the sentence is not of the group
    return first


def _voice(line: Line, i: int, first: int, form: VerbForm) -> Voice | None:
    """How the form is used here, or None if it is no reporting use."""
    words, verb = line.lexicon.words, form.verb
    before = line.lower(i - 1)
    if line.tokens[i].is_capital and i > 0 and before not in ('"', ":", "—", "--"):
        return None  # part of a name: the Daily Post
    group = [line.lower(j) for j in range(first, i)]
    helpers = [w for w in group if w in words.be or w in words.auxiliaries or w in words.modals]
    if line.lower(first - 1) == "to" and not group:
        return None
    if helpers and helpers[-1] in words.be:
        if "participle" in form.forms and "ing" not in form.forms:
            return "passive" if verb.passive or line.lower(i + 1) == "by" else None
        return "active" if "ing" in form.forms else None
    if helpers and helpers[-1] in words.auxiliaries and "participle" in form.forms:
        return "active"
    if helpers:
        return "active" if "base" in form.forms else None
    if "ing" in form.forms:
        nominal = before in _ADJECTIVAL | words.prepositions - {"as"} or before.endswith(("'s", "s'"))
        return "ing" if not nominal and i > 0 else None
    if "past" in form.forms:
        return _past(line, i, form)
    if "participle" in form.forms:
        return _past(line, i, form) if verb.passive else None
    if verb.noun and _is_noun_here(line, i, first):
        return None
    if "third" in form.forms:
        return "active" if i > 0 else None
    apart = line.lower(first - 1) == "," and line.lower(i + 1) != ","  # "Lee, who left, and others, say"
    far = not verb.noun and line.is_noun_like(first - 1) and before not in _OBJECTS  # "organisers in Dravin say"
    return "active" if apart or far or _is_plural_subject(line, first - 1) else None


def _past(line: Line, i: int, form: VerbForm) -> Voice | None:
    before, after = line.lower(i - 1), line.lower(i + 1)
    raised = after == "to" and line.lower(i + 2) in ("be", "have")
    if after == "by" or (form.verb.passive and (raised or (after == "of" and "of" in form.verb.takes))):
        return "passive"  # reduced: "a man said to be …", "accused of …", "a view held by …"
    if before in _ADJECTIVAL or before in line.lexicon.words.prepositions - {"as", "like"}:
        return None  # "the reported attack"
    return "active" if i > 0 else None


def _is_noun_here(line: Line, i: int, first: int) -> bool:
    """Is a word like "report" or "claims" a noun at this place?"""
    words = line.lexicon.words
    before, after = line.lower(first - 1), line.lower(i + 1)
    if i == 0 or before in STOPS or before in _ADJECTIVAL or before in words.prepositions or before == '"':
        return True
    if (
        line.is_finite(first - 1)
        or before in ("this", "that", "these", "those", "any", "some")
        or before.endswith(("'s", "s'"))
    ):
        return True
    return line.is_finite(i + 1) or after in line.lexicon.verb_forms


def _is_plural_subject(line: Line, i: int) -> bool:
    word = line.lower(i)
    return word in _PLURAL_SUBJECTS or (word.endswith("s") and not word.endswith(("'s", "ss", "us", "is")))
