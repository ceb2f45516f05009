"""Who did what to whom: codes the events of some passages in PLOVER's types.

In:   Syntax, spans, Ontology.   Out: Coded: Events with the words of each field, or the reason why there are none.
Knows nothing of: who is speaking, when it happened, which entity a party is.

What is coded is what the words say, not what is so. An accusation is an ACCUSE by whoever makes it, and the alleged
event beside it, ``within`` the accusation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from sayso.records import Phrase, phrase
from sayso.resolve.flags import Flag, flags
from sayso.resolve.lemmas import fitted
from sayso.resolve.parties import Parties
from sayso.resolve.plover import Code, EventType, FlagName, Ontology
from sayso.resolve.quantities import Quantity, quantities
from sayso.resolve.roles import Party, base, case, party
from sayso.resolve.triggers import Trigger, Triggers
from sayso.spans import Span
from sayso.syntax import Syntax

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_BY_WHICH = frozenset({"in", "by", "with", "during", "of", "from"})
_CLAUSES = frozenset({"conj", "acl:relcl", "parataxis", "ccomp", "advcl"})
# What is asked, refused, alleged or threatened is an event of its own beside the asking.
_SPOKEN = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN"})
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
    """The events of one passage. For the many claims of a text, make one ``Coder`` and ask it for each."""
    return Coder(syntax, ontology, year).events_in(spans)


def _latest_year(text: str) -> int | None:
    return max((int(y) for y in _YEAR.findall(text)), default=None)


class Coder:
    """Reads the events of a text. ``year``: the document's; if unknown the latest that it names stands in for it.

    Words are looked up once for all passages.
    """

    def __init__(self, syntax: Syntax, ontology: Ontology, year: int | None = None) -> None:
        self.syntax = fitted(syntax, ontology.vocabulary)
        self.ontology, self.year = ontology, year or _latest_year(syntax.text)
        self.triggers = Triggers(self.syntax, ontology)

    def events_in(self, spans: Sequence[Span]) -> Coded:
        """The events whose words stand in ``spans``; their parties may stand outside."""
        inside = {t for span in spans for t in self.syntax.within(span)}
        tokens = sorted(t for t in inside if not self.syntax.form(t).isspace())
        return _Passage(self, tokens).coded() if tokens else Coded(reason="no words")


class _Passage:
    """Some tokens of a text, being read."""

    def __init__(self, coder: Coder, tokens: list[int]) -> None:
        self.syntax, self.ontology, self.year = coder.syntax, coder.ontology, coder.year
        self.tokens, self.triggers = tokens, coder.triggers
        self.parties = Parties(self.triggers)

    def coded(self) -> Coded:
        found = [t for t in map(self.triggers.at, self.tokens) if t is not None]
        taken = {p for t in found if t.code for p in t.parts}
        coded = [t for t in found if t.code and t.token not in taken]
        merged = self._merged(coded)
        dropped = {t.inner for t in found if t.operator and t.operator.inner == "drop"}
        dropped |= {
            o for t in coded if t.operator is None and t.code and t.booked.type not in _SPOKEN for o in self._named(t)
        }
        self.parties.above = self._above(found)
        for noun, head in merged.items():
            self.parties.helpers.setdefault(head, []).append(noun)
        told = [t for t in coded if t.token not in merged and t.token not in dropped]
        told = [t for t in told if self._is_told(t)]
        tokens = {t.token for t in told}
        within = {t.token: self._owner(t.token, tokens) for t in told}
        told.sort(key=lambda t: (self.syntax.sentence[t.token], within[t.token] is not None, self._depth(t), t.token))
        place = {t.token: n for n, t in enumerate(told)}
        numbers = quantities(self.syntax, self.tokens, self.ontology.numbers)
        events = tuple(
            self._event(t, numbers, None if (owner := within[t.token]) is None else place[owner]) for t in told
        )
        if events:
            return Coded(events=events)
        return Coded(reason="no actor in the text" if coded else self._why())

    def _above(self, found: list[Trigger]) -> dict[int, Trigger]:
        """Token -> the operator over it. Of two over one event ("cancelled plans to sell") one is over the other."""
        above: dict[int, Trigger] = {}
        for t in sorted(found, key=lambda t: -sum(1 for _ in self.syntax.ancestors(t.token))):
            if t.operator is None or t.inner is None:
                continue
            at = t.inner
            while at in above:
                at = above[at].token
            if at != t.token:
                above[at] = t
        return above

    def _named(self, t: Trigger) -> list[int]:
        """The nouns of events that a word asks for by name: "lifted the blockade" is one event."""
        if not t.word.object or self.syntax.upos[t.token] != "VERB":
            return []
        return [
            o for o in self.triggers.fitting.objects(t.token, t.parts) if self.triggers.naming.is_one(o, t.word.object)
        ]

    def _is_told(self, t: Trigger) -> bool:
        """A word by itself is a topic ("the war", "peer-reviewed"); with a party or a place an event."""
        if t.token in self.parties.above:
            return True
        roles = self.parties.of(t)
        return any(r is not None for r in roles) or self.parties.place(t, roles) is not None

    def _depth(self, t: Trigger) -> int:
        return sum(1 for _ in self.syntax.ancestors(self.triggers.carrying.carriers(t.token)[-1]))

    # --- which words tell one event together ---------------------------------------------------------------------

    def _merged(self, found: list[Trigger]) -> dict[int, int]:
        """Nouns that tell the same event as another word: "were killed in an air strike" is one event."""
        at = {t.token: t for t in found}
        return {t.token: above.token for t in found if (above := self._same_event(t, at)) is not None}

    def _same_event(self, t: Trigger, at: dict[int, Trigger]) -> Trigger | None:
        """The word that a noun hangs from, if both tell one event."""
        syntax = self.syntax
        other = at.get(syntax.head[t.token])
        verbal = syntax.upos[t.token] == "VERB" and syntax.xpos[t.token] != "VBG"
        if other is None or other.token == t.token or verbal:
            return None
        rel, led_by = base(syntax, t.token), case(syntax, t.token)
        if rel in {"compound", "amod"}:
            return other if other.inner != t.token else None
        if t.booked.type != other.booked.type:
            return None
        told = rel == "nsubj" or (rel == "obl" and led_by in _BY_WHICH)
        part = rel == "nmod" and led_by in {"of", "in", "by"} and other.inner != t.token
        return other if told or part else None

    def _owner(self, token: int, told: set[int]) -> int | None:
        """The event that asks for this one, refuses it, alleges it."""
        seen = {token}
        while (over := self.parties.above.get(token)) is not None and over.token not in seen:
            if over.token in told:
                return over.token
            token = over.token
            seen.add(token)
        return None

    # --- one event ------------------------------------------------------------------------------------------------

    def _event(self, t: Trigger, numbers: list[tuple[int, Quantity]], within: int | None) -> Event:
        syntax = self.syntax
        helpers = self.parties.helpers.get(t.token, [])
        carriers = self.triggers.carrying.carriers(t.token)
        roles = self.parties.of(t)
        code = Code(t.booked.type, t.booked.mode or self._mode(t, helpers, roles.actor))
        marks = self._flags(t, carriers)
        names = {f.name for f in marks}
        booked = self._booked(code, marks) if within is None else code
        spans = tuple(sorted(syntax.span(x) for x in {t.token, *t.parts, *carriers}))
        return Event(
            type=code.type,
            mode=code.mode,
            contexts=self._contexts(t.token),
            trigger=phrase(syntax.text, spans),
            actor=self._party(roles.actor),
            recipient=self._party(roles.recipient),
            place=self._party(self.parties.place(t, roles)),
            quantities=tuple(q for anchor, q in numbers if self._belongs(anchor, t, carriers, helpers)),
            negated="negated" in names,
            hypothetical="hypothetical" in names,
            future="future" in names,
            historical="historical" in names,
            flags=marks,
            within=within,
            plover=str(booked),
            cameo=self._cameo(booked),
        )

    def _booked(self, code: Code, marks: tuple[Flag, ...]) -> Code:
        """What is to come is booked as agreed to or threatened, what will not come or is not agreed to as refused."""
        reasons = {f.name: {s.of(self.syntax.text).lower() for s in f.spans} for f in marks}
        if "future" not in reasons:
            name = "no longer" if "longer" in reasons.get("negated", ()) else "not" if "negated" in reasons else ""
            return (name and self.ontology.operators[name].code(code)) or code
        name = "will not" if "negated" in reasons else "will"
        name = "will unless" if "unless" in reasons.get("hypothetical", set()) else name
        return self.ontology.operators[name].code(code) or code

    def _party(self, token: int | None) -> Party | None:
        return None if token is None else party(self.syntax, token, self._sector, self.triggers.naming.meant(token))

    def _sector(self, token: int) -> str | None:
        return self.ontology.sector_of.get(self.syntax.lemma[token].lower())

    def _cameo(self, code: Code) -> str | None:
        rows = self.ontology.cameo.values()
        exact = (r.cameo for r in rows if r.code == str(code))
        return next(exact, None) or next((r.cameo for r in rows if r.code == code.type), None)

    def _mode(self, t: Trigger, helpers: list[int], actor: int | None) -> str | None:
        """A mode that other words of the clause show."""
        for helper in helpers:
            known = self.triggers.at(helper)
            if known and known.code and known.code.type == t.booked.type and known.code.mode:
                return known.code.mode
        near = set(self.syntax.subtree(t.token)) | ({actor} if actor is not None else set())
        near = {x for x in near if not self._other_clause(x, t.token)}
        lemmas = {self.syntax.lemma[x].lower() for x in near}
        for mode in self.ontology.kinds[t.booked.type].modes:
            if not lemmas.isdisjoint(mode.cues):
                return mode.name
        return None

    def _other_clause(self, token: int, top: int) -> bool:
        while token != top and self.syntax.head[token] != token:
            if self.syntax.rel[token] in _CLAUSES and self.syntax.upos[token] in {"VERB", "AUX"}:
                return True
            token = self.syntax.head[token]
        return False

    def _contexts(self, token: int) -> tuple[str, ...]:
        own = range(self.tokens[0], self.tokens[-1] + 1)
        lemmas = [self.syntax.lemma[x].lower() for x in self.syntax.sentence_of(token) if x in own]
        forms = (self.syntax.form(x).lower() for x in self.syntax.sentence_of(token) if x in own)
        words = {*lemmas, *forms, *(f"{a} {b}" for a, b in pairwise(lemmas))}
        return tuple(c.name for c in self.ontology.contexts if not words.isdisjoint(c.words))

    def _flags(self, t: Trigger, carriers: list[int]) -> tuple[Flag, ...]:
        own = {self.syntax.span(p) for p in t.parts}  # the "no" of "said no to" negates nothing
        found = {f.name: f for f in flags(self.syntax, t.token, carriers, self.year) if not own.issuperset(f.spans)}
        for told, token in self._described(t.token, carried=len(carriers) > 1):
            found.setdefault(told, Flag(name=told, spans=(self.syntax.span(token),)))
        at, seen = t.token, {t.token}
        while (over := self.parties.above.get(at)) is not None and over.token not in seen:
            name = over.operator.inner if over.operator else "stands"
            if name != "stands" and name != "drop":  # noqa: PLR1714 # narrows the type, as "in" does not
                found.setdefault(name, Flag(name=name, spans=(self.syntax.span(over.token),)))
            if over.code is not None:
                break
            for flag in flags(self.syntax, over.token, self.triggers.carrying.carriers(over.token), self.year):
                found.setdefault(flag.name, flag)  # "may plan to", "did not try to"
            at = over.token
            seen.add(at)
        return tuple(found[n] for n in ("negated", "hypothetical", "future", "historical") if n in found)

    def _described(self, noun: int, *, carried: bool) -> Iterator[tuple[FlagName, int]]:
        """ "a planned raid", "the cancelled talks"; but "began its planned raid" is one that took place."""
        classes: tuple[tuple[FlagName, str], ...] = (
            ("negated", "@unmade"),
            ("future", "@planned"),
            ("hypothetical", "@possible"),
        )
        for child in self.syntax.children(noun):
            if self.syntax.upos[noun] == "NOUN" and self.syntax.rel[child] == "amod" and not carried:
                yield from ((name, child) for name, some in classes if self.triggers.naming.is_one(child, (some,)))

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

    def _why(self) -> NotCoded:
        syntax = self.syntax
        own = set(self.tokens)
        tops = [t for t in self.tokens if syntax.head[t] == t or syntax.head[t] not in own]
        for t in list(tops):  # of "he said that …", what is said
            if self.ontology.has(syntax.lemma[t].lower(), ("@say",)):
                tops = [c for c in syntax.children(t) if base(syntax, c) in {"ccomp", "parataxis"}] or tops
        verbs = [t for t in self.tokens if syntax.upos[t] == "VERB"]
        said = any(
            syntax.rel[c] in {"cop", "aux"} or base(syntax, c) == "nsubj" for t in tops for c in syntax.children(t)
        )
        if not verbs and not said:
            return "no clause"
        if all(syntax.upos[t] != "VERB" or self.ontology.has(syntax.lemma[t].lower(), ("@state",)) for t in tops):
            return "state or opinion"
        return "no event word"
