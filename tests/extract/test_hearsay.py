"""What one adverb gives to nobody in particular."""

from __future__ import annotations

import pytest

from sayso.case import knowledge, reader
from sayso.study import study
from tests.extract.canned import document


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The money allegedly went through a bakery in Ruza.",
            ["The money", "went through a bakery in Ruza"],
        ),
        ("But reportedly the mayor had left.", ["the mayor had left"]),
        ("The allegedly stolen map is here.", None),
        ("This is the map he allegedly sold.", None),
        ("As results came in, the mayor left.", None),
        ("He allegedly sold the map, police said.", None),  # police say so
    ],
)
def test_a_clause_with_an_adverb_that_attributes_has_no_source(text: str, content: list[str] | None) -> None:
    claims = study(document(text), reader(), knowledge()).claims
    found = [c for c in claims if c.found_by == "rules:hearsay"]
    assert [c.source for c in found] == ([None] if content else [])
    assert [[s.of(text) for s in c.content.spans] for c in found] == ([content] if content else [])
