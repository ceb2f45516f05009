"""Whether words beside a clause speak of it, and say more of it: "but nobody could check that", "those are claims".

In:   a Page, the words of another clause or sentence.   Out: the word that takes it up, with what is said of it.
Knows nothing of: where the words stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.records import Reason
from sayso.resolve.framing import Part, Taker
from sayso.vet.page import Page

WHY = "takes it up, and says more of it"
_WANTED = "wanted, planned or promised"
POINTS = frozenset(("this", "that", "these", "those", "so"))
_IT = frozenset(("it", "which", "all", "none", "neither", "both", "same", "much", "they", "them"))
NO = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "none", "nothing", "neither", "nor", "hardly", "cannot"))
_SHORT_OF = frozenset(
    ("unable", "fail", "refuse", "decline", "struggle", "yet", "try", "impossible", "hard", "difficult")
)
CHECKS = frozenset(
    ("check", "authenticate", "validate", "back", "test", "believe", "true", "right", "correct", "accurate", "happen",
     "so", "confirm", "verify", "establish", "prove", "substantiate", "corroborate", "show", "ascertain", "demonstrate",
     "determine", "vouch")
)  # fmt: skip
_PARTS: dict[str, Part] = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective"}
# what is dropped or upheld as such, and not "the forecast had been good"
_CHARGES = frozenset(
    ("claim", "allegation", "accusation", "charge", "assertion", "rumour", "rumor", "contention", "story")
)
_TRUTH = frozenset(("denied", "held not to be so", "doubted", "only pretended or imagined"))


def takes_up(page: Page, tokens: Sequence[int], *, ahead: bool = False) -> Reason | None:
    """The first word that takes a clause up. ``ahead``: the words stand before it."""
    syntax = page.syntax
    for token in tokens:
        form, upos, rel = syntax.form(token).lower(), syntax.upos[token], syntax.rel[token]
        pronoun = upos in ("PRON", "ADV", "DET", "PROPN") and rel not in ("det", "mark", "expl", "det:predet")
        head = syntax.head[token]
        if form in POINTS and pronoun and syntax.rel[head] == "acl:relcl" and syntax.head[head] == token - 1:
            continue  # "a move that angered drivers"
        if form in POINTS and pronoun and _points(page, token):
            if not ahead or _said_of(page, head) is not None:
                return Reason(spans=(syntax.span(token),), why=WHY)
        elif form in _IT and pronoun and (entry := _said_of(page, head)) is not None:
            if entry == _WANTED and rel == "obj":
                continue  # "and it is not clear who ordered it"
            return Reason(spans=(syntax.span(head),), why=entry)
        elif upos == "NOUN" and (reason := _named(page, token)) is not None:
            return reason
        elif upos == "ADJ" and rel not in ("amod",):
            known = page.knowledge.framing.takes("adjective", (form, syntax.lemma[token].lower()))
            if known is not None and known.why in _TRUTH:
                return Reason(spans=(syntax.span(token),), why=known.why)
    return None


def _points(page: Page, token: int) -> bool:
    """Not "those who commute", which tells itself whom it means; and "so" only of what is said or done: "said so"."""
    syntax = page.syntax
    if syntax.form(token).lower() != "so":
        return not any(syntax.rel[k].startswith(("acl", "nmod")) for k in syntax.children(token))
    beside = abs(syntax.head[token] - token) == 1 and syntax.upos[syntax.head[token]] in ("VERB", "AUX")
    return beside and not (syntax.upos[token] == "ADV" and syntax.rel[token] == "advmod")


def _named(page: Page, noun: int) -> Reason | None:
    """ "The claim was dropped", "there is no proof"."""
    syntax = page.syntax
    entry = entry_of(page, noun)
    if entry is None or entry.why == _WANTED:
        return None
    marked = [syntax.form(k).lower() for k in syntax.children(noun) if syntax.upos[k] in ("DET", "PRON")]
    taken = any(syntax.rel[k] in ("acl", "ccomp", "nmod") for k in syntax.children(noun))
    if set(marked) & NO or (not taken and set(marked) & {"this", "that", "these", "those", "such"}):
        return Reason(spans=(syntax.span(noun),), why="negated" if set(marked) & NO else entry.why)
    judged = syntax.lemma[noun].lower() in _CHARGES or _said_of(page, syntax.head[noun]) is not None
    told = entry.why in ("said by somebody", "said by nobody in particular")
    if not taken and "the" in marked and told and judged:
        return Reason(spans=(syntax.span(noun),), why=entry.why)
    return None


def _said_of(page: Page, head: int) -> str | None:
    """What a word does to a clause that a pronoun beside it stands for, if it does anything."""
    syntax = page.syntax
    entry = entry_of(page, head)
    if entry is not None and not entry.keeps:
        return entry.why
    if not negated(page, head):
        return None
    checks = syntax.lemma[head].lower() in CHECKS or syntax.form(head).lower() in CHECKS
    return "negated" if checks or entry is not None else None


def entry_of(page: Page, token: int) -> Taker | None:
    """What the list has of a word, with its particle first ("made that up")."""
    syntax = page.syntax
    part = _PARTS.get(syntax.upos[token])
    names = [syntax.form(token).lower(), syntax.lemma[token].lower()]
    particles = [syntax.form(k).lower() for k in syntax.children(token) if syntax.rel[k] == "compound:prt"]
    names = [f"{names[1]} {particle}" for particle in particles] + names
    return page.knowledge.framing.takes(part, names) if part is not None else None


def negated(page: Page, word: int) -> bool:
    """Is a word negated, or told not to have come about, by what stands with it or over it?"""
    syntax, at = page.syntax, word
    for _ in range(3):
        around = [*syntax.children(at), *([at] if at != word else [])]
        if any(syntax.form(k).lower() in NO or syntax.lemma[k].lower() in _SHORT_OF for k in around):
            return True
        if syntax.rel[at] not in ("xcomp", "ccomp", "acl", "nmod") or syntax.head[at] == at:
            return False
        at = syntax.head[at]
    return False
