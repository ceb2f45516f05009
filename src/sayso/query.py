"""What a reader may ask a case for. A Query that was made can be answered: bad ones never come into being.

In:   words and dates as typed.   Out: Query values; the terms of a full-text search.
Knows nothing of: where claims are kept and how they are found.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import msgspec

from sayso.days import days
from sayso.deeds import deeds
from sayso.errors import BadQuery
from sayso.records import Factuality, Kind, SpeechAct

_PIECE = re.compile(r'"(?P<phrase>[^"]*)"(?P<phrase_star>\*?)|(?P<word>\S+?)(?P<word_star>\*?)(?=\s|$)')
_CURLY = str.maketrans("“”„«»", '"""""')
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")

Sort = Literal["oldest", "newest", "score", "origins"]
FACETS = (
    *("standing", "source", "type", "actor", "event", "act", "factuality", "kind"),
    *("outlet", "origins", "finding"),
)


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Every field narrows; a field left alone narrows nothing.

    ``text``: all of these words are in content, source or cue; ``"a phrase"`` and ``word*`` work.
    ``event``: a type of PLOVER's, or "TYPE/mode"; ``actor``, ``recipient``: a piece of a name or of the words; one
    event of the claim meets all three. ``source``, ``outlet``, ``document``: a piece of the name, whatever the case
    (``document``: its whole id, or a piece of its path or title). ``anonymous``: only sources without a name;
    ``unsourced``: only claims that have no source. ``since``, ``until``: when it was said, else when the document was
    published; "2014", "2014-06" or "2014-06-21", each standing for all its days. Raises BadQuery.
    """

    text: str | None = None
    event: str | None = None
    actor: str | None = None
    recipient: str | None = None
    source: str | None = None
    outlet: str | None = None
    document: str | None = None
    kind: Kind | None = None
    speech_act: SpeechAct | None = None
    factuality: Factuality | None = None
    anonymous: bool = False
    unsourced: bool = False
    since: str | None = None
    until: str | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        for name in ("text", "event", "actor", "recipient", "source", "outlet", "document"):
            _check_typed(name, getattr(self, name))
        if self.event is not None:
            _check_event(self.event)
        if self.text is not None and not terms(self.text):
            raise BadQuery(f"nothing to search for in {self.text!r}: give at least one word or number")
        for name in ("since", "until"):
            _check_date(name, getattr(self, name))
        if self.since and self.until and self.since[: len(self.until)] > self.until[: len(self.since)]:
            raise BadQuery(f"since {self.since} is later than until {self.until}: no claim can be between them")
        if self.limit is not None and self.limit < 1:
            raise BadQuery(f"limit {self.limit} is too small: give 1 or more")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the list of claims is asked for. Values of one field are alternatives; fields narrow.

    ``text``: as in Query; ``by``: a piece of the source's name, ``party``: of the name of whoever acts or is acted upon
    in an event; ``document``: its id. The others are the facets of the list, by their exact values: ``source``,
    ``outlet``, ``actor`` are whole names; ``standing``: "named", "anonymous", "none", "author"; ``origins``: "1", "2",
    "3+" (the low end), or "alone"; ``finding``: of one of these kinds, or "unchecked". Raises BadQuery.
    """

    text: str | None = None
    by: str | None = None
    party: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    standing: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    factuality: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    finding: tuple[str, ...] = ()
    sort: Sort = "oldest"

    def __post_init__(self) -> None:
        # Facets are not typed but chosen: their values are what the case holds, whatever that is.
        Query(text=self.text, source=self.by, actor=self.party, since=self.since, until=self.until)


class Term(msgspec.Struct, frozen=True):
    """Words that stand next to each other; with ``prefix`` the last of them may go on."""

    words: str
    prefix: bool


def terms(text: str) -> tuple[Term, ...]:
    """The terms of a search as typed. What has no letter or digit finds nothing and is left out.

    >>> terms('safe "the bridge" engin* (or)')
    (Term(words='safe', prefix=False), Term(words='the bridge', prefix=False), Term(words='engin', prefix=True),\
 Term(words='(or)', prefix=False))
    """
    found = []
    for piece in _PIECE.finditer(text.translate(_CURLY)):
        words = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        if any(unicodedata.category(character)[0] in "LN" for character in words):
            found.append(Term(words, bool(piece["phrase_star"] or piece["word_star"])))
    return tuple(found)


def unclosed(text: str | None) -> str | None:
    """What is to be said of a search in which a quotation mark is never closed: it still finds its words."""
    if text is None or text.translate(_CURLY).count('"') % 2 == 0:
        return None
    return f"a quotation mark in {text!r} is never closed, so its words are searched one by one and not as a phrase"


def _check_event(event: str) -> None:
    type_, _, mode = event.partition("/")
    deed = deeds().get(type_)
    if deed is None:
        known = ", ".join(f"{name} ({one.words})" for name, one in deeds().items())
        raise BadQuery(f"event {event!r} is no type of event: it is one of {known}")
    if mode and mode not in deed.modes:
        known = ", ".join(f"{type_}/{name}" for name in deed.modes) or f"{type_} alone"
        raise BadQuery(f"event {event!r} is none: of {type_} there is {known}")


def _check_typed(name: str, value: str | None) -> None:
    # Control characters and lone surrogates come from binary junk or a terminal of another encoding.
    if value is not None and any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n\r" for c in value):
        raise BadQuery(f"{name} {value!r} holds characters that are no text: type it again")
    if value is not None and not value.strip():
        raise BadQuery(f"{name} is empty: give a word, or leave it out")


def _check_date(name: str, value: str | None) -> None:
    if value is None or (_DATE.fullmatch(value) and days(value)):
        return
    raise BadQuery(f"{name} {value!r} is no date: write 2014, 2014-06 or 2014-06-21")
