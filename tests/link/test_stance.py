"""What is not said to be so: asked, wanted, left open, denied, named instead; by nobody; by who only passes it on.

In:   invented articles.   Out: failures.
Knows nothing of: how claims are found in a text.
"""

from __future__ import annotations

import pytest

from sayso.link.origins import members
from sayso.link.stance import put_unlike, stance
from sayso.link.stated import Stated
from sayso.records import Ledger
from tests.link.articles import Linked, article, sketched

PERSON = {"type": "person"}
WHAT = "the sluice of the Ansk mill was opened at night by the guild of millers"
AGAIN = "the millers' guild had opened the sluice of the mill in Ansk at night"  # the same in other words
BESIDE = {
    "Arl Post": "Hay is dear this year, and the fair was well visited.",
    "Ume Gazette": "Trams ran again by noon.",
}


def told(outlet: str, day: int, who: str, cue: str, what: str, **fields: object) -> Ledger:
    text = f"[source 1|{who}] [cue 1|{cue}] [content 1|{what}]. {BESIDE[outlet]}"
    return article(outlet, day, text, {1: {"name": who, **PERSON, **fields}})


def stated(what: str, who: str = "Ida Fenn", cue: str = "said", **fields: object) -> Stated:
    return sketched(told("Arl Post", 11, who, cue, what, **fields)).claims[0]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, "so"),
        ({"factuality": "PS+"}, "so"),
        ({"factuality": "CT-", "speech_act": "deny"}, "not so"),
        ({"factuality": "PR-", "speech_act": "doubt"}, "not so"),
        ({"factuality": "Uu"}, "open"),
        ({"factuality": "Uu", "speech_act": "ask"}, "open"),
        ({"factuality": "Uu", "speech_act": "order"}, "wanted"),
        ({"factuality": "Uu", "speech_act": "promise"}, "so"),
    ],
)
def test_how_a_claim_is_put(fields: dict[str, object], found: str) -> None:
    assert stance(stated(WHAT, "Ida Fenn", "said", **fields).claim) == found


@pytest.mark.parametrize(
    "fields",
    [
        {"cue": "asked whether", "factuality": "Uu", "speech_act": "ask"},
        {"cue": "would not say whether", "factuality": "Uu"},
        {"cue": "demanded that", "factuality": "Uu", "speech_act": "order"},
        {"cue": "denied that", "factuality": "CT-", "speech_act": "deny"},
        {"cue": "doubted that", "factuality": "PR-", "speech_act": "doubt"},
    ],
)
def test_what_is_asked_wanted_left_open_denied_or_doubted_is_not_said_again(fields: dict[str, object]) -> None:
    one = told("Arl Post", 11, "Ida Fenn", "said that", WHAT)
    other = told("Ume Gazette", 12, "Orrin Vale", str(fields.pop("cue")), AGAIN, **fields)
    assert not Linked(one, other).clusters
    again = told("Ume Gazette", 12, "Orrin Vale", "said that", AGAIN)
    assert Linked(one, again).origins() == [(2, 2)]


def test_what_is_named_instead_of_another_thing_is_not_that_thing() -> None:
    dam = "a storm rather than a leaking pipe may have broken the dam of Ansk"
    pipe = "a leaking pipe may have broken the dam of Ansk"
    assert put_unlike(stated(dam), stated(pipe, "Orrin Vale"))
    assert put_unlike(stated(pipe), stated("a storm, not a leaking pipe, broke the dam of Ansk", "Orrin Vale"))
    assert put_unlike(stated(pipe), stated("a storm broke the dam of Ansk instead of a leaking pipe", "Orrin Vale"))
    assert not put_unlike(stated(dam), stated("a storm, not a pipe, broke the dam of Ansk", "Orrin Vale"))
    assert not put_unlike(stated(dam), stated("a storm may have broken the dam of Ansk", "Orrin Vale"))
    # What comes after the comma is no part of it.
    assert stated("a storm, not a leaking pipe, broke the dam of Ansk").instead.isdisjoint({"broke", "dam", "ansk"})


