"""The commands as people and programs use them: what comes out, what is complained of, the exit code."""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner

from sayso.cli import cli
from sayso.cli.program import progress
from sayso.records import Factuality, Kind, SourceType, SpeechAct
from sayso.store import Store
from tests.desk import BRIDGE, FERRY, FRENCH, records, run

# What other programs read

KEYS = ["id", "document", "kind", "source", "cue", "content", "via", "outlet", "addressee", "factuality", "speech_act"]
KEYS += ["said_at", "events", "uncoded", "quantities", "times", "why", "found_by", "score"]


def places(phrase: dict[str, Any], text: str) -> str:
    for start, end in phrase["spans"]:
        assert 0 <= start < end <= len(text)
    return " ".join(text[start:end] for start, end in phrase["spans"])


def test_each_line_is_a_claim_with_the_keys_of_the_contract(desk: Path) -> None:
    phrases = ["spans", "text"]
    seen: Counter[str] = Counter()
    for claim in records("read", "bridge.txt", "ferry.txt"):
        text = (desk / claim["document"]["path"]).read_text(encoding="utf-8").split("---\n", 2)[2]
        assert list(claim) == KEYS
        assert list(claim["document"]) == ["id", "path", "title", "outlet", "author", "published", "url", "sha256"]
        assert claim["kind"] in get_args(Kind)
        assert claim["factuality"] in get_args(Factuality)
        assert claim["speech_act"] in get_args(SpeechAct)
        assert bool(claim["events"]) != bool(claim["uncoded"])
        assert claim["id"].startswith("c")
        assert isinstance(claim["found_by"], str)
        assert 0 <= claim["score"] <= 1
        if claim["source"]:
            assert list(claim["source"]) == ["spans", "text", "name", "type", "anonymous", "entity"]
            assert claim["source"]["type"] in get_args(SourceType)
        if claim["said_at"]:
            assert list(claim["said_at"]) == ["value", "spans", "earliest", "latest", "readings"]
            assert claim["said_at"]["spans"]
        for role in ("cue", "content", "outlet", "addressee"):
            assert claim[role] is None or list(claim[role]) == phrases
        for role in ("source", "cue", "content", "outlet", "addressee"):
            if claim[role]:
                assert claim[role]["text"] == places(claim[role], text)
                seen[role] += 1
        seen["via"] += claim["via"] is not None
    assert seen.keys() >= {"source", "cue", "content", "via"}


def test_json_holds_the_same_claims_as_json_lines() -> None:
    line = "Ann Lee said the bridge was safe."
    as_lines = CliRunner().invoke(cli, ["read", "-", "--format", "jsonl"], input=line).stdout
    as_array = CliRunner().invoke(cli, ["read", "-", "--format", "json"], input=line).stdout
    assert json.loads(as_array) == [json.loads(one) for one in as_lines.splitlines()] != []


@pytest.mark.usefixtures("desk")
def test_a_case_prints_the_records_that_were_read() -> None:
    run("add", "desk.case", "bridge.txt", "ferry.txt")
    read = records("read", "bridge.txt", "ferry.txt")
    assert records("claims", "desk.case") == read != []
    assert json.loads(run("claims", "desk.case", "--format", "json").stdout) == read


@pytest.mark.usefixtures("desk")
def test_beside_records_the_notices_go_to_standard_error() -> None:
    result = run("read", "-", "--format", "jsonl", stdin=FRENCH)
    assert all(json.loads(line) for line in result.stdout.splitlines())
    assert result.stderr.startswith("notice: -")
    assert "French" in result.stderr


# What people read


