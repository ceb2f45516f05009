"""A million events in little memory: numbers in columns, each different name once.

In:   ViolentEvents, one at a time.   Out: Events, whose columns are compared at once.
Knows nothing of: claims, file formats.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sayso.check.tables.rows import ViolentEvent

_NONE = -1
COLUMNS = ("a", "b", "where", "country", "sort", "since", "until", "low", "best", "high", "civilians")


class Events:
    """Columns of the same length, in the order of the table.

    ``a``, ``b``, ``where``, ``country``, ``sort`` hold places in ``sides``, ``wheres``, ``countries``, ``sorts``; days
    are ordinals; a number of deaths that the table does not give is -1.
    """

    def __init__(self, events: Iterable[ViolentEvent]) -> None:
        self.sides: list[str] = []
        self.wheres: list[tuple[str, ...]] = []
        self.countries: list[str] = []
        self.sorts: list[str] = []
        self.rows: list[str] = []
        sides: dict[str, int] = {}
        wheres: dict[tuple[str, ...], int] = {}
        countries: dict[str, int] = {}
        sorts: dict[str, int] = {}
        columns = [array("i") for _ in COLUMNS]
        for event in events:
            self.rows.append(event.row)
            values = (
                sides.setdefault(event.side_a, len(sides)),
                sides.setdefault(event.side_b, len(sides)),
                wheres.setdefault(event.places, len(wheres)),
                countries.setdefault(event.country, len(countries)),
                sorts.setdefault(event.sort, len(sorts)),
                event.since.toordinal(),
                event.until.toordinal(),
                *(_NONE if n is None else n for n in (event.low, event.best, event.high, event.civilians)),
            )
            for column, value in zip(columns, values, strict=True):
                column.append(value)
        self.sides, self.wheres, self.countries, self.sorts = list(sides), list(wheres), list(countries), list(sorts)
        made = [np.frombuffer(column, dtype=np.int32) if column else np.zeros(0, np.int32) for column in columns]
        self._take(made)

    @classmethod
    def of(
        cls,
        rows: list[str],
        sides: list[str],
        wheres: list[tuple[str, ...]],
        countries: list[str],
        sorts: list[str],
        columns: Sequence[NDArray[np.int32]],
    ) -> Events:
        """From what was kept. ``columns``: as `COLUMNS` names them."""
        made = cls(())
        made.rows, made.sides, made.wheres, made.countries, made.sorts = rows, sides, wheres, countries, sorts
        made._take(columns)
        return made

    def _take(self, columns: Sequence[NDArray[np.int32]]) -> None:
        self.a, self.b, self.where, self.country, self.sort, self.since, self.until = columns[:7]
        self.low, self.best, self.high, self.civilians = columns[7:]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The first and the last day."""
        if not self.rows:
            return None, None
        return date.fromordinal(int(self.since.min())), date.fromordinal(int(self.until.max()))

    def on(self, since: date | None, until: date | None) -> NDArray[np.bool_]:
        """Which events may lie in these days: any part of them does."""
        found = np.ones(len(self.rows), np.bool_)
        if since is not None:
            found &= self.until >= since.toordinal()
        if until is not None:
            found &= self.since <= until.toordinal()
        return found


def flags(wanted: Iterable[int], size: int) -> NDArray[np.bool_]:
    """For each place of a list of this size, whether it is wanted: to be indexed with a column."""
    found = np.zeros(size, np.bool_)
    found[list(wanted)] = True
    return found
