"""A case: ledgers kept in one SQLite file, and all that can be asked of them.

In:   what a user names.   Out: ledgers, claims, links, findings, weights.
Knows nothing of: screens and formats (cli, publish).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from sayso.case.intake import Added, Intake, SecondReader, now
from sayso.case.reading import bytes_of, documents, hypotheses_of, lexicon
from sayso.check.findings import Finding, Searched
from sayso.custody import Entry, Vouched
from sayso.decisions.sources import letters, newest
from sayso.errors import NotFound, SaysoError, Unreadable
from sayso.imports import START, Desk, Taken, recognise, take, take_brat
from sayso.inputs import MAX_BYTES, Input, brat_files, tables
from sayso.link import edges
from sayso.link.decided import Decided
from sayso.link.upkeep import bring_up_to_date
from sayso.links import Cluster, Link
from sayso.people import People
from sayso.publish.rulings import state
from sayso.query import Query
from sayso.read import read_bytes
from sayso.records import Claim, DocumentRef, Ledger, Notice
from sayso.resolve.aliases.identity import CaseEntity
from sayso.review import Review
from sayso.store import Catalogue, CustodyShelf, JudgementShelf, Kept, LinkShelf, Original, Store
from sayso.weigh import Weighed, weigh
from sayso.weigh.hypotheses import Hypotheses, Source, with_letters

if TYPE_CHECKING:
    from sayso.check.checking import Checker
    from sayso.check.tables.table import Table

_TOGETHER = 32  # documents whose findings are kept at once: each time waits for the disk


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """An evidence table that was loaded. ``table``: name and hash, as findings have it; ``rows``: how many it has."""

    table: str
    format: str
    version: str | None
    rows: int
    notices: tuple[Notice, ...] = ()


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A document whose claims were compared with the tables. ``claims``: those that have findings; ``unasked``: those
    that asked nothing, each with why.
    """

    document: DocumentRef
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    unasked: tuple[tuple[Claim, str], ...] = ()


