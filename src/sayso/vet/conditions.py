"""Conditions that stand beside a content: "… if the dam holds", "If the dam holds, …", "provided that …".

In:   a Page, where content and what is shown stand.   Out: the words that set a condition.
Knows nothing of: the tree, which hangs such a clause from whatever verb is near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.page import Page

_CONDITION = "a condition"  # as the word list calls what such words do
_COMPLEMENT = ("whether",)
_GOES_BEFORE = ("that", "and", "but", "so", "only")  # what a condition may stand behind, other than a mark
_MARK = re.compile(r"[,.;:?!—–\"“”\n]")
_END = re.compile(r"[.;:?!\"“”]")
_COMMA = re.compile(r",[\s,]*\Z")


def conditions(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """A condition on either side of a content: "if" right behind it; a clause with "if" that ends where it begins."""
    first, last = content[0], content[-1]
    for mark in _marks(page, page.sentence_at(first.start)):
        if any(mark.overlaps(own) for own in (*content, *shown)):
            continue
        if last.end <= mark.start:
            if page.text[last.end : mark.start].strip(", \n") == "":
                yield Reason(spans=(mark,), why="under a condition")
        elif mark.end <= first.start and _leads_to(page, mark, first, shown):
            yield Reason(spans=(mark,), why="under a condition")


def _marks(page: Page, sentence: Span) -> Iterator[Span]:
    """The words of a sentence that set a condition, by the list of words that join clauses."""
    known = page.knowledge.stances.linkers.items()
    linkers = [tuple(words.split()) for words, entry in known if entry.why == _CONDITION]
    inside = page.within(sentence)
    for at in inside:
        for words in linkers:
            there = tuple(page.words[w].norm for w in range(at, min(at + len(words), inside.stop)))
            if there == words != _COMPLEMENT:
                yield page.span(at, at + len(words) - 1)


def opens_condition(page: Page, span: Span) -> bool:
    """Is a word the last of those that set a condition: "provided", "in case"?"""
    return any(mark.end == span.end for mark in _marks(page, page.sentence_at(span.start)))


def _leads_to(page: Page, mark: Span, first: Span, shown: Sequence[Span]) -> bool:
    """Is a content what would follow: does a clause that opens with a condition end with a comma right before it?"""
    text, word = page.text, page.within(mark)[0]
    if word > 0 and page.words[word - 1].norm not in _GOES_BEFORE and not _MARK.search(page.gap(word - 1, word)):
        return False  # "asked if", "even if"
    between = text[mark.end : first.start]
    for own in shown:  # "If the dam breaks, the mayor said, …"
        if mark.end <= own.start and own.end <= first.start:
            between = between.replace(own.of(text), "")
    return _COMMA.search(between) is not None and not _END.search(between)
