"""Recognise evidence tables by their header or root element, and read them; files that belong together are one table.

In:   files, mappings of a user.   Out: Tables and error values, in order.
Knows nothing of: claims, the disk.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from sayso.check.tables import conflict, eu, ftm, mapped, ofac, un
from sayso.check.tables.columns import Events
from sayso.check.tables.files import File, Odd, header
from sayso.check.tables.mapped import Mapping
from sayso.check.tables.markup import root
from sayso.check.tables.rows import Coverage, Designation, ViolentEvent
from sayso.check.tables.table import Table
from sayso.errors import BadTable, SaysoError, Unreadable

Format = Literal["ged", "dyadic", "acled", "eu-yaml", "eu-xml", "ofac", "ofac-xml", "un", "ftm"]
_TITLES: dict[str, str] = {
    "ged": "UCDP GED",
    "dyadic": "UCDP Dyadic",
    "acled": "ACLED",
    "eu-yaml": "EU consolidated list (YAML)",
    "eu-xml": "EU consolidated list (XML)",
    "ofac": "OFAC SDN list (CSV)",
    "ofac-xml": "OFAC SDN list (XML)",
    "un": "UN Security Council consolidated list",
    "ftm": "FollowTheMoney entities",
}
_EXPECTED = (
    "expected UCDP GED or Dyadic, ACLED, the EU's list (XML or YAML), OFAC's (SDN.CSV, ALT.CSV, sdn.xml), the UN's "
    "XML, FollowTheMoney entities (JSON lines), or a CSV with --mapping"
)
_HEADERS: tuple[tuple[Format, frozenset[str]], ...] = (
    ("acled", frozenset({"event_date", "event_type", "actor1", "fatalities"})),
    ("dyadic", frozenset({"dyad_id", "side_a", "side_b", "year", "incompatibility"})),
    ("ged", frozenset({"id", "year", "type_of_violence", "side_a", "side_b"})),
)
_ROOTS: dict[str, Format] = {"export": "eu-xml", "sdnlist": "ofac-xml", "consolidated_list": "un"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_RELEASE = re.compile(r"(?:ged|GED|dyadic|Dyadic)[^\d]{0,6}(\d{2})[._]?(\d{1,2})(?:[._]0?(\d))?")


def recognise(file: File) -> Format | None:
    """What a file is by its content; None: nothing that is known here."""
    if (top := root(file)) is not None:
        return _ROOTS.get(str(top.tag).rsplit("}", 1)[-1].lower())
    names = set(header(file))
    for form, needed in _HEADERS:
        if needed <= names:
            return form
    if ftm.is_ftm(file):
        return "ftm"
    if ofac.part(file):
        return "ofac"
    return "eu-yaml" if eu.is_yaml(file) else None


def load(files: Sequence[File], mappings: Sequence[Mapping] = ()) -> Iterator[Table | SaysoError]:
    """The tables in some files, in the order of their first file. OFAC's CSVs are one table, the EU's YAMLs another."""
    groups: dict[tuple[str, str], list[File]] = {}
    for file in files:
        fitting = next((m for m in mappings if mapped.fits(file, m)), None)
        if fitting is not None:
            groups[f"mapped:{fitting.name}", file.name] = [file]
            continue
        form: str | None = recognise(file)
        together = form in {"eu-yaml", "ofac"}
        groups.setdefault((form or "", "" if together else file.name), []).append(file)
    by_name = {f"mapped:{m.name}": m for m in mappings}
    for (form, _), members in groups.items():
        try:
            if form in by_name:
                yield _mapped(members[0], by_name[form])
            elif not form:
                raise BadTable(f"{members[0].name}: not recognised as an evidence table: {_EXPECTED}")
            else:
                yield _READERS[form](members)
        except SaysoError as error:
            yield error


def _table(  # noqa: PLR0913 - the parts of a table
    form: str,
    files: Sequence[File],
    coverage: Coverage,
    odd: Odd,
    *,
    version: str | None = None,
    events: Events | None = None,
    designations: Sequence[Designation] = (),
) -> Table:
    digests = sorted(file.digest() for file in files)
    sha256 = digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()
    name = files[0].name.rsplit("/", 1)[-1] if len(files) == 1 else f"{_TITLES.get(form, form)}, {len(files):,} files"
    title = _TITLES.get(form, form)
    if not designations and not events:
        raise Unreadable(f"{name}: recognised as {title}, but no row of it can be used")
    return Table(
        name=name,
        format=title,
        version=version,
        sha256=sha256,
        coverage=coverage,
        events=events,
        designations=tuple(designations),
        notices=odd.notices,
    )


def _release(name: str) -> str | None:
    """The release that a file of UCDP's has in its name, which is the only place that tells it."""
    found = _RELEASE.search(name.rsplit("/", 1)[-1])
    return ".".join(part for part in found.groups() if part) if found else None


def _of_events(form: Format, file: File, rows: Iterable[ViolentEvent], odd: Odd) -> Table:
    events = Events(rows)
    since, until = events.span
    acled = form == "acled"
    definition = conflict.ACLED_DEFINITION if acled else conflict.GED_DEFINITION
    if form == "ged" and not any(events.wheres):
        definition = (*definition, conflict.GED_SUBSET)
    coverage = Coverage(
        since=since,
        until=until,
        countries=tuple(sorted(filter(None, events.countries))),
        definition=definition,
        lethal=not acled,
        sorts=acled,
    )
    return _table(form, [file], coverage, odd, version=None if acled else _release(file.name), events=events)


