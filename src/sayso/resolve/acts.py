"""What a source does by saying it, and how it puts the content as a whole.

In:   Syntax, the places of source, cue and content, the word lists.   Out: Stance.
Knows nothing of: what the content says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sayso.extract.cues import doing
from sayso.lexicon import Lexicon
from sayso.records import HELD, Factuality, SpeechAct
from sayso.resolve.scope import Reason, Scope
from sayso.resolve.stances import SCALE, Embedding, Stances, weaker
from sayso.spans import Span
from sayso.syntax import Syntax

_NOBODY = re.compile(
    r"(?!no\.? ?\d|no (?:fewer|less) than|not an? few|none other than|not for the first|not only|no doubt)"
    r"(?:nobody|no one|none|no|not|neither|few|hardly any\w*)\b",
    re.IGNORECASE,
)
_UNFINISHED = frozenset(("xcomp", "advcl", "acl", "ccomp"))
# What somebody has not done by not saying it: he has not denied, so nothing is denied.
_LEFT: SpeechAct = "assert"
# These say how somebody is disposed, so that their negation is a stance too ("does not think that").
_DISPOSED = frozenset(("believe", "want", "predict"))


# Who says so of himself has said it ("I must say that …").
_SPEAKERS = frozenset(("i", "we"))
_SEEMS = re.compile(r"(?:seem|appear)(?:s|ed)?|(?:un)?likely", re.IGNORECASE)
_SAID_SO = frozenset(("would", "should", "must", "possible", "wanted, planned or needed", "future", "need"))
# A warning of what is to come predicts it; "warned that none of the alarms worked" tells of what is so.
_WARNINGS = re.compile(r"(?:warn|caution)(?:s|ed|ing)?", re.IGNORECASE)
_TO_COME = frozenset(("will", "would", "shall", "could", "may", "might", "can", "should", "must"))
_ASKING = re.compile(r"(?:QUESTION|QUESTIONER|REPORTER|JOURNALIST|Q)\b")
_PLEA = re.compile(r"\b(?:plead(?:s|ed|ing)?|pled) (?P<not>not )?(?:guilty|no contest)\b", re.IGNORECASE)
# "Will tell the court that": announced and not said.
_YET_TO = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:to|(?:about|due|set|expected|scheduled|going|poised|likely) to))\b"
    r"|['’]ll\b|\b(?:plans|intends|hopes) to\b",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(r"\bno longer\b|\bnot? any ?(?:longer|more)\b", re.IGNORECASE)
_CALLING = frozenset(
    ("call", "describe", "brand", "label", "denounce", "condemn", "deem", "term", "dub", "characterise")
)
_SAYINGS = frozenset(
    ("claim", "account", "allegation", "accusation", "suggestion", "report", "story", "figure", "charge", "rumour",
     "rumor", "assertion", "statement", "version", "it", "that", "they", "this", "which", "idea", "theory", "notion")
)  # fmt: skip
_SHORT = 8  # tokens of a sentence that takes back what was said before
_PREDICATE = 7  # tokens from a claim to what it is called
_SAID_TO = re.compile(r"\b(?:is|are|was|were|been)(?: \w+)? (said|alleged|reported|rumou?red|claimed)\Z")
_PASSED_ON: dict[str, tuple[SpeechAct, Factuality]] = {
    "said": ("report", "PR+"), "reported": ("report", "PR+"), "alleged": ("accuse", "PS+"),
    "claimed": ("report", "PS+"), "rumoured": ("report", "PS+"), "rumored": ("report", "PS+"),
}  # fmt: skip
_UNCONFIRMED = re.compile(
    r"\b(unconfirmed|unverified|unsubstantiated|uncorroborated|unattributed) (?:\w+ )?"
    r"(?:reports?|claims?|allegations?|rumou?rs?|accounts?|suggestions?|stor(?:y|ies))\b[^.;:]*\Z",
    re.IGNORECASE,
)
_AHEAD = 60  # characters before a cue
REMARKS = frozenset(("future", "absolute", "restricted", "approximate", "in quotation marks"))


class Stance(NamedTuple):
    """``act``: what the source does. ``value``: how it puts the content as a whole, with the words that made it so.

    ``done``: how the text puts it that this is said at all: "can claim" PS+, "did not say" CT-.
    """

    act: SpeechAct
    value: Factuality
    why: tuple[Reason, ...] = ()
    done: Factuality = "CT+"


def speech_act(
    syntax: Syntax,
    source: Sequence[Span],
    cue: Span | None,
    content: Sequence[Span],
    words: Stances,
    lexicon: Lexicon,
) -> Stance:
    """The act of a claim. Without a cue the author speaks: asserts, or asks, or orders."""
    if cue is None:
        return _of_author(syntax, content, words, lexicon)
    does = doing(syntax.text, cue, lexicon)
    if _is_mark(syntax.text, cue) and _asks(syntax, source, content):
        return Stance("ask", "Uu")
    if (known := _by_words(syntax.text, cue, content)) is not None:
        return known
    own = set(syntax.within(cue))
    kept = {t for span in content for t in syntax.within(span)}
    head = _head(syntax, own, content, lexicon)
    if head is None:
        return Stance(does.act, does.factuality)
    entry = _entry(syntax, head, content, words)
    said = _said(does.act, does.factuality, entry, Reason(syntax.span(head), ""), syntax.form(head))
    if said.act == "assert" and _orders(syntax, content, words):
        said = said._replace(act="order", value="Uu")
    if _WARNINGS.fullmatch(syntax.form(head)) and said.act == "predict":
        said = _warned(syntax, content, said, words)
    if not source:
        said = _hearsay(syntax, cue, content, said)
    left: SpeechAct = said.act if said.act in _DISPOSED else _LEFT
    if nobody := next((s for s in source if _NOBODY.match(syntax.text, s.start, s.end)), None):
        return Stance(left, "Uu", (Reason(nobody, "said by nobody"),), "CT-")
    verb = _carrier(syntax, head, own)
    state = Scope(syntax, _clause(syntax, verb, kept), words).of(verb)
    reasons = tuple(r for r in state.why if r.why not in REMARKS)
    done = _done(syntax, source, state.value, reasons)
    yet = _YET_TO.search(cue.of(syntax.text))
    if yet is not None and done == "CT+" and not _is_speaker(syntax, source):
        at = Reason(Span(cue.start + yet.start(), cue.start + yet.end()), "not said yet")
        return Stance(said.act, "Uu", (*said.why, at), "Uu")
    if done == "CT+":
        return _with_verdict(syntax, head, content, said, words, lexicon)
    if any(r.why == "a question" for r in reasons):
        return Stance("ask", "Uu", reasons, "Uu")
    if SCALE[done] < 0:
        stays = entry is not None and entry.holds == said.value and entry.holds != entry.denied
        value: Factuality = entry.denied if entry is not None and stays else "Uu"
        if value != "Uu" and said.act == "doubt":
            left = "believe"
        return Stance(left, value, reasons, done)
    act = _LEFT if said.act == "deny" else said.act
    value = "Uu" if done == "Uu" else weaker(said.value, done)
    return Stance(act, value, (*said.why, *reasons), done)


def _by_words(text: str, cue: Span, content: Sequence[Span]) -> Stance | None:
    """The stance of a plea, and of what somebody no longer says."""
    plea = _PLEA.search(text, cue.start, content[-1].end)
    if plea is not None and plea.start() < cue.end:
        return _of_plea(plea, cue)
    gone = _NO_LONGER.search(cue.of(text))
    if gone is None:
        return None
    at = Reason(Span(cue.start + gone.start(), cue.start + gone.end()), "no longer")
    return Stance(_LEFT, "Uu", (at,), "CT-")


def _of_plea(plea: re.Match[str], cue: Span) -> Stance:
    """ "Pleaded guilty" owns to it, "pleaded not guilty" denies it, unless the "not" is in the content itself."""
    at = Reason(Span(*plea.span()), "a plea")
    if plea["not"] is None:
        return Stance("assert", "CT+", (at,))
    return Stance("deny", "CT-" if plea.end("not") <= cue.end + 1 else "CT+", (at,))


def _is_mark(text: str, cue: Span) -> bool:
    return not any(c.isalnum() for c in cue.of(text))


def _hearsay(syntax: Syntax, cue: Span, content: Sequence[Span], said: Stance) -> Stance:
    """ "Is said to have paid", "unconfirmed reports that": as sure as "reportedly" and "allegedly" leave it."""
    words = cue.of(syntax.text).lower()
    passive = _SAID_TO.search(words)
    infinitive = any(s.of(syntax.text).startswith(("to ", "that ")) for s in content)
    if passive is not None and infinitive and said.value == "CT+":
        act, value = _PASSED_ON[passive[1]]
        return Stance(act, value, said.why)
    before = syntax.text[max(0, cue.start - _AHEAD) : cue.end]
    unsure = _UNCONFIRMED.search(before)
    if unsure is not None and said.value == "CT+":
        at = Span(cue.end - len(before) + unsure.start(1), cue.end - len(before) + unsure.end(1))
        return Stance(said.act, "PS+", (*said.why, Reason(at, "not confirmed")))
    return said


def _orders(syntax: Syntax, content: Sequence[Span], words: Stances) -> bool:
    """Is what is quoted an order: "“Kill them all,” he said"?"""
    top = next((t for span in content if (t := syntax.top(span)) is not None), None)
    if top is None:
        return False
    inside = [t for span in content for t in syntax.within(span)]
    several = len({syntax.sentence[t] for t in inside}) > 1
    if several:
        return False
    return any(reason.why == "an order" for reason in Scope(syntax, inside, words).of(top).why)


def _asks(syntax: Syntax, source: Sequence[Span], content: Sequence[Span]) -> bool:
    """Is a turn of a transcript a question: it ends in one, and is a reporter's or hardly more than the question?"""
    last = content[-1]
    if not last.of(syntax.text).rstrip("\"”’' ").endswith("?"):
        return False
    if any(_ASKING.match(syntax.text, span.start, span.end) for span in source):
        return True
    sentences = {syntax.sentence[t] for span in content for t in syntax.within(span)}
    asked = sum(span.of(syntax.text).count("?") for span in content)
    return 2 * asked >= len(sentences)


