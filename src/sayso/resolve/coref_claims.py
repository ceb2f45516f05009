"""Give claims the entities of their sources, and tell whom they are said to and which outlet carried them.

In:   Parsed, Claims, People.   Out: Claims.
Knows nothing of: how entities are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from sayso.parse import Parsed
from sayso.records import Claim, Phrase, Source, SourceType, phrase
from sayso.resolve.entities import People
from sayso.spans import Span, trimmed
from sayso.syntax import Syntax

_PERSON = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: (?:al|bin|de|den|der|van|von|[^\W\d_a-z][\w.’'-]*)){0,4}")
_TELLS = frozenset(("tell", "inform", "assure", "remind", "warn", "advise", "notify", "brief", "ask", "urge"))


def filled(parsed: Parsed, claims: Iterable[Claim], who: People) -> tuple[Claim, ...]:
    """The claims with their sources' entities, and with addressees and outlets that the tree shows."""
    return tuple(_filled(parsed, claim, who) for claim in claims)


def _filled(parsed: Parsed, claim: Claim, who: People) -> Claim:
    to, outlet = claim.addressee, claim.outlet
    if claim.cue is not None:
        found_to, found_outlet = told(parsed, claim, claim.cue, who)
        to, outlet = to or found_to, outlet or found_outlet
    return msgspec.structs.replace(
        claim, source=_source(claim.source, who, parsed) if claim.source else None, addressee=to, outlet=outlet
    )


def _source(source: Source, who: People, parsed: Parsed) -> Source:
    entity = who.at(source.spans[0])
    if entity is None:
        return source
    own = who.syntax.noun(source.spans[0])
    mention = next((m for m in entity.mentions if m.head == own and m.form != "group"), None)
    plain = mention is None or mention.form in ("pronoun", "relative")
    # The words that stand there say best what they are, unless they say nothing, or the text names it elsewhere.
    named = any(m.form == "name" for m in entity.mentions)
    kind: SourceType = entity.type
    if entity.place:
        kind = "government"  # a source speaks
    if kind == "unknown" or not (plain or named or (kind == "person" and source.type == "people")):
        kind = source.type if source.type != "unknown" else kind
    author = parsed.document.ref.author
    writes = mention is not None and mention.word == "i" and mention.quoted < 0 and entity.name == "I"
    if author and writes and _PERSON.fullmatch(author):  # who writes "I" outside of quotations is who signs
        return msgspec.structs.replace(source, name=author, type="person", anonymous=False, entity=entity.id)
    takes = (plain or named) and entity.name not in source.name  # "US Embassy in Dravia" says more than "Embassy"
    return msgspec.structs.replace(
        source,
        name=entity.name if takes else source.name,
        type=kind,
        anonymous=entity.anonymous if plain or named else source.anonymous,
        entity=entity.id,
    )


def told(parsed: Parsed, claim: Claim, cue: Phrase, who: People) -> tuple[Phrase | None, Phrase | None]:
    """Whom it is said to and which outlet carried it: "told the Dravin Courier's Ann Lee" has both."""
    syntax = who.syntax
    verb = next((t for span in cue.spans for t in syntax.within(span) if syntax.upos[t] == "VERB"), None)
    source = [t for span in (claim.source.spans if claim.source else ()) for t in syntax.within(span)]
    content = {t for span in claim.content.spans for t in syntax.within(span)}
    heard: int | None = None
    places: list[int] = list(source)
    if verb is not None:
        for child in syntax.children(verb):
            rel = syntax.rel[child].split(":")[0]
            if child in content or child in source or rel not in ("obj", "iobj", "obl"):
                continue
            lead = {syntax.form(c).lower() for c in syntax.children(child) if syntax.rel[c] == "case"}
            entity = who.by_token.get(child)
            hears = (
                rel == "iobj" or (rel == "obj" and syntax.lemma[verb] in _TELLS) or (rel == "obl" and lead == {"to"})
            )
            if hears and entity is not None and entity.type not in ("document", "post") and heard is None:
                heard = child
            places.extend(t for t in syntax.subtree(child) if t not in content)
    addressee = _phrase(parsed, syntax, heard) if heard is not None else None
    own = syntax.top(claim.source.spans[0]) if claim.source else None
    carried = next((t for t in places if _carries(who, t) and t != own), None)
    return addressee, _outlet(parsed, who, carried) if carried is not None else None


def _carries(who: People, token: int) -> bool:
    """Is a token the head of an outlet's name?"""
    entity = who.by_token.get(token)
    return (
        entity is not None
        and entity.type == "outlet"
        and any(m.head == token and m.form == "name" for m in entity.mentions)
    )


def _phrase(parsed: Parsed, syntax: Syntax, head: int) -> Phrase | None:
    lead = [t for c in syntax.children(head) if syntax.rel[c] in ("case", "cc", "punct") for t in syntax.subtree(c)]
    own = [t for t in syntax.subtree(head) if t not in lead or t > head]
    span = trimmed(parsed.text, syntax.start[own[0]], syntax.end[own[-1]])
    span = span and trimmed(parsed.text, span.start, span.end, " ,;:")
    return phrase(parsed.document.text, (span,)) if span else None


def _outlet(parsed: Parsed, who: People, token: int) -> Phrase | None:
    mention = next(m for m in who.by_token[token].mentions if m.head == token)
    if mention.named is None:
        return None
    text = mention.named.of(parsed.text)
    start = mention.named.start + (4 if text.lower().startswith("the ") else 0)
    return phrase(parsed.document.text, (Span(start, mention.named.end),))
