"""What the user names, as bytes: files, folders, globs, standard input, the web. Reading touches the disk here only.

In:   arguments as typed.   Out: Inputs, one at a time, and error values for what cannot be had.
Knows nothing of: formats (read decides by content).
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from sayso.check.tables.files import File
from sayso.errors import NotFound, SaysoError, Unreadable
from sayso.read.recognise import SUFFIXES

MAX_BYTES = 20 * 1024**2
STDIN = "-"

_TABLES = (".csv", ".tsv", ".txt", ".xml", ".yaml", ".yml", ".json", ".jsonl", ".ndjson")
_ADDRESS = re.compile(r"(?:https?|ftp|file|s3|gs)://|www\.", re.I)
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Input(msgspec.Struct, frozen=True):
    """The bytes of one input and the name to show it by."""

    path: str
    raw: bytes


def gather(
    arguments: Sequence[str], *, stdin: BinaryIO, max_bytes: int = MAX_BYTES, network: bool = False
) -> Iterator[Input | SaysoError]:
    """The inputs that ``arguments`` name, in order, each read when it is asked for.

    An argument is a file, ``-`` (standard input), a folder (searched through for files of known formats, hidden ones
    left out) or a glob (``**`` goes through folders); with ``network`` also a web address, whose bytes are the archive
    (WARC) of asking for it. What cannot be had comes as a NotFound or Unreadable *value*.
    """
    for argument in arguments:
        if argument == STDIN:
            yield _from_stdin(stdin, max_bytes)
        elif network and _is_address(argument):
            yield _from_the_web(argument, max_bytes)
        else:
            for found in named([argument]):
                yield found if isinstance(found, SaysoError) else _from_file(found, max_bytes)


def named(arguments: Sequence[str], *, suffixes: tuple[str, ...] = tuple(SUFFIXES)) -> Iterator[Path | SaysoError]:
    """The files that ``arguments`` name, none of them read. ``suffixes``: those that count in a folder."""
    for argument in arguments:
        if _is_address(argument):
            message = (
                f"{argument}: is a web address, and nothing is fetched from the network; save the page, read the file"
            )
            yield Unreadable(message)
        elif _is_folder(argument):
            yield from _in_folder(Path(argument), suffixes)
        elif glob.has_magic(argument) and not os.path.lexists(argument):
            found = glob.glob(argument, recursive=True)  # noqa: PTH207 (Path.glob takes no absolute pattern)
            files = sorted(Path(match) for match in found if not _is_folder(match))
            yield from files
            if not files:
                yield NotFound(f"{_shown(Path(argument))}: no file matches")
        else:
            yield Path(argument)


def tables(arguments: Sequence[str]) -> Iterator[File | SaysoError]:
    """The evidence tables that ``arguments`` name: files, folders, globs. None of them is read yet."""
    for argument in arguments:
        if argument == STDIN:
            yield Unreadable("a table is read more than once, so it cannot come from standard input (-): give a file")
        elif _is_folder(argument):
            found = [p for p in sorted(Path(argument).iterdir()) if p.suffix.lower() in _TABLES and p.is_file()]
            yield from map(_table, found)
            if not found:
                yield NotFound(f"{_shown(Path(argument))}: no file in this folder ends in {' '.join(_TABLES)}")
        elif glob.has_magic(argument) and not os.path.lexists(argument):
            matched = sorted(Path(m) for m in glob.glob(argument, recursive=True) if not _is_folder(m))  # noqa: PTH207
            yield from map(_table, matched)
            if not matched:
                yield NotFound(f"{_shown(Path(argument))}: no file matches")
        else:
            yield _table(Path(argument))


def brat_files(folder: str) -> dict[str, File]:
    """The .ann files of a brat folder by their stems, in order. Raises NotFound where it has none."""
    found = {path.stem: _table(path) for path in sorted(Path(folder).glob("*.ann"))}
    files = {stem: file for stem, file in found.items() if isinstance(file, File)}
    if not files:
        raise NotFound(f"{_shown(Path(folder))}: no file in it ends in .ann: a brat folder has one for each text")
    return files


def _table(path: Path) -> File | SaysoError:
    shown = _shown(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Unreadable(f"{shown}: a table is a file that can be read more than once, and this is none")
        with path.open("rb"):
            return File(shown, lambda: path.open("rb"))
    except FileNotFoundError:
        return NotFound(f"{shown}: no such file or folder")
    except (OSError, ValueError) as error:
        return Unreadable(f"{shown}: {_reason(error)}")


def _is_address(argument: str) -> bool:
    return _ADDRESS.match(argument) is not None and not os.path.lexists(argument)


def _is_folder(argument: str) -> bool:
    return os.path.isdir(argument)  # noqa: PTH112 (Path.is_dir raises on names that are too long or not allowed)


def _in_folder(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path | SaysoError]:
    refused: list[OSError] = []
    files: list[Path] = []
    for at, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(at, name) for name in names if not name.startswith(".") and name.lower().endswith(suffixes)]
    for error in refused:
        yield Unreadable(f"{_shown(Path(error.filename))}: {_reason(error)}")
    if not files and not refused:
        known = " ".join(suffixes)
        yield NotFound(
            f"{_shown(folder)}: no file in this folder has a known suffix ({known}); name the files themselves"
        )
    yield from sorted(files)


def _from_file(path: Path, max_bytes: int) -> Input | SaysoError:
    shown = _shown(path)
    try:
        about = path.stat()
        special = next((what for is_it, what in _SPECIAL if is_it(about.st_mode)), None)
        if special is not None:  # could go on for ever
            return Unreadable(f"{shown}: is {special}, not a file; pipe it into standard input instead (-)")
        if about.st_size > max_bytes:
            return _too_large(shown, max_bytes, about.st_size)
        with path.open("rb") as file:
            raw = file.read(max_bytes + 1)
    except FileNotFoundError:
        return NotFound(f"{shown}: is a link to nothing" if path.is_symlink() else f"{shown}: no such file or folder")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name, or what no file name can hold
        return Unreadable(f"{shown}: {_reason(error)}")
    # Some files (under /proc) do not tell their size.
    return Input(shown, raw) if len(raw) <= max_bytes else _too_large(shown, max_bytes)


def _from_stdin(stdin: BinaryIO, max_bytes: int) -> Input | SaysoError:
    try:
        raw = stdin.read(max_bytes + 1)
    except OSError as error:
        return Unreadable(f"standard input (-): {_reason(error)}")
    return Input(STDIN, raw) if len(raw) <= max_bytes else _too_large("standard input (-)", max_bytes)


def _from_the_web(url: str, max_bytes: int) -> Input | SaysoError:
    from sayso.fetch import fetch  # noqa: PLC0415 - what needs no network does not load it

    try:
        return Input(url, fetch(url, max_bytes=max_bytes))
    except Unreadable as error:
        return error


def _too_large(shown: str, max_bytes: int, size: int | None = None) -> Unreadable:
    what = "is larger than" if size is None else f"is {_megabytes(size)} large, more than"
    return Unreadable(f"{shown}: {what} the limit of {_megabytes(max_bytes)}; --max-mb raises it")


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 / 10 else f"{size} bytes"


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "no file can have this name"


def _shown(path: Path) -> str:
    """The name as text: file names are bytes, and those that are no UTF-8 could be written nowhere."""
    try:
        return os.fsencode(path).decode("utf-8", "replace")
    except UnicodeEncodeError:  # half of a character, which no file name holds
        return str(path).encode("utf-8", "replace").decode()
