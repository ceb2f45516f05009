"""What the command line says and writes beside results: complaints, progress, files that appear whole, exit codes.

In:   results and error values as they come.   Out: lines on standard error, files.
Knows nothing of: commands, claims.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from sayso.errors import SaysoError
from sayso.publish.wording import one_line

_T = TypeVar("_T")

FAILED, MISTAKE, PARTLY, STOPPED = 1, 2, 3, 130  # 128 + SIGINT, as shells have it


class Tally:
    """Passes on what was done, complains of what was not, counts both, and knows the exit code."""

    def __init__(self) -> None:
        self.done = 0
        self.failed = 0

    def of(self, results: Iterable[_T | SaysoError], step: Callable[[], None] = lambda: None) -> Iterator[_T]:
        for result in results:
            step()
            if isinstance(result, SaysoError):
                self.failed += 1
                complain(str(result))
            else:
                self.done += 1
                yield result

    @property
    def code(self) -> int:
        """0 all done; 3 a part could not be read; 2 nothing could."""
        if not self.failed:
            return 0
        return PARTLY if self.done else MISTAKE


@contextmanager
def whole_file(path: Path, inputs: tuple[str, ...]) -> Iterator[BinaryIO]:
    """A file that appears whole or not at all; a device or a pipe is written as it is."""
    try:
        there = path.exists()
        if there and any(os.path.exists(name) and path.samefile(name) for name in inputs):  # noqa: PTH110 (odd names)
            fail(f"{path}: is one of the articles to read; give another place with -o")
        with path.open("wb") if there and not path.is_file() else _replacing(path.resolve()) as file:
            yield file
    except OSError as error:
        fail(f"{path}: cannot be written: {reason(error)}; give another place with -o")


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A new folder that appears whole or not at all; nothing that is there is written over."""
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            fail(f"{path}: is there already; give another place with -o")
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.mkdir()
        try:
            yield part
            part.replace(path)
        except BaseException:
            shutil.rmtree(part)
            raise
    except OSError as error:
        fail(f"{path}: cannot be written: {reason(error)}; give another place with -o")


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        try:
            yield file
            file.close()
            part.replace(path)
        except BaseException:
            part.unlink()
            raise


@contextmanager
def bar(what: str, known: int | None) -> Iterator[Callable[[], None]]:
    """Counts documents on the screen; nothing where standard error is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Lines for the same screen go above the bar; lines for a file or a pipe go there.
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task(what, total=known)
        yield lambda: bar.advance(task)


@contextmanager
def gauge(what: str) -> Iterator[Callable[[int, int, str, float | None], None]]:
    """How much of long work is done, what that was in words, and how long it will go on, as far as is known."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda *_: None
        return
    columns = (TextColumn(what), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rest]}"))
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task(what, total=None, rest="")

        def show(done: int, of: int, words: str, seconds_left: float | None) -> None:
            left = f" · {_duration(seconds_left)} left" if seconds_left is not None else ""
            bar.update(task, completed=done, total=of, rest=f"{words}{left}")

        yield show


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 2:
        return "about a minute"
    if minutes < 120:
        return f"about {minutes} min"
    return f"about {minutes // 60} h" if minutes < 72 * 60 else f"about {minutes // (24 * 60)} days"


def say(message: str) -> None:
    sys.stderr.write(one_line(message) + "\n")  # not click.echo: it writes past the bar
    sys.stderr.flush()


def complain(message: str) -> None:
    say(f"sayso: {message}")


def fail(message: str) -> NoReturn:
    complain(message)
    sys.exit(MISTAKE)


def reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
