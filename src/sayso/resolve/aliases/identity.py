"""Which entities of several documents are one: by the alias tables, or by full names that nothing speaks against.

In:   the entities of documents, as plain values; AliasTables.   Out: CaseEntities, each with what it may be one with.
Knows nothing of: how a document's entities were found, claims.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import combinations
from typing import Literal

import msgspec

from sayso.records import Ledger, SourceType
from sayso.resolve.aliases.matching import AliasTables
from sayso.resolve.aliases.names import fold, is_acronym, likeness, sound
from sayso.resolve.aliases.records import Context

_SUFFIXES = {"jr", "sr", "junior", "senior", "ii", "iii", "iv"}
# Legal forms of companies, which texts give or leave out.
_FORMS = {
    "inc",
    "corp",
    "corporation",
    "llc",
    "ltd",
    "plc",
    "co",
    "company",
    "gmbh",
    "ag",
    "sa",
    "spa",
    "nv",
    "oao",
    "ooo",
}
_PRONOUNS = frozenset(("I", "He", "She", "It", "They", "We", "This", "That", "His", "Her", "Their", "Its"))
_LIFETIME = 70  # years between two documents in which one person hardly acts in both


class DocumentEntity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody or something as one document speaks of it.

    ``id`` is its own within the ``document``. ``mentions``: the other names it goes by there. ``on``: the document's
    date. ``anonymous``: described and not named. ``context``: see Context; without it, tables settle less.
    """

    document: str
    id: str
    name: str
    type: SourceType = "unknown"
    mentions: tuple[str, ...] = ()
    on: date | None = None
    gender: Literal["f", "m"] | None = None
    anonymous: bool = False
    context: Context = Context()


def across(ledger: Ledger, known: AliasTables) -> Iterator[DocumentEntity]:
    """The entities of a ledger as `identify` takes them: each with the names by which its document calls it."""
    document = ledger.document
    published = (document.ref.published or "")[:10]
    try:
        on = date.fromisoformat(published)
    except ValueError:  # a year or a month, or nothing
        on = None
    around = known.context(document.text, on)
    for entity in ledger.entities:
        forms = sorted({" ".join(m.of(document.text).split()) for m in entity.mentions})
        yield DocumentEntity(
            document=document.ref.id,
            id=entity.id,
            name=entity.name,
            type=entity.type,
            mentions=tuple(f for f in forms if f not in _PRONOUNS and all(w[:1].isupper() for w in f.split())),
            on=on,
            anonymous=entity.anonymous,
            context=around,
        )


class Possible(msgspec.Struct, frozen=True, kw_only=True):
    """Another entity of the case that may be the same, and why."""

    id: str
    reason: str


class CaseEntity(msgspec.Struct, frozen=True, kw_only=True):
    """One entity across a case. ``members``: (document, id) of each. ``names``: all forms used, as they stand.

    ``known``: its id in the alias tables; ``maybe``: those it may have. ``possibly``: other entities of the case.
    ``also``: ids of those that a person has made one with it.
    """

    id: str
    name: str
    type: SourceType
    members: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    known: str | None = None
    maybe: tuple[str, ...] = ()
    possibly: tuple[Possible, ...] = ()
    also: tuple[str, ...] = ()


