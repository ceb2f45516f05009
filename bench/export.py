"""What exports cost as cases grow: processor time and peak memory, `python -m bench.export --claims 10000 100000`.

Each format has a process of its own. Time stands beside that of a program that only reads all claims of the case with
Python's own sqlite3 and json, in the same run: whoever exports has to do that much.

In:   sizes, formats.   Out: a table: seconds of a processor, the ratio, peak MB, MB written.
Knows nothing of: how a format is written.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.cases import write
from sayso.case import Case, hedges
from sayso.export import FORMATS, Selection, Whole

_PLAIN = "sqlite3 and json"


def plain(path: Path) -> int:
    """Reads all claims and keeps none."""
    with sqlite3.connect(path) as connection:
        return sum(len(json.loads(record)["id"]) for (record,) in connection.execute("SELECT record FROM claim"))


def part(name: str, path: Path) -> dict[str, float]:
    """One format, or the plain program, in this process."""
    before = time.process_time()
    written = 0
    if name == _PLAIN:
        plain(path)
    else:
        form = FORMATS[name]
        if not isinstance(form, Whole):
            raise SystemExit(f"{name} is a folder: give formats of one file")
        with Case.open(path) as case, tempfile.TemporaryFile() as out:
            form.write(Selection(case, hedges=hedges, version="bench"), out)
            written = os.fstat(out.fileno()).st_size
    return {"seconds": time.process_time() - before, "peak": peak(), "written": written / 1e6}


def peak() -> float:
    """The most memory of this process, in MB. Not ru_maxrss: that of a new process begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--formats", nargs="+", default=["jsonl", "csv", "parquet", "ftm", "xlsx"])
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        print(json.dumps(part(given.part[0], Path(given.part[1]))))
        return
    print(f"{'claims':>9}  {'format':<18}{'seconds':>9}{'ratio':>7}{'peak MB':>9}{'MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for claims in given.claims:
            path = Path(folder) / f"{claims}.case"
            write(path, claims, 1)
            base = 0.0
            for name in (_PLAIN, *given.formats):
                command = [sys.executable, "-m", "bench.export", "--part", name, str(path)]
                out = subprocess.run(command, check=True, stdout=subprocess.PIPE)
                found = json.loads(out.stdout)
                base = base or found["seconds"]
                ratio = found["seconds"] / base
                figures = f"{found['seconds']:>9.1f}{ratio:>7.1f}{found['peak']:>9.0f}{found['written']:>8.1f}"
                print(f"{claims:>9,}  {name:<18}{figures}", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
