"""The tables hold every ledger whole: rows of Parquet give it again."""

from __future__ import annotations

import io

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings

from sayso.bulk.schema import CLAIMS, DOCUMENTS, claim_rows, document_row, ledger_of
from sayso.records import Capture, Claim, Ledger
from tests.strategies import ledgers


def through_parquet(rows: list[dict[str, object]], schema: pa.Schema) -> list[dict[str, object]]:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), file)
    found: list[dict[str, object]] = pq.read_table(file).to_pylist()
    return found


@settings(deadline=None)
@given(ledgers())
def test_a_ledger_comes_back_as_it_was(ledger: Ledger) -> None:
    capture = Capture(at="2021-03-04T05:06:07Z", intact=False)
    read = tuple(notice for notice in ledger.notices if notice.stage == "read")
    document = msgspec.structs.replace(ledger.document, capture=capture, notices=read)
    ledger = msgspec.structs.replace(ledger, document=document)
    (row,) = through_parquet([document_row(ledger)], DOCUMENTS)
    assert row["claims"] == len(ledger.claims)
    assert ledger_of(row, through_parquet(claim_rows(ledger), CLAIMS)) == ledger


def test_a_claim_has_a_column_for_each_of_its_fields() -> None:
    assert CLAIMS.names == [field.encode_name for field in msgspec.structs.fields(Claim)]
    assert CLAIMS.field("source").nullable
    assert not CLAIMS.field("content").nullable
