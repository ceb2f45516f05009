"""Read alias tables: the TOML of ``data/aliases``, a user's own, FollowTheMoney entities as JSON lines.

In:   file name -> bytes.   Out: AliasTables; BadLexicon names file and place of a mistake.
Knows nothing of: texts, where the files lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from sayso.days import days
from sayso.errors import BadLexicon
from sayso.records import Notice, SourceType
from sayso.resolve.aliases import followthemoney
from sayso.resolve.aliases.matching import AliasTables
from sayso.resolve.aliases.records import Alias, Around, Entity, Role, Stance
from sayso.toml import parsed


class _Strict(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"since": "from", "until": "to"}
):
    pass


class _Alias(_Strict, frozen=True, kw_only=True):
    """As Alias; a day may be a month or a year ("2014"), which begins or ends with its first or last day."""

    name: str
    since: str | None = None
    until: str | None = None
    lang: str = "en"
    stance: Stance = "neutral"
    ambiguous: bool | None = None
    metonym: bool = False
    near: tuple[str, ...] = ()


_Aliases = tuple[str | _Alias, ...]


class _Entity(_Strict, frozen=True, kw_only=True):
    """As Entity. ``names_end``: its names went out of use with it, or to its successor, on its last day.

    ``yes``, ``no``: sentences whose [name] is, and is not, certainly this entity; tests run them.
    """

    id: str
    name: str
    type: SourceType
    wikidata: str | None = None
    tags: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    predecessors: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    country: str | None = None
    body: str | None = None
    names_end: bool = False
    note: str | None = None
    aliases: _Aliases = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class _More(_Strict, frozen=True, kw_only=True):
    """Further aliases for an entity of another table."""

    id: str
    aliases: _Aliases


class _Country(_Strict, frozen=True, kw_only=True):
    """A state: what it, its people and its seat of government are called. ``ambiguous``: the name has other bearers."""

    id: str
    code: str
    wikidata: str | None = None
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    seats: _Aliases = ()
    ambiguous: bool = False


class _Noun(_Strict, frozen=True, kw_only=True):
    words: tuple[str, ...]
    stance: Stance = "neutral"
    ambiguous: bool = False


class _Body(_Strict, frozen=True, kw_only=True):
    """What every state has. ``nouns`` go with its names: "Syrian army", "army of Syria", "Syria's army"."""

    body: str
    name: str
    type: SourceType
    part_of: str | None = None
    metonyms: bool = False
    nouns: tuple[_Noun, ...]
    roles: tuple[_Noun, ...] = ()


class _Head(_Strict, frozen=True, kw_only=True):
    """Whose government it was: "the Obama administration". The dates are those of office."""

    country: str
    name: str
    since: str
    until: str | None = None
    nouns: tuple[str, ...] = ("government", "administration")


class _Setting(_Strict, frozen=True, kw_only=True):
    """Names of places and peoples, and the tags of the countries or conflicts that they speak of."""

    tags: tuple[str, ...]
    names: tuple[str, ...]


class _Around(_Strict, frozen=True, kw_only=True):
    words: tuple[str, ...]
    after: bool = True
    stance: Stance | None = None


class Table(_Strict, frozen=True, kw_only=True):
    """One TOML file. ``data/aliases/README.md`` tells what each part is for."""

    entity: tuple[_Entity, ...] = ()
    more: tuple[_More, ...] = ()
    country: tuple[_Country, ...] = ()
    body: tuple[_Body, ...] = ()
    head: tuple[_Head, ...] = ()
    setting: tuple[_Setting, ...] = ()
    around: tuple[_Around, ...] = ()


def tables(raw: Mapping[str, bytes]) -> AliasTables:
    """All alias tables as one. Names that end in ``.toml`` are tables, all others FollowTheMoney entities.

    The order of the files does not matter. Raises BadLexicon: a file that is none of these, an id that two entities
    have, a relation or a further alias of an entity that is in no table, a date that is none.
    """
    entities: dict[str, Entity] = {}
    made: list[Entity] = []
    notices: list[Notice] = []
    read = {name: table(raw[name], name) for name in sorted(raw) if name.endswith(".toml")}
    parts = list(read.items())
    countries = {c.id: c for _, t in parts for c in t.country}
    bodies = {b.body: b for _, t in parts for b in t.body}
    for name, part in parts:
        made.extend(_entity(entry, countries, bodies, name) for entry in part.entity)
    for name in sorted(set(raw) - set(read)):
        found, passed = followthemoney.entities(raw[name], name, {c.code: c.id for c in countries.values()})
        made.extend(found)
        notices.extend(passed)
    for entity in made:
        if entity.id in entities:
            raise BadLexicon(f"alias tables: two entities have the id {entity.id!r}")
        entities[entity.id] = entity
    for entity in _everyday(countries.values(), bodies.values(), made):
        entities.setdefault(entity.id, entity)
    for name, part in parts:
        for more in part.more:
            _add(entities, more.id, _aliases(more.aliases, name), name)
        for head in part.head:
            _lead(entities, head, countries, name)
    for entity in entities.values():
        for other in (*entity.predecessors, *entity.part_of):
            if other not in entities:
                raise BadLexicon(f"alias tables: {entity.id!r} is related to {other!r}, which is in no table")
    return AliasTables(
        entities=entities,
        settings=_settings(read.values(), countries.values()),
        states={
            form: tuple(sorted(c.id for c in countries.values() if form in (*c.names, *c.adjectives)))
            for country in countries.values()
            for form in (*country.names, *country.adjectives)
        },
        nouns=tuple(_roles(bodies.values(), lambda body: body.nouns)),
        roles=tuple(_roles(bodies.values(), lambda body: body.roles)),
        around=tuple(
            Around(words=a.words, after=a.after, stance=a.stance) for part in read.values() for a in part.around
        ),
        notices=tuple(notices),
    )


def _roles(bodies: Iterable[_Body], of: Callable[[_Body], tuple[_Noun, ...]]) -> Iterator[Role]:
    for body in bodies:
        for noun in of(body):
            for word in noun.words:
                yield Role(name=word, body=body.body, stance=noun.stance, ambiguous=noun.ambiguous)


def table(raw: bytes, name: str) -> Table:
    """One TOML file. Raises BadLexicon that names the file and the place."""
    try:
        return msgspec.convert(parsed(raw), Table)
    except (ValueError, msgspec.ValidationError) as error:
        raise BadLexicon(f"{name}: {error}") from error


def _first(day: str | None, name: str) -> date | None:
    return None if day is None else _day(day, name)[0]


def _last(day: str | None, name: str) -> date | None:
    return None if day is None else _day(day, name)[1]


def _day(value: str, name: str) -> tuple[date, date]:
    found = days(value)
    if found is None:
        raise BadLexicon(f"{name}: {value!r} is no date; write 2014, 2014-06 or 2014-06-29")
    return found


def _aliases(given: Iterable[str | _Alias], name: str) -> Iterator[Alias]:
    for one in given:
        if isinstance(one, str):
            yield Alias(name=one)
        else:
            yield Alias(
                name=one.name,
                since=_first(one.since, name),
                until=_last(one.until, name),
                lang=one.lang,
                stance=one.stance,
                ambiguous=one.ambiguous,
                metonym=one.metonym,
                near=one.near,
            )


def _entity(entry: _Entity, countries: Mapping[str, _Country], bodies: Mapping[str, _Body], name: str) -> Entity:
    since, until = _first(entry.since, name), _last(entry.until, name)
    own = list(_aliases(entry.aliases, name))
    if all(alias.name != entry.name for alias in own):
        own.insert(0, Alias(name=entry.name))
    tags = entry.tags
    if entry.country or entry.body:
        country, body = countries.get(entry.country or ""), bodies.get(entry.body or "")
        if country is None or body is None:
            raise BadLexicon(f"{name}: {entry.id!r} needs a country and a body that are in a table")
        tags = tuple(dict.fromkeys((country.id, *entry.tags)))
        for place in _places(country, body):
            if place.until and since and place.until < since:
                continue
            later = place.since is None or (since is not None and place.since < since)
            own.append(msgspec.structs.replace(place, since=since) if later else place)
    if entry.names_end:
        own = [alias if alias.until else msgspec.structs.replace(alias, until=until) for alias in own]
    return Entity(
        id=entry.id,
        name=entry.name,
        type=entry.type,
        wikidata=entry.wikidata,
        tags=tags,
        since=since,
        until=until,
        predecessors=entry.predecessors,
        part_of=entry.part_of,
        body=entry.body,
        note=entry.note,
        aliases=_since(own, since),
    )


def _since(aliases: Iterable[Alias], since: date | None) -> tuple[Alias, ...]:
    """No name is older than its bearer, unless the table says so; the first of two alike counts."""
    kept: dict[tuple[str, date | None], Alias] = {}
    for alias in aliases:
        older = alias.until is not None and since is not None and alias.until < since
        dated = alias if alias.since or older else msgspec.structs.replace(alias, since=since)
        kept.setdefault((alias.name, alias.since), dated)
    return tuple(kept.values())


def _everyday(countries: Iterable[_Country], bodies: Iterable[_Body], made: Iterable[Entity]) -> Iterator[Entity]:
    """The bodies that every state has, save those that a table describes itself."""
    described = {(entity.tags[0], entity.body) for entity in made if entity.body}
    all_bodies = list(bodies)
    for country in countries:
        for body in all_bodies:
            if (country.id, body.body) in described:
                continue
            part_of = (
                f"{country.id}-{body.part_of}" if body.part_of and (country.id, body.part_of) not in described else None
            )
            name = body.name.format(name=country.names[0])
            yield Entity(
                id=f"{country.id}-{body.body}",
                name=name,
                type=body.type,
                tags=(country.id,),
                part_of=(part_of,) if part_of else (),
                body=body.body,
                aliases=_since((Alias(name=name), *_places(country, body)), None),
            )


def _places(country: _Country, body: _Body) -> Iterator[Alias]:
    """The places that stand for a body where they act. Its other names are put together when they are looked up."""
    if body.metonyms:
        for place in country.names:
            yield Alias(name=place, metonym=True, ambiguous=(country.ambiguous and place == country.names[0]) or None)
        for alias in _aliases(country.seats, country.id):
            yield msgspec.structs.replace(alias, metonym=True)


def _add(entities: dict[str, Entity], id_: str, aliases: Iterable[Alias], name: str) -> None:
    if id_ not in entities:
        raise BadLexicon(f"{name}: further aliases for {id_!r}, which is in no table")
    entity = entities[id_]
    entities[id_] = msgspec.structs.replace(entity, aliases=_since((*entity.aliases, *aliases), entity.since))


def _lead(entities: dict[str, Entity], head: _Head, countries: Mapping[str, _Country], name: str) -> None:
    if head.country not in countries:
        raise BadLexicon(f"{name}: {head.name!r} heads {head.country!r}, which is in no table")
    since, until = _first(head.since, name), _last(head.until, name)
    nouns: list[tuple[str, Stance]] = [*((noun, "neutral") for noun in head.nouns), ("regime", "pejorative")]
    governments = [e for e in entities.values() if e.body == "government" and e.tags[0] == head.country]
    begun = [e for e in governments if since is None or e.since is None or e.since <= since]
    whole = [e for e in begun if e.until is None or (until and until <= e.until)]
    meant = whole or [
        e
        for e in governments
        if not (until and e.since and until <= e.since) and not (e.until and since and e.until <= since)
    ]
    for entity in meant:
        _add(
            entities,
            entity.id,
            (Alias(name=f"{head.name} {noun}", since=since, until=until, stance=stance) for noun, stance in nouns),
            name,
        )


def _settings(read: Iterable[Table], countries: Iterable[_Country]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for part in read:
        for setting in part.setting:
            for name in setting.names:
                found.setdefault(name, set()).update(setting.tags)
    for country in countries:
        seats = [one if isinstance(one, str) else one.name for one in country.seats]
        names = country.names[1:] if country.ambiguous else country.names
        for name in (*names, *country.adjectives, *(f"{a}s" for a in country.adjectives), *seats):
            found.setdefault(name, set()).add(country.id)
    return {name: tuple(sorted(tags)) for name, tags in found.items()}
