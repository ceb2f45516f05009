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
from sayso.link.edges import Bond
from sayso.link.sketch import Sketch, Stated
from sayso.links import Origin, OriginKind, Origins, Tie
from sayso.records import Entity
from sayso.spans import Span

_INSIDE = 0.5  # of the words of a claim, for it to stand in what was copied
_LASTS = 0.6  # the least score of an edge that is surely one
_BEST: tuple[OriginKind, ...] = (
    "eyewitness", "official", "document", "organisation", "anonymous_official", "own_reporting", "unknown",
)  # fmt: skip


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of a cluster and the document it stands in."""

    stated: Stated
    document: Sketch

    @property
    def id(self) -> str:
        return self.stated.claim.id

    @property
    def entity(self) -> Entity | None:
        source = self.stated.claim.source
        return self.document.entities.get(source.entity or "") if source else None

    @property
    def order(self) -> tuple[str, str, int]:
        """By date, those without one last; then by id and place."""
        return self.document.published or "~", self.document.id, self.stated.claim.content.spans[0].start


def origins(
    members: Sequence[Member], possible: Sequence[Member], bonds: Mapping[tuple[str, str], Bond]
) -> Origins:
    """The origins of a cluster. ``possible``: claims that may say the same: what they add counts in ``high`` only.
    ``bonds``: by (document, document) in the order of their ids.
    """
    ordered = sorted(members, key=lambda m: m.order)
    ties = _ties(ordered, bonds)
    certain = _parts(ordered, (t for t in ties if t.certain))
    low = _parts(ordered, ties)
    whole = sorted((*members, *possible), key=lambda m: m.order)
    high = _parts(whole, (t for t in _ties(whole, bonds) if t.certain)) if possible else certain
    items = tuple(_origin(part, bonds) for part in certain)
    return Origins(low=len(low), high=max(len(high), len(certain)), items=items, ties=tuple(ties))


def _ties(ordered: Sequence[Member], bonds: Mapping[tuple[str, str], Bond]) -> list[Tie]:
    ties = [t for a, b in combinations(ordered, 2) if (t := _tie(a, b, bonds))]
    return [*ties, *_strays(ordered, ties)]


def _tie(a: Member, b: Member, bonds: Mapping[tuple[str, str], Bond]) -> Tie | None:
    """Whether two claims rest on one origin, as far as the two alone tell."""
    one, other = a.stated.claim, b.stated.claim
    same = sources.same(one, other, a.entity, b.entity)
    if same.sure == "certain":
        return Tie(a=a.id, b=b.id, certain=True, why=same.why)
    if a.document.id == b.document.id:
        if one.via == other.id or other.via == one.id:
            return Tie(a=a.id, b=b.id, certain=True, why="one is told inside of the other")
        return Tie(a=a.id, b=b.id, certain=False, why=same.why) if same.sure == "possible" else None
    key = (a.document.id, b.document.id)
    bond = bonds.get(key) or bonds.get(key[::-1])
    if bond is not None and bond.relation not in (None, "shares_quote"):
        late, early = (a, b) if bond.late.id == a.document.id else (b, a)
        if found := _derived(late, early, bond):
            return Tie(a=a.id, b=b.id, certain=found[0], why=found[1])
    if same.sure == "possible":
        return Tie(a=a.id, b=b.id, certain=False, why=same.why)
    return None


def _derived(late: Member, early: Member, bond: Bond) -> tuple[bool, str] | None:
    """Has the later document this claim from the earlier one? Certain or not, and why."""
    outlet = bond.early.ledger.document.ref.outlet or "the other document"
    own = late.stated.claim.source
    there = early.stated.claim.source
    if _held(late.stated, bond):
        why = f"the passage is {outlet}'s" if bond.how != "none" else f"the passage stands in {outlet} too"
        return bond.relation == "reprint" or bond.score >= _LASTS, why
    if _credits(late, bond):
        return True, f"told on the word of {outlet}"
    if own is not None and there is not None and not own.anonymous and own.type not in ("outlet", "people", "unknown"):
        return None  # somebody else says it there
    if bond.relation == "reprint":
        return True, f"a reprint of {outlet}"
    return False, f"its document has things from {outlet}"


def _held(stated: Stated, bond: Bond) -> bool:
    """Does the claim stand in what the two share?"""
    return bool(stated.at) and len(bond.words & set(stated.at)) >= _INSIDE * len(stated.at)


def _credits(late: Member, bond: Bond) -> bool:
    """Does the claim name the other as whom it has it from: in its source, outlet, addressee, sentence?"""
    claim = late.stated.claim
    spans = [s for p in (claim.source, claim.outlet, claim.addressee, claim.cue, claim.content) if p for s in p.spans]
    around = [late.document.words.span(r.start, r.stop) for r in late.document.sentences]
    around = [s for s in around if any(s.start < x.end and x.start < s.end for x in spans)]
    return any(n.span is not None and n.how in ("cite", "credit") and _over(n.span, around) for n in bond.names)


def _over(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < o.end and o.start < span.end for o in others)


def _strays(ordered: Sequence[Member], ties: Sequence[Tie]) -> Iterator[Tie]:
    """Claims on nobody's word, or on "reports": they may come from what was there before."""
    tied = {t.a for t in ties} | {t.b for t in ties}
    for place, member in enumerate(ordered):
        source = member.stated.claim.source
        unsaid = source is None or (source.anonymous and source.type in ("document", "outlet", "unknown", "people"))
        if unsaid and member.id not in tied and len(ordered) > 1:
            other = ordered[place - 1] if place else ordered[1]
            yield Tie(a=other.id, b=member.id, certain=False, why="it does not say whom it has this from")


def _parts(ordered: Sequence[Member], ties: Iterable[Tie]) -> list[list[Member]]:
    """The members in groups that ties hold together, by their first."""
    head = {m.id: m.id for m in ordered}

    def find(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    place = {m.id: n for n, m in enumerate(ordered)}
    for tie in ties:
        a, b = sorted((find(tie.a), find(tie.b)), key=place.__getitem__)
        head[b] = a
    out: dict[str, list[Member]] = {}
    for member in ordered:
        out.setdefault(find(member.id), []).append(member)
    return list(out.values())


def _origin(part: Sequence[Member], bonds: Mapping[tuple[str, str], Bond]) -> Origin:
    """The origin of claims that rest on one: the best known source among them."""
    first = min(part, key=lambda m: (_BEST.index(_kind(m)), m.order))
    kind = _kind(first)
    claim = first.stated.claim
    if claim.source is None:
        who = first.document.ledger.document.ref.outlet or first.document.ledger.document.ref.path
    else:
        who = claim.source.text if claim.source.anonymous else claim.source.name
    documents = tuple(dict.fromkeys(m.document.id for m in part))
    heard = tuple(d for d in documents if not any(_through(d, other, bonds) for other in documents if other != d))
    digest = hashlib.sha256(" ".join(sorted(m.id for m in part)).encode()).hexdigest()[:16]
    return Origin(id=f"o{digest}", kind=kind, who=who, documents=documents, heard=heard)


def _kind(member: Member) -> OriginKind:
    return sources.kind_of(member.stated.claim.source, member.entity)


def _through(late: str, early: str, bonds: Mapping[tuple[str, str], Bond]) -> bool:
    bond = bonds.get((late, early)) or bonds.get((early, late))
    return bond is not None and bond.relation not in (None, "shares_quote") and bond.late.id == late
