"""A file of another program, or of another case, taken into a case.

In:   a File or a folder of brat, a case.   Out: what was taken in, thing by thing; error values for what was not.
Knows nothing of: SQL, screens, how a file is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO, Literal, Protocol

import msgspec

from sayso.check.tables.files import File
from sayso.errors import BadImport, SaysoError
from sayso.imports.extractions import Extracted, extracted
from sayso.imports.ledgers import ledgers
from sayso.imports.marks import Mark, marks
from sayso.imports.recognise import Kind
from sayso.imports.ruling import ruling
from sayso.records import DocumentRef, Ledger
from sayso.review import Review, Ruling, Standings, brat, jsonl

What = Literal["document", "judgement", "actors"]
MAX_BYTES = 256 * 1024**2  # of a file that has to be read as a whole


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is in the case now. ``new`` is False where it already was. ``name``: to show it by. ``ledger``: of
    a document that was read, with its notices.
    """

    what: What
    id: str
    name: str
    new: bool
    ledger: Ledger | None = None


class Kept(Protocol):
    """A document of a case."""

    @property
    def document(self) -> DocumentRef: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What a case does with what it is given. ``keep`` and ``keep_actors``: False where it was there already.
    ``propose``: what the text bears out becomes claims, the rest is told.
    """

    review: Review
    documents: Callable[[], Iterator[Kept]]
    keep: Callable[[Ledger], bool]
    keep_actors: Callable[[bytes, str], bool]
    propose: Callable[[Extracted], Iterator[Taken | SaysoError]]


def take(file: File, kind: Kind, case: Desk, *, by: str | None) -> Iterator[Taken | SaysoError]:
    """Take in what ``file`` holds. ``by``: whose rulings they are where the file does not say."""
    match kind:
        case "ledgers":
            with closing(file.open()) as lines:
                for ledger in ledgers(lines, file.name):
                    yield ledger if isinstance(ledger, SaysoError) else _ledger(ledger, case)
        case "judgements":
            with closing(file.open()) as lines:
                text = (line.decode("utf-8", "replace") for line in lines)
                yield from _judgements(text, file.name, case)
        case "annotations":
            yield from _marks(marks(_whole(file), file.name), case, by)
        case "actors":
            new = case.keep_actors(_whole(file), file.name)
            yield Taken(what="actors", id=file.digest()[:16], name=file.name, new=new)
        case "langextract":
            with closing(file.open()) as lines:
                for found in extracted(lines, file.name):
                    if isinstance(found, SaysoError):
                        yield found
                    else:
                        yield from case.propose(found)
        case "documents":
            raise AssertionError("documents are added, as files of them are")


def _whole(file: File) -> bytes:
    with file.open() as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise BadImport(f"{file.name}: is larger than {MAX_BYTES // 1024**2} MB: part it")
    return raw


def _ledger(ledger: Ledger, case: Desk) -> Taken:
    ref = ledger.document.ref
    return Taken(what="document", id=ref.id, name=ref.path, new=case.keep(ledger))


def _judgements(lines: Iterator[str], name: str, case: Desk) -> Iterator[Taken | SaysoError]:
    sound = []
    for found in jsonl.read(lines, name=name):
        if isinstance(found, SaysoError):
            yield found
        else:
            sound.append(found)
    new: set[str] = set()
    refused = 0
    for judgement in case.review.take(sound):
        if isinstance(judgement, SaysoError):
            refused += 1
            yield judgement
        else:
            new.add(judgement.id)
            yield Taken(what="judgement", id=judgement.id, name=f"{judgement.act} by {judgement.by}", new=True)
    for _ in range(len({j.id for j in sound}) - len(new) - refused):
        yield Taken(what="judgement", id="", name="", new=False)


def _marks(found: Iterator[Mark | BadImport], case: Desk, by: str | None) -> Iterator[Taken | SaysoError]:
    documents = [kept.document for kept in case.documents()]
    machine = 0
    for mark in found:
        if isinstance(mark, SaysoError):
            yield mark
            continue
        if mark.machine:
            machine += 1
            continue
        of = _documents_of(mark, documents)
        if len(of) != 1:
            what = "is of no document of the case" if not of else f"may be of {len(of)} documents of the case"
            yield BadImport(f"{mark.place}: {what} ({mark.page or 'it names none'}): add the page it was made on")
            continue
        try:
            standings = case.review.standings(of[0].id)
            ruled = ruling(mark, standings, by=by)
            yield BadImport(f"{mark.place}: {ruled}") if isinstance(ruled, str) else _ruled(ruled, standings, case)
        except SaysoError as error:
            yield BadImport(f"{mark.place}: {error}")
    if machine:
        what = "annotation is" if machine == 1 else "annotations are"
        yield BadImport(f"{machine:,} {what} what sayso itself wrote, and nobody's ruling")


def _ruled(ruling: Ruling, standings: Standings, case: Desk) -> Taken:
    """The judgement; where its maker stands behind the claim as it is already, that."""
    if ruling.act == "accept":
        for judgement in standings[ruling.claims[0]].rulings:
            if judgement.by == " ".join(ruling.by.split()) and judgement.act not in ("reject", "unsure"):
                return Taken(what="judgement", id=judgement.id, name="", new=False)
    made = case.review.judge(ruling)
    return Taken(what="judgement", id=made.id, name=f"{made.act} by {made.by}", new=True)


def _documents_of(mark: Mark, documents: Sequence[DocumentRef]) -> list[DocumentRef]:
    if mark.sha256 is not None:
        return [ref for ref in documents if ref.sha256 == mark.sha256]
    if mark.page.startswith("urn:sayso:document:"):
        return [ref for ref in documents if ref.id == mark.page.rpartition(":")[2]]
    page = _bare(mark.page)
    return [ref for ref in documents if ref.url and _bare(ref.url) == page] if page else []


def _bare(address: str) -> str:
    """An address by which two are compared: without scheme, fragment and the last slash."""
    return address.partition("#")[0].partition("://")[2].rstrip("/").removeprefix("www.")


def take_brat(files: Mapping[str, File], case: Desk, *, by: str | None) -> Iterator[Taken | SaysoError]:
    """Rulings from a brat folder. ``files``: its .ann files by their stems, which are the ids of their documents.

    What a file has as the case has it is accepted, what it has otherwise is edited, added or rejected.
    """
    if by is None:
        raise BadImport("a brat folder does not say whose work it is: give --by NAME")
    known = {kept.document.id for kept in case.documents()}
    for stem, file in files.items():
        if stem not in known:
            yield BadImport(f"{file.name}: is of no document of the case: write the folder with `sayso export` first")
            continue
        with closing(file.open()) as stream:
            text = _text(stream, file.name)
        if isinstance(text, SaysoError):
            yield text
            continue
        try:
            standings = case.review.standings(stem)
            for ruled in list(brat.rulings(standings, text, by=by, name=file.name)):
                yield _ruled(ruled, standings, case)
        except SaysoError as error:
            yield error


def _text(stream: BinaryIO, name: str) -> str | BadImport:
    try:
        return stream.read(MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return BadImport(f"{name}: is not UTF-8 ({error.reason}): save it as that")