@pytest.mark.usefixtures("desk")
def test_read_prints_the_ledger_and_add_and_claims_keep_and_find_it() -> None:
    table = run("read", "bridge.txt").stdout
    assert "The bridge at Karsk · The Karsk Lantern · Mira Dohl · 2031-05-06 · bridge.txt" in table
    assert "Ann Lee" in table
    result = run("add", "desk.case", "bridge.txt")
    assert result.stdout.endswith("  bridge.txt\n")
    assert result.stderr == "1 added\n"
    found = run("claims", "desk.case", "bolt").stdout
    assert "The bridge at Karsk" in found
    assert "We checked every bolt" in found
    assert "older than the town" not in found


@pytest.mark.usefixtures("desk")
def test_add_tells_what_became_of_each_article() -> None:
    run("add", "desk.case", "bridge.txt")
    result = run("add", "desk.case", "bridge.txt", "copy.txt", "ferry.txt", "empty.txt", code=3)
    bridge, copy, ferry = result.stdout.splitlines()
    assert bridge.endswith("already there  bridge.txt")
    assert copy.endswith("already there  copy.txt (as bridge.txt)")
    assert "claims  ferry.txt" in ferry
    assert result.stderr.splitlines() == ["sayso: empty.txt: is empty", "1 added, 2 already there, 1 not read"]


@pytest.mark.usefixtures("desk")
def test_the_rest_is_done_when_a_part_cannot_be_read() -> None:
    result = run("read", "none.txt", "ferry.txt", "binary.dat", "bridge.txt", code=3)
    assert [line.split(":")[1].strip() for line in result.stderr.splitlines()] == ["none.txt", "binary.dat"]
    assert result.stdout.index("ferry.txt") < result.stdout.index("bridge.txt")


@pytest.mark.usefixtures("desk")
def test_one_bad_line_among_good_ones() -> None:
    result = run("read", "lines.jsonl", "--format", "jsonl", code=3)
    assert {json.loads(line)["document"]["path"] for line in result.stdout.splitlines()} == {
        "lines.jsonl#one",
        "lines.jsonl#two",
    }
    (complaint,) = result.stderr.splitlines()
    assert complaint.startswith("sayso: lines.jsonl line 2: ")


