"""Ledgers to keep, and what holds of a sound case."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sayso.query import Query
from sayso.records import Claim, Document, DocumentRef, Ledger, Phrase, Source, When, claim_id
from sayso.spans import Span
from sayso.store import Store

NOW = "2026-01-02T03:04:05Z"


def an_article(number: int, *, published: str | None = None, outlet: str | None = None) -> Document:
    """A document whose text does not matter, with 1,000 characters to point at."""
    ref = DocumentRef(
        id=f"d{number:016x}", path=f"desk/{number}.txt", outlet=outlet, published=published, sha256=f"{number:064x}"
    )
    return Document(ref=ref, text=f"{number:08d} " * 111 + "!")


def a_claim(document: Document, content: str, source: str | None = "Ann Lee", *, at: int = 0, **fields: Any) -> Claim:
    here = (Span(at, at + 1),)
    anonymous = bool(source and source.startswith("a "))
    return Claim(
        id=claim_id(document.ref.id, here),
        document=document.ref,
        kind="indirect" if source else "authorial",
        source=Source(spans=here, text=f"{source}, an engineer", name=source, anonymous=anonymous) if source else None,
        cue=Phrase(spans=here, text="insisted"),
        content=Phrase(spans=here, text=content),
        found_by="test",
        score=0.5,
        **fields,
    )


def said(date: str) -> When:
    return When(value=date, spans=(Span(0, 1),))


def a_ledger(number: int, claims: int = 20) -> Ledger:
    document = an_article(number)
    return Ledger(document=document, claims=tuple(a_claim(document, f"claim {n}", at=n) for n in range(claims)))


def found(store: Store, query: Query) -> list[str]:
    return [claim.content.text for batch in store.claims(query) for claim in batch]


def assert_sound(case: Path) -> None:
    """SQLite, its links and the search index agree with each other."""
    connection = sqlite3.connect(case)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO claim_index (claim_index, rank) VALUES ('integrity-check', 1)")
    connection.close()
