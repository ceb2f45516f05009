"""The pairs of claims and reviewed claims, and how they are counted."""

from __future__ import annotations

from eval.reviews import Pair, counts, pairs


def test_the_pairs_are_many_and_a_review_is_in_one_half() -> None:
    found = pairs()
    assert len(found) >= 150
    assert {"opposite", "number", "year", "people", "topic"} <= {pair.kind for pair in found if not pair.same}
    for review in {pair.review for pair in found}:
        assert len({pair.part for pair in found if pair.review == review}) == 1


def test_what_is_at_the_threshold_counts_as_found() -> None:
    given = [Pair(claim=c, review="r", same=c != "b", kind="t", part="dev") for c in "abc"]
    found = counts(given, lambda pair: {"a": 0.5, "b": 0.6, "c": 0.4}[pair.claim], 0.5)
    assert (found.hits, found.predicted, found.gold) == (1, 2, 2)
