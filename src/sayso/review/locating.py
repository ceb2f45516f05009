"""Where words that a person typed or copied stand in a text: spans without a mouse.

In:   a text, words, the place near which they are looked for.   Out: spans; or BadJudgement, with what to do.
Knows nothing of: claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.errors import BadJudgement
from sayso.spans import Span

GAP = " … "  # between pieces that do not stand together

# A keyboard has straight marks; an article may have any.
_MARKS = ('"“”„‟«»', "'‘’‚‛‹›")
_LONGEST = 80  # of words that are named in a complaint


def words_at(text: str, spans: Sequence[Span]) -> str:
    """The words to show and to change: on one line, with "…" between pieces."""
    return GAP.join(" ".join(span.of(text).split()) for span in spans)


def located(text: str, words: str, before: Sequence[Span], *, near: int, role: str) -> tuple[Span, ...]:
    """The spans of ``words`` in ``text``. ``before``: the spans whose words these are, if they were left as they are;
    ``near``: of several places the nearest one counts. Empty words are no spans. Raises BadJudgement.

    >>> located("The bridge, he said, is safe.", "the bridge, … is safe", (), near=0, role="content")
    Traceback (most recent call last):
    sayso.errors.BadJudgement: content: the text has no “the bridge,”: copy the words as they stand there
    >>> located("The bridge, he said, is safe.", "The bridge, … is safe", (), near=0, role="content")
    (Span(start=0, end=11), Span(start=21, end=28))
    """
    if words.split() == words_at(text, before).split():
        return tuple(before)
    if not words.strip():
        return ()
    whole = _nearest(text, words, near)
    if whole is not None:
        return (whole,)
    spans = []
    for piece in filter(None, map(str.strip, words.split(GAP.strip()))):
        span = _nearest(text, piece, near)
        if span is None:
            shown = " ".join(piece.split())
            shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
            raise BadJudgement(f"{role}: the text has no “{shown}”: copy the words as they stand there")
        spans.append(span)
        near = span.end
    return tuple(sorted(spans))


def _nearest(text: str, words: str, near: int) -> Span | None:
    pattern = r"\s+".join(_tolerant(word) for word in words.split())
    found = (Span(*match.span()) for match in re.finditer(pattern, text))
    return min(found, key=lambda span: abs(span.start - near), default=None)


def _tolerant(word: str) -> str:
    return "".join(next((f"[{marks}]" for marks in _MARKS if c in marks), re.escape(c)) for c in word)
