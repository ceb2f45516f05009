"""Join each cue of a sentence with its source and content.

In:   a Line.   Out: Drafts, one per attribution, nested ones among them.
Knows nothing of: other sentences; what kind of source it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.extract.adverbials import skip_adverbials
from sayso.extract.bounds import content_end, make
from sayso.extract.cues import Cue, find_cues
from sayso.extract.drafts import Draft
from sayso.extract.frames import Frame, frame_of
from sayso.extract.lines import CONTRACTED, FINAL, QUESTIONS, Line, Pair
from sayso.extract.markers import according, adverb, noun
from sayso.extract.phrases import phrase_after, subject_before
from sayso.lexicon import Verb

_NOT_CONTENT = frozenset(
    ("in", "at", "by", "from", "under", "near", "with", "among", "during", "after", "before", "and", "or")
)


def attributions(line: Line) -> list[Draft]:
    """All attributions of one sentence."""
    frames: list[Frame] = []
    for cue in find_cues(line):
        frames.append(frame_of(line, cue, frames))
    drafts: list[Draft] = []
    if named := _name_and_colon(line):
        drafts.append(named)
    for number, frame in enumerate(frames):
        if draft := _draft(line, frame, frames[number + 1 :], frames[:number]):
            drafts.append(draft)
    return drafts


def _name_and_colon(line: Line) -> Draft | None:
    """`Lindqvist: "I warned them."`: a name, a colon and a quotation."""
    colon = next((i for i in range(1, min(len(line), 6)) if line.lower(i) == ":"), None)
    if colon is None or line.lower(colon + 1) != '"' or not all(t.is_capital for t in line.tokens[:colon]):
        return None
    last = colon + 1
    while last + 1 < len(line) and line.quoted[last + 1] == line.quoted[colon + 1]:
        last += 1
    return Draft(
        rule="colon",
        act="assert",
        factuality="CT+",
        source=line.between(0, colon - 1),
        cue=line.tokens[colon].span,
        content=(line.between(colon + 1, last),),
    )


def _draft(line: Line, frame: Frame, later: Sequence[Frame], earlier: Sequence[Frame]) -> Draft | None:
    voice = frame.cue.voice
    if voice == "preposition":
        return according(line, frame, later)
    if voice == "adverb":
        return adverb(line, frame, later, earlier)
    if voice == "noun":
        return noun(line, frame, later, earlier)
    if voice == "passive":
        return _passive(line, frame, later, earlier)
    return _active(line, frame, later, earlier)


def _active(line: Line, frame: Frame, later: Sequence[Frame], earlier: Sequence[Frame]) -> Draft | None:
    cue = frame.cue
    if "experiencer" in cue.takes:
        return _experienced(line, frame, later)
    source = frame.inverted or frame.subject
    after = (frame.inverted[1] if frame.inverted else cue.last) + 1
    addressee: Pair | None = None
    if "addressee" in cue.takes and not frame.inverted:
        addressee = _addressee(line, after)
        after = addressee[1] + 1 if addressee else after
    start = skip_adverbials(line, after, len(line))
    left = _left_content(line, frame, earlier) if "left" in cue.takes else []
    if source is None and not left:
        return None
    word = line.lower(start)
    if word == ":" or (word in ("", ".") and line.lower(start - 1) == ":"):
        content = [(start + 1, content_end(line, start + 1, later))] if start + 1 < len(line) else []
        return make(line, frame, "colon", source, content, addressee)
    if left and (
        frame.inverted or word in FINAL | {"", ",", ";", '"', "—", "--"} or line.lower(frame.begins - 1) == '"'
    ):
        return make(line, frame, "after", source, left + _resumed(line, start, later, left), addressee)
    if source is None or not _accepts(line, cue, start, addressee):
        return None
    if line.between(*source).of(line.text).lower() == "it" and "left" not in cue.takes:
        return None  # "it suggests", "it puzzled": mostly no one
    if word == ",":
        start += 1
    last = _quote_end(line, start, content_end(line, start, later))
    if frame.conditional:  # "If Lee says it is safe, people will return": the main clause is not hers
        last = next((i - 1 for i in range(start + 1, last) if line.lower(i) == ","), last)
    return make(line, frame, "before", source, [(start, last)], addressee)


def _experienced(line: Line, frame: Frame, later: Sequence[Frame]) -> Draft | None:
    """ "It puzzled observers why …": the one affected is the source."""
    start = frame.cue.last + 1
    pair = _addressee(line, start)
    if pair is None or not (line.lower(pair[1] + 1) == "that" or line.lower(pair[1] + 1) in QUESTIONS):
        return None
    return make(line, frame, "before", pair, [(pair[1] + 1, content_end(line, pair[1] + 1, later))])


def _addressee(line: Line, start: int) -> Pair | None:
    """Whom it is said to: "told the New York Times' Anne Barnard this was …"."""
    words = line.lexicon.words
    if line.lower(start) in {"that", "of", '"', ":", "to", ",", *QUESTIONS, *FINAL}:
        return None
    last = phrase_after(line, start, len(line))
    if last is None:
        return None
    for i in range(start + 1, last + 1):
        fresh = line.lower(i) in words.determiners | words.pronouns or line.lower(i) in QUESTIONS
        if fresh and line.lower(i - 1) not in words.prepositions and not line.lower(i - 1).endswith("s'"):
            return (start, i - 1)
    rest = line.lower(last + 1)
    if rest in ("that", "to", '"', ":", ",", "of") or rest in QUESTIONS or rest in FINAL or rest == "":
        return (start, last)
    return (start, last) if skip_adverbials(line, last + 1, len(line)) > last + 1 else None


def _accepts(line: Line, cue: Cue, start: int, addressee: Pair | None) -> bool:
    """May what begins at token ``start`` be the content of this cue?"""
    word, takes = line.lower(start), cue.takes
    if word in FINAL or word in ("", ";", ")"):
        return False
    if word == ",":
        return line.lower(start + 1) == '"'
    if word in ('"', "that"):
        return bool({"clause", "that", "any", "addressee"} & set(takes)) or (word == '"' and "left" in takes)
    if word in QUESTIONS:
        return bool({"clause", "that", "any", "addressee"} & set(takes))
    if word == "to" and "any" not in takes and line.lower(start + 1) in line.lexicon.words.determiners:
        return False  # "declined to a new low"
    if word in ("to", "of", "for", "as"):
        return word in takes or (word == "to" and "any" in takes and "to" in takes)
    if word == "not":
        return "to" in takes and line.lower(start + 1) == "to"
    if word in _NOT_CONTENT:
        return False
    if "naming" in takes:
        return _names(line, start)
    if "any" in takes:
        return True
    if "clause" in takes or addressee:
        first = start if line.lower(start) in CONTRACTED else start + 1
        return any(line.is_finite(j) or line.quoted[j] >= 0 for j in range(first, len(line)))
    return False


def _names(line: Line, start: int) -> bool:
    """ "called the charge “a fairy tale”", "called him a liar": two noun phrases, not "called the mayor on Monday"."""
    words = line.lexicon.words
    for j in range(start, len(line)):
        if line.quoted[j] >= 0 or (j > start and line.lower(j) in ("a", "an", "the")):
            return True
        if line.lower(j) in words.prepositions - {"for"} or line.lower(j) in FINAL:
            return False
    return False


def _quote_end(line: Line, start: int, last: int) -> int:
    """A content that is one quotation ends with it, unless the sentence runs on in its syntax."""
    quote = line.quoted[start]
    if quote < 0:
        return last
    end = start
    while end + 1 <= last and line.quoted[end + 1] == quote:
        end += 1
    following = line.lower(end + 1)
    return end if following in ("and", "but", ",", "while", "as", "when", "after", "in", "at", "on") else last


def _left_content(line: Line, frame: Frame, earlier: Sequence[Frame]) -> list[Pair]:
    """What stands before "…, Smith said": from the sentence's beginning to the comma."""
    begin = frame.begins
    first = 0
    for other in earlier:
        if other.inverted and other.inverted[1] < begin:
            first = other.inverted[1] + 1
    mark = line.lower(begin - 1)
    if mark == "as":
        begin -= 1
        mark = line.lower(begin - 1)
    if begin - 1 <= first - 1 or mark not in (",", '"', "—", "--", "?", "!"):
        return []
    last = begin - 1 if mark in ('"', "?", "!") else begin - 2
    while first < last and line.quoted[first] < 0 and line.lower(first) in (",", ".", ";", "and", "but"):
        first += 1
    if last < first:
        return []
    quoted = any(line.quoted[i] >= 0 for i in range(first, last + 1))
    if not quoted and not _stands_alone(line, first, last, frame):
        return []
    return [(first, last)]


