from __future__ import annotations

from dataclasses import replace

import pytest
from eval.lots import b_cubed, ceaf_e, muc, score

from sayso.resolve.coref_names import Named, acronym, group
from sayso.resolve.coref_words import Gender, Kind
from sayso.resolve.coreference import Chain, Speech, chains
from sayso.resolve.mentions import mentions
from sayso.spans import Span
from sayso.syntax import NameKind, Syntax
from tests.resolve.coref_trees import lexicon, parsed, tree, words

OMBRY: dict[str, NameKind] = {"Lenna Ombry": "PER", "Ombry": "PER"}


def made(syntax: Syntax, *speakers: Speech) -> tuple[Chain, ...]:
    found = mentions(syntax, parsed(syntax).quotations, words(), lexicon())
    return chains(syntax, found, speakers, words())


def together(syntax: Syntax, *speakers: Speech) -> set[tuple[str, ...]]:
    """The chains of two and more, by their words."""
    return {
        tuple(m.span.of(syntax.text) for m in chain.mentions)
        for chain in made(syntax, *speakers)
        if len(chain.mentions) > 1
    }


# -- names


def a_name(shown: str, kind: Kind = "person", gender: Gender | None = None) -> Named:
    plain = tuple(w.replace(".", "").lower() for w in shown.split())
    return Named(plain, kind, gender, shown)


def grouped(*names: Named) -> list[int]:
    return group(names, words())


def test_a_surname_is_short_for_the_full_name_before_and_after_it() -> None:
    assert grouped(a_name("Ombry"), a_name("Lenna Ombry"), a_name("Ombry"), a_name("Lenna")) == [1, 1, 1, 1]


def test_two_who_share_a_surname_stay_apart() -> None:
    assert grouped(a_name("Lenna Ombry"), a_name("Tarn Ombry")) == [0, 1]


def test_a_title_tells_two_of_one_surname_apart() -> None:
    lenna, tarn = a_name("Lenna Ombry", gender="f"), a_name("Tarn Ombry", gender="m")
    assert grouped(lenna, tarn, a_name("Ombry", gender="f"), a_name("Ombry", gender="m")) == [0, 1, 0, 1]


def test_a_bare_surname_goes_on_naming_whom_it_named() -> None:
    assert grouped(a_name("Lenna Ombry"), a_name("Ombry"), a_name("Tarn Ombry"), a_name("Ombry")) == [0, 0, 2, 0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("William Ombry", "Bill Ombry", True),
        ("L. Ombry", "Lenna Ombry", True),
        ("Lenna Q. Ombry", "Lenna Ombry", True),
        ("Lenna Q. Ombry", "Lenna R. Ombry", False),
        ("Tarn Ombry Jr.", "Tarn Ombry Sr.", False),
        ("Salim al-Orlec", "Salim Orlec", True),
        ("Lenna Ombry", "Ombry Lenna", False),
    ],
)
def test_full_names_of_one_person(one: str, other: str, *, same: bool) -> None:
    assert (grouped(a_name(one), a_name(other)) == [0, 0]) is same


@pytest.mark.parametrize(
    ("long", "short", "same"),
    [
        ("Sarvel Relief Council", "SRC", True),
        ("Sarvel Relief Council", "Sarvel Relief", True),
        ("Sarvel Relief Council", "Relief Council", True),
        ("Sarvel Relief Council", "Council", False),
        ("New River Guard", "River Guard", False),
        ("Free Halm Army", "Halm Army", False),
        ("River Guard of Halm", "River Guard", False),
        ("Halyard News Agency", "Halyard", True),
    ],
)
def test_short_forms_of_a_body(long: str, short: str, *, same: bool) -> None:
    assert (grouped(a_name(long, "organisation"), a_name(short, "organisation")) == [0, 0]) is same


