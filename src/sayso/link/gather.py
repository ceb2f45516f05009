"""Clusters and their origins, out of what pairs of documents tell.

In:   claims that say the same, likely pairs of claims, the Bonds of their documents.   Out: Clusters.
Knows nothing of: texts.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sayso.link.bonds import Bond
from sayso.link.origins import Member, origins
from sayso.link.same import Group
from sayso.links import Cluster


def gather(
    groups: Iterable[Group],
    pairs: Mapping[tuple[str, str], float],
    bonds: Iterable[Bond],
    members: Mapping[str, Member],
) -> tuple[Cluster, ...]:
    """The clusters that groups of claims make, by id.

    ``pairs``: all likely ones that have a claim of a group; ``members``: at least the claims of these.
    """
    between = {frozenset((b.late, b.early)): b for b in bonds}
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    out = []
    for claims, score in groups:
        own = sorted((members[c] for c in claims), key=lambda m: m.order)
        possible = sorted({other for c in claims for other in near[c]} - set(claims))
        out.append(
            Cluster(
                id="k" + hashlib.sha256(" ".join(sorted(claims)).encode()).hexdigest()[:16],
                claims=tuple(m.claim.id for m in own),
                documents=tuple(dict.fromkeys(m.document for m in own)),
                origins=origins(own, [members[c] for c in possible], between),
                possibly=tuple(possible),
                score=round(score, 3),
            )
        )
    return tuple(sorted(out, key=lambda c: c.id))
