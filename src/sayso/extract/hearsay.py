"""Find what one word gives to nobody in particular: “The money allegedly went through a bakery”.

In:   What is said already, Syntax, Lexicon.   Out: Drafts.
Knows nothing of: what else is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.drafts import Draft
from sayso.lexicon import Lexicon
from sayso.spans import cover, trimmed
from sayso.syntax import Syntax

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj"))
_LOOSE = " ,.;:?!-–—\t\r\n"
_APART = frozenset(("punct", "cc", "mark", "discourse"))  # what may stand before a clause and is not of it


def hearsay(said: Sequence[Draft], syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """All drafts, and the clauses with an adverb that attributes ("reportedly"), outside of what is said."""
    taken = [span for draft in said for span in draft.spans]
    found: list[Draft] = []
    for token in range(len(syntax)):
        word = syntax.form(token).lower()
        if syntax.upos[token] == "ADV" and any(len(words) == 1 for words, _ in lexicon.marker_forms.get(word, ())):
            new = _of(syntax, token)
            if new and not any(span.overlaps(own) for span in taken for own in new.spans):
                found.append(new)
                taken += new.spans
    return [*said, *found]


def _of(syntax: Syntax, adverb: int) -> Draft | None:
    """The clause of the verb that an adverb describes, without the adverb. "The allegedly stolen map" has none, and in
    "the gun he allegedly used" it does not say all that is said.
    """
    verb = syntax.head[adverb]
    if syntax.rel[verb].startswith("acl") or not any(syntax.rel[c] in _SUBJECTS for c in syntax.children(verb)):
        return None
    own = syntax.subtree(verb)
    while own and (syntax.rel[own[0]] in _APART or own[0] == adverb):
        own = own[1:]
    parts = ([t for t in own if t < adverb], [t for t in own if t > adverb])
    wholes = (cover(map(syntax.span, part)) for part in parts if part)
    content = tuple(piece for w in wholes if (piece := trimmed(syntax.text, w.start, w.end, _LOOSE)))
    return Draft(by="hearsay", source=(), cue=syntax.span(adverb), content=content) if content else None
