"""What is looked up term by term is what comparing everything with everything finds."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from sayso.case import lexicon
from sayso.link.matter import EVENT, alike, features
from sayso.link.same import ALIKE, POSSIBLE, likely
from sayso.link.shared import shared
from sayso.link.sketch import Sketch, sketch
from sayso.link.stated import Stated
from sayso.link.words import kindred, weight
from tests.link.stories import every


@pytest.fixture(scope="module")
def sketches() -> list[Sketch]:
    return [sketch(ledger, lexicon()) for ledger in every()]


def found_in(here: Stated, there: Stated, without: frozenset[str]) -> float:
    """The weight of the words of a claim, names not counted, that another has, in part where it has one like it."""
    total = 0.0
    for term, own in here.terms.items():
        if term in without:
            continue
        if term in there.terms:
            total += own
        else:
            near = kindred().get(term, {})
            total += own * max((v for o, v in near.items() if o in there.terms.keys() - there.called), default=0.0)
    return total


def around(x: Stated) -> dict[str, float]:
    stems = {x.words.stems[k] for k in x.setting} | x.terms.keys()
    return {s: weight(s) for s in stems if weight(s) >= 1.2}


def test_what_two_claims_share_is_what_a_word_by_word_comparison_finds(sketches: list[Sketch]) -> None:
    compared = 0
    for a, b in combinations(sketches[:8], 2):
        found = features(a, b)
        for (i, x), (j, y) in ((p, q) for p in enumerate(a.claims) for q in enumerate(b.claims)):
            names = x.called | y.called
            plain = (found_in(x, y, names) + found_in(y, x, names)) / 2
            bare = min(sum(w for t, w in s.terms.items() if t not in names) for s in (x, y))
            assert found["plain"][i, j] == pytest.approx(plain / max(bare, 8), abs=0.01)
            assert found["shared"][i, j] == min(4, len(x.terms.keys() & y.terms.keys())) / 4
            words = set(x.own_stems), set(y.own_stems)
            cosine = len(words[0] & words[1]) / math.sqrt(max(1, len(words[0]) * len(words[1])))
            assert found["words"][i, j] == pytest.approx(cosine)
            here, there = around(x), around(y)
            both = sum(w * w for s, w in here.items() if s in there)
            length = math.sqrt(sum(w * w for w in here.values()) * sum(w * w for w in there.values()))
            assert found["around"][i, j] == pytest.approx(both / length if length else 0.0, abs=0.001)
            compared += plain > 0
    assert compared > 500


def test_features_are_the_same_from_both_sides(sketches: list[Sketch]) -> None:
    for a, b in combinations(sketches[:8], 2):
        here, there = features(a, b), features(b, a)
        for name, values in here.items():
            assert values == pytest.approx(there[name].T, abs=1e-12), name


def test_the_pairs_looked_at_are_those_that_are_alike(sketches: list[Sketch]) -> None:
    found = 0
    for a, b in combinations(sketches[:12], 2):
        same, event = alike(a, b)
        pairs = {(p.a.claim.id, p.b.claim.id): p for p in likely(a, b)}
        for i, x in enumerate(a.claims):
            for j, y in enumerate(b.claims):
                wanted = same[i, j] >= POSSIBLE or event[i, j] >= EVENT
                assert ((x.claim.id, y.claim.id) in pairs) == wanted
                if wanted and x.terms == y.terms:
                    assert pairs[x.claim.id, y.claim.id].same >= ALIKE
        found += len(pairs)
    assert found > 100


def test_reworded_sentences_share_half_of_their_weight(sketches: list[Sketch]) -> None:
    for a, b in combinations(sketches[:12], 2):
        for pair in shared(a, b).reworded:
            here, there = terms(a, pair.a), terms(b, pair.b)
            common = sum(weight(s) for s in here & there)
            assert pair.share == pytest.approx(common / min(sum(map(weight, here)), sum(map(weight, there))))
            assert pair.share >= 0.5


def test_sentences_that_could_be_reworded_are_taken_by_a_likelier_one(sketches: list[Sketch]) -> None:
    for a, b in combinations(sketches[:12], 2):
        found = shared(a, b).reworded
        taken = {p.a: p.share for p in found}, {p.b: p.share for p in found}
        for s, here, _ in a.telling:
            for t, there, _ in b.telling:
                common = sum(w for term, w in here.items() if term in there)
                share = common / min(sum(here.values()), sum(there.values()))
                if share >= 0.5:
                    assert max(taken[0].get(s, 0), taken[1].get(t, 0)) >= share - 1e-9


def terms(document: Sketch, at: range) -> set[str]:
    own = document.words
    return {own.stems[k] for k in at if not own.quoted[k] and weight(own.stems[k]) >= 1.2}
