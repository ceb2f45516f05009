"""Calibrates the reader's score: `python -m training.fit_score FOLDER`, FOLDER holding reader.npz.

Weights the log odds of what an attribution is made of (cue, content, source) by logistic regression, so that of the
attributions scored 0.8 four in five are right: linked as eval/score.py has it. It learns on PolNeAR dev, as the reader
knows train by heart, and first reports the error of each half of the articles under the weights of the other half.

In:   the installed reader; PolNeAR dev.   Out: `calibration` in reader.npz; the expected calibration error.
Knows nothing of: how the reader is trained.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from eval.brat import Attribution, read_folder
from eval.polnear import data_folder
from eval.score import link
from numpy.typing import NDArray

from sayso.reader.session import Reader

Floats = NDArray[np.float64]
BINS = 10
PENALTY = 1e-3


def examples(reader: Reader) -> list[tuple[Floats, Floats]]:
    """For each article the log odds of its attributions, (n, 4) with a constant, and which are right, (n,)."""
    out = []
    for article in read_folder(data_folder() / "polnear" / "dev"):
        found = [f for f in reader.read(article.text, ()).found if not f.inner]
        hits = link([Attribution(source=f.source, cue=(f.cue,), content=f.content) for f in found], article.gold)
        p = np.clip(np.array([f.sure for f in found]).reshape(-1, 3), 0.001, 0.999)
        x = np.concatenate([np.ones((len(p), 1)), np.log(p / (1 - p))], 1)
        out.append((x, np.array([i in hits for i in range(len(found))], np.float64)))
    return out


def fit(x: Floats, y: Floats) -> Floats:
    """Weights by Newton's method, with a small penalty so that they stay finite."""
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        h = (x * (p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(len(w))
        w += np.linalg.solve(h, x.T @ (y - p) - PENALTY * w)
    return w


def calibration_error(p: Floats, y: Floats) -> float:
    """Expected calibration error over ten bins of one width (Guo et al. 2017)."""
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    gaps = [
        abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in range(BINS) if (bins == b).any()
    ]
    return float(sum(gaps))


def main() -> None:
    """Fits, reports, writes."""
    path = Path(sys.argv[1]) / "reader.npz"
    rows = examples(Reader.load(Path(sys.argv[1])))
    halves = [rows[0::2], rows[1::2]]
    parts = [tuple(np.concatenate(a) for a in zip(*half, strict=True)) for half in halves]
    p = [1 / (1 + np.exp(-x @ fit(*other))) for (x, _), other in zip(parts, reversed(parts), strict=True)]
    y = np.concatenate([y for _, y in parts])
    error = calibration_error(np.concatenate(p), y)
    print(f"{len(y)} attributions, {y.mean():.3f} right; expected calibration error across halves {error:.4f}")
    weights = fit(np.concatenate([x for x, _ in parts]), y)
    print("weights", np.round(weights, 3))
    with np.load(path, allow_pickle=False) as file:
        tables = {name: file[name] for name in file.files}
    np.savez_compressed(path, **(tables | {"calibration": weights.astype(np.float32)}))


if __name__ == "__main__":
    main()
