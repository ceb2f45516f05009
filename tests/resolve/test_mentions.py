from __future__ import annotations

import pytest

from sayso.resolve.coref_words import read_words
from sayso.resolve.mentions import Mention, mentions
from sayso.syntax import Syntax
from tests.resolve.coref_trees import lexicon, parsed, tree, words


def found(syntax: Syntax) -> dict[str, Mention]:
    """The mentions of a text, by their words."""
    return {m.span.of(syntax.text): m for m in mentions(syntax, parsed(syntax).quotations, words(), lexicon())}


def test_a_description_keeps_its_clause_and_not_its_apposition() -> None:
    syntax = tree(
        "The/DET/det/2 officer/NOUN/nsubj/9 who/PRON/nsubj/4 spoke/VERB/acl:relcl/2 ,/PUNCT/punct/7 a/DET/det/7 "
        "sergeant/NOUN/appos/2 ,/PUNCT/punct/7 left/VERB/root/0 ./PUNCT/punct/9"
    )
    assert set(found(syntax)) == {"The officer who spoke", "who", "a sergeant"}
    assert found(syntax)["who"].form == "relative"


def test_a_predicate_is_only_its_noun_phrase() -> None:
    syntax = tree(
        "Ombry/PROPN/nsubj/4 was/AUX/cop/4/be a/DET/det/4 doctor/NOUN/root/0 in/ADP/case/6 Talmeer/PROPN/nmod/4"
    )
    assert set(found(syntax)) == {"Ombry", "a doctor in Talmeer", "Talmeer"}


def test_expletives_and_question_words_speak_of_nobody() -> None:
    syntax = tree(
        "It/PRON/expl/2 seems/VERB/root/0/seem that/SCONJ/mark/5 it/PRON/nsubj/5 rains/VERB/ccomp/2/rain",
        "Who/PRON/nsubj/2 knows/VERB/root/0/know ?/PUNCT/punct/2",
    )
    assert list(found(syntax)) == ["it"]


@pytest.mark.parametrize(
    ("title", "gender"), [("Ms./PROPN", "f"), ("Mr./PROPN", "m"), ("Dr./PROPN", None), ("spokeswoman/NOUN", "f")]
)
def test_a_title_is_no_part_of_the_name_and_tells_the_gender(title: str, gender: str | None) -> None:
    syntax = tree(f"{title}/nmod:desc/2 Ombry/PROPN/nsubj/3 left/VERB/root/0", names={"Ombry": "PER"})
    (mention,) = mentions(syntax, (), words(), lexicon())
    assert (mention.name, mention.gender, mention.kind) == (("ombry",), gender, "person")


def test_a_given_name_tells_the_gender() -> None:
    syntax = tree("Maria/PROPN/nsubj/3 Tarnack/PROPN/flat/1 left/VERB/root/0", names={"Maria Tarnack": "PER"})
    (mention,) = mentions(syntax, (), words(), lexicon())
    assert (mention.name, mention.gender) == (("maria", "tarnack"), "f")
    assert mention.named == mention.span


@pytest.mark.parametrize("campaign", ["campaign/NOUN", "Campaign/PROPN"])
def test_what_bears_a_persons_name_is_no_person(campaign: str) -> None:
    syntax = tree(f"The/DET/det/3 Ombry/PROPN/compound/3 {campaign}/nsubj/4 ended/VERB/root/0", names={"Ombry": "PER"})
    both = found(syntax)
    assert both["Ombry"].kind == "person"
    assert both[f"The Ombry {campaign.partition('/')[0]}"].kind != "person"


def test_a_ministry_by_name_is_a_government() -> None:
    syntax = tree(
        "The/DET/det/2 Ministry/PROPN/nsubj/5 of/ADP/case/4 Defence/PROPN/nmod/2 replied/VERB/root/0",
        names={"Ministry of Defence": "ORG"},
    )
    assert found(syntax)["The Ministry of Defence"].kind == "government"


def test_two_joined_by_and_are_mentioned_together_too() -> None:
    syntax = tree(
        "Ombry/PROPN/nsubj/4 and/CCONJ/cc/3 Tarnack/PROPN/conj/1 left/VERB/root/0",
        names={"Ombry": "PER", "Tarnack": "PER"},
    )
    group = found(syntax)["Ombry and Tarnack"]
    assert (group.form, group.kind, group.many) == ("group", "people", True)
    assert set(found(syntax)) == {"Ombry", "Tarnack", "Ombry and Tarnack"}


def test_a_mention_knows_the_quotation_it_stands_in() -> None:
    syntax = tree(
        "“/PUNCT/punct/3 We/PRON/nsubj/3 left/VERB/ccomp/7 ,/PUNCT/punct/3 ”/PUNCT/punct/3 "
        "he/PRON/nsubj/7 said/VERB/root/0"
    )
    both = found(syntax)
    assert (both["We"].quoted, both["he"].quoted) == (0, -1)


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("officials/NOUN/nsubj/2/official", True),
        ("report/NOUN/nsubj/2", False),
        ("staff/NOUN/nsubj/2", None),
    ],
)
def test_one_or_many(noun: str, many: bool | None) -> None:  # noqa: FBT001 - a case, not a switch
    (mention,) = mentions(tree(f"{noun} came/VERB/root/0"), (), words(), lexicon())
    assert mention.many is many


def _head(phrase: str) -> str:
    """The last word before the first preposition."""
    before: list[str] = []
    for word in phrase.lower().removesuffix(".").split():
        if before and word in lexicon().words.prepositions:
            break
        before.append(word)
    return before[-1].rpartition("-")[2]


ENTRIES = [
    (f"{list_}-{number}", entry)
    for list_ in ("noun", "given", "kin", "seat", "acts")
    for number, entry in enumerate(getattr(words(), list_))
]


@pytest.mark.parametrize("entry", [e for _, e in ENTRIES], ids=[name for name, _ in ENTRIES])
def test_the_phrases_of_a_word_list(entry: object) -> None:
    own = entry.words  # type: ignore[attr-defined]

    def is_of(phrase: str) -> bool:
        head = _head(phrase)
        return bool(own & {head, head.removesuffix("s"), phrase.lower()})

    for phrase in entry.yes:  # type: ignore[attr-defined]
        assert is_of(phrase), phrase
    for phrase in entry.no:  # type: ignore[attr-defined]
        assert not is_of(phrase), phrase


def test_nicknames_have_their_long_names() -> None:
    for entry in words().nickname:
        assert all(name.lower() in words().long_names for name in entry.yes)
        assert not any(name.lower() in words().long_names for name in entry.no)


def test_a_mistake_in_the_lists_is_named() -> None:
    from sayso.errors import BadLexicon  # noqa: PLC0415 - beside the one test of it

    with pytest.raises(BadLexicon, match="coreference lists"):
        read_words("[[noun]]\nkind = 'person'\n")
