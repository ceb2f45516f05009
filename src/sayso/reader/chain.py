"""The chain of tags: the best path, exact probabilities of spans (Lafferty et al. 2001; Rabiner 1989).

In:   tag scores of words, learned transitions.   Out: tags, spans with probabilities.
Knows nothing of: texts, links between spans.

Tags are BIES over five types of span, which know on what side their cue stands: `S>` a source before its cue, `S<`
one after it, `Q` a cue, `C>` and `C<` contents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sayso.reader.words import Ints

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = tuple[int, int]  # first word, and the one after the last
Role = Literal["source", "cue", "content"]

TYPES = ("S>", "S<", "Q", "C>", "C<")
ROLE: dict[str, Role] = {"S": "source", "Q": "cue", "C": "content"}
TAGS = ("O", *(f"{position}-{kind}" for kind in TYPES for position in "BIES"))
N_TAGS = len(TAGS)
_RESCALED = 16  # words after which sums are scaled anew; they fall by e^15 a word at the worst


def tag_id(position: str, kind: str) -> int:
    """The id of a tag such as B of `S>`."""
    return 1 + 4 * TYPES.index(kind) + "BIES".index(position)


def allowed() -> tuple[Flags, Flags, Flags]:
    """Which transitions, first tags and last tags a well-formed sequence may have."""
    opens = np.array([t == "O" or t[0] in "BS" for t in TAGS])
    closes = np.array([t == "O" or t[0] in "ES" for t in TAGS])
    trans = closes[:, None] & opens[None, :]
    for kind in TYPES:
        for a in "BI":
            for b in "IE":
                trans[tag_id(a, kind), tag_id(b, kind)] = True
    return trans, opens, closes


def write_span(tags: Ints, span: Words, kind: str) -> None:
    """Writes one span to a tag sequence in place."""
    a, b = span
    if b - a == 1:
        tags[a] = tag_id("S", kind)
    else:
        tags[a:b] = tag_id("I", kind)
        tags[a], tags[b - 1] = tag_id("B", kind), tag_id("E", kind)


def read_spans(tags: Ints) -> list[tuple[Words, str]]:
    """The spans of a well-formed tag sequence with their types."""
    out: list[tuple[Words, str]] = []
    first = 0
    for i in np.flatnonzero(tags).tolist():
        position, _, kind = TAGS[tags[i]].partition("-")
        if position in "BS":
            first = i
        if position in "ES":
            out.append(((first, i + 1), kind))
    return out


@dataclass(frozen=True)
class Params:
    """Learned numbers that decoding needs beside the network's outputs.

    ``trans``: (2, N, N), log scores inside a line and over a line break; ``first``, ``last``: (N,).
    """

    trans: Floats
    first: Floats
    last: Floats
    tables: dict[str, Floats] = field(default_factory=dict)

    def masked(self) -> tuple[Floats, Floats, Floats]:
        """Scores with minus infinity for what is not allowed."""
        return self._masked

    @cached_property
    def _masked(self) -> tuple[Floats, Floats, Floats]:
        t, f, e = allowed()
        return (np.where(t, self.trans, -np.inf), np.where(f, self.first, -np.inf), np.where(e, self.last, -np.inf))

    @cached_property
    def steps(self) -> Floats:
        """The transitions as factors, 0 for what is not allowed."""
        return np.exp(self.masked()[0])


def viterbi(emissions: Floats, over_break: Flags, p: Params) -> Ints:
    """The best well-formed tag sequence. ``emissions``: (words, N); ``over_break``: a line begins at the word."""
    trans, first, last = p.masked()
    into = np.ascontiguousarray(trans.transpose(0, 2, 1))  # by the tag that is entered
    n = len(emissions)
    score = first + emissions[0]
    back = np.zeros((n, N_TAGS), np.int64)
    rows = np.arange(N_TAGS)
    for i, broken in enumerate(over_break.tolist()):
        if i:
            total = into[int(broken)] + score
            best = back[i] = total.argmax(1)
            score = total[rows, best] + emissions[i]
    tags = np.zeros(n, np.int64)
    tag = tags[-1] = int((score + last).argmax())
    for i in range(n - 1, 0, -1):
        tag = tags[i - 1] = back[i, tag]
    return tags


def forward_backward(emissions: Floats, over_break: Flags, p: Params) -> tuple[Floats, Floats, Floats]:
    """Forward (with emission) and backward (without) sums, each row at a scale of its own; scaled emissions."""
    steps = p.steps
    _, first, last = p.masked()
    n = len(emissions)
    e = np.exp(emissions - emissions.max(1, keepdims=True))
    fw, bw = np.empty((n, N_TAGS)), np.empty((n, N_TAGS))
    over = over_break.astype(int).tolist()
    row = fw[0] = np.exp(first) * e[0]
    for i in range(1, n):
        row = (row @ steps[over[i]]) * e[i]
        if i % _RESCALED == 0:
            row /= row.sum()
        fw[i] = row
    row = bw[-1] = np.exp(last)
    for i in range(n - 2, -1, -1):
        row = steps[over[i + 1]] @ (e[i + 1] * row)
        if i % _RESCALED == 0:
            row /= row.sum()
        bw[i] = row
    return fw, bw, e


@dataclass(frozen=True)
class Lattice:
    """``spans``: the probability of an exact span and type. ``words``: for a role, that each word is in such a span."""

    spans: dict[tuple[Words, str], float]
    words: dict[Role, Floats]


def lattice(emissions: Floats, over_break: Flags, p: Params, floor: float = 0.03) -> Lattice:
    """Every span whose exact probability reaches the floor, and word probabilities."""
    fw, bw, e = forward_backward(emissions, over_break, p)
    # What the forward row was divided by from i - 1 to i.
    ahead = np.where(over_break[1:, None], fw[:-1] @ p.steps[1], fw[:-1] @ p.steps[0])
    growth = np.concatenate([[1.0], (ahead * e[1:]).sum(1) / fw[1:].sum(1)])
    rest = bw / (fw * bw).sum(1, keepdims=True)  # turns a forward sum into a probability
    marginal = fw * rest
    words: dict[Role, Floats] = {
        role: marginal[:, [tag_id(x, k) for k in TYPES if k[0] == first for x in "BIES"]].sum(1)
        for first, role in ROLE.items()
    }
    out: dict[tuple[Words, str], float] = {}
    for kind in TYPES:
        single = tag_id("S", kind)
        for i in np.flatnonzero(marginal[:, single] >= floor).tolist():
            out[(i, i + 1), kind] = float(marginal[i, single])
        starts = np.flatnonzero(marginal[:-1, tag_id("B", kind)] >= floor)
        ends = np.flatnonzero(marginal[:, tag_id("E", kind)] >= floor)
        if len(starts) and len(ends):
            q = np.exp(_from_to(kind, starts, ends, (fw, rest, e, growth), over_break, p))
            for i, j in np.argwhere(q >= floor).tolist():
                out[(int(starts[i]), int(ends[j]) + 1), kind] = float(q[i, j])
    return Lattice(out, words)


def _from_to(
    kind: str, starts: Ints, ends: Ints, sums: tuple[Floats, Floats, Floats, Floats], over_break: Flags, p: Params
) -> Floats:
    """The log probability of a span of two words or more from each start to each end: (starts, ends).

    Inside of a span there is one way only, so that its probability is a product, the difference of two running sums.
    """
    fw, rest, e, growth = sums
    begin, inner, end = (tag_id(x, kind) for x in "BIE")
    trans, over = p.masked()[0], over_break.astype(np.int64)
    logs = np.log(np.maximum(e[:, [inner, end]], 1e-300)) - np.log(growth)[:, None]
    into_inner, into_end = logs[:, 0], logs[:, 1]
    inside = np.cumsum(trans[over, inner, inner] + into_inner)
    leaves = into_end[ends] + np.log(rest[ends, end])
    after = starts + 1
    enters = np.log(fw[starts, begin])
    long = (enters + trans[over[after], begin, inner] + into_inner[after] - inside[after])[:, None] + (
        inside[ends - 1] + trans[over[ends], inner, end] + leaves
    )[None]
    short = enters[:, None] + (trans[over[ends], begin, end] + leaves)[None]
    gap = ends[None] - starts[:, None]
    return np.where(gap > 1, long, np.where(gap == 1, short, -np.inf))
