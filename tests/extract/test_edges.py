"""What stands at the edge of a sentence: who speaks there, what is said of a report behind it."""

from __future__ import annotations

import pytest

from sayso.case import knowledge, reader
from sayso.records import Claim
from sayso.study import study
from tests.extract.canned import document


def claims(text: str) -> tuple[Claim, ...]:
    return study(document(text), reader(), knowledge()).claims


def said(text: str) -> list[tuple[str | None, str]]:
    return [(c.source.name if c.source else None, c.content.text.strip(",")) for c in claims(text) if c.cue]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The boy was beaten in custody, a second prisoner, Ari Moss, said.",
            ("Ari Moss", "The boy was beaten in custody"),
        ),
        (
            "At least six people died when the mill burned in the port of Halm, the harbour master, Tilde Brand, said.",
            ("Tilde Brand", "At least six people died when the mill burned in the port of Halm"),
        ),
        (
            "The inquiry did not find that Ms Kim had lied, as the opposition had alleged.",
            ("the opposition", "that Ms Kim had lied"),
        ),
    ],
)
def test_who_speaks_at_the_end(text: str, expected: tuple[str, str]) -> None:
    assert expected in said(text)


def test_who_tells_all_of_a_sentence_stands_around_who_says_a_part_of_it() -> None:
    outer, inner = claims(
        "Detectives believe that the mill was set on fire, two people close to them told the Halm Post."
    )
    assert outer.source is not None
    assert outer.source.text == "two people close to them"
    assert outer.addressee is not None
    assert outer.addressee.text == "the Halm Post"
    assert inner.via == outer.id


@pytest.mark.parametrize(
    ("text", "denier"),
    [
        ("Mr Dunn has fled, the Halm Post reported, a claim that his lawyer called a lie.", "his lawyer"),
        ("Mr Dunn has fled, the Halm Post reported, an allegation that his lawyer denied.", "his lawyer"),
        ("Mr Dunn has fled, the Halm Post reported, a claim that the company called false.", "the company"),
    ],
)
def test_what_is_said_of_a_report_behind_it_is_no_part_of_it(text: str, denier: str) -> None:
    first, last = claims(text)
    assert first.content.text == "Mr Dunn has fled"
    assert last.speech_act == "deny"
    assert last.source is not None
    assert last.source.text == denier


def test_what_is_called_untrue_is_claimed_without_that() -> None:
    outer, inner = claims("Ms Kim said claims that she had paid the gang were entirely without foundation.")
    assert outer.speech_act == "deny"
    assert outer.factuality == "CT-"
    assert inner.content.text == "that she had paid the gang"
    assert inner.factuality == "CT-"  # of nobody: as the one who tells of it puts it


def test_a_relative_pronoun_of_another_clause_is_not_said() -> None:
    assert ("Front", "which") not in said("The Front, which the government blames for the blast, has not commented.")
    assert ("report", "that soldiers fled") in said(
        "The report, which the army calls a forgery, says that soldiers fled."
    )


def test_what_stands_behind_a_semicolon_is_no_content_of_what_stands_before() -> None:
    assert not [c for c in claims("Minister Orlec may have known; I have no proof that he did.") if c.source]


def test_a_deed_that_is_asked_about_is_no_order() -> None:
    found = claims("Asked if he had ordered the killings, General Orlec shook his head.")
    assert [c.speech_act for c in found if c.cue] == ["ask"]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The captain pleaded not guilty to manslaughter.", "pleaded not guilty", "manslaughter"),
        ("The captain pleaded not guilty.", "pleaded not", "guilty"),
    ],
)
def test_a_plea_denies_what_it_is_to(text: str, cue: str, content: str) -> None:
    (claim,) = claims(text)
    assert (claim.cue and claim.cue.text, claim.content.text) == (cue, content)
    assert (claim.speech_act, claim.factuality) == ("deny", "CT-")


def test_what_somebody_no_longer_says_is_left_open() -> None:
    inner = claims("Admiral Orlec no longer maintains that a mine was found, his office told us.")[-1]
    assert inner.cue is not None
    assert inner.cue.text == "no longer maintains"
    assert inner.factuality == "Uu"


def test_a_deed_with_a_word_on_why_is_the_authors_own() -> None:
    found = claims("The council closed the bridge on Monday, saying that it was cracked.")
    assert [c.content.text for c in found if c.kind == "authorial"] == ["The council closed the bridge on Monday"]


def test_a_turn_of_who_has_another_is_a_turn() -> None:
    text = (
        "Brandt: Did you write that it sank?\nKim: I do not think so.\n"
        "Brandt: The Navy says its divers found fragments.\n"
        "Kim: Orlec told me that he saw none.\nBrandt: You wrote that it sank. And the tanks?"
    )
    turns = [c for c in claims(text) if c.found_by == "rules:turn"]
    assert [c.source.name for c in turns if c.source] == ["Brandt", "Kim", "Brandt", "Kim", "Brandt"]
    assert {c.kind for c in turns} == {"direct"}
    asked = next(c for c in claims(text) if c.source and c.source.text == "you")
    assert asked.source is not None
    assert asked.source.name == "Kim"


def test_a_label_is_nobodys_name() -> None:
    assert not [c for c in claims("CONTEXT: the bridge was never built.\n\nTarnia: police beat prisoners.") if c.source]


@pytest.mark.parametrize(
    ("who", "anonymous"),
    [
        ("A person close to the Transport Ministry", "yes"),
        ("A former accountant of Orlec Mining", "yes"),
        ("The Transport Ministry", "no"),
    ],
)
def test_a_name_behind_an_unnamed_person_names_another(who: str, anonymous: str) -> None:
    (claim,) = claims(f"{who} said that it knew.")
    assert claim.source is not None
    assert claim.source.anonymous is (anonymous == "yes")


def test_a_ministry_is_not_a_person_close_to_it() -> None:
    text = "A person close to the Transport Ministry said Ms Kim had been warned. The ministry denied that."
    assert [c.source.name for c in claims(text) if c.source][-1] == "Transport Ministry"


def test_reports_that_somebody_called_another_so_are_reports() -> None:
    found = said("The mayor dismissed reports that Mr Dunn called the nurse a thief.")
    assert any("called the nurse a thief" in content for _, content in found)
