"""Who denies what another says in the same document, by "it" or "the claim".

In:   the claims of documents.   Out: for the id of a claim, its denials.
Knows nothing of: other documents (link), how it is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sayso.publish.chains import Places, speaker
from sayso.publish.wording import act, one_line
from sayso.records import Claim


class Denial(NamedTuple):
    """``told``: "the ministry denies it"; ``where``: its place, empty where the text is not at hand."""

    id: str
    told: str
    where: str


def denials(claims: Iterable[Claim], places: Places | None = None) -> Mapping[str, tuple[Denial, ...]]:
    """A denial that has words of its own for what it denies is not among them."""
    claims = tuple(claims)
    found: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.denied:
            found[claim.document.id, claim.denied].append(claim)
    keyed = ((c.id, found.get((c.document.id, c.content.spans), ())) for c in claims)
    return {id_: tuple(_denial(c, places) for c in by) for id_, by in keyed if by}


def _denial(claim: Claim, places: Places | None) -> Denial:
    where = places.name(claim.content.spans[0].start) if places else ""
    if claim.cue is None:  # "That was wrong", of what the text told before
        return Denial(claim.id, f"the author: “{one_line(claim.content.text)}”", where)
    return Denial(claim.id, f"{one_line(speaker(claim))} {act(claim)} it", where)
