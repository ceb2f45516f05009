"""Small trees written by hand, for tests of who is who.

One token: ``form/UPOS/relation/head``, the head counted from 1 in its sentence, 0 for the root; a lemma may follow.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from sayso import lexicon as lexicons
from sayso.lexicon import Lexicon
from sayso.parse import Parsed, parse
from sayso.records import Document, DocumentRef
from sayso.resolve.coref_words import Words, read_words
from sayso.spans import Span
from sayso.syntax import Name, NameKind, Syntax

_XPOS = {"PROPN": "NNP", "NOUN": "NN", "PRON": "PRP", "VERB": "VBD", "ADJ": "JJ", "DET": "DT", "NUM": "CD"}


@cache
def lexicon() -> Lexicon:
    return lexicons.load()


@cache
def words() -> Words:
    data = resources.files("sayso") / "data"
    return read_words(
        (data / "coreference.toml").read_text("utf-8"), (data / "coreference_weights.toml").read_text("utf-8")
    )


def tree(*sentences: str, names: dict[str, NameKind] | None = None) -> Syntax:
    """A text of sentences. ``names``: proper names in it and their kinds; every occurrence counts."""
    text = ""
    columns: dict[str, list[str]] = {"lemma": [], "upos": [], "xpos": [], "rel": []}
    start: list[int] = []
    end: list[int] = []
    head: list[int] = []
    number: list[int] = []
    for sentence, given in enumerate(sentences):
        base = len(start)
        for token in given.split():
            form, upos, rel, to, *lemma = token.split("/")
            glued = not text or form in (",", ".", "'s", ")", "”", "?") or text.endswith(("(", "“", "\n"))
            text += form if glued else " " + form
            start.append(len(text) - len(form))
            end.append(len(text))
            columns["lemma"].append(lemma[0] if lemma else form.lower())
            columns["upos"].append(upos)
            plural = upos == "NOUN" and bool(lemma) and lemma[0] != form.lower()
            relative = form.lower() in ("who", "which")
            columns["xpos"].append("NNS" if plural else "WP" if relative else _XPOS.get(upos, upos))
            columns["rel"].append(rel)
            head.append(len(start) - 1 if to == "0" else base + int(to) - 1)
            number.append(sentence)
    found = [
        Name(Span(*match.span()), kind)
        for name, kind in (names or {}).items()
        for match in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]
    longest = [n for n in found if not any(o.span.contains(n.span) and o != n for o in found)]
    return Syntax(
        text,
        start,
        end,
        **columns,
        head=head,
        sentence=number,
        certainty=[0.0] * len(start),
        names=tuple(sorted(longest)),
    )


def parsed(syntax: Syntax, identity: str = "d1") -> Parsed:
    """The text of a tree as a document."""
    ref = DocumentRef(id=identity, path="a.txt", sha256="0" * 64)
    return parse(Document(ref=ref, text=syntax.text), lexicon())
