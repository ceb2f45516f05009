"""Tables of conflict events: UCDP GED of all column sets, UCDP Dyadic, ACLED old and new.

In:   files with a header.   Out: ViolentEvents, DyadYears; what each table can tell.
Knows nothing of: claims.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import date, datetime

from sayso.check.tables.files import File, Odd, Row, records
from sayso.check.tables.rows import DyadYear, ViolentEvent

GED_DEFINITION = (
    "UCDP GED has lethal events only: at least one direct death.",
    "Sides are not attacker and target: which of two armed sides is side_a says nothing on who attacked.",
    "It has no column for the weapon.",
    "Names of groups may be those of later years, and unnamed rebels are one pool (“Syrian insurgents”).",
    "low, best and high are estimates from reports; an event nobody reported is not there.",
)
GED_SUBSET = "This column set has no place names and no precision of dates; a place in a claim cannot be asked of it."
DYADIC_DEFINITION = (
    "UCDP Dyadic has the years in which two sides had at least 25 battle-related deaths between them.",
    "Sides are not attacker and target.",
)
ACLED_DEFINITION = (
    "ACLED's actor1 and actor2 do not imply a direction: they are not attacker and target.",
    "Its fatalities are the most conservative figure of the reports, one number without a range.",
    "Coverage begins in a different year for each country.",
)
_ONE_SIDED = "one-sided violence"
_SORTS = {"1": "state-based violence", "2": "non-state violence", "3": _ONE_SIDED}


def _day(value: str) -> date:
    """A day as tables write it. Raises ValueError."""
    value = value.strip()
    for form in ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%b-%Y"):
        try:
            return datetime.strptime(value[:30].split(" 00:")[0], form).date()  # noqa: DTZ007 - days have no zone
        except ValueError:
            continue
    raise ValueError(f"{value[:40]!r} is no date")


def iso(value: str) -> date:
    """A day that most tables write as ISO 8601, fast for a million of them. Raises ValueError."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return _day(value)


def _days(row: Row) -> tuple[date, date]:
    if row.get("date_start"):
        since = iso(row.get("date_start"))
        return since, iso(row.get("date_end")) if row.get("date_end") else since
    year, month, day = row.number("year"), row.number("month"), row.number("day")
    if year is None:
        raise ValueError("neither a date nor a year")
    last = day or calendar.monthrange(year, month or 12)[1]
    return date(year, month or 1, day or 1), date(year, month or 12, last)


def _ged(row: Row, line: int) -> ViolentEvent:
    since, until = _days(row)
    sort = row.get("type_of_violence").lower().removesuffix(".0")
    low, best = row.number("low", "low_death"), row.number("best", "best_death")
    ident = row.get("id").removesuffix(".0")
    return ViolentEvent(
        row=ident or f"line {line}",
        since=since,
        until=max(since, until),
        country=row.get("country"),
        places=tuple(p for p in (row.get("where_coordinates"), row.get("adm_2"), row.get("adm_1")) if p),
        side_a=row.get("side_a"),
        side_b=row.get("side_b"),
        sort=_SORTS.get(sort, sort),
        low=low,
        best=best,
        high=row.number("high", "high_death"),
        civilians=row.number("deaths_civilians"),
    )


def _acled(row: Row, line: int) -> ViolentEvent:
    day = iso(row.get("event_date"))
    deaths = row.number("fatalities")
    sides = [
        ", ".join(filter(None, (row.get(f"actor{n}"), row.get(f"assoc_actor_{n}").replace(";", ",")))) for n in "12"
    ]
    sort = row.get("event_type")
    return ViolentEvent(
        row=row.get("event_id_cnty", "data_id") or f"line {line}",
        since=day,
        until=day,
        country=row.get("country"),
        places=tuple(p for p in (row.get(n) for n in ("location", "admin3", "admin2", "admin1")) if p),
        side_a=sides[0],
        side_b=sides[1],
        sort=f"{sort}: {row.get('sub_event_type')}" if row.get("sub_event_type") else sort,
        low=deaths,
        best=deaths,
        high=deaths,
        civilians=deaths if sort == "Violence against civilians" else None,
    )


def _events(file: File, odd: Odd, made: Callable[[Row, int], ViolentEvent]) -> Iterator[ViolentEvent]:
    for line, row in records(file, odd):
        try:
            yield made(row, line)
        except (ValueError, OverflowError) as error:
            odd.say(file.name, line, str(error))


def ged(file: File, odd: Odd) -> Iterator[ViolentEvent]:
    return _events(file, odd, _ged)


def acled(file: File, odd: Odd) -> Iterator[ViolentEvent]:
    return _events(file, odd, _acled)


def dyadic(file: File, odd: Odd) -> Iterator[DyadYear]:
    for line, row in records(file, odd):
        try:
            year = row.number("year")
            if year is None or not 1000 <= year <= 9999 or not (row.get("side_a") and row.get("side_b")):
                raise ValueError("no year, or a side is missing")
            began = iso(row.get("start_date")) if row.get("start_date") else None
        except (ValueError, OverflowError) as error:
            odd.say(file.name, line, str(error))
            continue
        sides = [", ".join(filter(None, (row.get(f"side_{s}"), row.get(f"side_{s}_2nd")))) for s in "ab"]
        yield DyadYear(
            row=f"{row.get('dyad_id')}/{year}",
            side_a=sides[0],
            side_b=sides[1],
            year=year,
            location=row.get("location"),
            began=began,
        )
