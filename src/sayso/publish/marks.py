"""The text of a document as HTML, with every source, cue and content marked where it stands.

In:   a Ledger, its Places, the number of each claim.   Out: paragraphs of safe HTML.
Knows nothing of: colours, the cards beside the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from sayso.publish.chains import Places
from sayso.publish.saying import says
from sayso.publish.wording import elided, hidden, visible
from sayso.records import Claim, Ledger
from sayso.spans import Span, cover

# The text is cut at every border, so marks may nest and cross. Notes and numbers are empty elements which the
# style sheet fills: without its tags the HTML is the document's text, character by character.

_DEEPEST = 3  # levels of content the style sheet can tell apart
_WHOSE = 80  # characters of who says it, in the name of the number of a claim


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``number`` as ``Places.count`` has it; ``page`` where a new one begins, else 0; ``gap``: the space before it.

    ``start``: its first code point in the text; ``odd``: the places in it of characters that are shown by their number.
    """

    id: str
    number: int
    page: int
    start: int
    odd: tuple[int, ...]
    gap: Markup
    html: Markup


@dataclass(frozen=True, slots=True)
class _Mark:
    """One role of one claim, or a remark on the text (``claim`` 0). ``size`` puts inner claims first."""

    role: str
    claim: int = 0
    size: int = 0


def paragraphs(ledger: Ledger, places: Places, numbers: Mapping[str, int]) -> Iterator[Paragraph]:
    """The whole text, paragraph by paragraph. ``numbers``: claim id to its number in the document."""
    sweep = _Sweep(ledger, places, numbers)
    page = 0
    for index, span in enumerate(places.paragraphs, 1):
        gap, html = sweep.until(span.start), sweep.until(span.end)
        before, page = page, places.page(span.start)
        new_page = page if page != before else 0
        yield Paragraph(
            id=f"{ledger.document.ref.id}-p{index}",
            number=places.count(span.start),
            page=new_page,
            start=span.start,
            odd=hidden(span.of(ledger.document.text)),
            gap=gap,
            html=html,
        )


class _Sweep:
    """One walk over the text from border to border."""

    def __init__(self, ledger: Ledger, places: Places, numbers: Mapping[str, int]) -> None:
        self._text = ledger.document.text
        self._opens, self._closes = _marks(ledger, numbers)
        self._heads, self._tails = _anchors(ledger, places, numbers)
        self._borders = sorted({*self._opens, *self._closes, *self._heads, *self._tails}, reverse=True)
        self._active: dict[_Mark, int] = {}
        self._at = 0

    def until(self, end: int) -> Markup:
        """The text up to ``end``; what opens at ``end`` comes with the next piece."""
        out: list[Markup] = []
        while self._borders and self._borders[-1] < end:
            here = self._borders.pop()
            self._write(here, out)
            self._change(here)
            out += self._heads.get(here, ())
        self._write(end, out)
        return Markup("").join(out)

    def _write(self, end: int, out: list[Markup]) -> None:
        if self._at < end:
            out.append(_piece(self._text[self._at : end], self._active))
        self._at = max(self._at, end)
        out += self._tails.pop(end, ())

    def _change(self, here: int) -> None:
        """Counts, because two spans of one role of one claim may touch or overlap."""
        for mark in self._closes.get(here, ()):
            self._active[mark] -= 1
            if not self._active[mark]:
                del self._active[mark]
        for mark in self._opens.get(here, ()):
            self._active[mark] = self._active.get(mark, 0) + 1


def mark_id(claim: Claim) -> str:
    """Where the marks of a claim begin in the text."""
    return f"m-{claim.id}"


def _marks(ledger: Ledger, numbers: Mapping[str, int]) -> tuple[dict[int, list[_Mark]], dict[int, list[_Mark]]]:
    opens: dict[int, list[_Mark]] = defaultdict(list)
    closes: dict[int, list[_Mark]] = defaultdict(list)

    def mark(spans: tuple[Span, ...], kind: _Mark) -> None:
        for span in spans:
            opens[span.start].append(kind)
            closes[span.end].append(kind)

    for claim in ledger.claims:
        number, size = numbers[claim.id], len(cover(claim.content.spans))
        mark(claim.content.spans, _Mark("own" if claim.kind == "authorial" else "content", number, size))
        for role, words in (("source", claim.source), ("cue", claim.cue), ("outlet", claim.outlet)):
            if words is not None:
                mark(words.spans, _Mark(role, number, size))
        for more in (claim.addressee, claim.said_at):
            if more is not None:
                mark(more.spans, _Mark("more", number, size))
    mark(ledger.furniture, _Mark("furniture"))
    mark(ledger.document.markup, _Mark("markup"))
    mark(tuple(again for _, again in ledger.repeats), _Mark("again"))
    return opens, closes


def _anchors(
    ledger: Ledger, places: Places, numbers: Mapping[str, int]
) -> tuple[dict[int, list[Markup]], dict[int, list[Markup]]]:
    """What is put before and after a place: the numbers of claims; notes on repeats and furniture."""
    heads: dict[int, list[Markup]] = defaultdict(list)
    tails: dict[int, list[Markup]] = defaultdict(list)
    number = Markup('<a class="n" id="{}" href="#{}" data-n="{}" aria-label="claim {}: {}"></a>')
    note = Markup('<a class="note" id="{}" href="#{}" data-note="{}" aria-label="{}"></a>')
    for claim in ledger.claims:
        n = numbers[claim.id]
        whose = elided(says(claim), _WHOSE)
        heads[claim.content.spans[0].start].append(number.format(mark_id(claim), claim.id, n, n, whose))
    for index, (first, again) in enumerate(sorted(ledger.repeats)):
        ids = f"{ledger.document.ref.id}-r{index + 1}", f"{ledger.document.ref.id}-r{index + 1}-again"
        later, earlier = f"stands again in {places.name(again.start)}", f"stands already in {places.name(first.start)}"
        tails[first.end].append(note.format(*ids, later, later))
        tails[again.end].append(note.format(*reversed(ids), earlier, earlier))
    for span in ledger.furniture:
        tails[span.end].append(Markup('<span class="note" data-note="page furniture" role="note"></span>'))
    return heads, tails


def _piece(words: str, active: Mapping[_Mark, int]) -> Markup:
    safe = escape(visible(words))
    if not active:
        return safe
    depth = sum(mark.role == "content" for mark in active)
    classes = sorted({mark.role for mark in active} - {"more", "content"})
    if depth:
        classes.append(f"d{min(depth, _DEEPEST)}")
    inner_first = sorted((mark for mark in active if mark.claim), key=lambda mark: (mark.size, mark.claim))
    if not inner_first:
        return Markup('<span class="{}">{}</span>').format(" ".join(classes), safe)
    claims = " ".join(dict.fromkeys(str(mark.claim) for mark in inner_first))
    return Markup('<span class="{}" data-c="{}">{}</span>').format(" ".join(classes), claims, safe)
