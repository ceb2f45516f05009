"""Words that hedge a claim: "reportedly", "appears to", "can claim".

In:   a Claim, the Lexicon.   Out: the hedges as they stand in its cue and content.
Knows nothing of: what they do to factuality (extract.qualify).
"""

from __future__ import annotations

from sayso.lexicon import Lexicon
from sayso.records import Claim


def hedges(claim: Claim, lexicon: Lexicon) -> tuple[str, ...]:
    """The hedging words of a claim, each once, in text order, lower case."""
    phrases = [claim.cue.text] if claim.cue else []
    phrases.append(claim.content.text)
    found = [" ".join(m.group().lower().split()) for p in phrases for m in lexicon.hedge_pattern.finditer(p)]
    return tuple(dict.fromkeys(found))
