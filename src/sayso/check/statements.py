"""A question's filter as SQL that a person can run on the table as the case keeps it. It is shown, never run, here.

In:   names, days, numbers.   Out: text; every value quoted.
Knows nothing of: claims, how rows are found (events, lists … do that, and tests hold the two together).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sayso.check.tables.table import Table

_AND = "\n  AND "


def quoted(value: str) -> str:
    """A text as SQL writes it.

    >>> quoted("Ann's")
    "'Ann''s'"
    """
    return "'" + value.replace("'", "''").replace("\0", "") + "'"


def one_of(column: str, values: Iterable[str]) -> str:
    """A condition: the column has one of some texts. None at all is never true."""
    named = sorted(set(values))
    if len(named) == 1:
        return f"{column} = {quoted(named[0])}"
    return f"{column} IN ({', '.join(map(quoted, named))})"


def own(table: Table) -> str:
    """The condition that a row is of this table."""
    return f"evidence = {number(table)}"


def number(table: Table) -> str:
    """The table's number in the case."""
    return f"({inner('seq', 'evidence', named(table))})"


def named(table: Table) -> list[str]:
    """What tells the table from others in the case."""
    return [f"sha256 = {quoted(table.sha256)}", f"read_as = {quoted(table.read_as)}"]


def within(since: date | None, until: date | None) -> Iterable[str]:
    """Any day of a row lies in these days."""
    if since is not None:
        yield f"until >= {quoted(since.isoformat())}"
    if until is not None:
        yield f"since <= {quoted(until.isoformat())}"


def select(what: str, source: str, conditions: Sequence[str], *, order: str = "") -> str:
    """One statement, its conditions in a line each.

    >>> print(select("row", "evidence_dyad", ["year >= 2014", "location = 'Sund'"]))
    SELECT row FROM evidence_dyad
    WHERE year >= 2014
      AND location = 'Sund'
    """
    ordered = f"\nORDER BY {order}" if order else ""
    return f"SELECT {what} FROM {source}\nWHERE {_AND.join(conditions)}{ordered}"  # noqa: S608 - shown; values are quoted


def inner(what: str, source: str, conditions: Sequence[str]) -> str:
    """A statement within another, in one line."""
    return f"SELECT {what} FROM {source} WHERE {' AND '.join(conditions)}"  # noqa: S608 - shown; values are quoted
