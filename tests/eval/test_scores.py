"""Every rule has counts behind its score."""

from __future__ import annotations

from typing import get_args

from sayso.case.reading import lexicon
from sayso.extract.drafts import Rule


def test_each_rule_that_makes_claims_has_been_counted() -> None:
    assert set(lexicon().scores) == set(get_args(Rule))
