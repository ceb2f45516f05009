"""Cut a stretch into sentences; a closed quotation is never cut.

In:   text, a span, the quotations in it.   Out: sentence spans.
Knows nothing of: paragraphs, cues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.lexicon import Lexicon
from sayso.parse.quotations import Quotation
from sayso.spans import Span, trimmed

# The number of a note: in brackets, raised, or plain behind a word or a closing mark ("on purpose.21 The owner").
_NOTE = r"(?:\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|(?<=[a-z]{2}[.?!])\d{1,3}(?=\s)|(?<=[.?!]['\"”’»)])\d{1,3}(?=\s))*"
_END = re.compile(
    rf"(?<![.?!…])(?P<mark>[.?!…]+)(?P<close>['\"”’»›)\]]*(?P<note>{_NOTE}))(?P<gap>\s+)(?=(?P<next>\S+))"
)
_LAST_WORD = re.compile(r"[\w.&’'-]+$")


def split(text: str, span: Span, quotations: Sequence[Quotation], lexicon: Lexicon) -> list[Span]:
    """Sentences of ``span`` in order. ``quotations`` are those that may not be cut."""
    whole = [q.span for q in quotations if q.closed or q.goes_on]
    sentences: list[Span] = []
    start = span.start
    at = 0
    for match in _END.finditer(text, span.start, span.end):
        place = match.start("mark")
        while at < len(whole) and whole[at].end <= place:
            at += 1
        cut = match.end("close")
        if any(q.start <= place and q.end > cut for q in whole[at : at + 4]) or not _is_end(
            text, match, start, lexicon
        ):
            continue
        if sentence := trimmed(text, start, cut):
            sentences.append(sentence)
        start = cut
    if sentence := trimmed(text, start, span.end):
        sentences.append(sentence)
    return sentences


def _is_end(text: str, match: re.Match[str], start: int, lexicon: Lexicon) -> bool:
    following = match.group("next").lstrip("\"'“‘«([„")
    if following and following[0].islower():
        return False
    if match.group("mark") != ".":
        return match.group("mark")[-1] != "…" or match.group("mark") == "…"
    word = _LAST_WORD.search(text, max(start, match.start() - 30), match.start())
    last = word.group() if word else ""
    initial = len(last) == 1 and last.isupper() and last != "I"
    if lexicon.is_title(last) or (initial and match["close"] == match["note"]):
        return False
    if last.lower() == "no" and following[:1].isdigit():
        return False
    if last.lower() in ("a.m", "p.m"):
        return following.rstrip(".,") not in lexicon.abbreviations.after_hours
    if lexicon.is_abbreviation(last):
        # "in the U.S. He left" ends; "the U.S. Embassy" does not: only a word that opens sentences tells.
        return following.rstrip(",").lower() in lexicon.words.openers
    return True
