"""The pages of claims, sources, entities, links, findings: what the case holds is there, as somebody's, and as data.

In:   the sample articles, served.   Out: failures.
Knows nothing of: browsers.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from starlette.testclient import TestClient

from sayso.case import Case, hedges
from sayso.check.findings import Finding, Verdict
from sayso.links import Contradiction
from sayso.publish import casefile, linked
from tests.serve.client import a_case, at_desk, csrf, post

EXAMPLES = Path("examples").absolute()
HOSTILE = (
    "---\noutlet: '\"><script>alert(1)</script>'\n---\n"
    'Ann <img src=x onerror=alert(2)> Lee said that the "bridge" was closed. Ann Lee said the </script> ferry sank.\n'
)


@pytest.fixture
def desk(talmeer: Path, tmp_path: Path) -> Iterator[TestClient]:
    copy = tmp_path / "talmeer.case"
    copy.write_bytes(talmeer.read_bytes())
    with at_desk(copy, reviewer="Ida Brandt") as client:
        yield client


def data(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[-300:]
    return answer.json()


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_claim_has_its_wordings_origins_and_what_differs(desk: TestClient) -> None:
    cluster = data(desk, "/links.json")["links"][0]
    claim = cluster["claims"][0]
    found = data(desk, f"/claims/{claim}.json")
    assert found["cluster"] == cluster
    page = desk.get(f"/claims/{claim}").text
    assert all(f"/documents/{document}" in page for document in cluster["documents"])
    assert "independent origin" in page
    assert 'class="picture origin-graph"' in page
    assert 'href="#d' not in page  # pictures lead to pages here
    assert "No evidence table was asked about it" in page


def test_a_letter_without_a_reason_comes_back_as_it_was_filled_in(talmeer: Path, tmp_path: Path) -> None:
    copy = tmp_path / "talmeer.case"
    copy.write_bytes(talmeer.read_bytes())
    with at_desk(copy) as client:
        source = next(s for s in data(client, "/sources.json")["sources"] if not s["anonymous"])
        answer = post(client, f"/sources/{source['id']}/grade", letter="C", by="Ida Brandt")
        assert answer.status_code == 400
        assert re.search(r'value="C" required checked', answer.text)
        assert re.search(r'name="why"[^>]*aria-invalid="true" aria-describedby="e-letter"', answer.text)
        assert re.search(r'name="by"[^>]*value="Ida Brandt"', answer.text)
        assert (
            post(client, f"/sources/{source['id']}/grade", letter="C", by="Ida Brandt", why="seen").status_code == 200
        )


def test_what_is_drawn_leads_to_pages(desk: TestClient) -> None:
    claim = data(desk, "/links.json")["links"][0]["claims"][0]
    drawn = 0
    for path in (f"/claims/{claim}", "/links?part=texts"):
        for picture in re.findall(r"<svg .*?</svg>", desk.get(path).text, re.S):
            opened = re.findall(r"<a\b[^>]*>", picture)
            found = [href for tag in opened for href in re.findall(r' href="([^"]*)"', tag)]
            assert len(found) == len(opened) > 0
            assert {desk.get(href).status_code for href in set(found)} == {200}, path
            drawn += 1
    assert drawn == 3


def test_a_claim_is_told_as_somebodys_with_the_chain_to_the_page(desk: TestClient) -> None:
    with_outer = next(c for c in data(desk, "/claims.json")["claims"] if c["via"] and c["source"])
    found = data(desk, f"/claims/{with_outer['id']}.json")
    assert found["outer"][0]["id"] == with_outer["via"]
    page = desk.get(f"/claims/{with_outer['id']}").text
    assert f'href="/claims/{with_outer["via"]}"' in page
    assert with_outer["source"]["name"] in text(page).split("On whose word")[0]


def test_what_differs_is_shown_with_both_passages_marked(desk: TestClient) -> None:
    found = data(desk, "/links.json?part=differences")["links"][0]
    page = desk.get(f"/claims/{found['a']}").text
    assert f'href="/claims/{found["b"]}"' in page
    assert page.count('<mark class="') >= 2


def test_a_source_is_counted_and_its_letter_is_a_persons(desk: TestClient) -> None:
    sources = data(desk, "/sources.json")["sources"]
    assert [len(s["claims"]) for s in sources] == sorted((len(s["claims"]) for s in sources), reverse=True)
    ombry = next(s for s in sources if s["name"] == "Lenna Ombry")
    at = f"/sources/{ombry['id']}"
    assert data(desk, f"{at}.json")["source"] == ombry
    assert data(desk, "/sources/Lenna%20Ombry.json")["source"] == ombry  # by name, too
    assert "nobody has judged it" in desk.get(at).text
    refused = post(desk, f"{at}/grade", letter="B")
    assert refused.status_code == 400
    assert "reason" in refused.text
    graded = post(desk, f"{at}/grade", letter="B", why="the hospital's lists were shown to me")
    assert graded.status_code == 200
    assert "by Ida Brandt" in text(graded.text)
    post(desk, f"{at}/grade", letter="C", why="one list was not")
    found = data(desk, f"{at}.json")
    assert found["source"]["grade"]["what"]["letter"] == "C"
    assert [r["what"]["letter"] for r in found["history"]] == ["C", "B"]
    number = found["history"][0]["number"]
    undone = post(desk, f"/decisions/{number}/undo", back=at)
    assert "the hospital&#39;s lists" in undone.text
    assert data(desk, f"{at}.json")["source"]["grade"]["what"]["letter"] == "B"


def test_sayso_suggests_a_digit_for_what_is_said_and_no_letter(desk: TestClient) -> None:
    found = data(desk, "/sources/Lenna%20Ombry.json")
    assert len(found["suggested"]) == len(found["claims"])
    assert all(one["digit"] in range(1, 7) and one["reasons"] for one in found["suggested"])
    assert sum(found["digits"].values()) == len(found["suggested"])
    assert found["source"]["grade"] is None


def test_who_is_not_named_gets_no_letter(desk: TestClient) -> None:
    unnamed = data(desk, "/sources.json?who=unnamed")["sources"]
    assert unnamed
    assert all(s["anonymous"] for s in unnamed)
    at = f"/sources/{unnamed[0]['id']}"
    assert "no letter is kept" in desk.get(at).text
    assert post(desk, f"{at}/grade", letter="A", why="x").status_code == 400


def test_two_entities_are_put_together_kept_apart_and_split_and_all_of_it_undone(desk: TestClient) -> None:
    pair = data(desk, "/entities/pairs.json")["pairs"][0]
    one, other = pair["one"], pair["other"]
    made = post(desk, f"/entities/{one['id']}/are", are="one", other=other["id"], why="one spelling")
    assert made.status_code == 200
    merged = data(desk, f"/entities/{other['id']}.json")["entity"]  # the old address leads to the new
    assert merged["id"] == one["id"]
    assert len(merged["members"]) == len(one["members"]) + len(other["members"])
    history = data(desk, f"/entities/{one['id']}.json")["history"]
    assert [(r["what"]["kind"], r["by"], r["why"]) for r in history] == [("merge", "Ida Brandt", "one spelling")]
    document = other["members"][0][0]
    if len({d for d, _ in merged["members"]}) > 1:
        assert post(desk, f"/entities/{one['id']}/split", document=document).status_code == 200
        assert document not in {d for d, _ in data(desk, f"/entities/{one['id']}.json")["entity"]["members"]}
        post(desk, "/decisions/2/undo", back=f"/entities/{one['id']}")
    post(desk, "/decisions/1/undo", back="/entities/pairs")
    assert data(desk, "/entities/pairs.json")["pairs"][0] == pair
    post(desk, f"/entities/{one['id']}/are", are="two", other=other["id"])
    assert pair not in data(desk, "/entities/pairs.json")["pairs"]


def test_the_list_of_sources_leads_to_the_pairs_while_there_are_any(desk: TestClient, tmp_path: Path) -> None:
    assert 'href="/entities/pairs"' in desk.get("/sources").text
    with at_desk(a_case(tmp_path / "one.case", "Ann Lee said that the ferry sank.")) as client:
        assert 'href="/entities/pairs"' not in client.get("/sources").text


def test_an_entity_shows_who_says_what_about_whom(desk: TestClient) -> None:
    council = next(e for e in data(desk, "/entities.json?q=council")["entities"] if e["name"] == "Council")
    found = data(desk, f"/entities/{council['id']}.json")
    assert found["says"]
    page = text(desk.get(f"/entities/{council['id']}").text)
    assert "speaks of" in page
    for claim in found["acts"]:
        assert any(e["actor"] for e in claim["events"])


def test_a_name_that_several_have_is_not_guessed(desk: TestClient) -> None:
    council = next(e for e in data(desk, "/entities.json?q=council")["entities"] if e["name"] == "Council")
    refused = post(desk, f"/entities/{council['id']}/are", are="one", name="Nobody Of That Name")
    assert refused.status_code == 400
    assert "no other entity" in refused.text
    assert data(desk, "/entities/pairs.json")["history"] == []


def test_the_parts_of_links_are_all_there(desk: TestClient) -> None:
    numbers = data(desk, "/links.json")["numbers"]
    for part, number in numbers.items():
        found = data(desk, f"/links.json?part={part}")
        assert len(found["links"]) == min(number, 30)
        page = desk.get(f"/links?part={part}").text
        assert "aria-current" in page
    assert 'class="picture citations"' in desk.get("/links?part=texts").text


def test_findings_stand_with_their_rows_and_their_filter_in_words(tmp_path: Path) -> None:
    path = a_case(tmp_path / "asked.case", "Ann Lee said that the ferry sank.", "Tom Reyk said that the pier burned.")
    with Case.open(path) as case:
        claims = list(case.claims())
        case._store.save_findings(
            [a_finding(claims[0].id, "partly"), a_finding(claims[1].id, "consistent")], checked_at="2031-05-06"
        )
    with at_desk(path) as client:
        found = data(client, "/findings.json")
        assert found["verdicts"] == {"consistent": 1, "partly": 1}
        only = data(client, "/findings.json?finding=partly")
        assert [shows["claim"]["id"] for shows in only["findings"]] == [claims[0].id]
        page = text(client.get(f"/claims/{claims[0].id}").text)
        for words in ("Are there events in Sund?", "two rows were found", "row-7", "since 2031", "ferries.csv"):
            assert words in page


def test_a_case_without_findings_says_how_to_make_some(desk: TestClient) -> None:
    assert "sayso check talmeer.case --with" in text(desk.get("/findings").text)


def a_finding(claim: str, verdict: Verdict) -> Finding:
    return Finding(
        claim=claim, table="ferries.csv@0f0f", format="ged", sha256="0f0f", finding=verdict,
        query="Are there events in Sund?",
        parameters={"ask": "exists", "place": "Sund", "since": "since 2031"}, rows=("row-7", "row-9"), matched=2,
        reason="two rows were found",
    )  # fmt: skip


def test_a_case_that_was_not_compared_says_what_to_do(tmp_path: Path) -> None:
    with at_desk(
        a_case(tmp_path / "new.case", EXAMPLES / "01-wire-halyard.txt", EXAMPLES / "02-reprint-uplands-gazette.md")
    ) as client:
        for path in ("/sources", "/entities", "/links", "/hypotheses"):
            page = client.get(path).text
            assert "sayso link new.case" in page, path
            assert 'action="/link"' in page, path
        done = post(client, "/link")
        for _ in range(200):
            if data(client, f"{done.url.path}.json")["state"] == "done":
                break
            time.sleep(0.05)
        assert data(client, "/sources.json")["number"] > 0
        assert "sayso link" not in client.get("/sources").text


@pytest.mark.parametrize(
    "path", ["/sources", "/sources?who=unnamed", "/entities?who=all", "/links?part=texts", "/entities/pairs"]
)
def test_what_articles_hold_never_runs(tmp_path: Path, path: str) -> None:
    case = a_case(tmp_path / "hostile.case", HOSTILE, HOSTILE.replace("sank", "burned"))
    with Case.open(case) as opened:
        list(opened.link())
    with at_desk(case) as client:
        pages = [client.get(path).text]
        pages += [client.get(f"/claims/{claim['id']}").text for claim in data(client, "/claims.json")["claims"]]
        pages += [client.get(f"/sources/{s['id']}").text for s in data(client, "/sources.json")["sources"]]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page


def test_a_ruling_needs_a_name_and_keeps_it_for_the_next(talmeer: Path, tmp_path: Path) -> None:
    copy = tmp_path / "talmeer.case"
    copy.write_bytes(talmeer.read_bytes())
    with at_desk(copy) as client:
        at = "/sources/Lenna%20Ombry"
        assert post(client, f"{at}/grade", letter="B", why="x").status_code == 400
        assert post(client, f"{at}/grade", letter="B", why="x", by="Ole Falk").status_code == 200
        post(client, f"{at}/grade", letter="C", why="y")
        assert [r["by"] for r in data(client, f"{at}.json")["history"]] == ["Ole Falk", "Ole Falk"]


def test_nothing_is_ruled_without_the_token_of_the_form(desk: TestClient) -> None:
    assert csrf(desk)
    refused = desk.post("/sources/Lenna%20Ombry/grade", data={"letter": "B", "why": "x"})
    assert refused.status_code == 403
    assert data(desk, "/sources/Lenna%20Ombry.json")["history"] == []


@pytest.mark.parametrize(
    "path",
    ["/claims/c0", "/sources/no-such-source", "/entities/e0", "/hypotheses/7", "/hypotheses/drafts/x", "/hypotheses/x"],
)
def test_what_is_not_there_is_said_to_be_not_there(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 404
    assert desk.get(f"{path}.json").json()["error"]


def test_tables_that_were_asked_and_showed_nothing_are_told_apart_from_none(tmp_path: Path) -> None:
    (tmp_path / "fires.csv").write_text("id,who,day,where\n1,Reed Guild,2031-05-13,Ostrava Bay\n", encoding="utf-8")
    (tmp_path / "fires.toml").write_text(
        'name = "Fires"\nkind = "events"\ndefinition = ["Fires."]\n'
        '[columns]\nrow = "id"\nside_a = "who"\ndate = "day"\nplaces = ["where"]\n',
        encoding="utf-8",
    )
    path = a_case(tmp_path / "quay.case", "Ann Lee said that the quay was empty.\n")
    with Case.open(path) as case:
        list(case.check([str(tmp_path / "fires.csv")], mappings=[str(tmp_path / "fires.toml")]))
    with at_desk(path) as client:
        page = text(client.get("/findings").text)
    assert "No evidence table was compared" not in page
    assert "Evidence tables were asked" in page
    assert "no claim asked what it could tell" in page


ACCUSED = (
    "Residents accused the Reed Guild of burning the lock house on Friday.\n\n"
    "The Reed Guild denied any involvement.\n\nThe Harbour Guard had arrested Bo Dahl, Ada Roe said.\n"
)


@pytest.fixture
def accused(tmp_path: Path) -> Iterator[TestClient]:
    path = a_case(tmp_path / "lock.case", ACCUSED, "High water is at six, the harbour office said.\n")
    with Case.open(path) as case:
        list(case.link())
    with at_desk(path, reviewer="Ida Brandt") as client:
        yield client


def test_what_is_said_of_somebody_stands_beside_the_denial_with_both_speakers(accused: TestClient) -> None:
    found = data(accused, "/denials.json")
    (pair,) = found["pairs"]
    assert pair["of"] == ["Reed Guild"]
    assert [(d["claim"]["speech_act"], d["claim"]["content"]["text"]) for d in pair["denials"]] == [
        ("deny", "any involvement")
    ]
    page = text(accused.get("/denials").text)
    assert "Residents accuse" in page
    assert "Reed Guild denies" in page


def test_what_nobody_answers_is_a_list_of_its_own(accused: TestClient) -> None:
    found = data(accused, "/denials.json?part=unanswered")
    assert [(pair["of"], pair["denials"]) for pair in found["pairs"]] == [(["Harbour Guard"], [])]
    assert found["numbers"] == {"denied": 1, "unanswered": 1}


def test_a_denial_that_people_rejected_answers_nothing(accused: TestClient) -> None:
    (pair,) = data(accused, "/denials.json")["pairs"]
    (denial,) = pair["denials"]
    post(accused, "/review/judge", act="reject", claims=denial["claim"]["id"])
    assert data(accused, "/denials.json")["pairs"] == []


def test_a_case_without_denials_says_what_that_means(tmp_path: Path) -> None:
    with at_desk(a_case(tmp_path / "calm.case", "Ada Roe said that the tide was high.\n")) as client:
        for part in ("denied", "unanswered"):
            assert 'class="empty"' in client.get(f"/denials?part={part}").text
    with at_desk(a_case(tmp_path / "none.case")) as client:
        assert "holds no documents" in client.get("/timeline").text


def test_a_denial_stands_on_the_page_of_whoever_is_accused(accused: TestClient) -> None:
    guild = data(accused, "/entities.json?q=reed")["entities"][0]
    page = accused.get(f"/entities/{guild['id']}").text
    undergone = page.partition('id="undergoes"')[2].partition("</section>")[0]
    assert "burning the lock house" in undergone
    assert "any involvement" in undergone


def test_the_timeline_draws_documents_that_lead_to_their_pages(desk: TestClient) -> None:
    page = desk.get("/timeline").text
    assert 'class="picture timeline"' in page
    assert f"/documents/{data(desk, '/documents.json')['documents'][0]['document']['id']}" in page
    assert data(desk, "/timeline.json")["documents"] == 11


def test_pairs_that_differ_are_counted_alike_everywhere(desk: TestClient, talmeer: Path) -> None:
    with Case.open(talmeer) as case:
        found = [link for link in case.links() if isinstance(link, Contradiction)]
        ledgers = [case.ledger(kept.document.id) for kept in case.documents()]
        refs = [ledger.document.ref for ledger in ledgers]
        dossier = casefile.render(refs, ledgers, case.links(), hedges, version="0")
        out = io.StringIO()
        linked.render(case.links(), {r.id: r for r in refs}, case.claim, Console(file=out, width=120))
    differ = [pair for pair in found if pair.relation != "refines"]
    assert 0 < len(differ) < len(found)
    numbers = data(desk, "/links.json")["numbers"]
    assert (numbers["differences"], numbers["closer"]) == (len(differ), len(found) - len(differ))
    assert f"{len(differ)} pairs of claims differ." in text(dossier)
    assert f"{len(differ)} pairs of claims that differ" in out.getvalue()


def test_a_claim_inside_of_a_denial_is_that_on_the_page_of_whom_it_names(tmp_path: Path) -> None:
    told = "The Reed Guild denied a report by the harbour office that the Harbour Guard had arrested Bo Dahl.\n"
    path = a_case(tmp_path / "inside.case", told, "High water is at six, the harbour office said.\n")
    with Case.open(path) as case:
        list(case.link())
    with at_desk(path) as client:
        (dahl,) = data(client, "/entities.json?q=dahl")["entities"]
        assert "in a denial by Reed Guild" in text(client.get(f"/entities/{dahl['id']}").text)
