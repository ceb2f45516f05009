"""Whatever is killed, whenever: run again, the output is the same to the byte. What kills is set aside."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from sayso.bulk import _Pace
from sayso.bulk.blame import Blame, Step
from sayso.bulk.plan import Piece, Shard
from sayso.errors import BadOutput
from tests.bulk.corpora import make, started, tree

KILLS = 10

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")


def children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it is gone
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("kills") / "in", 16)


@pytest.fixture(scope="module")
def undisturbed(corpus: Path) -> tuple[dict[str, bytes], float]:
    """The output of a run that nobody disturbs, and how long it takes here and now."""
    began = time.monotonic()
    process = started(corpus, corpus.parent / "undisturbed")
    assert process.communicate()[0] == ""
    return tree(corpus.parent / "undisturbed"), time.monotonic() - began


def test_kills_of_any_process_leave_no_trace(
    corpus: Path, undisturbed: tuple[dict[str, bytes], float], tmp_path: Path
) -> None:
    chance = random.Random(1)  # noqa: S311 (repeatable, as far as kills can be)
    expected, seconds = undisturbed
    output, kills = tmp_path / "out", 0
    process = started(corpus, output)
    while process.poll() is None:
        time.sleep(chance.uniform(0, seconds / 3))
        victims = [process.pid] if kills % 3 == 0 else children(process.pid)
        if kills < KILLS and victims:
            kills += 1
            victim = chance.choice(victims)
            os.kill(victim, signal.SIGKILL)
            if victim == process.pid:
                process.communicate()
                process = started(corpus, output)
    process.communicate()
    assert process.returncode == 0
    assert kills > 3
    assert tree(output) == expected


def poisoned(folder: Path, does: str) -> Path:
    """A module that Python loads first: reading an article about boat 3 ``does`` something."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import os, signal, sayso.study\n"
        "study = sayso.study.study\n"
        "def poisoned(document, *others):\n"
        "    if 'boat 3 was' in document.text:\n"
        f"        {does}\n"
        "    return study(document, *others)\n"
        "sayso.study.study = poisoned\n"
    )
    return folder


@pytest.mark.parametrize(
    ("does", "reason", "deaths"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "ends the process that reads it (SIGSEGV)", 2),
        ("os._exit(7)", "ends the process that reads it (exit code 7)", 2),
        ("raise KeyError(hex(id(document)))", "a mistake of sayso's own (KeyError", 0),
        ("bytearray(1 << 40)", "needs more memory than a worker is given", 0),
    ],
)
def test_an_article_that_ends_its_reader_is_set_aside(
    corpus: Path, tmp_path: Path, does: str, reason: str, deaths: int
) -> None:
    process = started(corpus / "a.jsonl", tmp_path / "out", also=poisoned(tmp_path / "first", does))
    told = process.communicate()[0]
    assert process.returncode == 0
    assert told.count("a worker died") + told.count("set aside") == deaths
    place, broken = (json.loads(line) for line in (tmp_path / "out/errors.jsonl").read_text().splitlines())
    assert place["place"] == f"{corpus}/a.jsonl line 4"
    assert place["reason"].startswith(reason)
    assert broken["place"].endswith("line 17")
    assert json.loads((tmp_path / "out/summary.json").read_bytes())["documents"] == 15


def test_two_at_once_are_kept_apart(corpus: Path, tmp_path: Path) -> None:
    first = started(corpus, tmp_path / "out")
    while not (tmp_path / "out/manifest.json").exists():
        time.sleep(0.05)
    second = subprocess.Popen(first.args, stderr=subprocess.PIPE, text=True, env=os.environ)
    assert "another sayso is at it" in second.communicate()[1]
    first.send_signal(signal.SIGINT)
    first.communicate()
    assert children(first.pid) == []


def test_the_time_left_is_told_from_the_first_shard_on_and_counts_what_is_begun() -> None:
    shards = [Shard(number=n, pieces=(Piece(path="a", cut="file", weight=100),)) for n in range(4)]
    pace = _Pace(400)
    began = time.monotonic()
    for _ in range(10):
        pace.add(Step(task=shards[0], items=1))
        pace.add(Step(task=shards[1], items=1))
    assert pace.seconds_left(began + 60) is None
    pace.add(Step(task=shards[0], done=True))
    # Ten of twenty articles make up the shard that is done: as many are begun of the other.
    assert pace.seconds_left(began + 60) == pytest.approx(60, abs=1)
    pace.add(Step(task=shards[1], lost="SIGKILL"))
    assert pace.seconds_left(began + 60) == pytest.approx(180, abs=1)
    assert pace.items == 10


SHARD = Shard(number=0, pieces=(Piece(path="a", cut="file", weight=1),))


def test_two_crashes_at_one_article_set_it_aside() -> None:
    blame = Blame()
    assert blame.lost(SHARD, 4, -signal.SIGSEGV).aside is None
    assert blame.lost(SHARD, 4, -signal.SIGSEGV).aside is not None
    assert list(blame.aside(SHARD)) == [4]


def test_a_process_that_ends_whatever_is_left_aside_is_not_started_for_ever() -> None:
    blame = Blame()
    for _ in range(3):
        blame.lost(SHARD, 4, 1)
    with pytest.raises(BadOutput, match="was left aside, and still the process ends"):
        blame.lost(SHARD, 4, 1)


def test_crashes_at_different_articles_do_not_add_up() -> None:
    blame = Blame()
    assert all(blame.lost(SHARD, item, -signal.SIGSEGV).aside is None for item in (4, 5, 4, 5))


def test_kills_from_outside_are_not_the_articles_fault_until_chance_is_past_belief() -> None:
    blame = Blame()
    asides = [blame.lost(SHARD, 4, -signal.SIGKILL).aside for _ in range(6)]
    assert asides[:5] == [None] * 5
    assert asides[5] is not None


def test_an_article_that_never_ends_is_set_aside() -> None:
    blame = Blame()
    assert blame.lost(SHARD, 4, -signal.SIGKILL, late=True).aside is None
    assert "half an hour" in (blame.lost(SHARD, 4, -signal.SIGKILL, late=True).aside or "")
