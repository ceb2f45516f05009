"""`sayso serve` on the terminal: what it says, where it listens, how it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.desk import run, started
from tests.serve.client import a_case

BRIDGE = "Ann Lee said the bridge was safe."


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return a_case(tmp_path / "harbour.case", BRIDGE)


def address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise AssertionError("no address was printed")


def test_it_prints_an_address_that_opens_the_desk_and_ends_when_told(case: Path) -> None:
    with started("serve", str(case), "--port", "0") as process:
        at = address(process)
        assert at.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(at) as answer:  # noqa: S310 - the address just printed
            assert answer.status == 200
            assert "SameSite=strict" in answer.headers["set-cookie"]
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(at)  # noqa: S310 - as above
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
        assert "For another browser" in said
        assert "Traceback" not in said


def test_it_listens_to_this_machine_only(case: Path) -> None:
    with started("serve", str(case), "--port", "0") as process:
        port = int(address(process).partition("127.0.0.1:")[2].partition("/")[0])
        with pytest.raises(OSError), socket.create_connection((own_address(), port), timeout=2):  # noqa: PT011 - any
            pass
        process.terminate()
        process.communicate(timeout=20)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("--by", "Ida", "serve"), "Ida"),
        (("--by", "Ida", "serve", "--reviewer", "Tom"), "Tom"),
        (("serve",), None),
    ],
)
def test_who_is_at_work_is_who_is_at_the_desk(
    arguments: tuple[str, ...], name: str | None, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr("sayso.serve.run.serve", lambda _, *, reviewer, **__: told.append(reviewer))
    run(*arguments, str(case))
    assert told == [name]


def own_address() -> str:
    """An address of this machine that is not its loopback; another of its loopback where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.connect(("192.0.2.1", 9))  # nothing is sent
        except OSError:
            return "127.0.0.2"
        return str(one.getsockname()[0])


def test_serving_to_others_is_warned_of(case: Path) -> None:
    with started("serve", str(case), "--port", "0", "--host", "0.0.0.0") as process:  # noqa: S104 - what is tested
        assert process.stderr is not None
        first = process.stderr.readline()
        assert "warning" in first
        assert "nothing that is sent is encrypted" in first
        process.terminate()
        process.communicate(timeout=20)


def test_a_case_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    result = run("serve", str(tmp_path / "new.case"), code=2)
    assert "--example" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_one_line(case: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", str(case), "--port", str(taken.getsockname()[1]), code=2)
    assert "cannot be used" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_is_no_case_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.case").write_text("no database at all, but long enough to look like one" * 30)
    assert "no case" in run("serve", str(tmp_path / "x.case"), code=2).stderr


def test_the_first_case_is_made_of_the_sample_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("sayso.serve.run.serve", lambda case, **_: asked.append(case))
    result = run("serve", str(tmp_path / "first.case"), "--example")
    assert "11 invented articles" in result.stderr
    assert asked == [tmp_path / "first.case"]
    assert len(run("claims", str(asked[0]), "--format", "jsonl").stdout.splitlines()) > 300
    assert "is there already" in run("serve", str(asked[0]), "--example", code=2).stderr


def test_the_help_needs_neither_the_server_nor_numpy() -> None:
    code = """
import sys
from sayso.cli import cli
try:
    cli(["serve", "--help"])
except SystemExit:
    print([name for name in ("starlette", "uvicorn", "numpy._core") if name in sys.modules])
"""
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert out.splitlines()[-1] == "[]"
