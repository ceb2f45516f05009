"""Many small records in one file, each found by its number.

In:   bytes.   Out: the same again.
Knows nothing of: what they are.
"""

from __future__ import annotations

import mmap
from pathlib import Path

import numpy as np

_NUMBER = np.dtype("<i8")


class BlobWriter:
    """Writes the records one after the other; then where each ends, and how many there are."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._ends = [0]

    def __enter__(self) -> BlobWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.write(np.array([*self._ends, len(self._ends) - 1], _NUMBER).tobytes())
        self._file.close()

    def add(self, blob: bytes) -> None:
        self._file.write(blob)
        self._ends.append(self._ends[-1] + len(blob))

    def __len__(self) -> int:
        return len(self._ends) - 1


class Blobs:
    """What a `BlobWriter` wrote. Nothing of it is held."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        size = _NUMBER.itemsize
        count = int.from_bytes(self._bytes[-size:], "little")
        self._ends = np.frombuffer(self._bytes, _NUMBER, count + 1, len(self._bytes) - size * (count + 2))

    def __getitem__(self, number: int) -> bytes:
        return self._bytes[self._ends[number] : self._ends[number + 1]]
