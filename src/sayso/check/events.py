"""Answer a question with the events of a table.

In:   an EventQuestion, a table of events.   Out: an Answer.
Knows nothing of: claims, other kinds of table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.check.findings import ROWS, Answer, Possible, Verdict
from sayso.check.names import compare, name_words
from sayso.check.places import Places
from sayso.check.questions import EventQuestion, Side
from sayso.check.sides import Sides, sort_of
from sayso.check.tables.columns import Events, flags
from sayso.check.tables.table import Table
from sayso.check.words import CheckWords
from sayso.resolve.aliases.matching import AliasTables

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
_PINNED = 3  # days within which a number of deaths can be one incident's
_NEAR, _FAR = 5.0, 15.0  # points of percent from a stated share: still the same, the same in part
_FEWEST = 20  # events below which a share tells nothing
_FEW = 3  # countries that are named with a finding, so that nobody takes the table for the world's
_ABOUT = 0.2  # how much of a number "about" leaves open
_Z = 1.96  # of a 95 % interval
_ONE_SIDED = "one-sided violence"


class EventTable:
    """A table of events, ready to be asked."""

    def __init__(self, table: Table, events: Events, aliases: AliasTables, words: CheckWords) -> None:
        self._coverage, self._events, self._words = table.coverage, events, words
        days = (table.coverage.since, table.coverage.until)
        self._sides = Sides(events.sides, table.coverage.countries, days, aliases, words)
        self._places = Places(events.wheres, events.countries)

    # -- answers -------------------------------------------------------------------------------------------------------

    def answer(self, question: EventQuestion) -> Answer:
        """What the table shows on the question."""
        if refusal := self._refusal(question):
            return refusal
        found = self._found(question, question.since, question.until)
        if question.ask == "share":
            answer = self._share(question)
        elif question.ask == "none":
            answer = self._none(question, found)
        elif question.ask == "deaths":
            answer = self._deaths(question, found)
        else:
            answer = self._exists(question, found)
        more = [*answer.caveats, *self._limits(question), *self._coverage.definition, *self._notes(question)]
        return _with(answer, caveats=tuple(dict.fromkeys(more)))

    def shares(self, actor: Side, since: date | None, until: date | None, state: str | None = None) -> dict[str, int]:
        """How many of an actor's events were with opponents of which class. ``state``: the country whose government
        is "government"; another is one of "other states".
        """
        events, own = self._events, self._flags(actor)
        a, b = own[events.a], own[events.b]
        days = events.on(since, until)
        sorts = [sort_of(members, state) for members in self._sides.members]
        counted: dict[str, int] = {}
        for mask, opponents in ((days & a, events.b), (days & b & ~a, events.a)):
            places, numbers = np.unique(opponents[mask], return_counts=True)
            for place, number in zip(places.tolist(), numbers.tolist(), strict=True):
                counted[sorts[place]] = counted.get(sorts[place], 0) + number
        return dict(sorted(counted.items(), key=lambda pair: -pair[1]))

    def first(self, question: EventQuestion) -> date | None:
        """The first day on which events of a question may have been: what came before what."""
        found = self._found(question, question.since, question.until)
        return date.fromordinal(int(self._events.since[found].min())) if len(found) else None

    def _refusal(self, question: EventQuestion) -> Answer | None:
        """Why the table cannot be asked, or None."""
        coverage = self._coverage
        if question.weapon:
            reason = f"the claim is on a weapon (“{question.weapon}”), and the table has no column for weapons"
            return Answer(finding="not_checkable", reason=f"{reason}: neither rows nor their absence would tell")
        if question.doubt:
            return Answer(finding="not_checkable", reason=question.doubt)
        if question.actor is None:
            return Answer(finding="not_checkable", reason="the claim does not tell who did it")
        for side in (question.actor, question.other):
            if side is not None and side.doubt:
                return Answer(finding="not_checkable", reason=side.doubt)
        if question.place and not self._places.known and not self._places.country(question.place):
            return Answer(finding="not_checkable", reason="the table has no names of places, and the claim is on one")
        if question.ask in {"share"} and question.other is None:
            return Answer(finding="not_checkable", reason="the claim does not tell of whom the share is")
        if question.ask == "share" and question.place and not self._places.country(question.place):
            return Answer(finding="not_checkable", reason="a share in one place is not counted")
        outside = (question.since and coverage.until and question.since > coverage.until) or (
            question.until and coverage.since and question.until < coverage.since
        )
        if outside:
            days = f"{coverage.since} to {coverage.until}"
            return Answer(finding="not_in_coverage", reason=f"the table has rows from {days} only")
        for side in (question.actor, question.other):
            if side is not None and not self._sides.of(side):
                reason = f"no side of the table is known to be “{side.name}”"
                reason += "; it may stand there under another name"
                return Answer(finding="not_in_coverage", reason=reason, possible=self._alike(side))
        if question.place and not self._places.of(question.place):
            reason = f"no row of the table is in a place of the name “{question.place}”"
            return Answer(finding="not_in_coverage", reason=f"{reason}; it may be spelled otherwise there")
        return None

    def _alike(self, side: Side) -> tuple[Possible, ...]:
        """Sides whose name is much like the one asked for."""
        wanted, words = name_words(side.name, self._words.names), self._words.names
        found: dict[str, Possible] = {}
        for member in (m for members in self._sides.members for m in members):
            told = compare(wanted, name_words(member.name, words)) if wanted and member.name not in found else None
            if told:
                found[member.name] = Possible(row=member.name, name=member.name, reason=told[1])
        return tuple(found[name] for name in sorted(found))

    def _exists(self, question: EventQuestion, found: Rows) -> Answer:
        if not len(found):
            return self._absent()
        kept = self._answer(found)
        number = f"{kept.matched:,} events"
        alone = "with whom it fought is not asked" if question.mutual and question.other is None else None
        sure = question.mutual or self._directed(found)
        if (unasked := self._unasked(question) or alone) or not sure:
            why = unasked or "the table does not tell which side acted"
            return _with(kept, finding="partly", reason=f"{number} have these sides; {why}")
        return _with(kept, finding="consistent", reason=f"{number} fit the claim")

    def _none(self, question: EventQuestion, found: Rows) -> Answer:
        if not len(found):
            if self._beyond(question):
                return self._absent()
            return Answer(finding="partly", reason=f"no row found, as the claim has it; {self._only()}")
        kept = self._answer(found)
        number = f"{kept.matched:,} events have these sides"
        if unasked := self._unasked(question):
            return _with(kept, finding="not_checkable", reason=f"{number}, but {unasked}")
        if not question.mutual and not self._directed(found):
            return _with(
                kept, finding="not_checkable", reason=f"{number}, but the table does not tell which side acted"
            )
        return _with(kept, finding="inconsistent", reason=f"{number}, and the claim is that there are none")

    def _deaths(self, question: EventQuestion, found: Rows) -> Answer:
        if not len(found):
            return self._absent()
        kept = self._answer(found)
        events = self._events
        columns = (events.civilians,) * 3 if question.civilians else (events.low, events.best, events.high)
        if any((column[found] < 0).any() for column in columns):
            what = "deaths of civilians" if question.civilians else "deaths"
            return _with(kept, finding="not_checkable", reason=f"the table does not give {what} for these rows")
        low, best, high = (int(column[found].sum()) for column in columns)
        numbers = {"low": float(low), "best": float(best), "high": float(high)}
        kept = _with(kept, numbers=numbers)
        claimed_low, claimed_high = _claimed(question)
        one_fits = bool(np.any((columns[0][found] <= claimed_high) & (columns[2][found] >= claimed_low)))
        whole_fits = low <= claimed_high and high >= claimed_low
        table = f"the table counts {best:,} ({low:,} to {high:,}) in {kept.matched:,} events"
        pinned = _pinned(question)
        if whole_fits or one_fits:
            which = "" if whole_fits else "; one of them by itself fits the number"
            if unasked := self._unasked(question):
                return _with(kept, finding="partly", reason=f"{table}{which}; {unasked}")
            return _with(kept, finding="consistent", reason=f"{table}{which}")
        if pinned:
            return _with(kept, finding="inconsistent", reason=f"{table}, and the claim has another number")
        return _with(kept, finding="partly", reason=f"{table}; which of them the claim is on is not told")

    def _share(self, question: EventQuestion) -> Answer:
        if question.actor is None or question.other is None:
            raise AssertionError("refused before")
        of_all = msgspec.structs.replace(question, other=None)
        whole = self._found(of_all, question.since, question.until)
        part = self._found(question, question.since, question.until)
        n, k = len(whole), len(part)
        kept = self._answer(part)
        if n < _FEWEST:
            return _with(kept, finding="not_in_coverage", reason=f"only {n} events of “{question.actor.name}” found")
        percent, (low, high) = 100 * k / n, _interval(k, n)
        kept = _with(kept, numbers={"part": float(k), "of": float(n), "percent": round(percent, 1),
                                    "low": round(low, 1), "high": round(high, 1)})  # fmt: skip
        table = f"{k:,} of {n:,} events, {percent:.1f} percent ({low:.1f} to {high:.1f})"
        window = () if question.since or question.until else ("No window was given: all days of the table.",)
        kept = _with(kept, caveats=(*window, "A share of lethal events is no share of attacks or of engagements."))
        finding, why = _weighed(question, percent, low, high)
        if not question.mutual and not self._directed(part):
            finding, why = "partly", f"{why}; the table does not tell which side acted"
        return _with(kept, finding=finding, reason=f"{table}; {why}")

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _found(self, question: EventQuestion, since: date | None, until: date | None) -> Rows:
        """The places of the rows that fit; what rules most of them out comes first, and the rest is asked of few."""
        events = self._events
        found = np.flatnonzero(events.on(since, until))
        if question.place:
            country, wheres = self._places.country(question.place), self._places.of(question.place)
            if country is not None:
                found = found[events.country[found] == country]
            else:
                found = found[flags(wheres, len(events.wheres))[events.where[found]]]
        sides = [self._flags(side) for side in (question.actor, question.other) if side is not None]
        a, b = events.a[found], events.b[found]
        if len(sides) == 1:
            found = found[sides[0][a] | sides[0][b]]
        elif sides:
            one, other = sides
            found = found[(one[a] & other[b]) | (one[b] & other[a])]
        if self._coverage.sorts and question.mode in self._words.modes:
            wanted = self._words.modes[question.mode]
            fitting = [at for at, sort in enumerate(events.sorts) if any(sort.endswith(f": {w}") for w in wanted)]
            found = found[flags(fitting, len(events.sorts))[events.sort[found]]]
        return found

    def _flags(self, side: Side) -> Flags:
        return flags(self._sides.of(side), len(self._events.sides))

    def _directed(self, found: Rows) -> bool:
        """Whether the rows tell who acted: the table does, or all of them are violence against civilians."""
        sorts = {self._events.sorts[at] for at in np.unique(self._events.sort[found]).tolist()}
        return self._coverage.directed or (bool(sorts) and sorts <= {_ONE_SIDED})

    def _unasked(self, question: EventQuestion) -> str | None:
        """What of the claim the rows do not tell, or None."""
        if question.mode and not (self._coverage.sorts and question.mode in self._words.modes):
            return f"that the attack was of the kind “{question.mode}” cannot be asked"
        return None

    def _answer(self, found: Rows) -> Answer:
        rows = tuple(self._events.rows[at] for at in found[:ROWS].tolist())
        return Answer(finding="partly", reason="", rows=rows, matched=len(found))

    def _absent(self) -> Answer:
        return Answer(finding="not_in_coverage", reason=f"no row found; {self._only()}")

    def _only(self) -> str:
        lethal = "somebody died of it and " if self._coverage.lethal else ""
        return f"the table would have it only if {lethal}it was reported"

    def _limits(self, question: EventQuestion) -> Iterable[str]:
        """Where the claim goes beyond the table."""
        coverage = self._coverage
        if 0 < len(coverage.countries) <= _FEW:
            yield f"It has rows of {', '.join(coverage.countries)} only."
        if coverage.since and coverage.until and self._beyond(question):
            yield f"The claim's days go beyond the table's, which are {coverage.since} to {coverage.until}."

    def _beyond(self, question: EventQuestion) -> bool:
        since, until = self._coverage.since, self._coverage.until
        early = question.since is not None and since is not None and question.since < since
        return early or (question.until is not None and until is not None and question.until > until)

    def _notes(self, question: EventQuestion) -> Iterable[str]:
        for side in (question.actor, question.other):
            if side is not None:
                yield from self._sides.notes(side)
                if side.group is not None:
                    who = "civilians" if side.group == "civilians" else "groups that are no state"
                    yield f"“{side.name}” is taken for all {who} of the table."


def _with(answer: Answer, **values: object) -> Answer:
    return msgspec.structs.replace(answer, **values)


def _claimed(question: EventQuestion) -> tuple[float, float]:
    """The numbers that the claim's words leave open."""
    low = -math.inf if question.low is None else question.low * (1 - _ABOUT * question.approximate)
    high = math.inf if question.high is None else question.high * (1 + _ABOUT * question.approximate)
    return low, high


