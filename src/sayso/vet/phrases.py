"""Whether a phrase that is set off beside a sentence leaves it as it is: "on Monday", not "by the look of things".

In:   a Page, the tokens of a phrase.   Out: the words that may not be left away, with what they do.
Knows nothing of: where the phrase stands, what the sentence says.

No list has all that people set beside a sentence to put it in doubt. So a phrase has to be known to tell when, where,
why or how it happened, or to join it to what was said before; or none of its words may be of what is said, thought,
felt or imagined (`data/fields.toml`). Any other counts as dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.records import Reason
from sayso.resolve.framing import Part
from sayso.spans import Span
from sayso.vet.page import Page

UNKNOWN = "stands beside it, and is not known to leave it as it is"
FINITE = ("VBD", "VBZ", "VBP", "MD")
_LOOSE = (
    "in",
    "on",
    "at",
    "from",
    "to",
    "by",
    "with",
    "for",
    "into",
    "onto",
    "off",
    "out",
    "under",
    "through",
    "via",
    "up",
    "down",
)
_FOCUS = (
    "and",
    "but",
    "so",
    "yet",
    "or",
    "nor",
    "then",
    "even",
    "only",
    "just",
    "especially",
    "particularly",
    "at",
    "least",
    "as",
    "much",
)
_ENDS = ("aside", "apart", "notwithstanding", "included", "excepted", "alike", "ago", "later", "earlier", "away")
_JUDGED_BY = frozenset(
    ("judge", "go", "believe", "hear", "trust", "look", "listen", "read", "take", "credit", "rely", "allow", "grant")
)  # fmt: skip
_ALLOWS = frozenset(("take", "allow", "grant", "look"))  # "to allow for repairs"
MEASURES = frozenset(
    (
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "century",
        "time",
        "moment",
        "season",
        "night",
    )
)
_BY_WHOM = frozenset(("to", "for", "among", "amongst", "per", "between"))  # by whose account, with people
_UNTOLD = frozenset(
    (
        "it",
        "this",
        "that",
        "these",
        "those",
        "so",
        "such",
        "what",
        "which",
        "who",
        "i",
        "you",
        "one",
        "my",
        "our",
        "your",
    )
)
_FROM_THEN = frozenset(("after", "before", "ago", "later", "earlier", "prior", "back", "since", "into", "from", "past"))
_PARTS: dict[str, Part] = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective"}
_NOMINAL = ("NOUN", "DET", "PROPN", "PRON", "VERB")
_INNER = ("DET", "ADJ", "NUM", "ADV", "PUNCT", "PART")


def judged(page: Page, phrase: Sequence[int], *, parted: bool = True) -> Reason | None:
    """What a phrase without a finite verb does to the sentence that it stands beside, if it may do anything.
    ``parted``: a mark stands between, so that a noun is none that the sentence belongs to.
    """
    tokens = [t for t in phrase if page.syntax.upos[t] != "PUNCT"]
    while len(tokens) > 1 and page.text[page.syntax.end[tokens[0]]] == "]":
        tokens = tokens[1:]  # the number of a note
    if (told := _as_told(page, tokens)) is not None:
        return told
    while tokens and not _leaves(page, tokens) and page.syntax.form(tokens[0]).lower() in _FOCUS:
        tokens = tokens[1:]
    belongs = not parted and bool(tokens) and page.syntax.upos[tokens[0]] in _NOMINAL
    if not tokens or (_is_plain(page, tokens) if belongs else _leaves(page, tokens)):
        return None
    return Reason(spans=(Span(page.syntax.start[tokens[0]], page.syntax.end[tokens[-1]]),), why=UNKNOWN)


def _leaves(page: Page, tokens: Sequence[int]) -> bool:
    return _is_plain(page, tokens) or _is_harmless(page, tokens)


def _as_told(page: Page, tokens: Sequence[int]) -> Reason | None:
    """ "As alleged in the suit": a participle of what only says so."""
    syntax = page.syntax
    if len(tokens) < 2 or syntax.form(tokens[0]).lower() != "as" or _is_plain(page, tokens):
        return None
    verb = next((t for t in tokens[1:3] if syntax.xpos[t] in ("VBN", "VBD")), None)
    if verb is not None and verb + 1 in tokens and syntax.form(verb + 1).lower() == "by":
        return Reason(spans=(syntax.span(verb),), why="held by somebody")  # "as presented by the authors"
    entry = (
        page.knowledge.framing.takes("verb", (syntax.form(verb).lower(), syntax.lemma[verb].lower())) if verb else None
    )
    if verb is None or entry is None or (entry.keeps and entry.why != "said"):
        return None
    return Reason(spans=(syntax.span(verb),), why="said by nobody in particular")


def is_clause(page: Page, phrase: Sequence[int]) -> bool:
    """Is there a finite verb, but for one of a relative clause in it?"""
    syntax = page.syntax
    verbs = [t for t in phrase if syntax.xpos[t] in FINITE]
    heads = [syntax.head[t] if syntax.rel[t].startswith(("aux", "cop")) else t for t in verbs]
    return not all(syntax.rel[t] == "acl:relcl" and syntax.head[t] in phrase for t in heads)


def _is_plain(page: Page, tokens: Sequence[int]) -> bool:
    """Is it a whole phrase of the list, or a time?"""
    syntax, plain = page.syntax, page.knowledge.framing.plain
    told = re.sub(r"\s+", " ", page.text[syntax.start[tokens[0]] : syntax.end[tokens[-1]]].lower()).replace("’", "'")
    if told in plain.phrases:
        return True
    return all(_is_of_time(page, t) for t in tokens) and any(
        syntax.upos[t] in ("NOUN", "PROPN", "NUM", "ADV", "ADJ") for t in tokens
    )


def _is_of_time(page: Page, token: int) -> bool:
    syntax = page.syntax
    if syntax.upos[token] in ("ADP", "DET", "CCONJ", "PART", "NUM"):
        return True
    return token in page.timed


def _is_harmless(page: Page, tokens: Sequence[int]) -> bool:
    syntax, plain = page.syntax, page.knowledge.framing.plain
    first, form, upos = tokens[0], syntax.form(tokens[0]).lower(), syntax.upos[tokens[0]]
    last = syntax.form(tokens[-1]).lower()
    if (
        form in plain.prepositions
        and len(tokens) > 1
        and syntax.form(tokens[1]).lower() not in ("all", "any", "which", "whom")
    ):
        return True
    opening = [syntax.form(t).lower() for t in tokens[:3]]
    told = opening in (["in", "order", "to"], ["so", "as", "to"]) or opening[:2] in (
        ["rather", "than"],
        ["as", "opposed"],
    )
    having = next((n for n, t in enumerate(tokens) if syntax.form(t).lower() == "having"), 0)
    # "the two sides having failed to agree"
    if told or (having and syntax.upos[tokens[having - 1]] in ("NOUN", "PROPN")):
        return True
    if form == "without" and len(tokens) > 1:
        return is_of_the_world(page, tokens[1:]) or _is_told_thing(page, tokens[1:])
    if form == "to" and last in plain.nouns and any(syntax.xpos[t] == "POS" for t in tokens):
        return True  # "to everyone's surprise"
    if upos in ("ADP", "SCONJ") and form in _LOOSE and _is_placed(page, tokens[1:]):
        return True
    if upos == "VERB" and syntax.xpos[first] in ("VBG", "VBN"):
        lone = len(tokens) == 1
        return not lone and syntax.lemma[first].lower() not in _JUDGED_BY
    if form == "to" and len(tokens) > 1 and syntax.xpos[tokens[1]] == "VB":
        lemma = syntax.lemma[tokens[1]].lower()
        return lemma not in _JUDGED_BY - _ALLOWS and page.knowledge.framing.takes("verb", (lemma,)) is None
    if _is_dated(page, tokens) or is_of_the_world(page, tokens):
        return True
    if form in plain.adverbs or (form in ("either", "both") and len(tokens) > 1 and syntax.xpos[tokens[1]] == "VBG"):
        rest = tokens[1:]
        return not rest or _is_plain(page, rest) or _is_harmless(page, rest)
    more = next((n for n, t in enumerate(tokens[:3]) if syntax.xpos[t] in ("JJR", "RBR")), None)
    if more is not None and [syntax.form(t).lower() for t in tokens[more + 1 : more + 2]] == ["than"]:
        return (
            page.knowledge.framing.beside([syntax.form(t).lower() for t in tokens]) is None
        )  # "far longer than planned"
    if syntax.xpos[first] in ("JJR", "RBR", "RBS", "JJS") and len(tokens) <= 3:
        return page.knowledge.framing.beside([syntax.form(t).lower() for t in tokens]) is None
    return last in _ENDS


def _is_dated(page: Page, tokens: Sequence[int]) -> bool:
    """ "Just days before the vote", "one week after that"."""
    syntax = page.syntax
    for n, token in enumerate(tokens[:4]):
        following = syntax.form(tokens[n + 1]).lower() if n + 1 < len(tokens) else ""
        if syntax.lemma[token].lower() in MEASURES and following in _FROM_THEN:
            return all(syntax.upos[t] in (*_INNER, "ADP") for t in tokens[:n])
    return False


def is_of_the_world(page: Page, tokens: Sequence[int]) -> bool:
    """Is no word of a phrase of what is said, thought or felt, so that it cannot tell by whose account: "in the third
    round", "with guards standing by", "when leaving the hall"?
    """
    syntax, framing = page.syntax, page.knowledge.framing
    forms = [syntax.form(t).lower() for t in tokens]
    opened = framing.opens(forms[:6])
    if len(tokens) == 1 or (opened is not None and opened[0].why is not None) or framing.beside(forms) is not None:
        return False
    if (
        forms[1] in ("all", "what", "any", "whatever", "anything")
        or syntax.xpos[tokens[0]] == "VB"
        or forms[0] == "according"
    ):
        return False  # "for all one can tell", "wake me"
    if forms[0] in ("on", "by") and any(syntax.xpos[t] == "POS" for t in tokens):
        return False  # "on the sellers' sums"
    told = any(syntax.upos[t] not in ("ADV", "DET") for t in tokens)  # not "quite zorbably"
    return told and all(_is_of_it(page, t, forms[0]) for t in tokens)


def _is_told_thing(page: Page, tokens: Sequence[int]) -> bool:
    """ "Without warning": one noun of the list."""
    syntax, framing = page.syntax, page.knowledge.framing
    nouns = [syntax.lemma[t].lower() for t in tokens if syntax.upos[t] == "NOUN"]
    return len(tokens) == 1 and nouns != [] and nouns[0] in framing.plain.nouns


def _is_of_it(page: Page, token: int, first: str) -> bool:
    syntax, framing = page.syntax, page.knowledge.framing
    form, lemma, upos = syntax.form(token).lower(), syntax.lemma[token].lower(), syntax.upos[token]
    fields, part = framing.fields, _PARTS.get(upos)
    known = framing.takes(part, (form, lemma)) if part is not None else None
    if upos in ("INTJ", "X") or (known is not None and not known.keeps):
        return False
    if upos == "PRON":
        named = any(syntax.rel[k].startswith("acl") for k in syntax.children(token))  # "those who live there"
        return (form not in _UNTOLD or named) and first not in _BY_WHOM
    if upos == "PROPN":
        return first not in _BY_WHOM
    if upos == "VERB":
        return lemma not in fields.thoughts and lemma not in _JUDGED_BY
    if upos == "NOUN":
        if lemma in framing.plain.nouns or token in page.timed:
            return True
        people = lemma in fields.people and first in _BY_WHOM
        way = lemma in fields.ways and first in ("by", "on", "from", "to")
        return not (people or way or lemma in fields.views or lemma in framing.plain.worlds)
    if upos in ("ADV", "ADJ"):
        return (
            form not in framing.plain.unsure
            and framing.beside((form,)) is None
            and form not in framing.undoing.words
            and not form.endswith("edly")
        )
    return True


def _is_placed(page: Page, rest: Sequence[int]) -> bool:
    """After "in", "on" and the like: a name, a number, a time, a place, or what was done ("by winning")."""
    syntax, plain = page.syntax, page.knowledge.framing.plain
    for n, token in enumerate(rest):
        form, upos = syntax.form(token).lower(), syntax.upos[token]
        if n == 0 and syntax.xpos[token] == "VBG":
            return True
        if upos == "PROPN" or token in page.timed:
            return True
        if upos == "NOUN":
            following = rest[n + 1] if n + 1 < len(rest) else None
            if following is not None and (
                syntax.upos[following] in ("NOUN", "PROPN") or syntax.xpos[following] == "POS"
            ):
                continue  # "a town hall", "the sellers' side"
            return syntax.lemma[token].lower() in plain.nouns
        if upos not in _INNER and not (upos == "VERB" and syntax.xpos[token] in ("VBN", "VBG")) and form != "'s":
            return False
    return any(syntax.upos[t] == "NUM" for t in rest)
