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

LOOKED = 10_000  # claims with the words of a search that are looked at, those that came last first
UNCHECKED = "unchecked"
BITS = {"event": "events", "finding": "findings"}
BY_NAME = ("source", "outlet")

# What so many claims have is asked of each claim in the order of the list, which then soon has enough of them; what
# fewer have is looked up by its index. SQLite cannot tell which is which.
_DENSE = 20_000
_INDEXED = ("standing", "type", "act", "factuality")
_ORIGINS = {"1": "origins = 1", "2": "origins = 2", "3+": "origins >= 3", "alone": "origins IS NULL"}
_NOTHING = "false"
# Claims said within: those that begin there, those of many days that reach into it, those of a coarse date around it.
_SAID = " UNION ALL ".join(
    f"SELECT claim FROM listed INDEXED BY {index} WHERE {of}"  # noqa: S608 - constants
    for index, of in (
        ("listed_said", "said_from >= :since AND said_from < :until"),
        ("listed_long", "said_from <> said_to AND said_to >= :year"),
        ("listed_said", "said_from IN (:year, :month)"),
    )
)
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


def _any(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})"


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
        """One value or several: the rarest drives, if it is rare; "+" keeps the planner from taking another."""
        driving = self._rarest()
        for facet in (*_INDEXED, "kind"):
            if wanted := getattr(self._asked, facet):
                self._one_of(facet if facet == driving else f"+{facet}", facet, wanted)
        if self._asked.event:
            self._events(self._asked.event)
        if wanted := self._asked.finding:
            known = bits(self._store, "finding")
            asked = sum({known.get(value, 0) for value in wanted})
            fitting = [mask for mask in range(1, 2 * max(known.values())) if mask & asked]
            self._one_of("findings", "finding", [*fitting, *([0] if UNCHECKED in wanted else [])] or [-1])
            if UNCHECKED not in wanted:
                self.conditions.append("findings > 0")  # by which the index is known to have all of them
        if self._asked.origins:
            either = [_ORIGINS[value] for value in self._asked.origins if value in _ORIGINS]
            self.conditions.append(f"({' OR '.join(either) or _NOTHING})")
        if self._asked.sort == "origins":
            self.conditions.append("origins IS NOT NULL")

    def _rarest(self) -> str | None:
        """The facet with the fewest claims of the chosen values, if these are few."""
        counts = []
        for facet in _INDEXED:
            if wanted := getattr(self._asked, facet):
                rows = f"SELECT 1 FROM listed WHERE {_any(facet, wanted)}"  # noqa: S608 - constants and marks
                counts.append((self._count(rows, wanted), facet))
        number, facet = min(counts, default=(_DENSE, ""))
        return facet if number < _DENSE else None

    def _events(self, types: Sequence[str]) -> None:
        known = bits(self._store, "event")
        of = _any("type", types)
        claims = f"SELECT claim FROM event WHERE {of}"  # noqa: S608 - constants, marks
        if self._count(claims, types) < _DENSE:
            marks = self._bind("event", types)
            self.conditions.append(f"claim IN (SELECT claim FROM event WHERE type IN ({marks}))")  # noqa: S608 - as above
        else:
            self.values["event"] = sum({known.get(value, 0) for value in types})
            self.conditions.append("events & :event")

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
        """As for `Store.claims`, dates are compared at the coarser of the two: "2014" meets "2014-06-30".

        Written so that an index can be used: of strings of one form, a date is at or after the day that begins it.
        """
        since, until = self._asked.since, self._asked.until
        own = {"since": since or "", "until": f"{until}~" if until else "~", "year": (since or "")[:4]}
        own["month"] = (since or "")[:7]
        fits = []
        if since:
            fits.append("(said_to >= :since OR said_to IN (:year, :month))")
        if until:
            fits.append("said_from < :until")
        if not fits:
            return
        self.values |= own
        self.conditions += fits
        ((many,),) = self._store.rows(f"SELECT count(*) FROM ({_SAID} LIMIT {_DENSE})", own)  # noqa: S608 - constants
        if since and many < _DENSE:
            self.conditions.append(f"claim IN ({_SAID})")

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
        if wanted:
            marks = self._bind(name, wanted)
            self.conditions.append(f"{column} = {marks}" if len(wanted) == 1 else f"{column} IN ({marks})")

    def _bind(self, name: str, wanted: Sequence[Any]) -> str:
        """The marks of values, bound under their names."""
        self.values.update({f"{name}{i}": value for i, value in enumerate(wanted)})
        return ", ".join(f":{name}{i}" for i in range(len(wanted)))

    def _count(self, rows: str, values: Sequence[str]) -> int:
        """How many rows there are, up to `_DENSE`."""
        ((many,),) = self._store.rows(f"SELECT count(*) FROM ({rows} LIMIT {_DENSE})", tuple(values))  # noqa: S608 - ours
        return int(many)

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
