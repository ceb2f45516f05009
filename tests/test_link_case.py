"""The links of a case: through the application layer and the command line, on articles of the origins benchmark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.case import Case
from sayso.cli import cli
from sayso.links import Cluster, Edge
from sayso.store import LinkShelf, Store

STORY = Path(__file__).parent.parent / "eval/origins/dev/25-vantaru-transfer"
ARTICLES = sorted(str(path) for path in STORY.glob("?.md"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of a story, linked in one go."""
    path = tmp_path_factory.mktemp("desk") / "desk.case"
    with Case.open(path, create=True) as case:
        list(case.add(ARTICLES))
        list(case.link())
    return path


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [str(a) for a in arguments])
    return result.exit_code, result.stdout


def test_each_line_of_links_opens_with_its_kind_and_names_claims_and_documents_of_the_case(desk: Path) -> None:
    code, out = run("link", desk, "--format", "jsonl")
    assert code == 0
    lines = [json.loads(line) for line in out.splitlines()]
    with Case.open(desk) as case:
        claims = {c.id for c in case.claims()}
        documents = {k.document.id for k in case.documents()}
    assert {line["kind"] for line in lines} >= {"cluster", "edge", "contradiction"}
    for line in lines:
        assert next(iter(line)) == "kind"
        if line["kind"] == "cluster":
            assert set(line["claims"]) <= claims
            assert set(line["documents"]) <= documents
            assert 1 <= line["origins"]["low"] <= line["origins"]["high"]
        if line["kind"] == "edge":
            assert {line["from"], line["to"]} <= documents
        if line["kind"] == "contradiction":
            assert {line["a"], line["b"]} <= claims


def test_the_table_counts_origins_and_never_says_what_is_so(desk: Path) -> None:
    code, out = run("link", desk)
    assert code == 0
    assert "independent origin" in out
    assert "the same text in another language as" in out
    assert not {"confirmed", "verified", "refuted", "debunked"} & set(out.casefold().split())


def test_linked_again_nothing_is_compared_and_the_links_are_the_same(desk: Path) -> None:
    with Case.open(desk) as case:
        before = list(case.links())
        assert list(case.link()) == []
        assert list(case.links()) == before


def test_one_at_a_time_and_in_another_order_gives_the_same_links(desk: Path, tmp_path: Path) -> None:
    with Case.open(tmp_path / "other.case", create=True) as case:
        for article in reversed(ARTICLES):
            list(case.add([article]))
            list(case.link())
        other = list(case.links())
    with Case.open(desk) as case:
        assert list(case.links()) == other


def test_a_kill_between_comparing_and_clustering_loses_nothing(desk: Path, tmp_path: Path) -> None:
    with Case.open(tmp_path / "killed.case", create=True) as case:
        list(case.add(ARTICLES))
        linking = case.link()
        for _ in range(3):
            next(linking)
        linking.close()
    with Case.open(tmp_path / "killed.case") as case:
        list(case.link())
        found = list(case.links())
    with Case.open(desk) as case:
        assert found == list(case.links())


def test_the_cluster_of_a_claim_is_at_hand(desk: Path) -> None:
    with Case.open(desk) as case:
        cluster = next(x for x in case.links() if isinstance(x, Cluster))
        assert case.cluster(cluster.claims[0]) == cluster
        assert any(isinstance(x, Edge) for x in case.links())


def test_a_case_of_one_article_has_nothing_to_link(tmp_path: Path) -> None:
    path = tmp_path / "one.case"
    assert run("add", path, ARTICLES[0])[0] == 0
    code, out = run("link", path)
    assert code == 0
    assert "fewer than two documents" in " ".join(out.split())


def test_a_case_that_is_not_there_is_the_users_mistake(tmp_path: Path) -> None:
    code, _ = run("link", tmp_path / "none.case")
    assert code == 2


def test_nothing_is_left_to_cluster_once_linked(desk: Path) -> None:
    with Store.open(desk, create=False) as store:
        assert LinkShelf(store).stirred() is None
