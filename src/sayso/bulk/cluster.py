"""The workers of a cluster: each shard a task of Ray, done again when its process or its machine is lost.

In:   Shards, a folder that every machine sees under the same name, as it does the input.   Out: Steps; shards' folders.
Knows nothing of: what is in a shard, how the cluster was started.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sayso.bulk.blame import KILLED, Blame, Step
from sayso.bulk.plan import Shard
from sayso.bulk.shards import Study, write_shard
from sayso.bulk.worker import studying
from sayso.case.reading import READER_VARIABLE
from sayso.errors import BadOutput

_LOOK = 1.0  # seconds
_MORE = 2  # shards that wait at the cluster, so that nobody waits for them


def run(shards: Iterable[Shard], folder: Path, *, actors: Sequence[str] = ()) -> Iterator[Step]:
    """Do all ``shards`` on the cluster that RAY_ADDRESS names, or the one of this machine; Steps as `local.run` has.

    Which signal ended a process, Ray does not tell: it counts as killed from outside. Raises BadOutput.
    """
    ray = _ray()
    task = ray.remote(num_cpus=1, max_retries=0)(_do)
    todo, again = iter(shards), list[Shard]()
    blame = Blame()
    under_way: dict[Any, Shard] = {}
    whole, here = folder.resolve(), str(Path.cwd())
    chosen = os.environ.get(READER_VARIABLE, "")
    try:
        while True:
            while len(under_way) < ray.cluster_resources().get("CPU", 0) + _MORE:
                shard = again.pop() if again else next(todo, None)
                if shard is None:
                    break
                under_way[task.remote(shard, (here, str(whole)), tuple(actors), blame.aside(shard), chosen)] = shard
            if not under_way:
                return
            for ref in ray.wait(list(under_way), num_returns=1, timeout=_LOOK)[0]:
                shard = under_way.pop(ref)
                try:
                    yield Step(shard=shard, articles=ray.get(ref), done=True)
                except ray.exceptions.RayTaskError as error:
                    raise BadOutput(
                        f"{folder}: cannot be written: {error.cause}; mend that and run it again"
                    ) from error
                except ray.exceptions.RayError:
                    again.append(shard)
                    yield blame.lost(shard, _reached(whole, shard), KILLED)
    finally:
        ray.shutdown()


def _ray() -> Any:
    """Ray, connected. Raises BadOutput where it is not installed or no cluster is there."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # it would tell its makers
    os.environ["RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO"] = "0"  # else it warns of what it will do some day
    try:
        import ray  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError:
        raise BadOutput("--engine ray needs Ray: pip install 'sayso[cluster]'") from None
    try:
        ray.init(address="auto", log_to_driver=False, logging_level="error", namespace="sayso")
    except ConnectionError:
        raise BadOutput(
            "no Ray cluster was found: start one with `ray start --head`, or give its address in RAY_ADDRESS"
        ) from None
    return ray


def _do(shard: Shard, places: tuple[str, str], actors: tuple[str, ...], aside: Mapping[int, str], reader: str) -> int:
    """Runs on the cluster. How many articles there were; which one it is at stands in a file, for when it dies.

    ``places``: where paths of the input begin, and the folder of the shards. ``reader``: its name, "" if none was asked
    for.
    """
    here, folder = places
    os.chdir(here)
    count = 0
    with _place(Path(folder), shard).open("wb", buffering=0) as file:

        def at(number: int) -> None:
            nonlocal count
            count = number + 1
            os.pwrite(file.fileno(), b"%10d" % number, 0)

        write_shard(shard, Path(folder), _studying(actors, reader), at=at, aside=aside)
    return count


@cache
def _studying(actors: tuple[str, ...], reader: str) -> Study:
    os.environ[READER_VARIABLE] = reader
    return studying(actors)


def _place(folder: Path, shard: Shard) -> Path:
    return folder / f".{shard.name}.at.part"


def _reached(folder: Path, shard: Shard) -> int:
    try:
        return int(_place(folder, shard).read_bytes() or 0)
    except FileNotFoundError:  # it died before it began
        return 0
