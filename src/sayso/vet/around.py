"""What stands over the words of a claim and is not shown by it: "could not confirm that", "if", "allegedly", "?".

In:   a Page, where content, cue and source stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: whether words are in the text at all, who says them.

The tree tells what stands over an event (`resolve.scope`), the reader's own claims what their cue does, the words right
beside a content what both may have missed. To be shown is to be among the words of the claim's fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sayso.extract.cues import doing
from sayso.parse import tokens
from sayso.records import Claim, Reason
from sayso.resolve.factuality import main_events
from sayso.resolve.scope import Scope
from sayso.spans import Span, cover
from sayso.vet.alone import Alone
from sayso.vet.asides import asides
from sayso.vet.clause import Clause
from sayso.vet.conditions import conditions, opens_condition
from sayso.vet.edges import edges
from sayso.vet.known import stands, taken_as_known
from sayso.vet.neighbours import neighbours
from sayso.vet.page import Page
from sayso.vet.reach import reaches
from sayso.vet.setoff import set_off
from sayso.vet.takers import takers

_HARMLESS = frozenset(
    ("future", "absolute", "restricted", "approximate", "in quotation marks", "said by somebody", "assert", "report")
)
_HARMLESS |= {"accuse", "takes up what was said before", "a purpose", "would"}
# What somebody does by words that stand there as they are, or by an infinitive, which states nothing.
_MANNERS = frozenset(
    ("ask", "order", "asked or ordered", "want", "promise", "predict", "believe", "believed", "left open")
)
_TAKES_BACK = frozenset(
    ("retract", "withdraw", "recant", "disown", "repudiate", "revoke", "rescind")
)  # one's own words
_PLAIN = frozenset(("assert", "report", "accuse"))
_BEFORE = 7  # words before a content that may bear on it
_OPERATOR = re.compile(
    r"\b(?:not|no|none|nobody|no one|nothing|never|neither|nor|without|cannot|hardly|if|unless|whether|untrue|false"
    r"|wrong|doubtful|unclear|alleged|supposed|would|could|may|might)\b|n['’]t\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[,;:.!?()\"“”—–\n]|--")
_COMMA = re.compile(r"\s*,?\s*")
_IF_WHEN = re.compile(
    r"\b(?P<if>if|whether)[,\s]+(?:and|or)\s+(?:when|how|where|why|not|by whom)[,\s]*\Z", re.IGNORECASE
)
_HEARSAY = re.compile(r"\bit (?:is|was|has been|had been|is being|was being) (?:\w+ly )?\w+$", re.IGNORECASE)


def dropped(page: Page, content: Sequence[Span], shown: Sequence[Span], said: Claim | None) -> list[Reason]:
    """The words outside of what is shown that change how the content is put. ``said``: the claim of the text that the
    content is, where the reader finds one.
    """
    everything = [*content, *shown]
    found = [
        reason
        for reason in (
            *_above(page, content, shown),
            *_cue(page, content, shown),
            *_reading(page, content, shown, said),
        )
        if reason.why not in _HARMLESS | page.affirming
        and not (reason.why == "a question" and _is_of_another(page, reason.spans[0], content[-1]))
        and not any(span.overlaps(own) for own in everything for span in reason.spans)
    ]
    beside = [*_beside(page, content, shown), *_asked(page, content, shown)]
    if _told_as_it_is(page, content):
        found, beside = ([r for r in some if r.why not in _MANNERS] for some in (found, beside))
    hearsay = said is not None and said.source is None and not shown and page.sentence_at(content[0].start)
    if hearsay and said and said.cue and hearsay.overlaps(said.cue.spans[0]) and not _meets(said.cue.spans, shown):
        beside.append(Reason(spans=said.cue.spans, why="said by nobody in particular"))
    over = [r for r in takers(page, content, shown) if r.why not in _MANNERS or not _told_as_it_is(page, content)]
    known = taken_as_known(Clause(page, content, shown))
    left = [r for r in (*(r for r in found if not _plain(page, r)), *beside) if not stands(page, r, known)]
    return left or [r for r in over if not stands(page, r, known)]


def _told_as_it_is(page: Page, content: Sequence[Span]) -> bool:
    """Is it all within quotation marks, or an infinitive?"""
    words = page.inside(content)
    if words <= page.quoted:
        return True
    syntax = page.syntax
    events = main_events(syntax, content, page.knowledge.stances)
    return bool(events) and any(syntax.lemma[k].lower() == "to" for k in syntax.children(events[0]) if k < events[0])


def _meets(spans: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def _above(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """What the tree has over the events of a content, in the whole of their sentences."""
    syntax, stances = page.syntax, page.knowledge.stances
    for piece in content:
        around = set(syntax.within(cover((page.sentence_at(piece.start), piece))))
        for event in main_events(syntax, [piece], stances):
            state = Scope(syntax, around.intersection(syntax.sentence_of(event)), stances).of(event)
            found = (Reason(spans=(r.span,), why=r.why) for r in state.why)
            yield from (reason for reason in found if reaches(page, reason, event, shown))


def _cue(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """What stands over the words that are shown as reporting, which may be none of the content's tree."""
    syntax, stances = page.syntax, page.knowledge.stances
    own = {t for piece in content for t in syntax.within(piece)}
    for span in shown:
        top = syntax.top(span)
        over = syntax.head[top] if top is not None else None
        if over is not None and syntax.rel[top or 0] == "obj" and syntax.lemma[over].lower() in _TAKES_BACK:
            yield Reason(spans=(syntax.span(over),), why="taken back")
        if top is None or syntax.upos[top] not in ("VERB", "AUX"):
            continue
        rest = [t for t in syntax.sentence_of(top) if t not in own]
        found = (Reason(spans=(r.span,), why=r.why) for r in Scope(syntax, rest, stances).of(top).why)
        yield from (reason for reason in found if reaches(page, reason, top, shown))


