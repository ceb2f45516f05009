"""Numpy-only inference in the tag chain: Viterbi, span probabilities, best span sets.

Tags are BIES over five span types.  The type of a source or content span says
on which side its cue stands, so the transitions know what is still to come:
`S>` source before its cue, `S<` after it, `Q` cue, `C>` content before, `C<` after.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

Span = tuple[int, int]
TYPES = ("S>", "S<", "Q", "C>", "C<")
ROLE = {"S": "source", "Q": "cue", "C": "content"}
TAGS = ["O"] + [f"{p}-{t}" for t in TYPES for p in "BIES"]
N_TAGS = len(TAGS)


def tag_id(position: str, kind: str) -> int:
    """The id of a tag such as B of `S>`."""
    return 1 + 4 * TYPES.index(kind) + "BIES".index(position)


def allowed() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which transitions, first tags and last tags a well-formed sequence may have."""
    opens = np.array([t == "O" or t[0] in "BS" for t in TAGS])
    closes = np.array([t == "O" or t[0] in "ES" for t in TAGS])
    trans = closes[:, None] & opens[None, :]
    for kind in TYPES:
        for a in "BI":
            for b in "IE":
                trans[tag_id(a, kind), tag_id(b, kind)] = True
    return trans, opens, closes


def write_span(tags: np.ndarray, span: Span, kind: str) -> None:
    """Writes one span to a tag sequence in place."""
    a, b = span
    if b - a == 1:
        tags[a] = tag_id("S", kind)
    else:
        tags[a:b] = tag_id("I", kind)
        tags[a], tags[b - 1] = tag_id("B", kind), tag_id("E", kind)


def read_spans(tags: np.ndarray) -> list[tuple[Span, str]]:
    """The spans of a well-formed tag sequence with their types."""
    out, first = [], 0
    for i, t in enumerate(tags):
        name = TAGS[t]
        if name[0] in "BS":
            first = i
        if name[0] in "ES":
            out.append(((first, i + 1), name[2:]))
    return out


