"""The origins of the evidence: each with how likely it would say so, and what ties it to others.

In:   Items, the ids of the hypotheses.   Out: Pieces, and groups of them that count as one origin.
Knows nothing of: priors, odds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import combinations
from typing import NamedTuple

import msgspec

from sayso.link import sources
from sayso.link.origins import Member, origin_id, same
from sayso.links import Cluster
from sayso.weigh.defaults import DEFAULTS, DENIAL, PARTLY, Kind
from sayso.weigh.hypotheses import OTHER, Evidence
from sayso.weigh.material import Item


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One evidence from one origin. ``likely``: by hypothesis, after ``anyway``. ``carriers``: the documents.
    ``first``: its first claim, if it is in the case.
    ``named``: the file says who it is.
    """

    origin: str
    item: int
    ref: str
    kind: Kind
    who: str
    carriers: tuple[str, ...]
    likely: tuple[float, ...]
    copies: float
    reasons: tuple[str, ...]
    first: Member | None = None
    named: bool = False

    @property
    def unnamed(self) -> bool:
        """Nobody stands behind it with a name."""
        return self.kind == "anonymous_official" or (self.kind == "unknown" and not self.named)

    @property
    def key(self) -> str:
        return f"{self.origin} {self.ref}"


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Pieces that count as one origin, and why."""

    pieces: tuple[Piece, ...]
    why: tuple[str, ...] = ()


class _Who(NamedTuple):
    origin: str
    kind: Kind
    name: str


class _Knot(msgspec.Struct, frozen=True, kw_only=True):
    a: str
    b: str
    certain: bool
    why: str = ""


def pieces(items: Sequence[Item], names: Sequence[str]) -> tuple[Piece, ...]:
    """The pieces of all evidence. ``names``: the hypotheses, in the order of ``Piece.likely``."""
    return tuple(piece for number, item in enumerate(items) for piece in _pieces(number, item, names))


def _pieces(number: int, item: Item, names: Sequence[str]) -> Iterator[Piece]:
    evidence = item.evidence
    if item.gone is not None:
        return
    if item.cluster is None:
        name = evidence.who or item.shown
        yield _piece(number, evidence, names, _Who(origin_id(("says", evidence.ref)), evidence.kind or "unknown", name))
    elif evidence.table is not None:
        yield _finding(number, item, names)
    else:
        known = {o.id: o for o in item.cluster.origins.items}
        own = {m.claim.id: m for m in item.claims}
        for part in _parts(item.cluster):
            if here := sorted((own[c] for c in part if c in own), key=lambda m: m.order):
                origin = known[origin_id(part)]
                who = _Who(origin.id, evidence.kind or origin.kind, evidence.who or origin.who)
                yield _piece(number, evidence, names, who, here)


def _finding(number: int, item: Item, names: Sequence[str]) -> Piece:
    table = item.findings[0].table.rpartition("@")[0]
    # What was asked, too: copies of a claim ask the same, and the answer is one.
    origin = origin_id((item.findings[0].table, *(f.query for f in item.findings)))
    sorts = {f.finding for f in item.findings}
    partly = "partly" in sorts and not item.evidence.likely and not sorts & {"consistent", "inconsistent"}
    usual = (PARTLY, "only a part of what was asked") if partly else None
    piece = _piece(number, item.evidence, names, _Who(origin, "table", table), usual=usual)
    shown = tuple(f"the table: {f.finding.replace('_', ' ')}: {f.reason}" for f in item.findings)
    if sorts <= {"not_in_coverage", "not_checkable"}:
        shown = (*shown, "the table cannot tell: it adds nothing")
        piece = msgspec.structs.replace(piece, likely=(1.0,) * len(names), reasons=())
    return msgspec.structs.replace(piece, reasons=(*piece.reasons, *shown))


def _piece(
    number: int, evidence: Evidence, names: Sequence[str], who: _Who, claims: Sequence[Member] = (),
    usual: tuple[float, str] | None = None,
) -> Piece:  # fmt: skip
    """``usual``: the chance that it would be said anyway where the file gives none, and why."""
    if claims and claims[0].claim.speech_act == "deny":
        usual = (DENIAL, "a denial")
    given, why = likelihoods(evidence, who.kind, names)
    anyway, reasons = evidence.anyway, [why]
    if anyway is not None:
        reasons.append(f"it would be said anyway with {anyway:g}: given")
    elif usual is not None:
        anyway = usual[0]
        reasons.append(f"it would be said anyway with {anyway:g}: {usual[1]} (default)")
    a = anyway or 0.0
    if claims and (evidence.who or evidence.kind):
        reasons.append("whose words they are: given")
    return Piece(
        origin=who.origin,
        item=number,
        ref=evidence.ref,
        kind=who.kind,
        who=who.name,
        carriers=tuple(dict.fromkeys(m.document for m in claims)) or (who.origin,),
        likely=tuple(a + (1 - a) * p for p in given),
        copies=evidence.copies,
        reasons=tuple(reasons),
        first=claims[0] if claims else None,
        named=evidence.who is not None,
    )


def likelihoods(evidence: Evidence, kind: Kind, names: Sequence[str]) -> tuple[tuple[float, ...], str]:
    """How likely it would be said under each hypothesis, and where the numbers are from."""
    if evidence.likely:
        values = tuple(evidence.likely.get(name, evidence.likely[OTHER]) for name in names)
        told = ", ".join(f"{value:g} if {name}" for name, value in zip(names, values, strict=True))
        return values, f"likely: {told}: given"
    default = DEFAULTS[kind]
    holds, fails = default.holds, default.fails
    between = (holds * fails) ** 0.5 if evidence.for_ and evidence.against else fails if evidence.for_ else holds
    values = tuple(holds if n in evidence.for_ else fails if n in evidence.against else between for n in names)
    told = ", ".join(f"{value:.2g} if {name}" for name, value in zip(names, values, strict=True))
    return values, f"likely: {told}: default for {default.why}"


def groups(found: Sequence[Piece], items: Sequence[Item], *, dependent: bool) -> tuple[Group, ...]:
    """Pieces that count as one origin: by certain ties, and, if ``dependent``, by those that may hold, too."""
    knots = [k for k in (*_inside(found, items), *_between(found, items)) if k.certain or dependent]
    nodes = sorted({p.key for p in found} | {name for k in knots for name in (k.a, k.b)})
    binding = _binding(knots, {p.key for p in found})
    out = []
    for part in joined(nodes, ((k.a, k.b) for k in knots)):
        inside = set(part)
        if own := tuple(sorted((p for p in found if p.key in inside), key=lambda p: p.key)):
            why = tuple(sorted({k.why for k in binding if k.why and k.a in inside}))
            out.append(Group(pieces=own, why=why if len(own) > 1 else ()))
    return tuple(out)


def _binding(knots: Sequence[_Knot], ends: Set[str]) -> list[_Knot]:
    """The knots that hold evidence together: not those to claims that are no evidence and lead no further."""
    near: dict[str, set[str]] = {}
    for knot in knots:
        near.setdefault(knot.a, set()).add(knot.b)
        near.setdefault(knot.b, set()).add(knot.a)
    loose = [node for node in near if node not in ends and len(near[node]) == 1]
    while loose:
        node = loose.pop()
        for other in near.pop(node, set()):
            near[other].discard(node)
            if other not in ends and len(near[other]) == 1:
                loose.append(other)
    return [k for k in knots if k.a in near and k.b in near]


def joined(nodes: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The nodes in parts that pairs hold together, in their order."""
    head = {node: node for node in nodes}

    def find(node: str) -> str:
        while head[node] != node:
            head[node] = head[head[node]]
            node = head[node]
        return node

    for a, b in pairs:
        head[find(a)] = find(b)
    out: dict[str, list[str]] = {}
    for node in head:
        out.setdefault(find(node), []).append(node)
    return [tuple(part) for part in out.values()]


