"""Reporting clauses between commas that the reader passes over."""

from __future__ import annotations

import pytest

from sayso.case import knowledge, reader
from sayso.study import study
from tests.extract.canned import document


def found(text: str) -> list[tuple[str, str, str]]:
    claims = study(document(text), reader(), knowledge()).claims
    return [(c.source.text, c.cue.text, c.content.text) for c in claims if c.source and c.cue]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nothing leaves this quay without my stamp, boasted the harbour chief.",
            ("the harbour chief", "boasted", "Nothing leaves this quay without my stamp"),
        ),
        (
            "You people, the judge snapped, have wasted a week of my life.",
            ("the judge", "snapped", "You people have wasted a week of my life"),
        ),
        (
            "The shells, Colonel Strand maintained, were not fired from his bank.",
            ("Colonel Strand", "maintained", "The shells were not fired from his bank"),
        ),
    ],
)
def test_a_clause_between_commas_reports_the_rest(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The dog barked, the guard laughed, and the gate opened.",
        "When the bell rang, the children laughed, and the teacher wept.",
        "The man sat down, sighed, and left.",
    ],
)
def test_what_was_done_in_turn_reports_nothing(text: str) -> None:
    assert found(text) == []
