"""Evidence tables in a case: each kept once, row by row, so that a finding's SQL can be run and nothing is read twice.

In:   Tables.   Out: the same again; what was searched when.
Knows nothing of: file formats, claims, what is asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.check.cutting import name_words
from sayso.check.findings import Searched
from sayso.check.sides import kind_of, parts
from sayso.check.tables.columns import COLUMNS, Events
from sayso.check.tables.loading import Group
from sayso.check.tables.rows import Designation, DyadYear, Holding, Review
from sayso.check.tables.table import Table
from sayso.check.words import check_words
from sayso.errors import SaysoError
from sayso.store.ledgers import Store

_BATCH = 50_000  # rows of a table that are held as Python values at a time
_EPOCH = 719163  # the ordinal of 1970-01-01, from which numpy counts days
_ROWS: dict[str, tuple[type[msgspec.Struct], str]] = {
    "dyads": (DyadYear, "dyad"),
    "holdings": (Holding, "holding"),
    "reviews": (Review, "review"),
}
_EVENT = "row, side_a, side_b, place, country, sort, since, until, low, best, high, civilians"

Column = NDArray[np.int32]


class EvidenceShelf:
    """The evidence tables of one case file. All methods raise BadCase as those of Store do."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def table(self, sha256: str, read_as: str) -> Table | None:
        """The table with this hash that was read in this way, if the case has it."""
        sql = "SELECT seq, record FROM evidence WHERE sha256 = ? AND read_as = ?"
        return next((self._whole(*row) for row in self._store.rows(sql, (sha256, read_as))), None)

    def kept(self, group: Group, *, now: Callable[[], str]) -> Table | SaysoError:
        """The table of some files: as the case has it, else read now and kept."""
        if (table := self.table(group.sha256, group.read_as)) is not None:
            return table
        read = group.read()
        if isinstance(read, Table):
            self.save(read, loaded_at=now())
        return read

    def tables(self) -> Iterator[Table]:
        """All of them, in the order in which they came."""
        for seq, record in self._store.rows("SELECT seq, record FROM evidence ORDER BY seq"):
            yield self._whole(seq, record)

    def save(self, table: Table, *, loaded_at: str) -> None:
        """Keep a table, all of it or nothing. One that is there already is left as it is."""
        bare = msgspec.structs.replace(table, events=None, designations=(), dyads=(), holdings=(), reviews=())
        with self._store.writing() as connection:
            row = connection.execute(
                "INSERT INTO evidence (loaded_at, record) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING seq",
                (loaded_at, msgspec.json.encode(bare).decode()),
            ).fetchone()
            if row is None:
                return
            if table.events is not None:
                _save_events(connection, row[0], table.events)
            if table.designations:
                _save_designations(connection, row[0], table.designations)
            for field, (_, name) in _ROWS.items():
                _save_rows(connection, row[0], name, getattr(table, field))

    def searched(self, table: Table, *, at: str, questions: int, unfound: int) -> None:
        """Note that a table was searched: ``unfound`` of its ``questions`` found no row."""
        with self._store.writing() as connection:
            connection.execute(
                "INSERT INTO evidence_search (evidence, searched_at, questions, unfound)"
                " SELECT seq, ?, ?, ? FROM evidence WHERE sha256 = ? AND read_as = ?",
                (at, questions, unfound, table.sha256, table.read_as),
            )

    def searches(self) -> Iterator[Searched]:
        """Each search in order."""
        sql = (
            "SELECT name || '@' || sha256, searched_at, questions, unfound"
            " FROM evidence_search AS search JOIN evidence ON evidence.seq = search.evidence ORDER BY search.seq"
        )
        for table, at, questions, unfound in self._store.rows(sql):
            yield Searched(table=table, at=at, questions=questions, unfound=unfound)

    # -- reading -------------------------------------------------------------------------------------------------------

    def _whole(self, seq: int, record: str) -> Table:
        bare = self._store.decoded(record, Table)
        rows = {field: tuple(self._rows(seq, name, made)) for field, (made, name) in _ROWS.items()}
        return msgspec.structs.replace(
            bare, events=self._events(seq), designations=tuple(self._designations(seq)), **rows
        )

    def _rows(self, seq: int, name: str, made: type[msgspec.Struct]) -> Iterator[Any]:
        fields = made.__struct_fields__
        sql = f"SELECT {', '.join(fields)} FROM evidence_{name} WHERE evidence = ? ORDER BY seq"  # noqa: S608 - our own names
        for row in self._store.rows(sql, (seq,)):
            yield msgspec.convert(dict(zip(fields, row, strict=True)), made)

    def _designations(self, seq: int) -> Iterator[Designation]:
        names: dict[int, tuple[list[str], list[str]]] = {}
        sql = "SELECT seq, name, weak FROM evidence_name WHERE evidence = ? ORDER BY seq, place"
        for at, name, weak in self._store.rows(sql, (seq,)):
            names.setdefault(at, ([], []))[weak].append(name)
        sql = "SELECT seq, row, type, authority, programmes, listed, bound FROM evidence_designation WHERE evidence = ?"
        for at, row, kind, authority, programmes, listed, bound in self._store.rows(f"{sql} ORDER BY seq", (seq,)):
            strong, weak = names.get(at, ([], []))
            plain = {"row": row, "names": strong, "weak": weak, "type": kind, "authority": authority, "listed": listed,
                     "programmes": msgspec.json.decode(programmes), "bound": bound}  # fmt: skip
            yield msgspec.convert(plain, Designation)

    def _events(self, seq: int) -> Events | None:
        sides = [name for (name,) in self._named("SELECT name FROM evidence_side", seq, "side")]
        if not sides:
            return None
        wheres: dict[int, list[str]] = {}
        for place, name in self._named("SELECT place, name FROM evidence_place", seq, "place, level"):
            wheres.setdefault(place, []).append(name)
        rows: list[str] = []
        countries: dict[str, int] = {}
        sorts: dict[str, int] = {}
        columns: list[list[Column]] = [[] for _ in COLUMNS]
        for batch in self._batches(f"SELECT {_EVENT} FROM evidence_event", seq):  # noqa: S608 - our own names
            row, a, b, where, country, sort, since, until, *deaths = zip(*batch, strict=True)
            rows += row
            numbers = (
                np.array(a, np.int32),
                np.array(b, np.int32),
                np.array(where, np.int32),
                np.array([countries.setdefault(c, len(countries)) for c in country], np.int32),
                np.array([sorts.setdefault(s, len(sorts)) for s in sort], np.int32),
                *map(_ordinals, (since, until)),
                *(np.array([-1 if n is None else n for n in count], np.int32) for count in deaths),
            )
            for column, part in zip(columns, numbers, strict=True):
                column.append(part)
        last = max(int(part.max()) for part in columns[2])
        places = [tuple(wheres.get(at, ())) for at in range(last + 1)]
        return Events.of(rows, sides, places, list(countries), list(sorts), [np.concatenate(c) for c in columns])

    def _named(self, select: str, seq: int, order: str) -> list[tuple[Any, ...]]:
        return self._store.rows(f"{select} WHERE evidence = ? ORDER BY {order}", (seq,))

    def _batches(self, select: str, seq: int) -> Iterator[list[tuple[Any, ...]]]:
        last = -1
        while batch := self._store.rows(
            f"{select} WHERE evidence = ? AND seq > ? ORDER BY seq LIMIT ?", (seq, last, _BATCH)
        ):
            yield batch
            last += len(batch)


