"""Score how well a source or content goes with a cue.

In:   the network's outputs of the windows, spans of words.   Out: scores of pairs; tag scores of the whole stretch.
Knows nothing of: which spans were chosen and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sayso.reader.chain import N_TAGS, Floats, Params, Words
from sayso.reader.words import Ints

LINK_DIM = 64
N_DISTANCE, N_PARAGRAPH, N_BETWEEN = 20, 5, 8
_CENTRE = 64  # words from an edge at which a window knows enough


@dataclass(frozen=True)
class Window:
    """The network's outputs for the words start..end: ``emissions`` (words, tags), ``link`` (words, 4 * 64 + 1)."""

    start: int
    end: int
    emissions: NDArray[np.float32]
    link: NDArray[np.float32]


def pair_features(spans: Ints, cues: Ints, lines: Ints) -> Ints:
    """Bucketed distance, lines and cues between each span and each cue: (spans, cues, 3).

    ``lines`` holds the running number of line breaks at each word.
    """
    if not len(spans) or not len(cues):
        return np.zeros((len(spans), len(cues), 3), np.int64)
    a, b = spans[:, None, :], cues[None, :, :]
    before = a[..., 0] < b[..., 0]
    gap = np.maximum(np.where(before, b[..., 0] - a[..., 1], a[..., 0] - b[..., 1]), 0)
    bucket = np.minimum(np.log2(gap + 1) * 1.35, N_DISTANCE // 2 - 1).astype(np.int64)
    par = np.clip(lines[a[..., 0]] - lines[b[..., 0]], -2, 2) + 2
    rank = np.searchsorted(np.sort(cues[:, 0]), spans[:, 0])
    order = np.argsort(np.argsort(cues[:, 0], kind="stable"), kind="stable")
    between = np.where(before, order[None] - rank[:, None], rank[:, None] - 1 - order[None])
    between = np.clip(between, 0, N_BETWEEN // 2 - 1)
    return np.stack([bucket + before * (N_DISTANCE // 2), par, between + before * (N_BETWEEN // 2)], -1)


def link_scores(
    kind: Literal["source", "content"], link: NDArray[np.float32], spans: Ints, cues: Ints, lines: Ints, p: Params
) -> Floats:
    """Scores of spans (sources or contents) against cues from the network's link vectors: (spans, cues)."""
    at = 0 if kind == "source" else 2 * LINK_DIM
    dep, head = link[:, at : at + LINK_DIM], link[:, at + LINK_DIM : at + 2 * LINK_DIM]
    u = (dep[spans[:, 0]] + dep[spans[:, 1] - 1]) / 2
    v = (head[cues[:, 0]] + head[cues[:, 1] - 1]) / 2
    f = pair_features(spans, cues, lines)
    t = p.tables
    scores: Floats = (
        u @ v.T / LINK_DIM**0.5
        + t[f"{kind}_distance"][f[..., 0]]
        + t[f"{kind}_paragraph"][f[..., 1]]
        + t[f"{kind}_between"][f[..., 2]]
    )
    return scores


def centrality(w: Window, n: int) -> Floats:
    """Weights of a window's words: higher away from edges that cut the stretch of ``n`` words."""
    i = np.arange(w.end - w.start, dtype=np.float64)
    left = i + 1 if w.start else np.full(len(i), 1e3)
    right = i[::-1] + 1 if w.end < n else np.full(len(i), 1e3)
    weights: Floats = np.minimum(np.minimum(left, right), _CENTRE) ** 2
    return weights


def merge_emissions(windows: Sequence[Window], n: int) -> Floats:
    """The tag scores of ``n`` words, averaged over the windows that hold them."""
    total, weight = np.zeros((n, N_TAGS)), np.zeros((n, 1))
    for w in windows:
        c = centrality(w, n)[:, None]
        total[w.start : w.end] += c * w.emissions
        weight[w.start : w.end] += c
    merged: Floats = total / weight
    return merged


def merge_links(
    kind: Literal["source", "content"],
    windows: Sequence[Window],
    spans: Sequence[Words],
    cues: Sequence[Words],
    lines: Ints,
    p: Params,
) -> Floats:
    """Link scores averaged over the windows that hold both spans; minus infinity if none does: (spans, cues)."""
    n = len(lines)
    total, weight = np.zeros((len(spans), len(cues))), np.zeros((len(spans), len(cues)))
    sp, cu = np.array(spans, np.int64).reshape(-1, 2), np.array(cues, np.int64).reshape(-1, 2)
    for w in windows:
        si = np.flatnonzero((sp[:, 0] >= w.start) & (sp[:, 1] <= w.end))
        ci = np.flatnonzero((cu[:, 0] >= w.start) & (cu[:, 1] <= w.end))
        if not len(si) or not len(ci):
            continue
        c = centrality(w, n)
        s = link_scores(kind, w.link, sp[si] - w.start, cu[ci] - w.start, lines[w.start : w.end], p)
        g = np.minimum(c[sp[si, 0] - w.start][:, None], c[cu[ci, 0] - w.start][None])
        total[np.ix_(si, ci)] += g * s
        weight[np.ix_(si, ci)] += g
    return np.where(weight > 0, total / np.maximum(weight, 1e-9), -np.inf)


def no_source(windows: Sequence[Window], cues: Sequence[Words]) -> Floats:
    """The score of each cue for having no source at all: (cues,)."""
    scores = np.zeros(len(cues))
    for i, (a, b) in enumerate(cues):
        found = [
            (w.link[a - w.start, -1] + w.link[b - 1 - w.start, -1]) / 2 for w in windows if a >= w.start and b <= w.end
        ]
        scores[i] = np.mean(found) if found else 0.0
    return scores
