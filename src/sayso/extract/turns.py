"""Find paragraphs that somebody says as a whole: turns of a transcript ("WALLACE: …"), quotations that go on.

In:   Parsed.   Out: Drafts by the paragraph they make up.
Knows nothing of: what else is said in a turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from sayso.extract.drafts import Draft
from sayso.extract.sources import describe
from sayso.lexicon import Lexicon
from sayso.parse import Parsed
from sayso.spans import Span, trimmed
from sayso.syntax import Syntax

_CAPITALS = r"[A-Z][A-Z.’'-]+(?: [A-Z\d][A-Z\d.’'-]*){0,4}"
_NAMED = r"[^\W\d_][\w.’'-]*(?: (?:of|from|for|the|[A-Z][\w.’'-]*)){0,4}"
_TURN = re.compile(
    r"[“\"]?(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?\s+)?"
    rf"(?:(?P<plain>(?:{_CAPITALS}|@\w+|[QA])(?: \([^()\n]{{1,40}}\))?)|(?P<named>{_NAMED}(?: \([^()\n]{{1,40}}\))?))"
    r"(?P<colon>:)\s+(?=\S)"
)
_SPEAKS = frozenset(("person", "people", "outlet"))
_CLOSES = ".?!…"
_FEW = 3  # words that may all be names: "Ann Lee."
_Sure = Literal["alone", "beside", "maybe", "no"]  # beside any other; only beside one that is surer
_STAGE = "([*<"  # "(Laughter)": what opens so is nobody's words
_WRITTEN = frozenset(("document", "outlet", "post"))
_SAID = frozenset(
    ("comment", "comments", "remark", "remarks", "reply", "response", "answer", "post", "message", "tweet")
)
_MAKES = frozenset(("made", "makes", "issued", "gave", "posted", "wrote", "published", "offered", "sent", "released"))
_SENTENCE = 6  # words; fewer in quotation marks may be a title


def speaker_turns(parsed: Parsed, lexicon: Lexicon) -> dict[int, Draft]:
    """The turns by the start of each of their paragraphs. One alone is a headline, not a turn, but for a post's.

    Who speaks stands before a colon: in capitals, as Q or A, with a handle, after a time of day; else as a name or a
    word for somebody, where another turn stands next to it and sentences follow ("Author: Ann Lee" opens no turn).
    """
    found = [_turn(parsed, paragraph.span, lexicon) for paragraph in parsed.paragraphs]
    turns: dict[int, Draft] = {}
    waiting: list[Span] = []  # paragraphs since the last turn: they are of it if another turn follows
    last: Draft | None = None
    standing = _standing(parsed.text, found)
    for turn, paragraph in zip(standing, parsed.paragraphs, strict=True):
        if turn is not None:
            if last is not None and waiting:
                _went_on(turns, last, waiting)
            waiting = []
            last = turns[paragraph.span.start] = turn
        elif last is not None and (own := trimmed(parsed.text, paragraph.span.start, paragraph.span.end, ' \t\r\n"”')):
            waiting += [own] if parsed.text[own.start] not in _STAGE else []
    several = len({id(turn) for turn in turns.values()}) > 1
    return {at: turn for at, turn in turns.items() if several or _posts(parsed, turn)}


def _standing(text: str, found: Sequence[tuple[Draft | None, _Sure]]) -> list[Draft | None]:
    """Those that are turns by what stands around them, or whose speaker has another turn that is one."""
    stand: list[bool] = []
    for at, (_, sure) in enumerate(found):
        around = [found[i][1] for i in (at - 1, at + 1) if 0 <= i < len(found)]
        stand.append(sure == "alone" or _beside(sure, around))
    known = {turn.source[0].of(text) for (turn, _), so in zip(found, stand, strict=True) if turn is not None and so}
    return [
        turn if turn is not None and (so or turn.source[0].of(text) in known) else None
        for (turn, _), so in zip(found, stand, strict=True)
    ]


def _posts(parsed: Parsed, turn: Draft) -> bool:
    """Does a handle say it?"""
    return turn.source[0].of(parsed.text).startswith("@")


def _turn(parsed: Parsed, paragraph: Span, lexicon: Lexicon) -> tuple[Draft | None, _Sure]:
    """What may be a turn, and how sure its label makes that."""
    match = _TURN.match(parsed.text, paragraph.start, paragraph.end)
    content = trimmed(parsed.text, match.end(), paragraph.end, ' \t\r\n"”') if match else None
    if match is None or content is None or lexicon.is_label(match["plain"] or match["named"]):
        return None, "no"
    plain = match["plain"] is not None
    who, colon = Span(*match.span("plain" if plain else "named")), Span(*match.span("colon"))
    turn = Draft(by="turn", source=(who,), cue=colon, content=(content,))
    if plain:
        return turn, "alone"
    kind = describe(parsed, turn.source, lexicon).type
    if kind not in (*_SPEAKS, "unknown") or not _is_speech(content.of(parsed.text)):
        return None, "no"
    asks = content.of(parsed.text).endswith("?")
    return turn, "maybe" if kind == "unknown" and not asks else "beside"


def _is_speech(content: str) -> bool:
    """A sentence, and no list of names or figures."""
    words = content.split()
    return (
        content[-1] in _CLOSES
        and (len(words) <= _FEW or any(w[0].islower() for w in words))
        and content.upper() != content
    )


def _beside(sure: _Sure, others: Sequence[_Sure]) -> bool:
    """Is a turn one by what stands before and after it?"""
    return any(other in ("alone", "beside") or (sure == "beside" and other == "maybe") for other in others)


def _went_on(turns: dict[int, Draft], last: Draft, paragraphs: Sequence[Span]) -> None:
    """Give the paragraphs between two turns to the first: its speaker goes on."""
    whole = replace(last, content=(*last.content, *paragraphs))
    for start in [start for start, turn in turns.items() if turn is last]:
        turns[start] = whole
    turns.update((span.start, whole) for span in paragraphs)


def continued(parsed: Parsed, said: Sequence[Draft], syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """All drafts, and with them the paragraphs that are one quotation, of whom the sentence before has spoken.

    What somebody said goes on; a report that was only told of is quoted now.
    """
    drafts = list(said)
    for before, paragraph in pairwise(p.span for p in parsed.paragraphs if p.role == "prose"):
        whole = trimmed(parsed.text, paragraph.start, paragraph.end, " \t\r\n.,;")
        if whole is None or len(whole.of(parsed.text).split()) < _SENTENCE or not _is_quoted(parsed, whole):
            continue
        if any(span.overlaps(paragraph) for draft in drafts for span in draft.spans):
            continue
        last = next((s for s in reversed(parsed.sentences) if s.start < before.end), before)
        speaking = [d for d in drafts if d.by != "turn" and d.source and any(last.contains(s) for s in d.spans)]
        outer = [d for d in speaking if not any(o is not d and _inside(d, o) for o in speaking)]
        if not outer:
            if (led := _led_in(parsed, last, whole, syntax, lexicon)) is not None:
                drafts.append(led)
            continue
        speaker = max(outer, key=lambda d: d.spans[-1].end)
        kind = describe(parsed, speaker.source, lexicon).type
        if kind == "person" or _is_quoted(parsed, speaker.content[-1]):
            drafts[drafts.index(speaker)] = replace(speaker, content=(*speaker.content, whole))
        elif kind in _WRITTEN:
            drafts.append(Draft(by="continued", source=speaker.source, cue=None, content=(whole,)))
    return drafts


def _led_in(parsed: Parsed, last: Span, whole: Span, syntax: Syntax, lexicon: Lexicon) -> Draft | None:
    """ "In May the mayor made the following remark:" says whose the quotation below it is."""
    if not last.of(parsed.text).rstrip().endswith(":"):
        return None
    for said in syntax.within(last):
        verb = syntax.head[said]
        word = syntax.form(said).lower()
        told = word in lexicon.noun_forms or word in _SAID
        if syntax.rel[said] != "obj" or not told or syntax.form(verb).lower() not in _MAKES:
            continue
        who = next((k for k in syntax.children(verb) if syntax.rel[k] == "nsubj" and k < verb), None)
        if who is not None and last.contains(syntax.phrase(who)):
            cue = Span(syntax.start[verb], syntax.end[said])
            return Draft(by="continued", source=(syntax.phrase(who),), cue=cue, content=(whole,))
    return None


def _is_quoted(parsed: Parsed, span: Span) -> bool:
    bare = trimmed(parsed.text, span.start, span.end, " .,;") or span
    return any(q.depth == 0 and q.span.contains(bare) for q in parsed.quotations_over(span))


def _inside(inner: Draft, outer: Draft) -> bool:
    return inner.source != outer.source and all(any(c.contains(s) for c in outer.content) for s in inner.source)
