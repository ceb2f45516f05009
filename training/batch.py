"""Training examples: windows with gold tags and what a teacher says of them, augmentation, padded tensors.

In:   articles and parsed windows.   Out: batches of tensors.
Knows nothing of: the network.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sayso.reader.arguments import relation
from sayso.reader.chain import bies
from sayso.reader.decode import INNER, KINDS
from sayso.reader.pieces import LOWER, MIXED, TITLE, UPPER
from sayso.reader.windows import break_points, features, next_cut
from sayso.reader.words import CURLY_CLOSE, CURLY_OPEN, OPEN, OUTSIDE, STRAIGHT, Encoded
from training.corpus import UNKNOWN, WordArticle, WordAttribution, Words
from training.treebank import ParsedWindow

Ints = NDArray[np.int64]
TAGS, ARGUMENT_TAGS, INNER_TAGS = bies(KINDS), bies("SC"), bies(INNER)
PAD = 0
Told = tuple[NDArray[np.float16], NDArray[np.float16]]  # a teacher's scores of words: (words, tags), (words, 2 D)
Marks = dict[str, int]  # the pieces of quotation marks


@dataclass
class Example:
    """The words of one window, the attributions in it (words from the window's start) and a teacher's scores.

    ``cut_sources``: cues whose source lies outside. ``told``: (words, tags) and (words, 2 D) of the teacher.
    ``parsed``: the treebank window that this is.
    """

    pieces: list[tuple[int, ...]]
    case: Ints
    quote: Ints
    brk: Ints
    attributions: list[WordAttribution]
    cut_sources: set[Words] = field(default_factory=set)
    who: int = UNKNOWN
    told: Told | None = None
    teacher: int = -1
    parsed: ParsedWindow | None = None

    @property
    def size(self) -> int:
        """Pieces with both special ones."""
        return sum(map(len, self.pieces)) + 2


@dataclass
class Taught:
    """An article with what its teacher said: a teacher that has not learned on it."""

    article: WordArticle
    told: Told | None = None
    teacher: int = -1


def quotation_marks(entries: list[str]) -> Marks:
    """The numbers of the marks that augmentation rewrites."""
    return {mark: entries.index(mark) for mark in (STRAIGHT, *CURLY_OPEN[:1], *CURLY_CLOSE[:1])}


def partition(enc: Encoded, limit: int, first_limit: int) -> list[Words]:
    """Windows side by side; the first may be shorter."""
    good, size = break_points(enc), np.array([len(p) for p in enc.pieces], np.int64)
    out, at = [], 0
    while at < len(enc):
        cut = next_cut(good, size, at, first_limit if at == 0 else limit)
        out.append((at, cut))
        at = cut
    return out


def window_example(taught: Taught, a: int, b: int) -> Example:
    """Cuts a window out of an article; spans are clipped, a content whose cue lies outside keeps an empty cue."""

    def clip(spans: list[Words]) -> list[Words]:
        return [(max(s, a) - a, min(e, b) - a) for s, e in spans if s < b and e > a]

    kept, cut = [], set()
    for x in taught.article.attributions:
        inside = a <= x.cue[0] and x.cue[1] <= b
        cue = (x.cue[0] - a, x.cue[1] - a)
        sources, contents = clip(x.sources), clip(x.contents)
        if inside or (not x.inner and (sources or contents)):
            if inside and x.sources and not sources:
                cut.add(cue)
            kept.append(WordAttribution(cue if inside else (cue[0], cue[0]), sources, contents, x.inner))
    enc = taught.article.enc
    told = taught.told and (taught.told[0][a:b], taught.told[1][a:b])
    return Example(
        enc.pieces[a:b],
        enc.case[a:b],
        enc.quote[a:b],
        enc.brk[a:b],
        kept,
        cut,
        taught.article.who,
        told,
        taught.teacher,
    )


def keep_words(ex: Example, keep: NDArray[np.bool_]) -> Example:
    """Deletes words; spans shrink, and spans left empty vanish."""
    at = np.concatenate([[0], np.cumsum(keep)])

    def move(spans: list[Words]) -> list[Words]:
        return [(int(at[s]), int(at[e])) for s, e in spans if at[e] > at[s]]

    new, cut = [], set()
    for x in ex.attributions:
        if x.cue[1] > x.cue[0]:
            cue = (int(at[x.cue[0]]), int(at[x.cue[1]]))
        else:
            cue = (-1, -1) if x.cue[0] < 0 else (len(keep), len(keep))
        if x.cue in ex.cut_sources:
            cut.add(cue)
        new.append(WordAttribution(cue, move(x.sources), move(x.contents), x.inner))
    return replace(
        ex,
        pieces=[p for p, k in zip(ex.pieces, keep, strict=True) if k],
        case=ex.case[keep],
        quote=ex.quote[keep],
        brk=np.maximum.reduceat(ex.brk, np.flatnonzero(keep)) if keep.any() else ex.brk[:0],
        attributions=new,
        cut_sources=cut,
        told=ex.told and (ex.told[0][keep], ex.told[1][keep]),
    )


def augment(ex: Example, rng: random.Random, marks: Marks) -> Example:
    """Sometimes rewrites or strips quotation marks, sometimes loses letter case. Parsed windows keep their words."""
    r = rng.random()
    ids = [p[0] if len(p) == 1 else -1 for p in ex.pieces]
    known = set(marks.values())
    straight, opening, closing = marks.values()
    if r < 0.12:  # straight <-> curly
        curly = rng.random() < 0.5
        ex = replace(
            ex,
            pieces=[
                ((opening if q == OPEN else closing) if curly else straight,) if i in known else p
                for p, i, q in zip(ex.pieces, ids, ex.quote, strict=True)
            ],
        )
    elif r < 0.17 and ex.parsed is None:
        ex = keep_words(ex, np.array([i not in known for i in ids]))
        ex = replace(ex, quote=np.full_like(ex.quote, OUTSIDE))
    r = rng.random()
    if r < 0.07:
        alpha = np.isin(ex.case, (TITLE, UPPER, MIXED, LOWER))
        ex = replace(ex, case=np.where(alpha, LOWER if r < 0.05 else UPPER, ex.case))
    return ex


def write_span(tags: Ints, span: Words, kind: str, names: tuple[str, ...]) -> None:
    """Writes one span to a tag sequence in place."""
    a, b = span
    if b - a == 1:
        tags[a] = names.index(f"S-{kind}")
    else:
        tags[a:b] = names.index(f"I-{kind}")
        tags[a], tags[b - 1] = names.index(f"B-{kind}"), names.index(f"E-{kind}")


def gold_tags(ex: Example) -> tuple[Ints, Ints]:
    """The tags of the first chain, and those of the inner cues."""
    tags, inner = np.zeros(len(ex.pieces), np.int64), np.zeros(len(ex.pieces), np.int64)
    nearest: dict[Words, tuple[int, str]] = {}
    outer = [x for x in ex.attributions if not x.inner]
    for x in outer:
        for c in x.contents:
            write_span(tags, c, "C>" if c[0] < x.cue[0] else "C<", TAGS)
        for s in x.sources:
            best = (abs(s[0] - x.cue[0]), "S>" if s[0] < x.cue[0] else "S<")
            nearest[s] = min(nearest.get(s, best), best)
    for s, (_, kind) in nearest.items():
        write_span(tags, s, kind, TAGS)
    for x in ex.attributions:
        if x.cue[1] > x.cue[0]:
            write_span(inner if x.inner else tags, x.cue, "Q", INNER_TAGS if x.inner else TAGS)
    return tags, inner


def argument_tags(ex: Example, cue: Words, width: int) -> Ints:
    """The sources and contents of one cue."""
    tags = np.zeros(width, np.int64)
    for a in ex.attributions:
        if a.cue == cue:
            for role, spans in (("C", a.contents), ("S", a.sources)):
                for span in spans:
                    write_span(tags, span, role, ARGUMENT_TAGS)
    return tags


def cues_of(ex: Example, *, inner: bool) -> list[Words]:
    """The cues of a window that stand in it, sorted."""
    return sorted({a.cue for a in ex.attributions if a.cue[1] > a.cue[0] and a.inner == inner})


def collate(examples: list[Example]) -> dict[str, Tensor]:
    """Pads windows to one batch; cues of all windows, first the outer ones of each window, then its inner ones."""
    n, words = len(examples), max(len(e.pieces) for e in examples)
    width = max(e.size for e in examples)
    x = np.zeros((n, 4, width), np.int64)
    x[:, 0], mask = PAD, np.zeros((n, width), bool)
    first, tags, inner = (np.ones((n, words), np.int64) for _ in range(3))
    tags[:], inner[:] = 0, 0
    brk, word_mask = np.zeros((n, words), np.int64), np.zeros((n, words), bool)
    rows, cues, arg_tags, arg_feats = [], [], [], []
    for i, e in enumerate(examples):
        f, where = features(e.pieces, e.case, e.quote, e.brk)
        m = len(e.pieces)
        x[i, :, : f.shape[1]], mask[i, : f.shape[1]] = f, True
        first[i, :m], word_mask[i, :m] = where, True
        tags[i, :m], inner[i, :m] = gold_tags(e)
        brk[i, :m] = e.brk > 0
        for part in (cues_of(e, inner=False), cues_of(e, inner=True)):
            if part:
                related = relation(m, np.array(part), np.cumsum(e.brk > 0))
                for j, cue in enumerate(part):
                    rows.append(i)
                    cues.append((cue[0], cue[1] - 1))
                    arg_tags.append(argument_tags(e, cue, words))
                    pad = np.zeros((words, 3), np.int64)
                    pad[:m] = np.stack([np.broadcast_to(r, (len(part), m))[j] for r in related], 1)
                    arg_feats.append(pad)
    out: dict[str, NDArray[np.generic]] = {
        "who": np.array([e.who for e in examples]),
        "arg_row": np.array(rows, np.int64),
        "arg_cue": np.array(cues, np.int64).reshape(-1, 2),
        "arg_tags": np.array(arg_tags, np.int64).reshape(-1, words),
        "arg_feats": np.array(arg_feats, np.int64).reshape(-1, words, 3),
        "x": x,
        "mask": mask,
        "first": first,
        "tags": tags,
        "inner": inner,
        "brk": brk,
        "words": word_mask,
    }
    if examples[0].told is not None:
        out |= _told(examples, words)
    if examples[0].parsed is not None:
        out |= _parsed(examples, first)
    return {k: torch.from_numpy(v) for k, v in out.items()}


def _told(examples: list[Example], words: int) -> dict[str, NDArray[np.generic]]:
    parts = [e.told for e in examples if e.told is not None]
    told = [np.zeros((len(examples), words, p.shape[1]), np.float32) for p in parts[0]]
    for i, pair in enumerate(parts):
        for array, own in zip(told, pair, strict=True):
            array[i, : len(own)] = own
    return {"told_tags": told[0], "told_args": told[1], "teacher": np.array([e.teacher for e in examples])}


def _parsed(examples: list[Example], first: Ints) -> dict[str, NDArray[np.generic]]:
    windows = [e.parsed for e in examples if e.parsed is not None]
    n, most = len(windows), max(len(p.forms) for p in windows)
    place, sentence = np.zeros((n, most), np.int64), np.full((n, most), -1)
    labels, fact = np.full((n, most, 6), -1), np.full((n, most), np.nan, np.float32)
    known = np.zeros((n, most), bool)
    for i, p in enumerate(windows):
        m = len(p.forms)
        place[i, :m] = first[i][p.place[:, 0]] + p.place[:, 1]
        sentence[i, :m], labels[i, :m], fact[i, :m] = p.sentence, p.labels, p.fact
        known[i, :m] = True
    return {"place": place, "sentence": sentence, "labels": labels, "fact": fact, "known": known}


def epoch(taught: list[Taught], rng: random.Random, marks: Marks, limit: int, budget: int) -> list[list[Example]]:
    """One pass: windows cut at random offsets, augmented, batched by length, shuffled."""
    examples = []
    for one in taught:
        for a, b in partition(one.article.enc, limit, rng.randint(limit // 4, limit)):
            ex = augment(window_example(one, a, b), rng, marks)
            ex.who = one.article.who if rng.random() < 0.5 else UNKNOWN
            if ex.pieces:
                examples.append(ex)
    return by_length(examples, rng, budget)


def parsed_epoch(examples: list[Example], rng: random.Random, marks: Marks, budget: int) -> list[list[Example]]:
    """One pass over parsed windows."""
    return by_length([augment(e, rng, marks) for e in examples], rng, budget)


def by_length(examples: list[Example], rng: random.Random, budget: int) -> list[list[Example]]:
    """Batches of windows of about one length, at most ``budget`` pieces each with padding, shuffled."""
    batches: list[list[Example]] = [[]]
    widest = 0
    for e in sorted(examples, key=lambda e: e.size + rng.random() * 24):
        widest = max(widest, e.size)
        if batches[-1] and (len(batches[-1]) + 1) * widest > budget:
            batches.append([])
            widest = e.size
        batches[-1].append(e)
    rng.shuffle(batches)
    return batches