def _warned(syntax: Syntax, content: Sequence[Span], said: Stance, words: Stances) -> Stance:
    """What a warning does: "not to go" orders, "that it would burst" predicts, "that it has burst" asserts."""
    top = next((t for span in content if (t := syntax.top(span)) is not None), None)
    if top is None:
        return said
    scope = Scope(syntax, range(len(syntax)), words)
    clause = any(syntax.rel[k].startswith(("nsubj", "aux")) for k in syntax.children(top))
    if not scope.is_verbal(top) and not clause:
        return said
    if scope.frame(top) == "to":
        return said._replace(act="order", value="Uu", why=(Reason(said.why[0].span, "order"),))
    inside = {t for span in content for t in syntax.within(span)}
    near = {syntax.lemma[k].lower() for k in syntax.children(top) if k in inside and syntax.rel[k].startswith("aux")}
    open_ = near | {syntax.lemma[top].lower(), *(syntax.lemma[k].lower() for k in syntax.children(top))}
    if near & _TO_COME or open_ & {"if", "risk", "likely"} or syntax.xpos[top] == "VBG":
        return said
    finite = syntax.xpos[top] in ("VBD", "VBZ", "VBP") or any(
        syntax.xpos[k] in ("VBD", "VBZ", "VBP") for k in syntax.children(top) if k in inside
    )
    return said._replace(act="assert", value="CT+", why=(Reason(said.why[0].span, "assert"),)) if finite else said


