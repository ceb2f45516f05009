"""The counts of an error analysis: what was judged, what is mended, what broke."""

from __future__ import annotations

from pathlib import Path

import pytest
from eval.errors.__main__ import FIELDS, FILE, by_kind, by_score, main, read

LINE = '{"text": "own/a", "genre": "blog", "number": 1, "claim": "c1", "kind": "direct", "score": 0.9, "events": 0%s}\n'


def judged(tmp_path: Path, *failures: str) -> Path:
    file = tmp_path / "claims.jsonl"
    file.write_text("".join(LINE % more for more in failures), encoding="utf-8")
    return file


def test_a_failure_counts_until_it_is_mended_and_one_that_broke_counts(tmp_path: Path) -> None:
    file = judged(tmp_path, ', "failures": ["polarity"], "mended": ["polarity"], "broken": ["time"]', "")
    rows = {row.split()[0]: row.split() for row in by_kind(read(file))}
    assert (rows["polarity"][2:4], rows["polarity"][8:10]) == (["1", "2"], ["0", "2"])
    assert (rows["time"][2:4], rows["time"][8:10]) == (["0", "2"], ["1", "2"])


def test_a_score_is_counted_against_the_spans_alone(tmp_path: Path) -> None:
    file = judged(tmp_path, ', "failures": ["polarity"]', ', "failures": ["content-span"]')
    (band,) = (row.split() for row in by_score(read(file)) if row.startswith("all") and "0.90 to" in row)
    assert band[4:7] == ["0.90", "1", "2"]


def test_an_unknown_kind_of_failure_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(judged(tmp_path, "", ', "failures": ["bad-mood"]'))]) == 2
    assert "line 2: no such kind of failure: bad-mood" in capsys.readouterr().err


def test_the_published_judgements_hold_no_text_and_only_known_kinds() -> None:
    claims = read(FILE)
    assert len(claims) >= 300
    assert {f for c in claims for f in (*c.failures, *c.broken)} <= FIELDS.keys()
    assert all(set(c.mended) <= set(c.failures) for c in claims)
