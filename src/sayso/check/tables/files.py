"""Files of tables: opened when they are read, hashed, taken apart into lines of fields, odd lines told.

In:   names with a way to open them.   Out: hashes, fields by line; Odd lines become notices, at most a screenful.
Knows nothing of: what the fields mean, the disk (whoever calls gives an open file).
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from sayso.errors import Unreadable
from sayso.records import Notice

_CHUNK = 1 << 20
_SHOWN = 20  # notices of one table; the rest are counted
_WIDEST = 1 << 22  # characters of one field: UCDP's longest list of sources has 60,000
csv.field_size_limit(_WIDEST)


@dataclass(frozen=True)
class File:
    """A file by its name; ``open`` gives it from its start, each time anew."""

    name: str
    open: Callable[[], BinaryIO]

    def start(self, size: int = 65536) -> bytes:
        with self.open() as stream:
            return stream.read(size)

    def digest(self) -> str:
        """SHA-256 of the bytes."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()


@dataclass
class Odd:
    """What was odd in a table, in order. The rest of the table is used."""

    found: list[Notice] = field(default_factory=list)
    more: int = 0

    def say(self, file: str, line: int | str, message: str) -> None:
        if len(self.found) < _SHOWN:
            where = f"line {line}" if isinstance(line, int) else line
            self.found.append(Notice(stage="check", message=f"{file}, {where}: {message}; the row is left out"))
        else:
            self.more += 1

    @property
    def notices(self) -> tuple[Notice, ...]:
        if not self.more:
            return tuple(self.found)
        return (*self.found, Notice(stage="check", message=f"{self.more:,} further rows are left out"))


def encoding(start: bytes) -> str:
    """How a table is encoded: by its mark, else UTF-8."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"


def separator(line: str) -> str:
    """What parts the fields of a header line."""
    return max(",;\t|", key=line.count)


def fields(file: File, odd: Odd, *, delimiter: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """The rows of a delimited file with the line on which each ends; empty lines are passed over."""
    start = file.start()
    with file.open() as stream, io.TextIOWrapper(stream, encoding(start), errors="replace", newline="") as text:
        first = next(iter(start.decode(encoding(start), "replace").splitlines()), "")
        lines = (line.replace("\0", "") for line in text)
        rows = csv.reader(lines, delimiter=delimiter or separator(first))
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                odd.say(file.name, rows.line_num, f"no row of fields ({error})")
                continue
            if any(map(str.strip, row)):
                yield rows.line_num, row


def header(file: File) -> tuple[str, ...]:
    """The names in the first line, lower case; empty for a file that has none."""
    start = file.start()
    if not start or (b"\0" in start[:4096] and encoding(start) != "utf-16"):
        return ()
    first = next(iter(start.decode(encoding(start), "replace").lstrip("\r\n").splitlines()), "")
    try:
        row = next(csv.reader([first], delimiter=separator(first)), [])
    except csv.Error:
        return ()
    return tuple(name.strip().lower() for name in row)


class Row:
    """A row by the names of its columns. What is not there or empty is ""."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: dict[str, int], values: Sequence[str]) -> None:
        self._places, self._values = places, values

    def get(self, *names: str) -> str:
        for name in names:
            at = self._places.get(name)
            if at is not None and at < len(self._values) and (value := self._values[at].strip()):
                return value
        return ""

    def number(self, *names: str) -> int | None:
        """A whole number, or None where there is none. Raises ValueError: something else, or below zero."""
        if not (value := self.get(*names)) or value.lower() in {"na", "nan"}:
            return None
        number = float(value)
        if not 0 <= number < 2**31:
            raise ValueError(f"{names[0]} is {value!r}")
        return int(number)


def records(file: File, odd: Odd) -> Iterator[tuple[int, Row]]:
    """The rows of a file with a header. A row with fewer fields than the header is left out, with a notice."""
    rows = fields(file, odd)
    names = [name.strip().lower() for name in next(rows, (0, []))[1]]
    if not names:
        raise Unreadable(f"{file.name}: the file is empty")
    places = {name: at for at, name in reversed(list(enumerate(names)))}
    for line, values in rows:
        if len(values) == len(names) or (len(values) > len(names) and not any(values[len(names) :])):
            yield line, Row(places, values)
        else:
            odd.say(file.name, line, f"{len(values)} fields where the header has {len(names)}")
