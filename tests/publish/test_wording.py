from __future__ import annotations

from typing import Any, get_args

import pytest
from msgspec.structs import replace

from sayso.deeds import deeds
from sayso.publish import wording
from sayso.publish.saying import says
from sayso.records import HELD, Event, Factuality, Kind, Reason, SpeechAct, When, phrase
from sayso.resolve import plover
from sayso.spans import Span

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


@pytest.mark.parametrize(
    ("cue", "factuality", "does", "beside"),
    [
        ("did not rule out", "PS+", "leaves open", "did not rule out"), ("declined", "Uu", "declined", None),
        ("would not say whether", "Uu", "leaves open", "would not say whether"), ("may ask", "Uu", "may ask", None),
        ("is appealing against", "CT+", "speaks against", "is appealing against"), ("said", "PS+", "says", None),
        ("said", "Uu", "says", None), ("insisted", "CT+", "says", None),
    ],
)  # fmt: skip
def test_who_does_not_say_a_thing_is_not_said_to(cue: str, factuality: str, does: str, beside: str | None) -> None:
    text = f"[source 1|Orla Venn] [cue 1|{cue}] [content 1|a closing of the lock]."
    (claim,) = ledger(text, {1: {"factuality": factuality}}).claims
    assert (wording.act(claim), wording.beside(claim)) == (does, beside)


def test_words_before_the_cue_or_in_the_source_turn_it_too() -> None:
    text = "[source 1|Venn] no [cue 1|longer stands by] [content 1|no toll at all]."
    no, other = Span(text.index(" no ") - 10, text.index(" no ") - 8), Span(0, 4)
    (claim,) = ledger(text, {1: {"factuality": "Uu"}}).claims
    inside = Reason(spans=claim.content.spans, why="negated")
    assert wording.act(replace(claim, why=(inside,))) == "says"
    assert wording.act(replace(claim, why=(inside, Reason(spans=(no,), why="negated")))) == "leaves open"
    nobody = replace(claim, why=(Reason(spans=(other,), why="said by nobody"),))
    assert wording.act(nobody) == "longer stands by"


def test_many_leave_open_and_speak_against() -> None:
    (claim,) = ledger("[source 1|Ferrymen] [cue 1|protested against] [content 1|the toll].").claims
    assert wording.act(claim) == "speaks against"
    many = ledger("[source 1|Residents] [cue 1|protested against] [content 1|the toll].", {1: {"type": "people"}})
    assert says(many.claims[0]) == "Residents speak against (“protested against”)"


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


def happening(**details: Any) -> Event:
    words = details.pop("words", "imposed")
    known: dict[str, Any] = {"type": "SANCTION", "trigger": phrase(words, (Span(0, len(words)),)), "plover": ""}
    return Event(**(known | details))


def test_an_event_is_told_in_words_and_keeps_its_code() -> None:
    listed = happening(mode="discontinue")
    cut = happening(mode="discontinue", words="suspended")
    lifted = happening(type="RETREAT", words="lifted")
    left = happening(type="RETREAT", mode="withdraw", words="eased out")
    told = [wording.event(each) for each in (listed, cut, lifted, left)]
    assert told == ["sanctions imposed", "aid, trade or dealings cut", "sanctions or curbs lifted", "withdrawal"]
    assert [wording.code(each) for each in (listed, lifted)] == ["SANCTION/discontinue", "RETREAT"]


def test_all_types_and_modes_have_words_of_their_own() -> None:
    known = {type_.type: {mode.name for mode in type_.modes} for type_ in plover.load().kinds.values()}
    assert {name: set(deed.modes) for name, deed in deeds().items()} == known
    words = [one for deed in deeds().values() for one in (deed.words, *deed.modes.values())]
    assert len(words) == len(set(words))


def test_a_year_alone_does_not_make_an_event_history() -> None:
    time = When(value="2019", spans=(Span(20, 24),))
    old = happening(historical=True, time=time, flags=(Reason(spans=(Span(20, 24),), why="historical"),))
    assert wording.event(old) == "relations cut · 2019"
    ago = replace(old, flags=(Reason(spans=(Span(20, 27),), why="historical"),))
    assert wording.event(ago) == "relations cut · 2019 · historical"


@pytest.mark.parametrize(
    ("content", "cue", "held", "said"),
    [
        ("the claim was nonsense", "said", "nonsense", "says"),
        ("the claim a forgery", "called", "forgery", "calls"),
        ("the theft", "denied", None, "denies"),
    ],
)
def test_words_that_call_a_claim_untrue_are_said_and_not_denied(
    content: str, cue: str, held: str | None, said: str
) -> None:
    (claim,) = ledger(f"[source 1|Ann Lee] [cue 1|{cue}] [content 1|{content}].", {1: {"speech_act": "deny"}}).claims
    if held is not None:
        at = claim.content.spans[0].start + content.index(held)
        claim = replace(claim, why=(Reason(spans=(Span(at, at + len(held)),), why=HELD),))
    assert wording.deed(claim) == said
