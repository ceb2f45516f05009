"""Packages of web archives (WACZ): a ZIP that holds WARC files and says what their digests are.

In:   the raw bytes of a package.   Out: an Archive for each WARC file in it; Unreadable for what cannot be taken out.
Knows nothing of: what is in a WARC file. Nothing is unpacked onto the disk.

The format: https://specs.webrecorder.net/wacz/1.1.1/.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from sayso.errors import Unreadable

_PACKAGE = "datapackage.json"
_MOST_NAMES = 10_000
_MOST_PACKAGE = 4 * 1024**2
_ENCRYPTED = 0x1
_GROWTH = 20  # WARC files are packed already: what grows more than this was made to fill memory
_LEAST = 1024**2  # but small ones may
# What zipfile raises for bytes that are no package: places before its beginning, versions and packings that are none.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError, ValueError)


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """A WARC file of a package. ``intact``: it has the digest that the package states; None where none is stated."""

    name: str
    raw: bytes
    intact: bool | None


class _Resource(msgspec.Struct):
    path: str
    hash: str = ""


class _Package(msgspec.Struct):
    resources: list[_Resource] = []


def is_wacz(raw: bytes) -> bool:
    """Do these bytes hold a package of web archives?"""
    return raw.startswith(b"PK\x03\x04") and _PACKAGE.encode() in raw and b"archive/" in raw


def archives(raw: bytes) -> Iterator[Archive | Unreadable]:
    """The WARC files of a package, by name, one in memory at a time. Raises Unreadable for a package as a whole."""
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except _DAMAGE as error:
        raise Unreadable(f"is a damaged package (WACZ): {error}; fetch it again") from error
    with package:
        entries = _entries(package)
        stated = _stated(package, entries)
        left = max(_LEAST, _GROWTH * len(raw))  # for all of them
        for name in sorted(entries):
            if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
                archive = _archive(package, entries[name], stated.get(name, ""), left)
                yield archive
                left -= len(archive.raw) if isinstance(archive, Archive) else min(left, entries[name].file_size)


def _entries(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = package.infolist()
    if len(infos) > _MOST_NAMES:
        raise Unreadable(f"holds {len(infos):,} files, more than a package of web archives has ({_MOST_NAMES:,})")
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in str(path).partition("/")[0]:
            raise Unreadable(f"holds a file whose name leads out of the package ({info.filename!r}): do not trust it")
    return {info.filename: info for info in infos}


def _stated(package: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The digest that the package states of each file."""
    info = entries.get(_PACKAGE)
    if info is None:
        raise Unreadable(f"is no package of web archives (WACZ): it has no {_PACKAGE}")
    raw = _taken(package, info, _MOST_PACKAGE)
    if isinstance(raw, Unreadable):
        raise raw
    try:
        found = msgspec.json.decode(raw, type=_Package)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"its {_PACKAGE} cannot be read ({error}): fetch it again") from error
    return {resource.path: resource.hash for resource in found.resources}


def _archive(package: zipfile.ZipFile, info: zipfile.ZipInfo, stated: str, most: int) -> Archive | Unreadable:
    raw = _taken(package, info, most)
    if isinstance(raw, Unreadable):
        return raw
    algorithm, _, value = stated.partition(":")
    intact = hashlib.sha256(raw).hexdigest() == value.lower() if algorithm.lower() == "sha256" else None
    return Archive(name=info.filename, raw=raw, intact=intact)


def _taken(package: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | Unreadable:
    """The bytes of a file; what it says of its own size is not believed."""
    if info.flag_bits & _ENCRYPTED:
        return Unreadable(f"{info.filename}: is locked with a password; unlock it first")
    try:
        with package.open(info) as file:
            raw = file.read(most + 1)
    except _DAMAGE as error:
        return Unreadable(f"{info.filename}: is damaged ({error})")
    if len(raw) > most:
        return Unreadable(f"{info.filename}: unpacks to more than {most / 1024**2:.0f} MB: it was made to fill memory")
    return raw
