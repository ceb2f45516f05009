"""Nothing of sayso, and no library it uses, opens a connection unasked: every command is run and watched."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import urllib.request
from pathlib import Path

import pytest

from sayso.cli import cli
from sayso.export import FORMATS
from tests.check.made import GED_14
from tests.fetch.server import answer, serving
from tests.serve.test_run import address

EXAMPLES = Path(__file__).parent.parent / "examples"

# Loaded by Python itself at its start, by child processes too. It writes down and forbids nothing: a library that is
# refused may be silent about it.
WATCH = """
    import os, sys
    _log = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    _ASKED = ("getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo", "connect", "bind", "sendto", "sendmsg")
    def _watch(event, arguments):
        if event.startswith("socket.") and event[7:] in _ASKED:
            os.write(_log, f"{event} {arguments[1:] if event[7:] in _ASKED[4:] else arguments}\\n".encode())
    sys.addaudithook(_watch)
"""
# Each command in turn, in one process: the code it ended with, and what it said where that is a crash.
RUN = """
    import json, sys
    from click.testing import CliRunner
    from sayso.cli import cli
    if __name__ == "__main__":
        for arguments in json.loads(sys.argv[1]):
            result = CliRunner().invoke(cli, arguments)
            print(json.dumps([arguments, result.exit_code, result.output[-300:] if result.exit_code > 1 else ""]))
"""
# urllib3, which trafilatura imports and never uses here, looks so whether this machine knows IPv6: nothing is sent.
OWN_BIND = "socket.bind (('::1', 0),)"
NEED_MORE = ("argdown", "claimreview")  # hypotheses; rulings of people
HYPOTHESES = """
question = "Why did the bridge close?"
hypothesis = [{ id = "ice", says = "ice on the river", prior = 0.5 }]
evidence = [{ says = "a letter", who = "Ann Lee", for = ["ice"] }]
"""


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is written down what is asked of the network, by every Python that starts from here."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch/sitecustomize.py").write_text(textwrap.dedent(WATCH), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "watch"), *filter(None, sys.path)]))
    monkeypatch.setenv("WATCHED", str(tmp_path / "watched.txt"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "watched.txt"


@pytest.fixture
def commands(tmp_path: Path) -> list[list[str]]:
    (tmp_path / "ged.csv").write_text(GED_14, encoding="utf-8")
    (tmp_path / "why.toml").write_text(HYPOTHESES, encoding="utf-8")
    (tmp_path / "line.txt").write_text("Ann Lee said the bridge was safe.", encoding="utf-8")
    (tmp_path / "claims.jsonl").write_text('{"content": "the bridge was safe"}', encoding="utf-8")
    given = [str(file) for file in sorted(EXAMPLES.glob("[01]*")) if file.suffix in (".eml", ".html", ".pdf", ".md")]
    return [
        ["read", *given, "line.txt", "-o", "out.html"],
        ["read", "line.txt"],
        ["add", "a.case", *given, "line.txt"],
        ["claims", "a.case", "--limit", "3"],
        ["link", "a.case", "-o", "links.html"],
        ["check", "a.case", "--with", "ged.csv"],
        ["weigh", "a.case", "why.toml"],
        *(["export", "a.case", "--format", form, "-o", f"out-{form}"] for form in FORMATS if form not in NEED_MORE),
        ["export", "a.case", "--format", "argdown", "--hypotheses", "why.toml", "-o", "out.argdown"],
        ["import", "b.case", "out-ledgers"],
        ["vet", "line.txt", "claims.jsonl"],
        ["verify", "a.case", "--log"],
        ["recover", "a.case", "-o", "c.case"],
        ["reread", "a.case", "-o", "d.case"],
        ["extract", "line.txt", "claims.jsonl", "-o", "corpus", "--workers", "1"],
    ]


def strace(into: str) -> list[str]:
    """What shows the calls of compiled libraries too, where it is installed and this machine lets it watch."""
    calls = ["-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,bind,sendto,sendmsg,sendmmsg", "-o", into]
    command = [shutil.which("strace") or "false", *calls]
    return [] if subprocess.run([*command, "true"], check=False, capture_output=True).returncode else command


def test_no_command_asks_the_network(watched: Path, commands: list[list[str]]) -> None:
    assert {arguments[0] for arguments in commands} | {"serve"} == set(cli.commands), "each command is run here"
    script = [*strace("trace.txt"), sys.executable, "-c", textwrap.dedent(RUN), json.dumps(commands)]
    found = subprocess.run(script, capture_output=True, text=True, check=True)
    ended = [json.loads(line) for line in found.stdout.splitlines()]
    assert [(arguments, said) for arguments, code, said in ended if code not in (0, 3)] == []
    assert len(ended) == len(commands)
    assert [line for line in watched.read_text(encoding="utf-8").splitlines() if line != OWN_BIND] == []
    if Path("trace.txt").exists():
        calls = Path("trace.txt").read_text(encoding="utf-8").splitlines()
        asked = [call for call in calls if "AF_INET" in call or "AF_NETLINK" in call]
        assert [call for call in asked if not ("bind(" in call and "htons(0)" in call and '"::1"' in call)] == []


def test_the_runtime_of_the_reader_is_told_to_be_silent_before_it_is_loaded() -> None:
    watch = "sys.addaudithook(lambda e, a: e == 'import' and a[0] == 'onnxruntime' and print(os.environ.get(NAME)))"
    code = f"import os, sys; NAME = 'ORT_DISABLE_TELEMETRY'; {watch}; import sayso.reader.session"
    loud = {**os.environ, "ORT_DISABLE_TELEMETRY": "0"}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=loud).stdout
    assert set(told.split()) == {"1"}


def test_a_page_is_served_to_this_machine_alone(watched: Path, tmp_path: Path) -> None:
    serve = [sys.executable, "-m", "sayso", "serve", "a.case", "--example", "--port", "0"]
    with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as process:
        with urllib.request.urlopen(address(process)) as page:  # noqa: S310 - the address just printed
            assert page.status == 200
        process.send_signal(signal.SIGINT)
    asked = watched.read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("socket.bind (('127.0.0.1', ") for line in asked)
    assert [line for line in asked if "127.0.0.1" not in line and line != OWN_BIND] == []


@pytest.mark.parametrize("option", [[], ["--allow-network"]])
def test_an_address_inside_is_at_most_looked_at(watched: Path, option: list[str]) -> None:
    with serving({"/": answer()}) as server:
        read = subprocess.run(
            [sys.executable, "-m", "sayso", "read", server.url(host="127.0.0.1"), *option], check=False
        )
    assert read.returncode == 2
    assert server.asked == []
    asked = watched.read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in asked] == ["socket.getaddrinfo"] * len(option)


def test_the_watch_sees(watched: Path) -> None:
    with serving({"/": answer()}) as server:
        call = f"import urllib.request as u; u.urlopen({server.url(host='127.0.0.1')!r}).read()"
        subprocess.run([sys.executable, "-c", call], check=True)
    asked = watched.read_text(encoding="utf-8")
    assert "socket.getaddrinfo" in asked
    assert f"socket.connect (('127.0.0.1', {server.port}),)" in asked
