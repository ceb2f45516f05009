"""A PDF: the lines of its pages, where they stand, and what the file says of itself.

In:   raw bytes of a PDF.   Out: Reading with `pages`; Unreadable for encrypted, broken and scanned files.
Knows nothing of: how lines become paragraphs (read.reflow).
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Sequence
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from sayso.errors import Unreadable
from sayso.read.reading import Reading, notice
from sayso.read.reflow import Line, reflow, without_furniture
from sayso.records import Notice

# What pypdf raises on broken files beside its own errors: it trusts the types, sizes and references it finds.
# All but the last two were met in 35,000 mutated files; those are what a bad index and deep nesting give.
BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    NotImplementedError,
    TypeError,
    ValueError,
    LookupError,
    RecursionError,
)
# A page that is drawn by a few hundred bytes can be listed a hundred thousand times; a book has some 500,000 steps.
MAX_STEPS = 2_000_000
_PAGE = 400  # what it costs to open a page: so many things are drawn in that time
_COSTLY = 500_000  # what a page has cost that broke a limit of pypdf's own: two of its bombs are read, not all

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_JUNK_TITLE = re.compile(r"(untitled|microsoft word - |(powerpoint )?presentation|document\d*$)|.*\.[a-z]{2,5}$", re.I)
_LONGEST = 200  # characters of an author that are looked at
_JUNK_AUTHOR = re.compile(r"\W*(anonymous|unknown|unspecified|user|admin\w*|owner|author)\W*", re.I)

# What pypdf logs would otherwise be printed; what matters of it is told as a Notice or an Unreadable.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(raw: bytes) -> Reading:
    """The text of a PDF in its order, paragraphs mended; ``pages[i]`` are spans, pages without text left out."""
    reader = _opened(raw)
    try:
        count = len(reader.pages)
    except BROKEN:
        raise Unreadable("is a damaged or cut-off PDF; download it again or repair it, e.g. with qpdf") from None
    pages: list[list[Line]] = []
    broken: list[int] = []
    work = _Work()
    for number in range(count):
        work.left -= _PAGE
        if work.left < 0:
            break
        try:
            pages.append(_lines(reader.pages[number], work))
        except BROKEN as error:
            pages.append([])
            broken.append(number + 1)
            work.left -= _COSTLY if isinstance(error, LimitReachedError) else 0
    empty = [number for number, lines in enumerate(pages, start=1) if not lines and number not in broken]
    if not any(pages):
        if broken or not pages:
            raise Unreadable("is a damaged PDF: no page can be read; repair it, e.g. with qpdf")
        raise Unreadable("is a PDF without text (a scan?); run text recognition (OCR) on it first")
    notices = []
    if broken:
        notices.append(notice(f"{_numbered(broken)} cannot be read: the PDF is damaged"))
    if len(pages) < count:
        notices.append(notice(f"pages {len(pages) + 1} to {count} not read: more than {MAX_STEPS:,} things drawn"))
    if empty:
        notices.append(notice(f"{_numbered(empty)} without text (an image?)"))
    kept, furniture = without_furniture(pages)
    if furniture:
        example = max(furniture, key=len)
        notices.append(notice(f'{len(furniture)} running heads, feet and page numbers left out, e.g. "{example}"'))
    text, spans = reflow(kept if any(kept) else pages)
    title, author, about = _about(reader)
    return Reading(text=text, title=title, author=author, pages=spans, notices=(*notices, *about))


def _opened(raw: bytes) -> PdfReader:
    locked = Unreadable("is a password-protected PDF; remove the password first, e.g. with qpdf --decrypt")
    try:
        reader = PdfReader(BytesIO(raw))
        # Many files are encrypted with an empty password: anybody may open them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked
    except DependencyError:  # AES needs a library that is not worth its weight here
        raise Unreadable("is an encrypted PDF; decrypt it first, e.g. with qpdf --decrypt") from None
    except BROKEN:
        raise Unreadable("is a damaged or cut-off PDF; download it again or repair it, e.g. with qpdf") from None
    return reader


class _Work:
    """How many steps of drawing may still be taken in this file."""

    def __init__(self) -> None:
        self.left = MAX_STEPS

    def step(self, *_: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise LimitReachedError("too many steps")


def _lines(page: PageObject, work: _Work) -> list[Line]:
    """The lines of a page in the order of the file. Points from its lower left; blank lines left out."""
    lines: list[Line] = []
    words: list[str] = []
    place: tuple[float, float, float] = (0.0, 0.0, 0.0)  # x, y, size of the line's first words
    bold = True

    def end_line() -> None:
        text = " ".join("".join(words).translate(_LIGATURES).split())
        if text:
            lines.append(Line(text=text, x=place[0], y=place[1], size=place[2], bold=bold))
        words.clear()

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: object, size: float) -> None:
        nonlocal place, bold
        for number, piece in enumerate(text.split("\n")):
            if number:
                end_line()
            if piece.strip() and not "".join(words).strip():
                place, bold = _place(cm, tm, size), True
            if piece.strip():
                bold = bold and isinstance(font, dict) and "bold" in str(font.get("/BaseFont", "")).lower()
            words.append(piece)

    page.extract_text(visitor_operand_before=work.step, visitor_text=visit)
    end_line()
    return lines


def _place(cm: Sequence[float], tm: Sequence[float], size: float) -> tuple[float, float, float]:
    """Where text stands on the page and how large it is: the text matrix within the page's."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    area = abs((tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2]))
    values = (float(x), float(y), float(size) * math.sqrt(area))
    if not all(map(math.isfinite, values)):
        raise ValueError("a place that is no number")
    return values


def _about(reader: PdfReader) -> tuple[str | None, str | None, tuple[Notice, ...]]:
    """Title and author as the file states them, unless a program filled them in; when it was made, as a notice."""
    try:
        stated = reader.metadata
        title = " ".join(str(stated.title or "").split()) if stated else ""
        author = " ".join(str(stated.author or "").split()) if stated else ""
        made = stated.creation_date if stated else None
    except BROKEN:
        return None, None, (notice("what the PDF says of itself (title, author) cannot be read"),)
    notices: list[Notice] = []
    if made is not None:
        notices.append(notice(f"the file was made on {made:%Y-%m-%d}; it does not state when it was published"))
    return (
        title if title and not _JUNK_TITLE.match(title[-_LONGEST:]) else None,
        author if author and not _JUNK_AUTHOR.fullmatch(author[:_LONGEST]) else None,
        tuple(notices),
    )


def _numbered(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:10])) + (", …" if len(pages) > 10 else "")
    return f"page {shown}" if len(pages) == 1 else f"pages {shown}"
