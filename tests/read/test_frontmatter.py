"""Front matter: only what is one is taken off; the text after it is untouched."""

from __future__ import annotations

import pytest

from sayso.read.frontmatter import read_text

FULL = """---
title: "The bridge: an inquiry"
outlet: The Vellmar Courier
author: 'Dana O''Strel'
published: 2021-03-04
url: https://courier.example/bridge
mood: grim
---
The  text\t starts here.\r\n"""


def test_keys_are_taken_and_the_text_follows() -> None:
    reading = read_text(FULL)
    assert reading.text == "The  text\t starts here.\r\n"
    assert (reading.title, reading.outlet) == ("The bridge: an inquiry", "The Vellmar Courier")
    assert (reading.author, reading.published) == ("Dana O'Strel", "2021-03-04")
    assert [notice.message for notice in reading.notices] == ["front matter: unknown key mood; left out"]


def test_windows_line_ends() -> None:
    reading = read_text("---\r\ntitle: Bridge\r\n---\r\nText.")
    assert (reading.title, reading.text) == ("Bridge", "Text.")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: never closed\n\nThe text.",
        "---\nHe said: the bridge is safe, and walked off.\nnot a pair\n---\nText",
        "---\n---\nText",
        "\n---\ntitle: not at the top\n---\n",
        "Text\n---\ntitle: no\n---\n",
    ],
)
def test_what_is_no_front_matter_stays(text: str) -> None:
    reading = read_text(text)
    assert reading.text == text
    assert reading.title is None


@pytest.mark.parametrize("date", ["4 March 2021", "2021-02-30", "03/04/2021", "yesterday"])
def test_a_date_that_is_not_iso_is_left_out_with_a_notice(date: str) -> None:
    reading = read_text(f"---\npublished: {date}\n---\nText")
    assert reading.published is None
    assert date in reading.notices[0].message


@pytest.mark.parametrize("date", ["2021", "2021-03", "2021-03-04", "2021-03-04T08:15:00Z", "2021-03-04T08:15+01:00"])
def test_iso_dates_are_kept_as_coarse_as_they_are(date: str) -> None:
    assert read_text(f"---\npublished: {date}\n---\nText").published == date
