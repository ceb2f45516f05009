"""Files and folders that appear whole, and are on the disk then.

In:   paths.   Out: what was written to them, all of it or nothing.
Knows nothing of: what is in them.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

PARTS = ".*.part"  # what is left of those that were killed


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears whole, in place of one that is there."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    onto_disk(path.parent)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to be filled with files; it appears by one renaming. Where it is there already, it holds the same."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    part.mkdir()
    yield part
    for file in part.iterdir():
        onto_disk(file)
    onto_disk(part)
    try:
        part.rename(path)
    except OSError:
        if not path.is_dir():
            raise
        shutil.rmtree(part)  # another worker was thought dead, and was not
    onto_disk(path.parent)


def onto_disk(path: Path) -> None:
    """A file or a folder, so that it is there after a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def tidy(folder: Path) -> None:
    """Removes what was left by those who were killed."""
    for left in folder.glob(PARTS):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


class Table:
    """A Parquet file that is written a group of rows at a time: ``group`` of them, or of what their size is told as."""

    def __init__(self, path: Path, schema: pa.Schema, group: int = 16_384) -> None:
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._schema = schema
        self._group = group
        self._rows: list[dict[str, Any]] = []
        self._held = 0

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()
        self._writer.close()

    def add(self, rows: list[dict[str, Any]], size: int) -> None:
        self._rows += rows
        self._held += size
        if self._held >= self._group:
            self._write()

    def _write(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._held = [], 0
