"""The reader: a small network that finds who says what in an English text, and how its words hang together.

In:   a text, its sentences.   Out: Reading: attributions found, and Syntax.
Knows nothing of: documents, claims, rules. (``session`` has the Reader; this page stays light, for a quick start.)
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from sayso.spans import Span
from sayso.syntax import Syntax

__all__ = ["Found", "Reading", "Reads"]

# onnxruntime, from 1.29 on, tells its maker what it runs and on which machine. Only this keeps it wholly from that (its
# function for it does not), and only if it is said before the runtime is loaded: this page comes before `session`.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution in a text, in code points. ``source`` is empty where the text names none.

    ``score``: how likely cue, source, content and their linking are right, 0 to 1; calibrated. ``sure``: what it is
    made of: how likely a cue stands there, the content is its own, the source is (or that it has none). ``inner``: it
    lies inside the content of another.
    """

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    sure: tuple[float, float, float] = (1.0, 1.0, 1.0)
    inner: bool = False


@dataclass(frozen=True)
class Reading:
    """What the reader makes of a text: attributions in the order of their cues, and the syntax of its sentences."""

    found: tuple[Found, ...]
    syntax: Syntax


class Reads(Protocol):
    """What reads: the Reader, or a stand-in for it. ``name`` goes into ``found_by``."""

    @property
    def name(self) -> str: ...

    def read(self, text: str, sentences: Sequence[Span]) -> Reading:
        """The attributions of a text, and the syntax of its sentences (in order, apart from each other)."""
        ...
