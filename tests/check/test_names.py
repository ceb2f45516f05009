"""A name on a list: certain, possible, or another."""

from __future__ import annotations

import pytest

from sayso.check.cutting import name_words
from sayso.check.names import Names
from sayso.check.tables.rows import Designation
from sayso.check.words import check_words

WORDS = check_words().names


def names(*rows: Designation) -> Names:
    return Names(rows, WORDS)


def person(name: str, *more: str, weak: tuple[str, ...] = ()) -> Designation:
    return Designation(row=name, names=(name, *more), weak=weak, type="person", authority="EU")


LIST = names(
    person("KHALIDOV, Timur"),
    person("Mohamed Hamchar", weak=("Ferry Man",)),
    person("Abd al-Rahman Yasinov"),
    person("Pia Maria Holm"),
    person("Oleksandr Reyk"),
    Designation(row="O1", names=("KARSK HARBOUR TRADING LLC",), type="organisation", authority="EU"),
    Designation(row="O2", names=("ANSARQUAY",), type="organisation", authority="EU"),
)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("Timur Khalidov", "KHALIDOV, Timur"),
        ("Dr Timur Khalidov", "KHALIDOV, Timur"),
        ("Muhammad Hamshar", "Mohamed Hamchar"),
        ("Abdulrahman Yasinov", "Abd al-Rahman Yasinov"),
        ("Abdel Rahman Yasinov", "Abd al-Rahman Yasinov"),
        ("Aleksander Reyk", "Oleksandr Reyk"),
        ("Karsk Harbour Trading", "O1"),
        ("Ansar Quay", "O2"),
        ("the Ansarquay", "O2"),
    ],
)
def test_certain(name: str, row: str) -> None:
    found = LIST.find(name)
    assert [(m.designation.row, m.certain) for m in found] == [(row, True)]


@pytest.mark.parametrize(
    ("name", "row", "why"),
    [
        ("T. Khalidov", "KHALIDOV, Timur", "an initial only"),
        ("Pia Holm", "Pia Maria Holm", "a part of the name is left out"),
        ("Timur Khalibov", "KHALIDOV, Timur", "spelled much alike"),
        ("Ferry Man", "Mohamed Hamchar", "the list itself calls this name weak"),
    ],
)
def test_possible_with_its_reason(name: str, row: str, why: str) -> None:
    (found,) = LIST.find(name)
    assert (found.designation.row, found.certain, found.reason) == (row, False, why)


@pytest.mark.parametrize(
    "name",
    [
        "Khalidov",
        "Timur Hamchar",
        "Timur Sund",
        "Pia Maria",
        "Karsk Harbour Bank",
        "Karsk",
        "T. K.",
        "",
        "?!",
        "Mohamed",
    ],
)
def test_others(name: str) -> None:
    assert LIST.find(name) == ()


def test_somebody_of_the_very_name_makes_those_that_sound_like_it_possible() -> None:
    found = names(person("Mira Hamsho"), person("Mira Hamcho")).find("Mira Hamcho")
    assert [(m.designation.row, m.certain) for m in found] == [("Mira Hamcho", True), ("Mira Hamsho", False)]


def test_words_of_a_name_in_the_order_in_which_it_is_spoken() -> None:
    assert name_words("AL-DOHL, Mira (a.k.a. Mi)", WORDS) == ("mira", "dohl")
    assert name_words("Sund Trading Co., Ltd.", WORDS) == ("sund", "trading")


