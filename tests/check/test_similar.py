"""Claims and reviewed claims in much the same words, and in words that are only much the same. All invented."""

from __future__ import annotations

import pytest

from sayso.check.similar import ALIKE, POSSIBLE, likeness, terms

REVIEW = "The harbour council of Karsk closed fourteen fishing schools since 2018"


def alike(claim: str, review: str = REVIEW) -> float:
    return likeness(terms(claim), terms(review))


def test_the_same_in_other_words_is_alike() -> None:
    assert alike("since 2018, Karsk's harbour council has closed 14 schools of fishing") >= ALIKE


@pytest.mark.parametrize(
    "claim",
    [
        "the harbour council of Karsk closed fourteen fishing schools since 1998",
        "the harbour council of Karsk closed ninety fishing schools in that time",
        "the harbour council of Karsk opened fourteen fishing schools since 2018",
        "the harbour council of Karsk has not closed fourteen fishing schools since 2018",
    ],
    ids=["year", "number", "opposite", "denied"],
)
def test_what_differs_in_what_matters_is_less_alike(claim: str) -> None:
    assert alike(claim) < alike("the harbour council of Karsk closed fourteen fishing schools since 2018")
    assert alike(claim) < 0.75


def test_numbers_are_one_in_words_and_in_figures() -> None:
    one, other = "three hundred sailors of Karsk deserted", "300 sailors of Karsk deserted"
    assert alike(one, other) == 1.0
    assert terms("2.5 million crates").figures == {"2500000"}


def test_opposites_are_no_kin() -> None:
    fell, rose = "exports of grain from Karsk fell", "exports of grain from Karsk rose"
    assert alike(fell, rose) < POSSIBLE


def test_a_text_that_says_too_little_is_like_nothing() -> None:
    assert alike("it rained", "it rained") == 0.0
