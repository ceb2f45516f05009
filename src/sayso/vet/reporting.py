"""Whether the words before a clause plainly report it: somebody who is named, a verb that only says, nothing else.

In:   a Clause, the words before it.   Out: the first word that is not of that kind, or nothing.
Knows nothing of: what else stands in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.records import Reason
from sayso.resolve.framing import Part
from sayso.vet.clause import Clause
from sayso.vet.known import taken_as_known
from sayso.vet.phrases import FINITE, MEASURES

UNKNOWN = "takes it, and is not known to leave it as it is"
NOBODY = "said by nobody who is named"
_MEANS = frozenset(("in", "through", "via", "by", "at", "during"))
_ON_TO = frozenset(("go", "continue", "proceed", "come", "use", "begin", "start", "get", "first", "rise", "stand"))
_NO = frozenset(
    ("not", "n't", "n’t", "never", "no", "nobody", "none", "nothing", "neither", "nor", "hardly", "cannot", "without",
     "few", "little", "if", "unless", "whether", "only", "wrongly", "falsely")
)  # fmt: skip
_THE = frozenset(("the", "this", "that", "both", "two"))
_PERSONAL = frozenset(("he", "she", "i", "we", "it", "who"))
_UNNAMED = frozenset(
    (
        "one",
        "another",
        "some",
        "several",
        "propaganda",
        "anonymous",
        "unsigned",
        "unnamed",
        "unidentified",
        "unverified",
    )
)
_POINTING = frozenset(("this", "that", "these", "which", "they"))  # what shows something, who sees it
_SAID = "said"
FACTS = frozenset(("fact", "truth", "reality", "knowledge", "awareness", "irony", "tragedy", "circumstance", "regret"))


class Reporting(Clause):
    """Questions to the words before a clause."""

    def keeps(self, part: Part, names: Iterable[str]) -> bool:
        entry = self.page.knowledge.framing.takes(part, names)
        return entry is not None and entry.keeps

    def taken(self, tokens: Sequence[int]) -> Reason | None:
        """What is wrong with the words before a clause as those that report it or hold it to be so."""
        syntax = self.page.syntax
        if taken_as_known(self).words:
            return None
        if (err := next((t for t in tokens if syntax.lemma[t].lower() == "err"), None)) is not None:
            return self.reason(err, "held not to be so")  # "erred in finding that"
        tokens = self._from_then(tokens)
        undone = next((t for t in tokens if syntax.form(t).lower() in _NO or syntax.xpos[t] == "MD"), None)
        if undone is not None:
            return self.reason(undone, "undoes what takes it, or may")
        while len(tokens) > 1 and self._is_when(tokens[-1]):
            tokens = tokens[:-1]  # "said later that"
        last = tokens[-1]
        if syntax.xpos[last] == "WDT" and not self._is_of_a_time(last):
            return self.reason(last, UNKNOWN)  # "any occasion on which"
        if syntax.upos[last] in ("ADJ", "ADV"):
            subject = self._of(last)
            sayer = subject is not None and syntax.form(subject).lower() != "it" and not self.shown
            if not self.keeps("adjective", self.names(last)[-2:]):
                return self.reason(last, UNKNOWN)
            return self.somebody(subject, said=True) if sayer and subject is not None else None
        verb = next((t for t in reversed(tokens) if self._is_verb(t)), None)
        noun = self._noun(tokens, verb)
        if noun is not None and self.keeps("noun", self.names(noun)[-2:]):
            return None
        if verb is None or syntax.upos[verb] == "AUX":
            return self.reason(last if noun is None else noun, UNKNOWN)
        entry = self.page.knowledge.framing.takes("noun", self.names(noun)[-2:]) if noun is not None else None
        if noun is not None and entry is not None and not self._is_means(noun, verb) and not entry.keeps:
            return self.reason(noun, entry.why)
        return self.says(verb, tokens) or self._over(tokens, verb)

    def _is_when(self, token: int) -> bool:
        syntax = self.page.syntax
        return syntax.upos[token] == "ADV" and syntax.form(token).lower() in self.page.knowledge.framing.plain.adverbs

    def _is_of_a_time(self, which: int) -> bool:
        """ "In 2019, the year in which"; not "any day on which"."""
        syntax = self.page.syntax
        noun = which - 2
        told = noun > 0 and syntax.lemma[noun].lower() in MEASURES and syntax.upos[which - 1] == "ADP"
        return told and syntax.form(noun - 1).lower() in ("the", "same", "very")

    def _from_then(self, tokens: Sequence[int]) -> Sequence[int]:
        """ "Only then did they see that", "not until May did it admit that": without the words that tell when."""
        syntax = self.page.syntax
        forms = [syntax.form(t).lower() for t in tokens[:2]]
        if forms[:1] != ["only"] and forms not in (["not", "until"], ["not", "only"]):
            return tokens
        helping = next((n for n, t in enumerate(tokens) if syntax.form(t).lower() in ("did", "does", "do")), None)
        return tokens if helping is None else tokens[helping + 1 :]

    def _is_verb(self, token: int) -> bool:
        syntax = self.page.syntax
        return syntax.upos[token] == "VERB" or (syntax.upos[token] == "AUX" and syntax.rel[token] in ("cop", "root"))

    def _noun(self, tokens: Sequence[int], verb: int | None) -> int | None:
        """The noun that the clause may belong to: the last before it, or who or what "is" the clause."""
        syntax = self.page.syntax
        nouns = [t for t in tokens if syntax.upos[t] == "NOUN"]
        if syntax.upos[tokens[-1]] == "NOUN":
            return tokens[-1]
        nouns = [
            t for t in nouns if syntax.rel[t].startswith("nsubj")
        ] or nouns  # "the problem for the council is that"
        return nouns[-1] if nouns and verb is not None and syntax.upos[verb] == "AUX" else None

    def _is_means(self, noun: int, verb: int) -> bool:
        """ "Said in a statement that"."""
        syntax = self.page.syntax
        return any(syntax.form(t).lower() in _MEANS for t in range(verb + 1, noun))

    def says(self, verb: int, tokens: Sequence[int] = ()) -> Reason | None:
        """What is wrong with a verb as one by which somebody who is named says something, or something is shown."""
        page, syntax = self.page, self.page.syntax
        names = self.names(verb)
        entry = page.knowledge.framing.takes("verb", names)
        if entry is None or not entry.keeps:
            return self.reason(verb, entry.why if entry is not None else UNKNOWN)
        if entry.contends and not self.shown:
            return self.reason(verb, "contended by somebody")
        if self._is_wish(verb):
            return self.reason(verb, "wished for")
        near = [t for t in tokens if t != verb and (syntax.form(t).lower() in _NO or syntax.xpos[t] == "MD")]
        if near:
            return self.reason(near[0], "undoes what takes it, or may")
        helped = any(syntax.form(k).lower() in ("did", "does", "do") for k in syntax.children(verb))
        if syntax.xpos[verb] == "VB" and not helped and not self._goes_on(verb):
            return self.reason(verb, "not said to be said")
        if (sayer := self._sayer(verb)) is not None and not self.shown:
            return self.somebody(sayer, said=True)
        return self._subject(verb, said=entry.why == _SAID)

    def _sayer(self, verb: int) -> int | None:
        """ "Quoted fishermen as saying", "was told by a cellmate": who says it, where that is not the subject."""
        syntax = self.page.syntax
        by = (k for k in syntax.children(verb) if syntax.rel[k] == "obl:agent")
        if syntax.xpos[verb] == "VBN" and any("pass" in rel for rel in self.rels(verb)):
            return next(by, None)
        quoted = syntax.xpos[verb] == "VBG" and verb > 1 and syntax.form(verb - 1).lower() == "as"
        nominal = ("NOUN", "PROPN", "PRON")
        return verb - 2 if quoted and syntax.upos[verb - 2] in nominal else None

    def _is_wish(self, verb: int) -> bool:
        """ "God grant that": the bare form of a verb, of one who or which."""
        syntax, subject = self.page.syntax, self._of(verb)
        if subject is None or syntax.form(verb).lower() != syntax.lemma[verb].lower() or syntax.xpos[verb] == "VBD":
            return False
        one = syntax.xpos[subject] in ("NN", "NNP") or syntax.form(subject).lower() in ("he", "she", "it")
        joined = any(syntax.rel[k] == "conj" for k in syntax.children(subject))
        return one and not joined and not any(rel.startswith("aux") for rel in self.rels(verb))

    def _goes_on(self, verb: int) -> bool:
        syntax = self.page.syntax
        return bool({syntax.lemma[t].lower() for t in range(max(0, verb - 3), verb)} & _ON_TO)

    def _subject(self, verb: int, *, said: bool) -> Reason | None:
        """Who says it must be named; what shows it may be anything but a person nobody knows."""
        syntax = self.page.syntax
        at = verb
        subject = self._of(at)
        for _ in range(3):
            if subject is not None or syntax.head[at] == at:
                break
            if syntax.rel[at].startswith("acl"):
                subject = syntax.head[at]
            elif syntax.rel[at].startswith(("conj", "xcomp", "advcl")):
                at = syntax.head[at]
                subject = self._of(at)
            else:
                break
        if self.shown:
            return None  # who says it is told of the source
        if subject is None:
            after = [k for k in syntax.children(verb) if k > verb and syntax.rel[k] in ("obj", "nsubj")]
            subject = after[0] if after else None
        if subject is None:
            shown = not said and any(syntax.rel[k] == "expl" for k in syntax.children(verb))
            return None if shown else self.reason(verb, NOBODY)  # "it emerged that"
        passive = syntax.xpos[verb] == "VBN" and any("pass" in rel for rel in self.rels(verb))
        return self.somebody(subject, said=said, passive=passive)

    def somebody(self, subject: int, *, said: bool, passive: bool = False) -> Reason | None:
        """What is wrong with a word for one who says something."""
        syntax = self.page.syntax
        near = {syntax.form(k).lower() for k in syntax.children(subject) if k < subject}
        if near & (_UNNAMED | self.page.knowledge.framing.plain.unsure):
            return self.reason(subject, NOBODY)  # "one Member State", "propaganda leaflets"
        if syntax.upos[subject] == "PROPN":
            return None if self._is_name(subject) else self.reason(subject, NOBODY)
        form, words = syntax.form(subject).lower(), self.page.knowledge
        vague = form in words.framing.vague.words or syntax.lemma[subject].lower() in words.framing.vague.words
        if syntax.upos[subject] == "PRON":
            bad = form not in (_PERSONAL if said else _PERSONAL | _POINTING) or (said and form == "it" and passive)
            return self.reason(subject, NOBODY) if bad else None
        if syntax.lemma[subject].lower() in FACTS:
            return None  # "the facts are agreed"
        if vague or (said and passive):
            return self.reason(subject, NOBODY)
        if not said:
            return None
        if any(syntax.form(t).lower() in ("my", "our", "your") for t in syntax.subtree(subject)):
            return self.reason(subject, NOBODY)
        kind = words.words.kind_of(syntax.lemma[subject].lower(), words.lexicon)
        owned = any(syntax.form(k).lower() in _THE or syntax.rel[k] == "nmod:poss" for k in syntax.children(subject))
        told = syntax.xpos[subject] == "NNS" or any(self._is_told(k) for k in syntax.children(subject))
        named = kind != "unknown" and (owned or told)
        return None if named else self.reason(subject, NOBODY)

    def _is_told(self, token: int) -> bool:
        """ "A spokesman for the council": whose or where from somebody is."""
        syntax, words = self.page.syntax, self.page.knowledge
        known = words.words.kind_of(syntax.lemma[token].lower(), words.lexicon) != "unknown"
        return syntax.rel[token] in ("nmod", "appos", "flat", "amod") and (syntax.upos[token] == "PROPN" or known)

    def _is_name(self, word: int) -> bool:
        """Is it a name, not a noun with a capital since it begins the sentence?"""
        syntax, framing = self.page.syntax, self.page.knowledge.framing
        parts = [word, *(k for k in syntax.children(word) if syntax.rel[k] in ("compound", "flat"))]
        first = syntax.sentence_of(word).start
        if all(
            framing.takes("noun", (syntax.form(t).lower(),)) or syntax.form(t).lower() in framing.vague.words
            for t in parts
        ):
            return False
        if min(parts) != first or len(parts) > 1:
            return True
        form = syntax.form(word)
        return any(syntax.form(t) == form and t != syntax.sentence_of(t).start for t in range(len(syntax)))

    def _of(self, verb: int) -> int | None:
        syntax = self.page.syntax
        return next((k for k in syntax.children(verb) if syntax.rel[k].startswith("nsubj")), None)

    def _over(self, tokens: Sequence[int], verb: int) -> Reason | None:
        """Another verb before the one that says it: it may take the whole."""
        syntax = self.page.syntax
        for n, token in enumerate(tokens):
            if token == verb or syntax.upos[token] != "VERB":
                continue
            if any(syntax.upos[t] == "CCONJ" for t in (verb - 1, verb - 2)) and token < verb - 1:
                continue  # "promised to stay, and said that"
            names = self.names(token)
            entry = self.page.knowledge.framing.takes("verb", names)
            if entry is not None and not entry.keeps:
                return self.reason(token, entry.why)
            if entry is not None and "aux:pass" in self.rels(token):
                return self.reason(token, NOBODY)
            free = entry is not None or syntax.xpos[token] in ("VBG", "VBN") or syntax.lemma[token].lower() in _ON_TO
            opened = any(syntax.upos[t] == "CCONJ" or syntax.xpos[t].startswith("W") for t in tokens[:n])
            beside = any(syntax.upos[t] == "CCONJ" for t in range(token, verb))
            if not free and not opened and not beside and token < verb and syntax.xpos[token] in FINITE:
                return self.reason(token, UNKNOWN)
        return None
