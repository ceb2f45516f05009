"""Dates as documents and tables give them: a year, a month, a day, a day with a time.

In:   text.   Out: the days that it stands for.
Knows nothing of: whose dates they are.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:\D.*)?)?)?", re.ASCII | re.DOTALL)


def days(value: str | None) -> tuple[date, date] | None:
    """The first and the last of the days that a date stands for; None for what is none that a calendar has.

    >>> [str(day) for day in days("2016-02") or ()]
    ['2016-02-01', '2016-02-29']
    >>> [str(day) for day in days("2015-06-05T10:00:00Z") or ()]
    ['2015-06-05', '2015-06-05']
    >>> days("2015-02-30"), days("June"), days(None)
    (None, None, None)
    """
    found = _DATE.fullmatch(value or "")
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if day is not None:
        return first, first
    last = 12 if month is None else first.month
    return first, first.replace(month=last, day=monthrange(first.year, last)[1])


def first_day(value: str | None) -> date | None:
    """The first of them.

    >>> first_day("2014-06")
    datetime.date(2014, 6, 1)
    """
    found = days(value)
    return found[0] if found else None
