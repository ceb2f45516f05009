"""Bytes to text, exactly: which encoding they are in, and what is odd about the characters.

In:   raw bytes, the encoding the file states (if any).   Out: text and notices; Unreadable for what is no text.
Knows nothing of: formats, front matter.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from sayso.errors import Unreadable
from sayso.read.reading import notice
from sayso.records import Notice
from sayso.spans import Span

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a file may name: encodings of text, not Python's transformations (rot13, idna, unicode-escape) nor UTF-7.
_TEXT_CODEC = re.compile(
    r"ascii|utf-8|utf-(16|32)(-[lb]e)?|cp\d+|iso8859-\d+|iso2022_\w+|koi8-[rut]|mac-\w+|gb\w+|big5\w*"
    r"|euc_\w+|shift_jis\w*|johab|hz|tis-620"
)
_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS (code page 850)"}
# The other encodings a guess may name; a shorter list makes fewer wild guesses.
_OTHER_SCRIPTS = [
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "iso8859_2", "iso8859_5", "iso8859_7",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1252",
]  # fmt: skip

_ODD: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("replacement character (U+FFFD): what stood there is lost", re.compile("\ufffd")),
    ("control character", re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")),
    (
        "bidirectional override: the text may read differently than it looks",
        re.compile(r"[\u202a-\u202e\u2066-\u2069]"),
    ),
    ("zero-width character", re.compile(r"[\u200b\u200c\u2060\ufeff]")),
)
_CONTROL = _ODD[1][1]


def decode(raw: bytes, stated: str | None = None) -> tuple[str, tuple[Notice, ...]]:
    """The text of ``raw`` without its byte order mark, nothing else changed; a guess or a loss is a notice.

    ``stated`` is what the file says of itself (a header, a meta tag). Raises Unreadable (without the path) for
    empty and binary input.
    """
    if not raw.strip():
        raise Unreadable("is empty")
    text, notices = _decoded(raw, stated)
    if not text.strip("\ufeff \t\r\n\f\v\0\u00a0"):
        raise Unreadable("is empty: there is nothing but white space in it")
    controls = len(_CONTROL.findall(text[:100_000]))
    if controls * 10 > len(text[:100_000]):
        raise Unreadable("seems to be binary, not text")
    return text, notices


def from_header(asked: Callable[[], str | None]) -> str | None:
    """What a header of a message states, None where it says so in an encoding that is none."""
    try:
        return asked()
    except (ValueError, LookupError):
        return None


def odd_characters(text: str) -> tuple[Notice, ...]:
    """One notice for each kind of odd character in ``text``: how many, and where the first stands."""
    notices = []
    for what, pattern in _ODD:
        first = pattern.search(text)
        if first is not None:
            count = len(pattern.findall(text))
            times = "1 time" if count == 1 else f"{count} times"
            line = text.count("\n", 0, first.start()) + 1
            notices.append(notice(f"{what}; {times}, first in line {line}", Span(first.start(), first.end())))
    return tuple(notices)


def _decoded(raw: bytes, stated: str | None) -> tuple[str, tuple[Notice, ...]]:
    for mark, codec in _MARKS:
        if raw.startswith(mark) and not (codec == "utf-32-le" and len(raw) % 4):
            return _marked(raw[len(mark) :], codec)
    named = _codec(stated)
    if named is None:
        return _unmarked(raw)
    complaint = notice(f"the file says it is {stated}, but it is not")
    # Text that is valid UTF-8 by chance hardly exists: whoever says Latin-1 of it only says what is usual.
    if named == "cp1252" and not raw.isascii() and _is_utf8(raw):
        return raw.decode("utf-8"), (complaint,)
    try:
        return raw.decode(named), ()
    except UnicodeDecodeError:
        text, notices = _unmarked(raw)
        return text, (complaint, *notices)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _marked(raw: bytes, codec: str) -> tuple[str, tuple[Notice, ...]]:
    try:
        return raw.decode(codec), ()
    except UnicodeDecodeError as error:
        message = f"damaged {codec.upper()}: bytes from {error.start} on cannot be decoded and are shown as U+FFFD"
        return raw.decode(codec, "replace"), (notice(message),)


def _codec(stated: str | None) -> str | None:
    """Python's name for the encoding a file states; None if it states none that is known."""
    if not stated:
        return None
    try:
        name = codecs.lookup(stated.strip("\"' ")).name
    except (LookupError, ValueError):  # ValueError: a NUL or a non-ASCII letter in the name
        return None
    if name in ("ascii", "iso8859-1"):  # as browsers do: what says Latin-1 is Windows-1252 (curly quotes)
        return "cp1252"
    return name if _TEXT_CODEC.fullmatch(name) else None


def _unmarked(raw: bytes) -> tuple[str, tuple[Notice, ...]]:
    wide = _utf16_without_mark(raw)
    if wide is not None:
        return wide
    if _is_utf8(raw):
        return raw.decode("utf-8"), ()
    text = raw.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - lost
    if whole >= lost:  # damaged UTF-8; in any other encoding hardly a pair of bytes is valid UTF-8
        return text, (notice(f"damaged UTF-8: {lost} places cannot be decoded and are shown as U+FFFD"),)
    codec = _western(raw) or _other_script(raw)
    if codec is None:
        raise Unreadable("seems to be binary, or in an encoding that cannot be guessed; save it as UTF-8")
    name = _NAMES.get(codec, codec)
    return raw.decode(codec), (notice(f"guessed the encoding: {name}; if letters look wrong, save it as UTF-8"),)


def _utf16_without_mark(raw: bytes) -> tuple[str, tuple[Notice, ...]] | None:
    """Western text in UTF-16 has a NUL in every other byte, always the same one."""
    sample = raw[: min(len(raw) // 2 * 2, 4096)]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for codec, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high * 10 > len(sample) * 4 and low * 20 < len(sample):
            text = raw.decode(codec, "replace")
            return text, (notice(f"guessed the encoding: {codec.upper()} without a byte order mark"),)
    return None


def _western(raw: bytes) -> str | None:
    """Windows-1252, Mac Roman or DOS, by how well the marks and accents sit; None if none sits well.

    A general guesser needs more evidence than the few curly quotes of an English article.
    """
    best, best_score = None, 0.0
    for codec in ("cp1252", "mac_roman", "cp850"):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        places = [m.start() for m in re.finditer(r"[^\x00-\x7f]", text[:1_000_000])]
        score = sum(_sits(text, at) for at in places[:2000]) / max(1, len(places[:2000]))
        if score > best_score:
            best, best_score = codec, score
    return best if best_score >= 0.5 else None


def _sits(text: str, at: int) -> float:
    """How natural the non-ASCII character at ``at`` is in English prose: -1 to 1."""
    before, character, after = text[at - 1 : at] or " ", text[at], text[at + 1 : at + 2] or " "
    if character in "“‘„":
        return 1 if (before.isspace() or before in "([—–-\"'“‘") and not after.isspace() else -1
    if character in "”’":
        return 1 if not before.isspace() or after.isdigit() or after.islower() else -1
    if character in "–—…«»•·£€§©®™°½¼¾\u00a0":
        return 0.7
    if character.isalpha() and character not in "ºªƒ":
        if character.isupper() and before.islower():
            return -1
        return 1 if any(c.isascii() and c.isalpha() for c in (before, after)) else -1
    return -1


def _other_script(raw: bytes) -> str | None:
    # Only files in none of the usual encodings pay for loading it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(raw, cp_isolation=_OTHER_SCRIPTS).best()
    return best.encoding if best is not None else None
