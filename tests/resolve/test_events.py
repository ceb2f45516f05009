"""Events of sentences whose trees are known."""

from __future__ import annotations

import msgspec
import pytest

from sayso.resolve.events import Coded, Coder, Event, events_in
from sayso.resolve.plover import load
from sayso.spans import Span
from tests.resolve.test_roles import tree

ONTOLOGY = load()


def coded(text: str) -> Coded:
    return events_in(tree(text), [Span(0, len(text))], ONTOLOGY)


def names(event: Event) -> tuple[str | None, str | None]:
    actor, recipient = event.actor, event.recipient
    return (None if actor is None else actor.text), (None if recipient is None else recipient.text)


@pytest.mark.parametrize(
    ("text", "code", "actor", "recipient"),
    [
        ("The rebels were attacked by Tarnia on Monday.", "ASSAULT", "Tarnia", "The rebels"),
        ("Tarnian rebels carried out an attack against the dam.", "ASSAULT", "Tarnian rebels", "the dam"),
        ("Tarnia and Dorvan signed a treaty.", "SUPPORT", "Tarnia and Dorvan", "Tarnia and Dorvan"),
        ("The council urged Dorvan to withdraw its troops.", "REQUEST/yield", "The council", "Dorvan"),
        ("The president refused to meet the rebels.", "REJECT/meet", "The president", "the rebels"),
        ("Tarnia accused Dorvan of shelling a village.", "ACCUSE/allege", "Tarnia", "Dorvan"),
        ("Tarnia called off the talks with Dorvan.", "SANCTION/withdraw", "Tarnia", "Dorvan"),
        ("The ministry will not negotiate with the rebels.", "REJECT/meet", "The ministry", "the rebels"),
    ],
)
def test_type_mode_and_parties(text: str, code: str, actor: str, recipient: str) -> None:
    first = coded(text).events[0]
    assert first.plover == code
    assert names(first) == (actor, recipient)


def test_an_alleged_event_stands_within_the_accusation_and_is_not_negated() -> None:
    accusation, alleged = coded("Tarnia accused Dorvan of shelling a village.").events
    assert (accusation.type, alleged.type, alleged.mode) == ("ACCUSE", "ASSAULT", "heavy-weapons")
    assert alleged.within == 0
    assert names(alleged) == ("Dorvan", "a village")
    assert not alleged.negated


def test_what_is_asked_for_is_hypothetical_and_done_by_whoever_is_asked() -> None:
    _, asked = coded("The council urged Dorvan to withdraw its troops.").events
    assert (asked.type, asked.hypothetical, asked.within) == ("RETREAT", True, 0)
    assert asked.actor is not None
    assert asked.actor.text == "Dorvan"


def test_what_is_refused_or_called_off_is_negated_and_its_own_event() -> None:
    for text in ("The president refused to meet the rebels.", "Tarnia called off the talks with Dorvan."):
        _, inner = coded(text).events
        assert (inner.type, inner.negated, inner.within) == ("CONSULT", True, 0)


def test_what_will_not_come_is_booked_as_refused_but_kept_as_it_is() -> None:
    (event,) = coded("The ministry will not negotiate with the rebels.").events
    assert (event.type, event.negated, event.future) == ("CONSULT", True, True)
    assert event.plover == "REJECT/meet"


@pytest.mark.parametrize(
    ("text", "flag", "words"),
    [
        ("No troops were sent to Dorvan.", "negated", ["No"]),
        ("The army may attack the port if the talks fail.", "hypothetical", ["may", "if"]),
        ("Tarnia said it would attack the valley.", "future", ["would"]),
    ],
)
def test_flags_come_with_the_words_that_are_their_reason(text: str, flag: str, words: list[str]) -> None:
    event = coded(text).events[0]
    assert getattr(event, flag)
    (reasons,) = [f.spans for f in event.flags if f.name == flag]
    assert [span.of(text) for span in reasons] == words


def test_a_participle_before_a_noun_says_that_it_is_to_come() -> None:
    called_off, talks = coded("The planned talks between Tarnia and Dorvan were cancelled.").events
    assert called_off.type == "SANCTION"
    assert (talks.type, talks.future, talks.negated) == ("CONSULT", True, True)
    assert names(talks) == ("Tarnia and Dorvan", "Tarnia and Dorvan")


def test_a_year_before_the_last_is_history_and_counted_from_the_document() -> None:
    text = "In 1982 Tarnia invaded Dorvan."
    for year, old in ((1983, False), (1990, True), (None, False)):
        (event,) = events_in(tree(text), [Span(0, len(text))], ONTOLOGY, year=year).events
        assert event.historical is old
        assert [s.of(text) for f in event.flags for s in f.spans] == ["1982"] * old


def test_quantities_belong_to_the_event_they_hang_from() -> None:
    killed, wounded = coded("Rebels killed at least 20 civilians and wounded up to 30 people.").events
    assert [q.low for q in killed.quantities] == [20]
    assert [q.high for q in wounded.quantities] == [30]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("The sky is blue.", "state or opinion"), ("The cook bought a hat.", "no event word")],
)
def test_where_nothing_is_coded_the_reason_is_given(text: str, reason: str) -> None:
    assert coded(text) == Coded(reason=reason)  # type: ignore[arg-type]


def test_a_passage_without_words_says_so() -> None:
    assert Coder(tree("The sky is blue."), ONTOLOGY).events_in([]) == Coded(reason="no words")


def test_only_words_within_the_spans_are_coded_though_parties_may_stand_outside() -> None:
    text = "Tarnia accused Dorvan of shelling a village."
    (event,) = events_in(tree(text), [Span(text.index("shelling"), len(text))], ONTOLOGY).events
    assert event.type == "ASSAULT"
    assert event.actor is not None
    assert event.actor.text == "Dorvan"


def test_every_span_gives_its_words_and_events_go_through_json() -> None:
    text = "Tarnian rebels carried out an attack against the dam."
    found = coded(text)
    for event in found.events:
        for part in (event.trigger, event.actor, event.recipient):
            assert part is not None
            assert " ".join(s.of(text) for s in part.spans) == part.text
    assert msgspec.json.decode(msgspec.json.encode(found), type=Coded) == found
