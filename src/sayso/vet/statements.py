"""Whether words beside a clause are a statement of their own, that neither reports it nor judges it.

In:   a Page, the words between two marks.   Out: yes or no.
Knows nothing of: the clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.resolve.framing import Part
from sayso.vet.page import Page

MINE = frozenset(("i", "we", "you", "me", "us", "my", "our", "your", "one", "who", "whoever"))
_POINTING = frozenset(("it", "this", "that", "they", "so"))
_PARTS: tuple[Part, ...] = ("verb", "adjective", "noun")


def is_of_its_own(page: Page, segment: Sequence[int]) -> bool:
    """ "…, two men were hurt", "the library reopened, …": does somebody or something do something there, and it is not
    to say or think; not "the story goes", "it is said"?
    """
    syntax, framing = page.syntax, page.knowledge.framing
    subject = next((t for t in segment if syntax.rel[t].startswith("nsubj") and syntax.head[t] in segment), None)
    if subject is None or any(syntax.form(t).lower() in MINE for t in segment):
        return False
    verb, form = syntax.head[subject], syntax.form(subject).lower()
    names = {form, syntax.lemma[subject].lower()}
    if names & (framing.vague.words | _POINTING | framing.fields.views):
        return False
    does = syntax.upos[verb] in ("VERB", "ADJ") and syntax.lemma[verb].lower() != "be"
    return subject < verb and does and not _thinks(page, verb)


def is_apart(page: Page, verb: int, objects: Sequence[int]) -> bool:
    """ "…, the others want them to stay": does a verb with a subject take what follows it; not "…, they tell me", "…,
    many would have you think"?
    """
    syntax = page.syntax
    ends = max(t for k in objects for t in syntax.subtree(k))
    if any(syntax.rel[k] == "ccomp" for k in objects):
        return True
    noun = any(syntax.upos[k] in ("NOUN", "PROPN") for k in objects)
    return (
        noun
        and syntax.upos[ends] != "VERB"
        and syntax.lemma[verb].lower() not in page.knowledge.framing.fields.thoughts
    )


def is_mine(page: Page, token: int) -> bool:
    """ "I doubt", "you decide", "told me": does who writes or reads think, say or hear something?"""
    syntax = page.syntax
    if syntax.form(token).lower() not in MINE:
        return False
    return not syntax.rel[token].startswith("nsubj") or _thinks(page, syntax.head[token])


def _thinks(page: Page, word: int) -> bool:
    """Is it a word of what is said, thought or felt, or one that takes a clause?"""
    syntax, framing = page.syntax, page.knowledge.framing
    names = (syntax.form(word).lower(), syntax.lemma[word].lower())
    taken = any(framing.takes(part, names) is not None for part in _PARTS)
    return taken or names[1] in framing.fields.thoughts | framing.fields.views
