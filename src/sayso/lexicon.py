"""Load the word lists of ``data/`` into one frozen Lexicon.

In:   the TOML files of the package.   Out: Lexicon; BadLexicon names file and place of a mistake.
Knows nothing of: texts, rules.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib import resources
from typing import Literal, TypeVar

import msgspec

from sayso.errors import BadLexicon
from sayso.records import Factuality, SourceType, SpeechAct

T = TypeVar("T")
Form = Literal["base", "third", "past", "participle", "ing"]


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


class Verb(_Entry, frozen=True, kw_only=True):
    """A reporting verb. See ``data/verbs.toml`` for the meaning of each field."""

    lemma: str
    forms: tuple[str, ...] = ()
    act: SpeechAct
    factuality: Factuality
    tells: bool = False
    noun: bool = False


class Noun(_Entry, frozen=True, kw_only=True):
    """A reporting noun ("claim", "allegation")."""

    lemma: str
    act: SpeechAct
    factuality: Factuality


class Marker(_Entry, frozen=True, kw_only=True):
    """A preposition or adverb that attributes ("according to", "reportedly")."""

    words: str
    act: SpeechAct
    factuality: Factuality


class Head(_Entry, frozen=True, kw_only=True):
    """Head nouns of sources and what kind of source they make."""

    type: SourceType
    words: tuple[str, ...]
    unique: bool = False
    proper: bool = False


class Pattern(_Entry, frozen=True, kw_only=True):
    """A regular expression for page furniture or a hedge."""

    pattern: str


class _Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    openers: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    held_false: tuple[str, ...]
    labels: tuple[str, ...]
    be: frozenset[str]
    auxiliaries: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    not_adverbs: frozenset[str]
    function_verbs: frozenset[str]
    manner: frozenset[str]


class _Abbreviations(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    titles: frozenset[str]
    others: frozenset[str]
    after_hours: frozenset[str]


class _Verbs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verb: tuple[Verb, ...]


class _Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    noun: tuple[Noun, ...]


class _Markers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    marker: tuple[Marker, ...]


class _Heads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    head: tuple[Head, ...]


class _Furniture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    furniture: tuple[Pattern, ...]


class _Hedges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hedge: tuple[Pattern, ...]


class _Count(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    right: int
    of: int


class VerbForm(msgspec.Struct, frozen=True, kw_only=True):
    """One inflected form of a verb; a form like "said" is past and participle."""

    verb: Verb
    forms: frozenset[Form]
    rest: tuple[str, ...]  # further words of a multi-word verb: "draw attention to" -> ("attention", "to")

    @property
    def is_plainly_finite(self) -> bool:
        """A form that is a finite verb whatever stands around it: "said", "denies"; not "reports", a noun too."""
        if self.verb.noun:
            return "past" in self.forms and "base" not in self.forms
        return bool(self.forms & {"past", "third"})


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All word lists, as values."""

    words: _Words
    abbreviations: _Abbreviations
    verbs: tuple[Verb, ...]
    nouns: tuple[Noun, ...]
    markers: tuple[Marker, ...]
    heads: tuple[Head, ...]
    furniture: tuple[Pattern, ...]
    hedges: tuple[Pattern, ...]
    scores: Mapping[str, float]

    def is_title(self, word: str) -> bool:
        return word.rpartition("-")[2] in self.abbreviations.titles

    def is_abbreviation(self, word: str) -> bool:
        return word in self.abbreviations.others or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word) is not None

    def is_furniture(self, paragraph: str) -> bool:
        return self._furniture.fullmatch(paragraph.strip()) is not None

    @cached_property
    def _furniture(self) -> re.Pattern[str]:
        return _any_of(self.furniture)

    @cached_property
    def hedge_pattern(self) -> re.Pattern[str]:
        """Matches any hedge, case ignored."""
        return re.compile(rf"\b(?:{_any_of(self.hedges).pattern})\b", re.IGNORECASE)

    @cached_property
    def held_false(self) -> re.Pattern[str]:
        """ "… were entirely without foundation": the end of words that say so of what was said; from a blank on."""
        words = "|".join(re.escape(word) for word in self.words.held_false)
        return re.compile(
            rf"\s(?:is|are|was|were|be)\s(?:\w+\s){{0,2}}[“\"']?(?:\w+\s){{0,2}}(?:{words})[”\"'.,]*\Z", re.IGNORECASE
        )

    def is_label(self, words: str) -> bool:
        """Is what stands before a colon a word for a part of a text: "Background:"?"""
        return words.lower().removeprefix("the ").replace("’", "'") in self.words.labels

    @cached_property
    def verb_forms(self) -> Mapping[str, tuple[VerbForm, ...]]:
        """First word of each inflected form, lower case -> the verbs it may be, those of more words first."""
        table: dict[str, dict[tuple[str, ...], tuple[Verb, set[Form]]]] = {}
        for verb in self.verbs:
            first, *rest = verb.lemma.split()
            for form, word in _inflect(first, verb.forms):
                entry = table.setdefault(word, {}).setdefault((verb.lemma, *rest), (verb, set()))
                entry[1].add(form)
        return {
            word: tuple(
                VerbForm(verb=verb, forms=frozenset(forms), rest=key[1:])
                for key, (verb, forms) in sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
            )
            for word, found in table.items()
        }

    @cached_property
    def marker_forms(self) -> Mapping[str, tuple[tuple[tuple[str, ...], Marker], ...]]:
        """First word of each marker -> its words and its entry."""
        table: dict[str, list[tuple[tuple[str, ...], Marker]]] = {}
        for marker in self.markers:
            words = tuple(marker.words.split())
            table.setdefault(words[0], []).append((words, marker))
        return {first: tuple(found) for first, found in table.items()}

    @cached_property
    def noun_forms(self) -> Mapping[str, Noun]:
        """Singular and plural of each reporting noun."""
        table = {noun.lemma: noun for noun in self.nouns}
        table.update({_third(noun.lemma): noun for noun in self.nouns})
        return table

    @cached_property
    def head_types(self) -> Mapping[str, Head]:
        """Common head noun, singular and plural, lower case -> its entry."""
        return {w: h for h in reversed(self.heads) if not h.proper for word in h.words for w in (word, _third(word))}

    @cached_property
    def proper_heads(self) -> Mapping[str, Head]:
        """Head of a proper name ("Times", "Iran"), lower case -> its entry."""
        return {word: head for head in reversed(self.heads) if head.proper for word in head.words}

    def head(self, words: str, *, capital: bool) -> Head | None:
        """The entry of one head noun, or None."""
        return (self.proper_heads.get(words) if capital else None) or self.head_types.get(words)


