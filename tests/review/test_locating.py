"""Words that are typed find their place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.review.locating import located, words_at
from sayso.spans import Span, merge
from tests.review.made import TEXT, at
from tests.strategies import span_tuples

TWICE = "“The dam is safe,” she said.\n\nHe said the\ndam is safe."


@given(spans=span_tuples(TEXT, least=1).map(merge), near=st.integers(0, len(TEXT)))
def test_words_that_were_left_as_they_are_keep_their_places(spans: tuple[Span, ...], near: int) -> None:
    assert located(TEXT, words_at(TEXT, spans), spans, near=near, role="content") == spans


def test_the_nearest_place_counts_and_white_space_and_quotation_marks_do_not() -> None:
    later = Span(TWICE.rindex("dam"), len(TWICE) - 1)
    assert located(TWICE, "dam  is safe", (), near=len(TWICE), role="content") == (later,)
    assert located(TWICE, "the dam is safe", (), near=0, role="content") == (Span(later.start - 4, later.end),)
    assert located(TWICE, '"The dam is safe,"', (), near=0, role="content") == at("“The dam is safe,”", TWICE)


def test_no_words_are_no_spans() -> None:
    assert located(TEXT, "  ", at("bolt"), near=0, role="cue") == ()
