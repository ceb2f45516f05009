"""How two claims of one event stand to each other: what signs tell, and that each answer shows its words."""

from __future__ import annotations

import pytest

from sayso.link.contradictions import by_rules
from sayso.link.judged import base
from sayso.link.matter import EVENT
from sayso.link.senses import kinds_of, opposites_of
from sayso.link.standing import OUTCOMES, every_sign, standing, weights
from sayso.link.stated import Stated
from sayso.link.words import stem
from tests.link.articles import article, sketched

SURE = 0.95


def stated(outlet: str, day: int, content: str, who: str = "Ida Fenn", cue: str = "said", **fields: object) -> Stated:
    text = f"[source 1|{who}] [cue 1|{cue}] [content 1|{content}]. Trams ran again by noon."
    details = {1: {"name": who, "type": "person", **fields}}
    return sketched(article(outlet, day, text, details)).claims[0]


PAIRS = {
    "vague, then counted": (
        stated("Arl Post", 11, "most members of the bakers' guild of Ansk voted for the strike"),
        stated("Ume Gazette", 11, "72 members of the bakers' guild of Ansk voted for the strike", "Orrin Vale"),
    ),
    "over": (
        stated("Arl Post", 11, "divers are still searching for the bell of the old tannery in Ansk"),
        stated("Ume Gazette", 14, "divers have found the bell of the old tannery in Ansk", "Orrin Vale"),
    ),
    "not his words": (
        stated("Arl Post", 11, "mayor Orrin Vale wrote the letter on the tannery in Ansk"),
        stated("Ume Gazette", 12, "the letter on the tannery in Ansk was forged", "Orrin Vale"),
    ),
    "opposites": (
        stated("Arl Post", 11, "the water of the tannery in Ansk was clean on Monday"),
        stated("Ume Gazette", 11, "the water of the tannery in Ansk was dirty on Monday", "Orrin Vale"),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_told_shows_words_of_both_claims(name: str) -> None:
    a, b = PAIRS[name]
    found = standing(a, b, SURE).judged
    assert found.outcome in OUTCOMES
    assert found.reason
    for own, spans in ((a, found.a), (b, found.b)):
        assert spans or found.outcome == "unknown"
        assert all(s.of(own.text).strip() for s in spans)


def test_a_search_that_has_ended_is_a_later_word() -> None:
    assert standing(*PAIRS["over"], SURE).judged.outcome == "updates"


def test_a_text_that_is_called_forged_is_disputed() -> None:
    assert standing(*PAIRS["not his words"], SURE).judged.outcome == "disputes-attribution"


def test_what_does_not_look_like_one_event_is_told_nothing_of() -> None:
    for a, b in PAIRS.values():
        assert standing(a, b, EVENT - 0.01).judged.outcome == "unknown"


def test_the_same_words_of_the_same_source_say_nothing_new() -> None:
    a = stated("Arl Post", 11, "three people died in the fire in the tannery of Ansk")
    b = stated("Ume Gazette", 13, "three people died in the fire in the tannery of Ansk")
    assert standing(a, b, SURE).judged.outcome == "compatible"


def test_every_sign_of_a_pair_can_be_weighed_or_is_too_rare() -> None:
    names = {s.name for a, b in PAIRS.values() for s in every_sign(a, b, SURE)}
    assert len(names & weights().signs.keys()) > len(names) / 2
    assert all(len(row) == len(OUTCOMES) for row in weights().signs.values())


def test_a_change_that_rules_see_is_no_contradiction() -> None:
    a = stated("Arl Post", 11, "the third gate of the Lenz dam was open")
    b = stated("Morrow Herald", 12, "the third gate of the Lenz dam was closed", "Orrin Vale")
    assert by_rules(a, b, SURE).outcome == "updates"
    assert standing(a, b, SURE).judged.outcome != "contradicts"


@pytest.mark.parametrize(
    ("one", "other"), [("clean", "dirty"), ("rise", "fall"), ("guilty", "innocent"), ("win", "lose")]
)
def test_opposites_are_known_both_ways(one: str, other: str) -> None:
    one, other = base(stem(one)), base(stem(other))
    assert other in opposites_of(one)
    assert one in opposites_of(other)


def test_a_ferry_is_a_ship_and_no_ship_a_ferry() -> None:
    assert stem("ship") in kinds_of(stem("ferry"))
    assert stem("ferry") not in kinds_of(stem("ship"))


def test_irregular_forms_are_their_base() -> None:
    assert base(stem("rose")) == stem("rise")
    assert base(stem("caught")) == stem("catch")
    assert base(stem("walked")) == stem("walk")
