"""OpenSanctions' `targets.simple.csv`: one row for each target, with the names of the lists that it was gathered from.

In:   a file.   Out: Designations, without a day of listing.
Knows nothing of: claims. A target that no list of sanctions names (an office-holder, a relative) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sayso.check.tables.conflict import iso
from sayso.check.tables.files import File, Odd, records
from sayso.check.tables.rows import Designation

COLUMNS = frozenset({"id", "schema", "name", "aliases", "sanctions", "dataset", "first_seen"})
DEFINITION = (
    "Gathered from other lists: it has what those had when they were fetched.",
    "first_seen is the day of fetching: when somebody was listed cannot be asked of it.",
    "Targets without a sanction (office-holders, relatives) are left out.",
)
_SCHEMAS: dict[str, Literal["person", "organisation", "vessel"]] = {
    "Person": "person", "Vessel": "vessel", "Airplane": "vessel", "Vehicle": "vessel",
}  # fmt: skip


def entries(file: File, odd: Odd) -> Iterator[Designation]:
    for line, row in records(file, odd):
        sanctions = _several(row.get("sanctions"))
        if not row.get("id") or not row.get("name"):
            odd.say(file.name, line, "no id or no name")
        elif sanctions:
            yield Designation(
                row=row.get("id"),
                names=tuple(dict.fromkeys((row.get("name"), *_several(row.get("aliases"))))),
                type=_SCHEMAS.get(row.get("schema"), "organisation"),
                authority="; ".join(_several(row.get("dataset"))),
                programmes=(*_several(row.get("program_ids")), *sanctions),
            )


def version(file: File) -> str | None:
    """The last day on which one of its targets was seen: the file itself gives no day of its own."""
    days = []
    for _, row in records(file, Odd()):
        try:
            days.append(iso(row.get("last_seen")))
        except ValueError:
            continue  # one of many rows; the others tell
    return max(days).isoformat() if days else None


def _several(value: str) -> tuple[str, ...]:
    return tuple(part for one in value.split(";") if (part := one.strip()))
