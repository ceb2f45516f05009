"""The same wording for friend and foe: whose names stand in a claim and a table changes nothing but the names."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.case import knowledge
from sayso.check.checking import ask, finding, ready
from sayso.check.findings import Finding
from sayso.check.questions import EventQuestion, HoldQuestion, ListQuestion, Question, Side
from sayso.check.tables.table import Table
from sayso.check.words import check_words
from tests.check import made
from tests.check.made import table
from tests.check.test_kept import holders, many

ALIASES, WORDS = knowledge().aliases, check_words()
PAIRS = (
    (Side(name="Islamic State", entities=("islamic-state",)), "IS",
     Side(name="Syrian government", entities=("syria-government-until-2024",)), "Government of Syria"),
    (Side(name="Harbour Front"), "Harbour Front", Side(name="Dockers"), "Dockers"),
)  # fmt: skip
ASKS: list[dict[str, Any]] = [
    {"ask": "exists"},
    {"ask": "exists", "mode": "aerial"},
    {"ask": "none"},
    {"ask": "none", "weapon": "barrel bomb"},
    {"ask": "deaths", "low": 3.0, "high": 9.0},
    {"ask": "share", "low": 20.0, "high": 20.0},
    {"ask": "share", "word": "rarely", "most": (10.0, 25.0)},
    {"ask": "share", "word": "mostly", "least": (50.0, 40.0)},
    {"ask": "trend", "word": "increasingly", "change": "more"},
    {"ask": "trend", "word": "doubled", "factor": 2.0},
    {"ask": "first", "word": "for the first time"},
]


def swapped(text: str, one: str, other: str) -> str:
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def told(found: Table, question: Question) -> Finding:
    answer = ask(ready(found, ALIASES, WORDS), question)
    assert answer is not None
    return finding("c1", None, question, found, answer)


def wording(found: Finding) -> list[str]:
    return [found.finding, found.query, found.reason, *found.caveats, *(p.reason for p in found.possible)]


@settings(max_examples=60, deadline=None)
@given(
    values=st.sampled_from(ASKS),
    pair=st.sampled_from(PAIRS),
    mutual=st.booleans(),
    since=st.one_of(st.none(), st.dates(date(2012, 1, 1), date(2015, 6, 1))),
    alone=st.booleans(),
    seed=st.integers(1, 3),
)
def test_swapping_the_parties_of_claim_and_table_swaps_the_names_only(
    *,
    values: dict[str, Any],
    pair: tuple[Side, str, Side, str],
    mutual: bool,
    since: date | None,
    alone: bool,
    seed: int,
) -> None:
    one, named, other, other_named = pair
    content = many(seed)
    asked = EventQuestion(**values, actor=one, other=None if alone else other, mutual=mutual, since=since)
    turned = EventQuestion(**values, actor=other, other=None if alone else one, mutual=mutual, since=since)
    here = wording(told(table("t", content), asked))
    there = wording(told(table("t", swapped(content, named, other_named)), turned))
    assert [swapped(words, one.name, other.name) for words in here] == there


def test_swapping_the_names_on_a_list() -> None:
    year = {"since": date(2033, 1, 1), "until": date(2033, 12, 31)}
    several: tuple[dict[str, Any], ...] = ({}, year, {"denied": True}, {"denied": True, **year})
    for values in several:
        for one, other in (("Tom Reyk", "Mira Sund"), ("Mira Sund", "Tom Reyk")):
            content = made.UN_XML.replace("TOM", one.split()[0].upper()).replace("REYK", one.split()[1].upper())
            here = wording(told(table("u", made.UN_XML), ListQuestion(name="Tom Reyk", authority="UN", **values)))
            there = wording(told(table("u", content), ListQuestion(name=one, authority="UN", **values)))
            assert [words.replace("Tom Reyk", one) for words in here] == there, other


def test_swapping_the_holders_of_a_place() -> None:
    front, dockers = Side(name="Harbour Front"), Side(name="Dockers")
    days: dict[str, Any] = {"since": date(2031, 2, 1), "until": date(2031, 3, 1)}
    for denied in (True, False):
        mine = told(holders(), HoldQuestion(place="Karsk", holder=front, denied=denied, **days))
        theirs = told(holders(), HoldQuestion(place="Sund", holder=dockers, denied=denied, **days))
        assert mine.finding == theirs.finding == ("inconsistent" if denied else "consistent")
        assert mine.query.replace("Harbour Front", "Dockers").replace("Karsk", "Sund") == theirs.query
