"""The desk: what waits leads to exactly that; decisions on who is one reach the links; an empty case can be filled.

In:   invented articles, served.   Out: failures.
Knows nothing of: browsers.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from sayso.case import Case
from tests.desk import BRIDGE, FERRY
from tests.serve.client import a_case, at_desk, csrf, post
from tests.test_decided_links import FENN, VOSS


def data(client: TestClient, path: str) -> Any:
    return client.get(path).json()


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def done(client: TestClient, path: str) -> dict[str, Any]:
    for _ in range(1200):
        job: dict[str, Any] = data(client, f"{path}.json")
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError("the work does not end")


def test_the_claims_that_wait_are_counted_and_the_link_leads_to_exactly_those(tmp_path: Path) -> None:
    with at_desk(a_case(tmp_path / "harbour.case", BRIDGE, FERRY), reviewer="Ann") as ann:
        claims = [c["id"] for c in data(ann, "/claims.json")["claims"]]
        post(ann, "/review/judge", act="accept", claims=claims[0])
        post(ann, "/review/judge", act="unsure", claims=claims[1])
        found = data(ann, "/index.json")["review"]
        assert found == {"unreviewed": len(claims) - 2, "unsure": 1}
        page = ann.get("/").text
        assert f'<a href="/review">{len(claims) - 1} claims wait for review</a>' in page
        assert '<a href="/review?state=unsure">1 left open</a>' in page
        queue = data(ann, "/review.json")
        assert queue["number"] == len(claims) - 1
        assert {item["claim"]["id"] for item in queue["items"]} == set(claims) - {claims[0]}
        for claim in claims:
            post(ann, "/review/judge", act="accept", claims=claim)
        assert data(ann, "/index.json")["review"] == {}
        assert "No claim waits for review." in text(ann.get("/").text)


def test_two_sources_put_together_on_the_page_are_one_origin_after_comparing_again(tmp_path: Path) -> None:
    path = a_case(tmp_path / "dam.case", FENN, VOSS)
    with Case.open(path) as case:
        list(case.link())
    with at_desk(path, reviewer="Ida Brandt") as client:
        entities = {e["name"]: e["id"] for e in data(client, "/entities.json")["entities"]}
        fenn, voss = (f"/entities/{entities[name]}" for name in ("Ida Fenn", "Hanna Voss"))
        claim = data(client, f"{fenn}.json")["says"][0]["id"]
        assert origins(client, claim) == (2, 2)
        assert data(client, "/sources/Ida%20Fenn.json")["source"]["shared"] == 1
        post(client, f"{fenn}/are", are="one", name="Hanna Voss", why="she married")
        for view in (f"/claims/{claim}", fenn, voss, "/links", "/sources", "/sources/Ida%20Fenn", "/hypotheses"):
            assert "links are older than 1 decision on who is one" in text(client.get(view).text), view
        assert "1 decision on who is one came after the links" in text(client.get("/").text)
        assert data(client, f"/claims/{claim}.json")["waits"] == {"documents": 0, "decisions": 1, "ruled": 0}
        assert origins(client, claim) == (2, 2)
        job = done(client, post(client, "/link", back=f"/claims/{claim}").url.path)
        assert [(line["text"], line["to"]) for line in job["lines"]] == [
            ("1 decision was taken in: origins are counted anew", f"/claims/{claim}")
        ]
        assert origins(client, claim) == (1, 1)
        page = text(client.get(f"/claims/{claim}").text)
        assert "Counted as one: both are Hanna Voss, as Ida Brandt decided" in page
        assert "links are older" not in page
        merged = data(client, "/sources/Ida%20Fenn.json")["source"]
        assert (len(merged["claims"]), merged["shared"]) == (2, 0)
        assert facet(client, "origins") == {"1": 2}
        post(client, "/decisions/1/undo", back=fenn)
        done(client, post(client, "/link").url.path)
        assert origins(client, claim) == (2, 2)


def origins(client: TestClient, claim: str) -> tuple[int, int]:
    found = data(client, f"/claims/{claim}.json")["cluster"]["origins"]
    return found["low"], found["high"]


def facet(client: TestClient, name: str) -> dict[str, int]:
    (one,) = [f for f in data(client, "/claims.json")["facets"] if f["name"] == name]
    return {value["value"]: value["number"] for value in one["values"] if value["value"] != "alone"}


def test_comparing_leads_nowhere_else(tmp_path: Path) -> None:
    with at_desk(a_case(tmp_path / "dam.case", FENN, VOSS)) as client:
        job = done(client, post(client, "/link", back="https://elsewhere.example/").url.path)
        assert job["lines"][0]["to"] == "/"


def test_an_empty_case_offers_the_sample_articles_and_one_with_documents_does_not(tmp_path: Path) -> None:
    with at_desk(a_case(tmp_path / "new.case")) as client:
        assert 'action="/example"' in client.get("/").text
        assert client.post("/example", data={}).status_code == 403
        job = done(client, post(client, "/example").url.path)
        assert job["state"] == "done"
        assert len(job["lines"]) == 12
        found = data(client, "/index.json")
        assert (found["documents"], found["unlinked"]) == (11, 0)
        assert 'action="/example"' not in client.get("/").text
        refused = client.post("/example", data={"csrf": csrf(client)}, headers={"accept": "application/json"})
        assert refused.status_code == 400
        assert "for an empty one" in refused.json()["error"]


def test_the_newest_come_by_day_then_as_they_were_added_and_each_document_in_its_order(tmp_path: Path) -> None:
    days = ("2031-05-06", None, "2031-05-07T23:00:00Z", "2031-05-07", "2031-05")
    articles = [
        (f"---\npublished: {day}\n---\n" if day else "")
        + f"Ann Lee said that pier {n} was shut. Tom Reyk denied that mole {n} was safe.\n"
        for n, day in enumerate(days)
    ]
    with at_desk(a_case(tmp_path / "newest.case", *articles)) as client:
        found = [c["content"]["text"] for c in data(client, "/claims.json?sort=newest")["claims"]]
        numbers = [int(re.search(r"\d", words)[0]) for words in found]  # type: ignore[index]
        assert list(dict.fromkeys(numbers)) == [3, 2, 0, 4, 1]  # of one day that which was added last; no date last
        assert ["pier" in words for words in found] == [True, False] * len(days)
