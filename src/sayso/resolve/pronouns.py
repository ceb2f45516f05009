"""What pronouns say of whom they speak of: person, gender, number.

In:   nothing.   Out: PRONOUNS, by form in lower case; REFLEXIVE.
Knows nothing of: texts.
"""

from __future__ import annotations

from typing import NamedTuple

from sayso.resolve.coref_words import Gender, Kind


class _Pronoun(NamedTuple):
    word: str
    person: int
    gender: Gender | None
    many: bool | None
    kind: Kind


def _pronouns() -> dict[str, _Pronoun]:
    rows: tuple[tuple[str, int, Gender | None, bool | None, Kind], ...] = (
        ("i me my mine myself", 1, None, False, "person"),
        ("we us our ours ourselves 's", 1, None, True, "unknown"),
        ("you your yours yourself yourselves ya y'all", 2, None, None, "person"),
        ("he him his himself", 3, "m", False, "person"),
        ("she her hers herself", 3, "f", False, "person"),
        ("it its itself", 3, "n", False, "unknown"),
        ("they them their theirs themselves themself 'em", 3, None, True, "unknown"),
        ("this that", 3, "n", False, "thing"),
        ("these those", 3, None, True, "unknown"),
        ("someone somebody anyone anybody everyone everybody nobody", 0, None, None, "person"),
        ("one", 0, None, False, "unknown"),
        ("something anything everything nothing", 0, "n", False, "thing"),
    )
    return {form: _Pronoun(row[0].split()[0], *row[1:]) for row in rows for form in row[0].split()}


PRONOUNS = _pronouns()
REFLEXIVE = frozenset(
    ("myself", "yourself", "himself", "herself", "itself", "ourselves", "yourselves", "themselves", "themself")
)
