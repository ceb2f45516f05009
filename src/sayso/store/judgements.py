"""What people ruled, in a case: only ever added to; the state of each claim beside it, to look up and to queue by.

In:   Judgements, the Standings that they give.   Out: the same judgements by document; queues, counts.
Knows nothing of: how a judgement is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from sayso.custody import digest
from sayso.errors import NotFound
from sayso.records import Claim, Ledger
from sayso.review.desk import Alike, Counts, Waiting
from sayso.review.judgements import Judgement, touched, words_key
from sayso.review.standing import Standings, State
from sayso.store.custody import CustodyShelf
from sayso.store.ledgers import Store

_RULED = ("accepted", "edited", "rejected")  # what a like claim elsewhere tells something by

_WAITING = """
SELECT record, state FROM standing
WHERE state IN (SELECT value FROM json_each(:states)) AND (:document IS NULL OR document = :document)
ORDER BY json_extract(record, '$.score'), claim LIMIT :limit OFFSET :skip
"""

_UNRULED = "NOT EXISTS (SELECT 1 FROM standing WHERE standing.claim = claim.id AND standing.state <> 'unreviewed')"

# Of a million claims the first dozen are read off the index of scores; of one document all are looked at.
_UNREVIEWED = f"""
SELECT claim.record FROM listed CROSS JOIN claim ON claim.seq = listed.claim WHERE {_UNRULED}
ORDER BY listed.score, listed.day, listed.document, listed.position, listed.claim LIMIT :limit OFFSET :skip
"""  # noqa: S608 - made of constants

_UNREVIEWED_OF = f"""
SELECT claim.record FROM claim WHERE claim.document = (SELECT seq FROM document WHERE id = :document) AND {_UNRULED}
ORDER BY json_extract(claim.record, '$.score'), claim.seq LIMIT :limit OFFSET :skip
"""  # noqa: S608 - as above

_ALIKE = """
SELECT standing.claim, document.id, standing.state, standing.people, document.path = :path AS version
FROM standing JOIN document ON document.id = standing.document
WHERE standing.words = :words AND standing.document <> :document
  AND standing.state IN (SELECT value FROM json_each(:ruled))
ORDER BY version DESC, document.id, standing.claim LIMIT :limit
"""

_COUNTS = """
SELECT (SELECT count(*) FROM listed INDEXED BY listed_claim),
       (SELECT count(*) FROM standing JOIN claim ON claim.id = standing.claim),
       (SELECT count(*) FROM judgement)
"""

_COUNTS_OF = """
SELECT (SELECT count(*) FROM claim WHERE document = (SELECT seq FROM document WHERE id = :document)),
       (SELECT count(*) FROM standing JOIN claim ON claim.id = standing.claim WHERE standing.document = :document),
       (SELECT count(*) FROM judgement WHERE document = :document)