def _done(syntax: Syntax, source: Sequence[Span], value: Factuality, why: Sequence[Reason]) -> Factuality:
    """How the text puts it that it is said."""
    reasons = {reason.why for reason in why}
    if _is_speaker(syntax, source) and SCALE[value] >= 0 and reasons <= _SAID_SO:
        return "CT+"
    return "PS+" if value == "Uu" and reasons == {"would"} else value


def _is_speaker(syntax: Syntax, source: Sequence[Span]) -> bool:
    return any(span.of(syntax.text).lower() in _SPEAKERS for span in source)


def _of_author(syntax: Syntax, content: Sequence[Span], words: Stances, lexicon: Lexicon) -> Stance:
    own = [t for span in content for t in syntax.within(span)]
    top = next((t for span in content if (t := syntax.top(span)) is not None), None)
    if top is None:
        return Stance("assert", "CT+")
    state = Scope(syntax, own, words).of(top)
    for reason in state.why:
        if reason.why == "a question":
            return Stance("ask", "Uu", (reason,))
        if reason.why == "an order":
            return Stance("order", "Uu", (reason,))
    taken_back = _held_false(syntax, content, lexicon) if len(own) <= _SHORT else None
    if taken_back is not None:  # "That was wrong", after "On Monday we reported that …"
        return Stance("deny", "CT-", (taken_back,))
    told = next((t for t in own if syntax.lemma[t].lower() in lexicon.marker_forms), None)
    if told is not None and (known := lexicon.marker_forms[syntax.lemma[told].lower()]) and len(known[0][0]) == 1:
        return Stance(known[0][1].act, "CT+", (Reason(syntax.span(told), "said by somebody"),))
    return Stance("assert", "CT+")


def _head(syntax: Syntax, own: Collection[int], content: Sequence[Span], lexicon: Lexicon) -> int | None:
    """The word of a cue that says what is done: the one the content hangs from, a verb of the lists, the highest."""
    for span in content:
        top = syntax.top(span)
        over = next((t for t in syntax.ancestors(top) if t in own), None) if top is not None else None
        if over is not None:
            return over
    known = [t for t in sorted(own) if syntax.form(t).lower() in lexicon.verb_forms and syntax.upos[t] == "VERB"]
    if known:
        return known[-1]
    return next((t for t in sorted(own) if syntax.head[t] not in own or syntax.head[t] == t), None)


