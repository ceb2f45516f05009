"""What all judgements on a document add up to: the state of each claim, and the ledger as reviewed.

In:   a Ledger as the machine made it, Judgements in any order.   Out: Standings.
Knows nothing of: how a judgement is made or kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from sayso.records import Claim, Ledger
from sayso.review.judgements import Judgement, fingerprint, touched

State = Literal["unreviewed", "accepted", "edited", "added", "rejected", "unsure", "disputed", "changed", "withdrawn"]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, what the machine has, and what people say of it.

    ``claim``: as it stands, or as it was judged where that is not settled. ``machine``: None where the machine has no
    such claim (now). ``rulings``: the last one in force of each reviewer, oldest first. ``now``: the claims that
    stand in its place: itself, those that it was made into, or none. ``changed``: the machine's value is another one
    than was ruled on; ``withdrawn``: whoever gave it has undone that, and nobody else stands behind it.
    """

    claim: Claim
    machine: Claim | None
    state: State
    rulings: tuple[Judgement, ...] = ()
    now: tuple[Claim, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement in a history. ``in_force``: not undone. ``crossed``: judgements of others on the same claims that its
    maker could not have seen when making it.
    """

    judgement: Judgement
    in_force: bool
    undone_by: str | None = None
    crossed: tuple[str, ...] = ()


class Standings:
    """The review of one document. The order in which judgements are given changes nothing: their times count."""

    def __init__(self, ledger: Ledger, judgements: Iterable[Judgement]) -> None:
        self.ledger = ledger
        self.judgements = in_order(judgements)
        self._machine = {claim.id: claim for claim in ledger.claims}
        self._force = in_force(self.judgements)
        self._touching = _touching(self.judgements)
        self._given = _given(self.judgements)

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {name: self._standing(name) for name in dict.fromkeys((*self._machine, *self._touching))}

    def __iter__(self) -> Iterator[Standing]:
        """All claims: the machine's in text order, then those that people gave, as they came."""
        return iter(self._standings.values())

    def __contains__(self, claim: str) -> bool:
        return claim in self._standings

    def __getitem__(self, claim: str) -> Standing:
        """Raises KeyError."""
        return self._standings[claim]

    @property
    def last(self) -> str | None:
        """The id of the last judgement: what whoever looks at the document now has seen."""
        return self.judgements[-1].id if self.judgements else None

    def until(self, seen: str | None) -> Standings:
        """The review as it was when ``seen`` was the last judgement. An unknown id: as it is now."""
        if seen is None:
            return Standings(self.ledger, ())
        places = [number for number, judgement in enumerate(self.judgements) if judgement.id == seen]
        return Standings(self.ledger, self.judgements[: places[0] + 1]) if places else self

    def stands(self, claim: str) -> tuple[Claim, ...]:
        """What stands in the place of this claim now, through all that was made of it."""
        return tuple(self._reached(claim, set()))

    def _reached(self, name: str, seen: set[str]) -> Iterator[Claim]:
        if name in seen:
            return
        seen.add(name)
        for claim in self._standings[name].now:
            if claim.id == name:
                yield claim
            else:
                yield from self._reached(claim.id, seen)

    def reviewed(self) -> Ledger:
        """The ledger with people's values in place, and without what was rejected.

        Where nobody has ruled, reviewers disagree or are unsure, or ruled on another value than the machine has now,
        what was there stays. A claim that lies in another one leads on to what stands in that one's place.
        """
        standing = {claim.id: claim for name in self._machine for claim in self.stands(name)}
        for name in self._added():
            for claim in self.stands(name):
                standing = _with(standing, claim)
        return msgspec.structs.replace(
            self.ledger, claims=tuple(self._led(claim, standing) for claim in standing.values())
        )

    def _added(self) -> Iterator[str]:
        for judgement in self.judgements:
            if judgement.act == "add":
                yield from (claim.id for claim in judgement.gives)

    def _led(self, claim: Claim, standing: Mapping[str, Claim]) -> Claim:
        via, passed = claim.via, {claim.id}
        while via is not None and via not in standing and via not in passed:
            passed.add(via)
            holding = [c for c in (self.stands(via) if via in self else ()) if _holds(c, claim)]
            if holding:
                via = holding[0].id
            else:
                outer = self._machine.get(via) or self._given.get(via)
                via = outer.via if outer else None
        via = None if via in passed and via not in standing else via
        return claim if via == claim.via else msgspec.structs.replace(claim, via=via)

    def history(self, claim: str) -> tuple[Entry, ...]:
        """All that was ruled on this claim, on what it was made of and what was made of it; oldest first."""
        family, grown = {claim}, True
        while grown:
            more = {name for j in self.judgements if family & (own := touched(j)) for name in own}
            grown = not more <= family
            family |= more
        chosen = {j.id for j in self.judgements if family & touched(j)}
        while more := {j.id for j in self.judgements if j.undoes in chosen} - chosen:
            chosen |= more
        return tuple(entry for entry in self.entries() if entry.judgement.id in chosen)

    def entries(self) -> Iterator[Entry]:
        """All judgements, each with whether it is in force and what it crossed."""
        places = {judgement.id: number for number, judgement in enumerate(self.judgements)}
        undone = {j.undoes: j.id for j in self.judgements if j.undoes not in self._force and j.id in self._force}
        for number, judgement in enumerate(self.judgements):
            seen = places.get(judgement.seen or "", -1)
            between = self.judgements[seen + 1 : number]
            own = touched(judgement)
            yield Entry(
                judgement=judgement,
                in_force=judgement.id in self._force,
                undone_by=undone.get(judgement.id),
                crossed=tuple(j.id for j in between if j.by != judgement.by and own & touched(j)),
            )

    def _standing(self, name: str) -> Standing:
        machine = self._machine.get(name)
        latest: dict[str, Judgement] = {}
        for judgement in self._touching.get(name, ()):
            if judgement.id in self._force:
                latest.pop(judgement.by, None)
                latest[judgement.by] = judgement
        rulings = tuple(latest.values())
        if not rulings and machine:
            return Standing(claim=machine, machine=machine, state="unreviewed", now=(machine,))
        if not rulings:
            return Standing(claim=_as_judged(self._touching[name][-1], name), machine=None, state="withdrawn")
        fresh = [ruling for ruling in rulings if self._is_fresh(ruling, name)]
        judged = machine or _as_judged(rulings[-1], name)
        if not fresh:
            stays = (machine,) if machine else ()
            return Standing(claim=judged, machine=machine, state="changed", rulings=rulings, now=stays)
        outcomes = [outcome for ruling in fresh if (outcome := _outcome(ruling, name)) is not None]
        open_: State | None = None
        if len({_prints(outcome) for outcome in outcomes}) > 1:
            open_ = "disputed"
        elif len(outcomes) < len(fresh):
            open_ = "unsure"
        if open_:
            return Standing(claim=judged, machine=machine, state=open_, rulings=rulings, now=(judged,))
        now = outcomes[-1]
        own = next((claim for claim in now if claim.id == name), judged)
        state = _settled(machine, now, fresh)
        return Standing(claim=own, machine=machine, state=state, rulings=rulings, now=now)

    def _is_fresh(self, ruling: Judgement, name: str) -> bool:
        """Is it on the value that the machine has now, or on one that a person gave?"""
        on = [claim for claim in ruling.on if claim.id == name]
        return not on or fingerprint(on[0]) in self._known[name]

    @cached_property
    def _known(self) -> dict[str, set[str]]:
        known: dict[str, set[str]] = defaultdict(set)
        for claim in (*self._machine.values(), *(c for j in self.judgements for c in j.gives)):
            known[claim.id].add(fingerprint(claim))
        return known


def in_order(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """By time; those of one moment by id. Each once."""
    once = {judgement.id: judgement for judgement in judgements}
    return tuple(sorted(once.values(), key=lambda judgement: (judgement.at, judgement.id)))


def in_force(judgements: Sequence[Judgement]) -> frozenset[str]:
    """The ids of those that no judgement in force undoes. Undoing an undoing brings back what it undid.

    Nobody undoes another's: a judgement from elsewhere that says so changes nothing.
    """
    makers = {judgement.id: judgement.by for judgement in judgements}
    undoing: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.undoes is not None and makers.get(judgement.undoes) == judgement.by:
            undoing[judgement.undoes].append(judgement)
    force: dict[str, bool] = {}
    # An id is made of the id that it undoes (`sealed`), so there is no circle.
    stack = [judgement.id for judgement in judgements]
    while stack:
        name = stack[-1]
        open_ = [u.id for u in undoing[name] if u.id not in force]
        if name not in force and not open_:
            force[name] = not any(force[u.id] for u in undoing[name])
        if open_:
            stack += open_
        else:
            stack.pop()
    return frozenset(name for name, holds in force.items() if holds)


def _touching(judgements: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    touching: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        for name in sorted(touched(judgement)):
            touching[name].append(judgement)
    return touching


def _given(judgements: Sequence[Judgement]) -> dict[str, Claim]:
    return {claim.id: claim for judgement in judgements for claim in judgement.gives}


def _as_judged(ruling: Judgement, name: str) -> Claim:
    return next(claim for claim in (*ruling.gives, *ruling.on) if claim.id == name)


def _outcome(ruling: Judgement, name: str) -> tuple[Claim, ...] | None:
    """What stands in the place of the claim by this ruling; None where it leaves that open."""
    on = tuple(claim for claim in ruling.on if claim.id == name)
    match ruling.act:
        case "unsure":
            return None
        case "reject":
            return ()
        case "accept":
            return on
        case _ if on:
            return ruling.gives
        case _:
            return tuple(claim for claim in ruling.gives if claim.id == name)


def _prints(claims: Sequence[Claim]) -> frozenset[str]:
    return frozenset(fingerprint(claim) for claim in claims)


def _settled(machine: Claim | None, now: Sequence[Claim], rulings: Sequence[Judgement]) -> State:
    """The name of a state that all rulings share."""
    if not now:
        return "rejected"
    if machine is not None and _prints(now) == _prints([machine]):
        return "accepted"
    if machine is None and all(ruling.act == "accept" for ruling in rulings):
        return "accepted"
    return "added" if any(ruling.act == "add" for ruling in rulings) else "edited"


def _with(standing: Mapping[str, Claim], added: Claim) -> dict[str, Claim]:
    """With one more, after the last whose content begins no later."""
    if added.id in standing:
        return {**standing, added.id: added}
    start = added.content.spans[0].start
    claims = list(standing.values())
    earlier = [number for number, claim in enumerate(claims) if claim.content.spans[0].start <= start]
    claims.insert(earlier[-1] + 1 if earlier else 0, added)
    return {claim.id: claim for claim in claims}


def _holds(outer: Claim, inner: Claim) -> bool:
    return all(any(o.contains(i) for o in outer.content.spans) for i in inner.content.spans)
