"""The lists of the US Treasury (OFAC): SDN, ALT and ADD as CSV without a header, and the XML of the SDN list.

In:   files.   Out: Designations. Its CSV has no day of listing.
Knows nothing of: claims.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal

from sayso.check.tables.files import File, Odd, fields
from sayso.check.tables.markup import all_words, elements, words
from sayso.check.tables.rows import Designation

DEFINITION = (
    "OFAC's list has those who are listed on its day; who was taken off it is gone.",
    "It has no day of listing: when somebody was listed cannot be asked of it.",
)
_NULL = "-0-"
_TYPES: dict[str, Literal["person", "organisation", "vessel", "unknown"]] = {
    "individual": "person", "vessel": "vessel", "aircraft": "vessel", "entity": "organisation", "": "organisation",
}  # fmt: skip
_WEAK = re.compile(r"(?:weak a\.?k\.?a\.?|alt\. a\.k\.a\.)\s+'([^']+)'", re.IGNORECASE)
Part = Literal["sdn", "alt", "add", "comments"]


def part(file: File) -> Part | None:
    """Which of OFAC's headerless files this is, by its first lines; None: none of them."""
    lines = file.start().decode("utf-8", "replace").splitlines()[:20]
    try:
        rows = [row for row in csv.reader(lines[:-1] or lines) if row and row != ["\x1a"]]
    except csv.Error:
        return None
    if not rows or not all(row[0].strip().isdigit() for row in rows):
        return None
    widths = {len(row) for row in rows}
    if widths == {12}:
        return "sdn"
    if widths == {5} and all(row[1].strip().isdigit() and row[2].strip() in {"aka", "fka", "nka"} for row in rows):
        return "alt"
    if widths == {6} and all(row[1].strip().isdigit() for row in rows):
        return "add"
    return "comments" if widths == {2} and any("Linked To" in row[1] for row in rows) else None


def entries(main: File, others: Sequence[tuple[Part, File]], odd: Odd) -> Iterator[Designation]:
    """The entries of SDN with their names of ALT, by their number. Addresses are not asked for and are passed over."""
    also: dict[str, list[str]] = {}
    for what, file in others:
        for line, row in fields(file, odd, delimiter=",") if what == "alt" else ():
            if len(row) < 4:
                odd.say(file.name, line, f"{len(row)} fields where 5 are expected")
            elif name := _value(row[3]):
                also.setdefault(row[0].strip(), []).append(name)
    for line, row in fields(main, odd, delimiter=","):
        if row == ["\x1a"]:  # the end mark of old systems, which the file has had for decades
            continue
        if len(row) != 12 or not _value(row[1]) or not row[0].strip().isdigit():
            odd.say(
                main.name, line, f"{len(row)} fields where 12 are expected" if len(row) != 12 else "no number or name"
            )
            continue
        weak = tuple(dict.fromkeys(_WEAK.findall(_value(row[11]))))
        yield Designation(
            row=row[0].strip(),
            names=tuple(dict.fromkeys((_value(row[1]), *also.get(row[0].strip(), ())))),
            weak=weak,
            type=_TYPES.get(_value(row[2]).lower(), "unknown"),
            authority="US",
            programmes=tuple(p.strip(" []") for p in _value(row[3]).split("]") if p.strip(" []")),
        )


def xml_entries(file: File, odd: Odd) -> Iterator[Designation]:
    """The entries of sdn.xml."""
    for element in elements(file, "sdnEntry"):
        name = _full(words(element, "firstName"), words(element, "lastName"))
        uid = words(element, "uid") or f"line {element.sourceline}"
        if not name:
            odd.say(file.name, element.sourceline, f"entry {uid} has no name")
            continue
        strong, weak = [name], list[str]()
        for alias in element.iterfind("{*}akaList/{*}aka"):
            other = _full(words(alias, "firstName"), words(alias, "lastName"))
            if other:
                (weak if words(alias, "category") == "weak" else strong).append(other)
        yield Designation(
            row=uid,
            names=tuple(dict.fromkeys(strong)),
            weak=tuple(dict.fromkeys(weak)),
            type=_TYPES.get(words(element, "sdnType").lower(), "unknown"),
            authority="US",
            programmes=all_words(element, "programList", "program"),
        )


def xml_version(file: File) -> str | None:
    """The day of publication that sdn.xml gives, which is written as US dates are."""
    for element in elements(file, "publshInformation", "publicationInformation"):
        try:
            day: date = datetime.strptime(words(element, "Publish_Date"), "%m/%d/%Y").date()  # noqa: DTZ007
        except ValueError:
            return None
        return day.isoformat()
    return None


def _full(first: str, last: str) -> str:
    return ", ".join(filter(None, (last, first)))


def _value(field: str) -> str:
    field = field.strip()
    return "" if field == _NULL else field
