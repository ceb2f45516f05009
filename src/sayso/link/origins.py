"""How many independent origins a cluster of claims has, as an interval, with the ties that make it so.

In:   the claims of a cluster, their documents, the Bonds between those.   Out: Origins.
Knows nothing of: how clusters and bonds are found.

"Origin" and the interval: a claim copied ten times has one; what cannot be told apart or joined counts as one at the
low end and apart at the high end. Statement and truth are apart: ``heard`` tells who had it from the origin itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from sayso.link import sources
from sayso.link.bonds import Bond
from sayso.link.decided import NOTHING, Decided, Whole
from sayso.link.stance import passes_on
from sayso.links import Origin, OriginKind, Origins, Tie
from sayso.records import Claim, Entity, Ledger

Bonds = Mapping[frozenset[str], Bond]  # by their two documents
_VAGUE = ("outlet", "document", "post", "people", "unknown")  # types of sources that others may stand behind
_SURE = 0.6  # the least score of a bond that surely is one
_BEST: tuple[OriginKind, ...] = (
    "eyewitness", "official", "document", "organisation", "anonymous_official", "own_reporting", "hearsay", "unknown",
)  # fmt: skip


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of a cluster. ``entity``: that of its source, where its document knows one; ``decided``: whom people have
    decided it to be; ``passes_on``: most of it is what somebody else told.
    """

    claim: Claim
    entity: Entity | None
    decided: Whole | None = None
    passes_on: bool = False

    @property
    def document(self) -> str:
        return self.claim.document.id

    @property
    def order(self) -> tuple[str, str, int]:
        """By date, those without one last; then by id and place."""
        return self.claim.document.published or "~", self.document, self.claim.content.spans[0].start


def members(ledger: Ledger, decided: Decided = NOTHING) -> Iterator[Member]:
    """The claims of a ledger with the entities of their sources."""
    entities = {e.id: e for e in ledger.entities}
    for claim in ledger.claims:
        entity = entities.get(claim.source.entity or "") if claim.source else None
        inner = passes_on(claim, ledger.claims)
        yield Member(claim=claim, entity=entity, decided=decided.of(claim), passes_on=inner)


def same(a: Member, b: Member) -> sources.Same:
    """Whether the sources of two claims are one: as people have decided, else as the two claims tell."""
    if a.decided and b.decided:
        if a.decided.id == b.decided.id and a.decided.one:
            return sources.Same("certain", a.decided.one)
        if b.decided.id in a.decided.apart:
            return sources.Same("no", "")
    return sources.same(a.claim, b.claim, a.entity, b.entity)


def origins(members: Sequence[Member], possible: Sequence[Member], bonds: Bonds) -> Origins:
    """The origins of a cluster. ``possible``: claims that may say the same: what they add counts in ``high`` only."""
    ordered = sorted(members, key=lambda m: m.order)
    ties = _ties(ordered, bonds)
    certain = _parts(ordered, (t for t in ties if t.certain))
    low = _parts(ordered, ties)
    whole = sorted((*members, *possible), key=lambda m: m.order)
    high = _parts(whole, (t for t in _ties(whole, bonds) if t.certain)) if possible else certain
    items = tuple(_origin(part, bonds) for part in certain)
    return Origins(low=len(low), high=max(len(high), len(certain)), items=items, ties=tuple(ties))


def origin_id(claims: Iterable[str]) -> str:
    """The id of the origin of these claims: the same claims, the same id."""
    return "o" + hashlib.sha256(" ".join(sorted(claims)).encode()).hexdigest()[:16]


def _ties(ordered: Sequence[Member], bonds: Bonds) -> list[Tie]:
    ties = [t for a, b in combinations(ordered, 2) if (t := _tie(a, b, bonds))]
    return [*ties, *_strays(ordered, ties)]


def _tie(a: Member, b: Member, bonds: Bonds) -> Tie | None:
    """Whether two claims rest on one origin, as far as the two alone tell."""
    one, other = a.claim, b.claim
    found = same(a, b)
    if (outlet := one.document.outlet) and outlet == other.document.outlet and all(map(sources.is_own, (one, other))):
        return Tie(a=one.id, b=other.id, certain=True, why=f"both are {outlet}'s own words")
    if found.sure == "certain":
        return Tie(a=one.id, b=other.id, certain=True, why=found.why)
    if a.document == b.document and (one.via == other.id or other.via == one.id):
        return Tie(a=one.id, b=other.id, certain=True, why="one is told inside of the other")
    bond = bonds.get(frozenset((a.document, b.document)))
    if bond is not None and bond.derives:
        late, early = (one, other) if bond.late == a.document else (other, one)
        if derived := _derived(late, early, bond):
            return Tie(a=one.id, b=other.id, certain=derived[0], why=derived[1])
    if found.sure == "possible":
        return Tie(a=one.id, b=other.id, certain=False, why=found.why)
    return None


