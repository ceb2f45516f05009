"""Tokens as Universal Dependencies cut English, and the pieces that speak for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.files import installed, read_files
from sayso.reader.pieces import Vocabulary
from sayso.reader.places import token_places, tokens
from sayso.reader.words import encode

VOCABULARY = Vocabulary(read_files(installed()).raw["vocabulary.txt"].decode().splitlines())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't know.", "They|do|n't|know|."),
        ("She can’t; he cannot.", "She|ca|n’t|;|he|can|not|."),
        ("The U.S. envoy, Mr. Lee, left.", "The|U.S.|envoy|,|Mr.|Lee|,|left|."),
        ("the council's well-known plan", "the|council|'s|well|-|known|plan"),
        ("$5,000 at 12:20 a.m. on 9/11", "$|5,000|at|12:20|a.m.|on|9/11"),
        ("“Never,” said Jane O'Neill (55).", "“|Never|,|”|said|Jane|O'Neill|(|55|)|."),
        ("see https://example.org/a?b=1 …", "see|https://example.org/a?b=1|…"),
        ("and/or 50% of non-members", "and|/|or|50|%|of|non-members"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert "|".join(text[a:b] for a, b in tokens(text, 0, len(text))) == expected


@given(st.text(max_size=60), st.integers(0, 10))
def test_every_visible_character_is_in_one_token(text: str, start: int) -> None:
    found = tokens(text, min(start, len(text)), len(text))
    covered = [i for a, b in found for i in range(a, b)]
    assert covered == sorted(set(covered))
    assert all(text[i].isspace() for i in set(range(min(start, len(text)), len(text))) - set(covered))


def test_each_token_stands_at_a_piece_of_its_own_word() -> None:
    text = "They don't underestimate al-Masri; she cannot."
    enc = encode(text, VOCABULARY)
    for (a, b), (word, piece) in zip(
        found := tokens(text, 0, len(text)), token_places(enc, found, VOCABULARY).tolist(), strict=True
    ):
        assert enc.start[word] < b
        assert enc.end[word] > a
        assert piece < len(enc.pieces[word])
