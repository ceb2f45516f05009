"""What is shown of the review of a claim wherever the claim is shown: how it stands, what may be done, what helps.

In:   Standings, who looks.   Out: Strips; the view of one alone, which a script puts in place of the one before.
Knows nothing of: the page around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from sayso.case import Kept
from sayso.publish import rulings
from sayso.records import Ledger
from sayso.review import Alike, Review, Standing, Standings
from sayso.review.judgements import Judgement
from sayso.serve.views import Act, Ask, Shown, View

VERSIONS = 4  # of a document that are named
UNSURE = 0.5  # below it the reader itself is less sure than not that it has read the claim rightly


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """The review of one claim. ``seen``: the last judgement on the document, for what is ruled next; ``mine``: the last
    ruling in force of who looks; ``ghost``: nobody has ruled and the reader is not sure; ``alike``: what was ruled on
    the same words elsewhere.
    """

    standing: Standing
    words: str
    seen: str | None
    mine: Judgement | None = None
    ghost: bool = False
    alike: tuple[Alike, ...] = ()


def strip(review: Review, standings: Standings, claim: str, reviewer: str | None) -> Strip:
    """What is shown of one claim."""
    standing = standings[claim]
    unruled = standing.state == "unreviewed"
    return Strip(
        standing=standing,
        words=rulings.state(standing),
        seen=standings.last,
        mine=next((ruling for ruling in standing.rulings if ruling.by == reviewer), None),
        ghost=unruled and (standing.claim.score or 0.0) < UNSURE,
        alike=review.alike(standing.claim) if unruled else (),
    )


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is told above a document. ``aside``: claims that are not shown; ``machine``: the machine's are.
    ``versions``: documents that are likely this one before or after a change, and how many claims were ruled on there.
    """

    counts: Mapping[str, int]
    aside: tuple[Strip, ...]
    machine: bool
    versions: tuple[tuple[Kept, int], ...]


def reviewed(ask: Ask, standings: Standings, ledger: Ledger, *, machine: bool) -> dict[str, Any]:
    """For the templates of a page that shows ``ledger``: the strip of each claim by id, and what is told above."""
    review = ask.case.review
    own = {s.claim.id: strip(review, standings, s.claim.id, ask.session.reviewer) for s in standings}
    shown = {claim.id for claim in ledger.claims}
    aside = tuple(one for name, one in own.items() if name not in shown)
    counts = Counter[str](one.standing.state for one in own.values())
    versions = tuple(
        (kept, sum(number for state, number in review.counts(kept.document.id).states.items() if state != "unreviewed"))
        for kept in ask.case.catalogue.versions(ledger.document.ref.id, VERSIONS)
    )
    return {"review": own, "reviewed": Reviewed(counts=counts, aside=aside, machine=machine, versions=versions)}


def alone(ask: Ask) -> Shown:
    """One strip without a page around it."""
    review, claim = ask.case.review, ask.path["id"]
    standings = review.standings(review.document_of(claim))
    data = strip(review, standings, claim, ask.session.reviewer)
    more = {"back": ask.query.get("back", "")}
    return Shown(template="strip_alone.html.j2", title="Review", data=data, more=more)


VIEWS = (View("/review/strips/{id}", alone),)
ACTS: tuple[Act, ...] = ()
