"""What two documents have in common, word by word and sentence by sentence.

In:   two Sketches.   Out: Shared.
Knows nothing of: dates, names, who had it from whom.
"""

from __future__ import annotations

import msgspec

from sayso.link.passages import Passage, passages
from sayso.link.sketch import Sketch

_REWORDED = 0.5  # the share of the lighter sentence's weight that the other has, for one to be the other reworded


class Reworded(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that stands in the other in other words: word ranges, and the share of the lighter one's weight."""

    a: range
    b: range
    share: float


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What ``a`` and ``b`` share.

    ``prose``: words of a's own prose that stand in b's; ``longest``: those of one passage; ``quoted``: words within
    marks in both; ``cover``: the share of a's prose that stands in b's, and of b's in a's (containment both ways).
    ``reworded``: sentences of a with the sentence of b that says it in other words.
    """

    passages: tuple[Passage, ...]
    reworded: tuple[Reworded, ...]
    prose: int
    longest: int
    quoted: int
    cover: tuple[float, float]

    def turned(self) -> Shared:
        """The same with a and b changed over."""
        return Shared(
            passages=tuple(sorted((p.turned() for p in self.passages), key=lambda p: p.a.start)),
            reworded=tuple(Reworded(a=r.b, b=r.a, share=r.share) for r in self.reworded),
            prose=self.prose,
            longest=self.longest,
            quoted=self.quoted,
            cover=(self.cover[1], self.cover[0]),
        )


def shared(a: Sketch, b: Sketch) -> Shared:
    """What two documents share."""
    found = passages(a.words, b.words)
    prose, quoted = [], 0
    for passage in found:
        inside = [(a.words.quoted[i], b.words.quoted[j]) for i, j in passage.pairs()]
        prose.append(inside.count((False, False)))
        quoted += inside.count((True, True))
    total = sum(prose)
    return Shared(
        passages=found,
        reworded=_reworded(a, b),
        prose=total,
        longest=max(prose, default=0),
        quoted=quoted,
        cover=(total / max(1, a.prose), total / max(1, b.prose)),
    )


def _reworded(a: Sketch, b: Sketch) -> tuple[Reworded, ...]:
    """Pairs of sentences, the likeliest first; each sentence is in one pair."""
    likely = []
    for at, terms, whole in a.telling:
        common: dict[int, float] = {}
        for term, own in terms.items():
            for number in b.places_of.get(term, ()):
                common[number] = common.get(number, 0.0) + own
        for number, both in common.items():
            there, _, other = b.telling[number]
            if (share := both / min(whole, other)) >= _REWORDED:
                likely.append((-share, at.start, there.start, at, there))
    taken: set[range] = set()
    found = []
    for share, _, _, s, t in sorted(likely, key=lambda x: x[:3]):
        if not {s, t} & taken:
            found.append(Reworded(a=s, b=t, share=-share))
            taken |= {s, t}
    return tuple(sorted(found, key=lambda r: r.a.start))
