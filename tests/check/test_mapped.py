"""Any CSV with a mapping that its user writes."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.check.tables.loading import load
from sayso.check.tables.mapped import mapping
from sayso.check.tables.table import Table
from sayso.errors import BadTable
from tests.check.made import file

RAIDS = """\
name = "Raids of the harbour watch"
kind = "events"
directed = true
lethal = false
definition = ["Raids that the harbour office heard of."]
[columns]
row = "No"
date = "Day"
places = ["Quay", "Town"]
side_a = "By"
side_b = "On"
low = "Dead"
high = "Dead at most"
"""
RAID_ROWS = "No;Day;Quay;Town;By;On;Dead;Dead at most\nR1;2031-05-06;North;Karsk;Watch;Dockers;1;3\nR2;soon;;;;;;\n"
BLACK = """\
name = "Blacklist of Sund"
kind = "designations"
authority = "Sund"
complete = true
version = "2031-06-01"
[columns]
names = ["Name", "Other names"]
listed = "Since"
programme = "Why"
"""
BLACK_ROWS = "Name\tOther names\tSince\tWhy\nAnn Lee\tA. Lee;Annie Lee\t2030-01-02\tTolls\n\tx\t2030-99-01\t\n"


def loaded(toml: str, rows: str) -> Table:
    (found,) = load([file("rows.csv", rows)], [mapping(toml.encode(), "m.toml")])
    assert isinstance(found, Table), found
    return found


def test_events() -> None:
    found = loaded(RAIDS, RAID_ROWS)
    assert found.events is not None
    assert (found.format, found.events.rows) == ("Raids of the harbour watch", ["R1"])
    assert (found.events.wheres, found.events.sides) == ([("North", "Karsk")], ["Watch", "Dockers"])
    assert (found.events.low.tolist(), found.events.best.tolist(), found.events.high.tolist()) == ([1], [1], [3])
    assert (found.coverage.directed, found.coverage.since) == (True, date(2031, 5, 6))
    assert found.notices[0].message.startswith("rows.csv, line 3: 'soon' is no date")


def test_designations() -> None:
    found = loaded(BLACK, BLACK_ROWS)
    (one,) = found.designations
    assert (one.names, one.listed, one.bound) == (("Ann Lee", "A. Lee", "Annie Lee"), date(2030, 1, 2), "on")
    assert (one.row, one.programmes, one.authority) == ("line 2", ("Tolls",), "Sund")
    assert (found.version, found.coverage.complete) == ("2031-06-01", True)


def test_a_file_without_the_columns_is_not_taken_for_it() -> None:
    (found,) = load([file("rows.csv", "Name,Day\nx,y\n")], [mapping(RAIDS.encode(), "m.toml")])
    assert isinstance(found, BadTable)


@pytest.mark.parametrize(
    "toml",
    ["x = ", 'name = "a"', RAIDS.replace('"events"', '"raids"'), RAIDS.replace('date = "Day"\n', ""),
     BLACK.replace('authority = "Sund"\n', ""), RAIDS.replace("side_a", "side_c"), "\0"],
)  # fmt: skip
def test_a_mapping_that_is_none(toml: str) -> None:
    with pytest.raises(BadTable, match=r"m\.toml"):
        mapping(toml.encode(), "m.toml")
