"""Stretches of days and how they are written: ISO 8601-2 (EDTF), level 1.

In:   years, months, days, units.   Out: Stretch values, their neighbours, their parts.
Knows nothing of: texts, what "now" is.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from typing import Literal, NamedTuple

Unit = Literal["day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century"]
Third = Literal["early", "mid", "late"]

CALENDAR = range(1000, 9000)  # years that a text can speak of; Python's own end at 1 and 9999
_DAY = datetime.timedelta(days=1)
_UNITS: tuple[Unit, ...] = (
    "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century",
)  # fmt: skip
_RANK = {unit: number for number, unit in enumerate(_UNITS)}
# Seasons of the north, by their first month: an article rarely says on which half of the globe it is.
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}


class Stretch(NamedTuple):
    """From a first to a last day, both in it; None where an end is open.

    ``unit``: what calendar unit it is; None for a stretch between two others. ``begin``, ``end``: how its ends are
    written, as coarse as they are known. ``one``: how it is written where one date says it all, else None.
    """

    first: datetime.date | None
    last: datetime.date | None
    unit: Unit | None
    begin: str
    end: str
    one: str | None = None

    @property
    def value(self) -> str:
        """ISO 8601-2 text: "2014-06", "2014-05/2014-07", "2012/.."."""
        return self.one or f"{self.begin}/{self.end}"


def day(date: datetime.date) -> Stretch:
    text = date.isoformat()
    return Stretch(date, date, "day", text, text, text)


def month(year: int, number: int) -> Stretch:
    text = f"{year:04}-{number:02}"
    last = monthrange(year, number)[1]
    return Stretch(datetime.date(year, number, 1), datetime.date(year, number, last), "month", text, text, text)


def year(number: int) -> Stretch:
    text = f"{number:04}"
    return Stretch(datetime.date(number, 1, 1), datetime.date(number, 12, 31), "year", text, text, text)


def years(first: int, number: Literal[10, 100]) -> Stretch:
    """A decade or a century by its first year.

    >>> years(1990, 10).value, years(1800, 100).value
    ('199X', '18XX')
    """
    unit: Unit = "decade" if number == 10 else "century"
    text = f"{first:04}"[: 3 if number == 10 else 2]
    return between(year(first), year(first + number - 1))._replace(unit=unit, one=text.ljust(4, "X"))


def season(of: int, number: int) -> Stretch:
    """21 spring, 22 summer, 23 autumn, 24 winter, which runs into the next year."""
    opening = _SEASONS[number]
    closing = (of, opening + 2) if number != 24 else (of + 1, 2)
    return between(month(of, opening), month(*closing))._replace(unit="season", one=f"{of:04}-{number}")


def share(of: int, number: int, *, quarters: bool) -> Stretch:
    """A quarter or a half of a year, by its number."""
    months = 3 if quarters else 6
    first = month(of, (number - 1) * months + 1)
    return between(first, month(of, number * months))._replace(unit="quarter" if quarters else "half")


def week(date: datetime.date) -> Stretch:
    """Monday to Sunday."""
    monday = date - date.weekday() * _DAY
    return between(day(monday), day(monday + 6 * _DAY))._replace(unit="week")


def weekend(date: datetime.date) -> Stretch:
    """The Saturday and Sunday of a day's week."""
    sunday = date + (6 - date.weekday()) * _DAY
    return between(day(sunday - _DAY), day(sunday))._replace(unit="weekend")


def between(a: Stretch, b: Stretch) -> Stretch:
    return Stretch(a.first, b.last, None, a.begin, b.end)