def _parts(cluster: Cluster) -> list[tuple[str, ...]]:
    return joined(cluster.claims, ((t.a, t.b) for t in cluster.origins.ties if t.certain))


def _inside(found: Sequence[Piece], items: Sequence[Item]) -> Iterator[_Knot]:
    """Ties that link found inside of clusters. Nodes: pieces, and the origins of clusters, evidence or not."""
    for piece in found:
        yield _Knot(a=piece.key, b=piece.origin, certain=True)
    for cluster in {i.cluster.id: i.cluster for i in items if i.cluster is not None}.values():
        origin = {claim: origin_id(part) for part in _parts(cluster) for claim in part}
        who = {one.id: one.who for one in cluster.origins.items}
        for tie in cluster.origins.ties:
            if not tie.certain and origin[tie.a] != origin[tie.b]:
                ends = dict.fromkeys(who.get(origin[end], "") for end in (tie.a, tie.b))
                yield _Knot(a=origin[tie.a], b=origin[tie.b], certain=False, why=_of_ends(ends, tie.why))


def _between(found: Sequence[Piece], items: Sequence[Item]) -> Iterator[_Knot]:
    """Different evidence from one source: what it says twice may rest on one knowledge."""
    for a, b in combinations(sorted(found, key=lambda p: p.key), 2):
        one, other = (items[p.item].cluster if p.first else None for p in (a, b))
        if one is not None and other is not None and one.id == other.id:
            continue  # link has looked
        if why := _one_source(a, b):
            yield _Knot(a=a.key, b=b.key, certain=False, why=_of_ends(dict.fromkeys((a.who, b.who)), why))


def _of_ends(ends: Iterable[str], why: str) -> str:
    """The reason of a tie with whom it ties, where these go by two names."""
    names = [name for name in ends if name]
    return f"{' and '.join(names)}: {why}" if len(names) > 1 else why


def _one_source(a: Piece, b: Piece) -> str | None:
    given = a.named or b.named or any(p.first and sources.is_own(p.first.claim) for p in (a, b))
    if a.first and b.first and not given:
        one = same(a.first, b.first)
        return f"{one.why}: what one source says twice may rest on one knowledge" if one.sure != "no" else None
    if _folded(a.who) == _folded(b.who):
        return f"both are {a.who}: what one source says twice may rest on one knowledge"
    return None


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
