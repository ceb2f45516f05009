"""Entities of a case as people have decided: joined and split by hand, in the order in which it was decided.

In:   Groups, Decisions.   Out: Groups; the entities of a case; what link is to take on people's word.
Knows nothing of: how the groups were found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sayso.decisions.records import Apart, Decision, Merge, Place, Split, Undo, holding
from sayso.link.decided import Decided, Whole
from sayso.resolve.aliases.identity import CaseEntity, Group, Read, case_entities


def entities(groups: Sequence[Group], decisions: Iterable[Decision]) -> tuple[CaseEntity, ...]:
    """The entities of a case, by id. A decision on what is not in the case does nothing."""
    held = holding(decisions)
    made = decided(groups, held)
    return case_entities(made, _told_apart(groups, _whose(made), held))


def wholes(groups: Sequence[Group], decisions: Sequence[Decision]) -> Decided:
    """What holds for link: who was put together or split off is one, and two where they were told apart."""
    held = holding(decisions)
    made = decided(groups, held)
    whose = _whose(made)
    by: dict[str, dict[str, None]] = defaultdict(dict)  # who made an entity one, in that order
    for decision in held:
        what = decision.what
        places = (what.one, what.other) if isinstance(what, Merge) else what.members if isinstance(what, Split) else ()
        for name in {whose[place] for place in places if place in whose}:
            by[name][decision.by] = None
    apart: dict[str, set[str]] = defaultdict(set)
    for pair in _told_apart(groups, whose, held):
        if len(pair) == 2:
            one, other = pair
            apart[one].add(other)
            apart[other].add(one)
    found = (
        Whole(
            id=group.id,
            members=tuple(read.place for read in group.members),
            one=f"both are {group.entity.name}, as {' and '.join(by[group.id])} decided" if group.id in by else "",
            apart=tuple(sorted(apart[group.id])),
        )
        for group in made
        if group.id in by or group.id in apart
    )
    return Decided(found, upto=max((decision.number for decision in decisions), default=0))


def on_entities(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Those that tell who is one, and the undoing of them."""
    found: dict[int, Decision] = {}
    for decision in decisions:
        what = decision.what
        if isinstance(what, Merge | Apart | Split) or (isinstance(what, Undo) and what.decision in found):
            found[decision.number] = decision
    return tuple(found.values())


def _whose(groups: Iterable[Group]) -> Mapping[Place, str]:
    return {read.place: group.id for group in groups for read in group.members}


def _told_apart(
    groups: Sequence[Group], whose: Mapping[Place, str], held: Iterable[Decision]
) -> frozenset[frozenset[str]]:
    """Pairs of entities that are two. ``groups``: as they were found; ``whose``: the entity of each part now."""
    apart: set[frozenset[str]] = set()
    for what in (r.what for r in held):
        if isinstance(what, Apart) and {what.one, what.other} <= whose.keys():
            apart.add(frozenset((whose[what.one], whose[what.other])))
        elif isinstance(what, Split):  # whom a person has told apart nobody is asked about again
            out = set(what.members)
            own = {whose[place] for place in what.members if place in whose}
            was = [g for g in groups if any(read.place in out for read in g.members)]
            apart |= {frozenset((a, whose[r.place])) for a in own for g in was for r in g.members}
    return frozenset(apart)


def decided(groups: Sequence[Group], held: Iterable[Decision]) -> tuple[Group, ...]:
    """The groups after the decisions that hold."""
    now = {group.id: group for group in groups}
    whose = {read.place: group.id for group in groups for read in group.members}
    for decision in held:
        for before, after in _changes(now, whose, decision):
            del now[before.id]
            for group in after:
                now[group.id] = group
                whose.update((read.place, group.id) for read in group.members)
    return tuple(now.values())


def _changes(
    now: dict[str, Group], whose: dict[Place, str], decision: Decision
) -> Iterator[tuple[Group, tuple[Group, ...]]]:
    """Groups that go, each with those that take its place."""
    what = decision.what
    if isinstance(what, Merge) and {what.one, what.other} <= whose.keys():
        one, other = now[whose[what.one]], now[whose[what.other]]
        if one.id != other.id:
            yield other, ()
            yield one, (_joined(one, other),)
    elif isinstance(what, Split):
        out = set(what.members)
        for group in [now[g] for g in dict.fromkeys(whose[p] for p in what.members if p in whose)]:
            own = tuple(read for read in group.members if read.place in out)
            rest = tuple(read for read in group.members if read.place not in out)
            if rest:
                yield group, (msgspec.structs.replace(group, members=rest), _apart(own, decision.number))


def _joined(one: Group, other: Group) -> Group:
    members = sorted((*one.members, *other.members), key=lambda read: read.place)
    return msgspec.structs.replace(one, members=tuple(members), also=(*one.also, other.id, *other.also))


def _apart(own: tuple[Read, ...], number: int) -> Group:
    return Group(key=("apart", str(number), *(part for read in own for part in read.place)), members=own)


def concerning(members: Iterable[Place], decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """All that was ever decided on an entity of these members, undone or not, and the undoing of it."""
    own, found, numbers = set(members), [], set()
    for decision in decisions:
        what = decision.what
        places: tuple[Place, ...] = ()
        if isinstance(what, Merge | Apart):
            places = what.one, what.other
        elif isinstance(what, Split):
            places = what.members
        if own & set(places) or (isinstance(what, Undo) and what.decision in numbers):
            found.append(decision)
            numbers.add(decision.number)
    return tuple(found)
