"""Who did what to whom: codes the events of some passages in PLOVER's types.

In:   Syntax, spans, Ontology.   Out: Coded: Events with the words of each field, or the reason why there are none.
Knows nothing of: who is speaking, when it happened, which entity a party is.

What is coded is what the words say, not what is so. An accusation is an ACCUSE by whoever makes it, and the alleged
event beside it, ``within`` the accusation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from sayso.records import Phrase, phrase
from sayso.resolve.flags import Flag, flags
from sayso.resolve.plover import Code, EventType, FlagName, Ontology
from sayso.resolve.quantities import Quantity, quantities
from sayso.resolve.roles import Party, after, base, case, conjuncts, counted, is_passive, object_, party, possessor, subject, surface_subject
from sayso.resolve.triggers import Trigger, Triggers
from sayso.spans import Span
from sayso.syntax import Syntax

NotCoded = Literal["no words", "no clause", "state or opinion", "no event word", "no actor in the text"]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event as the text puts it.

    ``flags`` give the words behind the four booleans. ``within``: the place in ``Coded.events`` of the event that asks
    for this one, refuses it, alleges it. ``plover``: the one code that PLOVER books, "TYPE" or "TYPE/mode": what is
    to come or was refused is another type there.
    """

    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    trigger: Phrase
    actor: Party | None = None
    recipient: Party | None = None
    place: Party | None = None
    quantities: tuple[Quantity, ...] = ()
    negated: bool = False
    hypothetical: bool = False
    future: bool = False
    historical: bool = False
    flags: tuple[Flag, ...] = ()
    within: int | None = None
    plover: str
    cameo: str | None = None


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """The events of a passage, in each sentence from the top of its tree down; or why there are none."""

    events: tuple[Event, ...] = ()
    reason: NotCoded | None = None


def events_in(syntax: Syntax, spans: Sequence[Span], ontology: Ontology, year: int | None = None) -> Coded:
    """The events whose words stand in ``spans``; their parties may stand outside. ``year``: the document's, if known."""
    tokens = sorted({t for span in spans for t in syntax.within(span)})
    if not tokens:
        return Coded(reason="no words")
    return _Coder(syntax, ontology, tokens, year).coded()


def plover_code(event: Event, ontology: Ontology) -> Code:
    """The one code that PLOVER books for an event: "will meet" is an agreement, "will not meet" a refusal."""
    return _booked(ontology, Code(event.type, event.mode), negated=event.negated, future=event.future)


def _booked(ontology: Ontology, code: Code, *, negated: bool, future: bool) -> Code:
    name = ("will not" if negated else "will") if future else None
    return (ontology.operators[name].code(code) if name else None) or code


