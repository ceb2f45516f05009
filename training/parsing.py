"""Measures the syntax, name and factuality heads on parsed windows with gold tokens and sentences."""

from __future__ import annotations

from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F
from batch import UNKNOWN, Example, by_length, collate_parsed
from model import ARC_DIM, Reader
from torch import Tensor
from ud import Labels, Parsed, apply_script


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """Well-formed BIES spans."""
    out, first = set(), None
    for i, t in enumerate(tags):
        if t[0] in "BS":
            first = i
        if t[0] in "ES" and first is not None and all(x[2:] == t[2:] for x in tags[first : i + 1]):
            out.add((first, i, t[2:]))
        if t[0] in "ESO":
            first = None
    return out


def mst(score: np.ndarray) -> np.ndarray:
    """The best tree with one root (Chu-Liu and Edmonds); score[i, j]: j is the head of i, diagonal: root."""
    n = len(score)
    best, value = None, -np.inf
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:, 1:] = score
    np.fill_diagonal(full, -np.inf)
    full[1:, 0] = np.diag(score)
    heads = full[1:].argmax(1)
    roots = np.flatnonzero(heads == 0)
    if len(roots) == 1 and acyclic(heads):
        out: np.ndarray = np.where(heads == 0, np.arange(n), heads - 1)
        return out
    for root in np.argsort(-full[1:, 0])[:4]:
        one = full.copy()
        one[1:, 0] = -np.inf
        one[root + 1] = -np.inf
        one[root + 1, 0] = 0
        heads = edmonds(one)
        total = full[np.arange(1, n + 1), heads[1:]].sum()
        if total > value:
            best, value = heads, total
    assert best is not None
    h = best[1:]
    return np.where(h == 0, np.arange(n), h - 1)


def acyclic(heads: np.ndarray) -> bool:
    """Whether heads (0: the root) hold no cycle."""
    n = len(heads)
    state = [0] * (n + 1)
    state[0] = 2
    for start in range(1, n + 1):
        i, path = start, []
        while state[i] == 0:
            state[i] = 1
            path.append(i)
            i = int(heads[i - 1])
        if state[i] == 1:
            return False
        for p in path:
            state[p] = 2
    return True


def edmonds(score: np.ndarray) -> np.ndarray:
    """Heads of the best arborescence rooted at 0; score[i, j]: j is the head of i."""
    n = len(score)
    heads = score.argmax(1)
    heads[0] = 0
    seen = np.zeros(n, np.int64)
    for start in range(1, n):
        i, path = start, []
        while i and seen[i] == 0:
            seen[i] = start + 1
            path.append(i)
            i = int(heads[i])
        if i and seen[i] == start + 1 and i in path:
            cycle = path[path.index(i) :]
            break
    else:
        return heads
    rest = [i for i in range(n) if i not in set(cycle)]
    new = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    new[:-1, :-1] = score[np.ix_(rest, rest)]
    c = np.array(cycle)
    kept = score[c, heads[c]]
    into = score[np.ix_(c, rest)] - kept[:, None]
    enter = into.argmax(0)
    new[-1, :-1] = into.max(0)
    out = score[np.ix_(rest, c)]
    leave = out.argmax(1)
    new[:-1, -1] = out.max(1)
    sub = edmonds(new)
    result = heads.copy()
    for k, r in enumerate(rest):
        if k:
            result[r] = c[leave[k]] if sub[k] == len(rest) else rest[sub[k]]
    entry = int(sub[len(rest)])
    result[c[enter[entry]]] = rest[entry]
    return result


