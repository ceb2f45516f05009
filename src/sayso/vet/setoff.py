"""What is set off before and after a content: phrases, labels, tags, and clauses that take the content up again.

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: what takes the content's clause, which words a phrase may have (`phrases`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.clause import Clause
from sayso.vet.page import Page
from sayso.vet.phrases import FINITE, MEASURES, UNKNOWN, is_clause, judged

_PARTS = re.compile(r"[.;:?!\"“”\n()]|[—–]|--|\s-\s")
_JOINING = frozenset(("and", "but", "yet", "so", "nor", "or", "that"))
_SO = ("so", "thus")
_AGAINST = ("but", "yet", "and")
_NOMINAL = ("NOUN", "DET", "PROPN", "PRON", "NUM", "ADJ")
_ENDS = re.compile(r"[”\"“.?!;\n]")
_CLOSES = re.compile(r"\s{0,2}(?:[,.;:?!\"“”)\n—–]|--)")
_NO_TAG = ("and", "but", "while", "whereas", "although", "though", "because", "which", "who", "when", "where")
_LONG_TAG = 8
_TAG = 6  # words of a tag: "…, tongues in the harbour wag"
_NEGATED = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "none", "neither", "hardly"))
SEE = frozenset(("see", "cf", "compare", "photo", "picture", "map", "video", "table", "figure"))
_SHELL = re.compile(r"\s*[,–—(-]+\s*(?:an?|one|another)\b(?P<rest>[^.;:?!,]*)", re.IGNORECASE)


def set_off(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """The phrases right before and right after a content that are not known to leave it as it is."""
    clause = Clause(page, content, shown)
    if not clause.is_finite or not clause.is_statement:
        return
    own = (*content, *shown)
    found = [*_before(page, clause, content[0], shown), *_after(page, content, shown)]
    yield from (r for r in found if not any(span.overlaps(other) for span in r.spans for other in own))


# --- before ---


def _before(page: Page, clause: Clause, first: Span, shown: Sequence[Span]) -> Iterator[Reason]:
    """The words from the last mark, shown word or joining word before a content up to it."""
    syntax, text = page.syntax, page.text
    sentence = page.sentence_at(first.start)
    if clause.is_reported:
        return  # "said on its website that": it is told of the cue
    label = _label(page, sentence, first, shown)
    if label is not None:
        yield label
    start = max([sentence.start, *(s.end for s in shown if sentence.start <= s.start and s.end <= first.start)])
    start = max([start, *(mark.end() for mark in _PARTS.finditer(text, start, first.start))])
    within = syntax.within(Span(start, max(first.start, start + 1)))
    tokens = [t for t in within if start <= syntax.start[t] < first.start and syntax.upos[t] != "PUNCT"]
    joining = next((n for n in reversed(range(len(tokens))) if syntax.form(tokens[n]).lower() in _JOINING), None)
    if joining is not None:
        head, joins, tokens = tokens[:joining], syntax.form(tokens[joining]).lower(), tokens[joining + 1 :]
        if head and joins in _AGAINST and not tokens and start == sentence.start and not is_clause(page, head):
            yield from _harm(judged(page, head))  # "Hearsay, but …"
    if not tokens:
        return
    if is_clause(page, tokens):
        if text[syntax.end[tokens[-1]] : first.start].strip() == ",":
            yield from _harm(_clause(page, tokens))
        return
    comma = text[syntax.end[tokens[-1]] : first.start].strip()
    nominal = syntax.upos[tokens[0]] in _NOMINAL
    cut = not comma and (nominal or (len(tokens) == 1 and syntax.upos[tokens[0]] in ("ADP", "SCONJ")))
    if comma not in ("", ",") or cut or (nominal and (joining is not None or start != sentence.start)):
        return
    yield from _harm(judged(page, tokens))


def _clause(page: Page, tokens: Sequence[int]) -> Reason | None:
    """ "From what one hears, …", "As many fear, …", "Say what you will, …": a clause set off before a content."""
    syntax, framing = page.syntax, page.knowledge.framing
    opens, form = tokens[0], syntax.form(tokens[0]).lower()
    if form == "as":
        last = tokens[-1]
        entry = framing.takes("verb", (syntax.form(last).lower(), syntax.lemma[last].lower()))
        fears = entry is not None and not entry.keeps
        return Reason(spans=(syntax.span(last),), why=entry.why) if fears and entry is not None else None
    if syntax.upos[opens] in ("ADP", "SCONJ") and _opens_object(page, tokens):
        return judged(page, tokens)
    if syntax.xpos[opens] == "VB" and not any(syntax.rel[k].startswith("nsubj") for k in syntax.children(opens)):
        return Reason(spans=(syntax.span(opens),), why=UNKNOWN)
    return None


def _opens_object(page: Page, tokens: Sequence[int]) -> bool:
    """ "From what one hears", "for all one can tell"."""
    return len(tokens) > 1 and page.syntax.form(tokens[1]).lower() in ("what", "all", "whatever", "anything")


def _harm(reason: Reason | None) -> Iterator[Reason]:
    if reason is not None:
        yield reason


def _label(page: Page, sentence: Span, first: Span, shown: Sequence[Span]) -> Reason | None:
    """ "RUMOUR: …": a word or two before a colon, that are nobody's name."""
    syntax, text = page.syntax, page.text
    before = text[sentence.start : first.start]
    match = re.fullmatch(r"\W*(?P<label>[^:.;?!]{1,40}):\s*[“\"]?", before)
    if match is None:
        return None
    span = Span(sentence.start + match.start("label"), sentence.start + match.end("label"))
    tokens = [t for t in syntax.within(span) if syntax.upos[t] != "PUNCT"]
    sources = (s for claim in page.said if claim.source is not None for s in claim.source.spans)
    named = any(other.overlaps(span) for other in (*(name.span for name in syntax.names), *sources))
    if not tokens or len(tokens) > 3 or named or is_clause(page, tokens) or any(span.overlaps(s) for s in shown):
        return None
    last, framing = syntax.form(tokens[-1]).lower(), page.knowledge.framing
    told = framing.takes("noun", (last,)) if len(tokens) == 1 or syntax.upos[tokens[0]] == "DET" else None
    if (
        last in framing.plain.labels
        or (told is not None and told.keeps)
        or all(syntax.upos[t] == "NUM" for t in tokens)
    ):
        return None  # "UPDATE:", "The upshot:", "1971:"
    return Reason(spans=(span,), why=UNKNOWN)


