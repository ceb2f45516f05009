"""A file of hypotheses that was changed on a page asks what the page asked.

In:   files of hypotheses.   Out: failures.
Knows nothing of: pages.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import BadHypotheses
from sayso.weigh.hypotheses import Hypotheses, hypotheses
from sayso.weigh.written import toml, with_likelihoods, with_priors
from tests.weigh.made import asked

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "talmeer-hypotheses.toml"


def _again(one: Hypotheses) -> Hypotheses:
    return hypotheses(toml(one).encode(), one.path)


def test_the_example_comes_back_as_it_was_read() -> None:
    read = hypotheses(EXAMPLE.read_bytes(), "talmeer.toml")
    assert _again(read) == read


@settings(deadline=None)
@given(
    st.text(min_size=1).filter(str.strip),
    st.text(),
    st.floats(0.01, 0.99),
    st.floats(0, 1),
    st.sampled_from(["low", "high", "medium"]),
)
def test_any_words_and_numbers_come_back(says: str, note: str, likely: float, copies: float, level: str) -> None:
    says, note = (words.encode(errors="ignore").decode() for words in (says, note))
    given_ = {"says": "x", "likely": {"a": likely, "other": 0.5}, "copies": copies, "relevance": level}
    read = asked([given_])
    evidence = msgspec.structs.replace(read.evidence[0], says=says if says.strip() else "x", note=note or None)
    read = msgspec.structs.replace(read, question=note, evidence=(evidence,))
    assert _again(read) == read


def test_other_takes_what_the_priors_leave() -> None:
    read = hypotheses(EXAMPLE.read_bytes(), "talmeer.toml")
    changed = _again(with_priors(read, {"drone": 0.1}))
    assert {h.id: h.prior for h in changed.hypothesis} == pytest.approx(
        {"drone": 0.1, "munitions": 0.3, "dust": 0.3, "other": 0.3}
    )
    with pytest.raises(BadHypotheses):
        _again(with_priors(read, {"drone": 0.9}))


def test_likelihoods_take_the_place_of_for_and_against() -> None:
    read = hypotheses(EXAMPLE.read_bytes(), "talmeer.toml")
    likely = {"drone": 0.6, "munitions": 0.3, "dust": 0.3, "other": 0.2}
    changed = _again(with_likelihoods(read, 0, likely))
    assert changed.evidence[0].likely == likely
    assert changed.evidence[0].for_ == ()
    assert changed.evidence[1:] == read.evidence[1:]
