"""The rules of the grammar: which words of time, in which order, make which Expression.

In:   Tokens.   Out: what fits from a token on.
Knows nothing of: what they are counted from (anchors).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sayso.resolve.times import dates
from sayso.resolve.times import surroundings as around
from sayso.resolve.times.anchors import (
    Counted,
    Expression,
    Fixed,
    Given,
    Length,
    Mentioned,
    Numeric,
    Overnight,
    Rolling,
    Unknown,
    Weekday,
    Weekend,
    Yearless,
)
from sayso.resolve.times.compounds import Share, SoFar
from sayso.resolve.times.surroundings import Sentence

Found = dict[str, list[Any]]  # class -> its values, in order


class Rule(NamedTuple):
    """``items``: classes in capitals and words as they stand, alternatives, and whether each may be missing.

    ``build`` may answer None: that is no time, and none is looked for inside. ``fits`` sees the sentence and the first
    and the last token.
    """

    items: tuple[tuple[tuple[str, ...], bool], ...]
    build: Callable[[Found], Expression | None]
    fits: Callable[[Sentence, int, int], bool] | None = None


def _rule(
    pattern: str,
    build: Callable[[Found], Expression | None],
    fits: Callable[[Sentence, int, int], bool] | None = None,
) -> Rule:
    items = tuple((tuple(item.rstrip("?").split("|")), item.endswith("?")) for item in pattern.split())
    return Rule(items, build, fits)


def _match(items: Sequence[tuple[tuple[str, ...], bool]], sentence: Sentence, at: int) -> Iterator[tuple[int, Found]]:
    """Every way in which a pattern fits from a token on: the token after, and the values."""
    if not items:
        yield at, {}
        return
    (names, optional), rest = items[0], items[1:]
    if at < len(sentence):
        token = sentence[at]
        for name in names:
            ways = token.classes.get(name, ()) if name.isupper() else ((1, name),) if token.form == name else ()
            for width, value in ways:
                for end, found in _match(rest, sentence, at + width):
                    yield end, {**found, name: [value, *found.get(name, [])]}
    if optional:
        yield from _match(rest, sentence, at)


# What the found values make.

_CALENDAR = {"day", "week", "month", "quarter", "year", "decade", "century"}


def _unit(found: Found) -> tuple[int, dates.Unit] | None:
    """How many units of which kind: a fortnight is two weeks. None for hours and what is shorter."""
    times, _, name = str(found["UNIT"][-1] if "UNIT" in found else found["UNITS"][-1]).rpartition(" ")
    return (int(times or 1), name) if name in _CALENDAR else None  # type: ignore[return-value] # checked against names


def _number(found: Found) -> float | None:
    return next((found[name][0] for name in ("NUM", "A") if name in found), None)


def _date(found: Found) -> Expression:
    def value(name: str) -> int | None:
        return found[name][0] if name in found else None

    year, month, day, weekday = value("YEAR"), value("MONTH"), value("DAY") or value("ORD"), value("WEEKDAY")
    if weekday is None:
        weekday = value("DAYABBR")
    if "YY" in found:
        year = 2000 + found["YY"][0] if found["YY"][0] < 70 else 1900 + found["YY"][0]
    if year is not None:
        return Fixed(year, month, day, weekday)
    return Yearless(month, day, weekday=weekday, which=value("WHICH"))


def _iso(found: Found) -> Expression:
    year, month, day = map(int, str(found["ISO"][0]).split("-"))
    return Fixed(year, month, day)


def _numeric(found: Found) -> Expression:
    first, second, year = map(int, re.split(r"\D", str(found["NUMERIC"][0])))
    century = 0 if year > 99 else 2000 if year < 70 else 1900
    return Numeric(first, second, century + year, found.get("WEEKDAY", [None])[0])


def _holiday(found: Found) -> Expression:
    month, day = map(int, found["HOLIDAY"][0].split("-"))
    if "YEAR" in found:
        return Fixed(found["YEAR"][0], month, day)
    return Yearless(month, day, which=found.get("WHICH", [None])[0])


def _named(found: Found) -> Expression:
    year, month, day = map(int, found["NAMED"][0].split("-"))
    return Fixed(year, month, day)


def _season(found: Found) -> Expression:
    if "YEAR" in found:
        return Given(dates.season(found["YEAR"][0], found["SEASON"][0]))
    return Yearless(season=found["SEASON"][0], which=found.get("WHICH", [None])[0])


def _decade(found: Found) -> Expression | None:
    first = int(found["DECADE"][0])
    if not 1000 <= first <= 2090:
        return None
    return Given(dates.years(first, 100 if first % 100 == 0 and first < 2000 else 10))  # "the 1800s" are a century


def _century(found: Found) -> Expression | None:
    number = int(found["ORD"][0])
    return Given(dates.years(100 * number - 100, 100)) if 10 < number < 22 else None


def _which(found: Found) -> Expression | None:
    step = found["WHICH"][0]
    if "UNIT" in found:
        unit = _unit(found)
        return Counted(step * unit[0], unit[1]) if unit and unit[1] != "day" else None
    if "WEEKEND" in found:
        return Weekend(step)
    if "WEEKDAY" in found:
        return Weekday(found["WEEKDAY"][0], step)
    return Counted(step, "day")  # "last night", "this morning"


def _counted(base: str, sign: int | None = None) -> Callable[[Found], Expression | None]:
    def build(found: Found) -> Expression | None:
        way = sign if sign is not None else found["OFFSET"][0]
        unit, number = _unit(found), _number(found)
        at = "mentioned" if base == "mentioned" else "now"
        if unit is None:  # hours: the day is as far as we count
            return Unknown() if base == "mentioned" else Counted(0, "day")
        if number is None:
            return Counted(None, unit[1], at, way)  # type: ignore[arg-type] # one of two literals
        long = {"decade": 10, "century": 100}.get(unit[1])
        if long:  # "a decade ago" is ten years ago
            return Counted(way * round(number * long), "year", at, way)  # type: ignore[arg-type] # one of two literals
        if number != int(number):
            return _counted_in_months(number, unit[1], at, way)
        return Counted(way * int(number) * unit[0], unit[1], at, way)  # type: ignore[arg-type] # as above

    return build


def _counted_in_months(number: float, unit: str, base: str, way: int) -> Expression | None:
    months = number * {"year": 12, "decade": 120, "month": 1}.get(unit, 0)
    return Counted(way * round(months), "month", base, way) if months else None  # type: ignore[arg-type] # as above


def _step(found: Found) -> Expression | None:
    step = found["STEP"][0] if "STEP" in found else 0
    if "UNIT" in found:
        unit = _unit(found)
        return Counted(step * unit[0], unit[1], "mentioned") if unit else None
    if "WEEKDAY" in found:
        return Unknown() if step else None
    if "WEEKEND" in found:
        return Counted(step, "weekend", "mentioned")
    return Counted(step, "day", "mentioned")


def _unit_before(found: Found) -> Expression | None:
    unit = _unit(found)
    sign = -1 if "before" in found or "earlier" in found else 1
    return Counted(sign * unit[0], unit[1], "mentioned") if unit else None


def _rolling(found: Found) -> Expression | None:
    if "FEW" in found:
        return None
    way, number = found["ROLLING"][0], _number(found) or 1
    unit = _unit(found)
    if unit is None:
        hours = number if str(found["UNIT"][0]) == "hour" else 0
        return Rolling(way * max(1, round(hours / 24)), "day") if hours else None
    return Rolling(way * int(number) * unit[0], unit[1]) if number == int(number) else None


def _so_far(found: Found) -> Expression | None:
    sign = found["EARLIER"][0]
    if "RELDAY" in found:
        return Counted(found["RELDAY"][0], "day")
    unit = _unit(found)
    if unit is None:
        return None
    if "that" in found:
        return Counted(0, unit[1], "mentioned")
    return SoFar(sign, Counted(found["WHICH"][0] if "WHICH" in found else 0, unit[1]))


def _share(found: Found) -> Expression | None:
    number = int((found.get("ORD") or found["QUARTER"])[0])
    quarters = "half" not in found
    whole: Expression = Fixed(found["YEAR"][0]) if "YEAR" in found else Counted(found["WHICH"][0], "year")
    return Share(number, quarters, whole) if number <= (4 if quarters else 2) else None


_SHORT = {"hour": "H", "minute": "M", "second": "S"}
_LONG = {"day": (1, "D"), "week": (1, "W"), "month": (1, "M"), "quarter": (3, "M"), "year": (1, "Y")}
_HALVES = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}
_MORE_HALVES = {"hour": "PT90M", "day": "PT36H", "month": "P6W", "year": "P1Y6M", "decade": "P15Y", "century": "P150Y"}
_LONG |= {"decade": (10, "Y"), "century": (100, "Y")}


def _length(number: float, unit: str) -> str:
    times, _, name = unit.rpartition(" ")
    number *= int(times or 1)
    if name in _SHORT:
        return f"PT{number:g}{_SHORT[name]}"
    factor, letter = _LONG[name]
    return f"P{number * factor:g}{letter}"


def _duration(found: Found) -> Expression | None:
    number = _number(found)
    if found["UNIT"][0] == "quarter":
        return None  # "three quarters of it"
    if "half" in found and "NUM" not in found:
        halves = _HALVES if len(found["A"]) == 1 else _MORE_HALVES  # "half a year", "a year and a half"
        return Length(halves[found["UNIT"][0]]) if found["UNIT"][0] in halves else None
    if "half" in found:
        number = 0.5 + (number or 0)
    return Length(_length(number, str(found["UNIT"][0]))) if number else None


def _every(found: Found) -> Expression | None:
    if "UNIT" not in found:
        return Length("R/P1W" if "WEEKDAY" in found or "WEEKDAYS" in found or "WEEKEND" in found else "R/P1D")
    return Length("R/" + _length(_number(found) or 1, str(found["UNIT"][0])))


def _nothing(_found: Found) -> Expression | None:
    return None


_DAYS = (
    _rule("NUMERIC", _numeric),
    _rule("the? DAY of? MONTH ,? of? YEAR", _date),
    _rule("MONTH the? DAY ,? YEAR", _date),
    _rule("the? DAY of? MONTH ' YY", _date),
    _rule("the? ORD of? MONTH YY", _date, around.short_year_fits),
    _rule("the? DAY of? MONTH", _date),
    _rule("MONTH the? DAY", _date),
)
_WEEKDAY = _rule("WEEKDAY|DAYABBR ,? on?", _date).items
RULES: tuple[Rule, ...] = (
    _rule("ISO", _iso),
    *_DAYS,
    *(Rule(_WEEKDAY + rule.items, rule.build, rule.fits) for rule in _DAYS),
    _rule("MONTH ,? of? YEAR", _date),
    _rule("MONTH ' YY", _date),
    _rule("MONTH", _date, around.month_fits),
    _rule("WHICH MONTH", _date),
    _rule("the? year YEAR", _date),
    _rule("YEAR", _date, around.year_fits),
    _rule("the? HOLIDAY ,? of? YEAR", _holiday),
    _rule("the? HOLIDAY", _holiday, around.alone),
    _rule("WHICH HOLIDAY", _holiday),
    _rule("the? NAMED", _named, around.named_fits),
    _rule("the? NAMED", _nothing),
    _rule("the? SEASON of? YEAR", _season),
    _rule("the SEASON", _season, around.season_fits),
    _rule("WHICH SEASON", _season),
    _rule("the? DECADE", _decade, around.from_the),
    _rule("the? ORD century", _century),
    _rule("the? ORD quarter|half of? YEAR", _share),
    _rule("the? ORD quarter|half of WHICH year", _share),
    _rule("QUARTER of? YEAR", _share),
    _rule("WEEKDAY", lambda f: Weekday(f["WEEKDAY"][0])),
    _rule("WHICH UNIT|WEEKDAY|WEEKEND|DAYPART", _which, around.one),
    _rule("the WEEKEND", lambda _: Weekend(), around.alone),
    _rule("the year before last", lambda _: Counted(-2, "year")),
    _rule("RELDAY", lambda f: Counted(f["RELDAY"][0], "day")),
    _rule("OVERNIGHT", lambda _: Overnight(), around.alone),
    _rule("NUM|A|FEW UNIT AGO", _counted("now", -1)),
    _rule("NUM and a half UNIT AGO", lambda f: _counted("now", -1)({**f, "NUM": [f["NUM"][0] + 0.5]})),
    _rule("NUM? HUGE of? UNIT AGO?", _nothing),
    _rule("UNITS AGO", _counted("now", -1)),
    _rule("NUM|A|FEW UNIT from now|today", _counted("now", 1)),
    _rule("NUM|A UNIT ' time", _counted("now", 1)),
    _rule("A UNIT 's time", _counted("now", 1)),
    _rule("NUM|A|FEW UNIT OFFSET", _counted("mentioned")),
    _rule("UNITS OFFSET", _counted("mentioned")),
    _rule("NUM|A UNIT after that", _counted("mentioned", 1)),
    _rule("NUM|A UNIT before that", _counted("mentioned", -1)),
    _rule("the|these? ROLLING NUM|FEW UNIT", _rolling),
    _rule("the ROLLING UNIT", _rolling, around.rolls),
    _rule("the? STEP UNIT WHICH year", lambda _: Unknown()),  # "the same month last year"
    _rule("the? STEP UNIT|DAYPART|WEEKDAY|WEEKEND", _step, around.stepping),
    _rule("that STEP? UNIT|DAYPART", _step, around.not_joined),
    _rule("the UNIT before|after|earlier", _unit_before, around.ends),
    _rule("THEN", lambda _: Mentioned(), around.then_fits),
    _rule("EARLIER WHICH UNIT", _so_far),
    _rule("EARLIER RELDAY", _so_far),
    _rule("EARLIER in the UNIT", _so_far),
    _rule("EARLIER that UNIT", _so_far),
    _rule("NUM -? UNIT", _duration),
    _rule("NUM and a half UNIT", _duration),
    _rule("half A UNIT", _duration),
    _rule("A UNIT and A half", _duration),
    _rule("A UNIT", _duration, around.lasting),
    _rule("NUM -? UNIT -? old", _nothing),
    _rule("NUM UNIT of age", _nothing),
    _rule("EVERY NUM|other? UNIT|WEEKDAY|DAYPART|WEEKEND", _every),
    _rule("TIMES A|EVERY NUM? UNIT", _every),
    _rule("WEEKDAYS", _every),
)  # fmt: skip


def _openers() -> dict[str, list[int]]:
    """Class or word -> the rules that it may open, by number."""
    table: dict[str, list[int]] = {}
    for number, rule in enumerate(RULES):
        for names, optional in rule.items:
            for name in names:
                table.setdefault(name, []).append(number)
            if not optional:
                break
    return table


_OPENERS = _openers()
OPENING = frozenset(name for name in _OPENERS if not name.isupper())  # words that may open a rule


def longest(sentence: Sentence, at: int) -> tuple[int, Expression | None] | None:
    """The longest that fits from a token on, and the token after it; of two as long the rule that stands first."""
    if at not in sentence.fits:
        sentence.fits[at] = _longest(sentence, at)
    found: tuple[int, Expression | None] | None = sentence.fits[at]
    return found


def _longest(sentence: Sentence, at: int) -> tuple[int, Expression | None] | None:
    token = sentence[at]
    opened = {number for name in (token.form, *token.classes) for number in _OPENERS.get(name, ())}
    best: tuple[int, Expression | None] | None = None
    for rule in (RULES[number] for number in sorted(opened)):
        for end, found in _match(rule.items, sentence, at):
            if (best is None or end > best[0]) and (rule.fits is None or rule.fits(sentence, at, end)):
                best = (end, rule.build(found))
    return best
