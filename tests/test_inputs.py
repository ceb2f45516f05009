"""What the user names becomes bytes, in order; what cannot be had becomes one clear line."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import pytest

from sayso.errors import NotFound, SaysoError, Unreadable
from sayso.inputs import Input, gather


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a.md", "sub/c.html", "sub/deep/d.JSONL", ".hidden.txt", ".git/e.txt", "sub/picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def named(*arguments: str, stdin: bytes = b"", max_bytes: int = 1000) -> list[Input | SaysoError]:
    return list(gather(arguments, stdin=io.BytesIO(stdin), max_bytes=max_bytes))


def paths(*arguments: str) -> list[str]:
    found = named(*arguments)
    assert all(isinstance(one, Input) for one in found), found
    return [one.path for one in found if isinstance(one, Input)]


@pytest.mark.usefixtures("folder")
def test_files_come_in_the_order_they_are_named() -> None:
    assert named("b.txt", "-", "sub/picture.png", stdin=b"typed") == [
        Input("b.txt", b"b.txt"),
        Input("-", b"typed"),
        Input("sub/picture.png", b"sub/picture.png"),
    ]


@pytest.mark.usefixtures("folder")
def test_a_folder_gives_its_known_files_sorted_and_no_hidden_ones() -> None:
    assert paths(".") == ["a.md", "b.txt", "sub/c.html", "sub/deep/d.JSONL"]
    assert paths("sub/") == ["sub/c.html", "sub/deep/d.JSONL"]


@pytest.mark.usefixtures("folder")
def test_of_packed_files_in_a_folder_only_archives_of_the_web_count() -> None:
    for name in ("e.warc.gz", "f.gz", "g.WARC"):
        Path("sub", name).write_bytes(b"x")
    assert paths("sub") == ["sub/c.html", "sub/deep/d.JSONL", "sub/e.warc.gz", "sub/g.WARC"]


@pytest.mark.usefixtures("folder")
def test_globs() -> None:
    assert paths("*.txt") == ["b.txt"]
    assert paths("**/*.[hJ]*") == ["sub/c.html", "sub/deep/d.JSONL"]
    assert paths("sub/*") == ["sub/c.html", "sub/picture.png"]
    Path("odd[1].txt").write_text("x", encoding="utf-8")
    assert paths("odd[1].txt") == ["odd[1].txt"]


@pytest.mark.usefixtures("folder")
def test_what_is_not_there_does_not_stop_the_rest() -> None:
    missing, unmatched, there = named("none.txt", "*.pdf", "b.txt")
    assert isinstance(missing, NotFound)
    assert "none.txt" in str(missing)
    assert isinstance(unmatched, NotFound)
    assert "*.pdf" in str(unmatched)
    assert isinstance(there, Input)


def test_a_name_that_no_file_can_have() -> None:
    (error,) = named("x" * 5000)
    assert isinstance(error, Unreadable)
    assert "name too long" in str(error)


@pytest.mark.usefixtures("folder")
def test_an_input_that_is_too_large_is_refused_with_size_limit_and_option() -> None:
    Path("large.txt").write_bytes(b"x" * 3 * 1024**2)
    (error,) = named("large.txt", max_bytes=2 * 1024**2)
    assert isinstance(error, Unreadable)
    assert "large.txt: is 3.0 MB large, more than the limit of 2.0 MB; --max-mb raises it" in str(error)
    (typed,) = named("-", stdin=b"x" * 11, max_bytes=10)
    assert "standard input" in str(typed)
    assert "--max-mb" in str(typed)
    (exactly,) = named("-", stdin=b"x" * 10, max_bytes=10)
    assert isinstance(exactly, Input)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    sparse = tmp_path / "sparse.txt"
    with sparse.open("wb") as file:
        file.truncate(10**13)  # reading it would fill any memory
    (error,) = named(str(sparse))
    assert isinstance(error, Unreadable)


@pytest.mark.parametrize("address", ["https://courier.example/a.html", "http://x.example", "www.courier.example/a"])
def test_nothing_is_fetched_from_the_network(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    (error,) = named(address)
    assert isinstance(error, Unreadable)
    assert "nothing is fetched from the network" in str(error)


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    pipe, zero, *_ = named(str(tmp_path / "pipe.txt"), "/dev/zero")
    assert "named pipe" in str(pipe)
    assert "device" in str(zero)
    (inside,) = named(str(tmp_path))
    assert "named pipe" in str(inside)


def test_folders_without_anything_to_read(tmp_path: Path) -> None:
    (error,) = named(str(tmp_path))
    assert isinstance(error, NotFound)
    assert ".txt" in str(error)


def test_broken_links_and_links_in_circles(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "here.txt").write_text("x", encoding="utf-8")
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")
    circle, gone, here = named(str(tmp_path))
    assert isinstance(circle, Unreadable)
    assert "link to nothing" in str(gone)
    assert isinstance(here, Input)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "locked.txt").write_text("x", encoding="utf-8")
    (tmp_path / "locked.txt").chmod(0)
    (error,) = named(str(tmp_path / "locked.txt"))
    assert "permission denied" in str(error)


def test_a_name_that_is_no_utf8_can_be_shown(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(name).write_text("x", encoding="utf-8")
    (found,) = named(name)
    assert isinstance(found, Input)
    assert found.path.endswith("caf\ufffd.txt")


@pytest.mark.usefixtures("folder")
def test_inputs_are_read_one_at_a_time() -> None:
    inputs = gather(["a.md", "b.txt"], stdin=io.BytesIO(), max_bytes=1000)
    next(inputs)
    Path("b.txt").write_bytes(b"changed since")
    assert next(inputs) == Input("b.txt", b"changed since")
