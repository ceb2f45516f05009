"""Tables in a case: read once, the same again, and what a finding shows as SQL runs on them and tells the same."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.case import Case, knowledge
from sayso.check.checking import ask, ready
from sayso.check.findings import Answer
from sayso.check.questions import (
    EventQuestion,
    HoldQuestion,
    ListQuestion,
    OrderQuestion,
    Question,
    ReviewQuestion,
    Side,
)
from sayso.check.tables.loading import load
from sayso.check.tables.mapped import mapping
from sayso.check.tables.table import Table
from sayso.check.words import check_words
from sayso.store import Store
from sayso.store.evidence import EvidenceShelf
from tests.check import made
from tests.check.made import file, table
from tests.desk import run

ALIASES, WORDS = knowledge().aliases, check_words()
IS = Side(name="ISIS", entities=("islamic-state",))
STATE = Side(name="Syrian government", entities=("syria-government-until-2024",))
FRONT = Side(name="Harbour Front")
CIVILIANS = Side(name="civilians", group="civilians")
REBELS = Side(name="rebels", group="rebels")
NOW = "2036-01-01T00:00:00+00:00"


def many(seed: int, rows: int = 400) -> str:
    """A table of events in the form of GED with places and numbers of its own."""
    chance = random.Random(seed)  # noqa: S311 - the same table each time
    sides = ["IS", "Government of Syria", "Harbour Front, Quay Guard", "Civilians", "IS, Harbour Front", "Dockers"]
    names = "id,year,type_of_violence,side_a,side_b,where_coordinates,adm_1,country,date_start,date_end,low,best,high"
    lines = [f"{names},deaths_civilians"]
    for number in range(rows):
        a, b = chance.sample(sides, 2)
        day = date(2012, 1, 1) + timedelta(days=int(1400 * chance.random() ** 0.6))
        low, last = chance.randrange(5), day + timedelta(days=chance.randrange(3))
        country = chance.choice(("Syria", "Syria", "Iraq"))
        place = chance.choice(("Karsk town", "Sund village", "O'Dohl"))
        deaths = f"{low},{low + 1},{low + 3},{chance.randrange(2)}"
        lines.append(f'{number},2012,1,"{a}","{b}",{place},Karsk Governorate,{country},{day},{last},{deaths}')
    return "\n".join(lines)


HELD = """\
Place;Who;From;To
Karsk;Harbour Front;2031-01-01;2031-05-31
Karsk;Dockers;2031-06-01;
Sund;Dockers;2030-01-01;
"""
HOLDERS = """\
name = "Who held the ports"
kind = "holdings"
licence = "Invented."
[columns]
places = ["Place"]
holder = "Who"
since = "From"
until = "To"
"""


def holders() -> Table:
    (found,) = load([file("held.csv", HELD)], [mapping(HOLDERS.encode(), "h.toml")])
    assert isinstance(found, Table), found
    return found


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "a.case", create=True) as store:
        yield store


def kept(case: Store, found: Table) -> Table:
    shelf = EvidenceShelf(case)
    shelf.save(found, loaded_at=NOW)
    again = shelf.table(found.sha256, found.read_as)
    assert again is not None
    return again


def answer(found: Table, question: Question) -> Answer:
    told = ask(ready(found, ALIASES, WORDS), question)
    assert told is not None
    return told


def run_sql(case: Store, told: Answer) -> list[tuple[Any, ...]]:
    assert told.sql is not None
    with sqlite3.connect(f"file:{case._path}?mode=ro", uri=True) as other:  # as anybody would run it
        return other.execute(told.sql).fetchall()


ALL = [made.GED_14, made.GED_41, made.ACLED, made.DYADIC, made.EU_XML, made.EU_CSV, made.UN_XML, made.SDN, made.FTM]
ALL += [made.OPENSANCTIONS, made.CLAIM_REVIEW, made.TOOLS, many(1)]


@pytest.mark.parametrize("content", ALL)
def test_a_table_comes_back_as_it_went_in(case: Store, content: str) -> None:
    found = table("t", content)
    again = kept(case, found)
    assert (again.label, again.coverage, again.notices) == (found.label, found.coverage, found.notices)
    assert (again.designations, again.dyads, again.reviews) == (found.designations, found.dyads, found.reviews)
    one, other = found.events, again.events
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.rows, one.sides, one.wheres, one.span) == (other.rows, other.sides, other.wheres, other.span)
        for name in ("a", "b", "where", "since", "until", "low", "best", "high", "civilians"):
            assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
        for name, names in (("country", "countries"), ("sort", "sorts")):
            here, there = ([getattr(e, names)[at] for at in getattr(e, name).tolist()] for e in (one, other))
            assert here == there


YEAR = {"since": date(2013, 1, 1), "until": date(2013, 12, 31)}
ASKED: list[dict[str, Any]] = [
    {"actor": IS, "other": STATE},
    {"actor": IS, "other": CIVILIANS, **YEAR},
    {"actor": STATE, "other": REBELS, "place": "Karsk"},
    {"actor": FRONT, "place": "O'Dohl", **YEAR},
    {"actor": IS, "place": "Iraq", "since": date(2013, 2, 3)},
    {"actor": REBELS, "other": CIVILIANS, "place": "Sund", "until": date(2014, 2, 3)},
]


@pytest.mark.parametrize("values", ASKED)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sql_finds_the_rows_that_the_finding_counts(case: Store, values: dict[str, Any], seed: int) -> None:
    found = kept(case, table("t", many(seed)))
    for mutual in (True, False):
        told = answer(found, EventQuestion(ask="exists", mutual=mutual, **values))
        rows = [row for (row,) in run_sql(case, told)]
        assert len(rows) == told.matched > 0
        assert set(told.rows) <= set(rows)
    deaths = answer(found, EventQuestion(ask="deaths", low=1.0, high=1.0, **values))
    assert run_sql(case, deaths) == [(deaths.matched, *(int(deaths.numbers[n]) for n in ("low", "best", "high")))]
    share = {**values, "place": None}
    if "other" in share and share["actor"].entities:
        told = answer(found, EventQuestion(ask="share", low=10.0, high=10.0, mutual=True, **share))
        assert run_sql(case, told) == [(int(told.numbers["part"]), int(told.numbers["of"]))]


@pytest.mark.parametrize("other", [STATE, REBELS, None])
def test_sql_of_a_change_and_of_what_was_first(case: Store, other: Side | None) -> None:
    found = kept(case, table("t", many(4, 900)))
    told = answer(
        found, EventQuestion(ask="trend", actor=IS, other=other, word="increasingly", change="more", mutual=True)
    )
    ((before, after, *_),) = run_sql(case, told)
    assert (before, after) == (told.numbers["before"], told.numbers["after"])
    first = EventQuestion(
        ask="first", actor=IS, other=other, word="the first time", mutual=True, since=date(2014, 1, 1)
    )
    told = answer(found, first)
    ((begun, number),) = run_sql(case, told)
    assert begun in told.reason
    assert number == told.matched
    order = OrderQuestion(
        first=EventQuestion(ask="exists", actor=IS, other=other), then=EventQuestion(ask="exists", actor=FRONT)
    )
    told = answer(found, order)
    (days,) = run_sql(case, told)
    assert all(day in told.reason for day in days)


def test_sql_of_lists_dyads_holdings_and_reviews(case: Store) -> None:
    un, dyads, held, reviews = (
        kept(case, t)
        for t in (table("u", made.UN_XML), table("d", made.DYADIC), holders(), table("r", made.CLAIM_REVIEW))
    )
    told = answer(un, ListQuestion(name="Reyk, Tom", authority="UN"))
    assert run_sql(case, told) == [("ORi.001", "TOM REYK", "UN", "2033-04-05", "on")]
    assert run_sql(case, answer(un, ListQuestion(name="Mira Sund", authority="UN"))) == []
    year: dict[str, Any] = {"since": date(2033, 1, 1), "until": date(2033, 12, 31)}
    assert run_sql(case, answer(un, ListQuestion(name="1", authority="UN", count=1, **year))) == [("ORi.001",)]
    fought = EventQuestion(ask="exists", actor=IS, other=STATE, mutual=True, since=date(2014, 1, 1))
    assert run_sql(case, answer(dyads, fought)) == [("7/2014",)]
    told = answer(held, HoldQuestion(place="Karsk", holder=FRONT, since=date(2031, 2, 1), until=date(2031, 7, 1)))
    assert [row[1] for row in run_sql(case, told)] == ["Harbour Front", "Dockers"]
    told = answer(reviews, ReviewQuestion(text="the port of Karsk was closed for nine days after a storm in March"))
    assert run_sql(case, told)[0][-1] == "Partly accurate"


def test_a_table_that_the_case_has_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("The harbour office said the United Nations imposed sanctions on Tom Reyk.", "utf-8")
    Path("un.xml").write_text(made.UN_XML, "utf-8")
    run("add", "a.case", "a.txt")
    assert "no evidence table is in the case" in run("check", "a.case", code=2).stderr
    first = run("check", "a.case", "--with", "un.xml")
    Path("un.xml").rename("other.xml")
    again = run("check", "a.case", "--with", "other.xml")
    assert again.stdout == first.stdout  # known by its bytes, under the name by which it first came
    assert run("check", "a.case").stdout == first.stdout
    Path("other.xml").write_text(made.UN_XML.replace("REYK", "REYKA"), "utf-8")
    assert "other.xml@" in run("check", "a.case", "--with", "other.xml").stdout
    with Store.open(tmp_path / "a.case", create=False) as store:
        versions = store.rows(
            "SELECT name, version, length(sha256), licence, loaded_at > '2020' FROM evidence ORDER BY seq"
        )
        assert versions == [
            (name, "2036-02-27", 64, "The United Nations' terms of use.", 1) for name in ("un.xml", "other.xml")
        ]


def test_a_search_that_found_nothing_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("The harbour office said the United Nations imposed sanctions on Pia Holm.", "utf-8")
    Path("un.xml").write_text(made.UN_XML, "utf-8")
    Path("r.json").write_text(made.CLAIM_REVIEW, "utf-8")
    run("add", "a.case", "a.txt")
    run("check", "a.case", "--with", "un.xml", "r.json")
    with Case.open("a.case") as case:
        searches = list(case.searches())
        ((finding, when),) = case.findings()
    assert [s.table.split("@")[0] for s in searches] == ["un.xml", "r.json"]
    assert all(s.questions == s.unfound > 0 for s in searches)
    assert (finding.version, finding.finding, finding.rows) == ("2036-02-27", "not_in_coverage", ())
    assert len(finding.sha256) == 64
    assert when.startswith("20")
