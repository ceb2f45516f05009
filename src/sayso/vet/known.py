"""Whether a clause stands though what takes it is negated or on no list: "nobody noticed that …", "so heavy that …".

In:   the Clause of a content.   Out: the words before it that leave it as it is.
Knows nothing of: what else stands in the sentence.

Karttunen (1971) calls verbs factive that take their clause as known: "she did not know that the dam was cracked" takes
it that it was. Nothing is taken as known by "I do not know that", "it is not known that", or under a condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sayso.records import Reason
from sayso.vet.clause import Clause
from sayso.vet.page import Page
from sayso.vet.phrases import FINITE, judged

# What a negation does, and what it is a negation of. Conditions, questions and hedges are none of these.
_NEGATIONS = frozenset(
    ("negated", "believe", "believed", "said by nobody", "not done", "not said to be said", "stands over it",
     "said by nobody in particular", "denied", "deny", "doubted", "undoes what takes it, or may")
)  # fmt: skip
# what is said to readers of a statement, and does nothing to it
_NOTED = re.compile(
    r"it (?:is|was|['’]s) (?:also |perhaps )?(?:worth|important|useful|instructive|interesting|essential) (?:to )?"
    r"(?:not(?:e|ing)|mention(?:ing)?|remember(?:ing)?|recall(?:ing)?|stress(?:ing)?|emphasi[sz](?:e|ing)|add(?:ing)?"
    r"|point(?:ing)? out|bear(?:ing)? in mind|know(?:ing)?|understand)"
    r"|it (?:should|must|ought to|is to|has to|needs to) (?:also )?be (?:noted|remembered|stressed|emphasi[sz]ed"
    r"|recalled|added|mentioned|pointed out|borne in mind|said)"
    r"|suffice (?:it )?to say|needless to say|(?:please )?(?:note|remember)|readers (?:should|may) (?:note|recall)"
    r"|it (?:is|was) (?:well known|common knowledge|no secret)|bear in mind|let us not forget|let['’]s not forget"
)
_IS = ("is", "was", "are", "were")
_OPEN = frozenset(("may", "might", "would", "could", "hardly", "scarcely", "far", "less", "least", "seemingly"))
_GIVEN = frozenset(
    ("given", "stated", "official", "cited", "offered", "alleged", "supposed", "purported", "ostensible", "possible",
     "likely", "probable", "his", "her", "their", "may", "might", "could", "would", "said", "told", "gave", "believed",
     "apparent")
)  # fmt: skip
_SELF = frozenset(("i", "we"))
_BETWEEN = ("ADV", "ADP", "DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON")
_FAILS = frozenset(("fail", "neglect", "omit", "seem", "appear"))
_FARTHEST = 6  # words between: "few noticed at the time that"
_NO = frozenset(("no", "beyond", "without"))
_CERTAIN = frozenset(
    (
        "doubt",
        "question",
        "dispute",
        "denying",
        "disputing",
        "doubting",
        "mistaking",
        "escaping",
        "argument",
        "coincidence",
        "accident",
        "surprise",
        "secret",
        "wonder",
        "mystery",
    )
)
_EXACT = frozenset(("any", "all", "serious", "reasonable", "the", "fact"))
_NEGATED = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "nothing", "hardly", "nowhere", "neither", "nor"))
_FOCUS = frozenset(("only", "not", "just", "precisely", "exactly", "also", "mainly", "largely", "partly", "n't", "n’t"))


class Known(NamedTuple):
    """The words before a clause that do nothing to it. ``whole``: whatever they are, not only negations."""

    words: range = range(0)
    whole: bool = False


def taken_as_known(clause: Clause) -> Known:
    """The words before a clause that leave it as it is; none where nothing is known to."""
    syntax = clause.page.syntax
    if not clause.own or not clause.has_that:
        return Known()
    first = syntax.sentence_of(clause.begins).start
    words = range(first, clause.begins)
    forms = [syntax.form(t).lower() for t in words][:-1]
    opened = clause.page.knowledge.framing.opens(forms[:6])
    if len(forms) < 2 or {"if", "whether"} & set(forms) or (opened is not None and opened[0].why is not None):
        return Known()
    if _is_factive(clause, first) or _is_certain(forms):
        return Known(words)
    if _is_result(clause, words, forms):
        return Known(range(clause.begins - 2, clause.begins), whole=True)
    told = " ".join(forms)
    known = _is_cleft(clause.page, words[:-1], forms) or _is_reason(forms) or _is_clear(clause, words, forms)
    known = known or _NOTED.fullmatch(told) is not None
    return Known(words, whole=True) if known else Known()


def stands(page: Page, reason: Reason, known: Known) -> bool:
    """Does a reason tell but of words that do nothing to the clause?"""
    syntax = page.syntax
    tokens = [t for span in reason.spans for t in syntax.within(span)]
    if not tokens or not all(t in known.words for t in tokens):
        return False
    factive = all(syntax.lemma[t].lower() in page.knowledge.framing.known.words for t in tokens)
    return known.whole or factive or reason.why in _NEGATIONS


def _is_factive(clause: Clause, first: int) -> bool:
    """ "Few noticed that", "was unaware that"; not "I do not know that", "it is not known that"."""
    syntax = clause.page.syntax
    word = next(_factives(clause, first), None)
    if word is None:
        return False
    subject = next((k for k in syntax.children(word) if syntax.rel[k].startswith("nsubj")), None)
    before = syntax.lemma[word - 2].lower() if word - 2 >= first else ""
    if syntax.xpos[word] == "VB" and syntax.form(word - 1).lower() == "to" and before not in _FAILS:
        return False  # "it would be no surprise to learn that"
    helped = any(syntax.rel[k].startswith("aux") for k in syntax.children(word))
    if syntax.xpos[word] == "VB" and not helped and syntax.form(word - 1).lower() != "to":
        return False  # "would have the conference recognise that"
    mine = subject is not None and syntax.form(subject).lower() in _SELF
    return not mine and not any(syntax.rel[k] in ("aux:pass", "nsubj:pass") for k in syntax.children(word))


def _factives(clause: Clause, first: int) -> Iterator[int]:
    """The word that takes the clause, if the list has it: right before, or before a few words of when and where."""
    syntax, known = clause.page.syntax, clause.page.knowledge.framing.known.words
    at = clause.begins - 2
    if at >= first and syntax.lemma[at].lower() == "be":
        at -= 1  # "what the visitors did not know was that"
    for token in range(at, max(first - 1, at - _FARTHEST), -1):
        if syntax.upos[token] in ("VERB", "ADJ") and syntax.lemma[token].lower() in known:
            yield token
        noun = syntax.upos[token] == "NOUN" and clause.page.knowledge.framing.takes("noun", clause.names(token)[-2:])
        if syntax.upos[token] not in _BETWEEN or clause.is_shown(token) or noun:
            return


def _is_certain(forms: list[str]) -> bool:
    """ "There is no doubt that", "it is beyond dispute that", "there is no denying the fact that"."""
    while forms and forms[-1] in _EXACT:
        forms = forms[:-1]
    certain = bool(forms) and forms[-1] in _CERTAIN
    before = [f for f in forms[:-1] if f not in _EXACT]
    return certain and before[-1:] != [] and before[-1] in _NO and not set(before[:-1]) & _NEGATED


def _is_result(clause: Clause, words: range, forms: list[str]) -> bool:
    """ "The rain was so heavy that", "he spoke so softly that": what came of it, where it was so."""
    syntax = clause.page.syntax
    last = words[-1] - 1
    degree = len(forms) > 1 and forms[-2] == "so" and syntax.upos[last] in ("ADJ", "ADV")
    helped = any(syntax.xpos[t] == "MD" for t in words)
    return degree and not helped and not set(forms) & _NEGATED


def _is_reason(forms: list[str]) -> bool:
    """ "One reason was that"; not "the reason given was that"."""
    told = {"reason", "reasons"} & set(forms)
    return bool(told) and forms[-1] in _IS and not set(forms) & (_NEGATED | _GIVEN)


def _is_clear(clause: Clause, words: range, forms: list[str]) -> bool:
    """ "What is certain is that", "it is clear that"."""
    page, syntax = clause.page, clause.page.syntax
    clear = [t for t in words if syntax.upos[t] == "ADJ"]
    kept = [page.knowledge.framing.takes("adjective", clause.names(t)[-2:]) for t in clear]
    sure = bool(kept) and all(entry is not None and entry.keeps for entry in kept)
    opened = (forms[0] == "what" and forms[-1] in _IS) or (
        forms[:1] == ["it"] and forms[1] in _IS and words[-2] in clear
    )
    return sure and opened and not set(forms) & (_NEGATED | _OPEN)


def _is_cleft(page: Page, words: range, forms: list[str]) -> bool:
    """ "It was only after the flood that", "it was not until May that", "it was in Kelm that"."""
    syntax = page.syntax
    if (
        len(words) < 4
        or forms[0] != "it"
        or syntax.lemma[words[1]].lower() != "be"
        or syntax.xpos[words[1]] not in FINITE
    ):
        return False
    focus = list(words[2:])
    while focus and syntax.form(focus[0]).lower() in _FOCUS:
        focus = focus[1:]
    negated = {"not", "n't", "n’t"} & set(forms[2:4])
    until = bool(focus) and syntax.form(focus[0]).lower() in ("until", "till")
    if (negated and not until) or len(focus) < 2 or syntax.upos[focus[0]] not in ("ADP", "SCONJ"):
        return False
    return judged(page, focus) is None
