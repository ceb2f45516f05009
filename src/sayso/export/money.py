"""Documents, sources and claims for the FollowTheMoney world (Aleph, OpenSanctions), allegations apart from the rest.

In:   a Selection.   Out: entities as JSON Lines; statements as CSV.
Knows nothing of: the library; its tests do.

Two datasets. DOCUMENTS holds what anybody can see in the texts: the articles, and the sources that they cite. CLAIMS
holds Notes: each says who claims it, with the words in quotation marks. No claim becomes a property of anybody or a
link between two parties, so that merging the datasets never makes a fact of an allegation.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple

import msgspec

from sayso.export.selection import Selection, Who
from sayso.export.tables import content
from sayso.publish import linkwords, wording
from sayso.records import Claim, DocumentRef, SourceType

DOCUMENTS = "sayso_documents"
CLAIMS = "sayso_claims"

# Documents, posts and "residents" are no parties that a list could hold; they stay in the words of the Notes.
_SCHEMATA: dict[SourceType, str] = {
    "person": "Person",
    "organisation": "Organization",
    "government": "PublicBody",
    "armed_group": "Organization",
    "outlet": "Organization",
}


def _schema(who: Who | None) -> str | None:
    """The schema of a source that goes by a name; None for "a spokesman", who is somebody else in every text."""
    if who is None or who.anonymous or not any(character.isupper() for character in who.name):
        return None
    return _SCHEMATA.get(who.type)


# The columns in which `ftm` reads statements.
_COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip
# What the library calls the type of each property that is used here; "string" for the others.
_TYPES = {
    "name": "name", "publishedAt": "date", "sourceUrl": "url", "document": "entity", "entity": "entity",
    "proof": "entity", "description": "text", "summary": "text", "id": "id",
}  # fmt: skip


class Property(NamedTuple):
    """A value; ``original``: the words of the document that it stands for; ``claim``: whose they are."""

    name: str
    value: str
    original: str | None = None
    claim: str | None = None


class Entity(NamedTuple):
    """An entity of FollowTheMoney. ``seen``: when its document came into the case."""

    id: str
    schema: str
    dataset: str
    properties: tuple[Property, ...]
    seen: str


def entities(selection: Selection) -> Iterator[Entity]:
    """Each document with the sources that it names, then the claims; every entity once."""
    added = {kept.document.id: kept.added_at for kept in selection.documents}
    told: set[str] = set()
    for part in selection.parts():
        ref = part.ledger.document.ref
        seen = added[ref.id]
        yield _article(ref, seen)
        for claim in part.claims:
            who = selection.who(claim)
            schema = _schema(who)
            if who and schema:
                if who.id not in told:
                    told.add(who.id)
                    name = (Property("name", wording.one_line(who.name)),)
                    yield Entity(who.id, schema, DOCUMENTS, name, seen)
                if (edge := f"{ref.id}.{who.id}") not in told:
                    told.add(edge)
                    yield _documentation(edge, ref, who, seen)
            yield _note(selection, claim, who.id if who and schema else None, seen)


def _utc(published: str | None) -> str | None:
    """A time as followthemoney has it: of UTC, without a zone; a day stays one.

    >>> _utc("2019-09-09T18:05:12+02:00"), _utc("2019-09")
    ('2019-09-09T16:05:12', '2019-09')
    """
    if published is None or "T" not in published:
        return published
    at = datetime.fromisoformat(published)
    return (at.astimezone(UTC) if at.tzinfo else at).strftime("%Y-%m-%dT%H:%M:%S")


def _article(ref: DocumentRef, seen: str) -> Entity:
    pairs = (
        ("title", wording.title(ref)),
        ("publisher", ref.outlet),
        ("author", ref.author),
        ("publishedAt", _utc(ref.published)),
        ("sourceUrl", ref.url if ref.url and ref.url.startswith(("http://", "https://")) else None),
        ("fileName", ref.path),
    )
    made = tuple(Property(name, wording.one_line(value)) for name, value in pairs if value)
    return Entity(ref.id, "Article", DOCUMENTS, made, seen)


def _documentation(edge: str, ref: DocumentRef, who: Who, seen: str) -> Entity:
    made = (
        Property("document", ref.id),
        Property("entity", who.id),
        Property("role", "cited as a source"),
    )
    return Entity(edge, "Documentation", DOCUMENTS, made, seen)


def _note(selection: Selection, claim: Claim, source: str | None, seen: str) -> Entity:
    against = "; ".join(selection.against(claim))
    pairs = (
        Property("description", selection.quoted(claim), content(claim), claim.id),
        *([Property("summary", against, None, claim.id)] if against else []),
        *([Property("entity", source, claim.source.text, claim.id)] if source and claim.source else []),
        Property("proof", claim.document.id, None, claim.id),
        Property("name", f"Claim in {linkwords.full(claim.document)}", None, claim.id),
    )
    return Entity(claim.id, "Note", CLAIMS, pairs, seen)


def write_entities(selection: Selection, file: BinaryIO) -> None:
    """One entity a line, as `ftm` reads and writes them; ``datasets`` tells documents and claims apart."""
    for entity in entities(selection):
        properties: dict[str, list[str]] = {}
        for found in entity.properties:
            properties.setdefault(found.name, []).append(found.value)
        line = {"id": entity.id, "schema": entity.schema, "properties": properties, "datasets": [entity.dataset]}
        file.write(msgspec.json.encode(line) + b"\n")


def write_statements(selection: Selection, file: BinaryIO) -> None:
    """One row for each value: ``origin`` is the claim it comes from, ``original_value`` the words of the document."""
    lines = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(lines, dialect=csv.unix_dialect)  # what `ftm` reads
    rows.writerow(_COLUMNS)
    for entity in entities(selection):
        keys = []
        for found in entity.properties:
            key = _key(entity, found.name, found.value)
            keys.append(key)
            rows.writerow(_row(entity, found, key))
        # An entity's own statement has a hash over its schema and all its others for a value.
        whole = _sha1(entity.schema + "".join(sorted(keys)))
        rows.writerow(_row(entity, Property("id", whole), _key(entity, "id", whole)))
    lines.detach()


def _row(entity: Entity, found: Property, key: str) -> tuple[str, ...]:
    original = found.original if found.original != found.value else None
    return (
        entity.id, entity.id, found.name, _TYPES.get(found.name, "string"), entity.schema, found.value, entity.dataset,
        found.claim or "", "", original or "", "f", entity.seen, entity.seen, key,
    )  # fmt: skip


def _key(entity: Entity, name: str, value: str) -> str:
    """The id of a statement as the library makes it, so that what it reads and writes is the same."""
    return _sha1(f"{entity.dataset}.{entity.id}.{name}.{value}")


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
