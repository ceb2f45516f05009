"""The workers of a cluster: each shard or part a task of Ray, done again when its process or its machine is lost.

In:   tasks, a folder that every machine sees under the same name, as it does the input.   Out: Steps; tasks' folders.
Knows nothing of: what is in one, how the cluster was started.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from sayso.bulk.blame import KILLED, Blame, Step
from sayso.bulk.plan import Task, Trade
from sayso.bulk.worker import Run, Work, working
from sayso.case.reading import READER_VARIABLE
from sayso.errors import BadOutput

_LOOK = 1.0  # seconds
_PATIENCE = 5.0  # seconds until a cluster that is named has to answer
_MORE = 2  # tasks that wait at the cluster, so that nobody waits for them


@contextmanager
def crew(trade: Trade, *, actors: Sequence[str] = ()) -> Iterator[Run]:
    """The cluster that RAY_ADDRESS names, or the one of this machine. Raises BadOutput where there is none."""
    ray = _ray()
    how = trade, tuple(actors), os.environ.get(READER_VARIABLE, "")
    try:
        yield partial(_run, ray, how)
    finally:
        ray.shutdown()


def _run(ray: Any, how: tuple[Trade, tuple[str, ...], str], tasks: Iterable[Task], folder: Path) -> Iterator[Step]:
    """Do all ``tasks``; Steps as the local crew has them. Raises BadOutput.

    Which signal ended a process, Ray does not tell: it counts as killed from outside.
    """
    remote = ray.remote(num_cpus=1, max_retries=0)(_do)
    todo, again = iter(tasks), list[Task]()
    blame = Blame()
    under_way: dict[Any, Task] = {}
    whole, here = folder.resolve(), str(Path.cwd())
    while True:
        while len(under_way) < ray.cluster_resources().get("CPU", 0) + _MORE:
            task = again.pop() if again else next(todo, None)
            if task is None:
                break
            under_way[remote.remote(task, (here, str(whole)), how, blame.aside(task))] = task
        if not under_way:
            return
        for ref in ray.wait(list(under_way), num_returns=1, timeout=_LOOK)[0]:
            task = under_way.pop(ref)
            try:
                yield Step(task=task, items=ray.get(ref), done=True)
            except ray.exceptions.RayTaskError as error:
                raise BadOutput(f"{folder}: cannot be written: {error.cause}; mend that and run it again") from error
            except ray.exceptions.RayError:
                again.append(task)
                yield blame.lost(task, _reached(whole, task), KILLED)


def _ray() -> Any:
    """Ray, connected. Raises BadOutput where it is not installed or no cluster is there."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # it would tell its makers
    os.environ["RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO"] = "0"  # else it warns of what it will do some day
    try:
        import ray  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError:
        raise BadOutput("--engine ray needs Ray: pip install 'sayso[cluster]'") from None
    _reachable(os.environ.get("RAY_ADDRESS", ""))
    try:
        ray.init(address="auto", log_to_driver=False, logging_level="error", namespace="sayso")
    except ConnectionError:
        raise BadOutput(
            "no Ray cluster was found: start one with `ray start --head`, or give its address in RAY_ADDRESS"
        ) from None
    return ray


def _reachable(address: str) -> None:
    """Ray itself tries for minutes. Raises BadOutput where nothing listens at a host and port."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        raise BadOutput(f"RAY_ADDRESS={address}: no Ray cluster answers there ({told})") from error


def _do(task: Task, places: tuple[str, str], how: tuple[Trade, tuple[str, ...], str], aside: Mapping[int, str]) -> int:
    """Runs on the cluster. How many items there were; which one it is at stands in a file, for when it dies.

    ``places``: where paths of the input begin, and the folder of the tasks. ``how``: the trade, tables of actors, the
    name of the reader, "" if none was asked for.
    """
    here, folder = places
    os.chdir(here)
    count = 0
    with _place(Path(folder), task).open("wb", buffering=0) as file:

        def at(number: int) -> None:
            nonlocal count
            count = number + 1
            os.pwrite(file.fileno(), b"%10d" % number, 0)

        _working(*how)(task, Path(folder), at=at, aside=aside)
    return count


@cache
def _working(trade: Trade, actors: tuple[str, ...], reader: str) -> Work:
    os.environ[READER_VARIABLE] = reader
    return working(trade, actors)


def _place(folder: Path, task: Task) -> Path:
    return folder / f".{task.name}.at.part"


def _reached(folder: Path, task: Task) -> int:
    try:
        return int(_place(folder, task).read_bytes() or 0)
    except FileNotFoundError:  # it died before it began
        return 0
