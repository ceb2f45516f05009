"""Answer who held a place with a table that says so: place, holder, from, to.

In:   a HoldQuestion, a table of Holdings.   Out: an Answer, or None where the table does not know the place or holder.
Knows nothing of: claims, other kinds of table; events, from which no holder is inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from sayso.check import statements
from sayso.check.findings import ROWS, Answer, Verdict
from sayso.check.places import Places
from sayso.check.questions import HoldQuestion
from sayso.check.sides import Sides
from sayso.check.tables.rows import Holding
from sayso.check.tables.table import Table
from sayso.check.words import CheckWords
from sayso.resolve.aliases.matching import AliasTables


class HoldingTable:
    """A table of who held what, ready to be asked."""

    def __init__(self, table: Table, aliases: AliasTables, words: CheckWords) -> None:
        self._table, self._rows = table, table.holdings
        holders = list(dict.fromkeys(row.holder for row in table.holdings))
        self._at = {holder: at for at, holder in enumerate(holders)}
        days = (table.coverage.since, table.coverage.until)
        self._sides = Sides(holders, (), days, aliases, words)
        wheres = list(dict.fromkeys((row.place,) for row in table.holdings))
        self._wheres = [where[0] for where in wheres]
        self._places = Places(wheres, ())

    def answer(self, question: HoldQuestion) -> Answer | None:
        """What the table shows on the question. "Holds" means much else: None without place and holder."""
        places = {self._wheres[at] for at in self._places.of(question.place)}
        holders = set(self._sides.of(question.holder))
        if not places or not holders:
            return None
        found = [row for row in self._rows if row.place in places and _meets(row, question.since, question.until)]
        named = statements.one_of("place", places)
        days = [f"(until IS NULL OR until >= '{question.since}')"] if question.since else []
        days += [f"since <= '{question.until}'"] if question.until else []
        sql = statements.select(
            "row, holder, since, until", "evidence_holding", [statements.own(self._table), named, *days], order="seq"
        )
        own = [row for row in found if self._at[row.holder] in holders]
        answer = self._taken(question, own) if question.taken else self._held(question, own, found)
        rows = tuple(row.row for row in found)
        return msgspec.structs.replace(
            answer, sql=sql, rows=rows[:ROWS], matched=len(rows), caveats=self._table.coverage.definition
        )

    def _held(self, question: HoldQuestion, own: Sequence[Holding], found: Sequence[Holding]) -> Answer:
        who = question.holder.name
        if not found:
            return Answer(
                finding="not_in_coverage", reason=f"the table has no holder of {question.place} on these days"
            )
        told = "; ".join(f"{row.holder} from {row.since}{f' to {row.until}' if row.until else ''}" for row in found[:3])
        if not own:
            if not _covered(found, question.since, question.until):
                reason = f"the table has {told}, and nobody on some of the claim's days"
                return Answer(finding="not_in_coverage", reason=reason)
            return Answer(finding="consistent" if question.denied else "inconsistent", reason=f"the table has {told}")
        alone = len(own) == len(found)
        if alone and _covered(own, question.since, question.until):
            return Answer(finding="inconsistent" if question.denied else "consistent", reason=f"the table has {told}")
        return Answer(finding="partly", reason=f"the table has {told}: {who} on a part of these days, or not alone")

    def _taken(self, question: HoldQuestion, own: Sequence[Holding]) -> Answer:
        who, since = question.holder.name, question.since
        if since is None or question.until is None:
            return Answer(finding="not_checkable", reason="the claim does not tell when it was taken")
        begun = [row.since for row in own if since <= row.since <= question.until]
        if begun:
            finding: Verdict = "inconsistent" if question.denied else "consistent"
            return Answer(finding=finding, reason=f"the table has {who} there from {begun[0]}")
        if own:
            return Answer(finding="partly", reason=f"the table has {who} there from {own[0].since}, before these days")
        return Answer(
            finding="not_in_coverage", reason=f"the table has no row of {who} there that begins on these days"
        )


def _meets(row: Holding, since: date | None, until: date | None) -> bool:
    return (until is None or row.since <= until) and (since is None or row.until is None or row.until >= since)


def _covered(rows: Sequence[Holding], since: date | None, until: date | None) -> bool:
    """Whether the rows leave no day of the window open. A window without an end asks for one day at least."""
    if since is None or until is None:
        return True
    day = since
    for row in sorted(rows, key=lambda r: r.since):
        if row.since > day:
            return False
        if row.until is None or row.until >= until:
            return True
        day = max(day, date.fromordinal(row.until.toordinal() + 1))
    return False
