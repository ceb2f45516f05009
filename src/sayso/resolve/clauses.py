"""Questions to the tree of a clause: what negates it, how it hangs from another word, which words join it.

In:   Syntax, the tokens that count, Stances.   Out: tokens, spans, names of constructions.
Knows nothing of: what follows from it for an event.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sayso.resolve.stances import Embedding, Frame, Stances
from sayso.spans import Span, cover
from sayso.syntax import Syntax

ARGUMENTS = frozenset(("nsubj", "obj", "iobj", "csubj"))
NOMINAL = frozenset(("nsubj", "obj", "iobj", "obl", "nmod", "compound"))
CLAUSAL = frozenset(("ccomp", "xcomp", "csubj", "acl", "advcl"))
ASIDE = frozenset(("parataxis", "appos", "list", "dislocated", "discourse", "vocative", "acl:relcl", "advcl:relcl"))
SUBJECTS = frozenset(("nsubj", "csubj", "expl"))
QUOTES = "\"“”‘’'«»"
_JOINING = frozenset(("mark", "case", "cc", "fixed"))
_SPEAKER = frozenset(("i", "we"))
_IF = frozenset(("if", "unless", "provided", "providing", "assuming"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_CLITICS = frozenset(("n't", "n’t"))
_YET = ("have", "be")  # with "yet to": not done
_COMPARED = frozenset(("more", "much", "less", "few", "fewer", "later"))
_OF_NOUNS = frozenset(("NOUN", "PROPN", "DET", "ADJ", "NUM", "ADP", "PRON"))
_LONG = 12  # tokens between "it was" and "who"
_BEFORE = 4  # tokens: "not a single armed guard"
_FRONTED = frozenset(("not", "no", "none", "neither", "never", "nowhere"))


@dataclass(frozen=True)
class Clauses:
    """The tokens an event is read within; what stands outside has no say."""

    syntax: Syntax
    own: Collection[int]
    words: Stances

    def kids(self, node: int) -> Iterator[int]:
        """What hangs from a token."""
        return (k for k in self.syntax.children(node) if k in self.own)

    def rel(self, token: int) -> str:
        """The relation without its subtype."""
        return self.syntax.rel[token].partition(":")[0]

    def lemma(self, token: int) -> str:
        """In lower case."""
        return self.syntax.lemma[token].lower().replace("’", "'")

    # --- negation ---

    def negations(self, node: int) -> list[int]:
        """The words that negate a predicate; none where they only say when ("not until noon")."""
        found = [n for k in self.kids(node) if (n := self._negation(node, k)) is not None]
        found += [n for n in self._astray(node) if n not in found]
        found = [n for n in found if not self._repeats(n, found)]
        return [] if found and any(self._says_when(k) for k in self.kids(node)) else found

    def _is_fronted(self, node: int, kid: int) -> bool:
        """Does an auxiliary stand between words that open a clause and its subject?"""
        subject = next((k for k in self.kids(node) if self.rel(k) in SUBJECTS), None)
        helping = (k for k in self.kids(node) if self.rel(k) in ("aux", "cop"))
        return subject is not None and any(kid < k < subject for k in helping)

    def _astray(self, node: int) -> Iterator[int]:
        """Negations that a guessed tree hangs elsewhere, though their place leaves no doubt what they negate."""
        syntax, adverbs = self.syntax, self.words.negation.adverbs
        form = syntax.form(node).lower().replace("’", "'")
        if (
            form in adverbs and syntax.upos[node] != "NOUN"
        ):  # "the guards aren't."; the lemma guessed for "noted" is "not"
            yield node
        for kid in self.kids(node):  # "can't credibly say": the clitic is the auxiliary's
            if self.rel(kid) in ("advmod", "aux"):
                yield from (k for k in self.kids(kid) if syntax.form(k).lower() in _CLITICS)
            if self.rel(kid) in ("advmod", "obl") and kid < node and self._is_fronted(node, kid):
                yield from (k for k in self.syntax.subtree(kid) if self.lemma(k) in _FRONTED)  # "not once did she say"
            if self.rel(kid) == "obj" and kid > node:  # "none of the boats had an alarm"
                yield from (k for k in self.kids(kid) if k < node and self.lemma(k) in self.words.negation.pronouns)
            if self.rel(kid) in ("advmod", "amod") and kid < node and self.lemma(kid + 1) == "to":
                entry = self.words.embedded([self.lemma(kid)], "to")
                if entry is not None and entry.why == "not able or willing":  # "was unable to reach"
                    yield kid
                if self.lemma(kid) == "yet" and self.lemma(kid - 1) in _YET and self.rel(kid - 1) == "aux":
                    yield kid  # "has yet to reply"
        if (set_aside := self._cleft(node)) is not None:
            yield set_aside
        if syntax.head[node] != node and syntax.head[node] in self.own:
            return
        first = min(self.own)
        if self.lemma(first) == "nor" and syntax.sentence[first] == syntax.sentence[node]:  # "Nor is the dam new"
            yield first
        if syntax.head[node] != node:  # "says it did not", hung from a verb that stands outside
            beside = (k for k in syntax.children(syntax.head[node]) if k in self.own and self.rel(k) == "advmod")
            yield from (k for k in beside if self.lemma(k) in adverbs and k - node in (1, 2))

    def _cleft(self, node: int) -> int | None:
        """The "not" of "it was not the army that shelled …": by place, as guessed trees differ."""
        syntax = self.syntax
        who = next((k for k in self.kids(node) if k < node and self.lemma(k) in ("who", "that")), None)
        if who is None or self.rel(who) not in SUBJECTS or who - 1 not in self.own:
            return None
        at, negation = who - 1, None
        while at - 1 in self.own and syntax.upos[at] in _OF_NOUNS and who - at < _LONG:
            at -= 1
        if self.lemma(at) in ("not", "n't"):
            negation, at = at, at - 1
        joined = any(self.lemma(t) == "but" for t in range(at, who))
        it = self.lemma(at) == "be" and at - 1 in self.own and syntax.form(at - 1).lower() == "it"
        return negation if it and not joined else None

    def _repeats(self, negation: int, found: Collection[int]) -> bool:
        """ "never, never": said again with nothing but a mark between."""
        before = negation - 1
        while before > 0 and self.syntax.upos[before] == "PUNCT":
            before -= 1
        return before in found and before < negation - 1 and self.lemma(before) == self.lemma(negation)

    def _negation(self, node: int, kid: int) -> int | None:
        negation = self.words.negation
        lemma, rel = self.lemma(kid), self.rel(kid)
        if rel in ("advmod", "cc", "parataxis") and lemma in negation.adverbs:
            after = self.lemma(kid + 1) if kid + 1 < len(self.syntax) else ""
            if after == "all" and kid + 2 < len(self.syntax) and self.lemma(kid + 2) == "that":
                return kid  # "not all that familiar"
            return None if after in negation.focus or after in negation.open else kid
        if rel == "advmod" and lemma in ("long", "longer", "more"):
            return self._with_no(kid)
        if (rel == "advmod" and lemma in negation.pronouns) or (rel == "det" and lemma in negation.determiners):
            return kid
        if rel == "case" and lemma == "without" and any(self.rel(k) == "cop" for k in self.syntax.children(node)):
            return kid
        if rel in ARGUMENTS and self.syntax.upos[node] != "NOUN":
            return self.nobody(kid)
        return self._with_no(kid) if rel == "obl" and lemma in negation.phrases else None

    def _with_no(self, node: int) -> int | None:
        return next((k for k in self.kids(node) if self.lemma(k) in self.words.negation.determiners), None)

    def nobody(self, argument: int) -> int | None:
        """The word that makes an argument nobody or nothing; "not all" and "not every" leave some."""
        if self.lemma(argument) in self.words.negation.pronouns:
            return argument
        if (no := self._with_no(argument)) is not None:
            return None if self._is_emphatic(argument, no) else no
        for token in range(max(argument - _BEFORE, 0), argument):
            up = self.syntax.head[token]
            inside = up == argument or (self.syntax.head[up] == argument and up < argument)
            if token in self.own and inside and self.lemma(token) == "not":
                return token if self.lemma(token + 1) in ("a", "an", "one", "single") else None
        return None

    def _is_emphatic(self, argument: int, no: int) -> bool:
        """ "she no doubt won", "needs no more than a day": nothing is denied of the verb."""
        if argument != no + 1:
            return False
        verb = self.syntax.head[argument]
        owned = any(self.rel(k) == "nsubj" and k != argument for k in self.syntax.children(verb))
        after = self.lemma(argument + 1) if argument + 1 < len(self.syntax) else ""
        if self.lemma(argument) == "doubt":
            return (owned and argument < verb) or any(self.rel(k) == "expl" for k in self.syntax.children(verb))
        return self.lemma(argument) in _COMPARED and after == "than"

    def _says_when(self, kid: int) -> bool:
        return self.rel(kid) in ("advcl", "obl") and any(
            self.lemma(k) in self.words.negation.later
            for k in self.syntax.children(kid)
            if self.rel(k) in ("mark", "case")
        )

    # --- conditions, orders ---

    def condition(self, node: int) -> Span | None:
        """The words that put a clause under a condition."""
        for kid in self.kids(node):
            if self.rel(kid) != "advcl" and not (self.rel(kid) == "obl" and self.is_verbal(kid)):
                continue
            mark = next((k for k in self.kids(kid) if self.lemma(k) in _IF), None)
            if mark is None:
                mark = self.inverted(kid)
            elif mark and self.lemma(mark - 1) in ("even", "as"):
                continue
            if mark is not None:
                return self.syntax.span(mark)
        return None

    def inverted(self, clause: int) -> int | None:
        """ "Had the guards closed it": the auxiliary before the subject."""
        first = next((k for k in self.kids(clause) if self.rel(k) in ("aux", "cop")), None)
        subject = next((k for k in self.kids(clause) if self.rel(k) in SUBJECTS), None)
        if first is None or subject is None or first > subject:
            return None
        return first if self.syntax.form(first).lower() in ("had", "should", "were") else None

    def is_bare(self, verb: int) -> bool:
        """A base form without subject, "to", and auxiliary other than "do": an imperative."""
        form, first = self.syntax.form(verb), self.syntax.sentence_of(verb).start
        before = self.syntax.form(verb - 1) if verb > first else ""
        if self.syntax.xpos[verb] != "VB" or (form.istitle() and before.isalnum()):
            return False  # in the middle of a sentence a capital makes a name
        kids = [(self.rel(k), self.lemma(k)) for k in self.kids(verb)]
        return not any(rel in {*SUBJECTS, "mark"} or (rel == "aux" and lemma != "do") for rel, lemma in kids)

    def is_told(self, node: int) -> bool:
        """Does an event stand in a clause that is told, not quoted?"""
        first = min(self.own)
        before = self.syntax.form(first - 1) if first > self.syntax.sentence_of(node).start else ""
        told = bool(before) and before not in QUOTES and self.syntax.form(first) not in QUOTES
        return self.rel(node) == "ccomp" or told

    # --- one word and what it takes ---

    def taking(self, head: int, child: int) -> Embedding | None:
        """The entry of a word that takes what hangs from it."""
        syntax, rel, passive = self.syntax, self.rel(child), self.syntax.rel[child].endswith("pass")
        if syntax.rel[child] in ASIDE or rel not in NOMINAL | CLAUSAL:
            return None
        joined = any(self.rel(k) in ("mark", "case") for k in syntax.children(child))
        if syntax.xpos[child] in ("VBN", "VBG") and rel in ("acl", "advcl") and not joined:
            return None  # "the report sent on Monday", "he left, warning them"
        if rel == "nsubj" and syntax.upos[head] == "VERB" and not passive:
            return None
        frame = self.frame(child)
        found = self.words.embedded(self._names(head, child), frame)
        if found is None or (rel == "nsubj" and found.whose != "own" and not passive):
            return None  # "the theft was news"
        if rel == "advcl" and frame == "to" and found.holds == "CT+":
            return None  # "came to repair": a purpose
        return found

    def _names(self, head: int, child: int) -> list[str]:
        """What an entry may call a word: with its particle or preposition, its form, its lemma."""
        lemma = self.lemma(head)
        after = [head + 1] if head + 1 < len(self.syntax) else []
        names = ["yet"] if lemma in _YET and any(self.lemma(k) == "yet" for k in (*after, *self.kids(head))) else []
        names += [
            f"{lemma} {self.lemma(k)}" for k in self.syntax.children(head) if self.syntax.rel[k] == "compound:prt"
        ]
        names += [f"{lemma} {self.lemma(k)}" for k in self.syntax.children(child) if self.rel(k) in ("case", "mark")]
        return [*names, self.syntax.form(head).lower(), lemma]

    def frame(self, child: int) -> Frame:
        """How an event hangs from the word that takes it."""
        syntax, rel = self.syntax, self.rel(child)
        kids = syntax.children(child)
        joining = {self.lemma(k) for k in kids if self.rel(k) in ("mark", "case")}
        verbal = self.is_verbal(child)
        within = syntax.rel[syntax.head[child]] == "acl:relcl"  # "who guards say fled": asks nothing
        if syntax.xpos[child] in ("WP", "WRB") and not within:
            return "whether"
        if "from" in joining and (syntax.xpos[child] == "VBG" or not verbal):
            return "from"
        if not verbal and rel in NOMINAL:
            return "noun"
        asks = any(syntax.xpos[k] in ("WP", "WRB", "WDT") for k in kids if k < child) and rel not in ("acl", "advcl")
        if (asks and not (within and rel == "ccomp")) or joining & {"whether", "if"}:
            return "whether"
        finite = any(self.rel(k) in ("aux", "cop") and syntax.xpos[k] in ("VBD", "VBZ", "VBP", "MD") for k in kids)
        if "to" in joining or (syntax.xpos[child] == "VB" and not finite):
            return "to"
        return "ing" if syntax.xpos[child] == "VBG" and not finite else "that"

    def is_of_other(self, head: int, entry: Embedding) -> bool:
        """Is it somebody else who says or thinks so?"""
        if entry.whose == "own":
            return False
        subject = next((k for k in self.kids(head) if self.rel(k) == "nsubj"), None)
        if subject is None and self.rel(head) in ("xcomp", "conj"):
            subject = next((k for k in self.kids(self.syntax.head[head]) if self.rel(k) == "nsubj"), None)
        if subject is None or self.syntax.rel[subject].endswith("pass"):
            return entry.whose == "sayer"
        if self.lemma(subject) in _SPEAKER:
            return False
        return entry.whose == "sayer" or self.syntax.upos[subject] != "PRON"

    def verdict(self, head: int, child: int) -> tuple[int, Embedding] | None:
        """ "called the report a fabrication", "dismissed it as false": the word that says what a claim is."""
        if self.rel(child) not in ("obj", "nsubj"):
            return None
        for kid in self.syntax.children(head):
            if kid != child and self.rel(kid) in ("xcomp", "obl", "advcl") and self.syntax.upos[kid] in ("ADJ", "NOUN"):
                entry = self.words.embedded([self.lemma(kid)], "noun")
                if entry is not None:
                    return kid, entry
        return None

    # --- one clause and another ---

    def shares(self, conjunct: int) -> bool:
        """Does a conjunct stand under the same negation and auxiliaries ("not sleep or eat", "may rain and snow")?"""
        kids = list(self.kids(conjunct))
        joining = {self.lemma(k) for k in kids if self.rel(k) == "cc"}
        if "nor" in joining:
            return False  # it has its negation in itself
        alone = not any(self.rel(k) in SUBJECTS for k in kids)
        if "or" in joining:
            return alone
        head, bare = self.syntax.head[conjunct], ("VB", "VBG")
        alone = alone and not any(self.rel(k) in ("aux", "mark") for k in kids)
        return alone and self.syntax.xpos[conjunct] in bare and self.syntax.xpos[head] in bare

    def link(self, child: int) -> tuple[str, Span] | None:
        """The words that join a clause or a noun to another, as the list has them, and their place."""
        joining = [k for k in self.kids(child) if self.rel(k) in _JOINING and k < child]
        joining += [g for k in joining for g in self.kids(k) if self.rel(g) == "fixed"]
        if not joining:
            return None
        first, last = min(joining), max(joining)
        for start in range(max(first - 2, 0), last + 1):
            for end in (last, first):
                words = " ".join(self.syntax.form(t).lower() for t in range(start, end + 1))
                if words in self.words.linkers:
                    return words, cover(self.syntax.span(t) for t in range(start, end + 1))
        return None

    def is_verbal(self, token: int) -> bool:
        """A verb, or a predicate with a copula."""
        verb = self.syntax.upos[token] in ("VERB", "AUX")
        return verb or any(self.rel(k) == "cop" for k in self.syntax.children(token))

    def is_small(self, child: int) -> bool:
        """A predicate without a verb of its own ("remained closed")."""
        return not self.is_verbal(child) and not any(self.rel(k) == "mark" for k in self.syntax.children(child))

    def is_definite(self, noun: int) -> bool:
        """A name, or a noun that is taken as known."""
        kids = self.syntax.children(noun)
        known = any(self.syntax.rel[k] == "nmod:poss" or self.lemma(k) in _DEFINITE for k in kids)
        return known or self.syntax.upos[noun] == "PROPN"
