"""Find what the author asserts without any source, rhetorical questions among it.

In:   sentences and the attributions in them.   Out: Drafts without source and cue.
Knows nothing of: how the attributions were found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.extract.frames import Draft
from sayso.extract.phrases import Line
from sayso.spans import Span, trimmed, without

_WORD = re.compile(r"\w+")
_EDGE = " \t\r\n\f\v\u00a0,;:–—-()"
_JOIN = re.compile(r"(?:and|or|but|while|as|that|which|by)\b", re.IGNORECASE)
_MIN_RELATIVE = 7  # "In a twist that embarrasses the council" says something, "A question that" does not
_MIN_WORDS = 4  # fewer left over beside an attribution are glue ("In a further twist", "on Monday")


def authorial(line: Line, drafts: Sequence[Draft]) -> Draft | None:
    """What is left of a sentence once the attributions in it are taken out; None if that asserts nothing."""
    taken = [span for draft in drafts for span in draft.spans if span != draft.lent]
    taken += [span for draft in drafts for span in draft.dates]
    if not taken:
        pieces = _whole(line)
    else:
        pieces = [piece for part in without(line.span, taken) if (piece := _clause(line, part))]
    if not pieces:
        return None
    asks = line.span.of(line.text).rstrip("\"'”’)").endswith("?") and pieces[-1].end >= line.span.end - 3
    return Draft(
        rule="authorial",
        act="ask" if asks else "assert",
        factuality="Uu" if asks else "CT+",
        source=None,
        cue=None,
        content=tuple(pieces),
    )


def _whole(line: Line) -> list[Span]:
    """The sentence without its final period; questions and exclamations keep their mark."""
    text = line.span.of(line.text)
    end = line.span.end - 1 if text.endswith(".") and not text.endswith("..") else line.span.end
    if len(_WORD.findall(text)) < 2:
        return []
    span = trimmed(line.text, line.span.start, end)
    return [span] if span else []


def _clause(line: Line, part: Span) -> Span | None:
    """The part, if it says something by itself: a verb and enough words."""
    span = trimmed(line.text, part.start, part.end, _EDGE + ".")
    while span and (join := _JOIN.match(line.text, span.start, span.end)):
        span = trimmed(line.text, join.end(), span.end, _EDGE)
    if span is None or len(_WORD.findall(line.text, span.start, span.end)) < _MIN_WORDS - 1:
        return None
    inside = [i for i, token in enumerate(line.tokens) if span.start <= token.start < span.end]
    relative = len(inside) > _MIN_RELATIVE and any(line.lower(i) in ("that", "which", "who") for i in inside[1:-1])
    if not relative and not any(line.is_finite(i) for i in inside[1:]):
        return None
    return span
