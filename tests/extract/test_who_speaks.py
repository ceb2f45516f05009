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


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("The minister faced claims that she had taken bribes.", "The minister"),
        ("The minister survived allegations that she had taken bribes.", "The minister"),
        ("The minister was asked about claims that her husband had shot a man.", "The minister"),
        ("The mayor resigned amid claims that he had beaten a boy.", "The mayor"),
        ("The court jailed a poet for saying that the war was lost.", "The court"),
        ("The ministry dismissed Mr Dunn for claiming that troops shot the boy.", "The ministry"),
        ("Police questioned the suspect on Friday.", "Police"),
        ("The president dismissed the general.", "The president"),
        ("The army shot the boy, Tass quoted the ministry as saying.", "Tass"),
    ],
)
def test_whoever_faces_a_claim_or_acts_on_who_makes_it_says_nothing(text: str, nobody: str) -> None:
    assert not [c for c in claims(text) if c.source is not None and c.source.text == nobody]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The court jailed a poet for saying that the war was lost.", "a poet", "that the war was lost"),
        ("A poet was jailed for saying that the war was lost.", "A poet", "that the war was lost"),
        ("The army shot the boy, Tass quoted the ministry as saying.", "the ministry", "The army shot the boy"),
        ("Tass quoted the ministry as saying that it had left.", "the ministry", "that it had left"),
        ("In the words of the general, the army shot no one.", "the general", "the army shot no one"),
        ("The general's version is that the rebels fired first.", "The general's", "that the rebels fired first"),
        ("The mayor got word from the hospital that nine had died.", "the hospital", "that nine had died"),
        ("Orlov, who witnesses said shot the boy, was arrested.", "witnesses", "who shot the boy"),
        ("The lawyer questioned the minister's account.", "The lawyer", "the minister's account"),
        ("Ms Chen dismissed him as a liar.", "Ms Chen", "him as a liar"),
    ],
)
def test_phrases_that_give_what_is_said_to_somebody(text: str, source: str, content: str) -> None:
    found = [(c.source.text, c.content.text.rstrip(",")) for c in claims(text) if c.source is not None]
    assert (source, content) in found


def test_what_is_said_of_somebody_between_commas_leaves_what_the_author_says() -> None:
    made = study(document("The general, who prosecutors say shot a boy, has left the country."), reader(), knowledge())
    assert [(c.kind, c.content.text) for c in made.claims] == [
        ("authorial", "The general has left the country"),
        ("indirect", "who shot a boy"),
    ]
    assert made.claims[1].factuality == "CT+"
    (event,) = made.claims[1].events
    assert event.actor is not None
    assert event.actor.entity == next(e.id for e in made.entities if e.name == "general")


def test_what_is_left_of_a_sentence_ends_before_the_attribution() -> None:
    made = study(document("The ministry fired Mr Dunn hours after he said the dam would break."), reader(), knowledge())
    assert made.claims[0].content.text == "The ministry fired Mr Dunn"


@pytest.mark.parametrize(
    ("text", "act", "factuality"),
    [
        ("Mr Dunn pleaded guilty to shooting a nurse.", "assert", "CT+"),
        ("Mr Dunn pleaded not guilty to shooting a nurse.", "deny", "CT-"),
        ("The witness will say that Mr Dunn shot the nurse.", "assert", "Uu"),
        ("Ms Kim is to tell the court that the mayor took bribes.", "assert", "Uu"),
        ("“I will say that the army shot the boy,” Ms Lind said.", "assert", "CT+"),
    ],
)
def test_pleas_and_what_is_yet_to_be_said(text: str, act: str, factuality: str) -> None:
    assert [(act, factuality)] == list({(c.speech_act, c.factuality) for c in claims(text)})


