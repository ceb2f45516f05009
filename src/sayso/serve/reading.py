"""The reading room: a document with its claims in place, the ledger beside it, and the text as it was read.

In:   Asks.   Out: Shown, Text.
Knows nothing of: colours and keys (static), what is ruled.
"""

from __future__ import annotations

import msgspec

from sayso.case import hedges
from sayso.publish import dossier
from sayso.records import Ledger
from sayso.serve.strips import reviewed
from sayso.serve.views import Act, Ask, Shown, Text, View


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """The whole ledger of a document, as reviewed or, with ``?as=read``, as the machine made it; spans are places in
    ``ledger.document.text``.
    """

    ledger: Ledger


def room(ask: Ask) -> Shown:
    standings = ask.case.review.standings(ask.path["id"])
    machine = ask.query.get("as") == "read"
    ledger = standings.ledger if machine else standings.reviewed()
    page = dossier.page(ledger, (ledger.document.ref.path,), hedges)
    return Shown(
        template="reading.html.j2",
        title=page.title,
        data=Room(ledger=ledger),
        more={"page": page, **reviewed(ask, standings, ledger, machine=machine)},
        script="reading review",
    )


def original(ask: Ask) -> Text:
    """The text as it was read, and nothing around it."""
    return Text(ask.case.ledger(ask.path["id"]).document.text)


VIEWS = (View("/documents/{id}/original", original), View("/documents/{id}", room))
ACTS: tuple[Act, ...] = ()
