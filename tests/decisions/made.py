"""Entities of invented documents, for the tests of decisions."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.case import knowledge
from sayso.decisions.entities import entities
from sayso.decisions.records import Decision, What
from sayso.records import SourceType
from sayso.resolve.aliases.identity import CaseEntity, DocumentEntity, Group, groups, read


def seen(document: str, name: str, kind: SourceType = "person", id_: str = "e1") -> DocumentEntity:
    return DocumentEntity(document=document, id=id_, name=name, type=kind)


def of(*seen_: DocumentEntity) -> tuple[Group, ...]:
    known = knowledge().aliases
    return groups(read(one, known) for one in seen_)


def decisions(*what: What) -> tuple[Decision, ...]:
    return tuple(
        Decision(number=n, by="Ida Brandt", on=f"2031-05-0{n}T10:00:00+00:00", why="asked", what=one)
        for n, one in enumerate(what, 1)
    )


def named(made: Iterable[CaseEntity]) -> dict[str, set[str]]:
    """The documents of each entity by its name."""
    return {one.name: {document for document, _ in one.members} for one in made}


def after(groups_: tuple[Group, ...], *what: What) -> tuple[CaseEntity, ...]:
    return entities(groups_, decisions(*what))
