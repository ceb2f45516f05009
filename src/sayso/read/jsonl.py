"""JSON Lines of documents: one object with a "text" per line.

In:   raw bytes.   Out: a Line for each line that is a document, Unreadable for each that is none.
Knows nothing of: ids of documents, other formats.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import msgspec

from sayso.errors import Unreadable
from sayso.read.reading import Reading, checked_date, notice


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: its ``raw`` bytes without the line end, the ``name`` its document goes by in the file."""

    raw: bytes
    name: str
    reading: Reading


class _Fields(msgspec.Struct, kw_only=True):
    text: str
    id: str | int | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


def read_lines(raw: bytes, *, first: int = 1, unit: str = "line") -> Iterator[Line | Unreadable]:
    """Each line in order; blank ones are passed over. ``str`` of an Unreadable begins with "line N".

    ``first``: the number of the first line, where ``raw`` is a part of a file; ``unit``: what a line of it is called.
    """
    seen: dict[str, int] = {}
    for number, line in enumerate(raw.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=first):
        line = line.rstrip(b"\r")  # noqa: PLW2901 (a line end is no part of the line)
        if not line.strip():
            continue
        try:
            fields = msgspec.json.decode(line, type=_Fields)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Unreadable(f"{unit} {number}: is no document: {error}")
            continue
        if not fields.text.strip():
            yield Unreadable(f'{unit} {number}: its "text" is empty')
            continue
        name = str(number) if fields.id in (None, "") else str(fields.id)
        published, notices = checked_date(fields.published)
        if name in seen:
            notices = (*notices, notice(f"{unit} {number}: its id {name} is that of {unit} {seen[name]} too"))
        seen.setdefault(name, number)
        reading = Reading(
            text=fields.text,
            title=fields.title or None,
            outlet=fields.outlet or None,
            author=fields.author or None,
            published=published,
            url=fields.url or None,
            notices=notices,
        )
        yield Line(raw=line, name=name, reading=reading)
