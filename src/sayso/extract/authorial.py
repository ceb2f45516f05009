"""Find what the author asserts without any source, rhetorical questions among it.

In:   sentences and the attributions in them.   Out: Drafts without source and cue.
Knows nothing of: how the attributions were found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.extract.drafts import Draft
from sayso.extract.lines import Line
from sayso.spans import Span, trimmed, without

_WORD = re.compile(r"\w+")
_EDGE = " \t\r\n\f\v\u00a0,;:–—-()"
_JOIN = re.compile(r"(?:and|or|but|while|as|that|which|by)\b", re.IGNORECASE)
_DANGLING = re.compile(r"(?<!\w)(?:and|or|but|which|that|who|whether|when|as|by|to|of|where|it)\Z", re.IGNORECASE)
_LEFT = re.compile(  # before an attribution: "fired Mr Dunn hours after [he said …]"
    r"(?<!\w)(?:(?:(?:moments?|minutes?|hours?|days?|weeks?|months?|years?|shortly|soon|just) )?(?:after|before)"
    r"|amid|over|for|from|with|on|in|at|about|against|into|because|since|until|while)\Z",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\s*[.,;!?]")
# What begins so has lost its subject to the attribution beside it, or describes the source.
_FRAGMENT = re.compile(r"(?:who|whose|whom|where|is|are|was|were|has|have|had|to|not)\b", re.IGNORECASE)
# A date at the edge of what is left over dates the attribution beside it.
_DAY_WORD = (
    r"(?:\d+(?:st|nd|rd|th)?|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?|May"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_LAST_DATE = re.compile(rf"(?<![\s,])[\s,]*\b(?:in|on|since|by)\s+{_DAY_WORD}(?:[\s,]+{_DAY_WORD})*\s*\Z")
_RELATIVE = re.compile(r",\s*(?:who|whom|whose|which)\b")
_SAYING = re.compile(r"(?:\w+ )?\w+ing", re.IGNORECASE)
_LEAD = 6  # words at most of a sentence that only leads a quotation in
_MIN_RELATIVE = 7  # "In a twist that embarrasses the council" says something, "A question that" does not
_MIN_WORDS = 4  # fewer left over beside an attribution are glue ("In a further twist", "on Monday")


def authorial(line: Line, drafts: Sequence[Draft]) -> Draft | None:
    """What is left of a sentence once the attributions in it are taken out; None if that asserts nothing."""
    taken = [span for draft in drafts for span in draft.spans]
    if not taken:
        pieces = [] if _leads_in(line) else _whole(line)
    else:
        parts = without(line.span, taken)
        pieces = _around_relative(line, parts) or [piece for part in parts if (piece := _clause(line, part))]
        pieces = pieces or _deed(line, parts, drafts)
    if not pieces:
        return None
    return Draft(by="authorial", source=(), cue=None, content=tuple(pieces))


def _around_relative(line: Line, parts: Sequence[Span]) -> list[Span]:
    """ "Orlec, who guards say fled, was held": what is said of Orlec by the author, around what the guards say."""
    own = [span for part in parts if (span := trimmed(line.text, part.start, part.end, _EDGE + "."))]
    if len(own) != 2 or not _RELATIVE.match(line.text, own[0].end):
        return []
    first = next((i for i, token in enumerate(line.tokens) if token.start >= own[1].start), None)
    finite = first is not None and line.is_finite(first)
    return own if finite and len(_WORD.findall(line.text, own[1].start, own[1].end)) > 1 else []


def _deed(line: Line, parts: Sequence[Span], drafts: Sequence[Draft]) -> list[Span]:
    """ "The council closed the bridge, saying it was unsafe": that it closed the bridge, with who did it."""
    text = line.text
    for draft in drafts:
        if draft.cue is None or len(draft.source) != 1 or not _SAYING.fullmatch(draft.cue.of(text)):
            continue
        who = draft.source[0]
        rest = next(
            (p for part in parts if (p := trimmed(text, part.start, part.end, _EDGE)) and p.start > who.end - 1), None
        )
        if rest is None or rest.start - who.end > 1 or rest.end > draft.cue.start or _DANGLING.search(rest.of(text)):
            continue
        first = next((i for i, token in enumerate(line.tokens) if token.start >= rest.start), None)
        if first is not None and line.is_finite(first) and len(_WORD.findall(rest.of(text))) >= _MIN_WORDS - 1:
            return [Span(who.start, rest.end)]
    return []


def _leads_in(line: Line) -> bool:
    """ "The embassy tweeted:" says nothing; what is said comes after it."""
    last = len(line.tokens) - 1
    return last > 0 and line.lower(last) == ":" and line.lower(last - 1) in line.lexicon.verb_forms and last <= _LEAD


def _whole(line: Line) -> list[Span]:
    """The sentence without its final period; questions and exclamations keep their mark."""
    text = line.span.of(line.text)
    end = line.span.end - 1 if text.endswith(".") and not text.endswith("..") else line.span.end
    if len(_WORD.findall(text)) < 2:
        return []
    span = trimmed(line.text, line.span.start, end)
    return [span] if span else []


def _clause(line: Line, part: Span) -> Span | None:
    """The part, if it says something by itself: a verb and enough words."""
    text = line.text
    span = trimmed(text, part.start, part.end, _EDGE + ".")
    while span and (join := _JOIN.match(text, span.start, span.end)):
        span = trimmed(text, join.end(), span.end, _EDGE)
    if span and (date := _LAST_DATE.search(span.of(text))):
        span = trimmed(text, span.start, span.start + date.start(), _EDGE)
    goes_on = span is not None and _CLOSED.match(text, span.end) is None
    while span and (dangling := _DANGLING.search(span.of(text)) or (goes_on and _LEFT.search(span.of(text)))):
        span = trimmed(text, span.start, span.start + dangling.start(), _EDGE)
    if span is None or _FRAGMENT.match(text, span.start, span.end):
        return None
    if len(_WORD.findall(text, span.start, span.end)) < _MIN_WORDS - 1:
        return None
    inside = [i for i, token in enumerate(line.tokens) if span.start <= token.start < span.end]
    if goes_on and inside and line.is_finite(inside[-1]) and len(inside) < _MIN_WORDS:
        return None  # "The mayor got", whose object is taken
    relative = len(inside) > _MIN_RELATIVE and any(line.lower(i) in ("that", "which", "who") for i in inside[1:-1])
    if not relative and not any(line.is_finite(i) for i in inside[1:]):
        return None
    return span
