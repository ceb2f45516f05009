"""All inner fields of a document's claims together, as `sayso read` fills them."""

from __future__ import annotations

import pytest

from sayso.case import knowledge, reader
from sayso.records import Claim, Ledger
from sayso.resolve.affirming import WHY
from sayso.study import study
from tests.extract.canned import Canned, document

DATED = "---\npublished: 2031-05-06\n---\n"
ARTICLE = (
    "Lenna Ombry, the director of the hospital, said on Monday that soldiers had shelled the market in Karsk. "
    "“They killed at least 40 civilians,” she said.\n\n"
    "The Ministry of Defence denied that its troops had attacked Karsk. The ministry did not say who had."
)


def ledger(text: str) -> Ledger:
    return study(document(text), reader(), knowledge())


def said(text: str) -> list[Claim]:
    return [c for c in ledger(text).claims if c.kind != "authorial"]


def test_a_pronoun_has_the_name_of_whom_it_stands_for() -> None:
    found = ledger(ARTICLE)
    she = next(c for c in found.claims if c.source and c.source.text == "she")
    ombry = next(c for c in found.claims if c.source and c.source.text.startswith("Lenna"))
    assert she.source is not None
    assert ombry.source is not None
    assert (she.source.name, she.source.entity) == (ombry.source.name, ombry.source.entity)
    entity = next(e for e in found.entities if e.id == she.source.entity)
    assert "she" in [span.of(found.document.text) for span in entity.mentions]


def test_events_have_their_parties_place_and_numbers_where_they_stand() -> None:
    first, second, *_ = said(ARTICLE)
    (shelling,) = (e for e in first.events if e.type == "ASSAULT")
    assert shelling.actor is not None
    assert (shelling.actor.text, shelling.trigger.text) == ("soldiers", "shelled")
    killed = [q for e in second.events for q in e.quantities if q.kind == "killed"]
    assert [(q.low, q.high) for q in killed] == [(40, None)]
    for claim in (first, second):
        for event in claim.events:
            for part in (event.trigger, event.actor, event.recipient, event.place):
                assert part is None or " ".join(s.of(ARTICLE) for s in part.spans) == part.text


def test_what_is_denied_is_put_as_not_so_and_says_by_which_word() -> None:
    denial = next(c for c in said(ARTICLE) if c.speech_act == "deny")
    assert denial.factuality == "CT-"
    assert "denied" in [span.of(ARTICLE) for reason in denial.why for span in reason.spans]
    assert all(event.factuality == "CT-" for event in denial.events if event.type == "ASSAULT")


def test_the_time_of_saying_is_counted_from_the_date_of_the_document() -> None:
    first = said(DATED + ARTICLE)[0]
    assert first.said_at is not None
    assert (first.said_at.value, first.said_at.earliest) == ("2031-05-05", "2031-05-05")
    assert said(ARTICLE)[0].said_at is None  # without a date nothing is guessed


def test_no_event_is_never_silence() -> None:
    for claim in ledger(ARTICLE + "\n\nThe bridge is old, said Tom Reyk.").claims:
        assert bool(claim.events) != bool(claim.uncoded)


@pytest.mark.parametrize("text", ["Nothing.", "“", "\u202e said \x00 Ann.", "He said. " * 30])
def test_odd_texts_are_resolved_as_far_as_they_go(text: str) -> None:
    for claim in ledger(text).claims:
        assert claim.uncoded or claim.events


def test_a_reader_without_grammar_leaves_the_inner_fields_open() -> None:
    (claim,) = study(
        document("Ann Lee said the pier is safe."), Canned(("said", "Ann Lee", "the pier is safe")), knowledge()
    ).claims
    assert claim.source is not None
    assert (claim.source.name, claim.source.entity, claim.events) == ("Ann Lee", None, ())


def test_a_this_takes_up_what_the_sentence_before_says() -> None:
    text = (
        "According to press reports the council had stopped the pumps. "
        "A clerk told the Dravin Courier that this was a deliberate policy of the mayor."
    )
    first, second = said(text)
    (reason,) = (r for r in second.why if r.why == WHY)
    assert reason.spans[0].of(text) == "this"
    assert reason.spans[1:] == first.content.spans
    (alone,) = said("A clerk told the Dravin Courier that this was a deliberate policy of the mayor.")
    assert all(r.why != WHY for r in alone.why)


def test_a_letter_written_on_a_day_is_said_then() -> None:
    (claim,) = said("Ana Lee, writing in the Dravin Courier on 3 June 2015, said the pumps were stopped.")
    assert claim.said_at is not None
    assert claim.said_at.value == "2015-06-03"


def test_an_absolute_of_a_clause_beside_is_named() -> None:
    text = "The pumps stood.\n\nThe council has rarely met and not a single worker has been dismissed by it."
    assert "absolute" in {reason.why for claim in ledger(text).claims for reason in claim.why}


def test_who_is_accused_is_never_who_accuses() -> None:
    text = "Ana Lee, a trader said to be close to the mayor and accused of selling arms to the rebels, left on Monday."
    for event in (e for c in ledger(text).claims for e in c.events if e.type == "ACCUSE"):
        assert event.actor is None
        assert event.recipient is None or "rebels" not in event.recipient.text


@pytest.mark.xfail(reason="the tree takes the one named for one of the rebels", strict=True)
def test_several_are_never_taken_for_the_one_who_is_named_among_them() -> None:
    text = "“We shall target individuals supplying oil to the rebels, including Orlec Brann,” said Ana Lee."
    parties = (p for c in ledger(text).claims for e in c.events for p in (e.actor, e.recipient) if p)
    assert all(p.name != "Orlec Brann" for p in parties if p.text.startswith("individuals"))
