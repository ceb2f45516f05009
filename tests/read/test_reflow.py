"""Lines to paragraphs, by where the lines stand."""

from __future__ import annotations

import pytest

from sayso.read.reflow import Line, reflow, without_furniture

FULL = "a line of print that goes from one margin to the other,"


def lines(*rows: tuple[float, float, str], size: float = 10) -> list[Line]:
    return [Line(text=text, x=x, y=y, size=size) for x, y, text in rows]


def paragraphs(*pages: list[Line]) -> list[str]:
    return reflow(pages)[0].split("\n\n")


def test_an_indentation_opens_a_paragraph_but_its_second_line_does_not() -> None:
    page = lines(
        (20, 700, FULL),
        (10, 688, "its end is here, and it is rather long for an end."),
        (20, 676, FULL),
        (10, 664, FULL),
    )
    assert len(paragraphs(page)) == 2


def test_an_indented_quotation_stands_apart() -> None:
    page = lines(*((10, 700 - 12 * n, FULL) for n in range(3)), (40, 664, FULL), (40, 652, FULL), (10, 640, FULL))
    assert len(paragraphs(page)) == 3


def test_a_list_item_goes_on_under_its_hanging_indentation() -> None:
    page = lines((10, 700, f"• {FULL}"), (20, 688, "and ends."), (10, 676, f"• {FULL}"), (20, 664, "and ends too."))
    assert paragraphs(page) == [f"• {FULL} and ends.", f"• {FULL} and ends too."]


def test_another_size_or_weight_is_a_heading() -> None:
    head = Line(text="What she saw", x=10, y=712, size=14)
    bold = Line(text="What she saw", x=10, y=712, size=10, bold=True)
    assert paragraphs([head, *lines((10, 700, FULL), (10, 688, FULL))])[0] == "What she saw"
    assert paragraphs([bold, *lines((10, 700, FULL), (10, 688, FULL))])[0] == "What she saw"


def test_a_wide_set_manuscript_is_not_torn_into_lines() -> None:
    page = lines(*((10, 700 - 24 * n, FULL) for n in range(8)))
    assert len(paragraphs(page)) == 1


def test_a_sentence_goes_on_in_the_next_column() -> None:
    page = lines((10, 700, FULL), (10, 688, FULL), (300, 700, "and goes on here."))
    assert paragraphs(page) == [f"{FULL} {FULL} and goes on here."]


@pytest.mark.parametrize(
    ("last", "following", "joined"),
    [
        ("they closed the infra-", "structure for good", "infrastructure for good"),
        ("it was a well-", "known bridge", "well-known bridge"),
        ("some twenty-", "three cables", "twenty-three cables"),
        ("the Anglo-", "Vellmar treaty", "Anglo-Vellmar treaty"),
        ("in the years 2014-", "2015 they", "2014-2015 they"),
        ("soft hy\u00ad", "phen here", "soft hyphen here"),
        ("it was safe -", "or so they said", "it was safe - or so they said"),
        ("it was safe—", "or so they said", "safe—or so"),
    ],
)
def test_hyphens_at_line_ends(last: str, following: str, joined: str) -> None:
    page = lines((10, 700, FULL), (10, 688, f"{FULL} {last}"), (10, 676, following))
    assert joined in reflow([page])[0]


def test_a_compound_that_the_document_writes_elsewhere_keeps_its_hyphen() -> None:
    page = lines((10, 700, "The toll-bridge was shut, and the keeper of the toll-"), (10, 688, "bridge went home."))
    assert "keeper of the toll-bridge went" in reflow([page])[0]


def test_a_repeated_line_in_the_middle_of_pages_is_no_furniture() -> None:
    page = lines(*((10, 700 - 12 * n, f"{FULL} {word}") for n, word in enumerate("abcdefgh")))
    kept, left_out = without_furniture([page, page])
    assert [len(rows) for rows in kept] == [2, 2]  # the three outermost rows at each edge repeat, the middle is kept
    assert len(left_out) == 12
    assert without_furniture([page])[1] == []


def test_spans_of_pages_cover_the_text_but_for_what_is_between() -> None:
    text, spans = reflow([lines((10, 700, "She said no.")), [], lines((10, 700, "He said yes."))])
    assert [span.of(text) for span in spans] == ["She said no.", "He said yes."]
