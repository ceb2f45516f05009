"""What the people of a desk decide: who is one, how reliable a source is, which hypotheses they ask.

In:   Decisions and files of hypotheses, each with a name.   Out: entities and sources as decided, histories.
Knows nothing of: screens; what link and check find.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from itertools import islice

from sayso.check.findings import Finding
from sayso.decisions.entities import entities, on_entities, wholes
from sayso.decisions.records import Decision, Question, What, check
from sayso.decisions.sources import Cited, cited, held
from sayso.errors import BadDecision
from sayso.link.decided import NOTHING, Decided
from sayso.links import Link
from sayso.records import Claim
from sayso.resolve.aliases.identity import CaseEntity, Group, across, groups, read
from sayso.resolve.aliases.matching import AliasTables
from sayso.store import DecisionShelf, Role, Store
from sayso.weigh.hypotheses import Hypotheses, hypotheses

Names = Callable[[], tuple[AliasTables, frozenset[str]]]  # tables of actors, titles before names

_TOGETHER = 32  # documents whose entities are kept at once: the disk is waited for once


class People:
    """The decisions and questions of one case. All methods raise BadCase."""

    def __init__(self, store: Store, names: Names) -> None:
        self._store = store
        self._shelf = DecisionShelf(store)
        self._names = names
        self._version = metadata.version("sayso")

    def state(self) -> tuple[int | str | None, ...]:
        """Others once documents, links, findings or decisions have come; the last of them tells of decisions alone."""
        return self._shelf.state()

    def waiting(self) -> int:
        """How many documents have entities that are not among those of the case yet."""
        return len(self._shelf.unread(self._version))

    def bring_up_to_date(self) -> Iterator[str]:
        """Take in the entities of every document that was not yet; its id comes once that is on the disk."""
        waiting = iter(self._shelf.unread(self._version))
        while some := tuple(islice(waiting, _TOGETHER)):
            known, titles = self._names()
            ledgers = {document: self._store.ledger(document) for document in some}
            reads = {d: tuple(read(e, known, titles) for e in across(ledger, known)) for d, ledger in ledgers.items()}
            self._shelf.keep_reads(self._version, reads)
            yield from some

    def groups(self) -> tuple[Group, ...]:
        """Which entities of the documents that were taken in are one, before any decision."""
        return groups(self._shelf.reads())

    def entities(self, among: Sequence[Group] | None = None) -> tuple[CaseEntity, ...]:
        """Who the documents that were taken in speak of, as decided, by id. ``among``: what `groups` gave."""
        return entities(self.groups() if among is None else among, self._shelf.decisions())

    def later(self) -> int:
        """How many decisions on who is one came after the links were made."""
        seen = self._shelf.clustered_by()
        return sum(decision.number > seen for decision in on_entities(self._shelf.decisions()))

    def for_links(self) -> Decided:
        """Who is one and who is two, as decided among the documents that were taken in."""
        decisions = self._shelf.decisions()
        return wholes(self.groups(), decisions) if on_entities(decisions) else NOTHING

    def sources(
        self,
        among: tuple[CaseEntity, ...],
        links: Iterable[Link],
        findings: Iterable[Finding],
        gone: Container[str] = (),
    ) -> tuple[Cited, ...]:
        """Who is cited. ``among``: the entities of the case; ``gone``: claims that do not stand any more."""
        sayings = (said for said in self._shelf.sayings() if said.claim not in gone)
        return cited(sayings, among, held(links, findings), self._shelf.decisions())

    def parts(self, entity: CaseEntity) -> dict[Role, tuple[Claim, ...]]:
        """The claims that an entity makes, and those that have it act or have something done to it."""
        return self._shelf.parts(entity.members)

    def decisions(self) -> tuple[Decision, ...]:
        """All that was decided, in that order."""
        return self._shelf.decisions()

    def decide(self, what: What, *, by: str, why: str = "") -> Decision:
        """Keep what a person decides. Raises BadDecision."""
        return self._shelf.decide(what, by.strip(), _now(), why.strip(), partial(check, what, by, why))

    def keep(self, name: str, toml: str, *, by: str, why: str = "") -> Question:
        """Keep a file of hypotheses as its newest version. Raises BadHypotheses, BadDecision."""
        if not by.strip():
            raise BadDecision(f"{name}: to keep it, give your name")
        hypotheses(toml.encode(), name)
        return self._shelf.ask(
            Question(number=0, name=name.strip(), by=by.strip(), on=_now(), why=why.strip(), toml=toml)
        )

    def questions(self, name: str | None = None) -> tuple[Question, ...]:
        """The newest version of each kept file of hypotheses; with ``name`` all of that file, the newest first."""
        return self._shelf.questions(name)

    def question(self, number: int) -> tuple[Question, Hypotheses]:
        """One kept version, and what it asks. Raises NotFound."""
        kept = self._shelf.question(number)
        return kept, hypotheses(kept.toml.encode(), kept.name)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
