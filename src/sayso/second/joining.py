"""Take what a model proposed into the ledger, where vet finds it faithful and the reader has not found it.

In:   a document as the reader read it, the answers of a model.   Out: Second.
Knows nothing of: how the answers were had.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.extract.sources import describe
from sayso.records import Claim, Kind, Ledger, claim_id, phrase
from sayso.resolve import Knowledge
from sayso.second.asking import Answer
from sayso.spans import Span
from sayso.study import Studied, filled
from sayso.vet import Page, Proposal, Vetted, vet

_SAME = 0.8  # of the words of two contents together, for them to be one


class Second(msgspec.Struct, frozen=True, kw_only=True):
    """``ledger``: with the claims that were added. ``agreed``: proposals that the reader had found itself; ``refused``:
    words and reason of those that became no claim.
    """

    ledger: Ledger
    proposed: int
    added: int
    agreed: int
    refused: tuple[tuple[str, str], ...]


def second_reading(studied: Studied, answers: Sequence[Answer], model: str, knowledge: Knowledge) -> Second:
    """The ledger with the faithful ones of what was proposed. Their score is None: it has not been counted."""
    page = Page(studied.ledger, studied.parsed, studied.syntax, knowledge)
    refused = [item for answer in answers for item in answer.unusable]
    proposals = [proposal for answer in answers for proposal in answer.proposals]
    added: list[Claim] = []
    agreed = 0
    for proposal, found in zip(proposals, vet(page, proposals), strict=True):
        if not found.faithful:
            refused.append((found.content, found.reason))
        elif proposal.fields.get("source") is None or not found.why["source"].spans:
            refused.append((found.content, "it names nobody who says it"))
        elif any(_is_same(page, found.place, claim.content.spans) for claim in (*page.said, *added)):
            agreed += 1
        else:
            added.append(_claim(page, found, proposal, model, knowledge))
    ledger = filled(studied, _beside(page, studied.extracted, added), knowledge) if added else studied.ledger
    proposed = len(proposals) + sum(len(answer.unusable) for answer in answers)
    return Second(ledger=ledger, proposed=proposed, added=len(added), agreed=agreed, refused=tuple(refused))


def _is_same(page: Page, one: Sequence[Span], other: Sequence[Span]) -> bool:
    a, b = page.inside(one), page.inside(other)
    return len(a & b) >= _SAME * len(a | b)


def _claim(page: Page, found: Vetted, proposal: Proposal, model: str, knowledge: Knowledge) -> Claim:
    text, ref = page.ledger.document.text, page.ledger.document.ref
    cue = found.why["cue"].spans if proposal.fields.get("cue") is not None else ()
    return Claim(
        id=claim_id(ref.id, found.place),
        document=ref,
        kind=_kind(page, found.place),
        source=describe(page.parsed, found.why["source"].spans, knowledge.lexicon),
        cue=phrase(text, cue[:1]) if cue else None,
        content=phrase(text, found.place),
        via=_holder(page, found.place, (*found.why["source"].spans, *cue)),
        found_by=f"llm:{model}",
        score=None,
    )


def _kind(page: Page, content: Sequence[Span]) -> Kind:
    words = page.inside(content)
    quoted = len(words & page.quoted)
    return "direct" if quoted == len(words) else "mixed" if quoted else "indirect"


def _holder(page: Page, content: Sequence[Span], around: Sequence[Span]) -> str | None:
    """The claim whose content holds all of it: the innermost."""
    holding = [c for c in page.said if all(any(o.contains(s) for o in c.content.spans) for s in (*content, *around))]
    return min(holding, key=lambda c: sum(map(len, c.content.spans)), default=None).id if holding else None  # type: ignore[union-attr]


def _beside(page: Page, extracted: Sequence[Claim], added: Sequence[Claim]) -> tuple[Claim, ...]:
    """All claims in text order. What is somebody's word now is the author's own no more."""
    taken = [page.inside(claim.content.spans) for claim in added]
    kept = [c for c in extracted if c.kind != "authorial" or not any(page.inside(c.content.spans) & t for t in taken)]
    return tuple(sorted((*kept, *added), key=lambda c: (c.content.spans[0].start, -c.content.spans[-1].end)))
