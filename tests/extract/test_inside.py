"""Attributions inside of what somebody says, by hand-written trees: the reader is taken to have found the outer one."""

from __future__ import annotations

import pytest

from sayso.extract.drafts import Draft
from sayso.extract.inside import inside
from sayso.spans import Span
from sayso.syntax import Syntax
from tests.resolve.coref_trees import lexicon, tree

Found = tuple[str, str, str]


def found_in(syntax: Syntax, cue: str, content: str, by: str = "reader") -> list[Found]:
    """Source, cue and content of each that stands inside of ``content``."""
    text = syntax.text
    place = Span(text.index(content), text.index(content) + len(content))
    cues = Span(text.index(cue), text.index(cue) + len(cue))
    outer = Draft(by=by, source=(), cue=cues, content=(place,))  # type: ignore[arg-type]
    drafts = inside([outer], syntax, lexicon())
    return [(d.source[0].of(text) if d.source else "", d.cue.of(text), d.content[0].of(text)) for d in drafts if d.cue]


TOLD = (
    "Ida/PROPN/nsubj/2 said/VERB/root/0/say that/SCONJ/mark/6 the/DET/det/5 guard/NOUN/nsubj/6 told/VERB/ccomp/2/tell"
    " them/PRON/iobj/6 the/DET/det/9 gate/NOUN/nsubj/10 fell/VERB/ccomp/6/fall ./PUNCT/punct/2"
)


def test_a_verb_with_its_subject_and_its_clause() -> None:
    assert found_in(tree(TOLD), "said", "that the guard told them the gate fell") == [
        ("the guard", "told", "the gate fell")
    ]


def test_what_does_not_lie_in_the_content_is_not_inside() -> None:
    assert found_in(tree(TOLD), "said", "the gate fell") == []


def test_what_another_rule_found_is_left_as_it_is() -> None:
    assert found_in(tree(TOLD), "said", "that the guard told them the gate fell", by="turn") == []


def test_a_cue_begins_with_its_negation() -> None:
    rows = TOLD.replace("told/VERB/ccomp/2/tell", "never/ADV/advmod/7 told/VERB/ccomp/2/tell")
    rows = (
        rows.replace("nsubj/6 never", "nsubj/7 never").replace("iobj/6", "iobj/7").replace("det/9 gate", "det/10 gate")
    )
    rows = rows.replace("gate/NOUN/nsubj/10 fell/VERB/ccomp/6", "gate/NOUN/nsubj/11 fell/VERB/ccomp/7")
    assert found_in(tree(rows), "said", "that the guard never told them the gate fell") == [
        ("the guard", "never told", "the gate fell")
    ]


@pytest.mark.parametrize("who", ["I", "we"])
def test_how_somebody_puts_his_own_words_is_no_other_claim(who: str) -> None:
    rows = (
        f"Ida/PROPN/nsubj/2 said/VERB/root/0/say {who}/PRON/nsubj/4 think/VERB/ccomp/2"
        " it/PRON/nsubj/6 fell/VERB/ccomp/4/fall"
    )
    assert found_in(tree(rows), "said", f"{who} think it fell") == []


def test_a_noun_with_its_clause_has_its_owner_or_nobody_for_its_source() -> None:
    rows = (
        "Ida/PROPN/nsubj/2 rejected/VERB/root/0/reject {}/DET/{}/4 claim/NOUN/obj/2 that/SCONJ/mark/7"
        " it/PRON/nsubj/7 fell/VERB/acl/4/fall ./PUNCT/punct/2"
    )
    content = "{} claim that it fell"
    for word, relation, source in (("the", "det", ""), ("their", "nmod:poss", "their")):
        syntax = tree(rows.format(word, relation))
        assert found_in(syntax, "rejected", content.format(word)) == [(source, "claim", "that it fell")]


def test_a_relative_clause_without_words_of_its_own_says_nothing() -> None:
    rows = (
        "Ida/PROPN/nsubj/2 praised/VERB/root/0/praise money/NOUN/obj/2 he/PRON/nsubj/5 says/VERB/acl:relcl/3/say"
        " he/PRON/nsubj/7 raised/VERB/ccomp/5/raise abroad/ADV/advmod/7 ./PUNCT/punct/2"
    )
    assert found_in(tree(rows), "praised", "money he says he raised abroad") == []
