"""One claim with all that the case holds on it: wordings, origins, what stands against it, tables, times, whose word.

In:   Asks.   Out: Shown.
Knows nothing of: how any of it was found, or is ruled on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sayso.case import hedges
from sayso.check.findings import Finding
from sayso.links import Cluster, Contradiction, Edge, Variant
from sayso.publish import compared, rulings, wording
from sayso.publish.chains import Places
from sayso.publish.compared import Known
from sayso.publish.denials import denials
from sayso.publish.found import told
from sayso.publish.pictures import timeline
from sayso.publish.saying import quoted
from sayso.records import Claim
from sayso.serve.drawn import placed
from sayso.serve.overview import Linked, Waits
from sayso.serve.views import Act, Ask, Shown, View

MOST = 20  # pairs that differ, of one claim and those that say the same


class ClaimPage(msgspec.Struct, frozen=True, kw_only=True):
    """A claim and what the case holds on it. ``outer``: the claims it is nested in, the next one first.

    ``contradictions``, ``findings``: on this claim; ``of_others``: on others of its cluster.
    """

    claim: Claim
    outer: tuple[Claim, ...]
    cluster: Cluster | None
    contradictions: tuple[Contradiction, ...]
    of_others: tuple[Contradiction, ...]
    variants: tuple[Variant, ...]
    edges: tuple[Edge, ...]
    findings: tuple[Finding, ...]
    waits: Waits


def claim(ask: Ask) -> Shown:
    found = ask.case.claim(ask.path["id"])
    view = ask.overview()
    linked = view.linked
    cluster = linked.cluster_of.get(found.id)
    own = tuple(linked.against.get(found.id, ()))
    others = tuple(_others(found.id, cluster, linked))
    documents = {found.document.id, *(cluster.documents if cluster else ())}
    variants = tuple(v for v in linked.variants if _is_of(v, found))
    edges = tuple(e for e in linked.edges if {e.from_, e.to} <= documents)
    shown = (*own, *others)[:MOST]
    claims = {c for x in shown for c in (x.a, x.b)} | set(cluster.possibly if cluster else ())
    documents |= {ask.case.claim(c).document.id for c in claims} | {d for v in variants for d in (v.a, v.b)}
    known = Known({d: ask.case.linked(d) for d in sorted(documents)}, hedges)
    stands = ask.case.review.standing(found.id)
    outer = tuple(_outer(found, known))
    data = ClaimPage(
        claim=found,
        outer=outer,
        cluster=cluster,
        contradictions=own,
        of_others=others,
        variants=variants,
        edges=edges,
        findings=tuple(f for f, _ in linked.findings.get(found.id, ())),
        waits=view.waits,
    )
    here, ledger = known.wording(found), known.ledgers[found.document.id]
    group = compared.groups([cluster], known, edges)[0] if cluster else None
    more = {
        "waits": view.waits,
        "ruled": rulings.state(stands) if stands.state != "unreviewed" else None,
        "state": stands.state,
        "now": [(c.id, known.wording(c)) for c in stands.now if c.id != found.id],
        "mine": here,
        "entity": view.entity_of.get((found.document.id, (found.source.entity if found.source else None) or "")),
        "group": group,
        "picture": placed(group.picture) if group else None,
        "denials": denials(ledger.claims, Places(ledger)).get(found.id, ()),
        "own": compared.contradictions(own[:MOST], known),
        "others": compared.contradictions(others[: MOST - len(own[:MOST])], known),
        "reads": compared.variants(variants, known),
        "findings": [(told(finding), at) for finding, at in linked.findings.get(found.id, ())],
        "when": placed(_when(found, cluster, known)),
        "events": [(wording.event(e), wording.code(e)) for e in found.events],
        "reasons": wording.reasons(found, known.text(found)),
    }
    title = quoted(found, {one.id: one for one in outer}, 90)
    return Shown(template="claim.html.j2", title=title, data=data, more=more)


def _others(name: str, cluster: Cluster | None, linked: Linked) -> Iterator[Contradiction]:
    """What stands against other claims that say the same, each pair once."""
    seen: set[tuple[str, str]] = set()
    for other in cluster.claims if cluster else ():
        for one in linked.against.get(other, ()):
            if name not in (one.a, one.b) and (one.a, one.b) not in seen:
                seen.add((one.a, one.b))
                yield one


def _is_of(variant: Variant, found: Claim) -> bool:
    """Does the quotation lie in the words of the claim?"""
    sides = zip((variant.a, variant.b), variant.spans, strict=True)
    return any(d == found.document.id and any(span.overlaps(s) for s in found.content.spans) for d, span in sides)


def _outer(found: Claim, known: Known) -> Iterator[Claim]:
    seen = {found.id}
    while found.via is not None and found.via not in seen and found.via in known.claims:
        found = known.claims[found.via]
        seen.add(found.id)
        yield found


def _when(found: Claim, cluster: Cluster | None, known: Known) -> str:
    claims: Sequence[Claim] = [known.claims[c] for c in cluster.claims] if cluster else [found]
    refs: Iterable[str] = dict.fromkeys(c.document.id for c in claims)
    return timeline([known.ledgers[d].document.ref for d in refs], claims, key="when-picture")


VIEWS = (View("/claims/{id}", claim),)
ACTS: tuple[Act, ...] = ()
