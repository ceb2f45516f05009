"""What a "this" takes up: "this was indeed a deliberate policy" speaks of what the claim before it says; and what is
denied by who only denies "it".

In:   Syntax, Claims in text order.   Out: for each claim a Reason that points there, or None.
Knows nothing of: whether either is so; who the sources are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.parse import Parsed
from sayso.records import DENIES, Claim, Reason
from sayso.syntax import Syntax

WHY = "takes up what was said before"
_SAID = (
    r"(?:claim|allegation|accusation|charge|report|figure|suggestion|assertion|account|version|involvement|wrongdoing"
    r"|responsibility|role|knowledge|part)s?"
)
_WHICH = r"(?:the|this|that|these|those|such|all|any|both|its|his|her|their|an?)"
_BARE = re.compile(
    rf"(?:it|this|that|them|so|doing so|having done so|(?:{_WHICH} )?(?:\w+ )?{_SAID}(?: (?:as|of|in|for) .*)?)",
    re.IGNORECASE,
)
_ACCUSED = re.compile(
    r"\b(?:allegation|accusation|charge|involvement|wrongdoing|responsibility|role|part)s?\b", re.IGNORECASE
)
_NEAR = 2  # sentences before
_TAKING_UP = frozenset(("this", "that"))


def taken_up(parsed: Parsed, syntax: Syntax, claims: Sequence[Claim]) -> tuple[Reason | None, ...]:
    """The word that takes something up and the content it takes up; that of the sentence right before, no other."""
    return tuple(_taken_up(parsed, syntax, claim, claims) for claim in claims)


def _taken_up(parsed: Parsed, syntax: Syntax, claim: Claim, claims: Sequence[Claim]) -> Reason | None:
    word = _opening(syntax, claim)
    if word is None or claim.kind == "authorial":
        return None
    here = next((n for n, s in enumerate(parsed.sentences) if s.contains(syntax.span(word))), 0)
    if here == 0 or any("\n\n" in parsed.text[s.end : syntax.start[word]] for s in parsed.sentences[here - 1 : here]):
        return None
    before = parsed.sentences[here - 1]
    said = [c for c in claims if c.kind != "authorial" and c.via is None and before.contains(c.content.spans[-1])]
    return Reason(spans=(syntax.span(word), *said[-1].content.spans), why=WHY) if said else None


def _opening(syntax: Syntax, claim: Claim) -> int | None:
    """The "this" that opens a content as the subject of a predicate without a verb of its own: "this was a policy"."""
    own = syntax.within(claim.content.spans[0])
    first = next((t for t in own if syntax.upos[t] not in ("PUNCT", "SCONJ")), None)
    if first is None or syntax.lemma[first].lower() not in _TAKING_UP or not syntax.rel[first].startswith("nsubj"):
        return None
    return first if any(syntax.rel[k] == "cop" for k in syntax.children(syntax.head[first])) else None


def denied(parsed: Parsed, claim: Claim, claims: Sequence[Claim]) -> Reason | None:
    """The content that a denial of "it", "the claim", "any role" leaves to what was said before, and to whom.

    The last claim of somebody else before it, in its sentence or the two before: of one sentence an accusation, of all
    where a charge or a part in it is denied; else what the author says in the sentence before, in the same paragraph.
    ``claims``: all of the document, in text order.
    """
    own = claim.content.spans
    if claim.cue is not None and _BARE.fullmatch(claim.content.text.strip(' .,;“”"')) is None:
        return None
    at = claim.cue.spans[0] if claim.cue is not None else own[0]
    here = next((n for n, s in enumerate(parsed.sentences) if s.contains(at)), None)
    if here is None:
        return None
    first = parsed.sentences[max(0, here - _NEAR)].start
    before = [
        c
        for c in claims
        if c is not claim and first <= c.content.spans[0].start and c.content.spans[-1].end <= own[0].start
    ]
    others = [c for c in before if c.kind != "authorial" and not _is_of(c, claim)]
    said = [c for c in others if c.speech_act != "deny"]
    if claim.cue is None:  # "That was wrong" takes back all that was said, not what stands inside of it
        said = [c for c in said if c.via is None]
    if _ACCUSED.search(claim.content.text) is not None:  # not what somebody else has said since
        said = [c for c in said if c.speech_act == "accuse"] or said
    last = next((s for s in reversed(parsed.sentences) if said and s.overlaps(said[-1].content.spans[0])), None)
    said = [c for c in said if c.speech_act == "accuse" and last and last.overlaps(c.content.spans[0])] or said
    if not said and here and "\n\n" not in parsed.text[parsed.sentences[here - 1].end : parsed.sentences[here].start]:
        said = [c for c in before if c.kind == "authorial" and parsed.sentences[here - 1].overlaps(c.content.spans[0])]
    return Reason(spans=(*own, *said[-1].content.spans), why=DENIES) if said else None


def _is_of(claim: Claim, other: Claim) -> bool:
    """Are both of one source?"""
    a, b = claim.source, other.source
    return a is not None and b is not None and (a.entity == b.entity if a.entity and b.entity else a.name == b.name)
