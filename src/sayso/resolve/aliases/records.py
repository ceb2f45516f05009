"""What alias tables hold and answer: entities, the names they go by, candidates for a name.

In:   values.   Out: frozen records.
Knows nothing of: how tables are written down, how a name is found in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from sayso.records import SourceType

Stance = Literal["neutral", "pejorative", "honorific", "self-designation", "contested"]


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """A name that an entity goes by. ``since``, ``until``: the days on which it was in use, both included.

    ``stance``: how the name puts its bearer; it tells of the speaker. ``ambiguous``: others go by it, so that it needs
    support from the text; None: so it is where three letters stand for a body of one country.
    ``metonym``: it names a place, and its bearer only where it acts.
    ``near``: names in the text that speak for this bearer.
    """

    name: str
    since: date | None = None
    until: date | None = None
    lang: str = "en"
    stance: Stance = "neutral"
    ambiguous: bool | None = None
    metonym: bool = False
    near: tuple[str, ...] = ()

    def against(self, on: date | None) -> str | None:
        """Why a text of this date would not use the name, or None."""
        if on is None:
            return None
        if self.since and on < self.since:
            return f"“{self.name}” is in use from {self.since} only"
        if self.until and on > self.until:
            return f"“{self.name}” is in use until {self.until} only"
        return None


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that goes by names. ``id`` is a slug of its table.

    ``tags``: the countries and conflicts it belongs to. ``predecessors``: what it came from, each an entity of its
    own. ``part_of``: what it belongs to. ``body``: what it is in the state of its first tag ("government").
    """

    id: str
    name: str
    type: SourceType
    wikidata: str | None = None
    tags: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    predecessors: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    body: str | None = None
    note: str | None = None
    aliases: tuple[Alias, ...] = ()


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """What a body of a state is called: with the state's name ("Syrian army"), or alone ("the regime")."""

    name: str
    body: str
    stance: Stance = "neutral"
    ambiguous: bool = False


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """A word before or after a name that leaves its bearer: "so-called …", "… militants"."""

    words: tuple[str, ...]
    after: bool = True
    stance: Stance | None = None


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the place where a name stands: nothing, to begin with.

    ``tags``, ``entities``: what the document speaks of beside. ``near``: folded names that stand in it.
    ``told_by``: the folded names that a tag or "=entity" rests on; what rests on a name alone does not support it.
    ``acts``: whether the name is used as somebody who says or does something; None: not known.
    ``type``: what the name is, where the text tells.
    """

    tags: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    near: frozenset[tuple[str, ...]] = frozenset()
    told_by: Mapping[str, frozenset[tuple[str, ...]]] = {}
    acts: bool | None = None
    type: SourceType | None = None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An entity that a name may stand for. ``reasons``: why it is taken for certain, or what is in doubt."""

    entity: Entity
    alias: Alias
    certain: bool
    reasons: tuple[str, ...] = ()
    stance: Stance = "neutral"
