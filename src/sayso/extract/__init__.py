"""Find the claims of a document: source, cue, content, nesting; and what the author says himself.

In:   Parsed, Lexicon.   Out: Claims in text order.
Knows nothing of: other documents, truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from sayso.extract.assembly import assemble
from sayso.extract.attributions import attributions
from sayso.extract.authorial import authorial
from sayso.extract.drafts import Draft
from sayso.extract.flow import FollowOn, headline, speaker_turns
from sayso.extract.lines import Line
from sayso.extract.sources import describe
from sayso.lexicon import Lexicon
from sayso.parse import Parsed, Quotation, Token, split, tokens
from sayso.records import Claim, Notice
from sayso.spans import Span

_HEADLINE_WORDS, _HEADLINE_SHARE = 4, 0.7  # "Minister Denies Fraud Claims"; prose has a fifth of capitals
_LONGEST = 400  # words outside quotations; the rules look from each cue over the whole sentence, in quadratic time


def extract(parsed: Parsed, lexicon: Lexicon) -> tuple[tuple[Claim, ...], tuple[Notice, ...]]:
    """All claims of a document, and notices on what was too odd to look at."""
    notices: list[Notice] = []
    drafts: list[Draft] = []
    turns = speaker_turns(parsed)
    follow = FollowOn(parsed)
    at = quote_at = 0
    for paragraph in parsed.paragraphs:
        quotations: list[Quotation] = []
        while quote_at < len(parsed.quotations) and parsed.quotations[quote_at].span.start < paragraph.span.end:
            quotations.append(parsed.quotations[quote_at])
            quote_at += 1
        sentences: list[Span] = []
        while at < len(parsed.sentences) and parsed.sentences[at].start < paragraph.span.end:
            sentences.append(parsed.sentences[at])
            at += 1
        if paragraph.role in ("furniture", "byline"):
            continue
        if turn := turns.get(paragraph.span.start):
            follow.end()
            drafts.append(turn)
            drafts.extend(_within(parsed.text, turn.content, quotations, lexicon))
            continue
        lines = [_line(parsed.text, s, quotations, 0, lexicon) for s in sentences]
        notices.extend(_too_long(line) for line in lines if not _readable(line))
        found = follow.paragraph(lines, [_attributions(line) for line in lines])
        for line, here in zip(lines, found, strict=True):
            drafts.extend(here)
            if paragraph.role == "prose" and not follow.taken and (own := authorial(line, here)):
                drafts.append(own)
        drafts.extend(_inner(parsed.text, quotations, lexicon))
    drafts = follow.finish(drafts)
    spoken = headline(parsed, (describe(parsed, draft.source, lexicon) for draft in drafts if draft.source))
    if spoken and not any(draft.cue == spoken.cue for draft in drafts):
        drafts.append(spoken)
    return assemble(parsed, drafts, lexicon), tuple(notices)


def _readable(line: Line) -> bool:
    return len(line) <= _LONGEST or sum(quote < 0 for quote in line.quoted) <= _LONGEST


def _attributions(line: Line) -> list[Draft]:
    return attributions(line) if _readable(line) else []


def _too_long(line: Line) -> Notice:
    message = (
        f"a sentence of {len(line)} words and marks: no attribution was looked for in it (is it a table or a list?)"
    )
    return Notice(stage="extract", message=message, span=line.span)


def _line(text: str, span: Span, quotations: Sequence[Quotation], depth: int, lexicon: Lexicon) -> Line:
    """The sentence at ``span`` with the quotations that stand directly in it."""
    inside = [q for q in quotations if q.depth == depth and q.span.overlaps(span)]
    words = _as_sentence(tokens(text, span), lexicon)
    quoted: list[int] = []
    number = 0
    for token in words:
        while number < len(inside) and inside[number].span.end <= token.start:
            number += 1
        quoted.append(number if number < len(inside) and inside[number].span.start <= token.start else -1)
    return Line(text=text, span=span, tokens=words, quotations=inside, quoted=quoted, lexicon=lexicon)


def _as_sentence(words: list[Token], lexicon: Lexicon) -> list[Token]:
    """A line in capitals or Title Case with its verbs in lower case: there a capital marks no name."""
    letters = [t for t in words if t.is_word and t.text[0].isalpha()]
    if len(letters) < _HEADLINE_WORDS or sum(t.is_capital for t in letters) < _HEADLINE_SHARE * len(letters):
        return words
    return [t._replace(text=t.lower) if t.lower in lexicon.verb_forms else t for t in words]


def _inner(text: str, quotations: Sequence[Quotation], lexicon: Lexicon) -> list[Draft]:
    """Attributions inside quotations, at any depth."""
    drafts: list[Draft] = []
    for number, quotation in enumerate(quotations):
        deeper = _in(quotation, quotations[number + 1 :])
        for sentence in split(text, quotation.inner, deeper, lexicon):
            drafts.extend(_attributions(_line(text, sentence, deeper, quotation.depth + 1, lexicon)))
    return drafts


def _in(outer: Quotation, following: Sequence[Quotation]) -> list[Quotation]:
    """Those inside ``outer``; they come right after it."""
    return list(takewhile(lambda q: q.span.start < outer.inner.end, following))


def _within(text: str, spans: Sequence[Span], quotations: Sequence[Quotation], lexicon: Lexicon) -> list[Draft]:
    """Attributions in the words of a speaker's turn."""
    drafts: list[Draft] = []
    for span in spans:
        inside = [q for q in quotations if span.contains(q.span)]
        for sentence in split(text, span, inside, lexicon):
            drafts.extend(_attributions(_line(text, sentence, inside, 0, lexicon)))
        drafts.extend(_inner(text, inside, lexicon))
    return drafts
