"""Whether a content cuts into a phrase: "fewer than [40 people died]", "the man who shot [Bo Dahl was tried]".

In:   a Page, where content and what is shown stand.   Out: the words that were cut off, each with what they do.
Knows nothing of: clauses over the content, what is set off beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.clause import Clause
from sayso.vet.page import Page
from sayso.vet.phrases import FINITE

COUNTS = "counts it otherwise"
_SUBJECT = "is what it is said of"
_NUMBER = (
    r"(?:\d[\d.,]*|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|dozen)"
)
_BOUND = re.compile(
    r"\b(?:(?:no |not )?(?:fewer|less|more|greater|higher|lower|longer) than|at (?:the )?(?:most|least)|up to"
    r"|as (?:many|few|much|little) as|under|over|below|above|short of|in excess of|a maximum of|a minimum of"
    r"|the first|the last|the other"
    rf"|{_NUMBER} (?:in|of|out of)(?: the| every| these| those| its| their)?|(?:between|from) {_NUMBER} (?:and|to)"
    rf"|{_NUMBER} (?:to|or|and|per cent of|percent of)|{_NUMBER} ?[–—-]|\d ?% of)\s*\Z",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\s*(?:[–—-]\s?\d|(?:to|or) {_NUMBER}\b|(?:out of|in|of) (?:every )?{_NUMBER}\b"
    r"|(?:hundred|thousand|million|billion|trillion|dozen|m|bn|k|per cent|percent|percentage)\b|%)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\s*(?:by|in|on|to|at|of|from|among|under|during|with|about|against) (?P<no>no|none|nobody|nothing|neither)\b"
    r"(?! (?:time|avail|cost|charge|fault|doubt|reason|particular|small|uncertain|more|less|fewer|later|longer)\b)",
    re.IGNORECASE,
)
_ENDS_IN_NUMBER = re.compile(rf"(?:\d|\b{_NUMBER})\Z", re.IGNORECASE)
_REACH = 32  # characters before a content that a bound may take
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def edges(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """The words that a content is cut off from and that change it."""
    first, last = content[0], content[-1]
    found = (_bound(page, first), _range(page, last), _none(page, last), _subject(Clause(page, content, shown)))
    own = (*content, *shown)
    yield from (r for r in found if r is not None and not any(s.overlaps(o) for s in r.spans for o in own))


def _bound(page: Page, first: Span) -> Reason | None:
    """ "Fewer than [40 people died]", "one in [ten men fled]": right before a number."""
    syntax = page.syntax
    inside = [t for t in syntax.within(first)[:2] if syntax.upos[t] != "PUNCT"]
    numbers = [t for t in inside if syntax.upos[t] == "NUM" or syntax.form(t)[:1].isdigit()]
    if not numbers or (numbers[0] != inside[0] and syntax.upos[inside[0]] not in ("DET", "PRON", "SYM")):
        return None
    start = max(page.sentence_at(first.start).start, first.start - _REACH)
    match = _BOUND.search(page.text, start, first.start)
    return (
        Reason(spans=(Span(match.start(), match.start() + len(match.group().rstrip())),), why=COUNTS) if match else None
    )


def _range(page: Page, last: Span) -> Reason | None:
    """ "[The rebels took 30] to 40 villages", "[it cost 3] million"."""
    if not _ENDS_IN_NUMBER.search(page.text, last.start, last.end):
        return None
    match = _RANGE.match(page.text, last.end, page.sentence_at(last.start).end)
    return Reason(spans=(_stripped(match),), why=COUNTS) if match else None


def _none(page: Page, last: Span) -> Reason | None:
    """ "[Bo Dahl was arrested] by nobody"."""
    match = _NONE.match(page.text, last.end, page.sentence_at(last.start).end)
    return Reason(spans=(Span(*match.span("no")),), why="negated") if match else None


def _subject(clause: Clause) -> Reason | None:
    """ "Three of [the ten men died]", "the man who shot [Bo Dahl was tried]": whom or what the verb speaks of is left
    out, and another stands in that place.
    """
    syntax, top, own = clause.page.syntax, clause.top, clause.own
    if top is None or clause.begins >= top or not any(syntax.xpos[t] in FINITE for t in own):
        return None
    outside = [k for k in syntax.children(top) if syntax.rel[k].startswith("nsubj") and k < own.start]
    inside = any(
        syntax.rel[k].startswith(("nsubj", "expl", "csubj")) for t in own for k in syntax.children(t) if k in own
    )
    first = next((t for t in own if syntax.upos[t] in _NOMINAL), None)
    if not outside or inside or first is None or first > top or syntax.xpos[outside[0]].startswith("W"):
        return None
    between = clause.page.text[syntax.end[outside[-1]] : syntax.start[own.start]]
    return None if re.search(r"[,;:]", between) or clause.is_shown(outside[0]) else clause.reason(outside[0], _SUBJECT)


def _stripped(match: re.Match[str]) -> Span:
    start = match.end() - len(match.group().lstrip())
    return Span(start, match.end())
