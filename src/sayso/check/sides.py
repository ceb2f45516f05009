"""Which sides of a table are whom a claim speaks of.

In:   the names a table gives to sides; Sides of questions; tables of actors.   Out: places of those names, notes.
Knows nothing of: events, what is asked of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.check.questions import Side
from sayso.check.words import CheckWords
from sayso.resolve.aliases.matching import AliasTables
from sayso.resolve.aliases.names import fold
from sayso.resolve.aliases.records import Context

Sort = Literal["government", "civilians", "rebels", "unknown"]
# ACLED: "Military Forces of Syria (2000-2024)", "Islamic State (Syria)"
_YEARS = re.compile(r"(?<!\s)\s*\([^)]{0,200}\)\s*$")
_GOVERNMENT = re.compile(r"^(?:government|military forces|police forces) of (?:the )?(.+)$", re.IGNORECASE)
_NOBODY = {"", "unidentified", "unknown"}


class Member(NamedTuple):
    """One of those that make up a side. ``state``: of a government, the country's name."""

    name: str
    entities: frozenset[str]
    sort: Sort
    state: str | None = None
    note: str | None = None


class Sides:
    """The sides of one table, each name looked up once."""

    def __init__(
        self,
        names: Sequence[str],
        countries: Sequence[str],
        days: tuple[date | None, date | None],
        aliases: AliasTables,
        words: CheckWords,
    ) -> None:
        self._countries, self._days, self._aliases, self._words = countries, days, aliases, words
        self._context = aliases.context(". ".join(countries))
        self._kept: dict[str, Member] = {}
        self._asked: dict[Side, list[int]] = {}
        self.members = [tuple(self._members(name)) for name in names]

    def of(self, side: Side) -> list[int]:
        """The places of the names in which this side is a member."""
        if side not in self._asked:
            self._asked[side] = [at for at, all_ in enumerate(self.members) if any(is_member(side, m) for m in all_)]
        return self._asked[side]

    def names(self, side: Side) -> tuple[str, ...]:
        """By which names of the table this side goes."""
        return tuple(dict.fromkeys(member.name for member in self._own(side)))

    def notes(self, side: Side) -> tuple[str, ...]:
        """What is to be said on how the table calls this side."""
        return tuple(dict.fromkeys(member.note for member in self._own(side) if member.note))

    def _own(self, side: Side) -> list[Member]:
        return [m for at in self.of(side) for m in self.members[at] if is_member(side, m)]

    def foreign(self, side: Side) -> bool:
        """Whether somebody belongs to countries, none of which the table is on."""
        tags = {tag for id_ in side.entities for tag in self._aliases.entities[id_].tags}
        return bool(tags) and tags.isdisjoint(self._context.tags)

    def armed(self, side: Side) -> bool:
        """Whether somebody is an armed group."""
        return any(self._aliases.entities[id_].type == "armed_group" for id_ in side.entities)

    def _members(self, name: str) -> Iterator[Member]:
        for part in parts(name):
            if part not in self._kept:
                self._kept[part] = self._member(part)
            yield self._kept[part]

    def _member(self, name: str) -> Member:
        bare = _YEARS.sub("", name)
        for listed in self._words.side:
            if listed.name == bare and (not listed.countries or set(listed.countries) & set(self._countries)):
                return Member(name, frozenset(listed.entities), "rebels", None, listed.note)
        kind = kind_of(name)
        if kind == "government" and (state := _GOVERNMENT.match(bare)):
            return Member(name, self._known(f"Government of {state[1]}"), kind, state[1])
        return Member(name, frozenset() if kind == "civilians" else self._known(bare), kind)

    def _known(self, name: str) -> frozenset[str]:
        """All that the name certainly stood for on the first and last day of the table."""
        found: set[str] = set()
        for day in dict.fromkeys(self._days):
            for context in (Context(tags=self._context.tags, told_by={}), self._context):
                candidates = self._aliases.find(name, day, context)
                if not candidates:  # in no table, on whatever day
                    return frozenset()
                found.update(c.entity.id for c in candidates if c.certain)
        return frozenset(found)


def parts(name: str) -> list[str]:
    """Those that make up a side, as the table names them."""
    return [part for one in name.split(",") if (part := one.strip())]


def kind_of(name: str) -> Sort:
    """The class of one that takes part, by its name alone.

    >>> [kind_of(n) for n in ("Government of Sund", "Civilians (Sund)", "Unidentified gunmen", "Harbour Front")]
    ['government', 'civilians', 'unknown', 'rebels']
    """
    bare = _YEARS.sub("", name)
    if _GOVERNMENT.match(bare):
        return "government"
    first = bare.split()[0].lower() if bare.split() else ""
    if first in {"civilians", "protesters"}:
        return "civilians"
    return "unknown" if first in _NOBODY else "rebels"


def is_member(side: Side, member: Member) -> bool:
    """Whether a claim's side is this member. A class is met by all of its kind, somebody by their entity or name."""
    if side.group is not None:
        return member.sort == side.group
    if side.entities and member.entities:
        return not member.entities.isdisjoint(side.entities)
    return side.doubt is None and bool(own := _folded(side.name)) and own == _folded(member.name)


def sort_of(members: Sequence[Member], state: str | None) -> str:
    """The class of an opponent: the government of the country, another state, civilians, or neither."""
    states = {m.state for m in members if m.sort == "government"}
    if states:
        return "government" if state is None or state in states else "other states"
    if members and all(m.sort == "civilians" for m in members):
        return "civilians"
    return "non-state groups" if members else "unknown"


@lru_cache(maxsize=1 << 16)
def _folded(name: str) -> tuple[str, ...]:
    return fold(name)
