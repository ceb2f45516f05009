"""What a file is, by its content; what cannot be taken in says what to do instead."""

from __future__ import annotations

import json

import pytest

from sayso.errors import BadImport
from sayso.imports import recognise
from tests.export.made import exported

ANNOTATION = {"type": "Annotation", "target": {"source": "https://x.example", "selector": []}}


def lines(*values: object) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (exported("ledgers"), "ledgers"),
        (exported("judgements"), "judgements"),
        (exported("ftm"), "actors"),
        (exported("webannotation"), "annotations"),
        (lines(ANNOTATION), "annotations"),
        (json.dumps([ANNOTATION], indent=2).encode(), "annotations"),
        (
            json.dumps({"rows": [{"uri": "https://x", "target": [{"selector": []}]}]}).encode(),
            "annotations",
        ),
        (lines({"extractions": [], "text": "a", "document_id": "d"}), "langextract"),
        (lines({"text": "Ann Lee said so.", "title": "A"}), "documents"),
        (b"Ann Lee said so.\n", "documents"),
        (b"PK\x03\x04...", "documents"),
        (b"Link,Archive status\n", "documents"),
    ],
)
def test_the_content_tells(raw: bytes, kind: str) -> None:
    assert recognise(raw[: 1 << 20], "a") == kind


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (exported("claimreview"), "sayso check CASE --with FILE"),
        (json.dumps({"@type": "DataFeed", "dataFeedElement": []}).encode(), "sayso check CASE --with FILE"),
        (json.dumps({"claims": [{"text": "a", "claimReview": []}]}).encode(), "sayso check CASE --with FILE"),
        (exported("jsonl"), "--format ledgers"),
        (b'{"any": "thing"}', "of a kind that is not known"),
        (b"  \n", "is empty"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do(raw: bytes, told: str) -> None:
    with pytest.raises(BadImport, match=told):
        recognise(raw, "a")
