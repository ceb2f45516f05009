"""Whether words for a source are those who speak in the text: their name, a part of it, a pronoun, an alias.

In:   a Page, words for a source, a Source of the text.   Out: Named: where they stand and how they name it, or None.
Knows nothing of: cues, contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.records import Source
from sayso.spans import Span
from sayso.vet.page import PRONOUNS, Page, bared
from sayso.vet.placing import Finder, Place, wanted
from sayso.vet.words import cut

_TITLES = frozenset(("mr", "mrs", "ms", "dr", "sir", "gen", "lt", "col", "sen", "rep", "president", "prof"))
_SAME_ONE = ("flat", "appos", "conj", "fixed", "list")
_SPOKES = ("spokes",)
_OF = ("of", "to", "with", "against", "from")
_SUCH = ("such", "including")
RELATIVES = ("WP", "WDT", "WP$")
_NEAR = 40  # characters before a name that may leave it out
_BUT = re.compile(
    r"\b(?:(?:every\w*|all|any\w*|each|members?|both)(?: \w+){0,2}(?: but|,? (?:except(?:ing)?|save|bar))(?: for)?"
    r"|barring|excluding|not|unlike|neither|other than|apart from|aside from|except(?: for)?|rather than|instead of"
    r"|contrary to|contrast to|opposed to|no|few|hardly any|scarcely any|not (?:an?|one|every|all)"
    r"|(?:none|neither|few) of|contra|versus|representing|(?:in|during) the absence of|whose (?:\w+ )?\w+)"
    r" (?:the |these |those )?\Z",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[,\s]+(?:has |had |later |also )?(?:quoted|cited|quotes|cites) .{1,60}? as \w+ing\b")
_OF_ANOTHER = frozenset(
    ("successor", "predecessor", "rival", "opponent", "critic", "friend", "cousin", "neighbour", "neighbor", "deputy",
     "colleague", "widow", "namesake", "counterpart")
)  # fmt: skip
_NOR = re.compile(r"\bneither [^,.;:“”\"]{1,60} nor (?:the )?\Z", re.IGNORECASE)
_OWNER = re.compile(r"['’]s? (?P<what>\w+)")
_SMALL = frozenset(
    (
        "of", "in", "at", "for", "on", "with", "and", "or", "by", "from", "to", "as", "who", "which", "that", "the",
        "a", "an", "'s",
    )
)  # fmt: skip


class Named(NamedTuple):
    """Words for a source that are the one who speaks. ``how``: exact, or why they are another way to name them."""

    spans: tuple[Span, ...]
    exact: bool
    how: str | None


def names(page: Page, said: str, source: Source) -> Named | None:
    """Whether words name a source of the text, and how."""
    found = _names(page, said, source)
    return None if found is None or any(is_left_out(page, said, span) for span in found.spans) else found


def is_left_out(page: Page, said: str, span: Span) -> bool:
    """ "Everyone but Reyk", "neither Lee nor Reyk", "Reyk's successor": one who is named and does not speak."""
    at = page.text.find(said, span.start, span.end)
    start, end = (at, at + len(said)) if at >= 0 else (span.start, span.end)
    sentence = page.sentence_at(start)
    before = _BUT.search(page.text, max(sentence.start, start - _NEAR), start)
    after = _OWNER.match(page.text, end, sentence.end)
    neither = _NOR.search(page.text, sentence.start, start) is not None
    owner = after is not None and _is_somebody(page, after["what"].lower())
    return before is not None or neither or owner


def _is_somebody(page: Page, word: str) -> bool:
    """ "Reyk's successor", not "Reyk's spokesman", "Reyk's announcement"."""
    known = page.knowledge
    somebody = word in _OF_ANOTHER or known.words.kind_of(word, known.lexicon) != "unknown"
    return somebody and not word.startswith(_SPOKES)


def quotes_another(page: Page, spans: Sequence[Span]) -> bool:
    """ "Lee quoted Reyk as saying"."""
    end = spans[-1].end
    return _QUOTES.match(page.text, end, page.sentence_at(spans[-1].start).end) is not None


def _names(page: Page, said: str, source: Source) -> Named | None:
    want = tuple(word.norm for word in cut(said))
    own = tuple(word.norm for word in cut(source.text))
    if not want:
        return None
    if want == own:
        exact = " ".join(said.split()) == " ".join(source.text.split())
        return Named(source.spans, exact, None if exact else "written otherwise")
    some = (_is_part(want, own) and not _is_below(want, source)) or _is_titled(want, own)
    if some and not (_has_core(page, want, source.spans) or _is_example(want, own) or _is_set_off(said, source.text)):
        return None  # "Reyk" is not "Reyk's lawyer"
    # "The ministry" may be "the Ministry of Roads" where the text knows that name.
    fuller = _is_part(own, want) and own[-1] not in PRONOUNS and _is_headed(page, said, own)
    if some or fuller:
        return Named(source.spans, exact=said in source.text, how=f"“{source.text}” in the text")
    if (spans := _longer(page, said, source)) is not None:
        return Named(spans, exact=True, how=f"“{source.text}” in the text")
    if (spans := _core(page, want, source) or _pronoun(page, want, source)) is not None:
        return Named(spans, exact=False, how=f"“{source.text}” in the text")
    if (spans := _relative(page, said, source)) is not None:
        return Named(spans, exact=False, how=f"“{source.text}” in the text")
    for name, place in _called(page, source):
        if not page.may_be(source.spans[0], want):
            break
        several = "and" in want and "and" not in name  # "Lee and Reyk" are not Lee
        wider = not several and _is_part(name, want) and _is_headed(page, said, name)
        some_of_it = _is_part(want, name) or _is_titled(want, name)
        part = some_of_it and (place is None or _has_core(page, want, (place,)))
        if want in (name, bared(name)) or part or wider:
            return Named(source.spans, exact=False, how=f"“{source.text}” is “{' '.join(said.split())}” in this text")
    return None


def _has_core(page: Page, want: Sequence[str], spans: Sequence[Span]) -> bool:
    """Does a part of a source hold who speaks: the head of its noun phrase, a piece of that name, what stands beside it
    ("the owner, Tom Reyk"; "Lee and Reyk"; "some, such as Reyk"); or whom a spokesman speaks for? "Tom Reyk" is no such
    part of "a cousin of Tom Reyk".
    """
    syntax = page.syntax
    inside = [t for span in spans for t in syntax.within(span)]
    tops = [t for t in inside if (syntax.head[t] not in inside or syntax.head[t] == t) and not is_possessive(page, t)]
    core = set(tops)
    for token in sorted(below for top in tops for below in syntax.subtree(top)):
        rel, head = syntax.rel[token].partition(":")[0], syntax.head[token]
        spoken_for = syntax.lemma[head].lower().startswith(_SPOKES) and rel in ("nmod", "compound")
        example = rel == "nmod" and any(syntax.form(k).lower() in _SUCH for k in syntax.children(token))
        if head in core and (rel in _SAME_ONE or spoken_for or example):
            core.add(token)
    norms = {word.norm for t in inside if t in core for word in cut(syntax.form(t))}
    return not norms.isdisjoint(want) or core.isdisjoint(inside)


def _is_below(want: Sequence[str], source: Source) -> bool:
    """ "Tom Reyk" in "the ministry, no friend of Tom Reyk": does a preposition part it from who speaks?"""
    own = tuple(word.norm for word in cut(source.text))
    at = next(n for n in range(len(own)) if own[n : n + len(bared(want))] == tuple(bared(want)))
    before = own[at - 1 : at]
    spoken_for = any(word.startswith(_SPOKES) for word in own[:at])
    return bool(before) and before[0] in _OF and not spoken_for and not _is_example(want, own)


def _is_set_off(said: str, whole: str) -> bool:
    """ "Ann Lee, who shares an office with Tom Reyk" is Ann Lee."""
    return whole.startswith(f"{said},")


def _longer(page: Page, said: str, source: Source) -> tuple[Span, ...] | None:
    """ "The government concerned", where the reader has no more than "the government"."""
    first = source.spans[0]
    span = Span(first.start, first.start + len(said))
    if len(said) <= len(first) or page.text[span.start : span.end] != said:
        return None
    more = page.syntax.within(Span(first.end, span.end))
    own = page.syntax.within(first)
    head = page.syntax.head
    of_it = all(head[t] in own or head[t] in more or any(head[o] == t for o in own) for t in more)
    return (span,) if of_it and not any(page.syntax.xpos[t] in ("POS", "NN", "NNP", "NNS") for t in more) else None


def _is_example(want: Sequence[str], own: Sequence[str]) -> bool:
    """ "A few, such as Lee and Reyk": those who are named last, and nobody else."""
    before = own[: -len(want)]
    return (
        tuple(own[-len(want) :]) == tuple(want) and bool(before) and before[-1] in ("as", "including", "like", "among")
    )


def _is_titled(want: Sequence[str], name: Sequence[str]) -> bool:
    """ "Col. Hessik" for "Col. Teodan Hessik": the same title, and the last name."""
    return len(want) == 2 and len(name) > 2 and want[0] in _TITLES and want == (name[0], name[-1])


def _is_headed(page: Page, said: str, name: Sequence[str]) -> bool:
    """Does the text have words for somebody whose head is a word of a name?"""
    syntax = page.syntax
    owns = (syntax.within(span) for place in sayings_of(page, said) for span in place.spans)
    heads = [t for own in owns for t in own if syntax.head[t] not in own or syntax.head[t] == t]
    return any(word.norm in name for t in heads for word in cut(syntax.form(t)))


def _core(page: Page, want: Sequence[str], source: Source) -> tuple[Span, ...] | None:
    """ "It further" is what "it" is: the word that all others of a source hang from."""
    top = page.syntax.top(source.spans[0])
    if top is None or len(want) != 1 or page.syntax.upos[top] != "PRON":
        return None
    span = page.syntax.span(top)
    return (span,) if [word.norm for word in cut(span.of(page.text))] == list(want) else None


def _pronoun(page: Page, want: Sequence[str], source: Source) -> tuple[Span, ...] | None:
    """A pronoun of the source's own sentence that speaks of the source."""
    if len(want) != 1 or want[0] not in PRONOUNS or source.entity not in page.entities:
        return None
    sentence = page.sentence_at(source.spans[0].start)
    near = (place for place in page.entities[source.entity].mentions if sentence.contains(place))
    return next(((place,) for place in near if [w.norm for w in cut(place.of(page.text))] == list(want)), None)


