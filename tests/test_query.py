from __future__ import annotations

import pytest

from sayso.errors import BadQuery
from sayso.query import Query, Term, terms, unclosed


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("safe bridge", [("safe", False), ("bridge", False)]),
        ('"the bridge" safe', [("the bridge", False), ("safe", False)]),
        ("“the bridge”", [("the bridge", False)]),
        ("engin*", [("engin", True)]),
        ('"chief engin"*', [("chief engin", True)]),
        ("a*b", [("a*b", False)]),
        ('"never closed', [('"never', False), ("closed", False)]),
        ("fish & chips - *", [("fish", False), ("chips", False)]),
        ("NOT near(x)", [("NOT", False), ("near(x)", False)]),
    ],
)
def test_terms(typed: str, wanted: list[tuple[str, bool]]) -> None:
    assert terms(typed) == tuple(Term(words, prefix) for words, prefix in wanted)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("text", "*** — !", "nothing to search for"),
        ("text", "", "is empty"),
        ("text", "bri\x00dge", "no text"),
        ("source", "\udcff", "no text"),
        ("source", "  ", "is empty"),
        ("since", "last week", "write 2014, 2014-06 or 2014-06-21"),
        ("since", "2014-6", "is no date"),
        ("until", "2014-02-30", "is no date"),
        ("until", "2014-13", "is no date"),
        ("until", "2014-06-21T10:00", "is no date"),
        ("limit", 0, "give 1 or more"),
    ],
)
def test_what_cannot_be_understood_is_one_clear_line(field: str, value: object, says: str) -> None:
    with pytest.raises(BadQuery, match=says) as caught:
        Query(**{field: value})  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_a_time_that_ends_before_it_begins_is_a_mistake() -> None:
    with pytest.raises(BadQuery, match="later than until"):
        Query(since="2015", until="2014-12-31")
    Query(since="2014-12-31", until="2014")  # one day of that year


def test_an_event_that_there_is_not_is_refused_with_those_there_are() -> None:
    Query(event="ASSAULT/drone")
    with pytest.raises(BadQuery, match=r"'attack' is no type of event.*ASSAULT \(violence\)") as caught:
        Query(event="attack")
    assert "\n" not in str(caught.value)
    with pytest.raises(BadQuery, match=r"of COERCE there is .*COERCE/curfew"):
        Query(event="COERCE/drone")
    with pytest.raises(BadQuery, match="AGREE alone"):
        Query(event="AGREE/visit")


@pytest.mark.parametrize(("text", "odd"), [('"the lock', True), ("“the lock” gate”", True), ('"the lock" gate', False)])
def test_a_quotation_mark_that_is_never_closed_is_told(text: str, odd: bool) -> None:  # noqa: FBT001 - what is expected
    notice = unclosed(text)
    assert (notice is not None and "never closed" in notice) == odd
    Query(text=text)  # and it is searched all the same
