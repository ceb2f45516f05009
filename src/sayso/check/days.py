"""Dates of any length as days.

In:   text, days.   Out: days.
Knows nothing of: claims, tables.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def first_day(value: str | None) -> date | None:
    """The first day of a date of any length; None where it is none that a calendar has."""
    if value is None:
        return None
    try:
        return date.fromisoformat((value[:10] + "-01-01"[len(value) - 4 :]) if len(value) < 10 else value[:10])
    except ValueError:
        return None


def last_day(value: str, since: date) -> date:
    """The last day of the year, month or day with which a time begins that has no end."""
    if len(value) >= 10:
        return since
    return (
        since.replace(month=12, day=31)
        if len(value) == 4
        else since.replace(day=monthrange(since.year, since.month)[1])
    )
