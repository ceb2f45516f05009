"""One evidence table: its rows, what it covers, and which file it came from.

In:   values.   Out: Tables.
Knows nothing of: file formats, claims.
"""

from __future__ import annotations

import msgspec

from sayso.check.tables.columns import Events
from sayso.check.tables.rows import Coverage, Designation, DyadYear, Holding, Review
from sayso.records import Notice


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One evidence table. ``format``: what it was recognised as. ``version``: the table's own, a number or a day.

    One of ``events``, ``designations``, ``dyads``, ``holdings``, ``reviews`` is there, by its kind. ``sha256``: of the
    file; of several files, of their sorted hashes. ``read_as``: how it was read; the same bytes under another mapping
    are another table. ``licence``: a note on the terms of whoever publishes it.
    """

    name: str
    format: str
    version: str | None = None
    sha256: str
    read_as: str
    licence: str = ""
    coverage: Coverage
    events: Events | None = None
    designations: tuple[Designation, ...] = ()
    dyads: tuple[DyadYear, ...] = ()
    holdings: tuple[Holding, ...] = ()
    reviews: tuple[Review, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def label(self) -> str:
        """The table as findings name it."""
        return f"{self.name}@{self.sha256}"

    @property
    def size(self) -> int:
        listed = len(self.designations) + len(self.dyads) + len(self.holdings) + len(self.reviews)
        return len(self.events) if self.events is not None else listed
