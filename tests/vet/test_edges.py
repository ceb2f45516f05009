"""Contents that cut into a phrase of the text, and so say something else."""

from __future__ import annotations

import pytest

from tests.vet.made import vetted

CUT = [
    "Neither Reyk nor {Bo Dahl was arrested}.",
    "None of {the soldiers were hurt in the attack}.",
    "Three of {the ten men died on Monday}.",
    "Fewer than {40 people died on Monday}.",
    "At most {40 people died on Monday}.",
    "Up to {40 people died on Monday}.",
    "More than {40 people died on Monday}.",
    "As many as {40 people died on Monday}.",
    "Between 30 and {40 people died on Monday}.",
    "One in {ten soldiers was hurt}.",
    "{The rebels took 30} to 40 villages.",
    "{The storm cost 3.5} to 4 million euros.",
    "{The storm cost 3} million euros.",
    "The man who shot {Bo Dahl was arrested on Monday}.",
    "The brother of the man who shot {the mayor was arrested}.",
    "The bomb that killed {Bo Dahl was made in Kelm}.",
    "{Bo Dahl was arrested} by nobody.",
    "{Bo Dahl took part} in no protest.",
]
WHOLE = [
    "On Monday {40 people died in the attack}.",
    "In Kelm {Bo Dahl was arrested on Monday}.",
    "Mayor {Bo Dahl was arrested on Monday}.",
    "The {mayor was arrested on Monday}.",
    "{The rebels took 30 villages} in nine days.",
]


def _tried(marked: str) -> tuple[str, str]:
    return marked[marked.index("{") + 1 : marked.index("}")], marked.replace("{", "").replace("}", "")


@pytest.mark.parametrize("marked", CUT)
def test_a_content_that_is_cut_out_of_a_phrase_is_not_what_the_text_says(marked: str) -> None:
    assert not vetted(*_tried(marked)).faithful


@pytest.mark.parametrize("marked", WHOLE)
def test_what_stands_beside_it_may_be_left_away(marked: str) -> None:
    found = vetted(*_tried(marked))
    assert found.faithful, found.reason


def test_the_reason_names_what_was_cut_off() -> None:
    found = vetted("40 people died on Monday", "Fewer than 40 people died on Monday.")
    assert "“Fewer than”" in found.reason
    assert "“man”" in vetted("Bo Dahl was arrested", "The man who shot Bo Dahl was arrested.").reason
