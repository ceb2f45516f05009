"""What is said of a content by a word that takes it up again: "…, but nobody could check that", "…. This is untrue."

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: what stands over the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.clause import Clause
from sayso.vet.page import Page

_HERE = frozenset(("that", "this", "it", "which", "these", "those", "all"))
_NEXT = frozenset(("that", "this", "it", "these", "those", "all"))
_SUBJECTS = frozenset(("this", "these", "those", "that", "all"))
_NO = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "none", "nothing", "neither", "nor", "hardly", "cannot"))
_SHORT_OF = frozenset(
    (
        "unable", "fail", "refuse", "decline", "struggle", "yet", "try", "seek", "attempt", "reluctant", "unwilling",
        "impossible", "hard", "difficult", "hope",
    )
)  # fmt: skip
_DENIES = ("deny", "dispute", "doubt", "refute", "dismiss", "reject", "disprove", "question")
_BACK = ("denied", "doubted", "held not to be so", "only pretended or imagined", "said by nobody in particular")


def resumed(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """What the rest of the sentence, and the sentence after it, say of a content that nobody is shown to say."""
    if not Clause(page, content, shown).is_statement:
        return
    syntax, last = page.syntax, content[-1]
    sentence = page.sentence_at(last.start)
    if any(s.start < content[0].start or s.end <= last.end for s in shown if sentence.overlaps(s)):
        return  # it is theirs whatever is said of it
    rest = [t for t in syntax.within(Span(last.end, max(sentence.end, last.end + 1))) if syntax.start[t] >= last.end]
    words = any(syntax.upos[t] != "PUNCT" for t in rest)
    for token in rest:
        if syntax.form(token).lower() in _HERE and (reason := _of_it(page, token, here=True)) is not None:
            yield reason
            return
    if words or "\n" in page.text[last.end : last.end + 3] or _reports(page, content):
        return
    following = (
        page.sentence_at(min(sentence.end + 2, len(page.text) - 1)) if sentence.end + 2 < len(page.text) else None
    )
    if following is None or following.start < sentence.end:
        return
    for token in syntax.within(following):
        if syntax.form(token).lower() in _NEXT and (reason := _of_it(page, token, here=False)) is not None:
            yield reason
            return


def _reports(page: Page, content: Sequence[Span]) -> bool:
    """Does a content tell what somebody said? Then it is that which is denied, and not that it was said."""
    syntax, framing, lexicon = page.syntax, page.knowledge.framing, page.knowledge.lexicon
    for token in (t for piece in content for t in syntax.within(piece) if syntax.upos[t] == "VERB"):
        form = syntax.form(token).lower()
        if form in lexicon.verb_forms or framing.takes("verb", (form, syntax.lemma[token].lower())) is not None:
            return True
    return any(c.cue and any(s.contains(c.cue.spans[0]) for s in content) for c in page.said)


def _of_it(page: Page, token: int, *, here: bool) -> Reason | None:
    """What the word that a pronoun hangs from says of it."""
    syntax, framing = page.syntax, page.knowledge.framing
    if syntax.upos[token] not in ("PRON", "DET") or syntax.rel[token] in ("det", "expl"):
        return None
    head, rel, form = syntax.head[token], syntax.rel[token], syntax.form(token).lower()
    names = (syntax.form(head).lower(), syntax.lemma[head].lower())
    no = _negated(page, head)
    if rel.startswith("nsubj") and head != token:
        if not here and form not in _SUBJECTS:
            return None
        if syntax.form(head).lower() == "what" or any(
            syntax.form(k).lower() == "what" and k > token for k in syntax.children(head)
        ):
            return Reason(spans=(syntax.span(token),), why="told by somebody") if here else None
        if syntax.upos[head] in ("NOUN", "ADJ"):
            entry = framing.takes("noun" if syntax.upos[head] == "NOUN" else "adjective", names)
        elif rel.endswith(":pass"):
            entry = framing.takes("verb", names)
        else:
            return None
        if entry is None:
            return None
        if entry.keeps:
            return Reason(spans=(syntax.span(head),), why="negated") if no else None
        taken = entry.why in _BACK or (entry.why == "possible" and no)
        return Reason(spans=(syntax.span(head),), why=entry.why) if taken else None
    if rel == "nmod" and syntax.upos[head] == "NOUN" and form in ("that", "this", "which"):
        over = syntax.head[head]
        lacks = _negated(page, over) or syntax.lemma[over].lower() in ("lack", "miss", "missing", "lacking", "want")
        entry = framing.takes("noun", names)
        proves = entry is not None and (entry.keeps or entry.why == "possible")
        return Reason(spans=(syntax.span(head),), why="negated") if lacks and proves else None
    if rel in ("obj", "ccomp") and syntax.upos[head] == "VERB":
        entry = framing.takes("verb", names)
        checks = entry is None and names[1] in ("check", "authenticate", "validate", "test", "back")
        if entry is None and not checks:
            return None
        if entry is not None and entry.why in _BACK and (form != "it" or names[1] in _DENIES):
            return Reason(spans=(syntax.span(head),), why=entry.why)
        if no and (checks or (entry is not None and entry.keeps)):
            return Reason(spans=(syntax.span(head),), why="negated")
    return None


def _negated(page: Page, verb: int) -> bool:
    """Is a word negated, or told not to have come about, by what stands with it or over it?"""
    syntax = page.syntax
    at: int | None = verb
    for _ in range(3):
        if at is None:
            return False
        around = [at, *syntax.children(at)] if at != verb else list(syntax.children(at))
        if any(syntax.form(k).lower() in _NO or syntax.lemma[k].lower() in _SHORT_OF for k in around):
            return True
        at = syntax.head[at] if syntax.rel[at] in ("xcomp", "ccomp", "acl") and syntax.head[at] != at else None
    return False
