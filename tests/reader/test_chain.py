"""The chain against brute force: every sequence of tags of a short text, counted one by one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sayso.reader.chain import (
    N_TAGS,
    TAGS,
    Flags,
    Floats,
    Lattice,
    Params,
    Role,
    allowed,
    lattice,
    read_spans,
    viterbi,
    write_span,
)
from sayso.reader.choice import Choice, best_spans

LENGTH = 4
OVER = np.array([True, False, True, False])


def chain(seed: int) -> tuple[Floats, Params]:
    chance = np.random.default_rng(seed)
    p = Params(chance.normal(size=(2, N_TAGS, N_TAGS)), chance.normal(size=N_TAGS), chance.normal(size=N_TAGS))
    return chance.normal(scale=2, size=(LENGTH, N_TAGS)), p


def sequences() -> list[tuple[int, ...]]:
    trans, first, last = allowed()

    def fits(tags: tuple[int, ...]) -> bool:
        return bool(first[tags[0]] and last[tags[-1]] and all(trans[a, b] for a, b in itertools.pairwise(tags)))

    return [tags for tags in itertools.product(range(N_TAGS), repeat=LENGTH) if fits(tags)]


ALL = sequences()


def score(tags: tuple[int, ...], emissions: Floats, over: Flags, p: Params) -> float:
    steps = sum(p.trans[int(over[i]), tags[i - 1], tags[i]] for i in range(1, LENGTH))
    return float(p.first[tags[0]] + p.last[tags[-1]] + steps + sum(emissions[i, t] for i, t in enumerate(tags)))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_best_path_is_the_best_of_all(seed: int) -> None:
    emissions, p = chain(seed)
    best = max(ALL, key=lambda tags: score(tags, emissions, OVER, p))
    assert tuple(viterbi(emissions, OVER, p)) == best


@pytest.mark.parametrize("seed", [1, 2])
def test_span_and_word_probabilities_are_exact(seed: int) -> None:
    emissions, p = chain(seed)
    weights = np.exp([score(tags, emissions, OVER, p) for tags in ALL])
    weights /= weights.sum()
    spans: dict[object, float] = {}
    cue = np.zeros(LENGTH)
    for tags, weight in zip(ALL, weights, strict=True):
        for found in read_spans(np.array(tags)):
            spans[found] = spans.get(found, 0.0) + float(weight)
        cue += weight * np.array([TAGS[t].endswith("Q") for t in tags])
    lat = lattice(emissions, OVER, p, floor=0.01)
    assert lat.spans == pytest.approx({span: q for span, q in spans.items() if q >= 0.01})
    assert lat.words["cue"] == pytest.approx(cue)


def test_probabilities_hold_over_thousands_of_words() -> None:
    p = chain(3)[1]
    emissions = np.random.default_rng(3).normal(scale=30, size=(3000, N_TAGS))
    lat = lattice(emissions, np.zeros(3000, bool), p)
    assert all(0.03 <= q <= 1 + 1e-9 for q in lat.spans.values())
    assert all(np.isfinite(words).all() for words in lat.words.values())


def test_spans_come_back_from_the_tags_they_were_written_to() -> None:
    tags = np.zeros(9, np.int64)
    spans = [((0, 1), "S>"), ((1, 3), "Q"), ((4, 9), "C<")]
    for span, kind in spans:
        write_span(tags, span, kind)
    assert read_spans(tags) == spans


def test_the_chosen_spans_are_disjoint_and_worth_most() -> None:
    spans = {((0, 2), "C>"): 0.6, ((1, 4), "C>"): 0.3, ((1, 4), "C<"): 0.4, ((3, 4), "Q"): 0.55}
    nothing: dict[Role, Floats] = {}
    choice: dict[Role, Choice] = {"source": Choice(0.4), "cue": Choice(0.4), "content": Choice(0.4)}
    # A gain of 0.2 and 0.15 against one of 0.3, for the content whose two sides count together.
    assert [span for span, *_ in best_spans(Lattice(spans, nothing), choice)] == [(0, 2), (3, 4)]
    del spans[(3, 4), "Q"]
    [(span, kind, probability)] = best_spans(Lattice(spans, nothing), choice)
    assert (span, kind, round(probability, 9)) == ((1, 4), "C<", 0.7)
