"""A case at a glance, held while nothing in it changes: who is in it, what links and tables show, by claim.

In:   an open case.   Out: an Overview, the same for all threads.
Knows nothing of: pages.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import msgspec
from markupsafe import Markup

from sayso.case import Case
from sayso.check.findings import Finding
from sayso.decisions.records import Decision, holding
from sayso.decisions.sources import Cited, folded
from sayso.links import Cluster, Contradiction, Edge, Link, Variant
from sayso.publish.pictures import citations
from sayso.publish.replies import Said, said
from sayso.query import Query
from sayso.records import DocumentRef
from sayso.resolve.aliases.identity import CaseEntity, Group
from sayso.serve.drawn import placed

_L = TypeVar("_L")
# What can be denied or wants an answer stands in documents that have one of these.
_ASKED = (
    Query(speech_act="deny"),
    *(Query(event=event) for event in ("ASSAULT", "COERCE", "THREATEN", "ACCUSE")),
)


@dataclass(frozen=True, eq=False)
class Linked:
    """What does not depend on the last decisions. ``unlinked``: documents that link, or people, have not seen;
    ``overruled``: those of which people have made other claims since. ``gone``: claims that do not stand any more.
    """

    documents: Mapping[str, DocumentRef]
    links: tuple[Link, ...]
    clusters: tuple[Cluster, ...]
    edges: tuple[Edge, ...]
    variants: tuple[Variant, ...]
    contradictions: tuple[Contradiction, ...]
    cluster_of: Mapping[str, Cluster]
    against: Mapping[str, Sequence[Contradiction]]
    findings: Mapping[str, Sequence[tuple[Finding, str]]]
    groups: tuple[Group, ...]
    unlinked: int
    overruled: int
    gone: Mapping[str, str]

    @cached_property
    def map(self) -> Markup:
        """Who cites whom, drawn once: a thousand arrows take a second."""
        return placed(citations(self.documents.values(), self.edges))


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """What came after the links: documents, decisions on who is one, documents with rulings that make claims others."""

    documents: int
    decisions: int
    ruled: int

    def __bool__(self) -> bool:
        return bool(self.documents or self.decisions or self.ruled)


@dataclass(frozen=True, slots=True)
class Overview:
    """``by_id``: entities, by the ids they had before a merge, too; ``whose``: sources by id and by folded name.
    ``waits``: what link has not seen.
    """

    linked: Linked
    waits: Waits
    entities: tuple[CaseEntity, ...]
    by_id: Mapping[str, CaseEntity]
    entity_of: Mapping[tuple[str, str], CaseEntity]
    sources: tuple[Cited, ...]
    whose: Mapping[str, Cited]
    decisions: tuple[Decision, ...]
    holding: frozenset[int]


class Held:
    """The newest Overview of one server. Its state tells whether it is still true."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[int | str | None, ...] | None = None
        self._linked: Linked | None = None
        self._overview: Overview | None = None
        self._said: tuple[Overview, tuple[Said, ...]] | None = None

    def said(self, case: Case) -> tuple[Said, ...]:
        """Claims that somebody denies, or that name somebody as doing something, by date of their documents."""
        view = self.of(case)
        with self._lock:
            if self._said is None or self._said[0] is not view:
                self._said = view, _said(case, view)
            return self._said[1]

    def of(self, case: Case) -> Overview:
        """The case as it is now. Made anew only when something was added to it since."""
        with self._lock:
            state = case.people.state()  # before the rest: what comes meanwhile is seen the next time
            if self._linked is None or self._state is None or self._state[:-1] != state[:-1]:
                self._linked, self._overview = _linked(case), None
            if self._overview is None or self._state != state:
                self._overview = _overview(case, self._linked)
            self._state = state
            return self._overview


def _said(case: Case, view: Overview) -> tuple[Said, ...]:
    documents: set[str] = set()
    for query in _ASKED:
        with closing(case.claims(query)) as claims:
            documents.update(claim.document.id for claim in claims)

    def who(document: str, entity: str) -> str:
        of_case = view.entity_of.get((document, entity))
        return of_case.id if of_case else f"{document} {entity}"

    order = [name for name in view.linked.documents if name in documents]
    return said((case.left(name) for name in order), view.linked.contradictions, who)


def _linked(case: Case) -> Linked:
    links = tuple(case.links())
    clusters, against = _of(links, Cluster), _of(links, Contradiction)
    by_claim: dict[str, list[Contradiction]] = defaultdict(list)
    for one in against:
        by_claim[one.a].append(one)
        by_claim[one.b].append(one)
    findings: dict[str, list[tuple[Finding, str]]] = defaultdict(list)
    for finding, at in case.findings():
        findings[finding.claim].append((finding, at))
    return Linked(
        documents={kept.document.id: kept.document for kept in case.documents()},
        links=links,
        clusters=clusters,
        edges=_of(links, Edge),
        variants=_of(links, Variant),
        contradictions=against,
        cluster_of={claim: cluster for cluster in clusters for claim in cluster.claims},
        against=dict(by_claim),
        findings=dict(findings),
        groups=case.people.groups(),
        unlinked=max(case.unlinked(), case.people.waiting()),
        overruled=case.overruled(),
        gone=case.gone(),
    )


def _of(links: Iterable[Link], kind: type[_L]) -> tuple[_L, ...]:
    return tuple(link for link in links if isinstance(link, kind))


def _overview(case: Case, linked: Linked) -> Overview:
    decisions = case.people.decisions()
    entities = case.people.entities(linked.groups)
    shown = (finding for found in linked.findings.values() for finding, _ in found)
    sources = case.people.sources(entities, linked.links, shown, linked.gone)
    whose = {folded(name): source for source in reversed(sources) for name in (source.name, *source.names)}
    return Overview(
        linked=linked,
        waits=Waits(documents=linked.unlinked, decisions=case.people.later(), ruled=linked.overruled),
        entities=entities,
        by_id={id_: entity for entity in entities for id_ in (*entity.also, entity.id)},
        entity_of={place: entity for entity in entities for place in entity.members},
        sources=sources,
        whose=whose | {source.id: source for source in sources},
        decisions=decisions,
        holding=frozenset(decision.number for decision in holding(decisions)),
    )
