"""SVG as text: elements whose every word is escaped, labels that fit, and the frame with its text alternative.

In:   words and numbers.   Out: Markup; a whole picture as a string.
Knows nothing of: what is drawn; colours, which the page's style gives by class.

Without a style sheet the picture is still readable: lines and words take the colour of the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from sayso.publish.wording import one_line

SIZE = 13.0  # of plain words
SMALL = 11.5

# How wide a character is, in parts of the size of its letters. Rather too wide than too narrow: no font is known.
_NARROW = frozenset("iljtfrI.,:;'’‘!|()[] ·")
_WIDE = frozenset("mwMWQO@%—→")
_LAST_OF_LATIN = "\u024f"
_NEVER = re.compile("[\ufffe\uffff]")  # what XML cannot hold; `one_line` deals with the rest


def words(text: str) -> Markup:
    """``text`` on one line, safe in SVG."""
    return escape(_NEVER.sub("\ufffd", one_line(text)))


def number(value: float) -> str:
    """
    >>> number(3.0), number(2.25)
    ('3', '2.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def element(tag: str, *children: Markup, **attributes: str | float) -> Markup:
    """An element. ``class_`` gives `class`, ``stroke_width`` gives `stroke-width`; an empty attribute is left out.

    >>> element("text", words("a < b"), class_="name", x=3.5)
    Markup('<text class="name" x="3.5">a &lt; b</text>')
    """
    named = Markup("").join(
        Markup(' {}="{}"').format(
            key.rstrip("_").replace("_", "-"), words(value) if isinstance(value, str) else number(value)
        )
        for key, value in attributes.items()
        if value != ""
    )
    if not children:
        return Markup("<{}{}/>").format(tag, named)
    return Markup("<{}{}>{}</{}>").format(tag, named, Markup("").join(children), tag)


def text(  # noqa: PLR0913 - what a line of words has
    said: str, x: float, y: float, *, class_: str = "", size: float = SIZE, anchor: str = "", weight: str = ""
) -> Markup:
    """One line of words."""
    return element(
        "text",
        words(said),
        class_=class_,
        x=x,
        y=y,
        font_size=size,
        font_weight=weight,
        text_anchor=anchor,
        fill="currentColor",
    )


def width(said: str, size: float = SIZE) -> float:
    """How wide words are at most, as far as can be told without a font."""
    return size * sum(map(_share, said))


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.98
    if character > _LAST_OF_LATIN and character not in "–“”…":
        return 1.0
    return 0.72 if character.isupper() else 0.6


def fit(said: str, room: float, size: float = SIZE) -> str:
    """``said`` on one line, its end left out where it is wider than ``room``.

    >>> fit("The Sund Courier", 70)
    'The Sun…'
    """
    said = one_line(said)
    if width(said, size) <= room:
        return said
    room -= width("…", size)
    used = 0.0
    for at, character in enumerate(said):
        used += _share(character) * size
        if used > room:
            return said[:at].rstrip() + "…"
    return said


def wrap(said: str, room: float, size: float = SIZE, *, most: int = 2) -> list[str]:
    """``said`` on at most ``most`` lines, broken between words; the last is cut where that does not do.

    >>> wrap("The Sund Courier of Ostrava Bay", 90)
    ['The Sund', 'Courier of O…']
    """
    lines: list[str] = []
    rest = one_line(said)
    while rest and len(lines) < most - 1 and width(rest, size) > room:
        line = ""
        for word in rest.split(" "):
            if line and width(f"{line} {word}", size) > room:
                break
            line = f"{line} {word}".strip()
        lines.append(fit(line, room, size))
        rest = rest[len(line) :].strip()
    return [*lines, fit(rest, room, size)] if rest else lines


def picture(
    key: str, kind: str, title: str, description: Iterable[str], size: tuple[float, float], drawn: Iterable[Markup]
) -> str:
    """The whole: as wide as the page, with ``title`` and ``description`` for those who do not see it.

    ``key`` names it in its page; two pictures of one page need two keys.
    """
    wide, high = size
    inside = Markup("").join(drawn)
    # What holds links is no image to who listens to it: the links would be lost.
    role = "group" if "<a " in inside else "img"
    return str(
        element(
            "svg",
            element("title", words(title), id=f"{key}-title"),
            element("desc", words(" ".join(description)), id=f"{key}-desc"),
            inside,
            xmlns="http://www.w3.org/2000/svg",
            class_=f"picture {kind}",
            id=key,
            role=role,
            aria_labelledby=f"{key}-title",
            aria_describedby=f"{key}-desc",
            viewBox=f"0 0 {number(wide)} {number(high)}",
            width="100%",
            font_family="system-ui, sans-serif",
        )
    )
