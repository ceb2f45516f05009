"""Contents that are in the text, written so or otherwise, and such as are not."""

from __future__ import annotations

import pytest

from tests.vet.made import page, vetted

TRUE = [
    (
        "Nine people were killed when a crane fell on the quay at Sollum on June 5, 2031, the harbour office said.",
        "exact",
    ),
    ("9 people were killed when a crane fell on the quay at Sollum on 5 June 2031", "normalised"),
    ("'the quay was  as steady as a rock", "exact"),
    ("THE QUAY WAS AS STEADY AS A ROCK", "normalised"),
    ("they had counted nine bodies", "normalised"),
]


@pytest.mark.parametrize(("content", "status"), TRUE)
def test_what_stands_there_is_supported(content: str, status: str) -> None:
    found = vetted(content)
    assert found.faithful, found.reason
    assert found.fields["content"] == status


FALSE = [
    ("Nine people were not killed when a crane fell on the quay", "not"),
    ("The crane was inspected.", "not"),
    ("Ten people were killed when a crane fell on the quay at Sollum", "Nine"),
    ("Nine people were killed when a crane fell on the quay at Sollum on June 6, 2031", "June 5, 2031"),
    ("Nine people were killed when a crane fell on the quay at Karsk", "Sollum"),
    ("The White House said nine people were killed when a crane fell on the quay", "White House"),
    ("Nine people were killed when two engineers had checked the crane", ""),
    ("The ferry sank off the cape with all hands.", "no such passage"),
    ("“Nine people were killed”", "quotation marks"),
    ("The ministry could confirm that the crane had been overloaded.", "not"),
    ("a guard had left the gate open", "Allegedly"),
    ("the port will close", "If"),
    ("the crane had been overloaded", "could not confirm"),
    ("he had ignored warnings", "denied"),
    ("Was the old mole ever safe to walk.", ""),
    ("the old mole ever safe to walk", ""),
]


@pytest.mark.parametrize(("content", "told"), FALSE)
def test_what_does_not_stand_there_so_is_refused_with_the_words(content: str, told: str) -> None:
    found = vetted(content)
    assert not found.faithful, found
    assert found.fields["content"] == "unsupported"
    reason = found.why["content"].reason
    assert all(part in reason for part in told.split()), reason


def test_two_sentences_are_not_run_together() -> None:
    assert vetted("The crane was not inspected. The ministry could not confirm").fields["content"] == "unsupported"
    assert (
        vetted("the owner, denied that he had ignored warnings Reyk told reporters").fields["content"] == "unsupported"
    )


def test_a_claim_may_leave_words_out_where_it_says_so_and_they_change_nothing() -> None:
    assert vetted("Nine people were killed … on the quay at Sollum").faithful
    assert not vetted("The ministry could … confirm that the crane had been overloaded").faithful
    assert not vetted("Nine people were killed … two engineers had checked the crane").faithful


def test_spans_must_give_the_words() -> None:
    text = page().text
    start = text.index("the quay was as steady")
    words = "the quay was as steady as a rock"
    assert vetted({"text": words, "spans": [[start, start + len(words)]]}).fields["content"] == "exact"
    found = vetted({"text": words, "spans": [[0, 11]]})
    assert found.fields["content"] == "unsupported"
    assert "Nine people" in found.reason
    assert "reach beyond" in vetted({"text": words, "spans": [[0, 1_000_000]]}).reason


def test_pieces_of_one_quotation_are_one_and_of_two_are_none() -> None:
    pieces = "“We have counted nine bodies,” “The crane was not inspected.”"
    assert vetted(pieces, source="Mira Dohl").faithful
    assert not vetted("“We have counted nine bodies,” two engineers had checked the crane", source="Mira Dohl").faithful


def test_the_place_is_that_of_the_words() -> None:
    found = vetted("9 people were killed")
    assert [span.of(page().text) for span in found.place] == ["Nine people were killed"]
    assert vetted("10 people were killed").place == ()


OTHERWISE = [
    ("It fell at 12:20 a.m. on Friday.", "It fell at 00:20 on Friday.", "“00:20” for “12:20 a.m.”"),
    ("It hit Silo No. 4.", "It hit Silo number 4.", "“number” for “No”"),
    ("It fell in June, killing nine.", "it fell in June, killing 9", "“9” for “nine”"),
    ("He answered: THEY LOSE, WE WIN.", "They lose, we win", "case"),
]


@pytest.mark.parametrize(("text", "content", "told"), OTHERWISE)
def test_the_reason_names_what_is_written_otherwise(text: str, content: str, told: str) -> None:
    found = vetted(content, text)
    assert found.fields["content"] == "normalised"
    assert told in found.reason


def test_another_time_of_day_is_another() -> None:
    assert not vetted("It fell at 12:20 p.m.", "It fell at 12:20 a.m.").faithful
    assert not vetted("It fell at 12:20", "It fell at 12:20 p.m. and stayed.").faithful


def test_a_day_may_be_given_as_a_date_where_the_text_tells_which_it_is() -> None:
    text = "---\npublished: 2031-06-06\n---\nThe crane fell on Thursday, the clerk said."
    assert vetted("The crane fell on 2031-06-05", text).faithful
    assert not vetted("The crane fell on 2031-06-04", text).faithful