def _any_of(patterns: Iterable[Pattern]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p.pattern})" for p in patterns), re.IGNORECASE)


def _inflect(verb: str, irregular: tuple[str, ...]) -> Iterable[tuple[Form, str]]:
    """The five forms. ``irregular`` gives past, participle and ing, the latter two if they differ.

    >>> sorted({word for _, word in _inflect("deny", ())})
    ['denied', 'denies', 'deny', 'denying']
    """
    past = irregular[0] if irregular else _with_ed(verb)
    participle = irregular[1] if len(irregular) > 1 else past
    ing = irregular[2] if len(irregular) > 2 else _with_ing(verb)
    return (("base", verb), ("third", _third(verb)), ("past", past), ("participle", participle), ("ing", ing))


def _third(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _with_ed(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def _with_ing(verb: str) -> str:
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def _file(name: str, kind: type[T]) -> T:
    raw = (resources.files("sayso") / "data" / name).read_bytes()
    return decode(raw, name, kind)


def decode(raw: bytes, name: str, kind: type[T]) -> T:
    """One word list from its TOML. Raises BadLexicon that names the file and the place."""
    try:
        return msgspec.convert(tomllib.loads(raw.decode()), kind)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise BadLexicon(f"{name}: {error}") from error


def load() -> Lexicon:
    """The lexicon that ships with sayso."""
    return Lexicon(
        words=_file("words.toml", _Words),
        abbreviations=_file("abbreviations.toml", _Abbreviations),
        verbs=_file("verbs.toml", _Verbs).verb,
        nouns=_file("nouns.toml", _Nouns).noun,
        markers=_file("markers.toml", _Markers).marker,
        heads=_file("sources.toml", _Heads).head,
        furniture=_file("furniture.toml", _Furniture).furniture,
        hedges=_file("hedges.toml", _Hedges).hedge,
        scores={
            rule: round((n.right + 1) / (n.of + 2), 3) for rule, n in _file("scores.toml", dict[str, _Count]).items()
        },
    )