@dataclass
class Params:
    """Learned numbers that decoding needs besides the network's outputs."""

    trans: np.ndarray  # (2, N, N): inside a line, over a line break
    first: np.ndarray
    last: np.ndarray
    tables: dict[str, np.ndarray] = field(default_factory=dict)

    def masked(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Scores with minus infinity for what is not allowed."""
        t, f, e = allowed()
        return (np.where(t, self.trans, -np.inf), np.where(f, self.first, -np.inf), np.where(e, self.last, -np.inf))


def viterbi(emissions: np.ndarray, over_break: np.ndarray, p: Params) -> np.ndarray:
    """The best well-formed tag sequence."""
    trans, first, last = p.masked()
    n = len(emissions)
    score = first + emissions[0]
    back = np.zeros((n, N_TAGS), np.int64)
    for i in range(1, n):
        total = score[:, None] + trans[int(over_break[i])]
        back[i] = total.argmax(0)
        score = total[back[i], np.arange(N_TAGS)] + emissions[i]
    tags = np.zeros(n, np.int64)
    tags[-1] = int((score + last).argmax())
    for i in range(n - 1, 0, -1):
        tags[i - 1] = back[i, tags[i]]
    return tags


def forward_backward(
    emissions: np.ndarray, over_break: np.ndarray, p: Params
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scaled forward (with emission) and backward (without) sums, and log scales.

    forward[i] and backward[i] each sum to one; log_z[i] is the logarithm of the
    sum of forward[i] * backward[i] over tags, which turns products to probabilities.
    """
    step = np.exp(p.masked()[0])
    _, first, last = p.masked()
    n = len(emissions)
    e = np.exp(emissions - emissions.max(1, keepdims=True))
    fw, bw = np.zeros((n, N_TAGS)), np.zeros((n, N_TAGS))
    fw[0] = np.exp(first) * e[0]
    fw[0] /= fw[0].sum()
    for i in range(1, n):
        fw[i] = (fw[i - 1] @ step[int(over_break[i])]) * e[i]
        fw[i] /= fw[i].sum()
    bw[-1] = np.exp(last)
    bw[-1] /= bw[-1].sum()
    for i in range(n - 2, -1, -1):
        bw[i] = step[int(over_break[i + 1])] @ (e[i + 1] * bw[i + 1])
        bw[i] /= bw[i].sum()
    return fw, bw, e


@dataclass
class Lattice:
    """Probabilities of a document's spans and words under the chain."""

    spans: dict[tuple[Span, str], float]  # exact span and type
    words: dict[str, np.ndarray]  # role: probability of each word to be in a span of it


def lattice(emissions: np.ndarray, over_break: np.ndarray, p: Params, floor: float = 0.03) -> Lattice:
    """Every span whose exact probability reaches the floor, and word probabilities."""
    fw, bw, e = forward_backward(emissions, over_break, p)
    step = np.exp(p.masked()[0])
    n = len(emissions)
    z = (fw * bw).sum(1)
    over = over_break.astype(np.int64)
    # growth[i]: what the scaled forward step from i - 1 to i was divided by
    growth = np.ones(n)
    growth[1:] = (np.einsum("nt,ntu->nu", fw[:-1], step[over[1:]]) * e[1:]).sum(1)
    marginal = fw * bw / z[:, None]
    words = {
        role: sum(marginal[:, tag_id(x, k)] for k in TYPES if k[0] == first for x in "BIES")
        for first, role in ROLE.items()
    }
    out: dict[tuple[Span, str], float] = {}
    for kind in TYPES:
        b, inner, end, single = (tag_id(x, kind) for x in "BIES")
        for i in np.flatnonzero(marginal[:, single] >= floor):
            out[(int(i), int(i) + 1), kind] = float(marginal[i, single])
        starts = np.flatnonzero(marginal[:, b] >= floor)
        mass, at, previous = fw[starts, b], starts, b
        while len(at):
            ok = at + 1 < n
            mass, at, starts = mass[ok], at[ok] + 1, starts[ok]
            t = step[over[at]] * e[at][:, None] / growth[at][:, None, None]
            prob = mass * t[:, previous, end] * bw[at, end] / z[at]
            for j in np.flatnonzero(prob >= floor):
                out[(int(starts[j]), int(at[j]) + 1), kind] = float(prob[j])
            mass = mass * t[:, previous, inner]
            ok = mass * bw[at, inner] / z[at] >= floor
            mass, at, starts, previous = mass[ok], at[ok], starts[ok], inner
    return Lattice(out, words)


@dataclass(frozen=True)
class Choice:
    """How spans of a role are chosen: value = probability + soft * (word probability - 0.5)."""

    threshold: float
    soft: float = 0.0


def best_spans(lat: Lattice, choice: dict[str, Choice]) -> list[tuple[Span, str, float]]:
    """The set of disjoint spans with the largest sum of value minus threshold.

    A span is worth keeping when its probability exceeds about half the F1 that
    the role reaches; this maximises the expected F1 rather than the best path.
    The soft part keeps spans that surely exist but whose edges are uncertain.
    """
    merged: dict[tuple[Span, str], tuple[float, str, float]] = {}
    for (span, kind), q in lat.spans.items():  # the side of the cue does not matter here
        old = merged.get((span, kind[0]), (0.0, kind, 0.0))
        merged[span, kind[0]] = (old[0] + q, kind if q > old[2] else old[1], max(q, old[2]))
    items = []
    for (span, first), (q, kind, _) in merged.items():
        c = choice[ROLE[first]]
        inside = float(lat.words[ROLE[first]][span[0] : span[1]].mean()) if c.soft else 0.5
        value = q + c.soft * (inside - 0.5) - c.threshold
        if value > 0:
            items.append((span, kind, value, q))
    items.sort(key=lambda x: x[0][1])
    ends = np.array([x[0][1] for x in items])
    best = np.zeros(len(items) + 1)
    take = np.zeros(len(items), bool)
    prev = np.zeros(len(items), np.int64)
    for i, (span, _, value, _) in enumerate(items):
        prev[i] = np.searchsorted(ends[:i], span[0], "right")
        gain = best[prev[i]] + value
        take[i] = gain > best[i]
        best[i + 1] = max(gain, best[i])
    out, i = [], len(items)
    while i:
        if take[i - 1]:
            span, kind, _, q = items[i - 1]
            out.append((span, kind, q))
            i = int(prev[i - 1])
        else:
            i -= 1
    return out[::-1]
