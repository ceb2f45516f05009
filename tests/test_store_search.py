"""The narrow rows by which claims are listed: they follow from the records, whatever came first."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import get_args

import pytest

from sayso.case import Case
from sayso.check.findings import Finding, Verdict
from sayso.lexicon import load
from sayso.query import Asked
from sayso.resolve.knowledge import load as load_knowledge
from sayso.store import Catalogue, Store

from .desk import BRIDGE, FERRY
from .kept import NOW, a_ledger


def rows(case: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(case)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def filled(path: Path) -> Path:
    texts = (BRIDGE, BRIDGE.replace("Lantern", "Mirror"), FERRY, "The army attacked the town on Monday, Tom Reyk said.")
    with Case.open(path, create=True) as case:
        for name, text in zip("abcd", texts, strict=True):
            assert list(case.add_bytes(text.encode(), path=name))
        for _ in case.link():
            pass
    return path


def finding(claim: str, verdict: Verdict, query: str = "any") -> Finding:
    return Finding(
        claim=claim, table="t@0", format="t", sha256="0", finding=verdict, query=query, parameters={}, reason="so"
    )


def test_what_is_listed_follows_from_the_records(case: Path) -> None:
    filled(case)
    with Store.open(case, create=False) as store:
        ids = [claim.id for claim in store.ledger(next(store.documents()).document.id).claims]
        store.save_findings([finding(ids[0], "consistent"), finding(ids[0], "partly", "else")], checked_at=NOW)
        store.save_findings([finding(ids[0], "inconsistent")], checked_at=NOW)
    assert rows(case, "SELECT count(*) FROM listed") == rows(case, "SELECT count(*) FROM claim")
    columns = ", ".join(str(name) for (name,) in rows(case, "SELECT name FROM pragma_table_info('listing')"))
    assert rows(case, f"SELECT {columns} FROM listed EXCEPT SELECT * FROM listing") == []  # noqa: S608 - ours
    assert rows(case, "SELECT findings FROM listed WHERE findings > 0") == [(2 | 4,)]
    assert rows(case, "SELECT count(*) FROM listed WHERE origins IS NOT NULL") != [(0,)]
    named = "SELECT DISTINCT name.seq, role, claim FROM claim_party JOIN name ON name.text = claim_party.text"
    assert rows(case, f"{named} ORDER BY 1, 2, 3") == rows(case, "SELECT * FROM party ORDER BY 1, 2, 3") != []


def test_every_type_of_event_and_every_finding_has_its_bit(store: Store) -> None:
    def known(facet: str) -> set[str]:
        return {value for (value,) in store.rows("SELECT value FROM bit WHERE facet = ?", (facet,))}

    assert known("finding") == set(get_args(Verdict))
    assert known("event") == set(load_knowledge(load()).ontology.kinds)
    ((bits, distinct),) = store.rows("SELECT count(*), count(DISTINCT facet || bit) FROM bit")
    assert bits == distinct


def test_counts_are_made_anew_when_another_has_written(case: Path) -> None:
    with Store.open(case, create=True) as one, Store.open(case, create=False) as other:
        catalogue = Catalogue(one)
        assert catalogue.counts(Asked()).number == 0
        other.save(a_ledger(1, claims=3), added_at=NOW)
        assert catalogue.counts(Asked()).number == 3
        one.save(a_ledger(2, claims=4), added_at=NOW)
        assert catalogue.counts(Asked()).number == 7
        assert catalogue.totals() == (2, 7)


def test_a_search_with_too_many_hits_lists_the_last_and_says_so(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(case, create=True) as store:
        store.save(a_ledger(1, claims=9), added_at=NOW)
        assert not Catalogue(store).counts(Asked(text="claim")).passed_over
        monkeypatch.setattr("sayso.store.narrow.LOOKED", 4)
        catalogue = Catalogue(store)
        counts = catalogue.counts(Asked(text="claim", sort="score"))
        assert (counts.number, counts.passed_over) == (4, True)
        found = catalogue.page(Asked(text="claim"), size=9).claims
        assert [claim.content.text for claim in found] == ["claim 5", "claim 6", "claim 7", "claim 8"]


def test_a_party_of_many_claims_is_found_as_one_of_few(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(filled(case), create=False) as store:
        few = [claim.id for claim in Catalogue(store).page(Asked(party="ARMY"), size=99).claims]
        assert few
        monkeypatch.setattr("sayso.store.narrow._DENSE", 1)
        assert [claim.id for claim in Catalogue(store).page(Asked(party="ARMY"), size=99).claims] == few
