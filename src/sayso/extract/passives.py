"""Set right who says it where it "was told by" somebody: the one behind "by" says it, the subject hears it.

In:   Found, Syntax.   Out: Found; whom it is said to.
Knows nothing of: how it was found.
"""

from __future__ import annotations

from msgspec.structs import replace

from sayso.reader import Found
from sayso.spans import Span
from sayso.syntax import Syntax

_TO_WHOM = frozenset(
    ("tell", "inform", "warn", "assure", "remind", "advise", "notify", "promise", "offer", "ask", "brief", "persuade")
)


def passive(one: Found, syntax: Syntax) -> Found:
    """An attribution with a passive cue: its source behind "by", its content without whom it is said to."""
    verb = next((t for t in syntax.within(one.cue) if _is_passive(syntax, t)), None)
    if verb is None:
        return one
    one = _with_agent(_within_agent(one, syntax), verb, syntax)
    top = syntax.top(one.content[0]) if len(one.content) > 1 else None
    told = top is not None and syntax.rel[top] == "nsubj:pass" and syntax.head[top] == verb
    if told and syntax.lemma[verb].lower() in _TO_WHOM:
        return replace(one, content=one.content[1:])
    return one


def only_told(one: Found, syntax: Syntax) -> bool:
    """ "The company had been warned": to whom something is said, and nothing of what."""
    verb = next((t for t in syntax.within(one.cue) if _is_passive(syntax, t)), None)
    top = syntax.top(one.content[0]) if len(one.content) == 1 else None
    if verb is None or top is None or syntax.lemma[verb].lower() not in _TO_WHOM:
        return False
    if one.source and syntax.upos[top] != "PRON":
        return False  # "another story was told by the Post"
    return syntax.rel[top] == "nsubj:pass" and syntax.head[top] == verb


def whom_told(one: Found, syntax: Syntax) -> Span | None:
    """ "The mayor had been warned that …": the mayor."""
    verb = next((t for t in syntax.within(one.cue) if _is_passive(syntax, t)), None)
    if verb is None or syntax.lemma[verb].lower() not in _TO_WHOM:
        return None
    subject = next((k for k in syntax.children(verb) if syntax.rel[k] == "nsubj:pass"), None)
    if subject is None:
        return None
    whom = syntax.phrase(subject)
    taken = any(whom.overlaps(span) for span in (one.cue, *one.source, *one.content))
    return None if taken else whom


def _is_passive(syntax: Syntax, token: int) -> bool:
    return syntax.upos[token] == "VERB" and any(syntax.rel[k] == "aux:pass" for k in syntax.children(token))


def _with_agent(one: Found, verb: int, syntax: Syntax) -> Found:
    """ "She had been told by the ministry that …": the ministry."""
    agent = next((k for k in syntax.children(verb) if syntax.rel[k] == "obl:agent"), None)
    if one.source or agent is None:
        return one
    lead = next((k for k in syntax.children(agent) if syntax.form(k).lower() == "by"), None)
    if lead is None:
        return one
    taken = min((s.start for s in one.content if s.start > syntax.end[lead]), default=len(syntax.text))
    own = [t for t in syntax.subtree(agent) if t > lead and syntax.end[t] <= taken and syntax.upos[t] != "PUNCT"]
    return replace(one, source=(Span(syntax.start[own[0]], syntax.end[own[-1]]),)) if own else one


def _within_agent(one: Found, syntax: Syntax) -> Found:
    """ "Accused by the High Commissioner for Human Rights of carrying out": what follows "of" is no name."""
    if len(one.source) != 1:
        return one
    inside = syntax.within(one.source[0])
    of = next((t for t in inside[1:-1] if syntax.form(t).lower() == "of" and syntax.xpos[t + 1] == "VBG"), None)
    if of is None:
        return one
    source = Span(one.source[0].start, syntax.end[of - 1])
    rest = Span(syntax.start[of], one.source[0].end)
    return replace(one, source=(source,), content=tuple(sorted((*one.content, rest))))
