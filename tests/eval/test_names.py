"""The names that are matched with sanctions lists, and how they are counted."""

from __future__ import annotations

from hashlib import sha256

import pytest
from eval.names import DATA, Variant, counts, lists, ours, pairs, variants
from tests.check import made
from tests.check.made import table

from sayso.check.tables.table import Table


def test_the_set_is_large_enough_and_says_nothing_twice() -> None:
    cases = variants()
    assert sum(case.row is not None for case in cases) >= 150
    assert len({(case.list, case.name) for case in cases}) == len(cases)
    for row in {(case.list, case.row) for case in cases if case.row}:
        assert len({case.part for case in cases if (case.list, case.row) == row}) == 1  # dev tells nothing of test


def test_the_pairs_are_many_with_hard_negatives_and_each_part_by_the_hash() -> None:
    found = pairs()
    assert len(found) >= 560
    assert sum(not pair.same for pair in found) >= 280
    assert len({frozenset((pair.one, pair.other)) for pair in found}) == len(found)
    for pair in found:
        even = sha256(f"{pair.one}|{pair.other}".encode()).digest()[0] % 2 == 0
        assert pair.part == ("dev" if even else "test")


def test_a_row_that_is_found_is_right_or_wrong_and_one_that_is_not_is_missed() -> None:
    un: dict[str, Table] = {"UN": table("un.xml", made.UN_XML)}
    certain, shown = ours(un)
    cases = [
        Variant(name=name, list="UN", row=row, kind="t", part="dev")
        for name, row in (("Tom Reyk", "ORi.001"), ("T. Reyk", "ORi.001"), ("Tom Holm", None), ("Thomas Reyk", None))
    ]
    found, faults = counts(cases, certain)
    assert (found.hits, found.predicted, found.gold) == (1, 2, 2)
    assert len(faults) == 2
    assert counts(cases, shown)[0].hits == 2


@pytest.mark.data
def test_certain_names_are_nearly_always_right() -> None:
    tables = lists()
    if set(tables) != {"EU", "US", "UN"}:
        pytest.skip(f"the sanctions lists are not in {DATA}")
    certain, shown = ours(tables)
    test = [case for case in variants() if case.part == "test"]
    assert counts(test, certain)[0].precision >= 0.98
    assert counts(test, shown)[0].recall >= 0.94
