"""What evidence tables hold: rows of five kinds, and what a table can and cannot tell.

In:   values.   Out: frozen records.
Knows nothing of: file formats, claims.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Bound = Literal["on", "by", "unknown"]


class ViolentEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a conflict table. ``row``: what the table calls it, else "line N".

    ``side_a``, ``side_b``: as the table has them; a comma parts several. ``low``, ``best``, ``high``: deaths; None
    where the table does not say. ``places``: from the narrowest to the widest, country left out.
    ``sort``: the table's own word for what kind of event it is. ``since``, ``until``: days between which it was.
    """

    row: str
    since: date
    until: date
    country: str = ""
    places: tuple[str, ...] = ()
    side_a: str = ""
    side_b: str = ""
    sort: str = ""
    low: int | None = None
    best: int | None = None
    high: int | None = None
    civilians: int | None = None


class Designation(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on a sanctions list. ``weak``: names that the list itself calls weak or of low quality.

    ``listed``: the day of listing, as far as the list tells: ``bound`` "on" that day; "by": on that day or before.
    """

    row: str
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()
    type: Literal["person", "organisation", "vessel", "unknown"] = "unknown"
    authority: str
    programmes: tuple[str, ...] = ()
    listed: date | None = None
    bound: Bound = "unknown"


class DyadYear(msgspec.Struct, frozen=True, kw_only=True):
    """Two sides that fought in a year, as a table of dyads has it. ``began``: the first death between them."""

    row: str
    side_a: str
    side_b: str
    year: int
    location: str = ""
    began: date | None = None


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """Who held a place from which day to which, as a table has it. ``until`` None: it does not tell an end."""

    row: str
    place: str
    holder: str
    since: date
    until: date | None = None


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A published fact-check: what was claimed (``text``), by whom, who reviewed it, in which words they rated it.

    ``rating`` is the reviewer's own; ``reviewed`` the day of the review.
    """

    row: str
    text: str
    claimant: str = ""
    reviewer: str
    rating: str
    reviewed: date | None = None
    language: str = ""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What a table can tell. ``definition``: its limits in plain sentences, shown with every finding.

    ``since``, ``until``: the days it has rows for. ``complete``: by its definition it has every row of its kind on the
    day of its version. ``directed``: it tells who did it. ``lethal``: it has only what cost a life.
    ``authority``: whose list it is. ``sorts``: whether it tells the kind of attack.
    """

    since: date | None = None
    until: date | None = None
    countries: tuple[str, ...] = ()
    definition: tuple[str, ...] = ()
    complete: bool = False
    directed: bool = False
    lethal: bool = False
    sorts: bool = False
    authority: str | None = None
