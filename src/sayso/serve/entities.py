"""Whom the case speaks of: who says what about whom, and who is one, as people have decided.

In:   Asks.   Out: Shown, Done.
Knows nothing of: how entities were found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sayso.decisions.entities import concerning
from sayso.decisions.records import Apart, Decision, Merge, Place, Split
from sayso.decisions.sources import folded
from sayso.errors import BadDecision, NotFound
from sayso.publish.chains import chain, passed_on, speaker, within
from sayso.publish.wording import elided
from sayso.records import Claim, DocumentRef
from sayso.resolve.aliases.identity import CaseEntity, is_name
from sayso.serve.overview import Overview
from sayso.serve.paging import page_of
from sayso.serve.sources import decided
from sayso.serve.views import Act, Ask, Done, Shown, View

PAGE, PAIRS, CLAIMS, NEAR = 100, 30, 60, 12


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two entities that may be one, and why."""

    one: CaseEntity
    other: CaseEntity
    reason: str


class Entities(msgspec.Struct, frozen=True, kw_only=True):
    """``unnamed``: with those who are described only; ``pairs``: how many suggestions are open."""

    words: str
    unnamed: bool
    number: int
    page: int
    pages: int
    pairs: int
    entities: tuple[CaseEntity, ...]


class Pairs(msgspec.Struct, frozen=True, kw_only=True):
    """Suggestions that nobody has answered yet, those in most documents first."""

    number: int
    pairs: tuple[Pair, ...]
    history: tuple[Decision, ...]


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody beside the entity of a page, and in how many claims. ``id``: None where it is no entity of the case."""

    id: str | None
    name: str
    claims: int


class EntityPage(msgspec.Struct, frozen=True, kw_only=True):
    """An entity. ``says``, ``acts``, ``undergoes``: claims by date; ``about``: of whom it speaks; ``spoken_of_by``: who
    speaks of it.
    """

    entity: CaseEntity
    documents: tuple[DocumentRef, ...]
    says: tuple[Claim, ...]
    acts: tuple[Claim, ...]
    undergoes: tuple[Claim, ...]
    about: tuple[Named, ...]
    spoken_of_by: tuple[Named, ...]
    possibly: tuple[Pair, ...]
    history: tuple[Decision, ...]


def entities(ask: Ask) -> Shown:
    view = ask.overview()
    words, unnamed = ask.query.get("q", "").strip(), ask.query.get("who") == "all"
    named = (e for e in view.entities if unnamed or is_name(e.name))
    found = [e for e in named if _has(e, folded(words).split())]
    found.sort(key=lambda e: (-len({d for d, _ in e.members}), folded(e.name), e.id))
    page, pages, shown = page_of(ask, found, PAGE)
    data = Entities(
        words=words,
        unnamed=unnamed,
        number=len(found),
        page=page,
        pages=pages,
        pairs=sum(1 for _ in _pairs(view)),
        entities=tuple(shown),
    )
    more = {"linked": view.linked, "waits": view.waits}
    return Shown(template="entities.html.j2", title="Entities", data=data, more=more)


def _has(entity: CaseEntity, words: Iterable[str]) -> bool:
    return all(any(word in folded(name) for name in (entity.name, *entity.names)) for word in words)


def pairs(ask: Ask) -> Shown:
    view = ask.overview()
    found = sorted(_pairs(view), key=lambda p: (-len(p.one.members) - len(p.other.members), p.one.id))
    history = tuple(r for r in reversed(view.decisions) if isinstance(r.what, Merge | Apart))[:NEAR]
    data = Pairs(number=len(found), pairs=tuple(found[:PAIRS]), history=history)
    more = {"waits": view.waits, "holding": view.holding, "documents": view.linked.documents}
    return Shown(template="pairs.html.j2", title="Possibly the same", data=data, more=more, script="pairs")


def _pairs(view: Overview) -> Iterator[Pair]:
    """All that may be one, each pair once."""
    return (pair for one in view.entities for pair in _near(one, view) if one.id < pair.other.id)


def _near(one: CaseEntity, view: Overview) -> Iterator[Pair]:
    return (Pair(one=one, other=view.by_id[possible.id], reason=possible.reason) for possible in one.possibly)


def entity(ask: Ask) -> Shown:
    view = ask.overview()
    found = _found(view, ask.path["id"])
    parts = ask.case.people.parts(found)
    says, acts, undergoes = parts["source"], parts["actor"], parts["recipient"]
    documents = dict.fromkeys(d for d, _ in found.members)
    about = Counter(name for claim in says for name in _parties(claim, view) if name[0] != found.id)
    others = Counter(_speaker(claim, view) for claim in {c.id: c for c in (*acts, *undergoes)}.values())
    data = EntityPage(
        entity=found,
        documents=tuple(view.linked.documents[d] for d in documents),
        says=says,
        acts=acts,
        undergoes=undergoes,
        about=tuple(_named(about)),
        spoken_of_by=tuple(_named(others)),
        possibly=tuple(_near(found, view)),
        history=tuple(reversed(concerning(found.members, view.decisions))),
    )
    shown = {c.id: c for c in (*says[:CLAIMS], *acts[:CLAIMS], *undergoes[:CLAIMS])}.values()
    more = {
        "holding": view.holding,
        "speakers": {c.id: _speaker(c, view) for c in (*acts, *undergoes)},
        "source": view.whose.get(found.id),
        "passed": {c.id: passed_on(chain(c, within(c, ask.case.claim))) for c in shown if c.via or c.outlet},
        "replies": {one.claim.id: one.replies for one in ask.held.said(ask.case)},
        "waits": view.waits,
        "most": CLAIMS,
        "others": sorted({e.name for e in view.entities if e.id != found.id})[:2000],
    }
    return Shown(template="entity.html.j2", title=elided(found.name, 90), data=data, more=more, script="pairs")


def _found(view: Overview, id_: str) -> CaseEntity:
    if id_ not in view.by_id:
        raise NotFound(
            "No entity has this id now: it may have been split or put together otherwise. /entities lists all."
        )
    return view.by_id[id_]


def _parties(claim: Claim, view: Overview) -> set[tuple[str | None, str]]:
    """Whom a claim speaks of: the entity's id and name, where it has one, else the name in the text."""
    found: set[tuple[str | None, str]] = set()
    for event in claim.events:
        for party in (event.actor, event.recipient):
            if party is not None and party.entity is not None:
                of_case = view.entity_of.get((claim.document.id, party.entity))
                found.add((of_case.id, of_case.name) if of_case else (None, party.name))
    return found


