"""Actors of a user's own: tables and FollowTheMoney files beside those that sayso has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.case import Added, Case, ledgers
from sayso.cli import cli
from sayso.errors import BadLexicon, NotFound
from sayso.lexicon import Lexicon
from sayso.records import Ledger
from sayso.resolve import Knowledge
from sayso.resolve.knowledge import load as load_knowledge

ARTICLE = "The Harbour Guard said on Monday that the quay was closed. The Harbour Guard gave no reason.\n"
TABLE = """[[entity]]
id = "harbour-guard"
name = "Harbour Guard"
type = "armed_group"
aliases = ["Guard of the Harbour"]
"""
MONEY = {"id": "hg-1", "schema": "Organization", "properties": {"name": ["Harbour Guard"]}}


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "quay.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return str(path)


def known(article: str, *actors: Path) -> set[str | None]:
    (ledger,) = ledgers([article], actors=[str(a) for a in actors])
    assert isinstance(ledger, Ledger)
    return {entity.known for entity in ledger.entities if entity.name == "Harbour Guard"}


def test_an_actor_of_a_users_table_is_known(article: str, tmp_path: Path) -> None:
    table = tmp_path / "own.toml"
    table.write_text(TABLE, encoding="utf-8")
    assert known(article) == {None}
    assert known(article, table) == {"harbour-guard"}


def test_a_followthemoney_entity_is_known(article: str, tmp_path: Path) -> None:
    money = tmp_path / "entities.ftm.json"
    money.write_text(json.dumps(MONEY) + "\n", encoding="utf-8")
    assert known(article, money) == {"hg-1"}


def test_what_is_added_to_a_case_knows_them_too(article: str, tmp_path: Path) -> None:
    table = tmp_path / "own.toml"
    table.write_text(TABLE, encoding="utf-8")
    result = CliRunner().invoke(cli, ["add", str(tmp_path / "a.case"), article, "--actors", str(table)])
    assert result.exit_code == 0
    with Case.open(tmp_path / "a.case") as case:
        (kept,) = case.documents()
        assert "harbour-guard" in {e.known for e in case.ledger(kept.document.id).entities}


def test_a_case_that_keeps_actors_loads_its_word_lists_once_until_more_are_kept(
    article: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[tuple[str, ...]] = []

    def load(lexicon: Lexicon, files: Mapping[str, bytes]) -> Knowledge:
        loaded.append(tuple(files))
        return load_knowledge(lexicon, files)

    def known(case: Case, name: str) -> set[str | None]:
        (added,) = case.add_bytes(ARTICLE.replace("quay", name).encode(), path=f"{name}.txt")
        assert isinstance(added, Added)
        return {entity.known for entity in added.ledger.entities if entity.name == "Harbour Guard"}

    money = tmp_path / "own.ftm.json"
    money.write_text(json.dumps(MONEY) + "\n", encoding="utf-8")
    with Case.open(tmp_path / "a.case", create=True) as case:
        list(case.take(str(money)))
        monkeypatch.setattr("sayso.case.intake.load_knowledge", load)
        assert [known(case, name) for name in ("pier", "mole", "dock")] == [{"hg-1"}] * 3
        case.entities()
        assert len(loaded) == 1
        more = tmp_path / "more.ftm.json"
        more.write_text(json.dumps({"id": "q", "schema": "Person", "properties": {"name": ["Ada Quill"]}}) + "\n")
        list(case.take(str(more)))
        case.entities()
        known(case, "wharf")
        assert len(loaded[-1]) == 2


def test_a_file_that_is_not_there_or_is_no_table_is_one_clear_line(article: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        list(ledgers([article], actors=[str(tmp_path / "none.toml")]))
    odd = tmp_path / "odd.toml"
    odd.write_text("[[entity]]\nname = 3\n", encoding="utf-8")
    with pytest.raises(BadLexicon, match=r"odd\.toml"):
        list(ledgers([article], actors=[str(odd)]))
    assert CliRunner().invoke(cli, ["read", article, "--actors", str(odd)]).exit_code == 2


def test_who_is_one_across_the_documents_of_a_case(tmp_path: Path) -> None:
    texts = {
        "a.txt": "Dr Lenna Ombry said on Monday that the quay was closed.\n",
        "b.txt": "Lenna Ombry told reporters that the harbour would open again. Ruvo Tarnack denied it.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Case.open(tmp_path / "a.case", create=True) as case:
        list(case.add([str(tmp_path / name) for name in texts]))
        found = {entity.name: len(entity.members) for entity in case.entities()}
    assert found["Lenna Ombry"] == 2
    assert found["Ruvo Tarnack"] == 1
