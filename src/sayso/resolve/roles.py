"""Who does it and to whom it is done, from the tree: the parties of a verb or of a noun for an event.

In:   Syntax and a token.   Out: tokens that fill a role; Party, a phrase with its heads.
Knows nothing of: types of events; who a pronoun or a name stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from sayso.spans import Span, trimmed
from sayso.syntax import Syntax

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_RELATIVE = frozenset({"who", "whom", "which", "that"})
# "vowed to her to stay": the one who vows stays; after other verbs with an object, the object does it.
_HIRING = frozenset({"pay", "hire", "bribe", "recruit", "train", "send"})
_SUBJECT_CONTROL = frozenset(
    {"promise", "vow", "threaten", "pledge", "swear", "offer", "use", "take", "refuse", "decline"}
)
_WHEN = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "day",
        "week",
        "month",
        "year",
        "hour",
        "time",
        "morning",
        "night",
        "evening",
        "weekend",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "minute",
        "decade",
        "once",
    ]
)
# These are always done to somebody: where nobody follows, somebody before has undergone it.
_SOMEBODY = frozenset({"accuse", "suspect", "convict", "acquit", "indict", "arrest", "detain", "jail", "imprison"})
_OF_OBJECT = frozenset({"of", "for", "from", "into"})
_GIVING = frozenset(
    {
        "give",
        "send",
        "offer",
        "lend",
        "grant",
        "promise",
        "deny",
        "pay",
        "hand",
        "award",
        "sell",
        "show",
        "tell",
        "provide",
    }
)
_AMOUNTS = frozenset(
    {"dozen", "score", "hundred", "thousand", "million", "number", "majority", "rest", "series", "lot", "some", "many",
     "most", "all", "one", "group", "couple", "several", "few", "ten", "member", "part", "none", "each", "any", "kind",
     "ton", "tonne", "patch", "deployment", "shipment", "package", "load", "worth", "truckload", "barrel", "amount",
     "batch", "team", "two", "three"}
)  # fmt: skip


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who takes part in an event, as the text calls them: a metonym stays one.

    ``heads``: the word that each of them hangs from ("Tarnia and Dorvan": two). ``stands_for``: of a pronoun what it
    must mean by the grammar of its sentence ("Tarnia said it would leave"), else None. ``sector``: PLOVER's sort of
    actor, where the head word tells it.
    """

    spans: tuple[Span, ...]
    text: str
    heads: tuple[Span, ...]
    stands_for: Span | None = None
    sector: str | None = None


def base(syntax: Syntax, token: int) -> str:
    """The relation of a token to its head without its subtype."""
    return syntax.rel[token].partition(":")[0]


def is_passive(syntax: Syntax, verb: int) -> bool:
    """ "was seized", "the men seized on Friday", "was tried and sentenced"."""
    rels = {syntax.rel[c] for c in syntax.children(verb)}
    if rels & {"aux:pass", "nsubj:pass", "obl:agent"}:
        return True
    if syntax.xpos[verb] not in {"VBN", "VBD"} or rels & {"aux", "nsubj", "obj"}:
        return False
    alone = not rels & {"iobj", "ccomp"} and _bare(syntax, verb, before=False) is None
    if syntax.lemma[verb].lower() in _SOMEBODY and alone:  # "a trader said to be rich and accused of fraud"
        return syntax.rel[verb] in {"conj", "acl", "advcl", "parataxis"}
    if syntax.rel[verb] in {"acl", "advcl", "amod"}:
        return syntax.xpos[verb] == "VBN"
    return syntax.rel[verb] == "conj" and is_passive(syntax, syntax.head[verb])


