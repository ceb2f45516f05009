"""What comparing a claim with a table gives: a finding with its query, rows and reason.

In:   values.   Out: frozen records; a Finding encodes to one line of JSON Lines.
Knows nothing of: how it was found.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Verdict = Literal["consistent", "inconsistent", "partly", "not_in_coverage", "not_checkable"]
Parameters = dict[str, str | int | float | bool | list[str] | None]
ROWS = 20  # rows that a finding names; the others are counted


class Possible(msgspec.Struct, frozen=True, kw_only=True):
    """A row that may be meant, under this name, and why it is not certain. It takes no part in the finding."""

    row: str
    name: str
    reason: str


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """A published fact-check of a claim that is much alike. ``rating``: in the words of ``reviewer``, whose it is.

    ``alike``: how much of the words the two claims share, 0 to 1; ``possible``: the likeness is in doubt.
    """

    row: str
    text: str
    claimant: str = ""
    reviewer: str
    reviewed: str | None = None
    rating: str
    alike: float
    possible: bool = False


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What one table shows on one claim. It is on the table and the claim, never on what was the case.

    ``event``: the place in ``Claim.events`` of what was asked about. ``table``: name and hash; ``version``: the table's
    own. ``query``: the question in words; ``parameters``: the same as values; ``sql``: its filter, which runs on the
    table as the case keeps it, or None where there was nothing to filter by. ``rows``: those the finding rests on, at
    most ROWS of ``matched``. ``numbers``: what was counted. ``reviews``: what others say of a claim that is much alike.
    ``caveats``: what the table cannot see.
    """

    kind: Literal["finding"] = "finding"
    claim: str
    event: int | None = None
    table: str
    format: str
    version: str | None = None
    sha256: str
    finding: Verdict
    query: str
    sql: str | None = None
    parameters: Parameters
    rows: tuple[str, ...] = ()
    matched: int = 0
    possible: tuple[Possible, ...] = ()
    numbers: dict[str, float] = {}
    reviews: tuple[Reviewed, ...] = ()
    caveats: tuple[str, ...] = ()
    reason: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A finding before it is tied to its claim and table."""

    finding: Verdict
    reason: str
    sql: str | None = None
    rows: tuple[str, ...] = ()
    matched: int = 0
    possible: tuple[Possible, ...] = ()
    numbers: dict[str, float] = {}
    reviews: tuple[Reviewed, ...] = ()
    caveats: tuple[str, ...] = ()


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """One search of a table (name and hash), when it was (ISO 8601), and how many of its questions found no row."""

    table: str
    at: str
    questions: int
    unfound: int
