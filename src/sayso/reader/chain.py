"""Linear chains of BIES tags (Lafferty et al. 2001): the probability of every exact span.

In:   scores of tags for some sequences of words, learned transitions.   Out: Lattice: spans and their probabilities.
Knows nothing of: what the tags mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Words = tuple[int, int]  # a span of words, end exclusive
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
_SURE = 60.0  # padding is surely outside every span


def bies(kinds: Sequence[str]) -> tuple[str, ...]:
    """The tags of a chain: O, then for each kind of span begin, inside, end, single.

    >>> bies(["S"])
    ('O', 'B-S', 'I-S', 'E-S', 'S-S')
    """
    return ("O", *(f"{place}-{kind}" for kind in kinds for place in "BIES"))


def allowed(kinds: Sequence[str]) -> tuple[Flags, Flags, Flags]:
    """Which transitions (N, N), first and last tags (N,) a well-formed sequence may have."""
    tags = bies(kinds)
    opens = np.array([t == "O" or t[0] in "BS" for t in tags])
    closes = np.array([t == "O" or t[0] in "ES" for t in tags])
    inside = np.array([[a[0] in "BI" and b[0] in "IE" and a[2:] == b[2:] for b in tags] for a in tags])
    return (closes[:, None] & opens[None, :]) | inside, opens, closes


class Chain:
    """Learned scores of tags one after the other, for N tags (`bies`).

    ``trans``: (2, N, N), from a tag to the next one, within a line and over a line break; ``first`` and ``last``: (N,).
    """

    def __init__(self, kinds: Sequence[str], trans: Floats, first: Floats, last: Floats) -> None:
        steps, opens, closes = allowed(kinds)
        self.kinds = tuple(kinds)
        self.step = np.where(steps, np.exp(trans), 0).astype(np.float32)
        self.first = np.where(opens, np.exp(first), 0).astype(np.float32)
        self.last = np.where(closes, np.exp(last), 0).astype(np.float32)

    def lattice(self, scores: Sequence[Floats], breaks: Sequence[Flags]) -> Lattice:
        """Forward and backward sums of each sequence: (words, N) scores, and whether a line break precedes a word."""
        rows, width, tags = len(scores), max(map(len, scores)), len(self.first)
        e = np.full((width, rows, tags), -_SURE, np.float32)
        e[:, :, 0] = 0
        broken = np.zeros((width, rows), np.bool_)
        for row, (own, at) in enumerate(zip(scores, breaks, strict=True)):
            e[: len(own), row] = own
            broken[: len(own), row] = at
        np.exp(e - e.max(2, keepdims=True), out=e)
        forward, backward = np.empty_like(e), np.empty_like(e)
        scale = np.empty((width, rows, 1), np.float32)
        anywhere = np.any(broken, axis=1).tolist()
        sums = self.first * e[0]
        for i in range(width):
            if i:
                sums = forward[i - 1] @ self.step[0]
                if anywhere[i]:
                    sums = np.where(broken[i, :, None], forward[i - 1] @ self.step[1], sums)
                sums *= e[i]
            scale[i] = sums.sum(1, keepdims=True)
            np.divide(sums, scale[i], out=forward[i])
        final = np.array([len(own) - 1 for own in scores])
        closing = np.isin(np.arange(width), final).tolist()
        backward[-1] = self.last
        back = np.ascontiguousarray(self.step.transpose(0, 2, 1))
        e /= scale
        for i in range(width - 2, -1, -1):
            following = e[i + 1] * backward[i + 1]
            np.matmul(following, back[0], out=backward[i])
            if anywhere[i + 1]:
                backward[i] = np.where(broken[i + 1, :, None], following @ back[1], backward[i])
            if closing[i]:
                backward[i, final == i] = self.last
        backward /= (forward[final, np.arange(rows)] * self.last).sum(1)[:, None]
        for row, own in enumerate(scores):
            backward[len(own) :, row] = 0
        return Lattice(self, forward, backward, e, broken.astype(np.int64))


@dataclass(frozen=True)
class Lattice:
    """Sums over all tag sequences, each array (words, sequences, tags): ``forward`` * ``backward`` is the probability
    of a tag; ``grown`` is what a word's scores multiply the forward sums by.
    """

    chain: Chain
    forward: Floats
    backward: Floats
    grown: Floats
    broken: NDArray[np.int64]

    def inside(self, kind: int) -> Floats:
        """The probability of each word to be in a span of a kind: (sequences, words)."""
        begin = 1 + 4 * kind
        part = np.s_[:, :, begin : begin + 4]
        found: Floats = (self.forward[part] * self.backward[part]).sum(2).T
        return found

    def spans(self, kind: int, floor: float) -> list[tuple[int, Words, float]]:
        """Sequence, span and probability of every span of a kind that is likelier than ``floor``.

        A long span is the product of its first step, of steps from I to I, which differences of running sums of
        logarithms give for all pairs of starts and ends at once, and of its last step.
        """
        b, i, e, s = range(1 + 4 * kind, 5 + 4 * kind)
        single = self.forward[:, :, s] * self.backward[:, :, s]
        found = [(int(row), (int(at), int(at) + 1), float(single[at, row])) for at, row in np.argwhere(single > floor)]
        step = self.chain.step[self.broken][:, :, [b, b, i, i], [i, e, i, e]]
        with np.errstate(divide="ignore"):
            first_in = np.log(step[:, :, 0] * self.grown[:, :, i])
            along = np.cumsum(np.log(step[:, :, 2] * self.grown[:, :, i]), axis=0, dtype=np.float64)
        first_end = step[:, :, 1] * self.grown[:, :, e] * self.backward[:, :, e]
        last_end = step[:, :, 3] * self.grown[:, :, e] * self.backward[:, :, e]
        begins = self.forward[:, :, b] * self.backward[:, :, b] > floor
        ends = self.forward[:, :, e] * self.backward[:, :, e] > floor
        for row in np.flatnonzero(begins.any(0) & ends.any(0)).tolist():
            start, end = np.flatnonzero(begins[:, row])[:, None], np.flatnonzero(ends[:, row])[None, :]
            after = np.minimum(start + 1, len(begins) - 1)
            gap = along[np.maximum(end - 1, 0), row] - along[after, row]
            with np.errstate(over="ignore"):
                long = np.exp(first_in[after, row] + np.where(end - start >= 2, gap, -np.inf)) * last_end[end, row]
            p = self.forward[start, row, b] * np.where(end - start == 1, first_end[end, row], long)
            for x, y in np.argwhere(p > floor):
                found.append((row, (int(start[x, 0]), int(end[0, y]) + 1), float(p[x, y])))
        return found
