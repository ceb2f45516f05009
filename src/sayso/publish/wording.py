"""The plain words for what a ledger holds, and text made safe to look at.

In:   codes, claims, any text.   Out: words.
Knows nothing of: terminals, HTML.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from sayso.deeds import named
from sayso.publish.agreeing import many, plural
from sayso.publish.chains import Standing, standing
from sayso.records import HELD, Claim, DocumentRef, Event, Factuality, Kind, Ledger, Notice, Phrase, Quantity, SpeechAct
from sayso.spans import Span

Hedges = Callable[[Claim], tuple[str, ...]]

# What a source does, and the same act where there is none to do it.
ACTS: dict[SpeechAct, tuple[str, str]] = {
    "assert": ("says", "assertion"),
    "deny": ("denies", "denial"),
    "accuse": ("accuses", "accusation"),
    "doubt": ("doubts", "doubt"),
    "ask": ("asks", "question"),
    "order": ("orders", "order"),
    "promise": ("promises", "promise"),
    "predict": ("predicts", "prediction"),
    "believe": ("believes", "belief"),
    "want": ("wants", "wish"),
    "report": ("reports", "report"),
}

STANDINGS: dict[Standing, str] = {
    "named": "named source",
    "pronoun": "a pronoun, not resolved",
    "anonymous": "anonymous or collective source",
    "none": "no source given",
    "author": "the author's own",
}

# How the summary counts them; sources without a name are often many ("residents").
_COUNTED: dict[Standing, str] = {
    "named": "named",
    "pronoun": "by a pronoun",
    "anonymous": "anonymous or collective",
    "none": "without a source",
    "author": "the author's own",
}

KINDS: dict[Kind, str] = {
    "direct": "direct speech",
    "indirect": "indirect speech",
    "mixed": "mixed speech",
    "authorial": "the author's own",
}

# How the source puts it; never how it is.
FACTUALITY: dict[Factuality, str] = {
    "CT+": "put as certain",
    "PR+": "put as probable",
    "PS+": "put as possible",
    "CT-": "put as certainly not so",
    "PR-": "put as probably not so",
    "PS-": "put as possibly not so",
    "Uu": "left open",
}

_PLAIN = re.compile(
    r"(?:has |have |had )?(?:also )?"
    r"(?:said|says?|saying|told|tells?|telling|writes?|wrote|written|added|adding|according to|:|reported|reports?"
    r"|denied|denies|accused|accuses|asked|asks|believes?|ordered|orders?|predicted|promised|wants?)",
    re.IGNORECASE,
)
LEFT_OPEN = "leaves open"
CALLS = "calls"
_CALLS = re.compile(r"\b(?:call|brand|label|describ|denounc|condemn|dismiss|reject|deem|term|dub)", re.IGNORECASE)
AGAINST = "speaks against"
_NEGATED = re.compile(r"\b(?:not|never|no|nor|neither|hardly|cannot|declined?|refused?)\b|n[’']t\b", re.IGNORECASE)
_POSSIBLE = re.compile(r"\b(?:yet|can|could|may|might|must|should|would|will)\b", re.IGNORECASE)
_STANDS_AGAINST = re.compile(r"\bagainst\Z", re.IGNORECASE)
# Control characters, lone surrogates and the marks that reorder what a reader sees.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """``text`` with characters that hide or reorder others shown by their number.

    >>> visible("paid" + chr(0x202E) + "on")
    'paid⟨U+202E⟩on'
    """
    return _ODD.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def hidden(text: str) -> tuple[int, ...]:
    """The places of the characters that `visible` shows by their number.

    >>> hidden("paid" + chr(0x202E) + "on")
    (4,)
    """
    return tuple(found.start() for found in _ODD.finditer(text))


def one_line(text: str) -> str:
    """``text`` made visible, its white space folded."""
    return visible(" ".join(text.split()))


def elided(text: str, most: int) -> str:
    """``text`` on one line, its middle left out where it is longer than ``most`` characters: "[…]", as "…" alone stands
    between the parts of a content.

    >>> elided("the old bridge at Karsk was closed to all lorries on Monday", 40)
    'the old bridge at […] on Monday'
    """
    text = one_line(text)
    if len(text) <= most:
        return text
    tail = most // 3
    head = most - tail - 5
    start, end = text[:head], text[-tail:]
    return f"{start.rsplit(' ', 1)[0] if ' ' in start else start} […] {end.split(' ', 1)[1] if ' ' in end else end}"


def act(claim: Claim) -> str:
    """The speech act in plain words, in the number of the source: "says", "say"; a noun where there is none."""
    word = deed(claim)
    own = claim.source is not None and word != turned(claim) and many(claim.source)
    return plural(word) if own else word


def deed(claim: Claim) -> str:
    """The same whoever does it, to count by and to hand on: a verb where a source does it, a noun where there is none.

    Where the cue is negated or only possible that is said instead: who "could not confirm" a thing does not say it. Nor
    does who "appeals against" it. "Nobody" and "neither side" do what their cue says. Words that call a claim untrue
    are said, and not denied: "says “the claim is nonsense”".
    """
    if claim.speech_act == "deny" and claim.cue is not None and _holds_itself(claim):
        return CALLS if _CALLS.search(claim.cue.text) else ACTS["assert"][claim.source is None]
    cue = turned(claim)
    if cue is None:
        return AGAINST if _is_against(claim) else ACTS[claim.speech_act][claim.source is None]
    whole = _outside(claim, "said by nobody") or (_leaves_open(claim, cue) and len(cue) <= len(LEFT_OPEN))
    return cue if whole else LEFT_OPEN


def turned(claim: Claim) -> str | None:
    """The cue, where it, or words before it, leave open what the source holds: "did not rule out"."""
    if claim.cue is None or claim.factuality in ("CT+", "CT-"):
        return None
    cue = one_line(claim.cue.text)
    unsaid = claim.factuality == "Uu" and (_outside(claim, "negated") or _outside(claim, "said by nobody"))
    return cue if _leaves_open(claim, cue) or unsaid else None


def _leaves_open(claim: Claim, cue: str) -> bool:
    return bool(_NEGATED.search(cue) or (claim.factuality == "Uu" and _POSSIBLE.search(cue)))


def _outside(claim: Claim, why: str) -> bool:
    """Do words that are no part of what is said make it so?"""
    spans = (span for reason in claim.why if reason.why == why for span in reason.spans)
    return any(not any(span.overlaps(own) for own in claim.content.spans) for span in spans)


def _holds_itself(claim: Claim) -> bool:
    return any(
        r.why == HELD and any(own.contains(s) for s in r.spans for own in claim.content.spans) for r in claim.why
    )


def _is_against(claim: Claim) -> bool:
    return claim.speech_act == "assert" and claim.cue is not None and bool(_STANDS_AGAINST.search(claim.cue.text))


def beside(claim: Claim) -> str | None:
    """The cue, to stand beside what a source does, where that is told in words that are not the speech act's."""
    cue = turned(claim) or (one_line(claim.cue.text) if claim.cue and _is_against(claim) else None)
    return None if cue == deed(claim) else cue


