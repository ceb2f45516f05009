"""Who says a content where it stands, and with which words: what a claim's source and cue have to be.

In:   a Page, the places of a content, a source and a cue.   Out: whether they belong together.
Knows nothing of: what the content says, how a source may be named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.records import Claim
from sayso.spans import Span
from sayso.vet.naming import RELATIVES, is_possessive
from sayso.vet.page import Page
from sayso.vet.placing import Finder, Place, Wanted

_HELD = 0.5  # of the words of a content, for a claim of the text to be what is said
_NEAR = 3  # sentences from a cue to what it reports
_CUE_GAPS = 6  # words that may stand between those of a cue
_SURE = 0.35  # the reader's score from which its word on who speaks stands against another
_CLOSED = re.compile(r"[,;—–)]")
_TAKEN = ("ccomp", "xcomp", "obj", "acl")


def holding(page: Page, content: Sequence[Span]) -> list[Claim]:
    """The claims of the text that a content is, or is a part of, the tightest first; those within it are none."""
    held = [
        (claim, share)
        for claim, share in page.sayings(content)
        if share >= _HELD and not (claim.cue and any(c.contains(s) for c in content for s in claim.cue.spans))
    ]
    return [claim for claim, _ in sorted(held, key=lambda pair: (sum(map(len, pair[0].content.spans)), -pair[1]))]


def cue_places(page: Page, want: Wanted, content: Sequence[Span]) -> list[Place]:
    """Where a cue stands near a content and not in it, the nearest first."""
    own = page.inside(content)
    sentences = {page.sentence(word) for word in own}
    near = page.sentences(min(sentences) - _NEAR, max(sentences) + _NEAR)
    found = [place for place in Finder(page, loose=_CUE_GAPS).places(want, near) if own.isdisjoint(place.words)]
    return sorted(found, key=lambda place: _distance(place.spans, content))


def _distance(one: Sequence[Span], other: Sequence[Span]) -> int:
    return min(max(a.start - b.end, b.start - a.end, 0) for a in one for b in other)


def attached(page: Page, source: Place, cue: Place, content: Sequence[Span]) -> bool:
    """Does the tree give a cue this source: is it the subject, agent or owner of the cue, or in its clause?"""
    syntax = page.syntax
    cues = {t for span in cue.spans for t in syntax.within(span)}
    top = syntax.top(source.spans[0])
    if top is None or not cues:
        return False
    if page.sentence(source.words[0]) != page.sentence(cue.words[0]):
        return False
    own = {t for span in content for t in syntax.within(span)}
    if _is_other(page, source, cues) or (is_possessive(page, top) and syntax.upos[syntax.head[top]] == "VERB"):
        return False
    if _is_told(page, top, cues):
        return False
    if syntax.rel[top] == "nsubj" and syntax.head[top] in cues and _is_of_clause_before(page, top, syntax.head[top]):
        return False
    if syntax.head[top] in cues or any(
        syntax.head[t] == top or syntax.head[t] in syntax.within(source.spans[0]) for t in cues
    ):
        return True
    heads = [t for t in cues if syntax.head[t] not in cues]
    for head in heads:
        at = head
        for above in syntax.ancestors(head):
            if above in own:
                break
            kids = _subjects(page, above, at)
            if top in kids and not any(syntax.rel[k].startswith("nsubj") for k in syntax.children(at)):
                return True
            at = above
    return _next_to(page, source, cue)


def _is_told(page: Page, noun: int, cues: set[int]) -> bool:
    """ "Confided to Vera Holm": whom a verb that reports is said to, of or with, beside its own subject."""
    syntax = page.syntax
    verb = syntax.head[noun]
    if verb not in cues or syntax.rel[noun] not in ("obl", "iobj", "obj") or noun < verb:
        return False
    case = {syntax.form(k).lower() for k in syntax.children(noun) if syntax.rel[k] == "case"}
    return not case & {"by", "from", "of"} and any(syntax.rel[k] == "nsubj" and k < verb for k in syntax.children(verb))


def _is_other(page: Page, source: Place, cues: set[int]) -> bool:
    """Does the tree give a verb that reports a subject that is not the source, which is told or talked about then?"""
    syntax, known = page.syntax, page.knowledge.lexicon.verb_forms
    verbs = [t for t in cues if syntax.upos[t] == "VERB" and syntax.form(t).lower() in known]
    kids = [k for t in verbs for k in syntax.children(t) if syntax.rel[k] in ("nsubj", "obl:agent") and k not in cues]
    whose = [k for k in kids if _is_owner(page, k)]
    mine = set(source.words)
    return bool(whose) and all(mine.isdisjoint(page.inside([syntax.span(k)])) for k in whose)


def owns(page: Page, source: Place, cue: Place, content: Sequence[Span]) -> bool:
    """Does the tree leave no word between them: is the source the subject, agent or owner of the very word that the
    content hangs from? Then it is the source, whatever a reader that errs in one claim of five has.
    """
    syntax = page.syntax
    cues = {t for span in cue.spans for t in syntax.within(span)}
    said = [t for piece in content for t in (syntax.top(piece),) if t is not None]
    takes = {syntax.head[t] for t in said if syntax.rel[t] in _TAKEN} & cues
    inside = syntax.within(source.spans[0])
    if any(_antecedent(page, verb) in inside or _told_to(page, verb) in inside for verb in takes):
        return True
    return any(syntax.head[t] in takes and _is_owner(page, t) for t in syntax.within(source.spans[0]))


def _antecedent(page: Page, verb: int) -> int | None:
    """ "The results that show": what a relative pronoun, as the subject of a verb, speaks of."""
    syntax = page.syntax
    clause = syntax.head[verb] if syntax.rel[verb] == "conj" else verb
    subjects = [k for v in {verb, clause} for k in syntax.children(v) if syntax.rel[k].startswith("nsubj")]
    relative = bool(subjects) and all(syntax.xpos[k] in RELATIVES and k < verb for k in subjects)
    return syntax.head[clause] if relative and syntax.rel[clause] == "acl:relcl" else None


def _told_to(page: Page, verb: int) -> int | None:
    """ "Forced Tom Reyk to admit": the object of a verb whose infinitive has no subject of its own."""
    syntax = page.syntax
    alone = not any(syntax.rel[k].startswith("nsubj") for k in syntax.children(verb))
    if syntax.rel[verb] != "xcomp" or not alone:
        return None
    objects = [k for k in syntax.children(syntax.head[verb]) if syntax.rel[k] in ("obj", "iobj") and k < verb]
    return objects[0] if objects else None


def _is_owner(page: Page, noun: int) -> bool:
    """Is it who does what the word does that it hangs from?"""
    syntax = page.syntax
    verb, rel = syntax.head[noun], syntax.rel[noun]
    if rel == "nsubj":
        if is_possessive(page, noun):
            return False
        rest = [syntax.rel[k] for k in syntax.children(verb) if k != noun]
        told = noun > verb and any(syntax.rel[k] == "nsubj" and k < verb for k in syntax.children(verb))
        told = told or _is_of_clause_before(page, noun, verb)
        return not told and not any(other.endswith(":pass") for other in rest)  # "the clerk told Tom Reyk"
    if rel in ("nmod:poss", "compound"):
        return syntax.upos[verb] == "NOUN"
    return rel == "obl:agent" or (rel in ("obl", "nmod") and _is_agent(page, noun))


def _is_agent(page: Page, noun: int) -> bool:
    return any(page.syntax.form(k).lower() == "by" for k in page.syntax.children(noun))


def _is_of_clause_before(page: Page, noun: int, verb: int) -> bool:
    """ "As Tom Reyk looked on, Ann Lee said": does a guessed tree give a verb two subjects, and is it the farther?"""
    syntax = page.syntax
    nearer = [k for k in syntax.children(verb) if noun < k < verb and syntax.rel[k] == "nsubj"]
    called = [k for k in syntax.children(noun) if noun < k < verb and syntax.rel[k] == "appos"]
    open_end = (k for k in called if not _CLOSED.search(page.text, syntax.end[k], syntax.start[verb]))
    nearer += open_end  # "after hearing Tom Reyk, a clerk said": what is set off is closed by a mark, too
    return any("," in page.text[syntax.end[noun] : syntax.start[k]] for k in nearer)


def _subjects(page: Page, verb: int, below: int) -> list[int]:
    """Who does what hangs from a verb: its object if it has one ("pressed him to admit"), else its subject or agent."""
    syntax = page.syntax
    kids = syntax.children(verb)
    objects = [k for k in kids if syntax.rel[k] in ("obj", "iobj")] if syntax.rel[below] == "xcomp" else []
    return objects or [k for k in kids if syntax.rel[k].startswith(("nsubj", "obl:agent"))]


def _next_to(page: Page, source: Place, cue: Place) -> bool:
    """Do they stand side by side: "according to the ministry", "the ministry said"?"""
    a, b = sorted((source, cue), key=lambda place: place.words[0])
    between = range(a.words[-1] + 1, b.words[0])
    gap = page.gap(a.words[-1], b.words[0]) if a.words[-1] < b.words[0] else ""
    return len(between) == 0 and not set(gap) & set('.,;:"“”')


def governs(page: Page, cue: Place, content: Sequence[Span], *, by_tree: bool = False) -> bool:
    """Does a cue reach a content: by the tree, or near it, with no other claim's cue between?"""
    syntax = page.syntax
    cues = {t for span in cue.spans for t in syntax.within(span)}
    for piece in content:
        top = syntax.top(piece)
        if top is not None and _is_under(page, top, cues):
            return True
        own = syntax.within(piece)
        if cues & {syntax.head[t] for t in own}:
            return True
        if any(syntax.rel[t] == "case" and syntax.head[syntax.head[t]] in own for t in cues):
            return True  # "according to the clerk" hangs from what he says
    whole = (min(s.start for s in content), max(s.end for s in content))
    if any(whole[0] < s.start < whole[1] for s in cue.spans):
        return True  # it stands between two pieces
    if by_tree:
        return False
    low, high = (
        sorted((cue.spans[-1].end, whole[0])) if cue.spans[-1].end <= whole[0] else (whole[1], cue.spans[0].start)
    )
    if ":" not in page.text[low:high] and _reports_another(page, cue, content):
        return False
    others = [c.cue.spans[0] for c in page.said if c.cue is not None]
    return not any(low <= other.start and other.end <= high for other in others)


def _is_under(page: Page, top: int, cues: set[int]) -> bool:
    """Does one of some words stand above another, with no other speaker's verb between?"""
    syntax, known = page.syntax, page.knowledge.lexicon.verb_forms
    for above in syntax.ancestors(top):
        if above in cues:
            return True
        speaks = syntax.upos[above] == "VERB" and syntax.form(above).lower() in known
        if speaks and any(syntax.rel[k] == "nsubj" for k in syntax.children(above)):
            return False
    return False


def _reports_another(page: Page, cue: Place, content: Sequence[Span]) -> bool:
    """Does the reader give a cue of another sentence to other words than these?"""
    if any(page.sentence_at(piece.start).overlaps(cue.spans[0]) for piece in content):
        return False
    own = page.inside(content)
    takes = [c for c in page.said if c.cue is not None and any(a.overlaps(b) for a in c.cue.spans for b in cue.spans)]
    return bool(takes) and all(own.isdisjoint(page.inside(claim.content.spans)) for claim in takes)


def sure(claim: Claim) -> bool:
    """Is the reader's word on who says a claim good enough to stand against another?"""
    return claim.score is not None and claim.score >= _SURE
