"""The words by which mentions are joined: gender of nouns and given names, what may stand for what.

In:   the texts of coreference.toml and coreference_weights.toml.   Out: Words; BadLexicon names a mistake.
Knows nothing of: texts, trees.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

import msgspec

from sayso.errors import BadLexicon
from sayso.lexicon import Lexicon
from sayso.records import SourceType

Kind = SourceType | Literal["place", "time", "thing"]
Gender = Literal["m", "f", "n"]

# What may stand for what in the large: a "he" for a person, an "it" for a body or a thing.
PERSONS = frozenset(("person", "people", "unknown"))
BODIES = frozenset(("organisation", "government", "armed_group", "outlet", "place", "people", "unknown"))
INERT = frozenset(("document", "post", "thing", "time", "place", "unknown"))


# Endings of nouns for persons; not "-ist" alone, as a twist and a checklist are none.
_CALLINGS = (
    *("alist", "amist", "anist", "arist", "elist", "emist", "ivist", "ntist"),
    *("ogist", "omist", "onist", "orist", "unist", "crat"),
)


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    words: frozenset[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Noun(_Entry, frozen=True, kw_only=True):
    """Nouns of one kind."""

    kind: Kind
    gender: Gender | None = None


class Given(_Entry, frozen=True, kw_only=True):
    """Given names of one gender."""

    gender: Gender


class _Groups(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    words: tuple[tuple[str, ...], ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class _Closed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    titles: frozenset[str]
    distinguishing: frozenset[str]
    generic: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    same: frozenset[str]
    other: frozenset[str]
    counting: frozenset[str]
    says: frozenset[str]
    no_holder: frozenset[str]
    accused: frozenset[str]
    blames: frozenset[str]
    denies: frozenset[str]
    charges: frozenset[str]
    pleads: frozenset[str]
    countries_alike: frozenset[str]


class Words(msgspec.Struct, frozen=True, kw_only=True, dict=True, forbid_unknown_fields=True):
    """All lists, and the weights of the ranking by class of what is resolved."""

    noun: tuple[Noun, ...]
    given: tuple[Given, ...]
    nickname: tuple[_Groups, ...]
    office: tuple[_Groups, ...]
    kin: tuple[_Entry, ...]
    seat: tuple[_Entry, ...]
    acts: tuple[_Entry, ...]
    words: _Closed
    weights: Mapping[str, Mapping[str, float]] = {}

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """Common noun -> its kind."""
        return {word: entry.kind for entry in reversed(self.noun) for word in entry.words}

    @cached_property
    def genders(self) -> Mapping[str, Gender]:
        """Common noun -> the gender it says."""
        return {word: entry.gender for entry in self.noun if entry.gender for word in entry.words}

    @cached_property
    def givens(self) -> Mapping[str, Gender]:
        """Given name -> its gender."""
        return {word: entry.gender for entry in self.given for word in entry.words}

    @cached_property
    def long_names(self) -> Mapping[str, frozenset[str]]:
        """Given name -> the long forms it can be short for, itself among them."""
        table: dict[str, set[str]] = {}
        for entry in self.nickname:
            for group in entry.words:
                for word in group:
                    table.setdefault(word, {word}).add(group[0])
        return {word: frozenset(long) for word, long in table.items()}

    @cached_property
    def offices(self) -> Mapping[str, frozenset[str]]:
        """Title -> the nouns that its bearer is called by."""
        table: dict[str, set[str]] = {}
        for entry in self.office:
            for noun, *short in entry.words:
                for word in short:
                    table.setdefault(word, set()).add(noun)
        return {word: frozenset(nouns) for word, nouns in table.items()}

    @cached_property
    def kinship(self) -> Mapping[str, frozenset[int]]:
        """Common noun -> the groups of nouns it belongs to."""
        table: dict[str, set[int]] = {}
        for number, entry in enumerate(self.kin):
            for word in entry.words:
                table.setdefault(word, set()).add(number)
        return {word: frozenset(groups) for word, groups in table.items()}

    @cached_property
    def seats(self) -> frozenset[str]:
        return frozenset().union(*(entry.words for entry in self.seat))

    @cached_property
    def acting(self) -> frozenset[str]:
        return frozenset().union(*(entry.words for entry in self.acts))

    def akin(self, one: str, other: str) -> bool:
        """Can an entity be called by both nouns in turn?"""
        return bool(self.kinship.get(one, frozenset()) & self.kinship.get(other, frozenset()))

    def kind_of(self, noun: str, lexicon: Lexicon, *, capital: bool = False) -> Kind:
        """The kind of a common noun in its singular, or of the last word of a proper name where ``capital``."""
        if capital and (proper := lexicon.proper_heads.get(noun)):
            return proper.type
        if noun in self.kinds:
            return self.kinds[noun]
        head = lexicon.head_types.get(noun)
        if head is None and "-" in noun:
            return self.kind_of(noun.rpartition("-")[2], lexicon)
        if head is None:
            return "person" if noun.removesuffix("s").endswith(_CALLINGS) else "unknown"
        return "person" if head.type == "people" else head.type


def read_words(lists: str, weights: str = "") -> Words:
    """The lists from their TOML, with the weights of the ranking from theirs. Raises BadLexicon."""
    try:
        return msgspec.convert({**tomllib.loads(lists), "weights": tomllib.loads(weights)}, Words)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadLexicon(f"coreference lists: {error}") from error
