"""Who is cited in a case: how often, where, and what else the case holds on what they say. No source is judged.

In:   who says each claim, entities, links, findings, decisions.   Out: Cited, named ones first, the most cited first.
Knows nothing of: pages; whether anything is so. "Also from another origin" counts origins, it does not confirm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from typing import NamedTuple

import msgspec

from sayso.check.findings import Finding, Verdict
from sayso.decisions.records import Decision, Grade, holding
from sayso.links import Cluster, Contradiction, Link
from sayso.records import SourceType
from sayso.resolve.aliases.identity import CaseEntity, is_name
from sayso.weigh.hypotheses import Source


class Saying(NamedTuple):
    """A claim and who says it. ``entity``: within the document."""

    claim: str
    document: str
    entity: str | None
    name: str
    type: SourceType
    anonymous: bool


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """A source of a case. ``id``: of its entity, or its words where it is not named.

    What is not named is counted by its words, and may be many. ``claims``: ids, by document. How many of them have
    another independent origin beside: ``shared`` for certain, ``perhaps`` if no uncertain tie holds; how many stand
    ``against`` another claim. ``findings``: how many of each sort. ``grade``: the decision that holds now.
    """

    id: str
    name: str
    names: tuple[str, ...]
    type: SourceType
    anonymous: bool
    entity: str | None
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    shared: int = 0
    perhaps: int = 0
    against: int = 0
    findings: dict[Verdict, int] = {}
    grade: Decision | None = None


class Held(NamedTuple):
    """What a case holds on claims, whoever makes them."""

    shared: Set[str]
    perhaps: Set[str]
    against: Set[str]
    findings: Mapping[str, Sequence[Verdict]]


def held(links: Iterable[Link], findings: Iterable[Finding]) -> Held:
    """Which claims have other origins beside them, which stand against others, what tables show on which."""
    shared: set[str] = set()
    perhaps: set[str] = set()
    against: set[str] = set()
    for link in links:
        if isinstance(link, Cluster):
            (shared if link.origins.low > 1 else perhaps if link.origins.high > 1 else set()).update(link.claims)
        elif isinstance(link, Contradiction) and link.relation == "contradicts":
            against |= {link.a, link.b}
    shown: dict[str, list[Verdict]] = {}
    for finding in findings:
        shown.setdefault(finding.claim, []).append(finding.finding)
    return Held(shared, perhaps, against, shown)


class _Own:
    """What one source says, as it is gathered."""

    def __init__(self, entity: CaseEntity | None, *, named: bool) -> None:
        self.entity = entity
        self.named = named
        self.names: Counter[str] = Counter()
        self.types: Counter[SourceType] = Counter()
        self.claims: list[str] = []
        self.documents: dict[str, None] = {}


def cited(
    sayings: Iterable[Saying], entities: Sequence[CaseEntity], case: Held, decisions: Iterable[Decision]
) -> tuple[Cited, ...]:
    """Everybody who is cited; who has no name comes by the words for them, those of all documents together."""
    whose = {place: entity for entity in entities for place in entity.members}
    found: dict[str, _Own] = {}
    for said in sayings:
        named = not said.anonymous and said.type != "people" and is_name(said.name)
        entity = whose.get((said.document, said.entity or "")) if named else None
        own = found.setdefault(entity.id if entity else folded(said.name), _Own(entity, named=named))
        own.names[said.name] += 1
        own.types[said.type] += 1
        own.claims.append(said.claim)
        own.documents[said.document] = None
    grades = newest(decisions)
    made = [_cited(key, own, case, grades) for key, own in found.items()]
    return tuple(sorted(made, key=lambda c: (c.anonymous, -len(c.claims), c.name, c.id)))


def newest(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The last grade that holds, by the folded name of its source."""
    return {folded(r.what.source): r for r in holding(decisions) if isinstance(r.what, Grade)}


def _cited(key: str, own: _Own, case: Held, grades: Mapping[str, Decision]) -> Cited:
    names = tuple(sorted(own.names, key=lambda n: (-own.names[n], n)))
    name = own.entity.name if own.entity else names[0]
    given = [grades[n] for n in dict.fromkeys(map(folded, (name, *names))) if n in grades]
    return Cited(
        id=key,
        name=name,
        names=names,
        type=own.types.most_common(1)[0][0],
        anonymous=not own.named,
        entity=own.entity.id if own.entity else None,
        claims=tuple(own.claims),
        documents=tuple(own.documents),
        shared=sum(c in case.shared for c in own.claims),
        perhaps=sum(c in case.perhaps for c in own.claims),
        against=sum(c in case.against for c in own.claims),
        findings=dict(Counter(f for c in own.claims for f in case.findings.get(c, ()))),
        grade=max(given, key=lambda r: r.number, default=None),
    )


def letters(sources: Iterable[Cited]) -> tuple[Source, ...]:
    """The grades of a case as a file of hypotheses would have them: one for each name of each source."""
    return tuple(
        Source(name=name, letter=grade.what.letter, by=grade.by, on=date.fromisoformat(grade.on[:10]), why=grade.why)
        for one in sources
        if (grade := one.grade) is not None and isinstance(grade.what, Grade)
        for name in dict.fromkeys((one.name, *one.names))
    )


def folded(name: str) -> str:
    """What two ways to write the name of one source have in common."""
    return " ".join(name.casefold().split())
