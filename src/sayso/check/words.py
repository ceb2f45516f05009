"""What `check` knows of words: data/check.toml and data/names.toml as one frozen record.

In:   TOML.   Out: CheckWords; BadLexicon.
Knows nothing of: tables, claims.
"""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from importlib import resources
from itertools import chain
from typing import Literal

import msgspec

from sayso.check.scripts import latin
from sayso.errors import BadLexicon


class NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """data/names.toml: what its lists hold is said there."""

    titles: frozenset[str]
    honours: frozenset[str]
    particles: frozenset[str]
    forms: frozenset[str]
    omitted: frozenset[str]
    chinese: frozenset[str]
    phrases: dict[str, str]
    korean: dict[str, tuple[str, ...]]
    same: dict[str, tuple[str, ...]]
    short: dict[str, tuple[str, ...]]

    @cached_property
    def spelled(self) -> dict[str, str]:
        """A spelling of a given name -> the one that stands for all of them."""
        return {latin(spelling)[0]: name for name, spellings in self.same.items() for spelling in spellings}

    @cached_property
    def given(self) -> dict[str, frozenset[str]]:
        """A given name, spelled as it is compared, or a short form -> the given names that it may be."""
        full = {name: frozenset((name,)) for name in (*self.same, *chain(*self.short.values()))}
        return full | {form: frozenset(names) for form, names in self.short.items()}

    @cached_property
    def families(self) -> dict[str, str]:
        """A spelling of a Korean family name -> the one that stands for all of them."""
        return {spelling: name for name, spellings in self.korean.items() for spelling in (name, *spellings)}

    @cached_property
    def rewritten(self) -> dict[tuple[str, ...], str]:
        """Words in a row -> the one they are written as."""
        return {tuple(words.split()): word for words, word in self.phrases.items()}


class SideName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a data set's name of a side stands for; in ``countries`` only, where some are given."""

    name: str
    entities: tuple[str, ...]
    countries: tuple[str, ...] = ()
    note: str | None = None


class ShareWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``most``, ``least``: percent at which a claim in these words holds, and at which it holds in part."""

    words: tuple[str, ...]
    most: tuple[float, float] | None = None
    least: tuple[float, float] | None = None


class TrendWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of ``change`` and ``times``: more or fewer than before, or how many times as many."""

    words: tuple[str, ...]
    change: Literal["more", "fewer"] | None = None
    times: float | None = None
    but: tuple[str, ...] = ()


class Authority(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    entities: frozenset[str]
    words: tuple[str, ...]


class Opposite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    one: tuple[str, ...]
    other: tuple[str, ...]


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


class CheckWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: NameWords
    side: tuple[SideName, ...]
    classes: dict[str, frozenset[str]]
    share: tuple[ShareWord, ...]
    trend: tuple[TrendWord, ...]
    first: _Words
    none: _Words
    listing: _Words
    unsettled: _Words
    belongings: _Words
    weapons: _Words
    modes: dict[str, tuple[str, ...]]
    mutual: _Words
    authority: tuple[Authority, ...]
    opposite: tuple[Opposite, ...]


def read_words(raw: str, names: str) -> CheckWords:
    """The words of check.toml and names.toml. Raises BadLexicon."""
    try:
        return msgspec.convert(tomllib.loads(raw) | {"names": tomllib.loads(names)}, CheckWords)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadLexicon(f"check.toml, names.toml: {error}") from error


@cache
def check_words() -> CheckWords:
    """What ships with sayso."""
    data = resources.files("sayso") / "data"
    raw, names = ((data / name).read_text(encoding="utf-8") for name in ("check.toml", "names.toml"))
    return read_words(raw, names)
