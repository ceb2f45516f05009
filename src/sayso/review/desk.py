"""The review of a case: one way in for every ruling, and what is asked of them.

In:   Rulings, what a Shelf keeps, a clock.   Out: Judgements kept; Standings, Ledgers as reviewed, histories, a queue.
Knows nothing of: SQL, screens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Protocol

import msgspec
from msgspec import UNSET

from sayso.errors import BadJudgement, NotFound
from sayso.records import Claim, Ledger
from sayso.review.agreement import Agreement, Reviewer, agreement, reviewers
from sayso.review.judgements import Judgement, Ruling, sealed
from sayso.review.making import check, made, named
from sayso.review.standing import Entry, Standing, Standings, State, in_force

_TICK = timedelta(microseconds=1)
_AHEAD = timedelta(days=1)  # of a clock that may be wrong; what is later would drag all that is ruled here after it

# What of others' rulings may wait for a look, beside claims that nobody has ruled on.
WAITING: tuple[State, ...] = ("unreviewed", "changed", "disputed", "unsure")


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in the queue. ``score``: the machine's; the least sure comes first."""

    claim: Claim
    state: State


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of another document with the same words from a source of the same name, on which ``people`` ruled.

    ``version``: that document came by the same path, so it is likely this one before or after a change.
    """

    claim: str
    document: str
    state: State
    people: tuple[str, ...]
    version: bool = False


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many claims of the machine or of people are in each state."""

    states: dict[str, int]
    judgements: int


class Shelf(Protocol):
    """What keeps judgements."""

    def together(self) -> AbstractContextManager[None]: ...  # nobody else writes within
    def ledger(self, document_id: str) -> Ledger: ...
    def has(self, document_id: str) -> bool: ...
    def document_of(self, claim_id: str) -> str: ...
    def of_document(self, document_id: str) -> Sequence[Judgement]: ...
    def judgement(self, judgement_id: str) -> Judgement: ...
    def judged(self) -> Sequence[str]: ...
    def upset(self) -> Sequence[str]: ...
    def keep(self, judgements: Sequence[Judgement], standings: Standings, *, at: str) -> int: ...
    def waiting(self, states: Sequence[State], document_id: str | None, limit: int, skip: int) -> Iterator[Waiting]: ...
    def counts(self, document_id: str | None) -> Counts: ...
    def alike(self, claim: Claim, limit: int) -> Sequence[Alike]: ...