def telling_cue(claim: Claim) -> str | None:
    """The cue, where it tells more than the speech act: "condemned", "did not say", but not "said"."""
    cue = one_line(claim.cue.text) if claim.cue else ""
    return cue if cue and cue != act(claim) and not _PLAIN.fullmatch(cue) else None


# The flags of an event, and how it is put where that is not certain.
_FLAGS = ("negated", "hypothetical", "future", "historical")
_YEAR = 4  # digits


def event(event: Event) -> str:
    """What a claim's words speak of, on one line: what it is, who to whom, where, when, how many, how it is put."""
    parties = [one_line(party.name) if party else "?" for party in (event.actor, event.recipient)]
    who = " → ".join(parties) if event.recipient else parties[0] if event.actor else ""
    kind = named(event.type, event.mode, event.trigger.text)
    parts = [f"{kind}: {who}" if who else kind]
    if event.place:
        parts.append(f"at {one_line(event.place.name)}")
    if event.time:
        parts.append(one_line(event.time.value))
    parts += [quantity(q) for q in event.quantities]
    parts += [flag for flag in _FLAGS if getattr(event, flag) and not (flag == "historical" and _is_dated_only(event))]
    if event.factuality not in ("CT+", "Uu"):
        parts.append(FACTUALITY[event.factuality])
    return " · ".join(parts)


def code(event: Event) -> str:
    """PLOVER's code of an event, as a search takes it: "ASSAULT/drone"."""
    return f"{event.type}/{event.mode}" if event.mode else event.type


def _is_dated_only(event: Event) -> bool:
    """Is it history by a year alone? That stands there as its time."""
    spans = [span for flag in event.flags if flag.why == "historical" for span in flag.spans]
    return bool(spans) and event.time is not None and all(len(span) == _YEAR for span in spans)


