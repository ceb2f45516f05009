"""What each reviewer did, and how far reviewers agree where they ruled on the same claims.

In:   the Standings of documents.   Out: Reviewers; Agreement: raw, Cohen's kappa, Krippendorff's alpha.
Knows nothing of: who is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from sayso.review.judgements import Act, Judgement, touched
from sayso.review.standing import Standings

# Ruling on what the machine has: kept, changed (edit, split, merge), left out, or left open.
_KINDS: dict[Act, str] = {"accept": "accept", "reject": "reject", "unsure": "unsure"}
_CHANGED = "change"


class Reviewer(msgspec.Struct, frozen=True, kw_only=True):
    """``acts``: how many judgements of each act, undone ones too; ``in_force``: how many of them hold."""

    name: str
    acts: dict[str, int]
    in_force: int
    first: str
    last: str


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two reviewers. ``raw``: the part of their ``claims`` on which they ruled alike; ``kappa``: Cohen's, None where
    chance alone would make them agree always.
    """

    a: str
    b: str
    claims: int
    raw: float
    kappa: float | None


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Over claims of the machine on which two or more have ruled, each by the last ruling in force: accept, reject,
    change or unsure.

    ``raw``: the mean over claims of the part of pairs of reviewers that agree. ``alpha``: Krippendorff's for nominal
    data, 1 - D_o/D_e; None where all rulings are of one kind. Both presume that nobody looked at the other's ruling:
    ``independent`` claims are those where, as far as is recorded, nobody could.
    """

    claims: int
    independent: int
    raw: float | None
    alpha: float | None
    pairs: tuple[Pair, ...]


def reviewers(standings: Iterable[Standings]) -> tuple[Reviewer, ...]:
    """What each did, by name."""
    own: dict[str, list[tuple[Judgement, bool]]] = {}
    for of_document in standings:
        for entry in of_document.entries():
            own.setdefault(entry.judgement.by, []).append((entry.judgement, entry.in_force))
    return tuple(
        Reviewer(
            name=name,
            acts=dict(sorted(Counter(judgement.act for judgement, _ in did).items())),
            in_force=sum(holds for _, holds in did),
            first=min(judgement.at for judgement, _ in did),
            last=max(judgement.at for judgement, _ in did),
        )
        for name, did in sorted(own.items())
    )


def agreement(standings: Iterable[Standings]) -> Agreement:
    """How far reviewers agree."""
    units: list[dict[str, str]] = []
    independent = 0
    for of_document in standings:
        for standing in of_document:
            on = [r for r in standing.rulings if any(c.id == standing.claim.id for c in r.on)]
            if standing.machine is not None and len(on) > 1:
                units.append({r.by: _KINDS.get(r.act, _CHANGED) for r in on})
                independent += _apart(of_document, standing.machine.id, on)
    together = [_alike(list(unit.values())) for unit in units]
    return Agreement(
        claims=len(units),
        independent=independent,
        raw=sum(together) / len(together) if together else None,
        alpha=alpha([list(unit.values()) for unit in units]),
        pairs=tuple(_pairs(units)),
    )


def kappa(rulings: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two reviewers: (p_o - p_e) / (1 - p_e), p_e from each one's own shares (Cohen 1960).

    >>> kappa([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15)
    0.4
    """
    number = len(rulings)
    ones, others = Counter(a for a, _ in rulings), Counter(b for _, b in rulings)
    # Whole numbers as long as possible: n^2 p_o and n^2 p_e.
    observed = number * sum(a == b for a, b in rulings)
    expected = sum(count * others[kind] for kind, count in ones.items())
    return None if expected == number**2 else (observed - expected) / (number**2 - expected)


def alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal data, any number of reviewers, missing rulings allowed (Krippendorff 2011).

    1 - (n - 1) sum_u [sum over unequal pairs in u / (m_u - 1)] / sum over unequal pairs of all; units with one ruling
    do not count.

    >>> round(alpha([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]]), 3)
    0.533
    """
    paired = [unit for unit in units if len(unit) > 1]
    total = Counter(kind for unit in paired for kind in unit)
    number = total.total()
    expected = _unequal(total)
    if not expected:
        return None
    observed = sum(_unequal(Counter(unit)) / (len(unit) - 1) for unit in paired)
    return 1 - (number - 1) * observed / expected


def _unequal(counts: Counter[str]) -> int:
    """How many ordered pairs of unlike things."""
    return counts.total() ** 2 - sum(count**2 for count in counts.values())


def _alike(kinds: Sequence[str]) -> float:
    pairs = list(combinations(kinds, 2))
    return sum(a == b for a, b in pairs) / len(pairs)


def _pairs(units: Sequence[dict[str, str]]) -> Iterable[Pair]:
    names = sorted({name for unit in units for name in unit})
    for a, b in combinations(names, 2):
        both = [(unit[a], unit[b]) for unit in units if a in unit and b in unit]
        if both:
            raw = sum(one == other for one, other in both) / len(both)
            yield Pair(a=a, b=b, claims=len(both), raw=raw, kappa=kappa(both))


def _apart(standings: Standings, claim: str, rulings: Sequence[Judgement]) -> bool:
    """Could none of them see what another had ruled on this claim?"""
    places = {judgement.id: number for number, judgement in enumerate(standings.judgements)}
    on = [(number, j.by) for number, j in enumerate(standings.judgements) if claim in touched(j)]
    return not any(
        number <= places.get(ruling.seen or "", -1) and by != ruling.by for ruling in rulings for number, by in on
    )
