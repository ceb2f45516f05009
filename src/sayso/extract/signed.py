"""Find what a dash or a colon gives to somebody: “No ship, no crew” — the harbour log. Headlines: Dam to fail – report

In:   Parsed, what is said already, Syntax.   Out: Drafts.
Knows nothing of: what else is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.extract.drafts import Draft
from sayso.extract.sources import describe
from sayso.lexicon import Lexicon
from sayso.parse import Parsed, Quotation
from sayso.spans import Span, trimmed
from sayso.syntax import Syntax

_BEHIND = re.compile(r"[\s.,]*(?P<dash>[—–]|--?)\s+(?P<who>[^\W\d_].*|@\w.*)", re.DOTALL)
# Nothing that was passed is gone back to: a line may be a million spaces.
_BEFORE = re.compile(r"(?P<who>[^\W\d_][^:\n]*+)\s*+(?P<colon>:)\s*+")
_ASIDE = re.compile(r",|\s\(?(?:\d|[A-Z][a-z]{2,8}\.? \d)")  # what follows is when, where or how
_LONGEST = 12  # words of whom it is given to
_FEWEST = 3  # words of a quotation: fewer may be a title or a word that is spoken of
_HEADLINE = 20  # words of a headline
_NEWS = 3  # words of what it tells
_MARK = re.compile(r"(?<=\s)[—–-](?=\s)|:(?=\s)")
_MARKS = ":—–"  # who says it has none of these; a hyphen it may have
_LAST = re.compile(r"(?P<who>[^\W\d_][^:—–]*?)(?P<colon>:)\s+(?P<what>.+)")
_TELLS = frozenset(("audit", "inquest", "inquiry", "poll", "probe", "report", "source", "study", "survey", "watchdog"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NEWSMAKERS = frozenset(("person", "people", "government", "organisation", "armed_group"))
_SPEAKS = frozenset(("person", "people", "document", "outlet", "organisation", "government", "armed_group"))


def signed(parsed: Parsed, said: Sequence[Draft], syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """All drafts, and those of quotations of whom a dash or a colon alone tells who said them."""
    found: list[Draft] = []
    for paragraph in (p.span for p in parsed.paragraphs):
        quotations = [q for q in parsed.quotations_over(paragraph) if q.depth == 0 and q.closed]
        new = (*_of(parsed, paragraph, quotations, syntax, lexicon), *_headline(parsed, paragraph, syntax, lexicon))
        found += (draft for draft in new if all(_apart(draft, other) for other in said))
    return [*said, *found]


def _apart(draft: Draft, other: Draft) -> bool:
    """Has another attribution no words of one, or lies it whole in what is said there?"""
    inside = all(any(piece.contains(span) for piece in draft.content) for span in other.spans)
    return inside or not any(span.overlaps(piece) for span in other.spans for piece in draft.spans)


def _of(
    parsed: Parsed, paragraph: Span, quotations: Sequence[Quotation], syntax: Syntax, lexicon: Lexicon
) -> Iterator[Draft]:
    """The quotation that opens a paragraph and is signed; the one that follows a colon and ends its sentence."""
    text = parsed.text
    own = trimmed(text, paragraph.start, paragraph.end, " \t\r\n")
    if own is None or not quotations:
        return
    first = quotations[0]
    if first.span.start == own.start and (match := _BEHIND.match(text, first.span.end, own.end)):
        yield from _draft(parsed, first, Span(*match.span("dash")), Span(*match.span("who")), syntax, lexicon)
    elif (match := _BEFORE.match(text, own.start, own.end)) and match.end() == first.span.start:
        yield from _draft(parsed, first, Span(*match.span("colon")), Span(*match.span("who")), syntax, lexicon)


def _headline(parsed: Parsed, paragraph: Span, syntax: Syntax, lexicon: Lexicon) -> Iterator[Draft]:
    """A line that is no sentence: what is said, a dash or a colon, who says it; or who, a colon, what.

    Nearly anything may stand before a colon ("Talmeer: a city waits", "Analysis: …"), so only somebody who speaks, or a
    paper that tells something, counts; and what it tells has to be a clause or to quote.
    """
    own = trimmed(parsed.text, paragraph.start, paragraph.end, " \t\r\n#*=")
    if own is None or "\n" in own.of(parsed.text) or own.of(parsed.text)[-1] in ".!?…":
        return
    if len(own.of(parsed.text).split()) > _HEADLINE:
        return
    for what, mark, who in _cut(parsed.text, own):
        if _speaks(parsed, who, syntax, lexicon) and _is_news(parsed, what, syntax):
            yield Draft(by="signed", source=(who,), cue=mark, content=(what,))
            return


def _cut(text: str, line: Span) -> Iterator[tuple[Span, Span, Span]]:
    """What may be said, the mark, who may say it: by the first mark behind which only a name may stand, and by the
    first colon, if one may stand before it.
    """
    last = max(text.rfind(mark, line.start, line.end) for mark in _MARKS)
    for match in _MARK.finditer(text, max(last, line.start + 1), line.end):
        mark = Span(*match.span())
        what, who = trimmed(text, line.start, mark.start), trimmed(text, mark.end, line.end)
        if what and who and text[who.start].isalpha():
            yield what, mark, who
            break
    if before := _LAST.fullmatch(text, line.start, line.end):
        yield Span(*before.span("what")), Span(*before.span("colon")), Span(*before.span("who"))


def _speaks(parsed: Parsed, who: Span, syntax: Syntax, lexicon: Lexicon) -> bool:
    words = who.of(parsed.text).lower().split()
    if not words or len(words) > _LONGEST or any(syntax.xpos[token] in _FINITE for token in syntax.within(who)):
        return False
    if any(word.rstrip("s") in _TELLS for word in words):
        return True
    # "Police", "Ombry's widow", and not "Gulf War", "Syria", of which a line may only say what its news is about
    known = any(lexicon.head(word.removeprefix("ex-"), capital=False) for word in words)
    named = any(name.span.contains(who) and name.kind == "PER" for name in syntax.names)
    return (known or named) and describe(parsed, (who,), lexicon).type in _NEWSMAKERS


def _is_news(parsed: Parsed, what: Span, syntax: Syntax) -> bool:
    tokens = list(syntax.within(what))
    verbal = any(syntax.xpos[t] in _FINITE or syntax.upos[t] in ("VERB", "AUX") for t in tokens)
    told = what.of(parsed.text)
    return len(told.split()) >= _NEWS and (verbal or any(c in '“‘"' for c in told))


def _draft(
    parsed: Parsed, quotation: Quotation, cue: Span, who: Span, syntax: Syntax, lexicon: Lexicon
) -> Iterator[Draft]:
    aside = _ASIDE.search(parsed.text, who.start, who.end)
    source = trimmed(parsed.text, who.start, aside.start() if aside else who.end, " \t\r\n.,;")
    if source is None or len(source.of(parsed.text).split()) > _LONGEST:
        return
    if len(quotation.inner.of(parsed.text).split()) < _FEWEST:
        return
    if any(syntax.xpos[token] in _FINITE for token in syntax.within(source)):
        return  # a sentence, nobody
    if describe(parsed, (source,), lexicon).type in _SPEAKS:
        yield Draft(by="signed", source=(source,), cue=cue, content=(quotation.span,))
