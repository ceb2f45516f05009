"""Find expressions of time in a sentence: rules for the plain ones, then what is built of them.

In:   Tokens.   Out: Phrases, each an Expression at its place.
Knows nothing of: what they are counted from (anchors).
"""

from __future__ import annotations

from typing import NamedTuple

from sayso.resolve.times.anchors import Counted, Expression, Fixed, Length, Overnight, Unknown, Weekday, Yearless
from sayso.resolve.times.compounds import About, Bound, Clock, Offset, PartOf, Range, SoFar, Within
from sayso.resolve.times.rules import OPENING, longest
from sayso.resolve.times.surroundings import Sentence
from sayso.resolve.times.words import Token
from sayso.spans import Span

_DASHES = ("-", "–", "—")
_Parsed = tuple[int, Expression] | None  # the token after, what it means
_OPENING = OPENING | {"from", "between", "the", "week"}  # words of no class that an expression may begin with
_POINT = (Fixed, Yearless, Weekday)  # what may stand on either side of a dash


class Phrase(NamedTuple):
    span: Span
    expression: Expression


def phrases(tokens: list[Token]) -> list[Phrase]:
    """The expressions of a sentence, in order, none within another."""
    sentence = Sentence(tokens)
    found: list[Phrase] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(sentence):
        if not sentence[at].classes and sentence[at].form not in _OPENING:  # most words
            at += 1
            continue
        parsed = _expression(sentence, at)
        if parsed is not None:
            end, expression = parsed
            found.append(Phrase(Span(sentence[at].start, sentence[end - 1].end), expression))
            places.append((at, end))
            at = end
        else:
            skipped = longest(sentence, at)  # a rule that says: this is no time
            at = skipped[0] if skipped and skipped[1] is None else at + 1
    return _with_years(found, places, sentence)


def _with_years(found: list[Phrase], places: list[tuple[int, int]], sentence: Sentence) -> list[Phrase]:
    """ "in February and March 2014": the year of the last is that of the first."""
    for n in range(len(found) - 2, -1, -1):
        here, after = found[n].expression, found[n + 1].expression
        between = [token.form for token in sentence[places[n][1] : places[n + 1][0]]]
        joined = between in (["and"], ["or"], [","], ["to"], ["and", "in"], ["and", "on"])
        if joined and isinstance(here, Yearless) and here.which is None and isinstance(after, Fixed) and after.month:
            found[n] = Phrase(found[n].span, here.within(after.year))
    return found


def _expression(sentence: Sentence, at: int) -> _Parsed:
    """A point, a range, or either with a word before it that bounds or blurs it."""
    if at >= len(sentence):
        return None
    for width, side in sentence[at].classes.get("BOUND", ()):
        inner = _expression(sentence, at + width)
        if inner and not isinstance(inner[1], Length | Bound):
            return _bounded(sentence, at, str(side), inner)
    for width, _ in sentence[at].classes.get("OVER", ()):  # "more than two years ago", "over a year later"
        inner = _day(sentence, at + width) if _counts(sentence, at + width) else None
        if inner and isinstance(inner[1], Counted | Offset) and inner[1].number:
            return inner[0], Bound("since" if inner[1].number > 0 else "until", inner[1])
    for width, _ in sentence[at].classes.get("NEARLY", ()):
        inner = _day(sentence, at + width) if _counts(sentence, at + width) else None
        if inner and isinstance(inner[1], Counted | Offset):
            return inner[0], About(inner[1])
    for width, _ in sentence[at].classes.get("ABOUT", ()):
        inner = _ranged(sentence, at + width)
        if inner and not isinstance(inner[1], Length | Bound):
            return inner[0], About(inner[1])
    return _ranged(sentence, at)


def _bounded(sentence: Sentence, at: int, side: str, inner: tuple[int, Expression]) -> _Parsed:
    end, point = inner
    if side == "until" and _denied(sentence, at):
        return inner  # "not until 2019": it did in 2019
    if side == "after" and end < len(sentence) and sentence[end].form == "'s":
        side = "since"  # "after last year's flood": maybe still in that year
    return end, Bound(side, point)  # type: ignore[arg-type] # one of its literals, from the list


def _counts(sentence: Sentence, at: int) -> bool:
    return at < len(sentence) and any(sentence[at].classes.get(kind) for kind in ("NUM", "A"))


def _denied(sentence: Sentence, at: int) -> bool:
    before = [token.form for token in sentence[max(0, at - 6) : at]]
    return any(form in ("not", "never") or form.endswith("n't") for form in before)


def _ranged(sentence: Sentence, at: int) -> _Parsed:
    """A point or a range."""
    if at >= len(sentence):
        return None
    form = sentence[at].form
    if form in ("from", "between"):
        joins = ("and",) if form == "between" else ("to", "until", "till", "through", "up", *_DASHES)
        return _two(sentence, at + 1, joins) or (_onward(sentence, at + 1) if form == "from" else None)
    return _two(sentence, at, ("to", "through", "until", *_DASHES)) or _point(sentence, at)


