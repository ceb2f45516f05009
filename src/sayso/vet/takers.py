"""What takes the clause of a content and is not shown: "rubbished the claim that", "Word is that", "many fear".

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: conditions, what a sentence says of a content after it.

No list has all words that may stand over a clause. So it is the other way round: what takes a clause must be known to
leave it as it is, by `data/framing.toml`, or be shown; any other word counts as dropped, whatever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.extract.cues import doing
from sayso.records import Reason
from sayso.resolve.framing import Part
from sayso.spans import Span
from sayso.vet.page import Page
from sayso.vet.undone import VAGUE, Undone

_TAKING = ("ccomp", "csubj", "xcomp", "acl")
_LOOSE = ("advcl", "parataxis", "appos", "nmod", "obl", "conj", "dep", "obj", "nsubj", "list", "dislocated", "root")
_PLAIN = frozenset(("assert", "report", "accuse"))
_BY_SOMEBODY = "said by somebody"
_BY_ANOTHER = "said by somebody else"
_UNKNOWN = "takes it, and is not known to leave it as it is"
_MEANS = ("under", "in", "on", "through", "via", "by", "at", "during", "with", "from")
# "went on to say", "was the first to say", "rose to say"
_ON_TO = frozenset(
    (
        "go", "continue", "proceed", "come", "use", "begin", "start", "get", "first", "quick", "swift", "rise", "stand",
        "floor",
    )
)  # fmt: skip
_ANYTHING_BUT = ("far from", "anything but", "nowhere near", "less than", "short of")
_AS_IT_IS = frozenset(
    ("fact", "truth", "reality", "knowledge", "awareness", "irony", "tragedy", "circumstance", "regret")
)
_ANY = ("any", "a", "an", "no", "every", "another", "some")
_BREAK = re.compile(r"[;:.!?\"“”\n]")
_PARTS: dict[str, Part] = {"NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_OF_NOUNS = ("det", "amod", "nmod:poss")
_OF_VERBS = ("aux", "iobj", "obl")
_FAR = 6  # words that take one another


def takers(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """The words over a content's clause, from the nearest outwards, that are neither shown nor leave it as it is."""
    clause = _Takers(page, content, shown)
    if clause.is_finite:
        yield from clause.over()
        yield from clause.beside()


