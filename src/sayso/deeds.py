"""What people read for the types of events: "sanctions imposed" for SANCTION/discontinue.

In:   `data/deeds.toml`, codes, the words of an event.   Out: words; which types and modes there are.
Knows nothing of: claims, how events are found.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from sayso.lexicon import decode

_FILE = "deeds.toml"


class _By(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    forms: tuple[str, ...]
    words: str
    mode: str | None = None


class Deed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One type: its words, those of its modes, and others where the event's own words begin so."""

    words: str
    modes: dict[str, str] = {}
    by: tuple[_By, ...] = ()


@cache
def deeds() -> Mapping[str, Deed]:
    """All types, as they ship with sayso. Raises BadLexicon."""
    return decode((resources.files("sayso") / "data" / _FILE).read_bytes(), _FILE, dict[str, Deed])


def named(type_: str, mode: str | None = None, trigger: str = "") -> str:
    """The words for a type; of a type that nobody knows its code. ``trigger``: the words of the event.

    >>> named("SANCTION", "discontinue", "imposed"), named("SANCTION", "discontinue", "halted"), named("ASSAULT")
    ('sanctions imposed', 'aid, trade or dealings cut', 'violence')
    """
    deed = deeds().get(type_)
    if deed is None:
        return f"{type_}/{mode}" if mode else type_
    begins = trigger.casefold()
    for by in deed.by:
        if by.mode == mode and begins.startswith(by.forms):
            return by.words
    return deed.modes.get(mode or "", deed.words)
