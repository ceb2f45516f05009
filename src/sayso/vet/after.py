"""What a sentence says of a content after it: "…, it is alleged", "…, though nobody knows it", "That … is false".

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: the tree, which is least to be relied on so far from the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.clause import Clause
from sayso.vet.page import Page

_HEARSAY = re.compile(r"[\s,;—–-]+(?:or )?(?:so )?(?P<told>(?:it|this) (?:is|was|has been) (?:\w+ly )?(?P<done>\w+))\b")
_TAKEN_BACK = re.compile(
    r"[\s,;—–(-]+(?:although|even though|though|but|while)\b[^.?!,;]*?"
    r"(?P<no>\b(?:not|never|nobody|no one|none|denie[ds]|deny|disput\w+)\b|n['’]t\b)"
    r"(?: \w+){0,2} (?:this|it|that|the (?:claim|report|account|figure)s?)\s*[.,;)\"”]"
)
_COMMENT = re.compile(
    r"[\s,–—(-]+(?:(?:which|this|that) (?:is|was|would be) )?(?:an?|another|one|(?P<what>something|which|what))\b"
    r"(?P<rest>[^.;:?!]*)"
)
_SUBJECT = re.compile(r"(?:^|[.?!:;\"“”\n]\s*)[\"“]?(?P<that>That)\s+$")
_SAID_OF_IT = re.compile(r"\s*(?P<is>(?:is|was|remains|seems|would be|has been)\b\s*(?P<what>\w+))")
_TAKING_BACK = ("denied", "doubted", "held not to be so")
_SO = frozenset(
    ("true", "clear", "certain", "known", "undisputed", "beyond", "plain", "obvious", "no", "why", "because")
)


def afterwards(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """The words after a content, in its sentence, that take it back, or say that it is but said."""
    text, first, last = page.text, content[0], content[-1]
    sentence = page.sentence_at(last.start)
    tail = text[last.end : sentence.end]
    for own in shown:
        if last.end <= own.start and own.end <= sentence.end:
            at = own.start - last.end
            tail = tail[:at] + " " * len(own) + tail[at + len(own) :]
    told = _HEARSAY.match(tail)
    if told and _is_said(page, last.end + told.start("done")):
        yield _reason(last.end, told, "told", "said by nobody in particular")
    back = _TAKEN_BACK.match(tail)
    if back:
        yield _reason(last.end, back, "no", "taken back after it")
    if Clause(page, content, shown).is_statement:
        yield from _comment(page, last.end, tail)
    start = page.sentence_at(first.start).start
    subject, of_it = _SUBJECT.search(text[start : first.start]), _SAID_OF_IT.match(tail)
    if subject and of_it and of_it["what"].lower() not in _SO:
        yield _reason(last.end, of_it, "is", "said of it")


def _comment(page: Page, end: int, tail: str) -> Iterator[Reason]:
    """ "…, a claim the ministry called false", "…, which the ministry denies": what a content is called afterwards."""
    comment = _COMMENT.match(tail)
    if comment is None or tail.strip(" \n")[:1] not in (",", "–", "—", "(", "-"):
        return
    syntax, framing = page.syntax, page.knowledge.framing
    tokens = syntax.within(Span(end + comment.start("rest"), end + max(comment.end("rest"), comment.start("rest") + 1)))
    for token in tokens:
        names = (syntax.form(token).lower(), syntax.lemma[token].lower())
        if comment["what"] and (syntax.form(token).lower() in ("not", "n't", "n’t") or syntax.upos[token] == "ADJ"):
            entry = framing.takes("adjective", names)
            if syntax.upos[token] != "ADJ" or (entry is not None and entry.why in _TAKING_BACK):
                yield Reason(spans=(syntax.span(token),), why="denied" if entry is None else entry.why)
                return
        elif comment["what"] and syntax.upos[token] == "VERB":
            entry = framing.takes("verb", names)
            if entry is not None and entry.why in _TAKING_BACK:
                yield Reason(spans=(syntax.span(token),), why=entry.why)
            return
        elif not comment["what"] and syntax.upos[token] == "NOUN" and syntax.rel[token] != "compound":
            entry = framing.takes("noun", names)
            if entry is not None and not entry.keeps:
                yield Reason(spans=(syntax.span(token),), why=entry.why)
            return


def _is_said(page: Page, at: int) -> bool:
    """Is a word a participle?"""
    tokens = page.syntax.within(Span(at, at + 1))
    return any(page.syntax.xpos[t] == "VBN" for t in tokens)


def _reason(offset: int, match: re.Match[str], group: str, why: str) -> Reason:
    return Reason(spans=(Span(offset + match.start(group), offset + match.end(group)),), why=why)
