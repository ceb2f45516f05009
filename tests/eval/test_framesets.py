"""The templates that claims leave away: marked as they should be, none in two sets."""

from __future__ import annotations

import pytest
from eval.faithfulness.framesets import NEWEST, SETS, frames
from tests.marked import strip


@pytest.mark.parametrize("name", SETS)
def test_each_template_gives_a_text_and_what_it_marks_stands_there(name: str) -> None:
    for kind, some in frames(name).items():
        for frame in some:
            of, marks = strip(
                frame.marked.format(s="the dam broke", S="The dam broke", who="the mayor", Who="The mayor", other="Osk")
            )
            assert "he dam broke" in of, frame
            assert frame.is_of_two == (kind == "of another"), frame
            if kind == "stated":  # by a speaker, or by the text itself
                assert set(marks["1"]) in ({"source", "cue", "content"}, {"content"}), frame
                assert [span.of(of).lower() for span in marks["1"]["content"]] == ["the dam broke"], frame
            else:
                assert not marks or set(marks["1"]) >= {"content", "cue"}, frame


def test_no_template_is_in_two_sets() -> None:
    every = [frame.marked for name in SETS for some in frames(name).values() for frame in some]
    assert len(every) == len(set(every))


def test_the_newest_set_has_many_templates() -> None:
    assert sum(map(len, frames(NEWEST).values())) >= 120
