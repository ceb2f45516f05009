"""Review in the browser without scripts: every act is a form, and what it does is seen on the pages."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.case import Added, Case
from sayso.review.jsonl import read
from tests.serve.client import a_case, at_desk, post

TEXT = """\
Ann Lee said on Monday that the bridge was safe and that the ferry would sail.

"We checked every bolt," she told reporters. The ministry denied that the mole was closed.
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return a_case(tmp_path / "harbour.case", TEXT)


@pytest.fixture
def ann(case: Path) -> Iterator[TestClient]:
    with at_desk(case, reviewer="Ann") as client:
        yield client


@pytest.fixture
def ben(case: Path) -> Iterator[TestClient]:
    with at_desk(case, reviewer="Ben") as client:
        yield client


def ledger(client: TestClient, **query: str) -> list[dict[str, Any]]:
    (row,) = client.get("/documents.json").json()["documents"]
    claims: list[dict[str, Any]] = client.get(f"/documents/{row['document']['id']}.json", params=query).json()[
        "ledger"
    ]["claims"]
    return claims


def the(client: TestClient, words: str) -> dict[str, Any]:
    return next(claim for claim in ledger(client) if words in claim["content"]["text"])


def state(client: TestClient, claim: dict[str, Any]) -> str:
    told: str = client.get(f"/review/strips/{claim['id']}.json").json()["words"]
    return told


def test_a_ruling_is_one_form_and_is_seen_where_the_claim_is(ann: TestClient) -> None:
    bolt = the(ann, "every bolt")
    back = f"/documents/{bolt['document']['id']}"
    answer = post(ann, "/review/judge", act="accept", claims=bolt["id"], why="heard it", back=back)
    assert answer.url.path == back
    assert "accepted by Ann" in answer.text
    page = ann.get(f"/review/claims/{bolt['id']}").text
    assert "heard it" in page
    assert "accepted it" in page


def test_who_has_no_name_is_asked_for_it(case: Path) -> None:
    with at_desk(case) as client:
        bolt = the(client, "every bolt")
        answer = post(client, "/review/judge", act="accept", claims=bolt["id"])
        assert (answer.status_code, "give your name first" in answer.text) == (400, True)
        post(client, "/name", reviewer="Cat", back="/review")
        assert post(client, "/review/judge", act="accept", claims=bolt["id"]).status_code == 200
        assert state(client, bolt) == "accepted by Cat"


def test_pages_of_review_say_that_it_is_the_reading_that_is_ruled_on(ann: TestClient) -> None:
    for path in ("/review", f"/review/claims/{the(ann, 'every bolt')['id']}"):
        assert "how the text was read" in ann.get(path).text


def test_a_script_gets_the_judgement_as_data(ann: TestClient) -> None:
    bolt = the(ann, "every bolt")
    token = re.search(r'data-csrf="([0-9a-f]+)"', ann.get("/review").text)
    assert token is not None
    fields = {"act": "reject", "claims": bolt["id"], "csrf": token[1]}
    data = ann.post("/review/judge", data=fields, headers={"accept": "application/json"}).json()
    assert data["judgement"]["by"] == "Ann"
    assert [standing["state"] for standing in data["standings"]] == ["rejected"]
    bad = ann.post("/review/judge", data=fields | {"act": "shred"}, headers={"accept": "application/json"})
    assert (bad.status_code, "shred" in bad.json()["error"]) == (400, True)


def test_a_form_of_another_site_rules_on_nothing(ann: TestClient) -> None:
    bolt = the(ann, "every bolt")
    assert ann.post("/review/judge", data={"act": "reject", "claims": bolt["id"], "csrf": "0"}).status_code == 403
    assert state(ann, bolt) == "nobody has ruled on it"


def test_what_is_rejected_is_set_aside_and_comes_back_when_undone(ann: TestClient) -> None:
    bolt = the(ann, "every bolt")
    post(ann, "/review/judge", act="reject", claims=bolt["id"])
    room = f"/documents/{bolt['document']['id']}"
    assert bolt["id"] not in [claim["id"] for claim in ledger(ann)]
    assert "1 claim is set aside" in ann.get(room).text
    assert bolt["id"] in [claim["id"] for claim in ledger(ann, **{"as": "read"})]
    (entry,) = ann.get(f"/review/claims/{bolt['id']}.json").json()["history"]
    post(ann, "/review/judge", act="undo", undoes=entry["judgement"]["id"])
    assert bolt["id"] in [claim["id"] for claim in ledger(ann)]
    assert len(ann.get(f"/review/claims/{bolt['id']}.json").json()["history"]) == 2


