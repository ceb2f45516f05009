"""Join each cue of a sentence with its source and content.

In:   a Line.   Out: Drafts, one per attribution, nested ones among them.
Knows nothing of: other sentences; what kind of source it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.extract.cues import Cue, find_cues
from sayso.extract.phrases import (
    Line,
    phrase_after,
    skip_adverbials,
    subject_before,
)
from sayso.lexicon import Verb
from sayso.records import Factuality, SpeechAct
from sayso.spans import Span

_QUESTION = frozenset(("how", "why", "whether", "what", "who", "where", "when", "if", "which"))
_CONTRAST = frozenset(("but", "while", "though", "although", "whereas", "and", "yet"))
_NOT_CONTENT = frozenset(
    ("in", "at", "by", "from", "under", "near", "with", "among", "during", "after", "before", "and", "or")
)
_FINAL = frozenset((".", "?", "!", "…", "..."))
Pair = tuple[int, int]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution before it is a Claim. ``open_end``: the sentence ends in a colon, the content follows it."""

    rule: str
    act: SpeechAct
    factuality: Factuality
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    addressee: Span | None = None
    dates: tuple[Span, ...] = ()  # with their prepositions, outside the content
    open_end: bool = False
    lent: Span | None = None  # content that the clause around it needs too: "George Haswani, said to be …"

    @property
    def spans(self) -> tuple[Span, ...]:
        own = tuple(s for s in (self.source, self.cue, self.addressee) if s)
        return (*own, *self.content)


class _Frame(msgspec.Struct, kw_only=True):
    """What is known of a cue while the sentence is worked out. Pairs are first and last token."""

    cue: Cue
    subject: Pair | None = None
    begins: int = 0  # token where this attribution begins (its subject or cue)
    inverted: Pair | None = None
    sister: int | None = None  # token where an earlier content must end for this attribution to begin


def attributions(line: Line) -> list[Draft]:
    """All attributions of one sentence."""
    frames: list[_Frame] = []
    for cue in find_cues(line):
        frames.append(_frame(line, cue, frames))
    drafts: list[Draft] = []
    for number, frame in enumerate(frames):
        if draft := _draft(line, frame, frames[number + 1 :], frames[:number]):
            drafts.append(draft)
    return drafts


def _frame(line: Line, cue: Cue, earlier: Sequence[_Frame]) -> _Frame:
    frame = _Frame(cue=cue, begins=cue.first)
    before = line.lower(cue.first - 1)
    if cue.voice == "passive":
        _passive_frame(line, frame, earlier)
    elif cue.voice in ("active", "ing"):
        if cue.voice == "active" and (pair := _inverted(line, cue)):
            frame.inverted = pair
        elif cue.voice != "ing" or before not in (",", "and", "but"):
            floor = _after_preposition(line, cue.first - 1) if cue.voice == "ing" else 0
            frame.subject = subject_before(line, cue.first - 1, floor)
        if frame.subject is None and frame.inverted is None:
            frame.subject = _shared(line, cue, earlier)
            frame.sister = _cut_before(line, cue.first)
        elif frame.subject is not None:
            frame.begins = frame.subject[0]
            if line.lower(frame.begins - 1) in _CONTRAST and line.lower(frame.begins - 2) == ",":
                frame.sister = frame.begins - 2
            elif line.lower(frame.begins - 1) == ";":
                frame.sister = frame.begins - 1
    elif cue.voice == "preposition" and before == ",":
        frame.sister = cue.first - 1
    return frame


def _passive_frame(line: Line, frame: _Frame, earlier: Sequence[_Frame]) -> None:
    """Who or what the passive is about; "… and accused of …" shares that with the passive before it."""
    cue = frame.cue
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


def _shared(line: Line, cue: Cue, earlier: Sequence[_Frame]) -> Pair | None:
    """The subject of a cue that has none of its own: that of the cue before it, or of the sentence."""
    joined = line.lower(cue.first - 1) in _CONTRAST | {",", "or", "then"} or cue.voice == "ing"
    if not joined:
        return None
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
    if last is None:
        return None
    after = line.lower(last + 1)
    closes = after in _FINAL | {"", ",", ";", '"', "who", "as", "when", "during", "after", "before", "to", "—"}
    if not closes and skip_adverbials(line, last + 1, len(line)) == last + 1:
        return None
    if before == "," and after == '"':
        return None  # "Idris, the minister, said that the “…”"
    opens = line.tokens[cue.last + 1]
    is_name = opens.is_capital or opens.lower in line.lexicon.words.determiners | line.lexicon.words.pronouns
    is_role = any(line.lower(j) in line.lexicon.head_types for j in range(cue.last + 1, last + 1))
    return (cue.last + 1, last) if is_name or is_role else None


