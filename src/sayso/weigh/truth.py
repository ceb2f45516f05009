"""Which value of a slot many sources bear out, where each slot has one value and sources may copy each other.

In:   Slots: what each source says the value is.   Out: Truth: scores, accuracies, who may have copied whom.
Knows nothing of: claims, hypotheses; what was the case. A score follows from who agrees with whom alone.

After Dong, Berti-Equille and Srivastava (2009, "Integrating conflicting data: the role of source dependence"): a vote
of a source of accuracy A, with N false values, weighs log(N A / (1 - A)); what it may have copied counts by the chance
that it did not; sources that share likely mistakes are likely dependent. Worked out in turns, in log space.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

from sayso.weigh.weighed import Copying, Scored, SlotScores, Truth

Said = Mapping[str, str]  # source -> the value it gives
N = 10  # false values that a slot might have
COPIES = 0.8  # of what a source that copies has from the other
PRIOR = 0.1  # that two sources are dependent, before anything is known of them
ACCURACY = 0.8  # of a source of which little is known: worth one slot
LEAST_SOURCES, LEAST_SLOTS = 5, 5  # below, there are counts and no scores
_ROUNDS, _SETTLED = 60, 1e-5
_LEAST, _MOST = 0.05, 0.99
_TOLD = 0.5  # a dependence that is more likely than not is told
_ALIKE = 4  # how fast sources that agree less count less as copies, at the start
NOTE = (
    "Scores follow from which sources agree with which, by the model of Dong, Berti-Equille and Srivastava (2009);"
    " they know nothing of the matter. Sources that copy without sharing a likely mistake are not told from sources"
    " that are right."
)


def truth(slots: Mapping[str, Said]) -> Truth:
    """Scores for the values of each slot, by name. With few sources or slots there are counts only."""
    sources = sorted({source for said in slots.values() for source in said})
    counted = {name: _votes(said) for name, said in slots.items()}
    if len(sources) < LEAST_SOURCES or len(slots) < LEAST_SLOTS:
        least = f"with fewer than {LEAST_SOURCES} and {LEAST_SLOTS} there are only counts"
        why = f"{len(sources)} sources and {len(slots)} slots: {least}"
        return Truth(slots=tuple(_slot(name, votes, None) for name, votes in counted.items()), why=why, note=NOTE)
    found = _Turns(slots, sources)
    for _ in range(_ROUNDS):
        if found.turn() < _SETTLED:
            break
    copying = tuple(Copying(a=a, b=b, chance=round(p, 3)) for (a, b), p in sorted(found.dependent.items()) if p > _TOLD)
    return Truth(
        slots=tuple(_slot(name, votes, found.scores[name]) for name, votes in counted.items()),
        sources={source: round(a, 3) for source, a in found.accuracy.items()},
        copying=copying,
        note=NOTE,
    )


def vote(said: Said) -> str:
    """The value that most sources give; of several the first in order. What counting alone would say."""
    return min(_votes(said), key=lambda pair: (-len(pair[1]), pair[0]))[0]


def _votes(said: Said) -> list[tuple[str, tuple[str, ...]]]:
    by_value: dict[str, list[str]] = {}
    for source in sorted(said):
        by_value.setdefault(said[source], []).append(source)
    return [(value, tuple(own)) for value, own in sorted(by_value.items())]


def _slot(name: str, votes: Sequence[tuple[str, tuple[str, ...]]], scores: Mapping[str, float] | None) -> SlotScores:
    values = [Scored(value=v, sources=own, score=round(scores[v], 4) if scores else None) for v, own in votes]
    values.sort(key=lambda value: (-(value.score or 0.0), -len(value.sources), value.value))
    return SlotScores(name=name, values=tuple(values))


class _Turns:
    """Accuracies, dependences and scores, each from the others."""

    def __init__(self, slots: Mapping[str, Said], sources: Sequence[str]) -> None:
        self._slots, self._sources = slots, sources
        self._pairs = list(combinations(sources, 2))
        self._shared = {
            (one, other): [name for name, said in slots.items() if one in said and other in said]
            for one, other in self._pairs
        }
        self.accuracy = dict.fromkeys(sources, ACCURACY)
        self.dependent: dict[tuple[str, str], float] = {}
        self.scores = {name: self._start(said) for name, said in slots.items()}

    def turn(self) -> float:
        """One turn; the most by which an accuracy has changed."""
        self.dependent = {pair: self._dependence(*pair) for pair in self._pairs}
        self.scores = {name: self._scores(said) for name, said in self._slots.items()}
        moved = 0.0
        for source in self._sources:
            own = [self.scores[n][said[source]] for n, said in self._slots.items() if source in said]
            new = min(_MOST, max(_LEAST, (math.fsum(own) + ACCURACY) / (len(own) + 1)))
            moved = max(moved, abs(new - self.accuracy[source]))
            self.accuracy[source] = new
        return moved

    def _start(self, said: Said) -> dict[str, float]:
        """Shares of votes, where sources that agree nearly always count as little more than one: else those who copy
        most would be taken to be right, and what they share not to be a mistake.
        """
        weights = {source: 1 / math.fsum(self._alike(source, other) ** _ALIKE for other in said) for source in said}
        whole = math.fsum(weights.values())
        return {value: math.fsum(weights[s] for s in own) / whole for value, own in _votes(said)}

    def _alike(self, one: str, other: str) -> float:
        if one == other:
            return 1.0
        shared = self._shared[(one, other) if (one, other) in self._shared else (other, one)]
        same = sum(self._slots[name][one] == self._slots[name][other] for name in shared)
        return same / len(shared) if shared else 0.0

    def _dependence(self, one: str, other: str) -> float:
        """The chance that one of two sources copies from the other."""
        a, b = self.accuracy[one], self.accuracy[other]
        true = false = different = 0.0
        for name in self._shared[one, other]:
            said = self._slots[name]
            if said[one] == said[other]:
                true += self.scores[name][said[one]]
                false += 1 - self.scores[name][said[one]]
            else:
                different += 1
        both, neither = a * b, (1 - a) * (1 - b) / N
        apart = 1 - both - neither
        alone = true * math.log(both) + false * math.log(neither) + different * math.log(apart)
        logs = [math.log(1 - PRIOR) + alone]
        for accuracy in (b, a):  # the one copies from the other, or the other way round
            right = true * math.log(accuracy * COPIES + both * (1 - COPIES))
            wrong = false * math.log((1 - accuracy) * COPIES + neither * (1 - COPIES))
            logs += [math.log(PRIOR / 2) + right + wrong + different * math.log(apart * (1 - COPIES))]
        return 1 - math.exp(logs[0] - _log_sum(logs))

    def _scores(self, said: Said) -> dict[str, float]:
        """The chance of each value, those that nobody gives included: N + 1 values in all."""
        votes: dict[str, float] = {}
        for value, own in _votes(said):
            before: list[str] = []
            total = 0.0
            for source in sorted(own, key=lambda s: (-self.accuracy[s], s)):
                a = self.accuracy[source]
                alone = math.prod(1 - COPIES * self._between(source, other) for other in before)
                total += alone * math.log(N * a / (1 - a))
                before.append(source)
            votes[value] = total
        nobody = max(0, N + 1 - len(votes))
        whole = _log_sum([*votes.values(), *([math.log(nobody)] if nobody else [])])
        return {value: math.exp(total - whole) for value, total in votes.items()}

    def _between(self, one: str, other: str) -> float:
        return self.dependent[(one, other) if one < other else (other, one)]


def _log_sum(logs: Sequence[float]) -> float:
    most = max(logs)
    return most + math.log(math.fsum(math.exp(log - most) for log in logs))
