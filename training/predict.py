"""Runs a network (any callable on numpy arrays) over documents and scores the result."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from crf import Params
from data import Document
from decode import Predicted, Window, decode
from encode import Encoded, features, overlapping

from score import Linked, Scores

Network = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, ...]]


def run(encoded: list[Encoded], network: Network, limit: int = 254, budget: int = 4096) -> list[list[Window]]:
    """The outputs of all windows of all documents; windows are batched by length."""
    jobs = []
    for d, enc in enumerate(encoded):
        for a, b in overlapping(enc, limit):
            f, first = features(enc.pieces[a:b], enc.case[a:b], enc.quote[a:b], enc.brk[a:b])
            jobs.append((f.shape[1], d, a, b, f, first))
    jobs.sort(key=lambda j: j[0])
    out: list[list[Window]] = [[] for _ in encoded]
    while jobs:
        size = max(1, budget // jobs[-1][0])
        part, jobs = jobs[-size:], jobs[:-size]
        x = np.zeros((len(part), 4, part[-1][0]), np.int64)
        mask = np.zeros((len(part), part[-1][0]), bool)
        for i, job in enumerate(part):
            x[i, :, : job[0]], mask[i, : job[0]] = job[4], True
        outputs = network(x, mask)
        for i, (_, d, a, b, _, first) in enumerate(part):
            out[d].append(Window(a, b, *(o[i][first] for o in outputs)))
    for windows in out:
        windows.sort(key=lambda w: w.start)
    return out


Decoder = Callable[..., tuple[dict[str, list[tuple[int, int]]], list[Predicted]]]


def evaluate(
    docs: list[Document], encoded: list[Encoded], outputs: list[list[Window]], params: Params, decoder: Decoder = decode
) -> Scores:
    """Decodes and scores documents."""
    scores = Scores()
    for doc, enc, windows in zip(docs, encoded, outputs, strict=True):
        spans, predicted = decoder(windows, enc.brk, params)
        linked = [
            Linked(enc.chars(p.cue), [enc.chars(s) for s in p.sources], [enc.chars(s) for s in p.contents])
            for p in predicted
        ]
        scores.add(
            {r: doc.spans(r) for r in ("source", "cue", "content")},
            {r: {enc.chars(s) for s in v} for r, v in spans.items()},
            [Linked(a.cue, a.sources, a.contents) for a in doc.attributions],
            linked,
        )
    return scores
