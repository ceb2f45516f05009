"""One shard: its articles are read and their claims written, all of it or nothing.

In:   a Shard, what reads.   Out: a folder of two Parquet files and a list of errors, whole; Ledgers of it.
Knows nothing of: who calls for it, other shards, processes.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq

import sayso
from sayso.bulk.corpus import Item, items
from sayso.bulk.plan import Shard
from sayso.bulk.schema import CLAIMS, DOCUMENTS, claim_rows, document_row, ledger_of
from sayso.bulk.whole import Table, whole_folder
from sayso.errors import SaysoError, Unreadable
from sayso.records import Document, Ledger

SHARDS = "shards"  # the folder of all of them
CLAIMS_FILE, DOCUMENTS_FILE, ERRORS_FILE = "claims.parquet", "documents.parquet", "errors.jsonl"

_BATCH = 256  # rows that are read at a time
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
    with whole_folder(folder / shard.name) as part, ExitStack() as stack:
        claims = stack.enter_context(Table(part / CLAIMS_FILE, CLAIMS))
        documents = stack.enter_context(Table(part / DOCUMENTS_FILE, DOCUMENTS))
        errors = stack.enter_context((part / ERRORS_FILE).open("wb"))
        for number, item in enumerate(_of_all(shard)):
            at(number)
            for found in (Failed(item.place, aside[number]),) if number in aside else _studied(item, study):
                if isinstance(found, Failed):
                    errors.write(msgspec.json.encode(found) + b"\n")
                else:
                    claims.add(claim_rows(found), len(found.claims))
                    documents.add([document_row(found)], 1 + len(found.document.text) // 1000)


def read_shard(folder: Path) -> Iterator[Ledger]:
    """The ledgers of a shard that is done, in their order; a few are held at a time."""
    claims = _rows(folder / CLAIMS_FILE)
    for row in _rows(folder / DOCUMENTS_FILE):
        yield ledger_of(row, list(islice(claims, row["claims"])))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_BATCH, use_threads=False):
            yield from batch.to_pylist()


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
        yield Failed(item.place, mistake(error))


def mistake(error: Exception) -> str:
    """The same for the same mistake: the words of an exception may hold an address of memory."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(_OWN)]
    where = f" in {Path(frames[-1].filename).relative_to(_OWN).as_posix()}:{frames[-1].lineno}" if frames else ""
    return f"a mistake of sayso's own ({type(error).__name__}{where}); please report it"
