"""How likely two claims of two documents say the same thing, and which claims form a cluster.

In:   Stated claims; pairs with their probability.   Out: probability; clusters.
Knows nothing of: sources, documents, who is right.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sayso.link.sketch import Stated
from sayso.link.words import kindred

# A logistic regression on the labelled claims of the origins benchmark's dev stories, with claims of different news
# articles (PolNeAR dev) as a hundredth of a counter-example each.
_BIAS = -5.19
_WEIGHTS = {
    "held": 0.79, "alike": 2.46, "numbers": 1.8, "size": 2.06, "plain": 3.25, "telling": 0.87, "story": 0.89,
}  # fmt: skip
_LIGHT = 60.0  # the weight of a claim of ten telling words
_TELLING = 30.0  # the weight of common words that is as good as any more
_LEAST = 8.0  # claims lighter than this are "he did so": nothing to go by
_FEWEST = 2  # telling words of a claim that are neither names nor numbers
POSSIBLE = 0.2  # pairs below are not kept
MERGED = 0.4  # the mean of all pairs of two clusters, for them to be one


def features(a: Stated, b: Stated, story: float) -> dict[str, float]:
    """What tells whether two claims say the same. ``story``: how much their documents are of one matter, 0 to 1.

    Shares of the weight of their words, where words of like meaning count in part. ``held``: of the lighter one's;
    ``alike``: of both; ``plain``: of the lighter one's without names, which all claims of a story share; ``telling``:
    the weight of what is common without names; ``numbers``: do they share a number?
    """
    common = (_found(a.terms, b.terms) + _found(b.terms, a.terms)) / 2
    names = a.names | b.names
    here, there = ({t: w for t, w in s.terms.items() if t not in names} for s in (a, b))
    plain = (_found(here, there) + _found(there, here)) / 2
    lighter = min(a.weight, b.weight)
    return {
        "held": common / max(lighter, _LEAST),
        "alike": common / max(a.weight + b.weight - common, _LEAST),
        "numbers": float(bool(a.figures & b.figures)),
        "size": min(lighter, _LIGHT) / _LIGHT,
        "plain": plain / max(min(sum(here.values()), sum(there.values())), _LEAST),
        "telling": min(plain, _TELLING) / _TELLING,
        "story": story,
    }


def _found(here: Mapping[str, float], there: Mapping[str, float]) -> float:
    """The weight of the terms of ``here`` that are in ``there``, in part where one of like meaning is."""
    total = 0.0
    near = kindred()
    for term, weight in here.items():
        if term in there:
            total += weight
        elif term in near:
            total += weight * max((like for other, like in near[term].items() if other in there), default=0.0)
    return total


def likeness(a: Stated, b: Stated, story: float) -> float:
    """That two claims say the same thing, whatever the sources make of it: one may deny what the other asserts."""
    if min(a.weight, b.weight) < _LEAST or min(a.plain, b.plain) < _FEWEST or not a.terms.keys() & b.terms.keys():
        return 0.0
    value = _BIAS + sum(_WEIGHTS[name] * x for name, x in features(a, b, story).items())
    return 1 / (1 + math.exp(-value))


def clusters(pairs: Mapping[tuple[str, str], float]) -> Iterable[tuple[tuple[str, ...], float]]:
    """Claims that say the same, each cluster with the least mean by which a part of it came in.

    Average linkage (Sokal & Michener 1958) over the pairs; one that is not listed counts 0. Pairs that are equally
    likely are taken in the order of their ids, so the order of documents changes nothing.
    """
    members: dict[str, tuple[str, ...]] = {c: (c,) for pair in pairs for c in pair}
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), value in pairs.items():
        sums[a][b] = sums[b][a] = value
    scores: dict[str, float] = dict.fromkeys(members, 1.0)
    heap: list[tuple[float, str, str]] = [(-value, *_two(pair)) for pair, value in pairs.items() if value >= MERGED]
    heapq.heapify(heap)
    while heap:
        value, a, b = heapq.heappop(heap)
        if a not in members or b not in members or sums[a].get(b) is None:
            continue
        mean = sums[a][b] / (len(members[a]) * len(members[b]))
        if -value != mean:
            continue  # one of them has grown since
        whole = tuple(sorted(members.pop(a) + members.pop(b)))
        score = min(scores.pop(a), scores.pop(b), mean)
        new = whole[0]
        joined: dict[str, float] = defaultdict(float)
        for old in (a, b):
            for other, total in sums.pop(old).items():
                if other not in (a, b):
                    joined[other] += total
                    sums[other].pop(old, None)
        members[new], scores[new] = whole, score
        sums[new] = dict(joined)
        for other, total in joined.items():
            sums[other][new] = total
            mean = total / (len(whole) * len(members[other]))
            if mean >= MERGED:
                heapq.heappush(heap, (-mean, *_two((new, other))))
    return [(claims, scores[name]) for name, claims in sorted(members.items()) if len(claims) > 1]


def _two(pair: tuple[str, str]) -> tuple[str, str]:
    a, b = pair
    return (a, b) if a < b else (b, a)
