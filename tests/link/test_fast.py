"""What is looked up term by term is what comparing everything with everything finds."""

from __future__ import annotations

from itertools import combinations

import pytest

from sayso.case import lexicon
from sayso.link.same import POSSIBLE, likely, likeness
from sayso.link.shared import shared
from sayso.link.sketch import Sketch, one_story, sketch
from sayso.link.words import weight
from tests.link.stories import every


@pytest.fixture(scope="module")
def sketches() -> list[Sketch]:
    return [sketch(ledger, lexicon()) for ledger in every()]


def test_likely_pairs_are_those_of_all_that_are_alike(sketches: list[Sketch]) -> None:
    found = 0
    for a, b in combinations(sketches, 2):
        story = one_story(a, b)
        plain = [(x, y, p) for x in a.claims for y in b.claims if (p := likeness(x, y, story)) >= POSSIBLE]
        fast = list(likely(a, b, story))
        assert [(x.claim.id, y.claim.id) for x, y, _ in fast] == [(x.claim.id, y.claim.id) for x, y, _ in plain]
        assert [p for _, _, p in fast] == pytest.approx([p for _, _, p in plain])
        found += len(fast)
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
