"""What stands around a cue outside of its content: whom it is said to, when it was said.

In:   text, places of cue and content in a sentence.   Out: spans.
Knows nothing of: what a date means (times).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.extract.times import DATE
from sayso.lexicon import Lexicon
from sayso.parse import tokens
from sayso.spans import Span

_MOST = 12  # words of an addressee; what is longer is something else
_STOPS = frozenset((",", ";", ":", "(", ")", "–", "—", "--", ".", "?", "!", '"', "“", "”"))
_QUESTIONS = frozenset(("how", "why", "whether", "what", "where", "when", "if", "that", "to"))
_SINCE = re.compile(r"(?:in|on|since|by|of)\s+\Z", re.IGNORECASE)


def addressee(text: str, sentence: Span, cue: Span, content: Sequence[Span], lexicon: Lexicon) -> Span | None:
    """Whom it is said to: the noun phrase right after "told"."""
    after = [span.start for span in content if span.start >= cue.end]
    end = min([sentence.end, *after])
    if end <= cue.end:
        return None
    first: int | None = None
    last = cue.end
    dates = {match.start() for match in DATE.finditer(text, cue.end, end)}
    for number, token in enumerate(tokens(text, Span(cue.end, end))):
        closes = token.lower in _STOPS | _QUESTIONS or token.start in dates or number >= _MOST
        if closes or token.lower in lexicon.words.prepositions - {"of"}:
            break
        first = token.start if first is None else first
        last = token.end
    return Span(first, last) if first is not None else None


def dates(text: str, sentence: Span, content: Sequence[Span]) -> tuple[Span, ...]:
    """The dates of a sentence with their prepositions, outside the content."""
    found: list[Span] = []
    for match in DATE.finditer(text, sentence.start, sentence.end):
        if any(span.overlaps(Span(*match.span())) for span in content):
            continue
        lead = _SINCE.search(text, max(sentence.start, match.start() - 8), match.start())
        found.append(Span(lead.start() if lead else match.start(), match.end()))
    return tuple(found)
