"""Everything that two documents tell about each other; it depends on the two alone, whatever else is in the case.

In:   two Sketches.   Out: Compared; the keys by which a document finds those it may have something in common with.
Knows nothing of: clusters, origins, third documents.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from sayso.link.amounts import differ
from sayso.link.answered import answered
from sayso.link.bonds import Bond, bond, later
from sayso.link.contradictions import of_others
from sayso.link.credits import mentions, names_of
from sayso.link.judged import Judged
from sayso.link.matter import EVENT, touch
from sayso.link.passages import Passage, keys, passages
from sayso.link.same import ALIKE, MERGED, POSSIBLE, likely
from sayso.link.sketch import Sketch, Topic
from sayso.link.stance import asserts, put_unlike
from sayso.link.standing import Standing, standing
from sayso.link.stated import Stated
from sayso.link.words import Words, mixed
from sayso.links import Contradiction, Reading, Variant
from sayso.records import Phrase, phrase

_QUOTED = 6  # words of a quotation that two documents share, for what differs in it to be a reading
_FEWEST = 2  # shared keys of passages, or of claims: one is chance
_NEAR = 0.1  # what two documents are about that share one key of claims: unrelated ones seldom touch so much
_NAMED = 0.05  # the same where one names the other's outlet within two weeks: a paper cites what it hardly goes into


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two claims that may say the same, and how likely they do."""

    a: str
    b: str
    probability: float


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What is between two documents, ``a`` before ``b`` by their ids."""

    a: str
    b: str
    bond: Bond | None = None
    pairs: tuple[Pair, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.bond or self.pairs or self.contradictions or self.variants)


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """What candidates are looked up by: rows of words, pairs of a claim's terms, names of outlets.

    ``topic``: what the document is about, by which those that share one key by chance are told from the others.
    """

    passages: frozenset[int]
    claims: frozenset[int]
    names: frozenset[int]
    outlets: frozenset[int]
    topic: Topic


def keys_of(document: Sketch) -> Keys:
    """The keys of a document."""
    weeks = _weeks(document.published)
    outlet = document.ledger.document.ref.outlet
    own = [n.casefold() for n in names_of(outlet)] if outlet else []
    return Keys(
        passages=keys(document.words),
        claims=frozenset(k for s in document.claims for k in s.lookups()),
        names=frozenset(mixed((name, week)) for name in mentions(document) for week in weeks),
        outlets=frozenset(mixed((name, weeks[0])) for name in own),
        topic=document.outline,
    )


def _weeks(published: str) -> tuple[str, ...]:
    """The week of a day and the one before: what is cited is seldom older. "" where the day is not known."""
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return ("",)
    return tuple("{}-{}".format(*d.isocalendar()[:2]) for d in (day, day - timedelta(days=7)))


class Finds(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that share a key with one, and how many of each kind."""

    passages: Mapping[str, int]
    claims: Mapping[str, int]
    names: Mapping[str, int]  # those whose outlet it may name, and those that may name its own

    def candidates(self, own: Topic, topic_of: Callable[[str], Topic]) -> frozenset[str]:
        """Those to compare with: they share several keys, or one and what they are about.

        The larger a case, the more documents share one key by chance, so this is what keeps a large case from being
        compared with itself. It depends on two documents alone, whatever else there is.
        """
        several = {name for finds in (self.passages, self.claims) for name, n in finds.items() if n >= _FEWEST}
        several |= self.passages.keys() & self.claims.keys()
        near = {name for name in self.claims.keys() - several if touch(own, topic_of(name)) >= _NEAR}
        named = {name for name in self.names.keys() - several - near if touch(own, topic_of(name)) >= _NAMED}
        return frozenset(several | near | named)


