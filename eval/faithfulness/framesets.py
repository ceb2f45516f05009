"""Sentences that stand under words which a claim drops, or in somebody's mouth to whom a claim does not give them.

In:   the name of a set, a file of `frames/`.   Out: Frames by kind: marked templates (`tests.marked`) with {s} or {S}
      for a sentence, {who} or {Who} for who speaks, {other} for somebody else.
Knows nothing of: vet, where the sentences come from.

Rules are written against all sets but the second. Each was written when the rules of its day were done, and its figures
were taken before anybody looked at what goes through. What a template marks is a true claim; the bare sentence is none,
but for the kind "stated".
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SETS = ("tuned", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NEWEST = SETS[-1]
_FOLDER = Path(__file__).parent / "frames"


@dataclass(frozen=True)
class Frame:
    """``kind``: of the falsification that leaves the frame away; ``marked``: the template."""

    kind: str
    marked: str

    @property
    def is_of_two(self) -> bool:
        """Does somebody else than the speaker stand in it?"""
        return "{other}" in self.marked


@cache
def frames(name: str) -> dict[str, tuple[Frame, ...]]:
    """The frames of a set by kind."""
    read = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return {kind: tuple(Frame(kind, marked) for marked in some) for kind, some in read.items()}
