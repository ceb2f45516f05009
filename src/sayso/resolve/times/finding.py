"""Find every time in a text and tell when it was, as far as the text and its date of publication do.

In:   text, sentences, date of publication, quotations, the list of words.   Out: Times, Notices.
Knows nothing of: claims, trees.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Literal, NamedTuple

import msgspec

from sayso.records import Notice
from sayso.resolve.times import dates
from sayso.resolve.times.anchors import (
    Anchors,
    Expression,
    Fixed,
    Length,
    Numeric,
    Overnight,
    Resolved,
    Rolling,
    Weekend,
)
from sayso.resolve.times.compounds import Bound, Range, SoFar
from sayso.resolve.times.dates import Stretch
from sayso.resolve.times.phrases import Phrase, phrases
from sayso.resolve.times.words import TimeWords, may_tell, tokens
from sayso.spans import Span, meeting

_PARAGRAPH = re.compile(r"\n\s*\n")
_NEAR = 50  # characters after a time in which a word still tells where it looks
_FAR = 4000  # characters within which a word before a time tells: a "sentence" may be a megabyte
_ANY_DAY = dates.day(datetime.date(2000, 1, 1))


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """A time that a text speaks of.

    ``spans``: its words; a plain "in", "on" or "at" before them is left out. ``value``: ISO 8601-2 (EDTF) text, level
    1, as coarse as the words: "2014-06", "2015-05-25/2015-05-31", "2012/.." (since), "../2001-09-11" (before), "2013~"
    (about); "P6M" for a duration and "R/P1W" for what recurs; None where it cannot be known. ``earliest``, ``latest``:
    the days it lies between, both included, None where open. ``readings``: all values of a date that reads two ways.
    ``anchor``: what it was counted from, "publication" or the words of another time; None if it says itself.
    """

    spans: tuple[Span, ...]
    value: str | None
    kind: Literal["point", "interval", "duration", "set"]
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    readings: tuple[str, ...] = ()
    anchor: Span | Literal["publication"] | None = None


class Voice(NamedTuple):
    """A quotation, and when it was said, as far as that is known to differ from when the document was published."""

    span: Span
    said: Time | None = None


def phrases_of(text: str, sentences: Sequence[Span], words: TimeWords) -> list[tuple[Span, Phrase]]:
    """The words of time of a text in order, each with its sentence."""
    told = (s for s in sentences if may_tell(s.of(text), words))
    return [(sentence, phrase) for sentence in told for phrase in phrases(tokens(text, sentence, words))]


def times_of(
    text: str,
    read: Sequence[tuple[Span, Phrase]],
    published: str | None,
    words: TimeWords,
    voices: Sequence[Voice] = (),
) -> tuple[tuple[Time, ...], tuple[Notice, ...]]:
    """The times of a text in order. ``read``: its `phrases_of`. ``published``: ISO 8601, as coarse as it is known; None
    where it is not.

    Times count from the publication, or from the point in time that was mentioned last; inside of a quotation from when
    that was said and from what was mentioned in it.
    """
    own = dates.parsed(published)
    order = _order([phrase.expression for _, phrase in read], own)
    found: list[Time] = []
    notices: list[Notice] = []
    left: list[Span] = []
    mentioned: dict[Voice | None, tuple[Stretch, Span, bool]] = {}
    marks = _marks(text, dict.fromkeys(sentence for sentence, _ in read), [v.span for v in voices], words)
    around = meeting([phrase.span for _, phrase in read], [v.span for v in voices])
    for (sentence, (span, expression)), near in zip(read, around, strict=True):
        over = [voices[i] for i in near if voices[i].span.contains(span)]
        voice = min(over, key=lambda v: len(v.span), default=None)
        last, place, dated = mentioned.get(voice, (None, None, False))
        looks = _looks(sentence, span, [v.span for v in over], marks)
        anchors = Anchors(
            published=_stretch(voice.said) if voice and voice.said else own,
            said=voice.said.spans[0] if voice and voice.said else None,
            mentioned=last,
            place=place,
            near=place is not None and not _PARAGRAPH.search(text, place.end, span.start),
            dated=dated,
            ahead=None if looks is None else looks == "ahead",
            order=order,
        )
        resolved = expression.on(anchors)
        found.append(_time(span, expression, resolved))
        if resolved.oddity:
            notices.append(notice(text, span, resolved.oddity))
        if own and looks == "back" and _is_after(expression, resolved, own):
            notices.append(notice(text, span, f"is after the document's own date, {published}"))
        if resolved.stretch is None and expression.on(replace(anchors, published=_ANY_DAY)).stretch:
            left.append(span)
        if resolved.stretch and not isinstance(expression, _LONG) and resolved.stretch.first and resolved.stretch.last:
            told = resolved.anchor is None or (resolved.anchor == place and dated)
            mentioned[voice] = (resolved.stretch, span, told)
    if left:
        known = f"only {published} is known of the date of publication" if own else "no date of publication is known"
        count = f"{len(left)} times that count from it are" if len(left) > 1 else "a time that counts from it is"
        notices.append(Notice(stage="resolve", message=f"{known}: {count} left open", span=left[0]))
    return tuple(found), tuple(notices)


def notice(text: str, span: Span, message: str) -> Notice:
    """A complaint about a time, which it quotes."""
    return Notice(stage="resolve", message=f"“{' '.join(span.of(text).split())}” {message}", span=span)


def _time(span: Span, expression: Expression, resolved: Resolved) -> Time:
    if isinstance(expression, Length):
        kind: Literal["duration", "set"] = "set" if expression.value.startswith("R") else "duration"
        return Time(spans=(span,), value=expression.value, kind=kind)
    stretch = resolved.stretch
    between = isinstance(expression, _LONG) if stretch is None else stretch.one is None
    return Time(
        spans=(span,),
        value=stretch.value if stretch else None,
        kind="interval" if between else "point",
        earliest=stretch.first if stretch else None,
        latest=stretch.last if stretch else None,
        readings=tuple(reading.value for reading in resolved.readings),
        anchor=resolved.anchor,
    )


def _stretch(time: Time) -> Stretch:
    """What a time is to those that count from it."""
    value = time.value or ".."
    exact = dates.parsed(value)
    begin, _, end = value.partition("/")
    return exact or Stretch(time.earliest, time.latest, None, begin, end or begin)


class _Mark(NamedTuple):
    """A word that looks ahead or back, or perhaps ahead, and the quotations in which it begins."""

    place: Span
    ahead: bool
    perhaps: bool
    quoted: Sequence[Span]


def _marks(text: str, sentences: Iterable[Span], quoted: Sequence[Span], words: TimeWords) -> list[_Mark]:
    """All of them in these sentences, in order."""
    found = [match for s in sentences for match in words.directions.finditer(text, s.start, s.end)]
    around = meeting([Span(match.start(), match.start() + 1) for match in found], quoted)
    return [
        _Mark(Span(*match.span()), bool(match[1]), bool(match[2]), [quoted[i] for i in those])
        for match, those in zip(found, around, strict=True)
    ]


def _looks(sentence: Span, span: Span, own: Sequence[Span], marks: Sequence[_Mark]) -> str | None:
    """Whether a sentence looks ahead or back at a place: as the word says that comes last before, else first after.

    ``own``: the quotations that the place stands in. Words of another voice say nothing: "“We will go on Friday,” she
    said on Tuesday."
    """
    region = min(own, key=len, default=sentence)
    start, end = max(region.start, sentence.start, span.start - _FAR), min(region.end, sentence.end, span.end + _NEAR)

    def tells(mark: _Mark) -> bool:
        others = (q for q in mark.quoted if not q.contains(span))
        return not any(o.contains(q) for q in others for o in own or [sentence])

    for at in range(bisect_left(marks, span.start, key=_begins) - 1, -1, -1):
        mark = marks[at]
        if mark.place.start < start:
            break
        if mark.place.end <= span.start and tells(mark):
            return "ahead" if mark.ahead or mark.perhaps else "back"
    for at in range(bisect_left(marks, span.end, key=_begins), len(marks)):
        mark = marks[at]
        if mark.place.start >= end:
            break
        if not mark.perhaps and tells(mark):
            return "ahead" if mark.ahead else "back"
    return None


def _begins(mark: _Mark) -> int:
    return mark.place.start


def _inside(expression: object) -> Iterator[object]:
    """An expression and those it is made of."""
    yield expression
    if is_dataclass(expression):
        for field in fields(expression):
            yield from _inside(getattr(expression, field.name))


def _order(read: Sequence[Expression], own: Stretch | None) -> Literal["day", "month"] | None:
    """Whether the document puts the day first in a date of numbers: where one can be read in one way only, or is
    spelled out elsewhere, or is the document's own. None where nothing tells, or several tell different things.
    """
    parts = [part for expression in read for part in _inside(expression)]
    spelled = {own.first} if own and own.unit == "day" else set()
    for part in parts:
        if isinstance(part, Fixed) and part.day is not None and (stretch := part.on(Anchors()).stretch):
            spelled.add(stretch.first)
    told: set[Literal["day", "month"]] = set()
    for part in parts:
        if isinstance(part, Numeric) and part.first != part.second:
            readings = part.readings()
            if len(readings) > 1:
                readings = {order: date for order, date in readings.items() if date in spelled}
            if len(readings) == 1:
                told |= set(readings)
    return told.pop() if len(told) == 1 else None


def _is_after(expression: Expression, resolved: Resolved, own: Stretch) -> bool:
    """A day or month that gives its own year and lies after the document's."""
    stretch, last = resolved.stretch, own.last
    if stretch is None or stretch.first is None or last is None or isinstance(expression, Bound):
        return False
    dated = any(isinstance(part, Numeric) or (isinstance(part, Fixed) and part.month) for part in _inside(expression))
    return dated and stretch.first > last


_LONG = (Bound, Range, Rolling, SoFar, Overnight, Weekend)  # never a point to count from
