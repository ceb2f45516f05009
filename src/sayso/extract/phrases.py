"""Find where a noun phrase begins and ends, without a parser.

In:   the Line of a sentence, a place in it.   Out: token indices.
Knows nothing of: which cue asks, what the phrase is for.
"""

from __future__ import annotations

import re

from sayso.extract.adverbials import opens_adverbial
from sayso.extract.lines import STOPS, SUBJECTS, Line

_ROLES = frozenset(("by", "to", "with", "from", "including", "like"))
_ALL = frozenset(("everyone", "everybody", "all", "every", "many", "much", "only", "both"))
_DANGLING = frozenset(
    ("of", "in", "on", "at", "by", "for", "from", "to", "with", "as", "into", "and", "or", "but", "that", "about")
)


def subject_before(line: Line, end: int, floor: int) -> tuple[int, int] | None:
    """First and last token of the noun phrase that ends at ``end``, not reaching below ``floor``.

    An appositive or relative clause between commas is part of it ("Idris, the minister, said").
    """
    if end < floor or line.quoted[end] >= 0:
        return None
    last = end
    core = end
    if line.lower(end) in (",", "—", "–", "--", ")"):
        opening = _matching(line, end, floor)
        while opening is not None and _is_detail(line, opening, floor):
            opening = _matching(line, opening, floor)
        if opening is None:
            return _before_stray_comma(line, end, floor)
        core = opening - 1
        last = end if line.lower(end) == ")" else end - 1
        if line.lower(opening + 1) == "according":
            last = core
        if line.date_at(opening + 1) is not None or line.lower(opening + 1) in ("however", "meanwhile", "too"):
            last = core
    if core < floor or line.quoted[core] >= 0:
        return None
    if line.lower(core) in SUBJECTS | {"you"}:
        return (core, core)
    if line.lower(core) in ("who", "which", "that"):
        antecedent = core - 2 if line.lower(core - 1) == "," else core - 1
        return (
            subject_before(line, antecedent, max(floor, _after_role(line, antecedent))) if antecedent >= floor else None
        )
    first = _phrase_start(line, core, floor)
    if first is None:
        return None
    # "Smith, who … , said": the relative clause began at ``opening``; "and" in front joins two names.
    return (first, last) if _is_source_like(line, first, core) else None


def _after_role(line: Line, end: int) -> int:
    """After the preposition that gives the antecedent of "who" its part in the clause ("by …", "according to …")."""
    return next((i + 1 for i in range(end - 1, max(-1, end - 15), -1) if line.lower(i) in _ROLES), 0)


def _before_stray_comma(line: Line, comma: int, floor: int) -> tuple[int, int] | None:
    """A comma that splits subject and verb ("The Report, had established"): all before it is the subject."""
    if floor > 0 or line.lower(comma) != "," or line.lower(comma + 1) not in line.lexicon.words.auxiliaries:
        return None
    if any(_is_verb(line, i) or line.quoted[i] >= 0 for i in range(comma)):
        return None
    return subject_before(line, comma - 1, 0) if comma else None


def _matching(line: Line, end: int, floor: int) -> int | None:
    """The mark that opens what the comma, dash or bracket at ``end`` closes."""
    close = line.lower(end)
    opener = {")": "("}.get(close, close)
    for i in range(end - 1, max(floor, end - 30) - 1, -1):
        if line.lower(i) == opener and i > floor:
            return i
        if line.lower(i) in (";", ":", '"'):
            return None
    return None


def _phrase_start(line: Line, core: int, floor: int) -> int | None:
    """Walk left from the head to where the noun phrase begins."""
    words = line.lexicon.words
    first: int = core
    for i in range(core, max(floor, core - 25) - 1, -1):
        word = line.lower(i)
        if word == "," and _is_name_comma(line, i):
            continue
        if word == '"' or word in STOPS or word in words.modals or word in words.auxiliaries or word in words.be:
            break
        if word in words.subordinators - words.prepositions and i != core and word not in ("who", "that"):
            break
        if word == "nor" and (neither := _neither(line, i, floor)) is not None:
            return neither
        if word in ("but", "nor", "then", "yet", "so", "as") and i != core:
            break
        if word in ("that", "who") and i != core and not _is_relative(line, i, floor):
            break
        if word == "to" and line.lower(i - 1) == "according":
            break
        if word in ("and", "or") and not _joins_nouns(line, i, floor):
            break
        if i != core and word in SUBJECTS:
            first = i + 2  # "They included George Haswani": a pronoun and its verb stand before the phrase
            break
        if i != core and (_is_verb(line, i) or _takes_object(line, i)) and not _in_relative(line, i, floor):
            break
        first = i
    start = _without_lead(line, first, core)
    if start is not None and start > floor and line.lower(start - 1) == "not" and line.lower(start) in _ALL:
        return start - 1  # "Not everyone believes": the negation is the source's
    return start


