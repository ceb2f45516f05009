"""The record as lines and columns: it comes back as it was."""

from __future__ import annotations

import io
import json
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from sayso.export.columns import records, schema
from sayso.query import Query
from sayso.records import Claim, Ledger
from sayso.review import Judgement

from .made import case, exported, judgements, selection


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


def test_judgements_come_back_from_their_lines() -> None:
    lines = exported("judgements").decode().splitlines()
    assert tuple(msgspec.json.decode(line, type=Judgement) for line in lines) == judgements()


def test_the_case_as_reviewed_has_peoples_values_and_not_what_they_rejected() -> None:
    words = [claim.content.text for claim in selection(reviewed=True).claims()]
    assert "any battery under his orders had fired" in words
    assert "any battery under his orders had fired that night" not in words
    assert "eleven rounds were fired at the old quay" not in words
    assert len(words) == len(list(selection().claims())) - 1


def test_a_search_in_the_case_as_reviewed_leads_from_what_was_found_to_what_stands_for_it() -> None:
    found = {claim.id for claim in selection(Query(source="reyk"), reviewed=True).claims()}
    assert "c0123456789abcdef" in found
