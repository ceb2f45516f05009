"""Entities of FollowTheMoney as JSON lines: those that a Sanction points at, with its authority, programme and day.

In:   a file, read twice.   Out: Designations.
Knows nothing of: claims. `topics` ("sanction") are others' judgements and are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import msgspec

from sayso.check.tables.conflict import iso
from sayso.check.tables.files import File, Odd
from sayso.check.tables.rows import Designation

DEFINITION = (
    "Gathered from other lists: it has what those had when they were fetched; end dates are not looked at.",
    "first_seen is the day of fetching, never that of listing; only listingDate and startDate are read.",
)
_PERSONS = {"Person"}
_VESSELS = {"Vessel", "Airplane", "Vehicle"}
_NAMES, _WEAK = ("name", "alias", "previousName"), ("weakAlias",)
Properties = dict[str, list[Any]]


class _Entity(msgspec.Struct, frozen=True):
    id: str
    schema: str
    properties: Properties = {}


_DECODER = msgspec.json.Decoder(_Entity)


def is_ftm(file: File) -> bool:
    first = file.start(1 << 20).lstrip().split(b"\n", 1)[0]
    try:
        _DECODER.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def entries(file: File, odd: Odd) -> Iterator[Designation]:
    """One for each Sanction and each entity it points at."""
    sanctions: dict[str, list[Properties]] = {}
    for _, entity in _entities(file, odd):
        if entity.schema == "Sanction":
            for target in _texts(entity.properties, "entity"):
                sanctions.setdefault(target, []).append(entity.properties)
    for _, entity in _entities(file, Odd()):  # the first time told what was odd
        for sanction in sanctions.get(entity.id, ()):
            names = tuple(dict.fromkeys(name for key in _NAMES for name in _texts(entity.properties, key)))
            if names:
                yield _designation(entity, names, sanction)


def _designation(entity: _Entity, names: tuple[str, ...], sanction: Properties) -> Designation:
    listed = _first_day(sanction, "listingDate") or _first_day(sanction, "startDate")
    kind: Literal["person", "organisation", "vessel"] = (
        "person" if entity.schema in _PERSONS else "vessel" if entity.schema in _VESSELS else "organisation"
    )
    return Designation(
        row=entity.id,
        names=names,
        weak=tuple(name for key in _WEAK for name in _texts(entity.properties, key)),
        type=kind,
        authority=next(iter(_texts(sanction, "authority")), ""),
        programmes=(*_texts(sanction, "program"), *_texts(sanction, "programId")),
        listed=listed,
        bound="on" if listed else "unknown",
    )


def _entities(file: File, odd: Odd) -> Iterator[tuple[int, _Entity]]:
    with file.open() as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                yield number, _DECODER.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                odd.say(file.name, number, f"no entity of FollowTheMoney ({error})")


def _texts(properties: Properties, key: str) -> tuple[str, ...]:
    return tuple(value for value in properties.get(key, ()) if isinstance(value, str) and value.strip())


def _first_day(properties: Properties, key: str) -> date | None:
    days = []
    for value in _texts(properties, key):
        try:
            days.append(iso(value))
        except ValueError:
            continue  # "2014": no day
    return min(days, default=None)
