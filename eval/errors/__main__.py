"""Prints how often each kind of failure was found: `python -m eval.errors`.

In:   claims.jsonl, a claim that was read by a person on each line.   Out: tables by kind, genre and score; JSON.
Knows nothing of: how claims are found; the texts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from eval.reviewed import wilson
from sayso.errors import SaysoError, Unreadable

FILE = Path(__file__).resolve().parent / "claims.jsonl"
# The field that a kind of failure spoils. A claim is "right" in the sense of its score if none of its spans fails.
FIELDS = {
    "wrong-speaker": "source",
    "speaker-missing": "source",
    "speaker-span": "source",
    "speaker-unresolved": "source name",
    "speaker-name": "source name",
    "speaker-type": "source type",
    "not-an-attribution": "cue",
    "content-span": "content",
    "attributed-as-authorial": "content",
    "fragment": "content",
    "nesting": "via",
    "addressee": "addressee",
    "polarity": "factuality",
    "hedge-lost": "factuality",
    "conditional": "factuality",
    "warned": "factuality",
    "certainty": "factuality",
    "speech-act": "speech act",
    "time": "time",
    "quantity": "quantity",
    "event-invented": "event type",
    "event-type": "event type",
    "event-party": "event party",
    "event-place": "event party",
    "event-flag": "event flag",
    "event-polarity": "event flag",
    "event-certain": "event flag",
}
SPANS = frozenset(
    ("speaker-span", "speaker-missing", "not-an-attribution", "content-span", "attributed-as-authorial", "fragment")
)
BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))


class Judged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim that a person has read beside its text.

    ``failures``: what was wrong when it was judged; ``mended``: which of them are gone since; ``broken``: what has
    come in since. ``missed`` lines have no claim: something the text attributes and the ledger lacked.
    """

    text: str
    genre: str
    number: int
    claim: str
    kind: str
    score: float
    events: int
    failures: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def now(self) -> tuple[str, ...]:
        return (*(f for f in self.failures if f not in self.mended), *self.broken)


def read(file: Path) -> list[Judged]:
    """Raises Unreadable for a line that is no judgement or names a kind of failure that is none."""
    claims = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            claim = msgspec.json.decode(line, type=Judged)
        except msgspec.DecodeError as error:
            raise Unreadable(f"{file}, line {number}: {error}") from error
        if unknown := {*claim.failures, *claim.broken, *claim.mended} - FIELDS.keys():
            raise Unreadable(f"{file}, line {number}: no such kind of failure: {', '.join(sorted(unknown))}")
        claims.append(claim)
    return claims


def share(hits: int, n: int) -> str:
    low, high = wilson(hits, n)[1:]
    return f"{hits:5}{n:6}{100 * hits / n:8.1f}{100 * low:8.1f} to {100 * high:.1f}"


def by_kind(claims: Sequence[Judged]) -> list[str]:
    """How many claims have each kind of failure, when they were judged and now; of events, among claims with one."""
    before, after = (
        Counter(f for c in claims for f in set(failures)) for failures in zip(*((c.failures, c.now) for c in claims))
    )
    return []
