"""Measures how names are matched with sanctions lists, on names of our own: `python -m eval.names [--show]`.

In:   eval/names.jsonl, lists in the data folder.   Out: P and R, beside rapidfuzz's ratio at its best threshold on dev.
Knows nothing of: claims.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from eval.score import Counts
from sayso.check.names import Names
from sayso.check.tables.files import File
from sayso.check.tables.loading import load
from sayso.check.tables.table import Table
from sayso.check.words import check_words

HERE = Path(__file__).parent
DATA = Path(os.environ.get("SAYSO_DATA", HERE.parent.parent / "shared/data"))
FILES = ("sanctions/eu_2026-05-01_syr/*.yaml", "sanctions/ofac_2019-01-15/*.csv", "sanctions/un_consolidated_*.xml")
THRESHOLDS = range(60, 101)


class Variant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way to write the name of a row, or, without a row, a name that is on no list. ``kind``: how it differs."""

    name: str
    list: Literal["EU", "US", "UN"]
    row: str | None
    kind: str
    part: Literal["dev", "test"]


Finds = Callable[[Variant], frozenset[str]]


def variants() -> list[Variant]:
    raw = (HERE / "names.jsonl").read_bytes()
    return [msgspec.json.decode(line, type=Variant) for line in raw.splitlines()]


def at(path: Path) -> File:
    return File(str(path), lambda: path.open("rb"))


def lists(folder: Path = DATA) -> dict[str, Table]:
    """The lists by whose they are; empty where the data folder is not there."""
    files = [at(path) for glob in FILES for path in sorted(folder.glob(glob))]
    return {str(t.coverage.authority): t for t in load(files) if isinstance(t, Table)}


def counts(cases: Iterable[Variant], finds: Finds) -> tuple[Counts, list[str]]:
    """Each row that is found is right or wrong; the one that should be and is not is missed."""
    right = wrong = missed = 0
    faults = []
    for case in cases:
        found = finds(case)
        hit = case.row in found
        extra = found - {case.row or ""}
        right, wrong, missed = right + hit, wrong + len(extra), missed + (case.row is not None and not hit)
        if extra or (case.row and not hit):
            faults.append(f"{case.kind:9} {case.list} {case.name!r}: wanted {case.row}, found {sorted(found)}")
    return Counts(right, right + wrong, right + missed), faults


def ours(tables: Mapping[str, Table]) -> tuple[Finds, Finds]:
    """Certain rows; certain and possible rows."""
    names = {whose: Names(table.designations, check_words().names) for whose, table in tables.items()}

    def certain(case: Variant) -> frozenset[str]:
        return frozenset(m.designation.row for m in names[case.list].find(case.name) if m.certain)

    def shown(case: Variant) -> frozenset[str]:
        return frozenset(m.designation.row for m in names[case.list].find(case.name))

    return certain, shown


def plain(
    tables: Mapping[str, Table], cases: Iterable[Variant], scorer: Callable[..., float]
) -> dict[Variant, dict[str, float]]:
    """For each case the rows with a name that is at all alike, with the ratio of the one most alike."""
    rows = {w: [(default_process(n), d.row) for d in t.designations for n in (*d.names, *d.weak)]
            for w, t in tables.items()}  # fmt: skip
    texts = {whose: [text for text, _ in pairs] for whose, pairs in rows.items()}
    found: dict[Variant, dict[str, float]] = {}
    for case in cases:
        scores = found.setdefault(case, {})
        wanted = default_process(case.name)
        for _, score, at in process.extract(
            wanted, texts[case.list], scorer=scorer, score_cutoff=THRESHOLDS.start, limit=None
        ):
            row = rows[case.list][at][1]
            scores[row] = max(score, scores.get(row, 0.0))
    return found


def at_least(scores: Mapping[Variant, Mapping[str, float]], threshold: float) -> Finds:
    """Every row whose ratio is at or above a threshold."""
    return lambda case: frozenset(row for row, score in scores[case].items() if score >= threshold)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print the faults on dev")
    options = parser.parse_args(arguments)
    tables = lists()
    if set(tables) != {"EU", "US", "UN"}:
        print(f"the three lists are not all in {DATA}: see eval/README.md")
        return 2
    cases = variants()
    dev, test = ([case for case in cases if case.part == part] for part in ("dev", "test"))
    certain, shown = ours(tables)
    ways: list[tuple[str, Finds]] = [("certain", certain), ("certain or possible", shown)]
    for name, scorer in (("rapidfuzz ratio", fuzz.ratio), ("rapidfuzz token_sort_ratio", fuzz.token_sort_ratio)):
        scores = plain(tables, cases, scorer)
        _, best = max((counts(dev, at_least(scores, t))[0].f1, t) for t in THRESHOLDS)
        ways.append((f"{name} ≥ {best}", at_least(scores, best)))
    print(f"{len(dev)} names for dev, {len(test)} for test")
    print(f"{'':32} {'dev P':>7} {'R':>6} {'F1':>6}   {'test P':>7} {'R':>6} {'F1':>6}")
    for name, finds in ways:
        cells = [counts(part, finds)[0] for part in (dev, test)]
        print(
            f"{name:32} "
            + "   ".join(f"{100 * c.precision:7.1f} {100 * c.recall:6.1f} {100 * c.f1:6.1f}" for c in cells)
        )
    if options.show:
        for way, finds in ways[:2]:
            print(f"\n{way}, dev:", *counts(dev, finds)[1], sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
