"""What is said of somebody and the denials of it, side by side; what nobody answers; and the case on an axis of time.

In:   Asks.   Out: Shown.
Knows nothing of: how denials are found (publish.replies), how time is drawn.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.case import hedges
from sayso.publish.compared import Known
from sayso.publish.pictures import timeline
from sayso.publish.replies import Said
from sayso.records import Claim
from sayso.serve.drawn import placed
from sayso.serve.overview import Waits
from sayso.serve.paging import page_of
from sayso.serve.views import Act, Ask, Shown, View

PAGE = 20
Part = Literal["denied", "unanswered"]
PARTS: dict[Part, str] = {"denied": "Said, and denied", "unanswered": "Said of somebody, and not answered"}


class Denial(msgspec.Struct, frozen=True, kw_only=True):
    """``how``: how it stands to the claim."""

    claim: Claim
    how: str


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, whom it names as doing something, and who denies it."""

    claim: Claim
    of: tuple[str, ...]
    denials: tuple[Denial, ...]


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """``claims``: those that several documents carry."""

    documents: int
    claims: tuple[Claim, ...]
    waits: Waits


class Denials(msgspec.Struct, frozen=True, kw_only=True):
    """``numbers``: how many claims each part has; ``commented``: how many name somebody who has a word in that text
    and no denial: they are in neither.
    """

    part: Part
    numbers: dict[Part, int]
    commented: int
    page: int
    pages: int
    pairs: tuple[Pair, ...]
    waits: Waits


def denials(ask: Ask) -> Shown:
    view = ask.overview()
    every = ask.held.said(ask.case)
    parts: dict[Part, list[Said]] = {
        "denied": [one for one in every if one.replies],
        "unanswered": [one for one in every if not one.replies and not one.comments],
    }
    part: Part = "unanswered" if ask.query.get("part") == "unanswered" else "denied"
    page, pages, shown = page_of(ask, parts[part], PAGE)
    pairs = tuple(_pair(one) for one in shown)
    numbers = {name: len(found) for name, found in parts.items()}
    data = Denials(
        part=part,
        numbers=numbers,
        commented=len(every) - sum(numbers.values()),
        page=page,
        pages=pages,
        pairs=pairs,
        waits=view.waits,
    )
    documents = {claim.document.id for pair in pairs for claim in (pair.claim, *(d.claim for d in pair.denials))}
    known = Known({name: ask.case.ledger(name) for name in sorted(documents)}, hedges)
    sides = [
        (known.wording(pair.claim), pair.of, [(known.wording(d.claim), d.how) for d in pair.denials]) for pair in pairs
    ]
    more = {"parts": PARTS, "sides": sides, "waits": view.waits}
    return Shown(template="denials.html.j2", title="Denials", data=data, more=more)


def _pair(one: Said) -> Pair:
    return Pair(claim=one.claim, of=one.of, denials=tuple(Denial(claim=r.claim, how=r.how) for r in one.replies))


def when(ask: Ask) -> Shown:
    linked = ask.overview().linked
    several = [c for cluster in linked.clusters if len(cluster.documents) > 1 for c in cluster.claims]
    claims = tuple(ask.case.claim(claim) for claim in several)
    data = Timeline(documents=len(linked.documents), claims=claims, waits=ask.overview().waits)
    picture = placed(timeline(linked.documents.values(), claims)) if linked.documents else None
    more = {"picture": picture, "waits": data.waits}
    return Shown(template="timeline.html.j2", title="Timeline", data=data, more=more)


VIEWS = (View("/denials", denials, nav="Denials"), View("/timeline", when, nav="Timeline"))
ACTS: tuple[Act, ...] = ()
