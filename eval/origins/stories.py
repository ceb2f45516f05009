"""The stories of the benchmark, and what breaks its rules.

In:   a folder of stories (README.md gives the format).   Out: Stories; complaints.
Knows nothing of: how sayso links.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from sayso.read import read_bytes
from sayso.records import Document

HERE = Path(__file__).parent
RELATIONS = ("reprint", "copies_prose", "press_release", "translation", "cites", "shares_quote")
OriginKind = Literal[
    "eyewitness", "official", "anonymous_official", "document", "organisation", "own_reporting", "unknown"
]


class Edge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One article derives from another; `shares_quote` has no direction."""

    relation: Literal["reprint", "copies_prose", "press_release", "translation", "cites", "shares_quote"]
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    between: tuple[str, str] | None = None
    credited: bool = True

    @property
    def ends(self) -> tuple[str, str]:
        """The one that derives, the one it derives from; in order of their letters where there is no direction."""
        if self.between:
            a, b = sorted(self.between)
            return a, b
        return self.from_ or "", self.to or ""  # `complaints` sees to it that both are there


class Origin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where something came from."""

    id: str
    kind: OriginKind
    who: str


class StoryClaim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What several articles claim: their words for it, and its independent origins."""

    says: str
    origins: tuple[str, ...]
    in_: dict[str, str] = msgspec.field(name="in")


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A matter, its articles and how they hang together."""

    name: str
    title: str
    hard: tuple[str, ...]
    note: str
    edges: tuple[Edge, ...]
    origins: tuple[Origin, ...]
    claims: tuple[StoryClaim, ...]
    articles: dict[str, Document]
    raw: dict[str, bytes]


class _Labels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    hard: tuple[str, ...]
    note: str
    edge: tuple[Edge, ...] = ()
    origin: tuple[Origin, ...]
    claim: tuple[StoryClaim, ...]


def load(part: str, folder: Path = HERE) -> list[Story]:
    """The stories of ``part``, "dev" or "test", by name."""
    return [_story(path.parent) for path in sorted((folder / part).glob("*/story.toml"))]


def _story(folder: Path) -> Story:
    labels = msgspec.convert(tomllib.loads((folder / "story.toml").read_text(encoding="utf-8")), _Labels)
    raw = {path.stem: path.read_bytes() for path in sorted(folder.glob("?.md"))}
    articles = {}
    for letter, data in raw.items():
        (document,) = read_bytes(data, path=f"{folder.name}/{letter}.md")
        if not isinstance(document, Document):
            raise document
        articles[letter] = document
    return Story(
        name=folder.name,
        title=labels.title,
        hard=labels.hard,
        note=labels.note,
        edges=labels.edge,
        origins=labels.origin,
        claims=labels.claim,
        articles=articles,
        raw=raw,
    )


def complaints(story: Story) -> Iterator[str]:
    """What breaks the rules of the benchmark, one line each."""
    yield from (f"{story.name}{line}" for part in (_of_articles, _of_edges, _of_claims) for line in part(story))


def _of_articles(story: Story) -> Iterator[str]:
    if not 4 <= len(story.articles) <= 10:
        yield f": {len(story.articles)} articles, wanted 4 to 10"
    for letter, document in story.articles.items():
        size = len(document.text.split())
        if not 60 <= size <= 350:
            yield f"/{letter}.md: {size} words, wanted 60 to 350"
        if not (document.ref.title and document.ref.outlet and document.ref.published):
            yield f"/{letter}.md: title, outlet or published is missing"


def _of_edges(story: Story) -> Iterator[str]:
    pairs: set[frozenset[str]] = set()
    for edge in story.edges:
        directed = edge.between is None
        if (edge.relation == "shares_quote") == directed or directed != bool(edge.from_ and edge.to):
            yield f": an edge needs from and to, shares_quote needs between: {edge}"
            continue
        if (missing := set(edge.ends) - story.articles.keys()) or edge.ends[0] == edge.ends[1]:
            yield f": edge {edge.ends}: no article {sorted(missing)}, or one end only"
        if frozenset(edge.ends) in pairs:
            yield f": two edges between {edge.ends}"
        pairs.add(frozenset(edge.ends))


def _of_claims(story: Story) -> Iterator[str]:
    known = {o.id for o in story.origins}
    if not 2 <= len(story.claims) <= 5:
        yield f": {len(story.claims)} claims, wanted 2 to 5"
    if all(len(c.origins) == len(c.in_) for c in story.claims):
        yield ": each claim has as many origins as articles"
    for claim in story.claims:
        if len(claim.in_) < 2:
            yield f": {claim.says!r} is in one article only"
        if not claim.origins or set(claim.origins) - known:
            yield f": {claim.says!r}: unknown or no origin"
        for letter, words in claim.in_.items():
            if letter not in story.articles:
                yield f": no article {letter}"
            elif (times := story.articles[letter].text.count(words)) != 1:
                yield f"/{letter}.md: {words!r} stands there {times} times, wanted once"
    for unused in sorted(known - {o for c in story.claims for o in c.origins}):
        yield f": origin {unused} is of no claim"
