"""The case on disk: ledgers in one SQLite file. What `save` has acknowledged survives being killed.

In:   ledgers, queries.   Out: the same ledgers, their claims in a stable order.
Knows nothing of: how a ledger is made or shown.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from sayso.check.findings import Finding
from sayso.errors import BadCase, NotFound
from sayso.query import Query, terms
from sayso.records import Claim, DocumentRef, Ledger
from sayso.store.schema import check_schema, migrate, migrations, statements

APPLICATION_ID = 0x53415953  # "SAYS"
_BATCH = 256  # claims fetched at a time: a few hundred KB
_CACHE_KB = 128 * 1024  # of the file held at most; the keys of a large case are looked up all over it
_LOG_PAGES = 8192  # 32 MB: keys go all over the file, and a page that many have changed is then written once
_ROOM = 1 << 16  # bytes: less than this has no room for the files that SQLite keeps beside a case
_RETRY_SECONDS = 0.02  # SQLite answers "busy" at once, without waiting, while another makes the same new file

_SELECT = "SELECT claim.record FROM document CROSS JOIN claim ON claim.document = document.seq"
_ORDER = "ORDER BY document.published IS NULL, document.published, document.id, claim.position, claim.seq"

# Dates are compared at the coarser of the two: "2014" meets "2014-06-30", and the other way round.
_FROM = "coalesce(claim.said_from, document.published)"
_TO = "coalesce(claim.said_to, document.published)"

_CONDITIONS = {
    "source": "(contains(claim.source_name, :source) OR contains(claim.source_text, :source))",
    "outlet": "(contains(document.outlet, :outlet) OR contains(claim.outlet, :outlet))",
    "document": (
        "(document.id = :document OR contains(document.path, :document)"
        " OR contains(json_extract(document.record, '$.document.ref.title'), :document))"
    ),
    "kind": "claim.kind = :kind",
    "speech_act": "claim.speech_act = :speech_act",
    "factuality": "claim.factuality = :factuality",
    "anonymous": "claim.anonymous",
    "unsourced": "claim.source_name IS NULL",
    "since": f"substr({_TO}, 1, length(:since)) >= substr(:since, 1, length({_TO}))",
    "until": f"substr({_FROM}, 1, length(:until)) <= substr(:until, 1, length({_FROM}))",
    # "+" keeps the planner from trying every hit against every document.
    "text": "+claim.seq IN (SELECT rowid FROM claim_index WHERE claim_index MATCH :text)",
}

# One event of a claim has to meet all of these that are asked for.
_OF_EVENTS = {
    "event": "(event.type = :event OR event.type || '/' || event.mode = :event)",
    "actor": "contains(event.actor, :actor)",
    "recipient": "contains(event.recipient, :recipient)",
}

_FOLDED = {"source", "outlet", "document", "actor", "recipient"}

_MENDS = {
    sqlite3.SQLITE_BUSY: "another program is writing to it: try again when that is done",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: may you write to its folder?",
    sqlite3.SQLITE_CORRUPT: "the file is damaged: take it from a backup, or save what can be read with `sayso recover`",
    sqlite3.SQLITE_FULL: "the disk is full: what was about to be kept is not; make room and do it again",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written: check the disk",
    sqlite3.SQLITE_NOTADB: "the file is no case (no SQLite file): give another name",
    sqlite3.SQLITE_PERM: "you may not open it: ask for the right to read and write it",
    sqlite3.SQLITE_READONLY: "it may not be written to: copy it to a folder you may write to",
}
_MALFORMED = ("Could not decode to UTF-8", "malformed JSON")  # of values, for which SQLite has no code of its own


Record = TypeVar("Record", bound=msgspec.Struct)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the case. ``added_at``: ISO 8601; ``claims``: how many it has."""

    document: DocumentRef
    added_at: str
    claims: int


