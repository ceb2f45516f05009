"""What is exported: a case, or what fits a query, with all that stands between it.

In:   a case, a Query.   Out: documents, claims, links and findings that belong together, in a stable order.
Knows nothing of: formats, SQL.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from functools import cached_property
from itertools import groupby
from typing import Protocol

import msgspec

from sayso.check.findings import Finding, Searched
from sayso.links import Cluster, Contradiction, Edge, Link
from sayso.publish import linkwords, saying
from sayso.publish.chains import within
from sayso.publish.wording import Hedges
from sayso.query import Query
from sayso.records import Claim, DocumentRef, Ledger, SourceType
from sayso.review import Judgement, Standings
from sayso.weigh.weighed import Weighed


class Kept(Protocol):
    """A document of a case and when it came in (ISO 8601)."""

    @property
    def document(self) -> DocumentRef: ...
    @property
    def added_at(self) -> str: ...


class Reviews(Protocol):
    """What people ruled."""

    def standings(self, document: str) -> Standings: ...
    def gone(self) -> Mapping[str, object]: ...  # by the ids of claims that do not stand any more
    def judgements(self) -> Iterator[Judgement]: ...


class Holds(Protocol):
    """What a case can be asked."""

    @property
    def review(self) -> Reviews: ...
    def documents(self) -> Iterator[Kept]: ...
    def ledger(self, document: str) -> Ledger: ...
    def linked(self, document: str) -> Ledger: ...
    def claim(self, claim: str) -> Claim: ...
    def claims(self, query: Query | None = None) -> Generator[Claim, None, None]: ...
    def links(self) -> Iterator[Link]: ...
    def cluster(self, claim: str) -> Cluster | None: ...
    def findings(self) -> Iterator[tuple[Finding, str]]: ...
    def searches(self) -> Iterator[Searched]: ...


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """A source across the documents of a case. ``known``: its id in the alias tables."""

    id: str
    name: str
    type: SourceType
    anonymous: bool
    known: str | None = None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A document, those of its claims that are exported, and the review of all."""

    ledger: Ledger
    claims: tuple[Claim, ...]
    standings: Standings


