"""The queue: what to look at next, the open before the unreviewed, the least sure first; and who has done what.

In:   Asks.   Out: Shown.
Knows nothing of: how one claim is changed (ruling).
"""

from __future__ import annotations

import io
import zipfile
from typing import get_args

import msgspec

from sayso.publish import rulings, wording
from sayso.publish.chains import Places, chain
from sayso.publish.excerpts import excerpt, roles
from sayso.records import Claim, DocumentRef
from sayso.review import Agreement, Reviewer, Standings, State, brat, jsonl
from sayso.review.desk import WAITING
from sayso.serve.strips import Strip, strip
from sayso.serve.views import Act, Ask, Bytes, Shown, View
from sayso.spans import cover

PAGE = 12  # claims to look at before the next are fetched


class Item(msgspec.Struct, frozen=True, kw_only=True):
    claim: Claim
    review: Strip


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """``counts``: claims in each state, of the case or of ``document``; ``state``: the one that was asked for, or all
    that wait; ``number``: how many that makes; ``page`` from 1, of ``pages``.
    """

    counts: dict[str, int]
    state: State | None
    document: DocumentRef | None
    number: int
    page: int
    pages: int
    items: tuple[Item, ...]


class People(msgspec.Struct, frozen=True, kw_only=True):
    reviewers: tuple[Reviewer, ...]
    agreement: Agreement


def queue(ask: Ask) -> Shown:
    review = ask.case.review
    document = ask.query.get("document") or None
    of = ask.case.ledger(document).document.ref if document else None
    state = next((s for s in get_args(State) if s == ask.query.get("state")), None)
    counts = review.counts(document).states
    states = (state,) if state else WAITING
    number = sum(counts.get(s, 0) for s in states)
    pages = max(1, -(-number // PAGE))
    given = ask.query.get("page", "1")
    page = min(max(int(given) if given.isdecimal() and len(given) < 9 else 1, 1), pages)
    waiting = review.queue(states=states, document=document, limit=PAGE, skip=(page - 1) * PAGE)
    standings = {name: review.standings(name) for name in dict.fromkeys(w.claim.document.id for w in waiting)}
    items = tuple(
        Item(
            claim=w.claim,
            review=strip(review, standings[w.claim.document.id], w.claim.id, ask.session.reviewer),
        )
        for w in waiting
    )
    data = Queue(counts=counts, state=state, document=of, number=number, page=page, pages=pages, items=items)
    more = {
        "cards": [_card(item.claim, standings[item.claim.document.id]) for item in items],
        "empty": not counts,
        "states": rulings.STATES,
        "title_of": wording.title,
        "back": ask.url,
    }
    return Shown(template="review.html.j2", title="Review", data=data, more=more, script="queue")


def _card(claim: Claim, standings: Standings) -> dict[str, object]:
    """A claim where it stands in its text."""
    ledger = standings.ledger
    by_id = {standing.claim.id: standing.claim for standing in standings}
    return {
        "chain": chain(claim, by_id),
        "act": wording.act(claim),
        "where": Places(ledger).name(claim.content.spans[0].start),
        "excerpt": excerpt(ledger, [cover(span for span, _ in roles(claim))], roles(claim)),
    }


def people(ask: Ask) -> Shown:
    review = ask.case.review
    data = People(reviewers=review.reviewers(), agreement=review.agreement())
    return Shown(template="reviewers.html.j2", title="Reviewers", data=data, more={"did": rulings.DID})


def judgements(ask: Ask) -> Bytes:
    """All judgements of the case, as `sayso export --format judgements` writes them."""
    return Bytes(raw="".join(jsonl.lines(ask.case.review.judgements())).encode(), name="judgements.jsonl", kind=None)


def marked(ask: Ask) -> Bytes:
    """The reviewed documents for brat, in one archive."""
    review, held = ask.case.review, io.BytesIO()
    judged = dict.fromkeys(judgement.document for judgement in review.judgements())
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in brat.configuration().items():
            archive.writestr(name, text)
        for document in judged:
            for name, text in brat.files(review.standings(document)).items():
                archive.writestr(name, text)
    return Bytes(raw=held.getvalue(), name="judgements-brat.zip", kind=None)


VIEWS = (
    View("/review", queue, nav="Review"),
    View("/review/people", people),
    View("/review/judgements", judgements),
    View("/review/brat", marked),
)
ACTS: tuple[Act, ...] = ()
