from __future__ import annotations

import itertools

import pytest
from eval.brat import Attribution
from eval.score import ROLES, Counts, Scores, fit, interval, link, score
from hypothesis import given
from hypothesis import strategies as st

from sayso.spans import Span

Pairs = list[tuple[int, int]]


def an_attribution(source: Pairs, cue: Pairs, content: Pairs) -> Attribution:
    return Attribution(*(tuple(Span(start, end) for start, end in pairs) for pairs in (source, cue, content)))


LEE = an_attribution([(0, 7)], [(8, 12)], [(13, 33)])


def test_counts() -> None:
    counts = Counts(hits=1, predicted=2, gold=2) + Counts(hits=2, predicted=2, gold=8)
    assert (counts.precision, counts.recall) == (0.75, 0.3)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.3 / (0.75 + 0.3))


def test_nothing_found_is_nothing_right() -> None:
    assert (Counts(0, 0, 5).precision, Counts(0, 5, 0).recall, Counts().f1) == (0, 0, 0)


def test_exact_needs_both_ends() -> None:
    found = an_attribution([(0, 7)], [(8, 11)], [(13, 32)])
    exact = score([found], [LEE]).exact
    assert (exact["source"], exact["cue"], exact["content"]) == (Counts(1, 1, 1), Counts(0, 1, 1), Counts(0, 1, 1))


def test_each_piece_of_a_content_is_a_span() -> None:
    whole = an_attribution([(20, 27)], [(15, 19)], [(0, 14), (28, 40)])
    first_only = an_attribution([(20, 27)], [(15, 19)], [(0, 14)])
    assert score([first_only], [whole]).exact["content"] == Counts(1, 1, 2)


def test_a_shared_source_counts_once() -> None:
    adds = an_attribution([(0, 7)], [(40, 44)], [(45, 60)])
    scores = score([LEE], [LEE, adds])
    assert scores.exact["source"] == Counts(1, 1, 1)
    assert scores.characters["source"] == Counts(7, 7, 7)
    assert scores.exact["cue"] == Counts(1, 1, 2)


def test_characters() -> None:
    found = an_attribution([(4, 9)], [(8, 12)], [(13, 20), (30, 40)])
    characters = score([found], [LEE]).characters
    assert characters["source"] == Counts(3, 5, 7)
    assert characters["cue"] == Counts(4, 4, 4)
    assert characters["content"] == Counts(7 + 3, 17, 20)


@pytest.mark.parametrize(
    ("found", "fits"),
    [
        (LEE, True),
        (an_attribution([(6, 9)], [(11, 13)], [(13, 33)]), True),  # one shared character each is an overlap
        (an_attribution([(0, 7)], [(7, 8)], [(13, 33)]), False),  # the cue only touches
        (an_attribution([(34, 40)], [(8, 12)], [(13, 33)]), False),  # another source
        (an_attribution([], [(8, 12)], [(13, 33)]), False),  # no source where there is one
        (an_attribution([(0, 7)], [], [(13, 33)]), False),
        (an_attribution([(0, 7)], [(8, 12)], [(23, 43)]), True),  # 10 of 20 and 20: F1 is 0.5
        (an_attribution([(0, 7)], [(8, 12)], [(24, 44)]), False),  # 9 of 20 and 20
        (an_attribution([(0, 7)], [(8, 12)], [(13, 18), (28, 33)]), True),  # 10 of 10 and 20
    ],
)
def test_when_an_attribution_fits(found: Attribution, *, fits: bool) -> None:
    assert fit(found, LEE) is fits
    assert score([found], [LEE]).linked == Counts(int(fits), 1, 1)


def test_no_source_fits_no_source() -> None:
    without = an_attribution([], [(8, 12)], [(13, 33)])
    assert fit(without, without)
    assert not fit(LEE, without)


def test_one_to_one() -> None:
    assert score([LEE, LEE, LEE], [LEE]).linked == Counts(1, 3, 1)
    assert link([LEE, LEE], [LEE]) == {0: 0}


def test_the_most_pairs_count() -> None:
    broad = an_attribution([(0, 7)], [(8, 20)], [(30, 50)])  # fits both gold ones, and is asked first
    narrow = an_attribution([(0, 7)], [(8, 12)], [(30, 50)])  # fits the first only
    first = an_attribution([(0, 7)], [(8, 12)], [(30, 50)])
    second = an_attribution([(0, 7)], [(16, 20)], [(30, 50)])
    assert link([broad, narrow], [first, second]) == {0: 1, 1: 0}


places = st.tuples(st.integers(0, 8), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1]))
attributions = st.builds(
    an_attribution,
    st.lists(places, max_size=1),
    st.lists(places, min_size=1, max_size=1),
    st.lists(places, min_size=1, max_size=2),
)


@given(found=st.lists(attributions, max_size=4), gold=st.lists(attributions, max_size=4))
def test_no_other_pairing_has_more_pairs(found: list[Attribution], gold: list[Attribution]) -> None:
    pairs = link(found, gold)
    assert len(set(pairs.values())) == len(pairs)
    assert all(fit(found[i], gold[j]) for i, j in pairs.items())
    short, long = sorted((found, gold), key=len)
    best = max(sum(map(fit, short, chosen)) for chosen in itertools.permutations(long, len(short)))
    assert len(pairs) == best


@given(found=st.lists(attributions, max_size=4), gold=st.lists(attributions, max_size=4))
def test_swapping_the_sides_swaps_precision_and_recall(found: list[Attribution], gold: list[Attribution]) -> None:
    def swapped(counts: Counts) -> Counts:
        return Counts(counts.hits, counts.gold, counts.predicted)

    there, back = score(found, gold), score(gold, found)
    assert there.linked == swapped(back.linked)
    assert all(there.exact[role] == swapped(back.exact[role]) for role in ROLES)
    assert all(there.characters[role] == swapped(back.characters[role]) for role in ROLES)


def test_scores_add_up_over_articles() -> None:
    total = sum([score([LEE], [LEE]), score([], [LEE, LEE])], Scores())
    assert total.linked == Counts(1, 1, 3)
    assert total.exact["cue"] == Counts(1, 1, 2)  # the same span twice in one article is one
    assert total.characters["cue"] == Counts(4, 4, 8)


def test_the_interval_holds_the_figure_and_is_the_same_again() -> None:
    linked = [Counts(n % 4, 4, 4) for n in range(40)]
    low, high = interval(linked)
    assert 0 < low < sum(linked, Counts()).f1 < high < 1
    assert interval(linked) == (low, high)
    assert interval([Counts(1, 2, 2)] * 9) == (0.5, 0.5)
