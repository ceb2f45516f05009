"""An attribution before it is a Claim.

In:   spans.   Out: Draft.
Knows nothing of: how the spans were found, what the cue does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from sayso.spans import Span, trimmed
from sayso.syntax import Syntax

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

    @property
    def words(self) -> tuple[Span, ...]:
        """Cue and content: a source may be that of several."""
        return (*((self.cue,) if self.cue else ()), *self.content)


def drafted(syntax: Syntax, by: Rule, who: Sequence[int], cue: range, said: range) -> Draft | None:
    """The Draft of tokens of a text; ``who`` may be none. None where nothing is said."""
    content = trimmed(syntax.text, syntax.start[said.start], syntax.end[said.stop - 1], " ,.;:\t\r\n") if said else None
    if content is None:
        return None
    source = (Span(syntax.start[who[0]], syntax.end[who[-1]]),) if who else ()
    return Draft(by=by, source=source, cue=Span(syntax.start[cue.start], syntax.end[cue.stop - 1]), content=(content,))


def beside(said: Sequence[Draft], found: Iterable[Draft]) -> list[Draft]:
    """All that is said, and of what was found what has none of its words, nor of another found before."""
    taken = [span for draft in said for span in draft.words]
    kept: list[Draft] = []
    for new in found:
        if not any(span.overlaps(own) for span in taken for own in new.words):
            kept.append(new)
            taken += new.words
    return [*said, *kept]
