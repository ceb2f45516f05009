"""Whether a word that negates, hedges or sets a condition reaches as far as an attribution in its sentence.

In:   a Page, a word, the event it is said to bear on, where source and cue stand.   Out: yes or no.
Knows nothing of: what the word does to the event where it reaches it.

A guessed tree hangs half a sentence from a verb that has no say over it. What is told beside a main clause ("While he
admitted that …, she did not say so") and what is taken as known ("the minister's claim that … may be forgotten") stands
whatever is done to the rest (Karttunen 1974 calls such places plugs and holes).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.page import Page

_APART = re.compile(r"[;—–―\n]|--| - ")  # what parts a sentence into two that stand side by side
_SET_OFF = re.compile(r"[,;:—–―]|--| - ")
_OPEN = frozenset(
    ("possible", "probable", "under a condition", "a condition", "a question", "should", "must", "future")
)
_SAME_TIME = frozenset(
    ("when", "while", "as", "once", "before", "until", "where", "by", "in", "with", "like", "during")
)
_RELATIVES = ("WP", "WDT", "WP$")
_COMPLEMENTS = ("ccomp", "xcomp", "csubj", "csubj:pass", "obj", "nsubj", "nsubj:pass")


def reaches(page: Page, reason: Reason, event: int, shown: Sequence[Span]) -> bool:
    """Does what a reason tells of bear on an event, as far as the tree and the marks between them tell?

    ``shown``: the words of the claim's source and cue.
    """
    syntax = page.syntax
    path = [event, *syntax.ancestors(event)]
    tokens = syntax.within(reason.spans[0])
    if not tokens:
        return True
    at = next((n for token in tokens for n in (_joins(page, token, path),) if n is not None), None)
    if at is None:
        return True
    return not any(_parts(page, child, head, reason, shown) for child, head in pairwise(path[: at + 1]))


def _joins(page: Page, token: int, path: Sequence[int]) -> int | None:
    """The number of the word on a path that a word is, or hangs from."""
    for above in (token, *page.syntax.ancestors(token)):
        if above in path:
            return path.index(above)
    return None


def _parts(page: Page, child: int, head: int, reason: Reason, shown: Sequence[Span]) -> bool:
    """Does what a word does end between a head and what hangs from it?"""
    syntax = page.syntax
    rel = syntax.rel[child]
    if rel == "root":
        return True  # a guess at odds with itself: a sentence of its own
    if _is_known(page, child, shown):
        return True
    if rel not in _COMPLEMENTS and _stands_apart(page, child, reason):
        return True
    return rel in ("advcl", "acl") and _is_beside(page, child, head, reason)


def _is_known(page: Page, noun: int, shown: Sequence[Span]) -> bool:
    """ "The minister's claim that …": a cue that is a noun with its source as its owner."""
    syntax, span = page.syntax, page.syntax.span(noun)
    if syntax.upos[noun] != "NOUN" or not any(own.contains(span) for own in shown):
        return False
    owners = [k for k in syntax.children(noun) if syntax.rel[k] == "nmod:poss"]
    return any(own.overlaps(syntax.span(k)) for k in owners for own in shown)


def _stands_apart(page: Page, child: int, reason: Reason) -> bool:
    """Is there a dash or a semicolon between a word and all that hangs from the child?"""
    syntax, place = page.syntax, reason.spans[0]
    below = sorted({child, *syntax.subtree(child)})
    first, last = syntax.start[below[0]], syntax.end[below[-1]]
    if place.end <= first:
        return _APART.search(page.text, place.end, first) is not None
    return place.start >= last and _APART.search(page.text, last, place.start) is not None


def _is_beside(page: Page, child: int, head: int, reason: Reason) -> bool:
    """Does a clause tell something beside the one it hangs from: "while …", "…, saying that", "…, who said that"?"""
    syntax = page.syntax
    kids = syntax.children(child)
    if any(syntax.xpos[k] in _RELATIVES and syntax.rel[k].startswith("nsubj") and k < child for k in kids):
        return True
    joining = [k for k in kids if k < child and (syntax.rel[k] in ("mark", "case") or syntax.xpos[k] == "WRB")]
    words = " ".join(syntax.form(k).lower() for k in joining)
    linkers = page.knowledge.stances.linkers
    if words in linkers:
        if linkers[words].value != "CT+":
            return False
        return reason.why not in _OPEN or words not in _SAME_TIME
    if joining or reason.why in _OPEN or syntax.xpos[child] not in ("VBG", "VBN", "VBD"):
        return False
    first = min((child, *syntax.subtree(child)))
    before = page.text[syntax.end[first - 1] if first else 0 : syntax.start[first]]
    beside = page.text[syntax.start[max(first - 1, 0)] : syntax.start[first]]
    return child > head and bool(_SET_OFF.search(before) or _SET_OFF.search(beside))
