"""A corpus becomes two tables; what cannot be read is listed; another corpus is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import sayso
from sayso.bulk import Summary, extract
from sayso.bulk.schema import ledger_of
from sayso.errors import BadOutput, SaysoError, Unreadable
from sayso.records import Ledger
from tests.bulk.corpora import SHARD, make
from tests.desk import run as run_command

COUNT = 5


def run(*inputs: Path, output: Path, shard: int = SHARD) -> Summary:
    *_, last = extract([str(path) for path in inputs], output, workers=2, shard=shard)
    assert last.weight == last.of
    assert last.summary is not None
    return last.summary


def rows(output: Path, table: str) -> list[dict[str, Any]]:
    return [row for file in sorted(output.glob(f"shards/*/{table}.parquet")) for row in pq.read_table(file).to_pylist()]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("bulk") / "in", COUNT)


@pytest.fixture(scope="module")
def output(corpus: Path) -> Path:
    output = corpus.parent / "out"
    run(corpus, output=output)
    return output


def test_every_article_of_every_form_is_there_once_in_the_order_of_the_input(output: Path) -> None:
    paths = [Path(row["document"]["path"]).name for row in rows(output, "documents")]
    texts = [f"d{n:02}.txt" for n in range(COUNT)]
    lines, table = [f"a.jsonl#j{n}" for n in range(COUNT)], [f"b.parquet#{n + 1}" for n in range(COUNT)]
    assert [path for path in paths if ".warc" not in path and not path.isdigit()] == [*lines, *table, *texts]
    urls = [row["document"]["url"] for row in rows(output, "documents") if row["capture"]]
    assert urls == [f"https://w.example/{n}" for n in range(COUNT)]


def test_the_tables_hold_what_reading_gives(corpus: Path, output: Path) -> None:
    claims = rows(output, "claims")
    for file in (corpus / "a.jsonl", corpus / "c.warc.gz", corpus / "d01.txt"):
        read = [found for found in sayso.ledgers([str(file)]) if isinstance(found, Ledger)]
        for ledger in read:
            (document,) = [r for r in rows(output, "documents") if r["document"]["id"] == ledger.document.ref.id]
            own = [row for row in claims if row["document"]["id"] == ledger.document.ref.id]
            assert document["claims"] == len(ledger.claims) > 0
            assert ledger_of(document, own) == ledger


def test_what_cannot_be_read_is_listed_with_its_place_and_the_rest_is_done(corpus: Path, output: Path) -> None:
    errors = [json.loads(line) for line in (output / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [error["place"] for error in errors] == [f"{corpus}/a.jsonl line {COUNT + 1}", f"{corpus}/e.pdf"]
    assert errors[0]["reason"].startswith("is no document")
    assert "damaged" in errors[1]["reason"]
    summary = json.loads((output / "summary.json").read_bytes())
    assert summary == {"documents": 4 * COUNT, "claims": len(rows(output, "claims")), "errors": 2}


def test_again_it_has_nothing_to_do_and_says_the_same(corpus: Path, output: Path) -> None:
    first, last = extract([str(corpus)], output, workers=2, shard=SHARD)
    assert (first.weight, last.items) == (first.of, 0)
    assert last.summary is not None
    assert last.summary.documents == 4 * COUNT


def test_another_input_is_refused(corpus: Path, output: Path) -> None:
    with pytest.raises(BadOutput, match="is not as it was when this was begun"):
        run(corpus / "a.jsonl", corpus / "e.pdf", output=output)
    with pytest.raises(BadOutput, match=r"b\.parquet was there when this was begun"):
        run(corpus / "a.jsonl", output=output)
    lines = corpus / "a.jsonl"
    before = lines.read_bytes()
    lines.write_bytes(before.replace(b"late", b"soon", 1))
    try:
        with pytest.raises(BadOutput, match=r"a\.jsonl is not as it was"):
            run(corpus, output=output)
    finally:
        lines.write_bytes(before)


def test_the_command_says_what_has_come_of_it(corpus: Path, output: Path, tmp_path: Path) -> None:
    claims = json.loads((output / "summary.json").read_bytes())["claims"]
    done = run_command("extract", str(corpus), "-o", str(output), code=3)
    complaint = f"sayso: 2 articles were not read: see {output}/errors.jsonl"
    assert done.stdout == ""
    assert done.stderr.splitlines() == [f"{output}: {4 * COUNT} articles, {claims} claims", complaint]
    missing = run_command("extract", str(tmp_path / "nowhere"), "-o", str(tmp_path / "out"), code=2)
    assert missing.stderr == f"sayso: {tmp_path}/nowhere: no such file or directory\n"


@pytest.mark.parametrize(
    ("field", "complaint"), [("reader", "begun with reader-x:9"), ("program", "begun with another sayso")]
)
def test_another_reader_or_another_sayso_is_refused(corpus: Path, output: Path, field: str, complaint: str) -> None:
    manifest = output / "manifest.json"
    before = manifest.read_bytes()
    manifest.write_text(json.dumps(json.loads(before) | {field: "reader-x:9"}))
    try:
        with pytest.raises(BadOutput, match=complaint):
            run(corpus, output=output)
    finally:
        manifest.write_bytes(before)


def test_places_where_nothing_can_be_written(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(BadOutput, match="lies in the input"):
        run(corpus, output=corpus / "out")
    (tmp_path / "minutes.txt").touch()
    with pytest.raises(BadOutput, match=r"holds other files \(minutes.txt\)"):
        run(corpus, output=tmp_path)
    with pytest.raises(BadOutput, match="is a file"):
        run(corpus, output=tmp_path / "minutes.txt")


def test_inputs_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="no such file"):
        run(tmp_path / "nowhere.jsonl", output=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    pq.write_table(pa.table({"body": ["x"]}), tmp_path / "b.parquet")
    with pytest.raises(Unreadable, match=r'no column "text" \(it has body\)'):
        run(tmp_path / "b.parquet", output=tmp_path / "out2")
    with pytest.raises(BadOutput, match="standard input"):
        run(Path("-"), output=tmp_path / "out3")


def test_how_it_is_cut_changes_nothing(corpus: Path, output: Path, tmp_path: Path) -> None:
    run(corpus, output=tmp_path / "whole", shard=10**6)
    assert len(list(tmp_path.glob("whole/shards/*"))) == 1 < len(list(output.glob("shards/*")))
    for table in ("documents", "claims"):
        assert rows(tmp_path / "whole", table) == rows(output, table)
