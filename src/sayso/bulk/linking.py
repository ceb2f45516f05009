"""Linking of an extraction: its stages one after the other, what each has to know of the ones before, and its end.

In:   an extraction that is done.   Out: the parts that are to be done; links/, which appears whole.
Knows nothing of: workers, how two documents are compared.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sayso.bulk.joins import components, walked
from sayso.bulk.laid import AROUND, COMPONENTS, PAIRS, Laid
from sayso.bulk.plan import Linked, Part, Stage
from sayso.bulk.shards import DOCUMENTS_FILE, ERRORS_FILE, SHARDS
from sayso.bulk.stages import TABLES
from sayso.bulk.whole import tidy, whole_file, whole_folder
from sayso.export.columns import schema
from sayso.link.same import MERGED

STAGES: tuple[Stage, ...] = ("keys", "shared", "near", "compared", "gathered")
_LINKS, _LAID, _SUMMARY = "links", "linking", "summary.json"
_KEYS = 16  # shards, the keys of so many documents are joined at a time
_GROUP = 16_384  # rows of a table together

Array = NDArray[Any]


class Linking:
    """The linking of the extraction at ``output``, whose shards are all there."""

    def __init__(self, output: Path) -> None:
        self._links, self._folder = output / _LINKS, output / _LAID
        self._shards = sorted((output / SHARDS).glob("[0-9]*"))

    @property
    def done(self) -> bool:
        return self._links.is_dir()

    def stages(self) -> Iterator[tuple[Stage, Path, list[Part]]]:
        """Each stage with its folder and parts: all of them have to be done before the next stage is asked for."""
        self._folder.mkdir(exist_ok=True)
        tidy(self._folder)
        rows = [pq.read_metadata(shard / DOCUMENTS_FILE).num_rows for shard in self._shards]
        self._lay("starts", np.cumsum([0, *rows]))
        laid, count = Laid(self._folder), len(rows)
        yield self._stage("keys", rows)
        ids, sizes = _all(laid, "keys", "ids"), _all(laid, "keys", "sizes")
        kept = np.zeros(len(ids), np.bool_)
        kept[np.unique(ids, return_index=True)[1]] = True
        for name, array in (("ids", ids), ("kept", kept), ("claims", np.cumsum(sizes) - sizes)):
            self._lay(name, array)
        yield self._stage("shared", [1] * -(-count // _KEYS))
        yield self._stage("near", _shares(len(ids), count))
        near = walked(_all(laid, "near", "near"))
        self._lay("near", near)
        yield self._stage("compared", _shares(len(near), count))
        found, around = _components(_all(laid, "compared", "pairs")), _around(laid)
        self._lay("components", found)
        self._lay("around", around)
        yield self._stage("gathered", _shares(len(found) + len(around), count))

    def _stage(self, stage: Stage, weights: Sequence[int]) -> tuple[Stage, Path, list[Part]]:
        folder = self._folder / stage
        folder.mkdir(exist_ok=True)
        tidy(folder)
        of = len(weights)
        return stage, folder, [Part(stage=stage, number=n, of=of, weight=weight) for n, weight in enumerate(weights)]

    def _lay(self, name: str, array: Array) -> None:
        with whole_file(self._folder / f"{name}.npy") as file:
            np.save(file, array)

    def finish(self) -> Linked:
        """The tables of all parts as one each, and the counts. To be called when all stages are done."""
        if not self.done:
            laid = Laid(self._folder)
            with whole_folder(self._links) as out:
                counts = {name: _joined(laid, name, out / f"{name}.parquet") for name in TABLES}
                errors = b"".join((part / ERRORS_FILE).read_bytes() for stage in STAGES for part in laid.parts(stage))
                (out / ERRORS_FILE).write_bytes(errors)
                linked = Linked(pairs=len(laid.array("near")), errors=errors.count(b"\n"), **counts)
                (out / _SUMMARY).write_bytes(msgspec.json.encode(linked) + b"\n")
        if self._folder.is_dir():
            shutil.rmtree(self._folder)
        return msgspec.json.decode((self._links / _SUMMARY).read_bytes(), type=Linked)


def _shares(whole: int, count: int) -> list[int]:
    return [whole * (n + 1) // count - whole * n // count for n in range(count)]


def _all(laid: Laid, stage: Stage, name: str) -> Array:
    return np.concatenate([np.load(part / f"{name}.npy", allow_pickle=False) for part in laid.parts(stage)])


def _components(pairs: Array) -> Array:
    """For each component of claims that likely enough pairs hold together, all pairs that have one of its claims.

    Components are in the order in which their pairs were found: their documents lie near each other.
    """
    sure = pairs[pairs["probability"] >= MERGED]
    claims, places = np.unique(np.concatenate((sure["a"], sure["b"])), return_inverse=True)
    heads = components(places[: len(sure)], places[len(sure) :], len(claims))
    if not len(claims):
        return np.empty(0, COMPONENTS)

    def of(side: Array) -> Array:
        at = np.searchsorted(claims, side).clip(max=len(claims) - 1)
        return np.where(claims[at] == side, heads[at], -1)

    one, other = of(pairs["a"]), of(pairs["b"])
    here, there = np.flatnonzero(one >= 0), np.flatnonzero((other >= 0) & (other != one))
    rows, names = np.concatenate((here, there)), np.concatenate((one[here], other[there]))
    first = np.full(len(claims), len(pairs))
    np.minimum.at(first, names, rows)
    order = np.lexsort((rows, names, first[names]))
    rows, names = rows[order], names[order]
    found = np.empty(len(rows), COMPONENTS)
    found["component"] = np.cumsum(np.r_[0, names[1:] != names[:-1]])
    for name in PAIRS.names or ():
        found[name] = pairs[name][rows]
    return found


def _around(laid: Laid) -> Array:
    """Each bond twice, at each of its documents."""
    found = [np.empty(0, AROUND)]
    for number, part in enumerate(laid.parts("compared")):
        bonds = np.load(part / "bonds.npy", allow_pickle=False)
        for one, other in (("late", "early"), ("early", "late")):
            rows = np.empty(len(bonds), AROUND)
            rows["document"], rows["other"] = bonds[one], bonds[other]
            rows["part"], rows["row"], rows["late"] = number, np.arange(len(bonds)), one == "late"
            found.append(rows)
    rows = np.concatenate(found)
    return rows[np.lexsort((rows["other"], rows["document"]))]


def _joined(laid: Laid, name: str, path: Path) -> int:
    """Writes one table out of those of all parts. How many rows."""
    stage: Stage = "gathered" if name in ("clusters", "edges") else "compared"
    count, held = 0, list[pa.Table]()
    with pq.ParquetWriter(path, schema(TABLES[name]), compression="zstd") as writer:
        for part in laid.parts(stage):
            held.append(pq.read_table(part / path.name))
            count += len(held[-1])
            if sum(map(len, held)) >= _GROUP:
                writer.write_table(pa.concat_tables(held))
                held = []
        if held:
            writer.write_table(pa.concat_tables(held))
    return count
