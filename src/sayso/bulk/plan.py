"""What an extraction is to do: its input, cut into shards, and what must be the same for it to be gone on with.

In:   values.   Out: frozen records, each a line of JSON in the folder of the extraction.
Knows nothing of: how a piece is read or a shard is done.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Cut = Literal["file", "lines", "rows", "records"]
Trade = Literal["read", "link"]  # what a worker does
Stage = Literal["keys", "shared", "near", "compared", "gathered"]  # of linking, in this order


class Piece(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of one file. ``start``, ``stop``: bytes, or rows of a Parquet file; ``stop`` None: to the end.

    ``first``: the number of its first line. ``weight``: about how many bytes are in it.
    """

    path: str
    cut: Cut
    start: int = 0
    stop: int | None = None
    first: int = 1
    weight: int


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """What one worker does at a time, and what is done again if it did not come to its end."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        return f"{self.number:08}"

    @property
    def weight(self) -> int:
        return sum(piece.weight for piece in self.pieces)

    def place(self, item: int) -> str:
        """What a person is told of one of its articles."""
        return f"article {item} of shard {self.name}"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a stage of linking, one ``of`` so many: done by one worker at a time, as a shard is."""

    stage: Stage
    number: int
    of: int
    weight: int = 1

    @property
    def name(self) -> str:
        return f"{self.number:08}"

    def share(self, whole: int) -> range:
        """The part of ``whole`` things that is its own."""
        return range(whole * self.number // self.of, whole * (self.number + 1) // self.of)

    def place(self, item: int) -> str:
        """What a person is told of one of the things that it is about."""
        return f"number {item} of part {self.name} of {self.stage!r}"


Task = Shard | Part


class Surveyed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file of the input as it was when the extraction began. ``refused``: why it is left out."""

    path: str
    sha256: str | None = None
    refused: str | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What made the output; what differs makes another one.

    ``program``: SHA-256 of sayso's own files, its word lists among them; ``actors``: that of the user's tables;
    ``inputs``, ``plan``: of the two files beside it. ``weight``: of all shards.
    """

    sayso: str
    program: str
    reader: str
    actors: dict[str, str]
    inputs: str
    plan: str
    shards: int
    weight: int


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What has come of it."""

    documents: int
    claims: int
    errors: int


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """What has come of linking it. ``pairs``: of documents that were compared; ``errors``: things that failed."""

    pairs: int
    clusters: int
    edges: int
    variants: int
    contradictions: int
    errors: int
