"""What a text file says about itself between "---" lines at its top.

In:   decoded text.   Out: the keys, the text that follows them, notices.
Knows nothing of: Markdown, encodings.
"""

from __future__ import annotations

import re

import msgspec

from sayso.read.reading import Reading, checked_date, notice
from sayso.records import Notice

KEYS = ("id", "title", "outlet", "author", "published", "url")

_BLOCK = re.compile(r"---[ \t]*\r?\n((?:(?!---[ \t]*\r?$).*\n)*?)---[ \t]*(?:\r?\n|\Z)", re.M)
_PAIR = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")


class FrontMatter(msgspec.Struct, frozen=True):
    """``values`` by key; ``length``: how many characters of the file come before the text."""

    values: dict[str, str]
    length: int
    notices: tuple[Notice, ...] = ()


def front_matter(text: str) -> FrontMatter:
    """The block that opens ``text``; an empty one where there is none (no closing line, or no key: value lines)."""
    none = FrontMatter({}, 0)
    block = _BLOCK.match(text)
    if block is None:
        return none
    values: dict[str, str] = {}
    unknown: list[str] = []
    for line in block[1].splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pair = _PAIR.fullmatch(line.rstrip())
        if pair is None:
            return none
        key, value = pair[1].lower(), _unquoted((pair[2] or "").strip())
        if key not in KEYS:
            unknown.append(pair[1])
        elif value:
            values[key] = value
    if not values and not unknown:
        return none
    notices = (notice(f"front matter: unknown key {', '.join(unknown)}; left out"),) if unknown else ()
    return FrontMatter(values, block.end(), notices)


def read_text(decoded: str, notices: tuple[Notice, ...] = ()) -> Reading:
    """A plain text: what follows its front matter, not one character changed."""
    front = front_matter(decoded)
    published, complaint = checked_date(front.values.get("published"))
    return Reading(
        text=decoded[front.length :],
        title=front.values.get("title"),
        outlet=front.values.get("outlet"),
        author=front.values.get("author"),
        published=published,
        url=front.values.get("url"),
        notices=(*notices, *front.notices, *complaint),
    )


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace('\\"', '"') if value[0] == '"' else inner.replace("''", "'")
    return value