class Store:
    """One case file. Make it with `Store.open`; usable as a context manager.

    All methods raise BadCase when the file is damaged, locked for too long or cannot be written.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, still: tuple[int, int] | None = None) -> None:
        self._connection = connection
        self._path = path
        self._still = still  # the file as it was, where nothing else keeps it from changing while it is read

    @classmethod
    def open(cls, path: Path, *, create: bool, wait_seconds: float = 10.0) -> Store:
        """The case at ``path``, made if it is not there and ``create`` is true.

        A case in a folder that may not be written to can be read. ``wait_seconds``: how long another writer is waited
        for. Raises NotFound, BadCase.
        """
        _check_place(path, create=create)
        with _speaking_of(path):
            try:
                return cls(_connected(path, "mode=rwc" if create else "mode=rw", create, wait_seconds), path)
            except sqlite3.OperationalError as error:
                if create or error.sqlite_errorcode & 0xFF not in _PROTECTED or _log_of(path):
                    raise
            # SQLite keeps its log and its locks in files beside the case, and cannot make them here.
            still = _state(path)
            return cls(_connected(path, "immutable=1", create, wait_seconds), path, still=still)

    def close(self) -> None:
        """Raises BadCase where the case lies write-protected and was changed by somebody else while it was read."""
        self._connection.close()
        if self._still not in (None, _state(self._path)):
            raise BadCase(f"{self._path}: was changed while it was read: read it again")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def save(self, ledger: Ledger, *, added_at: str) -> bool:
        """Keep the ledger, all of it or nothing. False, and no change, if its document is already there."""
        document = ledger.document
        bare = msgspec.structs.replace(ledger, claims=(), document=msgspec.structs.replace(document, text=""))
        with self.writing() as connection:
            row = connection.execute(
                "INSERT INTO document (added_at, record, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq",
                (added_at, _json(bare), document.text),
            ).fetchone()
            if row is None:
                return False
            connection.executemany(
                "INSERT INTO claim (document, record) VALUES (?, ?)",
                ((row[0], _json(claim)) for claim in ledger.claims),
            )
        return True

    def has(self, document_id: str) -> bool:
        """Is a document of this id in the case?"""
        return any(self.rows("SELECT 1 FROM document WHERE id = ?", (document_id,)))

    def documents(self) -> Iterator[Kept]:
        """The documents in the order in which they are shown: by date, those without one last."""
        for ref, added_at, count in self.rows(
            "SELECT json_extract(record, '$.document.ref'), added_at,"
            " (SELECT count(*) FROM claim WHERE claim.document = document.seq)"
            " FROM document ORDER BY published IS NULL, published, id"
        ):
            yield Kept(document=self.decoded(ref, DocumentRef), added_at=added_at, claims=count)

    def ledger(self, document_id: str) -> Ledger:
        """The ledger as it was saved. Raises NotFound."""
        rows = self.rows("SELECT seq, record, text FROM document WHERE id = ?", (document_id,))
        if not rows:
            raise NotFound(f"{self._path}: no document {document_id}: look the id up in the list of its documents")
        seq, record, text = rows[0]
        bare = self.decoded(record, Ledger)
        claims = self.rows("SELECT record FROM claim WHERE document = ? ORDER BY seq", (seq,))
        return msgspec.structs.replace(
            bare,
            document=msgspec.structs.replace(bare.document, text=text),
            claims=tuple(self.decoded(claim, Claim) for (claim,) in claims),
        )

    def claim(self, claim_id: str) -> Claim:
        """The claim with this id. Raises NotFound."""
        rows = self.rows("SELECT record FROM claim WHERE id = ?", (claim_id,))
        if not rows:
            raise NotFound(f"{self._path}: no claim {claim_id}: `sayso claims` with --format jsonl shows the ids")
        return self.decoded(rows[0][0], Claim)

    def claims(self, query: Query) -> Iterator[tuple[Claim, ...]]:
        """The claims that fit, in batches: by date of the document, document, place in the text."""
        given = {name: value for name in (*_CONDITIONS, *_OF_EVENTS) if (value := getattr(query, name))}
        conditions = [_CONDITIONS[name] for name in given if name in _CONDITIONS]
        if of_events := [_OF_EVENTS[name] for name in given if name in _OF_EVENTS]:
            fits = " AND ".join(of_events)  # made of the constants above only
            conditions.append(f"claim.seq IN (SELECT event.claim FROM event WHERE {fits})")  # noqa: S608
        where = " AND ".join(conditions) or "true"
        if query.text:
            given["text"] = matching(query.text)
        for name in _FOLDED & given.keys():
            given[name] = folded(given[name])
        sql = f"{_SELECT} WHERE {where} {_ORDER} LIMIT :limit"  # made of the constants above only
        given["limit"] = query.limit or -1
        with _speaking_of(self._path), closing(self._connection.execute(sql, given)) as rows:
            while batch := rows.fetchmany(_BATCH):
                yield tuple(self.decoded(record, Claim) for (record,) in batch)

    def save_findings(self, findings: Sequence[Finding], *, checked_at: str) -> None:
        """Keep findings, all of them or none. The same question to the same table takes the place of what was kept."""
        with self.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO finding (claim, checked_at, record) VALUES (?, ?, ?)",
                ((finding.claim, checked_at, _json(finding)) for finding in findings),
            )

    def findings(self) -> Iterator[tuple[Finding, str]]:
        """All findings with when they were made, in the order in which they came."""
        for record, checked_at in self.rows("SELECT record, checked_at FROM finding ORDER BY seq"):
            yield self.decoded(record, Finding), checked_at

    @property
    def changes(self) -> int:
        """Grows with each row that this connection writes."""
        return self._connection.total_changes

    def rows(self, sql: str, values: tuple[str | float, ...] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """What a query of this room gives."""
        with _speaking_of(self._path):
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing. Within another it is a part of that one."""
        if self._connection.in_transaction:
            yield self._connection
            return
        with _speaking_of(self._path), _transaction(self._connection) as connection:
            yield connection

    def decoded(self, record: str, kind: type[Record]) -> Record:
        """A record as it was kept. Raises BadCase where it is damaged."""
        with _speaking_of(self._path):
            return msgspec.json.decode(record, type=kind)


