"""Claims as columns: Arrow tables and Parquet files whose schema is that of the record.

In:   claims.   Out: Arrow batches and tables; Parquet.
Knows nothing of: what a field means (sayso.records and the README say that).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import inspect

from sayso.export.selection import Selection
from sayso.records import Claim

_BATCH = 4096  # claims held at a time, some MB


_PLAIN = {
    inspect.StrType: pa.string(),
    inspect.LiteralType: pa.string(),
    inspect.IntType: pa.int64(),
    inspect.FloatType: pa.float64(),
    inspect.BoolType: pa.bool_(),
}


@cache
def schema(record: type[msgspec.Struct] = Claim) -> pa.Schema:
    """The columns of ``record``: its fields by their names in JSON, nested as there.

    Records are structs, tuples lists, and a span a list of two integers, so that a row is the record's JSON and back.
    Read off the types, so that record and columns cannot part.
    """
    return pa.schema(_fields(inspect.type_info(record)))


def _fields(info: inspect.Type) -> list[pa.Field]:
    if not isinstance(info, inspect.StructType):
        raise TypeError(f"no record: {info}")
    return [_field(field.encode_name, field.type) for field in info.fields]


def _field(name: str, kind: inspect.Type) -> pa.Field:
    if isinstance(kind, inspect.UnionType):
        (inner,) = (each for each in kind.types if not isinstance(each, inspect.NoneType))
        return pa.field(name, _type(inner))
    return pa.field(name, _type(kind), nullable=False)


def _type(kind: inspect.Type) -> pa.DataType:
    if isinstance(kind, inspect.StructType):
        return pa.list_(pa.int32()) if kind.array_like else pa.struct(_fields(kind))
    if isinstance(kind, inspect.VarTupleType):
        return pa.list_(_type(kind.item_type))
    if isinstance(kind, inspect.TupleType):  # pairs of one type
        return pa.list_(_type(kind.item_types[0]))
    return _PLAIN[type(kind)]


def batches(claims: Iterable[Claim], size: int = _BATCH) -> Iterator[pa.RecordBatch]:
    """Claims as Arrow batches, ``size`` of them at a time."""
    rest = iter(claims)
    while some := list(islice(rest, size)):
        yield pa.RecordBatch.from_pylist([msgspec.to_builtins(claim) for claim in some], schema=schema())


def table(claims: Iterable[Claim]) -> pa.Table:
    """Claims as one Arrow table."""
    return pa.Table.from_batches(list(batches(claims)), schema=schema())


def records(rows: pa.Table) -> tuple[Claim, ...]:
    """The claims of a table that `table` or `write` made."""
    found: list[dict[str, Any]] = rows.to_pylist()
    return msgspec.convert(found, tuple[Claim, ...])


def write(selection: Selection, file: BinaryIO) -> None:
    """One Parquet file of claims, a row group for each batch."""
    with pq.ParquetWriter(file, schema(), compression="zstd") as writer:
        for batch in batches(selection.claims()):
            writer.write_batch(batch)