def surface_subject(syntax: Syntax, verb: int, depth: int = 0) -> int | None:
    """What stands as the subject of a verb or predicate, its own or one it shares with a governing word."""
    own = [c for c in syntax.children(verb) if syntax.rel[c] in {"nsubj", "nsubj:pass"}]
    if own:  # what stands behind the verb belongs to a "he said" at the end, more often than not
        return antecedent(syntax, ([c for c in own if c < verb] or own)[-1])
    stray = _relative_subject(syntax, verb)
    stray = _bare(syntax, verb, before=True) if stray is None else stray
    if stray is not None and depth == 0:
        return stray
    head, rel = syntax.head[verb], syntax.rel[verb]
    if head == verb or depth > 6:
        return None
    if rel == "conj" and syntax.upos[head] in {"VERB", "ADJ", "AUX"}:
        return surface_subject(syntax, head, depth + 1)
    if rel in {"acl", "acl:relcl"} and syntax.upos[head] in NOMINAL:
        return head if syntax.xpos[verb] in {"VBG", "VBN"} or rel == "acl:relcl" else _subject_of_noun(syntax, head)
    if rel in {"xcomp", "advcl"} and syntax.lemma[head] in _HIRING and syntax.xpos[verb] == "VB":
        hired = _controller(syntax, head)
        if hired is not None:  # "paid two men to burn the mill"
            return hired
    judged = rel in {"xcomp", "ccomp"} and syntax.upos[verb] == "ADJ"  # "found him not guilty"
    if judged and (found := _controller(syntax, head)) is not None:
        return found
    if rel in {"ccomp", "parataxis"} and _is_imperative(syntax, verb):
        return None  # "“Kill them all,” he told them"
    if rel in {"xcomp", "ccomp", "advcl"}:
        controller = _accused_or_sent(syntax, verb)
        if controller is not None:
            return controller
        if rel == "ccomp" and _is_finite(syntax, verb):  # its subject is lost to a guessed tree, and not the sayer's
            return None
        return surface_subject(syntax, head, depth + 1)
    return None


def _accused_or_sent(syntax: Syntax, verb: int) -> int | None:
    """The object of the governing verb, where it is who does this: "accused Tarnia of shelling", "made him leave"."""
    head, rel = syntax.head[verb], syntax.rel[verb]
    marks = {syntax.lemma[c].lower() for c in syntax.children(verb) if syntax.rel[c] in {"mark", "case"}}
    done = syntax.xpos[verb] == "VBG" and bool(marks & _OF_OBJECT)  # "accused Tarnia of shelling"
    done = done or (syntax.xpos[verb] == "VBG" and "with" in marks and syntax.lemma[head].lower() == "charge")
    controller = _controller(syntax, head) if rel == "xcomp" or done else None
    if controller is None and done and syntax.rel[head] == "acl:relcl":
        controller = syntax.head[head]  # "Orlec, whom police accuse of shooting"
    if controller is None and done and not is_passive(syntax, head):
        controller = _bare(syntax, head, before=False)  # "charged Ms Kim with killing", of a guessed tree
    return controller


def _relative_subject(syntax: Syntax, verb: int) -> int | None:
    """ "Orlec, who witnesses say fled": Orlec."""
    said = syntax.head[verb]
    noun = syntax.head[said]
    fits = syntax.rel[verb] == "ccomp" and syntax.rel[said] == "acl:relcl" and syntax.upos[noun] in NOMINAL
    return noun if fits else None


def _is_imperative(syntax: Syntax, verb: int) -> bool:
    """A bare form that opens its clause, without a subject or a "to"."""
    if syntax.xpos[verb] != "VB":
        return False
    kids = syntax.children(verb)
    helped = any(syntax.rel[k].startswith(("nsubj", "mark")) or syntax.xpos[k] in ("TO", "MD") for k in kids)
    return not helped and not any(syntax.upos[k] == "AUX" and syntax.lemma[k].lower() != "do" for k in kids)


def _is_finite(syntax: Syntax, verb: int) -> bool:
    modal = any(syntax.xpos[c] == "MD" for c in syntax.children(verb) if syntax.rel[c] == "aux")
    return modal or syntax.xpos[verb] in {"VBD", "VBZ", "VBP"}


def _controller(syntax: Syntax, verb: int) -> int | None:
    if syntax.lemma[verb] in _SUBJECT_CONTROL:
        return None
    return next(
        (c for c in syntax.children(verb) if syntax.rel[c] in {"obj", "iobj"} and syntax.upos[c] in NOMINAL), None
    )


def _subject_of_noun(syntax: Syntax, noun: int) -> int | None:
    """ "Tarnia's plan to strike": who has the plan; "Tarnia has a plan to strike": who has it."""
    owner = possessor(syntax, noun)
    if owner is None and syntax.rel[noun] == "obj":
        owner = surface_subject(syntax, syntax.head[noun], 1)
    return owner


def antecedent(syntax: Syntax, token: int) -> int:
    """What a relative pronoun stands for; any other token itself."""
    if syntax.upos[token] == "PRON" and syntax.lemma[token].lower() in _RELATIVE:
        for above in syntax.ancestors(token):
            if syntax.rel[above] == "acl:relcl":
                return syntax.head[above]
            if syntax.head[above] == above or syntax.upos[above] not in {"VERB", "AUX", "ADJ"}:
                break
    return token


