"""The Admiralty scale: a digit is suggested for what is claimed, with reasons; the letters of sources are a person's.

In:   Items with their Pieces, the grades in the file.   Out: Suggestions.
Knows nothing of: hypotheses, odds; it never grades people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from sayso.check.findings import Finding
from sayso.link.stance import asserts
from sayso.weigh.hypotheses import Source
from sayso.weigh.material import Item
from sayso.weigh.pieces import Piece
from sayso.weigh.weighed import Graded, Suggestion

_TOLD = 3  # reasons of one sort

Digit = Literal[1, 2, 3, 4, 5, 6]

# The digits of the scale in words of our own, which speak of what is there and not of what was the case.
DIGITS: dict[Digit, str] = {
    1: "borne out by independent origins",
    2: "fits what else is there",
    3: "may fit",
    4: "doubtful",
    5: "at odds with what else is there",
    6: "cannot be judged",
}


def admiralty(items: Sequence[Item], pieces: Sequence[Piece], grades: Sequence[Source]) -> tuple[Suggestion, ...]:
    """A suggestion for each claim and cluster of the evidence; a finding and what is not in the case have none."""
    return tuple(_suggestions(items, pieces, grades))


def _suggestions(items: Sequence[Item], pieces: Sequence[Piece], grades: Sequence[Source]) -> Iterator[Suggestion]:
    for number, item in enumerate(items):
        cluster = item.cluster
        if cluster is None or item.evidence.table is not None:
            continue
        own = [p for p in pieces if p.item == number]
        counts = (cluster.origins.low, cluster.origins.high) if item.whole else (1, 1)
        digit, reasons = _digit(item, own, *counts)
        sources = tuple(_graded(who, grades) for who in dict.fromkeys(p.who for p in own))
        yield Suggestion(evidence=number + 1, ref=item.evidence.ref, digit=digit, reasons=reasons, sources=sources)


def _digit(item: Item, own: Sequence[Piece], low: int, high: int) -> tuple[Digit, tuple[str, ...]]:
    against = _against(item)
    tables = [f"inconsistent with {f.table.rpartition('@')[0]}" for f in _of(item, "inconsistent")]
    fits = [f"consistent with {f.table.rpartition('@')[0]}" for f in _of(item, "consistent")]
    number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    reasons = (f"{number} independent {'origin' if high == 1 else 'origins'}", *against, *tables, *fits)
    if against and tables:
        return 4 if low > 1 else 5, reasons
    if own and item.claims and not any(asserts(m.claim) for m in item.claims):
        return 6, (*reasons, "nobody says that it is so or not so: it is asked, wanted or left open")
    if against or tables:
        return 3 if low > 1 else 4, reasons
    if low > 1:
        return 1, (*reasons, "nothing against it was found")
    if fits:
        return 2, (*reasons, "one origin, and a table fits")
    if high > 1:
        return 3, (*reasons, "perhaps more than one origin, which is not sure; nothing against it was found")
    if all(p.unnamed for p in own):
        return 6, (*reasons, "nobody stands behind it with a name, and nothing else is there")
    return 3, (*reasons, "one named origin, and nothing else is there")


def _against(item: Item) -> list[str]:
    if not item.against:
        return []
    told = list(dict.fromkeys(x.reason for x in item.against))
    number = len(item.against)
    more = f" and {len(told) - _TOLD:,} more" if len(told) > _TOLD else ""
    return [f"stands against {number:,} other {'claim' if number == 1 else 'claims'}: {', '.join(told[:_TOLD])}{more}"]


def _of(item: Item, sort: str) -> Iterator[Finding]:
    return (f for f in item.findings if f.finding == sort)


def _graded(who: str, grades: Sequence[Source]) -> Graded:
    """The last grade that a person gave this source."""
    given = [g for g in grades if g.name.casefold() == who.casefold()]
    if not given:
        return Graded(who=who, letter="F", why="nobody has graded it")
    last = max(given, key=lambda g: (g.on.isoformat() if g.on else "", g.letter))
    return Graded(who=who, letter=last.letter, by=last.by, on=last.on, why=last.why)
