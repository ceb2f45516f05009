"""Contents of cues that are no verbs: "according to", "reportedly", "the union's claim that".

In:   a Line, its Frames.   Out: Drafts.
Knows nothing of: other sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.adverbials import skip_adverbials
from sayso.extract.bounds import content_end, make
from sayso.extract.drafts import Draft
from sayso.extract.frames import Frame
from sayso.extract.lines import FINAL, Line, Pair
from sayso.extract.phrases import phrase_after, possessor


def according(line: Line, frame: Frame, later: Sequence[Frame]) -> Draft | None:
    cue = frame.cue
    opening = (
        cue.first == 0
        or (cue.first == 1 and not line.tokens[0].is_capital)
        or line.lower(cue.first - 1) in ("but", "and", "that", ":", ";")
    )
    last = _prepositional_source(line, cue.last + 1, opening=opening)
    if last is None or (last == cue.last + 1 and _is_measure(line, last)):
        return None
    source = (cue.last + 1, last)
    start = skip_adverbials(line, last + 1, len(line))
    if opening:
        start = start + 1 if line.lower(start) == "," else start
        return (
            make(line, frame, "according-to", source, [(start, content_end(line, start, later))])
            if start < len(line)
            else None
        )
    end = cue.first - 1
    if line.lower(end) in (",", "—", "--"):
        end -= 1
    content = [(0, end)] if end >= 0 else []
    no_verb = not any(line.is_finite(i) for i in range(1, end + 1))
    if no_verb and line.lower(start) == "," and start + 1 < len(line):
        content.append((start + 1, content_end(line, start + 1, later)))
    return make(line, frame, "according-to", source, content)


def _is_measure(line: Line, i: int) -> bool:
    """ "according to rank", "to plan": a bare singular noun is a rule, not somebody."""
    word = line.tokens[i]
    known = word.lower in line.lexicon.head_types or word.lower in line.lexicon.words.pronouns
    return word.text.islower() and not word.lower.endswith("s") and not known


def _prepositional_source(line: Line, start: int, *, opening: bool) -> int | None:
    """Where the source after "according to" ends; without a comma, a date or a new noun phrase ends it."""
    last = phrase_after(line, start, len(line))
    if last is not None and not opening and line.lower(last + 1) == "who":
        while last + 1 < len(line) and line.lower(last + 1) not in FINAL | {",", ";", '"', "—", "--"}:
            last += 1
    if last is None or not opening or line.lower(last + 1) == "," or line.date_at(last + 1) is not None:
        return last
    words = line.lexicon.words
    for i in range(start + 1, last + 1):
        if line.lower(i) in words.determiners | words.pronouns and line.lower(i - 1) not in words.prepositions:
            return i - 1
    return last


def adverb(line: Line, frame: Frame, later: Sequence[Frame], earlier: Sequence[Frame]) -> Draft | None:
    first = 0
    for other in earlier:
        if other.cue.voice == "active":
            return None  # "Smith said the guards allegedly left": Smith's words, a hedge of his
    at = frame.cue.first
    content = [(first, at - 1)] if at > first else []
    if at + 1 < len(line):
        content.append((at + 1, content_end(line, at + 1, later)))
    return make(line, frame, "adverb", None, content)


def noun(line: Line, frame: Frame, later: Sequence[Frame], earlier: Sequence[Frame]) -> Draft | None:
    at = frame.cue.first
    source: Pair | None = None
    spoken = any(0 < at - f.cue.last <= 8 and f.cue.voice == "active" for f in earlier)
    if spoken and line.lower(at) in line.lexicon.words.occasions:
        return None  # "said in a statement that …": the statement is where it was said
    if line.lower(at + 1) in ("by", "from"):
        last = phrase_after(line, at + 2, len(line))
        if last is None or line.lower(last + 1) != "that":
            return None
        source, start = (at + 2, last), last + 1
    else:
        start = at + 1
        source = possessor(line, at)
    if source is None and frame.cue.act in ("believe", "want"):
        return None  # "the idea that …" is nobody's
    last = content_end(line, start, later)
    if not any(line.is_finite(i) for i in range(at)):
        last = _clause_end(line, start, last)
    return make(line, frame, "noun", source, [(start, last)])


def _clause_end(line: Line, start: int, last: int) -> int:
    """The last token of the clause at ``start`` that is itself the subject: it ends before the second verb."""
    words = line.lexicon.words
    helpers = words.be | words.auxiliaries | words.modals
    verbs, waiting = 0, False  # waiting: auxiliaries of the current verb group have been seen, its main verb not yet
    for i in range(start + 2, last + 1):
        if not line.is_finite(i):
            waiting = waiting and line.is_adverb(i)
            continue
        if not waiting:
            if verbs and line.lower(i - 1) not in words.conjunctions | words.subordinators | {"to", "not"}:
                return i - 1
            verbs += 1
        waiting = line.lower(i) in helpers
    return last
