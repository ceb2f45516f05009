"""Numbers: how many of what, from what to what."""

from __future__ import annotations

from typing import get_args

import pytest

from sayso.resolve.plover import load
from sayso.resolve.quantities import Quantity, QuantityKind, quantities
from tests.resolve.test_roles import tree


def found(text: str) -> list[Quantity]:
    syntax = tree(text)
    return [q for _, q in quantities(syntax, range(len(syntax)), load().numbers)]


@pytest.mark.parametrize(
    ("text", "kind", "unit", "low", "high"),
    [
        ("More than 1,200 soldiers died.", "killed", "soldier", 1200, None),
        ("Between 20 and 30 people fled.", "displaced", "people", 20, 30),
        ("The bank gave Dorvan 2.5 million dollars.", "money", "dollar", 2_500_000, 2_500_000),
        ("Tens of thousands of people marched.", "people", "people", 20_000, 99_999),
        ("Hundreds of villagers are missing.", "missing", "villager", 200, 999),
        ("Prices rose by 12 percent.", "percent", "percent", 12, 12),
        ("Twenty-five ships sank.", "things", "ship", 25, 25),
        ("Dozens of soldiers were killed.", "killed", "soldier", 24, 99),
    ],
)
def test_kind_unit_and_bounds(text: str, kind: str, unit: str, low: float, high: float | None) -> None:
    (quantity,) = found(text)
    assert (quantity.kind, quantity.unit, quantity.low, quantity.high) == (kind, unit, low, high)
    assert all(span.of(text) for span in quantity.spans)


def test_at_least_and_up_to_set_one_bound_and_belong_to_their_verb() -> None:
    killed, wounded = found("Rebels killed at least 20 civilians and wounded up to 30 people.")
    assert (killed.kind, killed.low, killed.high, killed.text) == ("killed", 20, None, "at least 20 civilians")
    assert (wounded.kind, wounded.low, wounded.high, wounded.text) == ("wounded", None, 30, "up to 30 people")


def test_every_name_in_the_lists_is_a_kind() -> None:
    words = load().numbers
    assert {*words.units, *words.fates} <= set(get_args(QuantityKind))


def test_about_keeps_the_number_and_says_so() -> None:
    (quantity,) = found("Police arrested about 180 students in 2014.")
    assert (quantity.kind, quantity.low, quantity.high, quantity.approximate) == ("detained", 180, 180, True)
    (quantity,) = found("Some 300 militiamen surrendered.")
    assert quantity.approximate


def test_a_year_is_no_quantity() -> None:
    assert found("In 1982 Tarnia invaded Dorvan.") == []
