"""The chain against brute force: every sequence of tags of some short texts, counted one by one."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pytest

from sayso.reader.chain import Chain, Flags, Floats, Words, bies

KINDS = ("S", "C")
TAGS = bies(KINDS)
LENGTHS = (4, 1, 3)
BREAKS = [np.array([True, False, True, False]), np.array([False]), np.array([True, True, False])]
SEEDS = pytest.mark.parametrize("seed", [1, 2, 3])


def learned(seed: int) -> tuple[Floats, Floats, Floats, list[Floats]]:
    chance = np.random.default_rng(seed)
    n = len(TAGS)
    scores = [chance.normal(scale=2, size=(length, n)).astype(np.float32) for length in LENGTHS]
    trans, first, last = (chance.normal(size=s).astype(np.float32) for s in ((2, n, n), n, n))
    return trans, first, last, scores


def well_formed(names: tuple[str, ...]) -> bool:
    inside = ""
    for name in names:
        place, _, kind = name.partition("-")
        if inside and not (place in "IE" and kind == inside):
            return False
        if not inside and place in ("I", "E"):
            return False
        inside = kind if place in ("B", "I") else ""
    return not inside


def spans_of(names: tuple[str, ...]) -> list[tuple[str, Words]]:
    found, first = [], 0
    for i, name in enumerate(names):
        if name[0] in "BS":
            first = i
        if name[0] in "ES":
            found.append((name[2:], (first, i + 1)))
    return found


def counted(seed: int, row: int) -> tuple[dict[tuple[str, Words], float], dict[str, Floats]]:
    """The probability of each span and, for each kind, of each word to be in one: the sum over all sequences."""
    trans, first, last, scores = learned(seed)
    own, over = scores[row], BREAKS[row]
    spans: dict[tuple[str, Words], float] = defaultdict(float)
    words = {kind: np.zeros(len(own), np.float32) for kind in KINDS}
    total = 0.0
    for tags in itertools.product(range(len(TAGS)), repeat=len(own)):
        names = tuple(TAGS[t] for t in tags)
        if not well_formed(names):
            continue
        steps = sum(trans[int(over[i]), tags[i - 1], tags[i]] for i in range(1, len(own)))
        weight = float(np.exp(first[tags[0]] + last[tags[-1]] + steps + sum(own[i, t] for i, t in enumerate(tags))))
        total += weight
        for kind, span in spans_of(names):
            spans[kind, span] += weight
            words[kind][span[0] : span[1]] += weight
    return {k: v / total for k, v in spans.items()}, {k: v / np.float32(total) for k, v in words.items()}


@SEEDS
def test_span_and_word_probabilities_are_those_of_all_sequences_counted(seed: int) -> None:
    trans, first, last, scores = learned(seed)
    lattice = Chain(KINDS, trans, first, last).lattice(scores, BREAKS)
    for row, length in enumerate(LENGTHS):
        spans, words = counted(seed, row)
        for number, kind in enumerate(KINDS):
            found = {(kind, span): p for own, span, p in lattice.spans(number, 0.01) if own == row}
            assert found == pytest.approx({s: p for s, p in spans.items() if s[0] == kind and p > 0.01}, abs=1e-5)
            assert lattice.inside(number)[row, :length] == pytest.approx(words[kind], abs=1e-5)


def test_a_text_has_the_same_probabilities_beside_others_and_alone() -> None:
    trans, first, last, scores = learned(4)
    chain = Chain(KINDS, trans, first, last)
    together = chain.lattice(scores, BREAKS)
    for row, (own, over) in enumerate(zip(scores, BREAKS, strict=True)):
        alone = {span: p for _, span, p in chain.lattice([own], [over]).spans(1, 0.01)}
        assert alone == pytest.approx({span: p for r, span, p in together.spans(1, 0.01) if r == row}, abs=1e-6)


def test_probabilities_hold_over_thousands_of_words() -> None:
    trans, first, last, _ = learned(3)
    scores = np.random.default_rng(3).normal(scale=15, size=(3000, len(TAGS))).astype(np.float32)
    over: Flags = np.zeros(3000, bool)
    lattice = Chain(KINDS, trans, first, last).lattice([scores], [over])
    for kind in range(len(KINDS)):
        assert all(0.03 < p <= 1 + 1e-4 for _, _, p in lattice.spans(kind, 0.03))
        assert np.isfinite(lattice.inside(kind)).all()