def measure(model: Reader, windows: list[Parsed], labels: Labels) -> str:
    """UPOS, XPOS, lemma accuracy, UAS, LAS, name F1 and factuality MAE, for EWT and GUM."""
    import random

    if not windows:
        return "none"
    c: Counter[str] = Counter()
    examples = [(p, Example(p.enc.pieces, p.enc.case, p.enc.quote, p.enc.brk, [], set(), UNKNOWN)) for p in windows]
    sized = [(ex.size, (p, ex)) for p, ex in examples]
    with torch.inference_mode():
        for batch in by_length(sized, random.Random(0), 2560):
            count(model, batch, collate_parsed(batch), labels, c)

    def rate(a: str, b: str) -> str:
        return f"{100 * c[a] / max(c[b], 1):.1f}"

    kinds = ("upos", "xpos", "lemma", "uas", "las")
    out = [f"{s} " + " ".join(f"{k} {rate(s + k, s + 'n')}" for k in kinds) for s in ("ewt", "gum")]
    f1 = 200 * c["hit"] / max(c["pred"] + c["gold"], 1)
    out.append(f"names {f1:.1f} fact mae {c['err'] / max(c['facts'], 1):.3f} of {c['facts']}")
    return "  ".join(out)


def count(
    model: Reader, batch: list[tuple[Parsed, Example]], b: dict[str, Tensor], labels: Labels, c: Counter[str]
) -> None:
    """Adds one batch to the counts."""
    h = model.hidden(*b["x"].unbind(1), b["mask"])
    rows = torch.arange(len(h))[:, None]
    t = h[rows, b["place"]]
    dep, head, rdep, rhead = model.syntax(t)
    arc = (dep @ head.transpose(1, 2) / ARC_DIM**0.5).log_softmax(-1).numpy()
    words = {k: model.word[k](t).numpy() for k in model.word}
    fact = model.fact(t)[..., 0].numpy()
    r1, r2 = F.pad(rdep, (0, 1), value=1.0), F.pad(rhead, (0, 1), value=1.0)
    for i, (p, _) in enumerate(batch):
        s = "gum" if p.name.startswith("GUM") else "ewt"
        n = len(p.tokens)
        heads = np.zeros(n, np.int64)
        for k in np.unique(p.sentence):
            at = np.flatnonzero(p.sentence == k)
            heads[at] = at[mst(arc[i][np.ix_(at, at)])]
        rel = torch.einsum("ni,lij,nj->nl", r1[i, :n], model.rel_pair, r2[i, torch.from_numpy(heads)]).argmax(1).numpy()
        ok = heads == p.labels[:, 2]
        c[s + "n"] += n
        c[s + "uas"] += int(ok.sum())
        c[s + "las"] += int((ok & (rel == p.labels[:, 3])).sum())
        for name, col in (("upos", 0), ("xpos", 1)):
            c[s + name] += int((words[name][i, :n].argmax(1) == p.labels[:, col]).sum())
        how = words["lemma"][i, :n].argmax(1)
        c[s + "lemma"] += sum(
            apply_script(t.form, labels.lemma[k]) == t.lemma for t, k in zip(p.tokens, how, strict=True)
        )
        if any(t.ner for t in p.tokens):
            found = spans(names(words["ner"][i, :n]))
            gold = spans([t.ner or "O" for t in p.tokens])
            c["hit"] += len(found & gold)
            c["pred"] += len(found)
            c["gold"] += len(gold)
        on = ~np.isnan(p.fact)
        c["facts"] += int(on.sum())
        c["err"] += float(np.abs(fact[i, :n][on] - p.fact[on]).sum())


def names(scores: np.ndarray) -> list[str]:
    """The best well-formed BIES sequence."""
    from ud import NER_TAGS as TAGS

    n, k = scores.shape
    ok = np.zeros((k, k))
    for i, a in enumerate(TAGS):
        for j, b in enumerate(TAGS):
            inside = a[0] in "BI"
            ok[i, j] = 0 if ((b[0] in "IE" and b[2:] == a[2:]) if inside else b[0] in "OBS") else -1e9
    s = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    v = s[0] + np.array([0 if t[0] in "OBS" else -1e9 for t in TAGS])
    back = np.zeros((n, k), np.int64)
    for i in range(1, n):
        total = v[:, None] + ok
        back[i] = total.argmax(0)
        v = total.max(0) + s[i]
    tags = [int((v + np.array([0 if t[0] in "OES" else -1e9 for t in TAGS])).argmax())]
    for i in range(n - 1, 0, -1):
        tags.append(int(back[i, tags[-1]]))
    return [TAGS[t] for t in tags[::-1]]