def _speaker(claim: Claim, view: Overview) -> tuple[str | None, str]:
    of_case = view.entity_of.get((claim.document.id, claim.source.entity or "")) if claim.source else None
    return (of_case.id, of_case.name) if of_case else (None, speaker(claim))


def _named(found: Counter[tuple[str | None, str]]) -> Iterator[Named]:
    for (id_, name), number in sorted(found.items(), key=lambda pair: (-pair[1], folded(pair[0][1]))):
        yield Named(id=id_, name=name, claims=number)


def decide(ask: Ask) -> Done:
    """Two are one, or two."""
    view = ask.overview()
    one = _found(view, ask.path["id"])
    other = _other(ask, view, one)
    both = one.members[0], other.members[0]
    made = Merge(one=both[0], other=both[1]) if ask.form.get("are") == "one" else Apart(one=both[0], other=both[1])
    to = "/entities/pairs" if ask.form.get("back") == "pairs" else f"/entities/{one.id}"
    return decided(ask, made, to)


def _other(ask: Ask, view: Overview, one: CaseEntity) -> CaseEntity:
    if id_ := ask.form.get("other"):
        return _found(view, id_)
    name = folded(ask.form.get("name", ""))
    named = [e for e in view.entities if e.id != one.id and name in (folded(n) for n in (e.name, *e.names))]
    if len(named) != 1:
        number = f"{len(named):,} other entities have" if named else "no other entity has"
        raise BadDecision(f"{number} the name {elided(ask.form.get('name', ''), 60)!r}: choose one from /entities")
    return named[0]


def split(ask: Ask) -> Done:
    """Some of its documents speak of somebody else."""
    one = _found(ask.overview(), ask.path["id"])
    chosen = set(ask.every.get("document", ()))
    members: Sequence[Place] = [place for place in one.members if place[0] in chosen]
    if len(members) == len(one.members):
        raise BadDecision("all of its documents are chosen, so nothing would be split off: leave at least one")
    return decided(ask, Split(members=tuple(members)), f"/entities/{one.id}")


VIEWS = (
    View("/entities", entities, nav="Entities"),
    View("/entities/pairs", pairs),
    View("/entities/{id}", entity),
)
ACTS = (Act("/entities/{id}/are", decide), Act("/entities/{id}/split", split))
