"""Find the words that speak of somebody or something, and tell what they say of it.

In:   Syntax, quotations.   Out: Mentions in text order.
Knows nothing of: which of them speak of the same one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sayso.lexicon import Lexicon
from sayso.parse import Quotation
from sayso.resolve.anaphora import relative_to
from sayso.resolve.coref_words import Gender, Kind, Words
from sayso.resolve.pronouns import PRONOUNS
from sayso.spans import Span
from sayso.syntax import Name, Syntax

Form = Literal["name", "noun", "pronoun", "relative", "group"]
Determined = Literal["definite", "indefinite", "demonstrative", "possessive", "bare"]


_BODIES = frozenset(("organisation", "government", "armed_group", "outlet"))
_LANDS = frozenset(("state", "states", "republic", "country", "kingdom", "nation", "authority"))
_NAME_KINDS: dict[str, Kind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
# What belongs to a noun phrase; all else that hangs from its head is of the clause it heads.
_INSIDE = frozenset(("det", "amod", "nummod", "compound", "nmod", "acl", "flat", "fixed", "goeswith"))
_PARTS = frozenset(("compound", "flat", "fixed", "goeswith"))
_NEAR = frozenset(("this", "that", "these", "those", "such"))
_DEFINITE = frozenset(("the", "both", "all"))


@dataclass(frozen=True)
class Mention:
    """Words that speak of one or several.

    ``head``: the token all others hang from. ``word``: its lemma in lower case; of a pronoun its subject form, of a
    relative pronoun what stands there. ``many``, ``gender``, ``kind``: None or "unknown" where the words do not say.
    ``name``: the words of a proper name in lower case, without titles; ``named``: its place. ``title``: what stands
    before it.
    ``modifiers``: lemmas of what describes the head. ``quoted``: where the outermost quotation around it begins, or -1.
    ``parts``: the heads of what a group ("Ombry and Tarnack") is made of. ``source``: it heads a source.
    """

    head: int
    span: Span
    form: Form
    word: str
    person: int = 3
    kind: Kind = "unknown"
    many: bool | None = None
    gender: Gender | None = None
    name: tuple[str, ...] = ()
    named: Span | None = None
    title: tuple[str, ...] = ()
    determined: Determined = "bare"
    modifiers: frozenset[str] = frozenset()
    quoted: int = -1
    parts: tuple[int, ...] = ()
    source: bool = False


def mentions(
    syntax: Syntax, quotations: Sequence[Quotation], words: Words, lexicon: Lexicon, sources: Collection[int] = ()
) -> tuple[Mention, ...]:
    """All mentions by their start; of two that start together the longer first. Heads are unique but for groups.

    ``sources``: tokens that head a source, and so surely a mention.
    """
    find = _Finder(syntax, quotations, words, lexicon)
    found: list[Mention] = []
    for token in range(len(syntax)):
        says = token in sources
        if find.is_head(token) or (says and syntax.form(token).lower() in PRONOUNS):
            found.append(replace(find.mention(token), source=says) if says else find.mention(token))
            if group := find.group(token):
                found.append(group)
    return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end)))


def describe(syntax: Syntax, head: int, quotations: Sequence[Quotation], words: Words, lexicon: Lexicon) -> Mention:
    """The mention that a token heads, whatever it is."""
    return _Finder(syntax, quotations, words, lexicon).mention(head)


def phrase_tokens(syntax: Syntax, head: int) -> list[int]:
    """The tokens of the noun phrase around its head: no apposition, no other member of a list, no clause around it."""
    verbal = any(syntax.rel[c] == "cop" for c in syntax.children(head))
    own = [head]
    for child in syntax.children(head):
        rel = syntax.rel[child].split(":")[0]
        keep = (
            rel in _INSIDE
            or (rel == "obl" and not verbal and syntax.upos[head] in ("NUM", "DET", "ADJ", "PRON"))
            or (rel == "case" and child > head)  # the 's of a possessive
            or (rel == "advmod" and not verbal and child < head)
        )
        if keep:
            own.extend(syntax.subtree(child))
    own.sort()
    while own and own[-1] != head and syntax.upos[own[-1]] == "PUNCT":
        own.pop()
    while own and own[0] != head and syntax.upos[own[0]] == "PUNCT":
        own.pop(0)
    return own


class _Finder:
    """What stays the same for all mentions of one text."""

    def __init__(self, syntax: Syntax, quotations: Sequence[Quotation], words: Words, lexicon: Lexicon) -> None:
        self.syntax = syntax
        self.words = words
        self.lexicon = lexicon
        outer = [q.span for q in quotations if q.depth == 0]
        self.quotes = outer
        self.quote_starts = [q.start for q in outer]
        self.named: dict[int, Name] = {t: name for name in syntax.names for t in syntax.within(name.span)}

    def is_head(self, token: int) -> bool:
        s = self.syntax
        upos, xpos, rel = s.upos[token], s.xpos[token], s.rel[token].split(":")[0]
        if upos == "PRON":
            form = s.form(token).lower()
            if xpos == "EX" or s.rel[token] == "expl":
                return False
            if xpos.startswith("W"):
                return relative_to(s, token) is not None
            return form in PRONOUNS and rel not in ("det", "fixed")
        if rel in ("fixed", "flat", "goeswith", "case", "mark", "cc", "advmod", "discourse"):
            return False
        if self.capital(token) and (rel == "compound" or s.rel[token] in ("nmod:desc", "amod")):
            # "Clinton" in "the Clinton campaign" is a mention, "Lenna" in "Lenna Ombry" is none.
            name, over = self.named.get(token), self.named.get(s.head[token])
            return name is not None and name != over and s.top(name.span) == token
        if self.is_title(token) and len(_plain(s.form(token))) <= 4 and s.head[token + 1] != token:
            return False  # "Ms." before a name, hung where it does not belong
        if upos in ("NOUN", "PROPN"):
            return rel not in ("compound", "amod") and s.rel[token] != "nmod:desc"
        if upos in ("NUM", "ADJ", "DET"):
            return rel in ("nsubj", "obj", "obl") and (upos != "NUM" or not s.form(token)[0].isdigit())
        return False

    def mention(self, head: int) -> Mention:
        s = self.syntax
        form = s.form(head).lower()
        if s.upos[head] == "PRON" and s.xpos[head].startswith("W"):
            return Mention(head, s.span(head), "relative", form, quoted=self.quoted(head))
        if form in PRONOUNS and s.upos[head] in ("PRON", "DET"):
            return self.pronoun(head, form)
        own = self.phrase(head)
        span = Span(s.start[own[0]], s.end[own[-1]])
        core = [
            head,
            *(
                c
                for c in s.children(head)
                if s.rel[c].split(":")[0] in _PARTS or (s.rel[c] == "amod" and self.capital(c))
            ),
        ]
        name = next((self.named[t] for t in (head, *core[1:]) if t in self.named and self.heads(t, head)), None)
        if name is not None and s.top(name.span) not in core:
            name = None  # "Defence" in "Ministry of Defence" is a name of its own
        if name is None and self.is_role(head):
            return self.noun(head, span)  # "The Special Envoy, Marit Solbakk": a role, not a name
        if name is not None or self.capital(head):
            return self.name(head, span, sorted(core), name)
        return self.noun(head, span)

    def phrase(self, head: int) -> list[int]:
        """The noun phrase, without what its bearer is accused of: "accuses the army of torture"."""
        s = self.syntax
        own = phrase_tokens(s, head)
        blamed = s.lemma[s.head[head]].lower() in self.words.words.blames and s.rel[head] in ("obj", "nsubj:pass")
        of = next((t for t in own if t > head and s.form(t).lower() == "of"), None) if blamed else None
        return own if of is None else [t for t in own if t < of]

    def heads(self, token: int, head: int) -> bool:
        """Is a name the phrase's own, and not of what describes it ("the Clinton campaign", "the US Embassy")?"""
        return head in self.syntax.within(self.named[token].span) or self.syntax.rel[token].startswith("flat")

    def is_role(self, head: int) -> bool:
        """A word for a person's office, with the name of its bearer beside it."""
        s = self.syntax
        named = (self.named[c].kind == "PER" for c in s.children(head) if s.rel[c] == "appos" and c in self.named)
        known = self.words.kind_of(s.form(head).lower(), self.lexicon) == "person"
        return (known or any(s.rel[c] == "det" for c in s.children(head))) and any(named)

    def capital(self, token: int) -> bool:
        """Is a word a proper noun? "United" in "United States" is an adjective and one."""
        return self.syntax.upos[token] == "PROPN" or self.syntax.xpos[token].startswith("NNP")

    def pronoun(self, head: int, form: str) -> Mention:
        row = PRONOUNS[form]
        own = phrase_tokens(self.syntax, head)
        span = Span(self.syntax.start[own[0]], self.syntax.end[own[-1]])
        if len(own) > 1 and row.word in ("this", "these"):  # "those in the region"
            return Mention(
                head, span, "noun", "those", kind="people", many=row.many, determined="bare", quoted=self.quoted(head)
            )
        return Mention(
            head, span, "pronoun", row.word, row.person, row.kind, row.many, row.gender, quoted=self.quoted(head)
        )

    def name(self, head: int, span: Span, core: list[int], name: Name | None) -> Mention:
        s, closed = self.syntax, self.words.words
        if name is not None:
            tokens: list[int] = list(s.within(name.span))
            if head < s.head[head] <= tokens[-1]:  # "HEALTH MINISTRY SAID": a name does not reach over its verb
                tokens = [t for t in tokens if t < s.head[head]]
            while name.kind == "ORG" and tokens[0] - 1 in core and self.capital(tokens[0] - 1):
                tokens.insert(0, tokens[0] - 1)  # "Transport" of "Transport Ministry"
            while tokens[-1] + 1 in core and s.rel[tokens[-1] + 1] == "flat" and self.capital(tokens[-1] + 1):
                tokens.append(tokens[-1] + 1)  # "Imber" of "Lotte Imber"
        else:
            tokens = [t for t in core if self.capital(t)] or [head]
        tokens = [t for t in tokens if _plain(s.form(t)) and s.form(t) not in ("'s", "’s", "'")] or [head]
        title: list[str] = []
        while len(tokens) > 1 and _plain(s.form(tokens[0])) in closed.titles and (name is None or name.kind == "PER"):
            title.append(_plain(s.form(tokens.pop(0))))
        parts = [_plain(s.form(t)) for t in tokens]
        for child in s.children(head):
            if s.rel[child] == "nmod:desc" or (s.rel[child] == "compound" and child not in tokens):
                title.extend(_plain(s.form(t)) for t in s.subtree(child))
        before = tokens[0] - 1
        while before >= 0 and self.is_title(before):  # whatever the tree makes of it
            title.append(_plain(s.form(before)))
            before -= 1
        titled = any(t in closed.titles for t in title)
        last = parts[-1] if parts else s.form(head).lower()
        kind: Kind
        if name is None:
            kind = self.words.kind_of(s.form(head).lower(), self.lexicon, capital=True)
            if titled or (len(parts) > 1 and parts[0] in self.words.givens):
                kind = "person"
        else:
            kind = _NAME_KINDS[name.kind]
            if name.kind == "ORG" or self.is_body(parts, title):
                kind = self.body(parts, head)
        several = len(parts) == 1 and self.words.kinds.get(last.removesuffix("s")) == "person" and last.endswith("s")
        many = (several or s.xpos[head] == "NNPS") and kind in ("person", "people", "unknown")
        if many and kind in ("person", "unknown"):
            kind = "people"
        return Mention(
            head,
            span,
            "name",
            last,
            kind=kind,
            many=many if kind in ("person", "people") else None,
            gender=self.gender_of_name(kind, parts, title),
            name=tuple(parts),
            named=Span(s.start[tokens[0]], s.end[tokens[-1]]),
            title=tuple(title),
            determined="definite",
            quoted=self.quoted(head),
        )

    def is_title(self, token: int) -> bool:
        """Is a word a title right before a name, in capitals?"""
        s = self.syntax
        return (
            token + 1 < len(s)
            and s.form(token)[0].isupper()
            and _plain(s.form(token)) in self.words.words.titles
            and s.sentence[token] == s.sentence[token + 1]
            and (self.capital(token + 1) or self.is_title(token + 1))
            and s.start[token + 1] - s.end[token] <= 1
        )

    def is_body(self, parts: Sequence[str], title: Sequence[str]) -> bool:
        """ "Tarnack Mining", "Halm Council", whatever the network takes it for; but "Michael Steel", "Mr Steel"."""
        last = self.lexicon.head(parts[-1], capital=True)
        known = last is not None and last.type in _BODIES and len(parts) > 1 and parts[-1] not in _LANDS
        return known and parts[0] not in self.words.givens and not set(title) & self.words.words.titles

    def body(self, parts: Sequence[str], head: int) -> Kind:
        """What kind of body a name of an organisation names."""
        for word in (" ".join(parts).removeprefix("the "), _plain(self.syntax.form(head)), *reversed(parts)):
            kind = self.words.kind_of(word, self.lexicon, capital=True)
            if kind in ("organisation", "government", "armed_group", "outlet"):
                return kind
        return "organisation"

    def gender_of_name(self, kind: Kind, parts: Sequence[str], title: Sequence[str]) -> Gender | None:
        closed = self.words.words
        if kind not in ("person", "unknown"):
            return None if kind == "people" else "n"
        for word in title:
            if word in closed.male_titles or self.words.genders.get(word) == "m":
                return "m"
            if word in closed.female_titles or self.words.genders.get(word) == "f":
                return "f"
        return self.words.givens.get(parts[0]) if len(parts) > 1 and kind == "person" else None

    def noun(self, head: int, span: Span) -> Mention:
        s = self.syntax
        lemma = s.lemma[head].lower()
        kind = self.words.kind_of(s.form(head).lower(), self.lexicon)
        if kind == "unknown":
            kind = self.words.kind_of(lemma, self.lexicon)
        plural = s.xpos[head] in ("NNS", "NNPS")
        if plural and kind == "person":
            kind = "people"
        if s.upos[head] in ("ADJ", "DET", "NUM"):
            kind, plural = "unknown", True
        # "The government … they": a body is one or many.
        body = kind in ("organisation", "government", "armed_group", "outlet", "people")
        many = True if plural else None if body else False
        gender: Gender | None = self.words.genders.get(lemma)
        if gender is None and kind in ("document", "post", "thing", "time", "place") and not plural:
            gender = "n"
        return Mention(
            head,
            span,
            "noun",
            lemma,
            kind=kind,
            many=many,
            gender=gender,
            determined=self.determined(head),
            modifiers=self.modifiers(head),
            quoted=self.quoted(head),
        )

    def determined(self, head: int) -> Determined:
        s = self.syntax
        for child in s.children(head):
            rel, form = s.rel[child], s.form(child).lower()
            if rel == "nmod:poss":
                return "possessive"
            if rel.startswith("det"):
                if form in _NEAR:
                    return "demonstrative"
                return "definite" if form in _DEFINITE else "indefinite"
        return "bare"

    def modifiers(self, head: int) -> frozenset[str]:
        s = self.syntax
        found = set()
        for child in s.children(head):
            rel = s.rel[child].split(":")[0]
            if rel in ("amod", "compound", "nummod", "nmod", "flat", "acl"):
                for token in [child] if rel == "acl" else s.subtree(child):
                    if s.upos[token] in ("ADJ", "NOUN", "PROPN", "NUM", "VERB"):
                        found.add(s.lemma[token].lower())
        return frozenset(found)

    def group(self, token: int) -> Mention | None:
        """ "Ombry and Tarnack" as one, where persons or bodies are named together by "and"."""
        s = self.syntax
        rest = [c for c in s.children(token) if s.rel[c] == "conj" and self.is_head(c)]
        if not rest or not any(s.form(g).lower() in ("and", "&") for c in rest for g in s.children(c)):
            return None
        if s.upos[token] == "PRON" and s.rel[token] == "nmod:poss":
            return None
        members = [self.mention(t) for t in (token, *rest)]
        kinds = {m.kind for m in members}
        persons = kinds <= {"person", "people"}
        last = phrase_tokens(s, rest[-1])
        return Mention(
            token,
            Span(members[0].span.start, max(members[0].span.end, s.end[last[-1]])),
            "group",
            "and",
            kind="people" if persons else "unknown",
            many=True,
            parts=(token, *rest),
            quoted=self.quoted(token),
        )

    def quoted(self, token: int) -> int:
        at = bisect_right(self.quote_starts, self.syntax.start[token]) - 1
        return self.quotes[at].start if at >= 0 and self.syntax.start[token] < self.quotes[at].end else -1


def _plain(form: str) -> str:
    """A word of a name: lower case, no full stops, no possessive ending."""
    return form.lower().replace("’", "'").removesuffix("'s").strip(".,'\"“”()").replace(".", "")
