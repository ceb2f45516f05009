"""Questions that a table can be asked, as values, and each in plain words.

In:   values.   Out: frozen records, their wording and parameters.
Knows nothing of: how a claim becomes a question, how it is answered.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from sayso.check.findings import Parameters

Ask = Literal["exists", "none", "deaths", "share", "trend", "first"]
Class = Literal["civilians", "rebels"]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who takes part, as the claim names it. ``entities``: ids of the tables of actors, settled.

    ``group``: it names a class and nobody. ``doubt``: why it is not settled who it is. ``told``: what the claim names,
    where it is something of theirs.
    """

    name: str
    entities: tuple[str, ...] = ()
    group: Class | None = None
    doubt: str | None = None
    told: str | None = None


class EventQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Of events. ``since``, ``until``: the window; None: open. ``low``, ``high``: the number or percent of the claim.

    ``mutual``: both sides do what is claimed, so that who did it need not be told. ``weapon``: of the claim's words.
    ``word``: a share in words, with (holds, holds in part) in percent as ``most`` or ``least``; of a change, with
    ``change`` or ``factor`` (how many times as many). ``doubt``: why no table can be asked.
    """

    ask: Ask
    actor: Side | None = None
    other: Side | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    civilians: bool = False
    mutual: bool = False
    mode: str | None = None
    weapon: str | None = None
    word: str | None = None
    doubt: str | None = None
    most: tuple[float, float] | None = None
    least: tuple[float, float] | None = None
    change: Literal["more", "fewer"] | None = None
    factor: float | None = None


class ListQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Of a list of sanctions. ``authority``: whose; None: anybody's. ``count``: asks how many, not who.

    ``denied``: the claim is that it is not there. ``note``: what is to be said on how it is asked.
    """

    name: str
    authority: str | None = None
    since: date | None = None
    until: date | None = None
    denied: bool = False
    count: int | None = None
    note: str | None = None


class OrderQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Whether events of one kind began before those of another."""

    first: EventQuestion
    then: EventQuestion


class HoldQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Whether somebody held a place in these days; ``taken``: whether they began to. ``denied``: that they did not."""

    place: str
    holder: Side
    since: date | None = None
    until: date | None = None
    taken: bool = False
    denied: bool = False


class ReviewQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Whether somebody published a review of a claim in words much like these."""

    text: str


Question = EventQuestion | ListQuestion | OrderQuestion | HoldQuestion | ReviewQuestion


def in_words(question: Question) -> str:
    """The question as a person would ask it.

    >>> in_words(ListQuestion(name="Ann Lee", authority="EU", since=date(2014, 3, 1), until=date(2014, 3, 31)))
    'Is Ann Lee on the EU list, listed between 2014-03-01 and 2014-03-31?'
    """
    if isinstance(question, OrderQuestion):
        earlier, later = (in_words(msgspec.structs.replace(q, ask="exists")) for q in (question.first, question.then))
        return f"Is the first row of the one before that of the other? {earlier} {later}"
    if isinstance(question, ReviewQuestion):
        return "Did somebody review a claim in words much like these?"
    when = _when(question.since, question.until)
    if isinstance(question, HoldQuestion):
        done = (
            ("not take" if question.taken else "not hold")
            if question.denied
            else ("take" if question.taken else "hold")
        )
        return f"Did {question.holder.name} {done} {question.place}{f' {when}' if when else ''}?"
    if isinstance(question, ListQuestion):
        whose = f"the {question.authority} list" if question.authority else "the list"
        listed = f", listed {when}" if when else ""
        if question.count is not None:
            return f"Are {question.count:,} on {whose}{listed}?"
        return f"Is {question.name} {'not ' if question.denied else ''}on {whose}{listed}?"
    where = f"in {question.place}" if question.place else ""
    rest = " ".join(filter(None, (where, when)))
    rest = f" {rest}" if rest else ""
    actor = question.actor.name if question.actor else "anybody"
    other = question.other.name if question.other else None
    both = f"both {actor} and {other} are sides" if other else f"{actor} is a side"
    if question.ask == "deaths":
        whose = "civilians" if question.civilians else "people"
        number = _number(question.low, question.high)
        sides = f" in which {both}" if question.actor or question.other else ""
        return f"Did {number} {whose} die in events{sides}{rest}?"
    if question.ask == "share":
        stated = question.word or f"{_number(question.low, question.high)} percent"
        return f"Of all events in which {actor} is a side{rest}, is the share in which {other} is the other “{stated}”?"
    if question.ask == "trend":
        times = f"{question.factor:g} times as many" if question.factor is not None else question.change
        return f"Did events in which {both}{rest} become {times} (“{question.word}”)?"
    if question.ask == "first":
        day = f" before {question.since}" if question.since else ""
        place = f" {where}" if where else ""
        return f"Are there no events in which {both}{place}{day} (“{question.word}”)?"
    there = "Are there no events" if question.ask == "none" else "Are there events"
    return f"{there} in which {both}{rest}?"


def parameters(question: Question) -> Parameters:
    """The question as plain values; what is not asked is left out."""
    if isinstance(question, OrderQuestion):
        parts = {"first": parameters(question.first), "then": parameters(question.then)}
        named = {f"{which}_{name}": value for which, part in parts.items() for name, value in part.items()}
        return {"ask": "order", **named}
    given: Parameters = {"ask": _ASKS.get(type(question), "") or getattr(question, "ask", "")}
    for name in question.__struct_fields__:
        value = getattr(question, name)
        if isinstance(value, Side):
            given[name] = value.name
            given[f"{name}_is"] = list(value.entities) or value.group
        elif isinstance(value, date):
            given[name] = value.isoformat()
        elif isinstance(value, tuple):
            given[name] = [f"{limit:g}" for limit in value]
        elif value is not None and value is not False and name not in {"ask", "note"}:
            given[name] = value
    return given


_ASKS: dict[type, str] = {ListQuestion: "listed", HoldQuestion: "held", ReviewQuestion: "reviewed"}


def _when(since: date | None, until: date | None) -> str:
    if since and since == until:
        return f"on {since}"
    if since and until:
        return f"between {since} and {until}"
    return f"since {since}" if since else f"until {until}" if until else ""


def _number(low: float | None, high: float | None) -> str:
    if low is not None and low == high:
        return f"{low:g}"
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    return f"at least {low:g}" if low is not None else f"at most {high:g}" if high is not None else "any"
