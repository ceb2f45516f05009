"""Words of any text, with their places."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reader.pieces import Vocabulary
from sayso.reader.windows import features, overlapping, stretches
from sayso.reader.words import CLOSE, INSIDE, LINE, OPEN, OUTSIDE, PARAGRAPH, SAME, encode

# Letters and what may follow them are enough to spell any plain word.
LETTERS = [chr(c) for c in range(ord("a"), ord("z") + 1)]
VOCABULARY = Vocabulary(
    ["[UNK]", "pier", "##s", *LETTERS, *(f"##{c}" for c in LETTERS if c != "s"), *"“”\"',.:!?-", "safe", "桥"]
)

ODD = st.text(st.one_of(st.characters(), st.sampled_from("“”\"'\n\r\f\u2028\u200b\u0301\ud800\x00桥ßİ. ")), max_size=60)


def words(text: str) -> list[str]:
    enc = encode(text, VOCABULARY)
    return [text[a:b] for a, b in zip(enc.start, enc.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("The pier’s “safe”.", ["The", "pier", "’", "s", "“", "safe", "”", "."]),
        ("a-b U.S. 5%", ["a", "-", "b", "U", ".", "S", ".", "5", "%"]),
        ("Café naïve", ["Café", "naïve"]),
        ("die桥pier", ["die", "桥", "pier"]),
        ("one¿two", ["one", "¿", "two"]),
        ("\u200bpier\u200b \ufeff", ["pier"]),
        ("\x00pier\ud800", ["pier"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_words_are_cut_as_the_network_has_learned_them(text: str, cut: list[str]) -> None:
    assert words(text) == cut


def test_pieces_are_the_longest_first_and_an_unknown_word_is_one() -> None:
    enc = encode("Piers PIER pïer 7 " + "a" * 101, VOCABULARY)
    assert enc.pieces == [(1, 2), (1,), (1,), (0,), (0,)]


@given(ODD)
def test_every_word_is_in_its_place(text: str) -> None:
    enc = encode(text, VOCABULARY)
    places = list(zip(enc.start.tolist(), enc.end.tolist(), strict=True))
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))
    assert all(enc.pieces)
    assert len(enc) == len(enc.case) == len(enc.quote) == len(enc.brk)


def test_quotation_states() -> None:
    enc = encode('He said "it is so". She: “and\nthen” "no', VOCABULARY)
    states = {text: state for text, state in zip(words(enc.text), enc.quote.tolist(), strict=True) if text.isalpha()}
    assert states == dict.fromkeys(("it", "is", "so", "and", "no"), INSIDE) | dict.fromkeys(
        ("He", "said", "She", "then"), OUTSIDE
    )
    assert [int(s) for s in enc.quote if s in (OPEN, CLOSE)] == [OPEN, CLOSE, OPEN, CLOSE, OPEN]


@pytest.mark.parametrize(
    ("gap", "kind"),
    [
        (" ", SAME),
        ("\n", LINE),
        ("\r\n", LINE),
        ("\r", LINE),
        ("\n\n", PARAGRAPH),
        ("\f", LINE),
        (" \n \n\n", PARAGRAPH),
    ],
)
def test_breaks(gap: str, kind: int) -> None:
    assert encode(f"one{gap}two", VOCABULARY).brk.tolist() == [PARAGRAPH, kind]


@settings(max_examples=50)
@given(ODD, st.integers(2, 12))
def test_windows_hold_every_word_and_no_more_pieces_than_they_may(text: str, limit: int) -> None:
    enc = encode(text, VOCABULARY)
    windows = overlapping(enc, limit)
    assert {i for a, b in windows for i in range(a, b)} == set(range(len(enc)))
    for a, b in windows:
        x, first = features(enc.pieces[a:b], enc.case[a:b], enc.quote[a:b], enc.brk[a:b])
        assert len(first) == b - a
        assert x.shape == (4, sum(map(len, enc.pieces[a:b])) + 2)
        assert b - a == 1 or x.shape[1] <= limit + 2


@given(st.text(st.sampled_from("ab \n"), max_size=300), st.integers(8, 60), st.integers(1, 3))
def test_stretches_cover_the_text_in_bounded_pieces(text: str, size: int, overlap: int) -> None:
    found = list(stretches(text, size, overlap))
    assert {i for a, b in found for i in range(a, b)} == set(range(len(text)))
    assert all(0 < b - a <= size for a, b in found)
    assert all(before[0] < after[0] <= before[1] for before, after in itertools.pairwise(found))
