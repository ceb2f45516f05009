"""Say what kind of source a phrase names, what to call it, and whether it is anonymous.

In:   the words of a source, the Lexicon.   Out: Source; names of short forms joined to their full ones.
Knows nothing of: pronouns and aliases (resolve), claims.
"""

from __future__ import annotations

import re

import msgspec

from sayso.lexicon import Head, Lexicon
from sayso.parse import Parsed, Token, tokens
from sayso.records import Phrase, Source, SourceType, phrase
from sayso.spans import Span, trimmed

_NO_ONE = re.compile(
    r"(?!no\.? ?\d|no (?:fewer|less) than|not an? few|none other than|not for the first|not only|no doubt)"
    r"(?:nobody|no one|none|no|not|neither|few)\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset(
    ("he", "she", "they", "it", "we", "i", "you", "who", "which", "his", "her", "their", "its", "our", "my", "your")
)
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"))
_INDEFINITE = frozenset(("a", "an", "another", "some", "one", "two", "three", "several", "many", "other"))
_NO_NAMES = frozenset(("the", "a", "an", "mr", "mrs", "ms", "dr", "gen", "lt", "col", "sen", "gov", "rep", "prof"))
_PARTICLES = frozenset(("al", "bin", "ibn", "de", "del", "der", "den", "van", "von", "da", "dos", "la", "le", "el"))
_BREAKS = frozenset(
    (
        "in",
        "of",
        "at",
        "by",
        "for",
        "from",
        "on",
        "with",
        "who",
        "which",
        "that",
        "writing",
        "speaking",
        "and",
        "under",
        "close",
        "familiar",
        "to",
        "about",
        "inside",
        "near",
        "beyond",
        "(",
    )
)
_EXCEPT = frozenset(
    ("except", "excepting", "save", "bar", "barring", "excluding", "unlike", "not", "without", "minus", "apart",
     "aside", "other", "rather", "instead", "against", "despite")
)  # fmt: skip
_IN_OUTLET = re.compile(
    r"\b(?:writing|wrote|reporting|columnist|correspondent|reporter|analyst|editor|report|article|story|column|editorial"
    r"|op-ed|interview|piece|investigation)s? (?:\w+ )?(?:in|for|of|at|by|with) "
    r"(?P<outlet>(?:the |The )?[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*)*(?: (?:magazine|newspaper))?)"
)

_QUOTING = re.compile(
    r"(?P<outlet>(?:the |The |state )?\w[\w’'&-]*(?: [A-Z][\w’'&-]*)*) (?:has |had )?(?:quoted|cited|quotes|cites) \Z"
)
_NEAR = 80  # characters before a source


def describe(parsed: Parsed, spans: tuple[Span, ...], lexicon: Lexicon) -> Source:
    """The Source at ``spans``. Its name is the short form to show: "Salim Idris", "US Embassy in Syria"."""
    source = _described(parsed.text, spans[0], lexicon)
    return msgspec.structs.replace(source, spans=spans, text=phrase(parsed.document.text, spans).text)


def _described(text: str, span: Span, lexicon: Lexicon) -> Source:
    if _NO_ONE.match(text, span.start, span.end):
        return _source(text, span, span.of(text), "people", anonymous=True)
    parts = [t for t in tokens(text, span) if t.is_word or t.text in ",()"]
    core = _core(parts)
    first = parts[0].lower if parts else ""
    if len(parts) == 1 and first in _PRONOUNS and parts[0].text != "WHO":
        name = "I" if first == "i" else first
        return _source(text, span, name, "unknown", anonymous=False)
    head = _head(core, lexicon)
    beside = parts[len(core) :]
    if any(t.lower in _EXCEPT for t in beside[1:3]):
        beside = []  # "all members, except Karel Osk"
    person = _person(core, head, lexicon) or _person(beside, head, lexicon, apposed=True)
    if len(parts) > len(core) + 1 and parts[len(core) + 1].lower == "which":
        person = None  # "Northquay Grain, which operates …"
    if person and (head is None or head.type in ("person", "people", "unknown")):
        return _source(text, span, person, "person", anonymous=False)
    kind: SourceType = head.type if head else "unknown"
    proper = len(core) > 2 and first == "the" and all(t.is_capital for t in core[1:])
    if proper and kind == "people":
        kind = "organisation"  # the River Guard
    named = proper or _is_named(core, kind)
    if head is None and named:
        kind = "unknown"
    unique = head is not None and head.unique and first in _DEFINITE
    name = _plain(text, core, keep_article=not (named or unique))
    return _source(text, span, name, kind, anonymous=not (named or unique))


