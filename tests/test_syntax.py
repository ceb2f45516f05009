"""Questions to a tree, and trees put together."""

from __future__ import annotations

from sayso.spans import Span
from sayso.syntax import Name, Syntax, join

TEXT = "Ann Lee said the old pier fell."
#       0   1   2    3   4   5    6   7


def syntax(text: str = TEXT, at: int = 0) -> Syntax:
    forms = ["Ann", "Lee", "said", "the", "old", "pier", "fell", "."]
    starts = []
    for form in forms:
        at = text.index(form, at)
        starts.append(at)
        at += len(form)
    return Syntax(
        text=text,
        start=starts,
        end=[a + len(f) for a, f in zip(starts, forms, strict=True)],
        lemma=["Ann", "Lee", "say", "the", "old", "pier", "fall", "."],
        upos=["PROPN", "PROPN", "VERB", "DET", "ADJ", "NOUN", "VERB", "PUNCT"],
        xpos=["NNP", "NNP", "VBD", "DT", "JJ", "NN", "VBD", "."],
        head=[2, 0, 2, 5, 5, 6, 2, 2],
        rel=["nsubj", "flat", "root", "det", "amod", "nsubj", "ccomp", "punct"],
        sentence=[0] * 8,
        certainty=[0.0] * 8,
        names=(Name(Span(starts[0], starts[1] + 3), "PER"),),
    )


def test_what_hangs_on_a_token() -> None:
    s = syntax()
    assert list(s.children(2)) == [0, 6, 7]
    assert s.subtree(6) == [3, 4, 5, 6]
    assert s.phrase(6).of(TEXT) == "the old pier fell"
    assert list(s.ancestors(3)) == [5, 6, 2]


def test_the_top_of_a_span_is_the_token_that_the_others_hang_from() -> None:
    s = syntax()
    whole, empty = Span(TEXT.index("the"), TEXT.index("fell")), Span(3, 4)
    assert s.top(whole) == 5
    assert s.top(Span(0, len(TEXT))) == 2
    assert s.top(empty) is None


def test_syntax_of_several_places_is_one_in_text_order() -> None:
    text = TEXT + "\n" + TEXT + "\n" + TEXT
    second = len(TEXT) + 1
    parts = [syntax(text, 2 * second), syntax(text, second), syntax(text)]
    s = join(parts)
    assert [s.form(t) for t in s.within(Span(second, second + 12))] == ["Ann", "Lee", "said"]
    assert list(s.start) == sorted(s.start)
    assert list(s.sentence) == [0] * 8 + [1] * 8 + [2] * 8
    assert [s.form(s.head[t]) for t in range(8, 16)] == ["said", "Ann", "said", "pier", "pier", "fell", "said", "said"]
    assert list(s.children(10)) == [8, 14, 15]
    assert [n.span.of(text) for n in s.names] == ["Ann Lee"] * 3


def test_syntax_moves_with_its_text() -> None:
    moved = syntax().moved(6, "Today: " + TEXT)
    assert moved.start[0] == 6
    assert moved.names[0].span == Span(6, 13)
