"""Numpy-only decoding of the network's outputs to spans and linked attributions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from crf import N_TAGS, ROLE, Choice, Params, Span, best_spans, lattice, read_spans, viterbi

LINK_DIM = 64
N_DISTANCE, N_PARAGRAPH, N_BETWEEN = 20, 5, 8
ARG_DIM = 96
ARG_TAGS = ["O"] + [f"{p}-{t}" for t in "SC" for p in "BIES"]
N_ARG = len(ARG_TAGS)


def allowed_args() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which transitions, first and last tags a well-formed sequence of argument tags may have."""
    opens = np.array([t == "O" or t[0] in "BS" for t in ARG_TAGS])
    closes = np.array([t == "O" or t[0] in "ES" for t in ARG_TAGS])
    trans = closes[:, None] & opens[None, :]
    for role in "SC":
        for a in "BI":
            for b in "IE":
                trans[ARG_TAGS.index(f"{a}-{role}"), ARG_TAGS.index(f"{b}-{role}")] = True
    return trans, opens, closes


def pair_features(spans: np.ndarray, cues: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Bucketed distance, lines and cues between each span and each cue: (spans, cues, 3).

    `lines` holds the running number of line breaks at each word.
    """
    if not len(spans) or not len(cues):
        return np.zeros((len(spans), len(cues), 3), np.int64)
    a, b = spans[:, None, :], cues[None, :, :]
    before = a[..., 0] < b[..., 0]
    gap = np.maximum(np.where(before, b[..., 0] - a[..., 1], a[..., 0] - b[..., 1]), 0)
    bucket = np.minimum(np.log2(gap + 1) * 1.35, N_DISTANCE // 2 - 1).astype(np.int64)
    par = np.clip(lines[a[..., 0]] - lines[b[..., 0]], -2, 2) + 2
    rank = np.searchsorted(np.sort(cues[:, 0]), np.minimum(spans[:, 0], 1 << 30))
    order = np.argsort(np.argsort(cues[:, 0], kind="stable"), kind="stable")
    between = np.where(before, order[None] - rank[:, None], rank[:, None] - 1 - order[None])
    between = np.clip(between, 0, N_BETWEEN // 2 - 1)
    return np.stack([bucket + before * (N_DISTANCE // 2), par, between + before * (N_BETWEEN // 2)], -1)


def link_scores(
    kind: str, link: np.ndarray, spans: np.ndarray, cues: np.ndarray, lines: np.ndarray, p: Params
) -> np.ndarray:
    """Scores of spans (sources or contents) against cues from the network's link vectors."""
    at = 0 if kind == "source" else 2 * LINK_DIM
    dep, head = link[:, at : at + LINK_DIM], link[:, at + LINK_DIM : at + 2 * LINK_DIM]
    u = (dep[spans[:, 0]] + dep[spans[:, 1] - 1]) / 2
    v = (head[cues[:, 0]] + head[cues[:, 1] - 1]) / 2
    f = pair_features(spans, cues, lines)
    t = p.tables
    scores: np.ndarray = (
        u @ v.T / LINK_DIM**0.5
        + t[f"{kind}_distance"][f[..., 0]]
        + t[f"{kind}_paragraph"][f[..., 1]]
        + t[f"{kind}_between"][f[..., 2]]
    )
    return scores


@dataclass
class Window:
    """The network's outputs for the words start..end of a document."""

    start: int
    end: int
    emissions: np.ndarray  # (words, N_TAGS)
    link: np.ndarray  # (words, 4 * LINK_DIM + 1)
    args: np.ndarray  # (words, 2 * ARG_DIM)


@dataclass
class Predicted:
    """A linked attribution in word indices, with the score margin of each link."""

    cue: Span
    sources: list[Span]
    contents: list[Span]


def centrality(w: Window, n: int) -> np.ndarray:
    """Weights of a window's words: higher away from edges that cut the document."""
    i = np.arange(w.end - w.start, dtype=np.float64)
    left = i + 1 if w.start else np.full(len(i), 1e3)
    right = i[::-1] + 1 if w.end < n else np.full(len(i), 1e3)
    weights: np.ndarray = np.minimum(np.minimum(left, right), 64) ** 2
    return weights


def merge_emissions(windows: list[Window], n: int) -> np.ndarray:
    """Averages the tag scores of overlapping windows."""
    total, weight = np.zeros((n, N_TAGS)), np.zeros((n, 1))
    for w in windows:
        c = centrality(w, n)[:, None]
        total[w.start : w.end] += c * w.emissions
        weight[w.start : w.end] += c
    return total / weight


def merge_links(
    kind: str, windows: list[Window], spans: list[Span], cues: list[Span], lines: np.ndarray, p: Params
) -> np.ndarray:
    """Link scores averaged over the windows that hold both spans; minus infinity if none."""
    n = len(lines)
    total, weight = np.zeros((len(spans), len(cues))), np.zeros((len(spans), len(cues)))
    sp, cu = np.array(spans).reshape(-1, 2), np.array(cues).reshape(-1, 2)
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


def decode_links(
    windows: list[Window], spans: dict[str, list[Span]], lines: np.ndarray, p: Params, none_bias: float = 0.0
) -> list[Predicted]:
    """Each content takes one cue; each cue with content takes one source or none."""
    cues, contents, sources = spans["cue"], spans["content"], spans["source"]
    if not cues or not contents:
        return []
    out = {i: Predicted(c, [], []) for i, c in enumerate(cues)}
    score = merge_links("content", windows, contents, cues, lines, p)
    for j, row in enumerate(score):
        if np.isfinite(row.max()):
            out[int(row.argmax())].contents.append(contents[j])
    none = np.zeros(len(cues))
    for i, (a, b) in enumerate(cues):
        vals = [
            (w.link[a - w.start, -1] + w.link[b - 1 - w.start, -1]) / 2 for w in windows if a >= w.start and b <= w.end
        ]
        none[i] = np.mean(vals) if vals else 0.0
    if sources:
        score = merge_links("source", windows, sources, cues, lines, p)
        for i in range(len(cues)):
            j = int(score[:, i].argmax())
            if score[j, i] > none[i] + none_bias:
                out[i].sources.append(sources[j])
    return [a for a in out.values() if a.contents]


# About half the F1 of each role (see crf.best_spans), a little more as the chain is too sure.
CHOICE = {"source": Choice(0.46), "cue": Choice(0.42), "content": Choice(0.4)}


def complete(
    chosen: dict[str, list[Span]], path: dict[str, list[Span]], windows: list[Window], lines: np.ndarray, p: Params
) -> list[Predicted]:
    """Links the chosen spans; a cue left without content or source may take one of the path's.

    The chosen spans are those that are likely exact.  A cue needs a content even
    where no single reading of its edges is likely, and the best path has one.
    """
    taken = [s for spans in chosen.values() for s in spans]
    pool = {"cue": chosen["cue"]}
    for role in ("source", "content"):
        pool[role] = chosen[role] + [s for s in path[role] if not any(a < s[1] and s[0] < b for a, b in taken)]
    out = decode_links(windows, pool, lines, p)
    sure = set(chosen["content"])
    for a in out:
        a.contents = [c for c in a.contents if c in sure] or a.contents
    return out


def decode(
    windows: list[Window], brk: np.ndarray, p: Params, choice: dict[str, Choice] | None = None
) -> tuple[dict[str, list[Span]], list[Predicted]]:
    """All spans per role and the linked attributions of one document."""
    emissions, over = merge_emissions(windows, len(brk)), brk > 0
    path = by_role(read_spans(viterbi(emissions, over, p)))
    best = best_spans(lattice(emissions, over, p), choice or CHOICE)
    spans = by_role([(s, k) for s, k, _ in best])
    linked = complete(spans, path, windows, np.cumsum(over), p)
    for a in linked:
        for role, extra in (("source", a.sources), ("content", a.contents)):
            spans[role] = sorted({*spans[role], *extra})
    return spans, linked


def decode_path(windows: list[Window], brk: np.ndarray, p: Params) -> tuple[dict[str, list[Span]], list[Predicted]]:
    """The same with the spans of the single best path (for comparison)."""
    spans = by_role(read_spans(viterbi(merge_emissions(windows, len(brk)), brk > 0, p)))
    return spans, decode_links(windows, spans, np.cumsum(brk > 0), p)


def by_role(spans: list[tuple[Span, str]]) -> dict[str, list[Span]]:
    """Groups typed spans by role."""
    out: dict[str, list[Span]] = {role: [] for role in ROLE.values()}
    for span, kind in spans:
        out[ROLE[kind[0]]].append(span)
    return out
