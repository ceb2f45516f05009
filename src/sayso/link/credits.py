"""Where a document names another's outlet: in a credit, or as whom it has something from.

In:   a Sketch, the name of an outlet, Credits (``data/credits.toml``).   Out: places, and what kind each is.
Knows nothing of: what the two documents share.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

import msgspec

from sayso.link.sketch import Sketch
from sayso.link.words import stem, weight
from sayso.spans import Span

Naming = Literal["credit", "cite", "name"]
_RELEASE = re.compile(r"\b(?:statement|press release|communiqu|media release|for immediate release)\b", re.IGNORECASE)
_RUN = re.compile(r"[^\W\d_a-z][\w'’-]*(?: (?:(?:of|the|for|and) )*[^\W\d_a-z][\w'’-]*)*")
_TOP = 80  # characters of a text in which it may say that it is a release
_OUTLETS = 4096  # whose names are held
_FEW = 2
_MOST = 0.6  # of the weight of a name, for other words to be it
_SOME = 0.2  # of it, for them perhaps to be: "police" of "Lenz City Police"
_SMALL = frozenset(("the", "of", "for", "and", "in", "a", "on", "at"))


class CreditPattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way to name whom one has it from."""

    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Credits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``data/credits.toml``."""

    credit: tuple[CreditPattern, ...]
    cite: tuple[CreditPattern, ...]
    words: Mapping[str, tuple[str, ...]]


class Named(NamedTuple):
    """A place where a document names an outlet; None: as its author."""

    span: Span | None
    how: Naming


@cache
def load() -> Credits:
    """The patterns that are shipped."""
    text = (resources.files("sayso") / "data" / "credits.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Credits)


@lru_cache(_OUTLETS)
def names_of(outlet: str) -> tuple[str, ...]:
    """The forms in which an outlet is named: "The Tavel Press Agency" also as "Tavel Press Agency" and "TPA".

    Its initials only where they are three at least.
    """
    words = re.split(r",| [-–—|(] ?", outlet)[0].split()  # "Red Terrace, a supporters' blog"
    while len(words) > 1 and words[0].casefold() in load().words["article"]:
        words = words[1:]
    name = " ".join(words)
    initials = "".join(w[0] for w in words if w[:1].isupper())
    forms = [name, re.sub(r"\.(?:com|org|net|info|[a-z]{2})$", "", name)]
    if len(initials) >= 3:  # two letters are anything
        forms.append(initials)
    return tuple(dict.fromkeys(f for f in forms if f))


def named(document: Sketch, other: Sketch) -> tuple[Named, ...]:
    """Where ``document`` names the outlet of ``other``, in text order; its author may be the outlet, too."""
    outlet = other.ledger.document.ref.outlet
    if not outlet:
        return ()
    text = document.words.text
    forms = names_of(outlet)
    if not any(f in text for f in forms):
        return _author(document, forms) + tuple(_as_source(document, other))
    found: dict[Span, Naming] = {}
    for how, span in _matches(text, forms):
        if not any(span.start < s.end and s.start < span.end for s in found):
            found[span] = how
    return (
        *_author(document, forms),
        *_as_source(document, other),
        *(Named(s, h) for s, h in sorted(found.items())),
    )


def mentions(document: Sketch) -> frozenset[str]:
    """The runs of up to four words with capitals, folded: what may be the name of an outlet."""
    found: set[str] = set()
    for match in _RUN.finditer(document.words.text):
        run = match.group().split()
        found.update(
            " ".join(run[i:j]).casefold() for i in range(len(run)) for j in range(i + 1, min(i + 5, len(run) + 1))
        )
    if author := document.ledger.document.ref.author:
        found.add(author.casefold())
    return frozenset(found)


def speaks_for_itself(document: Sketch) -> bool:
    """Is it a statement or release: by the name of its outlet, by its title, by "we" outside of quotation marks?"""
    ref = document.ledger.document.ref
    names = {w.casefold() for w in re.findall(r"[^\W\d_]+", ref.outlet or "")}
    if names & set(load().words["media"]):
        return False
    return _is_release(document) or (bool(names) and document.first_person >= _FEW)


def _is_release(document: Sketch) -> bool:
    """Does its outlet or its title say that it is one? An op-ed says "we", too."""
    ref = document.ledger.document.ref
    names = {w.casefold() for w in re.findall(r"[^\W\d_]+", ref.outlet or "")}
    official = names & set(load().words["official"])
    return bool(official or _RELEASE.search(f"{ref.title or ''} {document.words.text[:_TOP]}"))


def _author(document: Sketch, forms: tuple[str, ...]) -> tuple[Named, ...]:
    author = document.ledger.document.ref.author or ""
    has = any(f in author and re.search(rf"(?<!\w){re.escape(f)}(?!\w)", author) for f in forms)
    return (Named(None, "credit"),) if has else ()


def _as_source(document: Sketch, other: Sketch) -> Iterator[Named]:
    """Claims whose source, outlet or addressee is the other's outlet.

    Who speaks for himself is named in many ways ("the interior ministry" of "Ministry of the Interior"), and has said
    much elsewhere: other words count where the two have sentences in common.
    """
    outlet = other.ledger.document.ref.outlet or ""
    least = _SOME if _is_release(other) else 1.0
    words = telling(outlet)
    whole = sum(words.values())
    organ = words.keys() & {stem(w) for w in load().words["organs"]}
    for place, stems in document.on_whose_word:
        if words.keys().isdisjoint(stems):
            continue
        common = sum(w for s, w in words.items() if s in stems)
        if common >= least * whole:
            # "The front said" names no information office of the front, which may tell nothing of it.
            yield Named(place, "cite" if common >= _MOST * whole and (not organ or organ & stems) else "name")


@lru_cache(_OUTLETS)
def telling(outlet: str) -> dict[str, float]:
    """The stems of an outlet's name, small words left out, with their weights."""
    return {s: weight(s) for word in re.findall(r"[^\W_]+", outlet) if (s := stem(word)) not in _SMALL}


def _matches(text: str, forms: tuple[str, ...]) -> Iterator[tuple[Naming, Span]]:
    for how, pattern in _patterns(forms):
        for match in pattern.finditer(text):
            yield how, Span(*match.span())


@cache
def _patterns(forms: tuple[str, ...]) -> tuple[tuple[Naming, re.Pattern[str]], ...]:
    name = "(?<!\\w)(?-i:" + "|".join(map(re.escape, forms)) + ")(?!\\w)"
    kinds: list[tuple[Naming, re.Pattern[str]]] = []
    own = load()
    groups: tuple[tuple[Naming, tuple[CreditPattern, ...]], ...] = (("credit", own.credit), ("cite", own.cite))
    for how, group in groups:
        kinds += [(how, re.compile(e.pattern.replace("{name}", name), re.IGNORECASE)) for e in group]
    kinds.append(("name", re.compile(name)))
    return tuple(kinds)
