"""How well a network in training does on dev: attributions as eval/ scores them, syntax on gold tokens.

In:   a network, dev data.   Out: one line of figures each.
Knows nothing of: schedules.
"""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from eval.brat import Attribution, read_folder
from eval.score import ROLES, Scores, score

from sayso.reader.decode import Decoder
from sayso.reader.grammar import Heads, Labels, lemma_of, names, relations, spans, trees
from sayso.reader.pieces import Vocabulary
from sayso.reader.windows import overlapping
from sayso.reader.words import SAME, encode
from sayso.spans import Span
from training.batch import Example, by_length, collate
from training.model import Reader
from training.treebank import ParsedWindow


def attributions(model: Reader, folder: Path, vocabulary: Vocabulary, most: int | None) -> str:
    """Exact and linked F1 in percent on the first articles of a fixed shuffle (all: None)."""
    from training.teach import Teacher

    teacher = Teacher.__new__(Teacher)  # only its reading of windows is wanted
    teacher.model = model
    decoder = Decoder(model.tables())
    articles = list(read_folder(folder))
    random.Random(0).shuffle(articles)
    total = Scores()
    for article in articles[:most]:
        enc = encode(article.text, vocabulary)
        found = []
        for p in decoder.decode(teacher.windows(enc, overlapping(enc)), enc.brk != SAME):
            if not p.inner:
                places = [tuple(Span(*enc.chars(s)) for s in part) for part in (p.sources, (p.cue,), p.contents)]
                found.append(Attribution(*places))
        total += score(found, article.gold)
    shown = [f"{role} {100 * total.exact[role].f1:.1f}" for role in ROLES]
    return " ".join([*shown, f"linked {100 * total.linked.f1:.1f}"])


def syntax(model: Reader, windows: list[ParsedWindow], labels: Labels) -> str:
    """UPOS, XPOS, lemma accuracy, UAS, LAS (without subtypes, as CoNLL 2018 counts), name F1, factuality error."""
    counts: Counter[str] = Counter()
    examples = [Example(p.enc.pieces, p.enc.case, p.enc.quote, p.enc.brk, [], parsed=p) for p in windows]
    pair = model.rel_pair.detach().numpy()
    for batch in by_length(examples, random.Random(0), 2560):
        b = collate(batch)
        with torch.inference_mode():
            _, h = model.hidden(model.states(b))
            t = h[torch.arange(len(h))[:, None], b["place"]]
            vectors = model.syntax(t)
            outputs = [model.word[k](t) for k in ("upos", "xpos", "lemma", "names")] + [model.fact(t)[..., 0]]
        for i, ex in enumerate(batch):
            assert ex.parsed is not None
            n = len(ex.parsed.forms)
            heads = Heads(*(o[i, :n].numpy() for o in (*outputs, *vectors)))
            _count(counts, ex.parsed, heads, labels, pair)

    def rate(a: str, b: str) -> str:
        return f"{100 * counts[a] / max(counts[b], 1):.1f}"

    kinds = ("upos", "xpos", "lemma", "uas", "las")
    out = [f"{s} " + " ".join(f"{k} {rate(s + k, s + 'n')}" for k in kinds) for s in ("ewt", "gum")]
    for s in ("ewt", "gum"):
        f1 = 200 * counts[s + "hit"] / max(counts[s + "found"] + counts[s + "gold"], 1)
        out.append(f"names {s} {f1:.1f}")
    return "  ".join([*out, f"factuality error {counts['error'] / max(counts['facts'], 1):.3f}"])


def _count(c: Counter[str], p: ParsedWindow, heads: Heads, labels: Labels, pair: np.ndarray) -> None:
    s = "gum" if p.name.startswith("GUM") else "ewt"
    borders = [0, *(np.flatnonzero(np.diff(p.sentence)) + 1).tolist(), len(p.forms)]
    head = trees(heads, list(pairwise(borders)))
    rel = relations(heads, head, pair)
    bare = np.array([r.split(":")[0] for r in labels.rel])
    gold_rel = p.labels[:, 3]
    right = head == p.labels[:, 2]
    same = np.where(gold_rel >= 0, bare[rel] == bare[gold_rel], False)
    c[s + "n"] += len(p.forms)
    c[s + "uas"] += int(right.sum())
    c[s + "las"] += int((right & same).sum())
    c[s + "upos"] += int((heads.upos.argmax(1) == p.labels[:, 0]).sum())
    c[s + "xpos"] += int((heads.xpos.argmax(1) == p.labels[:, 1]).sum())
    scripts = [labels.lemma[k] for k in heads.lemma.argmax(1)]
    c[s + "lemma"] += sum(lemma_of(f, k) == gold for f, k, gold in zip(p.forms, scripts, p.lemmas, strict=True))
    if (p.labels[:, 5] >= 0).any():
        known = p.labels[:, 5] >= 0
        found = {f for f in names(heads.names) if known[f[0] : f[1]].all()}
        gold = set(spans([labels.names[max(k, 0)] for k in p.labels[:, 5]]))
        c[s + "hit"] += len(found & gold)
        c[s + "found"] += len(found)
        c[s + "gold"] += len(gold)
    on = ~np.isnan(p.fact)
    c["facts"] += int(on.sum())
    c["error"] += float(np.abs(heads.certainty[on] - p.fact[on]).sum())
