"""Who says what inside of what somebody says, where the reader saw it not: by the tree and the words that report.

In:   Drafts, Syntax, Lexicon.   Out: more Drafts, each inside of the content of one of them.
Knows nothing of: how the drafts were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from sayso.extract.drafts import Draft
from sayso.extract.tails import refuses, unpredicated
from sayso.lexicon import Lexicon
from sayso.records import SpeechAct
from sayso.spans import Span, cover
from sayso.syntax import Syntax

_BEFORE = frozenset(("aux", "aux:pass", "advmod"))  # what a cue begins with: "has never said"
_SELF = frozenset(("i", "we", "you", "one"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_HELD: frozenset[SpeechAct] = frozenset(("believe", "want"))  # "I think": how somebody puts what he says himself
_TO_DO: frozenset[SpeechAct] = frozenset(("order", "promise", "ask"))
_OF_THINGS: frozenset[SpeechAct] = frozenset(("report", "deny", "accuse"))
_CLAUSES = frozenset(("ccomp", "parataxis", "obj", "xcomp"))
_QUOTED = "\"“”‘’'«»"
_LOOSE = " ,.;:?!-–—"
_FEWEST = 2  # tokens of what is said


def inside(drafts: Sequence[Draft], syntax: Syntax, lexicon: Lexicon) -> Iterator[Draft]:
    """The attributions that no draft has: a verb that reports with its subject and what it reports, or such a noun."""
    seen = {t for draft in drafts if draft.cue for t in syntax.within(draft.cue)}
    for draft in drafts:
        if draft.by != "reader":
            continue
        for span in draft.content:
            for token in syntax.within(span):
                found = _reporting(syntax, token, lexicon) if token not in seen else None
                if found and all(span.contains(part) for part in found.spans):
                    seen.add(token)
                    yield found


def _reporting(syntax: Syntax, token: int, lexicon: Lexicon) -> Draft | None:
    if syntax.upos[token] == "NOUN" and syntax.form(token).lower() in lexicon.noun_forms:
        return _noun(syntax, token, lexicon)
    if syntax.upos[token] == "VERB":
        known = lexicon.verb_forms.get(syntax.form(token).lower(), ())
        act = next((form.verb.act for form in known if not form.rest), None)
        return _verb(syntax, token, act) if act else None
    return None


def _verb(syntax: Syntax, verb: int, act: SpeechAct) -> Draft | None:
    subject = _subject(syntax, verb)
    if subject is None or any(syntax.rel[c] == "case" for c in syntax.children(subject)):
        return None
    who = syntax.form(subject).lower()
    if act in _HELD and who in _SELF:
        return None
    if syntax.rel[verb] == "acl:relcl" and who not in _RELATIVE:
        return None  # "the money he says he raised": what is said has no words of its own
    reported = _reported(syntax, verb, act)
    if reported is None:
        return None
    first = verb
    while syntax.head[first - 1] == verb and syntax.rel[first - 1] in _BEFORE:
        first -= 1
    cue = Span(syntax.start[first], syntax.end[verb])
    return _draft(syntax, _phrase(syntax, subject, verb), cue, _phrase(syntax, reported, verb))


def _noun(syntax: Syntax, noun: int, lexicon: Lexicon) -> Draft | None:
    """ "the accusation that it had sold grain", "her claim that it burst"."""
    children = syntax.children(noun)
    clause = next((c for c in children if c > noun and syntax.rel[c] in ("acl", "ccomp") and _that(syntax, c)), None)
    if clause is None or refuses(syntax, clause):
        return None  # "a claim that the company denied"
    owner = next((c for c in children if syntax.rel[c] == "nmod:poss"), None)
    source = _phrase(syntax, owner, noun) if owner is not None else None
    return _draft(syntax, source, syntax.span(noun), unpredicated(syntax.text, _phrase(syntax, clause, noun), lexicon))


def _that(syntax: Syntax, clause: int) -> bool:
    return any(syntax.rel[c] == "mark" and syntax.form(c).lower() == "that" for c in syntax.children(clause))


def _draft(syntax: Syntax, source: Span | None, cue: Span, content: Span) -> Draft | None:
    own = syntax.within(content)
    if len(own) < _FEWEST or syntax.upos[own[0]] == "CCONJ":
        return None
    parts = [part for part in (source, cue, content) if part]
    if any(a.overlaps(b) for a, b in combinations(parts, 2)):
        return None
    return Draft(by="inside", source=(source,) if source else (), cue=cue, content=(content,))


def _subject(syntax: Syntax, verb: int) -> int | None:
    """Who does it: its own subject, that of the verb it completes ("had to find", "heard the director say"), or the
    noun that it describes ("their mother whispering that").
    """
    own = next((c for c in syntax.children(verb) if syntax.rel[c] == "nsubj"), None)
    above = syntax.head[verb]
    if own is not None or above == verb:
        return own
    if syntax.rel[verb] == "xcomp":
        beside = [c for c in syntax.children(above) if syntax.rel[c] in ("nsubj", "obj")]
        return max(beside, key=lambda c: syntax.rel[c] == "obj", default=None)
    if _as_saying(syntax, verb):
        return next((c for c in syntax.children(above) if syntax.rel[c] == "obj"), None)
    return above if syntax.rel[verb] == "acl" and syntax.xpos[verb] == "VBG" else None


def _as_saying(syntax: Syntax, verb: int) -> bool:
    """ "Quoted the ministry as saying"."""
    return syntax.rel[verb] == "advcl" and syntax.xpos[verb] == "VBG" and syntax.form(verb - 1).lower() == "as"


def _reported(syntax: Syntax, verb: int, act: SpeechAct) -> int | None:
    """What is said: a quotation, a clause, what is asked or promised to be done, what is reported or denied."""
    kinds = ("ccomp", *(("xcomp",) if act in _TO_DO else ()), *(("obj",) if act in _OF_THINGS else ()))
    children = syntax.children(verb)
    quoted = next((c for c in children if syntax.rel[c] in _CLAUSES and _is_quoted(syntax, c)), None)
    if quoted is not None:
        return quoted
    return min((c for c in children if syntax.rel[c] in kinds), key=lambda c: kinds.index(syntax.rel[c]), default=None)


def _is_quoted(syntax: Syntax, token: int) -> bool:
    return syntax.text[syntax.phrase(token).start] in _QUOTED


def _phrase(syntax: Syntax, token: int, verb: int) -> Span:
    """All that hangs from a token, with the quotation marks around it and without other marks; of what the verb
    describes what comes before that.
    """
    text, own = syntax.text, syntax.subtree(token)
    if verb in own:
        own = [t for t in own if t < verb and verb not in syntax.subtree(t)] or [token]
    whole = cover(map(syntax.span, own))
    start, end = whole.start, whole.end
    while start < end and text[start] in _LOOSE:
        start += 1
    while end > start and text[end - 1] in _LOOSE:
        end -= 1
    return Span(start, end)
