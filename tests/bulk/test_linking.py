"""An extraction is linked to what a case of its articles is linked to, whoever is killed meanwhile."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
from bench.linking import documents, extraction

from sayso.bulk import Linked, extract
from sayso.bulk.shards import read_shard
from sayso.bulk.stages import TABLES
from sayso.case import Case, lexicon
from sayso.link import link
from sayso.links import Edge, Link
from sayso.records import Ledger
from sayso.store import Store
from tests.bulk.corpora import tree
from tests.bulk.test_kills import children
from tests.desk import run as run_command

EXAMPLES = Path(__file__).parents[2] / "examples"
SHARD = 20_000  # bytes: some thirty documents of these
_RUN = """
import sys
from pathlib import Path
from sayso.bulk import extract
for progress in extract([sys.argv[1]], Path(sys.argv[2]), workers=2, link=True):
    if progress.told:
        print(progress.told, flush=True)
"""


def as_lines(links: Iterable[Link]) -> list[bytes]:
    return sorted(map(msgspec.json.encode, links))


def links_of(output: Path) -> list[Link]:
    return [
        link
        for name, kind in TABLES.items()
        for link in msgspec.convert(
            pq.read_table(output / "links" / f"{name}.parquet").to_pylist(),
            list[kind],  # type: ignore[valid-type]
        )
    ]


def of_a_case(path: Path, ledgers: Iterable[Ledger]) -> list[bytes]:
    with Store.open(path, create=True) as store:
        for ledger in ledgers:
            store.save(ledger, added_at="2026-01-02T03:04:05Z")
        case = Case(store)
        for _ in case.link():
            pass
        return as_lines(case.links())


def linked(inputs: list[str], output: Path) -> Linked:
    *_, last = extract(inputs, output, workers=2, link=True)
    assert last.linked is not None
    return last.linked


def started(inputs: list[str], output: Path, *, also: Path | None = None) -> subprocess.Popen[str]:
    paths = [str(also)] if also else []
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, *inputs, str(output)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([*paths, *filter(None, sys.path)])},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def ledgers() -> list[Ledger]:
    """Three hundred made-up documents, those of one story scattered over all of them."""
    found = documents(300)
    random.Random(1).shuffle(found)  # noqa: S311 (the same each time)
    return found


@pytest.fixture(scope="module")
def undisturbed(ledgers: list[Ledger], tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("links") / "out"
    linked(extraction(output, ledgers, SHARD), output)
    return output


def test_it_is_what_one_machine_and_a_case_come_to(ledgers: list[Ledger], undisturbed: Path, tmp_path: Path) -> None:
    assert len(list(undisturbed.glob("shards/*"))) > 8
    found = as_lines(links_of(undisturbed))
    assert len(found) > 500
    assert found == as_lines(link(ledgers, lexicon())) == of_a_case(tmp_path / "case", ledgers)
    assert sorted(file.name for file in undisturbed.iterdir()) == [
        *("errors.jsonl", "inputs.jsonl", "links", "manifest.json", "plan.jsonl", "shards", "summary.json")
    ]


def test_examples_are_read_and_linked_by_one_command(tmp_path: Path) -> None:
    inputs = [str(file) for file in sorted(EXAMPLES.glob("[01]*")) if file.suffix in {".txt", ".html", ".md"}]
    said = run_command("extract", *inputs, "-o", str(tmp_path / "out"), "--workers", "2", "--link").stderr
    ledgers = [ledger for shard in (tmp_path / "out/shards").iterdir() for ledger in read_shard(shard)]
    assert len(ledgers) == len(inputs) > 5
    found = links_of(tmp_path / "out")
    assert as_lines(found) == as_lines(link(ledgers, lexicon())) == of_a_case(tmp_path / "case", ledgers)
    edges = sum(isinstance(each, Edge) for each in found)
    assert said.splitlines()[-1].endswith(f" clusters of claims, {edges} edges between articles")
    before = tree(tmp_path / "out")
    assert run_command("extract", *inputs, "-o", str(tmp_path / "out"), "--link").stderr == said
    assert tree(tmp_path / "out") == before


def test_the_same_document_twice_counts_once_and_the_first_of_them(ledgers: list[Ledger], tmp_path: Path) -> None:
    some = ledgers[:60]

    def elsewhere(ledger: Ledger) -> Ledger:
        ref = msgspec.structs.replace(ledger.document.ref, path="elsewhere", outlet="Elsewhere", title=None)
        claims = tuple(msgspec.structs.replace(claim, document=ref) for claim in ledger.claims)
        return msgspec.structs.replace(
            ledger, document=msgspec.structs.replace(ledger.document, ref=ref), claims=claims
        )

    twice = [*some[:40], *map(elsewhere, some[30:40]), *some[40:], *map(elsewhere, some[:10])]
    linked(extraction(tmp_path / "out", twice, SHARD), tmp_path / "out")
    assert as_lines(links_of(tmp_path / "out")) == as_lines(link(some, lexicon()))


def test_where_there_is_nothing_to_link_there_are_empty_tables(ledgers: list[Ledger], tmp_path: Path) -> None:
    found = linked(extraction(tmp_path / "out", ledgers[:1], SHARD), tmp_path / "out")
    assert found == Linked(pairs=0, clusters=0, edges=0, variants=0, contradictions=0, errors=0)
    assert links_of(tmp_path / "out") == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_kills_of_any_process_leave_no_trace(ledgers: list[Ledger], undisturbed: Path, tmp_path: Path) -> None:
    output, stages = tmp_path / "out", ["keys", "shared", "near", "compared", "gathered"]
    inputs = extraction(output, ledgers, SHARD)
    process = started(inputs, output)
    told = ""
    for stage in stages:  # a worker of the first, all of the second, and so on
        while process.poll() is None and not list(output.glob(f"linking/{stage}/[0-9]*")):
            time.sleep(0.01)
        victims = [process.pid] if stages.index(stage) % 2 else children(process.pid)[:1]
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        if process.pid in victims:
            told += process.communicate()[0]
            process = started(inputs, output)
    told += process.communicate()[0]
    assert process.returncode == 0
    assert "a worker died (SIGKILL) at " in told
    for name in ("links", "shards"):
        assert tree(output / name) == tree(undisturbed / name)
    assert not (output / "linking").exists()


def test_documents_that_cannot_be_compared_are_listed(ledgers: list[Ledger], tmp_path: Path) -> None:
    some = ledgers[:150]
    fails, ends = [each for each in link(some, lexicon()) if isinstance(each, Edge)][:2]
    (tmp_path / "first").mkdir()
    (tmp_path / "first/sitecustomize.py").write_text(
        "import os, sys, sayso.link\n"
        "module = sys.modules['sayso.link.compare']\n"
        "compare = module.compare\n"
        "def poisoned(one, other):\n"
        f"    if {{one.id, other.id}} == {{{fails.from_!r}, {fails.to!r}}}:\n"
        "        raise KeyError(hex(id(one)))\n"
        f"    if {{one.id, other.id}} == {{{ends.from_!r}, {ends.to!r}}}:\n"
        "        os._exit(7)\n"
        "    return compare(one, other)\n"
        "module.compare = poisoned\n"
    )
    process = started(extraction(tmp_path / "out", some, SHARD), tmp_path / "out", also=tmp_path / "first")
    told = process.communicate()[0]
    assert process.returncode == 0
    assert told.count("a worker died (exit code 7)") == 1
    assert told.count("it was set aside") == 1
    errors = [json.loads(line) for line in (tmp_path / "out/links/errors.jsonl").read_text().splitlines()]
    assert {frozenset(error["place"].split(" and ")): error["reason"].partition(" (")[0] for error in errors} == {
        frozenset((fails.from_, fails.to)): "a mistake of sayso's own",
        frozenset((ends.from_, ends.to)): "ends the process that reads it",
    }
    left = [(each.from_, each.to) for each in links_of(tmp_path / "out") if isinstance(each, Edge)]
    assert len(left) > 10
    assert (fails.from_, fails.to) not in left
    assert (ends.from_, ends.to) not in left
    again = run_command("extract", str(tmp_path / "out.jsonl"), "-o", str(tmp_path / "out"), "--link", code=3)
    assert again.stderr.splitlines()[-1] == f"sayso: 2 could not be linked: see {tmp_path}/out/links/errors.jsonl"
