"""Say who the sources of a document are: one entity for all words that speak of it, its name, what it is.

In:   Parsed, Syntax, Claims, word lists.   Out: People: the entities, and which of them stands where.
Knows nothing of: other documents; aliases of the case.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.extract.sources import describe as described
from sayso.lexicon import Lexicon
from sayso.parse import Parsed
from sayso.records import Claim, SourceType
from sayso.resolve.coref_words import Words
from sayso.resolve.coreference import Chain, Speech, chains
from sayso.resolve.mentions import Mention, mentions
from sayso.spans import Span, cover, trimmed
from sayso.syntax import Syntax

_BODIES = frozenset(("ministry", "department", "office", "bureau", "board", "council", "committee", "directorate"))
_TURN, _TWO = "rules:turn", 2
_LONGEST = 240  # characters of a description that is shown
_NO_TYPE = frozenset(("place", "time", "thing", "unknown"))


@dataclass(frozen=True)
class Entity:
    """Somebody or something that a document speaks of.

    ``id`` hashes the document's id and the place of the first mention: what is found elsewhere never changes it.
    ``name``: the fullest proper name, else the description or pronoun. ``anonymous``: described, never named;
    ``description`` is then all the text says of it. ``place``: it bears the name of a place, and is of ``type`` only
    where it acts or speaks (``acts``). ``side_of``: for a "we" the id of the one whose side it is.
    """

    id: str
    name: str
    type: SourceType
    anonymous: bool
    mentions: tuple[Mention, ...]
    description: str | None = None
    place: bool = False
    side_of: str | None = None


@dataclass(frozen=True)
class People:
    """The entities of a document in the order of their first mentions."""

    entities: tuple[Entity, ...]
    by_token: dict[int, Entity]
    syntax: Syntax

    def at(self, span: Span) -> Entity | None:
        """Who the words at a place speak of: the entity of the token that heads them."""
        top = self.syntax.noun(span)
        if top is None:
            return None
        if top in self.by_token:
            return self.by_token[top]
        # A source may be marked a little wide or narrow: then the mention that begins it.
        inside = [self.by_token[t] for t in self.syntax.within(span) if t in self.by_token]
        return inside[0] if inside else None


def speeches(parsed: Parsed, syntax: Syntax, claims: Sequence[Claim]) -> tuple[Speech, ...]:
    """Who speaks in each quotation: the source of the claim whose content it is in; else nobody known."""
    found: list[Speech] = []
    quoted: set[Span] = set()
    other = _other(claims)
    for claim in claims:
        if claim.source is None or claim.kind not in ("direct", "mixed"):
            continue
        speaker = syntax.noun(claim.source.spans[0])
        whom = claim.addressee.spans[0] if claim.addressee else other.get(claim.source.text)
        to = syntax.top(whom) if whom is not None else None
        for span in claim.content.spans:
            inside = [q.span for q in parsed.quotations_over(span) if q.depth == 0 or span.contains(q.span)]
            # A turn of a transcript has no marks: all of it is said.
            for stretch in inside or ([span] if claim.kind == "direct" else []):
                if stretch not in quoted:
                    found.append(Speech(stretch, f"token {speaker}", speaker, to))
                    quoted.add(stretch)
    nobodys = [q.span for q in parsed.quotations if q.depth == 0 and q.span not in quoted]
    return (*found, *(Speech(span, f"quotation {span.start}") for span in nobodys))


def _other(claims: Sequence[Claim]) -> dict[str, Span]:
    """In a transcript of two, for each the words for the other, to whom "you" is said."""
    voices = {c.source.text: c.source.spans[0] for c in reversed(claims) if c.source and c.found_by == _TURN}
    if len(voices) != _TWO:
        return {}
    (one, its), (another, other) = voices.items()
    return {one: other, another: its}


def people(parsed: Parsed, syntax: Syntax, claims: Sequence[Claim], words: Words, lexicon: Lexicon) -> People:
    """All entities of a document. ``claims``: those that extract gives, for who speaks in quotations."""
    tops = (syntax.noun(claim.source.spans[0]) for claim in claims if claim.source)
    sources = {top for top in tops if top is not None}
    found = mentions(syntax, parsed.quotations, words, lexicon, sources)
    made = chains(syntax, found, speeches(parsed, syntax, claims), words)
    ids = {m.head: _id(parsed.document.ref.id, chain) for chain in made for m in chain.mentions if m.form != "group"}
    entities = tuple(_entity(parsed, syntax, chain, ids, words, lexicon) for chain in made)
    single = [(m, e) for e in entities for m in e.mentions if m.form != "group"]
    by_token = {t: e for m, e in single if m.named for t in syntax.within(m.named)}
    return People(entities, by_token | {m.head: e for m, e in single}, syntax)


def _id(document: str, chain: Chain) -> str:
    first = chain.mentions[0].span
    return "e" + hashlib.sha256(f"{document}:{first.start}-{first.end}".encode()).hexdigest()[:16]


def _entity(
    parsed: Parsed, syntax: Syntax, chain: Chain, ids: dict[int, str], words: Words, lexicon: Lexicon
) -> Entity:
    side = ids.get(chain.side_of.head) if chain.side_of else None
    own = _id(parsed.document.ref.id, chain)
    named = [(m, m.named) for m in chain.mentions if m.form == "name" and m.named]
    nouns = [m for m in chain.mentions if m.form in ("noun", "group")]
    if named:
        _, place = max(named, key=lambda pair: (len(pair[0].name), -pair[1].start))
        kind, is_place = _type_of_name(syntax, chain, words)
        name = _shown(parsed.text, _whole_name(syntax, place))
        return Entity(own, name, kind, anonymous=False, mentions=chain.mentions, place=is_place, side_of=side)
    if nouns:
        # The fullest words for it are mostly the first; later ones take up a word of them.
        alone = [m for m in nouns if not _is_list(syntax, m)] or nouns
        best = max(alone, key=lambda m: (len(m.modifiers) + (m.determined == "indefinite"), -m.span.start))
        full = _described(syntax, best)
        source = described(parsed, (full,), lexicon)
        kind = _commonest(chain)
        if kind == "unknown" and source.type != "people":  # "not a single bomb" is described as nobody
            kind = source.type
        text = " ".join(full.of(parsed.text).split()).rstrip(" ,;:")
        return Entity(
            own,
            source.name,
            kind,
            anonymous=source.anonymous,
            mentions=chain.mentions,
            description=_shortened(text) if source.anonymous else None,
            side_of=side,
        )
    first = next((m for m in chain.mentions if m.person not in (1, 2)), chain.mentions[0])  # "I … ", he said
    name = "I" if first.word == "i" else first.word
    if first.person == 0:  # "nobody" is not "someone"
        name = syntax.form(first.head).lower()
    kind = "person" if any(m.kind == "person" for m in chain.mentions) else "unknown"
    return Entity(own, name, kind, anonymous=False, mentions=chain.mentions, side_of=side)


def _is_list(syntax: Syntax, mention: Mention) -> bool:
    """ "the miners and the council": words for one may reach over others where the tree is wrong."""
    return any(syntax.rel[t] == "cc" for t in syntax.within(mention.span))


def _whole_name(syntax: Syntax, place: Span) -> Span:
    """ "Ministry" with its "of Defence": what is named after "of" in capitals is of the name of a body."""
    at = end = syntax.within(place)[-1]
    if syntax.form(at).lower() not in _BODIES:
        return place
    while at + 1 < len(syntax) and syntax.sentence[at + 1] == syntax.sentence[end]:
        at += 1
        if syntax.form(at)[0].isupper():
            end = at
        elif syntax.form(at).lower() not in ("of", "the", "and"):
            break
    return Span(place.start, max(place.end, syntax.end[end]))


def _shown(text: str, span: Span) -> str:
    return " ".join(span.of(text).split()).removesuffix("'s").removesuffix("’s").strip("\"“”'’,")


def _type_of_name(syntax: Syntax, chain: Chain, words: Words) -> tuple[SourceType, bool]:
    """What bears a name; and whether the name is a place's."""
    kinds = Counter(m.kind for m in chain.mentions if m.form == "name" and m.kind != "unknown")
    kind = kinds.most_common(1)[0][0] if kinds else _commonest(chain)
    if kind == "place":
        return ("government" if any(acts(syntax, m, words) for m in chain.mentions) else "unknown"), True
    return (kind if kind not in _NO_TYPE else _commonest(chain)), False  # type: ignore[return-value]


