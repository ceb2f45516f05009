"""Answer a question with a table of dyads: whether two sides fought in a year, and since when.

In:   an EventQuestion, a table of DyadYears.   Out: an Answer.
Knows nothing of: claims, other kinds of table.
"""

from __future__ import annotations

from datetime import date

import msgspec

from sayso.check import statements
from sayso.check.findings import ROWS, Answer
from sayso.check.questions import EventQuestion
from sayso.check.sides import Sides
from sayso.check.tables.rows import DyadYear
from sayso.check.tables.table import Table
from sayso.check.words import CheckWords
from sayso.resolve.aliases.matching import AliasTables


class DyadTable:
    """A table of dyads, ready to be asked."""

    def __init__(self, table: Table, aliases: AliasTables, words: CheckWords) -> None:
        self._table = table
        names = list(dict.fromkeys(side for dyad in table.dyads for side in (dyad.side_a, dyad.side_b)))
        self._places = {name: at for at, name in enumerate(names)}
        countries = tuple(dict.fromkeys(dyad.location for dyad in table.dyads))
        # A name is looked up on the last day only: a table of eighty years has names that went from one to another.
        self._sides = Sides(names, countries, (None, table.coverage.until), aliases, words)

    def fits(self, question: EventQuestion) -> bool:
        """Whether the question is one on fighting between two sides as such, in no place and of no number."""
        two = question.actor is not None and question.other is not None
        return two and question.mutual and question.ask in {"exists", "none"} and not question.place

    def answer(self, question: EventQuestion) -> Answer:
        """What the table shows on the question."""
        answer = self._answer(question)
        sql = None if answer.finding == "not_checkable" else self._statement(question)
        caveats = (*answer.caveats, *self._table.coverage.definition)
        return msgspec.structs.replace(answer, caveats=caveats, sql=sql)

    def first(self, question: EventQuestion) -> date | None:
        """The day on which the two sides first fought a deadly fight, as the table has it."""
        return min((dyad.began for dyad in self._of(question) if dyad.began), default=None)

    def earliest(self, question: EventQuestion) -> str:
        """`first` as SQL."""
        return statements.select("min(began)", "evidence_dyad", self._where(question))

    def _where(self, question: EventQuestion) -> list[str]:
        names = list(self._places)
        one, other = (
            [names[at] for at in self._sides.of(side)] if side is not None else []
            for side in (question.actor, question.other)
        )
        both = (
            f"{statements.one_of(a, one)} AND {statements.one_of(b, other)}"
            for a, b in (("side_a", "side_b"), ("side_b", "side_a"))
        )
        return [statements.own(self._table), "(({}) OR ({}))".format(*both)]

    def _statement(self, question: EventQuestion) -> str:
        years = [f"year >= {question.since.year}"] if question.since else []
        years += [f"year <= {question.until.year}"] if question.until else []
        return statements.select("row", "evidence_dyad", [*self._where(question), *years], order="year, row")

    def _answer(self, question: EventQuestion) -> Answer:
        for side in (question.actor, question.other):
            if side is not None and side.doubt:
                return Answer(finding="not_checkable", reason=side.doubt)
        between = self._of(question)
        since = question.since.year if question.since else None
        until = question.until.year if question.until else None
        found = [d for d in between if (since is None or d.year >= since) and (until is None or d.year <= until)]
        rows = tuple(dyad.row for dyad in found[:ROWS])
        if not found:
            reason = "no year of these two sides found; the table has only years of at least 25 deaths between them"
            return Answer(finding="not_in_coverage" if question.ask == "exists" else "partly", reason=reason)
        years = f"{len({d.year for d in found})} years of these two sides, {found[0].year} the first of them"

        if question.since and question.until and (question.until - question.since).days < 364:
            return Answer(finding="partly", reason=f"{years}; the table has whole years", rows=rows, matched=len(found))
        return Answer(
            finding="consistent" if question.ask == "exists" else "inconsistent",
            reason=years,
            rows=rows,
            matched=len(found),
        )

    def _of(self, question: EventQuestion) -> list[DyadYear]:
        if question.actor is None or question.other is None:
            return []
        one, other = set(self._sides.of(question.actor)), set(self._sides.of(question.other))
        found = []
        for dyad in self._table.dyads:
            a, b = self._places[dyad.side_a], self._places[dyad.side_b]
            if (a in one and b in other) or (a in other and b in one):
                found.append(dyad)
        return sorted(found, key=lambda dyad: (dyad.year, dyad.row))
