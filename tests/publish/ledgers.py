"""Ledgers for the tests, built from marked sentences of a fictional document.

``[source 1|Ann Lee] [cue 1|insisted] [content 1|the bridge is safe]``: role and number of the claim, then the
words. Marks nest; a role that comes again for one number is its next span. ``details`` says what marks cannot.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sayso.case import lexicon
from sayso.parse import parse
from sayso.records import Claim, Document, DocumentRef, Ledger, Notice, Source, When, claim_id, document_id, phrase
from sayso.spans import Span

_MARK = re.compile(r"\[(source|cue|content|outlet|addressee|said|repeat|furniture) ?(\d*)\||\]")


def unmarked(marked: str) -> tuple[str, dict[tuple[str, int], tuple[Span, ...]]]:
    """The text without its marks, and where each role stands."""
    text: list[str] = []
    length = at = 0
    stack: list[tuple[str, int, int]] = []
    found: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for mark in _MARK.finditer(marked):
        piece = marked[at : mark.start()]
        text.append(piece)
        length += len(piece)
        at = mark.end()
        if mark[1]:
            stack.append((mark[1], int(mark[2] or 0), length))
        else:
            role, number, start = stack.pop()
            found[role, number].append(Span(start, length))
    assert not stack, f"never closed: {stack}"
    return "".join(text) + marked[at:], {key: tuple(sorted(spans)) for key, spans in found.items()}


def document(text: str, *, pages: tuple[Span, ...] = (), notices: tuple[Notice, ...] = (), **ref: Any) -> Document:
    """A document of ``text``; ``ref`` are the fields of its DocumentRef."""
    raw = text.encode(errors="surrogatepass")
    known: dict[str, Any] = {"id": document_id(raw), "path": "examples/quay.txt", "sha256": "0" * 64}
    return Document(ref=DocumentRef(**(known | ref)), text=text, pages=pages, notices=notices)


def ledger(
    marked: str,
    details: Mapping[int, Mapping[str, Any]] | None = None,
    *,
    pages: tuple[Span, ...] = (),
    notices: tuple[Notice, ...] = (),
    **ref: Any,
) -> Ledger:
    """The ledger of a marked text.

    ``details`` by claim number: any field of Claim; ``via`` the number of the outer claim; ``name``, ``type``
    and ``anonymous`` of the source; ``said_at`` its value, where the marks give its span.
    """
    text, spans = unmarked(marked)
    read = document(text, pages=pages, **ref)
    numbers = sorted((number for role, number in spans if role == "content"), key=lambda n: spans["content", n])
    ids = {n: claim_id(read.ref.id, spans["content", n]) for n in numbers}
    claims = tuple(_claim(read, n, spans, ids, dict((details or {}).get(n, {}))) for n in numbers)
    twice = [spans[key] for key in sorted(spans) if key[0] == "repeat"]
    return Ledger(
        document=read,
        claims=claims,
        paragraphs=paragraphs_of(read),
        repeats=tuple((first, again) for first, *rest in twice for again in rest),
        furniture=spans.get(("furniture", 0), ()),
        notices=notices,
    )


def paragraphs_of(read: Document) -> tuple[Span, ...]:
    """Its paragraphs, as parse finds them."""
    return tuple(p.span for p in parse(read, lexicon()).paragraphs)


def _claim(
    read: Document,
    number: int,
    spans: Mapping[tuple[str, int], tuple[Span, ...]],
    ids: Mapping[int, str],
    given: dict[str, Any],
) -> Claim:
    def words(role: str) -> Any:
        return phrase(read.text, spans[role, number]) if (role, number) in spans else None

    source = words("source")
    name, kind, anonymous = given.pop("name", None), given.pop("type", "person"), given.pop("anonymous", False)
    if source is not None:
        source = Source(spans=source.spans, text=source.text, name=name or source.text, type=kind, anonymous=anonymous)
    if "said_at" in given:
        given["said_at"] = When(value=given["said_at"], spans=spans["said", number])
    if "via" in given:
        given["via"] = ids[given["via"]]
    known: dict[str, Any] = {
        "id": ids[number],
        "document": read.ref,
        "kind": "indirect",
        "source": source,
        "cue": words("cue"),
        "content": words("content"),
        "outlet": words("outlet"),
        "addressee": words("addressee"),
        "found_by": "rules@1",
        "score": 0.9,
    }
    return Claim(**(known | given))


def no_hedges(claim: Claim) -> tuple[str, ...]:
    return ()


def said_hedges(claim: Claim) -> tuple[str, ...]:
    """A stand-in for the lexicon: the hedges of the sample."""
    words = f"{claim.cue.text if claim.cue else ''} {claim.content.text}".lower()
    return tuple(hedge for hedge in ("reportedly", "appears", "may", "could") if re.search(rf"\b{hedge}\b", words))