def _draft(line: Line, frame: _Frame, later: Sequence[_Frame], earlier: Sequence[_Frame]) -> Draft | None:
    voice = frame.cue.voice
    if voice == "preposition":
        return _according(line, frame, later)
    if voice == "adverb":
        return _adverb(line, frame, later, earlier)
    if voice == "noun":
        return _noun(line, frame, later, earlier)
    if voice == "passive":
        return _passive(line, frame, later)
    return _active(line, frame, later, earlier)


def _end(line: Line, start: int, later: Sequence[_Frame]) -> int:
    """The last token of a content that begins at ``start``: before the next sister or the final mark."""
    last = len(line) - 1
    for frame in later:
        cut = frame.sister if frame.sister is not None else _left_cut(line, frame)
        if cut is not None and cut > start:
            last = min(last, cut - 1)
    if line.quoted[start] < 0:
        dashes = [i for i in range(start + 1, last) if line.lower(i) in ("—", "--", "–")]
        if len(dashes) == 1:  # a pair of dashes is an insertion; after a single one the author speaks again
            last = dashes[0] - 1
    while (
        last > start and line.quoted[last] < 0 and line.lower(last) in _FINAL | {",", ";", ":", "and", "but", "—", "--"}
    ):
        last -= 1
    return last


def _left_cut(line: Line, frame: _Frame) -> int | None:
    """Where contents before "…, Smith said." end, if that is what ``frame`` is."""
    if frame.inverted or (frame.subject and "left" in frame.cue.takes and not _has_right(line, frame)):
        begin = frame.begins
        return begin - 1 if line.lower(begin - 1) == "," else begin
    return None


def _has_right(line: Line, frame: _Frame) -> bool:
    start = skip_adverbials(line, frame.cue.last + 1, len(line))
    return line.lower(start) not in _FINAL | {"", ",", ";"}


def _make(
    line: Line,
    frame: _Frame,
    rule: str,
    source: Pair | None,
    content: list[Pair],
    addressee: Pair | None = None,
    *,
    open_end: bool = False,
) -> Draft | None:
    spans = tuple(line.between(first, last) for first, last in content if first <= last)
    if not spans and not open_end:
        return None
    source_span = _without_date(line, source) if source else None
    dates = tuple(
        line.between(a - 1 if line.lower(a - 1) in ("in", "on", "since", "by", "of") else a, b)
        for a, b in line.dates
        if not any(s.overlaps(line.between(a, b)) for s in spans)
    )
    return Draft(
        rule=rule,
        act=frame.cue.act,
        factuality=frame.cue.factuality,
        source=source_span,
        cue=line.between(frame.cue.first, frame.cue.last),
        content=spans,
        addressee=line.between(*addressee) if addressee else None,
        dates=dates,
        open_end=open_end,
    )


def _without_date(line: Line, source: Pair) -> Span:
    """A date that closes a source is when it was said: "A report in the Economist magazine 21st June 14"."""
    first, last = source
    for a, _ in line.dates:
        if first < a <= last:
            last = a - 2 if line.lower(a - 1) in ("in", "on", "of") else a - 1
    return line.between(first, max(first, last))


def _active(line: Line, frame: _Frame, later: Sequence[_Frame], earlier: Sequence[_Frame]) -> Draft | None:
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
        content = [(start + 1, _end(line, start + 1, later))] if start + 1 < len(line) else []
        return _make(line, frame, "colon", source, content, addressee, open_end=not content)
    if left and (
        frame.inverted or word in _FINAL | {"", ",", ";", '"', "—", "--"} or line.lower(frame.begins - 1) == '"'
    ):
        return _make(line, frame, "after", source, left + _resumed(line, start, later, left), addressee)
    if source is None or not _accepts(line, cue, start, addressee):
        return None
    if line.between(*source).of(line.text).lower() == "it" and "left" not in cue.takes:
        return None  # "it suggests", "it puzzled": mostly no one
    if word == ",":
        start += 1
    return _make(line, frame, "before", source, [(start, _quote_end(line, start, _end(line, start, later)))], addressee)


