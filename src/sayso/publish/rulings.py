"""The plain words for what people ruled on a claim, and its fields side by side as the reader and people have them.

In:   Standings, Claims.   Out: words, rows of a table.
Knows nothing of: HTML, who is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.publish.wording import ACTS, FACTUALITY, KINDS, one_line
from sayso.records import Claim
from sayso.review import Standing, State
from sayso.review.judgements import Act

STATES: dict[State, str] = {
    "unreviewed": "unreviewed",
    "accepted": "accepted",
    "edited": "put otherwise",
    "added": "added",
    "rejected": "rejected",
    "unsure": "left open",
    "disputed": "disputed",
    "changed": "to be looked at again",
    "withdrawn": "withdrawn",
}

DID: dict[Act, str] = {
    "accept": "accepted it",
    "reject": "rejected it",
    "unsure": "left it open",
    "edit": "put it otherwise",
    "split": "split it",
    "merge": "merged it with another",
    "add": "added it",
    "undo": "undid a judgement",
}

NONE = "none"
THE_READER = "The reader"


def state(standing: Standing) -> str:
    """How it stands with a claim, and by whom, on one line."""
    rulings = standing.rulings
    who = listed([one_line(ruling.by) for ruling in rulings])
    did = listed([f"{one_line(ruling.by)} {DID[ruling.act]}" for ruling in rulings])
    match standing.state:
        case "unreviewed":
            return "nobody has ruled on it"
        case "withdrawn":
            return STATES["withdrawn"]
        case "disputed":
            return f"reviewers disagree: {did}"
        case "changed":
            return f"to be looked at again: the reader has it otherwise now than when {did}"
        case "unsure" if len(rulings) > 1:
            return f"left open: {did}"
        case other:
            return f"{STATES[other]} by {who}"


def listed(words: Sequence[str]) -> str:
    """
    >>> listed(["Ann", "Ben", "Cat"])
    'Ann, Ben and Cat'
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a claim, in each column; ``differs``: not all have the same."""

    name: str
    values: tuple[str, ...]
    differs: bool


def columns(standing: Standing) -> tuple[tuple[str, Claim | None], ...]:
    """Who has the claim how: the reader, then each reviewer by the last ruling; None: not at all, or does not say.

    Who split it or merged it with others has it no longer as one, and no column.
    """
    found: list[tuple[str, Claim | None]] = [(THE_READER, standing.machine)] if standing.machine else []
    for ruling in standing.rulings:
        own = next((claim for claim in (*ruling.gives, *ruling.on) if claim.id == standing.claim.id), None)
        match ruling.act:
            case "edit":
                found.append((one_line(ruling.by), ruling.gives[0]))
            case "reject" | "unsure":
                found.append((one_line(ruling.by), None))
            case "accept" | "add":
                found.append((one_line(ruling.by), own))
            case _ if standing.machine is None:  # a part, or what was merged
                found.append((one_line(ruling.by), own))
    return tuple(found)


def rows(text: str, claims: Sequence[Claim | None]) -> tuple[Row, ...]:
    """The fields that a person rules on, claim beside claim."""
    fields = [_fields(text, claim) if claim else {} for claim in claims]
    names = next((list(own) for own in fields if own), [])
    found = []
    for name in names:
        values = tuple(own.get(name, NONE) if own else "—" for own in fields)
        found.append(Row(name=name, values=values, differs=len(set(values)) > 1))
    return tuple(found)


def _fields(text: str, claim: Claim) -> dict[str, str]:
    source = claim.source

    def words(of: object) -> str:
        spans = getattr(of, "spans", ())
        return one_line(" … ".join(span.of(text) for span in spans)) or NONE

    return {
        "source": words(source),
        "name": one_line(source.name) if source else NONE,
        "sort of source": f"{source.type.replace('_', ' ')}{', unnamed' if source.anonymous else ''}"
        if source
        else NONE,
        "cue": words(claim.cue),
        "content": words(claim.content),
        "kind": KINDS[claim.kind],
        "speech act": ACTS[claim.speech_act][0],
        "how sure": FACTUALITY[claim.factuality],
    }
