"""How likely two claims of two documents say the same thing, and which claims form a cluster.

In:   Stated claims; pairs with their probability.   Out: probability; clusters.
Knows nothing of: sources, documents, who is right.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sayso.link.sketch import Sketch, Stated
from sayso.link.words import kindred

# A logistic regression on the labelled claims of the origins benchmark's dev stories (`python -m eval.origins --fit`).
_BIAS = -4.16
_WEIGHTS = {"held": 3.13, "alike": 3.49, "numbers": 1.97, "size": 1.48}
_LIGHT = 60.0  # the weight of a claim of ten telling words
_LEAST = 8.0  # claims lighter than this are "he did so": nothing to go by
POSSIBLE = 0.25  # pairs below are not kept
_POOR = (math.log(POSSIBLE / (1 - POSSIBLE)) - _BIAS - _WEIGHTS["size"]) / (_WEIGHTS["held"] + _WEIGHTS["alike"]) - 1e-6
MERGED = 0.45  # the mean of all pairs of two clusters, for them to be one


def features(a: Stated, b: Stated) -> dict[str, float]:
    """What tells whether two claims say the same: shares of the weight of their words, words of like meaning counted
    in part. ``held``: of the lighter one's; ``alike``: of both; ``numbers``: do they share a number?
    """
    return _features(a, b, (_found(a.terms, b.terms) + _found(b.terms, a.terms)) / 2)


def _features(a: Stated, b: Stated, common: float) -> dict[str, float]:
    lighter = min(a.weight, b.weight)
    return {
        "held": common / max(lighter, _LEAST),
        "alike": common / max(a.weight + b.weight - common, _LEAST),
        "numbers": float(not a.figures.isdisjoint(b.figures)),
        "size": min(lighter, _LIGHT) / _LIGHT,
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


def likeness(a: Stated, b: Stated) -> float:
    """That two claims say the same thing, whatever the sources make of it: one may deny what the other asserts."""
    if min(a.weight, b.weight) < _LEAST:
        return 0.0
    return _likeness(features(a, b))


def _likeness(found: Mapping[str, float]) -> float:
    value = _BIAS + sum(_WEIGHTS[name] * x for name, x in found.items())
    return 1 / (1 + math.exp(-value))


def likely(a: Sketch, b: Sketch) -> Iterator[tuple[Stated, Stated, float]]:
    """The pairs of claims of two documents whose `likeness` is `POSSIBLE` at least, with it, claim by claim.

    All pairs are weighed at once, term by term; those that share nothing are never looked at.
    """
    there, back = _shares(a, b), _shares(b, a)
    for i, x in enumerate(a.claims):
        if x.weight < _LEAST:
            continue
        for j in sorted(there[i].keys() | {j for j, own in enumerate(back) if i in own}):
            y = b.claims[j]
            common = (there[i].get(j, 0.0) + back[j].get(i, 0.0)) / 2
            if y.weight < _LEAST or (common < _POOR * min(x.weight, y.weight) and x.figures.isdisjoint(y.figures)):
                continue  # `_POOR`: even what is largest could not make these alike
            if (alike := _likeness(_features(x, y, common))) >= POSSIBLE:
                yield x, y, alike


def _shares(a: Sketch, b: Sketch) -> list[dict[int, float]]:
    """`_found` of each claim of ``a`` in each of ``b``, by their numbers, where it is not 0."""
    there, near = b.speaking_of, kindred()
    reach: dict[str, dict[int, float]] = {}
    for term in a.speaking_of:
        like = dict.fromkeys(there.get(term, ()), 1.0)
        if (others := near.get(term)) and not others.keys().isdisjoint(there):
            for other in others.keys() & there.keys():
                for number in there[other]:
                    like[number] = max(like.get(number, 0.0), others[other])
        if like:
            reach[term] = like
    found = []
    for stated in a.claims:
        own: dict[int, float] = {}
        for term, weight in stated.terms.items():
            if term in reach:
                for number, like_it in reach[term].items():
                    own[number] = own.get(number, 0.0) + weight * like_it
        found.append(own)
    return found


def clusters(pairs: Mapping[tuple[str, str], float], least: float = MERGED) -> Iterable[tuple[tuple[str, ...], float]]:
    """Claims that say the same, each cluster with the least mean by which a part of it came in.

    Average linkage (Sokal & Michener 1958) over the pairs; one that is not listed counts 0. Pairs that are equally
    likely are taken in the order of their ids, so the order of documents changes nothing. ``least``: the mean of all
    pairs of two clusters, for them to be one.
    """
    members: dict[str, tuple[str, ...]] = {c: (c,) for pair in pairs for c in pair}
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), value in pairs.items():
        sums[a][b] = sums[b][a] = value
    scores: dict[str, float] = dict.fromkeys(members, 1.0)
    heap: list[tuple[float, str, str]] = [(-value, *_two(pair)) for pair, value in pairs.items() if value >= least]
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
            if mean >= least:
                heapq.heappush(heap, (-mean, *_two((new, other))))
    return [(claims, scores[name]) for name, claims in sorted(members.items()) if len(claims) > 1]


def _two(pair: tuple[str, str]) -> tuple[str, str]:
    a, b = pair
    return (a, b) if a < b else (b, a)
