"""A web page: its main text, without the furniture around it, and what the page says of itself.

In:   raw bytes of HTML.   Out: Reading; Unreadable where no main text is found.
Knows nothing of: the network (nothing a page names is fetched), other formats.
"""

from __future__ import annotations

import logging
import re

# lxml ships no types
from lxml import etree  # type: ignore[import-untyped]

from sayso.errors import Unreadable
from sayso.read.reading import Reading, notice
from sayso.read.text import decode
from sayso.records import Notice

_CHARSET = re.compile(
    rb"""<(?:meta\b[^<>]{0,200}?charset|\?xml\b[^<>]{0,100}?encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WHOLE_PAGE = re.compile(r"<(?:html|body)\b", re.I)
# Characters that lxml reads but refuses to write, themselves and as references (&#1; &#xFFFE;).
_REFUSED = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]"
    r"|&#0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d);?|&#x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]);?",
    re.I,
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
# Main-text extraction takes time with the square of the breaks between lines: many become characters of the text.
MANY_BREAKS = 2000
_BREAK = re.compile(r"<br\s{0,20}/?>", re.I)
_BROKEN = "\ue000"
_BROKEN_TWICE = re.compile(f"{_BROKEN}(?:[{_BROKEN} ])*{_BROKEN}")

# Elements of trafilatura's own tree that stand apart from what is around them.
_APART = frozenset({"p", "head", "item", "quote", "list", "table", "div", "ab", "body"})
_PAGE_BLOCKS = frozenset(
    {"p", "div", "table", "ul", "ol", "dl", "blockquote", "pre", "figure", "section", "article", "hr"}
    | {f"h{level}" for level in range(1, 7)}
)
_INLINE = frozenset({"font", "span", "b", "strong", "i", "em", "big", "small", "tt", "code"})
_NOT_SHOWN = ("script", "style", "noscript", "template", "svg", "head", "select", "button")
_AROUND = ("nav", "header", "footer", "aside", "form")
_SHOWN_TEXT = etree.XPath(
    "//text()[not(" + " or ".join(f"ancestor::{tag}" for tag in (*_NOT_SHOWN, *_AROUND)) + ")]", smart_strings=False
)
_MARKS = (("“", "”"), ("‘", "’"))

# The dates a page may give: fixed, so that the answer does not depend on the day it is read.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2100-12-31"}

# What these libraries log would otherwise be printed; what matters of it is told as a Notice or an Unreadable.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def read_html(raw: bytes, stated: str | None = None) -> Reading:
    """The main text of a page, its paragraphs apart by blank lines. ``stated``: an encoding named elsewhere (mail)."""
    charset = _CHARSET.search(raw[:8192])
    named = stated or (charset[1].decode("ascii") if charset else None)
    if named and named.lower().startswith(("utf-16", "utf-32")):
        named = None  # the tag itself could not have been found in such a file: browsers overrule it as well
    source, notices = decode(raw, named)
    return _read_page(source, notices)


def _read_page(source: str, notices: tuple[Notice, ...]) -> Reading:
    # Takes 0.5 s to load: only web pages pay.
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415
    from trafilatura.settings import Document as Article  # noqa: PLC0415

    source = _REFUSED.sub("\ufffd", _XML_DECLARATION.sub("", source).replace("\f", " "))
    if not _WHOLE_PAGE.search(source):
        source = f"<html><body>{source}</body></html>"
    if source.count("<br") + source.count("<BR") > MANY_BREAKS:
        source = _BREAK.sub(_BROKEN, source)
    tree = load_html(source)
    if tree is None:
        raise Unreadable("holds no web page; save the article as text")
    _spell_out(tree)
    visible = len(_SPACES.sub("", "".join(_SHOWN_TEXT(tree))))
    found = bare_extraction(
        tree, include_comments=False, include_tables=True, with_metadata=True, date_extraction_params=dict(_DATES)
    )
    text = _paragraphs(found.body) if isinstance(found, Article) and found.body is not None else ""
    if not isinstance(found, Article) or not text:
        raise Unreadable("no article text is found in the page; save the page's article as text")
    letters = len(_SPACES.sub("", text))
    if letters * 3 < visible:
        message = f"the article found is {letters} of the page's {visible} letters; see whether it is the whole"
        notices = (*notices, notice(message))
    if found.date and found.date not in source:
        notices = (*notices, notice(f"published {found.date} was worked out from the page's wording; check it"))
    return Reading(
        text=text,
        title=_line(found.title),
        outlet=_line(found.sitename),
        author=_line(found.author),
        published=found.date,
        url=_line(found.url),
        notices=notices,
    )


def _spell_out(tree: etree._Element) -> None:
    """Write into the tree what a browser shows but main-text extraction drops: marks of <q>, breaks between lines."""
    for quotation in list(tree.iter("q")):
        depth = sum(1 for _ in quotation.iterancestors("q"))
        opening, closing = _MARKS[depth % 2]
        quotation.text = opening + (quotation.text or "")
        if len(quotation):
            quotation[-1].tail = (quotation[-1].tail or "") + closing
        else:
            quotation.text += closing
    etree.strip_tags(tree, "q")
    for preformatted in list(tree.iter("pre")):
        _break_lines(preformatted)
    doubled = [br for br in tree.iter("br") if _next_is_break(br)]
    for br in doubled:
        while br.getparent().tag in _INLINE:  # <font>one<br><br>two</font>: the block around it is to be split
            br.getparent().drop_tag()
    for parent in dict.fromkeys(br.getparent() for br in doubled):
        if parent.tag in _PAGE_BLOCKS or parent.tag in ("body", "main", "td"):
            _split_at_double_breaks(parent)


def _break_lines(preformatted: etree._Element) -> None:
    """Line ends of <pre> (archives of old messages are in it) as breaks."""
    if sum(words.count("\n") for words in preformatted.itertext()) > MANY_BREAKS:
        for element in preformatted.iter(etree.Element):
            element.text = (element.text or "").replace("\n", _BROKEN)
            if element is not preformatted:
                element.tail = (element.tail or "").replace("\n", _BROKEN)
        preformatted.tag = "div"
        return
    for element in list(preformatted.iter(etree.Element)):
        if element is not preformatted and element.tail and "\n" in element.tail:
            parent = element.getparent()
            element.tail, *lines = element.tail.split("\n")
            _insert_lines(parent, parent.index(element) + 1, lines)
        if element.text and "\n" in element.text:
            element.text, *lines = element.text.split("\n")
            _insert_lines(element, 0, lines)
    preformatted.tag = "div"


def _insert_lines(parent: etree._Element, at: int, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        parent.insert(at + number, parent.makeelement("br"))
        parent[at + number].tail = line


def _next_is_break(br: etree._Element) -> bool:
    following = br.getnext()
    return following is not None and following.tag == "br" and not (br.tail or "").strip()


def _split_at_double_breaks(parent: etree._Element) -> None:
    """Two line breaks in a row are how many pages part paragraphs: make the parts paragraphs."""
    parts = [parent.makeelement("p")]
    parts[0].text, parent.text = parent.text, None
    after_break = False
    for child in list(parent):
        breaks = child.tag == "br" and (after_break or _next_is_break(child))
        after_break = child.tag == "br" and not (child.tail or "").strip()
        tail, child.tail = child.tail, None
        parent.remove(child)
        if breaks or child.tag in _PAGE_BLOCKS:
            if not breaks:
                parts.append(child)
            parts.append(parent.makeelement("p"))
            parts[-1].text = tail
        else:
            parts[-1].append(child)
            child.tail = tail
    parent.extend([part for part in parts if len(part) or (part.text or "").strip()])
    if parent.tag == "p":
        parent.tag = "div"  # a paragraph cannot hold paragraphs


def _paragraphs(body: etree._Element) -> str:
    """The text of trafilatura's tree: paragraphs, headings and list items apart by a blank line; rows on lines."""
    finished: list[str] = []
    pieces: list[str] = []

    def finish() -> None:
        for words in _BROKEN_TWICE.split("".join(pieces)):
            lines = (re.sub(" {2,}", " ", line).strip(" ") for line in words.replace(_BROKEN, "\n").split("\n"))
            paragraph = "\n".join(filter(None, lines))
            if paragraph:
                finished.append(paragraph)
        pieces.clear()

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _APART and next(element.iterancestors("cell"), None) is None:
            finish()
        if event == "start":
            if element.tag in ("row", "lb"):
                pieces.append("\n")
            elif element.tag == "cell" and element.getprevious() is not None:
                pieces.append("\t")
            pieces.append(_SPACES.sub(" ", element.text or ""))
        elif element is not body:
            pieces.append(_SPACES.sub(" ", element.tail or ""))
    finish()
    return "\n\n".join(finished)


def _line(value: str | None) -> str | None:
    """Metadata on one line; None if there is nothing in it."""
    return " ".join(value.split()) or None if value else None