def _source(text: str, span: Span, name: str, kind: SourceType, *, anonymous: bool) -> Source:
    return Source(spans=(span,), text=span.of(text), name=" ".join(name.split()), type=kind, anonymous=anonymous)


def _core(parts: list[Token]) -> list[Token]:
    """The words before an appositive or bracket."""
    for i, part in enumerate(parts):
        if i and part.text in ",(":
            return parts[:i]
    return parts


def _head(core: list[Token], lexicon: Lexicon) -> Head | None:
    """The entry of the head noun: the last known noun before the first preposition or relative clause."""
    end = next((i for i, t in enumerate(core) if i and t.lower in _BREAKS), len(core))
    found = _known(core[:end], lexicon)
    if found is None and end < len(core) and core[end].lower == "of":
        return _head(core[end + 1 :], lexicon)  # "a string of tweets"
    return found


def _known(core: list[Token], lexicon: Lexicon) -> Head | None:
    """The entry of the last word that has one."""
    for i in range(len(core) - 1, -1, -1):
        two = " ".join(t.lower.removesuffix("'s") for t in core[max(0, i - 1) : i + 1])
        one = core[i].lower.removesuffix("'s").rstrip("'").replace(".", "").removeprefix("ex-")
        capital = core[i].is_capital
        entry = lexicon.head(two, capital=capital) or lexicon.head(one, capital=capital)
        if entry:
            return entry
    return None


def _person(core: list[Token], head: Head | None, lexicon: Lexicon, *, apposed: bool = False) -> str | None:
    """The personal name in a phrase: the capitalised run that is no title, role, acronym or modifier."""
    end = next((i for i, t in enumerate(core) if i and t.lower in _BREAKS - _PARTICLES), len(core))
    runs: list[list[Token]] = [[]]
    titled = any(lexicon.is_title(t.text.rstrip(".")) for t in core[:end])
    for token in core[:end]:
        word = token.lower.rstrip(".")
        is_title = (
            lexicon.is_title(token.text.rstrip("."))
            or lexicon.head(word, capital=token.is_capital)
            or token.lower in lexicon.words.determiners
        )
        if lexicon.head(word, capital=token.is_capital) and not core[0].is_capital:
            runs[-1] = []  # "the River Guard", "some 40 Tarnian Army officers": they belong to the noun after them
        acronym = token.text.isupper() and len(token.text.replace(".", "")) > 1 and not _is_initial(token.text)
        if is_title or acronym or not (token.is_capital or (word in _PARTICLES and runs[-1])):
            if (
                runs[-1]
                and not token.is_capital
                and token.is_word
                and word not in lexicon.words.determiners
                and word not in _PARTICLES
            ):
                runs[-1] = []  # "Syrian government adviser": a capital before a common noun only modifies it
            runs.append([])
        else:
            runs[-1].append(token)
    people = [run for run in runs if run and run[0].is_capital]
    if not people:
        return None
    best = max(enumerate(people), key=lambda run: (len(run[1]), run[0]))[1]  # the last of the longest: after titles
    alone = len(best) == 1 and not titled
    if alone and not apposed and (head is None or head.type not in ("person", "people")) and len(core) > 1:
        return None
    if alone and head is None and len(core) == 1:
        return None
    return " ".join(t.text for t in best).removesuffix("'s").removesuffix("’s")


def _is_initial(word: str) -> bool:
    return re.fullmatch(r"[A-Z]\.?", word) is not None


