"""Which document derives from which: reprints, copied prose, press releases, translations, citations, shared quotes.

In:   two Sketches, or all Sketches of a story.   Out: Edges, each with its passages and its reasons.
Knows nothing of: claims; documents that are not there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from sayso.link.credits import Named, named, names_of, speaks_for_itself
from sayso.link.shared import Shared, shared
from sayso.link.sketch import Sketch
from sayso.links import Edge, Relation

_REPRINT = 0.7  # of the prose of the one that derives
_COPIED = 0.12  # of it, for prose to be copied; wire copy that was worked over keeps so much
_REWORDED = 0.4  # of its words, in sentences that the other has in other words
_RELEASE = 0.22  # the same for a release, which is meant to be reworded
_ROW = 12  # words of prose in one passage: more than chance or a common fact gives
_SENTENCES = 2  # at least; one alone is a fact that both report
_THROUGH = 0.6  # of what two share, for it to have come through a third
_QUOTED = 5  # words of one quotation in both
_TRANSLATED = re.compile(r"\b(?:translat(?:ed|ion)|in the original)\b", re.IGNORECASE)
_CORRECTS = re.compile(r"\b(?:correct(?:s|ed|ion)|updates? earlier|clarif(?:ies|ication)|retract\w*)\b", re.IGNORECASE)


class Bond(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What speaks for ``late`` having something from ``early``."""

    late: Sketch
    early: Sketch
    shared: Shared  # a: late, b: early
    names: tuple[Named, ...]  # where late names early's outlet

    @cached_property
    def how(self) -> str:
        """The strongest way in which it names the other: credit, cite, name or none."""
        return min((n.how for n in self.names), key=("credit", "cite", "name").index, default="none")

    @cached_property
    def reworded(self) -> float:
        """The share of late's words in sentences that early has in other words; 0 where it is one sentence only."""
        found = [r for r in self.shared.reworded if len(r.a)]
        return sum(len(r.a) for r in found) / max(1, len(self.late.words)) if len(found) >= _SENTENCES else 0.0

    @cached_property
    def words(self) -> frozenset[int]:
        """The words of late that stand in early, word for word or in other words."""
        same = {i for p in self.shared.passages for i, _ in p.pairs()}
        return frozenset(same | {i for r in self.shared.reworded for i in r.a})

    @cached_property
    def score(self) -> float:
        """How sure it is that one derives from the other, and in this direction."""
        strength = {
            "reprint": 4.0,
            "press_release": 2.5,
            "translation": 3.0,
            "copies_prose": 1.0 + 4 * self.shared.cover[0],
            "cites": 1.5,
            "shares_quote": 1.5,
        }[self.relation or "cites"]
        return round(1 / (1 + math.exp(-min(strength, 0.5 + self.pull))), 2)

    @cached_property
    def same_outlet(self) -> bool:
        a, b = (s.ledger.document.ref.outlet for s in (self.late, self.early))
        return bool(a and b) and names_of(a or "")[0] == names_of(b or "")[0]

    @cached_property
    def relation(self) -> Relation | None:
        """The strongest relation that holds, in the order of `Relation`; None: nothing speaks for any."""
        cover = self.shared.cover[0]
        release = speaks_for_itself(self.early)
        copied = cover >= _COPIED or self.shared.longest >= _ROW
        if _later(self.late.published, self.early.published) < 0:
            return None
        if cover >= _REPRINT:
            return "reprint"
        if release and self.how != "none" and (copied or self.reworded >= _RELEASE):
            return "press_release"
        if self.how != "none" and any(_TRANSLATED.search(_around(self.late, n)) for n in self.names):
            return "translation"
        if copied or self.reworded >= _REWORDED:
            return "copies_prose"
        if self.how in ("credit", "cite") and not self.same_outlet:
            return "cites"
        if self.how == "name" and release and self.reworded:
            return "cites"
        if self.shared.counts[1] >= _QUOTED:
            return "shares_quote"
        return None

    @cached_property
    def pull(self) -> float:
        """How much speaks for this direction and not the other: dates, names, which of them is the part."""
        value = {"credit": 3.0, "cite": 2.0, "name": 0.5, "none": 0.0}[self.how]
        value += 1.5 * _later(self.late.published, self.early.published)
        here, there = self.shared.cover
        value += 1.0 * (here - there)
        value += 0.8 * speaks_for_itself(self.early)
        value += 0.8 * (self.same_outlet and bool(_CORRECTS.search(self.late.words.text[:300])))
        if "agency" in (self.early.ledger.document.ref.outlet or "").casefold() or self._is_wire:
            value += 0.6
        return value

    @cached_property
    def _is_wire(self) -> bool:
        """Does the earlier one credit itself in its dateline, as agencies do?"""
        return any(n.how == "credit" for n in named(self.early, self.early))


