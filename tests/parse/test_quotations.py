"""Quotation pairs of every kind."""

from __future__ import annotations

import pytest

from sayso.parse.quotations import pair
from sayso.spans import Span


def paragraphs_of(text: str) -> list[Span]:
    spans = []
    at = 0
    for piece in text.split("\n\n"):
        spans.append(Span(at, at + len(piece)))
        at += len(piece) + 2
    return spans


def inner(text: str) -> list[tuple[int, str]]:
    found, _ = pair(text, paragraphs_of(text))
    return [(q.depth, q.inner.of(text)) for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and left.', [(0, "yes")]),
        ("He said “yes” and left.", [(0, "yes")]),
        ("Er sagte „ja“ und ging.", [(0, "ja")]),
        ("Il a dit «oui» hier.", [(0, "oui")]),
        ("Han sagde »ja« i dag.", [(0, "ja")]),
        ("He said ‘yes’ and left.", [(0, "yes")]),
        ("He said 'yes' and left.", [(0, "yes")]),
        ("He said ``yes'' and left.", [(0, "yes")]),
        ("He said ''yes'' and left.", [(0, "yes")]),
        ('"Yes," he said, "no."', [(0, "Yes,"), (0, "no.")]),
        ("“She said ‘no’ to him,” he said.", [(0, "She said ‘no’ to him,"), (1, "no")]),
        ("\"She said 'no' to him,\" he said.", [(0, "She said 'no' to him,"), (1, "no")]),
        ("“buying oil from ISIL [“Isis”] now”", [(0, "buying oil from ISIL [“Isis”] now"), (1, "Isis")]),
        ('He wants to "frame [the] choice" now.', [(0, "frame [the] choice")]),
    ],
)
def test_pairs(text: str, expected: list[tuple[int, str]]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zora Bar'el's house isn't the rebels' base.",
        "Zora Bar’el’s house isn’t the rebels’ base.",
        "In the '90s they'd ''' leave.".replace("'''", ""),
        "Rock ’n’ roll in the ’90s.",
        "A man of 5'10\" left.",
        "The officers’ plan and the soldiers’ plan.",
    ],
)
def test_an_apostrophe_is_no_quotation(text: str) -> None:
    assert inner(text) == []


def test_a_possessive_inside_single_marks_does_not_end_the_quotation_early() -> None:
    assert inner("He called it 'Bar'el's folly' today.") == [(0, "Bar'el's folly")]


def test_a_paragraph_that_opens_without_closing_goes_on_in_the_next() -> None:
    text = "“We looked.\n\n“We found nothing,” she said."
    found, notices = pair(text, paragraphs_of(text))
    assert [(q.closed, q.goes_on) for q in found] == [(False, True), (True, False)]
    assert not notices


def test_a_quotation_never_closed_ends_with_its_paragraph_and_is_noticed() -> None:
    text = "“We looked everywhere.\n\nThe end came soon."
    found, (notice,) = pair(text, paragraphs_of(text))
    assert [q.inner.of(text) for q in found] == ["We looked everywhere."]
    assert notice.span == Span(0, 1)


def test_a_second_opening_mark_inside_a_stray_one_is_a_quotation_of_its_own() -> None:
    text = '"The regime has "financed" them "by selling oil".'
    assert [piece for depth, piece in inner(text) if depth == 1] == ["financed", "by selling oil"]


def test_a_million_marks_take_linear_work() -> None:
    text = '"a" ' * 100_000
    found, _ = pair(text, [Span(0, len(text))])
    assert len(found) == 100_000


def test_a_hundred_thousand_openings_that_never_close_are_survived() -> None:
    text = "“a " * 100_000
    found, notices = pair(text, [Span(0, len(text))])
    assert found
    assert notices
