"""Fails when a quality figure is below its floor: `python -m eval.floors [FOLDER] [--raise]`.

In:   floors.toml, the public corpora.   Out: a line per figure; exit 1 below a floor.
Knows nothing of: how a figure is computed (eval.polnear, eval.faithfulness, eval.names, eval.reviews).
"""

from __future__ import annotations

import argparse
import math
import os
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from eval import names, reviews
from eval.brat import read_folder
from eval.faithfulness.measure import figures
from eval.polnear import claims_of, data_folder, measure
from eval.score import ROLES, Scores
from sayso.case.reading import READER_VARIABLE
from sayso.errors import SaysoError

FLOORS = Path(__file__).with_name("floors.toml")
FAITHFULNESS = "faithfulness"
OWN = {"names/pairs": names.figures, "reviews/pairs": reviews.figures}  # sets of our own that lie here
_STEP = 10  # floors are kept to a tenth of a percent, rounded down: what was reached is never below its own floor


def read_floors(file: Path) -> dict[str, dict[str, float]]:
    """For each corpus the least percent of each figure."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


def percents(scores: Scores) -> dict[str, float]:
    """The figures that have floors: exact F1 of each role, linked F1."""
    reached = [*((role, scores.exact[role].f1) for role in ROLES), ("linked", scores.linked.f1)]
    return {name: math.floor(100 * _STEP * f1) / _STEP for name, f1 in reached}


def reached_on(corpus: str, folder: Path) -> dict[str, float]:
    """The figures of a corpus: of vet on "faithfulness/NAME", of names, of fact-checks, else of attributions, those by
    another reader on "NAME, READER". Raises SaysoError.
    """
    if corpus in OWN:
        return {figure: math.floor(_STEP * value) / _STEP for figure, value in OWN[corpus]().items()}
    kind, _, name = corpus.partition("/")
    if kind == FAITHFULNESS:
        return {figure: math.floor(_STEP * value) / _STEP for figure, value in figures(name, folder).items()}
    where, _, chosen = corpus.partition(", ")
    with patch.dict(os.environ, {READER_VARIABLE: chosen}):
        return percents(measure(list(read_folder(folder / where)), claims_of()).scores)


def below(floors: Mapping[str, float], reached: Mapping[str, float]) -> list[str]:
    """The names of the figures that are under their floor."""
    return [name for name, floor in floors.items() if reached[name] < floor]


def lifted(toml: str, corpus: str, reached: Mapping[str, float]) -> str:
    """The text of floors.toml with the floors of ``corpus`` at what was reached where that is higher."""
    head, table, rest = toml.partition(f'["{corpus}"]\n')
    here, next_table, others = rest.partition("\n[")

    def higher(line: re.Match[str]) -> str:
        return f"{line[1]} = {max(float(line[2]), reached[line[1]]):.1f}"

    return head + table + re.sub(r"(?m)^(\w+) = ([\d.]+)$", higher, here) + next_table + others


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.floors", description="Compare quality with its floors.")
    parser.add_argument("folder", type=Path, nargs="?", help="the public corpora (default: $SAYSO_DATA)")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is reached now")
    options = parser.parse_args(arguments)
    failed = False
    for corpus, floors in read_floors(FLOORS).items():
        try:
            reached = reached_on(corpus, options.folder or data_folder())
        except SaysoError as error:
            print(error, file=sys.stderr)
            return 2
        under = below(floors, reached)
        for name, floor in floors.items():
            print(f"{corpus:30}{name:10}{reached[name]:6.1f}  floor {floor:5.1f}{'  BELOW' if name in under else ''}")
        failed = failed or bool(under)
        if options.lift:
            toml = FLOORS.read_text(encoding="utf-8")
            FLOORS.write_text(lifted(toml, corpus, reached), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
