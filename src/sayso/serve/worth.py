"""What a person who grades may look at: the digit suggested for each thing that a source says, with its reasons.

In:   claims, their ledgers, links and findings.   Out: Suggestions; the letters of the scale in words.
Knows nothing of: people: sayso suggests a digit for what is said, and never a letter for who says it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.link.origins import members
from sayso.records import Claim, Ledger
from sayso.serve.overview import Linked
from sayso.weigh.admiralty import admiralty
from sayso.weigh.hypotheses import Evidence, Letter
from sayso.weigh.material import Item, alone, standing_against
from sayso.weigh.pieces import pieces
from sayso.weigh.weighed import Suggestion

# In words of our own; each is what the person who grades has seen of the source, not what anybody is.
LETTERS: dict[Letter, str] = {
    "A": "has held up whenever I could compare",
    "B": "has mostly held up",
    "C": "has held up more often than not",
    "D": "has often not held up",
    "E": "has hardly ever held up",
    "F": "not judged, or cannot be",
}


def suggestions(claims: Sequence[Claim], ledgers: Mapping[str, Ledger], linked: Linked) -> tuple[Suggestion, ...]:
    """A suggestion for each claim, in their order."""
    known = {m.claim.id: m for ledger in ledgers.values() for m in members(ledger)}
    out: list[Suggestion] = []
    for claim in claims:
        cluster = linked.cluster_of.get(claim.id)
        item = Item(
            evidence=Evidence(cluster=claim.id),
            claims=(known[claim.id],),
            cluster=cluster or alone(known[claim.id]),
            whole=True,
            findings=tuple(finding for finding, _ in linked.findings.get(claim.id, ())),
            against=standing_against((claim.id,), linked.against.get(claim.id, ())),
        )
        out += admiralty([item], pieces([item], ()), ())
    return tuple(out)