def _relative(page: Page, said: str, source: Source) -> tuple[Span, ...] | None:
    """ "The aides, who said": "who" and "the aides" are one, whichever of them the reader takes for the source."""
    syntax = page.syntax
    top = syntax.top(source.spans[0])
    if top is None:
        return None
    if syntax.xpos[top] in RELATIVES:
        clause = next((t for t in (top, *syntax.ancestors(top)) if syntax.rel[t].startswith("acl")), None)
        if clause is not None and any(
            p.spans[0].contains(syntax.span(syntax.head[clause])) for p in sayings_of(page, said)
        ):
            return source.spans
    if said.lower() in ("who", "which", "that"):
        inside = [t for span in source.spans for t in syntax.within(span)]
        for clause in (k for t in inside for k in syntax.children(t) if syntax.rel[k].startswith("acl")):
            for token in syntax.subtree(clause):
                if syntax.xpos[token] in RELATIVES and syntax.form(token).lower() == said.lower():
                    return (syntax.span(token),)
    return None


def _called(page: Page, source: Source) -> Iterator[tuple[tuple[str, ...], Span | None]]:
    """What else the text calls a source, and where; a name that was made for it stands nowhere."""
    name, own = (tuple(word.norm for word in cut(text)) for text in (source.name, source.text))
    yield name, source.spans[0] if _is_part(name, own) else None
    entity = page.entities.get(source.entity or "")
    if entity is not None:
        yield from page.names(entity)


def _is_part(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Does a name hold another, in a row, that tells something by itself?"""
    part = bared(part)
    telling = [word for word in part if word not in _SMALL and word not in PRONOUNS and word not in _TITLES]
    if not telling or len(part) > len(whole):
        return False
    return any(tuple(whole[at : at + len(part)]) == tuple(part) for at in range(len(whole) - len(part) + 1))


def sayings_of(page: Page, text: str, near: range | None = None) -> list[Place]:
    """Where words for a source stand in the text, or among some words of it."""
    return Finder(page).places(wanted(text), near)


def is_possessive(page: Page, noun: int) -> bool:
    """ "Reyk's lawyer said", where a guessed tree has both as subjects."""
    return any(page.syntax.xpos[k] == "POS" for k in page.syntax.children(noun))
