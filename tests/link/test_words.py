"""Words as link compares them, the passages of two texts, and who is named."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.credits import load, named, names_of, speaks_for_itself
from sayso.link.judged import opposites
from sayso.link.passages import keys, passages
from sayso.link.words import kindred, mixed, stem, weight, words
from sayso.spans import Span
from tests.link.articles import article, sketched


def test_forms_of_a_word_have_one_stem_and_numbers_in_words_are_numbers() -> None:
    assert stem("Officials'") == stem("official")
    assert stem("forty-eight") == "48"
    assert stem("12,000") == "12000"
    assert words("forty-eight men", ()).stems == ("48", "men")


def test_words_know_whether_they_are_quoted_and_what_stands_apart_is_none() -> None:
    text = 'He said "the gate was open". Subscribe now!'
    found = words(text, [Span(9, 26)], [Span(29, 43)])
    assert [found.text[s:e] for s, e, q in zip(found.starts, found.ends, found.quoted, strict=True) if q] == [
        "the", "gate", "was", "open",
    ]  # fmt: skip
    assert "subscrib" not in found.stems


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert weight("the") < weight("govern") < weight("zarquon")


def test_kindred_words_are_kin_both_ways() -> None:
    assert kindred()[stem("physician")][stem("doctor")] > 0.5
    assert kindred()[stem("doctor")][stem("physician")] > 0.5


def test_hashes_are_the_same_on_every_machine() -> None:
    assert mixed(("gate", "open")) == 276330134991936900


ONE = (
    "The third gate had been left open since Friday. Twelve people died when the river Lenz burst its banks at Morrow."
)
TWO = (
    "Twelve people died when the river Lenz burst its banks at Morrow. It rained. "
    "The third gate had been left open since Friday."
)


def test_passages_are_found_in_whatever_order_they_stand() -> None:
    a, b = words(ONE, ()), words(TWO, ())
    found = {a.span(p.a.start, p.a.stop).of(ONE) for p in passages(a, b)}
    assert any("burst its banks" in f for f in found)
    assert any("gate had been left open" in f for f in found)


def test_a_passage_goes_on_over_words_that_were_put_in() -> None:
    a = words("Rescuers from Tolm searched the flooded cellars of Morrow until nightfall", ())
    b = words("Rescuers from Tolm searched carefully the flooded cellars of old Morrow until nightfall", ())
    (found,) = passages(a, b)
    assert b.span(found.b.start, found.b.stop).of(b.text).endswith("nightfall")


def test_phrases_of_the_trade_are_no_passage() -> None:
    a, b = (
        words("He said in a statement on Monday that it was so.", ()),
        words("In a statement on Monday she said no.", ()),
    )
    assert passages(a, b) == ()


@given(st.lists(st.sampled_from(["gate", "river", "bank", "flood", "open", "Lenz", "the", "of"]), max_size=40))
def test_a_word_is_in_one_passage_at_most(sequence: list[str]) -> None:
    a, b = words(ONE + " " + " ".join(sequence), ()), words(" ".join(sequence) + " " + TWO, ())
    for side in (0, 1):
        used = [pair[side] for p in passages(a, b) for pair in p.pairs()]
        assert len(used) == len(set(used))
    assert all(a.stems[i] == b.stems[j] for p in passages(a, b) for i, j in p.pairs())


def test_what_two_texts_share_gives_them_keys_in_common_wherever_it_stands() -> None:
    shared = "prosecutors in Talmeer searched the offices of Halyard Shipping over unpaid harbour duties on grain"
    a, b = words(f"On Monday {shared}.", ()), words(f"It rained in Morrow. {shared}, it was said.", ())
    assert keys(a) & keys(b)


@pytest.mark.parametrize("entry", [*load().credit, *load().cite], ids=lambda e: e.yes[0])
def test_a_way_to_name_an_outlet_is_known_by_its_sentences(entry) -> None:  # type: ignore[no-untyped-def]
    pattern = re.compile(entry.pattern.replace("{name}", r"(?<!\w)(?-i:Norwire)(?!\w)"), re.IGNORECASE)
    assert all(pattern.search(s) for s in entry.yes)
    assert not any(pattern.search(s) for s in entry.no)


def test_no_word_stands_on_both_sides_of_a_pair_of_opposites() -> None:
    for pair in opposites():
        assert not pair.one & pair.other


def test_an_outlet_is_named_without_its_article_and_by_its_initials() -> None:
    assert names_of("The Tavel Press Agency") == ("Tavel Press Agency", "TPA")
    assert names_of("Red Terrace, a supporters' blog")[0] == "Red Terrace"


def test_an_outlet_named_in_passing_is_no_source() -> None:
    herald = article("Morrow Herald", 11, "The dam broke.")
    text = "The mayor told the Morrow Herald that the dam broke."
    assert [n.how for n in named(sketched(article("Lenz Post", 12, text)), sketched(herald))] == ["cite"]
    text = "The offices of the Morrow Herald were flooded."
    assert [n.how for n in named(sketched(article("Lenz Post", 12, text)), sketched(herald))] == ["name"]


def test_a_statement_speaks_for_itself_and_a_paper_does_not() -> None:
    assert speaks_for_itself(sketched(article("Ministry of Water", 11, "The ministry has opened the gates.")))
    assert speaks_for_itself(sketched(article("Halyard Lines", 11, "We regret it. Our thoughts are with the crew.")))
    assert not speaks_for_itself(sketched(article("Morrow Herald", 11, "We regret the error. Our report was wrong.")))
