"""What linking does with numbers in place of names: keys joined to pairs, pairs to components, documents put in order.

In:   arrays of numbers.   Out: arrays of numbers, the same whatever the order of what came in.
Knows nothing of: what the numbers stand for, files.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no two keys fall together


def spread(keys: Whole) -> NDArray[np.uint64]:
    """Keys as other numbers, evenly spread over 64 bits: equal ones stay equal, others other."""
    return keys.astype(np.uint64) * _SPREAD


def within(keys: NDArray[np.uint64], number: int, of: int) -> slice:
    """Where spread keys, in order, lie in one of as many ranges of equal width."""
    first, last = (2**64 * n // of for n in (number, number + 1))
    start = np.searchsorted(keys, np.uint64(first))
    stop = len(keys) if last == 2**64 else np.searchsorted(keys, np.uint64(last))
    return slice(int(start), int(stop))


def together(keys: NDArray[np.uint64], values: Whole) -> Iterator[tuple[Whole, Whole]]:
    """Every two values that have one key, in blocks no longer than ``keys``, each pair once for each key it shares."""
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    at, step = np.arange(len(keys)), 1
    while at.size:
        at = at[at + step < len(keys)]
        at = at[keys[at] == keys[at + step]]
        yield values[at], values[at + step]
        step += 1


def across(
    keys: NDArray[np.uint64], values: Whole, others: NDArray[np.uint64], theirs: Whole
) -> Iterator[tuple[Whole, Whole]]:
    """Every value with each of the others that has its key, in blocks no longer than ``keys``."""
    order = np.argsort(others, kind="stable")
    others, theirs = others[order], theirs[order]
    at, stop = np.searchsorted(others, keys, "left"), np.searchsorted(others, keys, "right")
    own = np.arange(len(keys))
    while own.size:
        own = own[at[own] < stop[own]]
        yield values[own], theirs[at[own]]
        at[own] += 1


def counted(rows: Whole) -> Whole:
    """Each pair once, in order, the lesser number first. A row: two numbers, then counts, which are summed up."""
    pairs = np.sort(rows[:, :2], axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs = pairs[order]
    first = np.flatnonzero(np.r_[True, (pairs[1:] != pairs[:-1]).any(axis=1)][: len(rows)])
    if not first.size:
        return rows
    return np.column_stack((pairs[first], np.add.reduceat(rows[order, 2:], first, axis=0)))


def components(a: Whole, b: Whole, count: int) -> Whole:
    """For each of ``count`` numbers the least that hangs together with it by the pairs ``a``, ``b``.

    The least number is handed on along the pairs, and along what was found so far (pointer jumping, after Shiloach and
    Vishkin 1982), until nothing changes.
    """
    head = np.arange(count)
    while True:
        before = head.copy()
        least = np.minimum(head[a], head[b])
        np.minimum.at(head, before[a], least)
        np.minimum.at(head, before[b], least)
        while not np.array_equal(further := head[head], head):
            head = further
        if np.array_equal(head, before):
            return head


def walked(pairs: Whole) -> Whole:
    """The pairs again, those of one neighbourhood after each other: as they are met by going through all in breadth."""
    names, places = np.unique(pairs.T, return_inverse=True)
    here, there = places.reshape(2, -1)
    starts, ends = np.concatenate((here, there)), np.concatenate((there, here))
    order = np.lexsort((ends, starts))
    ends = ends[order]
    bounds = np.searchsorted(starts[order], np.arange(len(names) + 1))
    rank = np.full(len(names), -1)
    met = 0
    for start in range(len(names)):
        if rank[start] < 0:
            rank[start], met = met, met + 1
            waiting = deque([start])
            while waiting:
                at = waiting.popleft()
                for near in ends[bounds[at] : bounds[at + 1]].tolist():
                    if rank[near] < 0:
                        rank[near], met = met, met + 1
                        waiting.append(near)
    one, other = rank[here], rank[there]
    order = np.lexsort((np.maximum(one, other), np.minimum(one, other)))
    return pairs[order]
