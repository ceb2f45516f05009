"""Heuer's matrix, out of the likelihoods: a view for audit beside the odds.

In:   Items and their Pieces.   Out: a Matrix.
Knows nothing of: priors, copies; that is its weakness.

A cell says how well the evidence fits a hypothesis, by the chance that it would be said if that holds. What is unlikely
under every hypothesis is I in every cell, and tells none apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from sayso.weigh.hypotheses import Level
from sayso.weigh.material import Item
from sayso.weigh.pieces import Piece
from sayso.weigh.weighed import Cell, Matrix, Row

# From this chance on: nearly always said; more often than not; an open matter; seldom; hardly ever.
CELLS: tuple[tuple[float, Cell], ...] = ((0.85, "CC"), (0.55, "C"), (0.35, "N"), (0.15, "I"), (0.0, "II"))
POINTS: dict[Cell, int] = {"CC": 0, "C": 0, "N": 0, "I": 1, "II": 2}
WEIGHTS: dict[Level, float] = {"low": 1 / math.sqrt(2), "medium": 1.0, "high": math.sqrt(2)}
NOTE = (
    "For audit, not for the answer: the sum leaves out priors, what speaks for a hypothesis, and that copies repeat."
    " Experiments did not find that the method improves accuracy (Mandel, Karvetski and Dhami 2018; Dhami, Belton and"
    " Mandel 2019; Karvetski and Mandel 2020). Cells follow from the likelihoods: CC from 0.85, C from 0.55,"
    " N from 0.35, I from 0.15, II below. Inconsistency: I counts 1, II counts 2, times credibility and relevance"
    " (low 0.71, medium 1, high 1.41). Diagnosticity: the largest difference of two log-likelihoods."
)


def cell(likely: float) -> Cell:
    """How well evidence fits a hypothesis under which it is so likely.

    >>> [cell(p) for p in (0.9, 0.7, 0.4, 0.2, 0.1)]
    ['CC', 'C', 'N', 'I', 'II']
    """
    return next(name for least, name in CELLS if likely >= least)


def diagnosticity(likely: Sequence[float]) -> float:
    """How far it tells hypotheses apart: nothing where all are equally likely or unlikely.

    >>> diagnosticity((0.1, 0.1, 0.1))
    0.0
    """
    return max((abs(math.log(a) - math.log(b)) for a, b in combinations(likely, 2)), default=0.0)


def matrix(items: Sequence[Item], pieces: Sequence[Piece], names: Sequence[str]) -> Matrix:
    """A row for each evidence; of several origins, the one that tells most apart."""
    rows = []
    for number, item in enumerate(items):
        own = [p for p in pieces if p.item == number]
        if not own:
            continue  # it was left out
        most = min(own, key=lambda p: (-diagnosticity(p.likely), p.key))
        rows.append(
            Row(
                evidence=number + 1,
                ref=item.evidence.ref,
                cells={name: cell(p) for name, p in zip(names, most.likely, strict=True)},
                likely={name: round(p, 6) for name, p in zip(names, most.likely, strict=True)},
                credibility=item.evidence.credibility,
                relevance=item.evidence.relevance,
                diagnosticity=round(diagnosticity(most.likely), 6),
            )
        )
    rows.sort(key=lambda r: (-r.diagnosticity, r.ref))
    sums = {name: math.fsum(_weight(r) * POINTS[r.cells[name]] for r in rows) for name in names}
    return Matrix(rows=tuple(rows), inconsistency={n: round(s, 6) for n, s in sums.items()}, note=NOTE)


def _weight(row: Row) -> float:
    return WEIGHTS[row.credibility] * WEIGHTS[row.relevance]