def subject(syntax: Syntax, verb: int) -> int | None:
    """Who does it: the subject of an active verb, the "by" of a passive one."""
    if is_passive(syntax, verb):
        agent = next((c for c in syntax.children(verb) if syntax.rel[c] == "obl:agent"), None)
        return agent if agent is not None else after(syntax, verb, "by")
    return surface_subject(syntax, verb)


def object_(syntax: Syntax, verb: int) -> int | None:
    """Whom or what it is done to: the object of an active verb, the subject of a passive one."""
    if is_passive(syntax, verb):
        return surface_subject(syntax, verb)
    own = [c for c in syntax.children(verb) if syntax.rel[c] == "obj"]
    if own:  # of two the first is the one who gets it: "gave Dorvan food"
        return antecedent(syntax, own[-1 if syntax.lemma[verb].lower() in _GIVING else 0])
    if (stray := _bare(syntax, verb, before=False)) is not None:
        return stray
    for c in syntax.children(verb):  # "accused Tarnia of selling": a guessed tree may give it to the clause
        if syntax.rel[c] in {"xcomp", "ccomp", "advcl"} and verb < c and syntax.xpos[c] in {"VBG", "VB"}:
            early = [
                k
                for k in syntax.children(c)
                if base(syntax, k) in {"obj", "nsubj", "obl"} and verb < k < c and not case(syntax, k)
            ]
            if early and any(syntax.rel[k] == "mark" and k > early[0] for k in syntax.children(c)):
                return antecedent(syntax, early[0])
    if syntax.rel[verb] == "acl:relcl" and any(base(syntax, c) == "nsubj" for c in syntax.children(verb)):
        filled = surface_subject(syntax, verb)
        if filled != syntax.head[verb] and not any(case(syntax, c) for c in syntax.children(verb)):
            return syntax.head[verb]
    return _shared_object(syntax, verb)


def _bare(syntax: Syntax, verb: int, *, before: bool) -> int | None:
    """A noun beside a verb, without a preposition, that a guessed tree calls oblique: subject or object after all."""
    odd = {"obj", "obl", "dep", "iobj"} if before else {"obl", "dep", "xcomp"}
    if not before and any(syntax.rel[c] == "nsubj" and c < verb for c in syntax.children(verb)):
        odd |= {"nsubj"}
    for c in syntax.children(verb):
        near = c < verb if before else c > verb
        nominal = syntax.upos[c] in {"NOUN", "PROPN"} and syntax.rel[c] in odd
        joined = [k for k in syntax.children(c) if syntax.rel[k] in {"case", "mark"}]
        counted_up = any(syntax.upos[k + 1] == "NUM" for k in joined if k + 1 < len(syntax))  # "up to 16 men"
        if near and nominal and (not joined or counted_up) and syntax.lemma[c].lower() not in _WHEN:
            return c
    return None


def _shared_object(syntax: Syntax, verb: int) -> int | None:
    """ "seized and burned the mill": the object of one is that of the other too, where it follows both."""
    if any(base(syntax, c) in {"xcomp", "ccomp", "obl", "advcl"} for c in syntax.children(verb)):
        return None
    others = [syntax.head[verb]] if syntax.rel[verb] == "conj" else []
    others += [c for c in syntax.children(verb) if syntax.rel[c] == "conj" and syntax.upos[c] == "VERB"]
    for other in others:
        rels = {base(syntax, c) for c in syntax.children(other)}
        if rels & {"aux", "mark"} and other > verb:
            continue
        for c in syntax.children(other):
            if syntax.rel[c] == "obj" and c > max(verb, other) and not is_passive(syntax, other):
                return antecedent(syntax, c)
    return None


def case(syntax: Syntax, token: int) -> str:
    """The preposition of a phrase, lower case; empty if it has none."""
    return next((syntax.lemma[c].lower() for c in syntax.children(token) if syntax.rel[c] == "case"), "")


def after(syntax: Syntax, token: int, preposition: str) -> int | None:
    """The head of the phrase with a preposition that hangs from a token."""
    for c in syntax.children(token):
        if base(syntax, c) in {"obl", "nmod"} and syntax.rel[c] != "nmod:poss" and case(syntax, c) == preposition:
            return antecedent(syntax, c)
    return None


