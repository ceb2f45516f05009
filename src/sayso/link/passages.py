"""The passages that two texts share, found word by word, in whatever order they stand.

In:   the Words of two texts.   Out: Passages; how much of one stands in the other.
Knows nothing of: who had it from whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from sayso.link.words import SEED, Words, mixed, weight

_MANY = 8  # places of one seed in a text that are looked at; more is a refrain
_GAP = 5  # words between two runs of one passage, on either side: what was cut, put in or reworded
_LEAST = 16.0  # the weight of a passage: about five telling words; phrases of the trade weigh less
_RARE = 8.0  # the least weight of a seed that is a key: "in a statement" is none
_SAMPLED = 3  # of so many seeds one is a key: kept by its hash, so the same seed is kept in every text


class Run(NamedTuple):
    """Words ``a`` to ``a + size`` of one text are words ``b`` to ``b + size`` of the other."""

    a: int
    b: int
    size: int


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of each text that is the same but for few words. ``runs``: the words that are. ``weight``: theirs."""

    a: range
    b: range
    runs: tuple[Run, ...]
    weight: float

    def turned(self) -> Passage:
        """The same with the two texts changed over."""
        return Passage(a=self.b, b=self.a, runs=tuple(Run(r.b, r.a, r.size) for r in self.runs), weight=self.weight)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The numbers of the words that are the same, in one text and the other."""
        for run in self.runs:
            yield from zip(range(run.a, run.a + run.size), range(run.b, run.b + run.size), strict=True)


def keys(words: Words) -> frozenset[int]:
    """What candidates for a shared passage are looked up by: a sample of the rows of three words.

    Sampled by hash ("0 mod p", Manber 1994), so that what two texts share does not depend on others.
    """
    found = (mixed(row) for row in words.rows if sum(map(weight, row)) >= _RARE)
    return frozenset(key for key in found if key % _SAMPLED == 0)


def passages(a: Words, b: Words) -> tuple[Passage, ...]:
    """The passages that ``a`` and ``b`` share, by their place in ``a``; each word is in one of them at most."""
    if a.places.keys().isdisjoint(b.places):
        return ()
    runs = _apart(_runs(a, b), a)
    joined = (_passage(group, a) for group in _joined(runs))
    return tuple(p for p in joined if p.weight >= _LEAST)


def _runs(a: Words, b: Words) -> list[Run]:
    """The longest rows of words that stand in both."""
    there = b.places
    found: list[Run] = []
    growing: dict[int, int] = {}  # where the seed before stands in b -> where its run began in a
    for i, row in enumerate((*a.rows, ())):
        here: Sequence[int] = there.get(row, ())
        if not here and not growing:
            continue
        now = {}
        if len(here) <= _MANY:
            for j in here:
                now[j] = growing.pop(j - 1, i)
        for j, began in growing.items():  # what does not go on: its last seed began at i - 1
            size = i - 1 - began + SEED
            found.append(Run(began, j - (i - 1 - began), size))
        growing = now
    return found


def _apart(runs: Iterable[Run], a: Words) -> list[Run]:
    """Of runs that overlap in either text the weightier, cut where the other has begun."""
    weighed = sorted(runs, key=lambda r: (-sum(map(weight, a.stems[r.a : r.a + r.size])), r))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    kept = []
    for run in weighed:
        free = [k for k in range(run.size) if run.a + k not in taken_a and run.b + k not in taken_b]
        if len(free) < SEED:
            continue
        first, last = free[0], free[-1]
        if len(free) != last - first + 1:  # torn in the middle: what is left is part of the others
            continue
        kept.append(Run(run.a + first, run.b + first, len(free)))
        taken_a.update(range(run.a + first, run.a + last + 1))
        taken_b.update(range(run.b + first, run.b + last + 1))
    return sorted(kept)


def _joined(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs in groups: each goes on where the one before ends, in both texts."""
    group: list[Run] = []
    for run in runs:
        if group:
            before = group[-1]
            gap_a, gap_b = run.a - before.a - before.size, run.b - before.b - before.size
            if not (0 <= gap_a <= _GAP and 0 <= gap_b <= _GAP):
                yield group
                group = []
        group.append(run)
    if group:
        yield group


def _passage(runs: Sequence[Run], a: Words) -> Passage:
    first, last = runs[0], runs[-1]
    return Passage(
        a=range(first.a, last.a + last.size),
        b=range(first.b, last.b + last.size),
        runs=tuple(runs),
        weight=sum(weight(a.stems[k]) for r in runs for k in range(r.a, r.a + r.size)),
    )