def _ged(files: Sequence[File]) -> Table:
    odd = Odd()
    return _of_events("ged", files[0], conflict.ged(files[0], odd), odd)


def _acled(files: Sequence[File]) -> Table:
    odd = Odd()
    return _of_events("acled", files[0], conflict.acled(files[0], odd), odd)


def _dyadic(files: Sequence[File]) -> Table:
    odd = Odd()
    file = files[0]
    dyads = tuple(conflict.dyadic(file, odd))
    if not dyads:
        raise Unreadable(f"{file.name}: recognised as UCDP Dyadic, but no row of it can be used")
    years = [dyad.year for dyad in dyads]
    return Table(
        name=file.name.rsplit("/", 1)[-1],
        format=_TITLES["dyadic"],
        version=_release(file.name),
        sha256=file.digest(),
        coverage=Coverage(
            since=conflict.iso(f"{min(years)}-01-01"),
            until=conflict.iso(f"{max(years)}-12-31"),
            definition=conflict.DYADIC_DEFINITION,
            lethal=True,
        ),
        dyads=dyads,
        notices=odd.notices,
    )


def _eu_yaml(files: Sequence[File]) -> Table:
    odd = Odd()
    found = eu.need(list(eu.yaml_entities(files, odd)), files[0].name)
    partial = ("A folder of entities may be a part of the list: that somebody is not in it says little.",)
    coverage = Coverage(definition=(*eu.DEFINITION, *partial), authority="EU")
    folder = files[0].name.rsplit("/", 2)[-2:][0]
    version = _DAY.search(folder)
    return _table("eu-yaml", files, coverage, odd, version=version[0] if version else None, designations=found)


def _eu_xml(files: Sequence[File]) -> Table:
    odd, top = Odd(), root(files[0])
    found = eu.need(list(eu.xml_entities(files[0], odd)), files[0].name)
    version = _DAY.match(top.get("generationDate", "")) if top is not None else None
    coverage = Coverage(definition=eu.DEFINITION, authority="EU", complete=version is not None)
    return _table("eu-xml", files, coverage, odd, version=version[0] if version else None, designations=found)


def _ofac(files: Sequence[File]) -> Table:
    odd = Odd()
    parts = [(part, file) for file in files if (part := ofac.part(file))]
    mains = [file for part, file in parts if part == "sdn"]
    if len(mains) != 1:
        missing = "name its SDN.CSV, too" if not mains else "name one SDN.CSV at a time"
        raise BadTable(f"{files[0].name}: of OFAC's list there are {len(mains)} SDN files: {missing}")
    found = list(ofac.entries(mains[0], [p for p in parts if p[0] != "sdn"], odd))
    dated = _DAY.search(mains[0].name)
    coverage = Coverage(definition=ofac.DEFINITION, authority="US")
    return _table("ofac", files, coverage, odd, version=dated[0] if dated else None, designations=found)


def _ofac_xml(files: Sequence[File]) -> Table:
    odd = Odd()
    found = list(ofac.xml_entries(files[0], odd))
    version = ofac.xml_version(files[0])
    coverage = Coverage(definition=ofac.DEFINITION, authority="US", complete=version is not None)
    return _table("ofac-xml", files, coverage, odd, version=version, designations=found)


def _un(files: Sequence[File]) -> Table:
    odd, top = Odd(), root(files[0])
    found = list(un.entries(files[0], odd))
    version = _DAY.match(top.get("dateGenerated", "")) if top is not None else None
    coverage = Coverage(definition=un.DEFINITION, authority="UN", complete=version is not None)
    return _table("un", files, coverage, odd, version=version[0] if version else None, designations=found)


def _ftm(files: Sequence[File]) -> Table:
    odd = Odd()
    found = list(ftm.entries(files[0], odd))
    return _table("ftm", files, Coverage(definition=ftm.DEFINITION), odd, designations=found)


def _mapped(file: File, by: Mapping) -> Table:
    odd = Odd()
    coverage = Coverage(
        definition=by.definition,
        complete=by.complete,
        directed=by.directed,
        lethal=by.lethal,
        sorts=by.sorts,
        authority=by.authority,
    )
    if by.kind == "designations":
        found = list(mapped.designations(file, by, odd))
        return _table(by.name, [file], coverage, odd, version=by.version, designations=found)
    events = Events(mapped.events(file, by, odd))
    since, until = events.span
    countries = tuple(sorted(filter(None, events.countries)))
    coverage = msgspec.structs.replace(coverage, since=since, until=until, countries=countries)
    return _table(by.name, [file], coverage, odd, version=by.version, events=events)


_READERS: dict[str, Callable[[Sequence[File]], Table]] = {
    "ged": _ged,
    "acled": _acled,
    "dyadic": _dyadic,
    "eu-yaml": _eu_yaml,
    "eu-xml": _eu_xml,
    "ofac": _ofac,
    "ofac-xml": _ofac_xml,
    "un": _un,
    "ftm": _ftm,
}
