from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from eval.faithfulness.measure import FIGURES
from eval.polnear import data_folder
from eval.score import Counts, Scores

from eval import floors

TOML = """# why
["polnear/dev"]
source = 50.0
linked = 40.0

["other"]
linked = 10.0
"""


def test_a_figure_under_its_floor() -> None:
    assert floors.below({"source": 50.0, "linked": 40.0}, {"source": 50.0, "linked": 39.9}) == ["linked"]


def test_floors_rise_and_never_fall() -> None:
    lifted = floors.lifted(TOML, "polnear/dev", {"source": 49.0, "linked": 41.5})
    assert tomllib.loads(lifted) == {"polnear/dev": {"source": 50.0, "linked": 41.5}, "other": {"linked": 10.0}}
    assert lifted.startswith("# why\n")


def test_what_was_reached_is_not_below_the_floor_made_of_it() -> None:
    scores = Scores(linked=Counts(2, 3, 3))
    assert floors.percents(scores)["linked"] == 66.6


def test_every_floor_names_a_figure_that_is_measured() -> None:
    for corpus, kept in floors.read_floors(floors.FLOORS).items():
        known = FIGURES if corpus.startswith(floors.FAITHFULNESS) else floors.percents(Scores())
        known = floors.OWN[corpus]() if corpus in floors.OWN else known
        assert set(kept) <= set(known)


@pytest.mark.parametrize("corpus", floors.OWN)
def test_our_own_pairs_are_not_below_their_floors(corpus: str) -> None:
    kept = floors.read_floors(floors.FLOORS)[corpus]
    assert floors.below(kept, floors.reached_on(corpus, Path())) == []


@pytest.mark.data
def test_nothing_is_below_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    others = (floors.FAITHFULNESS, *floors.OWN)
    corpora = [corpus for corpus in floors.read_floors(floors.FLOORS) if not corpus.startswith(others)]
    missing = [corpus for corpus in corpora if not Path(data_folder(), corpus).is_dir()]
    if missing:
        pytest.skip(f"needs {', '.join(missing)} in SAYSO_DATA: see eval/README.md")
    assert floors.main([]) == 0, capsys.readouterr().out
