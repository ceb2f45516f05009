"""From what a list of claims is asked for to the conditions of its rows.

In:   query.Asked, a Store to look names up in.   Out: Where: conditions in SQL and their values.
Knows nothing of: pages, orders, counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sayso.query import Asked
from sayso.store.ledgers import Store, folded, matching

LOOKED = 20_000  # claims with the words of a search that are looked at, those that came last first
UNCHECKED = "unchecked"
BITS = {"event": "events", "finding": "findings"}
BY_NAME = ("source", "outlet")

_DENSE = 20_000  # a party of more claims than this is asked of each claim, and not the claims of it
_ONE_OF = ("standing", "type", "kind", "act", "factuality")
_ORIGINS = {"1": "origins = 1", "2": "origins = 2", "3+": "origins >= 3", "alone": "origins IS NULL"}
_NOTHING = "false"
_PARTY = {
    "actor": "party.name IN (SELECT value FROM json_each(:actor)) AND party.role = 'actor'",
    "party": "party.name IN (SELECT value FROM json_each(:party))",
}


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """``passed_over``: there are more claims with the words of the search than were looked at."""

    conditions: tuple[str, ...]
    values: dict[str, Any]
    passed_over: bool = False


def narrowed(store: Store, asked: Asked) -> Where:
    """Which rows of `listed` fit. Values are bound by name; every condition is made of constants only."""
    narrowing = _Narrowing(store, asked)
    narrowing.facets()
    narrowing.names()
    narrowing.days()
    narrowing.words()
    return Where(conditions=tuple(narrowing.conditions), values=narrowing.values, passed_over=narrowing.passed_over)


def bits(store: Store, facet: str) -> Mapping[str, int]:
    """The number of each value of a facet of which a claim has several."""
    return dict(store.rows("SELECT value, bit FROM bit WHERE facet = :facet", {"facet": facet}))


class _Narrowing:
    def __init__(self, store: Store, asked: Asked) -> None:
        self.conditions: list[str] = []
        self.values: dict[str, Any] = {}
        self.passed_over = False
        self._store = store
        self._asked = asked

    def facets(self) -> None:
        for facet in _ONE_OF:
            # "+": dense columns have no index, and the planner need not look for one.
            self._one_of(f"+{facet}", facet, getattr(self._asked, facet))
        for facet, column in BITS.items():
            if wanted := getattr(self._asked, facet):
                known = bits(self._store, facet)
                self.values[facet] = sum({known.get(value, 0) for value in wanted})
                fits = f"({column} > 0 AND {column} & :{facet})"
                self.conditions.append(f"({fits} OR {column} = 0)" if UNCHECKED in wanted else fits)
        if self._asked.origins:
            either = [_ORIGINS[value] for value in self._asked.origins if value in _ORIGINS]
            self.conditions.append(f"({' OR '.join(either) or _NOTHING})")
        if self._asked.sort == "origins":
            self.conditions.append("origins IS NOT NULL")

    def names(self) -> None:
        for facet in BY_NAME:
            if wanted := getattr(self._asked, facet):
                self._one_of(facet, facet, self._seqs(wanted) or [-1])
        if self._asked.actor:
            self._of_parties("actor", self._seqs(self._asked.actor))
        if self._asked.party:
            self._of_parties("party", self._like(self._asked.party))
        if self._asked.by:
            self.values["by"] = _json(self._like(self._asked.by))
            self.conditions.append("source IN (SELECT value FROM json_each(:by))")
        if self._asked.document:
            rows = self._store.rows(
                "SELECT coalesce(published, '~'), seq FROM document WHERE id = :id", {"id": self._asked.document}
            )
            self.values["day"], self.values["document"] = rows[0] if rows else ("", -1)
            self.conditions.append("day = :day AND document = :document")

    def days(self) -> None:
        # As for `Store.claims`: dates are compared at the coarser of the two.
        if self._asked.since:
            self.values["since"] = self._asked.since
            self.conditions.append("substr(said_to, 1, length(:since)) >= substr(:since, 1, length(said_to))")
        if self._asked.until:
            self.values["until"] = self._asked.until
            self.conditions.append("substr(said_from, 1, length(:until)) <= substr(:until, 1, length(said_from))")

    def words(self) -> None:
        if self._asked.text:
            rows = self._store.rows(
                "SELECT rowid FROM claim_index WHERE claim_index MATCH :text ORDER BY rowid DESC LIMIT :most",
                {"text": matching(self._asked.text), "most": LOOKED + 1},
            )
            self.passed_over = len(rows) > LOOKED
            self.values["found"] = _json([seq for (seq,) in rows[:LOOKED]])
            self.conditions.append("claim IN (SELECT value FROM json_each(:found))")

    def _one_of(self, column: str, name: str, wanted: Sequence[Any]) -> None:
        if not wanted:
            return
        marks = [f":{name}{i}" for i in range(len(wanted))]
        self.values.update({f"{name}{i}": value for i, value in enumerate(wanted)})
        self.conditions.append(f"{column} = {marks[0]}" if len(marks) == 1 else f"{column} IN ({', '.join(marks)})")

    def _of_parties(self, key: str, names: Sequence[int]) -> None:
        """Claims in whose events one of ``names`` takes part."""
        self.values[key] = _json(names)
        claims = f"SELECT party.claim FROM party WHERE {_PARTY[key]}"  # noqa: S608 - constants
        ((many,),) = self._store.rows(
            f"SELECT count(*) FROM ({claims} LIMIT {_DENSE})",  # noqa: S608 - as above
            {key: self.values[key]},
        )
        here = "party INDEXED BY party_claim WHERE party.claim = listed.claim"
        each = f"SELECT 1 FROM {here} AND {_PARTY[key]}"  # noqa: S608 - as above
        self.conditions.append(f"claim IN ({claims})" if many < _DENSE else f"EXISTS ({each})")

    def _seqs(self, names: Sequence[str]) -> list[int]:
        rows = self._store.rows(
            "SELECT seq FROM json_each(:names) AS wanted JOIN name ON name.text = wanted.value", {"names": _json(names)}
        )
        return [seq for (seq,) in rows]

    def _like(self, piece: str) -> list[int]:
        rows = self._store.rows("SELECT seq FROM name WHERE contains(text, :piece)", {"piece": folded(piece)})
        return [seq for (seq,) in rows]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
