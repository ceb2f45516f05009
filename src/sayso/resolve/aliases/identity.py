"""Which entities of several documents are one: by the alias tables, or by full names that nothing speaks against.

In:   the entities of documents, as plain values; AliasTables.   Out: CaseEntities, each with what it may be one with.
Knows nothing of: how a document's entities were found, claims.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Literal

import msgspec

from sayso.days import days
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
    """The entities of a ledger as `read` takes them: each with the names by which its document calls it."""
    document = ledger.document
    found = days(document.ref.published)
    on = found[0] if found and found[0] == found[1] else None  # of a year or a month it is not known which day
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


class Group(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What counts as one entity. ``key`` makes its id; ``also``: ids of groups that were put to it by hand.

    What is made of it is held by it: a decision leaves most groups as they are.
    """

    key: tuple[str, ...]
    members: tuple[Read, ...]
    also: tuple[str, ...] = ()

    @cached_property
    def id(self) -> str:
        return "e" + hashlib.sha256("\n".join(self.key).encode()).hexdigest()[:16]

    @cached_property
    def entity(self) -> CaseEntity:
        """Without what it may be one with, which is for all groups together to tell."""
        types = sorted({read.entity.type for read in self.members} - {"unknown"})
        return CaseEntity(
            id=self.id,
            name=max((read.entity.name for read in self.members), key=lambda name: (len(fold(name)), len(name), name)),
            type=types[0] if types else "unknown",
            members=tuple(read.place for read in self.members),
            names=tuple(sorted({name for read in self.members for name in (read.entity.name, *read.entity.mentions)})),
            known=next((read.known for read in self.members if read.known), None),
            maybe=tuple(sorted({id_ for read in self.members for id_ in read.maybe})),
            also=self.also,
        )

    @cached_property
    def differing(self) -> tuple[Read, ...]:
        return _differing(self.members)

    @cached_property
    def forms(self) -> frozenset[tuple[str, ...]]:
        return frozenset(_without_form(fold(name)) for name in self.entity.names if _is_proper(name)) - {()}

    @property
    def words(self) -> tuple[str, ...]:
        return self.members[0].words

    @cached_property
    def sort(self) -> tuple[object, ...]:
        """All that `_alike` asks of it but for years: groups of one sort may be one with the same others."""
        own = self.entity
        signs = frozenset(map(_signs, self.members))
        return self.words, own.type, own.known, signs, None if own.type == "person" else self.forms


def groups(reads: Iterable[Read]) -> tuple[Group, ...]:
    """Which entities of documents are one, by key. The order of ``reads`` does not matter.

    Two are one where the tables know both certainly as one, or where their full names are equal and nothing speaks
    against it: another type, gender, middle name or suffix, or dates a lifetime apart. A surname alone, an acronym
    that no table knows, a name spelled otherwise are possible only. What is anonymous or a common noun stays alone.
    """
    alike: dict[tuple[str, ...], list[Read]] = {}
    for one in reads:
        alike.setdefault(one.key or ("alone", *one.place), []).append(one)
    return tuple(group for key, members in sorted(alike.items()) for group in _parted(key, members))


def case_entities(made: Sequence[Group], apart: Set[frozenset[str]] = frozenset()) -> tuple[CaseEntity, ...]:
    """The entity of each group, by id. ``apart``: pairs of ids that are known to be two."""
    possible: dict[str, list[Possible]] = {}
    for (one, other), reason in sorted(_possible(made, apart).items()):
        possible.setdefault(one, []).append(Possible(id=other, reason=reason))
        possible.setdefault(other, []).append(Possible(id=one, reason=reason))
    return tuple(
        msgspec.structs.replace(group.entity, possibly=tuple(possible.get(group.id, ())))
        for group in sorted(made, key=lambda group: group.id)
    )


