"""Corpora of any size: claims of millions of articles as Parquet, by many processes, gone on with after any end.

In:   files and folders, an output folder.   Out: Progress as it is made; shards of two tables, a list of errors.
Knows nothing of: cases, screens.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec

from sayso import case
from sayso.bulk import local
from sayso.bulk.blame import Step
from sayso.bulk.corpus import SHARD
from sayso.bulk.folder import SHARDS, Folder
from sayso.bulk.plan import Summary

__all__ = ["Engine", "Progress", "Summary", "extract"]

Engine = Literal["local", "ray"]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is. ``weight``: bytes of ``of`` that are done; ``articles``: read since it was begun or gone on with.

    ``seconds_left``: as what was done since tells, None before the first shard is. ``told``: what a person
    should know. ``summary``: at the end.
    """

    weight: int
    of: int
    articles: int
    seconds_left: float | None = None
    told: str | None = None
    summary: Summary | None = None


def extract(
    arguments: Sequence[str],
    output: Path,
    *,
    engine: Engine = "local",
    workers: int | None = None,
    actors: Sequence[str] = (),
    shard: int = SHARD,
) -> Iterator[Progress]:
    """Read every article that ``arguments`` name and write what they claim to the folder ``output``.

    ``workers``: processes (default: one for each core); on a cluster it has as many as it has cores. ``shard``: bytes
    that are done at a time. Begun again with the same input, it goes on where it was; the output is the same, to the
    byte, whatever was killed meanwhile. Raises BadOutput, NotFound, Unreadable, BadReader.
    """
    with Folder.open(output, arguments, reader=case.reader().name, actors=actors, shard=shard) as folder:
        of = folder.manifest.weight
        weight = of - sum(shard.weight for shard in folder.todo())
        pace = _Pace(of - weight)
        yield Progress(weight=weight, of=of, articles=0)
        if weight < of:
            for step in _engine(engine, workers)(folder.todo(), output / SHARDS, actors=actors):
                pace.add(step)
                weight += step.shard.weight if step.done else 0
                left = pace.seconds_left(time.monotonic())
                yield Progress(weight=weight, of=of, articles=pace.articles, seconds_left=left, told=_told(step))
        yield Progress(weight=weight, of=of, articles=pace.articles, seconds_left=0.0, summary=folder.finish())


def _engine(name: Engine, workers: int | None) -> Callable[..., Iterator[Step]]:
    if name == "local":
        return partial(local.run, workers=workers or len(os.sched_getaffinity(0)))
    from sayso.bulk import cluster  # noqa: PLC0415 - an extra, and slow to load

    return cluster.run


class _Pace:
    """How fast it goes since it was begun or gone on with, and so how long it will. ``weight``: what is to be done."""

    def __init__(self, weight: int) -> None:
        self._began = time.monotonic()
        self._weight = weight
        self._done = 0
        self._begun: dict[int, int] = {}  # articles of shards that are not done, by shard
        self.articles = 0

    def add(self, step: Step) -> None:
        self.articles += step.articles
        begun = self._begun.pop(step.shard.number, 0) + step.articles
        if step.lost is not None:
            self.articles -= begun  # they are read again
        elif step.done:
            self._done += step.shard.weight
        else:
            self._begun[step.shard.number] = begun

    def seconds_left(self, now: float) -> float | None:
        """None until a shard is done: only then is known how much an article weighs."""
        begun = sum(self._begun.values())
        if not self._done or self.articles == begun:
            return None
        reached = self._done + min(self._done / (self.articles - begun) * begun, self._weight - self._done)
        return (self._weight - reached) * (now - self._began) / reached


def _told(step: Step) -> str | None:
    if step.lost is None:
        return None
    where = f"article {step.item} of shard {step.shard.name}"
    return f"{where} {step.aside}" if step.aside else f"a worker died ({step.lost}) at {where}: it is done again"
