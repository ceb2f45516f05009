# ruff: noqa: E501 - a text and what is made of it are read side by side
"""What is said in court, by whom something was told, and what a second verb reports."""

from __future__ import annotations

import pytest

from tests.extract.test_who_speaks import claims


def told(text: str) -> list[tuple[str | None, str, str]]:
    return [(c.source.text if c.source else None, c.speech_act, c.content.text) for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Two brothers plotted to kidnap a banker, jurors at the Old Bailey heard.",
            "Two brothers plotted to kidnap a banker",
        ),
        ("The nurse stole drugs from patients, a court heard on Friday.", "The nurse stole drugs from patients"),
        ("Mr Dunn shot the nurse twice, the court was told.", "Mr Dunn shot the nurse twice"),
        ("The clerk took bribes, a jury at Wexcombe Crown Court was told on Monday.", "The clerk took bribes"),
    ],
)
def test_what_a_court_hears_is_said_by_somebody_who_is_not_named(text: str, content: str) -> None:
    assert told(text) == [(None, "assert", content)]


@pytest.mark.parametrize(
    ("text", "source", "act", "content"),
    [
        ("Ms Peake pleaded guilty to one count of bribery but denies conspiracy.", "Ms Peake", "assert", "to one count of bribery"),
        ("Ms Peake pleaded guilty to one count of bribery but denies conspiracy.", "Ms Peake", "deny", "conspiracy"),
        ("The prosecutor put it to Mr Dunn that he had shot the nurse.", "The prosecutor", "ask", "that he had shot the nurse"),
        ("Mr Denholm put it to him that he had threatened the clerk.", "Mr Denholm", "ask", "that he had threatened the clerk"),
        ("Asked by Ms Oldcastle who had made the offer, he left.", "Ms Oldcastle", "ask", "who had made the offer"),
    ],
)  # fmt: skip
def test_pleas_and_questions_that_are_put(text: str, source: str, act: str, content: str) -> None:
    assert (source, act, content) in told(text)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("She had been told by the ministry that access would be granted.", "the ministry", "that access would be granted"),
        ("She said she had been informed by a clerk that the scores were changed.", "a clerk", "that the scores were changed"),
        ("She had been told that the gates were open.", None, "that the gates were open"),
    ],
)  # fmt: skip
def test_who_is_told_is_not_who_says_it(text: str, source: str | None, content: str) -> None:
    assert (source, "assert", content) in told(text)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The council said the bridge was unsafe and blamed the contractor.", "the bridge was unsafe", "the contractor"),
        ("Officials said the reservoir was full and agreed to open the gates.", "the reservoir was full", "to open the gates"),
        ("Facebook said that it had added a label and denied having profited.", "that it had added a label", "having profited"),
    ],
)  # fmt: skip
def test_a_second_verb_of_the_same_subject_is_no_part_of_what_the_first_reports(
    text: str, first: str, second: str
) -> None:
    found = claims(text)
    assert [c.content.text for c in found] == [first, second]
    assert found[0].source is not None
    assert found[1].source is not None
    assert found[0].source.text == found[1].source.text
    assert found[1].via is None


@pytest.mark.parametrize(
    "text",
    [
        "She said that the men had come at night and taken her son.",
        "He said that the army had shelled the town and killed nine people.",
        "The general said that the town had fallen and that his men had left.",
    ],
)
def test_what_is_said_goes_on_behind_and(text: str) -> None:
    (claim,) = claims(text)
    assert claim.content.text == text.partition(" said ")[2].rstrip(".")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Harlan called that claim “absurd”.", "deny"),
        ("The ministry has called such accounts fabrications by people with a grudge.", "deny"),
        ("He described the suggestion as “poisonous gossip”.", "deny"),
        ("The mayor described the dam as safe.", "assert"),
        ("The minister described the reports as credible.", "assert"),
    ],
)
def test_what_a_claim_is_called_may_deny_it(text: str, act: str) -> None:
    assert [c.speech_act for c in claims(text)] == [act]
