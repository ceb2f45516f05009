"""What stands over a clause by the list of such words, and by the tree where no list knows the word."""

from __future__ import annotations

import re

import pytest

from sayso.case import knowledge
from sayso.errors import BadLexicon
from sayso.resolve.framing import framing
from tests.vet.made import vetted

FRAMING = knowledge().framing
LEFT = [s for e in FRAMING.taker if not e.keeps for s in e.yes]
LEFT += [s for e in FRAMING.connective if e.why != "whatever happens" for s in e.yes]
LEFT += [s for e in FRAMING.adjunct for s in e.yes]
LEFT += [*FRAMING.vague.yes, *FRAMING.undoing.yes, *FRAMING.bare.yes]
LEFT = [s for s in LEFT if not s.startswith("Once {the dam was") and "because" not in s]
KEPT = [*(s for e in FRAMING.taker if e.keeps for s in e.yes), *FRAMING.plain.yes]
UNKNOWN = [
    ("The clerk gainswore that the dam was cracked.", "the dam was cracked"),
    ("The frabble that the dam was cracked pleased nobody.", "the dam was cracked"),
    ("Pia Holm trounced the yarn that the dam was cracked.", "the dam was cracked"),
    ("Pia Holm shied away from saying that the dam was cracked.", "the dam was cracked"),
    ("Pia Holm falsely claimed that the dam was cracked.", "the dam was cracked"),
    ("Never has Pia Holm said that the dam was cracked.", "the dam was cracked"),
    ("Had Pia Holm said that the dam was cracked, nobody would have listened.", "the dam was cracked"),
    ("Were it to emerge that the dam was cracked, the mill would close.", "the dam was cracked"),
    ("The dam is cracked, a claim that the mayor rejects.", "The dam is cracked"),
    ("The dam is cracked, which the mayor denied.", "The dam is cracked"),
    ("The dam is cracked, or so the story goes.", "The dam is cracked"),
    ("The dam is cracked, the mayor fears.", "The dam is cracked"),
    ("The dam is cracked, or the gauge is wrong.", "The dam is cracked"),
    ("The mill will reopen once the dam is mended.", "The mill will reopen"),
    ("By most accounts, the dam is cracked.", "the dam is cracked"),
    ("According to gossip, the dam is cracked.", "the dam is cracked"),
    ("Were the figures right, the dam was cracked.", "the dam was cracked"),
    ("The dam is cracked, should the figures prove right.", "The dam is cracked"),
]
SAID = [
    ("Pia Holm told a crowd in the square that the dam was cracked.", "told"),
    ("Pia Holm said in a statement on Monday that the dam was cracked.", "said"),
    ("Pia Holm pointed out that the dam was cracked.", None),
    ("In May, when the talks began, Pia Holm said that the dam was cracked.", None),
    ("Pia Holm said that the dam was cracked, but the talks went on.", None),
    ("Among those who watched, Pia Holm said that the dam was cracked.", "said"),
]


def braced(sentence: str) -> list[str]:
    return re.findall(r"\{(.+?)\}", sentence)


@pytest.mark.parametrize("sentence", LEFT)
def test_a_word_of_the_list_may_not_be_left_away(sentence: str) -> None:
    text = re.sub(r"[{}]", "", sentence)
    for content in braced(sentence):
        assert vetted(content, text).fields["content"] == "unsupported", content


@pytest.mark.parametrize("sentence", KEPT)
def test_what_keeps_a_clause_as_it_is_may_be_left_away(sentence: str) -> None:
    (content,) = braced(sentence)
    found = vetted(content, re.sub(r"[{}]", "", sentence))
    assert found.faithful, found.reason


@pytest.mark.parametrize(("text", "content"), UNKNOWN)
def test_a_claim_may_not_leave_away_what_stands_over_it_whatever_the_words(text: str, content: str) -> None:
    assert vetted(content, text).fields["content"] == "unsupported"


@pytest.mark.parametrize(("text", "cue"), SAID)
def test_what_stands_beside_a_plain_report_is_no_frame(text: str, cue: str | None) -> None:
    given = {"source": "Pia Holm"} | ({"cue": cue} if cue else {})
    found = vetted("the dam was cracked", text, **given)
    assert found.faithful, found.reason


def test_the_antecedent_of_a_relative_pronoun_is_who_shows_it() -> None:
    text = "The town has three gauges that show that the dam is cracked."
    assert vetted("that the dam is cracked", text, source="three gauges", cue="show").faithful


def test_who_is_forced_to_admit_it_is_who_admits_it() -> None:
    text = "The judge forced Tom Reyk to admit that the dam was cracked."
    assert vetted("that the dam was cracked", text, source="Tom Reyk", cue="to admit").faithful
    assert not vetted("that the dam was cracked", text, source="The judge", cue="to admit").faithful


def test_a_claim_with_an_at_sign_is_vetted() -> None:
    assert not vetted("the dam @reyk is cracked", "The dam is cracked, wrote Ann Lee.").faithful
    assert vetted("the dam @reyk is cracked", "The dam @reyk is cracked.").faithful


def test_a_list_with_an_unknown_field_is_refused_with_its_name() -> None:
    with pytest.raises(BadLexicon, match=r"framing\.toml"):
        framing("[[taker]]\nwhy = 'denied'\nverb = ['deny']\nyes = []\n", "")


SET_OFF = [
    ("By the look of things, the dam is cracked.", "the dam is cracked"),
    ("To judge by the gossip, the dam is cracked.", "the dam is cracked"),
    ("As alleged in the suit, the dam is cracked.", "the dam is cracked"),
    ("In the film about the affair, the dam is cracked.", "the dam is cracked"),
    ("The dam is cracked, a detail that could not be checked.", "The dam is cracked"),
    ("The dam is cracked, but the mayor was unable to verify it.", "The dam is cracked"),
    ("The dam is cracked: so the forged letter ran.", "The dam is cracked"),
    ("The dam is cracked, quite zorbably.", "The dam is cracked"),
    ("The dam is cracked. This is untrue.", "The dam is cracked"),
    ("Nobody has produced a witness who saw that the dam was cracked.", "the dam was cracked"),
]
BESIDE = [
    ("On Monday, the dam broke.", "the dam broke"),
    ("In Talmeer, the dam broke.", "the dam broke"),
    ("However, the dam broke.", "the dam broke"),
    ("After a night of heavy rain, the dam broke.", "the dam broke"),
    ("The dam broke, despite the repairs.", "The dam broke"),
    ("The dam broke, killing two.", "The dam broke"),
    ("The dam broke. The mayor denied that he had known.", "The dam broke"),
]


@pytest.mark.parametrize(("text", "content"), SET_OFF)
def test_a_phrase_that_is_set_off_must_be_known_to_leave_a_sentence_as_it_is(text: str, content: str) -> None:
    assert vetted(content, text).fields["content"] == "unsupported"


@pytest.mark.parametrize(("text", "content"), BESIDE)
def test_what_tells_when_where_or_why_may_be_left_away(text: str, content: str) -> None:
    found = vetted(content, text)
    assert found.faithful, found.reason


def test_who_stands_in_the_clause_before_is_not_who_says_it() -> None:
    text = "As Tomas Reyk looked on, Ida Brandt stated that the dam was cracked."
    assert vetted("the dam was cracked", text, source="Ida Brandt").faithful
    assert not vetted("the dam was cracked", text, source="Tomas Reyk").faithful