def _carrier(syntax: Syntax, head: int, cue: Collection[int]) -> int:
    """The verb of a cue whose head is a noun: "make" of "cannot make fun of"."""
    above = syntax.head[head]
    light = syntax.upos[head] == "NOUN" and syntax.rel[head] == "obj" and syntax.upos[above] == "VERB"
    return above if light and above in cue else head


def _clause(syntax: Syntax, head: int, content: Collection[int]) -> set[int]:
    """The tokens that bear on whether it is said: the clause of the cue and what takes it, without the content."""
    top = head
    while syntax.head[top] != top and syntax.rel[top].partition(":")[0] in _UNFINISHED and top not in content:
        above = syntax.head[top]
        finite = any(syntax.rel[k].startswith("nsubj") for k in syntax.children(top))
        if finite or above in content:
            break
        top = above
    return {t for t in syntax.subtree(top) if t not in content}


def _entry(syntax: Syntax, head: int, content: Sequence[Span], words: Stances) -> Embedding | None:
    """What the word list has of the head of a cue and the way it takes the content."""
    lemma = syntax.lemma[head].lower()
    particles = [f"{lemma} {syntax.lemma[k].lower()}" for k in syntax.children(head) if syntax.rel[k] == "compound:prt"]
    top = next((t for span in content if (t := syntax.top(span)) is not None), None)
    frame = Scope(syntax, range(len(syntax)), words).frame(top) if top is not None else "that"
    return words.embedded((*particles, syntax.form(head).lower(), lemma), "whether" if frame == "whether" else "that")


def _said(act: SpeechAct, value: Factuality, entry: Embedding | None, at: Reason, word: str) -> Stance:
    """What is said by the cue, where it is said: as the reporting verbs have it, or as this list does ("ruled out")."""
    if entry is not None and entry.whose == "sayer" and SCALE[entry.holds] < 0 and value == "CT+":
        act, value = ("deny" if entry.holds == "CT-" else "doubt"), entry.holds
    elif entry is not None and value == "CT+" and _SEEMS.fullmatch(word):
        return Stance(act, entry.holds, (at._replace(why=entry.why),))
    elif entry is not None and "whether" in entry.takes and entry.holds == "Uu" and len(entry.takes) == 1:
        return Stance(act, "Uu", (at._replace(why=entry.why),))
    return Stance(act, value, (at._replace(why=act),))


def _with_verdict(
    syntax: Syntax, head: int, content: Sequence[Span], said: Stance, words: Stances, lexicon: Lexicon
) -> Stance:
    """ "called the report a fabrication": what the content is called is a denial of it."""
    scope = Scope(syntax, range(len(syntax)), words)
    for span in content:
        top = syntax.top(span)
        verdict = scope.verdict(head, top) if top is not None and syntax.head[top] == head else None
        if verdict is not None and verdict[1].holds == "CT-" and said.value == "CT+":
            return Stance("deny", "CT-", (*said.why, Reason(syntax.span(verdict[0]), verdict[1].why)))
    called = (
        _called(syntax, head, content, words) or _held_false(syntax, content, lexicon) if said.value == "CT+" else None
    )
    return said if called is None else Stance("deny", "CT-", (*said.why, called))


def _held_false(syntax: Syntax, content: Sequence[Span], lexicon: Lexicon) -> Reason | None:
    """ "Said that claims of a leak were without foundation", by place likewise."""
    own = [t for span in content for t in syntax.within(span) if syntax.upos[t] not in ("DET", "SCONJ", "PUNCT", "ADJ")]
    if not own or syntax.lemma[own[0]].lower() not in _SAYINGS or syntax.upos[own[0]] not in ("NOUN", "PRON"):
        return None
    held = lexicon.held_false.search(syntax.text, syntax.end[own[0]], content[-1].end)
    return Reason(Span(held.start() + 1, held.end()), HELD) if held is not None else None


def _called(syntax: Syntax, head: int, content: Sequence[Span], words: Stances) -> Reason | None:
    """ "called that claim “absurd”", by place: guessed trees hang such a word anywhere."""
    if syntax.lemma[head].lower() not in _CALLING:
        return None
    own = [t for span in content for t in syntax.within(span)]
    own += [t for t in syntax.children(head) if t not in own and t > head]  # "a claim that it called a lie"
    first = next((n for n, t in enumerate(own) if syntax.lemma[t].lower() in _SAYINGS), None)
    for token in own[first + 1 : first + _PREDICATE] if first is not None else ():
        entry = words.embedded([syntax.lemma[token].lower(), syntax.form(token).lower()], "noun")
        if entry is not None and entry.why == HELD:
            return Reason(syntax.span(token), entry.why)
    return None
