"""Training examples: windows with tags and links, augmentation, padded tensors."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from crf import write_span
from data import Document, WordAttribution, to_words
from decode import pair_features
from encode import LOWER, MIXED, OPEN, OUTSIDE, PAD, TITLE, UPPER, Encoded, features, partition
from torch import Tensor
from ud import Parsed

Span = tuple[int, int]
UNKNOWN = 6  # the annotator is not known


@dataclass
class Example:
    """The words of one window and the attributions in it (indices from the window's start)."""

    pieces: list[list[int]]
    case: np.ndarray
    quote: np.ndarray
    brk: np.ndarray
    attributions: list[WordAttribution]
    cut_sources: set[Span]
    who: int = UNKNOWN

    @property
    def size(self) -> int:
        """Pieces with both special tokens."""
        return sum(map(len, self.pieces)) + 2


def window_example(enc: Encoded, attributions: list[WordAttribution], a: int, b: int) -> Example:
    """Cuts a window out of a document; spans are clipped, cues outside are dropped.

    A content whose cue lies outside stays as an attribution with an empty cue.
    """

    def clip(spans: list[Span]) -> list[Span]:
        return [(max(s, a) - a, min(e, b) - a) for s, e in spans if s < b and e > a]

    kept, cut = [], set()
    for x in attributions:
        inside = a <= x.cue[0] and x.cue[1] <= b
        cue = (x.cue[0] - a, x.cue[1] - a)
        sources, contents = clip(x.sources), clip(x.contents)
        if sources or contents or inside:
            if inside and x.sources and not sources:
                cut.add(cue)
            kept.append(WordAttribution(cue if inside else (cue[0], cue[0]), sources, contents))
    return Example(enc.pieces[a:b], enc.case[a:b], enc.quote[a:b], enc.brk[a:b], kept, cut)


def keep_words(ex: Example, keep: np.ndarray) -> Example:
    """Deletes words; spans shrink, and spans left empty vanish."""
    at = np.concatenate([[0], np.cumsum(keep)])

    def move(spans: list[Span]) -> list[Span]:
        return [(int(at[s]), int(at[e])) for s, e in spans if at[e] > at[s]]

    new, cut = [], set()
    for x in ex.attributions:
        if x.cue[1] > x.cue[0]:
            cue = (int(at[x.cue[0]]), int(at[x.cue[1]]))
        else:
            cue = (-1, -1) if x.cue[0] < 0 else (len(keep), len(keep))
        if x.cue in ex.cut_sources:
            cut.add(cue)
        new.append(WordAttribution(cue, move(x.sources), move(x.contents)))
    brk = np.maximum.reduceat(ex.brk, np.flatnonzero(keep)) if keep.any() else ex.brk[:0]
    pieces = [p for p, k in zip(ex.pieces, keep, strict=True) if k]
    return Example(pieces, ex.case[keep], ex.quote[keep], brk, new, cut, ex.who)


def augment(ex: Example, rng: random.Random, marks: dict[str, int], *, strip: bool = True) -> Example:
    """Sometimes rewrites or strips quotation marks, sometimes loses letter case."""
    r = rng.random()
    ids = [p[0] if len(p) == 1 else -1 for p in ex.pieces]
    known = set(marks.values())
    if r < 0.12:  # straight <-> curly
        curly = rng.random() < 0.5
        ex = replace(
            ex,
            pieces=[
                [marks["“" if q == OPEN else "”"] if curly else marks['"']] if i in known else p
                for p, i, q in zip(ex.pieces, ids, ex.quote, strict=True)
            ],
        )
    elif r < 0.17 and strip:
        ex = keep_words(ex, np.array([i not in known for i in ids]))
        ex = replace(ex, quote=np.full_like(ex.quote, OUTSIDE))
    r = rng.random()
    if r < 0.07:
        alpha = np.isin(ex.case, (TITLE, UPPER, MIXED, LOWER))
        ex = replace(ex, case=np.where(alpha, LOWER if r < 0.05 else UPPER, ex.case))
    return ex


def tag_words(ex: Example) -> np.ndarray:
    """The gold tags of a window."""
    tags = np.zeros(len(ex.pieces), np.int64)
    nearest: dict[Span, tuple[int, str]] = {}
    for x in ex.attributions:
        for c in x.contents:
            write_span(tags, c, "C>" if c[0] < x.cue[0] else "C<")
        for s in x.sources:
            best = (abs(s[0] - x.cue[0]), "S>" if s[0] < x.cue[0] else "S<")
            nearest[s] = min(nearest.get(s, best), best)
    for s, (_, kind) in nearest.items():
        write_span(tags, s, kind)
    for x in ex.attributions:
        if x.cue[1] > x.cue[0]:
            write_span(tags, x.cue, "Q")
    return tags


def argument_tags(ex: Example, cue: Span, width: int) -> np.ndarray:
    """The sources and contents of one cue as argument tags."""
    tags = np.zeros(width, np.int64)
    for a in ex.attributions:
        if a.cue == cue:
            for role, spans in (("C", a.contents), ("S", a.sources)):
                for x, y in spans:
                    first = 1 + 4 * "SC".index(role)
                    tags[x:y] = first + 1
                    tags[x], tags[y - 1] = (first + 3, first + 3) if y - x == 1 else (first, first + 2)
    return tags


def links(ex: Example) -> tuple[list[Span], list[Span], list[Span], list[int], list[int]]:
    """Sources, cues, contents, the source of each cue and the cue of each content."""
    cues = sorted({x.cue for x in ex.attributions if x.cue[1] > x.cue[0]})
    sources = sorted({s for x in ex.attributions for s in x.sources})
    contents = sorted({c for x in ex.attributions for c in x.contents})
    source_of, cue_of = [-1] * len(cues), [-1] * len(contents)
    for x in ex.attributions:
        if x.cue[1] == x.cue[0]:
            continue
        c = cues.index(x.cue)
        if x.cue not in ex.cut_sources:
            source_of[c] = sources.index(x.sources[0]) if x.sources else len(sources)
        for s in x.contents:
            cue_of[contents.index(s)] = c
    return sources, cues, contents, source_of, cue_of


def collate(examples: list[Example]) -> dict[str, Tensor]:
    """Pads a list of windows to one batch."""
    n, words = len(examples), max(len(e.pieces) for e in examples)
    width = max(e.size for e in examples)
    x = np.zeros((n, 4, width), np.int64)
    x[:, 0], mask = PAD, np.zeros((n, width), bool)
    first, tags = np.ones((n, words), np.int64), np.zeros((n, words), np.int64)
    brk, word_mask = np.zeros((n, words), np.int64), np.zeros((n, words), bool)
    lk = [links(e) for e in examples]
    ns, nc, nf = (max(1, *(len(k[i]) for k in lk)) for i in range(3))
    spans = {"source": np.full((n, ns, 2), -1), "cue": np.full((n, nc, 2), -1), "content": np.full((n, nf, 2), -1)}
    feats = {"source": np.zeros((n, ns, nc, 3), np.int64), "content": np.zeros((n, nf, nc, 3), np.int64)}
    gold = {"source": np.full((n, nc), -1), "content": np.full((n, nf), -1)}
    for i, (e, k) in enumerate(zip(examples, lk, strict=True)):
        f, where = features(e.pieces, e.case, e.quote, e.brk)
        m = len(e.pieces)
        x[i, :, : f.shape[1]], mask[i, : f.shape[1]] = f, True
        first[i, :m], tags[i, :m], word_mask[i, :m] = where, tag_words(e), True
        brk[i, :m] = e.brk > 0
        lines = np.cumsum(e.brk > 0)
        arrays = [np.array(s, np.int64).reshape(-1, 2) for s in k[:3]]
        for role, arr in zip(("source", "cue", "content"), arrays, strict=True):
            spans[role][i, : len(arr)] = arr - [0, 1]
        feats["source"][i, : len(k[0]), : len(k[1])] = pair_features(arrays[0], arrays[1], lines)
        feats["content"][i, : len(k[2]), : len(k[1])] = pair_features(arrays[2], arrays[1], lines)
        gold["source"][i, : len(k[1])] = [ns if s == len(k[0]) else s for s in k[3]]
        gold["content"][i, : len(k[2])] = k[4]
    pairs = [
        (i, c) for i, e in enumerate(examples) for c in sorted({a.cue for a in e.attributions if a.cue[1] > a.cue[0]})
    ]
    arg_tags, arg_feats = np.zeros((len(pairs), words), np.int64), np.zeros((len(pairs), words, 3), np.int64)
    for j, (i, c) in enumerate(pairs):
        arg_tags[j], arg_feats[j] = argument_tags(examples[i], c, words), np.array(0)
    for i, e in enumerate(examples):
        own = [j for j, (k, _) in enumerate(pairs) if k == i]
        if own:
            m = len(e.pieces)
            at = np.arange(m)
            cues = np.array([pairs[j][1] for j in own])
            f = pair_features(np.stack([at, at + 1], 1), cues, np.cumsum(e.brk > 0))
            arg_feats[own, :m] = f.transpose(1, 0, 2)
    out: dict[str, np.ndarray] = {
        "who": np.array([e.who for e in examples]),
        "arg_row": np.array([i for i, _ in pairs], np.int64),
        "arg_cue": np.array([(c[0], c[1] - 1) for _, c in pairs], np.int64).reshape(-1, 2),
        "arg_tags": arg_tags,
        "arg_feats": arg_feats,
        "x": x,
        "mask": mask,
        "first": first,
        "tags": tags,
        "brk": brk,
        "words": word_mask,
    }
    for role, padded in spans.items():
        out[f"{role}_spans"] = padded
    for role, given in feats.items():
        out[f"{role}_feats"], out[f"{role}_gold"] = given, gold[role]
    return {k: torch.from_numpy(v) for k, v in out.items()}


def epoch(
    docs: list[Document], encoded: list[Encoded], rng: random.Random, marks: dict[str, int], limit: int, budget: int
) -> list[list[Example]]:
    """One pass: windows cut at random offsets, augmented, batched by length, shuffled."""
    examples = []
    for doc, enc in zip(docs, encoded, strict=True):
        gold = to_words(doc, enc)
        for a, b in partition(enc, limit, rng.randint(limit // 4, limit)):
            ex = augment(window_example(enc, gold, a, b), rng, marks)
            ex.who = doc.annotator if rng.random() < 0.5 else UNKNOWN
            if ex.pieces:
                examples.append(ex)
    return by_length([(e.size, e) for e in examples], rng, budget)


def by_length(sized: list[tuple[int, Any]], rng: random.Random, budget: int) -> list[list[Any]]:
    """Batches of windows of about one length, at most `budget` pieces each with padding, shuffled."""
    sized = sorted(sized, key=lambda e: e[0] + rng.random() * 24)
    batches: list[list[Any]] = [[]]
    widest = 0
    for size, e in sized:
        widest = max(widest, size)
        if batches[-1] and (len(batches[-1]) + 1) * widest > budget:
            batches.append([])
            widest = size
        batches[-1].append(e)
    rng.shuffle(batches)
    return batches


def parsed_epoch(
    windows: list[tuple[Parsed, list[WordAttribution]]], rng: random.Random, marks: dict[str, int], budget: int
) -> list[list[tuple[Parsed, Example]]]:
    """One pass over parsed windows with the attributions that a teacher found in them."""
    out = []
    for parsed, found in windows:
        e = parsed.enc
        ex = Example(e.pieces, e.case, e.quote, e.brk, found, set())
        ex = augment(ex, rng, marks, strip=False)
        out.append((ex.size, (parsed, ex)))
    return by_length(out, rng, budget)


def collate_parsed(batch: list[tuple[Parsed, Example]]) -> dict[str, Tensor]:
    """Pads parsed windows to one batch: that of their attributions, and the labels of their tokens."""
    out = collate([ex for _, ex in batch])
    n, most = len(batch), max(len(p.tokens) for p, _ in batch)
    place, sentence = np.zeros((n, most), np.int64), np.full((n, most), -1)
    labels, fact = np.full((n, most, 6), -1), np.full((n, most), np.nan, np.float32)
    known = np.zeros((n, most), bool)
    first = out["first"].numpy()
    for i, (p, _) in enumerate(batch):
        m = len(p.tokens)
        place[i, :m] = first[i][p.place[:, 0]] + p.place[:, 1]
        sentence[i, :m], labels[i, :m], fact[i, :m] = p.sentence, p.labels, p.fact
        known[i, :m] = True
    extra = {"place": place, "sentence": sentence, "labels": labels, "fact": fact, "known": known}
    return out | {k: torch.from_numpy(v) for k, v in extra.items()}