def test_an_acronym_of_two_bodies_is_joined_to_neither() -> None:
    names = ("Sarvel Relief Council", "Sund River Commission", "SRC")
    assert grouped(*(a_name(n, "organisation") for n in names)) == [0, 1, 2]


def test_countries_have_more_than_one_name() -> None:
    assert grouped(a_name("the United States", "place"), a_name("U.S.", "place"), a_name("Ordavia", "place")) == [
        0,
        0,
        2,
    ]


def test_initials() -> None:
    assert acronym("M.O.D.", ("ministry", "of", "defence"))
    assert acronym("MD", ("ministry", "of", "defence"))
    assert not acronym("Md", ("ministry", "of", "defence"))
    assert not acronym("MI", ("ministry", "of", "defence"))


# -- what the grammar says


def test_a_name_its_title_and_an_apposition_are_one() -> None:
    syntax = tree(
        "Lenna/PROPN/nsubj/6 Ombry/PROPN/flat/1 ,/PUNCT/punct/5 the/DET/det/5 director/NOUN/appos/1 left/VERB/root/0",
        "Ms./PROPN/nmod:desc/2 Ombry/PROPN/nsubj/3 returned/VERB/root/0",
        names=OMBRY,
    )
    assert together(syntax) == {("Lenna Ombry", "the director", "Ms. Ombry")}


@pytest.mark.parametrize(("word", "joined"), [("", True), ("not/PART/advmod/4", False), ("may/AUX/aux/4", False)])
def test_a_predicate_that_is_said_outright(word: str, *, joined: bool) -> None:
    middle = word or "indeed/ADV/advmod/4"
    syntax = tree(f"Ombry/PROPN/nsubj/4 {middle} is/AUX/cop/4/be mayor/NOUN/root/0", names=OMBRY)
    assert (together(syntax) == {("Ombry", "mayor")}) is joined


def test_a_relative_pronoun_is_of_its_noun() -> None:
    syntax = tree("The/DET/det/2 guard/NOUN/nsubj/5 who/PRON/nsubj/4 spoke/VERB/acl:relcl/2 left/VERB/root/0")
    assert together(syntax) == {("The guard who spoke", "who")}


def test_words_within_words_are_of_another() -> None:
    syntax = tree(
        "Ombry/PROPN/nmod:poss/3 's/PART/case/1 aide/NOUN/nsubj/4 left/VERB/root/0",
        "He/PRON/nsubj/2 returned/VERB/root/0",
        names=OMBRY,
    )
    assert not any(len(chain) == 3 for chain in together(syntax))


def test_what_is_listed_together_is_not_one() -> None:
    syntax = tree(
        "The/DET/det/2 ministry/NOUN/nsubj/6 and/CCONJ/cc/5 the/DET/det/5 ministry/NOUN/conj/2 replied/VERB/root/0"
    )
    assert not any(chain.count("the ministry") and "The ministry" in chain for chain in together(syntax))


# -- who speaks


QUOTED = tree(
    "“/PUNCT/punct/3 I/PRON/nsubj/3 warned/VERB/ccomp/8 him/PRON/obj/3 ,/PUNCT/punct/3 ”/PUNCT/punct/3 "
    "Ombry/PROPN/nsubj/8 said/VERB/root/0",
    "“/PUNCT/punct/3 We/PRON/nsubj/3 waited/VERB/ccomp/6 ,/PUNCT/punct/3 ”/PUNCT/punct/3 added/VERB/root/0 "
    "Ombry/PROPN/nsubj/6",
    names=OMBRY,
)
SAID = (Speech(Span(0, 18), "one", speaker=6), Speech(Span(27, 40), "two", speaker=14))


def test_i_is_who_speaks_and_he_is_another() -> None:
    assert together(QUOTED, *SAID) == {("I", "Ombry", "Ombry")}


def test_we_is_the_side_of_who_speaks_and_a_chain_of_its_own() -> None:
    (we,) = (chain for chain in made(QUOTED, *SAID) if chain.mentions[0].word == "we")
    assert len(we.mentions) == 1
    assert we.side_of is not None
    assert we.side_of.span.of(QUOTED.text) == "Ombry"