def test_a_no_that_bears_on_other_words_leaves_two_claims_alike() -> None:
    away = stated("the clerk was not in the hall of Ansk when the vote was called", factuality="CT-")
    left = stated("the clerk had left the hall of Ansk when the vote was called", "Orrin Vale")
    sold = stated("the clerk had sold the hall of Ansk", "Orrin Vale")
    denied = stated("the clerk had sold the hall of Ansk", cue="denied that", factuality="CT-", speech_act="deny")
    assert put_unlike(denied, sold)
    assert not put_unlike(denied, stated("they met on the meadow", "Orrin Vale"))
    assert not put_unlike(away, away)
    assert left.negative != away.negative


@pytest.mark.parametrize("name", ["nobody", "No one", "you", "I"])
def test_what_nobody_says_is_no_origin(name: str) -> None:
    one = told("Arl Post", 11, "Ida Fenn", "said that", WHAT)
    other = told("Ume Gazette", 12, name, "said that", AGAIN)
    found = Linked(one, other)
    assert found.origins() == [(1, 1)]
    assert [o.who for o in found.clusters[0].origins.items] == ["Ida Fenn"]
    alone = list(members(other))
    assert [m.claim.source.name for m in alone if m.claim.source] == [name]


def test_an_author_who_says_i_is_an_origin_of_their_own() -> None:
    one = told("Arl Post", 11, "Ida Fenn", "said that", WHAT)
    text = f"[source 1|I] [cue 1|say that] [content 1|{AGAIN}]. {BESIDE['Ume Gazette']}"
    column = article("Ume Gazette", 12, text, {1: {"name": "I", **PERSON}}, author="Orrin Vale")
    assert Linked(one, column).origins()[0][1] == 2


def kinds(*ledgers: Ledger) -> dict[str, str]:
    return {o.who: o.kind for c in Linked(*ledgers).clusters for o in c.origins.items}


def test_who_passes_on_what_others_told_has_not_seen_it() -> None:
    inner = f"that {WHAT}"
    passed = article(
        "Arl Post",
        11,
        f"[source 1|Ida Fenn] [cue 1|said] [content 1|[source 2|villagers] [cue 2|had told her] [content 2|{inner}]]."
        " Hay is dear this year.",
        {1: {"name": "Ida Fenn", **PERSON}, 2: {"name": "villagers", "type": "people", "via": 1}},
    )
    seen = told("Ume Gazette", 12, "Orrin Vale", "said", f"that {AGAIN}")
    found = kinds(passed, seen)
    assert found["Orrin Vale"] == "eyewitness"
    assert "Ida Fenn" not in found  # the villagers told it
    assert found["villagers"] == "unknown"
    outer = next(m for m in members(passed) if m.claim.source and m.claim.source.name == "Ida Fenn")
    assert outer.passes_on
    assert not any(m.passes_on for m in members(seen))


def test_an_officer_and_a_sister_are_not_one_though_neither_is_named() -> None:
    unnamed = {"anonymous": True}
    one = told("Arl Post", 11, "His sister", "said", WHAT, **unnamed)
    officer = told("Ume Gazette", 12, "A senior naval officer", "said", AGAIN, **unnamed)
    assert Linked(one, officer).origins() == [(2, 2)]
    neighbour = told("Ume Gazette", 12, "A neighbour", "said", AGAIN, **unnamed)
    assert Linked(one, neighbour).origins() == [(1, 2)]


def test_a_first_name_and_a_sister_may_be_who_is_named_elsewhere() -> None:
    full = told("Arl Post", 11, "Emil Torre", "said", WHAT)
    first = told("Ume Gazette", 12, "Emil", "said", AGAIN)
    assert Linked(full, first).origins() == [(1, 2)]
    sister = told("Ume Gazette", 12, "His sister", "said", AGAIN, anonymous=True)
    assert Linked(told("Arl Post", 11, "Nadia Torre", "said", WHAT), sister).origins() == [(1, 2)]
    other = told("Ume Gazette", 12, "Emma", "said", AGAIN)
    assert Linked(full, other).origins() == [(2, 2)]


def test_bodies_whose_names_share_a_country_are_two() -> None:
    body = {"type": "organisation"}
    navy = told("Arl Post", 11, "Navy of Tavelia", "said", WHAT, **body)
    paper = told("Ume Gazette", 12, "Tavelia Business Daily", "said", AGAIN, **body)
    assert Linked(navy, paper).origins() == [(2, 2)]
    short = told("Ume Gazette", 12, "The Tavelia Navy", "said", AGAIN, **body)
    assert Linked(navy, short).origins()[0][0] == 1