@pytest.mark.parametrize(
    ("one", "other", "certain"),
    [
        ("Ali Akbar Holmi", "Aliakbar Holmi", True),
        ("Ghasem Holmi", "Qasem Holmi", True),
        ("Юрий Орехов", "Yuri Orekhov", True),
        ("JSC Karsk Plant", "Karsk Plant JSC", True),
        ("Holm Pia Maria", "Pia Maria Holm", True),
        ("Omar Khalid Holmi", "Khalid Omar Holmi", None),  # a son may bear his grandfather's name
        ("Omar bin Khalid", "Khalid bin Omar", None),
        ("Nur al-Din Holmi", "Noureddine Holmi", True),
        ("Abderrahmane Holmi", "Abd ar-Rahman Holmi", True),
        ("Zhou Dohlai", "Chou Tohlai", None),
        ("Zhou Enming", "Chou En-ming", False),
        ("Kim Yong-su", "Gim Yeongsu", False),
        ("Kim Yong-su", "Kim Yong-chol", None),
        ("Li Guomin", "Li Guoming", None),
        ("김영수", "Kim Yong-su", False),
        ("محمود حلمي", "Mahmoud Hilmi", False),
        ("محمود حلمي", "محمود حلمي", True),
        ("محمد حلمي", "Mahmoud Hilmi", None),
        ("Αλέξης Τσίρκας", "Alexis Tsirkas", True),
        ("መለስ ዜናዊ", "Meles Zenawi", True),
        ("Александар Јовић", "Aleksandar Jović", True),
        ("Bill Orlec", "William Orlec", False),
        ("Bill Orlec", "Robert Orlec", None),
        ("Karim Holmi", "Karima Holmi", None),
        ("Mira Holmov", "Mira Holmova", False),
        ("Mira Holm (née Reyk)", "Mira Reyk", True),
        ("Pia Holm-Reyk", "Pia Holm", False),
        ("Pia Holm", "Pia Maria", None),
        ("Pavel Holmov", "Pavel Holmovsky", None),
        ("Lars Hansen", "Lars Jansen", None),
        ("Yu. Holmov", "Yuri Holmov", False),
        ("Yu. Holmov", "Yevgeny Holmov", None),
        ("Abu Omar Holmi", "Abu Amr Holmi", None),
        ("George W. Holm", "George H. W. Holm", None),
        ("U Thein Dohl", "Thein Dohl", True),
        ("Elizabeth I", "Elizabeth II", None),
        ("Timur Holmi", "Timur Holm", False),
        ("Hassan Holmi", "Hussein Holmi", None),
        ("Abdul Rahman Holmi", "Abdul Rahim Holmi", None),
        ("Unit 2 of Karsk", "Unit 22 of Karsk", None),
        ("51st Brigade", "52nd Brigade", None),
    ],
)
def test_two_persons(one: str, other: str, certain: bool | None) -> None:  # noqa: FBT001 - a case of the table
    found = names(person(other)).find(one)
    assert [match.certain for match in found] == ([] if certain is None else [certain])


@pytest.mark.parametrize(
    ("one", "other", "certain"),
    [
        ("Fifth Brigade of Karsk", "5th Brigade of Karsk", True),
        ("XII Corps", "12th Corps", True),
        ("Forty-First Army", "41st Army", True),
        ("Sund Star I", "Sund Star 1", True),
        ("1st Battalion, 7th Regiment", "7th Battalion, 1st Regiment", None),
        ("Al Bahr II", "Al Bahr", None),
        ("ODF", "Orlavian Democratic Front", False),
        ("ODF", "Orlavian Defence Council", None),
        ("Karsk Party (Centre)", "Karsk Party (Left Wing)", None),
        ("Karsk Development Fund (KDF)", "Karsk Development Fund", True),
        ("Karsk Party (Left Wing)", "Karsk Party", False),
        ("Volna LLC", "Volna Limited Liability Company", True),
        ("Ministry of Education of Sund", "Ministry of Higher Education of Sund", None),
        ("36th Separate Marine Brigade", "36th Marine Brigade", False),
        ("Sund Spirit", "Sund Sprint", None),
        ("YK-AQA", "YK-AQE", None),
        ("Kharkiv", "Kharkov", False),
        ("Niger Steel", "Nigeria Steel", None),
        ("Lashkar-e-Dohl Front", "Lashkar-i-Dohl Front", True),
    ],
)
def test_two_bodies(one: str, other: str, certain: bool | None) -> None:  # noqa: FBT001 - a case of the table
    found = names(Designation(row="O", names=(other,), type="organisation", authority="EU")).find(one)
    assert [match.certain for match in found] == ([] if certain is None else [certain])


def test_a_given_name_has_one_line_and_short_forms_stand_for_it() -> None:
    spellings = [name for line in WORDS.same.items() for name in (line[0], *line[1])]
    assert len(spellings) == len(set(spellings))
    assert not WORDS.short.keys() & set(spellings)