def _later(one: str, other: str) -> float:
    """1 where ``one`` is surely published after ``other``, -1 before, 0 where it cannot be told."""
    size = min(len(one), len(other))
    a, b = one[:size], other[:size]
    return float((a > b) - (a < b))


def _around(document: Sketch, place: Named) -> str:
    text = document.words.text
    if place.span is None:
        return text[:400] + text[-400:]
    return text[max(0, place.span.start - 150) : place.span.end + 150]


def bond(a: Sketch, b: Sketch) -> Bond | None:
    """The likelier direction of two documents, None where nothing is between them."""
    both = shared(a, b)
    turned = shared(b, a)
    one = Bond(late=a, early=b, shared=both, names=_named(a, b))
    two = Bond(late=b, early=a, shared=turned, names=_named(b, a))
    found = [x for x in (one, two) if x.relation]
    return max(found, key=lambda x: (x.pull, x.early.published, x.early.id), default=None)


def _named(a: Sketch, b: Sketch) -> tuple[Named, ...]:
    own, outlet = a.ledger.document.ref.outlet, b.ledger.document.ref.outlet
    return () if own and outlet and set(names_of(own)) & set(names_of(outlet)) else named(a, b)


def edge(found: Bond) -> Edge:
    """The Edge of a Bond that has a relation."""
    relation = found.relation
    if relation is None:
        raise ValueError("nothing is between these documents")
    a, b = found.late, found.early
    if relation == "shares_quote" and (a.published, a.id) < (b.published, b.id):
        a, b = b, a
        found = Bond(late=a, early=b, shared=shared(a, b), names=())
    spans = tuple(
        (found.late.words.span(p.a.start, p.a.stop), found.early.words.span(p.b.start, p.b.stop))
        for p in found.shared.passages
    )
    if not spans and relation != "cites":
        spans = tuple(
            (found.late.words.span(r.a.start, r.a.stop), found.early.words.span(r.b.start, r.b.stop))
            for r in found.shared.reworded
        )
    return Edge(
        from_=found.late.id,
        to=found.early.id,
        relation=relation,
        credited=relation == "shares_quote" or found.how in ("credit", "cite", "name"),
        spans=spans,
        score=found.score,
        why=tuple(_why(found)),
    )


def _why(found: Bond) -> Iterable[str]:
    prose, quoted, _ = found.shared.counts
    here, there = found.shared.cover
    if prose:
        yield f"{prose} words of prose stand in both: {here:.0%} of its own, {there:.0%} of the other's"
    if quoted:
        yield f"{quoted} words stand within quotation marks in both"
    if found.reworded:
        yield f"{len(found.shared.reworded)} sentences stand there in other words"
    if found.names:
        outlet = found.early.ledger.document.ref.outlet
        yield {
            "credit": f"it credits {outlet}",
            "cite": f"it says that it has something from {outlet}",
            "name": f"it names {outlet}",
        }[found.how]
    if later := _later(found.late.published, found.early.published):
        yield "it was published later" if later > 0 else "it was published earlier, as far as the dates tell"


def edges(story: Sequence[Sketch], bonds: Mapping[tuple[str, str], Bond]) -> tuple[Edge, ...]:
    """The direct edges of documents: what came through a third one is left out."""
    kept = {pair: b for pair, b in bonds.items() if b.relation}
    parents: dict[str, set[str]] = {}
    for b in kept.values():
        if b.relation != "shares_quote":
            parents.setdefault(b.late.id, set()).add(b.early.id)
    out = []
    for b in kept.values():
        between = (parents.get(b.late.id, set()) - {b.early.id}) & _with(parents, b.early.id, kept)
        if not any(_explains(b, kept, third, parents) for third in sorted(between)):
            out.append(edge(b))
    return tuple(sorted(out, key=lambda e: (e.from_, e.to)))


def _with(parents: Mapping[str, set[str]], early: str, kept: Mapping[tuple[str, str], Bond]) -> set[str]:
    """Documents that may stand between: those that ``early`` has something from, and those that have it from there."""
    return parents.get(early, set()) | {late for late, own in parents.items() if early in own}


def _explains(
    found: Bond, kept: Mapping[tuple[str, str], Bond], third: str, parents: Mapping[str, set[str]]
) -> bool:
    """Is what two documents share shared with a third, which the later one has it from?"""
    through = kept.get((found.late.id, third)) or kept.get((third, found.late.id))
    if through is None or through.late.id != found.late.id:
        return False
    if found.how in ("credit", "cite") and found.relation != "copies_prose":
        return False  # it says so itself
    if found.relation == "shares_quote":
        return True
    own, theirs = found.words, through.words
    nearer = len(theirs) > len(own) if found.early.id in parents.get(third, ()) else len(theirs) >= len(own)
    return nearer and len(own & theirs) >= _THROUGH * len(own)
