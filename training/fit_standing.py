"""Weighs the signs of how two claims of one event stand to each other: `python -m training.fit_standing`.

A multinomial logistic regression over `sayso.link.standing.every_sign`, fitted on the dev pairs of eval/contradictions
and on the pairs of eval/contradictions/cases.jsonl. The first are chosen pairs of short texts: nearly all of them are
of one event. The others are what looks like one event in whole articles, where most are two sides of a matter or the
same said twice. Each of them counts for little (`IN_CASE`), those without a label for less: as "compatible", which most
are.

Printed is what held-out pairs are told, each eighth of them by what the others teach; a story is held out whole.

In:   eval/contradictions/dev.jsonl and cases.jsonl, eval/origins/dev, examples/.   Out: src/sayso/data/standing.toml.
Knows nothing of: the test halves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from eval.contradictions import cases
from eval.contradictions.__main__ import load as pairs_of
from eval.contradictions.__main__ import read

from sayso.link.matter import EVENT, alike
from sayso.link.standing import OUTCOMES, every_sign

if TYPE_CHECKING:
    from sayso.link.matter import Floats

ROOT = Path(__file__).parents[1]
FILE = ROOT / "src" / "sayso" / "data" / "standing.toml"
IN_CASE, REST = 0.1, 0.02  # what a labelled pair of a case weighs, and one without a label; a chosen pair weighs 1
PULL = 16.0  # to 0
SLACK = 0.3  # added to the deviation of a sign: rare ones count for less
FEWEST = 5  # pairs that a sign is seen in
PARTS, ROUNDS, CLOSE = 8, 15, 1e-4


class Lot(NamedTuple):
    """A pair of claims: its signs, the place of its outcome in `OUTCOMES`, the score of one event, what it weighs, and
    the story that it is of; "" for a chosen pair.
    """

    signs: dict[str, float]
    outcome: int
    sure: float
    worth: float
    story: str


def chosen() -> Iterator[Lot]:
    """The dev pairs that are read."""
    for pair in pairs_of("dev"):
        (a, b), (one, other) = read(pair)
        if one is None or other is None:
            continue
        sure = float(alike(a, b).event[a.claims.index(one), b.claims.index(other)])
        signs = {s.name: s.value for s in every_sign(one, other, sure)}
        yield Lot(signs, OUTCOMES.index(pair.outcome), sure, 1.0, "")


def in_cases() -> Iterator[Lot]:
    """The pairs of claims of one case."""
    for pair in cases.pairs():
        signs = {s.name: s.value for s in every_sign(pair.a, pair.b, pair.sure)}
        place = OUTCOMES.index(pair.outcome or "compatible")
        yield Lot(signs, place, pair.sure, IN_CASE if pair.outcome else REST, pair.story)


def fit(x: Floats, y: Floats, worth: Floats) -> Floats:
    """Biases (the first row) and weights, for signs as they are, by Newton's method."""
    middle, scale = np.average(x, 0, worth), np.sqrt(np.average((x - np.average(x, 0, worth)) ** 2, 0, worth)) + SLACK
    z = np.concatenate([np.ones((len(x), 1)), (x - middle) / scale], 1)
    size, kinds = z.shape[1], y.shape[1]
    w = np.zeros((size, kinds))
    pull = np.full(size, PULL)
    pull[0] = 1e-2
    for _ in range(ROUNDS):
        p = np.exp(z @ w - (z @ w).max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        slope = z.T @ (worth[:, None] * (p - y)) + pull[:, None] * w
        curve = np.zeros((kinds, size, kinds, size))
        for i in range(kinds):
            for j in range(kinds):
                curve[i, :, j, :] = (z * (worth * p[:, i] * ((i == j) - p[:, j]))[:, None]).T @ z
            curve[i, :, i, :] += np.diag(pull)
        step = np.linalg.solve(curve.reshape(kinds * size, -1), slope.T.ravel()).reshape(kinds, size).T
        w -= step
        if np.abs(step).max() < CLOSE:
            break
    w[1:] /= scale[:, None]
    w[0] -= middle @ w[1:]
    return w


def told(x: Floats, w: Floats) -> Floats:
    """The place of the outcome that is likeliest."""
    return np.argmax(w[0] + x @ w[1:], 1)


def figures(outcomes: Floats, found: Floats) -> str:
    """Accuracy, macro F1, the F1 of each outcome."""
    each = []
    for k in range(len(OUTCOMES)):
        marked = (outcomes == k).sum() + (found == k).sum()
        each.append(2 * ((outcomes == k) & (found == k)).sum() / marked if marked else 0.0)
    return f"{(outcomes == found).mean():.3f} {np.mean(each):.3f}  " + " ".join(f"{f:.2f}" for f in each)


def main() -> None:
    """Fits, tells how well, and writes the weights."""
    lots = [*chosen(), *in_cases()]
    seen = Counter(name for lot in lots if not lot.story for name, value in lot.signs.items() if value)
    names = sorted(name for name, n in seen.items() if n >= FEWEST)
    x = np.array([[lot.signs.get(name, 0.0) for name in names] for lot in lots])
    outcomes = np.array([lot.outcome for lot in lots])
    y = np.eye(len(OUTCOMES))[outcomes]
    worth = np.array([lot.worth for lot in lots])
    stories = sorted({lot.story for lot in lots})
    by_chance = np.random.RandomState(0).randint(0, PARTS, len(lots))
    part = np.array(
        [stories.index(lot.story) % PARTS if lot.story else k for lot, k in zip(lots, by_chance, strict=True)]
    )
    found = np.zeros(len(lots), int)
    for k in range(PARTS):
        there = part == k
        found[there] = told(x[there], fit(x[~there], y[~there], worth[~there]))
    sure = np.array([lot.sure for lot in lots]) >= EVENT
    free, labelled = worth == 1.0, worth == IN_CASE
    print(f"{len(names)} signs; {free.sum()} chosen pairs, {labelled.sum()} labelled ones of cases")
    print("chosen, held out:", figures(outcomes[free], np.where(sure, found, OUTCOMES.index("unknown"))[free]))
    print("of one event only:", figures(outcomes[free & sure], found[free & sure]))
    loud = labelled & (found < OUTCOMES.index("compatible"))
    print(f"of cases, held out: {loud.sum()} told, {(found == outcomes)[loud].sum()} as labelled")
    w = fit(x, y, worth)
    head = f"# What signs are worth: for {', '.join(OUTCOMES)}.\n# Made by `python -m training.fit_standing`.\n\n"
    rows = [f'"{name}" = [{_row(w[k + 1])}]\n' for k, name in enumerate(names)]
    FILE.write_text(f"{head}bias = [{_row(w[0])}]\n\n[signs]\n{''.join(rows)}", encoding="utf-8")


def _row(values: Floats) -> str:
    return ", ".join(f"{v:.3f}" for v in values)


if __name__ == "__main__":
    main()
