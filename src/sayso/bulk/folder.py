"""The folder of an extraction: what it was begun with, which shards are done, and its end.

In:   a path; what is to be done.   Out: manifest.json, inputs.jsonl, plan.jsonl, shards/, errors.jsonl, summary.json.
Knows nothing of: workers, what is in a shard.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TypeVar

import msgspec
import pyarrow.parquet as pq

import sayso
from sayso.bulk.corpus import SHARD, shards, survey
from sayso.bulk.plan import Manifest, Piece, Shard, Summary, Surveyed
from sayso.bulk.shards import CLAIMS_FILE, DOCUMENTS_FILE, ERRORS_FILE, SHARDS, Failed
from sayso.bulk.whole import tidy, whole_file
from sayso.errors import BadOutput, NotFound, Unreadable

_MANIFEST, _INPUTS, _PLAN, _SUMMARY = "manifest.json", "inputs.jsonl", "plan.jsonl", "summary.json"

_Record = TypeVar("_Record", bound=msgspec.Struct)


class _By(msgspec.Struct, frozen=True):
    """What makes the output: fields of the Manifest."""

    reader: str
    actors: dict[str, str]
    sayso: str
    program: str


class Folder:
    """One extraction on the disk. Make it with `Folder.open`."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest

    @classmethod
    @contextmanager
    def open(
        cls, path: Path, arguments: Sequence[str], *, reader: str, actors: Sequence[str], shard: int = SHARD
    ) -> Iterator[Folder]:
        """The extraction of ``arguments`` at ``path``, begun or gone on with; for one program at a time.

        Raises BadOutput where it cannot be, or is another one; NotFound or Unreadable where no input can be read.
        """
        _check_place(path, arguments)
        fresh, begun = not path.exists(), False
        try:
            path.mkdir(parents=True, exist_ok=True)
            with _alone(path):
                by = _By(reader, {name: _sha256(Path(name)) for name in actors}, *_program())
                manifest = _known(path, arguments, by) or _begun(path, arguments, by, shard)
                (path / SHARDS).mkdir(exist_ok=True)
                folder = cls(path, manifest)
                folder._tidy()
                begun = True
                yield folder
        except (NotFound, Unreadable):
            if fresh and not begun:  # nothing can be read: nothing is left
                shutil.rmtree(path)
            raise
        except OSError as error:
            raise BadOutput(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from error

    def todo(self) -> Iterator[Shard]:
        """The shards that are not done, in order."""
        return (shard for shard in self._plan() if not (self.path / SHARDS / shard.name).is_dir())

    def _plan(self) -> Iterator[Shard]:
        return _lines(self.path / _PLAN, Shard)

    def finish(self) -> Summary:
        """All errors in one list, and the counts. To be called when nothing is left to do."""
        self._tidy()
        documents = claims = errors = 0
        with whole_file(self.path / ERRORS_FILE) as out:
            for surveyed in _lines(self.path / _INPUTS, Surveyed):
                if surveyed.refused:
                    reason = surveyed.refused.removeprefix(surveyed.path).lstrip(": ")
                    out.write(msgspec.json.encode(Failed(surveyed.path, reason)) + b"\n")
                    errors += 1
            for shard in self._plan():
                done = self.path / SHARDS / shard.name
                documents += pq.read_metadata(done / DOCUMENTS_FILE).num_rows
                claims += pq.read_metadata(done / CLAIMS_FILE).num_rows
                told = (done / ERRORS_FILE).read_bytes()
                out.write(told)
                errors += told.count(b"\n")
        summary = Summary(documents=documents, claims=claims, errors=errors)
        _write(self.path / _SUMMARY, [summary])
        return summary

    def _tidy(self) -> None:
        """What was left by those who were killed."""
        tidy(self.path / SHARDS)
        tidy(self.path)


def _check_place(path: Path, arguments: Sequence[str]) -> None:
    if path.exists() and not path.is_dir():
        raise BadOutput(f"{path}: is a file; an extraction is a folder: give another name with -o")
    if not (path / _MANIFEST).exists() and path.exists():
        others = {entry.name for entry in path.iterdir() if not entry.name.endswith(".part")} - {_INPUTS, _PLAN}
        if others:
            raise BadOutput(f"{path}: holds other files ({min(others)}); give an empty or a new folder with -o")
    whole = path.resolve()
    for argument in arguments:
        if argument == "-":
            raise BadOutput("standard input cannot be read twice: give a file or a folder")
        if os.path.isdir(argument) and whole.is_relative_to(Path(argument).resolve()):  # noqa: PTH112 (odd names)
            raise BadOutput(f"{path}: lies in the input {argument}; give a place outside of it with -o")


def _known(path: Path, arguments: Sequence[str], by: _By) -> Manifest | None:
    """What the extraction was begun with, if it was, and if it is the same now."""
    if not (path / _MANIFEST).exists():
        return None
    again = "give a new folder with -o, or what it was begun with"
    try:
        manifest = msgspec.json.decode((path / _MANIFEST).read_bytes(), type=Manifest)
    except msgspec.DecodeError as error:
        raise BadOutput(f"{path / _MANIFEST}: is damaged ({error}); begin anew with another -o") from None
    if manifest.reader != by.reader:
        raise BadOutput(f"{path}: was begun with {manifest.reader}, this is {by.reader}; {again}")
    if (manifest.sayso, manifest.program) != (by.sayso, by.program):
        raise BadOutput(f"{path}: was begun with another sayso ({manifest.sayso}, this is {by.sayso}); {again}")
    if manifest.actors != by.actors:
        raise BadOutput(f"{path}: was begun with other tables of actors; {again}")
    kept = _lines(path / _INPUTS, Surveyed)
    for surveyed, _ in survey(arguments, cut=False):
        before = next(kept, None)
        if before != surveyed:
            which = before.path if before is not None and before.path < surveyed.path else surveyed.path
            raise BadOutput(f"{path}: {which} is not as it was when this was begun; {again}")
    if (before := next(kept, None)) is not None:
        raise BadOutput(f"{path}: {before.path} was there when this was begun; {again}")
    if _sha256(path / _PLAN) != manifest.plan:
        raise BadOutput(f"{path / _PLAN}: was altered; begin anew with another -o")
    return manifest


def _begun(path: Path, arguments: Sequence[str], by: _By, shard: int) -> Manifest:
    number = weight = 0
    refused: str | None = None
    with whole_file(path / _INPUTS) as inputs, whole_file(path / _PLAN) as plan:

        def pieces() -> Iterator[Piece]:
            nonlocal refused
            for found, pieces in survey(arguments, cut=True, shard=shard):
                inputs.write(msgspec.json.encode(found) + b"\n")
                refused = refused or found.refused
                yield from pieces

        for each in shards(pieces(), shard):
            plan.write(msgspec.json.encode(each) + b"\n")
            number, weight = number + 1, weight + each.weight
    if not number:
        raise Unreadable(refused or "no input was given")
    manifest = Manifest(
        sayso=by.sayso,
        program=by.program,
        reader=by.reader,
        actors=by.actors,
        inputs=_sha256(path / _INPUTS),
        plan=_sha256(path / _PLAN),
        shards=number,
        weight=weight,
    )
    _write(path / _MANIFEST, [manifest])
    return manifest


def _program() -> tuple[str, str]:
    """sayso's version, and the hash of its files: its own code and its word lists."""
    home = Path(sayso.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(file for file in home.rglob("*") if file.suffix in (".py", ".toml", ".tsv", ".txt", ".json")):
        digest.update(f"{file.relative_to(home).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return metadata.version("sayso"), digest.hexdigest()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two at once would do everything twice. The lock goes with the process that holds it, however that ends."""
    handle = os.open(path, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadOutput(f"{path}: another sayso is at it") from None
        yield
    finally:
        os.close(handle)


def _write(path: Path, records: Iterable[msgspec.Struct]) -> None:
    with whole_file(path) as out:
        for record in records:
            out.write(msgspec.json.encode(record) + b"\n")


def _lines(path: Path, kind: type[_Record]) -> Iterator[_Record]:
    with path.open("rb") as file:
        for line in file:
            yield msgspec.json.decode(line, type=kind)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
