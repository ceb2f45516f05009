"""Set right what stands at the edge of a sentence: who speaks behind two commas, what is said of a report behind it.

In:   Found, Drafts, Syntax.   Out: Found, or None where nothing is said; Drafts.
Knows nothing of: how it was found; claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from sayso.extract.drafts import Draft, beside, drafted
from sayso.lexicon import Lexicon
from sayso.reader import Found
from sayso.spans import Span, trimmed
from sayso.syntax import Syntax

_NOMINAL = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP"))
_LINKS = frozenset(("of", "for", "at", "in"))
_SEGMENTS = 2  # "a second detainee, Ari Voss, said"
_LONGEST = 9  # tokens of one
_WHICH = frozenset(("which", "that", "who", "whom"))
_CALLED = frozenset(("call", "brand", "label", "term", "deem", "describe", "dismiss", "reject"))
_UNTRUE = frozenset(
    ("lie", "fabrication", "forgery", "invention", "nonsense", "rubbish", "fiction", "fantasy", "hoax", "smear", "myth")
)
_REFUSE = frozenset(("deny", "reject", "dispute", "refute", "dismiss", "contest", "call", "brand", "label", "term"))
_ASIDE = re.compile(
    r"(?:an?|the) (?:\w+ )?(?:claim|charge|allegation|accusation|assertion|suggestion|account|version|figure|statement"
    r"|report|story|contention)s?\b",
    re.IGNORECASE,
)
_PLEA = re.compile(r"(?P<not>not )?guilty(?P<to> (?:to|of) )?", re.IGNORECASE)
_PLEADS = re.compile(r"(?:.*\W)?(?:plead(?:s|ed|ing)?|pled)", re.IGNORECASE)
_EDGE = " \t\r\n,;:–—"


def edged(one: Found, syntax: Syntax, lexicon: Lexicon) -> Found | None:
    """An attribution with whoever speaks at its end as its source, and without what is only said of it there."""
    one = _no_longer(one, syntax)
    one = _without_aside(_called_so(_at_the_end(_as_alleged(one, syntax), syntax), syntax), syntax)
    one = _pleaded(_of_claims(_without_relative(one, syntax), syntax, lexicon), syntax.text)
    return None if _is_apart(one, syntax) or _only_which(one, syntax) else one


def _at_the_end(one: Found, syntax: Syntax) -> Found:
    """ "…, the harbour master, Tilde Varga, said": the two nouns before a cue that has no source."""
    cue = syntax.within(one.cue)
    if one.source or not cue or not one.content or one.content[-1].start > one.cue.start:
        return one
    at, first = cue.start - 1, syntax.sentence_of(cue.start).start
    start = end = -1
    for _ in range(_SEGMENTS):
        if at < first or syntax.form(at) != ",":
            break
        last = at - 1
        at = last
        while at > first and syntax.form(at) != "," and _is_nominal(syntax, at):
            at -= 1
        if syntax.form(at) != "," or not 0 < last - at <= _LONGEST:
            break
        start, end = at + 1, max(end, last)
    said = one.content[-1]
    if start < 0 or syntax.upos[start] == "ADP" or not {"NOUN", "PROPN"} & {syntax.upos[t] for t in range(start, end)}:
        return one
    cut = trimmed(syntax.text, said.start, min(said.end, syntax.start[start]), _EDGE)
    if cut is None:
        return one
    return replace(one, source=(Span(syntax.start[start], syntax.end[end]),), content=(*one.content[:-1], cut))


def _no_longer(one: Found, syntax: Syntax) -> Found:
    """ "No" belongs to "longer maintains"."""
    cue = syntax.within(one.cue)
    lost = bool(cue) and syntax.form(cue.start).lower() == "longer" and syntax.form(cue.start - 1).lower() == "no"
    return replace(one, cue=Span(syntax.start[cue.start - 1], one.cue.end)) if lost else one


def _is_nominal(syntax: Syntax, token: int) -> bool:
    if syntax.upos[token] == "ADP":
        return syntax.form(token).lower() in _LINKS
    return syntax.upos[token] in _NOMINAL or syntax.form(token) in ("'s", "’s", "-")


def _as_alleged(one: Found, syntax: Syntax) -> Found:
    """ "…, as the opposition had alleged": the opposition alleges what stands before."""
    cue = syntax.within(one.cue)
    verb = next((t for t in cue if syntax.upos[t] == "VERB"), None)
    if one.source or verb is None or len(one.content) != 1 or one.content[0].end > one.cue.start:
        return one
    who = syntax.top(one.content[0])
    if who is None or syntax.rel[who] != "nsubj" or syntax.head[who] != verb or syntax.rel[verb] != "advcl":
        return one
    mark = next((k for k in syntax.children(verb) if syntax.form(k).lower() == "as" and k < who), None)
    if mark is None:
        return one
    said = [t for t in syntax.subtree(syntax.head[verb]) if t < mark]
    span = trimmed(syntax.text, syntax.start[said[0]], syntax.end[said[-1]], _EDGE) if said else None
    return replace(one, source=one.content, content=(span,)) if span else one


def _without_aside(one: Found, syntax: Syntax) -> Found:
    """ "…, a claim that the company called a lie": said of what is reported, and not a part of it."""
    kept: list[Span] = []
    for number, span in enumerate(one.content):
        tokens = syntax.within(span)
        noun = next((t for t in tokens if _is_aside(syntax, t, tokens)), None)
        if noun is None:
            kept.append(span)
            continue
        lead = _first(syntax, noun)
        before = trimmed(syntax.text, span.start, syntax.start[lead], _EDGE) if lead > tokens.start else None
        if before is not None:
            kept.append(before)
        elif number == 0:
            kept.append(span)
    return replace(one, content=tuple(kept)) if kept else one


def _is_aside(syntax: Syntax, noun: int, tokens: range) -> bool:
    """A word for what was said, behind a comma or as a piece of its own, that somebody denies in a relative clause."""
    if syntax.upos[noun] != "NOUN":
        return False
    lead = _first(syntax, noun)
    opens = lead == tokens.start or syntax.form(lead - 1) in (",", "–", "—")
    if not opens or _ASIDE.match(syntax.text, syntax.start[lead]) is None:
        return False
    return any(refuses(syntax, k) for k in syntax.children(noun) if k > noun and k in tokens)


def refusals(said: Sequence[Draft], syntax: Syntax) -> list[Draft]:
    """All drafts, and those of asides that nobody has found: "…, a claim that the company called a lie"."""
    return beside(said, (new for noun in range(len(syntax)) if (new := _refusal(noun, syntax)) is not None))


def _refusal(noun: int, syntax: Syntax) -> Draft | None:
    if not _is_aside(syntax, noun, syntax.sentence_of(noun)):
        return None
    verb = next(k for k in syntax.children(noun) if k > noun and refuses(syntax, k))
    who = next((k for k in syntax.children(verb) if syntax.rel[k] == "nsubj" and k < verb), None)
    if who is None:
        return None
    called = [k for k in syntax.children(verb) if k > verb and syntax.rel[k] in ("xcomp", "obj")]
    last = max(called) if called and syntax.lemma[verb].lower() in _CALLED else verb
    source = [t for t in syntax.subtree(who) if t < verb]
    return drafted(syntax, "phrase", source, range(verb, last + 1), range(_first(syntax, noun), noun + 1))


def _first(syntax: Syntax, noun: int) -> int:
    """Where the words for a noun begin."""
    return min((t for t in syntax.subtree(noun) if t <= noun and syntax.upos[t] != "PUNCT"), default=noun)


def refuses(syntax: Syntax, verb: int) -> bool:
    """Is a clause one that denies the noun it hangs from, having no object of its own?"""
    if not syntax.rel[verb].startswith("acl") or syntax.lemma[verb].lower() not in _REFUSE:
        return False
    own = [k for k in syntax.children(verb) if syntax.rel[k] == "obj" and syntax.form(k).lower() not in _WHICH]
    return all(syntax.lemma[k].lower() in _UNTRUE for k in own)  # "called a lie"


def _called_so(one: Found, syntax: Syntax) -> Found:
    """ "A claim that the company called a lie": it calls the claim so, which is no content of its own."""
    verb = next((t for t in syntax.within(one.cue) if syntax.lemma[t].lower() in _CALLED), None)
    if verb is None or len(one.content) != 1 or one.content[0].start < one.cue.end:
        return one
    noun, said = syntax.head[verb], syntax.top(one.content[0])
    if not syntax.rel[verb].startswith("acl") or said is None or syntax.upos[said] not in ("ADJ", "NOUN"):
        return one
    lead = _first(syntax, noun)
    if not refuses(syntax, verb) or _ASIDE.match(syntax.text, syntax.start[lead]) is None:
        return one
    cue = Span(one.cue.start, one.content[0].end)
    return replace(one, cue=cue, content=(Span(syntax.start[lead], syntax.end[noun]),))


def _without_relative(one: Found, syntax: Syntax) -> Found:
    """ "The report, which the army calls a forgery, says that …": the "which" is of another clause."""
    if len(one.content) < 2:
        return one
    own = {t for span in (one.cue, *one.content) for t in syntax.within(span)}
    kept = tuple(span for span in one.content if not _is_of_other(syntax, span, own))
    return replace(one, content=kept) if kept else one


def _is_of_other(syntax: Syntax, span: Span, own: set[int]) -> bool:
    """Is it a relative pronoun whose verb is none of these words?"""
    word = syntax.top(span) if span.of(syntax.text).lower() in _WHICH else None
    return word is not None and syntax.head[word] not in own


def _only_which(one: Found, syntax: Syntax) -> bool:
    """ "The Front, which the government blames, has not commented": nothing is said, and by nobody."""
    if len(one.content) != 1 or one.content[0].of(syntax.text).lower() not in _WHICH:
        return False
    word, cue = syntax.top(one.content[0]), syntax.within(one.cue)
    verb = next((t for t in cue if syntax.upos[t] == "VERB"), None)
    return word is not None and verb is not None and syntax.head[word] not in cue and syntax.rel[verb] != "acl:relcl"


def unpredicated(text: str, span: Span, lexicon: Lexicon) -> Span:
    """What "claims that …" claim, without what is said of the claims behind it."""
    held = lexicon.held_false.search(text, span.start, span.end)
    return span if held is None else Span(span.start, held.start())


def _of_claims(one: Found, syntax: Syntax, lexicon: Lexicon) -> Found:
    """ "Claims that it had paid were nonsense": claimed is that it had paid."""
    noun = syntax.top(one.cue)
    named = noun is not None and (syntax.upos[noun] == "NOUN" or not one.source)
    if not named or len(one.content) != 1 or one.content[0].start < one.cue.end:
        return one
    return replace(one, content=(unpredicated(syntax.text, one.content[0], lexicon),))


def _pleaded(one: Found, text: str) -> Found:
    """ "Pleaded not guilty to manslaughter": the plea reports, and what it is to is said."""
    if not one.content or _PLEADS.fullmatch(one.cue.of(text)) is None:
        return one
    said = one.content[0]
    plea = _PLEA.match(text, said.start, said.end)
    if plea is None or said.start - one.cue.end > 1:
        return one
    cue, rest = one.cue.end, said.start
    if plea["to"]:
        cue, rest = plea.start("to"), plea.end()
    elif plea["not"]:
        cue, rest = plea.end("not") - 1, plea.end("not")
    return replace(one, cue=Span(one.cue.start, cue), content=(Span(rest, said.end), *one.content[1:]))


def _is_apart(one: Found, syntax: Syntax) -> bool:
    """ "May have known; I have no proof": what stands behind a semicolon is a sentence of its own."""
    if not one.content or one.content[0].start < one.cue.end:
        return False
    between = syntax.text[one.cue.end : one.content[0].start]
    return ";" in between and not any(mark in between for mark in '“”"‘«')