def test_you_is_who_is_spoken_to() -> None:
    syntax = tree(
        "“/PUNCT/punct/3 You/PRON/nsubj/3 lied/VERB/ccomp/7 ,/PUNCT/punct/3 ”/PUNCT/punct/3 Ombry/PROPN/nsubj/7 "
        "told/VERB/root/0/tell Tarnack/PROPN/obj/7",
        names={"Ombry": "PER", "Tarnack": "PER"},
    )
    speech = Speech(Span(0, 12), "one", speaker=5, addressee=7)
    assert together(syntax, speech) == {("You", "Tarnack")}


# -- pronouns and descriptions


def test_a_pronoun_takes_the_one_of_its_gender() -> None:
    syntax = tree(
        "Maria/PROPN/nsubj/3 Tarnack/PROPN/flat/1 met/VERB/root/0/meet Peter/PROPN/obj/3 Orlec/PROPN/flat/4",
        "She/PRON/nsubj/2 said/VERB/root/0/say he/PRON/nsubj/4 agreed/VERB/ccomp/2",
        names={"Maria Tarnack": "PER", "Peter Orlec": "PER"},
    )
    assert together(syntax) == {("Maria Tarnack", "She"), ("Peter Orlec", "he")}


def test_himself_is_the_subject_and_him_is_not() -> None:
    for word, joined in (("himself", True), ("him", False)):
        syntax = tree(f"Orlec/PROPN/nsubj/2 praised/VERB/root/0 {word}/PRON/obj/2", names={"Orlec": "PER"})
        assert (together(syntax) == {("Orlec", word)}) is joined


OTHERS: dict[str, NameKind] = {"Maria Tarnack": "PER", "Peter Orlec": "PER", "Tarnack": "PER", "Orlec": "PER"}


def test_he_said_stays_with_who_spoke_last() -> None:
    told = "Peter/PROPN/nsubj/3 Orlec/PROPN/flat/1 said/VERB/root/0/say Ivan/PROPN/nsubj/5 lied/VERB/ccomp/3"
    syntax = tree(told, "He/PRON/nsubj/2 added/VERB/root/0/add nothing/PRON/obj/2", names={**OTHERS, "Ivan": "PER"})
    assert ("Peter Orlec", "He") in together(syntax)


def test_he_said_moves_on_where_another_has_come_up() -> None:
    syntax = tree(
        "Peter/PROPN/nsubj/3 Orlec/PROPN/flat/1 said/VERB/root/0/say so/ADV/advmod/3",
        "Ivan/PROPN/nsubj/3 Halm/PROPN/flat/1 arrived/VERB/root/0/arrive",
        "He/PRON/nsubj/2 added/VERB/root/0/add nothing/PRON/obj/2",
        names={**OTHERS, "Ivan Halm": "PER"},
    )
    assert ("Ivan Halm", "He") in together(syntax)


def test_nobody_calls_himself_she() -> None:
    syntax = tree("I/PRON/nsubj/2 arrived/VERB/root/0", "She/PRON/nsubj/2 said/VERB/root/0/say so/ADV/advmod/2")
    assert together(syntax) == set()


def test_a_role_before_a_name_is_whose_name_it_is_whatever_the_tree() -> None:
    syntax = tree(
        "The/DET/det/2 spokesman/NOUN/nsubj/5 Peter/PROPN/dep/5 Orlec/PROPN/flat/3 left/VERB/root/0", names=OTHERS
    )
    assert together(syntax) == {("The spokesman", "Peter Orlec")}