class Read(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document's entity with what its name tells. ``key``: what makes it one with others, or None."""

    entity: DocumentEntity
    key: tuple[str, ...] | None
    words: tuple[str, ...]
    suffix: str | None = None
    known: str | None = None
    maybe: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        return self.entity.document, self.entity.id


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """What counts as one entity. ``key`` makes its id; ``also``: ids of groups that were put to it by hand."""

    key: tuple[str, ...]
    members: tuple[Read, ...]
    also: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return "e" + hashlib.sha256("\n".join(self.key).encode()).hexdigest()[:16]


def identify(
    entities: Iterable[DocumentEntity], known: AliasTables, titles: frozenset[str] = frozenset()
) -> tuple[CaseEntity, ...]:
    """The entities of a case, by id. The order of ``entities`` does not matter.

    Two are one where the tables know both certainly as one, or where their full names are equal and nothing speaks
    against it: another type, gender, middle name or suffix, or dates a lifetime apart. A surname alone, an acronym
    that no table knows, a name spelled otherwise are possible only. What is anonymous or a common noun stays alone.
    ``titles``: words before names that are none of theirs ("Dr").
    """
    return case_entities(groups(read(entity, known, titles) for entity in entities))


def groups(reads: Iterable[Read]) -> tuple[Group, ...]:
    """Which entities of documents are one, by key."""
    alike: dict[tuple[str, ...], list[Read]] = {}
    for one in reads:
        alike.setdefault(one.key or ("alone", *one.place), []).append(one)
    return tuple(group for key, members in sorted(alike.items()) for group in _parted(key, members))


def case_entities(made: Sequence[Group], apart: Set[frozenset[str]] = frozenset()) -> tuple[CaseEntity, ...]:
    """The entity of each group, by id. ``apart``: pairs of ids that are known to be two."""
    named = [(_case_entity(group), group) for group in made]
    possible = _possible(named, apart)
    return tuple(
        msgspec.structs.replace(entity, possibly=tuple(possible.get(entity.id, ())))
        for entity, _ in sorted(named, key=lambda pair: pair[0].id)
    )


def read(entity: DocumentEntity, known: AliasTables, titles: frozenset[str] = frozenset()) -> Read:
    """What the name of a document's entity tells; its context is used here and not kept."""
    found = _read(entity, known, frozenset(word for title in titles for word in fold(title)))
    return msgspec.structs.replace(found, entity=msgspec.structs.replace(entity, context=Context()))


def _read(entity: DocumentEntity, known: AliasTables, titles: frozenset[str]) -> Read:
    words = tuple(word for word in fold(entity.name) if word not in titles)
    if entity.anonymous:
        return Read(entity=entity, key=None, words=words)
    certain, maybe = _in_tables(entity, known)
    if certain:
        return Read(entity=entity, key=("table", certain), words=words, known=certain)
    suffix = words[-1] if words and words[-1] in _SUFFIXES else None
    words = words[:-1] if suffix else words
    return Read(entity=entity, key=_key(entity, words), words=words, suffix=suffix, maybe=maybe)


def _key(entity: DocumentEntity, words: tuple[str, ...]) -> tuple[str, ...] | None:
    """What two entities that no table knows must share to be one. None: nothing is enough."""
    if not _is_proper(entity.name) or not words:
        return None
    if entity.type == "person":
        return ("person", words[0], words[-1]) if len(words) > 1 else None
    full = max((entity.name, *entity.mentions), key=lambda name: len(fold(name)))
    if is_acronym(entity.name):
        return None if is_acronym(full) else ("name", *_without_form(fold(full)))
    return ("name", *_without_form(words))


def _without_form(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1] if len(words) > 1 and words[-1] in _FORMS else words


def _is_proper(name: str) -> bool:
    """A name and no common noun: it has a capital, or no letter that could be one."""
    return any(c.isupper() for c in name) or not any(c.lower() != c.upper() for c in name)


def is_name(words: str) -> bool:
    """Are these words a name, and neither a description nor a pronoun?"""
    return _is_proper(words) and words not in _PRONOUNS


def _in_tables(entity: DocumentEntity, known: AliasTables) -> tuple[str | None, tuple[str, ...]]:
    """The one entity that its names certainly stand for, and those they may stand for."""
    context = msgspec.structs.replace(entity.context, type=entity.type)
    found = [known.find(name, entity.on, context) for name in dict.fromkeys((entity.name, *entity.mentions))]
    certain = [{candidate.entity.id for candidate in one if candidate.certain} for one in found]
    for ids in (certain[0], set().union(*certain)):  # its name tells; if not, its mentions do where they agree
        if len(ids) == 1:
            return next(iter(ids)), ()
    return None, tuple(sorted({candidate.entity.id for one in found for candidate in one}))


def _parted(key: tuple[str, ...], group: Sequence[Read]) -> Iterator[Group]:
    """A group as it is if nothing in it speaks against the rest; else by what tells its members apart."""
    members = sorted(group, key=lambda read: read.place)
    if key[0] == "table" or not any(_against(one, other) for one, other in combinations(group, 2)):
        yield Group(key=key, members=tuple(members))
        return
    apart: dict[tuple[str, ...], list[Read]] = {}
    for one in members:
        open_ = any(not _against(one, other) and _signs(one) != _signs(other) for other in group)
        apart.setdefault((*key, *(one.place if open_ else _signs(one))), []).append(one)
    for own, alike in apart.items():
        if any(_against(one, other) for one, other in combinations(alike, 2)):  # decades apart: nothing else differs
            yield from (Group(key=(*key, *one.place), members=(one,)) for one in alike)
        else:
            yield Group(key=own, members=tuple(alike))


def _signs(read: Read) -> tuple[str, ...]:
    return (read.entity.type, read.entity.gender or "", read.suffix or "", *read.words[1:-1])


def _against(one: Read, other: Read) -> str | None:
    """What speaks against two entities of like name being one, or None."""
    first, second = one.entity, other.entity
    if first.type != second.type and "unknown" not in {first.type, second.type}:
        return f"one is {first.type}, one {second.type}"
    if first.gender and second.gender and first.gender != second.gender:
        return "one is a woman, one a man"
    if one.suffix != other.suffix and one.suffix and other.suffix:
        return "one is the elder"
    for a, b in zip(one.words[1:-1], other.words[1:-1], strict=False):
        if a != b and not (min(len(a), len(b)) == 1 and a[0] == b[0]):
            return "their middle names differ"
    if first.type == "person" and first.on and second.on and abs(first.on.year - second.on.year) > _LIFETIME:
        return "a lifetime lies between them"
    return None


def _case_entity(group: Group) -> CaseEntity:
    members = group.members
    names = sorted({name for read in members for name in (read.entity.name, *read.entity.mentions)})
    types = sorted({read.entity.type for read in members} - {"unknown"})
    return CaseEntity(
        id=group.id,
        name=max((read.entity.name for read in members), key=lambda name: (len(fold(name)), len(name), name)),
        type=types[0] if types else "unknown",
        members=tuple(read.place for read in members),
        names=tuple(names),
        known=next((read.known for read in members if read.known), None),
        maybe=tuple(sorted({id_ for read in members for id_ in read.maybe})),
        also=group.also,
    )


def _possible(made: Sequence[tuple[CaseEntity, Group]], apart: Set[frozenset[str]]) -> Mapping[str, list[Possible]]:
    """For each entity those it may be one with, by id: both ways."""
    near: dict[str, set[str]] = {}
    by_id = {entity.id: (entity, group) for entity, group in made}
    for entity, group in made:
        if not group.members[0].entity.anonymous:
            forms = (word for form in _forms(entity) for word in form)
            for word in {sound(word) for word in forms} | set(entity.maybe):
                near.setdefault(word, set()).add(entity.id)
            if entity.known:
                near.setdefault(entity.known, set()).add(entity.id)
    found: dict[tuple[str, str], str] = {}
    for ids in near.values():
        for one, other in combinations(sorted(ids), 2):
            if frozenset((one, other)) in apart:
                continue
            reason = _alike(by_id[one], by_id[other])
            if reason:
                found[one, other] = reason
    out: dict[str, list[Possible]] = {}
    for (one, other), reason in sorted(found.items()):
        out.setdefault(one, []).append(Possible(id=other, reason=reason))
        out.setdefault(other, []).append(Possible(id=one, reason=reason))
    return out


def _forms(entity: CaseEntity) -> set[tuple[str, ...]]:
    return {_without_form(fold(name)) for name in entity.names if _is_proper(name)} - {()}


def _alike(one: tuple[CaseEntity, Group], other: tuple[CaseEntity, Group]) -> str | None:
    """Why two entities of a case may be one, or None."""
    (first, its), (second, theirs) = (one[0], one[1].members), (other[0], other[1].members)
    if first.known in second.maybe or second.known in first.maybe:
        return "the tables have a name of both"
    if (first.known and second.known) or all(_against(a, b) for a in its for b in theirs):
        return None
    a, b = its[0].words, theirs[0].words
    if not (a and b and _is_proper(first.name) and _is_proper(second.name)):
        return None
    if a == b:
        return "the same name, and not enough to tell"
    if "person" in {first.type, second.type}:
        if min(len(a), len(b)) == 1 and a[-1] == b[-1]:
            return "the same surname"
        if min(len(a), len(b)) > 1 and (set(a) < set(b) or set(b) < set(a) or (a[0], a[-1]) == (b[0], b[-1])):
            return "one name holds the other"
    elif shared := sorted(_forms(first) & _forms(second)):
        return f"both go by “{' '.join(shared[0])}”"
    if len(a) > 1 and likeness(a, b) >= 0.85:
        return "their names are spelled much alike"
    return None
