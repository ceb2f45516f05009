"""The reader's files, as an installed package (`sayso-reader-en`) brings them, each checked against the manifest.

In:   a folder.   Out: Files, the bytes of each; BadReader names what was altered or is not there.
Knows nothing of: what the files mean.
"""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from sayso.errors import BadReader

READER = "reader-en"  # unless another is asked for
_NAME = re.compile(r"reader(?:-[a-z0-9]+)+")
_AGAIN = "install the reader again"


class Manifest(msgspec.Struct, frozen=True):
    """What the package brings: the reader's ``name`` and ``version``, the SHA-256 of each of its files."""

    name: str
    version: str
    files: dict[str, str]


class Files(msgspec.Struct, frozen=True):
    """The bytes of each file by name."""

    manifest: Manifest
    raw: dict[str, bytes]


def installed(name: str = READER) -> Traversable:
    """The folder of the package of a reader, `sayso-reader-en` of "reader-en". Raises BadReader."""
    if not _NAME.fullmatch(name):
        raise BadReader(f"“{name}” is the name of no reader; they are called like {READER} or {READER}-fast")
    try:
        return resources.files(f"sayso_{name.replace('-', '_')}")
    except ModuleNotFoundError as error:
        raise BadReader(f"the reader {name} is not installed: pip install sayso-{name}") from error


def read_files(folder: Traversable) -> Files:
    """All files of the manifest, as they were published. Raises BadReader."""
    manifest_file = folder / "manifest.json"
    try:
        manifest = msgspec.json.decode(manifest_file.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise BadReader(f"{manifest_file}: no list of the reader's files ({error}); {_AGAIN}") from error
    return Files(manifest, {name: _read(folder / name, digest) for name, digest in manifest.files.items()})


def _read(file: Traversable, digest: str) -> bytes:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise BadReader(f"{file}: cannot be read ({error.strerror}); {_AGAIN}") from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise BadReader(f"{file}: is not the file that was published (SHA-256 differs); {_AGAIN}")
    return raw
