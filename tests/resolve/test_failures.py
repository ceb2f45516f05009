"""Failures that an error analysis found (docs/failures.md) and that are mended: what a user sees of each."""

from __future__ import annotations

import pytest

from sayso.records import Event
from tests.resolve.test_document import ledger


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The Panel was unable to verify these accounts.", "CT-"),
        ("The ministry said that it was unable to reach the village.", "CT-"),
        ("The bridge has yet to reopen.", "CT-"),
        ("It looks like the guards fired first.", "PR+"),
        ("The minister said the army seemed to have left.", "PR+"),
        pytest.param(
            "The treaty does not appear to have been respected by either side.",
            "PR-",
            marks=pytest.mark.xfail(reason="the treaty is what is said, without its verb", strict=True),
        ),
        ("Nor was the second ship insured.", "CT-"),
        ("Orlec said she was not all that familiar with the plan.", "CT-"),
        ('Orlec told me, "I have never -- never -- been paid."', "CT-"),
        ("She no doubt won the vote.", "CT+"),
        ("There is no doubt that the dam failed.", "CT+"),
        ("The clerk needs no more than a day.", "CT+"),
        ("If a letter is an attack, then my grandmother was a general.", "Uu"),
        ("If the ledger is a forgery, the whole case collapses.", "Uu"),
        ("Even if the dam holds, the village is lost.", "CT+"),
        ("The auditor warned that none of the boats had a working alarm.", "CT-"),
        ("The auditor cautioned that the samples had been taken too late.", "CT+"),
        ("The auditor warned that the dam would burst.", "PR+"),
    ],
)
def test_no_negation_and_no_hedge_is_lost(text: str, value: str) -> None:
    claim = ledger(text).claims[-1]
    assert claim.factuality == value


def test_a_warning_orders_asserts_or_predicts() -> None:
    acts = {
        "The judge warned the jury not to discuss the case.": "order",
        "The auditor warned that the dam had burst.": "assert",
        "The auditor warned that the dam would burst.": "predict",
    }
    assert {text: ledger(text).claims[0].speech_act for text in acts} == acts


@pytest.mark.xfail(reason="“credibly” is taken for a verb", strict=True)
def test_what_cannot_be_said_is_not_said() -> None:
    (claim,) = ledger("He can't credibly make fun of the ratings.").claims
    assert claim.factuality == "Uu"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Harl Dunmore denies arson.\n\nDunmore's lawyer, Iolanthe Marsh, said that the case was weak.",
            "Iolanthe Marsh",
        ),
        ("Hester Prow did not speak. Prow allies said that the vote was fair.", "Prow allies"),
        ("The Special Rapporteur, Ines Coll, said that the camp was closed.", "Ines Coll"),
        ("The tax went to the Port Authority, which said in May that it was lawful.", "Port Authority"),
        ('The mill company wrote. "A leak has been found. It was sealed," it wrote.', "mill company"),
        ("---\nauthor: Nell Varga\n---\nI do not believe that the bridge is safe.", "Nell Varga"),
    ],
)
def test_the_speaker_is_the_one_whose_words_they_are(text: str, name: str) -> None:
    source = ledger(text).claims[-1].source
    assert source is not None
    assert source.name == name


@pytest.mark.parametrize("text", ["The residents were told that the water was clean.", "Asked why, Senn shrugged."])
def test_whoever_is_told_or_asked_is_not_who_says_it(text: str) -> None:
    assert [c.source for c in ledger(text).claims if c.source is not None] == []


def test_who_receives_an_allegation_does_not_make_it() -> None:
    (claim,) = ledger("The Panel received allegations that the guards had shelled the village.").claims
    assert (claim.source, claim.speech_act) == (None, "accuse")


def test_a_quotation_below_is_of_whom_the_sentence_above_names() -> None:
    quoted = "“Those who have left the valley without a word will find their houses as they were.”"
    found = ledger(f"The council met. On 6 May 2031, Orlec issued the following reply:\n\n{quoted}\n\nIt rained.")
    sources = [c.source and c.source.name for c in found.claims if "valley" in c.content.text]
    assert sources == ["Orlec"]


def test_an_i_without_a_named_author_stays_an_i() -> None:
    for head in ("", "---\nauthor: Court staff\n---\n"):
        source = ledger(head + "I do not believe that the bridge is safe.").claims[0].source
        assert source is not None
        assert source.name == "I"


def test_a_turn_goes_on_until_somebody_else_speaks() -> None:
    text = "MARSH: The dam held.\n\nWe opened two gates.\n\n(Applause.)\n\nVEGA: Why two?\n\nThe hearing was closed."
    found = ledger(text)
    assert [(c.source and c.source.text, [s.of(text) for s in c.content.spans]) for c in found.claims] == [
        ("MARSH", ["The dam held.", "We opened two gates."]),
        ("VEGA", ["Why two?"]),
        (None, ["The hearing was closed"]),
    ]
    assert [c.speech_act for c in found.claims[:2]] == ["assert", "ask"]


def _event(text: str, kind: str) -> Event:
    return next(e for c in ledger(text).claims for e in c.events if e.type == kind)


def test_a_time_of_day_is_nobody() -> None:
    event = _event("An explosion took place at 11.40 p.m. near the gate.", "ASSAULT")
    assert event.recipient is None or "11.40" not in event.recipient.text
    assert event.time is not None


def test_whoever_is_arrested_undergoes_the_arrest() -> None:
    event = _event("The envoy condemned Orlec's incarceration.", "COERCE")
    assert (event.actor, event.recipient and event.recipient.text) == (None, "Orlec")
    event = _event("Orlec's killing by the police set off riots.", "ASSAULT")
    assert (event.actor and event.actor.text, event.recipient and event.recipient.text) == ("the police", "Orlec")


def test_who_receives_an_allegation_is_not_accused() -> None:
    event = _event("The Panel received allegations that the guards had shelled the village.", "ACCUSE")
    assert event.recipient is not None
    assert event.recipient.text == "the guards"


def test_who_claims_responsibility_is_the_actor() -> None:
    event = _event("The Hill Brigade claimed responsibility for the raid on the depot.", "ASSAULT")
    assert event.actor is not None
    assert event.actor.text == "The Hill Brigade"


def test_who_is_asked_about_an_event_is_not_its_actor() -> None:
    text = "The council set up a commission, led by Kofi Brenn, to make recommendations on the ethnic clashes."
    actors = [e.actor.text for c in ledger(text).claims for e in c.events if e.actor and e.type == "ASSAULT"]
    assert not any("Brenn" in actor for actor in actors)


def test_house_arrest_is_done_by_no_house() -> None:
    text = "Orlec, who spent ten years under house arrest, was freed in May."
    assert all(e.actor is None or e.actor.text != "house" for c in ledger(text).claims for e in c.events)
