"""The denials of a case, found once while nothing in it changes.

In:   an open case and its Overview.   Out: publish.replies.Said.
Knows nothing of: pages.
"""

from __future__ import annotations

from contextlib import closing

from sayso.case import Case
from sayso.publish.replies import Said, said
from sayso.query import Query
from sayso.serve.overview import Overview

# What can be denied or wants an answer stands in documents that have one of these.
_ASKED = (
    Query(speech_act="deny"),
    *(Query(event=event) for event in ("ASSAULT", "COERCE", "THREATEN", "ACCUSE")),
)
_kept: list[tuple[Overview, tuple[Said, ...]]] = []  # the last one


def answered(case: Case, view: Overview) -> tuple[Said, ...]:
    """Claims that somebody denies, or that name somebody as doing something, by date of their documents."""
    for of, found in _kept:
        if of is view:
            return found
    documents: set[str] = set()
    for query in _ASKED:
        with closing(case.claims(query)) as claims:
            documents.update(claim.document.id for claim in claims)

    def who(document: str, entity: str) -> str:
        of_case = view.entity_of.get((document, entity))
        return of_case.id if of_case else f"{document} {entity}"

    order = [name for name in view.linked.documents if name in documents]
    found = said((case.ledger(name) for name in order), view.linked.contradictions, who)
    _kept[:] = [(view, found)]
    return found
