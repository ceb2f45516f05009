"""What comes into a case: each ledger with the bytes that it was read from, and an entry in the log.

In:   documents, ledgers, actors, proposals of other programs.   Out: what is kept now.
Knows nothing of: what is done with it later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version

import msgspec

from sayso.case.reading import knowledge, lexicon, named_files, reader
from sayso.custody import Act
from sayso.errors import BadImport, SaysoError
from sayso.imports import Extracted, Taken
from sayso.inputs import Input
from sayso.read import read_bytes
from sayso.records import Document, Ledger
from sayso.resolve import Knowledge
from sayso.resolve.knowledge import load as load_knowledge
from sayso.store import ActorShelf, CustodyShelf, Store
from sayso.study import Studied, studied

SecondReader = Callable[[Studied, Knowledge], Ledger]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """A ledger that is in the case now.

    ``new`` is False where its document already was; the ledger is then the one that was kept, under the path by
    which the document first came. ``path`` is the one by which it came now.
    """

    ledger: Ledger
    path: str
    new: bool


class Intake:
    """The way into one case. ``by``: who is at work, as the log names them."""

    def __init__(self, store: Store, by: str | None) -> None:
        self._store = store
        self._custody = CustodyShelf(store)
        self._actors = ActorShelf(store)
        self._by = by
        self._loaded: tuple[tuple[str, ...], Knowledge] | None = None

    def knowledge(self, actors: tuple[str, ...] = ()) -> Knowledge:
        """The word lists, with the actors that the case keeps and those of more files; loaded anew as more are kept."""
        kept = self._actors.names()
        if not kept:
            return knowledge(actors)
        if actors:
            return load_knowledge(lexicon(), self._actors.files() | named_files(actors))
        if self._loaded is None or self._loaded[0] != kept:
            self._loaded = kept, load_knowledge(lexicon(), self._actors.files())
        return self._loaded[1]

    def document(
        self,
        document: Document,
        given: Input,
        known: Knowledge,
        *,
        again_of: str | None = None,
        second: SecondReader | None = None,
    ) -> Added:
        """The ledger of a document that was read from ``given``: all of it is kept, or nothing.

        ``again_of``: the last hash in the log of the case that had it before. ``second``: what a second reader makes
        of it.
        """
        ref = document.ref
        if not self._store.has(ref.id):
            read = studied(document, reader(), known)
            ledger = read.ledger if second is None else second(read, known)
            if self._ledger("added" if again_of is None else "reread", ledger, given, again_of):
                return Added(ledger=ledger, path=ref.path, new=True)
        return Added(ledger=self._store.ledger(ref.id), path=ref.path, new=False)

    def ledger(self, ledger: Ledger) -> bool:
        """A ledger that was made elsewhere; False where its document is there already."""
        return self._ledger("imported", ledger, None)

    def actors(self, raw: bytes, name: str) -> bool:
        """A file of actors, with which all is read from then on. Raises BadLexicon."""
        kept = self._actors.files()
        if raw in kept.values():
            return False
        load_knowledge(lexicon(), kept | {name: raw})  # raises BadLexicon where they are none
        return self._actors.save(raw, name=name, added_at=now())

    def proposals(self, found: Extracted) -> Iterator[Taken | SaysoError]:
        """A text with what another program says is in it: the ledger has of that what can be vouched for."""
        from sayso.second.extractions import has_extractions, with_extractions  # noqa: PLC0415 - only this needs it

        raw = found.text.encode()
        document = next(read_bytes(raw, path=found.name))
        if isinstance(document, SaysoError):
            yield document
        elif not self._store.has(document.ref.id):
            second = with_extractions(document, found.proposals, reader(), self.knowledge())
            new = self._ledger("imported", second.ledger, Input(found.name, raw))
            yield Taken(what="document", id=document.ref.id, name=found.name, new=new)
            for words, reason in second.refused:
                yield BadImport(f"{found.name}: “{words}” became no claim: {reason}")
        elif has_extractions(self._store.ledger(document.ref.id)):
            yield Taken(what="document", id=document.ref.id, name=found.name, new=False)
        else:
            yield BadImport(f"{found.name}: is in the case, as it was read: import proposals before you add the text")

    def log(self, act: Act, about: str | None = None, **detail: str | int | None) -> None:
        """One more entry in the log."""
        self._custody.log(act, at=now(), by=self._by, about=about, detail=detail | {"sayso": version("sayso")})

    def _ledger(self, act: Act, ledger: Ledger, given: Input | None, again_of: str | None = None) -> bool:
        ref = ledger.document.ref
        with self._store.writing():
            if not self._store.save(ledger, added_at=now()):
                return False
            detail: dict[str, str | int | None] = {"path": ref.path, "sha256": ref.sha256, "claims": len(ledger.claims)}
            if given is not None:
                detail |= {"original": self._custody.keep(ref.id, given.path, given.raw), "reader": reader().name}
            if again_of is not None:
                detail["again_of"] = again_of
            self.log(act, ref.id, **detail, ledger=self._custody.ledger_digest(ref.id))
        return True


def now() -> str:
    """The time, UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")
