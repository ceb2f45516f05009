"""Web Annotations and those of Hypothesis: what a person marked in a page, and said of it.

In:   the bytes of a file.   Out: Marks; BadImport values for what is no annotation.
Knows nothing of: where the words stand in our text (sayso.imports.placing).

The model: https://www.w3.org/TR/annotation-model/. One annotation, an array, a page or collection of them, one a line,
or what the API of Hypothesis gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from sayso.errors import BadImport

Role = Literal["source", "cue", "content"]

_ROLES: tuple[Role, ...] = ("source", "cue", "content")
_CLAIM = "claim"  # the tag by which a person says that what is marked is one
Json = Mapping[str, Any]


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words that are marked. ``position``: where they stood in the text that was marked, if that is told."""

    role: Role
    exact: str
    prefix: str = ""
    suffix: str = ""
    position: tuple[int, int] | None = None


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A person's annotation. ``place``: in the file, for what is said of it. ``page``: an address, or the id that an
    export of ours gave; ``sha256``: of the document, if the annotation tells. ``claim``: marked as one.
    """

    place: str
    page: str
    sha256: str | None = None
    by: str | None = None
    why: str | None = None
    claim: bool = False
    machine: bool = False
    quotes: tuple[Quote, ...]


def marks(raw: bytes, name: str) -> Iterator[Mark | BadImport]:
    """The annotations of a file, in order."""
    for number, value in enumerate(_values(raw, name), 1):
        place = f"{name}, annotation {number}"
        if isinstance(value, BadImport):
            yield value
        elif isinstance(value, dict) and (made := _mark(value, place)):
            yield made
        else:
            yield BadImport(f"{place}: marks no words (no TextQuoteSelector): it is about the page as a whole")


def _values(raw: bytes, name: str) -> Iterator[Any]:
    try:
        yield from _listed(msgspec.json.decode(raw))
        return
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        lines = [line for line in raw.splitlines() if line.strip()]
        if len(lines) < 2 or lines[0].strip() in (b"{", b"["):  # one value, which is damaged
            yield BadImport(f"{name}: is no JSON ({error}): fetch it again")
            return
    for number, line in enumerate(lines, 1):
        try:
            yield msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield BadImport(f"{name}, annotation {number}: is no JSON ({error})")


def _listed(value: Any) -> Sequence[Any]:
    """The annotations in a value: an array, a page, a collection with its first page, an answer of Hypothesis."""
    while isinstance(value, dict):
        inner = next((value[key] for key in ("items", "rows", "first") if key in value), None)
        if inner is None:
            return [value]
        value = inner
    return value if isinstance(value, list) else [value]


def _mark(value: Json, place: str) -> Mark | None:
    targets = [each for each in _many(value.get("target")) if isinstance(each, dict)]
    quotes = tuple(quote for target in targets if (quote := _quote(target)))
    if not quotes:
        return None
    bodies = _many(value.get("body"))
    tags = [str(tag).strip().lower() for tag in (*_many(value.get("tags")), *_bodies(bodies, "tagging"))]
    said = [value["text"]] if isinstance(value.get("text"), str) else _bodies(bodies, "commenting", "describing", None)
    page = value.get("uri") or targets[0].get("source") or ""
    state = next((each for target in targets for each in _many(target.get("state")) if isinstance(each, dict)), {})
    return Mark(
        place=place,
        page=str(page.get("id", "") if isinstance(page, dict) else page),
        sha256=state.get("sayso:sha256"),
        by=_who(value),
        why="\n".join(said).strip() or None,
        claim=_CLAIM in tags or any("sayso:role" in target for target in targets),
        machine="sayso:document" in value and "creator" not in value,
        quotes=quotes,
    )


def _quote(target: Json) -> Quote | None:
    selectors = [each for each in _many(target.get("selector")) if isinstance(each, dict)]
    quote = next((each for each in selectors if each.get("type") == "TextQuoteSelector"), {})
    place = next((each for each in selectors if each.get("type") == "TextPositionSelector"), {})
    exact, start, end = quote.get("exact"), place.get("start"), place.get("end")
    if not isinstance(exact, str) or not exact.strip():
        return None
    role = target.get("sayso:role")
    return Quote(
        role=role if role in _ROLES else "content",
        exact=exact,
        prefix=str(quote.get("prefix") or ""),
        suffix=str(quote.get("suffix") or ""),
        position=(start, end) if isinstance(start, int) and isinstance(end, int) and 0 <= start < end else None,
    )


def _bodies(bodies: Sequence[Any], *purposes: str | None) -> list[str]:
    found = []
    for body in bodies:
        if isinstance(body, str) and None in purposes:
            found.append(body)
        elif isinstance(body, dict) and body.get("purpose") in purposes and isinstance(body.get("value"), str):
            found.append(body["value"])
    return found


def _who(value: Json) -> str | None:
    """Who made it: "acct:ann@hypothes.is" is ann."""
    creator = next(iter(_many(value.get("creator"))), None) or value.get("user")
    if isinstance(creator, dict):
        creator = creator.get("name") or creator.get("nickname") or creator.get("id")
    if not isinstance(creator, str) or not creator.strip():
        return None
    return creator.removeprefix("acct:").partition("@")[0] if creator.startswith("acct:") else creator.strip()


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
