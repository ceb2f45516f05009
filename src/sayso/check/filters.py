"""Which rows of a table of events a question is on: the same filter on columns in memory and as SQL.

In:   an EventQuestion, days.   Out: places of rows; conditions in SQL.
Knows nothing of: what is made of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.check import statements
from sayso.check.places import Places
from sayso.check.questions import EventQuestion, Side
from sayso.check.sides import Sides
from sayso.check.tables.columns import Events, flags
from sayso.check.tables.table import Table
from sayso.check.words import CheckWords
from sayso.resolve.aliases.matching import AliasTables

Rows = NDArray[np.intp]
_KEPT = 64  # pairs of sides whose rows are held: some megabytes each in a table of a million


class Filters:
    """The filters of one table. ``sides``, ``places``: who and where its rows speak of."""

    def __init__(self, table: Table, events: Events, aliases: AliasTables, words: CheckWords) -> None:
        self._table, self._events, self._words = table, events, words
        days = (table.coverage.since, table.coverage.until)
        self.sides = Sides(events.sides, table.coverage.countries, days, aliases, words)
        self.places = Places(events.wheres, events.countries)
        self._own: dict[tuple[Side, ...], Rows] = {}

    def rows(self, question: EventQuestion, since: date | None, until: date | None) -> Rows:
        """The places of the rows that fit, in the order of the table."""
        events = self._events
        found = self._between(question)
        if since is not None:
            found = found[events.until[found] >= since.toordinal()]
        if until is not None:
            found = found[events.since[found] <= until.toordinal()]
        if question.place:
            country, wheres = self.places.country(question.place), self.places.of(question.place)
            if country is not None:
                found = found[events.country[found] == country]
            else:
                found = found[flags(wheres, len(events.wheres))[events.where[found]]]
        if (fitting := self.sorts(question)) is not None:
            found = found[flags(fitting, len(events.sorts))[events.sort[found]]]
        return found

    def _between(self, question: EventQuestion) -> Rows:
        """All rows of the sides of a question, kept: many claims ask of the same."""
        key = tuple(side for side in (question.actor, question.other) if side is not None)
        if key not in self._own:
            events = self._events
            masks = [flags(self.sides.of(side), len(events.sides)) for side in key]
            if not masks:
                mask = np.ones(len(events), np.bool_)
            elif len(masks) == 1:
                mask = masks[0][events.a] | masks[0][events.b]
            else:
                one, other = masks
                mask = (one[events.a] & other[events.b]) | (one[events.b] & other[events.a])
            if len(self._own) >= _KEPT:
                self._own.clear()
            self._own[key] = np.flatnonzero(mask)
        return self._own[key]

    def sorts(self, question: EventQuestion) -> list[int] | None:
        """The table's kinds of event that are of the claim's mode; None: kinds are not asked for."""
        if not (self._table.coverage.sorts and question.mode in self._words.modes):
            return None
        wanted = self._words.modes[question.mode]
        return [at for at, sort in enumerate(self._events.sorts) if any(sort.endswith(f": {w}") for w in wanted)]

    # -- as SQL --------------------------------------------------------------------------------------------------------

    def where(self, question: EventQuestion, since: date | None, until: date | None) -> list[str]:
        """The same filter as conditions on `evidence_event`."""
        return [
            statements.own(self._table),
            *statements.within(since, until),
            *self._of_place(question),
            *self._of_sides(question),
            *self._of_sorts(question),
        ]

    def _of_place(self, question: EventQuestion) -> Iterator[str]:
        if not question.place:
            return
        country = self.places.country(question.place)
        if country is not None:
            yield statements.one_of("country", [self._events.countries[country]])
        else:
            named = statements.one_of("name", self.places.names(question.place))
            places = statements.inner("place", "evidence_place", [statements.own(self._table), named])
            yield f"place IN ({places})"

    def _of_sides(self, question: EventQuestion) -> Iterator[str]:
        parts = [self._members(side) for side in (question.actor, question.other) if side is not None]
        if len(parts) == 1:
            yield f"(side_a IN ({parts[0]}) OR side_b IN ({parts[0]}))"
        elif parts:
            one, other = parts
            yield (f"((side_a IN ({one}) AND side_b IN ({other}))\n    OR (side_b IN ({one}) AND side_a IN ({other})))")

    def _members(self, side: Side) -> str:
        """The sides of the table of which somebody is a member: a class by its kind, others by the table's names."""
        if side.group is not None:
            who = statements.one_of("sort", [side.group])
        else:
            who = statements.one_of("name", self.sides.names(side))
        return statements.inner("side", "evidence_member", [statements.own(self._table), who])

    def _of_sorts(self, question: EventQuestion) -> Iterator[str]:
        if (fitting := self.sorts(question)) is not None:
            yield statements.one_of("sort", [self._events.sorts[at] for at in fitting])

    def statement(self, what: str, question: EventQuestion, since: date | None, until: date | None) -> str:
        return statements.select(what, "evidence_event", self.where(question, since, until))

    def part(self, question: EventQuestion) -> str:
        """The condition that the other side takes part, within the rows of the actor."""
        alone = msgspec.structs.replace(question, place=None, mode=None)
        return next(self._of_sides(alone))
