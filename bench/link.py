"""How linking grows: time and memory on synthetic cases, `python -m bench.link --claims 10000 30000 100000`.

Each size has processes of its own: one writes the case (see `bench.cases`), one links it, one opens it again and adds
a few more articles of its stories one by one. Processor time is given beside wall time, as it hardly changes with what
else the machine does. Quality is measured against what the generator knows.

In:   sizes.   Out: a table, JSON with --json. The exponent is the slope of log time over log claims.
Knows nothing of: how sayso links.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bench.cases import Truth, write
from sayso.case import Case
from sayso.links import Cluster, Edge
from sayso.records import Ledger
from sayso.store import Store

Figures = dict[str, Any]


def one_size(folder: Path, claims: int, seed: int) -> Figures:
    """Writes a case of so many claims, links it, adds to it, and measures all three."""
    path = folder / f"{claims}.case"
    found: Figures = {"asked": claims}
    for part in PARTS:
        command = [sys.executable, "-m", "bench.link", "--part", part, str(path), str(claims), str(seed)]
        out = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        found |= json.loads(out.stdout)
    found["megabytes"] = round(path.stat().st_size / 1e6)
    return found


def written(path: Path, claims: int, seed: int) -> Figures:
    """Writes the case."""
    began = time.perf_counter()
    return {"documents": write(path, claims, seed), "seconds_to_write": round(time.perf_counter() - began, 1)}


def linked(path: Path, _claims: int, _seed: int) -> Figures:
    """Links the case."""
    with Store.open(path, create=False) as store:
        case = Case(store)
        seconds, cpu = timed(lambda: sum(1 for _ in case.link()))
        ((claims,),) = store.rows("SELECT count(*) FROM claim")
        ((pairs,),) = store.rows("SELECT count(*) FROM pair")
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return {"claims": claims, "seconds": seconds, "cpu": cpu, "peak_megabytes": peak, "pairs": pairs // 2}


def added(path: Path, _claims: int, _seed: int) -> Figures:
    """A few more articles, one by one, in a program that was just started: the first pays for loading word lists."""
    each = []
    with Store.open(path, create=False) as store:
        case = Case(store)
        for line in path.with_suffix(".more").read_bytes().splitlines():
            store.save(msgspec.json.decode(line, type=Ledger), added_at="2026-01-02T00:00:00Z")
            each.append(timed(lambda: sum(1 for _ in case.link()))[0])
    return {"first_more": each[0], "more": round(statistics.median(each[1:] or each), 3), "most_more": max(each)}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return round(time.perf_counter() - wall, 3), round(time.process_time() - cpu, 3)


def quality(path: Path, _claims: int, _seed: int) -> Figures:
    """Pairs of claims in one cluster, and edges, against the truth."""
    fact_of: dict[str, str] = {}
    early_of: dict[str, str] = {}
    for line in path.with_suffix(".truth").read_bytes().splitlines():
        known = msgspec.json.decode(line, type=Truth)
        fact_of |= known.facts
        if known.early:
            early_of[known.id] = known.early
    together = Counter(fact_of.values())
    right = found = found_edges = right_edges = 0
    with Case.open(path) as case:
        for link in case.links():
            if isinstance(link, Cluster):
                facts = Counter(fact_of[c] for c in link.claims)
                found += _pairs([len(link.claims)])
                right += _pairs(facts.values())
            elif isinstance(link, Edge) and link.relation != "shares_quote":
                found_edges += 1
                right_edges += early_of.get(link.from_) == link.to
    return {
        "same_claim": _f1(right, found, _pairs(together.values())),
        "edges": _f1(right_edges, found_edges, len(early_of)),
    }


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _f1(right: int, found: int, true: int) -> dict[str, float]:
    p, r = right / max(1, found), right / max(1, true)
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0}


def exponent(rows: Sequence[Figures], key: str) -> float:
    """The slope of the line that fits log time over log claims best."""
    points = [(math.log(r["claims"]), math.log(r[key])) for r in rows]
    return statistics.linear_regression(*zip(*points, strict=True)).slope


PARTS: dict[str, Callable[[Path, int, int], Figures]] = {
    "write": written, "link": linked, "more": added, "quality": quality,
}  # fmt: skip


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--claims", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--folder", type=Path, help="where the cases are made and left; else they are removed")
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--part", nargs=4, help=argparse.SUPPRESS)
    args = ap.parse_args()
    if args.part:
        part, path, claims, seed = args.part
        print(json.dumps(PARTS[part](Path(path), int(claims), int(seed))))
        return
    rows = []
    with tempfile.TemporaryDirectory() as made:
        for claims in args.claims:
            rows.append(one_size(args.folder or Path(made), claims, args.seed))
            if not args.json:
                report(rows)
    if args.json:
        print(json.dumps(rows, indent=1))
    elif len(rows) > 1:
        print(f"growth exponent: {exponent(rows, 'seconds'):.2f}, of processor time {exponent(rows, 'cpu'):.2f}")


COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("claims", "claims", "9d"), ("documents", "documents", "10d"), ("seconds", "seconds", "9.1f"),
    ("cpu", "processor", "10.1f"), ("peak_megabytes", "peak MB", "8d"), ("megabytes", "file MB", "8d"),
    ("first_more", "one more", "9.2f"), ("more", "and more", "9.2f"), ("most_more", "slowest", "8.2f"),
)  # fmt: skip


def report(rows: Sequence[Figures]) -> None:
    """Prints the last row, and before the first what stands there."""
    if len(rows) == 1:
        head = (f"{name:>{form.split('.')[0].rstrip('df')}}" for _, name, form in COLUMNS)
        print(*head, "  same claim P R F1   edges P R F1", sep="")
    own = rows[-1]
    print(*(f"{own[key]:{form}}" for key, _, form in COLUMNS), sep="", end="")
    for key in ("same_claim", "edges"):
        print("  ", *(f"{own[key][x]:.3f}" for x in ("p", "r", "f1")), end="")
    print(flush=True)


if __name__ == "__main__":
    main()
