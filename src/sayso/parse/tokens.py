"""Cut a stretch of text into words and marks.

In:   text and a span.   Out: Tokens with their places.
Knows nothing of: what the words mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.spans import Span

# One token each: abbreviations with inner periods ("U.S.", "e.g.") and before a name ("Lt.", "J."), "Bar'el",
# "al-Qaeda", "5,000".
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[A-Z][a-z]{0,4}\.(?=[ \u00a0][A-Z])"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|%)?(?!\w)"
    r"|\w+(?=[’'](?:re|ve|ll|d|m)\b)|[’'](?:re|ve|ll|d|m)\b"  # we|'re, they|'ve: a pronoun and its verb
    r"|\w+(?:[’'‘\-‐‑–]\w+)*(?:[’'](?=\W|$)(?<=s[’']))?"
    r"|--+|\.\.\.|…|\S"
)


class Token(NamedTuple):
    """A word or mark. ``lower`` is its lower-cased form with straight apostrophes."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def tokens(text: str, span: Span) -> list[Token]:
    """The words and marks of ``span``, in order; white space is between them."""
    return [
        Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'"))
        for m in _TOKEN.finditer(text, span.start, span.end)
    ]
