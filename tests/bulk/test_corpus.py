"""However a corpus is cut, each of its articles is in one piece, and told by its place in the file."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.bulk.corpus import items, shards, survey
from sayso.bulk.plan import Piece
from sayso.errors import SaysoError
from sayso.records import Document
from tests.bulk.corpora import make
from tests.read.archives import PAGE, packed, pages, response


def pieces(path: Path, shard: int) -> list[Piece]:
    ((surveyed, found),) = survey([str(path)], cut=True, shard=shard)
    assert surveyed.refused is None
    return list(found)


def read(path: Path, shard: int) -> list[Document | str]:
    """Each document; what cannot be read as its complaint, without the folder."""
    found = (each for piece in pieces(path, shard) for item in items(piece) for each in item.documents())
    return [str(each).removeprefix(f"{path.parent}/") if isinstance(each, SaysoError) else each for each in found]


@pytest.mark.parametrize("name", ["a.jsonl", "b.parquet", "c.warc.gz"])
def test_each_article_is_in_one_piece_however_it_is_cut(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / "in", 9) / name
    whole = read(path, 10**9)
    assert len(whole) >= 9
    assert len(pieces(path, 10**9)) <= 3
    for shard in (1, 300, 700, 1500):
        assert read(path, shard) == whole
    assert len(pieces(path, 300)) >= 4


def test_shards_hold_the_pieces_in_their_order(tmp_path: Path) -> None:
    folder = make(tmp_path / "in", 6)
    all_pieces = [piece for _, found in survey([str(folder)], cut=True, shard=500) for piece in found]
    cut = list(shards(iter(all_pieces), 500))
    assert [piece for shard in cut for piece in shard.pieces] == all_pieces
    assert [shard.number for shard in cut] == list(range(len(cut)))
    assert all(shard.weight <= 750 or len(shard.pieces) == 1 for shard in cut)


def test_lines_are_told_by_their_number_wherever_the_file_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": f"Line {n} said no."}) for n in range(1, 60)]
    lines[39], lines[49] = "{broken", ""
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(path, 200)
    assert next(each for each in found if isinstance(each, str)).startswith("a.jsonl line 40: is no document")
    assert [each.ref.path.rpartition("#")[2] for each in found if isinstance(each, Document)] == [
        str(n) for n in range(1, 60) if n not in (40, 50)
    ]


def test_a_line_that_is_too_long_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    long = b'{"text": "%b"}\n' % (b"x" * 21 * 1024**2)
    path.write_bytes(b'{"text": "One."}\n' + long + b'{"text": "Three."}\n')
    one, told, three = read(path, 1000)
    assert (one.text, three.text) == ("One.", "Three.")  # type: ignore[union-attr]
    assert told == "a.jsonl line 2: is larger than 20 MB"


def test_rows_have_the_fields_of_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {
            "text": ["One said no.", None, "Three said no.", " "],
            "id": [7, 8, 9, 10],
            "published": [date(2020, 5, 1), None, None, None],
            "url": ["https://a.example/1", None, None, None],
            "other": [{"a": 1}, None, None, None],
        }
    )
    pq.write_table(table, path)
    one, two, three, four = read(path, 1)
    assert isinstance(one, Document)
    assert (one.ref.path, one.ref.published, one.ref.url) == (f"{path}#7", "2020-05-01", "https://a.example/1")
    assert str(two).startswith("a.parquet row 2: is no document")
    assert isinstance(three, Document)
    assert four == 'a.parquet row 4: its "text" is empty'


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_of_any_unit_are_dates(tmp_path: Path, unit: str) -> None:
    when = pa.array([datetime(2020, 5, 1, 6, 30)], pa.timestamp(unit))  # noqa: DTZ001 (as tables have them)
    pq.write_table(pa.table({"text": ["One said no."], "published": when}), tmp_path / "a.parquet")
    (one,) = read(tmp_path / "a.parquet", 1000)
    assert isinstance(one, Document)
    assert one.ref.published == "2020-05-01T06:30:00"


def test_an_archive_with_damage_is_told_of_once_however_it_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    each = [packed([one]) for one in pages(8)]
    each[4] = each[4][:40] + b"\xff" * 30 + each[4][70:]
    bomb = packed([response(bytes(30 * 1024**2), "https://b.example/")])
    path.write_bytes(b"".join(each) + bomb + packed([response(PAGE % b"last", "https://b.example/last")]))
    whole = read(path, 10**9)
    assert sum(isinstance(found, str) for found in whole) == 2
    assert isinstance(whole[-1], Document)
    for shard in (1, 200, 800):
        assert read(path, shard) == whole


def test_files_that_are_refused_say_why(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "b.jsonl").touch()
    with (tmp_path / "c.txt").open("wb") as file:
        file.truncate(21 * 1024**2)
    pq.write_table(pa.table({"body": ["x"]}), tmp_path / "d.parquet")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "e.parquet")
    (tmp_path / "f.parquet").write_text("An article.")
    refused = [str(found.refused).removeprefix(f"{tmp_path}/") for found, _ in survey([str(tmp_path)], cut=True)]
    assert refused[0].startswith("a.parquet: is no whole Parquet file")
    assert refused[1:] == [
        "b.jsonl: is empty",
        "c.txt: is larger than 20 MB, the limit for one article",
        'd.parquet: has no column "text" (it has body): give the column of the articles that name',
        "e.parquet: is empty",
        "f.parquet: is no Parquet file: it does not begin as one",
    ]