def folded(text: str) -> str:
    """What `contains` compares: neither case nor accents count.

    >>> folded("ERDOGAN") in folded("Recep Tayyip Erdoğan")
    True
    """
    if text.isascii():  # nearly every name is, and a search asks this of every claim
        return text.lower()
    bare = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(bare).casefold()


def _contains(text: str | None, wanted: str) -> bool:
    return text is not None and wanted in folded(text)


def matching(text: str) -> str:
    """The search in FTS5's language: every term quoted, so that nothing in it is an operator."""
    return " ".join('"{}"{}'.format(term.words.replace('"', '""'), "*" * term.prefix) for term in terms(text))


def _json(record: Claim | Finding | Ledger) -> str:
    return msgspec.json.encode(record).decode()


@contextmanager
def _speaking_of(path: Path) -> Iterator[None]:
    """Turns what can go wrong with the file into one clear line. Our own mistakes in SQL crash."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind
        if code == sqlite3.SQLITE_IOERR and _is_full(path.parent):  # of the files beside it SQLite does not say so
            code = sqlite3.SQLITE_FULL
        mend = _MENDS[sqlite3.SQLITE_CORRUPT] if str(error).startswith(_MALFORMED) else _MENDS.get(code)
        if mend is None:
            raise
        raise BadCase(f"{path}: {mend}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadCase(f"{path}: {_MENDS[sqlite3.SQLITE_CORRUPT]} ({error})") from error


def _connected(path: Path, how: str, create: bool, wait_seconds: float) -> sqlite3.Connection:  # noqa: FBT001
    """``how``: the parameters of SQLite's URI."""
    # Autocommit: every transaction is written out.
    place = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(place, uri=True, timeout=wait_seconds, isolation_level=None)
    try:
        _prepare(connection, path, create=create, wait_seconds=wait_seconds)
    except BaseException:
        connection.close()
        raise
    return connection


_PROTECTED = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def _log_of(path: Path) -> bool:
    """Whether a log lies beside the case, with what has not gone into it yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _ROOM
    except OSError:  # it is gone, too
        return False


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of it or nothing. Takes the write lock at the start, so that it is waited for and never lost midway."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has rolled back by itself when the disk is full
            connection.execute("ROLLBACK")
        raise


def _check_place(path: Path, *, create: bool) -> None:
    try:
        there, plain, folder = path.exists(), path.is_file(), path.parent.is_dir()
    except PermissionError as error:
        raise BadCase(f"{path}: {_MENDS[sqlite3.SQLITE_PERM]}") from error
    if there and not plain:
        raise BadCase(f"{path}: a case is a file, and this is a folder or a device: give another name")
    if not folder:
        raise NotFound(f"{path}: there is no folder {path.parent}: make it first")
    if not there and not create:
        raise NotFound(f"{path}: no case is there: `sayso add {path} FILE` makes one")


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool, wait_seconds: float) -> None:
    """What holds for this connection only, then the newest schema."""
    connection.create_function("contains", 2, _contains, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    known = migrations()
    version = _version(connection, path, newest=len(known))
    if version == 0 and not create:
        raise BadCase(f"{path}: the file is empty: `sayso add {path} FILE` makes a case of it")
    if version == len(known):
        check_schema(connection, path)
        return
    _write_ahead(connection, wait_seconds)
    with _transaction(connection):
        for migration in known[_version(connection, path, newest=len(known)) :]:
            for statement in statements(migration):
                migrate(connection, statement, path)
        check_schema(connection, path)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(known)}")


def _version(connection: sqlite3.Connection, path: Path, *, newest: int) -> int:
    """The schema's version; 0 for a file that has nothing in it yet."""
    # One statement, so that another who is just making the case is seen before or after, not halfway.
    application, version, filled = connection.execute(
        "SELECT application_id, user_version, EXISTS (SELECT 1 FROM sqlite_master)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application != APPLICATION_ID and (application or version or filled):
        raise BadCase(f"{path}: the database of another program, no case: give another name")
    if version > newest:
        raise BadCase(f"{path}: made by a newer sayso (schema {version}, this one knows {newest}): update sayso")
    return int(version)


def _write_ahead(connection: sqlite3.Connection, wait_seconds: float) -> None:
    # Going over to WAL does not wait for its lock, so two that make one case at once are kept apart here.
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return