def compare(one: Sketch, other: Sketch) -> Compared:
    """What two documents tell about each other. Symmetric."""
    a, b = sorted((one, other), key=lambda s: s.id)
    pairs: list[Pair] = []
    opposed: list[Contradiction] = []
    found_alike = list(likely(a, b))
    copied = {s.claim.id for found in found_alike if found.same >= ALIKE for s in (found.a, found.b)}
    for x, y, same, event in found_alike:
        if same < ALIKE and not copied.isdisjoint((x.claim.id, y.claim.id)):
            continue  # a claim that stands there in the same words is that claim there, and no other
        # What is not likely to be of one event or to merge is not worth the signs.
        stands = standing(*in_order(x, y), event) if event >= EVENT or same >= MERGED else None
        if stands and (found := _against(x, y, stands)):
            opposed.append(found)
        if same >= POSSIBLE and not differs(x, y, stands):
            pairs.append(Pair(a=x.claim.id, b=y.claim.id, probability=round(same, 3)))
    against = {frozenset((found.a, found.b)) for found in opposed if found.relation != "refines"}
    answers = {frozenset((found.a, found.b)): found for found in _answers(a, b, against)}
    opposed = [*(found for found in opposed if frozenset((found.a, found.b)) not in answers), *answers.values()]
    return Compared(
        a=a.id,
        b=b.id,
        bond=bond(a, b),
        pairs=tuple(pairs),
        contradictions=tuple(opposed),
        variants=tuple(_variants(a, b)),
    )


def _answers(a: Sketch, b: Sketch, told: Collection[frozenset[str]]) -> Iterator[Contradiction]:
    """What stands against each other in few common words, but for the pairs that were told."""
    for found in answered(a, b):
        if frozenset((found.a.claim.id, found.b.claim.id)) in told or _own_denial(found.a, found.b):
            continue
        if more := _told(found.a, found.b, found.judged):
            yield more


def differs(x: Stated, y: Stated, stands: Standing | None) -> bool:
    """Is it plain that two claims that are alike do not say the same? ``stands``: how they stand to each other, where
    that was asked.
    """
    return (stands is not None and stands.exclude) or put_unlike(x, y) or of_others(x, y) or differ(*in_order(x, y))


def _against(x: Stated, y: Stated, stands: Standing) -> Contradiction | None:
    """How two claims of one event stand to each other, the earlier one first; None where both can be so."""
    found = stands.judged
    if found.outcome != "refines" and (_own_denial(x, y) or not (asserts(x.claim) and asserts(y.claim))):
        return None  # what is asked or left open stands against nothing
    return _told(*in_order(x, y), found)


def _own_denial(x: Stated, y: Stated) -> bool:
    """Is one of them what the other denies, told in a copy of that very denial?"""
    return any(
        inner.in_denial and outer.claim.speech_act == "deny" and inner.teller and inner.teller == outer.speaker
        for inner, outer in ((x, y), (y, x))
    )


def _told(first: Stated, second: Stated, found: Judged) -> Contradiction | None:
    relation = found.outcome
    if relation == "compatible" or relation == "unknown":  # noqa: PLR1714 - so that the type is narrowed
        return None
    return Contradiction(
        a=first.claim.id,
        b=second.claim.id,
        relation=relation,
        reason=found.reason,
        spans=(found.a, found.b),
    )


def in_order(x: Stated, y: Stated) -> tuple[Stated, Stated]:
    """Two claims, the one of the earlier document first."""
    return (x, y) if _order(x) <= _order(y) else (y, x)


def _order(stated: Stated) -> tuple[str, str]:
    return stated.claim.document.published or "~", stated.claim.id


def _variants(a: Sketch, b: Sketch) -> Iterator[Variant]:
    """Quotations that read differently, the earlier document first."""
    if later(a.published, b.published) > 0:
        a, b = b, a
    if a.quotes < _QUOTED or b.quotes < _QUOTED:
        return
    for passage in passages(a.words, b.words):
        quoted = sum(a.words.quoted[i] and b.words.quoted[j] for i, j in passage.pairs())
        readings = tuple(_readings(passage, a.words, b.words))
        if quoted >= _QUOTED and readings:
            spans = a.words.span(passage.a.start, passage.a.stop), b.words.span(passage.b.start, passage.b.stop)
            yield Variant(a=a.id, b=b.id, spans=spans, readings=readings)


def _readings(passage: Passage, a: Words, b: Words) -> Iterator[Reading]:
    """What stands between two runs of a passage, within quotation marks on both sides."""
    for before, after in zip(passage.runs, passage.runs[1:], strict=False):
        here = range(before.a + before.size, after.a)
        there = range(before.b + before.size, after.b)
        # Not where one breaks off to say who speaks.
        if all(a.quoted[i] for i in here) and all(b.quoted[j] for j in there):
            yield Reading(a=_phrase(a, here), b=_phrase(b, there))


def _phrase(own: Words, at: range) -> Phrase | None:
    return phrase(own.text, (own.span(at.start, at.stop),)) if at else None
