"""What link keeps in a case: keys, comparisons, pairs of claims, clusters.

In:   Keys, Compared, Clusters.   Out: the same again; the components of claims that hang together.
Knows nothing of: how documents are compared.

All of it is between claims as people had left them at one judgement (`follow`), whatever they ruled since.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import lru_cache

import msgspec

from sayso.link.bonds import Bond
from sayso.link.compare import Compared, Finds, Keys
from sayso.link.decided import Decided, Whole
from sayso.link.origins import Member
from sayso.link.same import MERGED
from sayso.link.sketch import Topic
from sayso.link.stance import passes_on
from sayso.links import Cluster, Contradiction, Variant
from sayso.records import Claim, Entity, Ledger
from sayso.store.judgements import JudgementShelf
from sayso.store.ledgers import Store
from sayso.store.stirring import forget, stir

_PASSAGES, _CLAIMS, _NAMES, _OUTLETS = range(4)
_PAUSE_SECONDS = 0.005  # SQLite has no queue: who waits looks again now and then
_DOCUMENTS = 2000  # whose entities and claims' numbers are held at a time

# Numbers of claims, those that only people have made among them (`given`, below zero), and their ids.
_NUMBERS = """
SELECT claim.seq FROM json_each(?1) AS wanted CROSS JOIN claim ON claim.id = wanted.value
UNION SELECT given.seq FROM json_each(?1) AS wanted CROSS JOIN given ON given.id = wanted.value
"""
_ID = "coalesce((SELECT id FROM claim WHERE claim.seq = {0}.{1}), (SELECT id FROM given WHERE given.seq = {0}.{1}))"

# These claims, and those to be clustered anew that hang together with them.
_HANGING = f"""
WITH RECURSIVE near (claim) AS (
    SELECT value FROM json_each(?1)
    UNION
    SELECT pair.other FROM near CROSS JOIN pair ON pair.claim = near.claim AND pair.probability >= ?2
    CROSS JOIN unclustered ON unclustered.claim = pair.other
)
SELECT {_ID.format("near", "claim")} FROM near
"""  # noqa: S608 - made of constants

_PAIRS = f"""
SELECT {_ID.format("pair", "claim")}, {_ID.format("pair", "other")}, pair.probability
FROM json_each(?) AS wanted CROSS JOIN pair ON pair.claim = wanted.value
"""  # noqa: S608 - as above

_STORED = f"""
SELECT {_ID.format("own", "claim")}, {_ID.format("other", "claim")} FROM json_each(?) AS wanted
CROSS JOIN cluster_claim AS own ON own.claim = wanted.value
CROSS JOIN cluster_claim AS other ON other.cluster = own.cluster
"""  # noqa: S608 - as above

_ABOUT = """
SELECT own.id, own.record, own.document, EXISTS (SELECT 1 FROM judgement WHERE judgement.document = document.id)
FROM (SELECT claim.id, claim.record, claim.document FROM json_each(?1) AS wanted
      CROSS JOIN claim ON claim.seq = wanted.value
      UNION ALL SELECT given.id, '', given.document FROM json_each(?1) AS wanted
      CROSS JOIN given ON given.seq = wanted.value) AS own
