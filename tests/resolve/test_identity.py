from __future__ import annotations

import itertools
from datetime import date

import msgspec
import pytest
from eval.aliases import shipped

from sayso.resolve.aliases import identity
from sayso.resolve.aliases.identity import CaseEntity, DocumentEntity, case_entities, groups, read
from sayso.resolve.aliases.records import Context

SHIPPED = shipped()
SYRIA = Context(tags=frozenset({"syria"}))


def an_entity(document: str, name: str, **fields: object) -> DocumentEntity:
    given = {"document": document, "id": f"{document}-{name}", "name": name, "on": date(2014, 6, 1), **fields}
    return msgspec.convert(given, DocumentEntity)


def together(*entities: DocumentEntity) -> tuple[CaseEntity, ...]:
    return case_entities(groups(read(entity, SHIPPED, frozenset({"Dr", "Gen"})) for entity in entities))


def are_one(*entities: DocumentEntity) -> bool:
    return len(together(*entities)) == 1


def may_be_one(one: DocumentEntity, other: DocumentEntity) -> bool:
    found = together(one, other)
    return len(found) == 2 and found[0].possibly != () and found[0].possibly[0].id == found[1].id


def test_names_of_one_table_entity_are_one_and_keep_their_forms() -> None:
    (case,) = together(
        an_entity("a", "ISIS"), an_entity("b", "Daesh"), an_entity("c", "the Islamic State", on=date(2015, 1, 1))
    )
    assert case.known == "islamic-state"
    assert case.names == ("Daesh", "ISIS", "the Islamic State")
    assert [document for document, _ in case.members] == ["a", "b", "c"]


def test_one_name_before_and_after_a_change_is_two() -> None:
    before, after = an_entity("a", "Syrian government"), an_entity("b", "Syrian government", on=date(2025, 6, 1))
    assert {case.known for case in together(before, after)} == {"syria-government-until-2024", "syria-government"}


def test_predecessor_and_successor_are_never_one() -> None:
    assert (
        len(together(an_entity("a", "Nusra Front"), an_entity("b", "Jabhat Fateh al-Sham", on=date(2016, 9, 1)))) == 2
    )


def test_a_name_in_doubt_is_possibly_the_one_it_may_stand_for() -> None:
    sure, doubtful = an_entity("a", "Free Syrian Army"), an_entity("b", "FSA")
    assert may_be_one(sure, doubtful)
    assert are_one(sure, an_entity("b", "FSA", context=SYRIA))


def test_a_full_name_is_one_person_if_nothing_speaks_against_it() -> None:
    assert are_one(an_entity("a", "Lenna Ombry", type="person"), an_entity("b", "Dr. Lenna Ombry", type="person"))
    assert are_one(an_entity("a", "Lenna K. Ombry", type="person"), an_entity("b", "Lenna Ombry", type="person"))
    assert are_one(an_entity("a", "Lenna K. Ombry", type="person"), an_entity("b", "Lenna Kay Ombry", type="person"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Kim Ombry", "gender": "f"}, {"name": "Kim Ombry", "gender": "m"}),
        ({"name": "Kim A. Ombry"}, {"name": "Kim B. Ombry"}),
        ({"name": "Kim Ombry Sr."}, {"name": "Kim Ombry Jr."}),
        ({"name": "Kim Ombry", "on": date(1920, 1, 1)}, {"name": "Kim Ombry", "on": date(2014, 1, 1)}),
    ],
)
def test_what_speaks_against_one_person(one: dict[str, object], other: dict[str, object]) -> None:
    first, second = (
        an_entity(document, type="person", **fields)  # type: ignore[arg-type] # the name is a string
        for document, fields in (("a", one), ("b", other))
    )
    found = together(first, second)
    assert len(found) == 2
    assert all(case.possibly == () for case in found)


def test_who_fits_two_is_neither_and_may_be_both() -> None:
    found = together(
        an_entity("a", "Kim Ombry", type="person", gender="f"),
        an_entity("b", "Kim Ombry", type="person", gender="m"),
        an_entity("c", "Kim Ombry", type="person"),
    )
    assert len(found) == 3
    (open_,) = [case for case in found if case.members[0][0] == "c"]
    assert {possible.id for possible in open_.possibly} == {case.id for case in found} - {open_.id}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ombry", "Lenna Ombry"),
        ("Ombry", "Ombry"),
        ("Sami bin Dahl", "Sami bin Dahl Tarek"),
        ("Viktor Zelenko", "Victor Zelenko"),
    ],
)
def test_what_is_only_possible(one: str, other: str) -> None:
    assert may_be_one(an_entity("a", one, type="person"), an_entity("b", other, type="person"))