def possessor(syntax: Syntax, noun: int) -> int | None:
    """ "Tarnia" in "Tarnia's plan"."""
    kids = syntax.children(noun)
    owners = [c for c in kids if syntax.rel[c] == "nmod:poss"]
    owners += [c for c in kids if syntax.rel[c] == "nsubj" and c + 1 < len(syntax) and syntax.xpos[c + 1] == "POS"]
    return owners[0] if owners else None


def counted(syntax: Syntax, head: int) -> int:
    """ "soldiers" in "dozens of soldiers"; any other head itself."""
    if syntax.lemma[head].lower() in _AMOUNTS or syntax.upos[head] == "NUM":
        inner = after(syntax, head, "of")
        if inner is not None and syntax.upos[inner] in NOMINAL:
            return counted(syntax, inner) if inner != head else head
    return head


def conjuncts(syntax: Syntax, head: int) -> list[int]:
    """A head and those that "and" joins to it; of "the rebels, not the army" the rebels."""
    joined = [c for c in syntax.children(head) if syntax.rel[c] == "conj" and syntax.upos[c] in NOMINAL | {"ADJ"}]
    return [head, *(c for c in joined if not _set_aside(syntax, c)), *_hung_high(syntax, head)]


def _set_aside(syntax: Syntax, noun: int) -> bool:
    """ "Not the army", "and not the army", "rather than the army"."""
    before = [k for k in syntax.children(noun) if k < noun]
    return any(syntax.form(k).lower() in ("not", "rather", "instead") for k in before)


def _hung_high(syntax: Syntax, head: int) -> Iterator[int]:
    """ "between Tarnia and Dorvan", where a guessed tree hangs both from the word before."""
    lead = next((k for k in syntax.children(head) if syntax.rel[k] == "case"), None)
    if syntax.rel[head] != "nmod" or lead is None:
        return
    for c in syntax.children(syntax.head[head]):
        if syntax.rel[c] != "nmod" or syntax.upos[c] not in NOMINAL or case(syntax, c) or c == head:
            continue
        later = max(c, head)
        joined = any(syntax.lemma[k].lower() == "and" for k in syntax.children(later) if syntax.rel[k] == "cc")
        if joined and lead < min(c, head):
            yield c


def party(syntax: Syntax, head: int, sector: Callable[[int], str | None], meant: int | None = None) -> Party:
    """The phrase of a role. ``sector`` tells the sort of actor that a token names; ``meant``: whom a pronoun means."""
    tokens = list(_phrase(syntax, head))
    span = trimmed(syntax.text, syntax.start[tokens[0]], syntax.end[tokens[-1]], ' ,;:—–-"“”')
    span = span or syntax.span(head)
    heads = [counted(syntax, h) for h in conjuncts(syntax, head)]
    return Party(
        spans=(span,),
        text=span.of(syntax.text),
        heads=tuple(syntax.span(h) for h in heads),
        stands_for=None if meant is None else syntax.span(meant),
        sector=sector(meant if meant is not None else heads[0]),
    )


def _phrase(syntax: Syntax, head: int) -> Iterator[int]:
    """The tokens of a noun phrase that hang together around its head, without preposition and relative clause."""
    left_out = {"case", "mark", "cc", "punct", "acl:relcl", "parataxis", "cop", "aux", "advcl", "nsubj", "acl", "ccomp"}
    keep = {head}
    for c in syntax.children(head):
        between = syntax.rel[c] == "conj" and (syntax.upos[c] not in NOMINAL | {"ADJ"} or _set_aside(syntax, c))
        if syntax.rel[c] not in left_out and not between:
            keep |= set(syntax.subtree(c)) if syntax.rel[c] != "conj" else set(_phrase(syntax, c))
    for c in conjuncts(syntax, head)[1:]:
        keep |= set() if syntax.head[c] == head else set(_phrase(syntax, c))
    low = high = head  # what an inserted clause splits off is not of the phrase
    gap = set(range(min(keep), max(keep) + 1)) - keep
    loose = {t for t in gap if syntax.rel[t] in {"punct", "cc", "case"}}
    while low - 1 in keep | loose:
        low -= 1
    while high + 1 in keep | loose:
        high += 1
    inside = [t for t in range(low, high + 1) if t in keep]
    yield from range(inside[0], inside[-1] + 1)
