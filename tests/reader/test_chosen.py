"""Which reader reads: one of several that are installed, chosen by name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

ARTICLE = "The pier is safe, said Ann Lee, who runs the harbour.\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a second reader in it, `reader-of-ours`: the installed one under another name."""
    folder = tmp_path / "sayso_reader_of_ours"
    shutil.copytree(Path(str(resources.files("sayso_reader_en"))), folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"name": "reader-of-ours", "version": "7"}))
    (tmp_path / "article.txt").write_text(ARTICLE)
    return tmp_path


def sayso(place: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    search = os.pathsep.join([str(place), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", "sayso", *arguments],
        cwd=place,
        env=os.environ | {"PYTHONPATH": search} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def found_by(lines: str) -> set[str]:
    return {claim["found_by"] for claim in map(json.loads, lines.splitlines()) if claim["source"]}


def test_a_reader_is_chosen_by_option_or_variable(place: Path) -> None:
    read = ("read", "article.txt", "--format", "jsonl")
    by_option = sayso(place, "--reader", "reader-of-ours", *read)
    by_variable = sayso(place, *read, SAYSO_READER="reader-of-ours")
    assert found_by(by_option.stdout) == {"reader-of-ours:7"}
    assert by_option.stdout == by_variable.stdout
    assert found_by(sayso(place, *read).stdout) != {"reader-of-ours:7"}


def test_the_workers_of_an_extraction_read_with_the_same(place: Path) -> None:
    done = sayso(place, "--reader", "reader-of-ours", "extract", "article.txt", "-o", "out", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert json.loads((place / "out" / "manifest.json").read_text())["reader"] == "reader-of-ours:7"
    other = sayso(place, "extract", "article.txt", "-o", "out", "--workers", "1")
    assert other.returncode == 2
    assert "was begun with reader-of-ours:7" in other.stderr


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("reader-xx", "sayso: the reader reader-xx is not installed: pip install sayso-reader-xx"),
        (
            "../reader-en",
            "sayso: “../reader-en” is the name of no reader; they are called like reader-en or reader-en-fast",
        ),
    ],
)
def test_a_name_of_no_reader_is_told_in_one_line(place: Path, name: str, line: str) -> None:
    refused = sayso(place, "--reader", name, "read", "article.txt")
    assert (refused.returncode, refused.stderr.splitlines(), refused.stdout) == (2, [line], "")
