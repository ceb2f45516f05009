"""What `sayso extract` costs beside bare readers on the same cores, in the same run: `python -m bench.bulk`.

(a) `sayso extract` over corpora that double in size, as a process with its workers;
(b) as many processes as it has workers, each of which only studies articles that it holds in memory;
(c) the same processes, which only run the reader over them.
What is compared takes turns, several rounds. Processor seconds are counted, as other work runs on a machine; what each
article adds to (a) is the slope over the sizes, what is left at no article is the fixed cost of starting. As that is a
difference of large figures, what the engine itself does is timed by itself too: (d) writing shards of articles whose
ledgers are there already, and (e) what who starts the workers does while they work.

In:   sizes, rounds.   Out: a table, and JSON with --json.
Knows nothing of: how good the answers are (see eval/).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

EXAMPLES = Path(__file__).parent.parent / "examples"
WORKERS = 2
_SHARD = 32 * 1024  # so that small corpora have several shards for each worker

_BARE = """
import json, sys, time
from sayso import case
from sayso.read import documents_of_lines
from sayso.study import study
from sayso.spans import Span
reader, known = case.reader(), case.knowledge()
documents = list(documents_of_lines(open(sys.argv[1], "rb").read(), path="bench"))[int(sys.argv[2])::int(sys.argv[3])]
study(documents[0], reader, known)
began, cpu = time.perf_counter(), time.process_time()
for document in documents:
    if sys.argv[4] == "study":
        study(document, reader, known)
    else:
        reader.read(document.text, [Span(0, len(document.text))])
print(json.dumps({"articles": len(documents), "wall": time.perf_counter() - began, "cpu": time.process_time() - cpu}))
"""
_ENGINE = """
import sys, time
from pathlib import Path
from sayso.bulk import extract
cpu = None
for _ in extract([sys.argv[1]], Path(sys.argv[2]), workers=int(sys.argv[3]), shard=int(sys.argv[4])):
    cpu = cpu or time.process_time()
print(time.process_time() - cpu)
"""
_WRITING = """
import sys, tempfile, time
from pathlib import Path
from sayso.bulk.corpus import shards, survey
from sayso.bulk.shards import write_shard
from sayso.bulk.worker import studying
ledgers, study = {}, studying(())
def kept(document):
    if document.ref.id not in ledgers:
        ledgers[document.ref.id] = study(document)
    return ledgers[document.ref.id]
(shard,) = shards(iter(piece for _, pieces in survey([sys.argv[1]], cut=True) for piece in pieces))
spent = []
for _ in range(6):
    with tempfile.TemporaryDirectory() as folder:
        cpu = time.process_time()
        write_shard(shard, Path(folder), kept, at=lambda number: None, aside={})
        spent.append(time.process_time() - cpu)
print(sum(spent[1:]) / 5 / len(ledgers))
"""


def corpus(path: Path, count: int, seed: int) -> int:
    """Articles of six paragraphs of the examples, each article another six. How many words."""
    chance = random.Random(seed)
    texts = [file.read_text(encoding="utf-8") for file in sorted(EXAMPLES.glob("0*.txt"))]
    paragraphs = [p for text in texts for p in text.split("\n\n") if len(p) > 80]
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for _ in range(count):
            text = "\n\n".join(chance.sample(paragraphs, 6))
            words += len(text.split())
            file.write(json.dumps({"text": text}) + "\n")
    return words


def engine(path: Path) -> dict[str, float]:
    """Seconds of one extraction, of the wall and of the processor with all workers; peak memory of one process."""
    with tempfile.TemporaryDirectory() as folder:
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        starting = float(_said(_ENGINE, str(path), f"{folder}/out", str(WORKERS), str(_SHARD)))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.parquet"))
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "wall": time.perf_counter() - began,
        "cpu": cpu,
        "peak_mb": after.ru_maxrss / 1024,
        "bytes": size,
        "starting": starting,
    }


def _said(script: str, *arguments: str) -> str:
    """What a script of ours prints."""
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def bare(path: Path, what: str) -> dict[str, float]:
    """Seconds for each article of processes that do nothing else, once they are loaded."""
    commands = [[sys.executable, "-c", _BARE, str(path), str(n), str(WORKERS), what] for n in range(WORKERS)]
    running = [subprocess.Popen(c, stdout=subprocess.PIPE, env=os.environ | {"OMP_NUM_THREADS": "1"}) for c in commands]
    told = [json.loads(process.communicate()[0]) for process in running]
    articles = sum(each["articles"] for each in told)
    return {
        "cpu": sum(each["cpu"] for each in told) / articles,
        "wall": max(each["wall"] for each in told) / articles,
    }


def slope(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The least-squares line through points: what one more adds, what is there at none."""
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    rise = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return rise, mean_y - rise * mean_x


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 80, 160])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"{size}.jsonl" for size in given.sizes}
        words = {size: corpus(path, size, size) for size, path in paths.items()}
        for _ in range(given.rounds):
            runs = {}
            for size, path in paths.items():
                runs[size] = engine(path)
                if size == given.sizes[len(given.sizes) // 2]:
                    studied, read = bare(path, "study"), bare(path, "read")
                    writing = float(_said(_WRITING, str(path)))
            own = writing + runs[given.sizes[-1]]["starting"] / given.sizes[-1]
            added, fixed = slope([(size, run["cpu"]) for size, run in runs.items()])
            walls, started = slope([(size, run["wall"]) for size, run in runs.items()])
            rounds.append(
                {
                    "added": added,
                    "fixed": fixed,
                    "studied": studied["cpu"],
                    "read": read["cpu"],
                    "against_study": studied["cpu"] / added,
                    "against_reader": read["cpu"] / added,
                    "wall_against_study": studied["wall"] / walls,
                    "started": started,
                    "own": own,
                    "own_share": studied["cpu"] / (studied["cpu"] + own),
                    "peak_mb": max(run["peak_mb"] for run in runs.values()),
                    "hours_per_million": added * 1e6 / 3600,
                    "mb_per_thousand": runs[given.sizes[-1]]["bytes"] / given.sizes[-1] / 1000,
                    "cpu_by_size": {size: run["cpu"] for size, run in runs.items()},
                }
            )
    if given.json:
        print(json.dumps({"words": words, "rounds": rounds}, indent=2))
        return
    print(f"{WORKERS} workers; {sum(words.values()) / sum(given.sizes):.0f} words an article; {given.rounds} rounds")
    for name, what in (
        ("against_study", "throughput beside processes that only study"),
        ("wall_against_study", "the same by the clock"),
        ("own_share", "the same from what the engine does, timed by itself"),
        ("own", "processor seconds of the engine for an article"),
        ("against_reader", "throughput beside processes that only run the reader"),
        ("added", "processor seconds that an article adds"),
        ("studied", "processor seconds to study one"),
        ("read", "processor seconds to run the reader over one"),
        ("fixed", "processor seconds to start and end"),
        ("hours_per_million", "core hours for a million articles"),
        ("mb_per_thousand", "MB of output for a thousand articles"),
        ("peak_mb", "MB of memory of the largest process"),
    ):
        values = sorted(each[name] for each in rounds)
        print(f"{what:56} {median(values):9.3f}   ({values[0]:.3f} to {values[-1]:.3f})")
    for size in given.sizes:
        values = sorted(each["cpu_by_size"][size] for each in rounds)
        what = f"processor seconds for {size:,} articles"
        print(f"{what:56} {median(values):9.1f}   ({values[0]:.1f} to {values[-1]:.1f})")


if __name__ == "__main__":
    main()
