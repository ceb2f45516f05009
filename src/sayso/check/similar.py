"""Which published fact-checks are of a claim in much the same words, and how each reviewer rated it.

In:   a ReviewQuestion, a table of Reviews.   Out: an Answer, or None where none is alike.
Knows nothing of: whether a rating is right. It is quoted as the reviewer's; no finding of ours follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import msgspec

from sayso.check import statements
from sayso.check.findings import ROWS, Answer, Reviewed
from sayso.check.questions import ReviewQuestion
from sayso.check.tables.table import Table
from sayso.check.words import check_words
from sayso.link.judged import opposites
from sayso.link.words import kindred, stem, weight

ALIKE = 0.64  # likeness from which a review is shown as one of a similar claim (eval/reviews.jsonl, dev)
POSSIBLE = 0.58  # from which it is shown as possibly one
_TELLING, _MOST = 1.2, 4.0  # the least weight of a word that counts, and the most: one rare name is not the claim
_LEAST = 10.0  # the weight of a text that says enough to be compared: some three telling words
_SEEKS = 2.5  # the least weight of a word by which reviews are looked up
# What is left of a likeness where both give years, other figures, and share none; where words are opposites; where one
# denies. Chosen on dev.
_YEARS, _NUMBERS, _OPPOSED, _DENIED = 0.6, 0.6, 0.6, 0.7
_SHOWN, _TOLD = 5, 2  # reviews named in a finding, and in its sentence
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_THOUSANDS = {"hundr": 100, "thousand": 1000, "million": 1e6, "billion": 1e9}  # stems
_DENYING = frozenset({"no", "not", "never", "none", "nobodi", "noth", "nowher", "neither", "nor", "without"})  # stems
_SHORT_NOT = re.compile(r"n['’]t\b")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")


class ReviewTable:
    """A table of fact-checks, ready to be asked."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._terms = [terms(review.text) for review in table.reviews]
        self._by_term: dict[str, list[int]] = {}
        for at, found in enumerate(self._terms):
            for term, value in found.weights.items():
                if value >= _SEEKS:
                    self._by_term.setdefault(term, []).append(at)

    def answer(self, question: ReviewQuestion) -> Answer | None:
        """The reviews of claims that are alike, the most alike first."""
        own = terms(question.text)
        near = {at for term in own.weights if term in self._by_term for at in self._by_term[term]}
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


class Terms(msgspec.Struct, frozen=True):
    """The telling words of a text with their weights; all stems; its years, its other figures; whether it denies."""

    weights: dict[str, float]
    stems: frozenset[str]
    years: frozenset[str]
    figures: frozenset[str]
    denies: bool


@lru_cache(maxsize=4096)
def terms(text: str) -> Terms:
    """What of a text is compared."""
    cut = list(_counted([stem(word) for word in _WORD.findall(text)]))
    stems = frozenset(cut)
    figures = {s for s in stems if s[0].isdigit()}
    years = {s for s in figures if _YEAR.fullmatch(s)}
    return Terms(
        weights={s: min(w, _MOST) for s in stems if (w := weight(s)) >= _TELLING},
        stems=stems,
        years=frozenset(years),
        figures=frozenset(figures - years),
        denies=bool(stems & _DENYING) or bool(_SHORT_NOT.search(text)),
    )


def _counted(stems: Sequence[str]) -> Iterator[str]:
    """Numbers in words and figures alike: "three hundred" is "300"."""
    at = 0
    while at < len(stems):
        told = stems[at]
        if told[0].isdigit() and at + 1 < len(stems) and stems[at + 1] in _THOUSANDS:
            at += 1
            try:
                told = f"{float(told) * _THOUSANDS[stems[at]]:.12g}"
            except ValueError:  # "3.5.1" is no number, and what follows it stays a word
                yield told
                told = stems[at]
        yield told
        at += 1


def likeness(one: Terms, other: Terms) -> float:
    """How much of their words two texts share, by weight, 0 to 1 (Dice); words of like meaning count in part.

    Less where they give other years, other figures, words that are opposites, or only one of them denies.
    """
    here, there = one.weights, other.weights
    if min(sum(here.values()), sum(there.values())) < _LEAST:
        return 0.0
    alike = (_found(here, there) + _found(there, here)) / (sum(here.values()) + sum(there.values()))
    for differ, left in (
        (_apart(one.years, other.years), _YEARS),
        (_apart(one.figures, other.figures), _NUMBERS),
        (_opposed(one.stems, other.stems), _OPPOSED),
        (one.denies != other.denies, _DENIED),
    ):
        alike *= left if differ else 1.0
    return alike


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _opposed(one: frozenset[str], other: frozenset[str]) -> bool:
    here, there = one - other, other - one
    return any((here & a and there & b) or (here & b and there & a) for a, b in _opposites())


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Stems that are opposites: those of contradictions, and those by which claims compare."""
    own = ((frozenset(map(stem, o.one)), frozenset(map(stem, o.other))) for o in check_words().opposite)
    return (*own, *((o.one, o.other) for o in opposites()))


@cache
def _against() -> dict[str, frozenset[str]]:
    """A stem -> its opposites, which mean the contrary however often they stand in like places."""
    found: dict[str, frozenset[str]] = {}
    for one, other in _opposites():
        for here, there in ((one, other), (other, one)):
            for term in here:
                found[term] = found.get(term, frozenset()) | there
    return found


def _found(here: dict[str, float], there: dict[str, float]) -> float:
    near = kindred()
    total = 0.0
    for term, value in here.items():
        if term in there:
            total += value
        elif term in near:
            against = _against().get(term, frozenset())
            kin = (like for other, like in near[term].items() if other in there and other not in against)
            total += value * max(kin, default=0.0)
    return total