def quantity(found: Quantity) -> str:
    """
    >>> quantity(Quantity(kind="killed", unit="civilian", low=40, high=None, spans=(), text="at least 40 civilians"))
    'killed: at least 40 civilians'
    """
    return f"{found.kind}: {one_line(found.text)}"


def reasons(claim: Claim, text: str) -> tuple[tuple[str, str], ...]:
    """The words that make a claim's factuality what it is, and how; none for the plain cue of an assertion."""
    acts = set(ACTS)
    shown = ((" … ".join(span.of(text) for span in reason.spans), reason.why) for reason in claim.why)
    return tuple((one_line(words), why) for words, why in shown if why not in acts)


def reason(words: str) -> str:
    """A reason of what was weighed, on one line; a number of the file of hypotheses as that.

    >>> reason("whose words they are: given")
    'whose words they are, as the file has it'
    """
    own = words.removesuffix(": given")
    return one_line(words if own == words else f"{own}, as the file has it")


def content(claim: Claim, text: str) -> str:
    """The content as it stands in ``text``, with "…" where words between its parts are left out."""
    return one_line(" … ".join(span.of(text) for span in claim.content.spans))


def parted(words: Phrase) -> str:
    """The words of a content, with "…" where words between its parts are left out, as `content` has them; without the
    text, so for records whose words are those of their places.

    >>> parted(Phrase(spans=(Span(0, 5), Span(9, 13)), text="Karsk fell"))
    'Karsk … fell'
    """
    parts, at = [], 0
    for span in words.spans:
        parts.append(words.text[at : at + len(span)])
        at += len(span) + 1
    return one_line(" … ".join(parts)) if at == len(words.text) + 1 else one_line(words.text)


def unquoted(text: str) -> str:
    """``text`` without the quotation marks around it, and the comma before the last, to be put between others.

    >>> unquoted('"We pay," "That ends."'), unquoted('a "hole" with no "bottom"')
    ('We pay," "That ends.', 'a "hole" with no "bottom')
    """
    return text.strip("\"“”„«»‘’' ").rstrip(",")


def scored(score: float | None) -> str:
    """How likely it was read rightly, in words.

    >>> scored(0.891), scored(None)
    ('score 89 %', 'no score')
    """
    return "no score" if score is None else f"score {score:.0%}".replace("%", " %")


def counted(number: int, one: str, many: str) -> str:
    """
    >>> counted(1, "claim", "claims"), counted(3000, "claim", "claims")
    ('1 claim', '3,000 claims')
    """
    return f"{number:,} {one if number == 1 else many}"


class Summary:
    """One line, once all is counted: how many claims, on whose word, and what stands more than once."""

    def __init__(self) -> None:
        self._claims: Counter[Standing] = Counter()
        self._passages: Counter[tuple[str, Span]] = Counter()
        self._furniture = 0

    def add(self, ledger: Ledger) -> None:
        self.add_claims(ledger.claims)
        self._passages.update((ledger.document.ref.id, first) for first, _ in ledger.repeats)
        self._furniture += len(ledger.furniture)

    def add_claims(self, claims: Iterable[Claim]) -> None:
        self._claims.update(map(standing, claims))

    def __str__(self) -> str:
        found = self._claims
        by_standing = ", ".join(f"{found[key]:,} {words}" for key, words in _COUNTED.items() if found[key])
        parts = [f"{counted(found.total(), 'claim', 'claims')}: {by_standing}" if found else "no claims"]
        if self._passages:
            times = "twice" if max(self._passages.values()) == 1 else "more than once"
            parts.append(f"{counted(len(self._passages), 'passage stands', 'passages stand')} {times}")
        if self._furniture:
            parts.append(counted(self._furniture, "stray piece of the page", "stray pieces of the page"))
        return " · ".join(parts)


def summary(ledgers: Iterable[Ledger]) -> str:
    """The summary line of ``ledgers``."""
    line = Summary()
    for ledger in ledgers:
        line.add(ledger)
    return str(line)


def notices(ledger: Ledger) -> tuple[Notice, ...]:
    """All that was odd about a document, each once."""
    return tuple(dict.fromkeys((*ledger.document.notices, *ledger.notices)))


def byline(ref: DocumentRef) -> tuple[str, ...]:
    """Outlet, author and date, as far as they are known."""
    return tuple(one_line(part) for part in (ref.outlet, ref.author, ref.published) if part)


def title(ref: DocumentRef) -> str:
    """The title, or the file's name where there is none."""
    return one_line(ref.title or re.split(r"[/\\]", ref.path)[-1] or ref.path)