@pytest.mark.parametrize(
    ("one", "other"), [("Lenna Ombry", "Ruvo Ombry"), ("Lenna Ombry", "Lenna Tarnack"), ("Ann Lee", "Ann Li")]
)
def test_who_is_somebody_else(one: str, other: str) -> None:
    found = together(an_entity("a", one, type="person"), an_entity("b", other, type="person"))
    assert [case.possibly for case in found] == [(), ()]


def test_a_person_is_no_firm() -> None:
    assert (
        len(
            together(an_entity("a", "Ruvo Tarnack", type="person"), an_entity("b", "Ruvo Tarnack", type="organisation"))
        )
        == 2
    )


def test_organisations_of_one_full_name_are_one_and_acronyms_are_not() -> None:
    assert are_one(
        an_entity("a", "Quay Trust", type="organisation"), an_entity("b", "the Quay Trust", type="organisation")
    )
    assert may_be_one(an_entity("a", "QTX", type="organisation"), an_entity("b", "QTX", type="organisation"))
    assert are_one(
        an_entity("a", "QTX", type="organisation", mentions=["Quay Trust Exchange"]),
        an_entity("b", "Quay Trust Exchange", type="organisation"),
    )


@pytest.mark.parametrize("fields", [{"anonymous": True}, {}])
def test_who_is_not_named_stays_alone(fields: dict[str, object]) -> None:
    found = together(an_entity("a", "a senior official", **fields), an_entity("b", "a senior official", **fields))
    assert [case.possibly for case in found] == [(), ()]


CAST = (
    an_entity("a", "Lenna Ombry", type="person"),
    an_entity("b", "Lenna Ombry", type="person"),
    an_entity("c", "Ombry", type="person"),
    an_entity("d", "Lenna Ombry", type="person", gender="f"),
    an_entity("b", "FSA"),
    an_entity("d", "Free Syrian Army"),
)


def test_the_order_of_documents_does_not_matter() -> None:
    expected = together(*CAST)
    assert all(together(*order) == expected for order in itertools.islice(itertools.permutations(CAST), 0, None, 47))


def test_a_further_document_leaves_the_ids() -> None:
    few = {case.id for case in together(*CAST)}
    assert few <= {
        case.id for case in together(*CAST, an_entity("z", "Lenna Ombry", type="person"), an_entity("z", "Hamas"))
    }


def the_same(name: str, number: int, **fields: object) -> tuple[DocumentEntity, ...]:
    return tuple(an_entity(f"d{n:03}", name, **fields) for n in range(number))


@pytest.mark.parametrize("name", ["Ombry", "QTX"])
def test_many_documents_with_one_short_name_ask_about_as_many_pairs_and_not_their_square(name: str) -> None:
    kind = "person" if name == "Ombry" else "organisation"
    found = together(*the_same(name, 60, type=kind))
    pairs = {frozenset((case.id, possible.id)) for case in found for possible in case.possibly}
    assert len(pairs) == 59
    assert all(case.possibly for case in found)


def test_one_of_many_short_names_is_asked_about_with_a_full_name_for_all() -> None:
    short = the_same("Ombry", 20, type="person")
    found = {case.id: case for case in together(*short, an_entity("z", "Lenna Ombry", type="person"))}
    (full,) = [case for case in found.values() if case.name == "Lenna Ombry"]
    (asked,) = full.possibly
    assert asked.reason == "the same surname"
    assert len(found[asked.id].possibly) == 20  # and the other nineteen with it


def test_who_is_told_apart_from_the_rest_is_asked_about_with_others() -> None:
    short = the_same("Ombry", 3, type="person")
    made = groups(read(entity, SHIPPED) for entity in (*short, an_entity("z", "Lenna Ombry", type="person")))
    (full,) = [group for group in made if group.words == ("lenna", "ombry")]
    asked, answered = set[frozenset[str]](), set[frozenset[str]]()
    while questions := {
        frozenset((case.id, possible.id)) for case in case_entities(made, answered) for possible in case.possibly
    }:
        answered.add(min(questions, key=sorted))
        asked |= questions
    assert asked == {frozenset(pair) for pair in itertools.combinations([group.id for group in made], 2)}
    assert full.id in {id_ for pair in asked for id_ in pair}


def test_members_of_one_name_that_nothing_tells_apart_are_not_compared_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = itertools.count()
    against = identity._against
    monkeypatch.setattr(identity, "_against", lambda one, other: (next(compared), against(one, other))[1])
    assert are_one(*the_same("Lenna Ombry", 200, type="person"))
    assert next(compared) < 10
