"""The claims of the case: search, facets, order, pages, searches that were saved.

In:   Asks.   Out: Shown, Done.
Knows nothing of: SQL; the page of one claim.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, get_args
from urllib.parse import parse_qs, urlencode

import msgspec

from sayso.case import Around, Saved
from sayso.deeds import named
from sayso.errors import BadQuery
from sayso.publish import wording
from sayso.publish.chains import chain
from sayso.publish.denials import denials
from sayso.publish.found import VERDICTS
from sayso.query import FACETS, Asked, Sort, unclosed
from sayso.records import Claim
from sayso.serve.views import Act, Ask, Done, Shown, View

PAGE = 50
LONGEST = 120  # characters of a saved search's name

_TYPED = {"q": "text", "by": "by", "party": "party", "document": "document", "since": "since", "until": "until"}
_DATES = ("since", "until")
SORTS: dict[Sort, str] = {
    "oldest": "oldest first",
    "newest": "newest first",
    "score": "least sure first",
    "origins": "most origins first",
}
TITLES = {
    "standing": "Whose word",
    "source": "Source",
    "type": "Type of source",
    "actor": "Who acts",
    "event": "Event",
    "act": "Speech act",
    "factuality": "How the source puts it",
    "kind": "Kind",
    "outlet": "Outlet",
    "origins": "Origins",
    "finding": "Tables",
}
_WORDS: dict[str, Mapping[Any, str]] = {
    "standing": wording.STANDINGS,
    "act": {act: words for act, (words, _) in wording.ACTS.items()},
    "factuality": wording.FACTUALITY,
    "kind": wording.KINDS,
    "origins": {
        "3+": "3 or more origins", "2": "2 origins", "1": "1 origin", "alone": "no other claim says the same",
    },
    "finding": VERDICTS | {"unchecked": "not compared"},
}  # fmt: skip


class FacetValue(msgspec.Struct, frozen=True, kw_only=True):
    """``number`` is at least so many where the list's ``more`` is True."""

    value: str
    words: str
    number: int
    chosen: bool


