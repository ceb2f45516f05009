"""Throws made-up and damaged input at everything that reads what others wrote, and counts.

In:   seconds, a seed, targets.   Out: for each target how many inputs, how many were refused; what crashed or hung.
Knows nothing of: what a right answer is. Anything but an answer or an error of ours in one line is a crash.

    python -m eval.fuzz --seconds 20 --seed 1                   # 20 s for each target, chance alone
    python -m eval.fuzz --seconds 600 --engine atheris --target html pdf

With `--engine atheris` (`pip install atheris`; it is not in the lock) inputs are bred that reach code which none
reached before; each target then is a process of its own.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.hostile.bounds import TookTooLong, within

from eval.fuzz.changing import changed

if TYPE_CHECKING:
    from eval.fuzz.targets import Target

_TOO_LONG = 20.0  # seconds of processor time for one input of a few thousand bytes
_LONGEST = 6000  # bytes
_PACKAGES = [
    "sayso",
    "pypdf",
    "email",
]  # what is watched by atheris: ours, and what is written in Python of what we use


class Watched:
    """Runs a target on inputs; counts, and keeps the first of each crash by where it was."""

    def __init__(self, name: str, target: Target) -> None:
        self.name, self._target = name, target
        self.inputs = self.refused = 0
        self.crashes: set[str] = set()
        self.slowest = 0.0

    def __call__(self, raw: bytes) -> None:
        from eval.fuzz.targets import one_line, outcome  # noqa: PLC0415 - see `main`
        from sayso.errors import SaysoError  # noqa: PLC0415 - as above

        self.inputs += 1
        began = time.process_time()
        try:
            with within(_TOO_LONG):
                self.refused += outcome(self._target.run(raw))
        except SaysoError as error:
            self.refused += 1
            try:
                one_line(error)
            except AssertionError:
                self._crashed(raw)
        except (Exception, TookTooLong):  # noqa: BLE001 - a crash of any kind is what is looked for
            self._crashed(raw)
        self.slowest = max(self.slowest, time.process_time() - began)

    def _crashed(self, raw: bytes) -> None:
        trace = traceback.format_exc().strip()
        places = [line.strip() for line in trace.splitlines() if line.startswith("  File ")]
        if places[-1] not in self.crashes:
            self.crashes.add(places[-1])
            kept = Path(tempfile.mkdtemp(), "input")
            kept.write_bytes(raw)
            print(
                f"CRASH in {self.name}, kept as {kept}: {raw[:400]!r}\n{trace[-1500:]}\n", file=sys.stderr, flush=True
            )

    def told(self) -> dict[str, Any]:
        counts = {"target": self.name, "inputs": self.inputs, "refused": self.refused}
        return counts | {"slowest": round(self.slowest, 2), "crashes": len(self.crashes)}


def by_chance(watched: Watched, seeds: Sequence[bytes], seconds: float, chance: random.Random) -> None:
    """Seeds, changed."""
    for raw in seeds:
        watched(raw)
    until = time.process_time() + seconds
    while time.process_time() < until:
        watched(changed(chance.choice(seeds), chance))


def bred(watched: Watched, seeds: Sequence[bytes], seconds: float, seed: int, atheris: Any) -> None:
    """Inputs that atheris breeds. Ends the process: what runs them never comes back."""
    folder = tempfile.mkdtemp()
    for number, raw in enumerate(seeds):
        Path(folder, str(number)).write_bytes(raw[:_LONGEST])
    until = time.process_time() + seconds

    def one(raw: bytes) -> None:
        watched(raw)
        if time.process_time() > until:
            print(json.dumps(watched.told()), flush=True)
            os._exit(0)

    options = [f"-seed={seed}", f"-max_len={_LONGEST}", "-rss_limit_mb=3000", "-timeout=120", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", folder], one)
    atheris.Fuzz()


def processes(names: Sequence[str], seconds: float, seed: int) -> Iterator[dict[str, Any]]:
    """Each target in a process of its own, one after the other."""
    for name in names:
        command = [sys.executable, "-m", "eval.fuzz", "--engine", "atheris", "--alone", "--target", name]
        command += ["--seconds", str(seconds), "--seed", str(seed)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        lines = done.stdout.splitlines()
        if done.returncode or not lines:
            yield {"target": name, "inputs": 0, "refused": 0, "slowest": 0, "crashes": 1, "ended": done.returncode}
        else:
            yield json.loads(lines[-1])


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10, help="of processor time for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("chance", "atheris"), default="chance")
    parser.add_argument("--target", nargs="*", default=(), help="some of them only")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.engine == "atheris" and given.alone:
        atheris = importlib.import_module("atheris")
        with atheris.instrument_imports(include=_PACKAGES):  # so it is before anything of ours is loaded
            from eval.fuzz import targets  # noqa: PLC0415
        target = targets.every()[given.target[0]]
        bred(Watched(given.target[0], target), target.seeds, given.seconds, given.seed, atheris)
    from eval.fuzz import targets  # noqa: PLC0415

    every = targets.every()
    names = list(given.target) or list(every)
    told: list[dict[str, Any]] = []
    if given.engine == "atheris":
        found = processes(names, given.seconds, given.seed)
    else:
        found = (_chanced(name, every[name], given.seconds, random.Random(given.seed)) for name in names)
    for counts in found:
        told.append(counts)
        print(
            " ".join(
                f"{what} {value:,}" if isinstance(value, int) else f"{what} {value}" for what, value in counts.items()
            ),
            flush=True,
        )
    crashes = sum(counts["crashes"] for counts in told)
    print(f"{sum(counts['inputs'] for counts in told):,} inputs, {crashes} crashes that differ")
    return 1 if crashes else 0


def _chanced(name: str, target: Target, seconds: float, chance: random.Random) -> dict[str, Any]:
    watched = Watched(name, target)
    by_chance(watched, target.seeds, seconds, chance)
    return watched.told()


if __name__ == "__main__":
    sys.exit(main())