def _stands_alone(line: Line, first: int, last: int, frame: Frame) -> bool:
    """Unquoted words before the source are content only if they make a clause, or one goes on after it."""
    words = line.lexicon.words
    if line.lower(first) in words.subordinators - {"that"}:
        # "When he left, Lee said": no content; "When it rains, the bridge shakes, Lee said": one.
        comma = next((i for i in range(first, last) if line.lower(i) == ","), last)
        return any(line.is_finite(i) for i in range(comma + 1, last + 1))
    if line.lower(first) in words.prepositions and not any(line.is_finite(i) for i in range(first, last + 1)):
        return False
    if any(line.is_finite(i) for i in range(first + 1, last + 1)):
        return True
    after = (frame.inverted[1] if frame.inverted else frame.cue.last) + 1
    return line.lower(after) == "," and any(line.is_finite(i) for i in range(after, len(line)))


def _resumed(line: Line, start: int, later: Sequence[Frame], left: list[Pair]) -> list[Pair]:
    """The content that goes on after "…," Smith said, "…"."""
    if line.lower(start) not in (",", '"', "—", "--"):
        return []
    first = start if line.lower(start) == '"' else start + 1
    if first >= len(line) or any(frame.cue.first == first for frame in later):
        return []
    quoted_left = line.quoted[left[-1][1]] >= 0
    if quoted_left and line.lower(first) != '"':
        return []
    if not quoted_left and any(line.is_finite(i) for i in range(left[0][0] + 1, left[-1][1] + 1)):
        return []
    return [(first, content_end(line, first, later))]


