"""Packages of web archives: what is in them is read, what is wrong with them is told, and no package does harm."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from sayso.errors import Unreadable
from sayso.read import read_bytes
from sayso.records import Document

from .archives import packed, pages

WARC = packed(pages(2))


def package(files: dict[str, bytes] | None = None, *, digest: str | None = None, deflated: bool = False) -> bytes:
    """A package of one archive, with the digest it has or states."""
    files = files if files is not None else {"archive/data.warc.gz": WARC}
    about = {
        "profile": "data-package",
        "resources": [
            {
                "name": name,
                "path": name,
                "hash": digest or f"sha256:{hashlib.sha256(raw).hexdigest()}",
                "bytes": len(raw),
            }
            for name, raw in files.items()
        ],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as made:
        made.writestr("datapackage.json", json.dumps(about))
        for name, raw in files.items():
            made.writestr(name, raw)
    return out.getvalue()


def read(raw: bytes) -> list[Document | Unreadable]:
    return list(read_bytes(raw, path="a.wacz"))


def documents(raw: bytes) -> list[Document]:
    return [found for found in read(raw) if isinstance(found, Document)]


@pytest.mark.parametrize("deflated", [False, True])
def test_each_page_is_a_document_with_its_address_and_capture(deflated: bool) -> None:  # noqa: FBT001 - by pytest
    first, second = documents(package(deflated=deflated))
    assert first.ref.url == "https://www.pier.example/0"
    assert second.ref.path == "a.wacz#https://www.pier.example/1"
    assert "Ann Lee said the bridge is safe." in first.text
    assert first.capture is not None
    assert first.capture.intact
    assert not first.notices


def test_an_archive_that_was_altered_is_told_with_each_document() -> None:
    for document in documents(package(digest="sha256:" + "0" * 64)):
        assert any("states another digest" in notice.message for notice in document.notices)


def test_what_is_damaged_is_told_and_the_rest_is_read() -> None:
    other = packed(pages(3))
    raw = bytearray(package({"archive/a.warc.gz": WARC, "archive/b.warc.gz": other}))
    raw[raw.index(other) + 40] ^= 0xFF
    found = read(bytes(raw))
    assert len([each for each in found if isinstance(each, Document)]) == 2
    (told,) = [each for each in found if isinstance(each, Unreadable)]
    assert "archive/b.warc.gz: is damaged" in str(told)


@pytest.mark.parametrize(
    "name", ["../../etc/archive.warc", "/archive/a.warc", "archive/../../a.warc", "C:/archive/a.warc"]
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    (refused,) = read(package({"archive/data.warc.gz": WARC, name: WARC}))
    assert isinstance(refused, Unreadable)
    assert "leads out of the package" in str(refused)


def test_a_bomb_is_refused_before_it_fills_the_memory() -> None:
    bomb = package({"archive/data.warc": b"\0" * 64 * 1024**2}, deflated=True)
    assert len(bomb) < 1024**2
    (refused,) = [each for each in read(bomb) if isinstance(each, Unreadable) and "fill memory" in str(each)]
    assert "archive/data.warc" in str(refused)


def test_a_lie_about_a_files_size_is_not_believed() -> None:
    raw = bytearray(package({"archive/data.warc": b"\0" * 64 * 1024**2}, deflated=True))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (100).to_bytes(4, "little")
    (told,) = read(bytes(raw))
    assert isinstance(told, Unreadable)


@pytest.mark.parametrize("cut", [100, -30])
def test_a_package_that_is_cut_off_is_told(cut: int) -> None:
    found = read(package()[:cut])
    assert found
    assert all(isinstance(each, Unreadable) for each in found)


def test_a_zip_that_is_none_is_told() -> None:
    (refused,) = read(b"just words")[:1]
    assert isinstance(refused, Unreadable)
    assert "is named .wacz but is none" in str(refused)
