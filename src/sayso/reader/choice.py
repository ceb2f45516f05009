"""Choose the set of spans that promises most, which is not the best path.

In:   a Lattice.   Out: disjoint spans with their types.
Knows nothing of: texts, links between spans.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from sayso.reader.chain import ROLE, Lattice, Role, Words


@dataclass(frozen=True)
class Choice:
    """How spans of a role are chosen: value = probability + soft * (word probability - 0.5)."""

    threshold: float
    soft: float = 0.0


# About half the F1 of each role, a little more as the chain is too sure.
CHOICE: dict[Role, Choice] = {"source": Choice(0.46), "cue": Choice(0.42), "content": Choice(0.4)}


def best_spans(lat: Lattice, choice: dict[Role, Choice]) -> list[tuple[Words, str, float]]:
    """The set of disjoint spans with the largest sum of value minus threshold, in order, with their probabilities.

    A span is worth keeping when its probability exceeds about half the F1 that the role reaches; this maximises the
    expected F1 rather than the best path (Lipton, Elkan & Naryanaswamy 2014). The soft part keeps spans that surely
    exist but whose edges are uncertain.
    """
    items = sorted(_worthy(lat, choice), key=lambda item: item[0][1])
    ends = [span[1] for span, *_ in items]
    best = [0.0]
    previous: list[int | None] = []  # how many items end before this one begins, where it is taken
    for i, (span, _, value, _) in enumerate(items):
        before = bisect_right(ends, span[0], 0, i)
        taken = best[before] + value > best[i]
        previous.append(before if taken else None)
        best.append(best[before] + value if taken else best[i])
    out: list[tuple[Words, str, float]] = []
    i = len(items)
    while i:
        before_it = previous[i - 1]
        if before_it is None:
            i -= 1
        else:
            span, kind, _, probability = items[i - 1]
            out.append((span, kind, probability))
            i = before_it
    return out[::-1]


def _worthy(lat: Lattice, choice: dict[Role, Choice]) -> list[tuple[Words, str, float, float]]:
    """Spans with their likeliest type, value above the threshold and probability: the side of the cue is left open."""
    merged: dict[tuple[Words, str], tuple[float, str, float]] = {}
    for (span, kind), q in lat.spans.items():
        total, likeliest, most = merged.get((span, kind[0]), (0.0, kind, 0.0))
        merged[span, kind[0]] = (total + q, kind if q > most else likeliest, max(q, most))
    items: list[tuple[Words, str, float, float]] = []
    for (span, letter), (q, kind, _) in merged.items():
        c = choice[ROLE[letter]]
        inside = float(lat.words[ROLE[letter]][span[0] : span[1]].mean()) if c.soft else 0.5
        value = q + c.soft * (inside - 0.5) - c.threshold
        if value > 0:
            items.append((span, kind, value, q))
    return items
