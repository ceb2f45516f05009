"""An attribution before it is a Claim.

In:   spans and what the cue says of them.   Out: Draft.
Knows nothing of: how the spans were found.
"""

from __future__ import annotations

import msgspec

from sayso.records import Factuality, SpeechAct
from sayso.spans import Span


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution before it is a Claim. ``open_end``: the sentence ends in a colon, the content follows it."""

    rule: str
    act: SpeechAct
    factuality: Factuality
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    addressee: Span | None = None
    dates: tuple[Span, ...] = ()  # with their prepositions, outside the content
    open_end: bool = False
    lent: Span | None = None  # content that the clause around it needs too: "George Haswani, said to be …"

    @property
    def spans(self) -> tuple[Span, ...]:
        own = tuple(s for s in (self.source, self.cue, self.addressee) if s)
        return (*own, *self.content)
