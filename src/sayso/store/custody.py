"""What a case keeps for those who have to trust it: the bytes as they came, and the log of what was done.

In:   bytes, what was done.   Out: the same again; what is there compared with what was kept.
Knows nothing of: the clock, who is at work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from sayso.custody import Act, Entry, Sort, Vouched, digest, follow, followed, last_words
from sayso.errors import NotFound
from sayso.store.ledgers import Store


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes that a document was read from, and the path by which they first came."""

    sha256: str
    path: str
    raw: bytes


class CustodyShelf:
    """The originals and the log of one case file. All methods raise BadCase as those of Store do."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def log(
        self,
        act: Act,
        *,
        at: str,
        by: str | None = None,
        about: str | None = None,
        detail: Mapping[str, str | int | None] | None = None,
    ) -> Entry:
        """One more entry. Within `Store.writing` it is kept together with what it tells of."""
        with self._store.writing() as connection:
            rows = connection.execute("SELECT record FROM custody ORDER BY seq DESC LIMIT 1").fetchall()
            if not rows and act != "made":
                last: Entry | None = self.log("made", at=at, by=by)
            else:
                last = self._store.decoded(rows[0][0], Entry) if rows else None
            entry = follow(last, act, at=at, by=by, about=about, detail=detail)
            record = msgspec.json.encode(entry).decode()
            connection.execute("INSERT INTO custody (seq, record) VALUES (?, ?)", (entry.seq, record))
        return entry

    def keep(self, document_id: str, path: str, raw: bytes) -> str:
        """Keep the bytes that a document of the case was read from; their SHA-256. The same bytes are kept once."""
        sha256 = hashlib.sha256(raw).hexdigest()
        with self._store.writing() as connection:
            connection.execute(
                "INSERT INTO original (sha256, path, raw) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (sha256, path, raw)
            )
            connection.execute(
                "INSERT INTO document_original (document, original)"
                " SELECT document.seq, original.seq FROM document, original"
                " WHERE document.id = ? AND original.sha256 = ?",
                (document_id, sha256),
            )
        return sha256

    def original(self, document_id: str) -> Original:
        """The bytes that a document was read from. Raises NotFound."""
        rows = self._store.rows(
            "SELECT original.sha256, original.path, original.raw FROM document"
            " JOIN document_original ON document_original.document = document.seq"
            " JOIN original ON original.seq = document_original.original WHERE document.id = ?",
            (document_id,),
        )
        if not rows:
            raise NotFound(f"{document_id}: its original is not in the case")
        sha256, path, raw = rows[0]
        return Original(sha256=sha256, path=path, raw=raw)

    def entries(self) -> Iterator[Entry]:
        """The log, first entry first."""
        for (record,) in self._store.rows("SELECT record FROM custody ORDER BY seq"):
            yield self._store.decoded(record, Entry)

    def ledger_digest(self, document_id: str) -> str:
        """SHA-256 over a ledger as it lies in the case: its record, its text, its claims in order."""
        ((seq, record, text),) = self._store.rows("SELECT seq, record, text FROM document WHERE id = ?", (document_id,))
        claims = self._store.rows("SELECT record FROM claim WHERE document = ? ORDER BY seq", (seq,))
        return digest(record, text, *(claim for (claim,) in claims))

    def vouched(self) -> Iterator[Vouched]:
        """Everything that the log vouches for, compared with what is there: file, log, originals, documents."""
        problems = [problem for (problem,) in self._store.rows("PRAGMA integrity_check") if problem != "ok"]
        yield Vouched(what="file", about="the case", difference="; ".join(problems) or None)
        entries = list(self.entries())
        yield from followed(entries)
        originals = dict(self._store.rows("SELECT sha256, path FROM original ORDER BY seq"))
        for sha256, path in originals.items():
            ((raw,),) = self._store.rows("SELECT raw FROM original WHERE sha256 = ?", (sha256,))
            same = hashlib.sha256(raw).hexdigest() == sha256
            difference = None if same else f"the bytes of {path} are not those that came in"
            yield Vouched(what="original", about=sha256, difference=difference)
        yield from self._documents(last_words(entries), originals.keys())
        yield from self._people("judged", "judgement", "SELECT id, record FROM judgement ORDER BY seq", entries)
        yield from self._people(
            "decided", "decision", "SELECT CAST(seq AS TEXT), record FROM decision ORDER BY seq", entries
        )

    def _documents(self, words: dict[str, Entry], originals: Collection[str]) -> Iterator[Vouched]:
        for (name,) in self._store.rows("SELECT id FROM document ORDER BY seq"):
            entry = words.pop(name, None)
            difference = None
            if entry is None:
                difference = "the log does not say how it came in"
            elif entry.detail.get("ledger") != self.ledger_digest(name):
                difference = f"its text or its claims are not those of entry {entry.seq}, {entry.at}"
            elif (original := entry.detail.get("original")) is not None and original not in originals:
                difference = f"its original {original} is missing"
            yield Vouched(what="document", about=name, difference=difference)
        for name, entry in words.items():
            yield Vouched(what="document", about=name, difference=_missing(entry))

    def _people(self, act: Act, what: Sort, sql: str, entries: Sequence[Entry]) -> Iterator[Vouched]:
        """What people decided: each row of it has its entry, and each entry its row."""
        words = {str(entry.detail.get(what)): entry for entry in entries if entry.act == act}
        for name, record in self._store.rows(sql):
            entry = words.pop(name, None)
            difference = None
            if entry is None:
                difference = "the log does not say how it came in"
            elif entry.detail.get("record") != digest(record):
                difference = f"it is not as it was made with entry {entry.seq}, {entry.at}"
            yield Vouched(what=what, about=name, difference=difference)
        for name, entry in words.items():
            yield Vouched(what=what, about=name, difference=_missing(entry))


def _missing(entry: Entry) -> str:
    return f"it came in with entry {entry.seq}, {entry.at}, and is missing"
