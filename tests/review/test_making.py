"""What of a claim goes with an edit, and what does not."""

from __future__ import annotations

import msgspec
import pytest

from sayso.records import Claim, Event, Ledger, Quantity, Reason, phrase
from sayso.review import Wording
from sayso.spans import Span
from tests.review.made import ANN, TEXT, Desk, a_ledger, at


def an_event(words: str, *, within: int | None = None) -> Event:
    return Event(type="COERCE", trigger=phrase(TEXT, at(words)), plover="COERCE", within=within)


@pytest.fixture
def ledger() -> Ledger:
    """The claim on bridge and ferry, with what is coded of it."""
    made = a_ledger()
    bridge = made.claims[0]
    assert bridge.source is not None
    full = msgspec.structs.replace(
        bridge,
        source=msgspec.structs.replace(bridge.source, entity="e1"),
        events=(an_event("safe"), an_event("sail"), an_event("ferry", within=1)),
        quantities=(Quantity(kind="things", unit=None, low=1, high=1, spans=at("bridge"), text="bridge"),),
        why=(Reason(spans=at("safe"), why="as a test"),),
    )
    return msgspec.structs.replace(made, claims=(full, *made.claims[1:]))


def edited(ledger: Ledger, wording: Wording) -> Claim:
    (given,) = Desk(ledger).rule("edit", ANN, ledger.claims[0], wordings=[wording]).gives
    return given


def test_what_is_coded_stays_as_far_as_it_lies_in_the_content_that_is_left(ledger: Ledger) -> None:
    given = edited(ledger, Wording(content=at("the ferry would sail")))
    assert [(event.trigger.text, event.within) for event in given.events] == [("sail", None), ("ferry", 0)]
    assert given.quantities == ()


def test_all_that_is_coded_stays_where_the_content_does(ledger: Ledger) -> None:
    given = edited(ledger, Wording(speech_act="promise"))
    before = ledger.claims[0]
    assert (given.events, given.quantities, given.why) == (before.events, before.quantities, before.why)
    assert given.source == before.source


def test_the_reasons_of_the_machine_are_not_those_of_another_value(ledger: Ledger) -> None:
    assert edited(ledger, Wording(factuality="Uu")).why == ()


def test_another_source_is_another_entity(ledger: Ledger) -> None:
    other = edited(ledger, Wording(source=at("The ministry"))).source
    assert other is not None
    assert (other.name, other.entity) == ("The ministry", None)
    named = edited(ledger, Wording(name="A. Lee")).source
    assert named is not None
    assert (named.text, named.name, named.entity) == ("Ann Lee", "A. Lee", None)


def test_one_content_may_be_split_between_two_sources(ledger: Ledger) -> None:
    both = [Wording(source=at("Ann Lee")), Wording(source=at("The ministry"))]
    one, two = Desk(ledger).rule("split", ANN, ledger.claims[0], wordings=both).gives
    assert one.id == ledger.claims[0].id
    assert two.id == f"{one.id}.2"


def test_an_added_claim_is_of_the_kind_that_its_quotation_marks_tell() -> None:
    made = a_ledger()
    desk = Desk(made)

    def kind(content: tuple[Span, ...], source: tuple[Span, ...] = at("she")) -> str:
        wording = Wording(content=content, source=source)
        (given,) = desk.rule("add", ANN, document=made.document.ref.id, wordings=[wording]).gives
        return given.kind

    assert kind(at('"We checked every bolt,"')) == "direct"
    assert kind(at('"We checked')) == "mixed"
    assert kind(at("the mole")) == "indirect"
    assert kind(at("the mole"), ()) == "authorial"
