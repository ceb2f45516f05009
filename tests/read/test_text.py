"""Decoding: the text is exactly what the bytes say; a guess or a loss is a notice."""

from __future__ import annotations

import codecs

import pytest

from sayso.errors import Unreadable
from sayso.read.text import decode, odd_characters

QUOTED = "The ministry said the bridge was “safe in every respect” – it isn’t, said José Lindqvåg.\r\n\tTwo\n"
RUSSIAN = "Министерство сообщило, что мост был закрыт в январе. Инженер отказался отвечать на вопросы. " * 3


@pytest.mark.parametrize(
    ("raw", "notices"),
    [
        (QUOTED.encode("utf-8"), 0),
        (QUOTED.encode("utf-8-sig"), 0),
        (QUOTED.encode("utf-16"), 0),
        (codecs.BOM_UTF16_BE + QUOTED.encode("utf-16-be"), 0),
        (QUOTED.encode("utf-32"), 0),
        (codecs.BOM_UTF32_BE + QUOTED.encode("utf-32-be"), 0),
        (QUOTED.encode("utf-16-le"), 1),
        (QUOTED.encode("utf-16-be"), 1),
        (QUOTED.encode("cp1252"), 1),
        (QUOTED.encode("mac_roman"), 1),
    ],
)
def test_every_encoding_gives_the_very_same_text(raw: bytes, notices: int) -> None:
    text, complaints = decode(raw)
    assert text == QUOTED
    assert len(complaints) == notices


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("He said “no”.", "cp1252"),
        ("The mayor’s office", "cp1252"),
        ("the ’90s, said the café owner", "cp1252"),
        ("It cost £3m — or €4m…", "cp1252"),
        ("He said “no” to the mayor’s office", "mac_roman"),
        ("the café owner said so", "cp850"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
    ],
)
def test_guesses_are_right_and_say_so(text: str, codec: str) -> None:
    decoded, complaints = decode(text.encode(codec))
    assert decoded == text
    assert "guessed" in complaints[0].message


def test_damaged_utf8_stays_utf8() -> None:
    text, complaints = decode("“Yes,” she said. “No,” he said.".encode()[:-4] + b"\xff.")
    assert text.startswith("“Yes,” she said. “No,”")
    assert "damaged UTF-8" in complaints[0].message


def test_cut_off_utf16_is_read_with_a_notice() -> None:
    text, complaints = decode("She said no".encode("utf-16")[:-1])
    assert text == "She said n\ufffd"
    assert "damaged" in complaints[0].message


@pytest.mark.parametrize(
    ("stated", "raw", "text", "complains"),
    [
        ("iso-8859-1", "“no”".encode("cp1252"), "“no”", False),  # as browsers read it
        ("iso-8859-1", "“no”".encode(), "“no”", True),
        ("us-ascii", "“no”".encode(), "“no”", True),
        ("utf-8", "she said “no” there".encode("cp1252"), "she said “no” there", True),
        ("koi8-r", "нет".encode("koi8_r"), "нет", False),
        ("rot13", b"uryyb", "uryyb", False),  # no encoding of text: passed over
        ("no-such-thing\0", b"hello", "hello", False),
    ],
)
def test_what_a_file_states_is_checked(stated: str, raw: bytes, text: str, complains: bool) -> None:  # noqa: FBT001
    decoded, complaints = decode(raw, stated)
    assert decoded == text
    assert any("the file says" in complaint.message for complaint in complaints) is complains


@pytest.mark.parametrize("raw", [b"", b" \r\n\t ", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b" \0\n\0"])
def test_empty_is_said_to_be_empty(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="is empty"):
        decode(raw)


@pytest.mark.parametrize("raw", [bytes(range(256)) * 4, b"ab\0\0\0\0cd\0\0\1\2" * 20])
def test_binary_is_said_to_be_binary(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(raw)


def test_odd_characters_are_kept_and_counted_by_kind() -> None:
    text = "First\nA\u202eB\u200bC\ufffd D\0 E\ufffd"
    notices = odd_characters(text)
    messages = " | ".join(notice.message for notice in notices)
    assert "U+FFFD): what stood there is lost; 2 times, first in line 2" in messages
    assert "bidirectional" in messages
    assert "zero-width" in messages
    assert "control" in messages
    assert {notice.span.of(text) for notice in notices if notice.span} == {"\u202e", "\u200b", "\ufffd", "\0"}
    assert odd_characters("A tab\tand a line end\r\n, naïve “marks”, 👩‍👧") == ()
