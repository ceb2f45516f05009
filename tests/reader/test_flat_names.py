"""Names with an Arabic article hang together, whatever the network makes of their hyphens."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.flat_names import Tokens, joined

Token = tuple[str, int, str]  # form, head, relation


def tree(text: str, *tokens: Token, persons: Sequence[tuple[int, int]] = ()) -> list[tuple[str, str, str]]:
    """Each token with what it hangs from and how, after mending. All with a capital or an article are names."""
    places, at = [], 0
    for form, _, _ in tokens:
        at = text.index(form, at)
        places.append((at, at + len(form)))
        at += len(form)
    forms = [form for form, _, _ in tokens]
    upos = ["PROPN" if form[0].isupper() or form == "al" else "X" for form in forms]
    head, rel = [h for _, h, _ in tokens], [r for _, _, r in tokens]
    joined(head, rel, Tokens(upos, forms, places), persons, (0, len(tokens)))
    return [(form, forms[h], r) for form, h, r in zip(forms, head, rel, strict=True)]


def test_a_name_that_was_taken_apart_hangs_from_its_first_word() -> None:
    found = tree(
        "Jabhat al-Nusra fought",
        ("Jabhat", 4, "nsubj"),
        ("al", 4, "nsubj"),
        ("-", 1, "punct"),
        ("Nusra", 1, "flat"),
        ("fought", 4, "root"),
    )
    assert found == [
        ("Jabhat", "fought", "nsubj"),
        ("al", "Jabhat", "flat"),
        ("-", "Jabhat", "punct"),
        ("Nusra", "Jabhat", "flat"),
        ("fought", "fought", "root"),
    ]


def test_what_hung_from_a_part_hangs_from_the_name() -> None:
    found = tree(
        "fought Ahrar al-Sham and Velm",
        ("fought", 0, "root"),
        ("Ahrar", 2, "compound"),
        ("al", 0, "obj"),
        ("-", 2, "punct"),
        ("Sham", 2, "flat"),
        ("and", 6, "cc"),
        ("Velm", 4, "conj"),
    )
    assert found[1] == ("Ahrar", "fought", "obj")
    assert found[6] == ("Velm", "Ahrar", "conj")


def test_an_owner_stays_one() -> None:
    found = tree(
        "Ayman al-Zahir's aide left",
        ("Ayman", 5, "det"),
        ("al", 6, "nsubj"),
        ("-", 1, "punct"),
        ("Zahir", 1, "flat"),
        ("'s", 1, "case"),
        ("aide", 6, "nsubj"),
        ("left", 6, "root"),
    )
    assert found[0] == ("Ayman", "aide", "nmod:poss")
    assert found[4] == ("'s", "Ayman", "case")


@pytest.mark.parametrize(
    "other",
    [
        ("Monday", 4, "obl"),  # "on Monday al-Nusra fought"
        ("Velm", 1, "appos"),
    ],
)
def test_a_name_beside_it_is_none_of_it(other: Token) -> None:
    text = f"{other[0]} al-Nusra fought"
    rest = (("al", 4, "nsubj"), ("-", 1, "punct"), ("Nusra", 1, "flat"), ("fought", 4, "root"))
    found = tree(text, other, *rest)
    assert found[0][2] == other[2]
    assert found[1] == ("al", "fought", "nsubj")


def test_other_hyphens_are_left_alone() -> None:
    found = tree("US-led raid", ("US", 2, "compound"), ("-", 0, "punct"), ("led", 3, "amod"), ("raid", 3, "root"))
    assert found[0] == ("US", "led", "compound")


def test_a_person_that_was_found_is_one_name() -> None:
    apart = (("Rami", 2, "nsubj"), ("Orlec", 2, "nsubj"), ("left", 2, "root"))
    assert tree("Rami Orlec left", *apart)[1] == ("Orlec", "left", "nsubj")
    found = tree("Rami Orlec left", *apart, persons=[(0, 2)])
    assert found == [("Rami", "left", "nsubj"), ("Orlec", "Rami", "flat"), ("left", "left", "root")]


@given(st.data())
def test_what_was_a_tree_stays_one(data: st.DataObject) -> None:
    size = data.draw(st.integers(4, 12))
    order = data.draw(st.permutations(range(size)))
    head = [0] * size
    for place, token in enumerate(order):  # each hangs from one that came before, the first from itself
        head[token] = order[data.draw(st.integers(0, place - 1))] if place else token
    forms = [data.draw(st.sampled_from(["al", "-", "Nusra", "Velm", "'s"])) for _ in range(size)]
    upos = ["PUNCT" if form == "-" else "PROPN" for form in forms]
    rel = [data.draw(st.sampled_from(["nsubj", "flat", "conj", "compound", "det"])) for _ in range(size)]
    ends = [sum(map(len, forms[: i + 1])) for i in range(size)]
    places = [(end - len(form), end) for form, end in zip(forms, ends, strict=True)]
    start = data.draw(st.integers(0, size - 2))
    joined(head, rel, Tokens(upos, forms, places), [(start, data.draw(st.integers(start + 1, size)))], (0, size))
    assert sum(head[i] == i for i in range(size)) == 1
    for token in range(size):
        way = [token]
        while head[way[-1]] != way[-1]:
            way.append(head[way[-1]])
            assert way[-1] not in way[:-1]
