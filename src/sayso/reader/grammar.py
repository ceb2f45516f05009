"""From the network's outputs to Syntax: tags, lemmas, one tree a sentence, names.

In:   outputs of the syntax heads for the tokens of one window, its sentences.   Out: columns of Syntax.
Knows nothing of: windows, pieces, the network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.reader.lemmas import lemma

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_ROWS = 96
NAME_TAGS = ("O", *(f"{place}-{kind}" for kind in ("PER", "ORG", "LOC") for place in "BIES"))


class Labels(msgspec.Struct, frozen=True):
    """The label sets in the order of the network's outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    rel: tuple[str, ...]
    lemma: tuple[str, ...]
    names: tuple[str, ...]

    def sets(self) -> dict[str, tuple[str, ...]]:
        """Each set by its head's name."""
        return {name: getattr(self, name) for name in ("upos", "xpos", "rel", "lemma", "names")}


@dataclass(frozen=True)
class Heads:
    """What the syntax heads say of n tokens.

    ``upos``, ``xpos``, ``lemma``, ``names``: (n, labels) scores; ``certainty``: (n,); ``arc_dep``, ``arc_head``:
    (n, A), whose products score arcs; ``rel_dep``, ``rel_head``: (n, R).
    """

    upos: Floats
    xpos: Floats
    lemma: Floats
    names: Floats
    certainty: Floats
    arc_dep: Floats
    arc_head: Floats
    rel_dep: Floats
    rel_head: Floats


def lemma_script(form: str, lemma: str) -> str:
    """How a lemma comes from a form: case kept (k) or lowered (l), letters cut off the end, letters added.

    >>> lemma_script("Studies", "study"), lemma_script("NATO", "NATO")
    ('l3y', 'k0')
    """
    low, out = form.lower(), lemma.lower()
    same = 0
    while same < min(len(low), len(out)) and low[same] == out[same]:
        same += 1
    return f"{'k' if lemma != out else 'l'}{len(low) - same}{out[same:]}"


def lemma_of(form: str, script: str) -> str:
    """The lemma of a form by a script; the form where it is too short for it.

    >>> lemma_of("Parties", "l3y")
    'party'
    """
    digits = 1
    while digits < len(script) and script[digits].isdigit():
        digits += 1
    cut = int(script[1:digits])
    base = form if script[0] == "k" else form.lower()
    return base[: len(base) - cut] + script[digits:] if cut <= len(base) else base


def trees(heads: Heads, sentences: Sequence[tuple[int, int]]) -> Ints:
    """The head of each token, counted from the first one; a root is its own. One tree a sentence (start, end)."""
    out = np.arange(len(heads.arc_dep))
    for start, end in sentences:
        own = slice(start, end)
        score = heads.arc_dep[own] @ heads.arc_head[own].T
        out[own] = start + tree(score)
    return out


def tree(score: Floats) -> Ints:
    """Heads that make one tree with one root. ``score[i, j]``: j is the head of i; the diagonal: i is the root.

    Mostly each token's best head does. Else the tree grows from the likeliest root, each time by the likeliest arc from
    it (Prim 1957): not always the best tree (Edmonds 1967), but in time that a hostile text cannot stretch; on dev the
    two differ by less than 0.1 points (docs/decisions/0010).
    """
    n = len(score)
    heads: Ints = score.argmax(1)
    if (heads == np.arange(n)).sum() == 1 and _acyclic(heads):
        return heads
    likely = score - np.logaddexp.reduce(score, axis=1, keepdims=True)
    root = int(np.diag(likely).argmax())
    out = np.full(n, root)
    best = likely[:, root].copy()  # of each token outside the tree: its likeliest arc from it
    best[root] = -np.inf
    outside = np.ones(n, np.bool_)
    outside[root] = False
    for _ in range(n - 1):
        token = int(best.argmax())
        outside[token], best[token] = False, -np.inf
        closer = outside & (likely[:, token] > best)
        out[closer], best[closer] = token, likely[closer, token]
    return out


def _acyclic(heads: Ints) -> bool:
    """Whether every token reaches a root (its own head): after n doublings of the way up all stand at roots."""
    at = heads
    for _ in range(max(1, len(heads).bit_length())):
        at = at[at]
    return bool((heads[at] == at).all())


def relations(heads: Heads, head: Ints, pair: Floats) -> Ints:
    """The number of the relation of each token to its head. ``pair``: (labels, R + 1, R + 1), bilinear with a bias."""
    one = np.ones((len(head), 1), np.float32)
    dep = np.concatenate([heads.rel_dep, one], 1)
    above = np.concatenate([heads.rel_head[head], one], 1)
    found: Ints = np.empty(len(head), np.int64)
    for at in range(0, len(head), _ROWS):  # products small enough for one thread: see arguments._product
        part = slice(at, at + _ROWS)
        found[part] = ((dep[part] @ pair) * above[part]).sum(2).argmax(0)
    return found


def names(scores: Floats, tags: Sequence[str] = NAME_TAGS) -> list[tuple[int, int, str]]:
    """First token, end and kind of the names in the likeliest well-formed BIES sequence (Viterbi)."""
    if not len(scores):
        return []
    opens = np.array([t[0] in "OBS" for t in tags])
    closes = np.array([t[0] in "OES" for t in tags])
    ok = (closes[:, None] & opens[None]) | np.array(
        [[a[0] in "BI" and b[0] in "IE" and a[2:] == b[2:] for b in tags] for a in tags]
    )
    bar = np.where(ok, 0.0, -np.inf)
    value = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    best = np.where(opens, value[0], -np.inf)
    back = np.zeros(value.shape, np.int64)
    for i in range(1, len(value)):
        total = best[:, None] + bar
        back[i] = total.argmax(0)
        best = total.max(0) + value[i]
    path = [int(np.where(closes, best, -np.inf).argmax())]
    for i in range(len(value) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return spans([tags[t] for t in reversed(path)])


def spans(path: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans of a well-formed BIES sequence: first token, end, kind."""
    found, first = [], 0
    for i, tag in enumerate(path):
        if tag[0] in "BS":
            first = i
        if tag[0] in "ES":
            found.append((first, i + 1, tag[2:]))
    return found


def label_columns(heads: Heads, labels: Labels, forms: Sequence[str]) -> Mapping[str, list[str]]:
    """upos, xpos and lemma of each token."""
    scripts = [labels.lemma[i] for i in heads.lemma.argmax(1)]
    upos = [labels.upos[i] for i in heads.upos.argmax(1)]
    return {
        "upos": upos,
        "xpos": [labels.xpos[i] for i in heads.xpos.argmax(1)],
        "lemma": [
            lemma(form, tag, lemma_of(form, script)) for form, tag, script in zip(forms, upos, scripts, strict=True)
        ],
    }
