"""The questions of docs/bulk.md, asked of an extraction."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from sayso.bulk import extract
from tests.bulk.corpora import make

PAGE = (Path(__file__).parents[2] / "docs/bulk.md").read_text(encoding="utf-8")
VIEWS, *QUESTIONS = re.findall(r"^```sql\n(.*?)^```", PAGE, re.M | re.S)
CITED, UNNAMED, DENIED, EVENTS, ALTERED, ORIGINS = range(6)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recipes")
    corpus = make(folder / "in", 3)
    list(extract([str(corpus)], folder / "out", workers=1, link=True))
    return folder / "out"


def asked(output: Path, question: int) -> list[tuple[Any, ...]]:
    connection = duckdb.connect()
    connection.execute(VIEWS.replace("OUT", str(output)))
    return connection.execute(QUESTIONS[question].replace("OUT", str(output))).fetchall()


def test_each_question_of_the_page_is_one_of_these() -> None:
    assert len(QUESTIONS) == 6


def sourced(output: Path) -> list[dict[str, Any]]:
    """Claims that have a source, by no other way than reading the table."""
    claims = pq.read_table(next(output.glob("shards/*/claims.parquet"))).to_pylist()
    return [claim for claim in claims if claim["kind"] != "authorial" and claim["source"]]


def test_who_is_cited(output: Path) -> None:
    about = [claim for claim in sourced(output) if "boat" in claim["content"]["text"].lower()]
    counts = Counter((claim["source"]["name"], claim["source"]["type"]) for claim in about)
    assert {row[:2]: row[2] for row in asked(output, CITED)} == dict(counts.most_common(20))
    assert ("Ann Lee", "person") in counts


def test_how_often_sources_are_unnamed(output: Path) -> None:
    dated = [claim for claim in sourced(output) if claim["document"]["published"] == "2010-05-01"]
    unnamed = sum(claim["source"]["anonymous"] for claim in dated)
    rates = {row[:2]: row[2:] for row in asked(output, UNNAMED)}
    assert rates["Outlet 0", "2010"] == (len(dated), unnamed, round(unnamed / len(dated), 3))


def test_denials_come_with_their_words(output: Path) -> None:
    denials = asked(output, DENIED)
    assert {row[1] for row in denials} == {"denied"}
    assert all("had known" in str(row[2]) for row in denials)


def test_events_and_digests_can_be_asked_for(output: Path) -> None:
    assert all(row[2] for row in asked(output, EVENTS))
    assert asked(output, ALTERED) == []


def test_claims_of_the_most_origins_by_month(output: Path) -> None:
    clusters = pq.read_table(output / "links/clusters.parquet").to_pylist()
    claims = {
        claim["id"]: claim
        for file in output.glob("shards/*/claims.parquet")
        for claim in pq.read_table(file).to_pylist()
    }
    rows = asked(output, ORIGINS)
    months = Counter((claims[cluster["claims"][0]]["document"]["published"] or "")[:7] for cluster in clusters)
    assert Counter(row[0] or "" for row in rows) == {month: min(count, 10) for month, count in months.items()}
    assert len(rows) > 1
    most = max((cluster["origins"]["low"], cluster["origins"]["high"]) for cluster in clusters)
    assert max(row[1:3] for row in rows) == most
    assert rows == sorted(rows, key=lambda row: (row[0] is None, row[0], -row[1], -row[2]))
