"""Weighs what tells that two claims are of one event: `python -m training.fit_matter`.

A logistic regression over `sayso.link.matter.features`. Positive are the dev pairs of eval/contradictions that are of
one event, and the labelled claims of the origins benchmark's dev stories that carry one claim. Negative are the dev
pairs that are not, and all other pairs of claims with a word in common of two articles of one dev story, or of
examples/. Some of those are of one event and nobody has labelled it, so all of them together weigh no more than
`REST`. Printed is, for some scores, how many of each sort lie over them: EVENT and SURE in `matter` were chosen by it.

In:   eval/origins/dev, eval/contradictions/dev.jsonl, examples/.   Out: [event] in src/sayso/data/matter.toml.
Knows nothing of: the test halves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from eval.contradictions.__main__ import load as pairs_of
from eval.contradictions.__main__ import read
from eval.origins.measure import claims_at
from eval.origins.stories import load as stories_of

from sayso.case import knowledge, lexicon, reader
from sayso.link.matter import EVENT, SURE, features
from sayso.link.sketch import Sketch, sketch
from sayso.read import read_bytes
from sayso.records import Document
from sayso.study import study

if TYPE_CHECKING:
    from sayso.link.matter import Floats

ROOT = Path(__file__).parents[1]
FILE = ROOT / "src" / "sayso" / "data" / "matter.toml"
LOOKED_AT = ("plain", "around", "shared", "apart", "source")
REST = 400.0  # what the unlabelled pairs weigh together; a labelled one weighs 1
PULL = 1.0  # to 0, so that weights stay finite


class Lot(NamedTuple):
    """Pairs of claims: their features, (n, k); whether they are of one event; whether that was labelled."""

    x: Floats
    event: Floats
    labelled: Floats


def of_pairs() -> Iterator[Lot]:
    """The pairs of claims of eval/contradictions."""
    for pair in pairs_of("dev"):
        (a, b), (one, other) = read(pair)
        if one is None or other is None:
            continue
        x = features(a, b)
        i, j = a.claims.index(one), b.claims.index(other)
        row = np.array([[x[name][i, j] for name in LOOKED_AT]])
        yield Lot(row, np.array([float(pair.outcome != "unknown")]), np.ones(1))


def of_stories() -> Iterator[Lot]:
    """All pairs of claims of two articles of a dev story, or of examples/."""
    for story in stories_of("dev"):
        own = {name: study(document, reader(), knowledge()) for name, document in story.articles.items()}
        carried: dict[str, set[int]] = defaultdict(set)
        for number, claim in enumerate(story.claims):
            for name, words in claim.in_.items():
                for found in claims_at(own[name], words)[:1]:
                    carried[found.id].add(number)
        yield from _between([sketch(ledger, lexicon()) for ledger in own.values()], carried)
    files = sorted((ROOT / "examples").glob("[01]*"))
    read_ = (d for f in files for d in read_bytes(f.read_bytes(), path=f.name) if isinstance(d, Document))
    yield from _between([sketch(study(d, reader(), knowledge()), lexicon()) for d in read_], {})


def _between(sketches: Sequence[Sketch], carried: Mapping[str, set[int]]) -> Iterator[Lot]:
    for a, b in combinations(sketches, 2):
        found = features(a, b)
        x = np.stack([found[name].ravel() for name in LOOKED_AT], axis=1)
        both = [(one, other) for one in a.claims for other in b.claims]
        y = np.array([float(bool(carried.get(s.claim.id, set()) & carried.get(t.claim.id, set()))) for s, t in both])
        keep = np.array([s.terms != t.terms for s, t in both], bool) & (found["shared"].ravel() > 0)
        yield Lot(x[keep], y[keep], y[keep])


def fit(x: Floats, y: Floats, weights: Floats) -> Floats:
    """Bias and weights by Newton's method."""
    x = np.concatenate([np.ones((len(x), 1)), x], 1)
    w = np.zeros(x.shape[1])
    pull = PULL * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        h = (x * (weights * p * (1 - p))[:, None]).T @ x + pull
        w += np.linalg.solve(h, x.T @ (weights * (y - p)) - pull @ w)
    return w


def main() -> None:
    """Fits and writes the weights."""
    x, event, labelled = (np.concatenate(part) for part in zip(*of_pairs(), *of_stories(), strict=True))
    bias, *weights = fit(x, event, np.where(labelled > 0, 1.0, REST / (labelled == 0).sum()))
    scores = 1 / (1 + np.exp(-(bias + x @ np.array(weights))))
    for least in (EVENT, SURE):
        over = scores >= least
        print(f"over {least}: {over[event > 0].mean():.3f} of one event,", end=" ")
        print(f"{over[(labelled > 0) & (event == 0)].mean():.3f} labelled as not,", end=" ")
        print(f"{over[labelled == 0].mean():.3f} of those with a word in common that nobody labelled")
    kept, _, _ = FILE.read_text(encoding="utf-8").partition("[event]")
    told = ", ".join(f"{name} = {weight:.2f}" for name, weight in zip(LOOKED_AT, weights, strict=True))
    FILE.write_text(f"{kept}[event]\nbias = {bias:.2f}\nweights = {{ {told} }}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