def _passive(line: Line, frame: Frame, later: Sequence[Frame], earlier: Sequence[Frame]) -> Draft | None:
    cue = frame.cue
    source: Pair | None = None
    start = skip_adverbials(line, cue.last + 1, len(line))
    if line.lower(start) == "by":
        last = phrase_after(line, start + 1, len(line))
        if last is not None:
            last = _before_charge(line, start + 1, last)
            source = (start + 1, last)
            start = skip_adverbials(line, last + 1, len(line))
    word = line.lower(start)
    if word == "as" and any(frame.cue.first == start + 1 for frame in later):
        return None  # "was quoted as saying": the second verb attributes
    expletive = line.lower(cue.first - 1) in ("it", "there")
    complement = word == "that" or (word in ("to", "of", "for", "as") and _passive_takes(cue, word))
    content = [(start, content_end(line, start, later))] if complement else []
    if frame.subject and not expletive and word != "that":
        content.insert(0, frame.subject)
    if not complement and not (source and content and _can_be_content(line, cue, frame.subject)):
        return None
    if not complement and frame.subject and (meant := _in_apposition(line, frame.subject, earlier)):
        content.insert(0, meant)
    draft = make(line, frame, "passive", source, content)
    if draft and frame.subject and cue.first == cue.head:
        return msgspec.structs.replace(draft, lent=line.between(*frame.subject))
    return draft


def _in_apposition(line: Line, subject: Pair, earlier: Sequence[Frame]) -> Pair | None:
    """What "a position long maintained by …" stands beside: the noun phrase before its comma."""
    first = subject[0]
    if line.lower(first) not in ("a", "an") or line.lower(first - 1) != ",":
        return None
    floor = earlier[-1].cue.last + 1 if earlier else 0
    return subject_before(line, first - 2, floor)


def _before_charge(line: Line, first: int, last: int) -> int:
    """ "accused by the head of the union of hiding …": the charge is no part of who makes it."""
    for i in range(first + 1, last):
        if line.lower(i) in ("of", "for") and line.lower(i + 1).endswith("ing"):
            return i - 1
    return last


def _can_be_content(line: Line, cue: Cue, subject: Pair | None) -> bool:
    """ "a position long maintained by …": the subject is what is held, if the verb takes such a thing."""
    if subject is None or not line.is_noun_like(subject[1]):
        return False
    nouns = any(line.lower(i) in line.lexicon.noun_forms for i in range(subject[0], subject[1] + 1))
    return nouns or ("any" in cue.takes and isinstance(cue.entry, Verb) and cue.entry.passive)


def _passive_takes(cue: Cue, word: str) -> bool:
    return word == "to" or word in cue.takes or "any" in cue.takes