def _is_named(core: list[Token], kind: SourceType) -> bool:
    """Is a proper name in it? For people, a capital that only modifies ("Western observers") is none."""
    start = 1 if core and core[0].lower in _DEFINITE | _INDEFINITE else 0
    if core and core[0].lower in _INDEFINITE and kind not in ("document", "post"):
        # "A person close to the Ministry": the name is another's; but "a report by the Ministry".
        core = core[: next((i for i, t in enumerate(core) if i and t.lower in _BREAKS), len(core))]
    capitals = [i for i in range(start, len(core)) if core[i].is_capital or core[i].text[0].isdigit()]
    if start == 0 and capitals == [0] and len(core) > 1:
        capitals = []  # the first word of a sentence
    if kind in ("people", "person"):
        return False
    if kind == "document" and len(capitals) == 1 and start == 0 and len(core) > 1 and capitals[0] == 0:
        return False
    if len(core) == 1:
        return core[0].is_capital and kind not in ("people", "person", "document", "post")
    return bool(capitals) and not all(_modifies(core, i) for i in capitals)


def _modifies(core: list[Token], i: int) -> bool:
    """ "Western countries": an adjective of nation or side before a plural common noun."""
    following = core[i + 1] if i + 1 < len(core) else None
    return following is not None and following.text.islower() and following.lower.endswith("s")


def _plain(text: str, core: list[Token], *, keep_article: bool) -> str:
    if not core:
        return ""
    start = 0
    if not keep_article and len(core) > 1 and core[0].lower in ("the", "a", "an"):
        start = 1
    words = text[core[start].start : core[-1].end]
    return words.removesuffix("'s").removesuffix("’s") if core[-1].lower.endswith("'s") else words


def outlet_of(text: str, source: tuple[Span, ...], addressee: Span | None, lexicon: Lexicon) -> Phrase | None:
    """The outlet that carried it: "writing in Haaretz", "told the New York Times' Anne Barnard"."""
    quoting = _QUOTING.search(text, max(source[0].start - _NEAR, 0), source[0].start) if source else None
    if quoting is not None:
        return _outlet(text, quoting.start("outlet"), quoting.end("outlet"))
    for span in source:
        if match := _IN_OUTLET.search(text, span.start, span.end):
            return _outlet(text, match.start("outlet"), match.end("outlet"))
    if addressee:
        parts = tokens(text, addressee)
        for i in range(len(parts)):
            word = parts[i].lower.rstrip("'").removesuffix("'s")
            entry = lexicon.head(word, capital=parts[i].is_capital)
            if entry and entry.type == "outlet" and parts[i].is_capital:
                end = parts[i].end - (len(parts[i].text) - len(re.sub(r"[’']s?$", "", parts[i].text)))
                return _outlet(text, addressee.start, end)
    return None


def _outlet(text: str, start: int, end: int) -> Phrase | None:
    if text[start : start + 4].lower() == "the ":
        start += 4
    span = trimmed(text, start, end)
    return phrase(text, (span,)) if span else None


def joined(sources: list[Source | None]) -> list[Source | None]:
    """Give a short form the name of the fuller one before it: "Idris" after "Salim Idris", "The Embassy"."""
    seen: list[tuple[frozenset[str], str]] = []
    result: list[Source | None] = []
    for source in sources:
        if source is None or source.anonymous or source.name.lower() in _PRONOUNS:
            result.append(source)
            continue
        words = frozenset(w.strip(".,'").replace(".", "").lower() for w in source.name.split()) - _NO_NAMES
        full = next(
            (name for known, name in reversed(seen) if words and words < known and _same_kind(words, name)), None
        )
        if full is None:
            seen.append((words, source.name))
            result.append(source)
        else:
            result.append(msgspec.structs.replace(source, name=full))
    return result


def _same_kind(words: frozenset[str], name: str) -> bool:
    """The short form must keep the head: the last word of a name, or the one before "in", "of"."""
    parts = [w.strip(".,'").lower() for w in name.split()]
    cut = next((i for i, w in enumerate(parts) if i and w in _BREAKS), len(parts))
    return bool(parts) and parts[max(0, cut - 1)] in words