def _neither(line: Line, nor: int, floor: int) -> int | None:
    """Where "neither … nor …" begins."""
    return next((i for i in range(nor - 1, max(floor, nor - 10) - 1, -1) if line.lower(i) == "neither"), None)


def _is_detail(line: Line, opening: int, floor: int) -> bool:
    """Is what stands between the comma before and this one a detail of a name ("James, 22, of Flint, Mich., said")?"""
    earlier = _matching(line, opening, floor)
    if earlier is None:
        return False
    return line.lower(earlier + 1) in ("of", "from") or line.lower(earlier + 1).isdigit()


def _is_name_comma(line: Line, i: int) -> bool:
    """The comma of "R-Ind., said" or of a list of names: capital on both sides, "and" soon after."""
    if not (0 < i < len(line) - 1):
        return False
    ahead = [line.lower(j) for j in range(i + 1, min(len(line), i + 6))]
    return line.tokens[i - 1].is_capital and line.tokens[i + 1].is_capital and "and" in ahead


def _joins_nouns(line: Line, i: int, floor: int) -> bool:
    """Does "and" at ``i`` join two noun phrases rather than two clauses?"""
    if i - 1 < floor or not line.is_noun_like(i - 1):
        return False
    j = i - 1
    while j >= floor and line.lower(j) not in STOPS and line.lower(j) != '"' and i - j < 12:
        if _is_verb(line, j) or line.lower(j) in ("that", "who", "which", "when", "because"):
            return False
        j -= 1
    return True


def _takes_object(line: Line, i: int) -> bool:
    """Is an unknown "-ed" a verb ("The list named Oro Kell"), not a modifier ("the elected mayor")?"""
    if not line.lower(i).endswith("ed") or not line.is_finite(i) or not line.is_noun_like(i - 1):
        return False
    return line.tokens[i + 1].is_capital or line.lower(i + 1) in line.lexicon.words.determiners


def _is_relative(line: Line, i: int, floor: int) -> bool:
    """Does "that" or "who" at ``i`` open a relative clause of a noun phrase that begins its clause?"""
    if i - 1 < floor or not line.is_noun_like(i - 1) or _is_verb(line, i - 1):
        return False
    for j in range(i - 1, max(floor, i - 10) - 1, -1):
        if line.lower(j) in STOPS or line.lower(j) == '"':
            return True
        if _is_verb(line, j):
            return False
    return max(floor, i - 10) == floor


def _in_relative(line: Line, i: int, floor: int) -> bool:
    """Is the verb at ``i`` the first one after such a "that" or "who"?"""
    return line.lower(i - 1) in ("that", "who") and _is_relative(line, i - 1, floor)


def _is_verb(line: Line, i: int) -> bool:
    words, word = line.lexicon.words, line.lower(i)
    if line.tokens[i].is_capital and i > 0:
        return False
    if word in words.function_verbs or word in words.modals or word in words.be or word in words.auxiliaries:
        return line.lower(i - 1) not in words.determiners
    forms = line.lexicon.verb_forms.get(word, ())
    if any(f.is_plainly_finite and not f.rest for f in forms):
        return line.lower(i - 1) not in words.determiners
    return False


def _without_lead(line: Line, first: int, core: int) -> int | None:
    """Strip what stands before the subject: "But", "In March 2014", "In a string of tweets", "Privately"."""
    words = line.lexicon.words
    while first <= core:
        word = line.lower(first)
        dated = line.date_at(first)
        if dated is not None and dated < core:
            first = dated + 1
        elif first < core and (word in words.leads - words.prepositions or (line.is_adverb(first) and word != "many")):
            if word in words.determiners and line.is_noun_like(first + 1):
                return first
            first += 1
        elif word in words.prepositions and first < core:
            following = _after_adverbial(line, first, core)
            if following is None:
                return None
            first = following
        else:
            return first
    return None


def _after_adverbial(line: Line, first: int, core: int) -> int | None:
    """Where the subject begins after an adverbial that opens with the preposition at ``first``."""
    words = line.lexicon.words
    for i in range(first + 2, core + 1):
        before, word = line.lower(i - 1), line.lower(i)
        starts = word in words.determiners or word in words.pronouns
        if starts and before not in words.prepositions and before not in words.conjunctions:
            return i
    if line.lower(first + 1) in words.times or line.date_at(first + 1) is not None:
        return first + 2 if first + 2 <= core else None
    start = core
    while start > first + 1 and line.tokens[start - 1].is_capital and line.tokens[start].is_capital:
        start -= 1
    return start if line.tokens[start].is_capital and start > first + 1 else None


