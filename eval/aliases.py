"""Measures the alias tables on `tests/cases/aliases.jsonl`: `python -m eval.aliases`.

In:   names in short texts of our own, with whom they stand for.   Out: a table beside two baselines; --show faults.
Knows nothing of: how names are found in texts.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from importlib import resources
from pathlib import Path

import msgspec

from eval.score import Counts
from sayso.resolve.aliases.matching import AliasTables
from sayso.resolve.aliases.records import Candidate
from sayso.resolve.aliases.tables import tables

CASES = Path(__file__).parent.parent / "tests/cases/aliases.jsonl"


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name in a text. ``is_``: whom it surely stands for; ``maybe``: whom else, or whom where that is open.

    ``acts``: whether the name is used for somebody who acts; None where only the text tells.
    """

    id: str
    split: str
    kind: str
    name: str
    text: str
    on: date | None = None
    acts: bool | None = None
    is_: str | None = msgspec.field(default=None, name="is")
    maybe: tuple[str, ...] = ()


@dataclass
class Measured:
    """``certain``: what is given out as certain, against ``is``. ``shown``: all that is shown, against all in the case.

    ``said``: cases in which something is certain and nothing should be.
    """

    certain: Counts = field(default_factory=lambda: Counts(0, 0, 0))
    shown: Counts = field(default_factory=lambda: Counts(0, 0, 0))
    open: int = 0
    said: int = 0
    faults: list[str] = field(default_factory=list)


Finds = Callable[[Case], tuple[frozenset[str], frozenset[str]]]


def shipped() -> AliasTables:
    """The tables that ship with sayso."""
    folder = resources.files("sayso") / "data" / "aliases"
    return tables({file.name: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".toml")})


def read_cases(path: Path = CASES) -> list[Case]:
    return [msgspec.json.decode(line, type=Case) for line in path.read_bytes().splitlines()]


def by_tables(known: AliasTables) -> Finds:
    def found(case: Case) -> tuple[frozenset[str], frozenset[str]]:
        candidates = look_up(known, case)
        return frozenset(c.entity.id for c in candidates if c.certain), frozenset(c.entity.id for c in candidates)

    return found


def look_up(known: AliasTables, case: Case) -> tuple[Candidate, ...]:
    return known.find(case.name, case.on, known.context(case.text, case.on, acts=case.acts))


def by_exact(known: AliasTables) -> Finds:
    """All entities that have the name, lower-cased, among their names."""
    index = names_of(known)

    def found(case: Case) -> tuple[frozenset[str], frozenset[str]]:
        one = frozenset(index.get(case.name.lower(), ()))
        return one, one

    return found


def by_ratio(known: AliasTables, least: float = 0.85) -> Finds:
    """All entities that have the name most like the one asked for, if difflib's ratio of the two is high enough."""
    index = names_of(known)

    def found(case: Case) -> tuple[frozenset[str], frozenset[str]]:
        if one := index.get(case.name.lower()):
            return frozenset(one), frozenset(one)
        matcher = SequenceMatcher(None, "", case.name.lower(), autojunk=False)
        best, ids = least, frozenset[str]()
        for name, bearers in index.items():
            matcher.set_seq1(name)
            if matcher.real_quick_ratio() < best or matcher.quick_ratio() < best:
                continue
            ratio = matcher.ratio()
            if ratio > best:
                best, ids = ratio, frozenset(bearers)
            elif ratio == best:
                ids |= bearers
        return ids, ids

    return found


def names_of(known: AliasTables) -> Mapping[str, set[str]]:
    """Lower-cased names, those that are put together of a state's included -> the ids of their bearers."""
    index: dict[str, set[str]] = {}
    for entity in known.entities.values():
        for alias in entity.aliases:
            index.setdefault(alias.name.lower(), set()).add(entity.id)
    bodies: dict[tuple[str, str], set[str]] = {}
    for entity in known.entities.values():
        if entity.body:
            bodies.setdefault((entity.tags[0], entity.body), set()).add(entity.id)
    for state, tags in known.states.items():
        for noun in known.nouns:
            ids = set().union(*(bodies.get((tag, noun.body), set()) for tag in tags))
            for name in (f"{state} {noun.name}", f"{noun.name} of {state}", f"{state}'s {noun.name}"):
                index.setdefault(name.lower(), set()).update(ids)
    return index


def measure(cases: Iterable[Case], finds: Finds) -> Measured:
    measured = Measured()
    for case in cases:
        certain, shown = finds(case)
        right = frozenset({case.is_}) if case.is_ else frozenset[str]()
        all_ = right | frozenset(case.maybe)
        measured.certain += Counts(len(certain & right), len(certain), len(right))
        measured.shown += Counts(len(shown & all_), len(shown), len(all_))
        measured.open += not right
        measured.said += bool(certain) and not right
        if certain != right or not all_ <= shown:
            measured.faults.append(
                f"{case.id} {case.kind:9} {case.name!r} on {case.on}: certain {', '.join(sorted(certain)) or '-'}"
                f" | shown {', '.join(sorted(shown - certain)) or '-'}"
                f" | is {case.is_ or '-'} maybe {', '.join(case.maybe) or '-'}"
            )
    return measured


def show(name: str, measured: Measured) -> None:
    certain, shown = measured.certain, measured.shown
    print(
        f"{name:24}{100 * certain.precision:7.1f}{100 * certain.recall:7.1f}{100 * certain.f1:7.1f}"
        f"{100 * shown.precision:9.1f}{100 * shown.recall:7.1f}{measured.said:8} of {measured.open}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.aliases", description="Measure the alias tables.")
    parser.add_argument("--show", choices=("dev", "test"), help="print what goes wrong on this half")
    parser.add_argument("--split", choices=("dev", "test"), help="measure this half only")
    options = parser.parse_args(arguments)
    known, cases = shipped(), read_cases()
    names = sum(len(entity.aliases) for entity in known.entities.values())
    print(f"{len(known.entities)} entities, {names} aliases\n")
    for split in (options.split,) if options.split else ("dev", "test"):
        own = [case for case in cases if case.split == split]
        kinds = ", ".join(f"{kind} {count}" for kind, count in Counter(case.kind for case in own).most_common())
        print(f"{split}: {len(own)} names ({kinds})")
        print(f"{'':24}{'certain':>21}{'shown':>16}{'said, open':>13}")
        print(f"{'':24}{'P':>7}{'R':>7}{'F1':>7}{'P':>9}{'R':>7}")
        measured = measure(own, by_tables(known))
        show("tables", measured)
        show("lower-cased, exact", measure(own, by_exact(known)))
        show("difflib ratio >= 0.85", measure(own, by_ratio(known)))
        for kind in sorted({case.kind for case in own}):
            show(f"  tables, {kind}", measure([case for case in own if case.kind == kind], by_tables(known)))
        if options.show == split:
            print("", *measured.faults, sep="\n")
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
