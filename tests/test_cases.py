"""The marked cases of ``tests/cases``: what a journalist would mark, sayso finds, and nothing more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.marked import claims_in, show, spans_of, strip

NOT_YET = pytest.mark.xfail(reason="right, and not reached yet", raises=AssertionError, strict=True)

CASES = [
    pytest.param(
        block,
        id=f"{file.stem}: {block.strip().splitlines()[0].lstrip('# ')}",
        marks=[NOT_YET] if "\n# not yet\n" in block else [],
    )
    for file in sorted(Path(__file__, "..", "cases").resolve().glob("attribution*.txt"))
    for block in re.sub(r"\A(?:#.*\n)+\n", "", file.read_text(encoding="utf-8")).split("====\n")
]


@pytest.mark.parametrize("block", CASES)
def test_a_marked_text_gives_its_claims_and_no_other(block: str) -> None:
    comments = [line for line in block.splitlines() if line.startswith("#")]
    marked = "\n".join(line for line in block.splitlines() if not line.startswith("#")).strip()
    text, marks = strip(marked)
    claims = claims_in(text)
    by_group = {g: next((c for c in claims if spans_of(c) == wanted), None) for g, wanted in marks.items()}
    assert None not in by_group.values(), f"{marked}\nfound\n{show(claims)}"
    assert len(claims) == len(marks), f"{marked}\nfound more\n{show(claims)}"
    nested = {inner: outer for line in comments for inner, outer in re.findall(r"(\d) in (\d)", line)}
    for group, claim in by_group.items():
        assert claim is not None
        outer = by_group.get(nested.get(group, ""))
        assert claim.via == (outer.id if outer else None), f"{marked}\nclaim {group} hangs on the wrong one"
