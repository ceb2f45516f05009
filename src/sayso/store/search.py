"""The list of claims: pages of it, what its facets count, searches that were saved. Reads narrow rows, not records.

In:   what is asked (query.Asked), keys.   Out: Claims page by page, Counts, Saved searches.
Knows nothing of: how a list is shown.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from sayso.errors import BadQuery
from sayso.query import FACETS, Asked, Sort
from sayso.records import Claim, DocumentRef
from sayso.spans import cover
from sayso.store.ledgers import Kept, Store, folded
from sayso.store.narrow import BITS, BY_NAME, UNCHECKED, Where, bits, narrowed

COUNTED = 10_000  # claims that facets count
SHORT = 40  # characters of a content that is shown with the words around it: so many before and after
BEFORE, AFTER = 140, 60
REMEMBERED = 100  # lists, of 80 KB at most
COMMON = 12  # names of a facet that are listed

Key = tuple[float | int | str, ...]

_NAMES = " || ' ' || ".join(
    f"coalesce({name}, '')"
    for name in (
        *("json_extract(record, '$.document.ref.title')", "json_extract(record, '$.document.ref.author')"),
        *("outlet", "path", "published"),
    )
)
_PLACE = ("day", "document", "position", "claim")
# What a page goes on from, and the order. Each is the order of an index, so that a page costs the same wherever it is.
_SORTS: dict[Sort, tuple[tuple[str, ...], str]] = {
    "oldest": (_PLACE, "ASC"),
    "newest": (("latest", "document", "nearer", "earlier"), "DESC"),
    "score": (("score", *_PLACE), "ASC"),
    "origins": (("origins", *_PLACE), "DESC"),
}
_IN_PLACE = ("oldest",)  # the order in which claims are counted, too
_COLUMNS = ("standing", "source", "type", "outlet", "events", "kind", "act", "factuality", "origins", "findings")


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """``values``: how many claims have each value, the most first; of names those that most claims have."""

    name: str
    values: tuple[tuple[str, int], ...]


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """``number``: how many claims fit, and ``more`` than that where it is True; facets count the first of them then.

    ``passed_over``: there are more claims with the words of the search than were looked at.
    """

    number: int
    more: bool
    passed_over: bool
    facets: tuple[Facet, ...]


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the document before and after a content."""

    before: str
    after: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """``outer``: the claims that those of the page are nested in; ``denials``: those of the same documents that deny;
    ``after``: the key of the next page, if any.

    ``around``: what stands around contents that are short, by the claim's id: "it" alone tells nobody what is denied.
    """

    claims: tuple[Claim, ...]
    outer: tuple[Claim, ...]
    denials: tuple[Claim, ...]
    around: dict[str, Around]
    after: Key | None


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A search under a name. ``query``: as an address has it."""

    name: str
    query: str
    by: str | None
    at: str


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """``claims``: the first that fit, one more than are counted where there are more."""

    counts: Counts
    claims: array[int]


class Catalogue:
    """The list of one case file. All methods raise BadCase as those of Store do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[Asked, _Found] = {}
        self._totals: tuple[int, int] | None = None
        self._seen: tuple[int, int] = (0, 0)

    def totals(self) -> tuple[int, int]:
        """How many documents and claims there are."""
        self._forget_what_changed()
        if self._totals is None:
            (self._totals,) = self._store.rows(
                "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM listed INDEXED BY listed_claim)"
            )
        return self._totals

    def documents(self, words: str = "", *, first: int = 0, size: int = 100) -> tuple[int, tuple[Kept, ...]]:
        """How many documents have all of ``words`` in their names, and ``size`` of them by date, from ``first`` on.

        The names of a document are its title, outlet, author, path and date.
        """
        pieces = {f"word{i}": folded(word) for i, word in enumerate(words.split())}
        where = " AND ".join(f"contains({_NAMES}, :{mark})" for mark in pieces) or "true"
        ((number,),) = self._store.rows(f"SELECT count(*) FROM document WHERE {where}", pieces)  # noqa: S608 - constants
        order = "published IS NULL, published, id LIMIT :size OFFSET :first"
        return number, self._kept(f"{where} ORDER BY {order}", {**pieces, "size": size, "first": first})

    def recent(self, size: int) -> tuple[Kept, ...]:
        """The documents that were added last, the last first."""
        return self._kept("true ORDER BY seq DESC LIMIT :size", {"size": size})

    def versions(self, document_id: str, size: int) -> tuple[Kept, ...]:
        """Other documents that came by the same path, so that they are likely this one before or after a change: the
        last added first.
        """
        of = "path = (SELECT path FROM document WHERE id = :document) AND id <> :document"
        return self._kept(f"{of} ORDER BY seq DESC LIMIT :size", {"document": document_id, "size": size})

    def _kept(self, where: str, values: dict[str, Any]) -> tuple[Kept, ...]:
        rows = self._store.rows(
            "SELECT json_extract(record, '$.document.ref'), added_at,"  # noqa: S608 - constants
            f" (SELECT count(*) FROM claim WHERE claim.document = document.seq) FROM document WHERE {where}",
            values,
        )
        return tuple(
            Kept(document=self._store.decoded(ref, DocumentRef), added_at=added_at, claims=count)
            for ref, added_at, count in rows
        )

    def page(self, asked: Asked, *, size: int, after: Key | None = None) -> Page:
        """The next ``size`` claims after the key. Raises BadQuery: a key of another list."""
        if after is not None and len(after) != len(_SORTS[asked.sort][0]):
            raise BadQuery("this page belongs to a list in another order: begin at its first page")
        found = self._find(asked)
        seqs = _within(found.claims, size, after) if asked.sort in _IN_PLACE else None
        if seqs is None:
            seqs = self._ordered(asked, size, after, None if found.counts.more else found.claims)
        claims = self._claims(seqs[:size])
        key = self._key(asked, seqs[size - 1]) if len(seqs) > size else None
        return Page(
            claims=claims,
            outer=self._outer(claims),
            denials=self._denials(claims),
            around=self._around(claims),
            after=key,
        )

    def _ordered(self, asked: Asked, size: int, after: Key | None, known: array[int] | None) -> Sequence[int]:
        """The claims of a page and the one after it: by an index, or by sorting where all that fit are ``known``."""
        names, way = _SORTS[asked.sort]
        where = narrowed(self._store, asked)
        conditions, values = [*where.conditions], {**where.values, "size": size + 1}
        if known is not None:
            conditions, values["known"] = ["claim IN (SELECT value FROM json_each(:known))"], _json(known.tolist())
        if after is not None:
            values |= {f"after{i}": value for i, value in enumerate(after)}
            marks = ", ".join(f":after{i}" for i in range(len(after)))
            conditions.append(f"({', '.join(names)}) {'>' if way == 'ASC' else '<'} ({marks})")
        return [seq for (seq,) in self._store.rows(_select(("claim",), conditions, asked.sort, ":size"), values)]

    def _key(self, asked: Asked, seq: int) -> Key:
        names, _ = _SORTS[asked.sort]
        sql = f"SELECT {', '.join(names)} FROM listed WHERE claim = ?"  # noqa: S608 - constants
        (key,) = self._store.rows(sql, (seq,))
        return key

    def counts(self, asked: Asked) -> Counts:
        """How many fit, and what they are. Facets that narrow are counted without their own values."""
        return self._find(asked).counts

    def _find(self, asked: Asked) -> _Found:
        self._forget_what_changed()
        if (known := self._found.get(asked)) is None:
            known = self._found[asked] = self._count(asked)
        return known

    def _count(self, asked: Asked) -> _Found:
        where = narrowed(self._store, asked)
        columns = self._columns(asked, where)
        number = len(columns["claim"])
        facets = []
        for name in FACETS:
            counted = columns
            if getattr(asked, name):
                without = msgspec.structs.replace(asked, **{name: ()})
                if (known := self._found.get(without)) is not None:
                    facets += [facet for facet in known.counts.facets if facet.name == name]
                    continue
                counted = self._columns(without, narrowed(self._store, without), only=name)
            facets.append(Facet(name=name, values=self._values(name, counted)))
        counts = Counts(
            number=min(number, COUNTED), more=number > COUNTED, passed_over=where.passed_over, facets=tuple(facets)
        )
        return _Found(counts=counts, claims=array("q", columns["claim"]))

    def _columns(self, asked: Asked, where: Where, only: str | None = None) -> Mapping[str, Sequence[Any]]:
        wanted = _COLUMNS if only is None else tuple(c for c in _COLUMNS if c == BITS.get(only, only))
        names = (*wanted, "claim")
        order: Sort = asked.sort if asked.sort in _IN_PLACE else "oldest"
        rows = self._store.rows(_select(names, where.conditions, order, ":most"), {**where.values, "most": COUNTED + 1})
        return dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))

    def _values(self, facet: str, columns: Mapping[str, Sequence[Any]]) -> tuple[tuple[str, int], ...]:
        if facet == "actor":
            return self._actors(columns["claim"][:COUNTED])
        counted = Counter(columns[BITS.get(facet, facet)][:COUNTED])
        if facet in BITS:
            known = bits(self._store, facet)
            sums = {value: sum(n for mask, n in counted.items() if mask & bit) for value, bit in known.items()}
            if facet == "finding":
                sums[UNCHECKED] = counted.get(0, 0)
            return _most_first(sums)
        if facet == "origins":
            found = {value: n for value, n in counted.items() if value is not None}
            return tuple(
                (label, n)
                for label, n in (
                    ("3+", sum(n for value, n in found.items() if value >= 3)),
                    ("2", found.get(2, 0)),
                    ("1", found.get(1, 0)),
                    ("alone", counted.get(None, 0)),
                )
                if n
            )
        counted.pop(None, None)
        if facet in BY_NAME:
            common = dict(counted.most_common(COMMON))
            texts = self._texts(common)
            return tuple((texts[seq], n) for seq, n in common.items())
        return _most_first(counted)

    def _actors(self, claims: Sequence[int]) -> tuple[tuple[str, int], ...]:
        rows = self._store.rows(
            "SELECT party.name, count(*) FROM json_each(:claims) AS wanted CROSS JOIN party INDEXED BY party_claim"
            " ON party.claim = wanted.value AND party.role = 'actor' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :names",
            {"claims": _json(claims), "names": COMMON},
        )
        texts = self._texts(seq for seq, _ in rows)
        return tuple((texts[seq], n) for seq, n in rows)

    def _claims(self, seqs: Sequence[int]) -> tuple[Claim, ...]:
        """The claims in this order."""
        rows = self._store.rows(
            "SELECT claim.record FROM json_each(:seqs) AS wanted CROSS JOIN claim ON claim.seq = wanted.value"
            " ORDER BY wanted.key",
            {"seqs": _json(seqs)},
        )
        return tuple(self._store.decoded(record, Claim) for (record,) in rows)

    def _outer(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """The claims that ``claims`` are nested in, however deep."""
        known = {claim.id: claim for claim in claims}
        found: dict[str, Claim] = {}
        level: Iterable[Claim] = claims
        while ids := sorted({c.via for c in level if c.via is not None} - known.keys() - found.keys()):
            rows = self._store.rows(
                "SELECT claim.record FROM json_each(:ids) AS wanted JOIN claim ON claim.id = wanted.value",
                {"ids": _json(ids)},
            )
            level = [self._store.decoded(record, Claim) for (record,) in rows]
            found |= {claim.id: claim for claim in level}
        return tuple(found.values())

    def _denials(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """The denials in the documents of ``claims``."""
        documents = sorted({claim.document.id for claim in claims})
        rows = self._store.rows(
            "SELECT claim.record FROM json_each(:documents) AS wanted JOIN document ON document.id = wanted.value"
            " JOIN claim ON claim.document = document.seq WHERE claim.speech_act = 'deny'"
            " ORDER BY claim.document, claim.position",
            {"documents": _json(documents)},
        )
        known = {claim.id for claim in claims}
        found = (self._store.decoded(record, Claim) for (record,) in rows)
        return tuple(claim for claim in found if claim.id not in known)

    def _around(self, claims: Sequence[Claim]) -> dict[str, Around]:
        places = [
            (claim.id, claim.document.id, max(0, content.start - BEFORE), content.start, content.end)
            for claim in claims
            if len(content := cover(claim.content.spans)) < SHORT
        ]
        rows = self._store.rows(
            "SELECT json_extract(wanted.value, '$[0]'),"
            " substr(text, json_extract(wanted.value, '$[2]') + 1,"
            " json_extract(wanted.value, '$[3]') - json_extract(wanted.value, '$[2]')),"
            " substr(text, json_extract(wanted.value, '$[4]') + 1, :after)"
            " FROM json_each(:places) AS wanted JOIN document ON document.id = json_extract(wanted.value, '$[1]')",
            {"places": _json(places), "after": AFTER},
        )
        return {claim: Around(before=before, after=after) for claim, before, after in rows}

    def _texts(self, seqs: Iterable[int]) -> Mapping[int, str]:
        return dict(
            self._store.rows(
                "SELECT name.seq, name.text FROM json_each(:seqs) AS wanted JOIN name ON name.seq = wanted.value",
                {"seqs": _json(list(seqs))},
            )
        )

    def _forget_what_changed(self) -> None:
        """Counts hold until something is written, here or by another."""
        ((version,),) = self._store.rows("PRAGMA data_version")
        seen = (version, self._store.changes)
        if seen != self._seen or len(self._found) > REMEMBERED:
            self._seen = seen
            self._totals = None
            self._found.clear()

    def saved(self) -> tuple[Saved, ...]:
        """The searches that were saved, by name."""
        rows = self._store.rows("SELECT name, query, saved_by, saved_at FROM saved_search ORDER BY name")
        return tuple(Saved(name=name, query=query, by=by, at=at) for name, query, by, at in rows)

    def save(self, search: Saved) -> None:
        """Keep a search; one of the same name is replaced."""
        with self._store.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO saved_search (name, query, saved_by, saved_at) VALUES (?, ?, ?, ?)",
                (search.name, search.query, search.by, search.at),
            )

    def forget(self, name: str) -> None:
        """Drop a saved search, if it is there."""
        with self._store.writing() as connection:
            connection.execute("DELETE FROM saved_search WHERE name = ?", (name,))


def _within(counted: array[int], size: int, after: Key | None) -> Sequence[int] | None:
    """The claims of a page and the one after it, where it lies among those that were counted."""
    start = 0
    if after is not None:
        try:
            start = counted.index(int(after[-1])) + 1
        except ValueError:
            return None
    inside = start + size < len(counted) or len(counted) <= COUNTED
    return counted[start : start + size + 1].tolist() if inside else None


def _select(columns: Sequence[str], conditions: Sequence[str], sort: Sort, limit: str) -> str:
    keys, way = _SORTS[sort]
    order = ", ".join(f"{key} {way}" for key in keys)
    where = " AND ".join(conditions) or "true"
    return f"SELECT {', '.join(columns)} FROM listed WHERE {where} ORDER BY {order} LIMIT {limit}"  # noqa: S608 - ours


def _most_first(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((value, n) for value, n in counted.items() if n), key=lambda pair: (-pair[1], pair[0])))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
