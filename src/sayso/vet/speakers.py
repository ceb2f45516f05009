"""Who says a content where it stands, and with which words: what a claim's source and cue have to be.

In:   a Page, the place of a content, words for source and cue.   Out: Speaker: where they stand, or why not.
Knows nothing of: what the content says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.records import Claim, Source
from sayso.spans import Span
from sayso.vet.page import PRONOUNS, Page, bared
from sayso.vet.placing import Finder, Place, Wanted, wanted
from sayso.vet.words import cut

_HELD = 0.5  # of the words of a content, for a claim of the text to be what is said
_NEAR = 3  # sentences from a cue to what it reports
_CUE_GAPS = 6  # words that may stand between those of a cue
_SURE = 0.35  # the reader's score from which its word on who speaks stands against another
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "sir", "gen", "lt", "col", "sen", "rep", "president", "prof"))
_RELATIVES = ("WP", "WDT", "WP$")
_SMALL = frozenset(
    (
        "of", "in", "at", "for", "on", "with", "and", "or", "by", "from", "to", "as", "who", "which", "that", "the",
        "a", "an", "'s",
    )
)  # fmt: skip


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


class Named(NamedTuple):
    """Words for a source that are the one who speaks. ``how``: exact, or why they are another way to name them."""

    spans: tuple[Span, ...]
    exact: bool
    how: str | None


def names(page: Page, said: str, source: Source) -> Named | None:
    """Whether words name a source of the text, and how."""
    want = tuple(word.norm for word in cut(said))
    own = tuple(word.norm for word in cut(source.text))
    if not want:
        return None
    if want == own:
        exact = " ".join(said.split()) == " ".join(source.text.split())
        return Named(source.spans, exact, None if exact else "written otherwise")
    # "The ministry" may be "the Ministry of Roads" where the text knows that name.
    fuller = _is_part(own, want) and own[-1] not in PRONOUNS and bool(sayings_of(page, said))
    if _is_part(want, own) or fuller:
        return Named(source.spans, exact=said in source.text, how=f"“{source.text}” in the text")
    if (spans := _relative(page, said, source)) is not None:
        return Named(spans, exact=False, how=f"“{source.text}” in the text")
    for name in _called(page, source):
        if not page.may_be(source.spans[0], want):
            break
        if want in (name, bared(name)) or _is_part(want, name) or (_is_part(name, want) and sayings_of(page, said)):
            return Named(source.spans, exact=False, how=f"“{source.text}” is “{' '.join(said.split())}” in this text")
    return None


def _relative(page: Page, said: str, source: Source) -> tuple[Span, ...] | None:
    """ "The aides, who said": "who" and "the aides" are one, whichever of them the reader takes for the source."""
    syntax = page.syntax
    top = syntax.top(source.spans[0])
    if top is None:
        return None
    if syntax.xpos[top] in _RELATIVES:
        clause = next((t for t in (top, *syntax.ancestors(top)) if syntax.rel[t].startswith("acl")), None)
        if clause is not None and any(
            p.spans[0].contains(syntax.span(syntax.head[clause])) for p in sayings_of(page, said)
        ):
            return source.spans
    if said.lower() in ("who", "which", "that"):
        for clause in (k for k in syntax.children(top) if syntax.rel[k].startswith("acl")):
            for token in syntax.subtree(clause):
                if syntax.xpos[token] in _RELATIVES and syntax.form(token).lower() == said.lower():
                    return (syntax.span(token),)
    return None


def _called(page: Page, source: Source) -> Iterator[tuple[str, ...]]:
    """What else the text calls a source."""
    yield tuple(word.norm for word in cut(source.name))
    entity = page.entities.get(source.entity or "")
    if entity is not None:
        yield from page.names(entity)


def _is_part(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Does a name hold another, in a row, that tells something by itself?"""
    part = bared(part)
    telling = [word for word in part if word not in _SMALL and word not in PRONOUNS and word not in _TITLES]
    if not telling or len(part) > len(whole):
        return False
    return any(tuple(whole[at : at + len(part)]) == tuple(part) for at in range(len(whole) - len(part) + 1))


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
    return len(between) == 0 and not set(gap) & set('.;:"“”')


def governs(page: Page, cue: Place, content: Sequence[Span], *, by_tree: bool = False) -> bool:
    """Does a cue reach a content: by the tree, or near it, with no other claim's cue between?"""
    syntax = page.syntax
    cues = {t for span in cue.spans for t in syntax.within(span)}
    for piece in content:
        top = syntax.top(piece)
        if top is not None and any(above in cues for above in syntax.ancestors(top)):
            return True
        tops = {syntax.head[t] for t in syntax.within(piece)}
        if tops & cues:
            return True
    whole = (min(s.start for s in content), max(s.end for s in content))
    if any(whole[0] < s.start < whole[1] for s in cue.spans):
        return True  # it stands between two pieces
    if by_tree:
        return False
    low, high = (
        sorted((cue.spans[-1].end, whole[0])) if cue.spans[-1].end <= whole[0] else (whole[1], cue.spans[0].start)
    )
    others = [c.cue.spans[0] for c in page.said if c.cue is not None]
    return not any(low <= other.start and other.end <= high for other in others)


def sayings_of(page: Page, text: str, near: range | None = None) -> list[Place]:
    """Where words for a source stand in the text, or among some words of it."""
    return Finder(page).places(wanted(text), near)


def sure(claim: Claim) -> bool:
    """Is the reader's word on who says a claim good enough to stand against another?"""
    return claim.score is not None and claim.score >= _SURE
