from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from eval.polnear import main

from sayso.records import Claim, DocumentRef, Kind, Source, claim_id, phrase
from sayso.spans import Span

TEXT = "Ann Lee said the pier is safe. The ferry is late, it is said."
#       0       8    13                31               48    55
GOLD = (
    "T1\tSource 0 7\tAnn Lee\nT2\tCue 8 12\tsaid\nT3\tContent 13 29\tthe pier is safe\nT4\tAttribution 8 12\tsaid\n"
    "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    "T5\tCue 50 60\tit is said\nT6\tContent 31 48\tThe ferry is late\nT7\tAttribution-no-source 50 60\tit is said\n"
    "E2\tAttribution-no-source:T7 Cue:T5 Content:T6\n"
)


def a_claim(
    content: tuple[int, int],
    *,
    cue: tuple[int, int] = (8, 12),
    kind: Kind = "indirect",
    via: str | None = None,
    found_by: str = "verb",
    path: str = "news/pier.txt",
) -> Claim:
    here = (Span(*content),)
    ref = DocumentRef(id="d1", path=path, sha256="0" * 64)
    who = (Span(0, 7),)
    return Claim(
        id=claim_id("d1", here),
        document=ref,
        kind=kind,
        source=Source(spans=who, text="Ann Lee", name="Ann Lee") if kind != "authorial" else None,
        cue=phrase(TEXT, (Span(*cue),)),
        content=phrase(TEXT, here),
        via=via,
        found_by=found_by,
        score=0.5,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text/pier.txt").write_text(TEXT)
    (tmp_path / "attributions/pier_amy.ann").write_text(GOLD)
    (tmp_path / "attributions/pier_zed.ann").write_text("\n".join(GOLD.split("\n")[:5]) + "\n")
    return tmp_path


def measured(folder: Path, *claims: Claim) -> Any:
    lines, out = folder / "claims.jsonl", folder / "out.json"
    lines.write_bytes(b"\n".join(msgspec.json.encode(claim) for claim in claims))
    assert main([str(folder), "--predictions", str(lines), "--json", str(out)]) == 0
    return json.loads(out.read_text())


def test_claims_of_a_file(folder: Path) -> None:
    figures = measured(
        folder,
        a_claim((13, 29)),
        a_claim((31, 60), cue=(50, 60), found_by="guess"),  # has a source where the gold has none
    )
    assert figures["exact"]["content"] == {"precision": 50, "recall": 50, "f1": 50}
    assert figures["exact"]["cue"] == {"precision": 100, "recall": 100, "f1": 100}
    assert figures["linked"]["f1"] == 50
    assert figures["found_by"] == {
        "verb": {"claims": 1, "linked_precision": 100},
        "guess": {"claims": 1, "linked_precision": 0},
    }


def test_nested_and_authorial_claims_and_other_documents_are_left_out(folder: Path) -> None:
    figures = measured(
        folder,
        a_claim((13, 29), path="all.jsonl#pier"),
        a_claim((17, 29), via="c1"),
        a_claim((31, 48), kind="authorial"),
        a_claim((31, 48), path="news/tide.txt"),
    )
    assert figures["linked"]["precision"] == 100
    assert figures["linked"]["recall"] == 50


def test_the_table_is_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measured(folder, a_claim((13, 29)))
    shown = capsys.readouterr().out
    assert "exact content" in shown
    assert "verb" in shown
    assert "1 articles" in shown


def test_human_agreement(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--human"]) == 0
    linked = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("linked"))
    assert linked.split()[1:4] == ["50.0", "100.0", "66.7"]  # two attributions against one of them


@pytest.mark.parametrize("line", [b"{}", b"not json", b"\xff"])
def test_a_line_that_is_no_claim(folder: Path, line: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "claims.jsonl").write_bytes(msgspec.json.encode(a_claim((13, 29))) + b"\n" + line)
    assert main([str(folder), "--predictions", str(folder / "claims.jsonl")]) == 2
    assert "line 2" in capsys.readouterr().err


def test_no_such_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "missing")]) == 2
    assert "missing" in capsys.readouterr().err
