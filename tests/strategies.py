"""Records for property tests: whatever the types allow, small.

In:   nothing.   Out: Hypothesis strategies for spans, documents, claims and ledgers.
Knows nothing of: what a likely article looks like.
"""

from __future__ import annotations

import hashlib
from typing import get_args

from hypothesis import strategies as st

from sayso.records import (
    Claim,
    Document,
    DocumentRef,
    Factuality,
    Kind,
    Ledger,
    Notice,
    Phrase,
    Source,
    SourceType,
    SpeechAct,
    When,
    claim_id,
    document_id,
    phrase,
)
from sayso.spans import Span

words = st.text(max_size=12)
dates = st.sampled_from(("1999", "2014", "2014-06", "2014-06-30", "2015-06-05", "2015-06-05T23:10:00+02:00"))


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """One place in ``text``, which must not be empty."""
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


def span_tuples(text: str, *, least: int = 0) -> st.SearchStrategy[tuple[Span, ...]]:
    return st.lists(spans(text), min_size=least, max_size=3).map(tuple)


def phrases(text: str) -> st.SearchStrategy[Phrase]:
    return span_tuples(text, least=1).map(lambda places: phrase(text, places))


def notices(text: str) -> st.SearchStrategy[tuple[Notice, ...]]:
    notice = st.builds(Notice, stage=words, message=words, span=st.none() | spans(text))
    return st.lists(notice, max_size=2).map(tuple)


@st.composite
def sources(draw: st.DrawFn, text: str) -> Source:
    said = draw(phrases(text))
    return Source(
        spans=said.spans,
        text=said.text,
        name=draw(words),
        type=draw(st.sampled_from(get_args(SourceType))),
        anonymous=draw(st.booleans()),
        entity=draw(st.none() | words),
    )


@st.composite
def claims(draw: st.DrawFn, document: Document, ordinal: int = 0) -> Claim:
    """A claim of ``document``; give each claim of one document its own ``ordinal``."""
    text = document.text
    content = draw(phrases(text))
    return Claim(
        id=claim_id(document.ref.id, content.spans, ordinal),
        document=document.ref,
        kind=draw(st.sampled_from(get_args(Kind))),
        source=draw(st.none() | sources(text)),
        cue=draw(st.none() | phrases(text)),
        content=content,
        via=draw(st.none() | st.just("c0123456789abcdef")),
        outlet=draw(st.none() | phrases(text)),
        addressee=draw(st.none() | phrases(text)),
        factuality=draw(st.sampled_from(get_args(Factuality))),
        speech_act=draw(st.sampled_from(get_args(SpeechAct))),
        said_at=draw(st.none() | st.builds(When, value=dates, spans=span_tuples(text))),
        found_by=draw(words),
        score=draw(st.floats(0, 1)),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.text(min_size=1, max_size=60))
    raw = text.encode()
    ref = DocumentRef(
        id=document_id(raw),
        path=draw(words),
        title=draw(st.none() | words),
        outlet=draw(st.none() | words),
        author=draw(st.none() | words),
        published=draw(st.none() | dates),
        sha256=hashlib.sha256(raw).hexdigest(),
    )
    return Document(
        ref=ref,
        text=text,
        markup=draw(span_tuples(text)),
        pages=draw(span_tuples(text)),
        notices=draw(notices(text)),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    document = draw(documents())
    text = document.text
    return Ledger(
        document=document,
        claims=tuple(draw(claims(document, ordinal)) for ordinal in range(draw(st.integers(0, 4)))),
        repeats=draw(st.lists(st.tuples(spans(text), spans(text)), max_size=2).map(tuple)),
        furniture=draw(span_tuples(text)),
        notices=draw(notices(text)),
    )
