"""Whom it is said to: the words between a cue and its content.

In:   text, places of cue and content in a sentence.   Out: a span.
Knows nothing of: what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.lexicon import Lexicon
from sayso.parse.tokens import tokens
from sayso.spans import Span

_MOST = 12  # words of an addressee; what is longer is something else
_STOPS = frozenset((",", ";", ":", "(", ")", "–", "—", "--", ".", "?", "!", '"', "“", "”"))
_QUESTIONS = frozenset(("how", "why", "whether", "what", "where", "when", "if", "that", "to"))
_DATE = re.compile(
    r"(?:\d|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|today|yesterday|tomorrow|last (?:week|month|year|night))"
)


def addressee(text: str, sentence: Span, cue: Span, content: Sequence[Span], lexicon: Lexicon) -> Span | None:
    """Whom it is said to: the noun phrase right after "told"."""
    after = [span.start for span in content if span.start >= cue.end]
    end = min([sentence.end, *after])
    if end <= cue.end:
        return None
    first: int | None = None
    last = cue.end
    for number, token in enumerate(tokens(text, Span(cue.end, end))):
        closes = token.lower in _STOPS | _QUESTIONS or _DATE.match(text, token.start) or number >= _MOST
        if closes or token.lower in lexicon.words.prepositions - {"of"}:
            break
        first = token.start if first is None else first
        last = token.end
    return Span(first, last) if first is not None else None
