"""Who speaks, and who does not: those who are accused, who receive a letter, who are asked or left out."""

from __future__ import annotations

import pytest

from sayso.case import knowledge, reader
from sayso.records import Claim
from sayso.study import study
from tests.extract.canned import document


def claims(text: str) -> list[Claim]:
    return [c for c in study(document(text), reader(), knowledge()).claims if c.cue is not None]


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Police arrested a priest accused of beating boys.", "a priest"),
        ("Mr Dunn stands accused of shooting a nurse.", "Mr Dunn"),
        ("The court received a statement saying that guards had beaten Dunn.", "The court"),
        ("The mayor was sent a letter claiming that the police had shot the boy.", "The mayor"),
        ("Mr Ruiz laughed when asked whether troops had shot the boy.", "Mr Ruiz"),
        ("Mr Dunn was acquitted of killing two nurses.", "Mr Dunn"),
    ],
)
def test_whoever_is_accused_or_asked_or_gets_a_letter_says_nothing(text: str, nobody: str) -> None:
    assert not [c for c in claims(text) if c.source is not None and c.source.text == nobody]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("All but the mayor said that police shot the boy.", "All but the mayor"),
        ("Every minister except Ms Kim denied that bribes were paid.", "Every minister except Ms Kim"),
        ("Ministers other than Ms Kim said that bribes were paid.", "Ministers other than Ms Kim"),
        ("The minister heard from engineers that the dam would break.", "engineers"),
        ("The opposition accused the minister of taking bribes.", "The opposition"),
        ("It was Ida Brandt, and not Karel Osk, who said that the mill had burned.", "who"),
    ],
)
def test_those_who_speak_are_the_source(text: str, source: str) -> None:
    assert source in [c.source.text for c in claims(text) if c.source is not None]


def test_one_who_is_left_out_gives_no_name() -> None:
    (claim,) = claims("All members, except Karel Osk, said that the dam was cracked.")
    assert claim.source is not None
    assert claim.source.name == "All members"
    (claim,) = claims("It was Ida Brandt, and not Karel Osk, who said that the mill had burned.")
    assert claim.source is not None
    assert claim.source.name == "Ida Brandt"


@pytest.mark.parametrize(
    ("text", "act", "factuality"),
    [
        ("The minister laughed at claims that the police had shot the boy.", "deny", "CT-"),
        ("The army brushed aside claims that it had shot prisoners.", "deny", "CT-"),
        ("Ms Reyk withdrew her claim that the ballots were burned.", "assert", "Uu"),
        ("“Kill them all,” the commander told his men.", "order", "Uu"),
        ("“Do not shoot the prisoners,” the commander said.", "order", "Uu"),
    ],
)
def test_what_is_denied_taken_back_or_ordered_is_not_asserted(text: str, act: str, factuality: str) -> None:
    assert (act, factuality) in [(c.speech_act, c.factuality) for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "actor", "factuality"),
    [
        ("Mr Dunn was cleared of raping a student.", "Mr Dunn", "Uu"),
        ("A jury found Mr Dunn not guilty of raping a student.", "Mr Dunn", "Uu"),
        ("The UN cleared the army of killing 12 farmers.", "the army", "Uu"),
        ("Officers arrested two men for beating a boy.", "two men", "Uu"),
        ("Police charged a teacher with raping a pupil.", "a teacher", "CT+"),  # as the police put it, who accuse
        ("The judge sentenced Mr Dunn to ten years for killing two nurses.", "Mr Dunn", "CT+"),
    ],
)
def test_what_somebody_is_accused_or_cleared_of_is_not_done_by_who_accuses_or_judges(
    text: str, actor: str, factuality: str
) -> None:
    found = study(document(text), reader(), knowledge()).claims
    events = [event for claim in found for event in claim.events if event.type == "ASSAULT"]
    assert [(e.actor.text if e.actor else None, e.factuality) for e in events] == [(actor, factuality)]


@pytest.mark.parametrize(
    ("text", "cue", "name"),
    [
        ("The lawyer asked Mr Dunn whether he had shot the boy. He denied it.", "denied", "Dunn"),
        ("“Did you shoot her?” Mr Hall asked Mr Dunn. “Yes,” he said.", "said", "Dunn"),
        ("Mr Hall spoke on Friday. He said that Mr Dunn had left. He added that he was tired.", "added", "Hall"),
    ],
)
def test_an_answer_is_that_of_the_one_who_was_asked(text: str, cue: str, name: str) -> None:
    read = study(document(text), reader(), knowledge())
    (claim,) = [c for c in read.claims if c.cue is not None and c.cue.text == cue]
    assert claim.source is not None
    (entity,) = [e for e in read.entities if e.id == claim.source.entity]
    assert name in entity.name


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("Weiss said the allegation that Dunn shot the nurse was untrue.", "CT-"),
        ("“It's a lie that I shot the nurse,” Dunn said.", "CT-"),
        ("Not once did Ms Kim say that Dunn shot the nurse.", "Uu"),
        ("Had Dunn admitted that he shot the nurse, he would have been jailed.", "Uu"),
        ("No fewer than ten witnesses said that Dunn shot the nurse.", "CT+"),
        ("Contrary to the ministry's account, police shot the nurse.", "CT+"),
    ],
)
def test_how_an_event_is_put_under_words_that_turn_it_round(text: str, factuality: str) -> None:
    found = study(document(text), reader(), knowledge()).claims
    events = [event for claim in found for event in claim.events if event.type == "ASSAULT"]
    assert [event.factuality for event in events] == [factuality]


def test_what_is_said_against_a_claim_is_not_what_it_claims() -> None:
    for text in ("Contrary to the ministry's account, police shot the nurse.", "Despite claims by the army, he left."):
        assert not claims(text)
