"""A case as a workbook for people: what it is, then a sheet each for claims, sources, origins, findings and more.

In:   a Selection.   Out: the bytes of an XLSX file, the same for the same case.
Knows nothing of: how rows are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

import xlsxwriter

from sayso.errors import BadQuery
from sayso.export import tables
from sayso.export.selection import Selection
from sayso.export.tables import Address, Cell, Column, Ref, Row
from sayso.publish.wording import counted, visible

_MOST_ROWS = 1_048_576  # of a sheet, by the format
_MOST_LINKS = 65_530  # of a sheet; the cells after them hold the words alone
_MOST_TEXT = 32_767  # characters of a cell
_MOST_ADDRESS = 2_079
_FIRST = 1  # the row after the header


class Sheet(NamedTuple):
    """``id``: the column by which others lead to its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Selection], Iterator[Row]]
    id: str
    about: str


SHEETS = (
    Sheet("Claims", tables.CLAIMS, tables.claims, "id", "who says what, with which words, on whose word, and where"),
    Sheet("Sources", tables.SOURCES, tables.sources, "id", "who is cited, and how often"),
    Sheet(
        "Origins", tables.ORIGINS, tables.origins, "cluster",
        "claims that several documents carry, and where they have them from: an interval, counted by sayso",
    ),
    Sheet(
        "Contradictions", tables.CONTRADICTIONS, tables.contradictions, "a",
        "pairs of claims that differ, both with their words; a pair that is not here may still differ",
    ),
    Sheet(
        "Findings", tables.FINDINGS, tables.findings, "claim",
        "what evidence tables show on claims; nothing found refutes nothing",
    ),
    Sheet("Documents", tables.DOCUMENTS, tables.documents, "id", "what was read"),
)  # fmt: skip

_CLAIMED = (
    "Every row is somebody's claim, as a document reports it. None is stated as a fact; nobody is said to be right."
)
_READ = (
    "Who says it and how sure they put it was found by a program and may be wrong."
    " Document and place are named so that it can be looked up."
)


def write(selection: Selection, file: BinaryIO) -> None:
    """The workbook. Raises BadQuery where it would not fit into one."""
    # Text is never taken for a formula or an address; rows go to the disk as they come.
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, settings)
    at = datetime.fromisoformat(selection.as_of).replace(tzinfo=None)
    book.set_properties({"title": "sayso: claims of a case", "author": f"sayso {selection.version}", "created": at})
    styles = _Styles(book)
    rows = {sheet.name: list(sheet.rows(selection)) for sheet in SHEETS[1:]}
    numbered = {sheet.name: _numbered(sheet, rows[sheet.name]) for sheet in SHEETS[1:]}
    numbered["Claims"] = {claim.id: _FIRST + n for n, claim in enumerate(selection.claims())}
    counts = {name: len(numbered_) for name, numbered_ in numbered.items()} | {n: len(r) for n, r in rows.items()}
    for name, count in counts.items():
        if count >= _MOST_ROWS:
            raise BadQuery(
                f"{count:,} rows of {name} do not fit into a sheet: narrow the search, or take csv or parquet"
            )
    _about(book.add_worksheet("About"), selection, counts, styles)
    for sheet in SHEETS:
        _Writer(book.add_worksheet(sheet.name), sheet, numbered, styles).write(
            rows.get(sheet.name) or sheet.rows(selection), counts[sheet.name]
        )
    book.close()


class _Styles:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEEEEE"}
        )
        self.text = book.add_format(top | {"text_wrap": True})
        self.number = book.add_format(top)
        self.link = book.add_format(top | {"text_wrap": True, "font_color": "#0B4F8A", "underline": 1})
        self.title = book.add_format({"bold": True, "font_size": 14})


def _numbered(sheet: Sheet, rows: Iterable[Row]) -> dict[str, int]:
    """In which row each id first stands, from 0."""
    at = next(n for n, column in enumerate(sheet.columns) if column.key == sheet.id)
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows, _FIRST):
        cell = row[at]
        numbers.setdefault(cell.id if isinstance(cell, Ref) else str(cell), number)
    return numbers


class _Writer:
    """Writes one sheet, row by row."""

    def __init__(self, page: Any, sheet: Sheet, numbered: Mapping[str, Mapping[str, int]], styles: _Styles) -> None:
        self._page, self._sheet, self._numbered, self._styles = page, sheet, numbered, styles
        self._links = 0

    def write(self, rows: Iterable[Row], count: int) -> None:
        columns = self._sheet.columns
        self._page.freeze_panes(_FIRST, 1)
        self._page.autofilter(0, 0, max(count, 1), len(columns) - 1)
        self._page.set_landscape()
        self._page.fit_to_pages(1, 0)
        self._page.repeat_rows(0)
        for place, column in enumerate(columns):
            self._page.set_column(place, place, column.width)
        self._page.set_row(0, 46)
        for place, column in enumerate(columns):
            self._page.write_string(0, place, column.head, self._styles.head)
        for number, row in enumerate(rows, _FIRST):
            for place, cell in enumerate(row):
                self._cell(number, place, cell)

    def _cell(self, row: int, place: int, cell: Cell) -> None:
        if cell is None:
            return
        if isinstance(cell, Ref):
            to = self._numbered[cell.sheet].get(cell.id)  # not there: outside of what was asked for
            self._link(row, place, f"internal:'{cell.sheet}'!A{to + 1}" if to is not None else None, cell.words)
        elif isinstance(cell, Address):
            web = cell.url.startswith(("http://", "https://")) and len(cell.url) <= _MOST_ADDRESS
            self._link(row, place, cell.url if web else None, cell.url)
        elif isinstance(cell, str):
            self._page.write_string(row, place, fitting(cell), self._styles.text)
        else:
            self._page.write_number(row, place, cell, self._styles.number)

    def _link(self, row: int, place: int, to: str | None, words: str) -> None:
        if to is None or self._links >= _MOST_LINKS:
            self._page.write_string(row, place, fitting(words), self._styles.text)
            return
        self._links += 1
        self._page.write_url(row, place, to, self._styles.link, fitting(words))


def fitting(text: str) -> str:
    """``text`` as a cell takes it: what is too long ends with "…", what no spreadsheet can hold is shown by number."""
    shown = visible(text)
    return shown if len(shown) <= _MOST_TEXT else shown[: _MOST_TEXT - 1] + "…"


def _about(page: Any, selection: Selection, counts: Mapping[str, int], styles: _Styles) -> None:
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 100)
    page.hide_gridlines(2)
    page.write_string(0, 0, "Who says what, on whose say-so", styles.title)
    for row, sentence in enumerate((_CLAIMED, _READ), 2):
        page.write_string(row, 1, sentence, styles.text)
        page.set_row(row, 32)
    row = 5
    for row, sheet in enumerate(SHEETS, 5):
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", styles.link, sheet.name)
        page.write_string(row, 1, f"{counted(counts[sheet.name], 'row', 'rows')}: {sheet.about}", styles.text)
    what = "the whole case" if selection.whole else "what a search found in the case"
    page.write_string(row + 2, 0, "Holds", styles.text)
    page.write_string(row + 2, 1, f"{what}, which was last added to on {selection.as_of}", styles.text)
    page.write_string(row + 3, 0, "Made by", styles.text)
    page.write_string(row + 3, 1, f"sayso {selection.version}", styles.text)
