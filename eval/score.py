"""How close predicted attributions come to gold ones: exact spans, characters, and linked triples.

In:   two sets of Attributions of one text.   Out: Counts that add up over articles; an interval.
Knows nothing of: files, what made the predictions.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from eval.brat import Attribution
from sayso.spans import Span

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
LEAST_CONTENT_F1 = 0.5  # from here on two contents are of the same attribution
RESAMPLES = 1000


@dataclass(frozen=True)
class Counts:
    """``hits`` of what was ``predicted`` are among what is ``gold``. All figures are fractions, 0 where nothing is."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Counts(hits=1, predicted=2, gold=4).f1
        0.3333333333333333
        """
        return 2 * self.hits / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


@dataclass(frozen=True)
class Scores:
    """``exact`` counts spans, ``characters`` code points, ``linked`` whole attributions."""

    exact: dict[Role, Counts] = field(default_factory=lambda: dict.fromkeys(ROLES, Counts()))
    characters: dict[Role, Counts] = field(default_factory=lambda: dict.fromkeys(ROLES, Counts()))
    linked: Counts = Counts()

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            exact={role: self.exact[role] + other.exact[role] for role in ROLES},
            characters={role: self.characters[role] + other.characters[role] for role in ROLES},
            linked=self.linked + other.linked,
        )


def score(predicted: Sequence[Attribution], gold: Sequence[Attribution]) -> Scores:
    """One article. A span or character that several attributions share counts once."""
    return Scores(
        exact={role: _shared(set(_spans(predicted, role)), set(_spans(gold, role))) for role in ROLES},
        characters={
            role: _shared(_characters(_spans(predicted, role)), _characters(_spans(gold, role))) for role in ROLES
        },
        linked=Counts(len(link(predicted, gold)), len(predicted), len(gold)),
    )


def link(predicted: Sequence[Attribution], gold: Sequence[Attribution]) -> dict[int, int]:
    """The most pairs of a predicted and a gold attribution that fit each other, by index; each is used once."""
    fits = [[j for j, wanted in enumerate(gold) if fit(found, wanted)] for found in predicted]
    taken: dict[int, int] = {}  # gold -> predicted

    def find_place(i: int, tried: set[int]) -> bool:
        """Gives ``i`` a free gold one, moving others along where they have a second choice."""
        for j in fits[i]:
            if j not in tried:
                tried.add(j)
                if j not in taken or find_place(taken[j], tried):
                    taken[j] = i
                    return True
        return False

    for i in range(len(predicted)):
        find_place(i, set())
    return {i: j for j, i in taken.items()}


def fit(found: Attribution, wanted: Attribution) -> bool:
    """Cues overlap, sources overlap or both have none, and the contents share enough characters."""
    return (
        _overlap(found.cue, wanted.cue)
        and (_overlap(found.source, wanted.source) or not (found.source or wanted.source))
        and _shared(_characters(found.content), _characters(wanted.content)).f1 >= LEAST_CONTENT_F1
    )


def interval(linked: Sequence[Counts], *, seed: int = 0) -> tuple[float, float]:
    """Bootstrap 95 % interval of the linked F1 over articles."""
    chance = random.Random(seed)
    resampled = sorted(sum(chance.choices(linked, k=len(linked)), Counts()).f1 for _ in range(RESAMPLES))
    return resampled[round(RESAMPLES * 0.025)], resampled[round(RESAMPLES * 0.975) - 1]


def _spans(attributions: Iterable[Attribution], role: Role) -> Iterator[Span]:
    for attribution in attributions:
        yield from getattr(attribution, role)


def _characters(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _shared(predicted: set[Span] | set[int], gold: set[Span] | set[int]) -> Counts:
    return Counts(len(predicted & gold), len(predicted), len(gold))


def _overlap(some: Iterable[Span], others: Iterable[Span]) -> bool:
    others = tuple(others)
    return any(span.overlaps(other) for span in some for other in others)
