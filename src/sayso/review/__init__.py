"""People's rulings on claims: kept for good beside what the machine found, never in its place.

In:   Ledgers, Rulings.   Out: Judgements; the state of each claim; Ledgers as reviewed.
Knows nothing of: SQL, screens, who is right.
"""

from sayso.review.agreement import Agreement, Reviewer
from sayso.review.desk import Alike, Counts, Review, Waiting
from sayso.review.judgements import Judgement, Ruling, Wording
from sayso.review.standing import Entry, Standing, Standings, State

__all__ = [
    "Agreement",
    "Alike",
    "Counts",
    "Entry",
    "Judgement",
    "Review",
    "Reviewer",
    "Ruling",
    "Standing",
    "Standings",
    "State",
    "Waiting",
    "Wording",
]
