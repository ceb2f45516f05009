"""Saves from a damaged case file what can still be read.

In:   a case file that is damaged, a new one.   Out: the documents that are in the new one now, and what was lost.
Knows nothing of: why it is damaged.

Rows are asked for one by one: a page that is destroyed costs what lies on it, and the rest is found by other pages.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from sayso.custody import Entry, Recovered, followed, last_words
from sayso.errors import BadCase
from sayso.records import Claim, Ledger
from sayso.store.custody import CustodyShelf
from sayso.store.ledgers import Store

_HEADER = 100  # bytes of an SQLite file's header (sqlite.org/fileformat2.html)
_MOST_MISSING = 1 << 34  # bytes: a header that is damaged, too, may say anything
_GAP = 1000  # row numbers without a row, after which the end is reached where the file cannot tell it


def recover(damaged: Path, name: str, store: Store, *, at: str, by: str | None, tool: str) -> Iterator[Recovered]:
    """Copy what can be read of ``damaged`` into ``store``, a new case; each document comes when it is kept there.

    ``damaged``: a file, which SQLite may write to: give a `whole_copy`.

    The log is copied as far as its chain holds, and goes on from there. Links and findings are not copied: they are
    made again. Raises BadCase where nothing at all can be read.
    """
    shelf = CustodyShelf(store)
    with closing(sqlite3.connect(damaged)) as old:
        old.text_factory = bytes  # what is no UTF-8 is a damage like any other
        rows = _Rows(old)
        if not rows.readable("document"):
            raise BadCase(f"{name}: not even its list of documents can be read: take it from a backup")
        known = _log(rows, store)
        claims = _claims(rows)
        kept = set()
        for seq, record, text in rows.of("document", "seq, record, text"):
            found = _document(rows, seq, record, text, claims.get(seq, []))
            if found is None:
                continue
            ledger, original = found
            document = ledger.document.ref.id
            kept.add(document)
            with store.writing():
                store.save(ledger, added_at=at)
                if original:
                    shelf.keep(document, *original)
                digest = shelf.ledger_digest(document)
                entry = known.get(document)
                whole = entry.detail.get("ledger") == digest if entry else None
                detail: dict[str, str | int | None] = {
                    "ledger": digest,
                    "claims": len(ledger.claims),
                    "whole": {True: "yes", False: "no", None: "unknown"}[whole],
                    "original": hashlib.sha256(original[1]).hexdigest() if original else None,
                    "sayso": tool,
                }
                shelf.log("recovered", at=at, by=by, about=document, detail=detail)
            yield Recovered(
                document=document,
                path=ledger.document.ref.path,
                claims=len(ledger.claims),
                original=original is not None,
                whole=whole,
            )
        for document in sorted(known.keys() - kept):
            shelf.log("lost", at=at, by=by, about=document, detail={"sayso": tool})
            path = str(known[document].detail.get("path", ""))
            yield Recovered(document=document, path=path, claims=0, original=False, whole=False, lost=True)


@contextmanager
def whole_copy(damaged: Path, beside: Path) -> Iterator[Path]:
    """A copy of a case beside another path, as long as its own header says, so that SQLite reads what is left of it.

    What was written last may stand in the file next to it (its write-ahead log), which is copied, too.
    """
    copy = beside.with_name(beside.name + ".copy")
    log, new_log = (path.with_name(path.name + "-wal") for path in (damaged, copy))
    try:
        shutil.copyfile(damaged, copy)
        if log.exists():
            shutil.copyfile(log, new_log)
        with copy.open("r+b") as file:
            header = file.read(_HEADER)
            if header.startswith(b"SQLite format 3\0") and len(header) == _HEADER:
                size, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
                file.truncate(max(copy.stat().st_size, min(size * pages, copy.stat().st_size + _MOST_MISSING)))
        yield copy
    finally:
        for path in (copy, new_log, copy.with_name(copy.name + "-shm")):
            path.unlink(missing_ok=True)


class _Rows:
    """The rows of a damaged file, as far as they can be had."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def readable(self, table: str) -> bool:
        """Can anything be asked of this table?"""
        try:
            self._connection.execute(f"SELECT seq FROM {table} LIMIT 1").fetchone()  # noqa: S608 - a constant
        except sqlite3.DatabaseError:
            return False
        return True

    def of(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table, by their numbers; what lies on a destroyed page is passed over."""
        if not self.readable(table):
            return
        try:
            ((last,),) = self._connection.execute(f"SELECT coalesce(max(seq), 0) FROM {table}").fetchall()  # noqa: S608
        except sqlite3.DatabaseError:
            last = None
        number, missed = 0, 0
        while number < last if last is not None else missed < _GAP:
            number += 1
            rows = self.asked(f"SELECT {columns} FROM {table} WHERE seq = ?", number)  # noqa: S608 - constants
            missed = 0 if rows else missed + 1
            yield from rows

    def asked(self, sql: str, value: int) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, (value,)).fetchall()
        except sqlite3.DatabaseError:
            return []


def _log(rows: _Rows, store: Store) -> dict[str, Entry]:
    """The log as far as its chain holds goes into the new case; the last entry of each document that has one."""
    entries = []
    for (record,) in rows.of("custody", "record"):
        try:
            entries.append(msgspec.json.decode(record, type=Entry))
        except (msgspec.DecodeError, UnicodeDecodeError):
            break
    holding = 0
    for state in followed(entries):
        if state.difference:
            break
        holding += 1
    entries = entries[:holding]
    with store.writing() as connection:
        connection.executemany(
            "INSERT INTO custody (seq, record) VALUES (?, ?)",
            ((entry.seq, msgspec.json.encode(entry).decode()) for entry in entries),
        )
    return last_words(entries)


def _claims(rows: _Rows) -> dict[int, list[Claim]]:
    out: dict[int, list[Claim]] = {}
    for document, record in rows.of("claim", "document, record"):
        try:
            out.setdefault(document, []).append(msgspec.json.decode(record, type=Claim))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
    return out


def _document(
    rows: _Rows, seq: int, record: bytes, text: bytes, claims: list[Claim]
) -> tuple[Ledger, tuple[str, bytes] | None] | None:
    """The ledger, and path and bytes of its original where they are what their hash says; None: neither can be read."""
    try:
        bare = msgspec.json.decode(record, type=Ledger)
        document = msgspec.structs.replace(bare.document, text=text.decode())
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    ledger = msgspec.structs.replace(bare, document=document, claims=tuple(claims))
    found = rows.asked(
        "SELECT original.sha256, original.path, original.raw FROM document_original"
        " JOIN original ON original.seq = document_original.original WHERE document_original.document = ?",
        seq,
    )
    if not found:
        return ledger, None
    sha256, path, raw = found[0]
    if hashlib.sha256(raw).hexdigest() != sha256.decode():
        return ledger, None
    return ledger, (path.decode(errors="replace"), raw)