def _experienced(line: Line, frame: _Frame, later: Sequence[_Frame]) -> Draft | None:
    """ "It puzzled observers why …": the one affected is the source."""
    start = frame.cue.last + 1
    pair = _addressee(line, start)
    if pair is None or not (line.lower(pair[1] + 1) == "that" or line.lower(pair[1] + 1) in _QUESTION):
        return None
    return _make(line, frame, "before", pair, [(pair[1] + 1, _end(line, pair[1] + 1, later))])


def _addressee(line: Line, start: int) -> Pair | None:
    """Whom it is said to: "told the New York Times' Anne Barnard this was …"."""
    words = line.lexicon.words
    if line.lower(start) in {"that", "of", '"', ":", "to", ",", *_QUESTION, *_FINAL}:
        return None
    last = phrase_after(line, start, len(line))
    if last is None:
        return None
    for i in range(start + 1, last + 1):
        fresh = line.lower(i) in words.determiners | words.pronouns or line.lower(i) in _QUESTION
        if fresh and line.lower(i - 1) not in words.prepositions and not line.lower(i - 1).endswith("s'"):
            return (start, i - 1)
    rest = line.lower(last + 1)
    if rest in ("that", "to", '"', ":", ",", "of") or rest in _QUESTION or rest in _FINAL or rest == "":
        return (start, last)
    return (start, last) if skip_adverbials(line, last + 1, len(line)) > last + 1 else None


def _accepts(line: Line, cue: Cue, start: int, addressee: Pair | None) -> bool:
    """May what begins at token ``start`` be the content of this cue?"""
    word, takes = line.lower(start), cue.takes
    if word in _FINAL or word in ("", ";", ")"):
        return False
    if word == ",":
        return line.lower(start + 1) == '"'
    if word in ('"', "that"):
        return bool({"clause", "that", "any", "addressee"} & set(takes)) or (word == '"' and "left" in takes)
    if word in _QUESTION:
        return bool({"clause", "that", "any", "addressee"} & set(takes))
    if word == "to" and "any" not in takes and line.lower(start + 1) in line.lexicon.words.determiners:
        return False  # "declined to a new low"
    if word in ("to", "of", "for", "as"):
        return word in takes or (word == "to" and "any" in takes and "to" in takes)
    if word in _NOT_CONTENT:
        return False
    if "any" in takes:
        return True
    if "clause" in takes or addressee:
        return any(line.is_finite(j) or line.quoted[j] >= 0 for j in range(start + 1, len(line)))
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


def _left_content(line: Line, frame: _Frame, earlier: Sequence[_Frame]) -> list[Pair]:
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


def _stands_alone(line: Line, first: int, last: int, frame: _Frame) -> bool:
    """Unquoted words before the source are content only if they make a clause, or one goes on after it."""
    words = line.lexicon.words
    if line.lower(first) in words.subordinators - {"that"} or line.lower(first) in words.leads - {"and", "but"}:
        return False
    if line.lower(first) in words.prepositions and not any(line.is_finite(i) for i in range(first, last + 1)):
        return False
    if any(line.is_finite(i) for i in range(first + 1, last + 1)):
        return True
    after = (frame.inverted[1] if frame.inverted else frame.cue.last) + 1
    return line.lower(after) == "," and any(line.is_finite(i) for i in range(after, len(line)))


def _resumed(line: Line, start: int, later: Sequence[_Frame], left: list[Pair]) -> list[Pair]:
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
    return [(first, _end(line, first, later))]


def _passive(line: Line, frame: _Frame, later: Sequence[_Frame]) -> Draft | None:
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
    expletive = line.lower(cue.first - 1) in ("it", "there")
    complement = word == "that" or (word in ("to", "of", "for", "as") and _passive_takes(cue, word))
    content = [(start, _end(line, start, later))] if complement else []
    if frame.subject and not expletive and word != "that":
        content.insert(0, frame.subject)
    if not complement and not (source and content and _can_be_content(line, cue, frame.subject)):
        return None
    draft = _make(line, frame, "passive", source, content)
    if draft and frame.subject and cue.first == cue.head:
        return msgspec.structs.replace(draft, lent=line.between(*frame.subject))
    return draft


