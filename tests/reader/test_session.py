"""The reader on any text: places, the same answer always, nothing too long or too odd."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reader import Found
from sayso.reader.session import Reader
from sayso.reader.windows import OVERLAP, STRETCH
from sayso.spans import Span

READER = Reader.load()


def found_in(text: str, reader: Reader = READER) -> tuple[Found, ...]:
    return reader.read(text, [Span(0, len(text))] if text else []).found


SAID = "“The pier is safe,” said Ann Lee, the harbour engineer."
RAIN = "It rained all night over the valley, and the river rose by the width of a hand. "


def shown(text: str, found: Found) -> tuple[str, list[str], list[str]]:
    return found.cue.of(text), [s.of(text) for s in found.source], [s.of(text) for s in found.content]


EXPECTED = ("said", ["Ann Lee, the harbour engineer"], ["“The pier is safe,”"])


def test_source_cue_and_content_are_found_in_their_places() -> None:
    (found,) = found_in(SAID)
    assert shown(SAID, found) == EXPECTED
    assert 0 < found.score < 1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "\ud800", "\u200b\u202e", "。", "🜁🜁"])
def test_a_text_without_words_says_nothing(text: str) -> None:
    assert found_in(text) == ()


@pytest.mark.parametrize(
    "odd",
    [
        "a" * 100_000,
        "\x00\ud800\udfff",
        "\u202eсказал мэр",
        "市长说大桥是安全的。",
        "قال المهندس إن الجسر آمن",
        "e\u0301" * 400,
    ],
    ids=["long word", "surrogates", "Russian", "Chinese", "Arabic", "accents"],
)
def test_odd_neighbours_do_not_move_an_attribution(odd: str) -> None:
    text = f"{odd}\n\n{SAID}\n\n{odd}"
    assert EXPECTED in [shown(text, found) for found in found_in(text)]


@settings(max_examples=25, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("“”\"'\n ,.said")), max_size=80))
def test_every_place_is_in_the_text_and_no_two_cues_overlap(text: str) -> None:
    found = found_in(text + SAID)
    for one in found:
        assert all(0 <= s.start < s.end <= len(text + SAID) for s in (one.cue, *one.source, *one.content))
    assert all(a.cue.end <= b.cue.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("before", [0, 4, 7, 10, 13, 16, *(at // len(RAIN) for at in (STRETCH - OVERLAP, STRETCH))])
def test_an_attribution_is_found_wherever_the_text_is_cut(before: int) -> None:
    text = RAIN * before + "\n\n" + SAID + "\n\n" + RAIN * 60
    assert [shown(text, found) for found in found_in(text)] == [EXPECTED]


def test_one_paragraph_without_end_is_read_to_its_end() -> None:
    text = RAIN * 350 + SAID
    assert [shown(text, found) for found in found_in(text)] == [EXPECTED]


def test_threads_change_nothing() -> None:
    text = "\n\n".join([SAID, RAIN * 12, "The council denied that it had paid anybody.", RAIN * 20, SAID])
    assert found_in(text, Reader.load(threads=4)) == found_in(text) == found_in(text)


def test_what_stands_far_away_changes_nothing() -> None:
    text = SAID + "\n\n" + RAIN * 40
    assert found_in(text)[0] == found_in(text + "\n\nThe mayor asked why.\n\n" + SAID)[0]
