"""Keeps the links of a case: new documents are compared with those they share keys with, and clusters redone there.

In:   a Shelf, on which ledgers and links lie; a Lexicon; who is one, as decided.   Out: the Shelf, up to date.
Knows nothing of: how a Shelf keeps what it is given.

Every comparison depends on two documents alone, and every cluster on the claims that hang together and on what was
decided on their sources. So what is on the shelf in the end depends neither on the order in which documents and
decisions came nor on how often it was brought up to date.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from sayso.lexicon import Lexicon
from sayso.link.bonds import Bond
from sayso.link.compare import Compared, Finds, Keys, compare, keys_of
from sayso.link.decided import Decided
from sayso.link.gather import gather
from sayso.link.origins import Member
from sayso.link.sketch import Sketch, Topic, sketch
from sayso.links import Cluster
from sayso.records import Ledger

_KEPT = 1500  # sketches held at a time: some 150 KB each
_TOGETHER = 32  # documents, or components, that are kept at once: the disk is waited for once, others for a second


class Component(NamedTuple):
    """Claims that hang together by pairs likely enough to merge: no cluster reaches beyond them.

    ``pairs``: all likely ones that have one of ``claims``; ``members``: the claims of these; ``bonds``: those of their
    documents.
    """

    claims: frozenset[str]
    pairs: Mapping[tuple[str, str], float]
    bonds: Sequence[Bond]
    members: Mapping[str, Member]


class Shelf(Protocol):
    """Where ledgers and links lie. What one call is given is kept whole or not at all."""

    def together(self) -> AbstractContextManager[object]:
        """What is kept within is kept at its end, all of it or nothing."""

    def unlinked(self) -> Sequence[str]:
        """The documents that were not compared yet."""

    def ledger(self, document_id: str) -> Ledger:
        """A ledger as it was saved."""

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

    def settled(self) -> bool:
        """Is no claim to be clustered anew?"""

    def unclustered(self) -> Iterator[Component]:
        """The components of the claims that are to be clustered anew, until each has been."""

    def cluster(self, component: Component, clusters: Sequence[Cluster]) -> None:
        """The clusters of a component, in place of those it had."""


def bring_up_to_date(shelf: Shelf, lexicon: Lexicon, decided: Decided) -> Iterator[str]:
    """Compares every document that was not yet, yielding its id once that is kept; then redoes the clusters there, and
    those of whose sources something else was decided than they go by.
    """
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
            for document, own, keys in ready:
                near = sorted(shelf.finds(keys).candidates(keys.topic, shelf.topic))
                shelf.keep(document, keys, [c for other in near if not (c := compare(own, sketched(other))).empty])
        yield from some
    shelf.decide(decided)
    decided = shelf.decided()  # what another has decided upon later holds
    while not shelf.settled():
        with shelf.together():
            for component in islice(shelf.unclustered(), _TOGETHER):
                members = {name: replace(m, decided=decided.of(m.claim)) for name, m in component.members.items()}
                shelf.cluster(component, gather(component.pairs, component.bonds, members))
