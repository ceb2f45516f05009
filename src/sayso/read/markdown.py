"""Markdown: the text as it stands, and where its marks stand that are not prose.

In:   decoded text.   Out: Reading with `markup` spans (hashes, asterisks, brackets and addresses of links, ...).
Knows nothing of: encodings, what a later stage does with the marks.
"""

from __future__ import annotations

import re

from sayso.read.frontmatter import read_text
from sayso.read.reading import Reading
from sayso.records import Notice
from sayso.spans import Span, without

# Takes the place of marks already found: neither white space, nor a letter, nor a mark.
_FOUND = "\ue000"
# Takes the place of code: a letter, so that marks beside it are judged rightly, but no mark itself.
_CODE = "x"

_QUOTE = r" {0,3}(?:> ?)+"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^`\n]*")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*\r?")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*\r?")
_TABLE_RULE = re.compile(r" {0,3}(?=[^\n]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?")
_PREFIX = re.compile(
    rf"(?:{_QUOTE})?[ \t]*(?:(?:[-*+]|\d{{1,3}}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?(?:#{{1,6}}(?=[ \t\r]|$)[ \t]*)?"
)
_CLOSING_HASHES = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*\r?$")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)([^\]\n]{1,200})\]:[ \t]*\S+[^\n]*")
_DEFINITION_LINE = re.compile(rf"^{_DEFINITION.pattern}", re.M)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:?")
_CODE_SPAN = re.compile(r"(?<![`\\])(`{1,3})(?!`)((?:[^`\n]|\n(?![ \t]*\n)|`(?!\1)){1,500}?)(?<!`)\1(?!`)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]+>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_LABEL = r"\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,500})\]"
_ADDRESS = r"(?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
_TARGET = _ADDRESS.join((r"\(\s{0,99}", r"(?:\s{1,99}(?:\"[^\"]{0,999}\"|'[^']{0,999}'))?\s{0,99}\)"))
_IMAGE = re.compile(rf"!{_LABEL}(?:{_TARGET}|\[[^\]\n]*\])")
_LINK = re.compile(_LABEL + _TARGET)
_REFERENCE = re.compile(_LABEL + r"(?:\[([^\]\n]*)\])?")
_EMPHASIS = re.compile(r"\*+|_+|~~")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_HEADING = re.compile(r"^ {0,3}#[ \t]+(\S.*)|^ {0,3}(\S.*)\r?\n {0,3}={3,}[ \t]*\r?$", re.M)


def read_markdown(decoded: str, notices: tuple[Notice, ...] = ()) -> Reading:
    """The text after its front matter, unaltered; the title is that of the front matter or the first heading."""
    plain = read_text(decoded, notices)
    markup = markup_of(plain.text)
    return Reading(
        text=plain.text,
        title=plain.title or _first_heading(plain.text, markup),
        outlet=plain.outlet,
        author=plain.author,
        published=plain.published,
        url=plain.url,
        markup=markup,
        notices=plain.notices,
    )


def markup_of(text: str) -> tuple[Span, ...]:
    """The marks of Markdown in ``text``: in order, apart from one another."""
    sheet = _Sheet(text)
    _comments(sheet)
    _lines(sheet)
    for pattern in (_AUTOLINK, _TAG, _IMAGE, _FOOTNOTE):
        for match in pattern.finditer(sheet.rest()):
            if pattern is _AUTOLINK:
                sheet.mark(match.start(), match.start() + 1)
                sheet.mark(match.end() - 1, match.end())
                sheet.hide(match.start() + 1, match.end() - 1)  # an address may hold underscores
            else:
                sheet.mark(match.start(), match.end())
    _links(sheet)
    for match in _ESCAPE.finditer(sheet.rest()):
        sheet.mark(match.start(), match.end())
        sheet.hide(match.end(), match.end() + 1)
    _emphasis(sheet)
    return sheet.spans()