def _ordinals(days: Iterable[str]) -> Column:
    return (np.array(list(days), "datetime64[D]").astype(np.int64) + _EPOCH).astype(np.int32)


def _isos(ordinals: Column) -> list[str]:
    return list(np.datetime_as_string((ordinals.astype(np.int64) - _EPOCH).astype("datetime64[D]")))


def _save_events(connection: sqlite3.Connection, seq: int, events: Events) -> None:
    _many(connection, "side", ((seq, at, name) for at, name in enumerate(events.sides)))
    members = (
        (seq, part, at, kind_of(part)) for at, name in enumerate(events.sides) for part in dict.fromkeys(parts(name))
    )
    _many(connection, "member", members)
    named = ((seq, at, level, name) for at, names in enumerate(events.wheres) for level, name in enumerate(names))
    _many(connection, "place", named)
    for start in range(0, len(events), _BATCH):
        part = slice(start, start + _BATCH)
        values: list[Iterable[Any]] = [
            events.rows[part],
            _isos(events.since[part]),
            _isos(events.until[part]),
            [events.countries[at] for at in events.country[part].tolist()],
            *(column[part].tolist() for column in (events.where, events.a, events.b)),
            [events.sorts[at] for at in events.sort[part].tolist()],
            *(
                [None if n < 0 else n for n in column[part].tolist()]
                for column in (events.low, events.best, events.high, events.civilians)
            ),
        ]
        _many(connection, "event", ((seq, start + n, *row) for n, row in enumerate(zip(*values, strict=True))))


def _save_designations(connection: sqlite3.Connection, seq: int, designations: Iterable[Designation]) -> None:
    words = check_words().names
    for at, one in enumerate(designations):
        listed = one.listed.isoformat() if one.listed else None
        programmes = msgspec.json.encode(one.programmes).decode()
        _many(connection, "designation", [(seq, at, one.row, one.type, one.authority, programmes, listed, one.bound)])
        spelled = chain(((name, 0) for name in one.names), ((name, 1) for name in one.weak))
        rows = ((name, weak, " ".join(sorted(name_words(name, words, words.spelled)))) for name, weak in spelled)
        _many(connection, "name", ((seq, at, place, *row) for place, row in enumerate(rows)))


def _save_rows(connection: sqlite3.Connection, seq: int, name: str, rows: Iterable[msgspec.Struct]) -> None:
    plain: Callable[[Any], Any] = msgspec.to_builtins
    _many(connection, name, ((seq, at, *plain(row).values()) for at, row in enumerate(rows)))


def _many(connection: sqlite3.Connection, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert whole rows, in the order of the columns in the schema."""
    first = next(rows := iter(rows), None)
    if first is not None:
        sql = f"INSERT INTO evidence_{name} VALUES ({', '.join('?' * len(first))})"  # noqa: S608 - our own names
        connection.executemany(sql, chain((first,), rows))
