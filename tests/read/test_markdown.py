"""Markdown: what is left when the marks are taken out is what a reader sees, and nothing moves."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.markdown import markup_of, read_markdown
from sayso.spans import Span, without


def prose(text: str) -> str:
    whole = [Span(0, len(text))] if text else []
    return "".join(part.of(text) for span in whole for part in without(span, markup_of(text)))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("# The bridge #", "The bridge"),
        ("The bridge\n===", "The bridge\n"),
        ("#hashtag is none", "#hashtag is none"),
        ("She said *no* and **never** and ***not once***.", "She said no and never and not once."),
        ("He _denied_ it __twice__, ~~three times~~.", "He denied it twice, three times."),
        ("snake_case_name, f**k, 5*3*2, 2 * 3 * 4, a * b", "snake_case_name, f**k, 5*3*2, 2 * 3 * 4, a * b"),
        ("*An editor’s note", "*An editor’s note"),
        ("*one paragraph\n\nanother* one", "*one paragraph\n\nanother* one"),
        ('"*Never*," said **"Bo" Lee**.', '"Never," said "Bo" Lee.'),
        ("**[Ann Lee](https://a.example/x_(y))** said", "Ann Lee said"),
        ('[“I [the engineer] saw it”](u "Title"), she said', "“I [the engineer] saw it”, she said"),
        ("![a map](map.png) The map", " The map"),
        ("to “frame [the] choice” [sic]", "to “frame [the] choice” [sic]"),
        ("See [the report][1].\n\n[1]: https://a.example/report_1_", "See the report.\n\n"),
        ("It fell.[^1]\n\n[^1]: The board said so.", "It fell.\n\n The board said so."),
        ("- one\n* two\n+ three\n1. four\n12) five", "one\ntwo\nthree\nfour\nfive"),
        ("1914. The year", "1914. The year"),
        ("> “Yes,” he said.\n> > nested", "“Yes,” he said.\nnested"),
        ("above\n\n* * *\n\nbelow", "above\n\n\n\nbelow"),
        ("Run `make *all*` now", "Run make *all* now"),
        ("before\n```py\nx = a * b * c\n```\nafter", "before\n\nx = a * b * c\n\nafter"),
        ("<!-- hidden\n\nwords -->Seen <b>bold</b>, 3 < 4 > 2", "Seen bold, 3 < 4 > 2"),
        ("<https://a.example/x_y_z>", "https://a.example/x_y_z"),
        (r"\*not emphasis\* and 1\. no list", "*not emphasis* and 1. no list"),
        ("| Year | Cracks |\n|---|--:|\n| 2019 | 3 |", " Year  Cracks \n\n 2019  3 "),
        ("Either|or, said he", "Either|or, said he"),
        ("- [x] done", "done"),
    ],
)
def test_only_marks_are_markup(text: str, seen: str) -> None:
    assert prose(text) == seen


@given(st.text(alphabet="ab *_`[]()#>|-!<\\\n\r~x1.:", max_size=60))
def test_markup_is_in_order_apart_and_inside(text: str) -> None:
    spans = markup_of(text)
    assert all(a.end < b.start for a, b in pairwise(spans))
    assert all(span.end <= len(text) for span in spans)


@given(st.text(alphabet="abc .,“”'’\n", max_size=60))
def test_prose_has_no_markup(text: str) -> None:
    assert markup_of(text) == ()


def test_title_is_the_first_heading_unless_front_matter_names_one() -> None:
    assert read_markdown("Words.\n\n# The **bridge** [inquiry](u)\n").title == "The bridge inquiry"
    assert read_markdown("The bridge\n======\n").title == "The bridge"
    named = read_markdown("---\ntitle: Named\n---\n# Heading\n")
    assert (named.title, named.text) == ("Named", "# Heading\n")
    assert named.markup == (Span(0, 2),)
    assert read_markdown("## A second-level heading").title is None
