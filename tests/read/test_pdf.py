"""PDFs: paragraphs mended over lines and pages, furniture left out, broken files told of."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]  # ships no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # as above

from sayso.errors import Unreadable
from sayso.read.pdf import read_pdf

FIRST = (
    "The inquiry into the Port Sella bridge opened on Thurs-",
    "day, with the harbour ministry insisting that the well-",
    "known structure had been safe. The city’s engineer, Ann",
)
SECOND = (
    "Lee, said nobody had answered her letters in all of Jan-",
    "uary.",
)


def pdf(pages: Sequence[Sequence[str]], *, heads: bool = False, gap_after: str = "", **options: object) -> bytes:
    """Pages of lines 14 points apart (28 after a line that is ``gap_after``), with running heads and feet."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, **options)
    canvas.setTitle("Bridge inquiry opens")
    canvas.setAuthor("Dana Ostrel")
    for number, lines in enumerate(pages, start=1):
        if heads:
            canvas.setFont("Helvetica", 9)
            canvas.drawString(72, 800, "The Vellmar Courier" if number % 2 else "Thursday 4 March")
            canvas.drawCentredString(300, 30, f"Page {number} of {len(pages)}")
        canvas.setFont("Helvetica", 12)
        y = 700
        for line in lines:
            canvas.drawString(72, y, line)
            y -= 28 if line == gap_after else 14
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_hyphens_lines_and_page_breaks_are_mended() -> None:
    reading = read_pdf(pdf([FIRST, SECOND]))
    assert reading.text == (
        "The inquiry into the Port Sella bridge opened on Thursday, with the harbour ministry insisting that the "
        "well-known structure had been safe. The city’s engineer, Ann Lee, said nobody had answered her letters in "
        "all of January."
    )
    first, second = reading.pages
    assert first.of(reading.text).endswith("The city’s engineer, Ann")
    assert second.of(reading.text).startswith("Lee, said nobody")
    assert (reading.title, reading.author) == ("Bridge inquiry opens", "Dana Ostrel")


def test_a_word_cut_by_the_page_break_is_joined() -> None:
    reading = read_pdf(pdf([[*FIRST[:2], "known structure had been safe in every single res-"], ["pect, she said."]]))
    assert reading.text.endswith("safe in every single respect, she said.")
    assert [page.of(reading.text)[-3:] for page in reading.pages] == ["res", "id."]


def test_a_gap_parts_paragraphs() -> None:
    lines = ["It opened on Thursday and was closed again before the", "evening.", *FIRST]
    assert read_pdf(pdf([lines], gap_after="evening.")).text.split("\n\n")[1].startswith("The inquiry into")


def test_running_heads_and_page_numbers_are_left_out_and_counted() -> None:
    story = [f"In part {word} the ministry said nothing new about it at all," for word in "abcdefgh"]
    reading = read_pdf(pdf([story, story[2:], story[3:], story[1:]], heads=True))
    assert "Courier" not in reading.text
    assert "Page" not in reading.text
    assert reading.text.startswith("In part a")
    assert reading.text.count("the ministry said nothing new") == 8 + 6 + 5 + 7
    assert "8 running heads, feet and page numbers left out" in reading.notices[0].message


def test_a_page_without_text_is_a_notice() -> None:
    reading = read_pdf(pdf([["She said no."], [], ["He said yes."]]))
    assert reading.text == "She said no.\n\nHe said yes."
    assert len(reading.pages) == 2
    assert reading.notices[0].message.startswith("page 2 without text")


def test_scans_and_locked_files_say_what_to_do() -> None:
    with pytest.raises(Unreadable, match="OCR"):
        read_pdf(pdf([[], []]))
    with pytest.raises(Unreadable, match=r"password.*qpdf"):
        read_pdf(pdf([FIRST], encrypt=StandardEncryption("secret", strength=128)))
    assert "Port Sella" in read_pdf(pdf([FIRST], encrypt=StandardEncryption("", "owner", strength=128))).text


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_cut_off_file_is_refused(share: float) -> None:
    whole = pdf([FIRST, SECOND])
    with pytest.raises(Unreadable, match="cut-off"):
        read_pdf(whole[: int(len(whole) * share)])


def test_a_page_that_is_broken_does_not_stop_the_others() -> None:
    whole = pdf([FIRST, ["He said yes."]], pageCompression=0)
    contents = whole.index(b"/Contents")
    reading = read_pdf(
        whole[:contents]
        + b"/Contents (x)".ljust(whole.index(b"/", contents + 1) - contents)
        + whole[whole.index(b"/", contents + 1) :]
    )
    assert reading.text == "He said yes."
    assert reading.notices[0].message.startswith("page 1")


def test_mutated_files_are_read_or_refused() -> None:
    seed = pdf([FIRST, SECOND], heads=True, pageCompression=0)
    chance = random.Random(4)  # noqa: S311 (not for secrets)
    outcomes: set[str] = set()
    for _ in range(400):
        raw = bytearray(seed)
        for _ in range(chance.randint(1, 10)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.choice([0, 1, 1, 9])] = chance.choice([b"", b"9", b"-1", b"/", b"<<", b"\xff", b"0 R"])
        try:
            outcomes.add("read" if read_pdf(bytes(raw)).text else "empty")
        except Unreadable:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}


@pytest.mark.parametrize(
    ("stated", "kept"),
    [("Microsoft Word - bridge_v3", None), ("bridge.indd", None), ("untitled", None), ("The bridge", "The bridge")],
)
def test_titles_that_programs_fill_in_are_none(stated: str, kept: str | None) -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setTitle(stated)
    canvas.setAuthor("anonymous")
    canvas.drawString(72, 700, "She said no.")
    canvas.save()
    reading = read_pdf(out.getvalue())
    assert (reading.title, reading.author) == (kept, None)
    assert "made on" in reading.notices[-1].message
    assert reading.published is None


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    whole = pdf([FIRST, SECOND])
    assert read_pdf(whole.replace(b"startxref\n", b"startxref\n1")).text == read_pdf(whole).text
    assert capfd.readouterr() == ("", "")
