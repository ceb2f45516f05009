"""Say how sure a source is of what it says, as far as the cue and the first verbs tell.

In:   a Draft and the text.   Out: Factuality (FactBank), relative to the source.
Knows nothing of: events inside the content (resolve).
"""

from __future__ import annotations

import re

from sayso.extract.drafts import Draft
from sayso.lexicon import Lexicon
from sayso.parse import tokens
from sayso.records import Factuality

_NO_ONE = re.compile(r"(?:nobody|no one|none|no|not|neither|few|hardly any\w*)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.?!—]")  # a hedge further on is of something said in passing
_POSSIBLE = re.compile(r"\b(?:may|might|could|can|possibly|perhaps)\b", re.IGNORECASE)
_PROBABLE = re.compile(r"\b(?:probably|likely|appears?|appeared|seems?|seemed|apparently)\b", re.IGNORECASE)


def factuality_of(draft: Draft, text: str, lexicon: Lexicon) -> Factuality:
    """The value of the cue, lowered by a modal or negation on the cue or a hedge in the content.

    A cue that is negated or only possible ("could not confirm that", "can claim that"), a source that is none
    ("nobody said that") and a condition ("if she says that") leave open what anybody holds: Uu.
    """
    if draft.source is not None and _NO_ONE.match(text, draft.source.start, draft.source.end):
        return "Uu"
    if draft.cue is not None:
        words = [t.lower for t in tokens(text, draft.cue)]
        if any(w in lexicon.words.negations or w in lexicon.words.modals or w.endswith("n't") for w in words):
            return "Uu"
    if draft.factuality != "CT+":
        return draft.factuality
    content = _CLAUSE_END.split(" ".join(span.of(text) for span in draft.content), maxsplit=1)[0]
    if _POSSIBLE.search(content):
        return "PS+"
    if _PROBABLE.search(content):
        return "PR+"
    return "CT+"
