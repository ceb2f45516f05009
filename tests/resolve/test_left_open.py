"""What is put in no way: no evidence, what would have been, who is accused denies; read by the shipped reader."""

from __future__ import annotations

import pytest

from sayso.case import knowledge, reader
from sayso.records import DENIES, Claim
from sayso.study import study
from tests.extract.canned import document


def claims(text: str) -> tuple[Claim, ...]:
    return study(document(text), reader(), knowledge()).claims


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("“There is no evidence that he entered the mill,” Kim said.", "Uu"),
        ("We have seen no sign of a blast, the ministry said.", "Uu"),
        ("There is NO reason to believe that the ship was overloaded, the owner said.", "Uu"),
        ("There was no bread, the mayor said.", "CT-"),
        ("Kim said that a mine would have bent the plates.", "Uu"),
        ("“If I had known, I would have stopped it,” Kim said.", "CT-"),
        ("Kim said that the pipe was the likeliest source.", "PR+"),
        ("Kim said none of its members had been near the mill.", "CT-"),
    ],
)
def test_how_it_is_put(text: str, factuality: str) -> None:
    (claim,) = claims(text)
    assert claim.factuality == factuality


@pytest.mark.parametrize(
    ("text", "denier"),
    [
        ("Amnesty accuses the army of torture, which it denies.", "army"),
        ("The police accused Mr Dunn of theft. He denied it.", "Dunn"),
    ],
)
def test_who_is_accused_denies(text: str, denier: str) -> None:
    last = claims(text)[-1]
    assert last.source is not None
    assert last.source.name == denier


def test_a_denial_of_an_accusation_denies_that_and_no_other_words() -> None:
    text = "The Navy accused the Front of laying a mine. “This was war,” Admiral Osk said. The Front denied the charge."
    accused, _, denial = claims(text)
    assert denial.denied == accused.content.spans
    assert [r.why for r in denial.why if r.why == DENIES]


@pytest.mark.parametrize(
    "text",
    [
        "Police said that the man had injured himself when he fell.",
        "At least six people drowned when the ferry sank, the mayor said.",
    ],
)
def test_who_hurts_himself_or_drowns_is_not_attacked(text: str) -> None:
    assert not [event for claim in claims(text) for event in claim.events if event.type == "ASSAULT"]


def test_a_correction_takes_back_what_was_said_before() -> None:
    text = "On Monday we reported that the Dornic Front had claimed the blast. That was wrong."
    found = claims(text)
    assert found[-1].kind == "authorial"
    assert found[-1].speech_act == "deny"
    assert found[-1].denied == found[0].content.spans


def test_what_is_wrong_of_a_thing_denies_nothing() -> None:
    assert [c.speech_act for c in claims("The plan was wrong.")] == ["assert"]


def test_who_is_accused_is_named_without_of_what() -> None:
    (claim,) = claims("The Navy accused the Dornic Front of laying a mine in the strait.")
    assert [e.recipient.name for e in claim.events if e.type == "ACCUSE" and e.recipient] == ["Dornic Front"]
