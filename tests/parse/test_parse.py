"""Paragraphs, sentences, furniture, repeats."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.case import lexicon
from sayso.parse import Parsed, parse, tokens
from sayso.records import Document, DocumentRef
from sayso.spans import Span


def parsed(text: str, *, title: str | None = None, markup: tuple[Span, ...] = ()) -> Parsed:
    document = Document(ref=DocumentRef(id="d", path="p", sha256="0", title=title), text=text, markup=markup)
    return parse(document, lexicon())


def sentences(text: str) -> list[str]:
    return [s.of(text) for s in parsed(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Orlec left. He returned.", ["Mr. Orlec left.", "He returned."]),
        ("Lt. Gen. Rusk of the U.S. Army left. He ate.", ["Lt. Gen. Rusk of the U.S. Army left.", "He ate."]),
        ("She lives in the U.S. He does not.", ["She lives in the U.S.", "He does not."]),
        ("It began at 5 p.m. The rain fell.", ["It began at 5 p.m.", "The rain fell."]),
        ("Smith, Jones & Co. sold 3.5 tonnes. It rained.", ["Smith, Jones & Co. sold 3.5 tonnes.", "It rained."]),
        (
            "“I left. I came back. I stayed,” he said. It rained.",
            ["“I left. I came back. I stayed,” he said.", "It rained."],
        ),
        ("He said “I left.” It rained.", ["He said “I left.”", "It rained."]),
        ("Was it open? Nobody knew! It rained.", ["Was it open?", "Nobody knew!", "It rained."]),
        ("See No. 4 and J. K. Orlec. It rained.", ["See No. 4 and J. K. Orlec.", "It rained."]),
        (
            "It sank on purpose.21 The owner saw it.[3] It rained.¹² He left.”4 She ate.",
            [
                "It sank on purpose.21",
                "The owner saw it.[3]",
                "It rained.¹²",
                "He left.”4",
                "She ate.",
            ],
        ),
        (
            "The U.N.3 paid for version 2.1 The Book in Jan. 5 The year.",
            [
                "The U.N.3 paid for version 2.1 The Book in Jan. 5 The year.",
            ],
        ),
        ("It opened on Sept. 6 this year. It rained.", ["It opened on Sept. 6 this year.", "It rained."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_wrapped_lines_are_one_paragraph_and_unwrapped_ones_are_several() -> None:
    wrapped = (
        "The old bridge over the river Sarn was closed on Monday after\n"
        "two of its bolts were found to be missing, and nobody could say\nwhere they had gone."
    )
    assert len(parsed(wrapped).paragraphs) == 1
    assert len(parsed("The bridge is closed.\nTwo bolts are missing.\nNobody knows why.").paragraphs) == 3


def test_headline_byline_and_furniture_are_told_from_prose() -> None:
    text = "Bridge closed after bolts vanish\n\nBy Mara Voss\n\nThe bridge is closed.\n\nWhat’s Hot\n\nClose"
    assert [p.role for p in parsed(text).paragraphs] == ["heading", "byline", "prose", "furniture", "furniture"]


def test_a_dateline_is_not_part_of_the_first_sentence() -> None:
    assert sentences("TALMEER, Ordavia, Sept. 6 (HALYARD) - The bridge is closed.") == ["The bridge is closed."]


def test_a_passage_that_stands_twice_is_found_as_one() -> None:
    passage = "The bridge was closed on Monday by the council. Nobody could say for how long it would be."
    text = f"{passage}\n\nSomething else happened in between, far away.\n\n{passage}"
    ((first, again),) = parsed(text).repeats
    assert first.of(text) == again.of(text) == passage


def test_short_sentences_that_recur_are_no_repeated_passage() -> None:
    assert parsed("He declined to comment. It rained all day. He declined to comment.").repeats == ()


def test_markup_is_blanked_and_places_hold() -> None:
    text = "The **mayor** said so."
    result = parsed(text, markup=(Span(4, 6), Span(11, 13)))
    assert result.text == "The   mayor   said so."
    assert result.sentences[0].of(text) == text


@given(st.text(alphabet="ab .?!\n\t“”\"'’‘«»-—()[]:;,U.SMr1\u00a0\r", max_size=300))
def test_every_place_is_in_the_text_and_in_order(text: str) -> None:
    result = parsed(text)
    for spans in ([p.span for p in result.paragraphs], result.sentences):
        assert all(s.end <= len(text) for s in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
    for quotation in result.quotations:
        assert quotation.span.contains(quotation.inner)


@given(st.text(max_size=200))
def test_tokens_cover_everything_but_white_space(text: str) -> None:
    if not text:
        return
    found = tokens(text, Span(0, len(text)))
    covered = {i for t in found for i in range(t.start, t.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