def _before_charge(line: Line, first: int, last: int) -> int:
    """ "accused by the head of the union of hiding …": the charge is no part of who makes it."""
    for i in range(first + 1, last):
        if line.lower(i) in ("of", "for") and line.lower(i + 1).endswith("ing"):
            return i - 1
    return last


def _can_be_content(line: Line, cue: Cue, subject: Pair | None) -> bool:
    """ "a position long maintained by …": the subject is what is held, if the verb takes such a thing."""
    if subject is None:
        return False
    nouns = any(line.lower(i) in line.lexicon.noun_forms for i in range(subject[0], subject[1] + 1))
    return nouns or ("any" in cue.takes and isinstance(cue.entry, Verb) and cue.entry.passive)


def _passive_takes(cue: Cue, word: str) -> bool:
    return word == "to" or word in cue.takes or "any" in cue.takes


def _according(line: Line, frame: _Frame, later: Sequence[_Frame]) -> Draft | None:
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
            _make(line, frame, "according-to", source, [(start, _end(line, start, later))])
            if start < len(line)
            else None
        )
    end = cue.first - 1
    if line.lower(end) in (",", "—", "--"):
        end -= 1
    content = [(0, end)] if end >= 0 else []
    no_verb = not any(line.is_finite(i) for i in range(1, end + 1))
    if no_verb and line.lower(start) == "," and start + 1 < len(line):
        content.append((start + 1, _end(line, start + 1, later)))
    return _make(line, frame, "according-to", source, content)


def _is_measure(line: Line, i: int) -> bool:
    """ "according to rank", "to plan": a bare singular noun is a rule, not somebody."""
    word = line.tokens[i]
    known = word.lower in line.lexicon.head_types or word.lower in line.lexicon.words.pronouns
    return word.text.islower() and not word.lower.endswith("s") and not known


def _prepositional_source(line: Line, start: int, *, opening: bool) -> int | None:
    """Where the source after "according to" ends; without a comma, a date or a new noun phrase ends it."""
    last = phrase_after(line, start, len(line))
    if last is not None and not opening and line.lower(last + 1) == "who":
        while last + 1 < len(line) and line.lower(last + 1) not in _FINAL | {",", ";", '"', "—", "--"}:
            last += 1
    if last is None or not opening or line.lower(last + 1) == "," or line.date_at(last + 1) is not None:
        return last
    words = line.lexicon.words
    for i in range(start + 1, last + 1):
        if line.lower(i) in words.determiners | words.pronouns and line.lower(i - 1) not in words.prepositions:
            return i - 1
    return last


def _adverb(line: Line, frame: _Frame, later: Sequence[_Frame], earlier: Sequence[_Frame]) -> Draft | None:
    first = 0
    for other in earlier:
        if other.cue.voice == "active":
            return None  # "Smith said the guards allegedly left": Smith's words, a hedge of his
    at = frame.cue.first
    content = [(first, at - 1)] if at > first else []
    if at + 1 < len(line):
        content.append((at + 1, _end(line, at + 1, later)))
    return _make(line, frame, "adverb", None, content)


def _noun(line: Line, frame: _Frame, later: Sequence[_Frame], earlier: Sequence[_Frame]) -> Draft | None:
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
        source = _possessor(line, at)
    if source is None and frame.cue.act in ("believe", "want"):
        return None  # "the idea that …" is nobody's
    last = _end(line, start, later)
    if not any(line.is_finite(i) for i in range(at)):
        last = _clause_end(line, start, last)
    return _make(line, frame, "noun", source, [(start, last)])


def _possessor(line: Line, noun: int) -> Pair | None:
    """Who holds the claim: "the union's claim", "their repeated claim"."""
    for i in range(noun - 1, max(-1, noun - 4), -1):
        word = line.lower(i)
        if word in ("his", "her", "their", "its", "our", "my", "your"):
            return (i, i)
        if word.endswith(("'s", "s'")):
            found = subject_before(line, i, 0)
            return found or (i, i)
        if not line.is_noun_like(i):
            return None
    return None


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
