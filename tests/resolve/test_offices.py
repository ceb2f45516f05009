"""Who "the mayor", "the newspaper", "the defendant" are, where they say something; read by the shipped reader."""

from __future__ import annotations

import pytest

from sayso.case import knowledge, reader
from sayso.study import study
from tests.extract.canned import document
from tests.resolve.coref_trees import words


def speakers(text: str) -> list[str]:
    return [c.source.name for c in study(document(text), reader(), knowledge()).claims if c.source is not None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mayor Ana Reyk opened the bridge. Jon Dray watched. The mayor said it would hold.", "Ana Reyk"),
        ("Gen. Orlec met Sen. Dray. The senator left. The general said it went well.", "Orlec"),
        ("The Harbour Post saw a letter. The newspaper said the mayor had been paid.", "Harbour Post"),
        ("Tarnack Mining closed the pit. The company said it was safe.", "Tarnack Mining"),
        ("The Dockers' Union met on Friday. The union said it would strike.", "Dockers' Union"),
        ("Daniel Orr, 34, denies murder. Mia Holt wept. The defendant told the court he was at home.", "Daniel Orr"),
    ],
)
def test_a_noun_that_says_something_is_who_was_named_with_it(text: str, name: str) -> None:
    assert name in speakers(text)


@pytest.mark.parametrize(
    "text",
    [
        # two bear the title
        "Sen. Ana Reyk met Sen. Jon Dray. The senator said it went well.",
        # a company is no union
        "Tarnack Mining, a coal company, closed the pit. The union said it was unsafe.",
        # who is told is not who says it
        "Jon Dray told the Harbour Post. The company said the pit was safe.",
        # one is told from the other by what stands beside the noun
        "Mayor Ana Reyk opened the bridge. The former mayor said it would fall.",
        "Daniel Orr is charged with murder, and Lev Holt is charged with theft. The defendant said he was at home.",
    ],
)
def test_it_stays_a_noun_where_more_than_one_or_none_can_be_meant(text: str) -> None:
    assert not speakers(text) or speakers(text)[-1][0].islower() or speakers(text)[-1].startswith("The ")


def test_a_noun_that_was_said_of_another_since_is_not_taken_back() -> None:
    names = speakers("Sen. Ana Reyk spoke. The senator from Halm came in. The senator said the bridge would fall.")
    assert "Ana Reyk" not in names


def test_titles_have_their_nouns() -> None:
    for entry in words().office:
        assert all(title.lower() in words().offices for title in entry.yes)
        assert not any(title.lower() in words().offices for title in entry.no)


def test_a_person_whose_surname_ends_companies_names_stays_one() -> None:
    found = study(document("Michael Steel said the pit was safe."), reader(), knowledge()).claims
    assert [c.source.type for c in found if c.source] == ["person"]
