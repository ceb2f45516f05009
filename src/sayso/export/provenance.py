"""Where each claim comes from, in PROV-JSON: documents, claims, who they are attributed to, what read them.

In:   a Selection.   Out: one PROV-JSON document.
Knows nothing of: other serialisations; the library `prov` writes them from this one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, BinaryIO

import msgspec

from sayso.export.selection import Selection
from sayso.links import Edge
from sayso.publish import linkwords, wording
from sayso.records import Claim, DocumentRef, SourceType

_PREFIXES = {"sayso": "urn:sayso:", "prov": "http://www.w3.org/ns/prov#"}
_AGENTS: dict[SourceType, str] = {
    "person": "prov:Person",
    "organisation": "prov:Organization",
    "government": "prov:Organization",
    "armed_group": "prov:Organization",
    "outlet": "prov:Organization",
}

Section = dict[str, dict[str, Any]]


def write(selection: Selection, file: BinaryIO) -> None:
    """The document. A claim is attributed to its source: that it was said; nothing is said of what it says."""
    out: dict[str, Section] = defaultdict(dict)
    for part in selection.parts():
        _document(out, part.ledger.document.ref)
        for claim in part.claims:
            _claim(out, selection, claim)
    for link in selection.links():
        if isinstance(link, Edge) and link.relation != "shares_quote":
            _derived(out, f"sayso:{link.from_}", f"sayso:{link.to}", linkwords.RELATIONS[link.relation], link.score)
    whole = {"prefix": {"sayso": _PREFIXES["sayso"]}, **out}
    file.write(msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n")


def _document(out: dict[str, Section], ref: DocumentRef) -> None:
    values = {
        "prov:label": wording.title(ref), "prov:type": "document", "sayso:outlet": ref.outlet,
        "sayso:published": ref.published, "sayso:path": ref.path, "sayso:sha256": ref.sha256,
        "prov:location": ref.url,
    }  # fmt: skip
    out["entity"][f"sayso:{ref.id}"] = _there(values)


def _claim(out: dict[str, Section], selection: Selection, claim: Claim) -> None:
    name, document = f"sayso:{claim.id}", f"sayso:{claim.document.id}"
    record = {
        "prov:label": selection.quoted(claim), "prov:type": "claim", "sayso:kind": claim.kind,
        "sayso:act": claim.speech_act, "sayso:factuality": claim.factuality,
        "sayso:said": claim.said_at.value if claim.said_at else None,
    }  # fmt: skip
    out["entity"][name] = _there(record)
    activity, reader = f"sayso:read.{claim.document.id}", f"sayso:{claim.found_by.replace(':', '.')}"
    out["agent"].setdefault(reader, {"prov:type": "prov:SoftwareAgent", "prov:label": claim.found_by})
    if activity not in out["activity"]:
        out["activity"][activity] = {"prov:label": f"reading with sayso {selection.version}"}
        out["used"][f"_:u.{claim.document.id}"] = {"prov:activity": activity, "prov:entity": document}
    with_ = f"_:w.{claim.document.id}.{claim.found_by}"
    out["wasAssociatedWith"].setdefault(with_, {"prov:activity": activity, "prov:agent": reader})
    out["wasGeneratedBy"][f"_:g.{claim.id}"] = {"prov:entity": name, "prov:activity": activity}
    _derived(out, name, document, "prov:Quotation" if claim.kind == "direct" else "its words stand in", None)
    who = selection.who(claim)
    if who is not None:
        kind = None if who.anonymous else _AGENTS.get(who.type)
        values: dict[str, Any] = {
            "prov:label": wording.one_line(who.name),
            "prov:type": kind,
            "sayso:unnamed": who.anonymous or None,
        }
        out["agent"].setdefault(f"sayso:{who.id}", _there(values))
        said = {"prov:entity": name, "prov:agent": f"sayso:{who.id}", "sayso:act": wording.deed(claim)}
        out["wasAttributedTo"][f"_:s.{claim.id}"] = said
    for other, link in selection.others(claim):
        out["entity"][name].setdefault("sayso:differs", []).append(
            f"{selection.quoted(other)} ({link.reason}; {other.id})"
        )


def _derived(out: dict[str, Section], new: str, old: str, how: str, score: float | None) -> None:
    values = {"prov:generatedEntity": new, "prov:usedEntity": old, "prov:type": how, "sayso:score": score}
    out["wasDerivedFrom"][f"_:d{len(out['wasDerivedFrom'])}"] = _there(values)


def _there(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
