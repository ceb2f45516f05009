"""How likely somebody would say so, where the user gives `for` and `against` in place of numbers.

In:   a kind of origin.   Out: two probabilities and the reason for them.
Knows nothing of: files, claims.

These are starting points that were judged, not measured; a probability in the file takes their place. Each is given as
"said, if what it speaks for holds" and "said all the same, if it does not": 0.7 and 0.2 are odds of 3.5 to 1.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from sayso.links import OriginKind

Kind = OriginKind | Literal["table"]

DENIAL = 0.8  # chance that a denial would be uttered whatever holds: most who are accused deny
PARTLY = 0.5  # chance that a table would answer "partly" whatever holds, where no likelihoods are given
COPIES = 0.95  # chance that who has it from an origin passes it on unchecked
CAP = 3.0  # no ratio moves further than this by one origin that nobody stands behind with a name


class Default(NamedTuple):
    """``holds``: the chance that it is said if it holds; ``fails``: that it is said if it does not."""

    holds: float
    fails: float
    why: str


DEFAULTS: dict[Kind, Default] = {
    "eyewitness": Default(0.7, 0.2, "a person who is named: may have seen it, may err"),
    "official": Default(0.6, 0.25, "a named official: is informed, speaks for a side"),
    "anonymous_official": Default(0.6, 0.3, "an official who is not named: is informed, answers for nothing"),
    "document": Default(0.7, 0.2, "a document: was fixed at a time, can be made up"),
    "organisation": Default(0.6, 0.3, "an organisation: is informed, has an interest"),
    "own_reporting": Default(0.6, 0.25, "an outlet's own words: it does not say how it knows"),
    "hearsay": Default(0.5, 0.35, "a person who is named and passes on what others told"),
    "unknown": Default(0.5, 0.4, "not told who says it"),
    "table": Default(0.8, 0.3, "a table shows it: counted by one rule, and with gaps"),
}
