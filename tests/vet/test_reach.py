"""What bears on a claim from another place of its sentence, and what does not, though a tree may hang it there."""

from __future__ import annotations

import pytest

from tests.vet.made import vetted

BESIDE = [
    ("Ann Lee, who announced a new bridge on Monday, plans to resign.", "a new bridge on Monday", "who", "announced"),
    ("In defending the new weir, Tom Reyk offered a look at the books.", "the new weir", "Tom Reyk", "defending"),
    ("The news may feed the mayor's fear that the dam is cracked.", "that the dam is cracked", "the mayor's", "fear"),
    ("“It will hold,” Ann Lee said before asking him, “Who paid for it?”", "“It will hold,”", "Ann Lee", "said"),
    ("The dam was inspected in May, Ann Lee noted.", "The dam was inspected in May", "Ann Lee", None),
    ("He was told by Ann Lee at the time that the dam was cracked.", "that the dam was cracked", "Ann Lee", "told by"),
    ("In May, she said the owners ignored the engineers.", "In May the owners ignored the engineers", "she", None),
]  # fmt: skip
OVER = [
    ("The gates will be opened if the river rises.", "The gates will be opened", None, None),
    ("If the river rises, the gates will be opened.", "the gates will be opened", None, None),
    ("Pia Holm said that if the figures were right, the dam was cracked.", "the dam was cracked", "Pia Holm", "said"),
    ("Provided that the dam is sound, the mill will reopen.", "the dam is sound", None, None),
    ("In case the dam is cracked, the village will be cleared.", "the dam is cracked", None, None),
    ("It is rumoured that the dam is cracked.", "the dam is cracked", None, None),
    ("There are rumours that the dam is cracked.", "the dam is cracked", None, None),
    ("The dam is cracked, it is alleged.", "The dam is cracked", None, None),
    ("The dam is cracked, although the clerk could not confirm this.", "The dam is cracked", None, None),
    ("That the dam is cracked is untrue, the clerk said.", "the dam is cracked", None, None),
    ("The clerk said it was too early to say that the dam was cracked.", "the dam was cracked", "The clerk", "said"),
    ("Perhaps Ann Lee believes that the dam is cracked.", "the dam is cracked", "Ann Lee", "believes"),
]


def fields(source: str | None, cue: str | None) -> dict[str, str]:
    return {name: words for name, words in (("source", source), ("cue", cue)) if words is not None}


@pytest.mark.parametrize(("text", "content", "source", "cue"), BESIDE)
def test_what_stands_beside_it_does_not_change_it(text: str, content: str, source: str, cue: str | None) -> None:
    found = vetted(content, text, **fields(source, cue))
    assert found.faithful, found.reason


@pytest.mark.parametrize(("text", "content", "source", "cue"), OVER)
def test_what_bears_on_it_from_afar_is_missed(text: str, content: str, source: str | None, cue: str | None) -> None:
    found = vetted(content, text, **fields(source, cue))
    assert found.fields["content"] == "unsupported"


def test_an_even_if_and_what_somebody_is_asked_are_no_condition() -> None:
    assert vetted("the gates will stay shut", "Even if the river rises, the gates will stay shut.").faithful
    text = "Asked if the dam would hold, Ann Lee said the gates were open."
    assert vetted("the gates were open", text, source="Ann Lee", cue="said").faithful


def test_an_aside_with_a_number_may_be_left_out_where_that_is_said() -> None:
    text = "Pia Holm said the owners -- those of 40 villages -- would face new fees in 12 ports."
    assert vetted("the owners … would face new fees in 12 ports", text, source="Pia Holm", cue="said").faithful
    assert not vetted("the owners … would face new fees in … ports", text).faithful
