"""The matrix, the suggested digits, and the page on a terminal."""

from __future__ import annotations

import io
import math

import pytest
from rich.console import Console

from sayso.publish.weighed import render
from sayso.records import SpeechAct
from sayso.weigh.weighed import Weighed
from tests.weigh.made import Desk, weighed


def page(found: Weighed) -> str:
    console = Console(file=io.StringIO(), width=100)
    render(found, console)
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


def test_evidence_against_everything_is_inconsistent_everywhere_and_ranks_lowest() -> None:
    desk = Desk()
    found = weighed(
        desk,
        [
            {"claim": desk.says("Ann Lee"), "likely": {"a": 0.1, "other": 0.1}},
            {"claim": desk.says("Bob Mora"), "likely": {"a": 0.6, "other": 0.5}},
            {"claim": desk.says("Cleo Dast"), "likely": {"a": 0.9, "b": 0.2, "other": 0.5}},
        ],
    )
    assert [row.evidence for row in found.matrix.rows] == [3, 2, 1]
    last = found.matrix.rows[-1]
    assert (set(last.cells.values()), last.diagnosticity) == ({"II"}, 0.0)
    assert found.matrix.inconsistency == {"a": 2.0, "b": 3.0, "other": 2.0}
    assert found.matrix.rows[0].diagnosticity == pytest.approx(math.log(4.5), abs=1e-6)


def test_inconsistency_has_the_published_weights() -> None:
    desk = Desk()
    one = {"claim": desk.says("Ann Lee"), "likely": {"a": 0.2, "b": 0.1, "other": 0.5}}
    found = weighed(desk, [one | {"credibility": "high", "relevance": "low"}])
    assert found.matrix.inconsistency == pytest.approx({"a": 1.0, "b": 2.0, "other": 0.0}, abs=1e-6)
    found = weighed(desk, [one | {"credibility": "high"}])
    assert found.matrix.inconsistency == pytest.approx({"a": 2**0.5, "b": 2 * 2**0.5, "other": 0.0}, abs=1e-6)
    assert "did not find" in found.matrix.note


def digit(desk: Desk, **evidence: str) -> tuple[int, str]:
    (found,) = weighed(desk, [{"for": ["a"], **evidence}]).admiralty
    return found.digit, "; ".join(found.reasons)


def test_one_needs_two_independent_origins_and_nothing_against() -> None:
    desk = Desk()
    ann, bob = desk.says("Ann Lee"), desk.says("Bob Mora")
    cluster = desk.same(ann, bob)
    assert digit(desk, cluster=cluster) == (1, "2 independent origins; nothing against it was found")
    desk.disagree(bob, desk.says("Cleo Dast"))
    number, why = digit(desk, cluster=cluster)
    assert number == 3
    assert "40 against 14" in why


def test_ten_copies_are_never_borne_out() -> None:
    desk = Desk()
    assert digit(desk, cluster=desk.same(*(desk.says("Ann Lee") for _ in range(10))))[0] == 3


def test_two_who_are_not_named_may_be_one() -> None:
    desk = Desk()
    officials = [desk.says("a senior official", unnamed=True) for _ in range(2)]
    number, why = digit(desk, cluster=desk.same(*officials))
    assert (number, "not sure" in why) == (3, True)
    assert digit(desk, claim=officials[0])[0] == 6


@pytest.mark.parametrize("act", ["ask", "order", "want"])
def test_what_nobody_says_to_be_so_has_no_digit(act: SpeechAct) -> None:
    desk = Desk()
    asked = desk.same(desk.says("Ann Lee", act=act), desk.says("Bob Mora", act=act))
    number, why = digit(desk, cluster=asked)
    assert number == 6
    assert "asked, wanted or left open" in why


def test_a_later_word_stands_against_the_earlier_one_only() -> None:
    desk = Desk()
    early, late = desk.says("Ann Lee"), desk.says("Bob Mora")
    desk.disagree(early, late, relation="updates")
    assert digit(desk, claim=early)[0] == 4
    assert digit(desk, claim=late)[0] == 3


def test_who_passes_on_what_others_told_is_no_eyewitness() -> None:
    desk = Desk()
    heard = weighed(desk, [{"claim": desk.says("Ann Lee", via="c0"), "for": ["a"]}]).high.contributions[0]
    seen = weighed(desk, [{"claim": desk.says("Bob Mora"), "for": ["a"]}]).high.contributions[0]
    assert (heard.kind, seen.kind) == ("hearsay", "eyewitness")
    assert max(heard.log.values()) - min(heard.log.values()) < max(seen.log.values()) - min(seen.log.values())


def test_tables_speak_for_and_against() -> None:
    desk = Desk()
    fits, odd, worse = (desk.says(name) for name in ("Ann Lee", "Bob Mora", "Cleo Dast"))
    desk.found(fits, "consistent")
    for claim in (odd, worse):
        desk.found(claim, "inconsistent")
    desk.disagree(worse, fits)
    assert digit(desk, claim=odd)[0] == 4
    assert digit(desk, claim=worse)[0] == 5
    desk.disagree(odd, worse)
    assert digit(desk, claim=fits)[0] == 4
    assert "inconsistent with Table" in digit(desk, claim=odd)[1]


def test_a_letter_is_a_persons_and_f_where_nobody_gave_one() -> None:
    desk = Desk()
    graded, other = desk.says("Ann Lee"), desk.says("Bob Mora")
    letter = {"name": "ann lee", "letter": "B", "by": "desk", "on": "2031-05-01", "why": "was there before"}
    found = weighed(
        desk, [{"claim": graded, "for": ["a"]}, {"claim": other, "for": ["a"]}],
        sources=[letter, letter | {"letter": "C", "on": "2031-06-01", "why": "erred"}],
    )  # fmt: skip
    (first,), (second,) = (s.sources for s in found.admiralty)
    assert (first.letter, first.by, first.why) == ("C", "desk", "erred")
    assert (second.letter, second.why) == ("F", "nobody has graded it")


def test_the_page_shows_every_part_and_says_nothing_is_so() -> None:
    desk = Desk()
    evidence = [
        {"claim": desk.says(name), "likely": {"a": p, "other": 0.3}, "note": f"note on {name}"}
        for name, p in (("Ann Lee", 0.9), ("Bob Mora", 0.6), ("Cleo Dast", 0.5))
    ]
    shown = page(weighed(desk, evidence))
    for part in (
        "prior 0.50 → 0.91", "3 independent origins tell them apart", "Ann Lee (a person who is named)", "×3.00",
        "note on Bob Mora", "linchpin, without it", "evidence 1", "inconsistent", "a person decides",
        "numbers follow from them",
    ):  # fmt: skip
        assert part in shown
    assert not {"true", "false", "confirmed", "proven", "verified", "fact"} & set(shown.casefold().split())


def test_without_a_posterior_the_page_says_why() -> None:
    desk = Desk()
    shown = page(weighed(desk, [{"claim": desk.says("Ann Lee"), "for": ["a"]}]))
    assert "No posterior: 1 independent origin tells the hypotheses apart" in shown
    assert "→" not in shown
    assert "without it" not in shown


def test_words_of_the_file_can_not_steer_the_terminal() -> None:
    desk = Desk()
    shown = page(weighed(desk, [{"says": "\u001b[31mred [bold]", "who": "\u001bX", "for": ["a"], "note": "\u202e"}]))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]" in shown
