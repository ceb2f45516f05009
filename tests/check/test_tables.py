"""Each format is known by its content and read; what is odd in it is told, and the rest is used."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.check.tables.columns import Events
from sayso.check.tables.table import Table
from sayso.errors import BadTable, SaysoError, Unreadable
from tests.check import made
from tests.check.made import table, tables


def events(name: str, content: str) -> Events:
    found = table(name, content).events
    assert found is not None
    return found


def test_ged_of_14_columns() -> None:
    found = table("ged211.txt", made.GED_14)
    rows = found.events
    assert rows is not None
    assert (found.format, found.version, found.size) == ("UCDP GED", "21.1", 3)
    assert rows.rows == ["11", "12", "13"]
    assert rows.sides == ["Government of Syria", "IS", "Harbour Front, Quay Guard", "Civilians"]
    assert (rows.low.tolist(), rows.best.tolist(), rows.high.tolist()) == ([1, 3, 5], [2, 3, 6], [4, 3, 6])
    assert (found.coverage.since, found.coverage.until) == (date(2014, 3, 5), date(2014, 4, 30))  # a month has no day
    assert found.coverage.countries == ("Syria",)
    assert found.coverage.lethal
    assert not found.coverage.directed
    assert any("no place names" in sentence for sentence in found.coverage.definition)


def test_ged_of_41_columns_and_more() -> None:
    rows = events("any.csv", made.GED_41)
    assert rows.wheres == [("Karsk town", "Karsk district", "Karsk Governorate"), ("Sund village", "Karsk Governorate")]
    assert rows.sorts == ["state-based violence", "one-sided violence"]
    assert rows.civilians.tolist() == [8, 7]
    newer = events("any.csv", made.GED_49)
    assert newer.span == (date(2020, 5, 1), date(2020, 5, 2))
    assert (newer.rows, newer.sorts) == (["31"], ["non-state violence"])


def test_dyadic() -> None:
    found = table("Dyadic_v24_1.csv", made.DYADIC)
    assert (found.version, [dyad.row for dyad in found.dyads]) == ("24.1", ["7/2013", "7/2014"])
    assert found.dyads[0].began == date(2013, 5, 2)


@pytest.mark.parametrize(("content", "rows"), [(made.ACLED, ["SYR1", "SYR2"]), (made.ACLED_OLD, ["SYR9"])])
def test_acled_old_and_new(content: str, rows: list[str]) -> None:
    found = table("export.csv", content)
    assert found.format == "ACLED"
    assert found.events is not None
    assert found.events.rows == rows
    assert found.coverage.sorts
    assert not found.coverage.lethal


def test_acled_sides_have_their_associates() -> None:
    assert "Harbour Front, Quay Guard, Dockers" in events("a.csv", made.ACLED).sides


def test_eu_files_are_one_table_with_the_day_of_listing_as_far_as_it_is_told() -> None:
    (found,) = tables({"eu_2036-01-02/a.yaml": made.EU_YAML, "eu_2036-01-02/b.yaml": made.EU_AMENDED})
    assert isinstance(found, Table)
    assert (found.version, found.coverage.authority, found.coverage.complete) == ("2036-01-02", "EU", False)
    remarked, amended = found.designations
    assert (remarked.listed, remarked.bound, remarked.programmes) == (date(2031, 3, 4), "on", ("ORL",))
    assert (remarked.names, remarked.weak, remarked.type) == (("Timur HAMSHOV",), ("Old Tim",), "person")
    assert (amended.listed, amended.bound) == (date(2033, 2, 1), "by")  # never the last amendment as the day of listing


def test_eu_xml() -> None:
    found = table("list.xml", made.EU_XML)
    assert (found.version, found.coverage.complete) == ("2036-01-02", True)
    (one,) = found.designations
    assert (one.row, one.names, one.listed, one.bound) == ("EU.2.1", ("Pia Holm",), date(2032, 12, 1), "on")
    assert "EU.2.2 has no name" in found.notices[0].message


def test_ofac_files_belong_together() -> None:
    (found,) = tables({"alt.csv": made.ALT, "sdn.csv": made.SDN, "add.csv": made.ADD})
    assert isinstance(found, Table)
    line, person = found.designations
    assert (line.row, line.names, line.programmes, line.type) == (
        "36", ("KARSK AIR LINES", "AIR KARSK"), ("ORLAVIA",), "organisation",
    )  # fmt: skip
    assert (person.names, person.programmes) == (("DOHL, Mira", "REYK, Mira"), ("ORLAVIA", "SND"))
    assert person.bound == "unknown"
    assert not found.notices


def test_ofac_without_its_main_file() -> None:
    (error,) = tables({"alt.csv": made.ALT})
    assert isinstance(error, BadTable)
    assert "SDN.CSV" in str(error)


def test_ofac_xml() -> None:
    found = table("sdn.xml", made.SDN_XML)
    (one,) = found.designations
    assert (found.version, one.names, one.weak) == ("2035-01-15", ("DOHL, Mira",), ("THE QUAY",))


def test_un_xml() -> None:
    found = table("list.xml", made.UN_XML)
    one, other = found.designations
    assert (found.version, found.coverage.authority) == ("2036-02-27", "UN")
    assert (one.row, one.names, one.weak) == ("ORi.001", ("TOM REYK", "Thomas Reyk"), ("Ferryman",))
    assert (one.listed, other.type) == (date(2033, 4, 5), "organisation")


def test_follow_the_money_takes_sanctions_and_no_topics() -> None:
    found = table("entities.json", made.FTM)
    (one,) = found.designations
    assert (one.row, one.names, one.weak, one.authority) == ("P1", ("Ann Lee",), ("Annie",), "Sund Council")
    assert (one.listed, one.programmes) == (date(2033, 5, 6), ("ORL",))


def test_eu_csv_has_a_row_for_each_name_and_address() -> None:
    found = table("list.csv", made.EU_CSV)
    assert (found.format, found.version, found.coverage.complete) == (
        "EU consolidated list (CSV)", "2036-01-02", True,
    )  # fmt: skip
    remarked, amended, dated = found.designations
    assert (remarked.row, remarked.names, remarked.type) == ("EU.4.1", ("Ola Sund", "Olga Sund"), "person")
    assert (remarked.listed, remarked.bound, remarked.programmes) == (date(2031, 8, 7), "on", ("ORL",))
    assert (amended.listed, amended.bound, amended.type) == (date(2033, 2, 1), "by", "organisation")
    assert (dated.listed, dated.bound) == (date(2034, 3, 4), "on")
    assert "EU.7.1: no name" in found.notices[0].message


def test_opensanctions_targets_with_a_sanction() -> None:
    found = table("targets.simple.csv", made.OPENSANCTIONS)
    person, ship = found.designations
    assert (person.row, person.names) == ("NK-1", ("Ann Lee", "Anne Lee", "Ann Li"))
    assert (person.authority, person.programmes) == ("Sund Council Blacklist", ("SND-1", "Sund Council - tolls"))
    assert (person.listed, person.bound, ship.type) == (None, "unknown", "vessel")  # first_seen is no day of listing
    assert (found.version, found.coverage.complete) == ("2036-01-06", False)
    assert len(found.notices) == 1


def test_fact_checks_in_three_forms() -> None:
    one, other, third, fourth = (
        review for content in (made.CLAIM_REVIEW, made.FEED, made.TOOLS) for review in table("x.json", content).reviews
    )
    assert (one.row, one.claimant, one.reviewer) == ("https://checks.example/1", "Ann Lee", "Orlavia Checks")
    assert (one.rating, one.reviewed) == ("Partly accurate", date(2034, 5, 6))  # in words where there are words
    assert (other.rating, other.reviewer) == ("1 on a scale from 1 (worst) to 5 (best)", "Sund Desk")
    assert (third.text, third.claimant) == ("The council of Sund sold the ferry to a foreign bank", "Mira Dohl")
    assert (third.rating, fourth.reviewer, fourth.text) == ("No evidence found", "checks.example", third.text)
    assert "review 2: no claim, no reviewer or no rating" in table("x.json", made.FEED).notices[0].message


def test_a_table_says_on_whose_terms_it_comes() -> None:
    for content in ALL:
        assert table("t", content).licence


# ---- hostile and odd ----


def test_an_odd_row_is_told_with_its_line_and_the_rest_is_used() -> None:
    broken = (
        made.GED_14 + "14,2014,13,45,Syria,1,x,IS,Civilians,1,1,1,1,1\n15,2014\n16,2014,1,1,Syria,1,x,IS,C,1,1,-4,1,x\n"
    )
    found = table("ged.csv", broken + "17,2015,1,1,Syria,1,x,IS,Civilians,1,1,1,1,1\n")
    assert found.size == 4
    assert [n.message.split(": ")[0] for n in found.notices] == [f"ged.csv, line {n}" for n in (5, 6, 7)]


def test_notices_of_one_table_are_a_screenful() -> None:
    found = table("ged.csv", made.GED_14 + "x,y\n" * 500)
    assert len(found.notices) == 21
    assert "480 further rows" in found.notices[-1].message


def test_what_is_no_table_is_told_in_one_line_with_what_was_expected() -> None:
    for content in ("A letter.\nWith lines.\n", "", "\0\1\2", "a,b\n1,2\n", "<html><p>x</p></html>", '{"id": 1}'):
        (error,) = tables({"letter.txt": content})
        assert isinstance(error, BadTable)
        assert "letter.txt" in str(error)
        assert "expected UCDP GED" in str(error)


def test_a_table_without_a_row_to_use() -> None:
    (error,) = tables({"ged.csv": made.GED_14.splitlines()[0] + "\nx,y\n"})
    assert isinstance(error, Unreadable)


def test_entities_of_xml_are_refused() -> None:
    bomb = '<!DOCTYPE export [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    outside = '<!DOCTYPE export [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    for doctype in (bomb, outside):
        head, rest = made.EU_XML.split("\n", 1)
        (error,) = tables({"list.xml": head + doctype + rest.replace("Pia Holm", "&a;")})
        assert isinstance(error, SaysoError)
        assert "list.xml" in str(error)


def test_xml_that_breaks_off() -> None:
    (error,) = tables({"list.xml": made.UN_XML[:700]})
    assert isinstance(error, Unreadable)


def test_yaml_that_could_blow_up_is_passed_over() -> None:
    bomb = "eu_reference_number: EU.9\na: &a [x, x]\nb: &b [*a, *a]\nname_aliases: [*b]\n"
    deep = "eu_reference_number: EU.9\nremark: " + "[" * 5000 + "]" * 5000
    code = "eu_reference_number: !!python/object/apply:os.getcwd []\n"
    (found,) = tables({"d/a.yaml": made.EU_YAML, "d/b.yaml": bomb, "d/c.yaml": deep, "d/d.yaml": code})
    assert isinstance(found, Table)
    assert found.size == 1
    assert [n.message.split(",")[0] for n in found.notices] == ["d/b.yaml", "d/c.yaml", "d/d.yaml"]


def test_utf16_marks_and_other_line_ends() -> None:
    plain = table("a.csv", made.GED_14)
    for raw in (made.GED_14.encode("utf-16"), b"\xef\xbb\xbf" + made.GED_14.replace("\n", "\r\n").encode()):
        again = table("a.csv", raw)
        assert again.events is not None
        assert plain.events is not None
        assert again.events.rows == plain.events.rows


ALL = [made.GED_14, made.GED_41, made.ACLED, made.DYADIC, made.EU_XML, made.UN_XML, made.SDN, made.FTM, made.EU_YAML]
ALL += [made.EU_CSV, made.OPENSANCTIONS, made.CLAIM_REVIEW, made.FEED, made.TOOLS]


@settings(max_examples=150, deadline=None)
@given(content=st.sampled_from(ALL), at=st.floats(0, 1), junk=st.binary(max_size=12))
def test_damaged_tables_are_read_or_refused(content: str, at: float, junk: bytes) -> None:
    raw = content.encode()
    place = int(at * len(raw))
    for found in tables({"t": raw[:place] + junk + raw[place + len(junk) :]}):
        assert isinstance(found, Table | SaysoError)
