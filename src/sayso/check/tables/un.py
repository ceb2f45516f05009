"""The consolidated list of the UN Security Council, as XML.

In:   a file.   Out: Designations with their day of listing.
Knows nothing of: claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sayso.check.tables.conflict import iso
from sayso.check.tables.files import File, Odd
from sayso.check.tables.markup import elements, words
from sayso.check.tables.rows import Designation

DEFINITION = (
    "The UN list has those who are listed on its day; who was taken off it is gone.",
    "LISTED_ON is the day of listing; somebody taken off and listed again has the later one.",
)
_WEAK = {"low"}


def entries(file: File, odd: Odd) -> Iterator[Designation]:
    for element in elements(file, "INDIVIDUAL", "ENTITY"):
        kind = element.tag.rsplit("}", 1)[-1]
        name = " ".join(filter(None, (words(element, f"{n}_NAME") for n in ("FIRST", "SECOND", "THIRD", "FOURTH"))))
        reference = words(element, "REFERENCE_NUMBER") or words(element, "DATAID") or f"line {element.sourceline}"
        if not name:
            odd.say(file.name, element.sourceline, f"entry {reference} has no name")
            continue
        strong, weak = [name], list[str]()
        if original := words(element, "NAME_ORIGINAL_SCRIPT"):
            strong.append(original)
        for alias in element.iterfind(f"{{*}}{kind}_ALIAS"):
            if other := words(alias, "ALIAS_NAME"):
                (weak if words(alias, "QUALITY").lower() in _WEAK else strong).append(other)
        listed = _listed(words(element, "LISTED_ON"))
        yield Designation(
            row=reference,
            names=tuple(dict.fromkeys(each for one in strong for each in _several(one))),
            weak=tuple(dict.fromkeys(weak)),
            type="person" if kind == "INDIVIDUAL" else "organisation",
            authority="UN",
            programmes=tuple(filter(None, (words(element, "UN_LIST_TYPE"),))),
            listed=listed,
            bound="on" if listed else "unknown",
        )


def _listed(value: str) -> date | None:
    try:
        return iso(value) if value else None
    except ValueError:
        return None  # the entry stands; its day is not known


def _several(name: str) -> Iterator[str]:
    """Some entries have several names in one field, parted by semicolons."""
    yield from filter(None, map(str.strip, name.split(";")))
