"""What stands beside a content's clause and hedges it, or leaves open who says it: "in theory", "or so the story goes".

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: the tree above the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.clause import Clause
from sayso.vet.page import Page

_LONGEST = 8  # words of an adjunct
_NEXT = re.compile(r"[\s,–—(-]*")
_OPENING = re.compile(r"(?:^|[.,;:?!—–\"“”\n(]|--|\b(?:that|and|but|so|or))\s*$")
_HELD = "held by somebody"
_VAGUE = "said by nobody in particular"
_OWNERS = r"(?:his|her|their|its|my|our|your|the|some|one|many|most|several|popular|[A-Z][\w’'-]*)"
_NOUNS = (
    "opinion|views?|eyes|estimation|imagination|telling|judge?ment|minds?|reckoning|reading|versions?|accounts?|book"
    "|perspective|interpretation|calculation|thinking|belief|legend|theory|hypothesis|model|scenario|dreams?|script"
)
_VIEW = re.compile(
    rf"in the (?:{_NOUNS}) of\b[^,.;:]*"
    r"|in (?:one|some|another|many) (?:versions?|tellings?|accounts?)\b[^,.;:]*|in a (?:manner|way|sense)(?: of \w+)?"
    rf"|(?:in|on|to|from|by|under) {_OWNERS}(?: [\w’'-]+){{0,3}}? (?:{_NOUNS})\b"
    r"|(?:so|as) far as (?:[\w’'-]+ ){1,4}?(?:knows?|can tell|can see|can say|known|concerned)\b"
    r"|to hear [^,.;:]+? tell(?: it)?\b",
    re.IGNORECASE,
)
_DONE = "said|alleged|claimed|rumou?red|believed|thought|supposed|assumed|suspected|told"
_TELLS = (
    "go|goes|went|runs?|ran|says?|said|claims?|claimed|thinks?|thought|believes?|believed|hopes?|hoped|has it|have it"
    "|had it|tells?|told"
)
_SO_SAID = re.compile(
    rf"(?:or |and )?so (?:(?:it|this) (?:is|was|has been|seems|appears|goes)\b|they say|(?:\w+ ){{1,5}}(?:{_TELLS})\b)"
    r"|as (?!(?:luck|chance|fate) )(?:\w+ ){1,4}(?:has|have|had|tell|tells|told|would have|put|puts) it\b"
    rf"|as (?:the|some|one) (?:\w+ ){{1,3}}(?:go|goes|runs|has it)\b"
    rf"|as (?:is|was|has been|it is|it was) (?:\w+ly )?(?:{_DONE})\b|to (?:hear|believe|judge|go) (?:by )?\w+"
    r"|(?:if|assuming) (?:[\w’'-]+ ){1,5}(?:is|are|was|were) (?:right|correct|true|to be (?:believed|trusted))",
    re.IGNORECASE,
)
_SOME_SAY = re.compile(r"(?:(?:so|or so|as) )?(?P<who>\w+) (?:\w+ly )?(?P<does>\w+)(?=\s*[.,;)—–])", re.IGNORECASE)
_WHO_DOES = re.compile(r"(?:[\w’'-]+ ){1,6}(?P<does>\w+)\s*[.)]*\s*\Z")
_AT_LEAST = ("at", "least", "only", "albeit", "perhaps", "or", "and")
_OR = re.compile(r"[\s]*[,–—-]+\s*(?P<or>or)\b")


def asides(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """The words right before or after a content, set off from it, that change how it is put."""
    choice = _choice(page, content[-1]) if Clause(page, content, shown).is_statement else ()
    found = [*_before(page, content[0]), *_after(page, content[-1]), *choice]
    own = (*content, *shown)
    yield from (r for r in found if not any(span.overlaps(other) for span in r.spans for other in own))


def _before(page: Page, first: Span) -> Iterator[Reason]:
    """ "In theory, …": from the beginning of its clause to the content, nothing else between."""
    text, sentence = page.text, page.sentence_at(first.start)
    for at in page.within(sentence):
        start = page.words[at].start
        if start >= first.start:
            return
        if not _OPENING.search(text, sentence.start, start) and start != sentence.start:
            continue
        end = _aside(page, at, sentence.end)
        if end is not None and _NEXT.fullmatch(text, end[0].end, first.start):
            yield Reason(spans=(end[0],), why=end[1])
        elif (vague := _according(page, at, first)) is not None:
            yield vague


def _after(page: Page, last: Span) -> Iterator[Reason]:
    """ "…, in theory.", "…, or so the story goes": set off by a mark, but for an adverb."""
    text, sentence = page.text, page.sentence_at(last.start)
    at = next((w for w in page.within(sentence) if page.words[w].start >= last.end), None)
    if at is None or not _NEXT.fullmatch(text, last.end, page.words[at].start):
        return
    if text[last.end : page.words[at].start].strip():
        yield from (
            found for found in (_some_say(page, at, sentence), _thinks(page, at, sentence)) if found is not None
        )
    if (vague := _according(page, at, None)) is not None:
        yield vague
    end = _aside(page, at, sentence.end)
    if end is None:
        return
    set_off = bool(text[last.end : page.words[at].start].strip())
    closes = re.match(r"\s*[.,;:!?)\"”—–]|\s+-", text[end[0].end : sentence.end + 1]) is not None
    if set_off or closes:
        yield Reason(spans=(end[0],), why=end[1])


def _choice(page: Page, last: Span) -> Iterator[Reason]:
    """ "…, or the gauge is wrong", "…, or at least the mayor says so": one of two clauses."""
    sentence = page.sentence_at(last.start)
    match = _OR.match(page.text, last.end, sentence.end)
    if match is None:
        return
    rest = page.syntax.within(Span(match.end("or"), max(sentence.end, match.end("or") + 1)))
    if any(page.syntax.xpos[t] in ("VBD", "VBZ", "VBP", "MD") for t in rest):
        yield Reason(spans=(Span(match.start("or"), match.end("or")),), why="one of several")


def _aside(page: Page, at: int, end: int) -> tuple[Span, str] | None:
    """The adjunct that begins at a word, and what it does."""
    stop = page.within(Span(page.words[at].start, max(end, page.words[at].end))).stop
    while at + 1 < stop and page.words[at].norm in _AT_LEAST and not page.gap(at, at + 1).strip():
        at += 1
    norms = [page.words[w].norm for w in range(at, min(at + _LONGEST, stop))]
    start = page.words[at].start
    found = page.knowledge.framing.beside(norms)
    some = [(page.span(at, at + found[1] - 1), found[0].why)] if found is not None else []
    for pattern, why in ((_SO_SAID, _VAGUE), (_VIEW, _HELD)):
        if match := pattern.match(page.text, start, end):
            some.append((Span(start, match.end()), why))
    return max(some, key=lambda pair: pair[0].end, default=None)


def _some_say(page: Page, at: int, sentence: Span) -> Reason | None:
    """ "…, some believe.", "…, or so one hears"."""
    match = _SOME_SAY.match(page.text, page.words[at].start, sentence.end)
    if match is None or match["who"].lower() not in page.knowledge.framing.vague.words:
        return None
    tokens = page.syntax.within(Span(match.start("does"), match.end("does")))
    known = page.knowledge.framing.takes("verb", (match["does"].lower(),)) is not None
    verb = known or any(page.syntax.upos[t] == "VERB" for t in tokens)
    return Reason(spans=(Span(match.start("who"), match.end("does")),), why=_VAGUE) if verb else None


def _thinks(page: Page, at: int, sentence: Span) -> Reason | None:
    """ "…, the mayor fears.", "…, she joked": the last word of a sentence, of a few that are set off."""
    match = _WHO_DOES.match(page.text, page.words[at].start, sentence.end)
    entry = page.knowledge.framing.takes("verb", (match["does"].lower(),)) if match else None
    if match is None or entry is None or entry.keeps:
        return None
    told = page.text[page.words[at].start : match.end("does")].lower().split()
    if (told[0] == "as" and " ".join(told) in page.knowledge.framing.plain.phrases) or told[-2:-1] in (
        ["than"],
        ["as"],
    ):
        return None  # "as planned", "longer than planned"
    return Reason(spans=(Span(match.start("does"), match.end("does")),), why=entry.why)


def _according(page: Page, at: int, first: Span | None) -> Reason | None:
    """ "According to hearsay, …": to nobody."""
    syntax, text = page.syntax, page.text
    if [page.words[w].norm for w in range(at, min(at + 2, len(page.words)))] != ["according", "to"]:
        return None
    stop = page.within(page.sentence_at(page.words[at].start)).stop
    words = [w for w in range(at + 2, stop) if first is None or page.words[w].end <= first.start]
    words = words[: next((n for n, w in enumerate(words) if n and re.search(r"[,.;:]", page.gap(w - 1, w))), None)]
    if not words or (first is not None and not re.fullmatch(r"[^,.;:]*,\s*", text[page.words[at].end : first.start])):
        return None
    inside = [t for w in words for t in syntax.within(page.words[w].span)]
    heads = [t for t in inside if syntax.upos[t] in ("NOUN", "PRON", "PROPN")]
    named = any(syntax.upos[t] == "PROPN" and syntax.form(t)[:1].isupper() for t in inside)
    if heads and not named and syntax.form(heads[0]).lower() in page.knowledge.framing.vague.words:
        return Reason(spans=(syntax.span(heads[0]),), why=_VAGUE)
    return None
