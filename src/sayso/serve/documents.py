"""The documents of the case, by date.

In:   Asks.   Out: Shown.
Knows nothing of: their texts.
"""

from __future__ import annotations

import msgspec

from sayso.records import DocumentRef
from sayso.serve.paging import place
from sayso.serve.views import Act, Ask, Shown, View

PAGE = 100


class Row(msgspec.Struct, frozen=True, kw_only=True):
    document: DocumentRef
    added_at: str
    claims: int


class Documents(msgspec.Struct, frozen=True, kw_only=True):
    """``number``: how many have ``words`` in their names; ``page`` from 1, of ``pages``."""

    words: str
    number: int
    page: int
    pages: int
    documents: tuple[Row, ...]


def documents(ask: Ask) -> Shown:
    words = ask.query.get("q", "").strip()
    number, _ = ask.case.catalogue.documents(words, size=0)
    page, pages = place(ask, number, PAGE)
    _, kept = ask.case.catalogue.documents(words, first=(page - 1) * PAGE, size=PAGE)
    rows = tuple(Row(document=k.document, added_at=k.added_at, claims=k.claims) for k in kept)
    data = Documents(words=words, number=number, page=page, pages=pages, documents=rows)
    return Shown(template="documents.html.j2", title="Documents", data=data, more={"first": (page - 1) * PAGE + 1})


VIEWS = (View("/documents", documents, nav="Documents"),)
ACTS: tuple[Act, ...] = ()