@pytest.mark.parametrize(
    ("text", "cue", "factuality"),
    [
        ("She denies that she ever claimed that the army shot the boy.", "ever claimed", "Uu"),
        ("Experts doubt that the minister said the dam was safe.", "said", "Uu"),
        ("The opposition demands that the minister admit that he took bribes.", "admit", "Uu"),
        ("She may have said that the colonel told her that troops shot the boy.", "told", "PS+"),
        ("He said the colonel had told him that the army shot the boy.", "had told", "CT+"),
        ("Ms Kim denied the colonel's claim that the army shot the boy.", "claim", "CT+"),  # he has made it
    ],
)
def test_what_is_denied_or_asked_to_be_said_is_not_shown_as_said(text: str, cue: str, factuality: str) -> None:
    (claim,) = [c for c in claims(text) if c.cue is not None and c.cue.text == cue]
    assert claim.via is not None
    assert claim.factuality == factuality


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The judge asked Mr Dunn whether he had shot the nurse.", ("Dunn", "Uu")),
        ("The prosecutor said of Mr Dunn that he had shot the nurse.", ("Dunn", "CT+")),
        ("It was the army that shelled the school, residents said.", ("army", "CT+")),
        ("It was not the army that shelled the school, residents said.", ("army", "CT-")),
        ("The rebels, not the army, shelled the school.", ("rebels", "CT+")),
        ("Mr Osk, whom the police accuse of shooting the driver, denied it.", ("Osk", "CT+")),
        ("A drone that the ministry says killed nine people was found.", (None, "CT+")),  # and not the ministry
        ("Mr Dunn was wrongly convicted of shooting a nurse.", ("Dunn", "Uu")),
        ("She was wrongfully jailed for killing her husband.", ("she", "Uu")),
    ],
)
def test_who_did_it_and_how_that_is_put(text: str, parties: tuple[str | None, str]) -> None:
    found = study(document(text), reader(), knowledge()).claims
    events = [event for claim in found for event in claim.events if event.type == "ASSAULT"]
    assert {(e.actor.name if e.actor else None, e.factuality) for e in events} == {parties}


@pytest.mark.parametrize(
    ("text", "cue", "name"),
    [
        ("General Orlov sued Ms Chen after she said that he had taken bribes.", "said", "Chen"),
        ("Governor Hale dismissed Ms Osk after she claimed that he had taken bribes.", "claimed", "Osk"),
        ("Mr Reed spoke on Friday. “The minister knew of it,” he said.", "said", "Reed"),
        ("“The boy was shot,” he said.", "said", "he"),
    ],
)
def test_he_and_she_are_not_whom_they_speak_of(text: str, cue: str, name: str) -> None:
    read = study(document(text), reader(), knowledge())
    (claim,) = [c for c in read.claims if c.cue is not None and c.cue.text == cue]
    assert claim.source is not None
    assert next(e.name for e in read.entities if e.id == claim.source.entity).removeprefix("Ms ") == name


def test_workers_who_are_fired_are_not_shot() -> None:
    events = [
        e for c in study(document("The factory fired 300 workers."), reader(), knowledge()).claims for e in c.events
    ]
    assert not [e for e in events if e.type == "ASSAULT"]


@pytest.mark.parametrize(
    ("text", "whom", "source"),
    [
        ("The mayor had been warned by engineers that the bridge was unsafe.", "The mayor", "engineers"),
        ("Mr Dunn was told that the bridge was unsafe.", "Mr Dunn", None),
        ("Mr Dunn was asked whether the bridge was unsafe.", "Mr Dunn", None),
    ],
)
def test_the_subject_of_a_passive_is_whom_it_is_said_to(text: str, whom: str, source: str | None) -> None:
    (claim,) = claims(text)
    assert claim.addressee is not None
    assert claim.addressee.text == whom
    assert (claim.source and claim.source.text) == source


def test_who_had_been_warned_says_nothing_by_it() -> None:
    (claim,) = claims("Tarnack denied that it had been warned.")
    assert claim.speech_act == "deny"
