"""Sheets of Auto Archiver (Bellingcat) saved as CSV: the text of each archived post, with what was kept of it.

In:   raw bytes.   Out: a Row for each archived post, Unreadable for each row that has no text.
Knows nothing of: the archived files themselves; ids of documents.

The columns are those of its Google sheet under their usual names
(https://auto-archiver.readthedocs.io/en/latest/how_to/gsheets_setup.html); others are passed over.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from sayso.errors import Unreadable
from sayso.read.reading import Reading, checked_date, notice
from sayso.read.text import decode
from sayso.records import Capture, Notice

_NEEDED = frozenset(("link", "archive status"))


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An archived post. ``raw``: its row as JSON, by which the document is known; ``line``: where it ends."""

    raw: bytes
    line: int
    reading: Reading
    capture: Capture


def is_sheet(head: str) -> bool:
    """Does this text open with the header of such a sheet?"""
    return set(_header(head.split("\n", 1)[0])) >= _NEEDED


def _header(line: str) -> list[str]:
    try:
        return [name.strip().lower() for name in next(csv.reader([line]), [])]
    except csv.Error:
        return []


def read_sheet(raw: bytes) -> Iterator[Row | Unreadable]:
    """Each row that was archived, in order. ``str`` of an Unreadable begins with "line N"."""
    text, notices = decode(raw)
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    names = [name.strip().lower() for name in next(rows)]
    while True:
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(f"line {rows.line_num}: is no row of fields ({error})")
            continue
        row = {name: value.strip() for name, value in zip(names, values, strict=False) if value.strip()}
        if "success" not in row.get("archive status", "").lower():
            continue  # not archived, or not yet: nothing is there to read
        if "text content" not in row:
            where = row.get("wacz") or row.get("archive location") or row.get("link", "")
            yield Unreadable(f"line {rows.line_num}: has no text content; read what was archived itself ({where})")
            continue
        published, complaint = checked_date(row.get("upload timestamp"))
        at, late = _moment(row.get("archive date"))
        yield Row(
            raw=msgspec.json.encode(row),
            line=rows.line_num,
            reading=Reading(
                text=row["text content"],
                title=row.get("upload title"),
                published=published,
                url=row.get("link"),
                notices=(*notices, *complaint, *late),
            ),
            capture=Capture(at=at, record=row.get("archive location"), digest=row.get("hash")),
        )


def _moment(value: str | None) -> tuple[str | None, tuple[Notice, ...]]:
    """A date and time in UTC; where the sheet shows it in a way of its own, a notice."""
    if value is None:
        return None, ()
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None, (notice(f'archive date "{value}" is no ISO date and time; left out'),)
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found.isoformat(timespec="seconds"), ()
