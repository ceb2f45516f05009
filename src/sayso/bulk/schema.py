"""The two tables of an extraction, as Arrow types: made from the records themselves, so that nothing can disagree.

In:   Ledgers.   Out: rows and their schemas; from rows, the same Ledgers.
Knows nothing of: files, shards, where a ledger comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sayso.export.columns import schema
from sayso.records import Capture, Claim, Document, DocumentRef, Entity, Ledger, Notice
from sayso.spans import Span


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table of documents: a Ledger whose claims are counted. They stand in the other table."""

    document: DocumentRef
    text: str
    claims: int
    capture: Capture | None
    entities: tuple[Entity, ...]
    paragraphs: tuple[Span, ...]
    repeats: tuple[tuple[Span, Span], ...]
    furniture: tuple[Span, ...]
    markup: tuple[Span, ...]
    pages: tuple[Span, ...]
    notices: tuple[Notice, ...]


def claim_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """The rows of the table of claims, in the order of the ledger."""
    return [msgspec.to_builtins(claim) for claim in ledger.claims]


def document_row(ledger: Ledger) -> dict[str, Any]:
    """The row of the table of documents."""
    document = ledger.document
    row = DocumentRow(
        document=document.ref,
        text=document.text,
        claims=len(ledger.claims),
        capture=document.capture,
        entities=ledger.entities,
        paragraphs=ledger.paragraphs,
        repeats=ledger.repeats,
        furniture=ledger.furniture,
        markup=document.markup,
        pages=document.pages,
        notices=ledger.notices,
    )
    made: dict[str, Any] = msgspec.to_builtins(row)
    return made


def ledger_of(document: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> Ledger:
    """The ledger that gave these rows. Raises msgspec.ValidationError where they are none."""
    row = msgspec.convert(document, DocumentRow)
    return Ledger(
        document=Document(
            ref=row.document,
            text=row.text,
            markup=row.markup,
            pages=row.pages,
            capture=row.capture,
            notices=tuple(notice for notice in row.notices if notice.stage == "read"),
        ),
        claims=tuple(msgspec.convert(claim, Claim) for claim in claims),
        entities=row.entities,
        paragraphs=row.paragraphs,
        repeats=row.repeats,
        furniture=row.furniture,
        notices=row.notices,
    )


CLAIMS = schema(Claim)
DOCUMENTS = schema(DocumentRow)
