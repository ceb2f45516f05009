"""Hypotheses on the page: weighed as the command does, moved by a number, kept only if saved.

In:   the sample articles and the sample file, served.   Out: failures.
Knows nothing of: browsers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from sayso.case import Case, hypotheses_of
from sayso.serve.app import make
from sayso.weigh import Weighed
from tests.serve.client import HERE, TOKEN, a_case, at_desk, csrf, post

EXAMPLES = Path("examples").absolute()
FILE = EXAMPLES / "talmeer-hypotheses.toml"


@pytest.fixture
def desk(talmeer: Path) -> Iterator[TestClient]:
    with at_desk(talmeer, reviewer="Ida Brandt") as client:
        yield client


def given(client: TestClient, **fields: str) -> str:
    """The path of the draft that a file becomes."""
    done = post(client, "/hypotheses", toml=FILE.read_text(encoding="utf-8"), name="talmeer", **fields)
    assert done.status_code == 200, done.text[-300:]
    path: str = done.url.path
    return path


def weighed(client: TestClient, path: str) -> Weighed:
    return msgspec.convert(client.get(f"{path}.json").json()["weighed"], Weighed)


def test_a_pasted_file_comes_to_what_the_command_says(desk: TestClient, talmeer: Path) -> None:
    path = given(desk)
    with Case.open(talmeer) as case:
        assert weighed(desk, path) == case.weigh(FILE)
        assert case.people.questions() == ()
    page = desk.get(path).text
    assert 'class="picture bars"' in page
    assert 'class="picture matrix"' in page
    assert "did not find that the method improves accuracy" in " ".join(page.split())


def test_a_changed_likelihood_moves_the_result_and_the_file_says_the_same(desk: TestClient, tmp_path: Path) -> None:
    path = given(desk)
    before = weighed(desk, path)
    key = path.rsplit("/", 1)[1]
    done = post(desk, f"/hypotheses/{key}/change", **{"likely 7 dust": "0.2"})
    after = weighed(desk, done.url.path)
    assert before.low.posterior is not None
    assert after.low.posterior is not None
    assert after.low.posterior["dust"] < before.low.posterior["dust"]
    assert after.low.posterior["drone"] > before.low.posterior["drone"]
    exported = tmp_path / "changed.toml"
    exported.write_text(desk.get(f"{done.url.path}/toml").text, encoding="utf-8")
    assert hypotheses_of(exported).evidence[6].likely["dust"] == 0.2
    assert weighed(desk, path) == before  # the draft before is as it was


def test_a_form_that_changes_nothing_changes_no_likelihood(desk: TestClient) -> None:
    path = given(desk)
    page = desk.get(path).text
    typed = {}
    for piece in page.split("<input ")[1:]:
        tag = piece.split(">")[0]
        if 'type="number"' in tag:
            typed[tag.split('name="')[1].split('"')[0]] = tag.split('value="')[1].split('"')[0]
    assert len(typed) > 20
    done = post(desk, f"/hypotheses/{path.rsplit('/', 1)[1]}/change", **typed)
    assert desk.get(f"{done.url.path}/toml").text == desk.get(f"{path}/toml").text


def test_a_prior_takes_from_other(desk: TestClient) -> None:
    path = given(desk)
    key = path.rsplit("/", 1)[1]
    done = post(desk, f"/hypotheses/{key}/change", **{"prior drone": "0.05"})
    priors = {h.id: h.prior for h in weighed(desk, done.url.path).hypotheses}
    assert priors == pytest.approx({"drone": 0.05, "munitions": 0.3, "dust": 0.3, "other": 0.35})


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("prior drone", "0.9", "the priors sum to 1.5"),
        ("likely 7 dust", "1.5", "evidence 7"),
        ("likely 7 dust", "much", "'much' is no number"),
    ],
)
def test_a_number_that_cannot_be_is_told_in_one_line(desk: TestClient, name: str, value: str, says: str) -> None:
    key = given(desk).rsplit("/", 1)[1]
    refused = desk.post(
        f"/hypotheses/{key}/change", data={"csrf": csrf(desk), name: value}, headers={"accept": "application/json"}
    )
    assert refused.status_code == 400
    assert "\n" not in refused.json()["error"]
    assert says in refused.json()["error"]


def test_a_file_on_what_is_not_in_the_case_is_refused_at_once(desk: TestClient) -> None:
    refused = post(desk, "/hypotheses", toml=FILE.read_text(encoding="utf-8").replace("cbdd42f2b5132534b", "c0"))
    assert refused.status_code == 400
    assert "no claim c0" in refused.text
    assert post(desk, "/hypotheses", toml="question =").status_code == 400
    assert post(desk, "/hypotheses", toml="  ").status_code == 400


def test_what_is_saved_stays_with_its_history_and_can_be_changed_again(talmeer: Path, tmp_path: Path) -> None:
    copy = tmp_path / "talmeer.case"
    copy.write_bytes(talmeer.read_bytes())
    with at_desk(copy, reviewer="Ida Brandt") as client:
        key = given(client).rsplit("/", 1)[1]
        first = post(client, f"/hypotheses/{key}/save", name="silo", why="a start").url.path
        done = post(client, f"/hypotheses/{first.rsplit('/', 1)[1]}/change", **{"likely 7 dust": "0.2"})
        second = post(client, f"/hypotheses/{done.url.path.rsplit('/', 1)[1]}/save", name="silo").url.path
    with at_desk(copy) as client:
        kept = client.get("/hypotheses.json").json()["kept"]
        assert [(q["name"], q["by"]) for q in kept] == [("silo", "Ida Brandt")]
        history = client.get(f"{second}.json").json()["history"]
        assert [(q["number"], q["why"]) for q in history] == [(2, ""), (1, "a start")]
        assert weighed(client, first) != weighed(client, second)
        assert "0.2" in client.get(f"{second}/toml").text


def test_files_named_at_the_start_are_there_and_not_kept(talmeer: Path) -> None:
    app = make(talmeer, token=TOKEN, hypotheses=[hypotheses_of(FILE)])
    with TestClient(app, base_url=HERE) as client:
        client.get("/", params={"token": TOKEN})
        found = client.get("/hypotheses.json").json()
        assert [d["name"] for d in found["drafts"]] == [FILE.name]
        assert found["kept"] == []
        assert client.get(f"/hypotheses/drafts/{found['drafts'][0]['id']}").status_code == 200


def test_too_few_origins_give_no_posterior_and_say_so(tmp_path: Path) -> None:
    with at_desk(a_case(tmp_path / "one.case", "Ann Lee said that the ferry sank.")) as client:
        toml = (
            'question = "?"\n[[hypothesis]]\nid = "a"\nsays = "a"\nprior = 0.5\n[[evidence]]\nsays = "x"\nfor = ["a"]\n'
        )
        page = post(client, "/hypotheses", toml=toml).text
    assert "No posterior" in page


def test_evidence_that_is_a_group_leads_to_its_claims(desk: TestClient) -> None:
    group = desk.get("/links.json").json()["links"][0]
    toml = (
        'question = "?"\n[[hypothesis]]\nid = "a"\nsays = "a"\nprior = 0.5\n'
        f'[[evidence]]\ncluster = "{group["id"]}"\nfor = ["a"]\n'
    )
    page = post(desk, "/hypotheses", toml=toml, name="group").text
    assert f'href="/claims/{group["claims"][0]}#wordings"' in page
    assert "speaks for a and against none, with default likelihoods" in page
