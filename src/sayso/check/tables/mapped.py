"""Any other CSV or TSV with a header, read by a small mapping that its user writes in TOML.

In:   a file, a Mapping.   Out: ViolentEvents, Designations or Holdings; BadTable names what is wrong with the mapping.
Knows nothing of: claims.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Literal

import msgspec

from sayso.check.tables.conflict import iso
from sayso.check.tables.files import File, Odd, Row, header, records
from sayso.check.tables.rows import Designation, Holding, ViolentEvent
from sayso.errors import BadTable
from sayso.toml import parsed


class _Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which column holds what. ``date`` for events of one day, else ``since`` and ``until``."""

    row: str | None = None
    date: str | None = None
    since: str | None = None
    until: str | None = None
    country: str | None = None
    places: tuple[str, ...] = ()
    side_a: str | None = None
    side_b: str | None = None
    sort: str | None = None
    low: str | None = None
    best: str | None = None
    high: str | None = None
    civilians: str | None = None
    names: tuple[str, ...] = ()
    programme: str | None = None
    listed: str | None = None
    holder: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        single = (v for f in self.__struct_fields__ if isinstance(v := getattr(self, f), str))
        return (*single, *self.places, *self.names)


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the columns of a table mean, and what the table can tell (see Coverage)."""

    name: str
    kind: Literal["events", "designations", "holdings"]
    version: str | None = None
    licence: str = ""
    definition: tuple[str, ...] = ()
    complete: bool = False
    directed: bool = False
    lethal: bool = False
    sorts: bool = False
    authority: str | None = None
    between_names: str = ";"
    columns: _Columns
    sha256: str = ""  # of the mapping itself, by which a table that was read with it is known again


def mapping(raw: bytes, name: str) -> Mapping:
    """The mapping in a TOML file. Raises BadTable."""
    try:
        plain = {**parsed(raw), "sha256": hashlib.sha256(raw).hexdigest()}
        read = msgspec.convert(plain, Mapping)
    except (ValueError, msgspec.ValidationError) as error:
        raise BadTable(f"{name}: no mapping of a table: {error}") from error
    columns = read.columns
    if read.kind == "events" and not (columns.date or columns.since):
        raise BadTable(f"{name}: events need a column for their day: columns.date, or columns.since and columns.until")
    if read.kind == "designations" and not (columns.names and read.authority):
        raise BadTable(f"{name}: a list needs columns.names and an authority (whose list it is)")
    if read.kind == "holdings" and not (columns.places and columns.holder and columns.since):
        raise BadTable(f"{name}: holdings need columns.places, columns.holder and columns.since (from which day)")
    return read


def fits(file: File, mapped: Mapping) -> bool:
    """Whether the file's header has all columns of the mapping."""
    return {name.lower() for name in mapped.columns.named} <= set(header(file))


def events(file: File, mapped: Mapping, odd: Odd) -> Iterator[ViolentEvent]:
    columns = mapped.columns
    first, last = columns.since or columns.date, columns.until or columns.date or columns.since
    counted = (columns.low, columns.best, columns.high, columns.civilians)
    for line, row in records(file, odd):
        try:
            since = iso(_text(row, first))
            until = iso(_text(row, last)) if _text(row, last) else since
            numbers = [row.number(c.lower()) if c else None for c in counted]
        except (ValueError, OverflowError) as error:
            odd.say(file.name, line, str(error))
            continue
        known = [n for n in numbers[:3] if n is not None]
        yield ViolentEvent(
            row=_text(row, columns.row) or f"line {line}",
            since=since,
            until=max(since, until),
            country=_text(row, columns.country),
            places=tuple(p for c in columns.places if (p := _text(row, c))),
            side_a=_text(row, columns.side_a),
            side_b=_text(row, columns.side_b),
            sort=_text(row, columns.sort),
            low=min(known, default=None),
            best=numbers[1] if numbers[1] is not None else min(known, default=None),
            high=max(known, default=None),
            civilians=numbers[3],
        )


def designations(file: File, mapped: Mapping, odd: Odd) -> Iterator[Designation]:
    columns = mapped.columns
    for line, row in records(file, odd):
        names = tuple(
            dict.fromkeys(n.strip() for c in columns.names for n in row.get(c.lower()).split(mapped.between_names))
        )
        day = _text(row, columns.listed)
        try:
            listed = iso(day) if day else None
        except ValueError as error:
            odd.say(file.name, line, str(error))
            continue
        if not any(names):
            odd.say(file.name, line, "no name")
            continue
        yield Designation(
            row=_text(row, columns.row) or f"line {line}",
            names=tuple(filter(None, names)),
            authority=mapped.authority or "",
            programmes=tuple(filter(None, (_text(row, columns.programme),))),
            listed=listed,
            bound="on" if listed else "unknown",
        )


def holdings(file: File, mapped: Mapping, odd: Odd) -> Iterator[Holding]:
    columns = mapped.columns
    for line, row in records(file, odd):
        place = next((p for c in columns.places if (p := _text(row, c))), "")
        holder, last = _text(row, columns.holder), _text(row, columns.until)
        try:
            since, until = iso(_text(row, columns.since)), iso(last) if last else None
        except ValueError as error:
            odd.say(file.name, line, str(error))
            continue
        if not place or not holder or (until is not None and until < since):
            odd.say(file.name, line, "no place, no holder, or an end before the beginning")
            continue
        yield Holding(
            row=_text(row, columns.row) or f"line {line}", place=place, holder=holder, since=since, until=until
        )


def _text(row: Row, column: str | None) -> str:
    return row.get(column.lower()) if column else ""