class Review:
    """The judgements of one case. All methods raise BadCase as those of Case do."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime]) -> None:
        self._shelf = shelf
        self._clock = clock

    def judge(self, ruling: Ruling) -> Judgement:
        """Keep what a person rules. It is on the disk when this returns, whoever else writes.

        Raises NotFound, and BadJudgement for what cannot be ruled so.
        """
        check(ruling)
        document = self._document(ruling)
        with self._shelf.together():
            before = self.standings(document)
            shown = before if ruling.seen is UNSET else before.until(ruling.seen)
            # Not `shown.last`: of an id that is not known, all there is counts as seen.
            seen = shown.last
            judgement = made(
                ruling,
                _on(ruling, shown),
                before.ledger.document,
                at=self._now(before),
                seen=seen,
                taken=_taken(ruling, before),
            )
            if ruling.act == "undo":
                _may_undo(judgement, before)
            self._shelf.keep([judgement], Standings(before.ledger, (*before.judgements, judgement)), at=judgement.at)
        return judgement

    def standings(self, document: str) -> Standings:
        """The state of each claim of a document. Raises NotFound."""
        return Standings(self._shelf.ledger(document), self._shelf.of_document(document))

    def standing(self, claim: str) -> Standing:
        """The state of one claim, the machine's or a person's. Raises NotFound."""
        return self.standings(self._shelf.document_of(claim))[claim]

    def document_of(self, claim: str) -> str:
        """The id of the document of a claim, the machine's or a person's. Raises NotFound."""
        return self._shelf.document_of(claim)

    def ledger(self, document: str) -> Ledger:
        """The ledger with people's values in place and without what they rejected. Raises NotFound."""
        return self.standings(document).reviewed()

    def gone(self) -> dict[str, Standing]:
        """The claims, the machine's and people's, that do not stand: rejected, made into others, withdrawn."""
        found: dict[str, Standing] = {}
        for standings in map(self.standings, self._shelf.upset()):
            stand = {claim.id for claim in standings.reviewed().claims}
            found |= {s.claim.id: s for s in standings if s.claim.id not in stand}
        return found

    def history(self, claim: str) -> tuple[Entry, ...]:
        """All rulings on a claim, on what it was made of and what was made of it, oldest first. Raises NotFound."""
        return self.standings(self._shelf.document_of(claim)).history(claim)

    def queue(
        self, *, states: Sequence[State] = WAITING, document: str | None = None, limit: int = 50, skip: int = 0
    ) -> tuple[Waiting, ...]:
        """What to look at next: of these states, the least sure first."""
        return tuple(self._shelf.waiting(states, document, limit, skip))

    def counts(self, document: str | None = None) -> Counts:
        """How many claims are in each state, in the case or in one document."""
        return self._shelf.counts(document)

    def alike(self, claim: Claim, *, limit: int = 3) -> tuple[Alike, ...]:
        """Claims of other documents with the same words from the same source on which people agree so far."""
        return tuple(self._shelf.alike(claim, limit))

    def judgements(self, *, document: str | None = None) -> Iterator[Judgement]:
        """All judgements, document by document, oldest first."""
        for name in [document] if document else self._shelf.judged():
            yield from self.standings(name).judgements

    def reviewers(self) -> tuple[Reviewer, ...]:
        """What each reviewer did."""
        return reviewers(map(self.standings, self._shelf.judged()))

    def agreement(self) -> Agreement:
        """How far reviewers agree on the machine's claims."""
        return agreement(map(self.standings, self._shelf.judged()))

    def take(self, judgements: Iterable[Judgement]) -> Iterator[Judgement | BadJudgement]:
        """Keep judgements that were made elsewhere; those that were not here yet are yielded. Again changes nothing.

        One that cannot be kept comes as an error value: of a document that is not in the case, altered since it was
        made, or made at no time that has been.
        """
        of_document: dict[str, list[Judgement]] = {}
        latest = (self._clock() + _AHEAD).isoformat(timespec="microseconds")
        for judgement in judgements:
            if not _is_time(judgement.at) or judgement.at > latest:
                yield BadJudgement(f"judgement {judgement.id}: {judgement.at[:40]!r} is no time that has been (in UTC)")
            elif sealed(judgement).id != judgement.id:
                yield BadJudgement(f"judgement {judgement.id}: it was altered since it was made: take the original")
            elif not self._shelf.has(judgement.document):
                yield BadJudgement(
                    f"judgement {judgement.id}: document {judgement.document} is not in the case: add it first"
                )
            else:
                of_document.setdefault(judgement.document, []).append(judgement)
        for name, own in of_document.items():
            with self._shelf.together():
                before = self.standings(name)
                known = {judgement.id for judgement in before.judgements}
                text = before.ledger.document.text
                sound = [j for j in own if j.id not in known and _lawful(j, text)]
                at = self._clock().isoformat(timespec="microseconds")
                self._shelf.keep(sound, Standings(before.ledger, (*before.judgements, *sound)), at=at)
            for judgement in own:
                if judgement in sound:
                    yield judgement
                elif judgement.id not in known:
                    yield BadJudgement(f"judgement {judgement.id}: its claims are not of this text, word for word")

    def _document(self, ruling: Ruling) -> str:
        if ruling.act == "add":
            if ruling.document is None:
                raise BadJudgement("add: say to which document, by its id")
            return ruling.document
        if ruling.undoes is not None:
            return self._shelf.judgement(ruling.undoes).document
        of = {self._shelf.document_of(claim) for claim in ruling.claims}
        if len(of) > 1:
            raise BadJudgement(f"{ruling.act}: the claims are of {len(of)} documents, and a claim is of one")
        return of.pop()

    def _now(self, before: Standings) -> str:
        """The time, and always later than the last judgement on the document, even if the clock was set back."""
        now = self._clock()
        if before.judgements:
            now = max(now, datetime.fromisoformat(before.judgements[-1].at) + _TICK)
        return now.isoformat(timespec="microseconds")


def _on(ruling: Ruling, shown: Standings) -> list[Claim]:
    on = []
    for name in dict.fromkeys(ruling.claims):
        if name not in shown:
            raise NotFound(f"no claim {name} in what was shown: look at the document again")
        on.append(shown[name].claim)
    return sorted(on, key=lambda claim: (claim.content.spans[0], claim.id))


def _taken(ruling: Ruling, before: Standings) -> set[str]:
    """Ids that a claim which this ruling gives may not get: those of other claims with the very same content.

    What others made of the same claims, or added, may get the same id: it is then the same claim, and they agree.
    """
    own, force = set(ruling.claims), in_force(before.judgements)
    taken = {claim.id for claim in before.ledger.claims} - own
    for judgement in before.judgements:
        on = {claim.id for claim in judgement.on}
        both_add = ruling.act == judgement.act == "add"
        if not (on & own or (both_add and (judgement.by != named(ruling.by) or judgement.id not in force))):
            taken |= {claim.id for claim in judgement.gives} - own
    return taken


def _may_undo(judgement: Judgement, before: Standings) -> None:
    undone = next(j for j in before.judgements if j.id == judgement.undoes)
    if undone.by != judgement.by:
        raise BadJudgement(f"judgement {undone.id} is {undone.by}'s: rule on the claim yourself instead")
    if undone.id not in in_force(before.judgements):
        raise BadJudgement(f"judgement {undone.id} is undone already: undo the undoing to have it back")


def _is_time(at: str) -> bool:
    """Is it written as `Review` writes it, so that the order of texts is that of times?"""
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return False
    return time.tzinfo is not None and time.astimezone(UTC).isoformat(timespec="microseconds") == at


def _lawful(judgement: Judgement, text: str) -> bool:
    for claim in (*judgement.on, *judgement.gives):
        if claim.document.id != judgement.document:
            return False
        for words in (claim.source, claim.cue, claim.content):
            if words is not None and " ".join(s.of(text) for s in words.spans) != words.text:
                return False
    return True
