"""Prints how often each kind of failure was found: `python -m eval.errors`.

In:   claims.jsonl, a claim that was read by a person on each line.   Out: tables by kind, genre and score.
Knows nothing of: how claims are found; the texts.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from eval.reviewed import Share
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
# The three kinds that were brought down first, as what a user meets.
GROUPS = {
    "wrong or unknown speaker": ("wrong-speaker", "speaker-span", "speaker-unresolved", "speaker-name"),
    "lost negation or hedge": ("polarity", "hedge-lost", "conditional", "warned"),
    "wrong party in an event": ("event-party",),
}
BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))


class Judged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim that a person has read beside its text.

    ``failures``: what was wrong when it was judged; ``mended``: which of them are gone since; ``broken``: what has
    come in since.
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
    """``hits``, ``n``, the part in percent and its interval."""
    low, high = Share(hits, n).interval
    return f"{hits:5}{n:5}{100 * hits / n if n else 0:7.1f}  ({100 * low:.1f} to {100 * high:.1f})"


def by_kind(claims: Sequence[Judged]) -> list[str]:
    """How many claims had each kind of failure, and have it now. Kinds of events are of claims with an event."""
    before = Counter(f for c in claims for f in set(c.failures))
    after = Counter(f for c in claims for f in set(c.now))
    coded = sum(c.events > 0 for c in claims)
    rows = [f"{'kind of failure':24}{'field':14}{'when judged':>24}{'':10}now"]
    for kind in sorted(FIELDS, key=lambda kind: (-before[kind], kind)):
        n = coded if kind.startswith("event-") else len(claims)
        rows.append(f"{kind:24}{FIELDS[kind]:14}{share(before[kind], n)}   {share(after[kind], n)}")
    return rows


def by_group(claims: Sequence[Judged]) -> list[str]:
    """The same for the groups; of parties, among claims with an event."""
    rows = []
    for name, kinds in GROUPS.items():
        some = [c for c in claims if c.events or kinds != ("event-party",)]
        before = sum(not set(kinds).isdisjoint(c.failures) for c in some)
        after = sum(not set(kinds).isdisjoint(c.now) for c in some)
        rows.append(f"{name:38}{share(before, len(some))}   {share(after, len(some))}")
    return rows


def by_genre(claims: Sequence[Judged]) -> list[str]:
    """Claims without any failure, and claims whose spans are right, by genre."""
    rows = [f"{'genre':16}{'no failure, when judged':>30}     {'now':28}spans right"]
    for genre in (*sorted({c.genre for c in claims}), "all"):
        some = [c for c in claims if genre in (c.genre, "all")]
        clean, now, spans = (
            share(sum(map(test, some)), len(some))
            for test in (lambda c: not c.failures, lambda c: not c.now, _has_right_spans)
        )
        rows.append(f"{genre:16}{clean}   {now}   {spans}")
    return rows


def by_score(claims: Iterable[Judged]) -> list[str]:
    """The score against the part of claims whose spans were right, for attributed claims, by genre.

    A score is a probability, so in a band of it about so many should be right.
    """
    attributed = [c for c in claims if c.kind != "authorial"]
    rows = [f"{'genre':16}{'score':14}{'mean score':>10}   right"]
    for genre in ("all", *sorted({c.genre for c in attributed})):
        for low, high in BANDS if genre == "all" else ((0.0, 0.7), (0.7, 1.01)):
            some = [c for c in attributed if low <= c.score < high and genre in (c.genre, "all")]
            mean = sum(c.score for c in some) / len(some) if some else 0.0
            right = share(sum(map(_has_right_spans, some)), len(some))
            rows.append(f"{genre:16}{low:.2f} to {min(high, 1.0):.2f}  {mean:10.2f}   {right}")
    return rows


def _has_right_spans(claim: Judged) -> bool:
    return SPANS.isdisjoint(claim.failures)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.errors", description="How often each kind of failure is.")
    parser.add_argument("file", type=Path, nargs="?", default=FILE, help="of judged claims, one on each line")
    options = parser.parse_args(arguments)
    try:
        claims = read(options.file)
    except SaysoError as error:
        print(error, file=sys.stderr)
        return 2
    texts = len({c.text for c in claims})
    print(f"{len(claims)} claims of {texts} texts; {sum(c.events > 0 for c in claims)} of them with an event.\n")
    print(
        "\n\n".join("\n".join(rows) for rows in (by_kind(claims), by_group(claims), by_genre(claims), by_score(claims)))
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