# --- after ---


def _after(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    syntax, text, last = page.syntax, page.text, content[-1]
    sentence = page.sentence_at(last.start)
    rest = syntax.within(Span(last.end, max(sentence.end, last.end + 1)))
    words = [t for t in rest if syntax.start[t] >= last.end and syntax.upos[t] != "PUNCT"]
    gap = text[last.end : syntax.start[words[0]]] if words else ""
    if not words or _ENDS.search(gap):
        return
    until = next((t for t in words if _CLOSES.match(text, syntax.end[t])), words[-1])
    phrase = [t for t in words if t <= until]
    if any(syntax.span(t).overlaps(s) for t in phrase for s in shown):
        return
    yield from _shell(page, last.end, sentence.end)
    first, upos = words[0], syntax.upos[words[0]]
    if gap.endswith("(") and syntax.form(first).lower() in SEE:
        return
    cased = upos == "ADP" and (syntax.rel[first] == "case" or _opens_object(page, phrase))
    if not gap.strip():
        if len(phrase) <= 2 and all(syntax.upos[t] == "ADV" for t in phrase):
            yield from _harm(judged(page, phrase))
    elif is_clause(page, phrase) and not cased:
        yield from _tag(page, content, phrase)
    elif syntax.form(first).lower() in _SO:
        yield Reason(spans=(syntax.span(first),), why=UNKNOWN)
    elif upos in ("ADV", "ADP", "VERB") and not syntax.xpos[first].startswith("W"):
        yield from _harm(judged(page, phrase))
    elif not shown and upos == "NOUN" and until == words[-1] and len(phrase) <= _TAG:
        yield Reason(spans=(syntax.span(first),), why=UNKNOWN)


def _tag(page: Page, content: Sequence[Span], phrase: Sequence[int]) -> Iterator[Reason]:
    """ "…, tongues in the harbour wag", "…: so the letter ran": a clause with nothing to speak of but the content."""
    syntax = page.syntax
    form, last = syntax.form(phrase[0]).lower(), phrase[-1]
    if len(phrase) > 1 and syntax.form(last).lower() == "it":
        last = phrase[-2]  # "…, the grapevine has it"
    if form in _SO and syntax.form(phrase[1] if len(phrase) > 1 else last).lower() not in ("that", "far"):
        if _is_consequence(page, phrase):
            return
        yield Reason(spans=(syntax.span(phrase[0]),), why=UNKNOWN)
        return
    begins = page.sentence_at(content[0].start).start
    bare = not any(character.isalnum() for character in page.text[begins : content[0].start])
    ends = syntax.xpos[last] in ("VBD", "VBZ", "VBP") and syntax.upos[last] in ("VERB", "NOUN")
    ends = ends or (last != phrase[-1] and syntax.xpos[last] in FINITE)
    joined = form in ("even", "just") and syntax.upos[phrase[1] if len(phrase) > 1 else last] == "SCONJ"
    if joined or not ends or not bare or len(phrase) > _LONG_TAG or form in _NO_TAG:
        return
    names = (syntax.form(last).lower(), syntax.lemma[last].lower())
    known = page.knowledge.framing.takes("verb", names)
    said = names[0] in page.knowledge.lexicon.verb_forms
    if (known is None and not said) or (known is not None and not known.keeps):
        yield Reason(spans=(syntax.span(last),), why=known.why if known is not None else UNKNOWN)


def _is_consequence(page: Page, phrase: Sequence[int]) -> bool:
    """ "…, so the gates were shut at once", not "…, so the letter ran", "…, so the clerk has it": what came of it?"""
    syntax = page.syntax
    verb = next((t for t in phrase if syntax.xpos[t] in FINITE), None)
    if verb is None or not any(syntax.upos[t] in ("NOUN", "PROPN", "PRON") for t in phrase if t < verb):
        return False
    after = [syntax.form(t).lower() for t in phrase if t > verb]
    does = verb if syntax.upos[verb] == "VERB" else syntax.head[verb]
    deed = syntax.upos[does] != "VERB" or syntax.lemma[does].lower() not in page.knowledge.framing.fields.thoughts
    return after not in ([], ["it"]) and deed


def _shell(page: Page, end: int, stop: int) -> Iterator[Reason]:
    """ "…, a detail that could not be checked": what it is called, and what is said of that."""
    syntax, framing = page.syntax, page.knowledge.framing
    match = _SHELL.match(page.text, end, stop)
    if match is None:
        return
    tokens = syntax.within(Span(match.start("rest"), max(match.end("rest"), match.start("rest") + 1)))
    noun = next((t for t in tokens if syntax.upos[t] == "NOUN" and syntax.rel[t] != "compound"), None)
    if (
        noun is None
        or syntax.lemma[noun].lower() in MEASURES
        or any(_is_somebody(page, t) for t in tokens if t <= noun + 1)
    ):
        return
    after = [t for t in tokens if t > noun]
    if not any(syntax.upos[t] == "VERB" for t in after):
        return
    for token in after:
        names = (syntax.form(token).lower(), syntax.lemma[token].lower())
        entry = framing.takes("verb", names) if syntax.upos[token] == "VERB" else None
        foreseen = entry is not None and entry.why in ("possible", "believed", "wanted, planned or promised")
        if names[0] in _NEGATED or (entry is not None and not entry.keeps and not foreseen):
            yield Reason(spans=(syntax.span(token),), why=entry.why if entry is not None else "negated")
            return


def _is_somebody(page: Page, token: int) -> bool:
    return page.syntax.form(token).lower() in ("who", "whose", "whom") or page.syntax.upos[token] == "PROPN"
