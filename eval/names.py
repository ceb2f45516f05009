"""Measures how names are matched, on names of our own: `python -m eval.names [--show]`.

In:   eval/names.jsonl with lists in the data folder; eval/names_pairs.jsonl, names two by two, with hard ones that
      are not one.   Out: P and R, beside rapidfuzz's ratios at their best thresholds on dev, in the same run.
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
from sayso.check.tables.rows import Designation
from sayso.check.tables.table import Table
from sayso.check.words import check_words

HERE = Path(__file__).parent
DATA = Path(os.environ.get("SAYSO_DATA", HERE.parent.parent / "shared/data"))
FILES = ("sanctions/eu_2026-05-01_syr/*.yaml", "sanctions/ofac_2019-01-15/*.csv", "sanctions/un_consolidated_*.xml")
THRESHOLDS = range(60, 101)
NO_PERSONS = {"organisation", "ship", "ministry", "numbered", "party", "acronym", "place"}


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


class Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two names; ``same``: they can be one bearer's. ``part`` goes by the first byte of SHA-256 of "one|other"."""

    one: str
    other: str
    same: bool
    kind: str
    part: Literal["dev", "test"]


Same = Callable[[Pair], bool]


def pairs() -> list[Pair]:
    raw = (HERE / "names_pairs.jsonl").read_bytes()
    return [msgspec.json.decode(line, type=Pair) for line in raw.splitlines()]


def match(pair: Pair) -> str:
    """What the second name, alone on a list, is for the first: "certain", "possible" or "none"."""
    kind: Literal["person", "organisation"] = "organisation" if pair.kind in NO_PERSONS else "person"
    listed = Designation(row="1", names=(pair.other,), type=kind, authority="EU")
    found = Names([listed], check_words().names).find(pair.one)
    return "none" if not found else "certain" if found[0].certain else "possible"


def of_pairs(given: Iterable[Pair], same: Same) -> tuple[Counts, list[str]]:
    given = list(given)
    found = [pair for pair in given if same(pair)]
    right = sum(pair.same for pair in found)
    faults = [f"{p.kind:12} {p.one} | {p.other}: {'missed' if p.same else 'taken for one'}" for p in given
              if same(p) != p.same]  # fmt: skip
    return Counts(right, len(found), sum(pair.same for pair in given)), faults


def by_pairs() -> dict[str, tuple[Counts, Counts, list[str]]]:
    """For each way to match: dev, test, faults on dev."""
    dev, test = ([pair for pair in pairs() if pair.part == part] for part in ("dev", "test"))
    ways: dict[str, Same] = {
        "certain": lambda pair: match(pair) == "certain",
        "certain or possible": lambda pair: match(pair) != "none",
    }
    for name, scorer in (("rapidfuzz ratio", fuzz.ratio), ("rapidfuzz token_sort_ratio", fuzz.token_sort_ratio)):
        ways |= _at_its_best(name, scorer, dev)
    return {
        name: (of_pairs(dev, same)[0], of_pairs(test, same)[0], of_pairs(dev, same)[1]) for name, same in ways.items()
    }


def _at_its_best(name: str, scorer: Callable[..., float], dev: Sequence[Pair]) -> dict[str, Same]:
    def at(threshold: float) -> Same:
        return lambda pair: scorer(default_process(pair.one), default_process(pair.other)) >= threshold

    best = max((of_pairs(dev, at(t))[0].f1, t) for t in THRESHOLDS)[1]
    return {f"{name} ≥ {best}": at(best)}


def figures() -> dict[str, float]:
    """What is held to floors, in percent: of the pairs of test, P and R of certain names, and with possible ones."""
    test = [pair for pair in pairs() if pair.part == "test"]
    found = {pair: match(pair) for pair in test}
    certain = of_pairs(test, lambda pair: found[pair] == "certain")[0]
    shown = of_pairs(test, lambda pair: found[pair] != "none")[0]
    told = (certain.precision, certain.recall, shown.precision, shown.recall)
    return {
        name: 100 * value for name, value in zip(("certain_p", "certain_r", "shown_p", "shown_r"), told, strict=True)
    }


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
    named = pairs()
    sizes = [sum(p.part == part for p in named) for part in ("dev", "test")]
    print(
        f"\n{sizes[0]} pairs for dev, {sizes[1]} for test; {sum(not p.same for p in named)} of all are hard negatives"
    )
    told = by_pairs()
    for name, (*both, _) in told.items():
        print(
            f"{name:32} "
            + "   ".join(f"{100 * c.precision:7.1f} {100 * c.recall:6.1f} {100 * c.f1:6.1f}" for c in both)
        )
    if options.show:
        for way, (_, _, faults) in list(told.items())[:2]:
            print(f"\n{way}, pairs of dev:", *faults, sep="\n  ")
        for way, finds in ways[:2]:
            print(f"\n{way}, dev:", *counts(dev, finds)[1], sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
