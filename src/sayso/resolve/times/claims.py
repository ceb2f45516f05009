"""Tell which time dates a claim: when it was said, and when what it speaks of happened.

In:   Parsed, Claims, the list of words, Syntax where there is one.   Out: Dated.
Knows nothing of: how times are found and counted (times).
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from sayso.parse import Parsed
from sayso.reader.lemmas import lemmas_of
from sayso.records import Claim, Notice
from sayso.resolve.times import dates
from sayso.resolve.times.finding import Time, Voice, notice, phrases_of, times_of
from sayso.resolve.times.words import TimeWords
from sayso.spans import Span, cover, meeting
from sayso.syntax import Syntax

_CASE = frozenset(("case", "mark", "fixed"))
_SAME = frozenset(("xcomp", "conj", "aux", "aux:pass", "cop"))  # what belongs to one assertion with its head
_AFTER = frozenset(("obj", "obl", "nmod", "iobj", "obl:arg"))
_DATED = ("document", "outlet", "post")  # sources whose own date is that of what they say
_INSERTED = re.compile(r"\s*,\s*(?:who|whose|which|then|once|\w+ed|born)\b")


class Dated(NamedTuple):
    """The times of a document, and for each of its claims, in their order, when it was said and when it happened."""

    times: tuple[Time, ...]
    said: tuple[Time | None, ...]
    happened: tuple[Time | None, ...]
    notices: tuple[Notice, ...]


def date_claims(parsed: Parsed, claims: Sequence[Claim], words: TimeWords, syntax: Syntax | None = None) -> Dated:
    """Times and notices of a document and its claims.

    It counts twice: "yesterday" inside a quotation counts from when that was said, which stands outside.
    """
    published = parsed.document.ref.published
    stretch = dates.parsed(published)
    last_day = stretch.last if stretch else None
    silent = [Voice(q.inner) for q in parsed.quotations]
    read = phrases_of(parsed.text, parsed.sentences, words)
    times, _ = times_of(parsed.text, read, published, words, silent)
    telling = Telling(parsed, [cover(c.cue.spans) for c in claims if c.cue], words, syntax)
    first = [telling.said(claim, times) for claim in claims]
    voices = _voices([q.inner for q in parsed.quotations], claims, first)
    times, notices = times_of(parsed.text, read, published, words, voices)
    said = tuple(telling.said(claim, times) for claim in claims)
    odd = [*notices, *telling.doubles(claims, times), *telling.late(said, last_day, notices)]
    happened = tuple(telling.happened(claim, times) for claim in claims)
    return Dated(times, said, happened, tuple(odd))


def _voices(quotations: Sequence[Span], claims: Sequence[Claim], said: Sequence[Time | None]) -> list[Voice]:
    """When the words of each quotation were said: those of the smallest claim whose content holds them."""
    holding = [
        (span, sum(map(len, claim.content.spans)), time)
        for claim, time in zip(claims, said, strict=True)
        if claim.kind != "authorial"
        for span in claim.content.spans
    ]
    voices: list[Voice] = []
    for quotation, over in zip(quotations, meeting(quotations, [span for span, *_ in holding]), strict=True):
        found = min((holding[i] for i in sorted(over)), key=lambda one: one[1])[2] if over else None
        voices.append(Voice(quotation, found if found and found.value else None))
    return voices


class Telling:
    """What dates the sayings of one text. ``cues``: those of all its claims."""

    def __init__(self, parsed: Parsed, cues: Sequence[Span], words: TimeWords, syntax: Syntax | None) -> None:
        self.text, self.sentences = parsed.text, parsed.sentences
        self.cues, self.words, self.syntax = cues, words, syntax

    def said(self, claim: Claim, times: Sequence[Time]) -> Time | None:
        """When a claim was said: of the times that belong to its cue the one nearest to it."""
        found = self._candidates(claim, times)
        return found[0] if found else None

    def _candidates(self, claim: Claim, times: Sequence[Time]) -> list[Time]:
        """The points and stretches of time that belong to the cue, the nearest first."""
        if claim.cue is None:
            return []
        cue = cover(claim.cue.spans)
        at = bisect_right(self.sentences, cue.start, key=_end)
        sentence = self.sentences[at] if self.sentences[at:] and self.sentences[at].overlaps(cue) else cue
        around = [
            time
            for time in _over(times, sentence)
            if time.kind in ("point", "interval")
            and time.value is not None
            and not _holds(claim.content.spans, time)
            and (_holds(claim.cue.spans, time) or self._belongs(claim, time))
        ]
        return sorted(around, key=lambda time: _distance(time.spans[0], cue))

    def _belongs(self, claim: Claim, time: Time) -> bool:
        """Whether a time outside the content hangs from the cue, in the tree or, without one, by its place."""
        if self.syntax is None or (top := self.syntax.top(time.spans[0])) is None:
            return self._beside(claim, time)
        return self._hangs(claim, top, self.syntax)

    def _hangs(self, claim: Claim, token: int, syntax: Syntax) -> bool:
        cue = _tokens(syntax, claim.cue.spans if claim.cue else ())
        source = _tokens(syntax, claim.source.spans if claim.source else ())
        content = _tokens(syntax, claim.content.spans)
        dated = claim.source is not None and claim.source.type in _DATED
        if syntax.head[token] in source and not any(syntax.rel[c] == "case" for c in syntax.children(token)):
            # "the 2013 report" and "a report in the Courier 21st June 14" are of then, "documents from his 1995 return"
            # are not
            top = syntax.top(cover(claim.source.spans if claim.source else ()))
            dated = dated and (syntax.head[token] == top or syntax.upos[syntax.head[token]] == "PROPN")
        of_source = False
        for at in (token, *syntax.ancestors(token)):
            if at in cue or any(child in cue and syntax.rel[child] in _CASE for child in syntax.children(at)):
                # The verb itself, or "a report" with its "according to". What dates who says it, dates no saying: "the
                # 2012 nominee".
                return dated or not (of_source or at in source)
            if at in content:
                return False
            of_source = of_source or at in source
            if self._tells(at, syntax):
                dated = True  # "Orrick, speaking on Sunday": of the words, not of who they are
            elif syntax.upos[at] in ("VERB", "AUX"):
                return False  # something else that was done: "who left in 2012"
        return False

    def _tells(self, verb: int, syntax: Syntax) -> bool:
        """ "speaking on Sunday", "a letter published in June": a participle that dates the saying."""
        lemmas = (syntax.lemma[verb].lower(), *lemmas_of(syntax.form(verb)))
        return syntax.xpos[verb] in ("VBG", "VBN") and any(lemma in self.words.marks.tells for lemma in lemmas)

    def _beside(self, claim: Claim, time: Time) -> bool:
        place = time.spans[0]
        cue = cover(claim.cue.spans) if claim.cue else place
        rivals = (other for other in self.cues if any(s.overlaps(other) and s.overlaps(cue) for s in self.sentences))
        if any(_distance(place, other) < _distance(place, cue) for other in rivals):
            return False
        if ".." in (time.value or ""):
            return False  # "since 2012" dates few sayings, and only a tree can tell which
        if claim.source and _holds(claim.source.spans, time):
            before = self.text[cover(claim.source.spans).start : place.start].lower().split()
            return claim.source.type in _DATED or any(word in self.words.marks.telling for word in before)
        if claim.source and (whole := cover(claim.source.spans)).end <= place.start < cue.start:
            insert = self.text[whole.end : place.start]
            return _INSERTED.match(insert) is None  # "Orrick, elected in 2016, said"
        return True

    def happened(self, claim: Claim, times: Sequence[Time]) -> Time | None:
        """When what the content speaks of happened: the time that hangs from what it asserts, not from a clause in it
        ("the man who left in 2012") nor from a thing in it ("the 2012 report").

        Without a tree the first time in the content.
        """
        near = _over(times, cover(claim.content.spans))
        inside = [t for t in near if t.kind in ("point", "interval") and _holds(claim.content.spans, t)]
        if self.syntax is None:
            return inside[0] if inside else None
        content = _tokens(self.syntax, claim.content.spans)
        tops = {t for t in content if self.syntax.head[t] not in content or self.syntax.head[t] == t}
        main = tops | {c for t in tops for c in self.syntax.children(t) if self.syntax.rel[c] in _SAME}
        own = [time for time in inside if _of_main(time, main, self.syntax)]
        return next((time for time in own if time.value), own[0] if own else None)

    def doubles(self, claims: Sequence[Claim], times: Sequence[Time]) -> list[Notice]:
        """A notice for each saying that has two dates."""
        found = []
        for claim in claims:
            first, *others = self._candidates(claim, times) or (None,)
            for other in others:
                if first and other and _apart(first, other):
                    both = f"has two dates: {first.value} and {other.value}"
                    found.append(notice(self.text, cover(claim.cue.spans if claim.cue else claim.content.spans), both))
        return found

    def late(
        self, said: Sequence[Time | None], published: datetime.date | None, given: Sequence[Notice]
    ) -> list[Notice]:
        """A notice for each saying that is dated after the document, if none was given."""
        complained = {n.span for n in given}
        late = {t.spans[0]: t for t in said if t and published and t.earliest and t.earliest > published}
        return [
            notice(
                self.text, span, f"is said to be when it was said, and is after the document's own date, {published}"
            )
            for span in late
            if span not in complained
        ]


def _of_main(time: Time, main: set[int], syntax: Syntax) -> bool:
    """Whether a time hangs from the head of a content, or from a phrase after it: parsers part "sold the mill in 2012"
    into "sold" and "the mill in 2012" as often as not.
    """
    top = syntax.top(time.spans[0])
    if top is None:
        return False
    head = syntax.head[top]
    if top in main or head in main:
        return True
    case = next((syntax.lemma[c] for c in syntax.children(top) if syntax.rel[c] == "case"), "of")
    return syntax.head[head] in main and head > syntax.head[head] and syntax.rel[head] in _AFTER and case != "of"


def _apart(a: Time, b: Time) -> bool:
    """Whether two times have no day in common."""
    if None in (a.value, b.value):
        return False
    first, last = (t.earliest or datetime.date.min for t in (a, b)), (t.latest or datetime.date.max for t in (a, b))
    return max(first) > min(last)


def _over(times: Sequence[Time], span: Span) -> Sequence[Time]:
    """Those of the times, which come in order, that share a character with a span."""
    first = bisect_right(times, span.start, key=lambda time: time.spans[0].end)
    return times[first : bisect_left(times, span.end, key=lambda time: time.spans[0].start)]


def _end(span: Span) -> int:
    return span.end


def _holds(spans: Sequence[Span], time: Time) -> bool:
    return any(span.overlaps(time.spans[0]) for span in spans)


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _tokens(syntax: Syntax, spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(token for span in spans for token in syntax.within(span))
