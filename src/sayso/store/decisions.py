"""What people decided on entities and sources and asked of a case; who takes part in which claim.

In:   Decisions, Questions, what the names of entities tell.   Out: the same again, Sayings, claims by who is in them.
Knows nothing of: what follows from a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from sayso.custody import digest
from sayso.decisions.records import Decision, Place, Question, What
from sayso.decisions.sources import Saying
from sayso.errors import NotFound
from sayso.records import Claim
from sayso.resolve.aliases.identity import Read
from sayso.store.custody import CustodyShelf
from sayso.store.ledgers import Store

Role = Literal["source", "actor", "recipient"]
_READS = msgspec.json.Decoder(tuple[Read, ...])

_STATE = """
SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM linked), (SELECT count(*) FROM unclustered),
       (SELECT max(seq) FROM finding), (SELECT max(checked_at) FROM finding), (SELECT count(*) FROM whom),
       (SELECT decision FROM clustered_by), (SELECT judgement FROM clustered_by), (SELECT max(seq) FROM judgement),
       (SELECT max(seq) FROM decision)
"""


class DecisionShelf:
    """The decisions of one case file. All methods raise BadCase as those of Store do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._custody = CustodyShelf(store)

    def state(self) -> tuple[int | str | None, ...]:
        """Numbers and times that are others after documents, links, findings, judgements or decisions have come."""
        return self._store.rows(_STATE)[0]

    def decisions(self) -> tuple[Decision, ...]:
        """All of them, in the order in which they were made."""
        rows = self._store.rows("SELECT record FROM decision ORDER BY seq")
        return tuple(self._store.decoded(record, Decision) for (record,) in rows)

    def clustered_by(self) -> int:
        """The number of the last decision that the clusters go by."""
        ((number,),) = self._store.rows("SELECT decision FROM clustered_by")
        return int(number)

    def decide(self, what: What, by: str, on: str, why: str, check: Callable[[Sequence[Decision]], None]) -> Decision:
        """Keep a decision. ``check`` sees those before it, and nobody else can decide meanwhile."""
        with self._store.writing() as connection:
            before = self.decisions()
            check(before)
            number = before[-1].number + 1 if before else 1
            made = Decision(number=number, by=by, on=on, why=why, what=what)
            record = _json(made)
            connection.execute("INSERT INTO decision (seq, record) VALUES (?, ?)", (number, record))
            self._custody.log("decided", at=on, by=by, detail={"decision": str(number), "record": digest(record)})
            return made

    def unread(self, version: str) -> list[str]:
        """The documents whose entities were not read under this version."""
        sql = (
            "SELECT document.id FROM document LEFT JOIN whom ON whom.document = document.seq AND whom.version = ?"
            " WHERE whom.document IS NULL ORDER BY document.seq"
        )
        return [name for (name,) in self._store.rows(sql, (version,))]

    def keep_reads(self, version: str, reads: Mapping[str, Sequence[Read]]) -> None:
        """What the names of the entities of some documents tell, in place of what they told before."""
        with self._store.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO whom (document, version, record) SELECT seq, ?, ? FROM document WHERE id = ?",
                ((version, _json(own), document) for document, own in reads.items()),
            )

    def reads(self) -> Iterator[Read]:
        """What the names of all entities of all documents tell."""
        for (record,) in self._store.rows("SELECT record FROM whom ORDER BY document"):
            yield from _READS.decode(record)

    def sayings(self) -> Iterator[Saying]:
        """Each claim that has a source, with who that is, by document."""
        rows = self._store.rows(
            "SELECT claim.id, document.id, part.entity, claim.source_name,"
            " json_extract(claim.record, '$.source.type'), claim.anonymous"
            " FROM part CROSS JOIN claim ON claim.seq = part.claim"
            " CROSS JOIN document ON document.seq = part.document WHERE part.role = 'source' ORDER BY part.claim"
        )
        for claim, document, entity, name, kind, anonymous in rows:
            yield Saying(claim, document, entity, name, kind, bool(anonymous))

    def parts(self, places: Sequence[Place]) -> dict[Role, tuple[Claim, ...]]:
        """The claims in which any of these entities says something, does it, or has it done to them."""
        rows = self._store.rows(
            "SELECT DISTINCT part.role, claim.record, claim.seq FROM json_each(?) AS wanted"
            " CROSS JOIN document ON document.id = json_extract(wanted.value, '$[0]')"
            " CROSS JOIN part ON part.document = document.seq AND part.entity = json_extract(wanted.value, '$[1]')"
            " CROSS JOIN claim ON claim.seq = part.claim"
            " ORDER BY document.published IS NULL, document.published, document.id, claim.position, claim.seq",
            (_json(places),),
        )
        found: dict[Role, list[Claim]] = {"source": [], "actor": [], "recipient": []}
        for role, record, _ in rows:
            found[role].append(self._store.decoded(record, Claim))
        return {role: tuple(claims) for role, claims in found.items()}

    def ask(self, question: Question) -> Question:
        """Keep a version of a file of hypotheses; its number is given here."""
        with self._store.writing() as connection:
            ((last,),) = connection.execute("SELECT coalesce(max(seq), 0) FROM question").fetchall()
            made = msgspec.structs.replace(question, number=last + 1)
            connection.execute("INSERT INTO question (seq, record) VALUES (?, ?)", (made.number, _json(made)))
            return made

    def questions(self, name: str | None = None) -> tuple[Question, ...]:
        """The last version of each file by name; with ``name`` all versions of that one, the last first."""
        rows = self._store.rows(
            "SELECT record FROM question WHERE name = ? ORDER BY seq DESC"
            if name is not None
            else "SELECT record FROM question WHERE seq IN (SELECT max(seq) FROM question GROUP BY name) ORDER BY name",
            (name,) if name is not None else (),
        )
        return tuple(self._store.decoded(record, Question) for (record,) in rows)

    def question(self, number: int) -> Question:
        """One version of a file of hypotheses. Raises NotFound."""
        rows = self._store.rows("SELECT record FROM question WHERE seq = ?", (number,))
        if not rows:
            raise NotFound(f"no version {number} of a file of hypotheses is kept in this case")
        return self._store.decoded(rows[0][0], Question)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
