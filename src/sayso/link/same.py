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

# A logistic regression on the labelled claims of the origins benchmark's dev stories, with claims of different news
# articles (PolNeAR dev) as a hundredth of a counter-example each.
_BIAS = -5.19
_WEIGHTS = {
    "held": 0.79, "alike": 2.46, "numbers": 1.8, "size": 2.06, "plain": 3.25, "telling": 0.87, "story": 0.89,
}  # fmt: skip
_LIGHT = 60.0  # the weight of a claim of ten telling words
_TELLING = 30.0  # the weight of common words that is as good as any more
_LEAST = 8.0  # claims lighter than this are "he did so": nothing to go by
ALIKE = 0.95  # the likeness of claims of the very same words, and of all that are taken for copies
_WHOLE = 1_000_000
_ROUNDING = 1e-6
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
        "numbers": float(not a.figures.isdisjoint(b.figures)),
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
    found = _likeness(features(a, b, story))
    return max(found, ALIKE) if a.terms == b.terms else found


def _likeness(found: Mapping[str, float]) -> float:
    value = _BIAS + sum(_WEIGHTS[name] * x for name, x in found.items())
    return 1 / (1 + math.exp(-value))


def likely(a: Sketch, b: Sketch, story: float) -> Iterator[tuple[Stated, Stated, float]]:
    """The pairs of claims of two documents whose `likeness` is `POSSIBLE` at least, with it, claim by claim.

    All pairs are weighed at once, term by term; those that share nothing are never looked at, and those that could not
    be alike whatever their names are only a little.
    """
    there, back = _shares(a, b), _shares(b, a)
    for i, x in enumerate(a.claims):
        for j in sorted(there[i].keys() | {j for j, own in enumerate(back) if i in own}):
            y = b.claims[j]
            if (
                x.terms != y.terms
                and _at_best(x, y, (there[i].get(j, 0.0) + back[j].get(i, 0.0)) / 2, story) < POSSIBLE
            ):
                continue
            if (alike := likeness(x, y, story)) >= POSSIBLE:
                yield x, y, alike


def _at_best(a: Stated, b: Stated, common: float, story: float) -> float:
    """The likeness of two claims if nothing that they share were a name: never less than it is."""
    lighter = min(a.weight, b.weight)
    return _ROUNDING + _likeness(
        {
            "held": common / max(lighter, _LEAST),
            "alike": common / max(a.weight + b.weight - common, _LEAST),
            "numbers": float(not a.figures.isdisjoint(b.figures)),
            "size": min(lighter, _LIGHT) / _LIGHT,
            "plain": min(1.0, common / _LEAST),
            "telling": min(common, _TELLING) / _TELLING,
            "story": story,
        }
    )


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
