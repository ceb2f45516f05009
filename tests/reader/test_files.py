"""The reader's files: loaded as published, refused when altered."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import metadata, resources
from pathlib import Path

import pytest

from sayso.errors import BadReader
from sayso.reader.files import installed, read_files
from sayso.reader.session import Reader

INSTALLED = Path(str(resources.files("sayso_reader_en")))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(INSTALLED, tmp_path / "reader"))


@pytest.mark.parametrize("name", ["reader-en", "reader-en-fast"])
def test_an_installed_reader_is_as_published(name: str) -> None:
    files = read_files(installed(name))
    assert files.manifest.name == name
    assert files.manifest.version == metadata.version(f"sayso-{name}")
    assert sorted(files.raw) == ["labels.json", "reader.int8.onnx", "reader.npz", "vocabulary.txt"]


@pytest.mark.parametrize("name", ["labels.json", "reader.int8.onnx", "reader.npz", "vocabulary.txt"])
def test_an_altered_file_is_refused_by_name(copy: Path, name: str) -> None:
    raw = bytearray((copy / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (copy / name).write_bytes(raw)
    with pytest.raises(BadReader, match=rf"{name}: is not the file that was published.*install") as refused:
        Reader.load(copy)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "vocabulary.txt").unlink()
    with pytest.raises(BadReader, match=r"vocabulary\.txt: cannot be read"):
        Reader.load(copy)


@pytest.mark.parametrize("manifest", [b"", b"{}", b"\xff"])
def test_a_broken_manifest_is_named(copy: Path, manifest: bytes) -> None:
    (copy / "manifest.json").write_bytes(manifest)
    with pytest.raises(BadReader, match=r"manifest\.json"):
        Reader.load(copy)


def test_help_needs_neither_network_nor_numbers() -> None:
    code = "import sys, sayso.cli; sys.exit(bool({'numpy._core', 'onnxruntime'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_reading_opens_no_connection() -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit('a connection was tried')\n"
        "socket.socket.connect = refuse; socket.getaddrinfo = refuse\n"
        "from sayso.reader.session import Reader\n"
        "sys.exit(not Reader.load().read('“It is safe,” said Ann Lee.', ()).found)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
