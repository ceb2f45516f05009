"""Resolve the claims of one document: who, when, how sure, who did what to whom.

In:   Parsed, Syntax, Claims, Knowledge.   Out: Resolved: the claims filled in, the document's entities, notices.
Knows nothing of: other documents, the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from sayso.parse import Parsed
from sayso.records import Claim, Entity, Notice, Reason
from sayso.resolve.affirming import denied, taken_up
from sayso.resolve.aliases.matching import AliasTables
from sayso.resolve.aliases.records import Context
from sayso.resolve.coref_claims import filled
from sayso.resolve.entities import Entity as Found
from sayso.resolve.entities import People, people
from sayso.resolve.events import Coder
from sayso.resolve.factuality import factuality_of_claim
from sayso.resolve.joining import Joining, when
from sayso.resolve.knowledge import Knowledge
from sayso.resolve.times import dates
from sayso.resolve.times.claims import date_claims
from sayso.syntax import Syntax


class Resolved(NamedTuple):
    """The claims in their order; the entities in the order of their first mentions."""

    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    notices: tuple[Notice, ...]


def resolve(parsed: Parsed, syntax: Syntax, claims: Sequence[Claim], knowledge: Knowledge) -> Resolved:
    """All inner fields of a document's claims."""
    who = people(parsed, syntax, claims, knowledge.words, knowledge.lexicon)
    known = filled(parsed, claims, who)
    dated = date_claims(parsed, known, knowledge.times, syntax)
    stretch = dates.parsed(parsed.document.ref.published)
    on = stretch.last if stretch else None
    coder = Coder(syntax, knowledge.ontology, on.year if on else None)
    joining = Joining(syntax, who, dated.times, knowledge, coder)
    made: list[Claim] = []
    by_id = {claim.id: claim for claim in known}
    up = taken_up(parsed, syntax, known)
    for claim, said, happened, before in zip(known, dated.said, dated.happened, up, strict=True):
        stance, judged = factuality_of_claim(
            syntax, claim, knowledge.stances, knowledge.lexicon, knowledge.scales, by_id.get(claim.via or "")
        )
        reason = denied(parsed, claim, made) if stance.act == "deny" else before
        events, uncoded = joining.events(claim, stance, happened)
        why = tuple(Reason(spans=(reason.span,), why=reason.why) for reason in judged.why if reason.why)
        made.append(
            msgspec.structs.replace(
                claim,
                factuality=judged.value,
                speech_act=stance.act,
                why=(*why, reason) if reason else why,
                said_at=when(said),
                events=events,
                uncoded=uncoded,
                quantities=joining.quantities(claim),
                times=joining.when(claim),
            )
        )
    return Resolved(tuple(made), _entities(parsed, who, made, knowledge.aliases, on), dated.notices)


def _entities(
    parsed: Parsed, who: People, claims: Sequence[Claim], aliases: AliasTables, on: date | None
) -> tuple[Entity, ...]:
    """The entities that a claim names in any role, with what the alias tables know of them."""
    acting = {claim.source.entity for claim in claims if claim.source}
    acting |= {event.actor.entity for claim in claims for event in claim.events if event.actor}
    named = {p.entity for c in claims for e in c.events for p in (e.recipient, e.place) if p is not None} | acting
    around = aliases.context(parsed.text, on)
    return tuple(
        _entity(found, aliases, msgspec.structs.replace(around, acts=found.id in acting, type=found.type), on)
        for found in who.entities
        if found.id in named
    )


def _entity(found: Found, aliases: AliasTables, around: Context, on: date | None) -> Entity:
    mentions = tuple(m.span for m in found.mentions)
    named = any(m.named is not None for m in found.mentions)
    candidates = aliases.find(found.name, on, around) if named else ()
    sure = next((c for c in candidates if c.certain), None)
    return Entity(
        id=found.id,
        name=found.name,
        type=found.type,
        anonymous=found.anonymous,
        description=found.description,
        mentions=mentions,
        known=sure.entity.id if sure else None,
        wikidata=sure.entity.wikidata if sure else None,
        possibly=() if sure else tuple((c.entity.id, "; ".join(c.reasons)) for c in candidates),
    )


__all__ = ["Resolved", "resolve"]
