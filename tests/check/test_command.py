"""`sayso check` as people and programs use it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from sayso.case import Case
from sayso.check.findings import Verdict
from tests.check import made
from tests.desk import records, run

ARTICLE = """\
---
title: The list
published: 2034-07-01
---
The harbour office said the United Nations imposed sanctions on Tom Reyk in April 2033.

Ann Lee said that ISIS and the Syrian government fought in 2014. Mira Dohl said the mole was closed.
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    files = {"a.txt": ARTICLE, "un.xml": made.UN_XML, "ged.csv": made.GED_14, "letter.csv": "Dear all,\nx\n"}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    run("add", "a.case", "a.txt")
    return tmp_path


def test_findings_for_people(kept: Path) -> None:
    result = run("check", "a.case", "--with", "un.xml", "ged.csv")
    assert "Is Tom Reyk on the UN list, listed between 2033-04-01 and 2033-04-30?" in result.stdout
    assert "consistent with the table · un.xml@" in result.stdout
    assert "rows: ORi.001" in result.stdout
    assert "un.xml@" in result.stderr
    assert "consistent" in result.stderr.splitlines()[-1]
    assert "mole" not in result.stdout  # no table could tell of it


def test_findings_for_programs_and_in_the_case(kept: Path) -> None:
    found = records("check", "a.case", "--with", "un.xml", "--with", "ged.csv")
    assert {finding["kind"] for finding in found} == {"finding"}
    first = next(f for f in found if f["finding"] == "consistent")
    name, digest = first["table"].split("@")
    assert (name, digest, len(digest)) == ("un.xml", first["sha256"], 64)
    assert {f["finding"] for f in found} <= set(get_args(Verdict))
    assert records("check", "a.case", "--with", "un.xml", "--with", "ged.csv") == found
    with Case.open(kept / "a.case") as case:
        assert sorted(f.query for f, _ in case.findings()) == sorted(f["query"] for f in found)  # once, not twice
        claims = {claim.id for claim in case.claims()}
        assert {finding.claim for finding, checked_at in case.findings() if checked_at} <= claims


def test_what_is_no_table_is_told_and_the_rest_is_done(kept: Path) -> None:
    result = run("check", "a.case", "--with", "letter.csv", "un.xml", code=3)
    assert "letter.csv: not recognised as an evidence table: expected UCDP GED" in result.stderr
    assert "Tom Reyk" in result.stdout
    for missing in ("no.csv", "no*.csv", "-"):
        assert run("check", "a.case", "--with", missing, code=2).stderr.count("\n") == 1


def test_a_mistake_is_one_line(kept: Path) -> None:
    (kept / "m.toml").write_text("kind = 3", encoding="utf-8")
    for arguments in (["--with", "un.xml", "--mapping", "m.toml"], ["--with", "un.xml", "--mapping", "no.toml"], []):
        assert run("check", "a.case", *arguments, code=2).stderr.count("\n") == 1
    assert "no case is there" in run("check", "b.case", "--with", "un.xml", code=2).stderr


def test_nothing_to_check(kept: Path) -> None:
    (kept / "b.txt").write_text("Mira Dohl said the mole was closed.", encoding="utf-8")
    run("add", "b.case", "b.txt")
    result = run("check", "b.case", "--with", "un.xml")
    assert (result.stdout, result.stderr.splitlines()[-1][:10]) == ("", "0 findings")


def test_the_dossier_of_the_case_has_the_findings_and_the_searches(kept: Path) -> None:
    run("check", "a.case", "--with", "un.xml", "ged.csv")
    run("link", "a.case", "-o", "a.html")
    page = (kept / "a.html").read_text(encoding="utf-8")
    assert "Is Tom Reyk on the UN list, listed between 2033-04-01 and 2033-04-30?" in page
    assert "consistent with the table" in page
    assert "FROM evidence_designation" in page
    assert ": 1 question, none found no row" in page
    run("export", "a.case", "-o", "b.html")
    assert (kept / "b.html").read_text(encoding="utf-8") == page


INCIDENTS = """\
No;Day;Town;By;On;Dead
R1;2031-08-30;Marl;Reed Guild;residents;6
"""
MAPPING = """\
name = "Incidents"
kind = "events"
directed = true
lethal = true
definition = ["Deaths that the invented river office heard of."]
[columns]
row = "No"
date = "Day"
places = ["Town"]
side_a = "By"
side_b = "On"
low = "Dead"
"""


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("The Reed Guild killed six people in Marl on 30 August 2031", "events in which Reed Guild is a side in Marl"),
        ("At least six people were killed in Marl on 30 August 2031", "Did at least 6 people die in events in Marl"),
        ("The Sand Guild killed six people in Marl on 30 August 2031", None),
    ],
)
def test_names_of_a_table_of_ones_own_and_deaths_without_an_actor_are_asked(
    kept: Path, said: str, asked: str | None
) -> None:
    article = f"---\npublished: 2031-09-02\n---\n{said}, the mayor, Ada Roe, said.\n"
    for name, content in (("i.csv", INCIDENTS), ("i.toml", MAPPING), ("b.txt", article)):
        (kept / name).write_text(content, encoding="utf-8")
    run("add", "b.case", "b.txt")
    result = run("check", "b.case", "--with", "i.csv", "--mapping", "i.toml")
    told = " ".join(result.stdout.split())
    assert (asked in told) if asked else ("?" not in told)


def test_who_is_under_sanctions_of_somebody_is_asked_for(kept: Path) -> None:
    (kept / "b.txt").write_text(
        "---\npublished: 2034-07-01\n---\nTom Reyk is not under sanctions of the United Nations, his lawyer said.\n",
        encoding="utf-8",
    )
    run("add", "b.case", "b.txt")
    told = " ".join(run("check", "b.case", "--with", "un.xml").stdout.split())
    assert "Is Tom Reyk not on the UN list" in told
    assert "Is United Nations" not in told


def test_what_was_not_asked_is_told_with_why(kept: Path) -> None:
    short = run("check", "a.case", "--with", "un.xml")
    assert "it speaks of no violence and of no sanctions" in short.stderr
    assert "asked nothing:" in short.stderr
    assert "Mira Dohl" not in short.stdout
    each = " ".join(run("check", "a.case", "--verbose").stdout.split())
    assert "Mira Dohl says: the mole was closed not asked: it speaks of no violence" in each
