"""Corpora of any size: claims of millions of articles as Parquet, by many processes, gone on with after any end.

In:   files and folders, an output folder.   Out: Progress as it is made; shards of two tables, a list of errors.
Knows nothing of: cases, screens.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from sayso import case
from sayso.bulk import local
from sayso.bulk.corpus import SHARD
from sayso.bulk.folder import SHARDS, Folder
from sayso.bulk.plan import Summary

__all__ = ["Engine", "Progress", "Summary", "extract"]

Engine = Literal["local", "ray"]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is. ``weight``: bytes of ``of`` that are done; ``articles``: read since it was begun or gone on with.

    ``seconds_left``: as the shards that were done since tell, None before the first of them. ``told``: what a person
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
        weight = folder.manifest.weight - sum(shard.weight for shard in folder.todo())
        before, began, articles, left = weight, time.monotonic(), 0, None
        yield Progress(weight=weight, of=folder.manifest.weight, articles=0)
        if weight < folder.manifest.weight:
            if engine == "ray":
                from sayso.bulk import cluster  # noqa: PLC0415 - an extra, and slow to load

                steps = cluster.run(folder.todo(), output / SHARDS, actors=actors)
            else:
                count = workers or len(os.sched_getaffinity(0))
                steps = local.run(folder.todo(), output / SHARDS, workers=count, actors=actors)
            for step in steps:
                told = None
                articles += step.articles
                if step.done:
                    weight += step.shard.weight
                    left = (folder.manifest.weight - weight) * (time.monotonic() - began) / (weight - before)
                elif step.lost is not None:
                    told = (
                        f"a worker died ({step.lost}) at article {step.item} of shard {step.shard.name}: it is redone"
                    )
                    if step.aside is not None:
                        told = f"article {step.item} of shard {step.shard.name}: {step.aside}"
                yield Progress(
                    weight=weight, of=folder.manifest.weight, articles=articles, seconds_left=left, told=told
                )
        summary = folder.finish()
        yield Progress(weight=weight, of=folder.manifest.weight, articles=articles, seconds_left=0.0, summary=summary)
