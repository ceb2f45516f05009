"""Clusters and their origins out of what pairs of documents tell.

In:   Compared, the claims they name with their sources' entities.   Out: Clusters.
Knows nothing of: texts.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.link.compare import Compared
from sayso.link.origins import Member, origins
from sayso.link.same import clusters
from sayso.links import Cluster


def gather(compared: Sequence[Compared], members: Mapping[str, Member]) -> tuple[Cluster, ...]:
    """The clusters of claims, by id. ``members``: at least every claim that ``compared`` pairs."""
    pairs = {(p.a, p.b): p.probability for c in compared for p in c.pairs}
    bonds = {frozenset((c.a, c.b)): c.bond for c in compared if c.bond}
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    out = []
    for claims, score in clusters(pairs):
        own = [members[c] for c in claims]
        possible = sorted({other for c in claims for other in near[c]} - set(claims))
        found = origins(own, [members[c] for c in possible], bonds)
        out.append(
            Cluster(
                id=_id(claims),
                claims=tuple(m.claim.id for m in sorted(own, key=lambda m: m.order)),
                documents=tuple(dict.fromkeys(m.document for m in sorted(own, key=lambda m: m.order))),
                origins=found,
                possibly=tuple(possible),
                score=round(score, 3),
            )
        )
    return tuple(sorted(out, key=lambda c: c.id))


def components(pairs: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """Claims that hang together by pairs, directly or through others."""
    head: dict[str, str] = {}

    def find(name: str) -> str:
        root = name
        while head.setdefault(root, root) != root:
            root = head[root]
        while head[name] != root:
            head[name], name = root, head[name]
        return root

    for a, b in pairs:
        one, other = sorted((find(a), find(b)))
        head[other] = one
    parts: dict[str, set[str]] = defaultdict(set)
    for name in head:
        parts[find(name)].add(name)
    return [frozenset(parts[name]) for name in sorted(parts)]


def _id(claims: Iterable[str]) -> str:
    """Depends on the claims only."""
    return "k" + hashlib.sha256(" ".join(sorted(claims)).encode()).hexdigest()[:16]