class _Coder:
    """The passage being read. It holds no state that outlives ``coded``."""

    def __init__(self, syntax: Syntax, ontology: Ontology, tokens: list[int], year: int | None) -> None:
        self.syntax, self.ontology, self.tokens, self.year = syntax, ontology, tokens, year
        self.triggers = Triggers(syntax, ontology)

    def coded(self) -> Coded:
        found = [t for t in map(self.triggers.at, self.tokens) if t is not None]
        taken = {p for t in found if t.code for p in t.parts}
        merged = self._merged([t for t in found if t.code and t.token not in taken])
        told = [t for t in found if t.code and t.token not in taken and t.token not in merged]
        dropped = {t.inner for t in found if t.operator and t.operator.inner == "drop" and t.inner is not None}
        told = [t for t in told if t.token not in dropped]
        told.sort(key=lambda t: (self.syntax.sentence[t.token], self._depth(t.token), t.token))
        above = self._above(found)
        within = {t.token: self._owner(t.token, above, {x.token for x in told}) for t in told}
        told.sort(key=lambda t: (self.syntax.sentence[t.token], within[t.token] is not None))  # stable: still top down
        place = {t.token: n for n, t in enumerate(told)}
        numbers = quantities(self.syntax, self.tokens)
        parties: dict[int, tuple[int | None, int | None]] = {}
        events: list[Event] = []
        bare = False
        for t in told:
            event = self._event(t, merged, above, numbers, parties)
            owner = within[t.token]
            if event is None:
                bare = True
                place.pop(t.token)
                place = {k: n - (n > len(events)) for k, n in place.items()}
                continue
            events.append(msgspec.structs.replace(event, within=place.get(owner) if owner is not None else None))
        if events:
            return Coded(events=tuple(events))
        return Coded(reason="no actor in the text" if bare else self._why())

    def _depth(self, token: int) -> int:
        return sum(1 for _ in self.syntax.ancestors(token))

    # --- which words tell one event together ---------------------------------------------------------------------

    def _merged(self, found: list[Trigger]) -> dict[int, int]:
        """Nouns that tell the same event as another word: "were killed in an air strike" is one event."""
        at = {t.token: t for t in found}
        out: dict[int, int] = {}
        for t in found:
            head = self.syntax.head[t.token]
            if self.syntax.upos[t.token] == "VERB" and self.syntax.xpos[t.token] != "VBG":
                continue
            rel = base(self.syntax, t.token)
            other = at.get(head)
            if other is None or head == t.token:
                continue
            assert t.code and other.code
            same = t.code.type == other.code.type
            if rel in {"compound", "amod"} and other.inner != t.token:
                out[t.token] = head
            elif same and rel in {"nsubj", "obl"} and (rel == "nsubj" or case(self.syntax, t.token) in {"in", "by", "with", "during", "of", "from"}):
                out[t.token] = head
            elif same and rel == "nmod" and other.inner != t.token and case(self.syntax, t.token) in {"of", "in", "by"}:
                out[t.token] = head
        return out

    def _above(self, found: list[Trigger]) -> dict[int, Trigger]:
        """Governed event -> the operator next above it."""
        return {t.inner: t for t in found if t.operator and t.inner is not None}

    def _owner(self, token: int, above: dict[int, Trigger], told: set[int]) -> int | None:
        seen = {token}
        while (t := above.get(token)) is not None and t.token not in seen:
            if t.token in told:
                return t.token
            token = t.token
            seen.add(token)
        return None

    # --- one event ------------------------------------------------------------------------------------------------

    def _event(
        self,
        t: Trigger,
        merged: dict[int, int],
        above: dict[int, Trigger],
        numbers: list[tuple[int, Quantity]],
        parties: dict[int, tuple[int | None, int | None]],
    ) -> Event | None:
        assert t.code is not None
        syntax = self.syntax
        helpers = [n for n, head in merged.items() if head == t.token]
        carriers = self.triggers.carriers(t.token)
        actor, recipient = self._roles(t, carriers, helpers)
        actor, recipient = self._shared(t, above, parties, actor, recipient)
        parties[t.token] = actor, recipient
        if actor is None and recipient is None and len(carriers) == 1 and syntax.upos[t.token] != "VERB" and t.token not in above:
            return None
        code = Code(t.code.type, t.code.mode or self._mode(t, helpers, actor))
        marks = self._flags(t, carriers, above)
        names = {f.name for f in marks}
        booked = _booked(self.ontology, code, negated="negated" in names, future="future" in names and t.token not in above)
        spans = tuple(sorted(syntax.span(x) for x in {t.token, *t.parts, *carriers}))
        return Event(
            type=code.type,
            mode=code.mode,
            contexts=self._contexts(t.token),
            trigger=phrase(syntax.text, spans),
            actor=self._party(actor),
            recipient=self._party(recipient),
            place=self._party(self._place(carriers, helpers, {actor, recipient})),
            quantities=tuple(q for anchor, q in numbers if self._belongs(anchor, t, carriers, helpers)),
            negated="negated" in names,
            hypothetical="hypothetical" in names,
            future="future" in names,
            historical="historical" in names,
            flags=marks,
            plover=str(booked),
            cameo=self._cameo(booked),
        )

    def _party(self, token: int | None) -> Party | None:
        return None if token is None else party(self.syntax, token, self._sector)

    def _sector(self, token: int) -> str | None:
        return self.ontology.sector_of.get(self.syntax.lemma[token].lower())

    def _cameo(self, code: Code) -> str | None:
        rows = self.ontology.cameo.values()
        exact = (r.cameo for r in rows if r.code == str(code))
        return next(exact, None) or next((r.cameo for r in rows if r.code == code.type), None)

    def _mode(self, t: Trigger, helpers: list[int], actor: int | None) -> str | None:
        """A mode that other words of the clause show."""
        assert t.code is not None
        for helper in helpers:
            known = self.triggers.at(helper)
            if known and known.code and known.code.type == t.code.type and known.code.mode:
                return known.code.mode
        near = set(self.syntax.subtree(t.token)) | ({actor} if actor is not None else set())
        near = {x for x in near if not self._other_clause(x, t.token)}
        lemmas = {self.syntax.lemma[x].lower() for x in near}
        for mode in self.ontology.kinds[t.code.type].modes:
            if not lemmas.isdisjoint(mode.cues):
                return mode.name
        return None

    def _other_clause(self, token: int, top: int) -> bool:
        while token != top:
            if self.syntax.rel[token] in {"conj", "acl:relcl", "parataxis", "ccomp", "advcl"} and self.syntax.upos[token] in {"VERB", "AUX"}:
                return True
            if self.syntax.head[token] == token:
                return False
            token = self.syntax.head[token]
        return False

    def _contexts(self, token: int) -> tuple[str, ...]:
        around = [x for x in self.syntax.sentence_of(token) if x in range(self.tokens[0], self.tokens[-1] + 1)]
        words = {w for x in around for w in (self.syntax.lemma[x].lower(), self.syntax.form(x).lower())}
        words |= {f"{self.syntax.lemma[a].lower()} {self.syntax.lemma[b].lower()}" for a, b in zip(around, around[1:], strict=False)}
        return tuple(c.name for c in self.ontology.contexts if not words.isdisjoint(c.words))

    def _flags(self, t: Trigger, carriers: list[int], above: dict[int, Trigger]) -> tuple[Flag, ...]:
        found = {f.name: f for f in flags(self.syntax, t.token, carriers, self.year)}
        at, seen = t.token, {t.token}
        while (over := above.get(at)) is not None and over.token not in seen:
            assert over.operator is not None
            name = over.operator.inner
            if name not in {"stands", "drop"}:
                flag: FlagName = name  # type: ignore[assignment]
                found.setdefault(flag, Flag(name=flag, spans=(self.syntax.span(over.token),)))
            if over.code is not None:
                break
            for own in flags(self.syntax, over.token, self.triggers.carriers(over.token), self.year):
                found.setdefault(own.name, own)  # "may plan to", "did not try to"
            at = over.token
            seen.add(at)
        return tuple(found[n] for n in ("negated", "hypothetical", "future", "historical") if n in found)

    def _belongs(self, anchor: int, t: Trigger, carriers: list[int], helpers: list[int]) -> bool:
        """Does a number hang from this event, with no other event between?"""
        own = {t.token, *carriers, *helpers, *t.parts}
        at = anchor
        while True:
            if at in own:
                return True
            known = self.triggers.at(at)
            if (known is not None and known.code is not None and at != anchor) or self.syntax.head[at] == at:
                return False
            at = self.syntax.head[at]

    # --- roles ----------------------------------------------------------------------------------------------------

    def _roles(self, t: Trigger, carriers: list[int], helpers: list[int]) -> tuple[int | None, int | None]:
        assert t.code is not None
        kind = self.ontology.kinds[t.code.type]
        places = t.word.recipient if t.word.recipient is not None else kind.recipient
        used: set[int] = set(t.parts)
        actor = self._first(t.word.actor, t, carriers, used)
        if actor is not None and self._is_thing(actor):
            actor = self._doer(actor)
        if actor is None and t.word.actor == ("subj",):
            actor = next((a for h in helpers for a in [self._actor_of_noun(h, [h])] if a is not None), None)
        if actor is not None:
            used |= {actor, *conjuncts(self.syntax, actor)}
        recipient = self._first(places, t, carriers, used)
        if recipient is None:
            for h in helpers:
                known = self.triggers.at(h)
                recipient = recipient or (self._first(places, known, [h], used) if known else None)
        if recipient is not None and kind.speech:
            recipient = self._answerable(recipient, t, used)
        if recipient is None and t.word.mutual and actor is not None and len(conjuncts(self.syntax, actor)) > 1:
            recipient = actor
        if recipient is None and t.word.mutual and actor is not None and self.syntax.xpos[actor] in {"NNS", "NNPS"}:
            recipient = actor
        return actor, recipient

    def _first(self, places: Sequence[str], t: Trigger, carriers: list[int], used: set[int]) -> int | None:
        for place in places:
            for found in self._at(place, t, carriers):
                lemma = self.syntax.lemma[found].lower()
                gone = found in used or self.ontology.has(lemma, ("@time",)) or lemma in {"himself", "itself", "themselves", "herself"}
                if not gone and self.syntax.upos[found] not in {"VERB", "AUX", "ADV"}:
                    return found
        return None

    def _at(self, place: str, t: Trigger, carriers: list[int]) -> Iterator[int]:
        """What stands at a place that the word lists name: "subj", "obj", "iobj", "poss", "clause" or a preposition."""
        syntax, verbal = self.syntax, self.syntax.upos[t.token] in {"VERB", "AUX"}
        if place == "none":
            return
        if place == "subj":
            found = subject(syntax, t.token) if verbal else self._actor_of_noun(t.token, carriers)
            if found is None and verbal and self._expletive(t.token):
                found = None
            yield from (f for f in (found,) if f is not None)
        elif place == "obj":
            yield from self._objects(t, carriers, verbal=verbal)
        elif place == "iobj":
            yield from (c for v in carriers for c in syntax.children(v) if syntax.rel[c] == "iobj")
        elif place == "poss":
            yield from (p for p in (possessor(syntax, t.token),) if p is not None)
        elif place == "clause":
            if t.inner is not None:
                known = self.triggers.at(t.inner)
                if known is not None:
                    who = subject(syntax, t.inner) if syntax.upos[t.inner] == "VERB" else self._actor_of_noun(t.inner, self.triggers.carriers(t.inner))
                    yield from (w for w in (who,) if w is not None)
            for c in syntax.children(t.token):
                if syntax.rel[c] in {"ccomp", "xcomp", "acl"}:
                    yield from (x for x in syntax.children(c) if syntax.rel[x] in {"nsubj", "nsubj:pass"})
        else:
            for carrier in (*carriers, *t.parts):
                found = after(syntax, carrier, place)
                if found is not None and found != t.inner:
                    yield found
            for p in t.parts:
                if syntax.rel[p] == "case" and syntax.lemma[p].lower() == place:
                    yield syntax.head[p]
            if verbal and (thing := object_(syntax, t.token)) is not None:
                yield from (f for f in (after(syntax, thing, place),) if f is not None and f != t.inner)

    def _objects(self, t: Trigger, carriers: list[int], *, verbal: bool) -> Iterator[int]:
        syntax = self.syntax
        if verbal:
            found = object_(syntax, t.token)
            if found is not None:
                yield found
            yield from (syntax.head[p] for p in t.parts if syntax.rel[p] == "case")
            return
        of = after(syntax, t.token, "of")
        if of is not None:
            yield of
        by = after(syntax, t.token, "by") is not None
        for c in syntax.children(t.token):
            if syntax.rel[c] == "nmod:poss" and by:
                yield c
            elif syntax.rel[c] in {"compound", "nmod:desc"} and syntax.upos[c] == "NOUN" and self.ontology.is_agent(syntax.lemma[c].lower()) and not self._is_doing(t, c):
                yield c

    def _is_doing(self, t: Trigger, noun: int) -> bool:
        """"police raid": the police do it. "hostage rescue": it is done to them."""
        lemma = self.syntax.lemma[noun].lower()
        return not self.ontology.has(lemma, ("@victim",)) or t.word.actor == ("obj",)

    def _actor_of_noun(self, noun: int, carriers: list[int]) -> int | None:
        """Whose attack, visit, promise it is."""
        syntax = self.syntax
        by = after(syntax, noun, "by")
        if by is not None and not self.ontology.has(syntax.lemma[by].lower(), ("@time",)):
            return by
        for carrier in carriers[1:]:
            if syntax.rel[carrier] in {"acl", "acl:relcl"} or is_passive(syntax, carrier):
                who = after(syntax, carrier, "by") if is_passive(syntax, carrier) else subject(syntax, carrier)
                who = who if who is not None else next((c for c in syntax.children(carrier) if syntax.rel[c] == "obl:agent"), None)
            else:
                who = surface_subject(syntax, carrier)
            if who is not None and who != noun and not self._is_thing(who) and who not in conjuncts(syntax, noun):
                return who
        owner = possessor(syntax, noun)
        if owner is not None and not self.ontology.has(syntax.lemma[owner].lower(), ("@time",)):
            return owner
        between = after(syntax, noun, "between") or after(syntax, noun, "among")
        if between is not None:
            return between
        for c in syntax.children(noun):
            if syntax.rel[c] in {"amod", "compound", "nmod:desc", "nmod"} and not case(syntax, c):
                if self.triggers.is_people(c) or (syntax.upos[c] == "PROPN" and self.triggers.is_party(c)):
                    return c
                lemma = syntax.lemma[c].lower()
                if syntax.upos[c] == "NOUN" and self.ontology.is_agent(lemma) and not self.ontology.has(lemma, ("@victim",)):
                    return c
        return after(syntax, noun, "from") or self._of_agent(noun)

    def _of_agent(self, noun: int) -> int | None:
        """"the withdrawal of the army": what has no other object is done by its "of", if that can act."""
        known = self.triggers.at(noun)
        of = after(self.syntax, noun, "of")
        if known is None or of is None or "obj" in (known.word.recipient or self.ontology.kinds[known.code.type].recipient if known.code else ("obj",)):
            return None
        return of if self.triggers.is_party(of) else None

    def _expletive(self, verb: int) -> bool:
        return any(self.syntax.rel[c] == "expl" for c in self.syntax.children(verb))

    def _is_thing(self, token: int) -> bool:
        """A word for an event or a thing: it does not act."""
        known = self.triggers.at(token)
        lemma = self.syntax.lemma[token].lower()
        if self.syntax.upos[token] == "PROPN" or self.ontology.is_agent(lemma):
            return False
        return self.ontology.has(lemma, ("@thing", "@weapon", "@abstract")) or (known is not None and known.code is not None)

    def _doer(self, thing: int) -> int | None:
        """Whose plan, attack or bomb it is."""
        known = self.triggers.at(thing)
        who = self._actor_of_noun(thing, self.triggers.carriers(thing) if known else [thing])
        if who is not None and self._is_thing(who):
            return None
        if who is None and (of := after(self.syntax, thing, "of")) is not None and not (known and known.code):
            who = of if self.triggers.is_party(of) else self._doer(of) if self._is_thing(of) and of != thing else None
        return who

    def _answerable(self, found: int, t: Trigger, used: set[int]) -> int | None:
        """Of "condemned Tarnia's raid", "rejected the offer of the council": the one whose raid or offer it is."""
        if not self._is_thing(found) and found != t.inner:
            owner = possessor(self.syntax, found)
            person = self.triggers.is_party(found)
            return owner if owner is not None and not person and self.triggers.is_party(owner) and owner not in used else found
        who = self._doer(found)
        return who if who is not None and who not in used else None

    def _shared(
        self,
        t: Trigger,
        above: dict[int, Trigger],
        parties: dict[int, tuple[int | None, int | None]],
        actor: int | None,
        recipient: int | None,
    ) -> tuple[int | None, int | None]:
        """What the operator knows and the event lacks: who was asked to do it, who refused it."""
        at, seen = t.token, set()
        while (over := above.get(at)) is not None and over.token not in seen:
            seen.add(over.token)
            if over.token in parties:
                doer, asked = parties[over.token]
                kind = over.code.type if over.code else None
                if actor is None and t.word.actor == ("subj",):
                    actor = asked if kind in {"REQUEST", "ACCUSE"} else doer
                    actor = None if actor == recipient else actor
                if recipient is None and kind in {"AGREE", "REJECT", "THREATEN", "CONCEDE"} and asked != actor:
                    recipient = asked
                break
            at = over.token
            if actor is None and t.word.actor == ("subj",) and self.syntax.upos[at] == "VERB":
                actor = subject(self.syntax, at)
        return actor, recipient

    # --- place, reason --------------------------------------------------------------------------------------------

    def _place(self, carriers: list[int], helpers: list[int], parties: set[int | None]) -> int | None:
        around = [*carriers, *helpers, *(p for p in parties if p is not None)]
        for preposition in ("in", "at", "near", "outside", "inside", "around", "across", "on", "throughout"):
            for token in around:
                found = after(self.syntax, token, preposition)
                if found is not None and found not in parties and self._is_place(found):
                    return found
        return None

    def _is_place(self, token: int) -> bool:
        lemma = self.syntax.lemma[token].lower()
        if self.ontology.has(lemma, ("@time",)):
            return False
        if self.ontology.has(lemma, ("@place",)):
            return True
        span = self.syntax.span(token)
        named = [n for n in self.syntax.names if n.span.overlaps(span)]
        return self.syntax.upos[token] == "PROPN" and (not named or any(n.kind == "LOC" for n in named))

    def _why(self) -> NotCoded:
        syntax = self.syntax
        verbs = [t for t in self.tokens if syntax.upos[t] == "VERB"]
        tops = [t for t in self.tokens if syntax.head[t] == t or syntax.head[t] not in self.tokens]
        said = any(syntax.rel[c] in {"cop", "aux"} or base(syntax, c) == "nsubj" for t in tops for c in syntax.children(t))
        if not verbs and not said:
            return "no clause"
        if all(syntax.upos[t] != "VERB" or self.ontology.has(syntax.lemma[t].lower(), ("@state",)) for t in tops):
            return "state or opinion"
        return "no event word"
