"""Sentences whose frame a claim leaves away, and plain ones whose rest it may leave away. The templates are made up."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.vet.made import vetted

TEMPLATES = tomllib.loads(Path(__file__).with_name("frames.toml").read_text(encoding="utf-8"))
SENTENCES = ("The dam was cracked.", "Vera Holm sold the mill to her brother.")
BEFORE, AFTER = "The talks began at noon in the old town hall. ", " The town lies on a river."


def _text(template: str, sentence: str) -> str:
    said = sentence.removesuffix(".")
    low = said if said.startswith("Vera") else said[0].lower() + said[1:]
    return BEFORE + template.format(s=low, S=said, who="the ministry", Who="The ministry") + AFTER


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("template", TEMPLATES["framed"])
def test_a_clause_without_its_frame_is_not_what_the_text_says(template: str, sentence: str) -> None:
    for shown in ({}, {"source": "The ministry"}) if "ho}" in template else ({},):
        assert not vetted(sentence, _text(template, sentence), **shown).faithful


@pytest.mark.parametrize("template", TEMPLATES["plain"])
def test_what_leaves_a_clause_as_it_is_may_be_left_away(template: str) -> None:
    found = vetted(SENTENCES[0], _text(template, SENTENCES[0]))
    assert found.faithful, found.reason


def test_the_reason_names_the_words_that_frame_a_clause() -> None:
    found = vetted("The dam was cracked.", "The finding that the dam was cracked was set aside on appeal.")
    assert "“was”" in found.reason or "set aside" in found.reason
    found = vetted(
        "The dam was cracked.", "It has been put to Ida Brandt that the dam was cracked.", source="Ida Brandt"
    )
    assert "“put”" in found.reason


def test_a_report_that_is_denied_stays_a_report() -> None:
    text = "The council said that the dam was cracked. The ministry denied it."
    assert vetted("The council said that the dam was cracked.", text).faithful


def test_a_bare_claim_is_not_stated_by_one_who_contends_it() -> None:
    text = "Ida Brandt alleged that the dam was cracked."
    assert not vetted("The dam was cracked.", text).faithful
    assert vetted("the dam was cracked", text, source="Ida Brandt", cue="alleged").faithful
