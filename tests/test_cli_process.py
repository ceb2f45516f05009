"""The commands as processes: pipes, signals, terminals, two at once."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.desk import records, run, started


def first_ledger(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    lines: list[str] = []
    while not (lines and lines[-1].startswith(tuple("0123456789")) and "claim" in lines[-1]):
        lines.append(process.stdout.readline())
        assert lines[-1], "the summary never came"
    return "".join(lines)


@pytest.mark.usefixtures("desk")
def test_each_ledger_is_printed_before_the_next_article_is_read() -> None:
    process = started("read", "bridge.txt", "-")
    assert "Ann Lee" in first_ledger(process)  # standard input is still open
    rest, complaints = process.communicate("Tom Reyk said the ferry was late.")
    assert "Tom Reyk" in rest
    assert (process.returncode, complaints) == (0, "")


@pytest.mark.usefixtures("desk")
def test_stopped_by_hand() -> None:
    process = started("read", "bridge.txt", "-")
    first_ledger(process)
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate()
    assert (process.returncode, complaints.strip()) == (130, "sayso: stopped")


@pytest.mark.usefixtures("desk")
def test_a_reader_that_has_seen_enough() -> None:
    process = started("read", "bridge.txt", "-")
    first_ledger(process)
    assert process.stdout is not None
    process.stdout.close()
    _, complaints = process.communicate("Tom Reyk said the ferry was late.")
    assert (process.returncode, complaints) == (-signal.SIGPIPE, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device to write to")
@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_a_full_disk(form: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = started("read", "bridge.txt", "--format", form, stdout=full)
        _, complaints = process.communicate()
    (complaint,) = complaints.splitlines()
    assert "no space left" in complaint
    assert process.returncode == 2


@pytest.mark.usefixtures("desk")
def test_what_add_has_listed_is_kept_when_it_is_killed_and_the_rest_is_added_later() -> None:
    for number in range(40):
        Path(f"{number:02}.txt").write_text(f"Ann Lee said boat {number} was late.\n" * 30, encoding="utf-8")
    process = started("add", "desk.case", "[0-9]*.txt")
    assert process.stdout is not None
    listed = [process.stdout.readline() for _ in range(3)]
    process.kill()
    listed += process.communicate()[0].splitlines()
    kept = {claim["document"]["path"] for claim in records("claims", "desk.case")}
    paths = {line.rstrip().rsplit("  ", 1)[1] for line in listed if line.rstrip().endswith(".txt")}
    assert paths >= {"00.txt", "01.txt", "02.txt"}
    assert kept >= paths
    again = run("add", "desk.case", "[0-9]*.txt")
    assert again.stderr == f"{40 - len(kept)} added, {len(kept)} already there\n"
    assert records("claims", "desk.case") == sorted_like(records("read", "[0-9]*.txt"))


def sorted_like(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the order of a case whose documents have no date: by document; the sort keeps the order within each."""
    return sorted(claims, key=lambda claim: str(claim["document"]["id"]))


@pytest.mark.usefixtures("desk")
def test_two_may_add_to_one_case_at_once() -> None:
    for number in range(12):
        Path(f"{number:02}.txt").write_text(f"Ann Lee said boat {number} was late.\n" * 10, encoding="utf-8")
    pair = [started("add", "desk.case", "[0-9]*.txt") for _ in range(2)]
    outcomes = [process.communicate() for process in pair]
    assert [process.returncode for process in pair] == [0, 0], outcomes
    listed = [line for lines, _ in outcomes for line in lines.splitlines()]
    assert Counter("already there" in line for line in listed) == {False: 12, True: 12}
    assert records("claims", "desk.case") == sorted_like(records("read", "[0-9]*.txt"))


@pytest.mark.usefixtures("desk")
def test_a_small_character_set_shows_what_it_can_and_leaves_records_whole() -> None:
    Path("é.txt").write_text("Pia Holm said the mole at Çesme was closed.\n", encoding="utf-8")
    small = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    outputs = {}
    for form in ("table", "jsonl"):
        process = started("read", "é.txt", "--format", form, env=small)
        outputs[form], complaints = process.communicate()
        assert (process.returncode, complaints) == (0, "")
    assert "the mole at ?esme was closed" in outputs["table"]
    assert "the mole at Çesme was closed" in outputs["jsonl"]
    process = started("add", "desk.case", "é.txt", env=small)
    assert process.communicate()[0].endswith("  ?.txt\n")


def _read_out(screen: int) -> Iterator[bytes]:
    """All that was written on a terminal: some kilobytes at a time, until its other end is closed."""
    with suppress(OSError):
        while piece := os.read(screen, 100_000):
            yield piece


@pytest.mark.usefixtures("desk")
def test_a_terminal_shows_the_number_done_and_the_results_go_where_they_are_sent() -> None:
    screen, end = pty.openpty()
    terminal = {**os.environ, "TERM": "xterm", "NO_COLOR": "", "COLUMNS": "100"}
    with started("add", "desk.case", "bridge.txt", "ferry.txt", stderr=end, env=terminal) as process:
        lines, _ = process.communicate()
    os.close(end)
    shown = b"".join(_read_out(screen)).decode()
    os.close(screen)
    assert "2/2" in shown
    assert "2 added" in shown
    assert [line.rsplit("  ")[-1] for line in lines.splitlines()] == ["bridge.txt", "ferry.txt"]
    assert "\x1b" not in lines


def test_what_is_found_does_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    """Python mixes its sets anew each time it starts; nothing that is told may come from their order."""
    articles = sorted(map(str, (Path(__file__).parent.parent / "examples").glob("0*")))
    told = set()
    for seed in ("1", "2", "5"):
        here, case = os.environ | {"PYTHONHASHSEED": seed}, str(tmp_path / f"{seed}.case")
        outs = []
        for arguments in (
            ["add", case, *articles],
            ["claims", case, "--format", "jsonl"],
            ["link", case, "--format", "jsonl"],
        ):
            process = started(*arguments, env=here)
            outs.append(process.communicate()[0])
            assert process.returncode == 0
        told.add(tuple(outs))
    assert len(told) == 1