class Selection:
    """The claims of ``case`` that fit ``query``, all without one.

    ``reviewed``: with people's values in place of the machine's, and without what they rejected. ``hedges``: the words
    that hedge a claim; ``weighed``: hypotheses on the case; ``version``: of the program that writes. Nothing is held
    that a format does not ask for.
    """

    def __init__(
        self,
        case: Holds,
        query: Query | None = None,
        *,
        hedges: Hedges,
        version: str,
        reviewed: bool = False,
        weighed: Weighed | None = None,
    ) -> None:
        self._case = case
        self._query = query or Query()
        self._reviewed = reviewed
        self.whole = self._query == Query()
        self.hedges = hedges
        self.version = version
        self.weighed = weighed
        self._last: tuple[str, Mapping[str, str]] = ("", {})
        self._clusters: dict[str, Cluster | None] = {}

    def claims(self) -> Iterator[Claim]:
        """The claims that fit, by date of their document, document, place in the text; one at a time in memory."""
        if self._reviewed:
            yield from (claim for part in self.parts() for claim in part.claims)
            return
        with closing(self._case.claims(self._query)) as found:
            yield from found

    def parts(self) -> Iterator[Part]:
        """Each document that has such claims, with them; without a query every document. One at a time in memory."""
        if self.whole:
            for kept in self._case.documents():
                yield self._part(kept.document.id, None)
            return
        with closing(self._case.claims(self._query)) as found:
            for document, claims in groupby(found, key=lambda claim: claim.document.id):
                yield self._part(document, tuple(claims))

    def _part(self, document: str, claims: tuple[Claim, ...] | None) -> Part:
        standings = self._case.review.standings(document)
        self._last = document, _known(standings.ledger)
        if not self._reviewed:
            chosen = standings.ledger.claims if claims is None else claims
            return Part(ledger=standings.ledger, claims=_in_order(chosen), standings=standings)
        ledger = standings.reviewed()
        stands = {c.id for claim in claims or () for c in standings.stands(claim.id)}
        chosen = tuple(claim for claim in ledger.claims if claims is None or claim.id in stands)
        return Part(ledger=ledger, claims=_in_order(chosen), standings=standings)

    @cached_property
    def documents(self) -> tuple[Kept, ...]:
        """The documents of `parts`, in its order."""
        if self.whole:
            return tuple(self._case.documents())
        return tuple(kept for kept in self._case.documents() if kept.document.id in self._found[1])

    @property
    def as_of(self) -> str:
        """When the last of its documents came into the case: the only clock that the same case always shows alike."""
        return max((kept.added_at for kept in self.documents), default="1970-01-01T00:00:00+00:00")

    @cached_property
    def _found(self) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of claims that fit and of their documents."""
        claims, documents = set(), set()
        for claim in self.claims():
            claims.add(claim.id)
            documents.add(claim.document.id)
        return frozenset(claims), frozenset(documents)

    def has(self, claim: str) -> bool:
        """Does this claim fit?"""
        return (self.whole and not self._reviewed) or claim in self._found[0]

    def claim(self, claim: str) -> Claim:
        """A claim of the case, whether it fits or not: what differs from one that fits is shown with it."""
        return self._case.claim(claim)

    def ledger(self, document: str) -> Ledger:
        """The ledger of a document of the case."""
        return self._case.ledger(document)

    def cluster(self, claim: str) -> Cluster | None:
        """The claims that say the same as this one. Each cluster is read once for all of its claims."""
        if claim not in self._clusters:
            found = self._case.cluster(claim)
            stands = found if found and self._stand(*found.claims) else None
            self._clusters |= dict.fromkeys(found.claims if found else (claim,), stands)
        return self._clusters[claim]

    def linked(self) -> Iterator[Ledger]:
        """The ledgers of all documents with the claims that the links are between."""
        for part in self.parts():
            yield part.ledger if self._reviewed else self._case.linked(part.ledger.document.ref.id)

    def judgements(self) -> Iterator[Judgement]:
        """What people ruled on documents that are exported."""
        documents = {kept.document.id for kept in self.documents}
        return (judgement for judgement in self._case.review.judgements() if judgement.document in documents)

    def links(self) -> Iterator[Link]:
        """Clusters and contradictions that touch a claim that fits; edges and variants between its documents."""
        documents = {kept.document.id for kept in self.documents}
        for link in self._case.links():
            if isinstance(link, Cluster):
                fits = any(map(self.has, link.claims)) and self._stand(*link.claims)
            elif isinstance(link, Contradiction):
                fits = (self.has(link.a) or self.has(link.b)) and self._stand(link.a, link.b)
            else:
                ends = (link.from_, link.to) if isinstance(link, Edge) else (link.a, link.b)
                fits = documents.issuperset(ends)
            if fits:
                yield link

    def _stand(self, *claims: str) -> bool:
        """Do all of these stand, where only what people let stand is exported? They ruled after the links, if not."""
        return self._gone.isdisjoint(claims)

    @cached_property
    def _gone(self) -> frozenset[str]:
        return frozenset(self._case.review.gone() if self._reviewed else ())

    @cached_property
    def _against(self) -> Mapping[str, tuple[Contradiction, ...]]:
        """By claim: how others stand to it."""
        found: dict[str, list[Contradiction]] = defaultdict(list)
        for link in self._case.links():
            if isinstance(link, Contradiction) and linkwords.differs(link) and self._stand(link.a, link.b):
                found[link.a].append(link)
                found[link.b].append(link)
        return {claim: tuple(links) for claim, links in found.items()}

    def others(self, claim: Claim) -> tuple[tuple[Claim, Contradiction], ...]:
        """The claims that contradict this one, update it or dispute it: it is never shown without them."""
        found = self._against.get(claim.id, ())
        return tuple((self.claim(link.b if link.a == claim.id else link.a), link) for link in found)

    def against(self, claim: Claim) -> tuple[str, ...]:
        """The same as somebody's words, each with how it stands to this one."""
        found = self.others(claim)
        return tuple(f"{linkwords.OUTCOMES[link.relation]}: {self.quoted(other)}" for other, link in found)

    def told(self, claim: Claim) -> str:
        """Who says it, what they do by it, and on whose word: "Tomas Reyk denies"."""
        return saying.told(claim, within(claim, self.claim))

    def quoted(self, claim: Claim) -> str:
        """The same with its words, so that no content stands alone: “Tomas Reyk denies: “any battery had fired””."""
        return saying.quoted(claim, within(claim, self.claim))

    def findings(self) -> Iterator[tuple[Finding, str]]:
        """What evidence tables show on claims that fit, with when they were asked."""
        return ((finding, on) for finding, on in self._case.findings() if self.has(finding.claim))

    def searches(self) -> Iterator[Searched]:
        """Each search of an evidence table; of all claims, whichever fit."""
        return self._case.searches()

    def who(self, claim: Claim) -> Who | None:
        """The source of a claim; None where the text has none.

        One across documents where the alias tables know it, or by a full name: two words or more, with a capital.
        "Lee", "the Council" or somebody unnamed may be somebody else elsewhere, and is its document's alone.
        """
        source = claim.source
        if source is None:
            return None
        name = source.name.removeprefix("the ").removeprefix("The ")
        known = None if source.anonymous else self._known(claim.document.id).get(source.entity or "")
        full = not source.anonymous and " " in name and any(character.isupper() for character in name)
        key = f"known {known}" if known else f"{source.type} {name.casefold()}"
        alone = "" if known or full else claim.document.id
        return Who(
            id=f"s{hashlib.sha256(f'{key} {alone}'.encode()).hexdigest()[:16]}",
            name=source.name,
            type=source.type,
            anonymous=source.anonymous,
            known=known,
        )

    def _known(self, document: str) -> Mapping[str, str]:
        """The entities of a document that the alias tables know, with their ids there."""
        if document != self._last[0]:
            self._last = document, _known(self._case.ledger(document))
        return self._last[1]


def _known(ledger: Ledger) -> Mapping[str, str]:
    return {entity.id: entity.known for entity in ledger.entities if entity.known}


def _in_order(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """As a case lists them: of claims that begin at one place the first of the ledger first."""
    return tuple(sorted(claims, key=lambda claim: claim.content.spans[0].start))
