"""Keeps the links of a case: new documents are compared with those they share keys with, and clusters redone there.

In:   a Shelf, on which ledgers and links lie; a Lexicon; who is one, as decided.   Out: the Shelf, up to date.
Knows nothing of: how a Shelf keeps what it is given.

Every comparison depends on two documents as people have left them, and every cluster on the claims that hang together
and on what was decided on their sources. So what is on the shelf in the end depends neither on the order in which
documents, rulings and decisions came nor on how often it was brought up to date.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from itertools import islice
from typing import Protocol

from msgspec.structs import replace

from sayso.lexicon import Lexicon
from sayso.link.bonds import Bond
from sayso.link.compare import Compared, Finds, Keys, compare, keys_of
from sayso.link.decided import Decided
from sayso.link.gather import gather
from sayso.link.origins import Member
from sayso.link.same import MERGED, Group, clusters
from sayso.link.sketch import Sketch, Topic, sketch
from sayso.links import Cluster
from sayso.records import Ledger

_KEPT = 1500  # sketches held at a time: some 150 KB each
_TOGETHER = 32  # documents, or regions, that are kept at once: the disk is waited for once, others for a second


class Shelf(Protocol):
    """Where ledgers and links lie. What one call is given is kept whole or not at all."""

    def together(self) -> AbstractContextManager[object]:
        """What is kept within is kept at its end, all of it or nothing."""

    def unlinked(self) -> Sequence[str]:
        """The documents that were not compared yet."""

    def follow(self) -> int:
        """The links shall go by all that people have ruled on claims: documents whose claims that makes others are
        unlinked. A number of it.
        """

    def follows(self) -> int:
        """The number of what the links go by now."""

    def ledger(self, document_id: str) -> Ledger:
        """A ledger as people have left it, by what the links go by."""

    def finds(self, keys: Keys) -> Finds:
        """The linked documents that share keys."""

    def topic(self, document_id: str) -> Topic:
        """What a linked document is about."""

    def keep(self, document_id: str, keys: Keys, compared: Sequence[Compared]) -> None:
        """A document is linked now: its keys, and what is between it and others."""

    def decided(self) -> Decided:
        """What the clusters on the shelf go by."""

    def decide(self, decided: Decided) -> None:
        """The clusters shall go by this now: those that it concerns are to be made anew."""

    def stirred(self) -> str | None:
        """A claim that is to be clustered anew; None where there is none."""

    def hanging(self, claims: Collection[str]) -> Set[str]:
        """These, and all to be clustered anew that hang together with them by pairs likely enough to merge."""

    def stored(self, claims: Collection[str]) -> Mapping[str, Set[str]]:
        """For each of these claims the claims of its cluster as it is kept; itself alone where it is in none."""

    def pairs(self, claims: Collection[str]) -> Mapping[tuple[str, str], float]:
        """All likely pairs that have one of these."""

    def about(self, claims: Collection[str]) -> tuple[Mapping[str, Member], Sequence[Bond]]:
        """These claims with the entities of their sources, and the bonds between their documents."""

    def cluster(self, claims: Collection[str], clusters: Sequence[Cluster]) -> None:
        """The clusters of these claims, in place of those they had; they need not be clustered anew."""


def bring_up_to_date(shelf: Shelf, lexicon: Lexicon, decided: Decided) -> Iterator[str]:
    """Compares every document that was not yet or on whose claims people have ruled since, yielding its id once that is
    kept; then redoes the clusters there, and those of whose sources something else was decided than they go by.
    """
    ruled = shelf.follow()
    sketches: OrderedDict[str, Sketch] = OrderedDict()

    def sketched(document: str) -> Sketch:
        if document in sketches:
            sketches.move_to_end(document)
        else:
            sketches[document] = sketch(shelf.ledger(document), lexicon)
            if len(sketches) > _KEPT:
                sketches.popitem(last=False)
        return sketches[document]

    documents = iter(shelf.unlinked())
    while some := tuple(islice(documents, _TOGETHER)):
        ready = [(document, own := sketched(document), keys_of(own)) for document in some]  # while others may write
        with shelf.together():
            if ruled != shelf.follows():  # another goes by later rulings
                ruled = shelf.follows()
                sketches.clear()
                ready = [(document, own := sketched(document), keys_of(own)) for document in some]
            for document, own, keys in ready:
                near = sorted(shelf.finds(keys).candidates(keys.topic, shelf.topic))
                shelf.keep(document, keys, [c for other in near if not (c := compare(own, sketched(other))).empty])
        yield from some
    shelf.decide(decided)
    decided = shelf.decided()  # what another has decided upon later holds
    while shelf.stirred():
        with shelf.together():
            for _ in range(_TOGETHER):
                if start := shelf.stirred():  # within, as others may have clustered it meanwhile
                    stirred, groups, pairs = region(shelf, start)
                    known, bonds = shelf.about({claim for pair in pairs for claim in pair})
                    members = {name: replace(m, decided=decided.of(m.claim)) for name, m in known.items()}
                    shelf.cluster(stirred, gather(groups, pairs, bonds, members))


def region(shelf: Shelf, start: str) -> tuple[Set[str], list[Group], Mapping[tuple[str, str], float]]:
    """The claims that have to be clustered anew with one, their groups, and all likely pairs that have one of them.

    In the end the clusters are those of the whole case. Average linkage takes the likeliest pair first and its means
    only fall, so two clusters that stay apart when both are made together stay apart whatever else there is: claims and
    their neighbours are clustered by themselves, and if that leaves the neighbours as they are kept, nothing beyond
    can matter. Else those that moved are taken in, and their neighbours looked at. By chance pairs tens of thousands of
    a million claims hang together; what a new article stirs among them is small.
    """
    own: set[str] = {start}
    while True:
        own = _closed(shelf, own)
        pairs = shelf.pairs(own)
        near = {claim for pair, value in pairs.items() if value >= MERGED for claim in pair} - own
        kept = {claim: cluster for cluster in shelf.stored(near).values() for claim in cluster}
        whole = own.union(kept)
        inner = {pair: p for some in (pairs, shelf.pairs(kept)) for pair, p in some.items() if whole.issuperset(pair)}
        groups = clusters(inner)
        of = {claim: frozenset(group) for group, _ in groups for claim in group}
        moved = {claim for claim, cluster in kept.items() if of.get(claim, {claim}) != cluster}
        if not moved:
            return own, [group for group in groups if own.issuperset(group[0])], pairs
        own |= moved


def _closed(shelf: Shelf, claims: Set[str]) -> set[str]:
    """These claims, with whoever is in a cluster with one of them or hangs together with one and is stirred."""
    while True:
        more = set(shelf.hanging(claims))
        more = more.union(*shelf.stored(more).values())
        if len(more) == len(claims):
            return more
        claims = more
