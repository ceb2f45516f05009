"""The values of factuality and how they combine; the word list that says which words set them.

In:   the text of ``data/factuality.toml``, the reporting verbs.   Out: Stances, Value algebra.
Knows nothing of: trees, claims.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

import msgspec

from sayso.errors import BadLexicon
from sayso.records import Factuality

Frame = Literal["that", "whether", "to", "ing", "from", "noun"]
Whose = Literal["own", "sayer", "thinker"]

SCALE: Mapping[Factuality, int] = {"CT+": 3, "PR+": 2, "PS+": 1, "Uu": 0, "PS-": -1, "PR-": -2, "CT-": -3}
_BY_NUMBER: Mapping[int, Factuality] = {number: value for value, number in SCALE.items()}


def negated(value: Factuality) -> Factuality:
    """The other polarity, just as sure."""
    return _BY_NUMBER[-SCALE[value]]


def weaker(value: Factuality, other: Factuality) -> Factuality:
    """``value``, no surer than ``other`` is: the polarity of the first, the lesser modality of both."""
    strength = min(abs(SCALE[value]), abs(SCALE[other]))
    return _BY_NUMBER[strength if SCALE[value] >= 0 else -strength]


def under(outer: Factuality, inner: Factuality) -> Factuality:
    """What one source says of a thing (``outer``) that is itself put in some way (``inner``).

    To deny what is put as possible is to deny it altogether; to deny a denial is to affirm.

    >>> under("CT-", "CT-"), under("CT-", "PS+"), under("PR+", "CT-"), under("Uu", "CT-")
    ('CT+', 'CT-', 'PR-', 'Uu')
    """
    if SCALE[outer] >= 0:
        return weaker(inner, outer)
    flipped = negated(inner)
    return negated("CT+") if outer == "CT-" and inner == "PS+" else weaker(flipped, outer)


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    words: tuple[str, ...]
    why: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


class Embedding(_Entry, frozen=True, kw_only=True):
    """A word that takes an event. See ``data/factuality.toml`` for the meaning of each field."""

    takes: tuple[Frame, ...]
    holds: Factuality
    denied: Factuality
    whose: Whose = "own"

    def gives(self, value: Factuality) -> Factuality:
        """The event, where the word itself is put as ``value``. What is taken for granted stays so."""
        if self.holds == self.denied:
            return self.holds
        if value == "Uu":
            return "Uu"
        return weaker(self.holds if SCALE[value] > 0 else self.denied, value)


class Modal(_Entry, frozen=True, kw_only=True):
    """An auxiliary."""

    positive: Factuality
    negative: Factuality
    perfect: Factuality | None = None
    perfect_negative: Factuality | None = None

    def gives(self, *, denied: bool, perfect: bool) -> Factuality:
        """The event under it."""
        if denied:
            return (perfect and self.perfect_negative) or self.negative
        return (perfect and self.perfect) or self.positive


class Adverb(_Entry, frozen=True, kw_only=True):
    """An adverb, or an adjective beside a noun, that says how sure an event is."""

    value: Factuality
    noun: bool = False


class Linker(_Entry, frozen=True, kw_only=True):
    """Words that join a clause to another and say how its event stands, whatever the main clause says."""

    value: Factuality


class Degree(_Entry, frozen=True, kw_only=True):
    """Words that change no value and are shown."""


class Negation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which words negate, and which take that back."""

    adverbs: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    focus: frozenset[str]
    later: frozenset[str]
    phrases: frozenset[str]
    open: frozenset[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Stances(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """All words that say how sure an event is put."""

    embedding: tuple[Embedding, ...]
    modal: tuple[Modal, ...]
    adverb: tuple[Adverb, ...]
    linker: tuple[Linker, ...]
    degree: tuple[Degree, ...]
    negation: Negation

    def embedded(self, words: Iterable[str], frame: Frame) -> Embedding | None:
        """The entry of a word (its form, its lemma, with its particle or without) that takes an event so."""
        return next((found for word in words if (found := self._embeddings.get((word, frame)))), None)

    @cached_property
    def _embeddings(self) -> Mapping[tuple[str, Frame], Embedding]:
        return {(word, frame): e for e in reversed(self.embedding) for word in e.words for frame in e.takes}

    @cached_property
    def modals(self) -> Mapping[str, Modal]:
        return {word: entry for entry in self.modal for word in entry.words}

    @cached_property
    def adverbs(self) -> Mapping[str, Adverb]:
        return {word: entry for entry in self.adverb if not entry.noun for word in entry.words}

    @cached_property
    def adjectives(self) -> Mapping[str, Adverb]:
        return {word: entry for entry in self.adverb if entry.noun for word in entry.words}

    @cached_property
    def linkers(self) -> Mapping[str, Linker]:
        return {word: entry for entry in self.linker for word in entry.words}

    @cached_property
    def degrees(self) -> Mapping[str, Degree]:
        return {word: entry for entry in reversed(self.degree) for word in entry.words}


def stances(raw: str, sayers: Iterable[str] = ()) -> Stances:
    """The word list from its TOML. ``sayers``: lemmas of verbs that report; what they take is another's word.

    Raises BadLexicon, which names the file and the place.
    """
    try:
        read = msgspec.convert(tomllib.loads(raw), Stances)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadLexicon(f"factuality.toml: {error}") from error
    said = Embedding(
        words=tuple(sayers),
        takes=("that", "whether"),
        holds="Uu",
        denied="Uu",
        whose="sayer",
        why="said by somebody",
        yes=(),
    )
    return msgspec.structs.replace(read, embedding=(*read.embedding, said))
