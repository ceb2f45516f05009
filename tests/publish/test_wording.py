from __future__ import annotations

from typing import get_args

import pytest

from sayso.publish import wording
from sayso.records import Factuality, Kind, SpeechAct

from .ledgers import ledger
from .sample import sample


def test_every_code_has_its_words() -> None:
    assert set(wording.ACTS) == set(get_args(SpeechAct))
    assert set(wording.FACTUALITY) == set(get_args(Factuality))
    assert set(wording.KINDS) == set(get_args(Kind))


@pytest.mark.parametrize(
    ("name", "sort", "said"),
    [
        ("Residents", "people", "say"), ("observers from the mission", "people", "say"), ("they", "unknown", "say"),
        ("flight logs of the 3rd Brigade", "document", "say"), ("a log of flights", "document", "says"),
        ("one of the residents", "people", "says"), ("Oda James", "person", "says"), ("Sund Lines", "outlet", "says"),
    ],
)  # fmt: skip
def test_many_say_and_one_says(name: str, sort: str, said: str) -> None:
    text = f"[source 1|{name}] [cue 1|said] [content 1|no]."
    (claim,) = ledger(text, {1: {"name": name, "type": sort, "anonymous": False}}).claims
    assert wording.act(claim) == said
    assert wording.deed(claim) == "says"


def test_the_summary_counts_claims_by_who_says_them() -> None:
    assert wording.summary([sample()]) == (
        "25 claims: 13 named, 4 anonymous or collective, 3 without a source, 5 the author's own"
        " · 1 passage stands twice · 2 stray pieces of the page"
    )


def test_the_summary_leaves_out_what_is_not_there() -> None:
    assert wording.summary([ledger("[source 1|Reyk] [cue 1|said] [content 1|no].")]) == "1 claim: 1 named"
    assert wording.summary([ledger("Nothing.")]) == "no claims"


def test_a_passage_that_stands_three_times_is_one_passage() -> None:
    found = ledger("[repeat 1|He was on the quay.] [repeat 1|He was on the quay.] [repeat 1|He was on the quay.]")
    assert wording.summary([found]) == "no claims · 1 passage stands more than once"


@pytest.mark.parametrize("odd", ["\x1b", "\x00", "\x9b", "\u202e", "\u2066", "\ud800"])
def test_characters_that_steer_or_reorder_are_shown(odd: str) -> None:
    assert wording.visible(f"a{odd}b") == f"a⟨U+{ord(odd):04X}⟩b"


@pytest.mark.parametrize("fine", ["\n", "\t", "é", "ا", "日本", "👩‍👧", "“”"])
def test_other_characters_stay(fine: str) -> None:
    assert wording.visible(fine) == fine


def test_elided_keeps_both_ends_and_its_limit() -> None:
    text = " ".join(f"word{number}" for number in range(100))
    short = wording.elided(text, 60)
    assert short.startswith("word0 ")
    assert short.endswith(" word99")
    assert " […] " in short
    assert len(short) <= 60


def test_elided_cuts_a_text_without_spaces() -> None:
    assert len(wording.elided("x" * 500, 50)) <= 50


def test_content_shows_where_words_are_left_out() -> None:
    found = ledger('"[content 1|We were asleep]," [source 1|he] [cue 1|said]. "[content 1|All of us.]"')
    assert wording.content(found.claims[0], found.document.text) == "We were asleep … All of us."
