"""What is between two documents: which has something from which, how, and which of its claims.

In:   two Sketches.   Out: Bond, or None.
Knows nothing of: third documents; the other claims of a case.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

import msgspec

from sayso.link.credits import Named, Naming, named, names_of, speaks_for_itself
from sayso.link.matter import one_story
from sayso.link.shared import Shared, shared
from sayso.link.sketch import Sketch
from sayso.link.stated import Stated
from sayso.links import Relation
from sayso.spans import Span, merge

_REPRINT = 0.7  # of the prose of the one that derives
_COPIED = 0.12  # of it, for prose to be copied; wire copy that was worked over keeps so much
_REWORDED = 0.4  # of its words, in sentences that the other has in other words
_ROW = 12  # words of prose, in one passage or for their share: more than chance or a common fact gives
_SENTENCES = 2  # at least that are reworded; one alone is a fact that both report
_MATTER = 0.1  # of one story: who credits an agency has not taken all from it that it put out that week
_QUOTED = 5  # words of one quotation in both
_INSIDE = 0.5  # of the words of a claim, for it to stand in what is shared
_TRANSLATED = re.compile(r"\b(?:translat(?:ed|ion)|in the original)\b", re.IGNORECASE)
_UPDATES = re.compile(r"\b(?:correct(?:s|ed|ion)|updates?|clarif(?:ies|ication)|retract\w*)\b", re.IGNORECASE)
_TOP = 300  # characters in which a document says that it updates another


class Bond(msgspec.Struct, frozen=True, kw_only=True):
    """``late`` has something from ``early``, two documents' ids; of `shares_quote`, neither has.

    ``outlet``: early's. ``how``: how late names it, None: not at all. ``passages``: the same words, there and here;
    ``held``: the places of late that stand in early, word for word or reworded. ``inside``: late's claims that stand
    there; ``told``: those that late tells on early's word. ``score``: how sure it is.
    """

    late: str
    early: str
    outlet: str
    relation: Relation
    how: Naming | None
    passages: tuple[tuple[Span, Span], ...]
    held: tuple[Span, ...]
    inside: tuple[str, ...]
    told: tuple[str, ...]
    score: float
    why: tuple[str, ...]

    @property
    def derives(self) -> bool:
        return self.relation != "shares_quote"


def bond(a: Sketch, b: Sketch) -> Bond | None:
    """What is between two documents, in the likelier direction; None: nothing. Symmetric."""
    if b.id < a.id:
        a, b = b, a
    both = shared(a, b)
    found = [s for s in (_Signs(a, b, both), _Signs(b, a, both.turned())) if s.relation]
    best = max(found, key=lambda s: (s.pull, s.late.published, s.late.id), default=None)
    return best.bond() if best else None


class _Signs:
    """What speaks for ``late`` having something from ``early``."""

    def __init__(self, late: Sketch, early: Sketch, both: Shared) -> None:
        self.late, self.early, self.shared = late, early, both
        outlets = late.ledger.document.ref.outlet, early.ledger.document.ref.outlet
        self.outlet = outlets[1] or early.ledger.document.ref.title or early.ledger.document.ref.path
        self.one_house = bool(outlets[0] and outlets[1] and set(names_of(outlets[0])) & set(names_of(outlets[1])))
        self.names = () if self.one_house else named(late, early)
        order: tuple[Naming, ...] = ("credit", "cite", "name")
        self.how: Naming | None = min((n.how for n in self.names), key=order.index, default=None)
        self.release = speaks_for_itself(early)
        reworded = both.reworded
        words = sum(len(r.a) for r in reworded) if len(reworded) >= _SENTENCES else 0
        self.reworded = words / max(1, len(late.words))
        self.later = later(late.published, early.published)
        self.relation = None if self.later < 0 else self._relation()

    def _relation(self) -> Relation | None:
        """The strongest relation that holds."""
        cover = self.shared.cover[0]
        copied = self.shared.prose >= _ROW and (cover >= _COPIED or self.shared.longest >= _ROW)
        if copied and cover >= _REPRINT:
            return "reprint"
        if self.how and any(_TRANSLATED.search(_around(self.late, n)) for n in self.names):
            return "translation"
        if self.release and self.how and (copied or len(self.shared.reworded) >= _SENTENCES):
            return "press_release"
        if copied or self.reworded >= _REWORDED:
            return "copies_prose"
        cited = self.how in ("credit", "cite") and one_story(self.late, self.early) >= _MATTER
        if cited or (self.how and self.release and self.shared.reworded):
            return "cites"
        return "shares_quote" if self.shared.quoted >= _QUOTED else None

    @property
    def pull(self) -> float:
        """How much speaks for this direction and not the other: dates, names, which of them is a part of which."""
        here, there = self.shared.cover
        value = {"credit": 3.0, "cite": 2.0, "name": 0.5, None: 0.0}[self.how]
        value += 1.5 * self.later + here - there + 0.8 * self.release
        value += 0.8 * (self.one_house and bool(_UPDATES.search(self.late.words.text[:_TOP])))
        is_wire = any(n.how == "credit" for n in named(self.early, self.early))  # it credits itself, as agencies do
        return value + 0.6 * (is_wire or "agency" in self.outlet.casefold())

    def bond(self) -> Bond:
        relation = self.relation
        if relation is None:
            raise ValueError("nothing is between these documents")
        own, theirs = self.late.words, self.early.words
        passages = tuple(
            (own.span(p.a.start, p.a.stop), theirs.span(p.b.start, p.b.stop)) for p in self.shared.passages
        )
        same = {i for p in self.shared.passages for i, _ in p.pairs()} | {i for r in self.shared.reworded for i in r.a}
        held = merge([s for s, _ in passages] + [own.span(r.a.start, r.a.stop) for r in self.shared.reworded])
        inside = (s for s in self.late.claims if len(same & set(s.at)) >= max(1, _INSIDE * len(s.at)))
        strength = {
            "reprint": 4.0, "translation": 3.0, "press_release": 2.5, "copies_prose": 1 + 4 * self.shared.cover[0],
            "cites": 1.5, "shares_quote": 1.5,
        }[relation]  # fmt: skip
        return Bond(
            late=self.late.id,
            early=self.early.id,
            outlet=self.outlet,
            relation=relation,
            how=self.how,
            passages=passages,
            held=held,
            inside=tuple(s.claim.id for s in inside),
            told=tuple(s.claim.id for s in self.late.claims if self._tells(s)),
            score=round(1 / (1 + math.exp(-min(strength, 0.5 + self.pull))), 2),
            why=tuple(self._why()),
        )

    def _tells(self, stated: Stated) -> bool:
        """Does a sentence of the claim name the other as whom it has this from?"""
        claim = stated.claim
        spans = [
            s for p in (claim.source, claim.outlet, claim.addressee, claim.cue, claim.content) if p for s in p.spans
        ]
        sentences = (self.late.words.span(r.start, r.stop) for r in self.late.sentences)
        around = [s for s in sentences if _over(s, spans)]
        return any(n.span is not None and n.how in ("cite", "credit") and _over(n.span, around) for n in self.names)

    def _why(self) -> Iterator[str]:
        here, there = self.shared.cover
        if self.shared.prose:
            yield f"{self.shared.prose} words of prose stand in both: {here:.0%} of its own, {there:.0%} of the other's"
        if self.shared.quoted:
            yield f"{self.shared.quoted} words stand within quotation marks in both"
        if self.reworded:
            yield f"{len(self.shared.reworded)} sentences stand there in other words"
        if self.how:
            what = {"credit": "credits", "cite": "says that it has something from", "name": "names"}[self.how]
            yield f"it {what} {self.outlet}"
        if self.later > 0:
            yield "it was published later"
        elif self.how is None and self.relation != "shares_quote":
            yield "no date tells which of the two came first"


def later(one: str, other: str) -> int:
    """1 where ``one`` is surely a later date than ``other``, -1 an earlier, 0 where it cannot be told."""
    size = min(len(one), len(other))
    a, b = one[:size], other[:size]
    return (a > b) - (a < b)


def _around(document: Sketch, place: Named) -> str:
    text = document.words.text
    if place.span is None:
        return text[:400] + text[-400:]
    return text[max(0, place.span.start - 150) : place.span.end + 150]


def _over(span: Span, others: Iterable[Span]) -> bool:
    return any(map(span.overlaps, others))
