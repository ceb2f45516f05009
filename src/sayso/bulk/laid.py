"""What the stages of linking lay down for each other: ledgers, topics, bonds by their numbers.

In:   the folder of the stages.   Out: what one document, pair or component is about.
Knows nothing of: what is done with it.

Documents have numbers in the order of the extraction, and so have claims. Of the same document twice the first counts.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.bulk.blobs import Blobs
from sayso.bulk.plan import Part, Stage
from sayso.link.bonds import Bond
from sayso.link.origins import Member, members
from sayso.link.sketch import Topic
from sayso.records import Ledger

# Two claims that may say the same, and how likely they do; the same for each component that has one of them.
PAIRS = np.dtype([("a", np.int64), ("b", np.int64), ("probability", np.float64)])
COMPONENTS = np.dtype([("component", np.int64), *PAIRS.descr])
# Which documents a bond is between; the same for each of the two, with where the bond stands.
BONDS = np.dtype([("late", np.int64), ("early", np.int64)])
AROUND = np.dtype(
    [("document", np.int64), ("other", np.int64), ("part", np.int64), ("row", np.int64), ("late", np.bool_)]
)
_FILES = 512  # that are mapped at a time
_TOPICS, _LEDGERS, _BONDS = 8192, 256, 8192  # that are held at a time: some 3, 50 and 2 KB each


class Laid:
    """Read access to what was laid down. Every array is mapped, not held."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._blobs = lru_cache(_FILES)(self._mapped)
        self.topic = lru_cache(_TOPICS)(self._topic)
        self.members = lru_cache(_LEDGERS)(self._members)
        self._bond = lru_cache(_BONDS)(self._read_bond)
        self.array = cache(self._array)
        self.starts: Sequence[int] = np.load(
            folder / "starts.npy", allow_pickle=False
        ).tolist()  # the first number of each shard; the end

    def parts(self, stage: Stage) -> Iterator[Path]:
        """The parts of a stage that is done, in their order."""
        yield from sorted((self.folder / stage).glob("[0-9]*"))

    def _array(self, name: str) -> NDArray[Any]:
        found: NDArray[Any] = np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return found

    def _mapped(self, stage: Stage, part: int, name: str) -> Blobs:
        return Blobs(self.folder / stage / f"{part:08}" / name)

    def _of(self, document: int, name: str) -> bytes:
        shard = bisect_right(self.starts, document) - 1
        return self._blobs("keys", shard, name)[document - self.starts[shard]]

    def ledger(self, document: int) -> Ledger:
        """The ledger of a document."""
        return msgspec.json.decode(zlib.decompress(self._of(document, "ledgers")), type=Ledger)

    def _members(self, document: int) -> Sequence[Member]:
        """Its claims, in their order, with the entities of their sources."""
        return tuple(members(self.ledger(document)))

    def _topic(self, document: int) -> Topic:
        """What it is about."""
        return msgspec.json.decode(self._of(document, "topics"), type=dict[int, int])

    def bonds(self, documents: Set[int]) -> list[Bond]:
        """All that are between some documents."""
        around = self.array("around")
        return [
            self._bond(part, row)
            for document in sorted(documents)
            for _, other, part, row, _ in rows_of(around, "document", document).tolist()
            if document < other and other in documents
        ]

    def _read_bond(self, part: int, row: int) -> Bond:
        return msgspec.json.decode(self._blobs("compared", part, "bonds")[row], type=Bond)

    def name(self, document: int) -> str:
        """Its id."""
        return f"d{self.array('ids')[document]:016x}"


def packed(ledger: Ledger) -> bytes:
    """A ledger as `Laid.ledger` reads it."""
    return zlib.compress(msgspec.json.encode(ledger), 1)


def rows_of(rows: NDArray[Any], column: str, value: int) -> NDArray[Any]:
    """The rows that have ``value`` in the column by which they are in order."""
    start = bisect_left(rows, value, key=lambda row: row[column])
    return rows[start : bisect_right(rows, value, start, key=lambda row: row[column])]


def grouped(rows: NDArray[Any], values: NDArray[Any]) -> Iterator[tuple[int, NDArray[Any]]]:
    """The rows of each value of the column by which they are in order."""
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]][: len(rows)]).tolist()
    for start, stop in pairwise([*starts, len(rows)]):
        yield int(values[start]), rows[start:stop]


def share_of(rows: NDArray[Any], column: str, part: Part) -> NDArray[Any]:
    """The share of a part, moved on to where the next value of the column begins, by which the rows are in order."""

    def moved(at: int) -> int:
        if at in (0, len(rows)) or rows[at][column] != rows[at - 1][column]:
            return at
        return bisect_right(rows, rows[at][column], at, key=lambda row: row[column])

    share = part.share(len(rows))
    return rows[moved(share.start) : moved(share.stop)]