"""


class JudgementShelf:
    """The judgements of one case file; a `sayso.review.desk.Shelf`. All methods raise BadCase as those of Store do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._custody = CustodyShelf(store)

    @contextmanager
    def together(self) -> Iterator[None]:
        """A transaction: what is read within is still so when what is kept within is written."""
        with self._store.writing():
            yield

    def ledger(self, document_id: str) -> Ledger:
        """The machine's ledger. Raises NotFound."""
        return self._store.ledger(document_id)

    def left(self, document_id: str, *, upto: int | None = None) -> Ledger:
        """The ledger as people have left it; ``upto``: as they had at a judgement, by its number. Raises NotFound."""
        ledger = self._store.ledger(document_id)
        rows = self._store.rows(
            "SELECT record FROM judgement WHERE document = :document AND seq <= coalesce(:upto, seq)",
            {"document": document_id, "upto": upto},
        )
        judgements = [self._store.decoded(record, Judgement) for (record,) in rows]
        return Standings(ledger, judgements).reviewed() if judgements else ledger

    def last(self) -> int:
        """The number of the last judgement; 0 where there is none."""
        ((number,),) = self._store.rows("SELECT coalesce(max(seq), 0) FROM judgement")
        return int(number)

    def claim(self, claim_id: str) -> Claim:
        """A claim as it stands, or as it was judged where that is not settled, a person's too. Raises NotFound."""
        rows = self._store.rows("SELECT record FROM standing WHERE claim = ?", (claim_id,))
        return self._store.decoded(rows[0][0], Claim) if rows else self._store.claim(claim_id)

    def upset(self) -> Sequence[str]:
        """The documents of which people did more than accept claims, by id."""
        sql = "SELECT DISTINCT document FROM standing WHERE state <> 'accepted' ORDER BY document"
        return [name for (name,) in self._store.rows(sql)]

    def has(self, document_id: str) -> bool:
        return self._store.has(document_id)

    def document_of(self, claim_id: str) -> str:
        """The id of the document of a claim that the machine or a person has made. Raises NotFound."""
        for (document,) in self._store.rows(
            "SELECT document.id FROM claim JOIN document ON document.seq = claim.document WHERE claim.id = ?1"
            " UNION ALL SELECT document FROM standing WHERE claim = ?1",
            (claim_id,),
        ):
            return str(document)
        raise NotFound(f"no claim {claim_id} in this case: `sayso claims` with --format jsonl shows the ids")

    def of_document(self, document_id: str) -> Sequence[Judgement]:
        """The judgements on a document, oldest first."""
        sql = "SELECT record FROM judgement WHERE document = ? ORDER BY at, id"
        return [self._store.decoded(record, Judgement) for (record,) in self._store.rows(sql, (document_id,))]

    def judgement(self, judgement_id: str) -> Judgement:
        """Raises NotFound."""
        for (record,) in self._store.rows("SELECT record FROM judgement WHERE id = ?", (judgement_id,)):
            return self._store.decoded(record, Judgement)
        raise NotFound(f"no judgement {judgement_id} in this case: the history of a claim shows the ids")

    def judged(self) -> Sequence[str]:
        """The documents on which there are judgements, by id."""
        return [name for (name,) in self._store.rows("SELECT DISTINCT document FROM judgement ORDER BY document")]

    def keep(self, judgements: Sequence[Judgement], standings: Standings, *, at: str) -> int:
        """Add judgements and write down what all of the document now add up to. How many were not there before.
        ``at``: when they came into this case, for its log; those of another case were made before.
        """
        document = standings.ledger.document.ref.id
        new = 0
        with self._store.writing() as connection:
            for judgement in judgements:
                record = _json(judgement)
                added = connection.execute(
                    "INSERT INTO judgement (document, record) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
                    (document, record),
                ).rowcount
                if added:
                    detail = {"judgement": judgement.id, "act": judgement.act, "record": digest(record)}
                    self._custody.log("judged", at=at, by=judgement.by, about=document, detail=detail)
                new += added
            connection.execute("DELETE FROM standing WHERE document = ?", (document,))
            names = {name for judgement in standings.judgements for name in touched(judgement)}
            own = [standings[name] for name in sorted(names)]
            connection.executemany(
                "INSERT INTO standing (claim, document, state, people, words, record) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (
                        standing.claim.id,
                        document,
                        standing.state,
                        _json([ruling.by for ruling in standing.rulings]),
                        words_key(standing.machine or standing.claim),
                        _json(standing.claim),
                    )
                    for standing in own
                ),
            )
        return new

    def waiting(self, states: Sequence[State], document_id: str | None, limit: int, skip: int) -> Iterator[Waiting]:
        """Claims in these states: those on which somebody has ruled before the unreviewed, the least sure first."""
        ruled = [state for state in states if state != "unreviewed"]
        values = {"states": _json(ruled), "document": document_id, "limit": limit, "skip": skip}
        found = self._store.rows(_WAITING, values)
        for record, state in found:
            yield Waiting(claim=self._store.decoded(record, Claim), state=state)
        if "unreviewed" not in states or len(found) == limit:
            return
        # Those that come first are on the pages before, or on this one.
        before = sum(self.counts(document_id).states.get(state, 0) for state in ruled) if ruled else 0
        page = {"document": document_id, "limit": limit - len(found), "skip": max(0, skip - before)}
        for (record,) in self._store.rows(_UNREVIEWED_OF if document_id else _UNREVIEWED, page):
            yield Waiting(claim=self._store.decoded(record, Claim), state="unreviewed")

    def counts(self, document_id: str | None) -> Counts:
        """How many claims are in each state."""
        of = {"document": document_id}
        by_state = "SELECT state, count(*) FROM standing WHERE :document IS NULL OR document = :document GROUP BY state"
        states = dict(self._store.rows(by_state, of))
        ((machine, looked_at, judgements),) = self._store.rows(_COUNTS_OF if document_id else _COUNTS, of)
        states["unreviewed"] = states.get("unreviewed", 0) + machine - looked_at
        return Counts(states={state: number for state, number in states.items() if number}, judgements=judgements)

    def alike(self, claim: Claim, limit: int) -> Sequence[Alike]:
        """Claims of other documents that have the same words and were ruled on."""
        values = {
            "words": words_key(claim),
            "document": claim.document.id,
            "path": claim.document.path,
            "ruled": _json(_RULED),
            "limit": limit,
        }
        return [
            Alike(
                claim=name,
                document=document,
                state=state,
                people=msgspec.json.decode(people, type=tuple[str, ...]),
                version=bool(version),
            )
            for name, document, state, people, version in self._store.rows(_ALIKE, values)
        ]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
