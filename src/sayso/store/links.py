"""What link keeps in a case: keys, comparisons, pairs of claims, clusters.

In:   Keys, Compared, Clusters.   Out: the same again; the components of claims that hang together.
Knows nothing of: how documents are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from sayso.link.bonds import Bond
from sayso.link.compare import Compared, Finds, Keys
from sayso.link.origins import Member
from sayso.link.upkeep import Component
from sayso.links import Cluster, Contradiction, Variant
from sayso.records import Claim, Entity, Ledger
from sayso.store.ledgers import Store

_PASSAGES, _CLAIMS, _NAMES, _OUTLETS = range(4)
_DOCUMENTS = 2000  # whose entities are held at a time


class _Bare(msgspec.Struct, frozen=True):
    entities: tuple[Entity, ...] = ()


class LinkShelf:
    """The links of one case file; a `sayso.link.upkeep.Shelf`. All methods raise BadCase as those of Store do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entities = lru_cache(maxsize=_DOCUMENTS)(self._load_entities)

    def unlinked(self) -> Sequence[str]:
        """The documents that were not compared yet, in the order in which they came."""
        sql = "SELECT id FROM document WHERE seq NOT IN (SELECT document FROM linked) ORDER BY seq"
        return [name for (name,) in self._store.rows(sql)]

    def ledger(self, document_id: str) -> Ledger:
        """A ledger as it was saved."""
        return self._store.ledger(document_id)

    def finds(self, keys: Keys) -> Finds:
        """The linked documents that share keys, each as often as it does."""
        return Finds(
            passages=self._with(_PASSAGES, keys.passages),
            claims=self._with(_CLAIMS, keys.claims),
            names=self._with(_OUTLETS, keys.names) + self._with(_NAMES, keys.outlets),
        )

    def _with(self, kind: int, keys: frozenset[int]) -> list[str]:
        sql = (
            "SELECT document.id FROM json_each(?) AS wanted CROSS JOIN link_key"
            " ON link_key.kind = ? AND link_key.key = wanted.value JOIN document ON document.seq = link_key.document"
        )
        return [name for (name,) in self._store.rows(sql, (_json(sorted(keys)), kind))]

    def keep(self, document_id: str, keys: Keys, compared: Sequence[Compared]) -> None:
        """A document is linked now: its keys, and what is between it and others."""
        kinds = {_PASSAGES: keys.passages, _CLAIMS: keys.claims, _NAMES: keys.names, _OUTLETS: keys.outlets}
        with self._store.writing() as connection:
            seq = self._seq(document_id)
            connection.execute("INSERT INTO linked (document) VALUES (?)", (seq,))
            connection.executemany(
                "INSERT INTO link_key (kind, key, document) VALUES (?, ?, ?)",
                ((kind, key, seq) for kind, own in kinds.items() for key in sorted(own)),
            )
            for found in compared:
                bare = msgspec.structs.replace(found, pairs=())
                if not bare.empty:
                    row = (self._seq(found.a), self._seq(found.b), _json(bare))
                    connection.execute("INSERT INTO compared (a, b, record) VALUES (?, ?, ?)", row)
                both = [(p.a, p.b, p.probability) for p in found.pairs] + [
                    (p.b, p.a, p.probability) for p in found.pairs
                ]
                connection.executemany(
                    "INSERT INTO pair (claim, other, probability) SELECT one.seq, two.seq, ?3"
                    " FROM claim AS one, claim AS two WHERE one.id = ?1 AND two.id = ?2",
                    both,
                )
                connection.executemany(
                    "INSERT INTO unclustered (claim) SELECT seq FROM claim WHERE id = ? ON CONFLICT DO NOTHING",
                    ((claim,) for claim, _, _ in both),
                )

    def _seq(self, document_id: str) -> int:
        ((seq,),) = self._store.rows("SELECT seq FROM document WHERE id = ?", (document_id,))
        return int(seq)

    def unclustered(self) -> Iterator[Component]:
        """The components of the claims with new pairs, until each has been clustered."""
        while rows := self._store.rows("SELECT claim FROM unclustered ORDER BY claim LIMIT 1"):
            yield self._component(rows[0][0])

    def _component(self, start: int) -> Component:
        near = self._store.rows(
            "WITH RECURSIVE near (claim) AS (VALUES (?) UNION"
            " SELECT pair.other FROM near JOIN pair ON pair.claim = near.claim)"
            " SELECT claim.id, claim.seq, claim.record, document.seq"
            " FROM near JOIN claim ON claim.seq = near.claim JOIN document ON document.seq = claim.document",
            (start,),
        )
        members = {}
        for name, _, record, document in near:
            claim = self._store.decoded(record, Claim)
            known = self._entities(document)
            members[name] = Member(claim=claim, entity=known.get(claim.source.entity or "") if claim.source else None)
        claims = _json([seq for _, seq, _, _ in near])
        pairs = self._store.rows(
            "SELECT one.id, two.id, probability FROM json_each(?) AS wanted JOIN pair ON pair.claim = wanted.value"
            " JOIN claim AS one ON one.seq = pair.claim JOIN claim AS two ON two.seq = pair.other"
            " WHERE one.id < two.id",
            (claims,),
        )
        bonds = self._store.rows(
            "SELECT compared.record FROM json_each(?1) AS one CROSS JOIN compared ON compared.a = one.value"
            " WHERE compared.b IN (SELECT value FROM json_each(?1))",
            (_json(sorted({document for _, _, _, document in near})),),
        )
        found = (self._store.decoded(record, Compared).bond for (record,) in bonds)
        return Component(
            pairs={(a, b): p for a, b, p in pairs}, bonds=[b for b in found if b is not None], members=members
        )

    def _load_entities(self, document: int) -> Mapping[str, Entity]:
        ((record,),) = self._store.rows("SELECT record FROM document WHERE seq = ?", (document,))
        return {e.id: e for e in self._store.decoded(record, _Bare).entities}

    def cluster(self, component: Component, clusters: Sequence[Cluster]) -> None:
        """The clusters of a component, in place of those it had."""
        claims = _json(sorted(component.members))
        seqs = "(SELECT claim.seq FROM json_each(?) AS wanted JOIN claim ON claim.id = wanted.value)"
        with self._store.writing() as connection:
            gone = connection.execute(
                f"SELECT DISTINCT cluster FROM cluster_claim WHERE claim IN {seqs}",  # noqa: S608 - a constant
                (claims,),
            ).fetchall()
            connection.executemany("DELETE FROM cluster_claim WHERE cluster = ?", gone)
            connection.executemany("DELETE FROM cluster WHERE seq = ?", gone)
            for cluster in clusters:
                ((seq,),) = connection.execute(
                    "INSERT INTO cluster (record) VALUES (?) RETURNING seq", (_json(cluster),)
                ).fetchall()
                connection.executemany(
                    "INSERT INTO cluster_claim (claim, cluster) SELECT claim.seq, ? FROM claim WHERE claim.id = ?",
                    ((seq, claim) for claim in cluster.claims),
                )
            connection.execute(f"DELETE FROM unclustered WHERE claim IN {seqs}", (claims,))  # noqa: S608 - a constant

    def clusters(self) -> Iterator[Cluster]:
        """All clusters, by id."""
        for (record,) in self._store.rows("SELECT record FROM cluster ORDER BY id"):
            yield self._store.decoded(record, Cluster)

    def cluster_of(self, claim_id: str) -> Cluster | None:
        """The cluster of a claim; None where nothing else says the same."""
        rows = self._store.rows(
            "SELECT cluster.record FROM claim JOIN cluster_claim ON cluster_claim.claim = claim.seq"
            " JOIN cluster ON cluster.seq = cluster_claim.cluster WHERE claim.id = ?",
            (claim_id,),
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
