"""What a file of a table is, by its header or root element; the formats by name, and on whose terms they come.

In:   a File.   Out: its Form; titles, notes on licences.
Knows nothing of: how a format is read, claims.
"""

from __future__ import annotations

import re
from typing import Literal

from sayso.check.tables import eu, factchecks, ftm, ofac, opensanctions
from sayso.check.tables.files import File, header
from sayso.check.tables.markup import root

Form = Literal[
    "ged", "dyadic", "acled", "eu-yaml", "eu-xml", "eu-csv", "ofac", "ofac-xml", "un", "ftm", "opensanctions",
    "factchecks",
]  # fmt: skip
TITLES: dict[str, str] = {
    "ged": "UCDP GED",
    "dyadic": "UCDP Dyadic",
    "acled": "ACLED",
    "eu-yaml": "EU consolidated list (YAML)",
    "eu-xml": "EU consolidated list (XML)",
    "eu-csv": "EU consolidated list (CSV)",
    "ofac": "OFAC SDN list (CSV)",
    "ofac-xml": "OFAC SDN list (XML)",
    "un": "UN Security Council consolidated list",
    "ftm": "FollowTheMoney entities",
    "opensanctions": "OpenSanctions targets",
    "factchecks": "published fact-checks",
}
_UCDP = "UCDP: cite the data set and its version."
_EU = "Reuse with attribution to the European Union."
_US = "A work of the United States government, in the public domain there."
_GATHERED = "Terms of whoever gathered it; OpenSanctions asks for a licence for commercial use (CC BY-NC 4.0)."
LICENCES: dict[str, str] = {
    "ged": _UCDP,
    "dyadic": _UCDP,
    "acled": "ACLED's terms: nobody else may be given its raw rows.",
    "eu-yaml": _EU,
    "eu-xml": _EU,
    "eu-csv": _EU,
    "ofac": _US,
    "ofac-xml": _US,
    "un": "The United Nations' terms of use.",
    "ftm": _GATHERED,
    "opensanctions": _GATHERED,
    "factchecks": "Each review is its publisher's.",
}
EXPECTED = (
    "expected UCDP GED or Dyadic, ACLED, the EU's list (XML, CSV 1.1 or YAML), OFAC's (SDN.CSV, ALT.CSV, sdn.xml), the "
    "UN's XML, OpenSanctions' targets.simple.csv, FollowTheMoney entities (JSON lines), fact-checks (ClaimReview), or "
    "a CSV with --mapping"
)
TOGETHER = frozenset({"eu-yaml", "ofac"})  # forms whose files are one table
_HEADERS: tuple[tuple[Form, frozenset[str]], ...] = (
    ("acled", frozenset({"event_date", "event_type", "actor1", "fatalities"})),
    ("dyadic", frozenset({"dyad_id", "side_a", "side_b", "year", "incompatibility"})),
    ("ged", frozenset({"id", "year", "type_of_violence", "side_a", "side_b"})),
    ("eu-csv", frozenset({"entity_logicalid", "entity_regulation_programme", "namealias_wholename"})),
    ("opensanctions", opensanctions.COLUMNS),
)
_ROOTS: dict[str, Form] = {"export": "eu-xml", "sdnlist": "ofac-xml", "consolidated_list": "un"}
_RELEASE = re.compile(r"(?:ged|GED|dyadic|Dyadic)[^\d]{0,6}(\d{2})[._]?(\d{1,2})(?:[._]0?(\d))?")


def recognise(file: File) -> Form | None:
    """What a file is by its content; None: nothing that is known here."""
    if (top := root(file)) is not None:
        return _ROOTS.get(str(top.tag).rsplit("}", 1)[-1].lower())
    names = set(header(file))
    for form, needed in _HEADERS:
        if needed <= names:
            return form
    if factchecks.is_factchecks(file):
        return "factchecks"
    if ftm.is_ftm(file):
        return "ftm"
    if ofac.part(file):
        return "ofac"
    return "eu-yaml" if eu.is_yaml(file) else None


def release(name: str) -> str | None:
    """The release that a file of UCDP's has in its name, which is the only place that tells it."""
    found = _RELEASE.search(name.rsplit("/", 1)[-1])
    return ".".join(part for part in found.groups() if part) if found else None