class _Sheet:
    """The text while marks are being found in it: what is found is blotted out for the searches that follow."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._left = list(text)
        self._marked = bytearray(len(text))

    def rest(self) -> str:
        return "".join(self._left)

    def mark(self, start: int, end: int) -> None:
        self._marked[start:end] = b"\1" * (end - start)
        self._left[start:end] = [c if c == "\n" else _FOUND for c in self._left[start:end]]

    def hide(self, start: int, end: int) -> None:
        self._left[start:end] = [c if c == "\n" else _CODE for c in self._left[start:end]]

    def spans(self) -> tuple[Span, ...]:
        return tuple(Span(m.start(), m.end()) for m in re.finditer(b"\1+", bytes(self._marked)))


def _comments(sheet: _Sheet) -> None:
    text = sheet.text
    at = text.find("<!--")
    while at != -1:
        end = text.find("-->", at)
        if end == -1:
            return
        sheet.mark(at, end + 3)
        at = text.find("<!--", end)


def _lines(sheet: _Sheet) -> None:
    """Marks that open, close or fill a line; inside a code fence there are none. Then code inside a line."""
    text = sheet.rest()
    lines = [(m.start(), m[0]) for m in re.finditer(r"[^\n]+|(?<=\n)(?=\n)", text)]
    fence = ""
    before = ""
    table = False
    for number, (at, line) in enumerate(lines):
        fenced = _FENCE.match(line)
        if fenced and (not fence or (line.strip() == fenced[1] and fenced[1].startswith(fence))):
            sheet.mark(at, at + len(line.rstrip("\r")))
            fence = "" if fence else fenced[1]
        elif fence:
            sheet.hide(at, at + len(line))
        else:
            below = lines[number + 1][1] if number + 1 < len(lines) else ""
            table = "|" in line and (table or _TABLE_RULE.fullmatch(below) is not None)
            _line(sheet, at, line, before=before, table=table)
        before = line

    for match in _CODE_SPAN.finditer(sheet.rest()):
        ticks = len(match[1])
        sheet.mark(match.start(), match.start() + ticks)
        sheet.mark(match.end() - ticks, match.end())
        sheet.hide(match.start() + ticks, match.end() - ticks)


def _line(sheet: _Sheet, at: int, line: str, *, before: str, table: bool) -> None:
    if (
        _RULE.fullmatch(line)
        or (before.strip() and _UNDERLINE.fullmatch(line))
        or (table and _TABLE_RULE.fullmatch(line))
        or _DEFINITION.fullmatch(line)
    ):
        sheet.mark(at, at + len(line.rstrip("\r")))
        return
    prefix = _PREFIX.match(line)
    if prefix is not None and prefix[0].strip():
        sheet.mark(at, at + prefix.end())
        closing = _CLOSING_HASHES.search(line) if "#" in prefix[0] else None
        if closing is not None and closing.start() >= prefix.end():
            sheet.mark(at + closing.start(), at + len(line.rstrip("\r")))
    if table:
        for match in re.finditer(r"(?<!\\)\|", line):
            sheet.mark(at + match.start(), at + match.end())


def _links(sheet: _Sheet) -> None:
    for match in _LINK.finditer(sheet.rest()):
        sheet.mark(match.start(), match.start() + 1)
        sheet.mark(match.end(1), match.end())
    # "[the]" is an editor's insert unless the file defines it as the name of an address.
    defined = {match[1].strip().lower() for match in _DEFINITION_LINE.finditer(sheet.text)}
    if not defined:
        return
    for match in _REFERENCE.finditer(sheet.rest()):
        if (match[2] or match[1]).strip().lower() in defined:
            sheet.mark(match.start(), match.start() + 1)
            sheet.mark(match.end(1), match.end())


def _emphasis(sheet: _Sheet) -> None:
    """Pairs of asterisks, underscores and tildes around words, within a paragraph; what has no partner is prose."""
    text = sheet.rest()
    openers: list[tuple[str, int, int]] = []  # character, start, end: innermost last
    paragraph_end = 0
    for run in _EMPHASIS.finditer(text):
        start, end = run.span()
        if start >= paragraph_end:
            openers.clear()
            blank = _BLANK_LINE.search(text, end)
            paragraph_end = blank.start() if blank else len(text)
        before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
        # Between letters (f**k, snake_case, 5*3) and between spaces (2 * 3) it is no mark.
        if not before.isspace() and not after.isalnum():
            start = _close(sheet, openers, run[0][0], start, end)
        if start < end and not after.isspace() and not before.isalnum():
            openers.append((run[0][0], start, end))


def _close(sheet: _Sheet, openers: list[tuple[str, int, int]], character: str, start: int, end: int) -> int:
    """Pair the run ``start:end`` with what is open; where the rest of it that found no partner starts."""
    while start < end:
        partner = next((i for i in reversed(range(len(openers))) if openers[i][0] == character), None)
        if partner is None:
            break
        _, from_, to = openers[partner]
        length = min(to - from_, end - start)
        sheet.mark(to - length, to)
        sheet.mark(start, start + length)
        start += length
        del openers[partner:]
        if to - length > from_:
            openers.append((character, from_, to - length))
    return start


def _first_heading(text: str, markup: tuple[Span, ...]) -> str | None:
    heading = _HEADING.search(text)
    if heading is None:
        return None
    span = Span(*heading.span(1 if heading[1] else 2))
    words = "".join(part.of(text) for part in without(span, markup)).strip()
    return words or None
