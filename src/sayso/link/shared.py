"""What two documents have in common, word by word and sentence by sentence.

In:   two Sketches.   Out: Shared.
Knows nothing of: dates, names, who had it from whom.
"""

from __future__ import annotations

from functools import cached_property

import msgspec

from sayso.link.passages import Passage, passages
from sayso.link.sketch import Sketch
from sayso.link.words import weight

_LIGHT = 15.0  # sentences lighter than this are not compared: "He did not say more."
_TELLING = 1.2
_REWORDED = 0.5  # the share of the lighter sentence's weight that the other has, for one to be the other reworded


class Reworded(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that stands in the other in other words: word ranges, and the share of the lighter one's weight."""

    a: range
    b: range
    share: float


class Shared(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What ``a`` and ``b`` share. ``prose_a``: words of a's own prose that stand in b's prose; ``quoted``: words that
    stand within marks in both; ``mixed``: within marks in one only. ``reworded``: best partner of each sentence of a.
    """

    a: Sketch
    b: Sketch
    passages: tuple[Passage, ...]
    reworded: tuple[Reworded, ...]

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """Shared words: prose in both, within marks in both, in one only."""
        prose = quoted = 0
        total = 0
        for i, j in (pair for p in self.passages for pair in p.pairs()):
            total += 1
            inside = self.a.words.quoted[i], self.b.words.quoted[j]
            prose += inside == (False, False)
            quoted += inside == (True, True)
        return prose, quoted, total - prose - quoted

    @property
    def longest(self) -> int:
        """The words of prose in the longest passage."""
        a, b = self.a.words.quoted, self.b.words.quoted
        return max((sum(not (a[i] or b[j]) for i, j in p.pairs()) for p in self.passages), default=0)

    @property
    def cover(self) -> tuple[float, float]:
        """The share of a's prose that stands in b, and of b's in a (containment both ways)."""
        prose = self.counts[0]
        return prose / max(1, self.a.prose), prose / max(1, self.b.prose)


def shared(a: Sketch, b: Sketch) -> Shared:
    """What two documents share. Symmetric but for which is called a."""
    return Shared(a=a, b=b, passages=passages(a.words, b.words), reworded=tuple(_reworded(a, b)))


def _reworded(a: Sketch, b: Sketch) -> list[Reworded]:
    there = [(s, t) for s in b.sentences if (t := _terms(b, s)) and sum(t.values()) >= _LIGHT]
    found = []
    for here in a.sentences:
        terms = _terms(a, here)
        total = sum(terms.values())
        if total < _LIGHT:
            continue
        best = max(
            ((_common(terms, t) / min(total, sum(t.values())), s) for s, t in there),
            key=lambda x: (x[0], -x[1].start),
            default=(0.0, range(0)),
        )
        if best[0] >= _REWORDED:
            found.append(Reworded(a=here, b=best[1], share=best[0]))
    return found


def _terms(document: Sketch, sentence: range) -> dict[str, float]:
    """The telling words of a sentence that are not within quotation marks."""
    own = document.words
    return {s: w for k in sentence if not own.quoted[k] and (w := weight(s := own.stems[k])) >= _TELLING}


def _common(a: dict[str, float], b: dict[str, float]) -> float:
    return sum(w for t, w in a.items() if t in b)
