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


@cache
def schema(record: type = Claim) -> pa.Schema:
    """The columns of ``record``: its fields by their names in JSON.

    Records are structs, tuples lists, and a span a list of two int32, so that a row is the record's JSON and back.
    Read off the types, so that record and columns cannot part.
    """
    made = inspect.type_info(record)
    if not isinstance(made, inspect.StructType):
        raise AssertionError(f"{record} is no record")
    return pa.schema(list(_fields(made)))


def _fields(record: inspect.StructType) -> Iterator[pa.Field]:
    for field in record.fields:
        kind, optional = _optional(field.type)
        yield pa.field(field.encode_name, _arrow(kind), nullable=optional)


def _optional(kind: inspect.Type) -> tuple[inspect.Type, bool]:
    if isinstance(kind, inspect.UnionType):
        (one,) = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
        return one, True
    return kind, False


def _arrow(kind: inspect.Type) -> pa.DataType:
    match kind:
        case inspect.StrType():
            return pa.string()
        case inspect.LiteralType():
            return pa.string()
        case inspect.BoolType():
            return pa.bool_()
        case inspect.IntType():
            return pa.int32()
        case inspect.FloatType():
            return pa.float64()
        case inspect.VarTupleType():
            item, optional = _optional(kind.item_type)
            return pa.list_(pa.field("element", _arrow(item), nullable=optional))
        case inspect.StructType(array_like=True):  # a span
            return pa.list_(pa.field("element", pa.int32(), nullable=False))
        case inspect.StructType():
            return pa.struct(list(_fields(kind)))
    raise AssertionError(f"no column holds {kind}")


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