class FacetShown(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    title: str
    values: tuple[FacetValue, ...]


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list. ``number`` claims fit, or ``more``; ``next`` is the address of the next page.

    ``outer``: the claims in which those of the page are nested; ``around``: the words around short contents, by the
    claim's id; ``passed_over``: not all claims with these words were looked at, only those that were added last.
    """

    asked: Asked
    number: int
    more: bool
    passed_over: bool
    claims: tuple[Claim, ...]
    outer: tuple[Claim, ...]
    around: dict[str, Around]
    facets: tuple[FacetShown, ...]
    next: str | None
    saved: tuple[Saved, ...]


def claims(ask: Ask) -> Shown:
    asked, wrong = _read(ask)
    catalogue = ask.case.catalogue
    counts = catalogue.counts(asked)
    page = catalogue.page(asked, size=PAGE, after=_key(ask.query.get("after")))
    data = Claims(
        asked=asked,
        number=counts.number,
        more=counts.more,
        passed_over=counts.passed_over,
        claims=page.claims,
        outer=page.outer,
        around=page.around,
        facets=tuple(_facet(facet.name, dict(facet.values), asked) for facet in counts.facets),
        next=address(asked, after=_written(page.after)) if page.after else None,
        saved=catalogue.saved(),
    )
    by_id = {claim.id: claim for claim in (*page.outer, *page.claims)}
    more = {
        "denials": denials((*page.claims, *page.denials)),
        "chains": {claim.id: chain(claim, by_id) for claim in page.claims},
        "around": {claim: _whole_words(words) for claim, words in page.around.items()},
        "narrowed": tuple(_narrowed(asked, page.claims)),
        "sorts": SORTS,
        "first": ask.query.get("after") is None,
        "query": urlencode(list(_pairs(asked))),
        "here": address(asked),
        "wrong": wrong,
        "unclosed": unclosed(asked.text),
        "dates": {name: ask.query.get(name, "") for name in _DATES},
    }
    shown = Shown(template="claims.html.j2", title="Claims", data=data, more=more, script="claims")
    return dataclasses.replace(shown, status=400, error=wrong) if wrong else shown


def _read(ask: Ask) -> tuple[Asked, str | None]:
    """What is asked for; with dates that are none the rest of it, and what is wrong with them."""
    try:
        return read(ask.query, ask.every), None
    except BadQuery as error:
        rest = {name: value for name, value in ask.query.items() if name not in _DATES}
        if rest == dict(ask.query):
            raise
        return read(rest, ask.every), str(error)


def save(ask: Ask) -> Done:
    """Keeps a search under a name, in place of one of the same name."""
    given = parse_qs(ask.form.get("query", ""))
    asked = read({name: values[-1] for name, values in given.items()}, {n: tuple(v) for n, v in given.items()})
    name = " ".join(ask.form.get("name", "").split())[:LONGEST]
    if not name:
        raise BadQuery("The search has no name: give one, by which it is found again.")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    query = urlencode(list(_pairs(asked)))
    ask.case.catalogue.save(Saved(name=name, query=query, by=ask.session.reviewer, at=now))
    return Done(to=address(asked), data=ask.case.catalogue.saved())


def forget(ask: Ask) -> Done:
    ask.case.catalogue.forget(ask.form.get("name", ""))
    return Done(to="/claims", data=ask.case.catalogue.saved())


def read(query: Mapping[str, str], every: Mapping[str, tuple[str, ...]]) -> Asked:
    """What an address asks for. Raises BadQuery."""
    typed = {field: query[name].strip() for name, field in _TYPED.items() if query.get(name, "").strip()}
    chosen = {facet: tuple(dict.fromkeys(filter(None, every.get(facet, ())))) for facet in FACETS}
    sort = query.get("sort") or "oldest"
    if sort not in get_args(Sort):
        raise BadQuery(f"there is no order {sort!r}: it is one of {', '.join(get_args(Sort))}")
    return msgspec.convert(typed | chosen | {"sort": sort}, Asked)


def address(asked: Asked, **more: str) -> str:
    """The address of a list."""
    pairs = [*_pairs(asked), *more.items()]
    return f"/claims?{urlencode(pairs)}" if pairs else "/claims"


def _pairs(asked: Asked) -> Iterator[tuple[str, str]]:
    for name, field in _TYPED.items():
        if value := getattr(asked, field):
            yield name, value
    for facet in FACETS:
        yield from ((facet, value) for value in getattr(asked, facet))
    if asked.sort != "oldest":
        yield "sort", asked.sort


def _narrowed(asked: Asked, shown: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """What narrows the list, in words, and the address without it. A document has the name that its claims give it."""
    titles = {"q": "words", "by": "source has", "party": "party has", "document": "document"}
    for name, field in _TYPED.items():
        if value := getattr(asked, field):
            without = msgspec.structs.replace(asked, **{field: None})
            called = wording.title(shown[0].document) if field == "document" and shown else value
            yield f"{titles.get(name, name)}: {called}", address(without)
    for facet in FACETS:
        for value in getattr(asked, facet):
            left = tuple(other for other in getattr(asked, facet) if other != value)
            yield f"{TITLES[facet]}: {words(facet, value)}", address(msgspec.structs.replace(asked, **{facet: left}))


def _whole_words(around: Around) -> tuple[str, str]:
    """What stands before and after, without the words that are cut off at its ends.

    >>> _whole_words(Around(before="ned last year. The ministry denied ", after=". Neither acc"))
    ('last year. The ministry denied ', '. Neither')
    """
    before, after = around.before.partition(" ")[2], around.after.rpartition(" ")[0]
    left, right = wording.one_line(before), wording.one_line(after)
    return left + " " * before.endswith((" ", "\n")), " " * after.startswith((" ", "\n")) + right


def _facet(name: str, counted: Mapping[str, int], asked: Asked) -> FacetShown:
    chosen: tuple[str, ...] = getattr(asked, name)
    values: Iterable[str] = dict.fromkeys((*counted, *chosen))
    shown = (FacetValue(value=v, words=words(name, v), number=counted.get(v, 0), chosen=v in chosen) for v in values)
    return FacetShown(name=name, title=TITLES[name], values=tuple(shown))


def words(facet: str, value: str) -> str:
    """A value of a facet in plain words."""
    plain = value.replace("_", " ") if facet == "type" else named(value) if facet == "event" else value
    return wording.one_line(_WORDS.get(facet, {}).get(value, plain))


def _written(key: tuple[float | int | str, ...]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode()


def _key(after: str | None) -> tuple[float | int | str, ...] | None:
    if not after:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(after.encode()), type=tuple[float | int | str, ...])
    except (binascii.Error, msgspec.DecodeError, UnicodeError):
        raise BadQuery("this page of the list is not there: begin at its first page") from None


VIEWS = (View("/claims", claims, nav="Claims"),)
ACTS = (Act("/claims/save", save), Act("/claims/forget", forget))
