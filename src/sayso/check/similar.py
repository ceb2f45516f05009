"""Which published fact-checks are of a claim in much the same words, and how each reviewer rated it.

In:   a ReviewQuestion, a table of Reviews.   Out: an Answer, or None where none is alike.
Knows nothing of: whether a rating is right. It is quoted as the reviewer's; no finding of ours follows from it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.check import statements
from sayso.check.findings import ROWS, Answer, Reviewed
from sayso.check.questions import ReviewQuestion
from sayso.check.tables.table import Table
from sayso.link.words import kindred, stem, weight

ALIKE = 0.65  # likeness from which a review is shown as one of a similar claim (eval/reviews.jsonl, dev)
POSSIBLE = 0.52  # from which it is shown as possibly one
_TELLING, _MOST = 1.2, 4.0  # the least weight of a word that counts, and the most: one rare name is not the claim
_LEAST = 12.0  # the weight of a text that says enough to be compared: some three telling words
_SEEKS = 2.5  # the least weight of a word by which reviews are looked up
_NUMBERS = 0.8  # what is left of a likeness where both give numbers and share none
_SHOWN, _TOLD = 5, 2  # reviews named in a finding, and in its sentence
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")


class ReviewTable:
    """A table of fact-checks, ready to be asked."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._terms = [terms(review.text) for review in table.reviews]
        self._by_term: dict[str, list[int]] = {}
        for at, found in enumerate(self._terms):
            for term, value in found.items():
                if value >= _SEEKS:
                    self._by_term.setdefault(term, []).append(at)

    def answer(self, question: ReviewQuestion) -> Answer | None:
        """The reviews of claims that are alike, the most alike first."""
        own = terms(question.text)
        near = {at for term in own if term in self._by_term for at in self._by_term[term]}
        scored = ((likeness(own, self._terms[at]), at) for at in near)
        found = sorted(((-score, at) for score, at in scored if score >= POSSIBLE))[:_SHOWN]
        if not found:
            return None
        reviews = tuple(self._reviewed(at, -score) for score, at in found)
        rows = tuple(review.row for review in reviews)
        sure = [review for review in reviews if not review.possible] or list(reviews)
        whose = "what may be a similar claim" if sure[0].possible else "a similar claim"
        told = "; ".join(f"{r.reviewer} reviewed {whose} and rated it “{r.rating}”" for r in sure[:_TOLD])
        more = f" and {len(sure) - _TOLD} more" if len(sure) > _TOLD else ""
        what = "row, text, claimant, reviewer, reviewed, rating"
        sql = statements.select(what, "evidence_review", [statements.own(self._table), statements.one_of("row", rows)])
        return Answer(
            finding="not_checkable",
            reason=f"{told}{more}; the rating is the reviewer's",
            sql=sql,
            rows=rows[:ROWS],
            matched=len(rows),
            reviews=reviews,
            caveats=self._table.coverage.definition,
        )

    def _reviewed(self, at: int, score: float) -> Reviewed:
        review = self._table.reviews[at]
        return Reviewed(
            row=review.row,
            text=review.text,
            claimant=review.claimant,
            reviewer=review.reviewer,
            reviewed=review.reviewed.isoformat() if review.reviewed else None,
            rating=review.rating,
            alike=round(score, 2),
            possible=score < ALIKE,
        )


@lru_cache(maxsize=4096)
def terms(text: str) -> dict[str, float]:
    """The telling words of a text, as stems, each with its weight."""
    stems = {stem(word) for word in _WORD.findall(text)}
    return {s: min(w, _MOST) for s in stems if (w := weight(s)) >= _TELLING}


def likeness(one: dict[str, float], other: dict[str, float]) -> float:
    """How much of their words two texts share, by weight, 0 to 1 (Dice); words of like meaning count in part."""
    whole = sum(one.values()) + sum(other.values())
    if min(sum(one.values()), sum(other.values())) < _LEAST:
        return 0.0
    common = _found(one, other) + _found(other, one)
    here, there = ({term for term in terms if term[0].isdigit()} for terms in (one, other))
    return common / whole * (_NUMBERS if here and there and not here & there else 1.0)


def _found(here: dict[str, float], there: dict[str, float]) -> float:
    near = kindred()
    total = 0.0
    for term, value in here.items():
        if term in there:
            total += value
        elif term in near:
            total += value * max((like for other, like in near[term].items() if other in there), default=0.0)
    return total
