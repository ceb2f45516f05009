"""Which claims of a cluster rest on one origin for certain, and which may.

In:   a Cluster.   Out: the place of each claim's origin; the ties that are left open.
Knows nothing of: words, pictures.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.errors import BadCase
from sayso.links import Cluster, Tie


def whose(cluster: Cluster) -> dict[str, int]:
    """The place among the origins of that of each claim: origins come in the order of their first claims.

    Raises BadCase where the ties leave more or fewer origins than there are.
    """
    head = {claim: claim for claim in cluster.claims}

    def find(claim: str) -> str:
        while head[claim] != claim:
            head[claim] = claim = head[head[claim]]  # so that no way is gone twice
        return claim

    place = {claim: n for n, claim in enumerate(cluster.claims)}
    for tie in cluster.origins.ties:
        if tie.certain and tie.a in head and tie.b in head:
            a, b = sorted((find(tie.a), find(tie.b)), key=place.__getitem__)
            head[b] = a
    places = {first: n for n, first in enumerate(dict.fromkeys(map(find, cluster.claims)))}
    if len(places) != len(cluster.origins.items):
        told = f"its ties leave {len(places)} origins and it has {len(cluster.origins.items)}"
        raise BadCase(f"{cluster.id}: {told}: the links of this case are damaged; link its articles in a new case")
    return {claim: places[find(claim)] for claim in cluster.claims}


def undecided(cluster: Cluster) -> Iterator[tuple[int, int, Tie]]:
    """Ties of two origins that may be one, with their places, the lower first."""
    places = whose(cluster)
    for tie in sorted(cluster.origins.ties, key=lambda t: (t.a, t.b, t.why)):
        a, b = places.get(tie.a), places.get(tie.b)
        if not tie.certain and a is not None and b is not None and a != b:
            yield min(a, b), max(a, b), tie
