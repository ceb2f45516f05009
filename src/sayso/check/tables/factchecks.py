"""Published fact-checks as JSON: ClaimReview (schema.org JSON-LD), the Data Commons feed, the Fact Check Tools answer.

In:   a file.   Out: Reviews: who reviewed which claim, and in which words they rated it.
Knows nothing of: claims of documents; whether a rating is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from sayso.check.tables.conflict import iso
from sayso.check.tables.files import File, Odd
from sayso.check.tables.rows import Review
from sayso.errors import Unreadable

DEFINITION = (
    "A rating is its reviewer's: it is quoted, and nothing follows from it here.",
    "What was reviewed is compared by its words: the two claims may still differ, or one may deny the other.",
    "That nobody reviewed a claim says nothing about it.",
)
_MARKS = (b'"ClaimReview"', b'"claimReview"')
_DEEPEST = 12


def is_factchecks(file: File) -> bool:
    """Whether a file is JSON that speaks of reviews of claims."""
    start = file.start(1 << 18)
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and any(mark in start for mark in _MARKS)


def reviews(file: File, odd: Odd) -> Iterator[Review]:
    """The reviews in the order of the file. Raises Unreadable: no JSON."""
    with file.open() as stream:
        try:
            whole = msgspec.json.decode(stream.read().removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Unreadable(f"{file.name}: JSON that breaks off or breaks its rules ({error})") from error
    for number, made in enumerate(_found(whole, _DEEPEST), 1):
        if made is None:
            odd.say(file.name, f"review {number}", "no claim, no reviewer or no rating in words")
        else:
            yield made if made.row else msgspec.structs.replace(made, row=f"review {number}")


def _found(node: Any, depth: int) -> Iterator[Review | None]:
    """Whatever holds the reviews (a list, a graph, a feed), they are found by their type."""
    if depth == 0:
        return
    if isinstance(node, list):
        for item in node:
            yield from _found(item, depth - 1)
    elif isinstance(node, dict):
        if "ClaimReview" in _texts(node.get("@type")):
            yield _of_schema(node)
        elif isinstance(node.get("claimReview"), list) and "text" in node:
            yield from (_of_tools(node, review) for review in node["claimReview"] if isinstance(review, dict))
        else:
            for value in node.values():
                yield from _found(value, depth - 1)


def _of_schema(node: dict[str, Any]) -> Review | None:
    rating = _dict(node.get("reviewRating"))
    words = _text(rating.get("alternateName")) or _text(rating.get("name")) or _figure(rating)
    reviewed = _dict(node.get("itemReviewed"))
    return _review(
        row=_text(node.get("url")) or _text(node.get("@id")),
        text=_text(node.get("claimReviewed")) or _text(reviewed.get("name")),
        claimant=_text(_dict(reviewed.get("author")).get("name")),
        reviewer=_text(_dict(node.get("author")).get("name")) or _text(_dict(node.get("publisher")).get("name")),
        rating=words,
        reviewed=_day(node.get("datePublished")),
        language=_text(node.get("inLanguage")),
    )


def _of_tools(node: dict[str, Any], review: dict[str, Any]) -> Review | None:
    publisher = _dict(review.get("publisher"))
    return _review(
        row=_text(review.get("url")),
        text=_text(node.get("text")),
        claimant=_text(node.get("claimant")),
        reviewer=_text(publisher.get("name")) or _text(publisher.get("site")),
        rating=_text(review.get("textualRating")),
        reviewed=_day(review.get("reviewDate")),
        language=_text(review.get("languageCode")),
    )


def _review(*, text: str, reviewer: str, rating: str, **rest: Any) -> Review | None:
    if not (text and reviewer and rating):
        return None
    return Review(text=text, reviewer=reviewer, rating=rating, **rest)


def _figure(rating: dict[str, Any]) -> str:
    """A rating that is given as a number only, with its scale."""
    value, best, worst = (_text(rating.get(key)) for key in ("ratingValue", "bestRating", "worstRating"))
    scale = f" on a scale from {worst} (worst) to {best} (best)" if best and worst else ""
    return f"{value}{scale}" if value else ""


def _dict(value: Any) -> dict[str, Any]:
    """One thing, where the format allows several: the first."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return f"{value:g}"
    return " ".join(next(iter(_texts(value)), "").split())


def _day(value: Any) -> date | None:
    try:
        return iso(_text(value)) if _text(value) else None
    except ValueError:
        return None  # the review stands; its day is not known
