"""What joins a content to another clause, and conditions beside it: "so long as …", "… barring an error", "were it so".

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: what takes the content's clause.

The tree is asked for little, as it hangs such a clause from whatever verb is near: the words beside a content tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.records import Reason
from sayso.resolve.framing import Connective
from sayso.spans import Span
from sayso.vet.page import Page

_UNDER = "under a condition"
_WHATEVER = "whatever happens"
_UNKNOWN = "joins it to something, and is not known to leave it as it is"
_GOES_BEFORE = (
    "that",
    "and",
    "but",
    "so",
    "only",
    "then",
    "or",
)  # what a condition may stand behind, other than a mark
_LONGEST = 6  # words of a connective
_MARK = re.compile(r"[,.;:?!—–\"“”\n(]|--")
_END = re.compile(r"[.;:?!\"“”]")
_COMMA = re.compile(r",[\s,]*\Z")
_NEXT = re.compile(r"[\s,–—(-]*")
_BESIDE = ("and", "but", "only", "at", "least", "always", "or", "though", "perhaps", "provided")
_INVERTED = ("were", "should", "had")
_NOMINAL = ("DET", "PRON", "PROPN", "NOUN", "NUM", "ADJ")
_PAST_TOO = ("when", "after", "before", "wherever", "directly", "day", "week", "second")  # which tell when it was
_ANYBODY = ("it", "there", "this", "anybody", "somebody", "anyone", "someone")
_TO_COME = frozenset(("will", "shall", "would", "wo", "'ll", "’ll", "can", "could", "may", "might", "must", "should"))


def conditions(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """What a content's clause is joined by; a condition on either side of it."""
    first, last = content[0], content[-1]
    found = [_joined(page, first), _behind(page, last), _or(page, first), _inverted_over(page, first)]
    found += list(_before(page, first, shown))
    own = (*content, *shown)
    yield from (r for r in found if r is not None and not any(r.spans[0].overlaps(span) for span in own))


def opens_condition(page: Page, span: Span) -> bool:
    """Is a word the last of those that set a condition: "provided", "in case"?"""
    word = page.within(span)
    found = _connective(page, word[0]) if word else None
    return found is not None and found[0].why == _UNDER


def _connective(page: Page, word: int) -> tuple[Connective, Span] | None:
    """The connective that ends with a word, in its sentence."""
    start = max(page.within(page.sentence_at(page.words[word].start)).start, word - _LONGEST + 1)
    norms = [page.words[w].norm for w in range(start, word + 1)]
    found = page.knowledge.framing.joins(norms)
    return (found[0], page.span(word - found[1] + 1, word)) if found is not None else None


# --- what joins it ---


def _joined(page: Page, first: Span) -> Reason | None:
    """The words right before a clause, its "that" left out, that make it something else than a statement."""
    words = page.within(first)
    if not words:
        return None
    before = words[0] - 1
    sentence = page.within(page.sentence_at(first.start))
    if words and page.words[words[0]].norm == "that" and len(words) > 1:
        pass
    elif before >= sentence.start and page.words[before].norm == "that":
        before -= 1
    if before < sentence.start or _MARK.search(page.text[page.words[before].end : first.start]):
        return None
    found = _connective(page, before)
    if found is not None:
        entry, place = found
        if entry.temporal:
            return Reason(spans=(place,), why="yet to come") if _is_to_come(page, first) else None
        return Reason(spans=(place,), why=entry.why) if entry.why else None
    return _unknown(page, first, before)


def _unknown(page: Page, first: Span, before: int) -> Reason | None:
    """A word that the tree has join the clause to another, and no list knows."""
    syntax = page.syntax
    top = syntax.top(first)
    tokens = syntax.within(page.words[before].span)
    if top is None or not tokens:
        return None
    token = tokens[0]
    joins = syntax.head[token] == top and syntax.rel[token] == "mark" and syntax.upos[token] in ("SCONJ", "ADP")
    finite = any(syntax.rel[k].startswith("nsubj") for k in syntax.children(top))
    asks = syntax.xpos[syntax.within(first)[0]] in ("WP", "WRB", "WDT")  # "pressed him about how it was paid"
    if asks or not joins or not finite or syntax.form(token).lower() in ("to", "that"):
        return None
    return Reason(spans=(syntax.span(token),), why=_UNKNOWN)


def _is_to_come(page: Page, first: Span) -> bool:
    """Does the other clause tell what will be, or what always is?"""
    syntax = page.syntax
    top = syntax.top(first)
    if top is None:
        return False
    own = set(syntax.within(first))
    above = [t for t in syntax.ancestors(top) if t not in own]
    beside = [k for k in syntax.children(top) if k not in own]  # a guessed tree may hang the main clause from this one
    over = next((t for t in (*above, *beside) if syntax.upos[t] in ("VERB", "AUX")), None)
    if over is None:
        return any(syntax.form(k).lower() in _TO_COME for t in above for k in syntax.children(t))
    helps = [k for k in syntax.children(over) if syntax.rel[k].startswith("aux")]
    helping = any(syntax.form(k).lower() in _TO_COME for k in helps)
    # "is triggered when"; not "has left since"
    always = any(syntax.form(k).lower() in ("is", "are") and syntax.rel[k] == "aux:pass" for k in helps)
    return helping or always or syntax.xpos[over] in ("VBZ", "VBP")


def _or(page: Page, first: Span) -> Reason | None:
    """ "…, or the dam is cracked"; "either the dam is cracked or …": one of two, and nobody says which."""
    words = page.within(first)
    before = words[0] - 1 if words else -1
    syntax = page.syntax
    top = syntax.top(first)
    kids = [k for t in (*syntax.within(first), top) if t is not None for k in syntax.children(t)]
    subject = any(syntax.rel[k].startswith("nsubj") for k in kids)
    one = before >= 0 and page.sentence(before) == page.sentence(words[0])
    if subject and one and page.words[before].norm in ("or", "either", "nor"):
        return Reason(spans=(page.words[before].span,), why="one of several")
    return None


