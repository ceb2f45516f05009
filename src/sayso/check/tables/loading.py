"""Read evidence tables: files that belong together are one table, known again by the hash of their bytes.

In:   files, mappings of a user.   Out: Groups, each of which gives its Table; error values, in order.
Knows nothing of: claims, the disk.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from sayso.check.tables import conflict, eu, factchecks, ftm, mapped, ofac, opensanctions, un
from sayso.check.tables.columns import Events
from sayso.check.tables.files import File, Odd
from sayso.check.tables.forms import EXPECTED, LICENCES, TITLES, TOGETHER, recognise, release
from sayso.check.tables.mapped import Mapping
from sayso.check.tables.markup import root
from sayso.check.tables.rows import Coverage, Designation, ViolentEvent
from sayso.check.tables.table import Table
from sayso.errors import BadTable, SaysoError, Unreadable

_READING = 1  # raised when the same bytes are read otherwise than before, so that cases read them anew
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Group:
    """Files that are one table, not read yet but for their hash."""

    form: str
    files: tuple[File, ...]
    mapping: Mapping | None = None

    @cached_property
    def sha256(self) -> str:
        """Of the file; of several files, of their sorted hashes."""
        digests = sorted(file.digest() for file in self.files)
        return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()

    @property
    def title(self) -> str:
        return self.mapping.name if self.mapping else TITLES[self.form]

    @property
    def read_as(self) -> str:
        """How the bytes are read: with `sha256` it tells one table from another."""
        return f"{self.mapping.sha256[:16] if self.mapping else self.form}/{_READING}"

    def read(self) -> Table | SaysoError:
        try:
            return _mapped(self, self.mapping) if self.mapping else _READERS[self.form](self)
        except SaysoError as error:
            return error


def load(files: Sequence[File], mappings: Sequence[Mapping] = ()) -> Iterator[Table | SaysoError]:
    """The tables in some files, in the order of their first file."""
    for group in groups(files, mappings):
        yield group.read() if isinstance(group, Group) else group


def groups(files: Sequence[File], mappings: Sequence[Mapping] = ()) -> Iterator[Group | SaysoError]:
    """The files by table, in the order of their first. OFAC's CSVs are one table, the EU's YAMLs another."""
    found: dict[tuple[str, str], list[File]] = {}
    given: dict[str, Mapping] = {}
    for file in files:
        fitting = next((m for m in mappings if mapped.fits(file, m)), None)
        form: str = "mapped" if fitting is not None else recognise(file) or ""
        if fitting is not None:
            given[file.name] = fitting
        found.setdefault((form, "" if form in TOGETHER else file.name), []).append(file)
    for (form, name), members in found.items():
        if form:
            yield Group(form, tuple(members), given.get(name))
        else:
            yield BadTable(f"{members[0].name}: not recognised as an evidence table: {EXPECTED}")


def _table(group: Group, coverage: Coverage, odd: Odd, *, version: str | None = None, **rows: Any) -> Table:
    """``rows``: the field of Table that has them."""
    first, many = group.files[0].name, len(group.files) > 1
    name = f"{group.title}, {len(group.files):,} files" if many else first.rsplit("/", 1)[-1]
    if not any(rows.values()):
        raise Unreadable(f"{first if not many else name}: recognised as {group.title}, but no row of it can be used")
    return Table(
        name=name,
        format=group.title,
        version=version,
        sha256=group.sha256,
        read_as=group.read_as,
        licence=group.mapping.licence if group.mapping else LICENCES[group.form],
        coverage=coverage,
        notices=odd.notices,
        **rows,
    )


def _of_events(group: Group, rows: Iterable[ViolentEvent], odd: Odd) -> Table:
    events = Events(rows)
    since, until = events.span
    acled = group.form == "acled"
    definition = conflict.ACLED_DEFINITION if acled else conflict.GED_DEFINITION
    if not acled and not any(events.wheres):
        definition = (*definition, conflict.GED_SUBSET)
    coverage = Coverage(
        since=since,
        until=until,
        countries=tuple(sorted(filter(None, events.countries))),
        definition=definition,
        lethal=not acled,
        sorts=acled,
    )
    version = None if acled else release(group.files[0].name)
    return _table(group, coverage, odd, version=version, events=events)


def _ged(group: Group) -> Table:
    odd = Odd()
    return _of_events(group, conflict.ged(group.files[0], odd), odd)


def _acled(group: Group) -> Table:
    odd = Odd()
    return _of_events(group, conflict.acled(group.files[0], odd), odd)


def _dyadic(group: Group) -> Table:
    odd, file = Odd(), group.files[0]
    dyads = tuple(conflict.dyadic(file, odd))
    years = [dyad.year for dyad in dyads]
    coverage = Coverage(
        since=conflict.iso(f"{min(years)}-01-01") if years else None,
        until=conflict.iso(f"{max(years)}-12-31") if years else None,
        definition=conflict.DYADIC_DEFINITION,
        lethal=True,
    )
    return _table(group, coverage, odd, version=release(file.name), dyads=dyads)


def _eu_yaml(group: Group) -> Table:
    odd, first = Odd(), group.files[0].name
    found = eu.need(list(eu.yaml_entities(group.files, odd)), first)
    partial = ("A folder of entities may be a part of the list: that somebody is not in it says little.",)
    coverage = Coverage(definition=(*eu.DEFINITION, *partial), authority="EU")
    version = _DAY.search(first.rsplit("/", 2)[-2:][0])
    return _table(group, coverage, odd, version=version[0] if version else None, designations=tuple(found))


def _eu_xml(group: Group) -> Table:
    odd, file = Odd(), group.files[0]
    found = eu.need(list(eu.xml_entities(file, odd)), file.name)
    return _of_its_day(group, odd, eu.DEFINITION, "EU", _attribute(file, "generationDate"), found)


def _eu_csv(group: Group) -> Table:
    odd, file = Odd(), group.files[0]
    found = eu.need(list(eu.csv_entities(file, odd)), file.name)
    return _of_its_day(group, odd, eu.DEFINITION, "EU", eu.csv_version(file), found)


def _ofac(group: Group) -> Table:
    odd = Odd()
    parts = [(part, file) for file in group.files if (part := ofac.part(file))]
    mains = [file for part, file in parts if part == "sdn"]
    if len(mains) != 1:
        missing = "name its SDN.CSV, too" if not mains else "name one SDN.CSV at a time"
        raise BadTable(f"{group.files[0].name}: of OFAC's list there are {len(mains)} SDN files: {missing}")
    found = tuple(ofac.entries(mains[0], [p for p in parts if p[0] != "sdn"], odd))
    dated = _DAY.search(mains[0].name)
    coverage = Coverage(definition=ofac.DEFINITION, authority="US")
    return _table(group, coverage, odd, version=dated[0] if dated else None, designations=found)


def _ofac_xml(group: Group) -> Table:
    odd, file = Odd(), group.files[0]
    found = list(ofac.xml_entries(file, odd))
    return _of_its_day(group, odd, ofac.DEFINITION, "US", ofac.xml_version(file), found)


def _un(group: Group) -> Table:
    odd, file = Odd(), group.files[0]
    found = list(un.entries(file, odd))
    return _of_its_day(group, odd, un.DEFINITION, "UN", _attribute(file, "dateGenerated"), found)


def _attribute(file: File, name: str) -> str | None:
    """The day in an attribute of the root element."""
    top = root(file)
    found = _DAY.match(top.get(name, "")) if top is not None else None
    return found[0] if found else None


def _of_its_day(
    group: Group, odd: Odd, definition: tuple[str, ...], whose: str, version: str | None, found: Sequence[Designation]
) -> Table:
    """A list that tells its own day has all who are on it then."""
    coverage = Coverage(definition=definition, authority=whose, complete=version is not None)
    return _table(group, coverage, odd, version=version, designations=tuple(found))


def _ftm(group: Group) -> Table:
    odd = Odd()
    found = tuple(ftm.entries(group.files[0], odd))
    return _table(group, Coverage(definition=ftm.DEFINITION), odd, designations=found)


def _opensanctions(group: Group) -> Table:
    odd, file = Odd(), group.files[0]
    found = tuple(opensanctions.entries(file, odd))
    coverage = Coverage(definition=opensanctions.DEFINITION)
    return _table(group, coverage, odd, version=opensanctions.version(file), designations=found)


def _factchecks(group: Group) -> Table:
    odd = Odd()
    found = tuple(factchecks.reviews(group.files[0], odd))
    days = [review.reviewed for review in found if review.reviewed]
    coverage = Coverage(since=min(days, default=None), until=max(days, default=None), definition=factchecks.DEFINITION)
    return _table(group, coverage, odd, reviews=found)


def _mapped(group: Group, by: Mapping) -> Table:
    odd, file = Odd(), group.files[0]
    coverage = Coverage(
        definition=by.definition,
        complete=by.complete,
        directed=by.directed,
        lethal=by.lethal,
        sorts=by.sorts,
        authority=by.authority,
    )
    if by.kind == "designations":
        found = tuple(mapped.designations(file, by, odd))
        return _table(group, coverage, odd, version=by.version, designations=found)
    if by.kind == "holdings":
        held = tuple(mapped.holdings(file, by, odd))
        ends = [h.until for h in held if h.until] + [h.since for h in held]
        days = {"since": min((h.since for h in held), default=None), "until": max(ends, default=None)}
        return _table(group, msgspec.structs.replace(coverage, **days), odd, version=by.version, holdings=held)
    events = Events(mapped.events(file, by, odd))
    since, until = events.span
    countries = tuple(sorted(filter(None, events.countries)))
    coverage = msgspec.structs.replace(coverage, since=since, until=until, countries=countries)
    return _table(group, coverage, odd, version=by.version, events=events)


_READERS: dict[str, Callable[[Group], Table]] = {
    "ged": _ged,
    "acled": _acled,
    "dyadic": _dyadic,
    "eu-yaml": _eu_yaml,
    "eu-xml": _eu_xml,
    "eu-csv": _eu_csv,
    "ofac": _ofac,
    "ofac-xml": _ofac_xml,
    "un": _un,
    "ftm": _ftm,
    "opensanctions": _opensanctions,
    "factchecks": _factchecks,
}
