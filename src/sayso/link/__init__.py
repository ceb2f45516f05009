"""What stands between documents: copies, the same claim, origins, contradictions. Pure.

In:   Ledgers, a Lexicon.   Out: Links.
Knows nothing of: disk, how a ledger was made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from sayso.lexicon import Lexicon
from sayso.link.compare import Compared, Finds, compare, keys_of
from sayso.link.edges import edges
from sayso.link.gather import gather
from sayso.link.origins import Member, members
from sayso.link.same import clusters
from sayso.link.sketch import Sketch, sketch
from sayso.links import Link
from sayso.records import Ledger

__all__ = ["edges", "link", "links", "near"]


def link(ledgers: Iterable[Ledger], lexicon: Lexicon) -> tuple[Link, ...]:
    """What stands between some ledgers: clusters, edges, variants, contradictions. Their order changes nothing."""
    documents = {s.id: s for s in (sketch(ledger, lexicon) for ledger in ledgers)}
    found = [compare(documents[a], documents[b]) for a, b in near(sorted(documents.values(), key=lambda d: d.id))]
    known = {m.claim.id: m for d in documents.values() for m in members(d.ledger)}
    return links(found, known)


def links(compared: Sequence[Compared], known: dict[str, Member]) -> tuple[Link, ...]:
    """The links that comparisons come to."""
    bonds = [c.bond for c in compared if c.bond]
    pairs = {(p.a, p.b): p.probability for c in compared for p in c.pairs}
    return (
        *gather(clusters(pairs), pairs, bonds, known),
        *edges(bonds),
        *(v for c in compared for v in c.variants),
        *(x for c in compared for x in c.contradictions),
    )


def near(documents: Sequence[Sketch]) -> Iterable[tuple[str, str]]:
    """Pairs of documents that share keys, by their ids: those to compare."""
    if len(documents) < 3:  # two are compared in any case
        return [(a.id, b.id) for a, b in combinations(documents, 2)]
    kinds = ("passages", "claims", "names", "outlets")
    index: dict[str, dict[int, list[str]]] = {kind: defaultdict(list) for kind in kinds}
    topics = {document.id: document.outline for document in documents}
    found = []
    for document in documents:
        own = keys_of(document)

        def at(keys: frozenset[int], kind: str) -> Counter[str]:
            return Counter(d for k in keys for d in index[kind].get(k, ()))

        shared = Finds(
            passages=at(own.passages, "passages"),
            claims=at(own.claims, "claims"),
            names=at(own.names, "outlets") + at(own.outlets, "names"),
        )
        found += [(other, document.id) for other in sorted(shared.candidates(own.topic, topics.__getitem__))]
        for kind in kinds:
            for key in getattr(own, kind):
                index[kind][key].append(document.id)
    return found