def _is_source_like(line: Line, first: int, last: int) -> bool:
    words = line.lexicon.words
    if last - first > 30:
        return False
    spoken = [line.lower(i) for i in range(first, last + 1)]
    if (
        spoken[0].startswith("there'")
        or "ago" in spoken
        or ("to" in spoken[-2:-1] and line.tokens[last].text.islower())
    ):
        return False
    if _opens_with_verb(line, first) or spoken[-1] in words.subordinators - words.prepositions - {
        "who",
        "that",
        "which",
    }:
        return False
    edges = words.prepositions | words.conjunctions | words.be | words.auxiliaries
    if (
        all(word in words.negations for word in spoken)
        or (spoken[0] in edges and spoken[0] not in ("neither", "not"))
        or spoken[-1] in edges - {"beyond"}
    ):
        return False
    if (
        len(spoken) == 1
        and (spoken[0] in words.times or (line.tokens[first].text.islower() and spoken[0].endswith("er")))
        and spoken[0] not in words.pronouns
    ):
        return line.lexicon.head(spoken[0], capital=line.tokens[first].is_capital) is not None
    if len(spoken) == 1 and (spoken[0] in ("there", "that", "which", "what") or spoken[0] in words.leads):
        return False
    if len(spoken) == 1 and spoken[0] in words.times and not line.tokens[first].is_capital:
        return False
    return any(
        line.tokens[i].is_word and (line.lower(i) in words.pronouns or line.is_noun_like(i))
        for i in range(first, last + 1)
    )


def _opens_with_verb(line: Line, first: int) -> bool:
    """ "released a statement", "helps", "blame a Democrat": what is left of a clause that began further left."""
    word = line.lower(first)
    if line.tokens[first].is_capital:
        return False
    known = any(not form.verb.noun for form in line.lexicon.verb_forms.get(word, ()))
    past = word.endswith("ed") and line.lower(first + 1) in line.lexicon.words.determiners
    return known or past or word in line.lexicon.words.function_verbs


def phrase_after(line: Line, start: int, limit: int) -> int | None:
    """Last token of the noun phrase that begins at ``start``; None if none begins there."""
    words = line.lexicon.words
    i = start
    while i < limit:
        word = line.lower(i)
        if word == '"' or line.date_at(i) is not None:
            break
        if word == "," and i > start:
            closing = apposition_end(line, i, limit)
            if closing is None:
                break
            i = closing
            continue
        if word in STOPS:
            break
        if i > start and (word in words.modals or word in words.be or word in words.auxiliaries or _is_verb(line, i)):
            break
        if word.endswith("ed") and i > start + 1 and word.islower() and line.is_finite(i) and line.is_noun_like(i - 1):
            break  # "said the company closed": a verb, whichever it is
        if i > start and line.lower(start) in SUBJECTS:
            break
        if i > start and word in words.subordinators - {"as", "that", "who"} - words.prepositions:
            break
        if i > start and word in (
            "that",
            "who",
            "as",
            "after",
            "before",
            "during",
            "when",
            "since",
            "until",
            "to",
            "but",
        ):
            break
        if word in ("on", "at", "in", "last", "this", "by", "late", "early") and opens_adverbial(line, i):
            break
        i += 1
    last = i - 1
    while last >= start and (line.lower(last) in _DANGLING or line.lower(last) in STOPS):
        last -= 1
    return last if last >= start and _is_source_like(line, start, last) else None


def apposition_end(line: Line, comma: int, limit: int) -> int | None:
    """The token after an appositive that the comma at ``comma`` opens (its closing mark), or None."""
    words = line.lexicon.words
    opener = line.lower(comma + 1)
    known = opener in ("a", "an", "the", "who", "whose", "which", "his", "her", "its", "their", "then", "now")
    role = opener in line.lexicon.head_types
    party = re.fullmatch(r"[rdi]-\w+\.?", opener) is not None
    if not (known or role or party or opener.isdigit()):
        return None
    if opener == "who" and line.lower(comma + 2) in line.lexicon.verb_forms:
        return None  # "…, who said the bolts were gone" attributes in its own right
    i = comma + 1
    while i < limit and line.lower(i) not in (",", ";", ":", ".", "?", "!", "—", "--", '"'):
        if i > comma + 2 and opener not in ("who", "whose", "which") and line.lower(i) in words.modals | words.be:
            return None
        i += 1
    if line.lower(i) == "," and line.lower(i + 1) in ("and", "but", "which", "because"):
        return None  # what follows is no main clause, so what stands here was one
    return i if i - comma <= 25 else None


def possessor(line: Line, noun: int) -> tuple[int, int] | None:
    """Who holds the claim: "the union's claim", "their repeated claim"."""
    for i in range(noun - 1, max(-1, noun - 4), -1):
        word = line.lower(i)
        if word in ("his", "her", "their", "its", "our", "my", "your"):
            return (i, i)
        if word.endswith(("'s", "s'")):
            found = subject_before(line, i, 0)
            return found or (i, i)
        if not line.is_noun_like(i):
            return None
    return None
