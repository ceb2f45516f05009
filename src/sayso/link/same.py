"""How likely two claims of two documents say the same thing, and which claims form a cluster.

In:   two Sketches; pairs of claims with their probability.   Out: pairs; clusters.
Knows nothing of: sources, documents, who is right.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sayso.link.matter import EVENT, alike
from sayso.link.numbers import np
from sayso.link.sketch import Sketch
from sayso.link.stated import Stated

ALIKE = 0.95  # the likeness of claims of the very same words, and of all that are taken for copies
_WHOLE = 1_000_000
POSSIBLE = 0.13  # pairs below are not kept
MERGED = 0.35  # the mean of all pairs of two clusters, for them to be one


Group = tuple[tuple[str, ...], float]  # claims that say the same; the least mean by which a part of them came in


class Likely(NamedTuple):
    """Two claims that may say the same or be of one event; see `matter.Alike`."""

    a: Stated
    b: Stated
    same: float
    event: float


def likely(a: Sketch, b: Sketch) -> Iterator[Likely]:
    """The pairs of claims of two documents that are alike enough to be looked at, claim by claim."""
    same, event = alike(a, b)
    for i, j in np.argwhere((same >= POSSIBLE) | (event >= EVENT)):
        x, y = a.claims[i], b.claims[j]
        yield Likely(
            x, y, max(float(same[i, j]), ALIKE) if x.terms == y.terms else float(same[i, j]), float(event[i, j])
        )


def clusters(pairs: Mapping[tuple[str, str], float], least: float = MERGED) -> list[Group]:
    """Claims that say the same, each cluster with the least mean by which a part of it came in.

    Average linkage (Sokal & Michener 1958) over the pairs; one that is not listed counts 0. Copies of a claim count as
    one, so that ten of them draw no more than one would. Pairs that are equally likely are taken in the order of their
    ids, so the order of documents changes nothing. ``least``: the mean of two clusters' pairs, for them to be one.
    """
    members = _copies(pairs)
    sums = _between(members, pairs)
    size = dict.fromkeys(members, 1)
    scores: dict[str, float] = dict.fromkeys(members, 1.0)
    enough = round(least * _WHOLE)
    heap = [(-float(value), *_two((a, b))) for a in sums for b, value in sums[a].items() if a < b and value >= enough]
    heapq.heapify(heap)
    while heap:
        value, a, b = heapq.heappop(heap)
        if a not in members or b not in members or sums[a].get(b) is None:
            continue
        mean = sums[a][b] / (size[a] * size[b])
        if -value != mean:
            continue  # one of them has grown since
        whole = tuple(sorted(members.pop(a) + members.pop(b)))
        units = size.pop(a) + size.pop(b)
        score = min(scores.pop(a), scores.pop(b), mean / _WHOLE)
        new = whole[0]
        joined: dict[str, int] = defaultdict(int)
        for old in (a, b):
            for other, total in sums.pop(old).items():
                if other not in (a, b):
                    joined[other] += total
                    sums[other].pop(old, None)
        members[new], scores[new], size[new] = whole, score, units
        sums[new] = dict(joined)
        for other, total in joined.items():
            sums[other][new] = total
            mean = total / (units * size[other])
            if mean >= enough:
                heapq.heappush(heap, (-mean, *_two((new, other))))
    return [(claims, scores[name]) for name, claims in sorted(members.items()) if len(claims) > 1]


def _copies(pairs: Mapping[tuple[str, str], float]) -> dict[str, tuple[str, ...]]:
    """The claims in groups of copies, each under the first of its ids."""
    head: dict[str, str] = {c: c for pair in pairs for c in pair}

    def find(claim: str) -> str:
        while head[claim] != claim:
            claim = head[claim]
        return claim

    for (a, b), value in pairs.items():
        if value >= ALIKE:
            one, other = sorted((find(a), find(b)))
            head[other] = one
    groups: dict[str, list[str]] = defaultdict(list)
    for claim in sorted(head):
        groups[find(claim)].append(claim)
    return {name: tuple(own) for name, own in groups.items()}


def _between(
    groups: Mapping[str, tuple[str, ...]], pairs: Mapping[tuple[str, str], float]
) -> dict[str, dict[str, int]]:
    """The mean likeness of two groups, both ways, in millionths: whole numbers add up the same in any order."""
    of = {claim: name for name, own in groups.items() for claim in own}
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for (a, b), value in pairs.items():
        if of[a] != of[b]:
            totals[_two((of[a], of[b]))] += round(value * _WHOLE)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (one, other), total in totals.items():
        found[one][other] = found[other][one] = total // (len(groups[one]) * len(groups[other]))
    return found


def _two(pair: tuple[str, str]) -> tuple[str, str]:
    a, b = pair
    return (a, b) if a < b else (b, a)