def _pinned(question: EventQuestion) -> bool:
    """One place and a few days: the number can only be that of these events."""
    if not (question.place and question.since and question.until):
        return False
    return question.until - question.since < timedelta(days=_PINNED)


def _interval(k: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, in percent."""
    p, z2 = k / n, _Z * _Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def _weighed(question: EventQuestion, percent: float, low: float, high: float) -> tuple[Verdict, str]:
    """A share beside what the claim says of it."""
    if question.most or question.least:
        holds, in_part = question.most or question.least or (0.0, 0.0)
        under = question.most is not None
        said = f"“{question.word}” is taken as {'at most' if under else 'at least'} {holds:g} percent"
        if (low <= holds) if under else (high >= holds):
            return "consistent", said
        if (low <= in_part) if under else (high >= in_part):
            return "partly", f"{said}, in part {'up to' if under else 'from'} {in_part:g}"
        return "inconsistent", said
    claimed_low, claimed_high = _claimed(question)
    off = max(0.0, claimed_low - high, low - claimed_high)
    stated = max(0.0, claimed_low - percent, percent - claimed_high)
    if off == 0 or stated <= _NEAR:
        return "consistent", f"within {_NEAR:g} points of what is claimed, or its interval has it"
    if stated <= _FAR:
        return "partly", f"{stated:.1f} points from what is claimed"
    return "inconsistent", f"{stated:.1f} points from what is claimed"
