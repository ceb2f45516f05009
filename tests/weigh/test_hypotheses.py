"""The file of hypotheses: what it means, and each mistake as one line that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sayso.errors import BadHypotheses
from sayso.weigh import weigh
from sayso.weigh.hypotheses import hypotheses
from tests.weigh.made import Desk, asked, toml

ONE = {"says": "a letter", "likely": {"a": 0.6, "other": 0.3}}


def test_other_is_always_among_them_and_takes_the_rest() -> None:
    read = asked([], {"a": 0.5, "b": 0.2})
    assert {h.id: h.prior for h in read.hypothesis} == {"a": 0.5, "b": 0.2, "other": 0.3}


def test_other_may_be_given() -> None:
    read = asked([], {"a": 0.5, "other": 0.02, "b": 0.48})
    assert [h.id for h in read.hypothesis] == ["a", "other", "b"]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"question = ", "no TOML"),
        (b"question = 'x'", "hypothesis"),
        (b"question = 'x'\nhypothesis = []", 'beside "other"'),
        (b"\xff\xfe\xff", "no TOML"),
        (toml([], {"a": 0.5, "b": 0.6}), "priors sum to 1.1"),
        (toml([], {"a": 0.5, "b": 0.48}), 'needs at least 0.05'),
        (toml([], {"a": 0.5, "other": 0.4}), "sum to 0.9, not to 1"),
        (toml([], {"a": 1.5}), "hypothesis 1 (a): prior is 1.5"),
        (toml([], anonymous_cap=0.5), "anonymous_cap is 0.5"),
        (toml([], colour="red"), "colour"),
        (toml([{"claim": 7, "for": ["a"]}]), "evidence 1, claim: Expected"),
        (toml([], sources=[{"name": "Ann", "letter": "G"}]), "source 1, letter: Invalid enum"),
        (toml([], sources=[{"name": "Ann", "letter": "B"}]), "source 1 (Ann): a grade needs who gave it"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_one_line_that_names_it(raw: bytes, told: str) -> None:
    with pytest.raises(BadHypotheses) as error:
        hypotheses(raw, "asked.toml")
    assert str(error.value).startswith("asked.toml: ")
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"claim": "c1"}, "exactly one of claim, cluster and says"),
        ({"says": None}, "exactly one of claim, cluster and says"),
        ({"says": None, "claim": "k1"}, "id of a claim"),
        ({"says": None, "cluster": "x1"}, "id of a cluster (k…)"),
        ({"says": None, "cluster": "k1", "table": "GED"}, "give the claim, too"),
        ({"says": None, "cluster": "k1", "who": "Ann"}, "who and kind go with"),
        ({"likely": {}}, "either likely = {…} or for / against"),
        ({"for": ["a"]}, "either likely = {…} or for / against"),
        ({"likely": {}, "for": ["a"], "against": ["a"]}, "stands under for and against"),
        ({"likely": {"z": 0.5, "other": 0.5}}, 'no hypothesis "z": the ids are a, b, other'),
        ({"likely": {"a": 0.5}}, 'under "other"'),
        ({"likely": {"a": 0.0, "other": 0.5}}, "likely, a is 0: give 0.01 to 0.99"),
        ({"likely": {"a": 1.0, "other": 0.5}}, "likely, a is 1"),
        ({"anyway": 1.2}, "anyway is 1.2"),
        ({"copies": -0.1}, "copies is -0.1"),
    ],
)
def test_a_mistake_in_evidence_names_its_place(change: Mapping[str, Any], told: str) -> None:
    changed = {name: value for name, value in (ONE | dict(change)).items() if value is not None}
    with pytest.raises(BadHypotheses) as error:
        asked([ONE | {"says": "another"}, changed])
    assert str(error.value).startswith("asked.toml: evidence 2")
    assert told in str(error.value)


def test_evidence_is_not_named_twice() -> None:
    with pytest.raises(BadHypotheses, match=r"evidence 2 .* named twice"):
        asked([ONE, ONE])


def test_what_is_not_in_the_case_is_told_with_what_to_do() -> None:
    desk = Desk()
    claim = desk.says("Ann Lee")
    for place, told in (
        ({"claim": "c77"}, "no claim c77 in the case"),
        ({"cluster": "k77"}, "its id changes when articles are added"),
        ({"claim": claim, "table": "GED"}, "no finding of table GED"),
    ):
        with pytest.raises(BadHypotheses, match="evidence 1") as error:
            weigh(asked([place | {"for": ["a"]}]), desk)
        assert told in str(error.value)


def test_a_claim_and_its_cluster_do_not_count_twice() -> None:
    desk = Desk()
    first = desk.says("Ann Lee")
    cluster = desk.same(first, desk.says("Ann Lee"))
    for name in (cluster, first):
        with pytest.raises(BadHypotheses, match="would count twice"):
            weigh(asked([{"claim": first, "for": ["a"]}, {"cluster": name, "for": ["a"]}]), desk)