# What a user gets wrong: one line that names it


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["read", "none.txt"], ["none.txt", "no such file"]),
        (["read", "empty.txt"], ["empty.txt", "empty"]),
        (["read", "binary.dat"], ["binary.dat", "binary"]),
        (["read", "nothing"], ["nothing", ".txt"]),
        (["read", "*.odt"], ["*.odt", "no file matches"]),
        (["read", "https://courier.example/a"], ["https://courier.example/a", "nothing is fetched"]),
        (["read", "-"], ["-", "empty"]),
        (["read"], ["FILE", "sayso read --help"]),
        (["read", "bridge.txt", "--format", "xml"], ["xml", "jsonl", "sayso read --help"]),
        (["read", "bridge.txt", "-o", "none/out.html"], ["none/out.html", "-o"]),
        (["read", "bridge.txt", "-o", "nothing"], ["nothing", "directory"]),
        (["read", "bridge.txt", "-o", "x" * 300], ["too long", "-o"]),
        (["read", "bridge.txt", "ferry.txt", "-o", "./ferry.txt"], ["ferry.txt", "one of the articles", "-o"]),
        (
            ["read", "bridge.txt", "-o", "r.csv"],
            ["r.csv", ".json (json)", "`sayso export` writes .csv"],
        ),
        (["read", "bridge.txt", "-o", "r.pdf"], ["r.pdf: .pdf", ".txt (table)", ".html"]),
        (["link", "none.case", "-o", "l.json"], ["l.json", ".jsonl"]),
        (["weigh", "none.case", "none.toml", "-o", "w.jsonl"], ["w.jsonl", ".json (json)"]),
        (["read", "none.txt", "--format", "html"], ["none.txt"]),
        (["read", "none.txt", "--format", "json"], ["none.txt"]),
        (["add", "desk.case"], ["FILE", "sayso add --help"]),
        (["add", ".", "bridge.txt"], [".", "folder"]),
        (["add", "ferry.txt", "bridge.txt"], ["ferry.txt", "no case"]),
        (["add", "none/desk.case", "bridge.txt"], ["none/desk.case", "make it first"]),
        (["claims", "none.case"], ["none.case", "sayso add"]),
        (["claims", "kept.case", "--event", "ASALT/aerial"], ["event", "ASALT", "ASSAULT", "CONSULT"]),
        (["export", "kept.case", "--event", "assault", "-o", "a.csv"], ["event", "assault", "ASSAULT"]),
        (["claims", "nothing"], ["nothing", "folder"]),
        (["claims", "ferry.txt"], ["ferry.txt", "no case"]),
        (["claims", "kept.case", "--since", "May"], ["since", "May", "2014-06"]),
        (["claims", "kept.case", "--since", "2031", "--until", "2030"], ["2031", "2030"]),
        (["claims", "kept.case", "?!"], ["?!"]),
        (["claims", "kept.case", "--limit", "0"], ["limit 0"]),
        (["claims", "kept.case", "--speech-act", "shout"], ["shout", "deny"]),
        (["reed", "bridge.txt"], ["reed", "sayso --help"]),
    ],
    ids=lambda value: " ".join(value)[:40],
)
def test_a_mistake_is_told_in_one_line(arguments: list[str], names: list[str]) -> None:
    Store.open(Path("kept.case"), create=True).close()
    before = {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    result = run(*arguments, code=2)
    (line,) = (line for line in result.stderr.splitlines() if line != "0 added, 1 not read")
    assert line.startswith("sayso: ")
    assert [name for name in names if name not in line] == []
    assert result.stdout == ""
    assert {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


@pytest.mark.usefixtures("desk")
def test_an_input_that_is_too_large_names_the_option() -> None:
    Path("large.txt").write_text(BRIDGE + "!" * 2 * 1024**2, encoding="utf-8")
    for command in (["read"], ["add", "desk.case"]):
        assert "large.txt: is 2.0 MB large" in run(*command, "large.txt", "--max-mb", "1", code=2).stderr


@pytest.mark.usefixtures("desk")
def test_names_cannot_steer_the_terminal_or_break_the_line() -> None:
    odd = "new\nline\x1b[2J.txt"
    Path(odd).write_text(FERRY, encoding="utf-8")
    for arguments in (["add", "desk.case", odd], ["add", "desk.case", odd], ["read", odd]):
        result = run(*arguments)
        assert "\x1b" not in result.output
        assert "new line⟨U+001B⟩[2J.txt" in result.output
    assert "⟨U+001B⟩" in run("read", "\x1b.txt", code=2).stderr


# Results in a file


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("name", "opening"),
    [("a.html", "<!doctype html>"), ("a.JSON", "["), ("a.jsonl", '{"id":'), ("a.txt", "The bridge")],
)
def test_the_suffix_gives_the_format(name: str, opening: str) -> None:
    result = run("read", "bridge.txt", "-o", name)
    assert result.stdout == ""
    assert result.stderr.endswith(f"wrote {name}\n")
    assert Path(name).read_text(encoding="utf-8").startswith(opening)
    run("read", "bridge.txt", "-o", name, "--format", "jsonl")
    run("read", "bridge.txt", "-o", "any.name", "--format", "jsonl")
    assert Path("any.name").read_bytes() == Path(name).read_bytes()
    assert Path(name).read_text(encoding="utf-8").startswith('{"id":')


def test_a_file_is_left_as_it_was_when_nothing_could_be_read(desk: Path) -> None:
    run("read", "bridge.txt", "-o", "dossier.html")
    before = (desk / "dossier.html").read_bytes()
    run("read", "none.txt", "-o", "dossier.html", code=2)
    run("read", "none.txt", "-o", "other.jsonl", code=2)
    assert (desk / "dossier.html").read_bytes() == before
    assert sorted(path.name for path in desk.iterdir() if "dossier" in path.name or "other" in path.name) == [
        "dossier.html"
    ]


def test_a_link_and_a_pipe_stay_what_they_are(desk: Path) -> None:
    (desk / "link.html").symlink_to(desk / "real.html")
    run("read", "bridge.txt", "-o", "link.html")
    assert (desk / "link.html").is_symlink()
    assert (desk / "real.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    os.mkfifo(desk / "pipe")
    received: list[str] = []
    reader = threading.Thread(target=lambda: received.append((desk / "pipe").read_text(encoding="utf-8")), daemon=True)
    reader.start()
    run("read", "bridge.txt", "-o", "pipe", "--format", "jsonl")
    reader.join(timeout=10)
    assert (desk / "pipe").is_fifo()
    assert received[0].startswith('{"id":')


# Searching


def said(claim: dict[str, Any]) -> str:
    return (claim["said_at"] or {}).get("value") or claim["document"]["published"] or ""


def named(claim: dict[str, Any]) -> str:
    return " ".join((claim["source"]["name"], claim["source"]["text"])).lower() if claim["source"] else ""


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (["--source", "LEE"], lambda claim: "lee" in named(claim)),
        (["--outlet", "lantern"], lambda claim: claim["document"]["outlet"] == "The Karsk Lantern"),
        (["--document", "ferry"], lambda claim: claim["document"]["path"] == "ferry.txt"),
        (["--kind", "direct"], lambda claim: claim["kind"] == "direct"),
        (["--speech-act", "deny"], lambda claim: claim["speech_act"] == "deny"),
        (["--factuality", "CT+"], lambda claim: claim["factuality"] == "CT+"),
        (["--anonymous"], lambda claim: bool(claim["source"] and claim["source"]["anonymous"])),
        (["--unsourced"], lambda claim: claim["source"] is None),
        (["--since", "2031-06"], lambda claim: said(claim) >= "2031-06"),
        (["--until", "2031-05"], lambda claim: "" < said(claim) < "2031-06"),
        (["ferry"], lambda claim: "ferry" in claim["content"]["text"]),
        (['"ferry would sail"'], lambda claim: "ferry would sail" in claim["content"]["text"]),
        (["bol*"], lambda claim: "bolt" in claim["content"]["text"]),
        (["--source", "reyk", "sunk"], lambda claim: "reyk" in named(claim) and "sunk" in claim["content"]["text"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_search_finds_what_fits_and_nothing_else(options: list[str], fits: Callable[[dict[str, Any]], bool]) -> None:
    run("add", "desk.case", "bridge.txt", "ferry.txt", "lines.jsonl", code=3)
    every = records("claims", "desk.case")
    found = records("claims", "desk.case", *options)
    assert found == [claim for claim in every if fits(claim)]
    assert 0 < len(found) < len(every)
    assert records("claims", "desk.case", *options, "--limit", "1") == found[:1]


@pytest.mark.usefixtures("desk")
def test_a_search_that_finds_nothing_says_so() -> None:
    run("add", "desk.case", "bridge.txt")
    assert run("claims", "desk.case", "zeppelin").stdout == "No claim matches.\n"
    assert run("claims", "desk.case", "zeppelin", "--format", "jsonl").stdout == ""


@pytest.mark.parametrize(("files", "known"), [((), None), (("bridge.txt", "ferry.txt"), 2), ((".",), None)])
def test_a_bar_has_an_end_only_where_it_is_known(
    desk: Path, monkeypatch: pytest.MonkeyPatch, files: tuple[str, ...], known: int | None
) -> None:
    assert desk.is_dir()
    told: list[int | None] = []

    @contextmanager
    def bar(_: str, of: int | None) -> Iterator[Callable[[], None]]:
        told.append(of)
        yield lambda: None

    monkeypatch.setattr("sayso.cli.program.bar", bar)
    with progress("checking", files):
        pass
    assert told == [known]
