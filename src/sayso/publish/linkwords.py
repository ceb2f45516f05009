"""The plain words for what stands between documents.

In:   codes of links, documents.   Out: words that take no side.
Knows nothing of: HTML, SVG.

Words for two documents tell what their texts show, not how they were made.
"""

from __future__ import annotations

from sayso.links import Contradiction, Origin, OriginKind, Origins, Outcome, Relation
from sayso.publish import wording
from sayso.records import DocumentRef

# The later document, then these words, then the earlier one.
RELATIONS: dict[Relation, str] = {
    "reprint": "nearly the same text as",
    "copies_prose": "shares prose with",
    "press_release": "takes up the text of",
    "translation": "the same text in another language as",
    "cites": "names",
    "shares_quote": "has a quotation in common with",
}

ORIGIN_KINDS: dict[OriginKind, str] = {
    "eyewitness": "a named person",
    "official": "a named official",
    "anonymous_official": "an unnamed official",
    "document": "a document",
    "organisation": "an organisation",
    "own_reporting": "in an outlet’s own words",
    "hearsay": "a named person, of what others told",
    "unknown": "not known who",
}

OUTCOMES: dict[Outcome, str] = {
    "contradicts": "Do not seem to go together",
    "disputes-attribution": "Differ on who said it, or whether it was said",
    "updates": "A later account differs",
    "refines": "One says more than the other",
}


def differs(found: Contradiction) -> bool:
    """Is it a pair of claims that differ? Where one only says more than the other it is none."""
    return found.relation != "refines"


def called(ref: DocumentRef) -> str:
    """The outlet of a document, or its title where it has none."""
    return wording.one_line(ref.outlet) if ref.outlet else wording.title(ref)


def full(ref: DocumentRef) -> str:
    """Outlet, title and date of a document: "The Sund Courier, “The vote”, 2031-06-05"."""
    title = wording.title(ref)
    parts = [wording.one_line(ref.outlet), f"“{title}”"] if ref.outlet else [title]
    return ", ".join([*parts, wording.one_line(ref.published) if ref.published else "no date"])


def order(ref: DocumentRef) -> tuple[str, str, str, str]:
    """By date, those without one last; then by outlet, title and id."""
    return ref.published or "~", ref.outlet or "~", ref.title or "~", ref.id


def interval(origins: Origins) -> str:
    """How many independent origins, as words."""
    if origins.low == origins.high:
        return wording.counted(origins.low, "independent origin", "independent origins")
    return f"{origins.low:,} to {wording.counted(origins.high, 'independent origin', 'independent origins')}"


def origin(found: Origin) -> str:
    """Who an origin is and of what kind.

    >>> origin(Origin(id="o1", kind="official", who="Ann Lee", documents=()))
    'Ann Lee (a named official)'
    """
    return f"{wording.one_line(found.who)} ({ORIGIN_KINDS[found.kind]})"
