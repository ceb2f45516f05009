"""Joins of numbers against the plain way of doing them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.bulk.joins import across, components, counted, spread, together, walked, within

NUMBERS = st.integers(0, 9)
ROWS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=40)


def columns(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    keys, values = np.array(rows, np.int64).reshape(-1, 2).T
    return spread(keys), values


def two(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


@given(ROWS)
def test_those_of_one_key_are_together(rows: list[tuple[int, int]]) -> None:
    rows = sorted(set(rows))
    wanted = Counter(two(a, b) for (x, a), (y, b) in combinations(rows, 2) if x == y)
    found = [
        two(a, b) for one, other in together(*columns(rows)) for a, b in zip(one.tolist(), other.tolist(), strict=True)
    ]
    assert Counter(found) == wanted


@given(ROWS, ROWS)
def test_those_of_one_key_are_across(rows: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    wanted = Counter((a, b) for x, a in rows for y, b in others if x == y)
    blocks = across(*columns(rows), *columns(others))
    assert Counter((a, b) for one, other in blocks for a, b in zip(one.tolist(), other.tolist(), strict=True)) == wanted


@given(ROWS)
def test_counts_of_a_pair_are_summed_up(pairs: list[tuple[int, int]]) -> None:
    rows = np.array([(a, b, 1, a) for a, b in pairs], np.int64).reshape(-1, 4)
    wanted = Counter(two(a, b) for a, b in pairs)
    found = counted(rows).tolist()
    assert [(a, b) for a, b, *_ in found] == sorted(wanted)
    assert {(a, b): n for a, b, n, _ in found} == wanted
    assert sum(row[3] for row in found) == sum(a for a, _ in pairs)


@given(ROWS)
def test_what_hangs_together_has_one_head(pairs: list[tuple[int, int]]) -> None:
    head = list(range(10))
    for _ in head:  # long enough for any chain
        for a, b in pairs:
            head[a] = head[b] = min(head[a], head[b])
    one, other = np.array(pairs, np.int64).reshape(-1, 2).T
    assert components(one, other, 10).tolist() == head


@given(ROWS)
def test_a_walk_meets_every_pair_once_and_neighbours_in_a_row(pairs: list[tuple[int, int]]) -> None:
    pairs = sorted({two(a, b) for a, b in pairs if a != b})
    found = [tuple(pair) for pair in walked(np.array(pairs, np.int64).reshape(-1, 2)).tolist()]
    assert sorted(found) == pairs
    met: set[int] = set()
    left = set(found)
    for pair in found:
        # A new neighbourhood begins only where the one before is done.
        if met and met.isdisjoint(pair):
            assert all(met.isdisjoint(other) for other in left)
        met |= set(pair)
        left.discard(pair)


@given(st.lists(st.integers(0, 2**63 - 1), max_size=40), st.integers(1, 5))
def test_each_key_is_in_one_range(numbers: list[int], of: int) -> None:
    keys = np.sort(spread(np.array(numbers, np.int64)))
    assert len(set(keys.tolist())) == len(set(numbers))
    assert np.concatenate([keys[within(keys, number, of)] for number in range(of)]).tolist() == keys.tolist()