def test_a_person_once_read_as_a_place_is_a_person() -> None:
    syntax = tree(
        "Orlec/PROPN/nsubj/2 left/VERB/root/0",
        "Orlec/PROPN/nsubj/2 wept/VERB/root/0",
        "Orlec/PROPN/nsubj/2 slept/VERB/root/0",
        names={"Orlec": "PER"},
    )
    misread = replace(syntax, names=(*syntax.names[:2], syntax.names[2]._replace(kind="LOC")))
    (chain,) = made(misread)
    assert {m.kind for m in chain.mentions} == {"person"}


def test_two_officials_are_two_unless_they_are_the_same() -> None:
    first = "An/DET/det/2 official/NOUN/nsubj/3 resigned/VERB/root/0"
    again = "{}/DET/det/3 {}/ADJ/amod/3 official/NOUN/nsubj/4 left/VERB/root/0"
    assert together(tree(first, again.format("Another", "senior"))) == set()
    assert together(tree(first, again.format("A", "senior"))) == set()
    assert together(tree(first, again.format("The", "same"))) == {("An official", "The same official")}


def test_the_ministry_is_the_one_that_was_named() -> None:
    syntax = tree(
        "The/DET/det/2 Ministry/PROPN/nsubj/5 of/ADP/case/4 Defence/PROPN/nmod/2 replied/VERB/root/0",
        "The/DET/det/2 ministry/NOUN/nsubj/3 denied/VERB/root/0/deny it/PRON/obj/3",
        names={"Ministry of Defence": "ORG"},
    )
    assert ("The Ministry of Defence", "The ministry") in together(syntax)


def test_nothing_is_lost_and_nothing_stands_twice() -> None:
    found = mentions(QUOTED, parsed(QUOTED).quotations, words(), lexicon())
    again = [m for chain in chains(QUOTED, found, SAID, words()) for m in chain.mentions]
    assert sorted(again, key=lambda m: m.span) == sorted(found, key=lambda m: m.span)


# -- the measures, by hand

KEY = [{"a", "b", "c"}, {"d", "e", "f", "g"}, {"h"}]
RESPONSE = [{"a", "b"}, {"c", "d"}, {"e", "f", "g"}, {"i"}]


def test_muc_by_hand() -> None:
    # Of the key's 2 + 3 links 1 and 2 are kept; of the response's 1 + 1 + 2 links 1, 0 and 2.
    got = muc(KEY, RESPONSE)
    assert [got.recall, got.precision] == pytest.approx([3 / 5, 3 / 4])


def test_b_cubed_by_hand() -> None:
    got = b_cubed(KEY, RESPONSE)
    # a b: 2/3 each, c: 1/3; d: 1/4, e f g: 3/4 each; h: nowhere.
    assert got.recall == pytest.approx((4 / 3 + 1 / 3 + 1 / 4 + 9 / 4) / 8)
    # a b: 1 each; c d: 1/2 each; e f g: 1 each; i: nowhere.
    assert got.precision == pytest.approx((2 + 1 + 3) / 8)


def test_ceaf_by_hand() -> None:
    got = ceaf_e(KEY, RESPONSE)
    worth = 2 * 2 / 5 + 2 * 3 / 7  # {a b} with the first, {e f g} with the second; {c d} and {i} with none
    assert [got.recall, got.precision] == pytest.approx([worth / 3, worth / 4])


def test_ceaf_takes_the_best_matching_and_not_the_greedy_one() -> None:
    key = [{"a", "b", "c", "d"}, {"e", "f"}]
    response = [{"a", "b", "e"}, {"c", "d"}]
    # The first response lot is nearest to the first key lot (4/7); but 2/5 + 4/6 is more than 4/7 + 0.
    assert ceaf_e(key, response).p == pytest.approx(2 / 5 + 4 / 6)


def test_singletons_count_only_where_asked() -> None:
    key, response = [{"a", "b"}, {"c"}], [{"a", "b"}, {"d"}]
    assert score(key, response, singletons=False).conll == pytest.approx(1)
    assert score(key, response, singletons=True).b_cubed.f1 == pytest.approx(2 / 3)
