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
_OWN = "evidence = (SELECT seq FROM own)"
_NEXT = ",\n  "
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

    def statement(
        self, what: str, question: EventQuestion, since: date | None, until: date | None, *, whole: bool = False
    ) -> str:
        """The same filter as SQL. ``whole``: of all rows of the actor; ``what`` may then ask for `part`."""
        parts = [f"own AS ({statements.inner('seq', 'evidence', statements.named(self._table))})"]
        sides = (("one", question.actor), ("other", question.other))
        parts += [f"{name} AS ({self._members(side)})" for name, side in sides if side is not None]
        asked = msgspec.structs.replace(question, other=None) if whole else question
        conditions = [
            _OWN,
            *statements.within(since, until),
            *self._of_place(question),
            *([part(asked)] if asked.actor or asked.other else []),
            *self._of_sorts(question),
        ]
        return f"WITH {_NEXT.join(parts)}\n{statements.select(what, 'evidence_event', conditions)}"

    def _of_place(self, question: EventQuestion) -> Iterator[str]:
        if not question.place:
            return
        country = self.places.country(question.place)
        if country is not None:
            yield statements.one_of("country", [self._events.countries[country]])
        else:
            named = statements.one_of("name", self.places.names(question.place))
            yield f"place IN ({statements.inner('place', 'evidence_place', [_OWN, named])})"

    def _members(self, side: Side) -> str:
        """The sides of the table of which somebody is a member: a class by its kind, others by the table's names."""
        if side.group is not None:
            who = statements.one_of("sort", [side.group])
        else:
            who = statements.one_of("name", self.sides.names(side))
        return statements.inner("side", "evidence_member", [_OWN, who])

    def _of_sorts(self, question: EventQuestion) -> Iterator[str]:
        if (fitting := self.sorts(question)) is not None:
            yield statements.one_of("sort", [self._events.sorts[at] for at in fitting])


def part(question: EventQuestion) -> str:
    """The condition that the sides of a question take part, by the names that `Filters.statement` gives them."""
    selects = {"one": "(SELECT side FROM one)", "other": "(SELECT side FROM other)"}
    one, *rest = (selects[n] for n, side in (("one", question.actor), ("other", question.other)) if side is not None)
    if not rest:
        return f"(side_a IN {one} OR side_b IN {one})"
    return f"((side_a IN {one} AND side_b IN {rest[0]}) OR (side_b IN {one} AND side_a IN {rest[0]}))"
