"""Web Annotations of people, and where their words stand in a text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import BadImport
from sayso.imports.marks import Mark, Quote, marks
from sayso.imports.placing import Placed, placed
from sayso.spans import Span
from tests.export.made import case, exported, selection

TEXT = "The mole 🚢 is closed. Pia Holm said the mole is closed. The mole is safe."
HYPOTHESIS = {
    "user": "acct:ida@hypothes.is",
    "uri": "https://sund.example/mole",
    "text": "She says it twice.",
    "tags": ["Claim", "quay"],
    "target": [
        {
            "source": "https://sund.example/mole",
            "selector": [
                {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]"},
                {"type": "TextPositionSelector", "start": 38, "end": 56},
                {"type": "TextQuoteSelector", "exact": "the mole is closed", "prefix": "said ", "suffix": ". The"},
            ],
        }
    ],
}


def read(*values: Any) -> list[Mark | BadImport]:
    return list(marks("\n".join(map(json.dumps, values)).encode(), "a.json"))


def mark(**quote: Any) -> Mark:
    return Mark(place="a", page="", quotes=(Quote(role="content", **quote),))


def test_an_annotation_of_hypothesis_tells_who_marked_what_and_why() -> None:
    (found,) = read(HYPOTHESIS)
    assert isinstance(found, Mark)
    assert (found.by, found.why, found.claim) == ("ida", "She says it twice.", True)
    assert found.page == "https://sund.example/mole"
    assert found.quotes[0].exact == "the mole is closed"


@pytest.mark.parametrize(
    "wrapped",
    [
        HYPOTHESIS,
        [HYPOTHESIS],
        {"rows": [HYPOTHESIS]},
        {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [HYPOTHESIS]}},
    ],
)
def test_however_annotations_are_wrapped_they_are_the_same(wrapped: Any) -> None:
    assert list(marks(json.dumps(wrapped, indent=2).encode(), "a.json")) == read(HYPOTHESIS)


def test_what_marks_no_words_is_told_and_the_rest_is_read() -> None:
    page_note = {
        "user": "acct:ida@hypothes.is",
        "uri": "https://x.example",
        "target": [{"source": "https://x.example"}],
    }
    told, found = read(page_note, HYPOTHESIS)
    assert isinstance(told, BadImport)
    assert "annotation 1: marks no words" in str(told)
    assert isinstance(found, Mark)


@pytest.mark.parametrize("junk", [b"{", b"[1, 2", b'{"type": "Annotation"', b"\xff\xfe", b"[" * 5000])
def test_damaged_files_are_told(junk: bytes) -> None:
    (told,) = marks(junk, "a.json")
    assert isinstance(told, BadImport)


def test_a_position_counts_in_code_points_or_as_browsers_do() -> None:
    start = TEXT.index("the mole is closed")
    for shift in (0, 1):  # the ship is two units in UTF-16
        found = placed(mark(exact="the mole is closed", position=(start + shift, start + shift + 18)), TEXT)
        assert found == Placed({"content": (Span(start, start + 18),)})


def test_words_without_a_position_are_found_by_what_stands_around_them() -> None:
    found = placed(mark(exact="mole is", prefix="The ", suffix=" safe"), TEXT)
    assert found == Placed({"content": (Span(60, 67),)})


def test_words_that_are_not_there_or_stand_twice_are_told() -> None:
    assert "are not in the document" in str(placed(mark(exact="the pier"), TEXT))
    assert "stand 2 times" in str(placed(mark(exact="mole is"), TEXT))


def test_a_position_that_does_not_give_the_words_is_not_believed() -> None:
    assert placed(mark(exact="safe", position=(0, 4)), TEXT) == Placed({"content": (Span(68, 72),)})


@given(st.text(max_size=60), st.data())
def test_a_mark_of_any_text_is_found_at_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    exact = text[start:end]
    found = placed(mark(exact=exact, position=(start, end) if start < end else None), text)
    if exact.strip() and isinstance(found, Placed):
        ((span,),) = found.spans.values()
        assert span.of(text) == exact.strip()


def test_our_own_annotations_lead_back_to_the_spans_of_the_claims() -> None:
    read_back = list(marks(exported("webannotation"), "a.jsonl"))
    for found, claim in zip(read_back, selection().claims(), strict=True):
        assert isinstance(found, Mark)
        assert found.machine
        assert found.sha256 == claim.document.sha256
        where = placed(found, case().ledger(claim.document.id).document.text)
        assert isinstance(where, Placed)
        assert where.spans["content"] == claim.content.spans
        assert where.spans.get("source") == (claim.source.spans if claim.source else None)
