"""Whether two claims of two documents are on one and the same word: who their sources are, across documents.

In:   claims with their entities.   Out: certain, possible or no, with the reason; what kind of origin a source is.
Knows nothing of: what is claimed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from sayso.link.credits import load
from sayso.link.words import stem, weight
from sayso.links import OriginKind
from sayso.records import Claim, Entity, Source

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL = frozenset(("the", "a", "an", "of", "for", "and", "in", "on", "at", "to", "from", "by", "with", "who", "one"))
_KINDS: dict[str, OriginKind] = {
    "organisation": "organisation",
    "government": "organisation",
    "armed_group": "organisation",
    "outlet": "own_reporting",
    "document": "document",
    "post": "document",
}
_OWN = frozenset(("we", "i", "us", "our", "me"))
_ME = frozenset(("i", "me", "myself"))
_HIS = frozenset(("his", "her", "their", "my", "our"))
_OFFICE = frozenset((stem("office"),))
_HALF = 0.5


class Same(NamedTuple):
    """Are two sources one?"""

    sure: Literal["certain", "possible", "no"]
    why: str


def is_own(claim: Claim) -> bool:
    """Does the document say it on nobody's word but its own ("we")?"""
    return claim.source is None or claim.source.name.casefold() in _OWN


def is_nobody(claim: Claim) -> bool:
    """Is whom it is given to nobody in particular ("nobody", "you"), or an "I" of whom it is not told who that is?"""
    source = claim.source
    if source is None:
        return False
    name = " ".join(source.name.casefold().split())
    return name in load().words["nobody"] or (name in _ME and claim.document.author is None)


def kind_of(source: Source | None, entity: Entity | None, *, told: bool = False) -> OriginKind:
    """What kind of origin somebody is who says something. ``told``: of what others told, or it came by others."""
    if source is None or source.name.casefold() in _OWN:
        return "own_reporting"
    if source.type in _KINDS and not source.anonymous:
        return _KINDS[source.type]
    words = set(_stems(" ".join((source.text, source.name, (entity.description or "") if entity else ""))))
    official = bool(words & _of("officials"))
    if source.anonymous:
        return "anonymous_official" if official else "unknown"
    if source.name.casefold() in load().words["nobody"]:
        return "unknown"
    if source.type == "person":
        return "official" if official else "hearsay" if told else "eyewitness"
    return "unknown"


def same(a: Claim, b: Claim, one: Entity | None, other: Entity | None) -> Same:
    """Whether the sources of two claims are one. Both have one."""
    if a.source is None or b.source is None or is_own(a) or is_own(b):
        return Same("no", "")
    if one and other and one.known and one.known == other.known:
        return Same("certain", f"both are {one.name}")
    unnamed = [s.anonymous or s.type == "people" for s in (a.source, b.source)]
    here, there = _stems(_called(a.source, one)), _stems(_called(b.source, other))
    if not any(unnamed):
        return _named(a.source, b.source, here, there, one, other)
    if all(unnamed):
        return _described(a.source, b.source)
    # "a senior official of the water board", and somebody named who is one
    plain, known = (a.source, other) if unnamed[0] else (b.source, one)
    about = _stems(" ".join((known.name, known.description or "") if known else ()))
    own = _telling(_stems(plain.text))
    named = b.source if unnamed[0] else a.source
    if (own and own & set(about)) or (_is_kin(plain) and named.type == "person" and not set(about) & _of("officials")):
        return Same("possible", f"“{plain.text}” may be {named.name}")
    return Same("no", "")


def _is_kin(source: Source) -> bool:
    """Is it somebody's sister: known by whom they belong to, and no name given?"""
    words = _WORD.findall(source.text.casefold())
    return bool(words) and words[0] in _HIS and bool(set(_stems(source.text)) & _of("private"))


def _named(
    a: Source, b: Source, here: tuple[str, ...], there: tuple[str, ...], one: Entity | None, other: Entity | None
) -> Same:
    if not here or not there:
        return Same("no", "")
    persons = [s.type == "person" for s in (a, b)]
    if all(persons):
        if here[-1] == there[-1] and (len(here) == 1 or len(there) == 1 or here[0][0] == there[0][0]):
            return Same("certain", f"both are {max(a.name, b.name, key=len)}")
        if here[0] == there[0] and min(len(here), len(there)) == 1:
            return Same("possible", f"“{min(a.name, b.name, key=len)}” may be {max(a.name, b.name, key=len)}")
        return Same("no", "")
    if not any(persons):
        if _covers(set(here), set(there)):
            return Same("certain", f"both are {max(a.name, b.name, key=len)}")
        return Same("no", "")
    person, body = ((a, one), there) if persons[0] else ((b, other), here)
    about = set(_stems(" ".join((person[0].text, (person[1].description or "") if person[1] else ""))))
    if _telling(body) and _telling(body) <= about:
        return Same("certain", f"{person[0].name} speaks for it")
    office = set(body) - _OFFICE  # "the mayor's office", and the mayor
    if office and len(office) < len(body) and office <= about:
        return Same("possible", f"{person[0].name} may speak by it")
    return Same("no", "")


def _described(a: Source, b: Source) -> Same:
    """Two who are not named: one where their descriptions fit, as far as can be told."""
    roles = [{name for name in ("officials", "private") if set(_stems(s.text)) & _of(name)} for s in (a, b)]
    if all(len(r) == 1 for r in roles) and roles[0] != roles[1]:
        return Same("no", "")  # "his sister" and "a senior officer"
    here, there = _telling(_stems(a.text)), _telling(_stems(b.text))
    if not here or not there or here & there or not (_names(a.text) and _names(b.text)):
        return Same("possible", f"“{a.text}” and “{b.text}” may be one: neither is named")
    return Same("no", "")


def _names(text: str) -> bool:
    """Does a description hold a proper name?"""
    return any(w[0].isupper() for w in _WORD.findall(text)[1:])


def _called(source: Source, entity: Entity | None) -> str:
    return entity.name if entity and not entity.anonymous and len(entity.name) > len(source.name) else source.name


def _stems(text: str) -> tuple[str, ...]:
    return tuple(s for w in _WORD.findall(text) if (s := stem(w)) not in _SMALL)


def _telling(stems: tuple[str, ...]) -> set[str]:
    return {s for s in stems if s not in _of("officials")}


@cache
def _of(sort: str) -> frozenset[str]:
    """The stems of a list of words."""
    return frozenset(map(stem, load().words[sort]))


def _covers(a: set[str], b: set[str]) -> bool:
    """Is one name the other, but for words that are left out? "Navy of Tavel" and "Tavel Business Daily" are two."""
    common = sum(map(weight, a & b))
    return (a <= b or b <= a) and common > 0 and common >= _HALF * max(sum(map(weight, a)), sum(map(weight, b)))
