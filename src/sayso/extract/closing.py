"""Find who tells all that stands before it in its sentence: "Police believe that …, two people told the Observer."

In:   What is said already, Syntax.   Out: Drafts around those.
Knows nothing of: how they were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sayso.extract.drafts import Draft, drafted
from sayso.spans import Span
from sayso.syntax import Syntax

_TELLS = frozenset(("told", "tells", "said", "says", "added", "adds", "reported", "reports"))
_WHO = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PRON"))
_MARKS = frozenset((".", "”", '"', "’"))
_MOST = 14  # tokens of who tells it, and of whom


def closing(said: Sequence[Draft], syntax: Syntax) -> list[Draft]:
    """All drafts, and those that close a sentence in which somebody else was heard so far."""
    return [*said, *(new for draft in _found(syntax) if (new := _around(draft, said)) is not None)]


def _found(syntax: Syntax) -> Iterator[Draft]:
    for verb in range(len(syntax)):
        if syntax.form(verb).lower() in _TELLS and syntax.upos[verb] == "VERB":
            found = _closes(verb, syntax)
            if found is not None:
                yield found


def _closes(verb: int, syntax: Syntax) -> Draft | None:
    """Who tells, between a comma and the verb; whom, between the verb and the end of the sentence."""
    sentence = syntax.sentence_of(verb)
    first, last = verb, sentence.stop - 1
    while first > sentence.start and syntax.upos[first - 1] in _WHO and syntax.form(first - 1) != ",":
        first -= 1
    while last > verb and syntax.form(last) in _MARKS:
        last -= 1
    nominal = all(syntax.upos[t] in _WHO for t in range(verb + 1, last + 1))
    noun = any(syntax.upos[t] in ("NOUN", "PROPN") for t in range(first, verb))
    short = 0 < verb - first <= _MOST and last - verb <= _MOST
    if not (nominal and noun and short) or first <= sentence.start or syntax.form(first - 1) != ",":
        return None
    if syntax.upos[first] == "ADP" or not any(syntax.upos[t] == "VERB" for t in range(sentence.start, first)):
        return None
    draft = drafted(syntax, "phrase", range(first, verb), range(verb, verb + 1), range(sentence.start, first - 1))
    if draft is None or last == verb or syntax.form(verb).lower() not in ("told", "tells"):
        return draft
    return replace(draft, addressee=Span(syntax.start[verb + 1], syntax.end[last]))


def _around(new: Draft, said: Sequence[Draft]) -> Draft | None:
    """The new one, if those in its sentence lie in what it says, and one at least does."""
    (content,) = new.content
    whole = Span(content.start, max(span.end for span in new.spans))
    near = [draft for draft in said if any(whole.overlaps(span) for span in draft.words)]
    within = all(content.contains(span) for draft in near for span in draft.spans)
    return new if near and within else None
