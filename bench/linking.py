"""What linking an extraction costs beside linking a case: `python -m bench.linking --documents 300 3000`.

The documents are those of `bench.cases`. A process links them as a case, by `Case.link`; others link them as an
extraction with one worker and with two; all come to the same links. Processor seconds are counted with those of the
workers, as other work runs on a machine; memory is that of the largest worker, and of who starts them.

In:   sizes.   Out: a table. The exponent is the slope of log processor time over log documents.
Knows nothing of: how good the links are (see bench.link).
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import linear_regression

import msgspec
import pyarrow.parquet as pq

from bench.cases import made
from sayso import case
from sayso.bulk.folder import Folder
from sayso.bulk.shards import SHARDS, write_shard
from sayso.bulk.stages import TABLES
from sayso.records import Document, Ledger
from sayso.store import Store

_SHARD = 128 * 1024  # bytes of text, some hundred of these documents
_CASE = """
import sys
from sayso.case import Case
with Case.open(sys.argv[1]) as case:
    for _ in case.link():
        pass
"""
_EXTRACTION = """
import sys
from pathlib import Path
from sayso.bulk import extract
for _ in extract([sys.argv[1]], Path(sys.argv[2]), workers=int(sys.argv[3]), link=True):
    pass
"""
_MEASURED = """
import json, resource
print(json.dumps([[u.ru_utime + u.ru_stime, u.ru_maxrss / 1024] for u in map(resource.getrusage, (0, -1))]))
"""


def documents(count: int) -> list[Ledger]:
    """The first so many of a case that is large enough."""
    return [document.ledger for document in islice(made(count * 12), count)]


def extraction(output: Path, ledgers: Sequence[Ledger], shard: int) -> list[str]:
    """Writes an extraction whose shards, of so many bytes of text, hold these ledgers. Gives what it is made of.

    That is a corpus of their texts, beside it; no reader is run.
    """
    corpus = output.with_suffix(".jsonl")
    lines = ({"id": str(n), "text": ledger.document.text} for n, ledger in enumerate(ledgers))
    corpus.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))

    def known(document: Document) -> Ledger:
        return ledgers[int(document.ref.path.rpartition("#")[2])]

    with Folder.open(output, [str(corpus)], reader=case.reader().name, actors=(), shard=shard) as folder:
        for each in folder.todo():
            write_shard(each, output / SHARDS, known, at=lambda _: None, aside={})
    return [str(corpus)]


def timed(script: str, *arguments: str) -> dict[str, float]:
    """Processor seconds of a script of ours with its workers, peak megabytes of both."""
    began = time.perf_counter()
    command = [sys.executable, "-c", script + _MEASURED, *arguments]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    (own, peak), (theirs, largest) = json.loads(out)
    return {"wall": time.perf_counter() - began, "cpu": own + theirs, "peak_mb": peak, "workers_mb": largest}


def one_size(folder: Path, count: int) -> list[dict[str, object]]:
    ledgers = documents(count)
    with Store.open(folder / f"{count}.case", create=True) as store:
        store.rows("PRAGMA synchronous = OFF")
        for ledger in ledgers:
            store.save(ledger, added_at="2026-01-01T00:00:00Z")
    rows: list[dict[str, object]] = [{"how": "a case", **timed(_CASE, str(folder / f"{count}.case"))}]
    for workers in (1, 2):
        output = folder / f"{count}-{workers}"
        (corpus,) = extraction(output, ledgers, _SHARD)
        figures = timed(_EXTRACTION, corpus, str(output), str(workers))
        rows.append({"how": f"{workers} worker{'s'[: workers - 1]}", **figures})
        found = {name: pq.read_metadata(output / "links" / f"{name}.parquet").num_rows for name in TABLES}
    with case.Case.open(folder / f"{count}.case") as whole:
        same = sum(1 for _ in whole.links()) == sum(found.values())
    return [{"documents": count, **row, "same": same} for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[300, 3000])
    given = parser.parse_args()
    points: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in given.documents:
            for row in one_size(Path(folder), count):
                points.setdefault(str(row["how"]), []).append((math.log(count), math.log(float(str(row["cpu"])))))
                print(json.dumps({k: round(v, 1) if isinstance(v, float) else v for k, v in row.items()}), flush=True)
    if len(given.documents) > 1:
        for how, each in points.items():
            print(f"{how}: exponent of processor time {linear_regression(*zip(*each, strict=True)).slope:.2f}")


if __name__ == "__main__":
    main()
