"""Who takes part in an event: puts the places that the word lists name ("obj", "against") to the tree.

In:   Triggers.   Out: for each the tokens of actor, recipient and place.
Knows nothing of: flags, quantities, who a pronoun stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.resolve.doers import Doers
from sayso.resolve.roles import (
    after,
    base,
    case,
    conjuncts,
    counted,
    object_,
    possessor,
    subject,
    surface_subject,
)
from sayso.resolve.triggers import Trigger, Triggers

# Whoever is asked or accused does the governed event; of the rest, whoever speaks.
_ASKED = frozenset({"REQUEST", "ACCUSE"})
# What is said of an event is said to whomever it is done to: "refused to sell grain to Dorvan".
_PASSED_UP = frozenset({"AGREE", "REJECT", "THREATEN", "CONCEDE"})
_BESIDE = frozenset({"while", "as", "when", "because", "although", "though", "since", "after", "before"})
_ABOUT = frozenset({"on", "about", "over", "regarding", "concerning"})
_POINTING = frozenset({"what", "which", "whatever", "that", "this"})  # relative ones have given way to their nouns
_REFLEXIVE = frozenset({"himself", "itself", "themselves", "herself", "themself"})
_PLACES = ("in", "at", "near", "outside", "inside", "around", "across", "throughout", "on")


class Roles(NamedTuple):
    """Tokens that head the phrases of an event's parties."""

    actor: int | None = None
    recipient: int | None = None


