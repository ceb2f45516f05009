"""The list of claims: what narrows it, what is counted, its pages, what was saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.query import Query
from sayso.store import Store
from tests.desk import BRIDGE, FERRY
from tests.serve.client import a_case, at_desk, post


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_case(tmp_path_factory.mktemp("claims") / "harbour.case", BRIDGE, FERRY)


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[TestClient]:
    with at_desk(path, reviewer="Ida") as client:
        yield client


def asked(client: TestClient, **query: Any) -> dict[str, Any]:
    answer = client.get("/claims.json", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def facet(found: dict[str, Any], name: str) -> dict[str, int]:
    (one,) = [f for f in found["facets"] if f["name"] == name]
    return {value["value"]: value["number"] for value in one["values"]}


def test_the_list_has_the_claims_that_the_command_line_has(client: TestClient, path: Path) -> None:
    with Store.open(path, create=False) as store:
        all_of_them = [claim.id for batch in store.claims(Query()) for claim in batch]
    found = asked(client)
    assert [claim["id"] for claim in found["claims"]] == all_of_them
    assert found["number"] == len(all_of_them)
    assert not found["more"]


def test_words_are_searched_and_what_does_not_fit_teaches(client: TestClient) -> None:
    assert {c["source"]["name"] for c in asked(client, q="ferry sunk")["claims"]} == {"Tom Reyk"}
    page = client.get("/claims", params={"q": "zebra"}).text
    assert "No claim fits all of this" in page


def test_every_count_is_what_its_filter_finds(client: TestClient) -> None:
    found = asked(client)
    narrowed = 0
    for one in found["facets"]:
        for value in one["values"]:
            assert asked(client, **{one["name"]: value["value"]})["number"] == value["number"], value
            narrowed += 1
    assert narrowed > 15


def test_values_of_one_facet_are_alternatives_and_facets_narrow(client: TestClient) -> None:
    sources = facet(asked(client), "source")
    both = asked(client, source=["Tom Reyk", "Residents"])
    assert both["number"] == sources["Tom Reyk"] + sources["Residents"]
    assert facet(both, "source")["Ann Lee"] == sources["Ann Lee"]
    assert asked(client, source="Tom Reyk", act="deny")["number"] == 1


def test_a_piece_of_a_name_is_enough_whatever_its_case(client: TestClient) -> None:
    assert {c["source"]["name"] for c in asked(client, by="REYK")["claims"]} == {"Tom Reyk"}


def test_days_narrow(client: TestClient) -> None:
    early, late = asked(client, until="2031-06")["number"], asked(client, since="2031-06")["number"]
    assert early
    assert late
    assert early + late == asked(client)["number"]


@pytest.mark.parametrize("counted", [3, 10_000])
@pytest.mark.parametrize("sort", ["oldest", "newest", "score"])
def test_pages_go_through_the_whole_list_once(
    path: Path, monkeypatch: pytest.MonkeyPatch, sort: str, counted: int
) -> None:
    monkeypatch.setattr("sayso.store.search.COUNTED", counted)
    with at_desk(path) as client:
        whole = [claim["id"] for claim in asked(client, sort=sort)["claims"]]
        monkeypatch.setattr("sayso.serve.claims.PAGE", 2)
        seen: list[str] = []
        address: str | None = f"/claims?sort={sort}"
        while address:
            page = client.get(address.replace("/claims", "/claims.json")).json()
            seen += [claim["id"] for claim in page["claims"]]
            address = page["next"]
    assert seen == whole
    assert len(set(seen)) == len(seen) > 6


def test_counts_that_are_capped_say_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.store.search.COUNTED", 3)
    found = asked(client, sort="newest", kind=["direct", "indirect", "mixed", "authorial"])
    assert (found["number"], found["more"]) == (3, True)
    page = client.get("/claims", params={"sort": "newest", "kind": ["direct", "indirect", "mixed", "authorial"]}).text
    assert "more than 3 claims" in page
    assert "Counted over 3 of them" in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"since": "yesterday"}, "is no date"),
        ({"q": "()"}, "nothing to search for"),
        ({"sort": "price"}, "there is no order"),
        ({"after": "%%%"}, "first page"),
        ({"after": "WzEsMl0="}, "first page"),
        ({"since": "2032", "until": "2031"}, "later than"),
    ],
)
def test_what_cannot_be_asked_is_said_and_is_no_crash(client: TestClient, query: dict[str, str], told: str) -> None:
    answer = client.get("/claims", params=query)
    assert answer.status_code == 400
    assert told in answer.text


@pytest.mark.parametrize(
    "query", [{"source": "nobody"}, {"event": "NONE"}, {"origins": "9"}, {"finding": "x"}, {"document": "d0"}]
)
def test_values_that_are_not_there_find_nothing(client: TestClient, query: dict[str, str]) -> None:
    assert asked(client, **query)["claims"] == []


def test_a_search_is_kept_with_the_name_of_who_kept_it_and_dropped(client: TestClient) -> None:
    answer = post(client, "/claims/save", name="Denials", query="act=deny")
    assert answer.url.path == "/claims"
    assert answer.url.query == b"act=deny"
    (saved,) = asked(client)["saved"]
    assert (saved["name"], saved["query"], saved["by"]) == ("Denials", "act=deny", "Ida")
    assert 'href="/claims?act=deny"' in client.get("/claims").text
    post(client, "/claims/forget", name="Denials")
    assert asked(client)["saved"] == []


def test_links_and_findings_are_counted_when_they_come(tmp_path: Path) -> None:
    again = BRIDGE.replace("The Karsk Lantern", "The Sund Mirror").replace("2031-05-06", "2031-05-07")
    with at_desk(a_case(tmp_path / "two.case", BRIDGE, again)) as client:
        before = asked(client)
        assert facet(before, "origins") == {"alone": before["number"]}
        job = post(client, "/link").url.path
        while client.get(f"{job}.json").json()["state"] != "done":
            pass
        origins = facet(asked(client), "origins")
        assert origins["1"] > 0
        assert sum(origins.values()) == before["number"]
        assert asked(client, sort="origins")["number"] == before["number"] - origins.get("alone", 0)


def test_short_words_are_shown_with_what_stands_around_them(tmp_path: Path) -> None:
    text = "The union said the ministry had closed the old bridge to all lorries. The ministry denied it on Monday."
    with at_desk(a_case(tmp_path / "short.case", text)) as client:
        found = asked(client, act="deny")
        (claim,) = found["claims"]
        around = found["around"][claim["id"]]
        assert around["before"].endswith("The ministry denied ")
        assert "closed the old bridge" in around["before"]
        assert around["after"].startswith(" on Monday")
        assert "closed the old bridge" in client.get("/claims", params={"act": "deny"}).text


def test_the_claims_of_one_document_are_a_list_of_their_own(client: TestClient) -> None:
    (row,) = client.get("/documents.json", params={"q": "lantern"}).json()["documents"]
    found = asked(client, document=row["document"]["id"])
    assert found["number"] == row["claims"]
    page = client.get("/claims", params={"document": row["document"]["id"]}).text
    assert "document: The bridge at Karsk" in page
