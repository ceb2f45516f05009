"""Answer a question with a sanctions list: who is on it, and since when as far as it tells.

In:   a ListQuestion, a table of designations.   Out: an Answer.
Knows nothing of: claims, other kinds of table; whether it is right that somebody is on a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from sayso.check import statements
from sayso.check.cutting import name_words
from sayso.check.findings import ROWS, Answer, Possible
from sayso.check.names import Match, Names
from sayso.check.questions import ListQuestion
from sayso.check.tables.rows import Designation
from sayso.check.tables.table import Table
from sayso.check.words import CheckWords

_POSSIBLE = 10  # rows shown as possible


class ListTable:
    """A list, ready to be asked."""

    def __init__(self, table: Table, words: CheckWords) -> None:
        self._table, self._coverage, self._words = table, table.coverage, words
        self._names = Names(table.designations, words.names)
        self._version = _day(table.version)

    def fits(self, question: ListQuestion) -> bool:
        """Whether it is the list that the question is on; one gathered from others may be any."""
        return None in (question.authority, self._coverage.authority) or question.authority == self._coverage.authority

    def answer(self, question: ListQuestion) -> Answer:
        """What the list shows on the question."""
        answer = self._count(question) if question.count is not None else self._who(question)
        if question.count is None:
            spelled = [m.name for m in self._names.find(question.name) if m.certain]
            answer = msgspec.structs.replace(answer, sql=self._statement(question, spelled))
        note = (question.note,) if question.note else ()
        return msgspec.structs.replace(answer, caveats=(*note, *answer.caveats, *self._coverage.definition))

    def listed(self, name: str) -> tuple[Designation, ...]:
        """The rows of somebody, where that is certain."""
        return tuple(match.designation for match in self._names.find(name) if match.certain)

    def _who(self, question: ListQuestion) -> Answer:
        matches = self._names.find(question.name)
        certain = [match for match in matches if match.certain]
        possible = tuple(
            Possible(row=m.designation.row, name=m.name, reason=m.reason) for m in matches if not m.certain
        )[:_POSSIBLE]
        if not certain:
            return msgspec.structs.replace(self._nobody(question, named=bool(possible)), possible=possible)
        if not (own := self._of_whom(question, certain)):
            return msgspec.structs.replace(self._elsewhere(question, certain), possible=possible)
        certain = own
        answer = self._denied(question, certain) if question.denied else self._dated(question, certain)
        spelled = dict.fromkeys(f"The list has “{m.name}”: {m.reason}." for m in certain if m.reason != "the same name")
        rows = tuple(dict.fromkeys(match.designation.row for match in certain))
        several = ("Several rows have this name; they may be several persons.",) if len(rows) > 1 else ()
        return msgspec.structs.replace(
            answer, rows=rows[:ROWS], matched=len(rows), possible=possible, caveats=(*spelled, *several)
        )

    def _of_whom(self, question: ListQuestion, certain: Sequence[Match]) -> list[Match]:
        """The rows that are of the list which the question is on: a table gathered from several names it in each."""
        if question.authority is None or self._coverage.authority is not None:
            return list(certain)
        known = next((a for a in self._words.authority if a.name == question.authority), None)
        words = known.words if known else (question.authority,)
        named = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?!\w)")
        return [match for match in certain if named.search(match.designation.authority)]

    def _elsewhere(self, question: ListQuestion, certain: Sequence[Match]) -> Answer:
        whose = dict.fromkeys(m.designation.authority for m in certain)
        told = " and ".join(filter(None, whose)) or "a list that the table does not name"
        reason = f"{_shown(certain)} there as listed by {told}; the claim is on a list of {question.authority}"
        rows = tuple(dict.fromkeys(match.designation.row for match in certain))
        return Answer(finding="partly", reason=reason, rows=rows[:ROWS], matched=len(rows))

    def _statement(self, question: ListQuestion, spelled: Sequence[str]) -> str:
        """The rows with these spellings, or, without any, with the very words of the name in any order."""
        words = statements.quoted(
            " ".join(sorted(name_words(question.name, self._words.names, self._words.names.spelled)))
        )
        named = statements.one_of("name", spelled) if spelled else f"words = {words}"
        what, source = "DISTINCT row, name, authority, listed, bound", "evidence_designation JOIN evidence_name"
        return statements.select(what, f"{source} USING (evidence, seq)", [statements.own(self._table), named])

    def _nobody(self, question: ListQuestion, *, named: bool) -> Answer:
        when = f" of {self._table.version}" if self._table.version else ""
        reason = f"no row of the list{when} is certainly “{question.name}”"
        if named:
            reason += ", some possibly"
        elif self._coverage.complete and self._on_its_day(question):
            verdict = "; the list is complete for that day"
            return Answer(finding="consistent" if question.denied else "inconsistent", reason=reason + verdict)
        return Answer(finding="not_in_coverage", reason=f"{reason}; it has only those who were listed on its day")

    def _on_its_day(self, question: ListQuestion) -> bool:
        """Whether the question is on the very day of the list."""
        day = self._version
        return day is not None and question.since == question.until == day

    def _denied(self, question: ListQuestion, certain: Sequence[Match]) -> Answer:
        if question.since is None and question.until is None:
            return Answer(finding="inconsistent", reason=f"{_shown(certain)} on the list, and the claim denies it")
        first = _first(certain)
        if first is not None and question.until is not None and first > question.until:
            return Answer(finding="consistent", reason=f"{_shown(certain)} listed on {first}, after the claim's days")
        if first is not None and question.since is not None and first <= question.since:
            return Answer(finding="inconsistent", reason=f"{_shown(certain)} listed since {first}")
        reason = f"{_shown(certain)} on the list; whether on the claim's days, it does not tell"
        return Answer(finding="partly", reason=reason)

    def _dated(self, question: ListQuestion, certain: Sequence[Match]) -> Answer:
        shown = f"{_shown(certain)} on the list"
        since, until = question.since, question.until
        if since is None and until is None:
            return Answer(finding="consistent", reason=shown)
        known = [m.designation for m in certain if m.designation.listed and m.designation.bound == "on"]
        days = sorted(d.listed for d in known if d.listed)
        within = [day for day in days if (since is None or day >= since) and (until is None or day <= until)]
        if within:
            return Answer(finding="consistent", reason=f"{shown}, listed on {within[0]}")
        if days and len(known) == len(certain):
            if until is not None and days[0] > until:
                reason = f"{shown}, but listed on {days[0]}, after the claim's days"
                return Answer(finding="inconsistent", reason=reason, caveats=_AGAIN)
            return Answer(finding="partly", reason=f"{shown}, listed on {days[-1]}, before the claim's days")
        bounds = [m.designation.listed for m in certain if m.designation.listed and m.designation.bound == "by"]
        if bounds and since is None and until is not None and min(bounds) <= until:
            return Answer(finding="consistent", reason=f"{shown}, listed on or before {min(bounds)}")
        if bounds:
            reason = f"{shown}; on which day it was listed is not told, only that it was on or before {min(bounds)}"
            return Answer(finding="partly", reason=reason)
        return Answer(finding="partly", reason=f"{shown}; it does not tell since when")

    def _count(self, question: ListQuestion) -> Answer:
        wanted, since, until = question.count or 0, question.since, question.until
        rows = self._table.designations
        if since is None or until is None:
            return Answer(finding="not_checkable", reason="how many were listed needs the days on which they were")
        if not any(row.bound == "on" for row in rows):
            return Answer(finding="not_checkable", reason="the list has no days of listing to count by")
        found = [row for row in rows if row.bound == "on" and row.listed and since <= row.listed <= until]
        unknown = sum(row.bound != "on" for row in rows)
        days = f"listed BETWEEN '{since}' AND '{until}'"
        kept = Answer(
            finding="not_in_coverage",
            sql=statements.select(
                "row", "evidence_designation", [statements.own(self._table), "bound = 'on'", days], order="seq"
            ),
            reason=f"{len(found):,} rows were listed on these days; whoever was taken off since is gone",
            rows=tuple(row.row for row in found[:ROWS]),
            matched=len(found),
            numbers={"listed": float(len(found)), "unknown": float(unknown)},
        )
        if unknown:
            reason = f"{len(found):,} rows were listed on these days, and {unknown:,} rows do not tell their day"
            return msgspec.structs.replace(kept, reason=reason)
        if len(found) == wanted:
            return msgspec.structs.replace(
                kept, finding="consistent", reason=f"{wanted:,} rows were listed on these days"
            )
        if len(found) > wanted:
            reason = f"{len(found):,} rows were listed on these days, of which the claim may mean {wanted:,}"
            return msgspec.structs.replace(kept, finding="partly", reason=reason)
        return kept


_AGAIN = ("Somebody who was taken off a list and put on it again has the later day.",)


def _shown(certain: Sequence[Match]) -> str:
    rows = list(dict.fromkeys(match.designation.row for match in certain))
    programmes = dict.fromkeys(p for match in certain for p in match.designation.programmes)
    under = f" (programme {', '.join(programmes)})" if programmes else ""
    return f"{', '.join(rows[:3])}{' …' if len(rows) > 3 else ''}{under} is"


def _first(certain: Sequence[Match]) -> date | None:
    days = [m.designation.listed for m in certain if m.designation.listed and m.designation.bound == "on"]
    return min(days, default=None)


def _day(version: str | None) -> date | None:
    try:
        return date.fromisoformat(version) if version else None
    except ValueError:
        return None
