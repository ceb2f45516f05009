"""What the reader found and what is left of it; the grammar is the reader's own."""

from __future__ import annotations

import pytest

from sayso.case import lexicon, reader
from sayso.extract.tidying import tidied
from sayso.reader import Found
from sayso.spans import Span


@pytest.mark.parametrize(
    ("text", "cue", "content", "score", "stays"),
    [
        ("The court will hear the case.", "will hear", "the case", 0.4, False),
        ("The army has rarely targeted the depots.", "has rarely targeted", "the depots", 0.4, False),
        ("The army has rarely targeted the depots.", "has rarely targeted", "the depots", 0.8, True),
        ("The mayor praised the depots.", "praised", "the depots", 0.4, True),
        ("The mayor enthused about the depots.", "enthused", "“the depots”", 0.4, True),
        ("The mayor targeted whether the depots leak.", "targeted", "whether the depots leak", 0.4, True),
    ],
)
def test_a_thing_under_words_that_hardly_report_is_a_deed_unless_the_reader_is_sure(
    text: str, cue: str, content: str, score: float, *, stays: bool
) -> None:
    text = text.replace(content.strip("“”"), content)
    places = {words: Span(text.index(words), text.index(words) + len(words)) for words in (cue, content)}
    found = Found(cue=places[cue], source=(), content=(places[content],), score=score)
    syntax = reader().read(text, [Span(0, len(text))]).syntax
    assert [one.cue for one in tidied([found], syntax, lexicon())] == ([places[cue]] if stays else [])
