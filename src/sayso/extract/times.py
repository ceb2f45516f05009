"""Read absolute dates: "3rd June 2015", "June 2014", "Sept 2014", "21st June 14", "2014-06-03".

In:   text.   Out: spans and ISO values as coarse as the text.
Knows nothing of: relative dates ("last week"), what happened then.
"""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
DATE = re.compile(
    r"\b(?:"
    rf"{_DAY.format('d1')}(?: of)? {_MONTH.format('m1')},? (?:{_YEAR.format('y1')}|[’']?(?P<s1>\d\d))"
    rf"|{_MONTH.format('m2')} {_DAY.format('d2')},? {_YEAR.format('y2')}"
    rf"|{_MONTH.format('m3')},? {_YEAR.format('y3')}"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"
    rf"|{_DAY.format('d4')}(?: of)? {_MONTH.format('m4')}"
    rf"|{_MONTH.format('m5')} {_DAY.format('d5')}"
    r")\b(?!\d)"
)


def value(match: re.Match[str]) -> str | None:
    """ISO 8601 of a match of DATE; None where the text gives no year or no such day exists.

    Two-digit years are read as the nearest past or present century: "14" is 2014, "98" is 1998.

    >>> value(DATE.search("on 21st June 14."))
    '2014-06-21'
    >>> value(DATE.search("in Sept 2014"))
    '2014-09'
    """
    found = match.groupdict()
    if found["iso"]:
        return str(found["iso"])
    for n in "123":
        if not found.get(f"m{n}"):
            continue
        year = found.get(f"y{n}")
        if not year:
            short = int(found["s1"])
            year = str(2000 + short if short < 70 else 1900 + short)
        month = _MONTHS.index(found[f"m{n}"][:3].lower()) + 1
        day = found.get(f"d{n}")
        if day is None:
            return f"{year}-{month:02}"
        return f"{year}-{month:02}-{int(day):02}" if 1 <= int(day) <= 31 else None
    return None
