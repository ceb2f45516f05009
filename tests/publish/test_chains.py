from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sayso.publish.chains import Places, chain, own_words, passed_on, standing, within
from sayso.records import Claim, Document, Ledger
from sayso.spans import Span

from .ledgers import document, ledger, paragraphs_of

NESTED = ledger(
    "[cue 1|According to] [source 1|Mara Ilves] of [outlet 1|the Courier], "
    "[content 1|[source 2|Tomas Reyk] [cue 2|said] [content 2|the quay was empty]].",
    {2: {"via": 1}},
)


def names(claim: Claim, by_id: Mapping[str, Claim]) -> tuple[str, ...]:
    return tuple(link.name for link in chain(claim, by_id))


BY_ID = {claim.id: claim for claim in NESTED.claims}


def test_a_chain_goes_from_the_innermost_source_outwards() -> None:
    outer, inner = NESTED.claims
    assert names(inner, BY_ID) == ("Tomas Reyk", "Mara Ilves", "the Courier")
    assert names(outer, BY_ID) == ("Mara Ilves", "the Courier")


def test_a_name_stands_once_in_a_chain() -> None:
    found = ledger("[source 1|The Courier], in [outlet 1|the Courier], [cue 1|said] [content 1|it rained].")
    assert names(found.claims[0], {}) == ("The Courier",)


def test_an_outlet_that_the_source_names_already_is_no_link_of_its_own() -> None:
    found = ledger("[source 1|A report in [outlet 1|the Courier]] [cue 1|said] [content 1|it rained].")
    assert names(found.claims[0], {}) == ("A report in the Courier",)


def test_a_chain_without_a_source_and_one_of_the_author() -> None:
    found = ledger("It [cue 1|is said] that [content 1|it rained]. [content 2|It rained.]", {2: {"kind": "authorial"}})
    assert [names(claim, {}) for claim in found.claims] == [("no source",), ("the author",)]


def test_a_chain_in_a_circle_ends() -> None:
    outer, inner = NESTED.claims
    circle = {outer.id: msgspec.structs.replace(outer, via=inner.id), inner.id: inner}
    assert names(inner, circle) == ("Tomas Reyk", "Mara Ilves", "the Courier")


def test_a_chain_ends_where_the_outer_claim_is_not_there() -> None:
    assert names(NESTED.claims[1], {}) == ("Tomas Reyk",)


def test_a_chain_tells_how_each_passes_it_on() -> None:
    outer, inner = NESTED.claims
    assert passed_on(chain(inner, BY_ID)) == "on the word of Mara Ilves, in the Courier"
    for act, how in (("deny", "in a denial by"), ("doubt", "in doubts of"), ("ask", "in a question by")):
        put = {outer.id: msgspec.structs.replace(outer, speech_act=act), inner.id: inner}
        assert passed_on(chain(inner, put)) == f"{how} Mara Ilves, in the Courier"
    left = {outer.id: msgspec.structs.replace(outer, factuality="Uu"), inner.id: inner}  # "could not confirm that"
    assert passed_on(chain(inner, left)).startswith("left open by Mara Ilves")


def test_standings() -> None:
    found = ledger(
        "[source 1|Reyk] [cue 1|said] [content 1|one]. [source 2|An aide] [cue 2|said] [content 2|two]. "
        "[source 3|Residents] [cue 3|said] [content 3|three]. It [cue 4|is said] that [content 4|four]. "
        "[content 5|Five.]",
        {2: {"anonymous": True}, 3: {"type": "people"}, 5: {"kind": "authorial"}},
    )
    assert [standing(claim) for claim in found.claims] == ["named", "anonymous", "anonymous", "none", "author"]


def place(read: Document, at: int) -> str:
    return Places(Ledger(document=read, claims=(), paragraphs=paragraphs_of(read))).name(at)


def test_where_counts_paragraphs_from_one() -> None:
    text = "Title\n\nOne.\n\nTwo."
    assert place(document(text), text.index("Two")) == "¶ 3"


def test_where_counts_on_the_page_in_a_pdf() -> None:
    text = "One.\n\nTwo.\n\nThree.\n\nFour."
    cut = text.index("Three")
    read = document(text, pages=(Span(0, cut), Span(cut, len(text))))
    assert place(read, text.index("Two")) == "p. 1 ¶ 2"
    assert place(read, text.index("Four")) == "p. 2 ¶ 2"


def test_a_paragraph_that_runs_over_the_page_is_the_first_of_the_next() -> None:
    text = "One starts here and goes on.\n\nTwo."
    cut = text.index("goes")
    read = document(text, pages=(Span(0, cut), Span(cut, len(text))))
    assert place(read, cut) == "p. 2 ¶ 1"
    assert place(read, text.index("Two")) == "p. 2 ¶ 2"


def test_the_text_s_own_words_stand_beside_a_name_that_they_do_not_hold() -> None:
    text = "[source 1|The office] [cue 1|said] [content 1|no]. [source 2|the Reed Guild] [cue 2|said] [content 2|n]."
    guess, same = ledger(text, {1: {"name": "Ferro Lines"}, 2: {"name": "Reed Guild"}}).claims
    assert [chain(claim, {})[0].words for claim in (guess, same)] == ["The office", ""]
    longer = ledger("[source 1|Ada Roe, a porter,] [cue 1|said] [content 1|no].", {1: {"name": "Ada Roe"}}).claims[0]
    assert own_words(longer) == ""


def test_the_claims_that_one_lies_in_are_found_once_each() -> None:
    outer, inner = NESTED.claims
    assert list(within(inner, BY_ID.__getitem__)) == [outer.id]
    circle = {outer.id: msgspec.structs.replace(outer, via=inner.id), inner.id: inner}
    assert set(within(inner, circle.__getitem__)) == {outer.id, inner.id}


def test_who_is_not_named_is_told_in_small_letters_behind_other_words() -> None:
    found = ledger(
        "[source 1|A clerk] [cue 1|said] [content 1|[source 2|Tomas Reyk] [cue 2|denied] [content 2|it]].",
        {1: {"anonymous": True}, 2: {"via": 1}},
    )
    outer, inner = found.claims
    assert names(outer, {}) == ("A clerk",)
    assert passed_on(chain(inner, {outer.id: outer})) == "on the word of a clerk"
