"""`python -m eval.contradictions`: see README.md.

In:   labelled pairs.   Out: a table.
Knows nothing of: how a pair is judged.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from eval.origins.measure import claims_at
from sayso.case import knowledge, lexicon, reader
from sayso.link.judged import Outcome
from sayso.link.matter import alike
from sayso.link.sketch import Sketch, sketch
from sayso.link.standing import standing
from sayso.link.stated import Stated
from sayso.records import Document, DocumentRef, document_id
from sayso.study import study

HERE = Path(__file__).parent
OUTCOMES: tuple[Outcome, ...] = ("contradicts", "updates", "refines", "disputes-attribution", "compatible", "unknown")


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text with the claim in question."""

    text: str
    claim: str
    published: str
    outlet: str | None = None


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two claims and how the second stands to the first."""

    id: str
    outcome: Outcome
    why: str
    a: Side
    b: Side
    hard: str | None = None


def load(part: str) -> list[Pair]:
    """The pairs of "dev" or "test"; complains of a claim that is not in its text once."""
    pairs = [msgspec.json.decode(line, type=Pair) for line in (HERE / f"{part}.jsonl").read_bytes().splitlines()]
    for pair in pairs:
        for side in (pair.a, pair.b):
            if side.text.count(side.claim) != 1:
                raise ValueError(f"{pair.id}: {side.claim!r} stands in its text {side.text.count(side.claim)} times")
    return pairs


def read(pair: Pair) -> tuple[list[Sketch], list[Stated | None]]:
    """The two documents of a pair, the earlier one first as `compare` has it, and the claims in question; None: none
    was read at the words.
    """
    documents, claims = [], []
    for name, side in zip("ab", sorted((pair.a, pair.b), key=lambda side: side.published), strict=True):
        raw = f"{pair.id}{name}{side.text}".encode()
        path = f"{pair.id}{name}.txt"
        ref = DocumentRef(id=document_id(raw), path=path, outlet=side.outlet, published=side.published, sha256="0" * 64)
        ledger = study(Document(ref=ref, text=side.text), reader(), knowledge())
        found = sketch(ledger, lexicon())
        at = claims_at(ledger, side.claim)
        documents.append(found)
        claims.append(next((s for s in found.claims if at and s.claim.id == at[0].id), None))
    return documents, claims


def judged(pair: Pair) -> tuple[Outcome, str]:
    """What sayso says of a pair, and why."""
    (a, b), (one, other) = read(pair)
    if one is None or other is None:
        return "unknown", "no claim was read at these words"
    sure = float(alike(a, b).event[a.claims.index(one), b.claims.index(other)])
    found = standing(one, other, sure).judged
    return found.outcome, found.reason


def by_words(pair: Pair) -> Outcome:
    """The baseline of words alone."""
    a, b = (set(re.findall(r"\w+", side.claim.casefold())) for side in (pair.a, pair.b))
    if 2 * len(a & b) < min(len(a), len(b)):
        return "unknown"
    no = {"not", "no", "never", "denied"}
    numbers = [{w for w in words if w.isdigit()} for words in (a, b)]
    return "contradicts" if bool(a & no) != bool(b & no) or numbers[0] != numbers[1] else "compatible"


def row(name: str, pairs: Sequence[Pair], given: Sequence[Outcome]) -> None:
    """Prints one way of judging."""
    answers = [(p.outcome, g) for p, g in zip(pairs, given, strict=True)]
    scores = {}
    for outcome in OUTCOMES:
        right = sum(t == g == outcome for t, g in answers)
        marked = sum(t == outcome for t, _ in answers) + sum(g == outcome for _, g in answers)
        scores[outcome] = 2 * right / marked if marked else 0.0
    right = sum(t == g for t, g in answers)
    false = sum(g == "contradicts" and t not in ("contradicts", "updates") for t, g in answers)
    print(f"  {name:14}{right / len(pairs):9.3f}{sum(scores.values()) / len(OUTCOMES):10.3f}", end="")
    print("".join(f"{scores[o]:14.3f}" for o in OUTCOMES), f"{false:12}")


def main() -> int:
    """Prints the table."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--part", choices=("dev", "test"))
    ap.add_argument("--errors", action="store_true", help="what was wrong, on dev")
    args = ap.parse_args()
    for part in (args.part,) if args.part else ("dev", "test"):
        pairs = load(part)
        found = {p.id: judged(p) for p in pairs}
        if args.errors and part == "dev":
            for p in pairs:
                if found[p.id][0] != p.outcome:
                    print(f"{p.id} {p.outcome}, found {found[p.id][0]}: {found[p.id][1]}")
                    print(f"    {p.a.claim} || {p.b.claim}")
        print(f"{part}: {len(pairs)} pairs   accuracy  macro F1" + "".join(f"{o[:13]:>14}" for o in OUTCOMES), end="")
        print("  said to contradict and do not")
        commonest = Counter(p.outcome for p in pairs).most_common(1)[0][0]
        row("sayso", pairs, [found[p.id][0] for p in pairs])
        row("commonest", pairs, [commonest for _ in pairs])
        row("words alone", pairs, [by_words(p) for p in pairs])
    return 0


if __name__ == "__main__":
    sys.exit(main())
