"""What `check` knows of words: data/check.toml as one frozen record.

In:   TOML.   Out: CheckWords; BadLexicon.
Knows nothing of: tables, claims.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from sayso.errors import BadLexicon


class NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    titles: frozenset[str]
    particles: frozenset[str]
    forms: frozenset[str]
    same: dict[str, tuple[str, ...]] = {}

    @property
    def spelled(self) -> dict[str, str]:
        """A spelling of a given name -> the one that stands for all of them."""
        return {spelling: name for name, spellings in self.same.items() for spelling in spellings}


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


def read_words(raw: str) -> CheckWords:
    """Raises BadLexicon."""
    try:
        return msgspec.convert(tomllib.loads(raw), CheckWords)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadLexicon(f"check.toml: {error}") from error


@cache
def check_words() -> CheckWords:
    """What ships with sayso."""
    return read_words((resources.files("sayso") / "data" / "check.toml").read_text(encoding="utf-8"))
