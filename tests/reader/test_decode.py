"""Choosing spans, and which window answers for a word."""

from __future__ import annotations

import numpy as np

from sayso.reader.arguments import N_DISTANCE, relation
from sayso.reader.decode import Window, choose, cores


def window(start: int, end: int) -> Window:
    nothing = np.zeros((end - start, 1), np.float32)
    return Window(start, end, nothing, nothing, nothing)


def test_the_chosen_spans_are_disjoint_and_worth_most() -> None:
    likely = {(0, 2): 0.6, (1, 4): 0.7, (3, 4): 0.55}
    assert choose(likely, 0.4) == [(0, 2), (3, 4)]  # 0.2 and 0.15 against 0.3
    assert choose(likely, 0.5) == [(1, 4)]  # 0.1 and 0.05 against 0.2
    assert choose(likely, 0.8) == []


def test_every_word_has_one_window_that_answers_for_it() -> None:
    parts = cores([window(0, 50), window(40, 90), window(88, 120)])
    assert parts == [(0, 45), (45, 89), (89, 120)]


def test_how_words_lie_to_a_cue_tells_sides_distances_lines_and_cues_between() -> None:
    cues = np.array([[2, 3], [6, 7]])
    lines = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    distance, paragraph, between = relation(8, cues, lines)
    first = distance[0].tolist()
    assert first[1] != first[3]  # as far, but before and after
    assert first[3] < first[5] <= first[7] < N_DISTANCE // 2 <= first[1] <= first[0]
    assert paragraph[0].tolist() == [2, 2, 2, 2, 3, 3, 3, 3]
    assert between[0, 7] == between[0, 3] + 1  # the other cue stands between
