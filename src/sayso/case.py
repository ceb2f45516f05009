"""The application layer: the only place where the stages meet the world.

In:   what a user names.   Out: Ledgers; a Case keeps them in one SQLite file.
Knows nothing of: screens and formats (cli, publish).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from sayso.check.findings import Finding
from sayso.errors import NotFound, SaysoError
from sayso.hedging import hedges as hedges_of
from sayso.inputs import MAX_BYTES, gather, tables
from sayso.lexicon import Lexicon, load
from sayso.link import edges
from sayso.link.upkeep import bring_up_to_date
from sayso.links import Cluster, Link
from sayso.query import Query
from sayso.read import read_bytes
from sayso.reader import Reads
from sayso.records import Claim, Document, DocumentRef, Ledger, Notice
from sayso.resolve import Knowledge
from sayso.resolve.aliases.identity import CaseEntity, across, identify
from sayso.resolve.knowledge import load as load_knowledge
from sayso.store import Kept, LinkShelf, Store
from sayso.study import study
from sayso.weigh import Weighed, weigh
from sayso.weigh.hypotheses import hypotheses

if TYPE_CHECKING:
    from sayso.check.checking import Checker
    from sayso.check.tables.table import Table

__all__ = [
    "MAX_BYTES",
    "Added",
    "Case",
    "Checked",
    "Evidence",
    "hedges",
    "knowledge",
    "ledgers",
    "lexicon",
    "read",
    "reader",
]

_TOGETHER = 32  # documents whose findings are kept at once: each time waits for the disk


@cache
def lexicon() -> Lexicon:
    """The word lists, loaded once."""
    return load()


@cache
def knowledge(actors: tuple[str, ...] = ()) -> Knowledge:
    """The word lists and tables of actors, loaded once. ``actors``: files of more (``.toml``, else FollowTheMoney)."""
    return load_knowledge(lexicon(), {str(Path(name).absolute()): _bytes(name) for name in actors})


@cache
def reader() -> Reads:
    """The installed reader, loaded once. Raises BadReader."""
    from sayso.reader.session import Reader  # noqa: PLC0415 - numpy and the runtime are slow to import: --help needs none

    return Reader.load()


def hedges(claim: Claim) -> tuple[str, ...]:
    """The words that hedge a claim, in text order."""
    return hedges_of(claim, lexicon())


def read(where: str | PathLike[str]) -> Ledger:
    """The ledger of one article; nothing is kept.

    ``where``: a file in any format that sayso reads, or ``-`` for standard input. Raises NotFound or Unreadable;
    a file of several documents (``.jsonl``) gives its first.
    """
    for ledger in ledgers([fspath(where)]):
        if isinstance(ledger, SaysoError):
            raise ledger
        return ledger
    raise AssertionError("every input gives a ledger or an error")


def ledgers(
    arguments: Sequence[str], *, max_bytes: int = MAX_BYTES, actors: Sequence[str] = ()
) -> Iterator[Ledger | SaysoError]:
    """The ledger of each document that ``arguments`` name, in order, one at a time in memory.

    ``actors``: files of actors and their names beside those that sayso has: alias tables (TOML) or FollowTheMoney
    entities. What cannot be read comes as an error *value*, and the rest is done. Raises NotFound and BadLexicon where
    ``actors`` are none.
    """
    known = knowledge(tuple(actors))
    for document in _documents(arguments, max_bytes):
        yield document if isinstance(document, SaysoError) else study(document, reader(), known)


def _documents(arguments: Sequence[str], max_bytes: int) -> Iterator[Document | SaysoError]:
    stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()  # a service may be started without one
    for given in gather(arguments, stdin=stdin, max_bytes=max_bytes):
        if isinstance(given, SaysoError):
            yield given
        else:
            yield from read_bytes(given.raw, path=given.path)


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """A ledger that is in the case now.

    ``new`` is False where its document already was; the ledger is then the one that was kept, under the path by
    which the document first came. ``path`` is the one by which it came now.
    """

    ledger: Ledger
    path: str
    new: bool


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """An evidence table that was loaded. ``table``: name and hash, as findings have it; ``rows``: how many it has."""

    table: str
    format: str
    version: str | None
    rows: int
    notices: tuple[Notice, ...] = ()


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A document whose claims were compared with the tables. ``claims``: those that have findings."""

    document: DocumentRef
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]


