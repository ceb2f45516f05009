"""Say how sure a source is of what it says, as far as the cue and the first verbs tell.

In:   a Draft and the text.   Out: Factuality (FactBank), relative to the source.
Knows nothing of: events inside the content (resolve).
"""

from __future__ import annotations

import re

from sayso.extract.drafts import Draft
from sayso.records import Factuality

_NO_ONE = re.compile(r"(?:nobody|no one|none|no|not|neither|few|hardly any\w*)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.?!—]")  # a hedge further on is of something said in passing
_POSSIBLE = re.compile(r"\b(?:may|might|could|can|possibly|perhaps)\b", re.IGNORECASE)
_PROBABLE = re.compile(r"\b(?:probably|likely|appears?|appeared|seems?|seemed|apparently)\b", re.IGNORECASE)


def factuality_of(draft: Draft, text: str) -> Factuality:
    """The value of the cue, lowered by a hedge in the content. A source that is none ("nobody said that"): Uu."""
    if any(_NO_ONE.match(text, span.start, span.end) for span in draft.source):
        return "Uu"
    if draft.factuality != "CT+":
        return draft.factuality
    content = _CLAUSE_END.split(" ".join(span.of(text) for span in draft.content), maxsplit=1)[0]
    if _POSSIBLE.search(content):
        return "PS+"
    if _PROBABLE.search(content):
        return "PR+"
    return "CT+"
