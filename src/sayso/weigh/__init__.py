"""Hypotheses against the evidence of a case: what the user's own likelihoods add up to, counted by origins.

In:   Hypotheses (a TOML file), what is Kept.   Out: Weighed: contributions, posterior, linchpins, matrix, suggestions.
Knows nothing of: whether anything is so. Likelihoods are the user's or named defaults, numbers follow from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.weigh.ach import matrix
from sayso.weigh.admiralty import admiralty
from sayso.weigh.hypotheses import Hypotheses
from sayso.weigh.material import Item, Kept, material, slots
from sayso.weigh.odds import LEAST, bare, count
from sayso.weigh.pieces import groups, pieces
from sayso.weigh.truth import truth
from sayso.weigh.weighed import Shown, Weighed


def weigh(asked: Hypotheses, kept: Kept) -> Weighed:
    """What the evidence in ``asked`` adds up to. Raises BadHypotheses where evidence is not there."""
    items = material(asked, kept)
    names = tuple(h.id for h in asked.hypothesis)
    priors = {h.id: h.prior for h in asked.hypothesis}
    found = pieces(items, names)
    low, high = (
        count(groups(found, items, dependent=ties == "dependent"), priors, cap=asked.anonymous_cap, ties=ties)
        for ties in ("dependent", "independent")
    )
    why = None
    if low.origins < LEAST:
        why = (
            f"{low.origins} independent {'origin tells' if low.origins == 1 else 'origins tell'} the hypotheses apart"
            f" if every uncertain tie is a dependence: with fewer than {LEAST} there is no posterior"
        )
        low, high = bare(low), bare(high)
    return Weighed(
        question=asked.question,
        hypotheses=asked.hypothesis,
        evidence=tuple(_shown(number, item) for number, item in enumerate(items, 1)),
        low=low,
        high=high,
        why=why,
        matrix=matrix(items, found, names),
        admiralty=admiralty(items, found, asked.source),
        anonymous_cap=asked.anonymous_cap,
        truth=truth(slots(asked, kept)) if asked.slot else None,
        notices=(*_left_out(asked, items, kept), *_notices(asked)),
    )


def _shown(number: int, item: Item) -> Shown:
    evidence = item.evidence
    possibly = len(item.cluster.possibly) if item.cluster is not None and item.whole else 0
    return Shown(
        evidence=number,
        ref=evidence.ref,
        says=item.shown,
        note=evidence.note,
        possibly=possibly,
        left_out=item.gone,
    )


def _left_out(asked: Hypotheses, items: Sequence[Item], kept: Kept) -> Iterator[str]:
    """What the file names and people do not let stand."""
    for number, item in enumerate(items, 1):
        if item.gone is not None:
            yield f"evidence {number} ({item.evidence.ref}) is left out: {item.gone}"
    gone = kept.gone() if asked.slot else {}
    for slot in asked.slot:
        yield from (f"slot {slot.name}: claim {c} is left out: {gone[c]}" for c in slot.claims if c in gone)


def _notices(asked: Hypotheses) -> tuple[str, ...]:
    touched: set[str] = set()
    for evidence in asked.evidence:
        touched |= {*evidence.likely, *evidence.for_, *evidence.against}
    return tuple(
        f"no evidence names {h.id}: its ratio to others that none names stays as it was"
        for h in asked.hypothesis
        if h.id not in touched and h.id != "other"
    )


__all__ = ["Hypotheses", "Kept", "Weighed", "weigh"]
