"""What is said of somebody stands with the denials of it; what nobody named answers is known as that."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.links import Contradiction
from sayso.publish.replies import Said, said
from sayso.records import Claim, Event, Ledger, Party, phrase

from .ledgers import ledger


def who(document: str, entity: str) -> str:
    return f"{document} {entity}"


def doing(claim: Claim, name: str, **more: object) -> Claim:
    party = Party(spans=claim.content.spans, text=name, name=name)
    event = Event(type="ASSAULT", trigger=phrase("struck", ()), actor=party, plover="ASSAULT", **more)  # type: ignore[arg-type]
    return replace(claim, events=(event,))


def changed(paper: Ledger, *claims: Claim) -> Ledger:
    return replace(paper, claims=(*claims, *paper.claims[len(claims) :]))


def only(*papers: Ledger, against: tuple[Contradiction, ...] = ()) -> Said:
    (found,) = said(papers, against, who)
    return found


PAPER = ledger(
    "[source 1|Orla Venn] [cue 1|said] [content 1|the Reed Guild burned the lock]."
    " [source 2|The Reed Guild] [cue 2|denied] [content 2|any part in it].",
    {2: {"speech_act": "deny", "factuality": "CT-"}},
)


def test_who_is_named_answers_in_the_same_text() -> None:
    named = only(changed(PAPER, doing(PAPER.claims[0], "Reed Guild")))
    assert named.of == ("Reed Guild",)
    assert [(r.claim.id, r.how) for r in named.replies] == [
        (PAPER.claims[1].id, "a denial in the same text, by whom the claim names")
    ]


def test_a_denial_of_the_very_words_and_the_words_inside_of_a_denial() -> None:
    nested = ledger(
        "[source 1|The Reed Guild] [cue 1|denied] [content 1|the talk that [content 2|it burned the lock]].",
        {1: {"speech_act": "deny"}, 2: {"via": 1}},
    )
    assert [(r.claim.id, r.how) for r in only(nested).replies] == [(nested.claims[0].id, "denies it, in the same text")]


def test_a_denial_in_another_text_stands_with_it() -> None:
    other = ledger("[source 1|The Guild] [cue 1|denies] [content 1|burning the lock].", {1: {"speech_act": "deny"}})
    one = ledger("[source 1|Orla Venn] [cue 1|said] [content 1|the Guild burned the lock].")
    pair = Contradiction(
        a=one.claims[0].id, b=other.claims[0].id, relation="contradicts", reason="denied", spans=((), ())
    )
    assert [r.how for r in only(one, other, against=(pair,)).replies] == ["stands against it, in another text"]
    assert said((one, other), (replace(pair, relation="refines"),), who) == ()


def test_whoever_is_named_and_has_no_word_is_known_as_that() -> None:
    alone = ledger("[source 1|Orla Venn] [cue 1|said] [content 1|the Reed Guild burned the lock].")
    found = only(changed(alone, doing(alone.claims[0], "Reed Guild")))
    assert (found.replies, found.comments) == ((), ())
    spoke = changed(PAPER, doing(PAPER.claims[0], "Reed Guild"), replace(PAPER.claims[1], speech_act="assert"))
    assert [c.id for c in only(spoke).comments] == [PAPER.claims[1].id]


def test_things_what_is_negated_and_what_one_says_of_oneself_ask_for_no_answer() -> None:
    claim = PAPER.claims[0]
    alone = replace(PAPER, claims=(claim,))
    for told in (doing(claim, "the fire"), doing(claim, "Reed Guild", negated=True), doing(claim, "Orla Venn")):
        assert said((changed(alone, told),), (), who) == ()
