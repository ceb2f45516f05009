"""Find speakers' turns: the paragraphs of a transcript ("WALLACE: …").

In:   Parsed.   Out: Drafts by the paragraph they make up.
Knows nothing of: what else is said in a turn.
"""

from __future__ import annotations

import re

from sayso.extract.drafts import Draft
from sayso.parse import Parsed
from sayso.spans import Span, trimmed

_TURN = re.compile(r"[“\"]?(?P<who>(?:[A-Z][A-Z.’'-]+)(?: [A-Z][A-Z.’'-]+){0,4})(?P<colon>:)\s+(?=\S)")


def speaker_turns(parsed: Parsed) -> dict[int, Draft]:
    """The turns by the start of their paragraphs. One alone is a headline, not a turn."""
    turns: dict[int, Draft] = {}
    for paragraph in parsed.paragraphs:
        match = _TURN.match(parsed.text, paragraph.span.start, paragraph.span.end)
        content = trimmed(parsed.text, match.end(), paragraph.span.end, ' \t\r\n"”') if match else None
        if match and content:
            turns[paragraph.span.start] = Draft(
                by="turn",
                source=(Span(*match.span("who")),),
                cue=Span(*match.span("colon")),
                content=(content,),
            )
    return turns if len(turns) > 1 else {}
