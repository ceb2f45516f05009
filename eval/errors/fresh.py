"""Reads short sentences that were written for the mended kinds of failure: `python -m eval.errors.fresh`.

In:   fresh.jsonl: a text, words of the claim that is meant, what a field of it should be.   Out: a table; the faults.
Knows nothing of: how claims are found.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Literal

import msgspec

from sayso.case import knowledge, reader
from sayso.errors import Unreadable
from sayso.read import read_bytes
from sayso.records import Event, Ledger
from sayso.study import study

FILE = Path(__file__).resolve().parent / "fresh.jsonl"


class Sentence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``round``: 1 was looked at after it had been measured once, 2 never was.

    ``want``: a factuality, a speaker's name or None; of events a party ("not X": any but X), or "none" at all.
    """

    kind: Literal["factuality", "speaker", "actor", "recipient", "events"]
    text: str
    claim: str
    want: str | None
    round: int = 1


def ledger(text: str) -> Ledger:
    (document,) = read_bytes(text.encode(), path="fresh.txt")
    if isinstance(document, Unreadable):
        raise document
    return study(document, reader(), knowledge())


def is_right(sentence: Sentence, found: Ledger) -> bool:
    """Does the ledger have what is wanted of the innermost claim that covers the words, or of any event?"""
    text, events = found.document.text, [event for claim in found.claims for event in claim.events]
    if sentence.kind == "events":
        return not events
    if sentence.kind in ("actor", "recipient"):
        names = {name for event in events if (name := _party(event, sentence.kind))}
        want = sentence.want or ""
        return want[4:] not in names if want.startswith("not ") else want in names
    last = sentence.claim.split()[-1]
    covering = [c for c in found.claims if sentence.claim in text[c.content.spans[0].start : c.content.spans[-1].end]]
    claim = next(reversed(covering or [c for c in found.claims if last in c.content.text]), None)
    if claim is None:
        return sentence.kind == "speaker" and sentence.want is None
    name = claim.source.name if claim.source else None
    return (claim.factuality if sentence.kind == "factuality" else name) == sentence.want


def _party(event: Event, role: str) -> str | None:
    party = event.actor if role == "actor" else event.recipient
    return party.text if party else None


def main() -> int:
    sentences = [msgspec.json.decode(line, type=Sentence) for line in FILE.read_text(encoding="utf-8").splitlines()]
    right, all_ = Counter[str](), Counter[str]()
    for sentence in sentences:
        kind = f"{sentence.kind if sentence.kind in ('factuality', 'speaker') else 'event'} {sentence.round}"
        all_[kind] += 1
        if is_right(sentence, ledger(sentence.text)):
            right[kind] += 1
        else:
            print(f"not {sentence.want}: {sentence.text!r}")
    print("\n".join(f"{kind:12}{right[kind]:4} of {all_[kind]}" for kind in all_))
    return 0


if __name__ == "__main__":
    sys.exit(main())
