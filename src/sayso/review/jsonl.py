"""Judgements as JSON Lines, for whoever trains or measures on them, and back.

In:   Judgements; lines.   Out: lines; Judgements, or an error value for a line that holds none.
Knows nothing of: files, cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from sayso.errors import BadJudgement
from sayso.review.judgements import Judgement


def lines(judgements: Iterable[Judgement]) -> Iterator[str]:
    """One line each, in the order given; every one with what the machine had and what the person gave, whole."""
    for judgement in judgements:
        yield msgspec.json.encode(judgement).decode() + "\n"


def read(text: Iterable[str], *, name: str) -> Iterator[Judgement | BadJudgement]:
    """The judgements of these lines. ``name``: the file, for what is said of a line that holds none."""
    decoder = msgspec.json.Decoder(Judgement)
    for number, line in enumerate(text, 1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, UnicodeEncodeError, RecursionError) as error:
                yield BadJudgement(f"{name}, line {number}: no judgement ({error}): take a file that sayso wrote")
