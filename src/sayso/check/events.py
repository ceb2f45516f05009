"""Answer a question with the events of a table.

In:   an EventQuestion, a table of events.   Out: an Answer.
Knows nothing of: claims, other kinds of table.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import numpy as np

from sayso.check import shares
from sayso.check.filters import Filters, Rows
from sayso.check.filters import part as part_of
from sayso.check.findings import ROWS, Answer
from sayso.check.limits import Limits
from sayso.check.questions import EventQuestion, Side
from sayso.check.shares import FEWEST, Change, Share, Window, claimed
from sayso.check.sides import sort_of
from sayso.check.tables.columns import Events, flags
from sayso.check.tables.table import Table
from sayso.check.words import CheckWords
from sayso.resolve.aliases.matching import AliasTables

_PINNED = 3  # days within which a number of deaths can be one incident's
_ONE_SIDED = "one-sided violence"


class EventTable:
    """A table of events, ready to be asked."""

    def __init__(self, table: Table, events: Events, aliases: AliasTables, words: CheckWords) -> None:
        self._coverage, self._events, self._words = table.coverage, events, words
        self._filters = Filters(table, events, aliases, words)
        self._sides = self._filters.sides
        self._limits = Limits(table.coverage, self._filters, words)

    # -- answers -------------------------------------------------------------------------------------------------------

    def fits(self, question: EventQuestion) -> bool:
        """Whether the question is one to this table."""
        return self._limits.fits(question)

    def answer(self, question: EventQuestion) -> Answer:
        """What the table shows on the question."""
        if refusal := self._limits.refusal(question):
            return refusal
        found = self._filters.rows(question, question.since, question.until)
        if question.ask == "share":
            answer = self._share(question, found)
        elif question.ask == "trend":
            answer = self._trend(question)
        elif question.ask == "first":
            answer = self._first(question, found)
        elif question.ask == "none":
            answer = self._none(question, found)
        elif question.ask == "deaths":
            answer = self._deaths(question, found)
        else:
            answer = self._exists(question, found)
        more = [*answer.caveats, *self._limits.caveats(question)]
        sql = answer.sql or self._filters.statement("row", question, question.since, question.until)
        return _with(answer, caveats=tuple(dict.fromkeys(more)), sql=sql)

    def shares(self, actor: Side, since: date | None, until: date | None, state: str | None = None) -> dict[str, int]:
        """How many of an actor's events were with opponents of which class. ``state``: the country whose government
        is "government"; another is one of "other states".
        """
        events, own = self._events, flags(self._sides.of(actor), len(self._events.sides))
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
        found = self._filters.rows(question, question.since, question.until)
        return date.fromordinal(int(self._events.since[found].min())) if len(found) else None

    def earliest(self, question: EventQuestion) -> str:
        """`first` as SQL."""
        return self._filters.statement("min(since)", question, question.since, question.until)

    def _exists(self, question: EventQuestion, found: Rows) -> Answer:
        if not len(found):
            return self._limits.absent()
        kept = self._answer(found)
        alone = "with whom it fought is not asked" if question.mutual and question.other is None else None
        sure = question.mutual or self._directed(found)
        if (unasked := self._limits.unasked(question) or alone) or not sure:
            why = unasked or "the table does not tell which side acted"
            return _with(kept, finding="partly", reason=f"{_having(kept.matched)}; {why}")
        return _with(
            kept,
            finding="consistent",
            reason=f"{_events(kept.matched)} {'fits' if kept.matched == 1 else 'fit'} the claim",
        )

    def _none(self, question: EventQuestion, found: Rows) -> Answer:
        if not len(found):
            if self._limits.beyond(question):
                return self._limits.absent()
            return Answer(finding="partly", reason=f"no row found, as the claim has it; {self._limits.only()}")
        kept = self._answer(found)
        number = _having(kept.matched)
        if unasked := self._limits.unasked(question):
            return _with(kept, finding="not_checkable", reason=f"{number}, but {unasked}")
        if not question.mutual and not self._directed(found):
            return _with(
                kept, finding="not_checkable", reason=f"{number}, but the table does not tell which side acted"
            )
        return _with(kept, finding="inconsistent", reason=f"{number}, and the claim is that there are none")

    def _deaths(self, question: EventQuestion, found: Rows) -> Answer:
        if not len(found):
            return self._limits.absent()
        kept = self._answer(found)
        events = self._events
        columns = (events.civilians,) * 3 if question.civilians else (events.low, events.best, events.high)
        if any((column[found] < 0).any() for column in columns):
            what = "deaths of civilians" if question.civilians else "deaths"
            return _with(kept, finding="not_checkable", reason=f"the table does not give {what} for these rows")
        low, best, high = (int(column[found].sum()) for column in columns)
        numbers = {"low": float(low), "best": float(best), "high": float(high)}
        sums = "count(*), sum(civilians)" if question.civilians else "count(*), sum(low), sum(best), sum(high)"
        sql = self._filters.statement(sums, question, question.since, question.until)
        kept = _with(kept, numbers=numbers, sql=sql)
        claimed_low, claimed_high = claimed(question)
        one_fits = bool(np.any((columns[0][found] <= claimed_high) & (columns[2][found] >= claimed_low)))
        whole_fits = low <= claimed_high and high >= claimed_low
        table = f"the table counts {best:,} ({low:,} to {high:,}) in {_events(kept.matched)}"
        pinned = _pinned(question)
        if whole_fits or one_fits:
            which = "" if whole_fits else "; one of them by itself fits the number"
            if unasked := self._limits.unasked(question):
                return _with(kept, finding="partly", reason=f"{table}{which}; {unasked}")
            return _with(kept, finding="consistent", reason=f"{table}{which}")
        if pinned:
            return _with(kept, finding="inconsistent", reason=f"{table}, and the claim has another number")
        return _with(kept, finding="partly", reason=f"{table}; which of them the claim is on is not told")

    def _share(self, question: EventQuestion, part: Rows) -> Answer:
        if question.actor is None or question.other is None:
            raise AssertionError("refused before")
        of_all = msgspec.structs.replace(question, other=None)
        whole = self._filters.rows(of_all, question.since, question.until)
        share = Share(len(part), len(whole))
        what = f"count(*) FILTER (WHERE {part_of(question)}), count(*)"
        kept = _with(
            self._answer(part), sql=self._filters.statement(what, question, question.since, question.until, whole=True)
        )
        if share.whole < FEWEST:
            reason = f"only {_events(share.whole)} of “{question.actor.name}” found"
            return _with(kept, finding="not_in_coverage", reason=reason)
        low, high = share.interval
        finding, why = shares.weighed(question, share)
        table = f"{share.part:,} of {share.whole:,} events, {share.percent:.1f} percent ({low:.1f} to {high:.1f})"
        numbers = {"part": share.part, "of": share.whole, "percent": share.percent, "low": low, "high": high}
        halves = self._halves(question, part, whole)
        finding, told = shares.by_halves(question, finding, halves)
        why = f"{why}; {told}"
        numbers |= {"first_half": halves[0].percent, "second_half": halves[1].percent}
        window = () if question.since or question.until else ("No window was given: all days of the table.",)
        kept = _with(
            kept,
            numbers={name: round(float(value), 1) for name, value in numbers.items()},
            caveats=(*window, "A share of lethal events is no share of attacks or of engagements."),
        )
        if not question.mutual and not self._directed(part):
            finding, why = "partly", f"{why}; the table does not tell which side acted"
        return _with(kept, finding=finding, reason=f"{table}; {why}")

    def _halves(self, question: EventQuestion, part: Rows, whole: Rows) -> tuple[Share, Share]:
        """The share in each half of the window, by the first day of an event."""
        first, last = int(self._events.since[whole].min()), int(self._events.since[whole].max())
        ends = (question.since or date.fromordinal(first), question.until or date.fromordinal(last))
        window = shares.halved("", max(ends[0], date.fromordinal(first)), min(ends[1], date.fromordinal(last)))
        early = [int((self._events.since[rows] <= window.early.toordinal()).sum()) for rows in (part, whole)]
        return Share(*early), Share(len(part) - early[0], len(whole) - early[1])

    def _trend(self, question: EventQuestion) -> Answer:
        first, last = self._events.span
        found = shares.windows(question, first, last) if first and last else []
        if not found:
            return Answer(finding="not_in_coverage", reason="the table has too few days to count a change in them")
        part = self._filters.rows(question, None, None)
        whole = self._filters.rows(msgspec.structs.replace(question, other=None), None, None)
        changes = [self._change(window, part, whole) for window in found]
        main = changes[0]
        within = part[self._on(part, main.window)]
        kept = _with(self._answer(within), sql=self._counted(question, main.window))
        if main.before + main.after < FEWEST:
            reason = f"only {main.before + main.after} events with these sides found: too few to count a change in"
            return _with(kept, finding="not_in_coverage", reason=reason)
        finding, reason = shares.changed(question, changes)
        (low, high), (one, other) = main.interval, main.shares
        numbers = {
            "before": float(main.before),
            "after": float(main.after),
            "times": main.ratio,
            "low": low,
            "high": high,
        }
        if question.other is not None:
            numbers |= {"percent_before": one.percent, "percent_after": other.percent}
        window = () if question.since else ("The claim gives no days from which to count: several windows are shown.",)
        kept = _with(
            kept,
            numbers={name: round(value, 2) for name, value in numbers.items()},
            caveats=(*window, "More or fewer events in a table can be more or fewer reports of them."),
        )
        if unasked := self._limits.unasked(question):
            finding, reason = "partly", f"{reason}; {unasked}"
        elif not question.mutual and not self._directed(within):
            finding, reason = "partly", f"{reason}; the table does not tell which side acted"
        return _with(kept, finding=finding, reason=reason)

    def _change(self, window: Window, part: Rows, whole: Rows) -> Change:
        since, early, late, until = (day.toordinal() for day in window[1:])
        counts = []
        for days in (self._events.since[part], self._events.since[whole]):
            counts += [int(((days >= one) & (days <= other)).sum()) for one, other in ((since, early), (late, until))]
        return Change(window, *counts)

    def _on(self, rows: Rows, window: Window) -> np.ndarray:
        days = self._events.since[rows]
        return (days >= window.since.toordinal()) & (days <= window.until.toordinal())

    def _counted(self, question: EventQuestion, window: Window) -> str:
        """The counts of a change as SQL: of these sides in each part, then of all events of the actor."""
        both = f"{part_of(question)} AND " if question.other is not None else ""
        early, late = f"since <= '{window.early}'", f"since >= '{window.late}'"
        counts = (f"{both}{early}", f"{both}{late}", early, late)
        what = ", ".join(f"count(*) FILTER (WHERE {count})" for count in counts)
        days = f"\n  AND since BETWEEN '{window.since}' AND '{window.until}'"
        return self._filters.statement(what, question, None, None, whole=True) + days

    def _first(self, question: EventQuestion, found: Rows) -> Answer:
        if question.since is None:
            return Answer(finding="not_checkable", reason="the claim does not tell when the first time was")
        day = question.since - timedelta(days=1)
        earlier = self._filters.rows(question, None, day)
        sql = self._filters.statement("min(since), count(*)", question, None, day)
        if not len(earlier):
            if not len(found):
                return _with(self._limits.absent(), sql=sql)
            reason = f"no earlier row was found, as the claim has it; {self._limits.only()}"
            return _with(self._answer(found), finding="partly", reason=reason, sql=sql)
        begun = date.fromordinal(int(self._events.since[earlier].min()))
        reason = f"{_having(len(earlier), 'earlier ')}, the first of them on {begun}"
        kept = _with(self._answer(earlier), sql=sql)
        if unasked := self._limits.unasked(question):
            return _with(kept, finding="partly", reason=f"{reason}; {unasked}")
        if not question.mutual and not self._directed(earlier):
            return _with(kept, finding="partly", reason=f"{reason}; the table does not tell which side acted")
        return _with(kept, finding="inconsistent", reason=reason)

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _directed(self, found: Rows) -> bool:
        """Whether the rows tell who acted: the table does, or all of them are violence against civilians."""
        sorts = {self._events.sorts[at] for at in np.unique(self._events.sort[found]).tolist()}
        return self._coverage.directed or (bool(sorts) and sorts <= {_ONE_SIDED})

    def _answer(self, found: Rows) -> Answer:
        rows = tuple(self._events.rows[at] for at in found[:ROWS].tolist())
        return Answer(finding="partly", reason="", rows=rows, matched=len(found))


def _events(number: int, sort: str = "") -> str:
    """
    >>> _events(1), _events(2000, "earlier ")
    ('1 event', '2,000 earlier events')
    """
    return f"{number:,} {sort}event{'' if number == 1 else 's'}"


def _having(number: int, sort: str = "") -> str:
    return f"{_events(number, sort)} {'has' if number == 1 else 'have'} these sides"


def _with(answer: Answer, **values: object) -> Answer:
    return msgspec.structs.replace(answer, **values)


def _pinned(question: EventQuestion) -> bool:
    """One place and a few days: the number can only be that of these events."""
    if not (question.place and question.since and question.until):
        return False
    return question.until - question.since < timedelta(days=_PINNED)
