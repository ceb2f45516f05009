"""An attribution before it is a Claim.

In:   spans and what the cue says of them.   Out: Draft.
Knows nothing of: how the spans were found.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records import Factuality, SpeechAct
from sayso.spans import Span


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution before it is a Claim. ``by``: what found it; ``score`` is the reader's, None for a rule."""

    by: Literal["reader", "turn", "authorial"]
    act: SpeechAct
    factuality: Factuality
    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    addressee: Span | None = None
    dates: tuple[Span, ...] = ()  # with their prepositions, outside the content
    score: float | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        own = tuple(s for s in (*self.source, self.cue, self.addressee) if s)
        return (*own, *self.content)
