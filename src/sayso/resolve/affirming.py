"""What a "this" takes up: "this was indeed a deliberate policy" speaks of what the claim before it says.

In:   Syntax, Claims in text order.   Out: for each claim a Reason that points there, or None.
Knows nothing of: whether either is so; who the sources are.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.parse import Parsed
from sayso.records import Claim, Reason
from sayso.syntax import Syntax

WHY = "takes up what was said before"
_TAKING_UP = frozenset(("this", "that"))


def taken_up(parsed: Parsed, syntax: Syntax, claims: Sequence[Claim]) -> tuple[Reason | None, ...]:
    """The word that takes something up and the content it takes up; that of the sentence right before, no other."""
    return tuple(_taken_up(parsed, syntax, claim, claims) for claim in claims)


def _taken_up(parsed: Parsed, syntax: Syntax, claim: Claim, claims: Sequence[Claim]) -> Reason | None:
    word = _opening(syntax, claim)
    if word is None or claim.kind == "authorial":
        return None
    here = next((n for n, s in enumerate(parsed.sentences) if s.contains(syntax.span(word))), 0)
    if here == 0 or any("\n\n" in parsed.text[s.end : syntax.start[word]] for s in parsed.sentences[here - 1 : here]):
        return None
    before = parsed.sentences[here - 1]
    said = [c for c in claims if c.kind != "authorial" and c.via is None and before.contains(c.content.spans[-1])]
    return Reason(spans=(syntax.span(word), *said[-1].content.spans), why=WHY) if said else None


def _opening(syntax: Syntax, claim: Claim) -> int | None:
    """The "this" that opens a content as the subject of a predicate without a verb of its own: "this was a policy"."""
    own = syntax.within(claim.content.spans[0])
    first = next((t for t in own if syntax.upos[t] not in ("PUNCT", "SCONJ")), None)
    if first is None or syntax.lemma[first].lower() not in _TAKING_UP or not syntax.rel[first].startswith("nsubj"):
        return None
    return first if any(syntax.rel[k] == "cop" for k in syntax.children(syntax.head[first])) else None
