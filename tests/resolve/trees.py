"""Trees for sentences of tests: those of ``tests/cases/factuality.conllu``; of another sentence the reader's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from eval.conllu import read_treebank

from sayso.spans import Span
from sayso.syntax import Syntax
from tests.marked import strip

_TREES = Path(__file__).parent.parent / "cases/factuality.conllu"


class Marked(NamedTuple):
    """A sentence with its tree, the token of its braced event, and the spans of its claim by role."""

    syntax: Syntax
    event: int
    spans: dict[str, tuple[Span, ...]]


@cache
def _known() -> dict[str, Syntax]:
    return {d.text.strip(): d.syntax() for d in read_treebank(_TREES)}


def tree_of(text: str) -> Syntax:
    """The tree of a sentence. Skips where there is none and the reader parses none either."""
    if text in _known():
        return _known()[text]
    parsing = pytest.importorskip("eval.parsing", reason="a sentence without a tree, and no parser yet")
    made: Syntax = parsing.parser()(text)
    return made


def marked(sentence: str) -> Marked:
    """Reads "[source|Ana] [cue|said] [content|the dam {held}].": one event in braces."""
    plain, marks = strip(sentence)
    opened, closed = plain.index("{"), plain.index("}")
    text = plain.replace("{", "").replace("}", "")

    def moved(place: int) -> int:
        return place - (place > opened) - (place > closed)

    spans = {
        role: tuple(Span(moved(s.start), moved(s.end)) for s in found) for role, found in marks.get("1", {}).items()
    }
    syntax = tree_of(text)
    return Marked(syntax, syntax.within(Span(opened, closed - 1))[-1], spans)
