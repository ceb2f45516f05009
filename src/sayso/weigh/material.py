"""What the case holds on the evidence that a user names.

In:   Hypotheses, what is Kept.   Out: Items with claims, cluster and findings; BadHypotheses where one is not there.
Knows nothing of: SQL, odds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Protocol

import msgspec

from sayso.check.findings import Finding
from sayso.errors import NotFound
from sayso.link.decided import Decided
from sayso.link.origins import Member, members, origins
from sayso.links import Cluster, Contradiction, Link
from sayso.records import Claim, Ledger
from sayso.weigh.hypotheses import Evidence, Hypotheses


class Kept(Protocol):
    """What a case can be asked."""

    def claim(self, claim: str) -> Claim: ...
    def gone(self) -> Mapping[str, str]: ...  # claims that do not stand any more, by id: what people did to them
    def left(self, document: str) -> Ledger: ...  # as people have left it
    def cluster(self, claim: str) -> Cluster | None: ...
    def links(self) -> Iterator[Link]: ...
    def findings(self) -> Iterator[tuple[Finding, str]]: ...
    def decided(self) -> Decided: ...


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence and what the case holds on it. ``cluster``: that of its claims, also where it names one of them only;
    ``whole``: it names all. None and empty for what is not in the case. ``findings``: on any of its claims. ``gone``:
    what people did to the claim that it names, which does not stand any more: it counts for nothing.
    """

    evidence: Evidence
    claims: tuple[Member, ...] = ()
    cluster: Cluster | None = None
    whole: bool = False
    findings: tuple[Finding, ...] = ()
    against: tuple[Contradiction, ...] = ()
    gone: str | None = None

    @property
    def shown(self) -> str:
        """What it says, in the words of its first claim; nothing where that does not stand."""
        if self.gone is not None:
            return ""
        if self.evidence.says is not None:
            return self.evidence.says
        return min(self.claims, key=lambda m: m.order).claim.content.text


def material(asked: Hypotheses, kept: Kept) -> tuple[Item, ...]:
    """An Item for each evidence, in the order of the file."""
    look = _Look(kept)
    items = tuple(look.up(e, partial(asked.bad, n)) for n, e in enumerate(asked.evidence))
    seen: dict[str, int] = {}
    for number, item in enumerate(items):
        table = f" on {item.findings[0].table.rpartition('@')[0]}" if item.evidence.table is not None else ""
        for member in item.claims:
            first = seen.setdefault(member.claim.id + table, number)
            if first != number:
                name = member.claim.id
                raise asked.bad(
                    number, f"claim {name} is in evidence {first + 1}, too: leave one out, or it would count twice"
                )
    return items


def slots(asked: Hypotheses, kept: Kept) -> dict[str, dict[str, str]]:
    """For each slot the value that each source gives. Raises BadHypotheses: a claim is not there, or has no such value.

    A claim's source is who says it, else its outlet. One that gives two values for one slot is counted with its last.
    """
    found: dict[str, dict[str, str]] = {}
    gone = kept.gone()
    for slot in asked.slot:
        own = found.setdefault(slot.name, {})
        for name in slot.claims:
            if name in gone:
                continue
            try:
                claim = kept.claim(name)
            except NotFound as error:
                raise asked.bad_slot(slot, f"no claim {name} in the case") from error
            value = _value(claim, slot.kind or "")
            if value is None:
                raise asked.bad_slot(slot, f"claim {name} has not exactly one value of kind “{slot.kind}”")
            own[claim.source.name if claim.source else claim.document.outlet or claim.document.path] = value
        own.update((who, f"{value:g}" if isinstance(value, float) else str(value)) for who, value in slot.said.items())
    return found


def _value(claim: Claim, kind: str) -> str | None:
    if kind == "date":
        values = {time.value for time in claim.times}
    else:
        values = {f"{q.low:g}" for q in claim.quantities if q.kind == kind and q.low is not None and q.low == q.high}
    return values.pop() if len(values) == 1 else None


class _Look:
    """Looks things up, each document once."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._members: dict[str, Member] = {}
        self._decided = kept.decided()
        self._gone = kept.gone()
        links = list(kept.links())
        self._clusters = {x.id: x for x in links if isinstance(x, Cluster)}
        against = (x for x in links if isinstance(x, Contradiction))
        self._against = [x for x in against if self._gone.keys().isdisjoint((x.a, x.b))]
        self._findings: dict[str, list[Finding]] = {}
        for finding, _ in kept.findings():
            self._findings.setdefault(finding.claim, []).append(finding)

    def up(self, evidence: Evidence, bad: Callable[[str], Exception]) -> Item:
        if evidence.says is not None:
            return Item(evidence=evidence)
        if gone := self._gone.get(evidence.cluster or str(evidence.claim)):
            return Item(evidence=evidence, gone=gone)
        cluster = self._cluster(evidence, bad)
        whole = evidence.cluster is not None
        names = tuple(c for c in cluster.claims if c not in self._gone) if whole else (str(evidence.claim),)
        findings = tuple(f for name in names for f in self._findings.get(name, ()))
        if evidence.table is not None:
            findings = tuple(f for f in findings if evidence.table in (f.table, f.table.rpartition("@")[0]))
            if not findings:
                on = sorted({f.table.rpartition("@")[0] for f in self._findings.get(names[0], ())})
                there = f"there are findings of {', '.join(on)}" if on else "there are none: `sayso check` makes them"
                raise bad(f"no finding of table {evidence.table} on this claim; {there}")
        return Item(
            evidence=evidence,
            claims=tuple(self._member(name) for name in names),
            cluster=cluster,
            whole=whole,
            findings=findings,
            against=standing_against(names, self._against),
        )

    def _cluster(self, evidence: Evidence, bad: Callable[[str], Exception]) -> Cluster:
        name = evidence.cluster or str(evidence.claim)
        if name.startswith("k"):
            if name not in self._clusters:
                raise bad(
                    f"no cluster {name} in the case: its id changes when articles are added;"
                    ' name one of its claims instead (cluster = "c…"), after `sayso link`'
                )
            return self._clusters[name]
        try:
            member = self._member(name)
        except NotFound as error:
            raise bad(f"no claim {name} in the case: `sayso claims` with --format jsonl shows the ids") from error
        return self._kept.cluster(name) or alone(member)

    def _member(self, name: str) -> Member:
        if name not in self._members:
            ledger = self._kept.left(self._kept.claim(name).document.id)
            self._members.update((m.claim.id, m) for m in members(ledger, self._decided))
        return self._members[name]


def standing_against(names: Collection[str], found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """What stands against one of these claims: what contradicts it or disputes that it was said, and a later word.
    Against the later word the earlier one does not stand.
    """
    return tuple(
        x
        for x in found
        if (x.relation in ("contradicts", "disputes-attribution") and (x.a in names or x.b in names))
        or (x.relation == "updates" and x.a in names and x.b not in names)
    )


def alone(member: Member) -> Cluster:
    """A claim that is like no other."""
    claim = member.claim
    found = origins([member], [], {})
    return Cluster(id=claim.id, claims=(claim.id,), documents=(claim.document.id,), origins=found, score=1.0)