def _commonest(chain: Chain) -> SourceType:
    kinds = Counter(m.kind for m in chain.mentions if m.kind not in _NO_TYPE)
    return kinds.most_common(1)[0][0] if kinds else "unknown"  # type: ignore[return-value]


def acts(syntax: Syntax, mention: Mention, words: Words) -> bool:
    """Does a place act or speak where it is named, so that its government is meant: "Damascus rejects …"?"""
    rel, verb = syntax.rel[mention.head], syntax.head[mention.head]
    if rel in ("nsubj", "obl:agent"):
        return syntax.lemma[verb].lower() in words.acting
    if rel.startswith(("nmod", "obl")):
        lead = {syntax.form(c).lower() for c in syntax.children(mention.head) if syntax.rel[c] == "case"}
        return (
            "by" in lead
            and syntax.rel[verb] != "root"
            and syntax.upos[verb] == "NOUN"
            and syntax.lemma[verb] in words.acting
        )
    return False


def _described(syntax: Syntax, mention: Mention) -> Span:
    """A description with its appositions and clauses: "a senior official in the ministry, who was not authorised …"."""
    after = [c for c in syntax.children(mention.head) if c > mention.head]
    clauses = [syntax.phrase(c) for c in after if syntax.rel[c].split(":")[0] in ("acl", "appos")]
    if clauses and any(syntax.rel[c] == "cop" for c in syntax.children(mention.head)):  # "it was the army that fled"
        return trimmed(syntax.text, mention.span.start, clauses[0].start) or mention.span
    # "Accuses the army of torture, which it denies", "accuses the army of burning it": of what, describes nobody.
    clauses = [c for c in clauses if not syntax.text.startswith("of ", c.start)]
    if clauses and any(c.isalnum() for c in syntax.text[mention.span.end : clauses[0].start]):
        return mention.span
    return cover([mention.span, *clauses])


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0] + " …"
