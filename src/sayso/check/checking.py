"""Claims of documents against evidence tables: each question to each table that it fits.

In:   ledgers, Tables, tables of actors.   Out: Findings, in the order of claims, then of tables.
Knows nothing of: files, where findings are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from sayso.check.asking import Asked, Asking
from sayso.check.dyads import DyadTable
from sayso.check.events import EventTable
from sayso.check.findings import Answer, Finding, Verdict
from sayso.check.holdings import HoldingTable
from sayso.check.lists import ListTable
from sayso.check.questions import (
    EventQuestion,
    HoldQuestion,
    ListQuestion,
    OrderQuestion,
    Question,
    ReviewQuestion,
    in_words,
    parameters,
)
from sayso.check.sides import kind_of, parts
from sayso.check.similar import ReviewTable
from sayso.check.tables.table import Table
from sayso.check.whom import places
from sayso.check.words import CheckWords
from sayso.records import Claim, Ledger
from sayso.resolve.aliases.matching import AliasTables
from sayso.resolve.aliases.names import fold


@dataclass
class Search:
    """How many different questions a table was asked, and how many of them found no row in it."""

    table: Table
    questions: int = 0
    unfound: int = 0

    def note(self, question: Question, answer: Answer | None) -> None:
        unlike = answer is None and isinstance(question, ReviewQuestion) and bool(self.table.reviews)
        if unlike or (answer is not None and (answer.rows or answer.finding != "not_checkable")):
            self.questions += 1
            self.unfound += answer is None or not answer.rows


class Checker:
    """Tables that are ready to be asked, one after the other."""

    def __init__(self, tables: Sequence[Table], aliases: AliasTables, words: CheckWords) -> None:
        self._aliases, self._words = aliases, words
        self._tables = [(table, ready(table, aliases, words)) for table in tables]
        self._places = places(aliases)
        named = (name for table in tables if table.events is not None for name in table.events.sides)
        self._sides = frozenset(fold(part) for name in named for part in parts(name) if kind_of(part) == "rebels")
        self._reviewed = any(isinstance(asks, ReviewTable) for _, asks in self._tables)
        self._searches = [Search(table) for table in tables]
        self._last: tuple[Ledger, tuple[tuple[Claim, tuple[Asked, ...], str], ...]] | None = None
        self._kept: dict[tuple[int, Question], Answer | None] = {}

    def findings(self, ledger: Ledger) -> Iterator[Finding]:
        """What the tables show on the claims of one document."""
        for claim, questions, _ in self._questions(ledger):
            for asked in questions:
                yield from self._of(claim.id, asked)
            if self._reviewed:
                yield from self._of(claim.id, Asked(None, ReviewQuestion(text=claim.content.text)))

    def unasked(self, ledger: Ledger) -> tuple[tuple[Claim, str], ...]:
        """The claims of a document that ask nothing of tables of events and lists, each with why."""
        return tuple((claim, why) for claim, questions, why in self._questions(ledger) if not questions)

    def _questions(self, ledger: Ledger) -> tuple[tuple[Claim, tuple[Asked, ...], str], ...]:
        if self._last is None or self._last[0] is not ledger:
            asking = Asking(ledger, self._aliases, self._words, self._places, self._sides)
            self._last = ledger, tuple((c, tuple(asking.of(c)), asking.silent(c)) for c in ledger.claims)
        return self._last[1]

    def searches(self) -> tuple[Search, ...]:
        """How often each table was searched."""
        return tuple(self._searches)

    def _of(self, claim: str, asked: Asked) -> Iterator[Finding]:
        for at, (table, asks) in enumerate(self._tables):
            key = (at, asked.question)
            if key not in self._kept:  # copies ask the same
                self._kept[key] = ask(asks, asked.question)
                self._searches[at].note(asked.question, self._kept[key])
            answer = self._kept[key]
            if answer is not None:
                yield finding(claim, asked.event, asked.question, table, answer)


Ready = EventTable | ListTable | DyadTable | HoldingTable | ReviewTable


def ready(table: Table, aliases: AliasTables, words: CheckWords) -> Ready:
    """A table made ready to be asked, whatever its kind."""
    if table.events is not None:
        return EventTable(table, table.events, aliases, words)
    if table.dyads:
        return DyadTable(table, aliases, words)
    if table.holdings:
        return HoldingTable(table, aliases, words)
    return ReviewTable(table) if table.reviews else ListTable(table, words)


def ask(table: Ready, question: Question) -> Answer | None:
    """The answer, or None where the table is of another kind than the question."""
    if isinstance(table, ListTable):
        return table.answer(question) if isinstance(question, ListQuestion) and table.fits(question) else None
    if isinstance(table, HoldingTable):
        return table.answer(question) if isinstance(question, HoldQuestion) else None
    if isinstance(table, ReviewTable):
        return table.answer(question) if isinstance(question, ReviewQuestion) else None
    if isinstance(question, OrderQuestion):
        return order(table, question)
    if not isinstance(question, EventQuestion) or not table.fits(question):
        return None
    return table.answer(question)


def order(table: EventTable | DyadTable, question: OrderQuestion) -> Answer | None:
    """What the first rows of two questions show on which of them came first."""
    if not (table.fits(question.first) and table.fits(question.then)):
        return None
    answers = [table.answer(msgspec.structs.replace(q, ask="exists")) for q in (question.first, question.then)]
    caveats = tuple(dict.fromkeys(caveat for answer in answers for caveat in answer.caveats))
    for answer in answers:
        if not answer.matched:
            return msgspec.structs.replace(answer, caveats=caveats)
    one, other = table.first(question.first), table.first(question.then)
    sql = f"SELECT ({table.earliest(question.first)}) AS one,\n  ({table.earliest(question.then)}) AS other"
    rows = tuple(row for answer in answers for row in answer.rows[:1])
    reason = f"the table's first rows are of {one} and of {other}"
    if one is None or other is None or one >= other:
        reason += "; earlier ones may be missing from it"
        return Answer(finding="partly", reason=reason, rows=rows, matched=2, caveats=caveats, sql=sql)
    sure = all(answer.finding == "consistent" for answer in answers)
    reason += "" if sure else "; " + next(a.reason for a in answers if a.finding != "consistent")
    finding: Verdict = "consistent" if sure else "partly"
    return Answer(finding=finding, reason=reason, rows=rows, matched=2, caveats=caveats, sql=sql)


def finding(claim: str, event: int | None, question: Question, table: Table, answer: Answer) -> Finding:
    """An answer tied to its claim and table."""
    return Finding(
        claim=claim,
        event=event,
        table=table.label,
        format=table.format,
        version=table.version,
        sha256=table.sha256,
        finding=answer.finding,
        query=in_words(question),
        sql=answer.sql,
        parameters=parameters(question),
        rows=answer.rows,
        matched=answer.matched,
        possible=answer.possible,
        numbers=answer.numbers,
        reviews=answer.reviews,
        caveats=answer.caveats,
        reason=answer.reason,
    )