def test_words_are_edited_by_typing_and_the_machine_s_stay_beside_them(ann: TestClient) -> None:
    bolt = the(ann, "every bolt")
    page = ann.get(f"/review/claims/{bolt['id']}").text
    assert 'name="content"' in page
    answer = post(
        ann,
        "/review/judge",
        act="edit",
        claims=bolt["id"],
        content="checked every bolt",
        source="Ann Lee",
        name="A. Lee",
    )
    (new,) = (c for c in ledger(ann) if c["content"]["text"] == "checked every bolt")
    assert answer.url.path == f"/documents/{new['document']['id']}"
    assert (new["source"]["name"], new["source"]["text"]) == ("A. Lee", "Ann Lee")
    beside = ann.get(f"/review/claims/{bolt['id']}").text
    assert "In its place stands" in beside
    assert "We checked every bolt" in beside
    assert "put so by" in ann.get(f"/documents/{new['document']['id']}").text


def test_a_form_that_was_left_as_it_was_changes_nothing(ann: TestClient) -> None:
    bolt = the(ann, "every bolt")
    page = ann.get(f"/review/claims/{bolt['id']}").text
    form = page[page.index('id="edit"') : page.index('id="split"')]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    fields |= dict(re.findall(r'name="(\w+)"[^>]*>([^<]*)</textarea>', form))
    for select, options in re.findall(r'<select name="(\w+)">(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        assert chosen is not None
        fields[select] = chosen[1]
    if not bolt["source"]["anonymous"]:
        fields.pop("anonymous", None)
    unescaped = {name: value.replace("&#34;", '"') for name, value in fields.items()}
    post(ann, "/review/judge", **unescaped | {"act": "edit"})
    assert state(ann, bolt) == "accepted by Ann"
    assert the(ann, "every bolt")["content"] == bolt["content"]


def test_words_that_are_not_in_the_text_are_refused_and_named(ann: TestClient) -> None:
    bolt = the(ann, "every bolt")
    answer = post(ann, "/review/judge", act="edit", claims=bolt["id"], content="checked no bolt")
    assert answer.status_code == 400
    assert "the text has no “checked no bolt”" in answer.text


def test_a_form_that_cannot_be_kept_comes_back_as_it_was_filled_in_with_why_at_its_field(ann: TestClient) -> None:
    bolt = the(ann, "every bolt")
    typed = {"content": "checked no bolt", "source": "Ann Lee", "name": "A. Lee", "why": "heard it", "kind": "mixed"}
    page = post(ann, "/review/judge", act="edit", claims=bolt["id"], **typed).text
    assert f'data-at="/review/claims/{bolt["id"]}"' in page
    assert re.search(r'name="content"[^>]*aria-invalid="true" aria-describedby="e-content" autofocus>checked no', page)
    assert re.search(r'id="e-content" role="alert">[^<]*the text has no', page)
    assert 'value="A. Lee"' in page
    assert 'value="heard it"' in page
    assert 'value="mixed" selected' in page
    document = bolt["document"]["id"]
    page = post(ann, "/review/judge", act="add", document=document, content="no such words", source="she").text
    assert "Add a claim that was missed" in page
    assert ">no such words</textarea>" in page
    assert ">she</textarea>" in page
    token = re.search(r'data-csrf="([0-9a-f]+)"', page)
    assert token is not None
    form = {"csrf": token[1], "claims": bolt["id"], "act": "split", "part": ["checked every", "no bolt"]}
    page = ann.post("/review/judge", data=form | {"part_at": ["", ""]}).text
    assert '<details class="change" open>' in page
    assert ">checked every</textarea>" in page
    assert ">no bolt</textarea>" in page


def test_a_name_that_is_given_with_a_ruling_keeps_it(case: Path) -> None:
    with at_desk(case) as client:
        bolt = the(client, "every bolt")
        typed = {"content": "checked every bolt", "source": "Ann Lee", "name": "A. Lee"}
        refused = post(client, "/review/judge", act="edit", claims=bolt["id"], **typed)
        assert refused.status_code == 400
        assert re.search(r'name="by"[^>]*aria-invalid="true"', refused.text)
        assert 'value="A. Lee"' in refused.text
        reason = post(client, "/review/judge", act="accept", claims=bolt["id"], why="heard it").text
        assert re.search(r'name="why"[^>]*value="heard it"', reason)
        assert 'name="by"' in reason
        kept = post(client, "/review/judge", act="edit", claims=bolt["id"], by="Cat", **typed)
        assert "put otherwise by Cat" in kept.text
        assert the(client, "checked every bolt")["source"]["name"] == "A. Lee"
        assert 'value="Cat"' in kept.text  # for what is ruled next


@pytest.mark.parametrize("at", ["7", "9-3", "0-99999", "a-b", "-4-2"])
def test_places_that_are_none_are_refused(ann: TestClient, at: str) -> None:
    bolt = the(ann, "every bolt")
    answer = post(ann, "/review/judge", act="edit", claims=bolt["id"], content="bolt", content_at=at)
    assert answer.status_code == 400


def test_a_claim_is_split_and_its_parts_merged(ann: TestClient) -> None:
    bridge = the(ann, "bridge was safe")
    token = re.search(r'data-csrf="([0-9a-f]+)"', ann.get("/review").text)
    assert token is not None
    parts = {"part": ["the bridge was safe", "the ferry would sail", ""], "part_at": ["", "", ""]}
    form = {"csrf": token[1], "claims": bridge["id"]}
    assert ann.post("/review/judge", data=form | {"act": "split"} | parts).status_code == 200
    first, second = the(ann, "bridge was safe"), the(ann, "ferry would sail")
    assert first["id"] != second["id"]
    assert first["source"] == second["source"]
    merge = {"csrf": token[1], "act": "merge", "claims": [first["id"], second["id"]]}
    assert ann.post("/review/judge", data=merge).status_code == 200
    assert the(ann, "bridge was safe")["id"] == the(ann, "ferry would sail")["id"]


def test_what_the_machine_missed_is_added(ann: TestClient) -> None:
    document = ledger(ann)[0]["document"]["id"]
    start = TEXT.index("told reporters")
    page = ann.get(f"/review/add/{document}", params={"content": f"{start}-{start + 14}"}).text
    assert ">told reporters</textarea>" in page
    answer = post(ann, "/review/judge", act="add", document=document, content="told reporters", source="she", cue="")
    assert "added by Ann" in answer.text
    assert the(ann, "told reporters")["source"]["text"] == "she"


def test_two_reviewers_see_each_other_s_rulings_and_that_they_crossed(ann: TestClient, ben: TestClient) -> None:
    bolt = the(ann, "every bolt")
    post(ann, "/review/judge", act="reject", claims=bolt["id"], seen="")
    post(ben, "/review/judge", act="accept", claims=bolt["id"], seen="")
    assert state(ann, bolt) == "reviewers disagree: Ann rejected it and Ben accepted it"
    assert (
        "Made on an earlier state: 1 judgement of another came in between."
        in ann.get(f"/review/claims/{bolt['id']}").text
    )
    (first, *_) = ann.get("/review.json").json()["items"]
    assert (first["claim"]["id"], first["review"]["standing"]["state"]) == (bolt["id"], "disputed")
    people = ann.get("/review/people").text
    assert "Ann, Ben" in re.sub(r"<[^>]+>", "", people)


def test_the_queue_is_by_state_and_document_and_teaches_when_empty(ann: TestClient) -> None:
    bolt = the(ann, "every bolt")
    number = ann.get("/review.json").json()["number"]
    assert number == len(ledger(ann))
    post(ann, "/review/judge", act="accept", claims=bolt["id"])
    assert ann.get("/review.json").json()["number"] == number - 1
    assert [i["claim"]["id"] for i in ann.get("/review.json?state=accepted").json()["items"]] == [bolt["id"]]
    assert "Nothing is in this state" in ann.get("/review?state=rejected").text
    assert ann.get("/review?document=d404").status_code == 404
    for claim in ledger(ann):
        post(ann, "/review/judge", act="accept", claims=claim["id"])
    assert "All claims are settled" in ann.get("/review").text


def test_an_empty_case_has_nothing_to_review_and_says_how_to_begin(tmp_path: Path) -> None:
    with at_desk(a_case(tmp_path / "new.case"), reviewer="Ann") as client:
        page = client.get("/review").text
        assert "There is nothing to review yet" in page
        assert re.search(r'<p class="summary">\s*<a href="/review/people">', page)
        assert "Nobody has ruled" in client.get("/review/people").text


@pytest.mark.parametrize("path", ["/review/claims/c404", "/review/strips/c404", "/review/add/d404"])
def test_what_is_not_there_is_not_found(ann: TestClient, path: str) -> None:
    assert ann.get(path).status_code == 404


def test_names_and_reasons_are_text(case: Path) -> None:
    with at_desk(case, reviewer="<b>Eve</b>") as client:
        bolt = the(client, "every bolt")
        post(client, "/review/judge", act="reject", claims=bolt["id"], why="<script>alert(1)</script>\u202e")
        for path in (f"/review/claims/{bolt['id']}", "/review?state=rejected", "/review/people"):
            page = client.get(path).text
            assert "<b>Eve" not in page
            assert "<script>alert" not in page
            assert "\u202e" not in page


def test_the_page_hands_out_the_judgements_to_train_and_measure_on(ann: TestClient, case: Path) -> None:
    bolt = the(ann, "every bolt")
    post(ann, "/review/judge", act="reject", claims=bolt["id"], why="a test")
    page = ann.get("/review/people").text
    assert 'href="/review/judgements"' in page
    answer = ann.get("/review/judgements")
    assert "attachment" in answer.headers["content-disposition"]
    with Case.open(case) as opened:
        assert list(read(answer.text.splitlines(), name="x")) == list(opened.review.judgements())
    with zipfile.ZipFile(io.BytesIO(ann.get("/review/brat").content)) as archive:
        document = bolt["document"]["id"]
        assert set(archive.namelist()) == {"annotation.conf", f"{document}.txt", f"{document}.ann"}
        assert archive.read(f"{document}.txt").decode() == TEXT
        assert bolt["id"] not in archive.read(f"{document}.ann").decode()
        assert the(ann, "mole")["id"] in archive.read(f"{document}.ann").decode()


def test_a_changed_source_is_told_above_both_versions_with_what_was_ruled_there(ann: TestClient, case: Path) -> None:
    mole = the(ann, "mole")
    post(ann, "/review/judge", act="accept", claims=mole["id"])
    old = mole["document"]["id"]
    assert 'class="version"' not in ann.get(f"/documents/{old}").text
    with Case.open(case) as opened:
        (again,) = opened.add_bytes(TEXT.replace("Monday", "Tuesday").encode(), path="0.txt")
        (other,) = opened.add_bytes(TEXT.replace("Monday", "Friday").encode(), path="1.txt")
    assert isinstance(again, Added)
    assert isinstance(other, Added)
    new = again.ledger.document.ref.id
    told = ann.get(f"/documents/{new}").text.partition('class="version"')[2].partition("</p>")[0]
    assert f'href="/documents/{old}"' in told
    assert "1 claim was ruled on" in told
    assert other.ledger.document.ref.id not in told
    assert f'href="/documents/{new}"' in ann.get(f"/documents/{old}").text
    assert 'class="version"' not in ann.get(f"/documents/{other.ledger.document.ref.id}").text
    page = ann.get(f"/documents/{new}").text
    assert "another version of this document</a>: accepted by" in page


def test_two_texts_that_were_pasted_are_no_versions_of_each_other(ann: TestClient) -> None:
    for text in ("Ann Lee said that the pier was safe.", "Tom Reyk said that the ferry sank."):
        path = post(ann, "/add", text=text).url.path
        for _ in range(600):
            if (job := ann.get(f"{path}.json").json())["state"] == "done":
                break
            time.sleep(0.05)
    assert 'class="version"' not in ann.get(job["lines"][0]["to"]).text
