"""Corpora of any size: claims of millions of articles as Parquet, by many processes, gone on with after any end.

In:   files and folders, an output folder.   Out: Progress as it is made; shards of two tables, a list of errors.
Knows nothing of: cases, screens.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec

from sayso import case
from sayso.bulk import local
from sayso.bulk.blame import Step
from sayso.bulk.corpus import SHARD
from sayso.bulk.folder import Folder
from sayso.bulk.linking import STAGES, Linking
from sayso.bulk.plan import Linked, Stage, Summary
from sayso.bulk.shards import SHARDS
from sayso.bulk.worker import Run

__all__ = ["STAGES", "Engine", "Linked", "Progress", "Summary", "extract"]

Engine = Literal["local", "ray"]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is. ``doing``: reading, or a stage of linking. ``weight``: how much of it is done, ``of`` so much: in
    bytes where it reads. ``items``: articles read, or pairs compared, or the like, since it was begun or gone on with.

    ``seconds_left``: of this stage, as what was done since tells, None before the first shard or part is. ``told``:
    what a person should know. ``summary``, ``linked``: at the end of reading, and of linking.
    """

    doing: Literal["read"] | Stage
    weight: int
    of: int
    items: int = 0
    seconds_left: float | None = None
    told: str | None = None
    summary: Summary | None = None
    linked: Linked | None = None


def extract(  # noqa: PLR0913 - one for each option
    arguments: Sequence[str],
    output: Path,
    *,
    engine: Engine = "local",
    workers: int | None = None,
    actors: Sequence[str] = (),
    link: bool = False,
    shard: int = SHARD,
) -> Iterator[Progress]:
    """Read every article that ``arguments`` name and write what they claim to the folder ``output``; link them.

    ``link``: whether what stands between the articles is looked for. ``workers``: processes (default: one for each
    core); on a cluster it has as many as it has cores. ``shard``: bytes that are read at a time. Begun again with the
    same input, it goes on where it was; the output is the same, to the byte, whatever was killed meanwhile. Raises
    BadOutput, NotFound, Unreadable, BadReader.
    """
    crew = _engine(engine, workers)
    with Folder.open(output, arguments, reader=case.reader().name, actors=actors, shard=shard) as folder:
        weight, of = sum(shard.weight for shard in folder.todo()), folder.manifest.weight
        yield (last := Progress(doing="read", weight=of - weight, of=of))
        if weight:
            with crew("read", actors=actors) as run:
                last = yield from _followed(last, run(folder.todo(), output / SHARDS))
        yield msgspec.structs.replace(last, seconds_left=0.0, told=None, summary=folder.finish())
        if link:
            yield from _link(Linking(output), crew)


def _link(linking: Linking, crew: Callable[..., AbstractContextManager[Run]]) -> Iterator[Progress]:
    last = Progress(doing=STAGES[-1], weight=0, of=0)
    if not linking.done:
        with crew("link") as run:
            for stage, place, parts in linking.stages():
                todo = [part for part in parts if not (place / part.name).is_dir()]
                weight, of = (sum(part.weight for part in some) for some in (todo, parts))
                yield (last := Progress(doing=stage, weight=of - weight, of=of))
                last = yield from _followed(last, run(todo, place))
    yield msgspec.structs.replace(last, seconds_left=0.0, told=None, linked=linking.finish())


def _followed(begun: Progress, steps: Iterator[Step]) -> Generator[Progress, None, Progress]:
    """How far it is after each step; gives the last that it told."""
    last, weight = begun, begun.weight
    pace = _Pace(begun.of - weight)
    for step in steps:
        pace.add(step)
        weight += step.task.weight if step.done else 0
        left = pace.seconds_left(time.monotonic())
        last = Progress(
            doing=begun.doing, weight=weight, of=begun.of, items=pace.items, seconds_left=left, told=_told(step)
        )
        yield last
    return last


def _engine(name: Engine, workers: int | None) -> Callable[..., AbstractContextManager[Run]]:
    if name == "local":
        return partial(local.crew, workers=workers or len(os.sched_getaffinity(0)))
    from sayso.bulk import cluster  # noqa: PLC0415 - an extra, and slow to load

    return cluster.crew


class _Pace:
    """How fast it goes since it was begun or gone on with, and so how long it will. ``weight``: what is to be done."""

    def __init__(self, weight: int) -> None:
        self._began = time.monotonic()
        self._weight = weight
        self._done = 0
        self._begun: dict[int, int] = {}  # items of tasks that are not done, by task
        self.items = 0

    def add(self, step: Step) -> None:
        self.items += step.items
        begun = self._begun.pop(step.task.number, 0) + step.items
        if step.lost is not None:
            self.items -= begun  # they are done again
        elif step.done:
            self._done += step.task.weight
        else:
            self._begun[step.task.number] = begun

    def seconds_left(self, now: float) -> float | None:
        """None until a task is done: only then is known how much an item weighs."""
        begun = sum(self._begun.values())
        if not self._done or self.items == begun:
            return None
        reached = self._done + min(self._done / (self.items - begun) * begun, self._weight - self._done)
        return (self._weight - reached) * (now - self._began) / reached


def _told(step: Step) -> str | None:
    if step.lost is None or step.item is None:
        return None
    where = step.task.place(step.item)
    return f"{where} {step.aside}" if step.aside else f"a worker died ({step.lost}) at {where}: it is done again"
