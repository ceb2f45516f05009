"""Claims as W3C Web Annotations: where their words stand, found again by quotation and by position.

In:   a Selection.   Out: JSON-LD, one annotation a line, as they come.
Knows nothing of: the server that may keep them.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from sayso.export.selection import Selection
from sayso.publish import wording
from sayso.records import Claim, Document
from sayso.spans import Span

CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"sayso": "urn:sayso:"})
_AROUND = 32  # characters before and after, by which the words are found in a text that was changed elsewhere


def write(selection: Selection, file: BinaryIO) -> None:
    """One annotation a line for each claim: source, cue and content as its targets."""
    for part in selection.parts():
        for claim in part.claims:
            file.write(msgspec.json.encode(annotation(claim, part.ledger.document, selection)) + b"\n")


def annotation(claim: Claim, document: Document, selection: Selection) -> dict[str, Any]:
    """A claim as an annotation of its document. Each target has a ``role``: source, cue or content."""
    ref = document.ref
    body = [
        {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": selection.quoted(claim)},
        {"type": "TextualBody", "purpose": "tagging", "value": claim.speech_act},
        {"type": "TextualBody", "purpose": "tagging", "value": claim.factuality},
    ]
    body += [
        {
            "type": "TextualBody",
            "purpose": "commenting",
            "format": "text/plain",
            "value": _other(selection.quoted(other), link.reason),
        }
        for other, link in selection.others(claim)
    ]
    parts = (("source", claim.source), ("cue", claim.cue), ("content", claim.content))
    targets = [_target(document, span, role) for role, part in parts if part is not None for span in part.spans]
    return {
        "@context": CONTEXT,
        "id": f"urn:sayso:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {
            "id": f"urn:sayso:reader:{claim.found_by}", "type": "Software", "name": f"sayso {selection.version}",
        },
        "body": body,
        "target": targets,
        "sayso:document": {"id": ref.id, "path": ref.path, "sha256": ref.sha256},
    }  # fmt: skip


def _other(said: str, reason: str) -> str:
    return f"Differs from {said} ({wording.one_line(reason)})"


def _target(document: Document, span: Span, role: str) -> dict[str, Any]:
    text, ref = document.text, document.ref
    return {
        "source": ref.url or f"urn:sayso:document:{ref.id}",
        "sayso:role": role,
        # Positions count in the text as it was read, which the state names by the hash of the bytes it was read from.
        "state": {"type": "sayso:TextState", "sayso:sha256": ref.sha256},
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
