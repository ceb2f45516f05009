"""A case as a STIX 2.1 bundle: a report of notes, each a claim in its source's words, and opinions of reviewers.

In:   a Selection.   Out: JSON, object by object.
Knows nothing of: threats. A claim is a note and never an indicator or a relationship; nothing says how sure it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec

from sayso.errors import BadQuery
from sayso.export.selection import Part, Selection
from sayso.publish import linkwords, wording
from sayso.records import Claim, DocumentRef, SourceType
from sayso.review.judgements import Act, Judgement

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:sayso")

# The vocabulary identity-class-ov. Documents and posts are no identities.
_CLASSES: dict[SourceType, str] = {
    "person": "individual",
    "organisation": "organization",
    "government": "organization",
    "armed_group": "organization",
    "outlet": "organization",
    "people": "group",
    "unknown": "unknown",
}
# Of the reading of the text, which is what a note states.
_OPINIONS: dict[Act, str] = {"accept": "agree", "reject": "disagree", "unsure": "neutral"}


def write(selection: Selection, file: BinaryIO) -> None:
    """The bundle. Times are those at which the documents came into the case. Raises BadQuery where nothing fits."""
    made = list(_objects(selection))
    if len(made) == 1:
        raise BadQuery("no claim fits: a report in STIX must hold something")
    whole = {"type": "bundle", "id": _id("bundle", *sorted(o["id"] for o in made)), "objects": made}
    file.write(msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n")


def _objects(selection: Selection) -> Iterator[dict[str, Any]]:
    maker = _object("identity", selection.as_of, "sayso", name=f"sayso {selection.version}", identity_class="system")
    yield maker
    told: dict[str, None] = {}
    added = {kept.document.id: kept.added_at for kept in selection.documents}
    for part in selection.parts():
        at = added[part.ledger.document.ref.id]
        for claim in part.claims:
            for one in _claim(selection, claim, part, at):
                if one["id"] not in told:
                    told[one["id"]] = None
                    yield one | {"created_by_ref": maker["id"]}
    if told:
        documents = wording.counted(len(selection.documents), "document", "documents")
        yield _object(
            "report", selection.as_of, *told, name=f"Claims of sources, as {documents} report them",
            description="Each note is a claim of the source that it names. None is stated as a fact.",
            published=_time(selection.as_of), object_refs=list(told), created_by_ref=maker["id"],
        )  # fmt: skip


def _claim(selection: Selection, claim: Claim, part: Part, at: str) -> Iterator[dict[str, Any]]:
    refs = []
    authors = []
    who = selection.who(claim)
    if who is not None and who.type in _CLASSES:
        name = wording.one_line(who.name)
        source = _object("identity", selection.as_of, who.id, name=name, identity_class=_CLASSES[who.type])
        yield source
        refs.append(source["id"])
        authors.append(name)
    ref = claim.document
    # A note has to be on something: where the text has no source that could be one, on the outlet or the document.
    if not refs:
        name = linkwords.called(ref)
        outlet = _object(
            "identity", selection.as_of, "outlet", ref.outlet or ref.id, name=name, identity_class="organization"
        )
        yield outlet
        refs.append(outlet["id"])
    content = selection.quoted(claim)
    note = _object(
        "note", at, claim.id, abstract=wording.elided(content, 120),
        content="\n".join([content, *selection.against(claim)]), object_refs=refs,
        external_references=[_document(ref)], **({"authors": authors} if authors else {}),
    )  # fmt: skip
    yield note
    for ruling in part.standings[claim.id].rulings:
        if ruling.act in _OPINIONS:
            yield _opinion(ruling, note["id"])


def _opinion(ruling: Judgement, note: str) -> dict[str, Any]:
    why = f": {ruling.why}" if ruling.why else ""
    return _object(
        "opinion", ruling.at, ruling.id, opinion=_OPINIONS[ruling.act], authors=[ruling.by],
        explanation=f"On whether the text was read rightly, not on whether the claim is so{why}", object_refs=[note],
    )  # fmt: skip


def _document(ref: DocumentRef) -> dict[str, Any]:
    made: dict[str, Any] = {"source_name": linkwords.called(ref), "description": linkwords.full(ref)}
    if ref.url and ref.url.startswith(("http://", "https://")):
        made["url"] = ref.url
        made["hashes"] = {"SHA-256": ref.sha256}
    else:
        made["external_id"] = f"sha256:{ref.sha256}"
    return made


def _object(kind: str, at: str, *key: str, **fields: Any) -> dict[str, Any]:
    time = _time(at)
    opening = {"type": kind, "spec_version": "2.1", "id": _id(kind, *key), "created": time, "modified": time}
    return opening | fields


def _id(kind: str, *key: str) -> str:
    return f"{kind}--{uuid.uuid5(_NAMESPACE, '|'.join((kind, *key)))}"


def _time(at: str) -> str:
    """A time as STIX writes it: UTC, milliseconds."""
    return datetime.fromisoformat(at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
