"""What evidence adds up to: laws that hold for any numbers, and an example that was computed by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import BadHypotheses
from sayso.weigh.weighed import Contribution, Weighed
from tests.weigh.made import PRIORS, Desk, weighed

CHANCES = st.floats(0.01, 0.99)
LIKELY = st.fixed_dictionaries({"a": CHANCES, "b": CHANCES, "other": CHANCES})
PEOPLE = ("Ann Lee", "Bob Mora", "Cleo Dast", "Dan Reyk", "Eva Holm")


def people(desk: Desk, likely: Sequence[Mapping[str, float]], copies: int = 0) -> list[dict[str, Any]]:
    """Evidence of as many named people, the first of whom is quoted by so many others."""
    claims = [desk.says(name) for name in PEOPLE[: len(likely)]]
    evidence: list[dict[str, Any]] = [
        {"claim": c, "likely": dict(values)} for c, values in zip(claims, likely, strict=True)
    ]
    if copies:
        desk.same(claims[0], *(desk.says(PEOPLE[0]) for _ in range(copies)))
        evidence[0] = {"cluster": claims[0], "likely": dict(likely[0])}
    return evidence


def posterior(found: Weighed) -> dict[str, float]:
    assert found.low.posterior is not None
    return found.low.posterior


def of(found: Weighed, who: str) -> Contribution:
    return next(c for c in found.low.contributions if c.who == who)


THREE = ({"a": 0.8, "other": 0.2}, {"a": 0.2, "b": 0.6, "other": 0.5}, {"a": 0.6, "other": 0.3})


def test_an_example_by_hand() -> None:
    desk = Desk()
    ann, bob = desk.says("Ann Lee"), desk.says("Bob Mora", act="deny")
    cleo = desk.same(desk.says("Cleo Dast"), desk.says("Cleo Dast"))
    found = weighed(
        desk,
        [
            {"claim": ann, "likely": THREE[0]},  # b takes the value of other
            {"claim": bob, "likely": THREE[1]},  # a denial: 0.8 + 0.2 p
            {"cluster": cleo, "likely": THREE[2], "copies": 0.9},  # one copy: 0.9 + 0.1 p
        ],
    )
    a = 0.5 * 0.8 * 0.84 * 0.6 * 0.96
    b = 0.3 * 0.2 * 0.92 * 0.3 * 0.93
    other = 0.2 * 0.2 * 0.90 * 0.3 * 0.93
    assert (round(a, 6), round(b, 6), round(other, 6)) == (0.193536, 0.015401, 0.010044)
    assert posterior(found) == {"a": 0.883804, "b": 0.070329, "other": 0.045867}
    assert found.high.posterior == found.low.posterior
    assert of(found, "Cleo Dast").log == pytest.approx(
        {"a": math.log(0.576), "b": math.log(0.279), "other": math.log(0.279)}, abs=1e-6
    )
    # Without Ann Lee: 0.5 x 0.84 x 0.576, 0.3 x 0.92 x 0.279 and 0.2 x 0.90 x 0.279, in parts of their sum.
    assert of(found, "Ann Lee").without == {"a": 0.655354, "b": 0.208602, "other": 0.136044}
    assert of(found, "Ann Lee").origin in found.low.linchpins


@given(LIKELY, LIKELY, LIKELY, st.integers(1, 10), st.floats(0, 1))
def test_ten_copies_never_move_the_odds_further_than_one_origin_may(
    one: dict[str, float], two: dict[str, float], three: dict[str, float], number: int, chance: float
) -> None:
    alone, copied = Desk(), Desk()
    few = weighed(alone, people(alone, (one, two, three)))
    evidence = people(copied, (one, two, three), number)
    evidence[0]["copies"] = chance
    many = weighed(copied, evidence)
    before, after = of(few, PEOPLE[0]).log, of(many, PEOPLE[0]).log
    for h, g in (("a", "b"), ("a", "other"), ("b", "other")):
        own = before[h] - before[g]
        assert abs(after[h] - after[g] - own) <= abs(own) + 1e-5
    assert (few.low.origins, few.high.origins) == (many.low.origins, many.high.origins)


@given(LIKELY, st.integers(1, 10))
def test_copies_named_one_by_one_move_no_further_either(likely: dict[str, float], number: int) -> None:
    desk = Desk()
    claims = [desk.says("Ann Lee") for _ in range(number + 1)]
    desk.same(*claims)
    found = weighed(desk, [{"claim": c, "likely": likely, "copies": 0.0} for c in claims])
    (one,) = found.low.contributions
    logs = [math.log(p) for p in likely.values()]
    assert max(one.log.values()) - min(one.log.values()) <= 2 * (max(logs) - min(logs)) + 1e-5
    assert len(found.high.contributions) == 1


@given(st.lists(LIKELY, min_size=3, max_size=5), st.randoms())
def test_the_order_changes_nothing(likely: list[dict[str, float]], chance: Any) -> None:
    desk = Desk()
    evidence = people(desk, likely, 2)
    found = weighed(desk, evidence)
    order = list(range(len(evidence)))
    chance.shuffle(order)
    names = list(PRIORS)
    chance.shuffle(names)
    again = weighed(desk, [evidence[n] for n in order], {n: PRIORS[n] for n in names})
    assert again.low.posterior == found.low.posterior
    assert again.high.posterior == found.high.posterior
    assert {c.origin: c.log for c in again.low.contributions} == {c.origin: c.log for c in found.low.contributions}
    assert set(again.low.linchpins) == set(found.low.linchpins)
    assert again.matrix.inconsistency == found.matrix.inconsistency


SPOKEN = st.tuples(
    st.sampled_from(("Ann Lee", "Bob Mora", "a senior official", "a source", "residents")),
    st.sampled_from(("assert", "deny")),
    st.integers(1, 4),
    LIKELY | st.sampled_from(("a", "b")),
)


@given(st.lists(SPOKEN, min_size=1, max_size=6), st.floats(1, 5), st.randoms())
def test_laws_hold_for_sources_of_every_sort(spoken: list[tuple[str, Any, int, Any]], cap: float, chance: Any) -> None:
    desk = Desk()
    evidence: list[dict[str, Any]] = []
    for who, act, documents, likely in spoken:
        claims = [desk.says(who, act=act, unnamed=who[0].islower()) for _ in range(documents)]
        cluster = desk.same(*claims)
        evidence.append({"cluster": cluster, **({"for": [likely]} if isinstance(likely, str) else {"likely": likely})})
    found = weighed(desk, evidence, anonymous_cap=cap)
    shuffled = list(evidence)
    chance.shuffle(shuffled)
    again = weighed(desk, shuffled, anonymous_cap=cap)
    assert found.low.origins <= found.high.origins
    for one, two in ((found.low, again.low), (found.high, again.high)):
        assert {c.origin: (c.log, c.also) for c in one.contributions} == {
            c.origin: (c.log, c.also) for c in two.contributions
        }
        assert one.posterior == two.posterior
        for c in one.contributions:
            if c.who[0].islower():
                assert max(c.log.values()) - min(c.log.values()) <= math.log(cap) + 1e-5


@given(st.lists(st.fixed_dictionaries({"a": CHANCES, "other": CHANCES}), min_size=3, max_size=5))
def test_hypotheses_that_no_evidence_touches_keep_their_ratio(likely: list[dict[str, float]]) -> None:
    desk = Desk()
    evidence = people(desk, likely, 3)
    after = weighed(desk, evidence).low.contributions
    for one in after:
        assert one.log["b"] == one.log["other"]


@given(st.lists(LIKELY, min_size=3, max_size=5))
def test_a_name_changes_nothing(likely: list[dict[str, float]]) -> None:
    desk = Desk()
    found = weighed(desk, people(desk, likely))
    desk = Desk()
    renamed = [{"zz" if n == "a" else n: p for n, p in one.items()} for one in likely]
    again = weighed(desk, people(desk, renamed), {"zz" if n == "a" else n: p for n, p in PRIORS.items()})
    assert list((again.low.posterior or {}).values()) == list((found.low.posterior or {}).values())


@given(st.lists(LIKELY, min_size=1, max_size=5))
def test_every_number_has_its_reasons(likely: list[dict[str, float]]) -> None:
    desk = Desk()
    found = weighed(desk, people(desk, likely, 1))
    for one in (*found.low.contributions, *found.high.contributions):
        assert any("likely" in reason and "given" in reason for reason in one.reasons)
    assert all(suggestion.reasons for suggestion in found.admiralty)
    assert (found.why is None) == (found.low.posterior is not None)


def test_fewer_than_three_origins_give_counts_and_no_posterior() -> None:
    desk = Desk()
    found = weighed(desk, people(desk, THREE[:2], 9))
    assert (found.low.origins, found.low.posterior, found.high.posterior) == (2, None, None)
    assert found.why is not None
    assert "2 independent origins" in found.why
    assert all(c.without is None for c in found.low.contributions)


def test_evidence_that_tells_nothing_apart_is_no_origin_that_makes_three() -> None:
    desk = Desk()
    flat = {"a": 0.5, "other": 0.5}
    assert weighed(desk, people(desk, (*THREE[:2], flat))).low.posterior is None


def test_unnamed_officials_may_be_one_and_are_capped() -> None:
    desk = Desk()
    strong = {"a": 0.9, "other": 0.03}
    officials = [desk.says("a senior official", unnamed=True) for _ in range(3)]
    found = weighed(desk, [{"claim": c, "likely": strong} for c in officials])
    assert (found.low.origins, found.high.origins) == (1, 3)
    assert found.why is not None
    for one in (*found.low.contributions, *found.high.contributions):
        assert one.log["a"] - one.log["other"] == pytest.approx(math.log(3), abs=1e-5)
        assert any("3 to 1" in reason for reason in one.reasons)
    wide = weighed(desk, [{"claim": c, "likely": strong} for c in officials], anonymous_cap=5)
    assert wide.high.contributions[0].log["a"] - wide.high.contributions[0].log["other"] == pytest.approx(
        math.log(5), abs=1e-5
    )


def test_what_one_source_says_twice_is_one_origin_in_the_low_count() -> None:
    desk = Desk()
    evidence = [{"claim": desk.says("Ann Lee"), "likely": one} for one in THREE[:2]]
    found = weighed(desk, evidence)
    assert (found.low.origins, found.high.origins) == (1, 2)
    assert any("one source says twice" in reason for reason in found.low.contributions[0].reasons)


def test_a_denial_weighs_little_unless_told_otherwise() -> None:
    desk = Desk()
    claim = desk.says("Ann Lee", act="deny")
    one, bold = (
        weighed(desk, [{"claim": claim, "for": ["b"], **more}]).low.contributions[0] for more in ({}, {"anyway": 0.0})
    )
    assert math.exp(one.log["b"] - one.log["other"]) == pytest.approx(0.94 / 0.84, abs=1e-4)
    assert any("denial" in reason for reason in one.reasons)
    assert math.exp(bold.log["b"] - bold.log["other"]) == pytest.approx(3.5, abs=1e-4)


def test_for_and_against_have_named_defaults() -> None:
    desk = Desk()
    one = weighed(desk, [{"claim": desk.says("Ann Lee"), "for": ["a"], "against": ["b"]}]).low.contributions[0]
    assert {h: round(math.exp(x), 3) for h, x in one.log.items()} == {"a": 0.7, "b": 0.2, "other": 0.374}
    assert any("default for a person who is named" in reason for reason in one.reasons)


def test_a_finding_is_an_origin_of_its_own_and_one_out_of_coverage_adds_nothing() -> None:
    desk = Desk()
    claim, other = desk.says("Ann Lee"), desk.says("Bob Mora")
    desk.found(claim, "consistent")
    desk.found(other, "not_in_coverage")
    found = weighed(
        desk,
        [
            {"claim": claim, "for": ["a"]},
            {"claim": claim, "table": "Table", "for": ["a"]},
            {"claim": other, "table": "Table", "for": ["a"]},
        ],
    )
    assert (found.low.origins, found.high.origins) == (2, 2)
    assert any("cannot tell" in reason for c in found.high.contributions for reason in c.reasons)


def test_only_ties_that_hold_evidence_together_are_told() -> None:
    desk = Desk()
    first = desk.says("a senior official", unnamed=True)
    desk.same(first, desk.says("a harbour official", unnamed=True))  # no evidence
    other = desk.says("a minister's aide", unnamed=True)
    evidence = [{"claim": c, "for": ["a"]} for c in (first, other)]
    (one,) = weighed(desk, evidence).low.contributions
    assert any("aide" in reason for reason in one.reasons)
    assert not any("harbour" in reason for reason in one.reasons)


def test_a_tie_that_may_hold_joins_in_the_low_count_only() -> None:
    desk = Desk()
    ann, again, bob, cleo = (desk.says(name) for name in ("Ann Lee", "Ann Lee", "Bob Mora", "Cleo Dast"))
    cluster = desk.same(ann, again, bob, cleo, perhaps=[(ann, again), (again, bob)])
    found = weighed(desk, [{"cluster": cluster, "for": ["a"]}])
    assert (found.low.origins, found.high.origins) == (2, 3)
    joint = next(c for c in found.low.contributions if c.also)
    assert {joint.who, *joint.also} == {"Ann Lee", "Bob Mora"}
    assert "counted as one: Ann Lee and Bob Mora: perhaps" in joint.reasons


def test_a_table_that_answers_in_part_weighs_less() -> None:
    desk = Desk()
    claim = desk.says("Ann Lee")
    desk.found(claim, "partly")
    one = weighed(desk, [{"claim": claim, "table": "Table", "for": ["a"]}]).low.contributions[0]
    assert math.exp(one.log["a"] - one.log["other"]) == pytest.approx(0.9 / 0.65, abs=1e-4)
    assert any("only a part" in reason for reason in one.reasons)


def test_copies_that_ask_a_table_the_same_have_one_answer() -> None:
    desk = Desk()
    claims = [desk.says("Ann Lee") for _ in range(3)]
    for claim in claims:
        desk.found(claim, "consistent", query="how many")
    found = weighed(desk, [{"claim": c, "table": "Table", "for": ["a"]} for c in claims])
    assert found.high.origins == 1
    with pytest.raises(BadHypotheses, match="would count twice"):
        weighed(desk, [{"claim": claims[0], "table": t, "for": ["a"]} for t in ("Table", f"Table@{'0' * 64}")])


def test_what_is_not_in_the_case_is_capped_unless_somebody_is_named() -> None:
    strong = {"a": 0.9, "other": 0.1}
    found = weighed(Desk(), [{"says": "one", "likely": strong}, {"says": "two", "who": "Bob Mora", "likely": strong}])
    ratios = {c.who: round(math.exp(c.log["a"] - c.log["other"]), 3) for c in found.high.contributions}
    assert ratios == {"one": 3.0, "Bob Mora": 9.0}


def test_a_person_may_say_whose_words_they_are() -> None:
    desk = Desk()
    own, other = desk.says(None, sort="outlet"), desk.says("Cleo Dast")
    named = [{"claim": c, "who": "Bendo Varl", "kind": "eyewitness", "for": ["a"]} for c in (own, other)]
    found = weighed(desk, named)
    assert (found.low.origins, found.high.origins) == (1, 2)
    assert {(c.who, c.kind) for c in found.high.contributions} == {("Bendo Varl", "eyewitness")}
    assert any("whose words they are: given" in reason for reason in found.low.contributions[0].reasons)


def test_the_leader_that_hangs_on_one_origin_is_told() -> None:
    desk = Desk()
    found = weighed(desk, people(desk, ({"b": 0.9, "other": 0.1}, *THREE[1:])))
    ann = of(found, "Ann Lee")
    assert found.low.leads == ("b",)
    assert ann.leads == ("a",)
    assert ann.origin in found.low.linchpins
