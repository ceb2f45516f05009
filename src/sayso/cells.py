"""A claim and a ledger as a notebook shows them: a few lines of HTML that load nothing and run nothing.

In:   what a claim or a ledger has, as values.   Out: HTML, every word of the document escaped.
Knows nothing of: records, pages, plain words for codes: the cue's own words say what a source does.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Protocol

_NO_SOURCE, _AUTHOR = "no source", "the author"
_BOX = "max-height:36em;overflow:auto;border:1px solid #ccc;padding:0 1em"
_SMALL = "color:#666;font-size:85%"


class Words(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def pieces(self) -> tuple[str, ...]: ...


class Named(Protocol):
    @property
    def name(self) -> str: ...


class About(Protocol):
    @property
    def path(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def author(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...


class Said(Protocol):
    @property
    def document(self) -> About: ...
    @property
    def source(self) -> Named | None: ...
    @property
    def cue(self) -> Words | None: ...
    @property
    def content(self) -> Words: ...
    @property
    def kind(self) -> str: ...
    @property
    def speech_act(self) -> str: ...
    @property
    def factuality(self) -> str: ...


def claim_html(shown: Said) -> str:
    """One claim with the document that has it."""
    about = shown.document
    title = _text(about.title or about.path)
    return f"<div>{_said(shown)}<br><span style='{_SMALL}'>{title} · {_byline(about)}</span></div>"


def ledger_html(document: About, claims: Iterable[Said]) -> str:
    """The claims of one document in their order."""
    items = "".join(f"<li style='margin:.4em 0'>{_said(each)}</li>" for each in claims)
    head = (
        f"<p><b>{_text(document.title or document.path)}</b><br><span style='{_SMALL}'>{_byline(document)}</span></p>"
    )
    return f"<div style='{_BOX}'>{head}<ol>{items}</ol></div>"


def _said(shown: Said) -> str:
    """Who says it comes first, then the words that report, then what is said."""
    who = _text(shown.source.name) if shown.source else _AUTHOR if shown.kind == "authorial" else _NO_SOURCE
    cue = f"<i>{_text(shown.cue.text)}</i>" if shown.cue else f"({_text(shown.speech_act)})"
    code = f"<span style='{_SMALL}'>{_text(shown.kind)}, {_text(shown.factuality)}</span>"
    words = _text(_unquoted(" … ".join(shown.content.pieces)))
    return f"<b>{who}</b> {cue}: <q>{words}</q> {code}"


def _byline(about: About) -> str:
    parts = (about.outlet, about.author, about.published)
    return " · ".join(_text(part) for part in parts if part) or _text(about.path)


def _unquoted(words: str) -> str:
    """Without the quotation marks around it: ours stand there."""
    return words.strip("\"“”„«»‘’' ").rstrip(",")


def _text(text: str) -> str:
    """Escaped; marks that reorder what is read hold inside of it only."""
    return f"<bdi>{escape(' '.join(text.split()))}</bdi>"