def read(entity: DocumentEntity, known: AliasTables, titles: frozenset[str] = frozenset()) -> Read:
    """What the name of a document's entity tells; its context is used here and not kept. ``titles``: words before names
    that are none of theirs ("Dr").
    """
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
    members, kinds = sorted(group, key=lambda read: read.place), _differing(group)
    if key[0] == "table" or not _differ(kinds):
        yield Group(key=key, members=tuple(members))
        return
    fit = {  # they fit several that are not one
        _told(one) for one in kinds if any(not _against(one, other) and _signs(one) != _signs(other) for other in kinds)
    }
    apart: dict[tuple[str, ...], list[Read]] = {}
    for one in members:
        apart.setdefault((*key, *(one.place if _told(one) in fit else _signs(one))), []).append(one)
    for own, alike in apart.items():
        if _differ(_differing(alike)):  # decades apart: nothing else differs
            yield from (Group(key=(*key, *one.place), members=(one,)) for one in alike)
        else:
            yield Group(key=own, members=tuple(alike))


def _differing(reads: Iterable[Read]) -> tuple[Read, ...]:
    """One for all that nothing tells apart: of a thousand documents a handful."""
    return tuple({_told(read): read for read in reads}.values())


def _differ(reads: Sequence[Read]) -> bool:
    return any(_against(one, other) for one, other in combinations(reads, 2))


def _told(read: Read) -> tuple[tuple[str, ...], int | None]:
    """All that `_against` asks."""
    return _signs(read), read.entity.on.year if read.entity.on else None


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
    person = "person" in (first.type, second.type)
    if person and first.on and second.on and abs(first.on.year - second.on.year) > _LIFETIME:
        return "a lifetime lies between them"
    return None


def _possible(made: Iterable[Group], apart: Set[frozenset[str]]) -> Mapping[tuple[str, str], str]:
    """Pairs of entities that may be one, by their ids, each with why.

    Of many that nothing tells apart one stands for all: the rest are asked about with it, and it alone with others.
    Whoever is told apart from it stands for itself from then on. So there are about as many pairs as entities, and
    not the square of them, and each question comes up once those before it are answered.
    """
    named = [group for group in made if not group.members[0].entity.anonymous]
    named.sort(key=lambda group: (-len(group.members), group.id))
    found: dict[tuple[str, str], str] = {}

    def ask(one: Group, other: Group, reason: str | None) -> bool:
        if not reason or one.id == other.id or frozenset((one.id, other.id)) in apart:
            return False
        found[min(one.id, other.id), max(one.id, other.id)] = reason
        return True

    known: dict[str, list[Group]] = {}
    for group in named:
        if group.entity.known:
            known.setdefault(group.entity.known, []).append(group)
    for group in named:
        for other in (other for id_ in group.entity.maybe for other in known.get(id_, ())):
            ask(group, other, "the tables have a name of both")
    standing: dict[tuple[object, ...], list[Group]] = {}
    for group in named:
        if group.words and _is_proper(group.entity.name):
            own = standing.setdefault(group.sort, [])
            if not any(ask(other, group, _alike(other, group)) for other in own):
                own.append(group)
    near: dict[str, list[Group]] = {}
    for group in (group for own in standing.values() for group in own):
        for heard in {sound(word) for form in group.forms for word in form}:
            near.setdefault(heard, []).append(group)
    for groups_ in near.values():
        for one, other in combinations(groups_, 2):
            ask(one, other, _alike(one, other))
    return found


def _alike(one: Group, other: Group) -> str | None:
    """Why two groups with names may be one, or None."""
    first, second, a, b = one.entity, other.entity, one.words, other.words
    if (first.known and second.known) or all(_against(a, b) for a in one.differing for b in other.differing):
        return None
    if a == b:
        return "the same name, and not enough to tell"
    if "person" in {first.type, second.type}:
        if min(len(a), len(b)) == 1 and a[-1] == b[-1]:
            return "the same surname"
        if min(len(a), len(b)) > 1 and (set(a) < set(b) or set(b) < set(a) or (a[0], a[-1]) == (b[0], b[-1])):
            return "one name holds the other"
    elif shared := sorted(one.forms & other.forms):
        return f"both go by “{' '.join(shared[0])}”"
    if len(a) > 1 and likeness(a, b) >= 0.85:
        return "their names are spelled much alike"
    return None
