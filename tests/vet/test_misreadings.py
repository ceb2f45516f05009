"""What programs that read loosely get wrong in short texts, each beside what they might have got right."""

from __future__ import annotations

import pytest

from tests.vet.made import vetted

NESTED = (
    "Ann Lee said that Tom Reyk had denied that the dam was cracked. Pia Holm said the gates were open. "
    "Later she added that nobody was hurt."
)
UNSAID = (
    "The mayor did not say that the dam was cracked. Officials stopped short of saying that it would fail. "
    "The clerk was wrong to claim that the gates were open."
)
HEARSAY = (
    "The company is said to have hidden the letters. Raiders allegedly shelled the school, killing at least 12 people. "
    "A spokesman refused to rule out that troops had crossed the border."
)
TALK = (
    "“The bridge is safe,” Ann Lee told the council. “We looked at every bolt.” Tom Reyk disagreed. "
    "“It will fall,” he said."
)
OPEN = (
    "Did the minister lie? The union wants the mill to close. If the court agrees, the mine will shut, the minister "
    "said. Few believe that the strike will end."
)
DATES = "Two of the nine men died on May 3, the hospital said, not on May 4 as the army had claimed."
FEAR = "Police feared that investigators cannot yet say what set off the alarm, and the owner does not know."

Claim = tuple[str, str, str | None, str | None]  # text, content, source, cue

FAITHFUL: list[Claim] = [
    (NESTED, "the dam was cracked", "Tom Reyk", "had denied"),
    (NESTED, "Tom Reyk had denied that the dam was cracked", "Ann Lee", None),
    (NESTED, "nobody was hurt", "Pia Holm", None),
    (NESTED, "the gates were open", "Pia Holm", "said"),
    (UNSAID, "the dam was cracked", "The mayor", "did not say"),
    (HEARSAY, "troops had crossed the border", "A spokesman", "refused to rule out"),
    (TALK, "“The bridge is safe,” “We looked at every bolt.”", "Ann Lee", "told"),
    (TALK, "It will fall", "Tom Reyk", None),
    (OPEN, "If the court agrees, the mine will shut", "the minister", "said"),
    (DATES, "Two of the nine men died on 3 May", "the hospital", None),
]
UNFAITHFUL: list[Claim] = [
    (NESTED, "the dam was cracked", "Ann Lee", None),
    (NESTED, "the dam was cracked", "Tom Reyk", None),
    (NESTED, "nobody was hurt", "Ann Lee", None),
    (NESTED, "the gates were open", "Ann Lee", "said"),
    (UNSAID, "the dam was cracked", "The mayor", None),
    (UNSAID, "the dam was cracked", "The mayor", "say"),
    (UNSAID, "it would fail", "Officials", "saying"),
    (UNSAID, "the gates were open", "The clerk", "claim"),
    (HEARSAY, "The company has hidden the letters", None, None),
    (HEARSAY, "Raiders shelled the school, killing at least 12 people", None, None),
    (HEARSAY, "Raiders allegedly shelled the school, killing 12 people", None, None),
    (HEARSAY, "troops had crossed the border", "A spokesman", None),
    (TALK, "“The bridge is safe,” “It will fall,”", "Ann Lee", None),
    (TALK, "It will fall", "Ann Lee", None),
    (TALK, "We looked at every bolt.", "Tom Reyk", None),
    (OPEN, "the minister lie", None, None),
    (OPEN, "the mill to close", "the council", None),
    (OPEN, "the mine will shut", "the minister", "said"),
    (OPEN, "the strike will end", None, None),
    (DATES, "Two of the nine men died on May 4", "the army", None),
    (DATES, "9 of the two men died on May 3", "the hospital", None),
    (FEAR, "Investigators cannot yet say what set off the alarm, and the owner does not know.", None, None),
]


def given(source: str | None, cue: str | None) -> dict[str, str]:
    return {name: words for name, words in (("source", source), ("cue", cue)) if words is not None}


@pytest.mark.parametrize(("text", "content", "source", "cue"), FAITHFUL)
def test_what_the_text_has_so_is_faithful(text: str, content: str, source: str | None, cue: str | None) -> None:
    found = vetted(content, text, **given(source, cue))
    assert found.faithful, found.reason


@pytest.mark.parametrize(("text", "content", "source", "cue"), UNFAITHFUL)
def test_what_it_has_otherwise_is_not(text: str, content: str, source: str | None, cue: str | None) -> None:
    found = vetted(content, text, **given(source, cue))
    assert not found.faithful
    assert all(field.reason for field in found.why.values())