def _derived(late: Claim, early: Claim, bond: Bond) -> tuple[bool, str] | None:
    """Has the later document this claim from the earlier one? Certain or not, and why."""
    own, there = late.source, early.source
    others = own is not None and there is not None and not own.anonymous and own.type not in _VAGUE
    if late.id in bond.inside:
        where = "is from" if bond.how else "stands in"
        sure = bond.relation == "reprint" or (bond.score >= _SURE and not others)
        return sure, f"the passage {where} {bond.outlet}"
    if late.id in bond.told:
        return True, f"told on the word of {bond.outlet}"
    if others:
        return None  # somebody else says it there
    if bond.relation == "reprint":
        return True, f"a reprint of {bond.outlet}"
    return False, f"its document has things from {bond.outlet}"


def _strays(ordered: Sequence[Member], ties: Sequence[Tie]) -> Iterator[Tie]:
    """Claims on nobody's word, or on "reports": they may come from what was there before. So may their copies. What is
    said by "nobody" or by "you" is nobody's, and no origin of its own.
    """
    place = {m.claim.id: n for n, m in enumerate(ordered)}
    for part in _parts(ordered, ties):
        if len(part) == len(ordered) or not all(_unsaid(m.claim) for m in part):
            continue
        own, first = {m.claim.id for m in part}, place[part[0].claim.id]
        other = ordered[first - 1] if first else next(m for m in ordered if m.claim.id not in own)
        if all(sources.is_nobody(m.claim) for m in part):
            why = f"“{part[0].claim.source.name if part[0].claim.source else ''}” is nobody whom it could come from"
            yield Tie(a=other.claim.id, b=part[0].claim.id, certain=True, why=why)
        else:
            why = "it does not say whom it has this from"
            yield Tie(a=other.claim.id, b=part[0].claim.id, certain=False, why=why)


def _unsaid(claim: Claim) -> bool:
    source = claim.source
    return (
        source is None
        or sources.is_own(claim)
        or sources.is_nobody(claim)
        or (source.anonymous and source.type in ("document", "outlet", "unknown", "people"))
    )


def _parts(ordered: Sequence[Member], ties: Iterable[Tie]) -> list[list[Member]]:
    """The members in groups that ties hold together, by their first."""
    head = {m.claim.id: m.claim.id for m in ordered}

    def find(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    place = {m.claim.id: n for n, m in enumerate(ordered)}
    for tie in ties:
        a, b = sorted((find(tie.a), find(tie.b)), key=place.__getitem__)
        head[b] = a
    out: dict[str, list[Member]] = {}
    for member in ordered:
        out.setdefault(find(member.claim.id), []).append(member)
    return list(out.values())


def _origin(part: Sequence[Member], bonds: Bonds) -> Origin:
    """The origin of claims that rest on one: the best known source among them that does not only pass it on."""
    outer = {m.claim.via for m in part}
    firsts = [m for m in part if m.claim.id not in outer] or part
    first = min(firsts, key=lambda m: (_BEST.index(_kind(m)), m.order))
    kind = _kind(first)
    source = first.claim.source
    if source is None or sources.is_own(first.claim):
        who = first.claim.document.outlet or first.claim.document.title or first.claim.document.path
    else:
        who = source.text if source.anonymous else source.name
    documents = tuple(dict.fromkeys(m.document for m in part))
    heard = tuple(d for d in documents if not any(_through(d, other, bonds) for other in documents if other != d))
    return Origin(id=origin_id(m.claim.id for m in part), kind=kind, who=who, documents=documents, heard=heard)


def _kind(member: Member) -> OriginKind:
    return sources.kind_of(member.claim.source, member.entity, told=member.passes_on or member.claim.via is not None)


def _through(late: str, early: str, bonds: Bonds) -> bool:
    bond = bonds.get(frozenset((late, early)))
    return bond is not None and bond.derives and bond.late == late