def unit_at(date: datetime.date, unit: Unit) -> Stretch:
    """The calendar unit that a day lies in. For a season: the one that the day's month belongs to."""
    match unit:
        case "day":
            return day(date)
        case "week":
            return week(date)
        case "weekend":
            return weekend(date)
        case "month":
            return month(date.year, date.month)
        case "quarter":
            return share(date.year, (date.month + 2) // 3, quarters=True)
        case "half":
            return share(date.year, (date.month + 5) // 6, quarters=False)
        case "season":
            number = 21 + (date.month - 3) % 12 // 3
            return season(date.year - (date.month < 3), number)
        case "year":
            return year(date.year)
        case "decade":
            return years(date.year // 10 * 10, 10)
        case "century":
            return years(date.year // 100 * 100, 100)


def shifted(date: datetime.date, number: int, unit: Unit) -> datetime.date:
    """So many units on. A day that the month does not have becomes its last. Raises ValueError, OverflowError.

    >>> shifted(datetime.date(2015, 3, 31), -1, "month")
    datetime.date(2015, 2, 28)
    """
    days = {"day": 1, "week": 7, "weekend": 7}
    if unit in days:
        return date + number * days[unit] * _DAY
    months = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
    at = date.year * 12 + date.month - 1 + number * months[unit]
    to = datetime.date(at // 12, at % 12 + 1, 1)
    return to.replace(day=min(date.day, monthrange(to.year, to.month)[1]))


def third(whole: Stretch, which: Third) -> Stretch:
    """The early, middle or late part, about: of a year in months, of a month in days. A day or two are their own part,
    and so is what is no calendar unit.

    >>> third(year(2013), "early").value, third(years(1990, 10), "late").value
    ('2013-01~/2013-04~', '1996~/1999~')
    """
    first, last = whole.first, whole.last
    if first is None or last is None or whole.unit in (None, "day", "weekend"):
        return whole
    at = ("early", "mid", "late").index(which)
    if _RANK.get(whole.unit or "day", 0) >= _RANK["decade"]:
        size = last.year - first.year + 1
        inside = [year(first.year + n) for n in range(size * at // 3, -(-size * (at + 1) // 3))]
    elif last - first > 31 * _DAY:
        size = (last.year - first.year) * 12 + last.month - first.month + 1
        opening = first.year * 12 + first.month - 1
        months = [divmod(opening + n, 12) for n in range(size * at // 3, -(-size * (at + 1) // 3))]
        inside = [month(y, m + 1) for y, m in months]
    else:
        size = min((last - first).days + 1, 30)
        end = (last - first).days + 1 if at == 2 else size * (at + 1) // 3
        inside = [day(first + n * _DAY) for n in range(size * at // 3, end)]
    return about(between(inside[0], inside[-1])) if len(inside) > 1 else about(inside[0])


def about(stretch: Stretch) -> Stretch:
    """The same, marked as no more than near it."""
    begin, end = (end if end == ".." or end.endswith("~") else f"{end}~" for end in (stretch.begin, stretch.end))
    one = f"{stretch.one.rstrip('~')}~" if stretch.one else None
    return stretch._replace(begin=begin, end=end, one=one)


def since(stretch: Stretch) -> Stretch:
    return Stretch(stretch.first, None, None, stretch.begin, "..")


def until(stretch: Stretch) -> Stretch:
    return Stretch(None, stretch.last, None, "..", stretch.end)


def before(stretch: Stretch) -> Stretch:
    """Up to a day, which may be the last; of what is longer nothing is left: "before 2012" ends with 2011."""
    last = stretch.first if stretch.unit == "day" or stretch.first is None else stretch.first - _DAY
    return Stretch(None, last, None, "..", stretch.begin)


def after(stretch: Stretch) -> Stretch:
    first = stretch.last if stretch.unit == "day" or stretch.last is None else stretch.last + _DAY
    return Stretch(first, None, None, stretch.end, "..")


def coarser(a: Unit | None, b: Unit | None) -> bool:
    """True where the first is the longer unit."""
    return _RANK.get(a or "century", 0) > _RANK.get(b or "century", 0)


def parsed(text: str | None) -> Stretch | None:
    """The stretch of an ISO 8601 date as documents give it: a year, a month, a day, a day with a time. None for what is
    no date of a document, so that all that counts from it stays inside the calendar.

    >>> parsed("2015-06").value, parsed("2015-06-05T10:00:00Z").value, parsed("June")
    ('2015-06', '2015-06-05', None)
    """
    try:
        match [int(part) for part in (text or "").partition("T")[0].split("-")]:
            case [y] if y in CALENDAR:
                return year(y)
            case [y, m] if y in CALENDAR:
                return month(y, m)
            case [y, m, d] if y in CALENDAR:
                return day(datetime.date(y, m, d))
    except ValueError:
        pass  # no date, or none that is in the calendar
    return None
