"""What the reader is given to read, and what is made of its findings; with a reader that finds what it is told to."""

from __future__ import annotations

import pytest

from sayso.case import knowledge
from sayso.records import Claim
from sayso.study import study
from tests.extract.canned import Canned, document


def claims(text: str, reader: Canned, path: str = "case.txt") -> list[Claim]:
    return [c for c in study(document(text, path), reader, knowledge()).claims if c.kind != "authorial"]


SAID = ("said", "Ann Lee", "the pier is safe")


def test_what_the_reader_finds_is_a_claim_with_its_name_and_score() -> None:
    (claim,) = claims("Ann Lee said the pier is safe.", Canned(SAID, score=0.71))
    assert (claim.found_by, claim.score) == ("canned:1", 0.71)
    assert claim.source is not None
    assert claim.cue is not None
    assert (claim.source.text, claim.cue.text, claim.content.text) == ("Ann Lee", "said", "the pier is safe")


def test_hard_wrapped_lines_are_read_as_running_text() -> None:
    wrapped = (
        "Ann Lee, who has been the engineer of the harbour for eleven years, said\n"
        "the pier is safe and that the gate on the western side of the harbour is\n"
        "to be opened again before the fair, which begins on the second of March."
    )
    reader = Canned()
    claims(wrapped, reader)
    assert reader.texts[0] == wrapped.replace("\n", " ")


def test_a_heading_is_read_alone() -> None:
    reader = Canned(("Says", "Lee", "Pier Is Safe"))
    (claim,) = claims("Lee Says Pier Is Safe\n\nIt rained all day over the harbour.", reader)
    assert claim.content.text == "Pier Is Safe"
    assert not any("Lee" in text and "rained" in text for text in reader.texts)


def test_page_furniture_is_never_read() -> None:
    reader = Canned()
    claims("Advertisement\n\nIt rained all day over the harbour.", reader)
    assert not any("Advertisement" in text for text in reader.texts)


def test_what_is_said_in_each_paragraph_is_a_piece_of_its_own() -> None:
    text = "Ann Lee said: “The pier is safe.\n\n“We looked at every bolt.”"
    (claim,) = claims(text, Canned(("said", "Ann Lee", "“The pier is safe.\n\n“We looked at every bolt.”")))
    assert [span.of(text) for span in claim.content.spans] == ["“The pier is safe.", "“We looked at every bolt.”"]


NESTED = (("said", "Ann Lee", "that the mayor told aides it was sold"), ("told", "the mayor", "it was sold"))


def test_a_claim_inside_a_content_hangs_on_it() -> None:
    outer, inner = claims("Ann Lee said that the mayor told aides it was sold.", Canned(*NESTED))
    assert inner.via == outer.id
    assert (inner.content.text, inner.addressee and inner.addressee.text) == ("it was sold", "aides")


def test_a_grammar_gets_the_sentences_of_a_quotation_apart() -> None:
    reader = Canned()
    claims("“We looked. Nothing is loose,” said Ann Lee. It rained.", reader)
    assert reader.sentences[0] == ["“We looked.", "Nothing is loose,” said Ann Lee.", "It rained."]


def test_a_turn_is_the_speakers_whatever_the_reader_makes_of_its_colon() -> None:
    text = "VOSS: Is the pier safe?\n\nLEE: The mayor said that it was sold."
    found = claims(text, Canned((":", "VOSS", "Is the pier safe"), ("said", "The mayor", "that it was sold")))
    assert [(c.found_by, c.source and c.source.text, c.content.text) for c in found] == [
        ("rules:turn", "VOSS", "Is the pier safe?"),
        ("rules:turn", "LEE", "The mayor said that it was sold."),
        ("canned:1", "The mayor", "that it was sold"),
    ]
    assert found[2].via == found[1].id


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@LowmerePolice: Road 4 is closed both ways.", ["@LowmerePolice"]),
        ("Orbis: When did you learn of it?\n\nObara: From your article.", ["Orbis", "Obara"]),
        ("Orbis: The pier is safe.", []),
    ],
)
def test_a_handle_alone_and_an_answer_to_a_question_are_turns(text: str, who: list[str]) -> None:
    assert [c.source and c.source.text for c in claims(text, Canned()) if c.found_by == "rules:turn"] == who


def test_who_is_the_source_right_before_it() -> None:
    text = "It is closed, according to Ann Lee, who said the pier is safe."
    found = claims(text, Canned(("according to", "Ann Lee", "It is closed"), ("said", "who", "the pier is safe")))
    assert [c.source and c.source.name for c in found] == ["Ann Lee", "Ann Lee"]


@pytest.mark.parametrize(
    ("cue", "act"),
    [("has a similar question:", "assert"), ("questions", "doubt"), ("did not openly question", "doubt")],
)
def test_a_noun_in_a_cue_is_not_taken_for_the_verb_of_its_spelling(cue: str, act: str) -> None:
    (claim,) = claims(f"Ann Lee {cue} whether the pier is safe.", Canned((cue, "Ann Lee", "whether the pier is safe")))
    assert claim.speech_act == act
