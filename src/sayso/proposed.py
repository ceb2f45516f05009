"""What other programs propose: whether it is faithful to a text; a second reader's claims in the ledger.

In:   texts, claims, settings, as a user names them.   Out: Vetted, Ledgers.
Knows nothing of: screens and formats; what is kept (case).
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sayso.case import MAX_BYTES, knowledge, reader
from sayso.errors import BadEndpoint, SaysoError, Unreadable
from sayso.inputs import gather
from sayso.read import read_bytes
from sayso.records import Document, Ledger, Notice
from sayso.resolve import Knowledge
from sayso.second import Second, Settings, second_reading, settings
from sayso.second.asking import Answer, answer, requests
from sayso.study import Studied, studied
from sayso.vet import Page, Proposal, Vetted, of_record, proposals
from sayso.vet import vet as vet_page

__all__ = ["SecondReading", "second_ledgers", "vet", "vet_file"]


def vet(text: str, claims: Iterable[Mapping[str, Any] | str]) -> tuple[Vetted, ...]:
    """Whether claims that another program made are faithful to a text, field by field, in their order.

    ``claims``: objects with at least ``content``, and ``source``, ``cue``, ``said_at``, ``via`` … where they have
    them, each a string or an object with ``text`` and ``spans``; sayso's own records; lines of LangExtract's JSONL as
    objects; or contents alone. Raises Unreadable: one is no claim, or the text is none.
    """
    given: list[Proposal] = []
    for number, claim in enumerate(claims, 1):
        try:
            given += of_record({"content": claim} if isinstance(claim, str) else claim, number)
        except ValueError as error:
            raise Unreadable(f"claim {number}: {error}") from error
    (document,) = read_bytes(text.encode(), path="text.txt")
    if not isinstance(document, Document):
        raise document
    return tuple(vet_page(_page(studied(document, reader(), knowledge())), given))


def vet_file(text: str, claims: str, *, max_bytes: int = MAX_BYTES) -> Iterator[Vetted | SaysoError]:
    """`vet` for a file of any format that sayso reads and a file of claims as JSON Lines.

    A line that is no claim comes as an error *value*, and the rest is done. Raises NotFound, Unreadable.
    """
    given = list(proposals(_bytes(claims), claims))
    found = _documents([text], max_bytes)
    document = next(found, None) or Unreadable(f"{text}: holds no document")
    if isinstance(document, SaysoError):
        raise document
    if next(found, None) is not None:
        raise Unreadable(f"{text}: holds several documents; give the one that the claims are about")
    yield from (one for one in given if isinstance(one, SaysoError))
    page = _page(studied(document, reader(), knowledge()))
    yield from vet_page(page, [one for one in given if isinstance(one, Proposal)])


def second_ledgers(
    arguments: Sequence[str], second: str, *, network: bool, max_bytes: int = MAX_BYTES, actors: Sequence[str] = ()
) -> Iterator[Ledger | SaysoError]:
    """`case.ledgers`, with what the second reader that the TOML file ``second`` names proposes and vet finds faithful.

    What it proposed, what was refused and why, tokens and cost are notices of each ledger. Where it cannot be asked,
    the ledger comes without it, and an error value after it. Raises BadEndpoint: the settings cannot be used.
    """
    found = SecondReading(second, network=network)
    known = knowledge(tuple(actors))
    for document in _documents(arguments, max_bytes, network=network):
        if isinstance(document, SaysoError):
            yield document
        else:
            yield found(studied(document, reader(), known), known)
            yield from found.faults()


class SecondReading:
    """What a second reader makes of documents, as `sayso.Case.add` takes one. Raises BadEndpoint: the settings of the
    TOML file ``second`` cannot be used. ``network``: it may be on another machine.
    """

    def __init__(self, second: str, *, network: bool) -> None:
        self._chosen = settings(_bytes(second), second, os.environ, network=network)
        self._faults: list[SaysoError] = []

    def __call__(self, read: Studied, known: Knowledge) -> Ledger:
        """The ledger with what is proposed and faithful; notices tell the rest."""
        answers, paid, fault = _answers(read, self._chosen)
        found = second_reading(read, answers, self._chosen.model, known)
        path = read.ledger.document.ref.path
        if fault is not None:
            self._faults.append(BadEndpoint(f"{path}: the second reader was not asked to the end: {fault}"))
        elif bad := sum(not given.usable for given in answers):
            told = f"{bad} of {len(answers)} answers of the second reader are not the JSON that was asked for"
            self._faults.append(BadEndpoint(f"{path}: {told}: ask again, or another model"))
        notices = (*found.ledger.notices, *_told(found, self._chosen, answers, paid))
        return msgspec.structs.replace(found.ledger, notices=notices)

    def faults(self) -> Iterator[SaysoError]:
        """What went wrong since this was asked last."""
        faults, self._faults = self._faults, []
        yield from faults


def _documents(arguments: Sequence[str], max_bytes: int, *, network: bool = False) -> Iterator[Document | SaysoError]:
    stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()  # a service may be started without one
    for given in gather(arguments, stdin=stdin, max_bytes=max_bytes, network=network):
        if isinstance(given, SaysoError):
            yield given
        else:
            yield from read_bytes(given.raw, path=given.path)


def _bytes(name: str) -> bytes:
    given = next(gather([name], stdin=io.BytesIO()))
    if isinstance(given, SaysoError):
        raise given
    return given.raw


def _page(read: Studied) -> Page:
    return Page(read.ledger, read.parsed, read.syntax, knowledge())


def _answers(read: Studied, chosen: Settings) -> tuple[list[Answer], list[Answer], SaysoError | None]:
    """All answers, those of them that were paid for now, and what stopped the asking."""
    from sayso.second.endpoint import ask  # noqa: PLC0415 - what needs no network does not load it
    from sayso.second.kept import Kept  # noqa: PLC0415 - as above

    kept = Kept(chosen.cache)
    answers, paid = [], []
    try:
        for body in requests(read.parsed.text, chosen):
            response = kept.get(chosen.base_url, body)
            if response is not None:
                answers.append(answer(response))
                continue
            response = ask(body, chosen)
            answers.append(answer(response))
            paid.append(answers[-1])
            if answers[-1].usable:
                kept.put(chosen.base_url, body, response)
    except BadEndpoint as error:
        return answers, paid, error
    return answers, paid, None


def _told(found: Second, chosen: Settings, answers: Sequence[Answer], paid: Sequence[Answer]) -> Iterator[Notice]:
    """What came of it, what it cost, and each proposal that was refused, with the reason."""
    counts = (
        f"{found.proposed} proposed, {found.added} added, {found.agreed} already there, {len(found.refused)} refused"
    )
    yield Notice(stage="second reader", message=f"{chosen.model}: {counts}; {_cost(chosen, answers, paid)}")
    for words, reason in found.refused:
        yield Notice(stage="second reader", message=f"refused: “{' '.join(words.split())[:120]}”: {reason}")


def _cost(chosen: Settings, answers: Sequence[Answer], paid: Sequence[Answer]) -> str:
    if answers and not paid:
        return "answers kept from before, nothing paid"
    told = [(a.asked, a.answered) for a in paid if a.asked is not None and a.answered is not None]
    if len(told) < len(paid) or not told:
        return "the endpoint does not tell how many tokens"
    asked, answered = (sum(column) for column in zip(*told, strict=True))
    tokens = f"{asked:,} tokens asked, {answered:,} answered"
    if chosen.price is None:
        return f"{tokens}; no price is given"
    price = chosen.price
    return f"{tokens}, {(asked * price.asked + answered * price.answered) / 1e6:.4f} {price.unit}"
