"""`sayso weigh` on the example articles."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from sayso.case import Case
from sayso.weigh import Weighed
from sayso.weigh.hypotheses import hypotheses
from tests.desk import run

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
ASKED = EXAMPLES / "talmeer-hypotheses.toml"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weigh") / "talmeer.case"
    with Case.open(path, create=True) as case:
        list(case.add([str(f) for f in sorted(EXAMPLES.glob("[01]*"))]))
        list(case.link())
    return path


def test_the_example_gives_an_interval_and_the_json_is_the_record(desk: Path) -> None:
    out = run("weigh", str(desk), str(ASKED), "--format", "json").stdout
    found = msgspec.json.decode(out, type=Weighed)
    assert next(iter(json.loads(out))) == "kind"
    with Case.open(desk) as case:
        assert case.weigh(ASKED) == found
    assert found.low.origins < found.high.origins
    for count in (found.low, found.high):
        assert sum((count.posterior or {}).values()) == pytest.approx(1, abs=1e-5)
    council = next(c for c in found.low.contributions if c.who == "Council")
    assert council.documents == 4
    assert any("3 copies" in reason for reason in council.reasons)


def test_the_table_shows_priors_origins_and_grades(desk: Path) -> None:
    shown = " ".join(run("weigh", str(desk), str(ASKED)).stdout.split())
    assert "What touched off the explosion" in shown
    assert "prior 0.30 →" in shown
    assert "Wenna Ostrick: B (by example desk, 2019-09-30" in shown
    assert "3 to 1" not in shown  # the official's ratio is below the cap


def test_the_file_in_the_readme_is_one() -> None:
    page = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^```toml\n(question.*?)^```$", page, re.S | re.M)
    assert shown is not None
    assert [h.id for h in hypotheses(shown[1].encode(), "README.md").hypothesis] == ["drone", "other"]


def test_mistakes_are_the_users(desk: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("question = 'x'\nhypothesis = []\n")
    error = run("weigh", str(desk), str(bad), code=2).stderr
    assert error.count("\n") == 1
    assert "bad.toml" in error
    assert "none.toml" in run("weigh", str(desk), str(tmp_path / "none.toml"), code=2).stderr
    assert "none.case" in run("weigh", str(tmp_path / "none.case"), str(ASKED), code=2).stderr


def test_documents_that_were_not_linked_are_told(tmp_path: Path) -> None:
    path, asked = tmp_path / "one.case", tmp_path / "asked.toml"
    run("add", str(path), str(EXAMPLES / "01-wire-halyard.txt"))
    asked.write_text(
        'question = "?"\n[[hypothesis]]\nid = "a"\nsays = "a"\nprior = 0.5\n'
        '[[evidence]]\nsays = "a letter"\nfor = ["a"]\n'
    )
    result = run("weigh", str(path), str(asked))
    assert "not linked" in result.stderr
    assert "No posterior" in result.stdout


def test_html_is_one_page_by_format_or_by_suffix(desk: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.html", tmp_path / "other"
    assert "wrote" in run("weigh", str(desk), str(ASKED), "-o", str(one)).stderr
    run("weigh", str(desk), str(ASKED), "--format", "html", "-o", str(other))
    assert one.read_bytes() == other.read_bytes()
    page = one.read_text(encoding="utf-8")
    assert "What touched off the explosion in Silo No. 4?" in page
    assert "Wenna Ostrick: B (by example desk, 2019-09-30" in page
    assert page.count('class="picture bars"') == 2
    record, table = tmp_path / "one.json", tmp_path / "one.txt"
    run("weigh", str(desk), str(ASKED), "-o", str(record))
    run("weigh", str(desk), str(ASKED), "-o", str(table))
    assert msgspec.json.decode(record.read_bytes(), type=Weighed).matrix.rows
    assert "prior 0.30 →" in table.read_text(encoding="utf-8")


def test_the_dossier_has_what_files_of_hypotheses_come_to(desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "dossier.html"
    run("link", str(desk), "-o", str(out), "--hypotheses", str(ASKED))
    page = out.read_text(encoding="utf-8")
    assert 'id="weighed-1-matrix"' in page
    assert '<a href="#c6340e1480db8ed13">c6340e1480db8ed13</a>' in page  # evidence leads to its claim
    error = run("link", str(desk), "--hypotheses", str(ASKED), code=2).stderr
    assert error.count("\n") == 1
    assert "-o OUT.html" in error
    before = out.read_bytes()
    assert "none.toml" in run("link", str(desk), "-o", str(out), "--hypotheses", "none.toml", code=2).stderr
    assert out.read_bytes() == before
