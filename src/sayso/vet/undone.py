"""What undoes a word that takes a clause: "falsely claimed that", "never has she said that", "as soon as he says that".

In:   a Clause, a word over it.   Out: the words that were dropped, each with what they do.
Knows nothing of: what the word itself does to the clause.
"""

from __future__ import annotations

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.clause import Clause

VAGUE = "said by nobody in particular"
_LONGEST = 6  # words of a connective
_WHOEVER = frozenset(
    ("whoever", "whosoever", "anyone", "anybody", "those", "nobody", "no-one", "none", "everyone", "everybody")
)
_NOT = ("n't", "not", "never", "nobody")
_NO = frozenset((*_NOT, "no", "none", "nothing", "neither", "few", "hardly", "without"))
_AWAY = ("for", "over", "from", "of", "at", "against", "without", "about", "to", "instead", "rather", "than", "short")


class Undone(Clause):
    """Questions to the clause of the word that takes the content's."""

    def set_aside(self, verb: int) -> Reason | None:
        """ "falsely claimed", "had anybody said", "whoever says": what undoes the word that takes it."""
        syntax, framing = self.page.syntax, self.page.knowledge.framing
        if syntax.upos[verb] != "VERB":
            return None
        kids = [k for k in syntax.children(verb) if not self.is_shown(k)]
        owned = any(syntax.xpos[k] == "POS" for kid in kids for k in syntax.children(kid) if kid < verb)
        if syntax.xpos[verb] == "VBG" and owned and not self.is_shown(verb):
            return self.reason(verb, "not said to be said")  # "everything hangs on the court's deciding that"
        undone = next((k for k in kids if syntax.form(k).lower() in framing.undoing.words), None)
        if undone is not None and syntax.rel[undone] == "advmod":
            return self.reason(undone, "held not to be so")
        near = [t for t in range(max(0, verb - 3), verb) if syntax.sentence[t] == syntax.sentence[verb]]
        last = max((t for t in near if syntax.form(t) == "," and syntax.upos[t - 1] == "VERB"), default=-1)
        near = [t for t in near if t > last]  # not "whose report he did not challenge, says that"
        words = [syntax.form(t).lower().replace("’", "'") for t in near]
        for at, word in zip(near, words, strict=True):
            if word in _NOT and "only" not in words and not self.is_shown(at):
                return self.reason(at, "negated")
        if (far := self._negated_from_afar(verb)) is not None:
            return far
        if syntax.rel[verb] == "conj" and (first := self._negated_from_afar(syntax.head[verb])) is not None:
            return first  # "is nowhere pleaded, still less proved, that"
        if (none := self._by_nobody(verb)) is not None:
            return none
        if (joined := self._subordinate(verb)) is not None:
            return joined
        helping = next((k for k in kids if syntax.rel[k].startswith("aux")), None)
        subject = next((k for k in kids if syntax.rel[k].startswith("nsubj")), None)
        subject = subject or next((k for k in syntax.children(verb) if syntax.rel[k].startswith("nsubj")), None)
        inverted = helping is not None and subject is not None and helping < subject < verb
        if inverted and helping is not None and syntax.form(helping).lower() in ("had", "were", "should"):
            return self.reason(helping, "under a condition")
        if subject is not None and self.is_shown(subject):
            return None
        who = syntax.head[verb] if syntax.rel[verb].startswith("acl") else subject
        if who is not None and syntax.form(who).lower() in _WHOEVER and not self.is_shown(who):
            return self.reason(who, VAGUE)
        return None

    def _negated_from_afar(self, verb: int) -> Reason | None:
        """ "Never has the mayor said that"."""
        syntax = self.page.syntax
        for token in range(verb - 1, syntax.sentence_of(verb).start - 1, -1):
            if syntax.upos[token] in ("PUNCT", "SCONJ"):
                return None
            if syntax.form(token).lower() in ("never", "nor", "neither", "nowhere") and not self.is_shown(token):
                return self.reason(token, "negated")
        return None

    def _by_nobody(self, verb: int) -> Reason | None:
        """ "Nobody found a witness who saw that": a relative clause of what there is not."""
        syntax = self.page.syntax
        if not syntax.rel[verb].startswith("acl"):
            return None
        noun = syntax.head[verb]
        over = next((t for t in (noun, *syntax.ancestors(noun)) if syntax.upos[t] == "VERB"), noun)
        around = [*syntax.children(noun), *syntax.children(over)]
        words = [t for k in around if k < verb for t in (k, *syntax.children(k)) if t < verb]
        no = next((t for t in words if syntax.form(t).lower() in _NO and not self.is_shown(t)), None)
        return self.reason(no, "negated") if no is not None else None

    def _subordinate(self, verb: int) -> Reason | None:
        """ "As soon as the mayor says that", "suppose the mayor said that": what the word over it hangs by."""
        page, syntax = self.page, self.page.syntax
        joining = [k for k in syntax.children(verb) if k < verb and syntax.rel[k] in ("mark", "advmod", "case", "cc")]
        first = min((t for k in joining for t in syntax.subtree(k)), default=verb)
        if first >= verb or self.is_shown(first):
            return None
        words = page.within(Span(syntax.start[first], syntax.end[verb]))
        norms = [page.words[w].norm for w in words][:_LONGEST]
        found = page.knowledge.framing.opens(norms)
        if found is None:
            return None
        entry, size = found
        place = page.span(words[0], words[size - 1])
        if any(place.overlaps(own) for own in (*self.shown, *self.content)):
            return None
        if entry.temporal:
            now = syntax.xpos[verb] in ("VBZ", "VBP") and page.words[words[0]].norm not in ("before", "after")
            return Reason(spans=(place,), why="yet to come") if now else None
        if entry.why != "under a condition" or (self.is_shown(verb) and entry.words[0] == "if" and size > 1):
            return None  # "in case you think that" is said to those who do
        return Reason(spans=(place,), why=entry.why)

    def unsaid(self, verb: int) -> Reason | None:
        """ "shied away from saying": a gerund that hangs by a word that does not tell how or when."""
        syntax = self.page.syntax
        if syntax.xpos[verb] != "VBG":
            return None
        marks = [k for k in syntax.children(verb) if syntax.rel[k] in ("mark", "case") and k < verb]
        if not marks or syntax.form(marks[0]).lower() not in _AWAY:
            return None
        return self.reason(syntax.head[verb], "not said to be said")
