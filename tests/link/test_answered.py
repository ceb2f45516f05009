"""Accusations and denials, counts of the dead, and what is denied of a saying, across documents.

In:   invented articles.   Out: failures.
Knows nothing of: how claims are found in a text.
"""

from __future__ import annotations

import msgspec
import pytest

from sayso.records import Ledger, Quantity, phrase
from sayso.spans import Span
from tests.link.articles import Linked, article

BODY = {"type": "organisation"}
ABOUT = (
    " The barge Orla went down in the Sound of Ansk on Friday night with grain for the mills of Umeby. Divers of the"
    " harbour office of Ansk went out to the wreck of the barge Orla on Sunday, and the Sound was closed to shipping."
)


def told(outlet: str, day: int, who: str, cue: str, what: str, **fields: object) -> Ledger:
    details = {1: {"name": who, **BODY, **fields}}
    return article(outlet, day, f"[source 1|{who}] [cue 1|{cue}] [content 1|{what}].{ABOUT}", details)


def accused(outlet: str = "Arl Post", day: int = 11) -> Ledger:
    what = "the Ostern League of fixing a charge to the keel"
    return told(outlet, day, "The Coast Watch", "accused", what, speech_act="accuse")


def denied(what: str, who: str = "The Ostern League", **more: object) -> Ledger:
    fields = {"factuality": "CT-", "speech_act": "deny", **more}
    return told("Ume Gazette", 12, who, "rejected", what, **fields)


@pytest.mark.parametrize(
    "what",
    [
        "the allegation by the Coast Watch that its divers had placed a charge on the barge Orla",
        "any involvement",
        "the accusation",
    ],
)
def test_the_denial_of_who_is_accused_stands_against_the_accusation(what: str) -> None:
    (found,) = Linked(accused(), denied(what)).against
    assert (found.relation, found.reason) == ("contradicts", "one accuses, the accused denies it")


def test_a_denial_of_somebody_else_or_of_something_else_does_not_answer_it() -> None:
    assert not Linked(accused(), denied("any involvement", "The Salt Guild")).against
    assert not Linked(accused(), denied("that a clerk had been paid twice for the same week")).against


def test_what_supports_a_denial_does_not_stand_against_it() -> None:
    denial = denied("the allegation that its divers placed a charge on the barge Orla")
    storm = told("Morrow Herald", 13, "A surveyor", "said", "a storm rather than a charge may have sunk the barge Orla")
    assert not Linked(denial, storm).against
    charge = told("Morrow Herald", 13, "A surveyor", "said", "divers placed a charge on the barge Orla")
    assert [x.relation for x in Linked(denial, charge).against] == ["contradicts"]


def test_a_copied_denial_does_not_stand_against_what_it_denies_itself() -> None:
    def denying(outlet: str, day: int) -> Ledger:
        marked = (
            "[source 1|Runa Moor] [cue 1|denied] [content 1|[cue 2|reports] [content 2|that the harbour office let the"
            f" barge Orla sail with a leaking hull]].{ABOUT}"
        )
        fields = {"name": "Runa Moor", "type": "person", "factuality": "CT-", "speech_act": "deny"}
        return article(outlet, day, marked, {1: fields, 2: {"via": 1, "speech_act": "report"}})

    assert not Linked(denying("Arl Post", 11), denying("Ume Gazette", 12)).against


def test_what_is_asked_or_left_open_stands_against_nothing() -> None:
    denial = denied("that divers placed a charge on the barge Orla")
    asked = told(
        "Morrow Herald", 13, "A clerk", "asked", "whether divers placed a charge on the barge Orla",
        factuality="Uu", speech_act="ask",
    )  # fmt: skip
    assert not Linked(denial, asked).against


def counted(outlet: str, day: int, who: str, what: str, number: str, **quantity: object) -> Ledger:
    found = told(outlet, day, who, "said", what)
    (claim,) = found.claims
    start = found.document.text.index(number)
    span = (Span(start, start + len(number)),)
    value = {"kind": "killed", "unit": "people", "high": None, **quantity}
    one = Quantity(spans=span, text=phrase(found.document.text, span).text, **value)  # type: ignore[arg-type]
    return msgspec.structs.replace(found, claims=(msgspec.structs.replace(claim, quantities=(one,)),))


def test_later_counts_of_the_dead_of_one_event_are_later_words() -> None:
    sank = "at least 23 hands drowned when the barge Orla sank"
    first = counted("Arl Post", 11, "The harbour master", sank, "23", low=23.0)
    second = counted("Ume Gazette", 13, "The hospital", "the number of dead was now 31", "31", low=31.0, high=31.0)
    third = counted("Morrow Herald", 15, "The mayor", "34 people died on the barge Orla", "34", low=34.0, high=34.0)
    found = Linked(first, second, third).against
    assert {(x.relation, x.reason) for x in found} == {
        ("updates", "a later count: 23, then 31"),
        ("updates", "a later count: 31, then 34"),
        ("updates", "a later count: 23, then 34"),
    }
    # An earlier paper with the higher number is no later word, and on another matter nothing is told.
    early = counted("Ume Gazette", 9, "The hospital", "the number of dead was now 31", "31", low=31.0, high=31.0)
    assert not [x for x in Linked(first, early).against if x.relation == "updates"]


def test_nobody_dead_then_some_is_a_later_word() -> None:
    none = told("Arl Post", 11, "The hospital", "said", "no one had died of it", factuality="CT-")
    three = counted("Ume Gazette", 13, "The hospital", "three people had died", "three", low=3.0, high=3.0)
    assert [x.relation for x in Linked(none, three).against] == ["updates"]


def test_a_number_that_stands_in_both_has_not_become_another() -> None:
    def sold(outlet: str, day: int, what: str, *numbers: tuple[str, float, str | None]) -> Ledger:
        found = told(outlet, day, "Tilde Marn", "said", what, type="person")
        (claim,) = found.claims
        text = found.document.text
        quantities = tuple(
            Quantity(
                spans=(Span(text.index(n), text.index(n) + len(n)),), text=n, kind="things", unit=unit, low=v, high=v
            )
            for n, v, unit in numbers
        )
        return msgspec.structs.replace(found, claims=(msgspec.structs.replace(claim, quantities=quantities),))

    first = sold(
        "Arl Post", 11, "the barge Orla left with 112 hands on board, although it was licensed to carry only 80",
        ("112", 112.0, "hand"), ("80", 80.0, None),
    )  # fmt: skip
    second = sold("Ume Gazette", 13, "the barge Orla had sold 112 tickets", ("112", 112.0, "ticket"))
    assert not [x for x in Linked(first, second).against if "80" in x.reason]
