"""Corpora of invented articles in every form, and a run of their extraction as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.read.archives import packed, record, response

SHARD = 1500  # bytes: three or four articles
_RUN = """
import sys
from pathlib import Path
from sayso.bulk import extract
for progress in extract([sys.argv[1]], Path(sys.argv[2]), workers=2, shard=int(sys.argv[3])):
    if progress.told:
        print(progress.told, flush=True)
"""


def article(name: str, number: int) -> str:
    return (
        f"Ferry {name}{number} late\n\nAnn Lee, the harbour master of Pellin, said that boat {number} was late. "
        f'"We have counted {number + 2} passengers," Tom Reyk told the council. The ministry denied that it had known.'
    )


def make(folder: Path, count: int) -> Path:
    """``count`` articles in each form, and one file that cannot be read."""
    folder.mkdir()
    lines = [
        {"id": f"j{n}", "text": article("j", n), "outlet": f"Outlet {n % 2}", "published": f"20{10 + n % 3}-05-01"}
        for n in range(count)
    ]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n{broken\n", encoding="utf-8")
    rows = pa.table(
        {"text": [article("p", n) for n in range(count)], "outlet": ["Pier Post"] * count, "n": range(count)}
    )
    pq.write_table(rows, folder / "b.parquet", row_group_size=max(1, count // 2))
    pages = [
        response(
            f"<html><body><article><p>{article('w', n)}</p></article></body></html>".encode(), f"https://w.example/{n}"
        )
        for n in range(count)
    ]
    (folder / "c.warc.gz").write_bytes(packed([record("warcinfo", b"made by tests"), *pages]))
    for number in range(count):
        (folder / f"d{number:02}.txt").write_text(article("t", number), encoding="utf-8")
    (folder / "e.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    return folder


def started(
    corpus: Path, output: Path, *, also: Path | None = None, within: Path | None = None
) -> subprocess.Popen[str]:
    """The extraction as a process of its own. ``also``: a folder that its processes look for modules in first;
    ``within``: where it is started.
    """
    paths = [str(also)] if also else []
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([*paths, *filter(None, sys.path)])}
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, str(corpus), str(output), str(SHARD)],
        env=environment,
        cwd=within,
        stdout=subprocess.PIPE,
        text=True,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