class Parties:
    """Answers who is who; what was worked out once is kept, as a governing event asks for the governed one's."""

    def __init__(self, triggers: Triggers) -> None:
        self.triggers, self.syntax, self.ontology = triggers, triggers.syntax, triggers.ontology
        self.naming, self.doers = triggers.naming, Doers(triggers)
        self.above: dict[int, Trigger] = {}
        self.helpers: dict[int, list[int]] = {}
        self._known: dict[int, Roles] = {}

    def of(self, t: Trigger) -> Roles:
        if t.token not in self._known:
            self._known[t.token] = Roles()  # asked again while it is worked out: nobody yet
            own = self._own(t)
            self._known[t.token] = own
            self._known[t.token] = self._completed(t, own)
        return self._known[t.token]

    def place(self, t: Trigger, roles: Roles) -> int | None:
        around = [
            *self.triggers.carrying.carriers(t.token),
            *self.helpers.get(t.token, ()),
            *(r for r in roles if r is not None and self.syntax.upos[r] != "PROPN"),  # "the Embassy in Velm" is a name
        ]
        for token in around:
            for preposition in _PLACES:
                found = after(self.syntax, token, preposition)
                if found is not None and found not in roles and self.naming.is_place(found):
                    return found
        return None

    # --- what the event's own words say ---------------------------------------------------------------------------

    def _own(self, t: Trigger) -> Roles:
        carriers = self.triggers.carrying.carriers(t.token)
        kind = self.ontology.kinds[t.booked.type]
        places = t.word.recipient if t.word.recipient is not None else kind.recipient
        used = set(t.parts)
        actor = self._first(t.word.actor, t, carriers, used)
        if actor is not None and (self.doers.is_thing(actor) or counted(self.syntax, actor) == t.token):
            actor = self.doers.of_thing(actor)  # "thousands of shootings" is no one who shoots
        helpers = self.helpers.get(t.token, [])
        if actor is None and t.word.actor == ("subj",):
            actor = next((a for h in helpers for a in [self.doers.of_noun(h, [h])] if a is not None), None)
        if actor is not None:
            used |= set(conjuncts(self.syntax, actor))
        if len(carriers) > 1 and self.doers.is_undergone(t.token, carriers[1]):
            # "was put under investigation"; but "received allegations that the guards fled" accuses the guards.
            places = ("clause", "obj", *places) if t.booked.type == "ACCUSE" else ("obj", *places)
        recipient = self._first(places, t, carriers, used, speech=kind.speech)
        for h in helpers:
            known = self.triggers.at(h)
            if recipient is None and known is not None:
                recipient = self._first(places, known, [h], used)
        if recipient is None and len(carriers) > 1 and actor is not None:  # "gave the mayor a warning"
            got = (c for v in carriers[1:] for c in self.syntax.children(v) if self.syntax.rel[c] == "iobj")
            recipient = next((c for c in got if self.naming.is_party(c)), None)
        if recipient is None and t.word.mutual and actor is not None:
            several = len(conjuncts(self.syntax, actor)) > 1 or self.syntax.xpos[actor] in {"NNS", "NNPS"}
            recipient = actor if several else None
        return Roles(actor, recipient)

    def _first(
        self, places: Sequence[str], t: Trigger, carriers: list[int], used: set[int], *, speech: bool = False
    ) -> int | None:
        """The first place that is filled; of what is done with words, first one that is filled by somebody."""
        fallback: int | None = None
        for place in places:
            for found in self._at(place, t, carriers):
                lemma = self.syntax.lemma[found].lower()
                if found == t.inner and not self.naming.is_party(found):
                    who = self._answerable(found, t) if speech else None
                    if who is not None and who not in used and not self._is_own(who):
                        return who
                    continue
                if (
                    found in used
                    or self.naming.is_when(found)
                    or lemma in _REFLEXIVE
                    or self.syntax.upos[found] in {"VERB", "AUX", "ADV"}
                ):
                    continue
                if not speech and place not in {"subj", "obj", "iobj", "poss"} and self.doers.is_thing(found):
                    continue
                if self.syntax.lemma[found].lower() in _POINTING:
                    continue
                if not speech or self.naming.is_party(counted(self.syntax, found)):
                    return found
                who = self._answerable(found, t)
                if who is not None and who not in used:
                    return who
                if fallback is None and place == "obj" and not self.doers.is_thing(found) and found != t.inner:
                    fallback = found
        return fallback

    def _is_own(self, who: int) -> bool:
        """ "renewed its call": the pronoun is the actor's."""
        owned = self.syntax.upos[who] == "PRON" and self.syntax.rel[who] == "nmod:poss"
        return owned and self.naming.meant(who) is not None

    def _answerable(self, found: int, t: Trigger) -> int | None:
        """Of "condemned Tarnia's raid", "rejected the offer of the council": the one whose raid or offer it is."""
        owner = possessor(self.syntax, found)
        if owner is not None and self.naming.is_party(owner):
            return owner
        if not self.doers.is_thing(found) and found != t.inner:
            return None
        return self.doers.of_thing(found)

    def _at(self, place: str, t: Trigger, carriers: list[int]) -> Iterator[int]:
        """What stands at a place that the word lists name: "subj", "obj", "iobj", "poss", "clause" or a preposition."""
        syntax, verbal = self.syntax, self.syntax.upos[t.token] in {"VERB", "AUX"}
        found: list[int | None] = []
        if place == "subj":
            if verbal:
                found.append(subject(syntax, t.token))
            elif syntax.upos[t.token] == "ADJ" and not self.naming.is_noun(t.token):
                found.append(surface_subject(syntax, t.token))
            else:
                found.append(self.doers.of_noun(t.token, carriers))
        elif place == "obj":
            found += self._objects(t, carriers, verbal=verbal)
        elif place == "iobj":
            for v in carriers:
                found += [c for c in syntax.children(v) if syntax.rel[c] == "iobj"]
                twice = [c for c in syntax.children(v) if syntax.rel[c] == "obj"]
                found += twice[:1] if len(twice) > 1 else []
        elif place == "poss":
            found.append(possessor(syntax, t.token))
        elif place == "clause":
            found += self._of_clause(t)
        elif place != "none":
            found += [after(syntax, carrier, place) for carrier in (*carriers, *t.parts)]
            found += [syntax.head[p] for p in t.parts if syntax.rel[p] == "case" and syntax.lemma[p].lower() == place]
            if verbal:
                things = [object_(syntax, t.token), *(syntax.head[p] for p in t.parts if syntax.rel[p] == "case")]
                found += [
                    after(syntax, x, place)
                    for t in things
                    if t is not None
                    for x in dict.fromkeys((t, counted(syntax, t)))
                ]
            found = [f for f in found if f is not None and (f != t.inner or self.naming.is_party(f))]
        yield from (f for f in found if f is not None)

    def _of_clause(self, t: Trigger) -> Iterator[int | None]:
        syntax = self.syntax
        for c in syntax.children(t.token):
            if syntax.rel[c] in {"ccomp", "xcomp", "acl", "advcl"}:
                yield from (
                    x
                    for x in syntax.children(c)
                    if syntax.rel[x] in {"nsubj", "nsubj:pass"} and syntax.rel[c] != "advcl"
                )
        known = self.triggers.at(t.inner) if t.inner is not None else None
        if known is not None and known.code is not None:
            yield self._own(known).actor

    def _objects(self, t: Trigger, carriers: list[int], *, verbal: bool) -> Iterator[int | None]:
        syntax = self.syntax
        if verbal:
            yield object_(syntax, t.token)
            if syntax.xpos[t.token] == "VBG" and after(syntax, t.token, "by") is not None:
                yield possessor(syntax, t.token)  # "Orlec's killing by the police"
            yield from (syntax.head[p] for p in t.parts if syntax.rel[p] == "case")
            return
        if len(carriers) > 1 and self.doers.is_undergone(t.token, carriers[1]):
            if object_(syntax, carriers[1]) != t.token:
                yield object_(syntax, carriers[1])
            yield surface_subject(syntax, carriers[1])
        yield after(syntax, t.token, "of")
        by = after(syntax, t.token, "by") is not None
        for c in syntax.children(t.token):
            lemma = syntax.lemma[c].lower()
            undergoes = by or self.doers.is_done_to_owner(t.token)
            if (syntax.rel[c] == "nmod:poss" and undergoes) or (
                syntax.rel[c] in {"compound", "nmod:desc"} and self.ontology.has(lemma, ("@victim",))
            ):
                yield c

    def _completed(self, t: Trigger, own: Roles) -> Roles:
        """What other events know and this one lacks: who was asked to do it, who refused it, whom it is aimed at."""
        actor, recipient = own
        at, seen = t.token, {t.token}
        while (over := self.above.get(at)) is not None and over.token not in seen:
            seen.add(over.token)
            at = over.token
            if over.code is None:
                told = base(self.syntax, t.token) == "ccomp"  # what is warned of is not yet of whoever warns
                if actor is None and t.word.actor == ("subj",) and self.syntax.upos[at] == "VERB" and not told:
                    actor = subject(self.syntax, at)
                continue
            doer, asked = self.of(over)
            # "recommendations on the clashes": who is asked has no part in what the asking is about
            if actor is None and t.word.actor == ("subj",) and case(self.syntax, t.token) not in _ABOUT:
                actor = asked if over.code.type in _ASKED else doer
                actor = None if actor == recipient or (actor is not None and self.doers.is_thing(actor)) else actor
            break
        if recipient is None and t.inner is not None and t.booked.type not in _ASKED:
            known = self.triggers.at(t.inner)
            recipient = self._other(self.of(known), actor) if known is not None and known.code is not None else None
        # To whom it is said to be done is not accused of it.
        if recipient is None and t.booked.type in _PASSED_UP | {"PROTEST", "MOBILIZE", "SUPPORT", "ASSAULT"}:
            recipient = self._aimed_at(t, actor)
        if recipient is None and t.booked.type in _PASSED_UP:
            recipient = self._in_clause(t, actor)
        if t.booked.type == "PROTEST" and recipient is not None and not self.naming.is_party(recipient):
            aim = self._aimed_at(t, actor)  # whom a blocked road is to move, rather than the road
            recipient = recipient if aim is None else aim
        return Roles(actor, recipient)

    def _other(self, roles: Roles, actor: int | None) -> int | None:
        return next(
            (r for r in (roles.recipient, roles.actor) if r is not None and r != actor and not self._same(r, actor)),
            None,
        )

    def _same(self, one: int, other: int | None) -> bool:
        return other is not None and (
            self.syntax.upos[one] == "PRON" or self.syntax.lemma[one] == self.syntax.lemma[other]
        )

    def _aimed_at(self, t: Trigger, actor: int | None) -> int | None:
        """ "marched to demand the mayor's dismissal": the one of whom it is demanded."""
        tops = self.triggers.carrying.carriers(t.token)
        near = [c for top in tops for c in self.syntax.children(top)]
        below = [x for c in near for x in (c, *(self.syntax.children(c) if self.syntax.rel[c] != "acl:relcl" else ()))]
        for x in dict.fromkeys(below):
            known = self.triggers.at(x)
            if self._is_meanwhile(x):
                continue
            clause = (
                base(self.syntax, x) in {"obl", "nmod", "obj", "advcl", "acl", "xcomp"}
                and self.syntax.rel[x] != "acl:relcl"
            )
            if known is None or known.code is None or x in tops or x in t.parts or not clause:
                continue
            found = self._own(known)
            who = found.recipient if found.recipient is not None else found.actor
            if t.code is not None and t.booked.type == "ASSAULT" and self.syntax.rel[x] not in {"advcl", "acl"}:
                continue
            if who is not None and who != actor and self.syntax.upos[who] != "PRON" and not self.doers.is_thing(who):
                return who
        return None

    def _is_meanwhile(self, clause: int) -> bool:
        """ "reluctant to act while it talks with Russia": what goes on beside it is not what it is aimed at."""
        marks = (c for c in self.syntax.children(clause) if self.syntax.rel[c] in {"mark", "advmod"})
        return any(self.syntax.lemma[m].lower() in _BESIDE for m in marks)

    def _in_clause(self, t: Trigger, actor: int | None) -> int | None:
        """Of a clause without a word for an event: whom it names; of a threat: whose doing is its condition."""
        syntax = self.syntax
        conditions, found = [], []
        for c in syntax.children(t.token):
            if syntax.rel[c] in {"xcomp", "ccomp"}:
                things = [c, *(o for o in (object_(syntax, c),) if o is not None)]
                found += [
                    object_(syntax, c),
                    *(after(syntax, x, p) for x in things for p in ("against", "to", "on", "with", "at", "for")),
                ]
            if syntax.rel[c] == "advcl" or syntax.rel[c] in {"xcomp", "ccomp"}:
                conditions += [x for x in (c, *syntax.children(c)) if self._is_condition(x)]
        if t.code is not None and t.booked.type == "THREATEN":
            found += [subject(syntax, c) for c in conditions]
        for who in found:
            if (
                who is not None
                and who != actor
                and syntax.upos[who] != "PRON"
                and self.naming.is_party(counted(syntax, who))
            ):
                return who
        return None

    def _is_condition(self, clause: int) -> bool:
        marks = (self.syntax.lemma[c].lower() for c in self.syntax.children(clause) if self.syntax.rel[c] == "mark")
        return self.syntax.rel[clause] == "advcl" and any(m in {"if", "unless"} for m in marks)
