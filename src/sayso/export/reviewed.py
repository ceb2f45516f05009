"""Claims whose reading a person accepted, as a start for fact-checks: schema.org ClaimReview without a rating.

In:   a Selection with its rulings.   Out: JSON-LD, one ClaimReview for each group of claims.
Knows nothing of: whether anything is so. A rating is the work of the desk that checks; none is made up here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

import msgspec

from sayso.errors import BadQuery
from sayso.export.selection import Selection
from sayso.links import Cluster, Contradiction
from sayso.publish import wording
from sayso.records import Claim, DocumentRef, SourceType
from sayso.review import Judgement

# The states in which a claim stands as people have it.
_ACCEPTED = ("accepted", "edited", "added")
_AUTHORS: dict[SourceType, str] = {
    "person": "Person",
    "organisation": "Organization",
    "government": "GovernmentOrganization",
    "armed_group": "Organization",
    "outlet": "NewsMediaOrganization",
}


def write(selection: Selection, file: BinaryIO) -> None:
    """A JSON-LD document with a ClaimReview for each claim that people stand behind, one for those of a group.

    Raises BadQuery where there is none.
    """
    told: set[str] = set()
    found = []
    others = _others(selection)
    for part in selection.parts():
        for claim in part.claims:
            standing = part.standings[claim.id]
            if standing.state not in _ACCEPTED:
                continue
            for stands in standing.now:  # as people have it, whatever the machine has
                if stands.id not in told:
                    cluster = selection.cluster(stands.id)
                    told.update(cluster.claims if cluster else (stands.id,))
                    found.append(_review(selection, stands, standing.rulings, cluster, others))
    if not found:
        raise BadQuery(
            "no claim has been accepted by a person: ClaimReview is for reviewed claims only; review some first"
        )
    whole = {"@context": "https://schema.org", "@graph": found}
    file.write(msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n")


def _others(selection: Selection) -> Mapping[str, frozenset[str]]:
    """By claim, the documents that have something which contradicts or updates it, or which it does."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in selection.links():
        if isinstance(link, Contradiction) and link.relation in ("contradicts", "updates"):
            for one, other in ((link.a, link.b), (link.b, link.a)):
                found[one].add(selection.claim(other).document.id)
    return {claim: frozenset(documents) for claim, documents in found.items()}


def _review(
    selection: Selection,
    claim: Claim,
    rulings: Sequence[Judgement],
    cluster: Cluster | None,
    others: Mapping[str, frozenset[str]],
) -> dict[str, Any]:
    """``others``: documents of which a rating would say the contrary, though their claims may be of its group."""
    own = claim.document.id
    carry = set(cluster.documents if cluster else ()) - others.get(claim.id, frozenset()) | {own}
    words = {c.document.id: c for c in map(selection.claim, cluster.claims if cluster else ())} | {own: claim}
    refs = sorted((selection.ledger(d).document.ref for d in carry), key=lambda ref: (ref.published or "~", ref.id))
    # Never the bare words: those of a denial would make its author say the contrary.
    said = selection.quoted(claim)
    item: dict[str, Any] = {"@type": "Claim", "text": said}
    if claim.source is not None:
        kind = "Person" if claim.source.anonymous else _AUTHORS.get(claim.source.type, "Thing")
        item["author"] = {"@type": kind, "name": wording.one_line(claim.source.name)}
    if claim.said_at is not None and claim.said_at.earliest == claim.said_at.latest and claim.said_at.latest:
        item["datePublished"] = claim.said_at.latest
    # Where it first appeared is not known to a case: it holds what was put into it.
    item["appearance"] = [_appearance(ref, selection.quoted(words[ref.id])) for ref in refs]
    return {
        "@type": "ClaimReview",
        "@id": f"urn:sayso:claim:{claim.id}",
        "claimReviewed": wording.elided(said, 300),
        "author": [{"@type": "Person", "name": ruling.by} for ruling in rulings],
        "datePublished": max(ruling.at for ruling in rulings)[:10],
        "itemReviewed": item,
    }


def _appearance(ref: DocumentRef, said: str) -> dict[str, Any]:
    """``said``: the claim as it stands there."""
    pairs = {
        "text": wording.elided(said, 300),
        "url": ref.url,
        "headline": wording.title(ref),
        "datePublished": ref.published,
        "author": {"@type": "Person", "name": ref.author} if ref.author else None,
        "publisher": {"@type": "Organization", "name": ref.outlet} if ref.outlet else None,
    }
    return {"@type": "CreativeWork", **{key: value for key, value in pairs.items() if value}}
