"""An attribution before it is a Claim.

In:   spans.   Out: Draft.
Knows nothing of: how the spans were found, what the cue does.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.spans import Span

Rule = Literal["aside", "authorial", "continued", "hearing", "hearsay", "inside", "phrase", "signed", "turn"]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution before it is a Claim. ``by``: what found it; ``score`` is the reader's, None for a rule."""

    by: Literal["reader"] | Rule
    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    addressee: Span | None = None
    score: float | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        own = tuple(s for s in (*self.source, self.cue, self.addressee) if s)
        return (*own, *self.content)
