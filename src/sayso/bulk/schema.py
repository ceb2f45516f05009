"""The two tables of an extraction, as Arrow types: made from the records themselves, so that nothing can disagree.

In:   Ledgers.   Out: rows and their schemas; from rows, the same Ledgers.
Knows nothing of: files, shards, where a ledger comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pyarrow as pa
from msgspec import inspect

from sayso.records import Capture, Claim, Document, DocumentRef, Entity, Ledger, Notice
from sayso.spans import Span

_PLAIN = {
    inspect.StrType: pa.string(),
    inspect.LiteralType: pa.string(),
    inspect.IntType: pa.int64(),
    inspect.FloatType: pa.float64(),
    inspect.BoolType: pa.bool_(),
}


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


def schema(record: type[msgspec.Struct]) -> pa.Schema:
    """A column for each field, nested as in the record: a span is a list of two integers, a tuple a list.

    >>> schema(Span)
    start: int64 not null
    end: int64 not null
    """
    return pa.schema(_fields(inspect.type_info(record)))


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


def _fields(info: inspect.Type) -> list[pa.Field]:
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"no record: {info}")
    return [_field(field.encode_name, field.type) for field in info.fields]


def _field(name: str, kind: inspect.Type) -> pa.Field:
    if isinstance(kind, inspect.UnionType):
        (inner,) = (t for t in kind.types if not isinstance(t, inspect.NoneType))
        return pa.field(name, _type(inner))
    return pa.field(name, _type(kind), nullable=False)


def _type(kind: inspect.Type) -> pa.DataType:
    if isinstance(kind, inspect.StructType):
        return pa.list_(pa.int32()) if kind.array_like else pa.struct(_fields(kind))
    if isinstance(kind, inspect.VarTupleType):
        return pa.list_(_type(kind.item_type))
    if isinstance(kind, inspect.TupleType):
        return pa.list_(_type(kind.item_types[0]))
    return _PLAIN[type(kind)]


CLAIMS = schema(Claim)
DOCUMENTS = schema(DocumentRow)
