"""Find adverbials: what may stand between a cue and its content or close a noun phrase.

In:   a Line, a place in it.   Out: token indices.
Knows nothing of: noun phrases, cues.
"""

from __future__ import annotations

from sayso.extract.lines import Line

_AIR = frozenset(("television", "tv", "radio", "facebook", "twitter", "telegram", "air", "phone", "podcast", "blog"))
_CONTENT_MARKS = frozenset(("that", '"', ":", ",", ".", "whether", "how", "why", ""))


def skip_adverbials(line: Line, start: int, limit: int) -> int:
    """Past what may stand between a cue and its content: "on Tuesday", "in a statement to the Post"."""
    words = line.lexicon.words
    i = start
    while i < limit:
        word = line.lower(i)
        dated = line.date_at(i)
        if dated is not None:
            i = dated + 1
        elif (word in words.times and word not in ("may", "march", "last", "next")) or (
            line.is_adverb(i)
            and word not in words.negations
            and (line.lower(i + 1) in _CONTENT_MARKS or line.lower(i + 1) in words.prepositions)
        ):
            i += 1
        elif word in (
            "in",
            "on",
            "at",
            "during",
            "by",
            "last",
            "this",
            "earlier",
            "via",
            "after",
            "to",
            "through",
            "late",
        ):
            end = _adverbial_end(line, i, limit)
            if end is None:
                return i
            i = end
        else:
            return i
    return i


def _adverbial_end(line: Line, start: int, limit: int) -> int | None:
    """The token after an adverbial of time or occasion, or None if it is no such thing."""
    words = line.lexicon.words
    ahead = range(start + 1, min(limit, start + 14))
    occasions = _AIR if line.lower(start) == "on" else words.occasions  # "comment on the report" is no occasion
    if not any(line.lower(j) in words.times or line.lower(j) in occasions for j in list(ahead)[:6]):
        return None
    for j in ahead:
        if line.lower(j) in ("that", '"', ":", ",", ".", "whether", "how", "why", "as") or (
            j > start + 1
            and line.lower(j) in words.determiners | words.pronouns
            and line.lower(j - 1) not in words.prepositions
        ):
            return j
    return min(limit, start + 14) if start + 14 >= limit else None


def opens_adverbial(line: Line, i: int) -> bool:
    words = line.lexicon.words
    if line.date_at(i) is not None:
        return True
    for j in range(i + 1, min(len(line), i + 4)):
        if line.lower(j) in words.times or line.lower(j) in words.occasions:
            return True
        if line.tokens[j].is_capital:
            return False
    return False
