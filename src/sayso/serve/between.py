"""What stands between documents: the same claim, what differs, copies and who names whom; and what tables show.

In:   Asks.   Out: Shown.
Knows nothing of: how links and findings are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import msgspec

from sayso.case import hedges
from sayso.check.findings import Finding, Verdict
from sayso.links import Cluster, Contradiction, Edge, Variant
from sayso.publish import compared, linkwords
from sayso.publish.compared import Known
from sayso.publish.found import VERDICTS, asked, short, told
from sayso.records import Claim
from sayso.serve.overview import Linked, Waits
from sayso.serve.paging import page_of
from sayso.serve.views import Act, Ask, Shown, View

PAGE = 30
Part = Literal["claims", "differences", "closer", "texts", "quotations"]
PARTS: dict[Part, str] = {
    "claims": "Claims that say the same",
    "differences": "Claims that differ",
    "closer": "Claims of which one says more",
    "texts": "Texts that share words or name each other",
    "quotations": "Quotations that read differently",
}


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the links, in pages. ``numbers``: how many there are of each."""

    part: Part
    numbers: dict[Part, int]
    page: int
    pages: int
    links: tuple[Cluster | Edge | Variant | Contradiction, ...]
    waits: Waits


def links(ask: Ask) -> Shown:
    view = ask.overview()
    linked = view.linked
    part: Part = next((p for p in get_args(Part) if p == ask.query.get("part")), "claims")
    every = _ordered(linked)
    page, pages, shown = page_of(ask, every[part], PAGE)
    numbers = {name: len(found) for name, found in every.items()}
    data = Links(part=part, numbers=numbers, page=page, pages=pages, links=tuple(shown), waits=view.waits)
    known = _known(ask, shown)
    more = {
        "parts": PARTS,
        "waits": view.waits,
        "clusters": [(c, _first(known, c), linkwords.interval(c.origins)) for c in shown if isinstance(c, Cluster)],
        "differ": compared.contradictions([x for x in shown if isinstance(x, Contradiction)], known),
        "reads": compared.variants([x for x in shown if isinstance(x, Variant)], known),
        "beside": compared.edges([x for x in shown if isinstance(x, Edge)], known, linked.documents),
        "called": linkwords.called,
        "full": linkwords.full,
        "picture": linked.map if part == "texts" else None,
    }
    return Shown(template="links.html.j2", title="Links", data=data, more=more)


def _ordered(linked: Linked) -> dict[Part, Sequence[Cluster | Edge | Variant | Contradiction]]:
    """What stands in most documents first; what goes together least first; the later texts by date."""
    rank = list(linkwords.OUTCOMES)
    refs = linked.documents
    shared = [c for c in linked.clusters if len(c.documents) > 1]
    shared.sort(key=lambda c: (-len(c.documents), -len(c.claims), c.id))
    pairs = sorted(linked.contradictions, key=lambda x: (rank.index(x.relation), x.a, x.b))
    differ = [pair for pair in pairs if linkwords.differs(pair)]
    closer = [pair for pair in pairs if not linkwords.differs(pair)]
    edges = sorted(linked.edges, key=lambda e: (linkwords.order(refs[e.from_]), linkwords.order(refs[e.to])))
    read = sorted(linked.variants, key=lambda v: (v.a, v.b, v.spans))
    return {"claims": shared, "differences": differ, "closer": closer, "texts": edges, "quotations": read}


def _known(ask: Ask, shown: Iterable[Cluster | Edge | Variant | Contradiction]) -> Known:
    """The ledgers that the page needs."""
    documents: dict[str, None] = {}
    for one in shown:
        if isinstance(one, Edge):
            documents |= dict.fromkeys((one.from_, one.to))
        elif isinstance(one, Variant):
            documents |= dict.fromkeys((one.a, one.b))
        else:
            claims = one.claims[:1] if isinstance(one, Cluster) else (one.a, one.b)
            documents |= dict.fromkeys(ask.case.claim(claim).document.id for claim in claims)
    return Known({document: ask.case.linked(document) for document in documents}, hedges)


def _first(known: Known, cluster: Cluster) -> compared.Wording:
    return known.wording(known.claims[cluster.claims[0]])


class Shows(msgspec.Struct, frozen=True, kw_only=True):
    """A finding, the claim it is on, and when it was made."""

    finding: Finding
    claim: Claim
    at: str


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """``tables``: how many findings each table has; ``verdicts``: how many of each sort, under the filter of tables."""

    table: str | None
    verdict: Verdict | None
    tables: dict[str, int]
    verdicts: dict[Verdict, int]
    number: int
    page: int
    pages: int
    findings: tuple[Shows, ...]


def findings(ask: Ask) -> Shown:
    linked = ask.overview().linked
    every = [pair for found in linked.findings.values() for pair in found]
    tables = Counter(finding.table for finding, _ in every)
    table = ask.query.get("table") if ask.query.get("table") in tables else None
    of_table = [pair for pair in every if table in (None, pair[0].table)]
    verdicts = Counter(finding.finding for finding, _ in of_table)
    verdict: Verdict | None = next((v for v in get_args(Verdict) if v == ask.query.get("finding")), None)
    kept = [pair for pair in of_table if verdict in (None, pair[0].finding)]
    rank = list(get_args(Verdict))
    kept.sort(key=lambda pair: (rank.index(pair[0].finding), pair[0].claim, pair[0].table, pair[0].query))
    page, pages, shown = page_of(ask, kept, PAGE)
    data = Findings(
        table=table,
        verdict=verdict,
        tables=dict(sorted(tables.items())),
        verdicts={v: verdicts[v] for v in rank if verdicts[v]},
        number=len(kept),
        page=page,
        pages=pages,
        findings=tuple(Shows(finding=f, claim=ask.case.claim(f.claim), at=at) for f, at in shown),
    )
    more = {"words": VERDICTS, "short": short, "told": told, "documents": len(linked.documents)}
    more["searches"] = asked((), ask.case.searches())
    return Shown(template="findings.html.j2", title="Findings", data=data, more=more)


VIEWS = (View("/links", links, nav="Links"), View("/findings", findings, nav="Findings"))
ACTS: tuple[Act, ...] = ()