class Case:
    """Ledgers kept in one file. Usable as a context manager.

    ``catalogue``: the list of its claims, page by page with counts, and the searches that were saved.

    >>> with Case.open("desk.case", create=True) as case:  # doctest: +SKIP
    ...     for added in case.add(["examples"]):
    ...         print(added)
    ...     for claim in case.claims(Query(source="ministry")):
    ...         print(claim.content.text)
    """

    def __init__(self, store: Store, *, by: str | None = None) -> None:
        self._store = store
        self._shelf = LinkShelf(store)
        self._custody = CustodyShelf(store)
        self._intake = Intake(store, by)
        self._judgements = JudgementShelf(store)
        self.catalogue = Catalogue(store)
        self.people = People(store, lambda: (self._intake.knowledge().aliases, lexicon().abbreviations.titles))

    @classmethod
    def open(cls, path: str | PathLike[str], *, create: bool = False, by: str | None = None) -> Case:
        """The case at ``path``; made if it is not there and ``create`` is true. Raises NotFound, BadCase.

        ``by``: who is at work, as the log of the case shall name them.
        """
        return cls(Store.open(Path(path), create=create), by=by)

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def add(
        self,
        arguments: Sequence[str],
        *,
        max_bytes: int = MAX_BYTES,
        actors: Sequence[str] = (),
        network: bool = False,
        second: SecondReader | None = None,
    ) -> Iterator[Added | SaysoError]:
        """Read each document that ``arguments`` name and keep its ledger. ``actors``, ``network``: as `ledgers` has.
        ``second``: a second reader, as `sayso.proposed` makes one.

        What has been yielded is on the disk, whatever happens after. The same bytes again change nothing.
        """
        known = self._intake.knowledge(tuple(actors))
        for given in documents(arguments, max_bytes, network=network):
            yield given if isinstance(given, SaysoError) else self._intake.document(*given, known, second=second)

    def add_bytes(self, raw: bytes, *, path: str) -> Iterator[Added | SaysoError]:
        """Keep the ledgers of the documents in ``raw``, as `add` does with those of files. ``path``: its name."""
        if len(raw) > MAX_BYTES:
            yield Unreadable(f"{path}: is larger than the limit of {MAX_BYTES // 1024**2} MB")
            return
        known, given = self._intake.knowledge(), Input(path, raw)
        for document in read_bytes(raw, path=path):
            yield document if isinstance(document, SaysoError) else self._intake.document(document, given, known)

    def take(self, argument: str, *, by: str | None = None) -> Iterator[Taken | SaysoError]:
        """Take in what another program or another case wrote: ledgers, judgements, Web Annotations, a brat folder,
        actors as FollowTheMoney entities, with which all is read from then on; documents are added. What a file is, its
        content tells.

        ``by``: whose rulings they are where the file does not say. What has been yielded is on the disk; what could not
        be taken comes as an error value. Raises BadImport: nothing of it can be.
        """
        if Path(argument).is_dir():
            yield from take_brat(brat_files(argument), self._desk, by=by)
            return
        for file in tables([argument]):
            if isinstance(file, SaysoError):
                yield file
            elif (kind := recognise(file.start(START), file.name)) != "documents":
                yield from take(file, kind, self._desk, by=by)
            else:
                yield from map(_taken, self.add([argument]))

    @property
    def _desk(self) -> Desk:
        intake = self._intake
        return Desk(self.review, self.documents, intake.ledger, intake.actors, intake.proposals)

    def documents(self) -> Iterator[Kept]:
        """The documents of the case by date of publication, those without one last."""
        return self._store.documents()

    def ledger(self, document: str) -> Ledger:
        """The ledger of the document with this id. Raises NotFound."""
        return self._store.ledger(document)

    def left(self, document: str) -> Ledger:
        """The ledger with people's values in place, without what they rejected: what is linked, checked and weighed.
        Raises NotFound.
        """
        return self._judgements.left(document)

    def claim(self, claim: str) -> Claim:
        """The claim with this id, also one that only people have made, as people have left it; as it was where it does
        not stand any more (`gone`). Raises NotFound.
        """
        return self._judgements.claim(claim)

    def gone(self) -> Mapping[str, str]:
        """The claims that do not stand any more, by id, with what people did: "rejected by Ida Moor"."""
        return {name: state(standing) for name, standing in self.review.gone().items()}

    def claims(self, query: Query | None = None) -> Generator[Claim, None, None]:
        """The claims that fit, by date of their document, then document, then place in the text.

        They come from the open case as they are asked for: close what you do not read to its end.
        """
        for batch in self._store.claims(query or Query()):
            yield from batch

    def entities(self) -> tuple[CaseEntity, ...]:
        """Who the documents speak of, across all of them, as people have decided, by id; what is not certain is
        `possibly` the same.
        """
        for _ in self.people.bring_up_to_date():
            pass
        return self.people.entities()

    def link(self) -> Generator[str, None, None]:
        """Compare every document that was not yet with the others, and each on which people ruled otherwise since;
        its id comes once that is on the disk.

        Origins are counted with who is one, and who is two, as people have decided. Read to the end: clusters are
        redone last. Nothing is done where nothing has changed.
        """
        waiting, decisions, ruled = self.unlinked(), self.people.later(), self.overruled()
        if waiting or decisions or ruled:
            self._intake.log("linked", documents=waiting, decisions=decisions, ruled=ruled or None)
        for _ in self.people.bring_up_to_date():
            pass
        yield from bring_up_to_date(self._shelf, lexicon(), self.people.for_links())

    def unlinked(self) -> int:
        """How many documents `link` has not seen."""
        return self._shelf.waiting()

    def overruled(self) -> int:
        """Of how many linked documents people have made other claims since."""
        return len(self._shelf.overruled())

    def linked(self, document: str) -> Ledger:
        """A ledger as people had left it for the links, which it may be read with. Raises NotFound."""
        return self._shelf.ledger(document)

    def decided(self) -> Decided:
        """Who is one and who is two on people's word, as the links go by it."""
        return self._shelf.decided()

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
        mapped = [mapping(bytes_of(name), name) for name in mappings]
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
            found = shelf.kept(group, now=now) if isinstance(group, Group) else group
            if isinstance(found, SaysoError):
                yield found
            else:
                loaded.append(found)
                yield _evidence(found)
        if not loaded:
            return
        for table in loaded:
            self._intake.log("checked", table=table.label, rows=table.size)
        checker = Checker(loaded, self._intake.knowledge().aliases, check_words())
        everything = list(self.documents())
        for start in range(0, len(everything), _TOGETHER):
            done = [self._checked(checker, kept.document) for kept in everything[start : start + _TOGETHER]]
            self._store.save_findings([f for checked in done for f in checked.findings], checked_at=now())
            yield from done
        for search in checker.searches():
            shelf.searched(search.table, at=now(), questions=search.questions, unfound=search.unfound)

    def _checked(self, checker: Checker, document: DocumentRef) -> Checked:
        ledger = self.left(document.id)
        findings = tuple(checker.findings(ledger))
        about = {finding.claim for finding in findings}
        claims = tuple(claim for claim in ledger.claims if claim.id in about)
        return Checked(document=document, claims=claims, findings=findings, unasked=checker.unasked(ledger))

    def weigh(self, asked: str | PathLike[str] | Hypotheses) -> Weighed:
        """What the evidence that a TOML file names adds up to, under its hypotheses and likelihoods.

        ``asked``: the file, or what was read from one. Letters of sources that it does not give are those of the case.
        `link` should have been done before, and `check` where the file names findings. Raises BadHypotheses,
        NotFound.
        """
        asked = asked if isinstance(asked, Hypotheses) else hypotheses_of(asked)
        weighed = weigh(with_letters(asked, self._letters()), self)
        return msgspec.structs.replace(weighed, notices=(*self._outdated(), *weighed.notices))

    def _outdated(self) -> tuple[str, ...]:
        """What came after the links, a sentence each, and what follows of it."""
        notices = []
        if waiting := self.unlinked():
            what = "1 document is" if waiting == 1 else f"{waiting:,} documents are"
            notices.append(f"{what} not linked: run `sayso link`, or copies may count as origins")
        if later := self.people.later():
            what = "1 decision" if later == 1 else f"{later:,} decisions"
            notices.append(f"{what} on who is one came after the links: run `sayso link`, or origins count as before")
        if ruled := self.overruled():
            what = "1 document" if ruled == 1 else f"{ruled:,} documents"
            notices.append(f"people ruled on claims of {what} after the links: run `sayso link`, or they are as before")
        return tuple(notices)

    def original(self, document: str) -> Original:
        """The bytes that the document with this id was read from, as they came. Raises NotFound."""
        return self._custody.original(document)

    def custody(self) -> Iterator[Entry]:
        """What was done to the case, in order: each entry carries the hash of the one before it."""
        return self._custody.entries()

    def verify(self) -> Iterator[Vouched]:
        """Hash everything again that the log vouches for: originals, texts, claims, judgements, the log itself."""
        return self._custody.vouched()

    @property
    def review(self) -> Review:
        """What people rule on the claims, and what that adds up to; the machine's values stay as they are."""
        return Review(self._judgements, lambda: datetime.now(UTC))

    def _letters(self) -> tuple[Source, ...]:
        if not newest(self.people.decisions()):
            return ()
        return letters(self.people.sources(self.entities(), (), ()))

    def findings(self) -> Iterator[tuple[Finding, str]]:
        """The findings on claims that stand with when they were made (ISO 8601), in the order in which they came."""
        gone = self.review.gone()
        return ((finding, at) for finding, at in self._store.findings() if finding.claim not in gone)

    def searches(self) -> Iterator[Searched]:
        """Each search of an evidence table in order, those that found nothing among them."""
        from sayso.store.evidence import EvidenceShelf  # noqa: PLC0415 - as in `check`

        return EvidenceShelf(self._store).searches()


def _evidence(table: Table) -> Evidence:
    return Evidence(
        table=table.label, format=table.format, version=table.version, rows=table.size, notices=table.notices
    )


def _taken(added: Added | SaysoError) -> Taken | SaysoError:
    if isinstance(added, SaysoError):
        return added
    ref = added.ledger.document.ref
    return Taken(what="document", id=ref.id, name=added.path, new=added.new, ledger=added.ledger)
