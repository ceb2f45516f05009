"""Files of any size, as pieces that can be read apart from each other.

In:   paths.   Out: Surveyed files with their pieces; from a piece, its items one by one.
Knows nothing of: what is done with a document, the folder it goes to.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from sayso.bulk.plan import Cut, Piece, Shard, Surveyed
from sayso.errors import SaysoError, Unreadable
from sayso.inputs import MAX_BYTES, gather, named
from sayso.read import captured_document, documents_of_lines, read_bytes
from sayso.read.recognise import SUFFIXES
from sayso.read.warc import cuts, is_warc, read_warc
from sayso.records import Document

SHARD = 256 * 1024  # bytes: some 80 articles, half a minute of a core
_BLOCK = 1024**2
_COLUMNS = ("id", "text", "title", "outlet", "author", "published", "url")
_ROWS = 64  # read at a time
_LIMIT = f"{MAX_BYTES // 1024**2} MB"


class Item(msgspec.Struct, frozen=True):
    """One article that has not been read yet: where it stands, and how to read it."""

    place: str
    documents: Callable[[], Iterator[Document | SaysoError]]


def survey(arguments: Sequence[str], *, cut: bool, shard: int = SHARD) -> Iterator[tuple[Surveyed, tuple[Piece, ...]]]:
    """Every file that ``arguments`` name (files, folders, globs), read once from end to end, with its pieces.

    ``cut``: find the pieces, of about ``shard`` bytes each; else there are none, and only the hash is taken.
    """
    for found in named(arguments, suffixes=(*SUFFIXES, ".parquet")):
        if isinstance(found, SaysoError):
            message = str(found)
            yield Surveyed(path=message.partition(": ")[0], refused=message), ()
            continue
        path = str(found)
        try:
            with found.open("rb") as file:
                kind = _cut_of(path, file.read(_BLOCK))
                digest, lines = _digest(file, path if cut and kind == "lines" else None, shard)
                pieces = _pieces(path, kind, file, lines, shard) if cut else ()
            yield Surveyed(path=path, sha256=digest), pieces
        except SaysoError as error:
            yield Surveyed(path=path, refused=str(error)), ()
        except OSError as error:
            yield Surveyed(path=path, refused=f"{path}: {(error.strerror or str(error)).lower()}"), ()


def shards(pieces: Iterator[Piece], shard: int = SHARD) -> Iterator[Shard]:
    """Pieces in their order, so many together that a shard has about ``shard`` bytes."""
    held: list[Piece] = []
    weight = number = 0
    for piece in pieces:
        if held and weight + piece.weight > shard * 1.5:
            yield Shard(number=number, pieces=tuple(held))
            held, weight, number = [], 0, number + 1
        held.append(piece)
        weight += piece.weight
    if held:
        yield Shard(number=number, pieces=tuple(held))


def items(piece: Piece) -> Iterator[Item]:
    """The articles of a piece, one by one. Raises Unreadable or OSError where the file is not what it was."""
    if piece.cut == "file":
        yield Item(piece.path, partial(_of_file, piece.path))
        return
    if piece.cut == "rows":
        yield from _rows(piece)
        return
    with Path(piece.path).open("rb") as file:
        yield from _lines(piece, file) if piece.cut == "lines" else _records(piece, file)


def _cut_of(path: str, head: bytes) -> Cut:
    if head.startswith(b"PAR1"):
        return "rows"
    if path.lower().endswith(".parquet"):
        raise Unreadable(f"{path}: is no Parquet file: it does not begin as one")
    if is_warc(head):
        return "records"
    return "lines" if path.lower().endswith((".jsonl", ".ndjson")) else "file"


def _digest(file: BinaryIO, lines_of: str | None, shard: int) -> tuple[str, tuple[Piece, ...]]:
    """The hash of a file; and, of JSON Lines, its pieces, each ending with a line."""
    found: list[Piece] = []
    digest = hashlib.sha256()
    start = at = 0
    first = line = 1
    file.seek(0)
    while block := file.read(_BLOCK):
        digest.update(block)
        if lines_of is not None:
            offset = 0
            # A piece ends with the line that makes it large enough.
            while (end := block.find(b"\n", max(offset, start + shard - at))) >= 0:
                line += block.count(b"\n", offset, end + 1)
                offset = end + 1
                stop = at + offset
                found.append(
                    Piece(path=lines_of, cut="lines", start=start, stop=stop, first=first, weight=stop - start)
                )
                start, first = stop, line
            line += block.count(b"\n", offset)
        at += len(block)
    if lines_of is not None and start < at:
        found.append(Piece(path=lines_of, cut="lines", start=start, stop=at, first=first, weight=at - start))
    return digest.hexdigest(), tuple(found)


def _pieces(path: str, kind: Cut, file: BinaryIO, lines: tuple[Piece, ...], shard: int) -> tuple[Piece, ...]:
    size = file.seek(0, io.SEEK_END)
    if kind == "file":
        if size > MAX_BYTES:
            raise Unreadable(f"{path}: is larger than {_LIMIT}, the limit for one article")
        return (Piece(path=path, cut=kind, weight=size),)
    if kind == "lines":
        if not lines:
            raise Unreadable(f"{path}: is empty")
        return lines
    if kind == "rows":
        return _row_pieces(path, shard)
    places = [0]
    places += (at for at in cuts(file) if at - places[-1] >= shard)
    ends = [*places[1:], None]
    return tuple(
        Piece(path=path, cut=kind, start=a, stop=b, weight=(b or size) - a) for a, b in zip(places, ends, strict=True)
    )


def _row_pieces(path: str, shard: int) -> tuple[Piece, ...]:
    with _opened(path) as file:
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        found: list[Piece] = []
        start = 0
        for group in groups:
            sizes = {group.column(n).path_in_schema: group.column(n) for n in range(group.num_columns)}
            each = max(
                1, sum(sizes[c].total_uncompressed_size for c in _COLUMNS if c in sizes) // max(1, group.num_rows)
            )
            step = max(1, shard // each)
            stop = start + group.num_rows
            for a in range(start, stop, step):
                b = min(a + step, stop)
                found.append(Piece(path=path, cut="rows", start=a, stop=b, weight=(b - a) * each))
            start = stop
    if not found:
        raise Unreadable(f"{path}: is empty")
    return tuple(found)


def _opened(path: str) -> pq.ParquetFile:
    try:
        # Page by page: a group of rows may be larger than memory.
        file = pq.ParquetFile(path, buffer_size=_BLOCK, pre_buffer=False)
    except pa.ArrowInvalid as error:
        raise Unreadable(f"{path}: is no whole Parquet file ({str(error).rstrip('.')}); fetch it again") from None
    names = file.schema_arrow.names
    if "text" not in names:
        file.close()
        raise Unreadable(
            f'{path}: has no column "text" (it has {", ".join(names[:12])}): give the column of the articles that name'
        )
    return file


def _rows(piece: Piece) -> Iterator[Item]:
    with _opened(piece.path) as file:
        columns = [name for name in _COLUMNS if name in file.schema_arrow.names]
        at = 0
        for number in range(file.metadata.num_row_groups):
            size = file.metadata.row_group(number).num_rows
            if at + size > piece.start and (piece.stop is None or at < piece.stop):
                row = at
                for batch in file.iter_batches(_ROWS, row_groups=[number], columns=columns, use_threads=False):
                    if row + len(batch) > piece.start:
                        for n, fields in enumerate(batch.to_pylist(), start=row):
                            if piece.start <= n and (piece.stop is None or n < piece.stop):
                                yield _row(piece.path, n + 1, fields)
                    row += len(batch)
                    if piece.stop is not None and row >= piece.stop:
                        break
            at += size


def _row(path: str, number: int, fields: dict[str, object]) -> Item:
    """A row is read as the line of JSON Lines that says the same."""
    line = msgspec.json.encode({name: value for name, value in fields.items() if value is not None})
    return Item(f"{path} row {number}", partial(documents_of_lines, line, path=path, first=number, unit="row"))


def _lines(piece: Piece, file: BinaryIO) -> Iterator[Item]:
    file.seek(piece.start)
    number = piece.first
    while (piece.stop is None or file.tell() < piece.stop) and (line := file.readline(MAX_BYTES + 1)):
        place = f"{piece.path} line {number}"
        if len(line) > MAX_BYTES:
            while not line.endswith(b"\n") and (line := file.readline(_BLOCK)):
                pass
            yield Item(place, partial(iter, (Unreadable(f"{place}: is larger than {_LIMIT}"),)))
        elif line.strip():
            yield Item(place, partial(documents_of_lines, line, path=piece.path, first=number))
        number += 1


def _records(piece: Piece, file: BinaryIO) -> Iterator[Item]:
    for found in read_warc(file, start=piece.start, stop=piece.stop):
        if isinstance(found, Unreadable):
            told = Unreadable(f"{piece.path} {found}")
            yield Item(str(told).partition(": ")[0], partial(iter, (told,)))
        else:
            yield Item(f"{piece.path} at byte {found.at}", partial(captured_document, found, path=piece.path))


def _of_file(path: str) -> Iterator[Document | SaysoError]:
    for given in gather([path], stdin=io.BytesIO()):
        if isinstance(given, SaysoError):
            yield given
        else:
            yield from read_bytes(given.raw, path=given.path)
