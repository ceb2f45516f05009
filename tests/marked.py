"""Marked sentences, as a journalist can read and write them.

    [source|Ann Lee] [cue|insisted] [content|the bridge is safe].

Marks nest; several contents are the pieces of one. A mark may name its attribution where there are several:
``[source:2|…]``. ``strip`` gives the text and the marks; ``render`` puts the marks of claims back in.
"""

from __future__ import annotations

import re
from collections import defaultdict

from sayso.case import knowledge, reader
from sayso.read import read_bytes
from sayso.records import Claim, Document
from sayso.spans import Span
from sayso.study import study

_MARK = re.compile(r"\[(?P<role>source|cue|content)(?::(?P<group>\d))?\||\]|[^\[\]]+|\[")

Marks = dict[str, dict[str, tuple[Span, ...]]]


def strip(marked: str) -> tuple[str, Marks]:
    """The plain text, and for each attribution its spans by role."""
    text = ""
    stack: list[tuple[str, str, int]] = []
    found: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for match in _MARK.finditer(marked):
        if match["role"]:
            stack.append((match["group"] or "1", match["role"], len(text)))
        elif match.group() == "]" and stack:
            group, role, start = stack.pop()
            found[group][role].append(Span(start, len(text)))
        else:
            text += match.group()
    assert not stack, f"a mark is never closed: {marked}"
    return text, {g: {r: tuple(sorted(s)) for r, s in roles.items()} for g, roles in found.items()}


def claims_in(text: str) -> tuple[Claim, ...]:
    """The claims of a text that are not the author's own."""
    (document,) = read_bytes(text.encode(), path="case.txt")
    assert isinstance(document, Document), document
    return tuple(c for c in study(document, reader(), knowledge()).claims if c.kind != "authorial")


def spans_of(claim: Claim) -> dict[str, tuple[Span, ...]]:
    """The spans of a claim by role, as ``strip`` gives them."""
    parts = {"source": claim.source, "cue": claim.cue, "content": claim.content}
    return {role: part.spans for role, part in parts.items() if part is not None}


def show(claims: tuple[Claim, ...]) -> str:
    """Claims in words, for the message of a failing test."""
    lines = [
        f"  source={c.source and c.source.text!r} cue={c.cue and c.cue.text!r} content={c.content.text!r}"
        for c in claims
    ]
    return "\n".join(lines) or "  (no claim)"