class Case:
    """Ledgers kept in one file. Usable as a context manager.

    >>> with Case.open("desk.case", create=True) as case:  # doctest: +SKIP
    ...     for added in case.add(["examples"]):
    ...         print(added)
    ...     for claim in case.claims(Query(source="ministry")):
    ...         print(claim.content.text)
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shelf = LinkShelf(store)

    @classmethod
    def open(cls, path: str | PathLike[str], *, create: bool = False) -> Case:
        """The case at ``path``; made if it is not there and ``create`` is true. Raises NotFound, BadCase."""
        return cls(Store.open(Path(path), create=create))

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def add(
        self, arguments: Sequence[str], *, max_bytes: int = MAX_BYTES, actors: Sequence[str] = ()
    ) -> Iterator[Added | SaysoError]:
        """Read each document that ``arguments`` name and keep its ledger. ``actors``: as `ledgers` has them.

        What has been yielded is on the disk, whatever happens after. The same bytes again change nothing.
        """
        known = knowledge(tuple(actors))
        for document in _documents(arguments, max_bytes):
            if isinstance(document, SaysoError):
                yield document
            else:
                yield self._keep(document, known)

    def _keep(self, document: Document, known: Knowledge) -> Added:
        ref = document.ref
        if not self._store.has(ref.id):
            ledger = study(document, reader(), known)
            if self._store.save(ledger, added_at=_now()):
                return Added(ledger=ledger, path=ref.path, new=True)
        return Added(ledger=self._store.ledger(ref.id), path=ref.path, new=False)

    def documents(self) -> Iterator[Kept]:
        """The documents of the case by date of publication, those without one last."""
        return self._store.documents()

    def ledger(self, document: str) -> Ledger:
        """The ledger of the document with this id. Raises NotFound."""
        return self._store.ledger(document)

    def claim(self, claim: str) -> Claim:
        """The claim with this id. Raises NotFound."""
        return self._store.claim(claim)

    def claims(self, query: Query | None = None) -> Generator[Claim, None, None]:
        """The claims that fit, by date of their document, then document, then place in the text.

        They come from the open case as they are asked for: close what you do not read to its end.
        """
        for batch in self._store.claims(query or Query()):
            yield from batch

    def entities(self) -> tuple[CaseEntity, ...]:
        """Who the documents speak of, across all of them, by id; what is not certain is `possibly` the same."""
        known = knowledge().aliases
        ledgers = (self._store.ledger(kept.document.id) for kept in self.documents())
        titles = lexicon().abbreviations.titles
        return identify((e for ledger in ledgers for e in across(ledger, known)), known, titles)

    def link(self) -> Generator[str, None, None]:
        """Compare every document that was not yet with the others; its id comes once that is on the disk.

        Read to the end: clusters are redone last. Nothing is done where nothing has changed.
        """
        yield from bring_up_to_date(self._shelf, lexicon())

    def unlinked(self) -> int:
        """How many documents `link` has not seen."""
        return len(self._shelf.unlinked())

    def links(self) -> Iterator[Link]:
        """What stands between the documents: clusters, edges, variants and contradictions, each by ids."""
        yield from self._shelf.clusters()
        yield from edges(self._shelf.bonds())
        yield from self._shelf.variants()
        yield from self._shelf.contradictions()

    def cluster(self, claim: str) -> Cluster | None:
        """The claims that say the same as the one with this id, and their origins."""
        return self._shelf.cluster_of(claim)

    def check(
        self, arguments: Sequence[str], *, mappings: Sequence[str] = ()
    ) -> Iterator[Evidence | Checked | SaysoError]:
        """Compare the claims of the case with evidence tables, and keep the findings.

        The tables come first, then the documents. ``arguments``: files of tables; each is read once and kept in the
        case, by which it is known again. Without any, the tables that the case has are asked. ``mappings``: TOML files
        that tell what the columns of other tables mean. A table that cannot be used comes as an error value; without
        any, nothing is checked. Raises BadTable: a mapping that is none; NotFound: neither files nor kept tables.
        """
        # numpy is slow to import, and only this needs it
        from sayso.check.checking import Checker  # noqa: PLC0415
        from sayso.check.tables.loading import Group, groups  # noqa: PLC0415
        from sayso.check.tables.mapped import mapping  # noqa: PLC0415
        from sayso.check.words import check_words  # noqa: PLC0415
        from sayso.store.evidence import EvidenceShelf  # noqa: PLC0415

        shelf = EvidenceShelf(self._store)
        mapped = [mapping(_bytes(name), name) for name in mappings]
        files = []
        for file in tables(arguments):
            if isinstance(file, SaysoError):
                yield file
            else:
                files.append(file)
        loaded = [] if arguments else list(shelf.tables())
        if not arguments and not loaded:
            raise NotFound("no evidence table is in the case: name one, as in `sayso check CASE --with FILE`")
        for table in loaded:
            yield _evidence(table)
        for group in groups(files, mapped):
            found = shelf.kept(group, now=_now) if isinstance(group, Group) else group
            if isinstance(found, SaysoError):
                yield found
            else:
                loaded.append(found)
                yield _evidence(found)
        if not loaded:
            return
        checker = Checker(loaded, knowledge().aliases, check_words())
        documents = list(self.documents())
        for start in range(0, len(documents), _TOGETHER):
            done = [self._checked(checker, kept.document) for kept in documents[start : start + _TOGETHER]]
            self._store.save_findings([f for checked in done for f in checked.findings], checked_at=_now())
            yield from done
        for search in checker.searches():
            shelf.searched(search.table, at=_now(), questions=search.questions, unfound=search.unfound)

    def _checked(self, checker: Checker, document: DocumentRef) -> Checked:
        ledger = self._store.ledger(document.id)
        findings = tuple(checker.findings(ledger))
        about = {finding.claim for finding in findings}
        claims = tuple(claim for claim in ledger.claims if claim.id in about)
        return Checked(document=document, claims=claims, findings=findings)

    def weigh(self, path: str | PathLike[str]) -> Weighed:
        """What the evidence that the TOML file at ``path`` names adds up to, under its hypotheses and likelihoods.

        `link` should have been done before, and `check` where the file names findings. Raises BadHypotheses, NotFound.
        """
        name = fspath(path)
        weighed = weigh(hypotheses(_bytes(name), name), self)
        if waiting := self.unlinked():
            what = "1 document is" if waiting == 1 else f"{waiting:,} documents are"
            notice = f"{what} not linked: run `sayso link`, or copies may count as origins"
            weighed = msgspec.structs.replace(weighed, notices=(notice, *weighed.notices))
        return weighed

    def findings(self) -> Iterator[tuple[Finding, str]]:
        """All findings of the case with when they were made (ISO 8601), in the order in which they came."""
        return self._store.findings()


def _evidence(table: Table) -> Evidence:
    return Evidence(
        table=table.label, format=table.format, version=table.version, rows=table.size, notices=table.notices
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _bytes(name: str) -> bytes:
    for given in gather([name], stdin=io.BytesIO()):
        if isinstance(given, SaysoError):
            raise given
        return given.raw
    raise AssertionError("a file gives its bytes or an error")