# --- beside it ---


def _behind(page: Page, last: Span) -> Reason | None:
    """A condition right behind a content."""
    sentence = page.within(page.sentence_at(last.start))
    at = next((w for w in sentence if page.words[w].start >= last.end), None)
    if at is None or not _NEXT.fullmatch(page.text, last.end, page.words[at].start):
        return None
    while at + 1 < sentence.stop and page.words[at].norm in _BESIDE and page.words[at].norm != "provided":
        at += 1
    if (inverted := _inverted(page, at, sentence.stop)) is not None and "," in page.text[
        last.end : page.words[at].start
    ]:
        return inverted
    norms = [page.words[w].norm for w in range(at, min(at + _LONGEST, sentence.stop))]
    found = page.knowledge.framing.opens(norms)
    if found is not None and found[0].temporal and _is_present(page, at + found[1], sentence.stop):
        return Reason(spans=(page.span(at, at + found[1] - 1),), why="yet to come")
    if found is None or found[0].why != _UNDER or norms[: found[1]] == ["whether"]:
        return None
    return Reason(spans=(page.span(at, at + found[1] - 1),), why=_UNDER)


def _is_present(page: Page, at: int, stop: int) -> bool:
    """Is the first finite verb of the clause that begins at a word in the present: "once the papers are signed"?"""
    syntax = page.syntax
    if page.words[at - 1].norm in _PAST_TOO:
        return False
    for word in range(at, stop):
        if word > at and _MARK.search(page.gap(word - 1, word)):
            return False
        for token in syntax.within(page.words[word].span):
            if syntax.upos[token] in ("VERB", "AUX") and syntax.xpos[token] in (
                "VBD",
                "VBZ",
                "VBP",
                "MD",
                "VBG",
                "VBN",
            ):
                return syntax.xpos[token] in ("VBZ", "VBP")
    return False


def _inverted(page: Page, at: int, stop: int) -> Reason | None:
    """ "… were the figures right", "… should it turn out so": an auxiliary before who or what it speaks of."""
    if page.words[at].norm not in _INVERTED or at + 1 >= stop:
        return None
    following = page.syntax.within(page.words[at + 1].span)
    nominal = _NOMINAL if page.words[at].norm == "should" else _NOMINAL[:3]
    named = bool(following) and (page.syntax.upos[following[0]] in nominal or page.words[at + 1].norm in ("one", "1"))
    if not named or page.gap(at, at + 1).strip():
        return None
    return Reason(spans=(page.words[at].span,), why=_UNDER)


def _inverted_over(page: Page, first: Span) -> Reason | None:
    """ "…, were it to emerge that": the same, over the word that takes the content."""
    sentence = page.sentence_at(first.start)
    words = [w for w in page.within(sentence) if page.words[w].end <= first.start]
    for w in words[:-2]:
        if page.words[w].norm not in _INVERTED:
            continue
        opens = w == words[0] or _MARK.search(page.gap(w - 1, w)) or page.words[w - 1].norm in _GOES_BEFORE
        if page.words[w + 1].norm in _ANYBODY or (opens and _inverted(page, w, words[-1] + 1)):
            close = not re.search(r"[;:.?!]", page.text[page.words[w].end : first.start])
            right = page.words[words[-1]].norm == "that" and "," not in page.text[page.words[w].end : first.start]
            if close and right:
                return Reason(spans=(page.words[w].span,), why=_UNDER)
    return None


def _before(page: Page, first: Span, shown: Sequence[Span]) -> Iterator[Reason]:
    """A clause or phrase with a condition that ends with a comma where a content begins."""
    sentence = page.within(page.sentence_at(first.start))
    for at in sentence:
        if page.words[at].end > first.start:
            break
        norms = [page.words[w].norm for w in range(at, min(at + _LONGEST, sentence.stop))]
        found = page.knowledge.framing.opens(norms)
        inverted = _inverted(page, at, sentence.stop)
        sets = found is not None and found[0].why == _UNDER and norms[: found[1]] != ["whether"]
        waits = found is not None and found[0].temporal and _is_present(page, at + found[1], sentence.stop)
        if found is not None and (sets or waits):
            mark = page.span(at, at + found[1] - 1)
        elif inverted is not None:
            mark = inverted.spans[0]
        else:
            continue
        if _is_without_somebody(page, mark):
            continue
        if mark.end <= first.start and _leads_to(page, mark, first, shown):
            yield Reason(spans=(mark,), why=_UNDER)


def _is_without_somebody(page: Page, mark: Span) -> bool:
    """ "In the absence of Karel Osk" tells who was not there, and sets no condition."""
    following = page.syntax.within(Span(mark.end, mark.end + 2))
    return mark.of(page.text).lower().startswith("in the absence") and any(
        page.syntax.upos[t] == "PROPN" for t in following
    )


def _leads_to(page: Page, mark: Span, first: Span, shown: Sequence[Span]) -> bool:
    """Is a content what would follow: does a clause that opens with a condition end with a comma right before it?"""
    text, word = page.text, page.within(mark)[0]
    start = page.within(page.sentence_at(mark.start)).start
    if word > start and page.words[word - 1].norm not in _GOES_BEFORE and not _MARK.search(page.gap(word - 1, word)):
        return False  # "asked if", "even if"
    between = text[mark.end : first.start]
    for own in shown:  # "If the dam breaks, the mayor said, …"
        if mark.end <= own.start and own.end <= first.start:
            between = between.replace(own.of(text), "")
    return _COMMA.search(between) is not None and not _END.search(between)
