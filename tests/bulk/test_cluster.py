"""On a cluster of two Ray nodes, one of which is lost, the output is that of one machine, to the byte."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.linking import documents, extraction

from sayso.bulk import extract
from sayso.errors import BadOutput
from tests.bulk.corpora import make, started, tree

pytest.importorskip("ray", reason="needs the extra sayso[cluster]")
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

_RUN = """
import sys
from pathlib import Path
from sayso.bulk import extract
link = "link" in sys.argv
for progress in extract([sys.argv[1]], Path(sys.argv[2]), engine="ray", shard=1500, link=link):
    if progress.told:
        print(progress.told, flush=True)
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("cluster") / "in", 24)


@pytest.fixture(scope="module")
def local(corpus: Path) -> dict[str, bytes]:
    assert started(Path(corpus.name), corpus.parent / "local", within=corpus.parent).communicate()[0] == ""
    return tree(corpus.parent / "local")


@pytest.fixture
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster  # noqa: PLC0415 - an extra

    # Nodes are started with our environment: they find sayso where we do.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.add_node(num_cpus=1)
    yield made
    made.shutdown()


def driver(cluster: Any, corpus: Path, output: Path, *more: str, within: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, str(corpus), str(output), *more],
        cwd=within,
        env=os.environ | {"RAY_ADDRESS": cluster.address},
        stdout=subprocess.PIPE,
        text=True,
    )


def busy(node: Any) -> list[int]:
    """The processes of a node that are doing a task."""
    raylet = node.all_processes["raylet"][0].process.pid
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            doing = (stat.parent / "cmdline").read_bytes().startswith(b"ray::_do")
        except OSError:  # it is gone
            continue
        if parent == raylet and doing:
            found.append(int(stat.parent.name))
    return found


def wait_for(what: Any, *, process: subprocess.Popen[str] | None = None) -> Any:
    """``process``: has to be at work meanwhile."""
    while not (found := what()):
        assert process is None or process.poll() is None
        time.sleep(0.1)
    return found


def done(output: Path) -> int:
    return len(list(output.glob("shards/0*")))


def test_a_worker_and_a_node_are_killed_midway(
    cluster: Any, corpus: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    process = driver(cluster, Path(corpus.name), output, within=corpus.parent)
    wait_for(lambda: done(output) >= 3)
    (lost,) = cluster.worker_nodes
    os.kill(random.choice(wait_for(lambda: busy(lost))), signal.SIGKILL)  # noqa: S311 (any of them)
    before = done(output)
    wait_for(lambda: done(output) > before and busy(lost))
    assert done(output) < sum(name.endswith("claims.parquet") for name in local)
    cluster.remove_node(lost, allow_graceful=False)
    told = process.communicate()[0]
    assert process.returncode == 0
    assert told.count("a worker died") >= 2
    assert tree(output) == local


def test_a_cluster_that_does_not_answer_is_told_of_at_once(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:1")
    with pytest.raises(BadOutput, match="no Ray cluster answers there"):
        list(extract([str(corpus)], tmp_path / "out", engine="ray"))


def test_who_has_started_it_is_killed_and_another_engine_ends_it(
    cluster: Any, corpus: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    process = driver(cluster, Path(corpus.name), output, within=corpus.parent)
    wait_for(lambda: done(output) >= 3)
    process.kill()
    process.communicate()
    wait_for(lambda: not any(busy(node) for node in cluster.list_all_nodes()))
    other = started(Path(corpus.name), output, within=corpus.parent)
    other.communicate()
    assert other.returncode == 0
    assert tree(output) == local


def test_linking_on_a_cluster_comes_to_the_same_whatever_is_lost(cluster: Any, tmp_path: Path) -> None:
    ledgers = documents(300)
    here, there = tmp_path / "here", tmp_path / "there"
    *_, last = extract(extraction(here, ledgers, 10_000), here, workers=1, link=True)
    assert last.linked is not None
    (corpus,) = map(Path, extraction(there, ledgers, 10_000))
    process = driver(cluster, corpus, there, "link")
    wait_for(lambda: list(there.glob("linking/keys/0*")), process=process)
    (lost,) = cluster.worker_nodes
    os.kill(random.choice(wait_for(lambda: busy(lost))), signal.SIGKILL)  # noqa: S311 (any of them)
    shards = len(list(there.glob("shards/0*")))
    wait_for(lambda: list(there.glob("linking/compared/0*")) and busy(lost), process=process)
    assert len(list(there.glob("linking/compared/0*"))) < shards
    cluster.remove_node(lost, allow_graceful=False)
    told = process.communicate()[0]
    assert process.returncode == 0
    assert told.count("a worker died") >= 1
    assert tree(there / "links") == tree(here / "links")
    assert not (there / "linking").exists()
