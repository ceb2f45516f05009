"""Who does it, to whom it is done, as the tree has it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sayso.resolve.anaphora import referent
from sayso.resolve.roles import antecedent, conjuncts, counted, is_passive, object_, party, subject
from sayso.spans import Span
from sayso.syntax import Syntax

_CASES = Path(__file__).resolve().parent.parent / "cases"


@cache
def _trees() -> dict[str, str]:
    lines = [line for line in (_CASES / "trees.txt").read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return dict(zip(lines[::2], lines[1::2], strict=True))


def tree(text: str) -> Syntax:
    """The Syntax of a sentence of tests/cases/trees.txt."""
    places, forms, rows = [], [], []
    at = 0
    for word in _trees()[text].split():
        form, upos, xpos, head, rel = word.rsplit("/", 4)
        form, _, lemma = form.partition("=")
        at = text.index(form, at)
        places.append((at, at + len(form)))
        forms.append(form)
        rows.append((lemma or form, upos, xpos, int(head), rel))
        at += len(form)
    lemmas, upos_, xpos_, heads, rels = zip(*rows, strict=True)
    return Syntax(
        text=text,
        start=[a for a, _ in places],
        end=[b for _, b in places],
        lemma=lemmas,
        upos=upos_,
        xpos=xpos_,
        head=heads,
        rel=rels,
        sentence=[0] * len(forms),
        certainty=[0.0] * len(forms),
    )


def at(syntax: Syntax, form: str) -> int:
    return next(t for t in range(len(syntax)) if syntax.form(t) == form)


def word(syntax: Syntax, token: int | None) -> str | None:
    return None if token is None else syntax.form(token)


@pytest.mark.parametrize(
    ("text", "verb", "who", "whom"),
    [
        ("The rebels were attacked by Tarnia on Monday.", "attacked", "Tarnia", "rebels"),
        ("The council urged Dorvan to withdraw its troops.", "urged", "council", "Dorvan"),
        ("The council urged Dorvan to withdraw its troops.", "withdraw", "Dorvan", "troops"),
        ("The president refused to meet the rebels.", "meet", "president", "rebels"),
        ("The general who ordered the raid resigned.", "ordered", "general", "raid"),
        ("The general who ordered the raid resigned.", "resigned", "general", None),
        ("Soldiers seized and burned the mill.", "seized", "Soldiers", "mill"),
        ("Soldiers seized and burned the mill.", "burned", "Soldiers", "mill"),
        ("Dozens of soldiers were killed.", "killed", None, "Dozens"),
        ("Tarnia accused Dorvan of shelling a village.", "accused", "Tarnia", "Dorvan"),
    ],
)
def test_subject_and_object_of_active_passive_controlled_and_joined_verbs(
    text: str, verb: str, who: str | None, whom: str | None
) -> None:
    syntax = tree(text)
    assert word(syntax, subject(syntax, at(syntax, verb))) == who
    assert word(syntax, object_(syntax, at(syntax, verb))) == whom


def test_a_passive_is_known_by_its_auxiliary() -> None:
    syntax = tree("Dozens of soldiers were killed.")
    assert is_passive(syntax, at(syntax, "killed"))
    other = tree("The general who ordered the raid resigned.")
    assert not is_passive(other, at(other, "ordered"))


def test_a_relative_pronoun_stands_for_the_noun_before_it() -> None:
    syntax = tree("The general who ordered the raid resigned.")
    assert word(syntax, antecedent(syntax, at(syntax, "who"))) == "general"
    assert word(syntax, antecedent(syntax, at(syntax, "raid"))) == "raid"


def test_what_is_counted_is_the_head() -> None:
    syntax = tree("Tens of thousands of people marched.")
    assert word(syntax, counted(syntax, at(syntax, "Tens"))) == "people"


def test_conjuncts_are_heads_of_one_party() -> None:
    syntax = tree("Tarnia and Dorvan signed a treaty.")
    assert [syntax.form(t) for t in conjuncts(syntax, 0)] == ["Tarnia", "Dorvan"]
    both = party(syntax, 0, lambda _: None)
    assert both.text == "Tarnia and Dorvan"
    assert [h.of(syntax.text) for h in both.heads] == ["Tarnia", "Dorvan"]


def test_a_party_is_told_with_its_whole_phrase_and_its_head() -> None:
    syntax = tree("Dozens of soldiers were killed.")
    found = party(syntax, at(syntax, "Dozens"), lambda t: "MIL" if syntax.lemma[t] == "soldier" else None)
    assert (found.text, found.heads[0].of(syntax.text), found.sector) == ("Dozens of soldiers", "soldiers", "MIL")


def test_a_pronoun_in_a_reported_clause_is_whoever_reports() -> None:
    syntax = tree("Tarnia said it would leave the valley.")
    assert word(syntax, referent(syntax, at(syntax, "it"))) == "Tarnia"
    found = party(syntax, at(syntax, "it"), lambda _: None, at(syntax, "Tarnia"))
    assert found.text == "it"
    assert found.stands_for == Span(0, 6)


def test_a_possessive_pronoun_is_the_subject_of_its_clause_only_where_number_fits() -> None:
    syntax = tree("The council urged Dorvan to withdraw its troops.")
    assert word(syntax, referent(syntax, at(syntax, "its"))) == "council" or referent(syntax, at(syntax, "its")) is None
