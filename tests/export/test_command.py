"""`sayso export` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.desk import run


@pytest.fixture
def kept(desk: Path) -> Path:
    run("add", "a.case", "bridge.txt", "copy.txt", "ferry.txt")
    run("link", "a.case")
    return desk


def test_the_suffix_tells_the_format(kept: Path) -> None:
    assert "wrote a.xlsx" in run("export", "a.case", "-o", "a.xlsx").stderr
    assert "Claims" in openpyxl.load_workbook(kept / "a.xlsx").sheetnames


def test_what_a_search_finds_goes_out(kept: Path) -> None:
    found = run("export", "a.case", "ferry", "--source", "reyk", "--format", "jsonl").stdout
    (claim,) = map(json.loads, found.splitlines())
    assert claim["source"]["name"] == "Tom Reyk"


def test_brat_is_a_new_folder(kept: Path) -> None:
    run("export", "a.case", "--format", "brat", "-o", "corpus")
    names = sorted(path.suffix for path in (kept / "corpus").iterdir())
    assert names == [".ann", ".ann", ".conf", ".txt", ".txt"]
    before = sorted(path.name for path in kept.iterdir())
    assert "is there already" in run("export", "a.case", "--format", "brat", "-o", "corpus", code=2).stderr
    assert sorted(path.name for path in kept.iterdir()) == before


def test_what_cannot_be_written_leaves_what_was_there(kept: Path) -> None:
    (kept / "reviews.json").write_text("mine")
    told = run("export", "a.case", "--format", "claimreview", "-o", "reviews.json", code=2).stderr
    assert "review some first" in told
    assert (kept / "reviews.json").read_text() == "mine"
    assert not list(kept.glob(".*.part"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-o", "a.odt"), "a.odt does not tell it"),
        ((), "no --format"),
        (("--format", "brat"), "name it with -o"),
        (("--format", "argdown"), "--hypotheses FILE"),
        (("--format", "csv", "--hypotheses", "h.toml"), "goes with --format argdown"),
        (("--format", "html", "--source", "lee"), "leave the search out"),
        (("--format", "csv", "-o", "./a.case"), "give another place with -o"),
        (("--format", "csv", "--since", "2031", "--until", "2030"), "no claim can be between them"),
    ],
)
def test_mistakes_are_the_users(kept: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run("export", "a.case", *arguments, code=2)
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
