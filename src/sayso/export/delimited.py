"""Claims as CSV that opens rightly in a spreadsheet and in programs.

In:   a Selection.   Out: UTF-8 with a byte order mark, one row for each claim, as they come.
Knows nothing of: other sheets than that of claims.
"""

from __future__ import annotations

import csv
import io
import re
from typing import BinaryIO

from sayso.export import tables
from sayso.export.selection import Selection
from sayso.export.tables import Address, Cell, Ref

# A spreadsheet takes a cell that opens so for a formula and runs it; full-width forms count in some.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def write(selection: Selection, file: BinaryIO) -> None:
    """The claims of ``selection``, under their column names."""
    # Excel takes a file without the mark for the old code page; DuckDB, pandas and R pass it over.
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    rows = csv.writer(lines, lineterminator="\r\n")  # RFC 4180
    rows.writerow(column.key for column in tables.CLAIMS)
    for row in tables.claims(selection):
        rows.writerow(map(plain, row))
    lines.detach()


def plain(cell: Cell) -> str | int | float | None:
    """What stands in a cell; an apostrophe before text that a spreadsheet would run.

    >>> plain("=HYPERLINK(1)"), plain("Ann Lee"), plain(-3)
    ("'=HYPERLINK(1)", 'Ann Lee', -3)
    """
    if isinstance(cell, Ref):
        cell = cell.words
    elif isinstance(cell, Address):
        cell = cell.url
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
