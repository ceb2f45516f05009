"""The reader: a small network that finds who says what in an English text.

In:   a text.   Out: Found, one for each attribution.
Knows nothing of: documents, claims, rules. (``session`` has the Reader; this page stays light, for a quick start.)
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from sayso.spans import Span

__all__ = ["Found", "Reads"]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution in a text, in code points. ``source`` is empty where the text names none.

    ``score``: how likely cue, source, content and their linking are right, 0 to 1; calibrated. ``sure``: what it is
    made of: how likely a cue stands there, the content is its own, the source is (or that it has none).
    """

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    sure: tuple[float, float, float] = (1.0, 1.0, 1.0)


class Reads(Protocol):
    """What finds attributions: the Reader, or a stand-in for it. ``name`` goes into ``found_by``."""

    @property
    def name(self) -> str: ...

    def read(self, text: str) -> tuple[Found, ...]:
        """The attributions of a text, in the order of their cues."""
        ...
