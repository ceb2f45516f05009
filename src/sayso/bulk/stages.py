"""One part of a stage of linking: what a worker does of it, with the functions by which a case is linked.

In:   a Part, what the stages before it laid down.   Out: a folder, which appears whole.
Knows nothing of: who calls for it, other parts of its stage, processes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.bulk.blobs import BlobWriter
from sayso.bulk.joins import Whole, across, counted, spread, together, within
from sayso.bulk.laid import BONDS, PAIRS, Laid, grouped, packed, rows_of, share_of
from sayso.bulk.plan import Part, Stage
from sayso.bulk.shards import ERRORS_FILE, SHARDS, Failed, mistake, read_shard
from sayso.bulk.whole import Table, whole_folder
from sayso.export.columns import schema
from sayso.lexicon import Lexicon
from sayso.link import edges
from sayso.link.compare import Finds, compare, keys_of
from sayso.link.gather import gather
from sayso.link.same import clusters
from sayso.link.sketch import sketch
from sayso.links import Cluster, Contradiction, Edge, Link, Variant

TABLES: dict[str, type[Link]] = {
    "clusters": Cluster,
    "edges": Edge,
    "variants": Variant,
    "contradictions": Contradiction,
}
_KINDS = ("passages", "claims", "names", "outlets")  # of keys
_SKETCHES = 400  # held at a time, some 150 KB each
_HELD = 1 << 20  # pairs that are held before those of the same documents are put together
_ROWS = 1024  # of a table, held before they are written

_T = TypeVar("_T")


class _Trial:
    """Does things one by one; what cannot be done is listed, and the rest is done."""

    def __init__(self, out: Path, at: Callable[[int], None], aside: Mapping[int, str]) -> None:
        self._at, self._aside = at, aside
        self._number = 0
        self._errors = (out / ERRORS_FILE).open("wb")

    def __enter__(self) -> _Trial:
        return self

    def __exit__(self, *_: object) -> None:
        self._errors.close()

    def of(self, place: str, work: Callable[[], _T]) -> _T | None:
        """What ``work`` gives; None where it fails. ``place``: what it is about, for people."""
        number, self._number = self._number, self._number + 1
        self._at(number)
        try:
            if number not in self._aside:
                return work()
            reason = self._aside[number]
        except MemoryError:
            reason = "needs more memory than a worker is given"
        except Exception as error:  # noqa: BLE001 (one of millions: told, and the rest is done)
            reason = mistake(error)
        self._errors.write(msgspec.json.encode(Failed(place, reason)) + b"\n")
        return None


def write_part(
    part: Part, folder: Path, lexicon: Lexicon, *, at: Callable[[int], None], aside: Mapping[int, str]
) -> None:
    """Write ``folder/NAME``, as `write_shard` does. ``folder``: that of the stage, beside those of the others."""
    with whole_folder(folder / part.name) as out, _Trial(out, at, aside) as trial:
        _STAGES[part.stage](part, Laid(folder.parent), out, trial, lexicon)


def _keys(part: Part, laid: Laid, out: Path, trial: _Trial, lexicon: Lexicon) -> None:
    """Of the documents of a shard: their ledgers, what they are about, the keys by which they are looked up."""
    ids, sizes = array("Q"), array("q")
    keys, rows = ({kind: array("q") for kind in _KINDS} for _ in range(2))
    with BlobWriter(out / "ledgers") as ledgers, BlobWriter(out / "topics") as topics:
        for row, ledger in enumerate(read_shard(laid.folder.parent / SHARDS / part.name)):
            ref = ledger.document.ref
            own = trial.of(ref.path, lambda: keys_of(sketch(ledger, lexicon)))  # noqa: B023 (called at once)
            ids.append(int(ref.id[1:], 16))
            sizes.append(len(ledger.claims))
            ledgers.add(packed(ledger))
            topics.add(msgspec.json.encode(own.topic if own else {}))
            for kind in _KINDS if own else ():
                keys[kind].extend(getattr(own, kind))
                rows[kind].extend(repeat(row, len(keys[kind]) - len(rows[kind])))
    np.save(out / "ids.npy", np.array(ids))
    np.save(out / "sizes.npy", np.array(sizes))
    for kind in _KINDS:
        spreaded, places = spread(np.array(keys[kind])), np.array(rows[kind])
        order = np.lexsort((places, spreaded))
        np.save(out / f"{kind}-keys.npy", spreaded[order])
        np.save(out / f"{kind}-rows.npy", places[order])


def _shared(part: Part, laid: Laid, out: Path, trial: _Trial, _lexicon: Lexicon) -> None:
    """Of a range of keys: which two documents share some, and how many of each kind, in runs that are in order."""
    kept = laid.array("kept")

    def of(kind: str) -> tuple[NDArray[np.uint64], Whole]:
        found = []
        for folder, start in zip(laid.parts("keys"), laid.starts, strict=False):
            keys = np.load(folder / f"{kind}-keys.npy", mmap_mode="r", allow_pickle=False)
            own = within(keys, part.number, part.of)
            numbers = np.load(folder / f"{kind}-rows.npy", mmap_mode="r", allow_pickle=False)[own] + start
            found.append((keys[own][kept[numbers]], numbers[kept[numbers]]))
        keys, numbers = zip(*found, strict=True)
        return np.concatenate(keys), np.concatenate(numbers)

    def pairs() -> Iterator[tuple[int, tuple[Whole, Whole]]]:
        for column, kind in enumerate(("passages", "claims")):
            yield from ((column, block) for block in together(*of(kind)))
        yield from ((2, block) for block in across(*of("names"), *of("outlets")))

    def write() -> None:
        run, held, some = 0, 0, list[Whole]()
        for column, (a, b) in pairs():
            counts = np.zeros((len(a), 3), np.int64)
            counts[:, column] = 1
            some.append(np.column_stack((a, b, counts))[a != b])
            held += len(a)
            if held >= _HELD:
                np.save(out / f"{run:06}.npy", counted(np.concatenate(some)))
                run, held, some = run + 1, 0, []
        if some:
            np.save(out / f"{run:06}.npy", counted(np.concatenate(some)))

    trial.of(f"the keys of part {part.number} of {part.of}", write)


def _near(part: Part, laid: Laid, out: Path, trial: _Trial, _lexicon: Lexicon) -> None:
    """Of a range of documents: with which later ones they are to be compared."""
    own = part.share(laid.starts[-1])
    some = [np.empty((0, 5), np.int64)]
    for folder in laid.parts("shared"):
        for run in sorted(folder.glob("*.npy")):
            rows = np.load(run, mmap_mode="r", allow_pickle=False)
            some.append(rows[slice(*(bisect_left(rows, at, key=itemgetter(0)) for at in (own.start, own.stop)))])
    found: list[tuple[int, int]] = []
    pairs = counted(np.concatenate(some))
    for document, each in grouped(pairs, pairs[:, 0]):
        rows = each.tolist()
        shared = [{str(row[1]): row[column] for row in rows if row[column]} for column in (2, 3, 4)]
        finds = Finds(passages=shared[0], claims=shared[1], names=shared[2])
        near = trial.of(
            laid.name(document),
            lambda: finds.candidates(laid.topic(document), lambda other: laid.topic(int(other))),  # noqa: B023 (at once)
        )
        found += ((document, other) for other in sorted(map(int, near or ())))
    np.save(out / "near.npy", np.array(found, np.int64).reshape(-1, 2))


def _compared(part: Part, laid: Laid, out: Path, trial: _Trial, lexicon: Lexicon) -> None:
    """Of a neighbourhood of pairs of documents: what each two tell about each other."""
    firsts = laid.array("claims")
    sketched = lru_cache(_SKETCHES)(lambda document: sketch(laid.ledger(document), lexicon))

    @lru_cache(_SKETCHES)
    def numbers(document: int) -> dict[str, int]:
        return {claim.id: n for n, claim in enumerate(sketched(document).ledger.claims, int(firsts[document]))}

    pairs: list[tuple[int, int, float]] = []
    between: list[tuple[int, int]] = []
    with (
        BlobWriter(out / "bonds") as bonds,
        Table(out / "variants.parquet", schema(Variant), _ROWS) as variants,
        Table(out / "contradictions.parquet", schema(Contradiction), _ROWS) as contradictions,
    ):
        near = laid.array("near")
        share = part.share(len(near))
        for one, other in near[share.start : share.stop].tolist():
            found = trial.of(
                f"{laid.name(one)} and {laid.name(other)}",
                lambda: compare(sketched(one), sketched(other)),  # noqa: B023 (called at once)
            )
            if found is None or found.empty:
                continue
            of = {sketched(document).id: document for document in (one, other)}
            a, b = numbers(of[found.a]), numbers(of[found.b])
            pairs += ((a[p.a], b[p.b], p.probability) for p in found.pairs)
            variants.add(msgspec.to_builtins(found.variants), len(found.variants))
            contradictions.add(msgspec.to_builtins(found.contradictions), len(found.contradictions))
            if found.bond:
                bonds.add(msgspec.json.encode(found.bond))
                between.append((of[found.bond.late], of[found.bond.early]))
    np.save(out / "pairs.npy", np.array(pairs, PAIRS))
    np.save(out / "bonds.npy", np.array(between, BONDS))


def _gathered(part: Part, laid: Laid, out: Path, trial: _Trial, _lexicon: Lexicon) -> None:
    """Of some components their clusters, of some documents the edges to those that they have something from."""
    with (
        Table(out / "clusters.parquet", schema(Cluster), _ROWS) as clusters,
        Table(out / "edges.parquet", schema(Edge), _ROWS) as table,
    ):
        pairs = share_of(laid.array("components"), "component", part)
        for _, rows in grouped(pairs, pairs["component"]):
            found = trial.of(f"a cluster in part {part.name}", lambda: _clusters(laid, rows)) or ()  # noqa: B023 (called at once)
            clusters.add(msgspec.to_builtins(found), len(found))
        bonds = share_of(laid.array("around"), "document", part)
        for document, rows in grouped(bonds, bonds["document"]):
            if rows["late"].any():
                own = trial.of(laid.name(document), lambda: _edges(laid, document)) or ()  # noqa: B023 (called at once)
                table.add(msgspec.to_builtins(own), len(own))


def _clusters(laid: Laid, rows: NDArray[Any]) -> tuple[Cluster, ...]:
    """Those of a component; ``rows``: the likely pairs that have one of its claims."""
    firsts = laid.array("claims")
    claims = np.unique(np.concatenate((rows["a"], rows["b"])))
    documents = np.searchsorted(firsts, claims, "right") - 1
    known = {
        claim: laid.members(document)[claim - int(firsts[document])]
        for claim, document in zip(claims.tolist(), documents.tolist(), strict=True)
    }
    pairs = {
        (known[a].claim.id, known[b].claim.id): p
        for a, b, p in zip(*(rows[name].tolist() for name in PAIRS.names or ()), strict=True)
    }
    members = {member.claim.id: member for member in known.values()}
    return gather(clusters(pairs), pairs, laid.bonds(set(documents.tolist())), members)


def _edges(laid: Laid, document: int) -> list[Edge]:
    """Those that lead from a document: they depend on what is between those around it."""
    around = rows_of(laid.array("around"), "document", document)
    name = laid.name(document)
    return [edge for edge in edges(laid.bonds({document, *around["other"].tolist()})) if edge.from_ == name]


_STAGES: dict[Stage, Callable[[Part, Laid, Path, _Trial, Lexicon], None]] = {
    "keys": _keys,
    "shared": _shared,
    "near": _near,
    "compared": _compared,
    "gathered": _gathered,
}
