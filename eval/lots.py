"""Measures of who is put together with whom: MUC, B3, CEAFe, and their mean (Pradhan et al. 2014 describe all).

In:   lots of mentions, by hand and found.   Out: Scores, which add up over documents.
Knows nothing of: what a mention is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

T = TypeVar("T", bound=Hashable)


class Score(NamedTuple):
    """Counts of one measure; those of several documents add up. ``p`` over ``p_of`` is precision."""

    p: float = 0.0
    p_of: float = 0.0
    r: float = 0.0
    r_of: float = 0.0

    def plus(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.p / self.p_of if self.p_of else 0.0

    @property
    def recall(self) -> float:
        return self.r / self.r_of if self.r_of else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


Lots = Sequence[Collection[T]]


def muc(key: Lots[T], response: Lots[T]) -> Score:
    """Links that are kept (Vilain et al. 1995). Singletons count for nothing."""
    p, p_of = _links(response, key)
    r, r_of = _links(key, response)
    return Score(p, p_of, r, r_of)


def _links(lots: Lots[T], others: Lots[T]) -> tuple[float, float]:
    of = {m: i for i, lot in enumerate(others) for m in lot}
    kept = whole = 0
    for lot in lots:
        pieces = len({of[m] for m in lot if m in of}) + sum(m not in of for m in lot)
        kept += len(lot) - pieces
        whole += len(lot) - 1
    return kept, whole


def b_cubed(key: Lots[T], response: Lots[T]) -> Score:
    """Of each mention's lot the part that is right (Bagga and Baldwin 1998)."""
    p, p_of = _parts(response, key)
    r, r_of = _parts(key, response)
    return Score(p, p_of, r, r_of)


def _parts(lots: Lots[T], others: Lots[T]) -> tuple[float, float]:
    of = {m: i for i, lot in enumerate(others) for m in lot}
    right = 0.0
    for lot in lots:
        shared = Counter(of[m] for m in lot if m in of)
        right += sum(n * n for n in shared.values()) / len(lot)
    return right, float(sum(map(len, lots)))


def ceaf_e(key: Lots[T], response: Lots[T]) -> Score:
    """Lots matched one to one, each match worth the F1 of its members (Luo 2005, phi 4)."""
    of = {m: i for i, lot in enumerate(response) for m in lot}
    worth: dict[tuple[int, int], float] = {}
    for i, lot in enumerate(key):
        for j, n in Counter(of[m] for m in lot if m in of).items():
            worth[i, j] = 2 * n / (len(lot) + len(response[j]))
    total = sum(_best(part) for part in _connected(worth))
    return Score(total, len(response), total, len(key))


def _connected(worth: dict[tuple[int, int], float]) -> Iterable[dict[tuple[int, int], float]]:
    """The parts of the matching that have nothing to do with each other: small, where the whole is large."""
    rows: dict[int, list[int]] = {}
    columns: dict[int, list[int]] = {}
    for i, j in worth:
        rows.setdefault(i, []).append(j)
        columns.setdefault(j, []).append(i)
    seen: set[int] = set()
    for first in rows:
        if first in seen:
            continue
        open_, part = [first], set()
        seen.add(first)
        while open_:
            i = open_.pop()
            part.add(i)
            for j in rows[i]:
                for k in columns[j]:
                    if k not in seen:
                        seen.add(k)
                        open_.append(k)
        yield {(i, j): worth[i, j] for i in part for j in rows[i]}


def _best(worth: dict[tuple[int, int], float]) -> float:
    """The greatest worth of a one-to-one matching (Kuhn 1955, by shortest augmenting paths)."""
    left = sorted({i for i, _ in worth})
    right = sorted({j for _, j in worth})
    if len(left) == 1 or len(right) == 1:
        return max(worth.values())
    size = max(len(left), len(right))
    cost = [[0.0] * (size + 1) for _ in range(size + 1)]
    for (i, j), value in worth.items():
        cost[left.index(i) + 1][right.index(j) + 1] = -value
    u, v, match = [0.0] * (size + 1), [0.0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        match[0], column = row, 0
        least, came, used = [float("inf")] * (size + 1), [0] * (size + 1), [False] * (size + 1)
        while match[column]:
            used[column] = True
            at, step, following = match[column], float("inf"), 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                here = cost[at][j] - u[at] - v[j]
                if here < least[j]:
                    least[j], came[j] = here, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    u[match[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            match[column] = match[came[column]]
            column = came[column]
    return -sum(cost[match[j]][j] for j in range(1, size + 1))


@dataclass(frozen=True)
class Scores:
    """The three measures and what they are counted on."""

    muc: Score
    b_cubed: Score
    ceaf_e: Score

    @property
    def conll(self) -> float:
        """The mean of the three F1 (CoNLL 2011 shared task)."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3

    def plus(self, other: Scores) -> Scores:
        return Scores(self.muc.plus(other.muc), self.b_cubed.plus(other.b_cubed), self.ceaf_e.plus(other.ceaf_e))


def score(key: Lots[T], response: Lots[T], *, singletons: bool) -> Scores:
    """All measures of one document. Without ``singletons``, lots of one are left out on both sides."""
    if not singletons:
        key = [lot for lot in key if len(lot) > 1]
        response = [lot for lot in response if len(lot) > 1]
    return Scores(muc(key, response), b_cubed(key, response), ceaf_e(key, response))