def _two(sentence: Sentence, at: int, joins: tuple[str, ...]) -> _Parsed:
    """A first and a last point. Days of one month and years of one century may be short: "3-5 June", "2003-05"."""
    if at >= len(sentence):
        return None
    first = _point(sentence, at)
    if first is None:
        return _days(sentence, at, joins)
    end, begin = first
    if end + 1 >= len(sentence) or sentence[end].form not in joins:
        return None
    dash = sentence[end].form in _DASHES
    if isinstance(begin, Fixed) and begin.month is None and dash and sentence[end + 1].classes.get("YY"):
        last = begin.year // 100 * 100 + int(sentence[end + 1].form)
        return (end + 2, Range(begin, Fixed(last))) if last > begin.year else None
    if isinstance(begin, Yearless) and begin.day and sentence[end + 1].classes.get("DAY"):  # June 3-5, 2015
        closing = _short_day(sentence, end + 1, begin)
        if closing:
            return closing
    last_point = _expression(sentence, end + 1) if not dash else _point(sentence, end + 1)
    if last_point is None or (dash and not (isinstance(begin, _POINT) and isinstance(last_point[1], _POINT))):
        return None
    if isinstance(begin, Length) or isinstance(last_point[1], Length | Bound):
        return None
    if isinstance(begin, Yearless) and isinstance(last_point[1], Fixed) and begin.month and last_point[1].month:
        year = last_point[1].year - (begin.month > last_point[1].month)
        begin = begin.within(year)
    return last_point[0], Range(begin, last_point[1])


def _days(sentence: Sentence, at: int, joins: tuple[str, ...]) -> _Parsed:
    """ "3-5 June", "between 3 and 5 June 2017"."""
    if at + 2 >= len(sentence) or not sentence[at].classes.get("DAY") or sentence[at + 1].form not in joins:
        return None
    last = _point(sentence, at + 2)
    if last is None or not isinstance(last[1], Fixed | Yearless) or last[1].day is None:
        return None
    day = int(next(value for _, value in sentence[at].classes["DAY"]))
    end = last[1]
    first = Fixed(end.year, end.month, day) if isinstance(end, Fixed) else Yearless(end.month, day)
    return last[0], Range(first, end)


def _short_day(sentence: Sentence, at: int, begin: Yearless) -> _Parsed:
    """ "June 3-5, 2015", after the dash."""
    if at + 1 < len(sentence) and sentence[at + 1].classes.get("MONTH"):
        return None
    day = int(next(value for _, value in sentence[at].classes["DAY"]))
    year_at = at + 2 if at + 2 < len(sentence) and sentence[at + 1].form == "," else at + 1
    years = sentence[year_at].classes.get("YEAR", ()) if year_at < len(sentence) else ()
    for _, year in years:
        return year_at + 1, Range(Fixed(int(year), begin.month, begin.day), Fixed(int(year), begin.month, day))
    return at + 1, Range(begin, Yearless(begin.month, day))


def _onward(sentence: Sentence, at: int) -> _Parsed:
    """ "from 3 June onwards"."""
    point = _point(sentence, at) if at < len(sentence) else None
    if point and point[0] < len(sentence) and sentence[point[0]].form in ("onwards", "onward", "on", "forward"):
        return point[0] + 1, Bound("since", point[1])
    return None


def _point(sentence: Sentence, at: int) -> _Parsed:
    token = sentence[at]
    for width, which in token.classes.get("THIRD", ()):
        start = at + width
        start += start < len(sentence) and sentence[start].form in ("-", "in", "on")
        if start < len(sentence) and (inner := _point(sentence, start)) and not isinstance(inner[1], Length | Clock):
            return inner[0], PartOf(which, inner[1])  # type: ignore[arg-type] # one of its literals, from the list
        unit_at = start + 1
        units = sentence[unit_at].classes.get("UNIT", ()) if unit_at < len(sentence) else ()
        if units and sentence[start].form in ("the", "this"):
            unit = str(units[0][1])
            if unit in ("week", "month", "year", "decade", "century"):
                return start + 2, PartOf(which, Counted(0, unit))  # type: ignore[arg-type] # checked
    if clock := _clock(sentence, at):
        return clock
    start = at + (token.form == "the")
    if start < len(sentence):
        for width, _ in sentence[start].classes.get("HOURS", ()):
            joins = [t.form for t in sentence[start + width : start + width + 1]]
            if joins == ["of"] and (inner := _day(sentence, start + width + 1)):
                return inner
        weekly = [t.form for t in sentence[start : start + 2]] == ["week", "of"]
        if weekly and (inner := _day(sentence, start + 2)):
            return inner[0], Offset(0, "week", inner[1])
    return _day(sentence, at)


