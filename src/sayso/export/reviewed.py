"""Claims whose reading a person accepted, as a start for fact-checks: schema.org ClaimReview without a rating.

In:   a Selection with its rulings.   Out: JSON-LD, one ClaimReview for each group of claims.
Knows nothing of: whether anything is so. A rating is the work of the desk that checks; none is made up here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import msgspec

from sayso.errors import BadQuery
from sayso.export.selection import Selection
from sayso.export.tables import quoted
from sayso.links import Cluster
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
    for part in selection.parts():
        for claim in part.claims:
            standing = part.standings[claim.id]
            if standing.state not in _ACCEPTED:
                continue
            for stands in standing.now:  # as people have it, whatever the machine has
                if stands.id not in told:
                    cluster = selection.cluster(stands.id)
                    told.update(cluster.claims if cluster else (stands.id,))
                    found.append(_review(selection, stands, standing.rulings, cluster))
    if not found:
        raise BadQuery(
            "no claim has been accepted by a person: ClaimReview is for reviewed claims only; review some first"
        )
    whole = {"@context": "https://schema.org", "@graph": found}
    file.write(msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n")


def _review(
    selection: Selection, claim: Claim, rulings: Sequence[Judgement], cluster: Cluster | None
) -> dict[str, Any]:
    documents = cluster.documents if cluster else (claim.document.id,)
    refs = sorted((selection.ledger(d).document.ref for d in documents), key=lambda ref: (ref.published or "~", ref.id))
    # Never the bare words: those of a denial would make its author say the contrary.
    said = quoted(claim)
    item: dict[str, Any] = {"@type": "Claim", "text": said}
    if claim.source is not None:
        kind = "Person" if claim.source.anonymous else _AUTHORS.get(claim.source.type, "Thing")
        item["author"] = {"@type": kind, "name": wording.one_line(claim.source.name)}
    if claim.said_at is not None and claim.said_at.earliest == claim.said_at.latest and claim.said_at.latest:
        item["datePublished"] = claim.said_at.latest
    # Where it first appeared is not known to a case: it holds what was put into it.
    item["appearance"] = [_appearance(ref) for ref in refs]
    return {
        "@type": "ClaimReview",
        "@id": f"urn:sayso:claim:{claim.id}",
        "claimReviewed": wording.elided(said, 300),
        "author": [{"@type": "Person", "name": ruling.by} for ruling in rulings],
        "datePublished": max(ruling.at for ruling in rulings)[:10],
        "itemReviewed": item,
    }


def _appearance(ref: DocumentRef) -> dict[str, Any]:
    pairs = {
        "url": ref.url,
        "headline": wording.title(ref),
        "datePublished": ref.published,
        "author": {"@type": "Person", "name": ref.author} if ref.author else None,
        "publisher": {"@type": "Organization", "name": ref.outlet} if ref.outlet else None,
    }
    return {"@type": "CreativeWork", **{key: value for key, value in pairs.items() if value}}
