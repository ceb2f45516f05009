"""What holds of every format: the same bytes for the same case, and no words without who says them."""

from __future__ import annotations

import re

import pytest

from sayso.errors import BadQuery
from sayso.export import FORMATS
from sayso.query import Query

from .made import exported, nothing, selection

FILES = [name for name in FORMATS if name != "argdown"]
TEXTS = [name for name in FILES if name not in ("xlsx", "parquet")]


@pytest.mark.parametrize("form", FILES)
def test_the_same_case_gives_the_same_bytes(form: str) -> None:
    assert exported(form) == exported(form)


@pytest.mark.parametrize("form", [name for name in FILES if name not in ("claimreview", "stix")])
def test_an_empty_case_can_be_exported(form: str) -> None:
    exported(form, nothing())


@pytest.mark.parametrize(
    "form", ["jsonl", "csv", "markdown", "webannotation", "ftm", "graphml", "stix", "prov", "brat"]
)
def test_a_search_narrows_what_is_exported(form: str) -> None:
    found = exported(form, selection(Query(source="reyk"))).decode()
    assert "nine rounds were fired at the quay" in found
    assert "High water is at six" not in found


@pytest.mark.parametrize("form", ["csv", "markdown", "webannotation", "ftm", "stix", "prov", "graphml"])
def test_what_contradicts_a_claim_goes_with_it(form: str) -> None:
    """The one that contradicts it is of a source that was not asked for."""
    assert "eleven rounds were fired at the old quay" in exported(form, selection(Query(source="reyk"))).decode()


@pytest.mark.parametrize("form", ["markdown", "ftm", "stix", "prov", "claimreview", "webannotation"])
def test_words_never_stand_without_who_says_them(form: str) -> None:
    """Each time a description holds the words of the accepted claim, its source stands before them."""
    text = exported(form).decode().replace("\\n", "\n")
    places = list(re.finditer("nine rounds were fired at the quay", text))
    assert len(places) >= 3
    for found in places:
        before = text[max(0, found.start() - 90) : found.start()]
        quoted_alone = '"exact":"' in before or '"prefix":"' in before or '"suffix":"' in before
        assert "Reyk" in before or quoted_alone, before


@pytest.mark.parametrize("form", ["ftm", "stix", "prov", "graphml"])
def test_a_denial_is_told_as_one(form: str) -> None:
    assert "Tomas Reyk denies: “any battery under his orders had fired that night”" in exported(form).decode()


@pytest.mark.parametrize("form", ["csv", "markdown", "ftm", "ftm-statements", "stix", "claimreview", "webannotation"])
def test_a_reviewers_no_to_a_reading_is_no_verdict_on_the_claim(form: str) -> None:
    assert not re.search(r"\b(true|false|untrue|refuted|debunked)\b", exported(form).decode(), re.I)


def test_claimreview_without_a_reviewed_claim_says_what_to_do() -> None:
    with pytest.raises(BadQuery, match="review some first"):
        exported("claimreview", nothing())


def test_the_dossier_is_that_of_a_whole_case() -> None:
    with pytest.raises(BadQuery, match="leave the search out"):
        exported("html", selection(Query(source="reyk")))