CROSS JOIN document ON document.seq = own.document
"""

# "+" keeps SQLite from looking up every pair of two documents in place of what one was compared with.
_BONDS = """
SELECT compared.record FROM json_each(?1) AS one CROSS JOIN compared ON compared.a = one.value
WHERE +compared.b IN (SELECT value FROM json_each(?1))
"""


class _Bare(msgspec.Struct, frozen=True):
    entities: tuple[Entity, ...] = ()


class _ClusteredBy(msgspec.Struct, frozen=True):
    wholes: tuple[Whole, ...] = ()


class _About(msgspec.Struct, frozen=True):
    topic: dict[int, int]


class LinkShelf:
    """The links of one case file; a `sayso.link.upkeep.Shelf`. All methods raise BadCase as those of Store do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rulings = JudgementShelf(store)
        self._entities = lru_cache(maxsize=_DOCUMENTS)(self._load_entities)
        self._seq = lru_cache(maxsize=_DOCUMENTS)(self._load_seq)
        self._id = lru_cache(maxsize=_DOCUMENTS)(self._load_id)
        self._seqs = lru_cache(maxsize=_DOCUMENTS)(self._load_seqs)
        self._told = lru_cache(maxsize=_DOCUMENTS)(self._load_told)
        self._left = lru_cache(maxsize=_DOCUMENTS)(self._load_left)
        self._is_otherwise = lru_cache(maxsize=_DOCUMENTS)(self._load_is_otherwise)

    @contextmanager
    def together(self) -> Iterator[None]:
        """A transaction around what is kept within, and a pause after it: others wait for their turn, too."""
        with self._store.writing():
            yield
        time.sleep(_PAUSE_SECONDS)

    def unlinked(self) -> Sequence[str]:
        """The documents that were not compared yet, in the order in which they came."""
        sql = (
            "SELECT document.id FROM (SELECT seq FROM document EXCEPT SELECT document FROM linked) AS new"
            " CROSS JOIN document ON document.seq = new.seq ORDER BY document.seq"  # texts are not paged through
        )
        return [name for (name,) in self._store.rows(sql)]

    def waiting(self) -> int:
        """How many documents were not compared yet."""
        ((number,),) = self._store.rows("SELECT (SELECT count(*) FROM document) - (SELECT count(*) FROM linked)")
        return int(number)

    def follows(self) -> int:
        """The number of the last judgement that the links go by."""
        ((number,),) = self._store.rows("SELECT judgement FROM clustered_by")
        return int(number)

    def overruled(self) -> Sequence[str]:
        """The linked documents of which people have made other claims than the links go by."""
        seen = self.follows()
        sql = (
            "SELECT document.id, max(judgement.seq) FROM judgement CROSS JOIN document ON document.id ="
            " judgement.document CROSS JOIN linked ON linked.document = document.seq WHERE judgement.seq > ?"
            " GROUP BY document.seq ORDER BY document.seq"
        )
        return [name for name, last in self._store.rows(sql, (seen,)) if self._is_otherwise(name, seen, last)]

    def _load_is_otherwise(self, document_id: str, seen: int, last: int) -> bool:
        before, now = (self._rulings.left(document_id, upto=upto).claims for upto in (seen, last))
        return before != now

    def follow(self) -> int:
        """The links shall go by all judgements there are: what is between a document of which people have made other
        claims and the rest is gone, and it is unlinked. The number of the last judgement.
        """
        if self.follows() < self._rulings.last():
            with self._store.writing() as connection:
                forget(connection, self.overruled())
                connection.execute("UPDATE clustered_by SET judgement = ?", (self._rulings.last(),))
        return self.follows()

    def ledger(self, document_id: str) -> Ledger:
        """A ledger as people have left it, by the judgements that the links go by."""
        return self._rulings.left(document_id, upto=self.follows())

    def finds(self, keys: Keys) -> Finds:
        """The linked documents that share keys, and how many."""
        return Finds(
            passages=self._with(_PASSAGES, keys.passages),
            claims=self._with(_CLAIMS, keys.claims),
            names=self._with(_OUTLETS, keys.names) + self._with(_NAMES, keys.outlets),
        )

    def _with(self, kind: int, keys: frozenset[int]) -> Counter[str]:
        sql = (
            "SELECT link_key.document FROM json_each(?) AS wanted CROSS JOIN link_key"
            " ON link_key.kind = ? AND link_key.key = wanted.value"
        )
        found = Counter(seq for (seq,) in self._store.rows(sql, (_json(sorted(keys)), kind)))
        return Counter({self._id(seq): n for seq, n in found.items()})

    def topic(self, document_id: str) -> Topic:
        """What a linked document is about."""
        ((record,),) = self._store.rows(
            "SELECT linked.topic FROM document JOIN linked ON linked.document = document.seq WHERE document.id = ?",
            (document_id,),
        )
        return self._store.decoded(record, _About).topic

    def keep(self, document_id: str, keys: Keys, compared: Sequence[Compared]) -> None:
        """A document is linked now: its keys, and what is between it and others."""
        kinds = {_PASSAGES: keys.passages, _CLAIMS: keys.claims, _NAMES: keys.names, _OUTLETS: keys.outlets}
        with self._store.writing() as connection:
            seq = self._seq(document_id)
            new = connection.execute(
                "INSERT INTO linked (document, topic) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (seq, _json(_About(dict(keys.topic)))),
            )
            if not new.rowcount:
                return  # another has linked it since
            connection.executemany(
                "INSERT INTO link_key (kind, key, document) VALUES (?, ?, ?)",
                ((kind, key, seq) for kind, own in kinds.items() for key in sorted(own)),
            )
            for found in compared:
                bare = msgspec.structs.replace(found, pairs=())
                a, b = self._seq(found.a), self._seq(found.b)
                if not bare.empty:
                    connection.execute("INSERT INTO compared (a, b, record) VALUES (?, ?, ?)", (a, b, _json(bare)))
                pairs = [(self._number(a, p.a), self._number(b, p.b), p.probability) for p in found.pairs]
                connection.executemany(
                    "INSERT INTO pair (claim, other, probability) VALUES (?, ?, ?)",
                    sorted([*pairs, *((two, one, p) for one, two, p in pairs)]),
                )
                connection.executemany(
                    "INSERT INTO unclustered (claim) VALUES (?) ON CONFLICT DO NOTHING",
                    ((claim,) for claim in sorted({claim for one, two, _ in pairs for claim in (one, two)})),
                )

    def _load_seq(self, document_id: str) -> int:
        ((seq,),) = self._store.rows("SELECT seq FROM document WHERE id = ?", (document_id,))
        return int(seq)

    def _load_id(self, document: int) -> str:
        ((name,),) = self._store.rows("SELECT id FROM document WHERE seq = ?", (document,))
        return str(name)

    def _number(self, document: int, claim: str) -> int:
        """The number of a claim; a claim that only people have made gets one the first time that it is asked for."""
        known = self._seqs(document)
        if claim not in known:
            with self._store.writing() as connection:
                connection.execute(
                    "INSERT INTO given (seq, document, id) SELECT coalesce(min(seq), 0) - 1, ?, ? FROM given",
                    (document, claim),
                )
            self._seqs.cache_clear()
        return self._seqs(document)[claim]

    def _load_seqs(self, document: int) -> Mapping[str, int]:
        sql = "SELECT id, seq FROM claim WHERE document = ?1 UNION ALL SELECT id, seq FROM given WHERE document = ?1"
        return dict(self._store.rows(sql, (document,)))

    def _numbers(self, claims: Collection[str]) -> list[int]:
        return [number for (number,) in self._store.rows(_NUMBERS, (_json(sorted(claims)),))]

    def _load_left(self, document: int, upto: int) -> Mapping[str, Claim]:
        """The claims of a document that somebody has ruled on."""
        return {claim.id: claim for claim in self._rulings.left(self._id(document), upto=upto).claims}

    def decided(self) -> Decided:
        """What people have decided on sources, as the clusters go by it."""
        ((record, upto),) = self._store.rows("SELECT record, decision FROM clustered_by")
        return Decided(self._store.decoded(record, _ClusteredBy).wholes, upto)

    def decide(self, decided: Decided) -> None:
        """The clusters shall go by this now: those that it concerns are to be made anew."""
        with self._store.writing() as connection:
            before = self.decided()
            if decided.upto < before.upto:
                return  # another goes by later decisions
            if changed := decided.differing(before):
                stir(connection, changed)
            if changed or decided.upto > before.upto:
                connection.execute(
                    "UPDATE clustered_by SET decision = ?, record = ?",
                    (decided.upto, _json(_ClusteredBy(decided.wholes))),
                )

    def stirred(self) -> str | None:
        """A claim that is to be clustered anew; None where there is none."""
        id_ = _ID.format("unclustered", "claim")
        rows = self._store.rows(f"SELECT {id_} FROM unclustered ORDER BY claim LIMIT 1")  # noqa: S608 - a constant
        return str(rows[0][0]) if rows else None

    def hanging(self, claims: Collection[str]) -> Set[str]:
        """These, and all to be clustered anew that hang together with them by pairs likely enough to merge."""
        return {name for (name,) in self._store.rows(_HANGING, (_json(self._numbers(claims)), MERGED))}

    def stored(self, claims: Collection[str]) -> Mapping[str, Set[str]]:
        """For each of these claims the claims of its cluster as it is kept; itself alone where it is in none."""
        found: dict[str, set[str]] = {claim: {claim} for claim in claims}
        for claim, mate in self._store.rows(_STORED, (_json(self._numbers(claims)),)):
            found[claim].add(mate)
        return found

    def pairs(self, claims: Collection[str]) -> Mapping[tuple[str, str], float]:
        """All likely pairs that have one of these."""
        rows = self._store.rows(_PAIRS, (_json(self._numbers(claims)),))
        return {(min(a, b), max(a, b)): p for a, b, p in rows}

    def about(self, claims: Collection[str]) -> tuple[Mapping[str, Member], Sequence[Bond]]:
        """These claims with the entities of their sources, and the bonds between their documents."""
        rows, upto = self._store.rows(_ABOUT, (_json(self._numbers(claims)),)), self.follows()
        members = {}
        for name, record, document, judged in rows:
            claim = self._left(document, upto)[name] if judged else self._store.decoded(record, Claim)
            entity = self._entities(document).get(claim.source.entity or "") if claim.source else None
            others = self._left(document, upto).values() if judged else self._told(document)
            members[name] = Member(claim=claim, entity=entity, passes_on=passes_on(claim, others))
        documents = sorted({document for _, _, document, _ in rows})
        found = (
            self._store.decoded(record, Compared).bond for (record,) in self._store.rows(_BONDS, (_json(documents),))
        )
        return members, [bond for bond in found if bond is not None]

    def _load_told(self, document: int) -> tuple[Claim, ...]:
        """The claims of a document that are told in others."""
        sql = "SELECT record FROM claim WHERE document = ? AND json_extract(record, '$.via') IS NOT NULL"
        return tuple(self._store.decoded(record, Claim) for (record,) in self._store.rows(sql, (document,)))

    def _load_entities(self, document: int) -> Mapping[str, Entity]:
        ((record,),) = self._store.rows("SELECT record FROM document WHERE seq = ?", (document,))
        return {e.id: e for e in self._store.decoded(record, _Bare).entities}

    def cluster(self, claims: Collection[str], clusters: Sequence[Cluster]) -> None:
        """The clusters of these claims, in place of those they had; they need not be clustered anew."""
        own = _json(self._numbers(claims))
        numbers = "(SELECT value FROM json_each(?))"
        with self._store.writing() as connection:
            gone = connection.execute(
                f"SELECT DISTINCT cluster FROM cluster_claim WHERE claim IN {numbers}",  # noqa: S608 - a constant
                (own,),
            ).fetchall()
            connection.executemany("DELETE FROM cluster_claim WHERE cluster = ?", gone)
            connection.executemany("DELETE FROM cluster WHERE seq = ?", gone)
            for cluster in clusters:
                ((seq,),) = connection.execute(
                    "INSERT INTO cluster (record) VALUES (?) RETURNING seq", (_json(cluster),)
                ).fetchall()
                connection.executemany(
                    "INSERT INTO cluster_claim (claim, cluster) VALUES (?, ?)",
                    ((number, seq) for number in self._numbers(cluster.claims)),
                )
            connection.execute(f"DELETE FROM unclustered WHERE claim IN {numbers}", (own,))  # noqa: S608 - a constant

    def clusters(self) -> Iterator[Cluster]:
        """All clusters, by id."""
        for (record,) in self._store.rows("SELECT record FROM cluster ORDER BY id"):
            yield self._store.decoded(record, Cluster)

    def cluster_of(self, claim_id: str) -> Cluster | None:
        """The cluster of a claim; None where nothing else says the same."""
        rows = self._store.rows(
            "SELECT cluster.record FROM json_each(?) AS wanted CROSS JOIN cluster_claim"
            " ON cluster_claim.claim = wanted.value CROSS JOIN cluster ON cluster.seq = cluster_claim.cluster",
            (_json(self._numbers((claim_id,))),),
        )
        return self._store.decoded(rows[0][0], Cluster) if rows else None

    def bonds(self) -> Iterator[Bond]:
        """What is between documents, by their ids."""
        for found in self._compared():
            if found.bond:
                yield found.bond

    def variants(self) -> Iterator[Variant]:
        """Quotations that read differently."""
        for found in self._compared():
            yield from found.variants

    def contradictions(self) -> Iterator[Contradiction]:
        """Claims that stand against each other."""
        for found in self._compared():
            yield from found.contradictions

    def _compared(self) -> Iterator[Compared]:
        sql = (
            "SELECT compared.record FROM compared JOIN document AS a ON a.seq = compared.a"
            " JOIN document AS b ON b.seq = compared.b ORDER BY a.id, b.id"
        )
        for (record,) in self._store.rows(sql):
            yield self._store.decoded(record, Compared)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
