"""A desk scores the reader on its own judgements."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from eval.reviewed import main
from tests.kept import NOW
from tests.review.made import a_ledger, at

from sayso.case import Case
from sayso.review import Ruling, Wording
from sayso.store import Store


def test_the_table_says_how_many_stand_behind_each_figure(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = a_ledger()
    with Store.open(case, create=True) as store:
        store.save(ledger, added_at=NOW)
    with Case.open(case) as opened:
        for claim in ledger.claims[:3]:
            opened.review.judge(Ruling(act="accept", by="Ann", claims=(claim.id,)))
        shorter = Wording(content=at("mole was closed"))
        opened.review.judge(Ruling(act="edit", by="Ann", claims=(ledger.claims[3].id,), wordings=(shorter,)))
    assert main([str(case), "--json", str(tmp_path / "out.json")]) == 0
    told = capsys.readouterr().out
    assert "1 documents, 1 settled throughout; 1 reviewers" in told
    assert "right as it was    75.0   30.1 to 95.4   4" in told
    assert "edited claims, machine against person (n = 1)" in told
    figures = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert figures["kept"] == {"hits": 3, "n": 4}


def test_a_case_without_judgements_has_no_figures(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store.open(case, create=True).close()
    assert main([str(case)]) == 2
    assert "nobody has ruled" in capsys.readouterr().err
    assert main([str(case.with_name("none.case"))]) == 2
