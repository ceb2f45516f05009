"""Trees, lemmas and names out of scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.reader.grammar import NAME_TAGS, lemma_of, lemma_script, names, tree


def is_tree(heads: list[int]) -> bool:
    """One root, and every token reaches it."""
    roots = [i for i, h in enumerate(heads) if h == i]
    at = list(range(len(heads)))
    for _ in heads:
        at = [heads[token] for token in at]
    return len(roots) == 1 and set(at) == set(roots)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 9).flatmap(lambda n: arrays(np.float32, (n, n), elements=st.floats(-9, 9, width=32))))
def test_whatever_the_scores_there_is_one_tree(score: np.ndarray) -> None:
    assert is_tree(tree(score).tolist())


def test_the_likeliest_heads_are_taken_where_they_make_a_tree() -> None:
    likely = np.full((4, 4), -5, np.float32)
    for token, head in enumerate([1, 1, 3, 1]):
        likely[token, head] = 5
    assert tree(likely).tolist() == [1, 1, 3, 1]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    likely = np.full((3, 3), -9, np.float32)
    likely[0, 1], likely[1, 0] = 4, 4  # each takes the other for its head
    likely[2, 2] = 5
    likely[1, 2] = 3
    assert tree(likely).tolist() == [1, 2, 2]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("Studies", "study"), ("went", "go"), ("NATO", "NATO"), ("was", "be"), ("Ann", "Ann"), ("'s", "be")],
)
def test_a_lemma_comes_back_from_its_script(form: str, lemma: str) -> None:
    assert lemma_of(form, lemma_script(form, lemma)) == lemma


def test_a_script_too_long_for_a_form_leaves_it_alone() -> None:
    assert lemma_of("a", "l3y") == "a"


def scores(*tags: str) -> np.ndarray:
    out = np.zeros((len(tags), len(NAME_TAGS)), np.float32)
    for token, tag in enumerate(tags):
        out[token, NAME_TAGS.index(tag)] = 5
    return out


def test_names_are_well_formed_even_where_the_best_tags_are_not() -> None:
    assert names(scores("B-PER", "E-PER", "O", "S-LOC")) == [(0, 2, "PER"), (3, 4, "LOC")]
    assert names(scores("O", "I-ORG", "O")) == []
    assert names(scores("B-ORG", "I-ORG", "O")) in ([], [(0, 2, "ORG")])
    assert names(np.zeros((0, len(NAME_TAGS)), np.float32)) == []
