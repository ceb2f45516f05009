"""The documents of the case, by date.

In:   Asks.   Out: Shown.
Knows nothing of: their texts.
"""

from __future__ import annotations

import msgspec

from sayso.publish import wording
from sayso.records import DocumentRef
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
    rows = [
        Row(document=k.document, added_at=k.added_at, claims=k.claims)
        for k in ask.case.documents()
        if _has(k.document, words.casefold())
    ]
    pages = max(1, -(-len(rows) // PAGE))
    given = ask.query.get("page", "1")
    page = min(max(int(given) if given.isdecimal() and len(given) < 9 else 1, 1), pages)
    data = Documents(
        words=words, number=len(rows), page=page, pages=pages, documents=tuple(rows[(page - 1) * PAGE : page * PAGE])
    )
    return Shown(template="documents.html.j2", title="Documents", data=data, more={"title_of": wording.title})


def _has(ref: DocumentRef, words: str) -> bool:
    names = " ".join(filter(None, (ref.title, ref.outlet, ref.author, ref.path, ref.published))).casefold()
    return all(word in names for word in words.split())


VIEWS = (View("/documents", documents, nav="Documents"),)
ACTS: tuple[Act, ...] = ()
