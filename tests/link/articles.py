"""Fictional articles for the tests of link: ledgers of marked sentences, and what link makes of some of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sayso.case import lexicon
from sayso.link import link
from sayso.link.sketch import Sketch, sketch
from sayso.links import Cluster, Contradiction, Edge, Variant
from sayso.records import Ledger
from tests.publish.ledgers import ledger


def article(
    outlet: str, day: int, marked: str, details: Mapping[int, Mapping[str, Any]] | None = None, **ref: Any
) -> Ledger:
    """The ledger of an article of April 2031."""
    return ledger(marked, details, outlet=outlet, published=f"2031-04-{day:02}", path=f"{outlet}.md", **ref)


def sketched(found: Ledger) -> Sketch:
    return sketch(found, lexicon())


class Linked:
    """The links of some articles, by sort."""

    def __init__(self, *ledgers: Ledger) -> None:
        self.all = link(ledgers, lexicon())
        self.clusters = [x for x in self.all if isinstance(x, Cluster)]
        self.edges = [x for x in self.all if isinstance(x, Edge)]
        self.variants = [x for x in self.all if isinstance(x, Variant)]
        self.against = [x for x in self.all if isinstance(x, Contradiction)]
        outlets = {x.document.ref.id: x.document.ref.outlet for x in ledgers}
        self.derived = {(outlets[e.from_], e.relation, outlets[e.to]) for e in self.edges}

    def origins(self) -> list[tuple[int, int]]:
        """The counts of each cluster, the most carried first."""
        ordered = sorted(self.clusters, key=lambda c: (-len(c.documents), c.id))
        return [(c.origins.low, c.origins.high) for c in ordered]
