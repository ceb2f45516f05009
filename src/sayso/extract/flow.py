"""Carry attribution over sentences and paragraphs: colons, quotations that go on, speakers' turns.

In:   the attributions of single sentences.   Out: the same, with what follows them joined on.
Knows nothing of: how a sentence is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from sayso.extract.cues import find_cues
from sayso.extract.drafts import Draft
from sayso.extract.lines import Line
from sayso.extract.phrases import subject_before
from sayso.parse import Parsed
from sayso.records import Source
from sayso.spans import Span, cover, trimmed

_HEADLINE_WORDS = 30
_TOPIC = re.compile(r"(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?P<colon>:)\s+(?=\S)")
_TURN = re.compile(r"[“\"]?(?P<who>(?:[A-Z][A-Z.’'-]+)(?: [A-Z][A-Z.’'-]+){0,4})(?P<colon>:)\s+(?=\S)")


def speaker_turns(parsed: Parsed) -> dict[int, Draft]:
    """Paragraphs of a transcript ("WALLACE: …"), by their start. One alone is a headline, not a turn."""
    turns: dict[int, Draft] = {}
    for paragraph in parsed.paragraphs:
        match = _TURN.match(parsed.text, paragraph.span.start, paragraph.span.end)
        content = trimmed(parsed.text, match.end(), paragraph.span.end, ' \t\r\n"”') if match else None
        if match and content:
            turns[paragraph.span.start] = Draft(
                rule="turn",
                act="assert",
                factuality="CT+",
                source=Span(*match.span("who")),
                cue=Span(*match.span("colon")),
                content=(content,),
            )
    return turns if len(turns) > 1 else {}


def headline(parsed: Parsed, sources: Iterable[Source]) -> Draft | None:
    """`Orlec: Bridge Is Safe`: a headline's name and colon, if the text has that very source.

    Else it is a topic ("Dravia: A bridge too far"), and nobody says it.
    """
    if not parsed.paragraphs or len(parsed.paragraphs[0].span.of(parsed.text).split()) > _HEADLINE_WORDS:
        return None
    opening = parsed.paragraphs[0].span
    match = _TOPIC.match(parsed.text, opening.start, opening.end)
    if match is None:
        return None
    who = match["who"].lower()
    known = any(
        source.name.lower() == who or (source.type == "person" and source.name.lower().split()[-1:] == [who])
        for source in sources
        if not source.anonymous
    )
    content = trimmed(parsed.text, match.end(), opening.end, " .")
    if not known or content is None:
        return None
    return Draft(
        rule="colon",
        act="assert",
        factuality="CT+",
        source=Span(*match.span("who")),
        cue=Span(*match.span("colon")),
        content=(content,),
    )


class FollowOn:
    """Remembers the last attribution while paragraphs pass by in order."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._last: Draft | None = None  # the last one outside quotations
        self._fresh = False  # it stands in this paragraph or the one before
        self._grown: dict[Draft, Draft] = {}
        self.taken = False  # the paragraph at hand is what a colon announced, not the author's

    def end(self) -> None:
        """Nothing may be joined to what was said before."""
        self._last, self._fresh = None, False

    def paragraph(self, lines: Sequence[Line], found: list[list[Draft]]) -> list[list[Draft]]:
        """The attributions of each sentence, with those that only the flow gives."""
        self.taken = False
        result: list[list[Draft]] = []
        lone = len(lines) == 1 and _is_quotation(lines[0])
        previous: Line | None = None
        for line, drafts in zip(lines, found, strict=True):
            if line is lines[0]:
                self._fill_colon(line, cover((lines[0].span, lines[-1].span)))
            whole = _quotation_of(line)
            if not drafts and whole is not None and self._last is not None and self._fresh:
                result.append(self._join(whole, lone=lone))
            elif len(drafts) == 0 and previous is not None and (asked := _asked(line, previous)):
                result.append([asked])
                self._last = asked
            else:
                result.append([d for d in drafts if d.content or d.open_end])
            if result[-1]:
                spoken = [d for d in result[-1] if any(_is_quoted(self._parsed, s) for s in d.content)]
                self._last, self._fresh = _outermost(spoken or result[-1]), True
            elif whole is None:
                self._fresh = False
            previous = line
        if not lines:
            self._fresh = False
        return result

    def _fill_colon(self, line: Line, paragraph: Span) -> None:
        """What "The Embassy tweeted:" announced: the quotation that opens the next paragraph, or all of that."""
        last = self._last
        if last is None or not last.open_end or not line.tokens or last in self._grown:
            return
        end = line.quotations[line.quoted[0]].span if line.quoted[0] >= 0 else paragraph
        self._grown[last] = msgspec.structs.replace(last, content=(end,), open_end=False)
        self.taken = end == paragraph

    def _join(self, quotation: Span, *, lone: bool) -> list[Draft]:
        """A quotation without a cue goes to the source before it: as more of the same, or as a claim of its own."""
        last = self._last
        if last is None or (last.source is None and last.cue is None):
            return []
        current = self._grown.get(last, last)
        if quotation in current.content:
            return [last]
        if any(_is_quoted(self._parsed, s) for s in current.content):
            self._grown[last] = msgspec.structs.replace(current, content=(*current.content, quotation), open_end=False)
            return [last]
        if not lone or last.source is None:
            return []
        carried = Draft(
            rule="carried",
            act="assert",
            factuality="CT+",
            source=last.source,
            cue=None,
            content=(quotation,),
            dates=last.dates,
        )
        return [carried]

    def finish(self, drafts: list[Draft]) -> list[Draft]:
        """Each attribution once, in its grown form; a colon that nothing followed is dropped."""
        result: dict[Draft, Draft] = {}
        for draft in drafts:
            grown = self._grown.get(draft, draft)
            if grown.content:
                result[draft] = grown
        return list(result.values())


def _is_quotation(line: Line) -> bool:
    return _quotation_of(line) is not None


def _quotation_of(line: Line) -> Span | None:
    """The quotation that makes up a whole sentence (but for a stray mark at its end), or None."""
    if not line.tokens or line.quoted[0] < 0:
        return None
    outside = [t for t, quote in zip(line.tokens, line.quoted, strict=True) if quote < 0 and t.is_word]
    return line.span if not outside else None


def _is_quoted(parsed: Parsed, span: Span) -> bool:
    return bool(parsed.quotations_over(span))


def _outermost(drafts: Sequence[Draft]) -> Draft:
    """The attribution that holds the others of its sentence, or the last one beside them."""
    return max(
        drafts, key=lambda d: (sum(map(len, d.content)) if d.content else 0, d.content[-1].end if d.content else 0)
    )


def _asked(line: Line, previous: Line) -> Draft | None:
    """ "Was it open?" the judge asked.: the sentence after a quotation that ends in ? or ! holds only its cue."""
    if not previous.tokens or previous.quoted[-1] < 0 or len(line) > 12:
        return None
    if previous.text[: previous.span.end].rstrip("\"'”’")[-1:] not in ("?", "!", "…"):
        return None
    cues = find_cues(line)
    if len(cues) != 1 or "left" not in cues[0].takes:
        return None
    subject = subject_before(line, cues[0].first - 1, 0)
    quotation = _quotation_of(previous)
    if subject is None or subject[0] != 0 or quotation is None:
        return None
    return Draft(
        rule="asked",
        act=cues[0].act,
        factuality=cues[0].factuality,
        source=line.between(*subject),
        cue=line.between(cues[0].first, cues[0].last),
        content=(quotation,),
    )
