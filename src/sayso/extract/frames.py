"""Find who each cue of a sentence is about, and where one attribution must end for the next to begin.

In:   a Line, its Cues.   Out: Frames.
Knows nothing of: contents.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.extract.adverbials import skip_adverbials
from sayso.extract.cues import Cue
from sayso.extract.lines import FINAL, QUESTIONS, Line, Pair
from sayso.extract.phrases import phrase_after, possessor, subject_before

_OWN_SUBJECTS = frozenset(("he", "she", "they", "we", "i"))
_CONTRAST = frozenset(("but", "while", "though", "although", "whereas", "and", "yet"))


class Frame(msgspec.Struct, kw_only=True):
    """What is known of a cue while the sentence is worked out. Pairs are first and last token."""

    cue: Cue
    subject: Pair | None = None
    begins: int = 0  # token where this attribution begins (its subject or cue)
    inverted: Pair | None = None
    conditional: bool = False  # "if she says that …"
    sister: int | None = None  # token where an earlier content must end for this attribution to begin


def frame_of(line: Line, cue: Cue, earlier: Sequence[Frame]) -> Frame:
    frame = Frame(cue=cue, begins=cue.first)
    before = line.lower(cue.first - 1)
    if cue.voice == "passive":
        _passive_frame(line, frame, earlier)
    elif cue.voice in ("active", "ing"):
        if cue.voice == "active" and (pair := _inverted(line, cue)):
            frame.inverted = pair
        elif cue.voice == "ing" and before == "as":
            frame.subject = _quoted(line, cue)
        elif cue.voice != "ing" or before not in (",", "and", "but"):
            floor = _after_preposition(line, cue.first - 1) if cue.voice == "ing" else 0
            frame.subject = subject_before(line, cue.first - 1, floor)
        if frame.subject is None and frame.inverted is None:
            frame.subject = _shared(line, cue, earlier)
            if frame.subject is not None:
                frame.sister = _cut_before(line, cue.first)
        elif frame.subject is not None:
            frame.begins = frame.subject[0]
            frame.conditional = line.lower(frame.begins - 1) in ("if", "unless", "lest")
            if line.lower(frame.begins - 1) in _CONTRAST and line.lower(frame.begins - 2) == ",":
                frame.sister = frame.begins - 2
            elif line.lower(frame.begins - 1) == ";":
                frame.sister = frame.begins - 1
    elif cue.voice == "preposition" and before == ",":
        frame.sister = cue.first - 1
    elif cue.voice == "noun" and (owner := possessor(line, cue.first)):
        frame.begins = owner[0]
    return frame


def _passive_frame(line: Line, frame: Frame, earlier: Sequence[Frame]) -> None:
    """Who or what the passive is about; "… and accused of …" shares that with the passive before it."""
    cue = frame.cue
    if earlier and earlier[-1].cue.voice == "noun":
        frame.subject = (earlier[-1].begins, cue.first - 1)  # "Voss's claim that … was rejected by …"
        return
    frame.subject = subject_before(line, cue.first - 1, 0)
    if frame.subject is None and line.lower(cue.first - 1) in ("and", "or", ","):
        shared = next((f.subject for f in reversed(earlier) if f.cue.voice == "passive"), None)
        if shared:
            frame.subject, frame.sister = shared, _cut_before(line, cue.first)
    elif frame.subject:
        first, last = frame.subject
        if line.lower(first - 1) == "," and line.lower(first) in ("a", "an", "the"):
            whole = subject_before(line, first - 2, 0)
            named = whole is not None and line.tokens[first - 2].is_capital
            if whole and named and cue.first == cue.head and line.lower(cue.last + 1) != "by":
                first = whole[0]
            else:
                frame.sister = first - 1
        frame.subject = (first, last)
        frame.begins = first


def _quoted(line: Line, cue: Cue) -> Pair | None:
    """Who speaks in "the director was quoted by Radio Sarn as saying", "the paper quoted a guard as saying"."""
    for i in range(cue.first - 2, max(0, cue.first - 15), -1):
        if line.lower(i) in ("quoted", "cited"):
            if line.lower(i - 1) in line.lexicon.words.be:
                return subject_before(line, i - 2, 0)
            return (i + 1, cue.first - 2) if i + 1 <= cue.first - 2 else None
    return None


def _after_preposition(line: Line, end: int) -> int:
    """Where the noun phrase right before "… countries acknowledging" may begin: what stands before its
    preposition is another's."""
    for i in range(end - 1, -1, -1):
        if line.lower(i) in line.lexicon.words.prepositions - {"of"}:
            return i + 1
    return 0


def _cut_before(line: Line, first: int) -> int:
    """Where the content before "…, and added" ends: at the conjunction or its comma."""
    at = first
    while line.lower(at - 1) in _CONTRAST | {",", "then", "also"} and at > 0:
        at -= 1
    return at


def _shared(line: Line, cue: Cue, earlier: Sequence[Frame]) -> Pair | None:
    """The subject of a cue that has none of its own: that of the cue before it, or of the sentence."""
    joined = line.lower(cue.first - 1) in _CONTRAST | {",", "or", "then"} or cue.voice == "ing"
    if not joined:
        return None
    last = earlier[-1].cue.last if earlier else -1
    for i in range(cue.first - 2, last + 1, -1):
        if line.lower(i) in _OWN_SUBJECTS and line.lower(i - 1) in (",", "and", "but"):
            return (i, i)  # "…, I laughed and said": nearer than the source before
    for frame in reversed(earlier):
        if frame.cue.voice in ("active", "ing") and (frame.inverted or frame.subject):
            return frame.inverted or frame.subject
    for i in range(1, cue.first):
        if line.quoted[i] < 0 and line.is_finite(i) and (subject := subject_before(line, i - 1, 0)):
            return subject
    return None


def _inverted(line: Line, cue: Cue) -> Pair | None:
    """The source after the cue: "…," said Ana Orlec, the mayor."""
    before = line.lower(cue.first - 1)
    if "addressee" in cue.takes and before != '"':
        return None  # "…, the director, told Halyard"
    if (
        "left" not in cue.takes
        or before not in ('"', ",", "—", "--", "?", "!")
        or cue.first != cue.head
        or cue.first == 0
    ):
        return None
    last = phrase_after(line, cue.last + 1, len(line))
    if last is None or line.lower(cue.last + 1) in QUESTIONS | {"that"}:
        return None
    after = line.lower(last + 1)
    closes = after in FINAL | {"", ",", ";", '"', "who", "as", "when", "during", "after", "before", "to", "—"}
    if not closes and skip_adverbials(line, last + 1, len(line)) == last + 1:
        return None
    if before == "," and after == '"':
        return None  # "Idris, the minister, said that the “…”"
    opens = line.tokens[cue.last + 1]
    is_name = opens.is_capital or opens.lower in line.lexicon.words.determiners | line.lexicon.words.pronouns
    is_role = any(line.lower(j) in line.lexicon.head_types for j in range(cue.last + 1, last + 1))
    return (cue.last + 1, last) if is_name or is_role else None
