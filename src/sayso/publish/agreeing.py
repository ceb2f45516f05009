"""Whether a source is spoken of as one or as many, so that its verb agrees: "residents say", "the flight log says".

In:   a Source.   Out: true or false; the form of a verb.
Knows nothing of: grammar beyond the words of a name.
"""

from __future__ import annotations

import re

from sayso.records import Source

_OWN = frozenset(("i", "we", "you", "they", "these", "those"))
_MANY = frozenset(
    (
        *("people", "police", "media", "men", "women", "children", "others", "some", "many", "several", "few", "both"),
        *("most", "all", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds"),
        *("spokesmen", "spokeswomen", "clergymen", "businessmen", "policemen", "fishermen", "data"),
    )
)
_ONE = frozenset(("news", "series", "press", "headquarters", "politics", "physics", "economics", "lens"))
_SINGLE = frozenset(("a", "an", "one", "this", "that", "every", "each", "another", "no"))
# What comes after the head: "observers from …", "reports seen by …", "people who …".
_AFTER = re.compile(
    r",|\s\(|\s(?:\w+(?:ed|en|wn)\s)?"
    r"(?:of|from|in|at|on|by|with|to|for|near|close|as|around|inside|who|which|that|whose)\b"
)
_JOINED = re.compile(r"\band (?:its|his|her|their|the|other|two|three)\b")
_VERBS = {"says": "say", "denies": "deny", "leaves open": "leave open", "speaks against": "speak against"}


def many(source: Source) -> bool:
    """Names of persons and bodies that end in "s" are names of one.

    >>> def of(name, type="people", anonymous=True):
    ...     return many(Source(spans=(), text=name, name=name, type=type, anonymous=anonymous))
    >>> of("Residents"), of("two officers of the garrison"), of("reports seen by the Courier"), of("they")
    (True, True, True, True)
    >>> of("a family"), of("one of the officers"), of("the town’s hospital"), of("the press"), of("a series of reports")
    (False, False, False, False, False)
    >>> of("flight logs of the 3rd River Brigade", "document", False), of("Sund Lines", "organisation", False)
    (True, False)
    """
    name = source.name.casefold()
    if name in _OWN:
        return True
    if not source.anonymous and source.type not in ("people", "document", "post"):
        return bool(_JOINED.search(name))
    words = _AFTER.split(name, maxsplit=1)[0].split()
    if not words or words[0] in _SINGLE:
        return False
    head = words[-1]
    if head in _MANY or words[0] in _MANY or _JOINED.search(name):
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is", "’s", "'s")) and head not in _ONE


def plural(verb: str) -> str:
    """
    >>> plural("says"), plural("promises"), plural("leaves open")
    ('say', 'promise', 'leave open')
    """
    return _VERBS.get(verb, verb.removesuffix("s"))
