"""A small ledger to rule on, and rulings in few words.

In:   nothing.   Out: a Ledger; Judgements made on it as the desk makes them.
Knows nothing of: stores.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any

from sayso.records import Claim, Document, DocumentRef, Ledger, Source, claim_id, document_id, phrase
from sayso.review import Alike, Counts, Review, Ruling, Standings, Waiting, Wording
from sayso.review.judgements import Judgement, touched
from sayso.spans import Span

TEXT = """\
Ann Lee, who runs the harbour office, said on Monday that the bridge was safe and that the ferry would sail.

"We checked every bolt," she told reporters. The ministry denied that Tom Reyk had said the mole was closed.
"""
ANN, BEN, CAT = "Ann", "Ben", "Cat"


def at(words: str, text: str = TEXT) -> tuple[Span, ...]:
    """The place of each piece of ``words``, cut at "…"."""
    return tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in words.split("…"))


def claim(document: Document, source: str | None, cue: str | None, content: str, **fields: Any) -> Claim:
    text = document.text
    spans = at(content, text)
    said_by = phrase(text, at(source, text)) if source else None
    given: dict[str, Any] = {"kind": "indirect", "found_by": "reader:1", "score": 0.5} | fields
    return Claim(
        id=claim_id(document.ref.id, spans),
        document=document.ref,
        source=Source(spans=said_by.spans, text=said_by.text, name=said_by.text) if said_by else None,
        cue=phrase(text, at(cue, text)) if cue else None,
        content=phrase(text, spans),
        **given,
    )


def a_ledger(text: str = TEXT, path: str = "harbour.txt") -> Ledger:
    raw = text.encode()
    ref = DocumentRef(id=document_id(raw), path=path, sha256=hashlib.sha256(raw).hexdigest())
    document = Document(ref=ref, text=text)
    bridge = claim(document, "Ann Lee", "said on", "that the bridge was safe and that the ferry would sail", score=0.9)
    bolt = claim(document, "she", "told", '"We checked every bolt,"', kind="direct", score=0.8)
    mole = claim(document, "The ministry", "denied", "that Tom Reyk had said the mole was closed", score=0.3)
    inner = claim(document, "Tom Reyk", "had said", "the mole was closed", via=mole.id, score=0.4)
    return Ledger(document=document, claims=(bridge, bolt, mole, inner))


class Desk(Review):
    """A review of ledgers in memory, with a clock that stands still."""

    def __init__(self, *ledgers: Ledger) -> None:
        self.shelf = Memory(ledgers)
        super().__init__(self.shelf, lambda: datetime(2031, 5, 6, tzinfo=UTC))

    def rule(self, act: Any, by: str, *claims: Claim | str, wordings: Sequence[Wording] = (), **more: Any) -> Judgement:
        names = tuple(c if isinstance(c, str) else c.id for c in claims)
        return self.judge(Ruling(act=act, by=by, claims=names, wordings=tuple(wordings), **more))

    def undo(self, judgement: Judgement) -> Judgement:
        return self.judge(Ruling(act="undo", by=judgement.by, undoes=judgement.id))


class Memory:
    """A `sayso.review.desk.Shelf` without a file."""

    def __init__(self, ledgers: Sequence[Ledger]) -> None:
        self.ledgers = {ledger.document.ref.id: ledger for ledger in ledgers}
        self.kept: list[Judgement] = []

    def together(self) -> AbstractContextManager[None]:
        return nullcontext()

    def ledger(self, document_id: str) -> Ledger:
        return self.ledgers[document_id]

    def has(self, document_id: str) -> bool:
        return document_id in self.ledgers

    def document_of(self, claim_id: str) -> str:
        machine = {claim.id: ledger.document.ref.id for ledger in self.ledgers.values() for claim in ledger.claims}
        return ({name: j.document for j in self.kept for name in touched(j)} | machine)[claim_id]

    def of_document(self, document_id: str) -> Sequence[Judgement]:
        return [judgement for judgement in self.kept if judgement.document == document_id]

    def judgement(self, judgement_id: str) -> Judgement:
        return next(judgement for judgement in self.kept if judgement.id == judgement_id)

    def upset(self) -> Sequence[str]:
        return self.judged()

    def judged(self) -> Sequence[str]:
        return sorted({judgement.document for judgement in self.kept})

    def keep(self, judgements: Sequence[Judgement], _: Standings, *, at: str) -> int:  # noqa: ARG002 - the protocol
        self.kept += judgements
        return len(judgements)

    def waiting(self, *_: object) -> Any:
        return iter(tuple[Waiting]())

    def counts(self, _: str | None) -> Counts:
        return Counts(states={}, judgements=len(self.kept))

    def alike(self, *_: object) -> Sequence[Alike]:
        return ()
