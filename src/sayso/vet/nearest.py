"""What differs between words that are not in the text and the words there that come nearest: the reason for a no.

In:   a Page, words.   Out: a sentence for a person, and the place it is about.
Knows nothing of: whether they should have been found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from sayso.spans import Span
from sayso.vet.page import Page
from sayso.vet.placing import Wanted

_FEW = 0.5  # of the words of a claim, for a stretch of the text to be what it may be of
_NEGATING = frozenset(
    ("not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "failed", "denied")
)
_LONGEST = 160


def difference(page: Page, want: Wanted) -> tuple[str, tuple[Span, ...]]:
    """The first thing that differs, in words; and where it is in the text, if anything there comes near."""
    norms = [word.norm for word in want.words]
    near = _nearest(page, norms)
    if near is None:
        return "the text has no such passage", ()
    first, last = near
    theirs = [word.norm for word in page.words[first : last + 1]]
    matcher = SequenceMatcher(None, theirs, norms, autojunk=False)
    parts = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    inner = [op for op in parts if not (op[0] == "delete" and (op[1] == 0 or op[2] == len(theirs)))]
    if not inner:
        return "its words stand apart in the text, or run over the end of a sentence", (page.span(first, last),)
    ops = sorted(inner, key=lambda op: not set(theirs[op[1] : op[2]] + norms[op[3] : op[4]]) & _NEGATING)
    _, a, b, c, d = ops[0]
    own = want.text[want.words[c].start : want.words[d - 1].end] if d > c else ""
    there = page.span(first + a, first + b - 1) if b > a else None
    place = (there or page.span(first, last),)
    text = " ".join(there.of(page.text).split())[:_LONGEST] if there else ""
    own = " ".join(own.split())[:_LONGEST]
    if not text:
        return f"“{own}” is not in the text there", place
    if not own:
        return f"the text has “{text}”, which the claim leaves out", place
    return f"the text has “{text}”, the claim “{own}”", place


def _nearest(page: Page, norms: Sequence[str]) -> tuple[int, int] | None:
    """The sentence or two that share most words with a claim, as first and last word."""
    wanted = Counter(norms)
    best, found = 0, None
    bounds = [0, *sorted(w for w in page.ends if 0 < w < len(page.words)), len(page.words)]
    shares = [sum((wanted & Counter(w.norm for w in page.words[a:b])).values()) for a, b in pairwise(bounds)]
    for number, share in enumerate(shares):
        if share > best:
            best, found = share, (bounds[number], bounds[number + 1] - 1)
    return found if best >= _FEW * len(norms) else None
