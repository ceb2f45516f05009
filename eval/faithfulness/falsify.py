"""Falsified claims, and true ones, made from texts by rule: what a program that reads loosely gets wrong.

In:   Texts, a set of frames.   Out: Trials: a text, a claim, whether it is true.
Knows nothing of: vet.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import partial

from eval.faithfulness.altered import (
    date_changed,
    hedge_removed,
    marks_put,
    name_changed,
    not_inserted,
    not_removed,
    number_changed,
    of_another,
    speaker_put_before,
    spliced,
)
from eval.faithfulness.bared import asked, condition_dropped, framed
from eval.faithfulness.faithful import marked, normalised, verbatim
from eval.faithfulness.framesets import NEWEST
from eval.faithfulness.misattributed import denial_dropped, invented_source, of_two_speakers, wrong_source
from eval.faithfulness.shortened import shortened
from eval.faithfulness.texts import Text
from eval.faithfulness.trial import Maker, Trial

__all__ = ["Trial", "trials"]


def trials(texts: Sequence[Text], seed: int = 7, frame_set: str | None = None) -> Iterator[Trial]:
    """All trials of some texts; each text's chance is its own, so that others change nothing. Without a ``frame_set``
    the tuning half has the frames that were tuned on, the other the newest.
    """
    for text in texts:
        own = frame_set or ("tuned" if text.half == "dev" else NEWEST)
        for maker in _RARE if text.corpus == "train" else (*_TRUE, *_FALSE):
            made = partial(framed, frame_set=own) if maker is framed else maker
            yield from made(text, texts, random.Random(f"{seed} {text.name} {maker.__name__}"))


_TRUE: tuple[Maker, ...] = (verbatim, normalised, marked, shortened)
_FALSE: tuple[Maker, ...] = (
    not_inserted,
    not_removed,
    number_changed,
    date_changed,
    name_changed,
    speaker_put_before,
    spliced,
    of_another,
    marks_put,
    hedge_removed,
    framed,
    asked,
    invented_source,
    wrong_source,
    of_two_speakers,
    denial_dropped,
    condition_dropped,
)
_RARE: tuple[Maker, ...] = (
    asked,
    denial_dropped,
    condition_dropped,
)  # of which a corpus holds few
