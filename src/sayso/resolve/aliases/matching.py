"""Whom a name stands for, by dated tables of aliases; what is in doubt stays in doubt, with its reasons.

In:   Entities with their aliases; a name, its date, what the text speaks of.   Out: Candidates, certain or possible.
Knows nothing of: how tables are written down, who is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import msgspec

from sayso.records import Notice
from sayso.resolve.aliases.names import Word, fold, is_acronym, likeness, same_case, sound, words
from sayso.resolve.aliases.records import Alias, Around, Candidate, Context, Entity, Role, Stance
from sayso.spans import Span

_ALIKE = 0.85  # below, two spellings are two names (tests/cases/aliases.jsonl, dev)


class _Hit(NamedTuple):
    entity: Entity
    alias: Alias
    stance: Stance
    against: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    weight: int = 0  # 2: the text names this very entity; 1: it speaks of its country; 0: neither

    def candidate(self, *reasons: str, certain: bool) -> Candidate:
        return Candidate(
            entity=self.entity,
            alias=self.alias,
            certain=certain,
            reasons=(*reasons, *self.against, *self.support),
            stance=self.stance,
        )

    @property
    def needs_support(self) -> bool:
        """Whether the name alone does not tell: three letters are too few where a name belongs to one country."""
        if self.alias.ambiguous is not None:
            return self.alias.ambiguous
        letters = sum(c.isalpha() for c in self.alias.name)
        return bool(self.entity.tags) and letters <= 3 and self.alias.name.isascii() and is_acronym(self.alias.name)


class AliasTables(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Entities, and the words that tell which country a text speaks of. Made by ``tables.tables``.

    ``settings``: a name of a place or people -> the tags it stands for. ``states``: a name or adjective of a state ->
    its tags. ``nouns`` go with those ("Syrian army"), ``roles`` stand alone. ``notices``: what was passed over.
    """

    entities: Mapping[str, Entity]
    settings: Mapping[str, tuple[str, ...]] = {}
    states: Mapping[str, tuple[str, ...]] = {}
    nouns: tuple[Role, ...] = ()
    roles: tuple[Role, ...] = ()
    around: tuple[Around, ...] = ()
    notices: tuple[Notice, ...] = ()

    # -- asking --------------------------------------------------------------------------------------------------------

    def find(self, name: str, on: date | None = None, context: Context = Context()) -> tuple[Candidate, ...]:  # noqa: B008 - frozen
        """Whom a name stands for, certain ones first, then by id; none if no table has it.

        At most one is certain. ``on``: the date of the text. A name like one in the tables, or one used outside of its
        dates, is possible and never certain.
        """
        key = fold(name)
        hits = self._exact(name, key)
        hits += self._of_states(name, key)
        if not hits:
            hits = list(self._bare(name, key))
        if not hits:
            hits = list(self._in_office(key, context))
        if not hits:
            return self._like(name, key, on)
        return tuple(sorted(self._judged(hits, key, on, context), key=lambda c: (not c.certain, c.entity.id)))

    def context(self, text: str, on: date | None = None, *, acts: bool | None = None) -> Context:
        """What a text speaks of: countries by the places and peoples it names, and the entities it names plainly."""
        tags: dict[str, set[tuple[str, ...]]] = {}
        entities: dict[str, set[tuple[str, ...]]] = {}
        near: set[tuple[str, ...]] = set()
        end, closed = 0, False  # of the last name that lies in no other; closed: it tells the place by itself
        for span, key in self._known(text):
            if span.end > end:
                end, closed = span.end, key in self._settings
            elif closed or key in self._index:
                continue  # a word of a longer name: "Shabaab" in "al-Shabaab"
            near.add(key)
            of_states = [
                tag for state, noun in _parts(key) if noun in self._nouns for tag in self._states.get(state, ())
            ]
            told = [*self._settings.get(key, ()), *of_states]
            sure = {hit.entity.id: hit for hit in self._exact(span.of(text), key) if hit.alias.against(on) is None}
            if len(sure) == 1 and not any(hit.needs_support or hit.alias.metonym for hit in sure.values()):
                (id_,) = sure
                entities.setdefault(id_, set()).add(key)
                told += self.entities[id_].tags
            for tag in told:
                tags.setdefault(tag, set()).add(key)
        told_by = {id_: frozenset(keys) for id_, keys in (*tags.items(), *((f"={e}", k) for e, k in entities.items()))}
        return Context(
            tags=frozenset(tags), entities=frozenset(entities), near=frozenset(near), told_by=told_by, acts=acts
        )

    def successors(self, entity: str) -> tuple[str, ...]:
        """The entities that came from one."""
        return self._successors.get(entity, ())

    # -- how -----------------------------------------------------------------------------------------------------------

    def _exact(self, name: str, key: tuple[str, ...]) -> list[_Hit]:
        found = self._index.get(key, ())
        return [_Hit(e, a, a.stance) for e, a in found if same_case(name, a.name, strict=a.ambiguous is True)]

    def _bare(self, name: str, key: tuple[str, ...]) -> Iterator[_Hit]:
        """Without a word around it that leaves its bearer: "Houthi fighters", "so-called Islamic State"."""
        for around in self.around:
            for words_ in around.words:
                edge = fold(words_)
                at = key[-len(edge) :] if around.after else key[: len(edge)]
                rest = key[: -len(edge)] if around.after else key[len(edge) :]
                if at != edge or not rest:
                    continue
                for entity, alias in self._index.get(rest, ()):
                    # a place with a word after it is somebody else: "Damascus residents"
                    if not alias.metonym and (not is_acronym(alias.name) or alias.name in name):
                        reason = f"“{words_}” {'after' if around.after else 'before'} the name"
                        yield _Hit(entity, alias, around.stance or alias.stance, support=(reason,))

    def _of_states(self, name: str, key: tuple[str, ...]) -> Iterator[_Hit]:
        """Bodies of a state by its name: "Syrian army", "Syria's army", "army of Syria"."""
        for state, noun in _parts(key):
            for role in self._nouns.get(noun, ()) if state in self._states else ():
                for entity in self._bodies.get(role.body, ()):
                    if entity.tags[0] in self._states[state]:
                        alias = Alias(
                            name=name,
                            since=entity.since,
                            until=entity.until,
                            stance=role.stance,
                            ambiguous=role.ambiguous,
                        )
                        yield _Hit(entity, alias, role.stance)

    def _in_office(self, key: tuple[str, ...], context: Context) -> Iterator[_Hit]:
        """Bodies of the states that the text speaks of."""
        for role in self._roles.get(key, ()):
            for entity in self._bodies.get(role.body, ()):
                if entity.tags[0] in context.tags:
                    alias = Alias(
                        name=role.name, since=entity.since, until=entity.until, stance=role.stance, ambiguous=True
                    )
                    yield _Hit(entity, alias, role.stance)

    def _like(self, name: str, key: tuple[str, ...], on: date | None) -> tuple[Candidate, ...]:
        """Names spelled much like this one: possible, never certain."""
        if not any(c.isupper() for c in name) or is_acronym(name) or sum(map(len, key)) < 6:
            return ()
        best: dict[str, tuple[float, _Hit]] = {}
        for other in self._by_sound.get((len(key), sound(key[0])[:1]), ()):
            alike = likeness(key, other)
            if alike < _ALIKE:
                continue
            for entity, alias in self._index[other]:
                if not alias.metonym and not alias.ambiguous and not is_acronym(alias.name):
                    late = alias.against(on)
                    hit = _Hit(entity, alias, alias.stance, (late,) if late else ())
                    best[entity.id] = max(best.get(entity.id, (0.0, hit)), (alike, hit), key=lambda pair: pair[0])
        hits = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].entity.id))
        return tuple(hit.candidate(f"spelled much like “{hit.alias.name}”", certain=False) for _, hit in hits)

    def _judged(
        self, hits: Iterable[_Hit], key: tuple[str, ...], on: date | None, context: Context
    ) -> Iterator[Candidate]:
        known: dict[str, _Hit] = {}
        for hit in (self._weighed(h, key, on, context) for h in hits):
            if hit.alias.metonym and context.acts is False:
                continue
            kept = known.get(hit.entity.id)
            if kept is None or len(hit.against) < len(kept.against):
                known[hit.entity.id] = hit
        free = [hit for hit in known.values() if hit.alias.against(on) is None]
        if not free:
            for hit in known.values():
                yield hit.candidate(certain=False)
                yield from self._related(hit, on, known)
            return
        several = len(free) > 1 and all("/" in hit.alias.name for hit in free)
        chosen = None if several else _choice(free)
        for hit in free:
            others = [other.entity.name for other in free if other is not hit]
            if hit is chosen:
                yield hit.candidate(certain=not hit.against)
            elif chosen is not None:
                yield hit.candidate(f"more of the text speaks for {chosen.entity.name}", certain=False)
            elif several:
                yield hit.candidate("the name treats several as one", certain=False)
            elif others:
                yield hit.candidate(f"goes for {', '.join(others)} too", certain=False)
            else:
                yield hit.candidate("others go by it, and nothing in the text settles it", certain=False)

    def _weighed(self, hit: _Hit, key: tuple[str, ...], on: date | None, context: Context) -> _Hit:
        against, support, weight = list(hit.against), list(hit.support), 0
        if late := hit.alias.against(on):
            against.append(late)
        if hit.alias.metonym and context.acts is None:
            against.append("names the place, too")
        if context.type == "person" and hit.entity.type != "person":
            against.append("the text has it for a person")
        own = frozenset({key})
        if shared := sorted(
            tag for tag in context.tags.intersection(hit.entity.tags) if context.told_by.get(tag) != own
        ):
            support.append(f"the text speaks of {', '.join(shared)}")
            weight = 1
        if hit.entity.id in context.entities and context.told_by.get(f"={hit.entity.id}") != own:
            support.append("the text names it otherwise, too")
            weight = 2
        if parts := sorted(id_ for id_ in context.entities if hit.entity.id in self.entities[id_].part_of):
            support.append(f"the text names {', '.join(self.entities[id_].name for id_ in parts)}, a part of it")
            weight = 2
        if near := [name for name in hit.alias.near if fold(name) in context.near]:
            support.append(f"the text has {', '.join(near)}")
            weight = 2
        return hit._replace(against=tuple(against), support=tuple(support), weight=weight)

    def _related(self, hit: _Hit, on: date | None, known: Mapping[str, _Hit]) -> Iterator[Candidate]:
        """What a name outside of its dates may mean: what went before its bearer, or came after it."""
        if on is None:
            return
        before = hit.alias.since is not None and on < hit.alias.since
        related: list[str] = []
        open_ = [hit.entity.id]
        while open_:
            at = open_.pop(0)
            steps = self.entities[at].predecessors if before else self.successors(at)
            open_.extend(step for step in steps if step not in related)
            related.extend(step for step in steps if step not in related)
        for entity in (self.entities[id_] for id_ in related if id_ not in known):
            if (entity.since is None or entity.since <= on) and (entity.until is None or on <= entity.until):
                went = "came before" if before else "came after"
                reason = f"{went} {hit.entity.name}, whose name a text of this date would not use"
                yield Candidate(entity=entity, alias=hit.alias, certain=False, reasons=(reason,), stance=hit.stance)

    def _known(self, text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
        """Runs of words that are a name of the tables or of a setting, longest first at each place."""
        all_ = words(text)
        for first, word in enumerate(all_):
            for count in range(min(self._longest.get(word.folded, 0), len(all_) - first), 0, -1):
                run = all_[first : first + count]
                key = tuple(w.folded for w in run)
                span = Span(run[0].span.start, run[-1].span.end)
                if self._has(key) and _is_one(text, run):
                    yield span, key
                    break

    def _has(self, key: tuple[str, ...]) -> bool:
        if key in self._index or key in self._settings:
            return True
        return any(state in self._states and noun in self._nouns for state, noun in _parts(key))

    @cached_property
    def _index(self) -> Mapping[tuple[str, ...], tuple[tuple[Entity, Alias], ...]]:
        table: dict[tuple[str, ...], list[tuple[Entity, Alias]]] = {}
        for entity in self.entities.values():
            for alias in entity.aliases:
                table.setdefault(fold(alias.name), []).append((entity, alias))
        return {key: tuple(found) for key, found in table.items() if key}

    @cached_property
    def _settings(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        return {fold(name): tags for name, tags in self.settings.items()}

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """First word of a name -> the most words that a name with it has."""
        longest: dict[str, int] = {}
        state, noun = max(map(len, self._states), default=0), max(map(len, self._nouns), default=0)
        of_states = [(key[0], len(key) + noun) for key in self._states]
        of_states += [(key[0], len(key) + 2 + state) for key in self._nouns]
        for first, count in (*((key[0], len(key)) for key in (*self._index, *self._settings)), *of_states):
            longest[first] = max(longest.get(first, 0), count)
        return longest

    @cached_property
    def _by_sound(self) -> Mapping[tuple[int, str], tuple[tuple[str, ...], ...]]:
        table: dict[tuple[int, str], list[tuple[str, ...]]] = {}
        for key in self._index:
            table.setdefault((len(key), sound(key[0])[:1]), []).append(key)
        return {at: tuple(keys) for at, keys in table.items()}

    @cached_property
    def _states(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        return {fold(form): tags for form, tags in self.states.items()}

    @cached_property
    def _nouns(self) -> Mapping[tuple[str, ...], tuple[Role, ...]]:
        return _by_name(self.nouns)

    @cached_property
    def _roles(self) -> Mapping[tuple[str, ...], tuple[Role, ...]]:
        return _by_name(self.roles)

    @cached_property
    def _bodies(self) -> Mapping[str, tuple[Entity, ...]]:
        table: dict[str, list[Entity]] = {}
        for entity in self.entities.values():
            if entity.body and entity.tags:
                table.setdefault(entity.body, []).append(entity)
        return {body: tuple(found) for body, found in table.items()}

    @cached_property
    def _successors(self) -> Mapping[str, tuple[str, ...]]:
        table: dict[str, list[str]] = {}
        for entity in self.entities.values():
            for predecessor in entity.predecessors:
                table.setdefault(predecessor, []).append(entity.id)
        return {id_: tuple(found) for id_, found in table.items()}


def _by_name(roles: Iterable[Role]) -> Mapping[tuple[str, ...], tuple[Role, ...]]:
    table: dict[tuple[str, ...], list[Role]] = {}
    for role in roles:
        table.setdefault(fold(role.name), []).append(role)
    return {key: tuple(found) for key, found in table.items()}


def _parts(key: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """All ways to read a key as a state and what is of it: state first, or after "of" or "of the"."""
    for at in range(1, len(key)):
        yield key[:at], key[at:]
        if key[at] == "of" and at + 1 < len(key):
            yield key[at + (2 if key[at + 1] == "the" and at + 2 < len(key) else 1) :], key[:at]


def _choice(free: list[_Hit]) -> _Hit | None:
    """The one that a name stands for, or None where the text leaves it open."""
    most = max(hit.weight for hit in free)
    best = [hit for hit in free if hit.weight == most]
    if len(best) > 1:  # of several alike, the one that goes by the name wherever nothing speaks for another
        best = [hit for hit in best if not hit.needs_support]
    if len(best) != 1:
        return None
    return best[0] if most or not best[0].needs_support else None


def _is_one(text: str, run: list[Word]) -> bool:
    """Words that only white space, hyphens or a slash part; "in Syria. Iraq" is not one name."""
    return all(
        text[one.span.end : other.span.start].strip() in {"", "-", "‑", "/", "&"} for one, other in pairwise(run)
    )