def _day(sentence: Sentence, at: int) -> _Parsed:
    """What a rule finds, with what may follow it: the part of the day, the hour, the week or year it is part of."""
    found = longest(sentence, at) if at < len(sentence) else None
    if found is None or found[1] is None:
        return _from_event(sentence, at)
    end = found[0]
    expression: Expression = found[1]
    if isinstance(expression, Length):
        return _from_event(sentence, at) or (end, expression)
    if isinstance(expression, Yearless | Weekday) and expression.which is None:
        start = end + (end < len(sentence) and sentence[end].form in ("of", "in"))
        whole = longest(sentence, start) if start < len(sentence) else None
        if whole and isinstance(whole[1], Counted) and whole[1].unit in ("week", "month", "year"):
            end, expression = whole[0], Within(expression, whole[1])
    if isinstance(expression, Counted) and expression.unit == "week":  # "a week ago on Wednesday"
        start = end + (end < len(sentence) and sentence[end].form == "on")
        for _, number in sentence[start].classes.get("WEEKDAY", ()) if start < len(sentence) else ():
            end, expression = start + 1, Within(Weekday(int(number)), expression)
    if end < len(sentence) and sentence[end].classes.get("DAYPART"):
        end += 1
    return _with_clock(sentence, end, expression)


def _with_clock(sentence: Sentence, end: int, day: Expression) -> _Parsed:
    at = end + (end < len(sentence) and sentence[end].form == ",")
    if at < len(sentence) and sentence[at].form == "at":
        at += 1
        for width, _ in sentence[at].classes.get("ABOUT", ()) if at < len(sentence) else ():
            if hour := _hour(sentence, at + width):
                return hour[0], About(Clock(hour[1], day))
        if hour := _hour(sentence, at):
            return hour[0], Clock(hour[1], day) if hour[1] != "00:00" else day
    return end, day


def _clock(sentence: Sentence, at: int) -> _Parsed:
    """A time of day, and the day if it follows."""
    hour = _hour(sentence, at)
    if hour is None:
        return None
    end, time = hour
    start = end + (end < len(sentence) and sentence[end].form == ",")
    start += start < len(sentence) and sentence[start].form in ("on", "of")
    day = _day(sentence, start) if start < len(sentence) else None
    midnight = sentence[at].form == "midnight"  # which of a day's two midnights is meant is not said
    if day and not isinstance(day[1], Length | Clock | Bound | Range):
        return day[0], day[1] if midnight else Clock(time, day[1])
    noon = sentence[at].classes.get("NOON") and not (at and sentence[at - 1].form == "at")  # "the noon sun"
    return None if midnight or noon else (end, Clock(time, None))


def _hour(sentence: Sentence, at: int) -> tuple[int, str] | None:
    """The token after a time of day, and the time: "00:20"."""
    if at >= len(sentence):
        return None
    token = sentence[at]
    end = at + 1
    if token.classes.get("NOON") or token.classes.get("MIDNIGHT"):
        return end, "12:00" if token.classes.get("NOON") else "00:00"
    half = end < len(sentence) and sentence[end].classes.get("AMPM")
    if token.classes.get("CLOCK"):
        hours, minutes = map(int, str(token.classes["CLOCK"][0][1]).split(":")[:2])
    elif token.classes.get("NUM") and (half or (end < len(sentence) and sentence[end].form == "o'clock")):
        value = token.classes["NUM"][0][1]
        if not isinstance(value, int) or not 1 <= value <= 12:
            return None
        hours, minutes = value, 0
        end += not half
    else:
        return None
    if half:
        if hours > 12:
            return None
        hours = hours % 12 + (12 if str(half[0][1]).startswith("p") else 0)
        end += 1
    if hours > 23:
        return None
    for width, _ in sentence[end].classes.get("ZONE", ()) if end < len(sentence) else ():
        end += width
        break
    return end, f"{hours:02}:{minutes:02}"


def _from_event(sentence: Sentence, at: int) -> _Parsed:
    """ "two days after 3 June"; "two days after the fire", of which nobody knows the day."""
    if at >= len(sentence):
        return None
    found = longest(sentence, at)
    if found is not None and not isinstance(found[1], Length):
        return None
    counts = "A" in sentence[at].classes or sentence[at].form == "the"
    width = found[0] - at if found else 2 if counts else 0
    if not width or at + width >= len(sentence) or sentence[at + width].form not in ("after", "before"):
        return None
    if "UNIT" not in sentence[at + width - 1].classes or (found and "-" in [t.form for t in sentence[at : at + width]]):
        return None
    sign = 1 if sentence[at + width].form == "after" else -1
    start = at + width + 1
    value = str(sentence[at + width - 1].classes["UNIT"][0][1])
    times, _, unit = value.rpartition(" ")
    number = next((v for k in ("NUM", "A") for _, v in sentence[at].classes.get(k, ())), 1 if counts else None)
    day = _point(sentence, start) if start < len(sentence) else None
    counted = unit in ("day", "week", "month", "year", "decade", "century") and isinstance(number, int)
    number = sign * int(times or 1) * int(number or 0)
    if day and counted and not isinstance(day[1], Length | SoFar | Overnight):
        return day[0], Offset(number, unit, day[1])  # type: ignore[arg-type] # checked
    closes = start >= len(sentence) or not (sentence[start].form.isalnum() or sentence[start].form in '“"‘[')
    if closes and counted:
        return start, Counted(number, unit, "mentioned")  # type: ignore[arg-type] # checked
    return start, Unknown()
