"""What belongs to a cue: a chain of its own for each cue, over the words of the cue's window.

The scores of a word come from its vector, the cue's vector, and how word and cue lie to each other.

In:   the vectors of a window's words, cues.   Out: Argued, one for each cue.
Knows nothing of: how the cues were found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sayso.reader.chain import Chain, Flags, Floats, Words

Ints = NDArray[np.int64]
Role = Literal["source", "content"]
ROLES: tuple[Role, ...] = ("source", "content")
N_DISTANCE, N_PARAGRAPH, N_BETWEEN = 20, 5, 8
_ROWS = 24  # times 96 times 96 is less than what OpenBLAS begins to share out at (2^18)
_GROWTH = 1.35  # distance buckets grow by a factor of two for each 1.35 of them


@dataclass(frozen=True)
class Argued:
    """What the chain of one cue says: exact spans with their probabilities, each word's to be in one.

    Words are counted from the beginning of the text; ``sums`` are the running sums of the latter from word ``start``.
    """

    start: int
    spans: dict[Role, dict[Words, float]]
    sums: dict[Role, list[float]]

    def claim(self, role: Role, span: Words) -> float:
        """How much a cue makes of a span: the exact span counts most, a part of a longer one or a longer one less."""
        return self.spans[role].get(span, 0.0) + 0.5 * self.membership(role, span)

    @property
    def sourceless(self) -> float:
        """The probability that the cue has no source."""
        return max(0.0, 1 - sum(self.spans["source"].values()))

    def membership(self, role: Role, span: Words) -> float:
        """The mean probability of a span's words to belong to the cue in that role; 0 outside its window."""
        sums, a, b = self.sums[role], span[0] - self.start, span[1] - self.start
        return (sums[b] - sums[a]) / (b - a) if a >= 0 and b < len(sums) else 0.0


class Arguments:
    """The learned part. ``tables``: `arg_distance`, `arg_paragraph`, `arg_between` (buckets, D), two layers
    (`arg_mix`, `arg_out`: weight, bias) and the transitions of the chain.
    """

    def __init__(self, tables: Mapping[str, Floats]) -> None:
        self._t = tables
        self._size = len(tables["arg_mix_bias"])
        self._chain = Chain("SC", tables["arg_trans"], tables["arg_first"], tables["arg_last"])

    def of(
        self,
        vectors: Sequence[Floats],
        starts: Sequence[int],
        breaks: Sequence[Flags],
        cues: Sequence[list[Words]],
        floor: float,
    ) -> list[Argued]:
        """One Argued for each cue, window after window. ``vectors``: (words, 2 D), each word as itself and as a cue."""
        scores: list[Floats] = []
        where: list[int] = []
        for number, own in enumerate(cues):
            if own:
                local = np.array(own, np.int64) - starts[number]
                scores += list(self._scores(vectors[number], local, np.cumsum(breaks[number])))
                where += [number] * len(own)
        if not scores:
            return []
        lattice = self._chain.lattice(scores, [breaks[n] for n in where])
        out = [Argued(starts[n], {"source": {}, "content": {}}, {}) for n in where]
        for kind, role in enumerate(ROLES):
            inside = lattice.inside(kind)
            for argued, row, number in zip(out, inside, where, strict=True):
                argued.sums[role] = [0.0, *np.cumsum(row[: len(breaks[number])], dtype=np.float64).tolist()]
            for row_number, (a, b), p in lattice.spans(kind, floor):
                argued = out[row_number]
                argued.spans[role][a + argued.start, b + argued.start] = p
        return out

    def _scores(self, vectors: Floats, cues: Ints, lines: Ints) -> Floats:
        """(cues, words, tags) of one window."""
        t = self._t
        as_word, as_cue = vectors[:, : self._size], vectors[:, self._size :]
        cue = (as_cue[cues[:, 0]] + as_cue[cues[:, 1] - 1]) * np.float32(0.5)
        distance, paragraph, between = relation(len(vectors), cues, lines)
        x: Floats = as_word[None] + cue[:, None]
        x += t["arg_distance"][distance]
        x += (t["arg_paragraph"][:, None] + t["arg_between"][None]).reshape(-1, self._size)[
            paragraph * N_BETWEEN + between
        ]
        np.maximum(x, 0, out=x)
        rows = x.reshape(-1, self._size)
        rows = rows + np.maximum(_product(rows, t["arg_mix_weight"].T) + t["arg_mix_bias"], 0)
        out: Floats = _product(rows, t["arg_out_weight"].T) + t["arg_out_bias"]
        return out.reshape(*x.shape[:2], -1)


def _product(rows: Floats, weights: Floats) -> Floats:
    """Rows times weights, a few rows at a time: a larger product OpenBLAS shares out among threads, which then wait for
    each other longer than they work.
    """
    n, size = rows.shape
    padded = np.zeros((-(-n // _ROWS) * _ROWS, size), np.float32)
    padded[:n] = rows
    found: Floats = (padded.reshape(-1, _ROWS, size) @ weights).reshape(len(padded), -1)[:n]
    return found


def relation(words: int, cues: Ints, lines: Ints) -> tuple[Ints, Ints, Ints]:
    """How each word lies to each cue, (cues, words) each: distance in buckets of powers of two, lines and cues between.

    A word before its cue counts apart from one after it. ``lines``: the running number of line breaks at each word.
    """
    at = np.arange(words)[None]
    first, last = cues[:, :1], cues[:, 1:]
    before = at < first
    gap = np.maximum(np.where(before, first - at - 1, at - last), 0)
    bucket = np.minimum(np.log2(gap + 1) * _GROWTH, N_DISTANCE // 2 - 1).astype(np.int64)
    paragraph = np.clip(lines[None] - lines[first], -2, 2) + 2
    starts = np.sort(cues[:, 0])
    rank = np.searchsorted(starts, at[0])[None]
    order = np.searchsorted(starts, first)
    between = np.clip(np.where(before, order - rank, rank - 1 - order), 0, N_BETWEEN // 2 - 1)
    return bucket + before * (N_DISTANCE // 2), paragraph, between + before * (N_BETWEEN // 2)
