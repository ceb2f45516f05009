"""Who speaks where two people stand near a verb. The sentences are made up."""

from __future__ import annotations

import pytest

from tests.vet.made import vetted

SAID = "the dam was cracked"
SPEAKS = [
    ("The Government concerned, in its reply of 9 June, stated that {s}.", "The Government concerned", "stated"),
    ("According to Ida Brandt, who shares a desk with Tom Reyk, {s}.", "Ida Brandt", "According to"),
    ("The ministry saw nothing that would suggest that {s}.", "The ministry", "saw nothing that would suggest"),
    ("The clerk told the panel many things, including that {s}.", "The clerk", "told the panel"),
    ("The union, whose report the owners did not challenge, says that {s}.", "The union", "says"),
    ("The clerk said in response to a question about Tom Reyk that {s}.", "The clerk", "said"),
]
IS_NAMED = [
    ("Asked by Tom Reyk, a spokesman for the port conceded that {s}.", "Tom Reyk", "conceded"),
    ("As Tom Reyk looked on, a spokesman for the port stated that {s}.", "Tom Reyk", "stated"),
    ("“The dam was cracked,” snapped the clerk when Vera Holm walked by.", "Vera Holm", "snapped"),
    ("Ida Brandt confided to Vera Holm that {s}.", "Vera Holm", "confided"),
    ("According to the port, whom Vera Holm had called as a witness, {s}.", "Vera Holm", "According to"),
    ("The ministry, no friend of Tom Reyk, said on Monday that {s}.", "Tom Reyk", "said"),
]


@pytest.mark.parametrize(("text", "source", "cue"), SPEAKS)
def test_who_speaks_is_the_source(text: str, source: str, cue: str) -> None:
    found = vetted(SAID, text.format(s=SAID), source=source, cue=cue)
    assert found.fields["source"] != "unsupported", found.reason


@pytest.mark.parametrize(("text", "source", "cue"), IS_NAMED)
def test_who_is_only_named_is_not(text: str, source: str, cue: str) -> None:
    assert not vetted(SAID, text.format(s=SAID), source=source, cue=cue).faithful


def test_a_sentence_in_capitals_is_found_in_a_text_that_is_not() -> None:
    text = "The victim was found at noon. THE GOVERNOR SAID THE BRIDGE WOULD OPEN IN MAY, the ministry said."
    assert vetted("THE GOVERNOR SAID THE BRIDGE WOULD OPEN IN MAY", text, source="the ministry", cue="said").faithful
