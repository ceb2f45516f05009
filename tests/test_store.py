"""A case keeps ledgers whole and finds their claims."""

from __future__ import annotations

import calendar
import itertools
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import BadQuery, NotFound
from sayso.query import Query
from sayso.records import Ledger
from sayso.store import Store
from tests.kept import NOW, a_claim, a_ledger, an_article, assert_sound, found, said
from tests.strategies import ledgers

# ---- keeping ----


@settings(max_examples=40, deadline=None)  # each makes a file
@given(ledger=ledgers())
def test_a_ledger_comes_back_as_it_went_in(ledger: Ledger) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "a.case")
        with Store.open(case, create=True) as store:
            assert store.save(ledger, added_at=NOW)
        with Store.open(case, create=False) as store:
            assert store.ledger(ledger.document.ref.id) == ledger
            (kept,) = store.documents()
            assert (kept.document, kept.added_at, kept.claims) == (ledger.document.ref, NOW, len(ledger.claims))
            assert sum(len(batch) for batch in store.claims(Query())) == len(ledger.claims)
        assert_sound(case)


def test_adding_again_changes_nothing(store: Store) -> None:
    first = a_ledger(1, claims=3)
    assert store.save(first, added_at=NOW)
    assert not store.save(a_ledger(1, claims=9), added_at="2027-01-01T00:00:00Z")
    assert store.ledger(first.document.ref.id) == first
    assert [kept.added_at for kept in store.documents()] == [NOW]


def test_has(store: Store) -> None:
    store.save(a_ledger(1), added_at=NOW)
    assert store.has(an_article(1).ref.id)
    assert not store.has(an_article(2).ref.id)


def test_a_document_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound, match="d404"):
        store.ledger("d404")


def test_a_ledger_that_cannot_be_kept_whole_leaves_nothing(store: Store, case: Path) -> None:
    document = an_article(1)
    twice = a_claim(document, "The bridge is safe")
    with pytest.raises(sqlite3.IntegrityError):  # two claims of one id: our own bug, so it crashes
        store.save(Ledger(document=document, claims=(twice, twice)), added_at=NOW)
    assert not store.has(document.ref.id)
    assert store.save(Ledger(document=document, claims=(twice,)), added_at=NOW)
    assert_sound(case)


# ---- searching ----

BRIDGE = "The bridge is safe"
FARES = "Fares AND tolls rise"
FERRY = "The ferry doesn't sail"
DOCKERS = "Nobody asked the dockers"


@pytest.fixture
def library(store: Store) -> Store:
    late = an_article(1, published="2016-05-01", outlet="The Harbour Post")
    early = an_article(2, published="2014-06-30")
    undated = an_article(3)
    for document, claims in {
        late: (a_claim(late, FERRY, "José Ramírez", at=7, said_at=said("2015")), a_claim(late, FARES, None, at=3)),
        undated: (a_claim(undated, DOCKERS, "a harbour official"),),
        early: (a_claim(early, BRIDGE),),
    }.items():
        store.save(Ledger(document=document, claims=claims), added_at=NOW)
    return store


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (Query(), [BRIDGE, FARES, FERRY, DOCKERS]),
        (Query(limit=2), [BRIDGE, FARES]),
        (Query(text="the"), [BRIDGE, FERRY, DOCKERS]),
        (Query(text="THE ferry"), [FERRY]),
        (Query(text="ramirez"), [FERRY]),
        (Query(text="insisted"), [BRIDGE, FARES, FERRY, DOCKERS]),
        (Query(text="insist*"), [BRIDGE, FARES, FERRY, DOCKERS]),
        (Query(text="insist"), []),
        (Query(text='"bridge is"'), [BRIDGE]),
        (Query(text='"is bridge"'), []),
        (Query(text="doesn’t"), [FERRY]),
        (Query(text="bridge OR ferry"), []),
        (Query(text="fares AND"), [FARES]),
        (Query(text="content:bridge"), []),
        (Query(source="ANN"), [BRIDGE]),
        (Query(source="ramirez, an"), [FERRY]),
        (Query(source="%"), []),
        (Query(outlet="harbour post"), [FARES, FERRY]),
        (Query(document="d0000000000000002"), [BRIDGE]),
        (Query(document="0000000000000002"), []),
        (Query(document="Desk/3"), [DOCKERS]),
        (Query(kind="authorial"), [FARES]),
        (Query(speech_act="deny"), []),
        (Query(factuality="CT+", limit=1), [BRIDGE]),
        (Query(anonymous=True), [DOCKERS]),
        (Query(unsourced=True), [FARES]),
        (Query(until="2014-06"), [BRIDGE]),
        (Query(since="2015"), [FARES, FERRY]),
        (Query(since="2015", until="2015-03-01"), [FERRY]),
        (Query(text="the", since="2015"), [FERRY]),
    ],
)
def test_a_query_narrows(library: Store, query: Query, wanted: list[str]) -> None:
    assert found(library, query) == wanted


@pytest.fixture(scope="module")
def one_claim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("one") / "a.case", create=True) as store:
        store.save(a_ledger(1, claims=1), added_at=NOW)
        yield store


@given(typed=st.text(alphabet=st.sampled_from("ab\"*'() +-^:{}[]\\NEAR,é漢 \x00𞤀½"), max_size=12) | st.text())
def test_no_search_is_a_syntax_error(one_claim: Store, typed: str) -> None:
    try:
        query = Query(text=typed, source=typed or None)
    except BadQuery:
        return
    assert len(found(one_claim, query)) <= 1


def days(date: str) -> tuple[str, str]:
    """The first and the last day of an ISO date as coarse as it is written."""
    year, month, day = [*date[:10].split("-"), "", ""][:3]
    last_month = month or "12"
    last_day = day or f"{calendar.monthrange(int(year), int(last_month))[1]:02d}"
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{last_month}-{last_day}"


def test_a_coarse_date_stands_for_all_its_days(store: Store) -> None:
    dates = (None, "2013", "2014", "2014-06", "2014-07", "2014-06-30", "2014-06-30T23:10:00+02:00", "2015-01-01")
    times: dict[str, str | None] = {}
    for number, (said_at, published) in enumerate(itertools.product(dates, dates)):
        document = an_article(number, published=published)
        claim = a_claim(document, f"claim {number}", said_at=said(said_at) if said_at else None)
        store.save(Ledger(document=document, claims=(claim,)), added_at=NOW)
        times[f"claim {number}"] = said_at or published
    dated = {claim: days(when) for claim, when in times.items() if when}
    for asked in ("2013", "2014", "2014-06", "2014-06-29", "2014-06-30", "2014-12-31", "2015"):
        first, last = days(asked)
        assert set(found(store, Query(since=asked))) == {claim for claim, when in dated.items() if when[1] >= first}
        assert set(found(store, Query(until=asked))) == {claim for claim, when in dated.items() if when[0] <= last}


def test_many_claims_come_in_batches_and_in_order(store: Store) -> None:
    store.save(a_ledger(1, claims=700), added_at=NOW)
    batches = list(store.claims(Query()))
    assert len(batches) > 1
    assert [claim.content.text for batch in batches for claim in batch] == [f"claim {n}" for n in range(700)]
