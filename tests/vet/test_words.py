"""What counts as written otherwise, and what as other words."""

from __future__ import annotations

import pytest

from sayso.vet.words import cut


def norms(text: str) -> list[str]:
    return [word.norm for word in cut(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("twelve men", "12 men"),
        ("twenty-five", "25"),
        ("two hundred and five", "205"),
        ("2.5 million", "2,500,000"),
        ("5 June 2031", "June 5, 2031"),
        ("the 5th of June, 2031", "the June 5, 2031"),
        ("2031-06-05", "June 5th, 2031"),
        ("it can't be", "it cannot be"),
        ("they’re here", "they are here"),
        ("the U.N. said", "the UN said"),
        ("50 percent", "50 per cent"),
        ("“as steady—as  a rock”", '"as steady - as a rock"'),
        ("the first", "the 1st"),
        ("at 5 p.m.", "at 5 p.m"),
    ],
)
def test_the_same_written_in_two_ways_is_one(one: str, other: str) -> None:
    assert norms(one) == norms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("twelve men", "21 men"),
        ("five six", "56"),
        ("June 5", "June 6"),
        ("June 5, 2031", "June 5, 2032"),
        ("it can be", "it can't be"),
        ("UN", "un"),
        ("struck", "strikes"),
        ("$5", "5"),
        ("a man", "the man"),
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert norms(one) != norms(other)


def test_each_word_stands_where_it_says() -> None:
    text = "They can't name twenty-five of the U.N.’s men by June 5, 2031."
    for word in cut(text):
        assert text[word.start : word.end].strip() == text[word.start : word.end] != ""
    assert [text[w.start : w.end] for w in cut(text) if w.is_number] == ["twenty-five", "June 5, 2031"]
