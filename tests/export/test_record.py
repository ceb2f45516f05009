"""The record as lines and columns: it comes back as it was."""

from __future__ import annotations

import io
import json
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from sayso.export.columns import records, schema
from sayso.records import Claim, Ledger

from .made import case, exported, selection


def test_claims_come_back_from_their_lines() -> None:
    lines = exported("jsonl").splitlines()
    assert [msgspec.json.decode(line, type=Claim) for line in lines] == list(selection().claims())


def test_ledgers_come_back_from_their_lines() -> None:
    found = [msgspec.json.decode(line, type=Ledger) for line in exported("ledgers").splitlines()]
    assert found == [case().ledger(kept.document.id) for kept in case().documents()]


def test_claims_come_back_from_parquet() -> None:
    rows = pq.read_table(io.BytesIO(exported("parquet")))
    assert records(rows) == tuple(selection().claims())
    assert rows.schema.equals(schema())


def test_the_columns_are_the_fields_of_the_record() -> None:
    line = json.loads(exported("jsonl").splitlines()[0])
    assert schema().names == list(line)
    assert [field.name for field in schema().field("document").type] == list(line["document"])


def test_duckdb_asks_parquet_who_is_cited(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "a.parquet").write_bytes(exported("parquet"))
    asked = "SELECT source.name, count(*) FROM rows WHERE source IS NOT NULL GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 1"
    rows = duckdb.read_parquet(str(tmp_path / "a.parquet"))
    found = rows.query("rows", asked).fetchall()
    assert found == [("Tomas Reyk", 5)]
