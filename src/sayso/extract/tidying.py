"""Set right what the reader found where grammar leaves no doubt: an "it" that nobody is, one who is only said to be so;
leave away what hardly reports: "the court will hear the case".

In:   Found, Syntax.   Out: Found.
Knows nothing of: how it was found, documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from msgspec.structs import replace

from sayso.extract.hearings import of_forum
from sayso.extract.passives import only_told, passive
from sayso.extract.tails import edged
from sayso.lexicon import Lexicon
from sayso.reader import Found
from sayso.spans import Span
from sayso.syntax import Syntax

# "said to be rich", "believed to have left": somebody else says so of whoever it is.
_SAID_OF = frozenset(
    ("said", "alleged", "reported", "rumoured", "rumored", "believed", "thought", "reputed", "understood")
)
# "We were told", "Asked why, she left": whoever is told or asked is not who says it.
_TOLD = r"(?:told|informed|asked|warned|assured|reminded|notified|advised|instructed)"
_PASSIVE = re.compile(
    rf"(?:\w+ )*(?:am|is|are|was|were|be|been|being)(?: \w+)? {_TOLD}(?: (?:about|over|of|again))?", re.IGNORECASE
)
_ASKED = re.compile(r"(?:when |if )?(?:asked|questioned|pressed)(?: \w+)?", re.IGNORECASE)
# Who receives an allegation does not make it.
_RECEIVED = re.compile(
    r"(?:\w+ )*(?:received|heard|fielded|logged|fac(?:e|es|ed|ing)|surviv(?:ed?|es|ing)|weather(?:s|ed|ing)?"
    r"|under (?:fire|investigation|scrutiny|pressure) (?:over|for|after)"
    r"|(?:resign(?:s|ed|ing)?|quit|suspended|sacked|arrested|investigated) (?:over|amid|after|following))"
    r" (?:\w+ )*(?:allegation|accusation|complaint|claim|report|suggestion|rumou?r|charge)s?(?: that)?",
    re.IGNORECASE,
)
# So does who gets a letter that says it.
_LETTER = re.compile(
    r"(?:\w+ )*(?:received|got|gotten|found|read|obtained|seen|saw|sent|handed|shown|given) (?:\w+ ){0,4}"
    r"(?:letter|statement|report|memo|memorandum|message|e-?mail|note|call|document|file|complaint|paper|cable)s?"
    r"(?: \w+){0,4}? (?:saying|claiming|alleging|stating|reporting|asserting|warning|suggesting)(?: that)?",
    re.IGNORECASE,
)
# Whoever is accused makes no accusation; and what a court rules is no word of whom it rules on.
_ACCUSED = re.compile(r"(?:\w+ )*(?:accused|suspected)(?: \w+)?", re.IGNORECASE)
_RULED = re.compile(
    r"(?:\w+ )*(?:acquitted|cleared|exonerated|absolved|convicted|sentenced|jailed|imprisoned|fined)(?: (?:of|for))?",
    re.IGNORECASE,
)
# "jailed a poet for saying": the poet says it
_FOR_SAYING = re.compile(
    r"(?<=\bfor )(?:\w+ )?(?:saying|claiming|alleging|stating|insisting|suggesting|reporting|writing|arguing|revealing)"
    r"(?: that)?\Z",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:ask|question|wonder)", re.IGNORECASE)
# What police and employers do to somebody; of a statement the same words doubt or deny it.
_DEEDS = frozenset(("question", "dismiss", "interrogate", "fire", "sack", "sue", "interview"))
_QUOTES = frozenset(("quote", "cite"))
_WHEN = frozenset(("when", "if", "being", "once", "after"))
_RAISING = frozenset(("seem", "appear", "look", "sound", "prove", "remain", "become", "be", "tend", "happen"))
_HEARS = frozenset(("hear", "learn", "understand", "gather"))
# "all but the mayor said": those who speak are all the others
_ALL_BUT = re.compile(
    r"\b(?:(?:all|every\w*|any\w*|each|most|both)(?: (?:of )?(?:the )?\w+){0,2}|(?:the )?\w+s),? "
    r"(?:but|except(?:ing)?|save|bar|other than|apart from)(?: for)? (?:the )?\Z",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"(?:\w+ )?(?:contrary to|despite|in spite of|notwithstanding)\b[^,;:]*\Z", re.IGNORECASE)
_NEAR = 60  # characters before a source
_CLAUSE = frozenset(("parataxis", "conj"))
CUEING = frozenset(("VERB", "NOUN", "ADJ"))  # what a cue is told by
_CLAUSAL = frozenset(("MD", "VB", "VBD", "VBP", "VBZ"))  # verbs of clauses and infinitives
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_RELATIVE = frozenset(("who", "whom", "which"))
_MARKS = frozenset('“”"‘«»„')
_UNSURE = 0.6  # of the reader


def tidied(found: Iterable[Found], syntax: Syntax, lexicon: Lexicon) -> Iterator[Found]:
    """What was found, without sources that say nothing and with contents made whole."""
    kept = [
        _quoted_as(_by_whom(_with_doer(_put_it_to(one, syntax), syntax), syntax), syntax)
        for one in found
        if not (_is_deed(one, syntax, lexicon) or only_told(one, syntax) or _is_label(one, syntax, lexicon))
    ]
    kept = [one for before in kept if (one := edged(before, syntax, lexicon)) is not None]
    kept = [one for one in kept if not _hardly(one, syntax, lexicon) and not _is_against(one, syntax)]
    kept = [one for one in kept if not _is_asked(one, kept, syntax)]
    kept = [replace(one, source=()) if _says_nothing(one, syntax) else one for one in kept]
    kept = [replace(one, source=()) if _is_told(one, syntax) or _is_accused(one, syntax) else one for one in kept]
    kept = [_with_all(_heard_from(one, syntax), syntax) for one in kept if not _is_ruled(one, syntax)]
    kept = [_whole(_with_subject(of_forum(passive(one, syntax), syntax), syntax), syntax) for one in kept]
    yield from (_in_relative(_own_subject(one, kept, syntax), syntax) for one in kept)


@cache
def _cueing() -> frozenset[tuple[str, str]]:
    """Parts of speech and lemmas of words that report often (``data/cueing.tsv``)."""
    text = (resources.files("sayso") / "data" / "cueing.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return frozenset((pos, lemma) for pos, lemmas in rows for lemma in lemmas.split())


def _hardly(one: Found, syntax: Syntax, lexicon: Lexicon) -> bool:
    """A thing and no statement, under words that seldom report, and the reader is not sure: it is rather a deed."""
    content = [t for span in one.content for t in syntax.within(span)]
    if one.score >= _UNSURE or any(syntax.xpos[t] in _CLAUSAL or syntax.form(t) in _MARKS for t in content):
        return False
    if any(syntax.upos[t] == "NUM" for t in content):
        return False  # "put the number of dead at 23"
    words = [t for t in syntax.within(one.cue) if syntax.upos[t] in CUEING]
    return bool(words) and not any(
        (syntax.upos[t], syntax.lemma[t].lower()) in _cueing() or syntax.form(t).lower() in lexicon.verb_forms
        for t in words
    )


def _is_label(one: Found, syntax: Syntax, lexicon: Lexicon) -> bool:
    """ "BACKGROUND: …", "Tarnia: police beat detainees": a label or the place of a headline says nothing."""
    cue = syntax.text[one.cue.start : one.cue.end].strip()
    if len(one.source) != 1 or cue != ":" or one.source[0].end > one.cue.start:
        return False
    place = any(n.kind == "LOC" and n.span == one.source[0] for n in syntax.names)
    return place or lexicon.is_label(one.source[0].of(syntax.text))


def _is_deed(one: Found, syntax: Syntax, lexicon: Lexicon) -> bool:
    """ "Police questioned the suspect": done to somebody; "questioned the account" doubts what somebody says."""
    verb = next((t for t in syntax.within(one.cue) if syntax.lemma[t].lower() in _DEEDS), None)
    if verb is None or not one.content or syntax.upos[verb] != "VERB":
        return False
    whom = next((k for k in syntax.children(verb) if syntax.rel[k] in ("obj", "nsubj:pass")), None)
    if whom is None or whom not in syntax.within(one.content[0]):
        return False
    if any(syntax.form(t).lower() == "as" for t in syntax.within(one.content[-1])):
        return False  # "dismissed him as a liar"
    person = any(n.kind == "PER" and n.span.overlaps(syntax.span(whom)) for n in syntax.names)
    known = lexicon.head(syntax.form(whom).lower(), capital=False) or lexicon.head(syntax.lemma[whom], capital=False)
    return person or (known is not None and known.type in ("person", "people"))


def _is_asked(one: Found, others: Sequence[Found], syntax: Syntax) -> bool:
    """ "Asked if he had ordered the killings": a deed that is asked about, no order that is told of."""
    if any(syntax.xpos[t] in _CLAUSAL or syntax.form(t) in _MARKS for span in one.content for t in syntax.within(span)):
        return False
    asking = (o for o in others if o is not one and any(span.contains(one.cue) for span in o.content))
    return any(_ASKS.search(o.cue.of(syntax.text)) for o in asking)


def _by_whom(one: Found, syntax: Syntax) -> Found:
    """ "The court jailed a poet for saying that …": the poet says it, and not who jails."""
    saying = _FOR_SAYING.search(syntax.text, one.cue.start, one.cue.end)
    if saying is None or not one.source or saying.start() == one.cue.start:
        return one
    cue = Span(saying.start(), one.cue.end)
    verb = next((t for t in syntax.within(one.cue) if syntax.upos[t] == "VERB"), None)
    whom = next((k for k in syntax.children(verb) if syntax.rel[k] == "obj"), None) if verb is not None else None
    if whom is None:  # "a poet was jailed for saying"
        return replace(one, cue=cue)
    own = [t for t in syntax.subtree(whom) if syntax.end[t] <= cue.start and t < syntax.within(cue).start]
    own = [t for t in own if syntax.form(t).lower() != "for"]
    return replace(one, source=(Span(syntax.start[own[0]], syntax.end[own[-1]]),), cue=cue)


def _quoted_as(one: Found, syntax: Syntax) -> Found:
    """ "…, Tass quoted the ministry as saying", "quoted the ministry as saying that …": the ministry says it."""
    saying = next((t for t in syntax.within(one.cue) if _as_saying(syntax, t)), None)
    behind = bool(one.content) and one.content[-1].end <= one.cue.start
    if saying is None and behind:
        verb = next((t for t in syntax.within(one.cue) if syntax.lemma[t].lower() in _QUOTES), None)
        saying = next((k for k in syntax.children(verb) if _as_saying(syntax, k)), None) if verb is not None else None
    if saying is None or (one.source and not behind):
        return one
    whom = next((k for k in syntax.children(syntax.head[saying]) if syntax.rel[k] == "obj" and k < saying), None)
    if whom is None:
        return one
    own = [t for t in syntax.subtree(whom) if t < saying - 1]
    return replace(one, source=(Span(syntax.start[own[0]], syntax.end[own[-1]]),), cue=syntax.span(saying))


def _as_saying(syntax: Syntax, token: int) -> bool:
    quoted = syntax.lemma[syntax.head[token]].lower() in _QUOTES
    return quoted and syntax.xpos[token] == "VBG" and syntax.form(token - 1).lower() == "as"


def _says_nothing(one: Found, syntax: Syntax) -> bool:
    """ "it was assumed that", "a trader said to be rich"."""
    cue = syntax.within(one.cue)
    if len(one.source) != 1 or not cue:
        return False
    if syntax.text[one.source[0].start : one.source[0].end].lower() == "there":
        return True
    passive = any(syntax.rel[c] == "aux:pass" for t in cue for c in syntax.children(t))
    if passive and syntax.text[one.source[0].start : one.source[0].end].lower() == "it":
        return any(syntax.rel[c] in ("ccomp", "csubj") for t in cue for c in syntax.children(t))
    after = cue.stop
    infinitive = after + 1 < len(syntax) and syntax.form(after).lower() == "to" and syntax.xpos[after + 1] == "VB"
    before = one.source[0].end <= one.cue.start
    return before and infinitive and syntax.form(cue.stop - 1).lower() in _SAID_OF


def _is_told(one: Found, syntax: Syntax) -> bool:
    """Is the source whom it is said to: who received it, the subject of a passive or of what "Asked why," opens?"""
    if len(one.source) != 1:
        return False
    cue = syntax.text[one.cue.start : one.cue.end]
    if _RECEIVED.fullmatch(cue) or _LETTER.fullmatch(cue):
        return True
    first = syntax.within(one.cue)[:1]
    if first and first[0] and _ASKED.fullmatch(cue) and syntax.form(first[0] - 1).lower() in _WHEN:
        return True  # "laughed when asked whether"
    if cue[0].isupper() and _ASKED.fullmatch(cue):
        return True
    return one.source[0].end <= one.cue.start and _PASSIVE.fullmatch(cue) is not None


def _with_subject(one: Found, syntax: Syntax) -> Found:
    """ "The opposition accused the minister": the subject of an active cue is its source, no piece of the content."""
    if one.source or len(one.content) < 2 or one.content[0].end > one.cue.start:
        return one
    if syntax.text[one.content[1].start :].startswith("to "):
        return one  # "the treaty appears to have been kept"
    top, cue = syntax.top(one.content[0]), syntax.within(one.cue)
    active = not any(syntax.rel[k] == "aux:pass" for t in cue for k in syntax.children(t))
    if top is None or syntax.rel[top] != "nsubj" or syntax.head[top] not in cue or not active:
        return one
    if syntax.lemma[syntax.head[top]].lower() in _RAISING:
        return one  # "the collapse seemed imminent"
    return replace(one, source=(one.content[0],), content=one.content[1:])


def _put_it_to(one: Found, syntax: Syntax) -> Found:
    """ "Put it to him that …": a question, of which the reader leaves out the "to"."""
    if syntax.text[one.cue.start : one.cue.end].lower().endswith("put it") and syntax.text[one.cue.end :].startswith(
        " to "
    ):
        return replace(one, cue=Span(one.cue.start, one.cue.end + len(" to")))
    return one


def _with_doer(one: Found, syntax: Syntax) -> Found:
    """ "The army, which the UN says fled, has denied it": the subject beyond a clause, where the reader has nobody."""
    verb = next((t for t in syntax.within(one.cue) if syntax.upos[t] == "VERB"), None)
    if one.source or verb is None or any(syntax.rel[k] == "aux:pass" for k in syntax.children(verb)):
        return one
    if syntax.lemma[verb].lower() in _RAISING:
        return one
    who = next((k for k in syntax.children(verb) if syntax.rel[k] == "nsubj" and k < verb), None)
    if who is None or syntax.upos[who] not in ("NOUN", "PROPN"):
        return one
    clauses = [c for c in syntax.children(who) if c > who and syntax.rel[c].startswith(("acl", "appos"))]
    if not clauses:
        return one
    last = min(min(syntax.subtree(c)) for c in clauses)
    own = [t for t in syntax.subtree(who) if t < last and syntax.upos[t] != "PUNCT"]
    span = Span(syntax.start[own[0]], syntax.end[own[-1]])
    return one if any(span.overlaps(s) for s in (one.cue, *one.content)) else replace(one, source=(span,))


def _is_against(one: Found, syntax: Syntax) -> bool:
    """ "Contrary to the ministry's claim, the boy was shot": what is said against a claim is not what it claims."""
    if not one.content or one.content[0].start < one.cue.end:
        return False
    inside = syntax.within(one.cue)
    start = syntax.start[syntax.sentence_of(inside[0]).start] if inside else one.cue.start
    between = syntax.text[one.cue.end : one.content[0].start]
    return _AGAINST.match(syntax.text[start : one.cue.end]) is not None and "," in between


def _is_accused(one: Found, syntax: Syntax) -> bool:
    """ "A priest accused of beating boys", "he stands accused of": is the source whom others accuse?"""
    if len(one.source) != 1 or one.source[0].end > one.cue.start:
        return False
    if _ACCUSED.fullmatch(syntax.text[one.cue.start : one.cue.end]) is None:
        return False
    verb = next((t for t in syntax.within(one.cue) if syntax.form(t).lower() in ("accused", "suspected")), None)
    if verb is None or syntax.xpos[verb] != "VBN":
        return False
    return all(syntax.rel[k] != "obj" for k in syntax.children(verb))


def _is_ruled(one: Found, syntax: Syntax) -> bool:
    """ "Was cleared of raping a student": nobody says anything there."""
    gerund = any(syntax.xpos[t] == "VBG" for span in one.content for t in syntax.within(span)[:2])
    return gerund and _RULED.fullmatch(syntax.text[one.cue.start : one.cue.end]) is not None


def _heard_from(one: Found, syntax: Syntax) -> Found:
    """ "Heard from engineers that": they say it, and not who hears."""
    verbs = [t for t in syntax.within(one.cue) if syntax.lemma[t].lower() in _HEARS and syntax.upos[t] == "VERB"]
    if not verbs or len(one.source) != 1 or not one.content:
        return one
    for kid in syntax.children(verbs[0]):
        case = next((k for k in syntax.children(kid) if syntax.rel[k] == "case"), None)
        nominal = syntax.upos[kid] in ("NOUN", "PROPN", "PRON") and syntax.end[kid] <= one.content[0].start
        if case is not None and nominal and syntax.form(case).lower() == "from":
            own = [t for t in syntax.subtree(kid) if t > case and syntax.end[t] <= one.content[0].start]
            cue = Span(one.cue.start, max(one.cue.end, syntax.end[case]))
            return replace(one, source=(Span(syntax.start[min(own)], syntax.end[max(own)]),), cue=cue)
    return one


def _with_all(one: Found, syntax: Syntax) -> Found:
    """ "All but the mayor said": the source is all of these words."""
    if len(one.source) != 1 or one.source[0].end > one.cue.start:
        return one
    start, inside = one.source[0].start, syntax.within(one.source[0])
    if not inside:
        return one
    first = syntax.start[syntax.sentence_of(inside[0]).start]
    before = _ALL_BUT.search(syntax.text, max(first, start - _NEAR), start)
    return one if before is None else replace(one, source=(Span(before.start(), one.source[0].end),))


def _whole(one: Found, syntax: Syntax) -> Found:
    """ "Orrick, according to the report, wished to leave": it reports all of it, not a name."""
    if len(one.content) != 1 or one.content[0].end > one.cue.start or not one.source:
        return one
    top = syntax.top(one.content[0])
    if top is None or syntax.rel[top] != "nsubj":
        return one
    verb, last = syntax.head[top], max(one.source[-1].end, one.cue.end)
    if syntax.start[verb] < last or syntax.top(one.source[-1]) in (None, verb) or _governs(one, verb, syntax):
        return one
    own = [t for t in syntax.subtree(verb) if syntax.start[t] >= last]
    ends = [
        min(syntax.subtree(c))
        for c in syntax.children(verb)
        if c > verb and syntax.rel[c] in _CLAUSE and any(syntax.rel[k].startswith("nsubj") for k in syntax.children(c))
    ]
    stop = min([*ends, own[-1] + 1])
    while stop > verb + 1 and syntax.upos[stop - 1] in ("PUNCT", "CCONJ"):
        stop -= 1
    start = min(t for t in own if syntax.upos[t] != "PUNCT")
    if stop <= start:
        return one
    return replace(one, content=(one.content[0], Span(syntax.start[start], syntax.end[stop - 1])))


def _governs(one: Found, verb: int, syntax: Syntax) -> bool:
    """Is the verb part of the cue ("Orrick, the report said, left" has its own)?"""
    return any(t == verb for t in syntax.within(one.cue))


def _own_subject(one: Found, others: Sequence[Found], syntax: Syntax) -> Found:
    """Inside of what "according to" leads in, whoever wishes or says is the subject there, not the report."""
    whole = (o for o in others if o is not one and o.source == one.source and len(o.content) > 1)
    holder = next((o for o in whole if o.content[1].contains(one.cue)), None)
    if holder is None or syntax.top(holder.content[0]) is None:
        return one
    return replace(one, source=(holder.content[0],), inner=True)


def _in_relative(one: Found, syntax: Syntax) -> Found:
    """ "Orlec, who guards say fled, was held": they say that he fled, between the commas, and not that he was held."""
    verb = next((t for t in syntax.within(one.cue) if syntax.rel[t] == "acl:relcl"), None)
    if verb is None or len(one.content) < 1:
        return one
    sentence = syntax.sentence_of(verb)
    who = next((t for t in range(verb - 1, sentence.start, -1) if syntax.form(t).lower() in _RELATIVE), None)
    if who is None or syntax.form(who - 1) != "," or syntax.form(who + 1) == ",":
        return one  # "The child, who, doctors say, will walk again, …"
    closing = next(
        (t for t in range(verb, sentence.stop - 1) if syntax.form(t) == "," and syntax.xpos[t + 1] in _FINITE), None
    )
    if closing is None:
        return one
    clause = Span(syntax.start[who], syntax.end[closing - 1])
    if one.content[-1].start < clause.start:
        return one
    kept = tuple(Span(max(s.start, clause.start), min(s.end, clause.end)) for s in one.content if s.overlaps(clause))
    return replace(one, content=kept) if kept else one