class _Takers(Undone):
    """What the tree has over the clause, and what is right before it."""

    def over(self) -> Iterator[Reason]:
        syntax, child = self.page.syntax, self.top
        if child is None:
            return
        near = self._right_before()
        sure = False
        passed: int | None = None  # a verb by which somebody says it, below one that is shown
        for step in range(_FAR):
            head = syntax.head[child]
            rel = syntax.rel[child].partition(":")[0]
            if head == child or head in self.own:
                break
            takes = self._takes(child, head, rel, first=step == 0)
            listed = step == 0 and self._is_listed(self.begins - 2) and self._opens_that(head)
            if listed or (not takes and rel == "conj"):
                child = head
                continue
            if not takes and step and (reason := self.unsaid(child)):
                yield reason
                return
            if not takes:
                break
            if self.is_passed_over(head):
                return
            if (over := self.set_aside(head)) is not None:
                yield over
                return
            if self.is_shown(head) and passed is not None:
                yield self.reason(passed, _BY_ANOTHER)
                return
            if self.is_shown(head):
                sure = near is None or near == head or self.is_shown(near)
                break
            quoted = head > self.begins or ":" in self.page.text[syntax.end[head] : syntax.start[self.begins]]
            reason = self._after(head) if quoted else self._judged(head)
            if reason is not None:
                yield reason
                return
            if passed is None and self._is_of_another(head):
                passed = head
            firm = rel in _TAKING and near in syntax.subtree(head)  # "said on the day it opened that"
            sure = sure or near is None or near == head or firm
            child = head
        else:
            return
        if self.has_that and not sure and (reason := self._by_place()):
            yield reason

    def _is_of_another(self, verb: int) -> bool:
        """ "Said that residents had complained that": does somebody who is not shown say it?"""
        syntax = self.page.syntax
        entry = self.page.knowledge.framing.takes("verb", self.names(verb)) if syntax.upos[verb] == "VERB" else None
        subject = next((k for k in syntax.children(verb) if syntax.rel[k] == "nsubj"), None)
        said = entry is not None and entry.why == "said" and subject is not None and verb < self.begins
        return said and subject is not None and syntax.upos[subject] in ("NOUN", "PROPN") and not self.is_shown(subject)

    def _right_before(self) -> int | None:
        """The word right before the "that", if it is one that takes a clause as a rule."""
        syntax, token = self.page.syntax, self.begins - 2
        if not self.has_that or token < 0 or syntax.sentence[token] != syntax.sentence[self.begins]:
            return None
        if _BREAK.search(self.page.text, syntax.end[token], syntax.start[self.begins - 1]) or self._is_listed(token):
            return None
        return token if syntax.upos[token] in ("VERB", "NOUN", "ADJ") and not self._is_when(token) else None

    def _is_listed(self, token: int) -> bool:
        """ "Three things: that the site was safe, that": does a comma stand between a word and the "that"?"""
        syntax = self.page.syntax
        return "," in self.page.text[syntax.end[token] : syntax.start[self.begins - 1]]

    def _opens_that(self, head: int) -> bool:
        """Is it the verb of another "that …", with which the clause stands in a list?"""
        syntax = self.page.syntax
        marks = [k for k in syntax.children(head) if syntax.rel[k] == "mark" and k < head]
        return head < self.begins and any(syntax.form(k).lower() == "that" for k in marks)

    def _is_when(self, noun: int) -> bool:
        """ "Said at the time that", "learned from the debate that"."""
        syntax, plain = self.page.syntax, self.page.knowledge.framing.plain
        cased = any(syntax.rel[k] == "case" and syntax.form(k).lower() in _MEANS for k in syntax.children(noun))
        return cased and syntax.lemma[noun].lower() in plain.nouns

    def _takes(self, child: int, head: int, rel: str, *, first: bool) -> bool:
        syntax = self.page.syntax
        if (self.content[0].overlaps(self.page.syntax.span(child)) and self.is_out_of_quotation(head)) or (
            syntax.sentence[head] != syntax.sentence[child]
        ):
            return False
        if rel in _TAKING and not syntax.rel[child].endswith(":relcl"):
            return rel != "acl" or self.has_mark(child) or (first and self.has_that)
        return first and self.has_that and head < self.begins and (rel in _LOOSE or rel == "acl")

    def _judged(self, token: int) -> Reason | None:
        """What a word before the clause does to it, if it does not leave it as it is."""
        syntax = self.page.syntax
        upos = syntax.upos[token]
        named = any(syntax.upos[k] == "DET" or syntax.rel[k] in _OF_NOUNS for k in syntax.children(token))
        noun = (
            upos == "VERB"
            and syntax.xpos[token] in ("VBG", "VB")
            and named
            and not any(rel.startswith(_OF_VERBS) for rel in self.rels(token))
        )
        if upos == "VERB" and not noun:
            return self._verb(token)
        if noun or upos in ("NOUN", "PROPN", "PRON", "NUM"):
            return self._noun(token)
        if upos in ("ADJ", "ADV"):
            return self._adjective(token)
        return self._subject_of(token)

    def _verb(self, token: int) -> Reason | None:
        page, syntax = self.page, self.page.syntax
        form = syntax.form(token).lower()
        if form in page.knowledge.lexicon.marker_forms:
            return None  # "according to"
        clear = page.knowledge.framing.takes("adjective", (form,))
        if clear is not None and clear.keeps:
            return None  # "made clear"
        does = doing(page.text, syntax.span(token), page.knowledge.lexicon)
        entry = page.knowledge.framing.takes("verb", self.names(token))
        plain = does.act in _PLAIN and does.factuality == "CT+"
        if not plain and (entry is None or not entry.keeps):
            return self.reason(token, entry.why if entry else does.act)
        known = form in page.knowledge.lexicon.verb_forms
        if entry is None and not known:
            bare = syntax.xpos[token] in ("VBG", "VBN") and not any(rel.startswith("aux") for rel in self.rels(token))
            if bare and self.has_cue(token):
                return None  # "said in a letter thanking the crew that": the tree may hang it from the wrong word
            stance = page.knowledge.stances.embedded(self.names(token), "that")
            if stance is None or stance.holds != "CT+" or stance.whose != "own":
                return self.reason(token, stance.why if stance and stance.whose == "own" else _UNKNOWN)
        elif entry is not None and not entry.keeps:
            return self.reason(token, entry.why)
        if (beside := self._complement(token)) is not None:
            return beside
        return self._who(token)

    def _complement(self, verb: int) -> Reason | None:
        """ "made it a condition that", "found it odd that": the word that tells what the clause is."""
        syntax = self.page.syntax
        kids = [k for k in syntax.children(verb) if verb < k < self.begins and syntax.rel[k] in ("xcomp", "obj")]
        framing = self.page.knowledge.framing
        for kid in kids:
            part: Part = "noun" if syntax.upos[kid] == "NOUN" else "adjective"
            entry = framing.takes(part, self.names(kid)[-2:])
            expletive = any(syntax.form(k).lower() == "it" and k < kid for k in syntax.children(verb) if k > verb)
            held = part == "noun" and syntax.rel[kid] == "obj" and entry is not None and entry.why != _BY_SOMEBODY
            if entry is not None and not entry.keeps and (expletive or held) and not self.is_shown(kid):
                return self.reason(kid, entry.why)  # "recorded a feeling in the room that"
        return None

    def _who(self, verb: int) -> Reason | None:
        """Nobody in particular says it; or who is named is told, and does not say it; or nobody has said it yet."""
        syntax, vague = self.page.syntax, self.page.knowledge.framing.vague.words
        subject = next((k for k in syntax.children(verb) if syntax.rel[k].startswith("nsubj")), None)
        if syntax.xpos[verb] == "VB" and syntax.form(verb - 1).lower() == "to":
            before = {syntax.lemma[t].lower() for t in range(max(0, verb - 3), verb)}
            return None if before & _ON_TO else self.reason(verb, "not said to be said")
        passive = any(rel == "aux:pass" for rel in self.rels(verb))
        agent = any(rel.endswith("agent") for rel in self.rels(verb))
        entry = self.page.knowledge.framing.takes("verb", self.names(verb))
        if passive and subject is None and not agent and entry is not None and entry.why == "said":
            return self.reason(verb, VAGUE)  # "it used to be held in the valley that"
        if subject is None and syntax.rel[verb] in ("xcomp", "advcl") and syntax.xpos[verb] == "VBG":
            over = syntax.head[verb]  # "people had been going around saying"
            subject = next((k for k in syntax.children(over) if syntax.rel[k].startswith("nsubj")), None)
        if subject is None:
            return None
        if syntax.rel[subject].endswith(":pass") and self.is_shown(subject):
            return self.reason(verb, "said to somebody")
        words = {syntax.form(subject).lower(), syntax.lemma[subject].lower()}
        mine = any(syntax.rel[k] == "nmod:poss" for k in syntax.children(subject))
        if words & vague and not mine and not self.is_shown(subject):
            return self.reason(subject, VAGUE)
        return None

    def _noun(self, token: int) -> Reason | None:
        syntax = self.page.syntax
        names = self.names(token)
        if (unsure := self._unsure(token)) is not None:
            return unsure
        if names[-1] == "effect" and (memo := self._to_the_effect(token)) is not None:
            return memo
        entry = None if self._is_when(token) else self.page.knowledge.framing.takes("noun", names)
        verb = next((t for t in syntax.ancestors(token) if syntax.upos[t] == "VERB" and t not in self.own), None)
        if entry is not None and entry.keeps:
            over = verb if verb is not None and verb < token else None
            return self._undone(token, over) if syntax.lemma[token].lower() not in _AS_IT_IS else self._denied(over)
        if syntax.form(token).lower() in ("doubt", "question") and syntax.form(token - 1).lower() in ("no", "little"):
            return None
        about = any(syntax.rel[k] == "nmod" and token < k < self.begins for k in syntax.children(token))
        if entry is not None and not entry.keeps and about and self._is_aside(token):
            return None  # "said in response to a question about the dam that"
        if entry is None:  # "told a crowd that": the tree may hang it from the wrong word
            said = verb is not None and verb < token and (self.is_shown(verb) or self._verb(verb) is None)
            return None if said or self.has_cue(token) else self.reason(token, _UNKNOWN)
        if entry.why == _BY_SOMEBODY:
            if any(self.is_shown(k) for k in syntax.subtree(token) if k < self.begins):
                return None  # "the union's claim that"
            case = any(syntax.rel[k] == "case" and syntax.form(k).lower() in _MEANS for k in syntax.children(token))
            if case and verb is not None and verb < token and self._says(verb):
                return None  # "said in a statement that"
        return self.reason(token, entry.why)

    def _to_the_effect(self, effect: int) -> Reason | None:
        """ "An old saw to the effect that": the noun before has to be of what somebody says."""
        syntax = self.page.syntax
        nouns = [t for t in range(max(0, effect - 6), effect) if syntax.upos[t] == "NOUN"]
        if nouns and (unsure := self._unsure(nouns[-1])) is not None:
            return unsure
        told = nouns and self.page.knowledge.framing.takes("noun", self.names(nouns[-1])[-2:])
        return None if not nouns or told else self.reason(nouns[-1], _UNKNOWN)

    def _unsure(self, noun: int) -> Reason | None:
        """ "A purported memo to the effect that"."""
        syntax, unsure = self.page.syntax, self.page.knowledge.framing.plain.unsure
        nouns = [noun, *([syntax.head[noun]] if syntax.upos[syntax.head[noun]] == "NOUN" else [])]
        found = (k for n in nouns for k in syntax.children(n) if syntax.rel[k] == "amod" and not self.is_shown(k))
        return next((self.reason(k, "left open") for k in found if syntax.form(k).lower() in unsure), None)

    def _is_aside(self, noun: int) -> bool:
        """Does a preposition part a noun from a cue that is shown before it?"""
        syntax = self.page.syntax
        return any(syntax.rel[k] == "case" for k in syntax.children(noun)) and self.has_cue(noun)

    def _says(self, verb: int) -> bool:
        """Is a verb shown, or one that only reports, and nothing undoes it?"""
        return self.is_shown(verb) or (self.set_aside(verb) is None and self._verb(verb) is None)

    def _denied(self, verb: int | None) -> Reason | None:
        """ "disputed the fact that"."""
        entry = self.page.knowledge.framing.takes("verb", self.names(verb)) if verb is not None else None
        if verb is None or entry is None or entry.why not in ("denied", "doubted") or self.is_shown(verb):
            return None
        return self.reason(verb, entry.why)

    def _undone(self, noun: int, verb: int | None) -> Reason | None:
        """ "set aside the finding that", "any finding that": what happens to it, or that there need be none."""
        syntax = self.page.syntax
        some = [k for k in syntax.children(noun) if syntax.upos[k] == "DET" and syntax.form(k).lower() in _ANY]
        if syntax.rel[noun].startswith("nsubj") and syntax.lemma[self.begins - 2].lower() == "be":
            some = []  # "another difference is that"
        said = verb is not None and (self.is_shown(verb) or self._verb(verb) is None)
        if verb is not None and not said and not any(self.is_shown(k) for k in syntax.subtree(noun) if k < self.begins):
            return self._verb(verb)
        return self.reason(some[0], "there need be none") if some and not said else None

    def _adjective(self, token: int) -> Reason | None:
        syntax = self.page.syntax
        entry = self.page.knowledge.framing.takes("adjective", self.names(token))
        before = " ".join(syntax.form(t).lower() for t in range(max(0, token - 2), token))
        if before in _ANYTHING_BUT:
            return self.reason(token - 2, "negated")
        if entry is None:
            free = self.has_cue(token) or syntax.form(token).lower() in _ON_TO  # "was quick to point out"
            return None if free else self.reason(token, _UNKNOWN)
        return None if entry.keeps else self.reason(token, entry.why)

    def _subject_of(self, verb: int) -> Reason | None:
        """ "The word in town is that": what the clause is told to be."""
        syntax = self.page.syntax
        subject = next((k for k in syntax.children(verb) if syntax.rel[k].startswith("nsubj")), None)
        if subject is None or self.is_shown(subject) or subject >= self.begins:
            return self._by_place()
        return self._noun(subject)

    def _after(self, token: int) -> Reason | None:
        """A word after the clause, as of who is quoted: "…, he fears", "…, people say"."""
        page, syntax = self.page, self.page.syntax
        if syntax.upos[token] != "VERB":
            return None
        entry = page.knowledge.framing.takes("verb", self.names(token)[-2:])
        if entry is not None and not entry.keeps:
            return self.reason(token, entry.why)
        return self._who(token)

    def beside(self) -> Iterator[Reason]:
        """The noun or adjective right before the "that", which a guessed tree may have passed over."""
        syntax, token = self.page.syntax, self.begins - 2
        if not self.has_that or token < 0 or syntax.sentence[token] != syntax.sentence[self.begins]:
            return
        if syntax.upos[token] == "AUX":
            yield from self._predicate(token)
        if syntax.form(token).lower() == "including" and (reason := self._listed(token)) is not None:
            yield reason
            return
        aside = any(syntax.rel[k] == "case" for k in syntax.children(token)) or syntax.rel[token].startswith("obl")
        if self.is_shown(token) or aside or syntax.upos[token] not in ("NOUN", "ADJ"):
            return
        part: Part = "noun" if syntax.upos[token] == "NOUN" else "adjective"
        entry = self.page.knowledge.framing.takes(part, self.names(token)[-2:])
        if entry is not None and not entry.keeps and (reason := self._judged(token)) is not None:
            yield reason

    def _listed(self, including: int) -> Reason | None:
        """ "Looked at every angle, including that": an example of something that is not said to be said."""
        syntax = self.page.syntax
        noun = next((t for t in range(including - 1, max(0, including - 8), -1) if syntax.upos[t] == "NOUN"), None)
        verbs = [t for t in syntax.ancestors(noun) if syntax.upos[t] == "VERB"] if noun is not None else []
        told = verbs and noun is not None and verbs[0] < noun and self.is_shown(verbs[0])
        entry = self.page.knowledge.framing.takes("noun", self.names(noun)[-2:]) if noun is not None else None
        return None if noun is None or told or entry is not None else self.reason(noun, _UNKNOWN)

    def _predicate(self, copula: int) -> Iterator[Reason]:
        """ "The fear, she said, was that": what a sentence says the clause to be."""
        syntax, framing = self.page.syntax, self.page.knowledge.framing
        for token in range(copula - 1, syntax.sentence_of(copula).start - 1, -1):
            entry = framing.takes("noun", self.names(token)[-2:]) if syntax.upos[token] == "NOUN" else None
            if self.is_shown(token) or entry is None:
                continue
            if not entry.keeps:
                yield self.reason(token, entry.why)
            return

    def _by_place(self) -> Reason | None:
        """Back from the "that" to the first word that may take it."""
        page, syntax = self.page, self.page.syntax
        start = syntax.start[self.begins - 1]
        first = syntax.sentence_of(self.begins).start
        for token in range(self.begins - 2, first - 1, -1):
            if _BREAK.search(page.text, syntax.end[token], start) or self.is_shown(token):
                return None
            if syntax.upos[token] == "VERB":
                return self.set_aside(token) or self._verb(token)
            if any(syntax.rel[k] == "case" for k in syntax.children(token)):
                continue  # "in response to a question"
            part = _PARTS.get(syntax.upos[token])
            entry = page.knowledge.framing.takes(part, self.names(token)[-2:]) if part else None
            if entry is not None:
                return self._noun(token) if part == "noun" else self._adjective(token)
        return None
