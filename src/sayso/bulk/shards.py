"""One shard: its articles are read and their claims written, all of it or nothing.

In:   a Shard, what reads.   Out: a folder of two Parquet files and a list of errors, which appears whole.
Knows nothing of: who calls for it, other shards, processes.
"""

from __future__ import annotations

import os
import secrets
import shutil
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

import sayso
from sayso.bulk.corpus import Item, items
from sayso.bulk.plan import Shard
from sayso.bulk.schema import CLAIMS, DOCUMENTS, claim_rows, document_row
from sayso.errors import SaysoError, Unreadable
from sayso.records import Document, Ledger

CLAIMS_FILE, DOCUMENTS_FILE, ERRORS_FILE = "claims.parquet", "documents.parquet", "errors.jsonl"

_GROUP = 16_384  # rows of claims, or code points of text in thousands, that are held before they are written
_OWN = str(Path(sayso.__file__).parent)

Study = Callable[[Document], Ledger]


class Failed(msgspec.Struct, frozen=True):
    """An article that gave no claims: where it stands, and why. A line of errors.jsonl."""

    place: str
    reason: str


def write_shard(
    shard: Shard, folder: Path, study: Study, *, at: Callable[[int], None], aside: Mapping[int, str]
) -> None:
    """Write ``folder/NAME``. ``at`` is told the number of each article before it is read.

    ``aside``: articles that are not to be read, with the reason. The folder appears by one renaming, once all of it is
    on the disk; where it is there already, it holds the same.
    """
    part = folder / f".{shard.name}.{secrets.token_hex(8)}.part"
    part.mkdir()
    with ExitStack() as stack:
        claims = stack.enter_context(_Table(part / CLAIMS_FILE, CLAIMS))
        documents = stack.enter_context(_Table(part / DOCUMENTS_FILE, DOCUMENTS))
        errors = stack.enter_context((part / ERRORS_FILE).open("wb"))
        for number, item in enumerate(_of_all(shard)):
            at(number)
            for found in (Failed(item.place, aside[number]),) if number in aside else _studied(item, study):
                if isinstance(found, Failed):
                    errors.write(msgspec.json.encode(found) + b"\n")
                else:
                    claims.add(claim_rows(found), len(found.claims))
                    documents.add([document_row(found)], 1 + len(found.document.text) // 1000)
    for name in (CLAIMS_FILE, DOCUMENTS_FILE, ERRORS_FILE):
        onto_disk(part / name)
    onto_disk(part)
    try:
        part.rename(folder / shard.name)
    except OSError:
        if not (folder / shard.name).is_dir():
            raise
        shutil.rmtree(part)  # another worker was thought dead, and was not
    onto_disk(folder)


def _of_all(shard: Shard) -> Iterator[Item]:
    for piece in shard.pieces:
        try:
            yield from items(piece)
        except (SaysoError, OSError) as error:
            told = error if isinstance(error, SaysoError) else Unreadable(f"{piece.path}: {error.strerror}")
            yield Item(piece.path, partial(iter, (told,)))


def _studied(item: Item, study: Study) -> Iterator[Ledger | Failed]:
    try:
        for document in item.documents():
            if isinstance(document, SaysoError):
                yield Failed(item.place, str(document).removeprefix(item.place).lstrip(": "))
            else:
                yield study(document)
    except MemoryError:
        yield Failed(item.place, "needs more memory than a worker is given")
    except Exception as error:  # noqa: BLE001 (one article of millions: told, and the rest is done)
        yield Failed(item.place, _mistake(error))


def _mistake(error: Exception) -> str:
    """The same for the same mistake: the words of an exception may hold an address of memory."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(_OWN)]
    where = f" in {Path(frames[-1].filename).relative_to(_OWN).as_posix()}:{frames[-1].lineno}" if frames else ""
    return f"a mistake of sayso's own ({type(error).__name__}{where}); please report it"


class _Table:
    """A Parquet file that is written a group of rows at a time."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._schema = schema
        self._rows: list[dict[str, Any]] = []
        self._held = 0

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()
        self._writer.close()

    def add(self, rows: list[dict[str, Any]], size: int) -> None:
        self._rows += rows
        self._held += size
        if self._held >= _GROUP:
            self._write()

    def _write(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._held = [], 0


def onto_disk(path: Path) -> None:
    """A file or a folder, so that it is there after a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