def _reading(page: Page, content: Sequence[Span], shown: Sequence[Span], said: Claim | None) -> Iterator[Reason]:
    """What the reader's claim says of its cue: denied, doubted, asked. A cue of another sentence concerns those only
    who show whose words it is about.
    """
    if said is None or said.cue is None:
        return
    here = any(page.sentence_at(piece.start).overlaps(said.cue.spans[0]) for piece in content)
    if not here and not shown:
        return
    own = (*said.cue.spans, *(said.source.spans if said.source else ()))
    yield from (reason for reason in said.why if _meets(reason.spans, own))
    if said.speech_act not in _PLAIN:
        yield Reason(spans=said.cue.spans, why=said.speech_act)


def _beside(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """Words right before or after the content, in its sentence, that are none of what is shown."""
    yield from _before(page, content[0], shown)
    yield from conditions(page, content, shown)
    yield from asides(page, content, shown)
    yield from edges(page, content, shown)
    yield from set_off(page, content, shown)
    yield from Alone(page, content, shown).reasons()
    yield from neighbours(page, content, shown)
    text, last = page.text, content[-1]
    sentence = page.sentence_at(last.start)
    after = next((w for w in page.within(sentence) if page.words[w].start >= last.end), None)
    if after is not None and not any(page.words[after].span.overlaps(own) for own in shown):
        span = page.words[after].span
        if page.words[after].norm == "not" and not text[last.end : span.start].strip():
            yield Reason(spans=(span,), why="negated")
        hedge = page.knowledge.lexicon.hedge_pattern.fullmatch(text, span.start, span.end)
        if hedge and _COMMA.fullmatch(text, last.end, span.start):
            yield Reason(spans=(span,), why="hedged")


def _before(page: Page, first: Span, shown: Sequence[Span]) -> Iterator[Reason]:
    """Back from the content to the verb that takes it, and what stands with that verb; or to a mark."""
    text, lexicon, syntax = page.text, page.knowledge.lexicon, page.syntax
    sentence = page.sentence_at(first.start)
    if match := _IF_WHEN.search(text, sentence.start, first.start):
        yield Reason(spans=(Span(*match.span("if")),), why="under a condition")
    before = [t for t in syntax.within(sentence) if syntax.end[t] <= first.start and syntax.upos[t] != "PUNCT"]
    start, verb = first.start, False
    for token in reversed(before[-_BEFORE:]):
        span, gap = syntax.span(token), text[syntax.end[token] : start]
        close = not _STOP.search(gap)
        if any(span.overlaps(own) for own in shown) or not (close or (start == first.start and _COMMA.fullmatch(gap))):
            return
        if lexicon.hedge_pattern.fullmatch(text, span.start, span.end):
            yield Reason(spans=(span,), why="hedged")
        if not close:
            return
        if verb and syntax.upos[token] not in ("AUX", "PART", "ADV", "PRON", "DET", "NOUN"):
            return
        if syntax.upos[token] != "PROPN" and _OPERATOR.fullmatch(text, span.start, span.end):
            yield Reason(spans=(span,), why="stands over it")
        elif opens_condition(page, span):
            yield Reason(spans=(span,), why="under a condition")
        elif not verb and (reason := _taking(page, token, first)):
            yield reason
        verb = verb or syntax.upos[token] == "VERB"
        start = span.start


def _taking(page: Page, token: int, content: Span) -> Reason | None:
    """What a word before a content does to it, if it is a word that takes one and does not merely say it."""
    syntax, span = page.syntax, page.syntax.span(token)
    top = syntax.top(content)
    if syntax.upos[token] in ("NOUN", "PROPN") and top is not None and syntax.head[top] == syntax.head[token] != token:
        return None  # "told the Times that", "said at the time that": the verb takes it
    under = bool(token) and syntax.form(token - 1).lower() == "under"
    cased = under or any(syntax.rel[k] == "case" for k in syntax.children(token))
    if (
        (under or syntax.upos[token] == "NOUN")
        and cased
        and syntax.lemma[token].lower() in page.knowledge.framing.plain.nouns
    ):
        return None  # "conceded under questioning that"
    names = [syntax.form(token).lower(), syntax.lemma[token].lower()]
    if names[0] in ("doubt", "question") and token and syntax.form(token - 1).lower() in ("no", "little"):
        return None
    does = doing(page.text, span, page.knowledge.lexicon)
    if syntax.upos[token] == "VERB" and _is_not_said(page, token):
        return Reason(spans=(span,), why="not said to be said")
    if syntax.upos[token] == "VERB" and (does.act not in _PLAIN or does.factuality != "CT+"):
        return Reason(spans=(span,), why=does.act)
    entry = page.knowledge.stances.embedded(names, "that")
    if entry is not None and entry.whose == "sayer" and _there_is(page, token):
        return Reason(spans=(span,), why="said by nobody in particular")
    framing = page.knowledge.framing
    adjective, verb = framing.takes("adjective", names), framing.takes("verb", names)
    before = (syntax.form(t) for t in range(max(0, token - 3), token))
    sure = any(kept is not None and kept.keeps for kept in (adjective, verb)) and not any(map(_OPERATOR.match, before))
    if entry is not None and entry.whose != "sayer" and (entry.holds != "CT+" or entry.denied != "CT+") and not sure:
        return Reason(spans=(span,), why=entry.why)
    hearsay = _HEARSAY.search(page.text, max(0, span.start - 24), span.end)
    if hearsay and not (adjective and adjective.keeps) and (entry is not None or syntax.xpos[token] == "VBN"):
        return Reason(spans=(span,), why="said by nobody in particular")
    return None


def _there_is(page: Page, noun: int) -> bool:
    """ "There are rumours that": a claim that nobody is named for."""
    syntax = page.syntax
    near = (*syntax.children(noun), *syntax.children(syntax.head[noun]))
    return syntax.upos[noun] == "NOUN" and any(syntax.rel[k] == "expl" for k in near)


def _is_not_said(page: Page, token: int) -> bool:
    """ "It is wrong to say that": an infinitive of a verb that reports, but for "went on to say that"."""
    syntax = page.syntax
    if token == 0 or syntax.xpos[token] != "VB" or syntax.form(token - 1).lower() != "to":
        return False
    known = syntax.form(token).lower() in page.knowledge.lexicon.verb_forms
    before = {syntax.lemma[t].lower() for t in range(max(0, token - 3), token)}
    return known and not before & {
        "go",
        "continue",
        "proceed",
        "come",
        "use",
        "first",
        "quick",
        "swift",
        "rise",
        "stand",
        "floor",
    }


def _asked(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """The question mark that ends the sentence of the content's last word."""
    text, last = page.text, content[-1]
    syntax = page.syntax
    inside = syntax.within(last)
    if not inside:
        return
    own = syntax.sentence_of(inside[-1])
    at = next((t for t in own if syntax.form(t) == "?" and syntax.start[t] >= last.end), None)
    if at is None or _is_of_another(page, syntax.span(at), last):
        return
    asks = any(doing(text, span, page.knowledge.lexicon).act == "ask" for span in shown)
    if not asks:
        yield Reason(spans=(syntax.span(at),), why="a question")


def _is_of_another(page: Page, mark: Span, content: Span) -> bool:
    """Does a mark end the question of a quotation that the content is none of?"""
    around = [q.span for q in page.parsed.quotations if q.span.contains(mark)]
    return bool(around) and not any(span.overlaps(content) for span in around)


def _plain(page: Page, reason: Reason) -> bool:
    """Is it but a word that reports, which no tree need be blamed for?"""
    if reason.why not in ("left open", "said by somebody"):
        return False
    lexicon, syntax = page.knowledge.lexicon, page.syntax
    top = syntax.top(reason.spans[0])
    if top is not None and syntax.upos[top] == "NOUN" and any(syntax.rel[k] == "case" for k in syntax.children(top)):
        return syntax.lemma[top].lower() in page.knowledge.framing.plain.nouns  # "said in an email that"
    words = [word.text.lower() for word in tokens(page.text, reason.spans[0])]
    known = any(word in lexicon.verb_forms or word in lexicon.marker_forms for word in words)
    does = doing(page.text, reason.spans[0], lexicon)
    return known and does.act in _PLAIN and does.factuality == "CT+"
