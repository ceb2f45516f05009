"""Web pages: the main text as a reader sees it, and what the page says of itself."""

from __future__ import annotations

import pytest

from sayso.errors import Unreadable
from sayso.read.html import read_html

STORY = (
    "The inquiry into the Port Sella bridge opened on Thursday, with the harbour ministry insisting that the structure "
    "had been safe in every respect when it was closed to all traffic."
)
MORE = (
    "Three of the cables were replaced in the spring, according to a report by the harbour board, and the others were "
    "left alone because the money had run out."
)


def page(article: str, head: str = "") -> bytes:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bridge inquiry opens</title>{head}</head>'
        f'<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article>{article}</article>'
        "<footer>Copyright 2031 Vellmar Courier. All rights reserved.</footer></body></html>"
    ).encode()


def paragraphs(article: str) -> list[str]:
    return read_html(page(article)).text.split("\n\n")


def test_paragraphs_headings_items_and_quotations_stand_apart() -> None:
    article = (
        f"<p>{STORY}</p><h2>What she saw</h2><blockquote><p>&ldquo;Nobody answered.</p><p>&quot;Not one.&quot;</p>"
        f"</blockquote><ul><li>No letter came.</li><li>No call was made.</li></ul><p>{MORE}</p>"
    )
    expected = [STORY, "What she saw", "“Nobody answered.", '"Not one."', "No letter came.", "No call was made.", MORE]
    assert paragraphs(article) == expected


def test_inline_elements_do_not_part_words() -> None:
    marked = (
        f"<p>{STORY}</p><p>&#8220;I saw the crack in <em>Jan</em>uary,&#8221; said\n   <a href='/a'>Ann Lee</a>.</p>"
    )
    assert paragraphs(f"{marked}<p>{MORE}</p>")[1] == "“I saw the crack in January,” said Ann Lee."


def test_the_marks_a_browser_draws_are_written_out() -> None:
    quoted = "<p><q>We stand by <q>every</q> word</q>, the ministry said of its earlier answer to the city.</p>"
    assert paragraphs(f"<p>{STORY}</p>{quoted}<p>{MORE}</p>")[1].startswith("“We stand by ‘every’ word”, the ministry")


@pytest.mark.parametrize("wrap", ["<p>{}</p>", "<div>{}</div>", "<div><font><b>{}</b></font></div>"])
def test_two_line_breaks_part_paragraphs_and_one_a_line(wrap: str) -> None:
    broken = wrap.format(f"{STORY}<br><br/>\n{MORE}<br>By Dana Ostrel")
    assert paragraphs(broken) == [STORY, f"{MORE}\nBy Dana Ostrel"]


def test_preformatted_lines_and_paragraphs_are_kept() -> None:
    article = f"<pre>{STORY}\n\nHe <b>wrote:\n\n</b>{MORE}\nAnd that\r\nwas all.</pre>"
    assert paragraphs(article) == [STORY, "He wrote:", f"{MORE}\nAnd that\nwas all."]


def test_a_table_keeps_its_rows() -> None:
    table = "<table><tr><th>Year</th><th>Cracks</th></tr><tr><td>2019</td><td>3</td></tr></table>"
    assert "Year\tCracks\n2019\t3" in paragraphs(f"<p>{STORY}</p>{table}<p>{MORE}</p>")


def test_a_passage_that_stands_twice_is_kept_twice() -> None:
    assert read_html(page(f"<p>{STORY}</p><p>{MORE}</p><p>{STORY}</p>")).text.count(STORY) == 2


def test_what_the_page_says_of_itself() -> None:
    head = (
        '<meta property="og:site_name" content="The Vellmar Courier"><meta name="author" content="Dana Ostrel">'
        '<meta property="article:published_time" content="2021-03-04T08:15:00+01:00">'
        '<meta property="article:modified_time" content="2022-01-01T00:00:00Z">'
    )
    reading = read_html(page(f"<p>{STORY}</p><p>{MORE}</p>", head))
    assert (reading.title, reading.outlet) == ("Bridge inquiry opens", "The Vellmar Courier")
    assert (reading.author, reading.published) == ("Dana Ostrel", "2021-03-04")
    assert reading.notices == ()


def test_no_date_is_made_up() -> None:
    assert read_html(page(f"<p>{STORY}</p><p>{MORE}</p>")).published is None


def test_a_date_read_from_the_wording_is_a_notice() -> None:
    reading = read_html(page(f'<p class="date">Published 4 March 2021</p><p>{STORY}</p><p>{MORE}</p>'))
    assert reading.published == "2021-03-04"
    assert "check it" in reading.notices[0].message


@pytest.mark.parametrize(
    ("meta", "codec"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ("", "utf-8"),
        ("", "utf-16"),
        ('<meta charset="utf-16">', "utf-8"),
        ("<?xml version='1.0' encoding='utf-8'?>", "utf-8"),
    ],
)
def test_encodings(meta: str, codec: str) -> None:
    declaration, tag = (meta, "") if meta.startswith("<?xml") else ("", meta)
    source = (
        f"{declaration}<html><head>{tag}<title>T</title></head><body><p>{STORY}</p><p>“Café”, he said.</p><p>{MORE}</p>"
    )
    reading = read_html(source.encode(codec))
    assert "“Café”, he said." in reading.text
    assert reading.notices == ()


def test_characters_that_no_page_may_hold_are_shown_as_lost() -> None:
    odd = "A&#1;B&#x0b;C\x00D&#65534;E\ufffeF&#011G\fH"
    assert "A\ufffdB\ufffdC\ufffdD\ufffdE\ufffdF\ufffdG H" in read_html(page(f"<p>{STORY}<br><br>{odd}</p>")).text


@pytest.mark.parametrize("source", ["<html><body></body></html>", "<html><body><script>go()</script></body></html>"])
def test_a_page_without_text_says_what_to_do(source: str) -> None:
    with pytest.raises(Unreadable, match="save the"):
        read_html(source.encode())


def test_a_text_that_is_little_of_the_page_is_a_notice() -> None:
    teasers = "".join(
        f'<div class="teaser"><a href="/{n}">Number {n}: another story with a long headline</a></div>'
        for n in range(90)
    )
    source = page(f"<p>{STORY}</p><p>{MORE}</p>").replace(b"<footer>", f"<div>{teasers}</div><footer>".encode())
    reading = read_html(source)
    assert STORY in reading.text
    assert any("see whether it is the whole" in complaint.message for complaint in reading.notices)
