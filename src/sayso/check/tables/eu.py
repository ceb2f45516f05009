"""The EU's consolidated list of sanctions: XML, CSV 1.1, and YAML files that mirror the XML, one for each entity.

In:   files.   Out: Designations with the day of listing as far as the list tells it.
Knows nothing of: claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from sayso.check.tables.conflict import iso
from sayso.check.tables.files import File, Odd, Row, records
from sayso.check.tables.markup import all_words, elements
from sayso.check.tables.rows import Designation
from sayso.errors import Unreadable

DEFINITION = (
    "The EU's list has those who are listed on its day; who was taken off it is gone.",
    "The date an entry shows is that of its last amendment: without a remark the day of listing is “on or before”.",
)
_LISTED = re.compile(r"date of listing:?\s*(\d{1,2})[./](\d{1,2})[./](\d{4})", re.IGNORECASE)
_LARGEST, _DEEPEST = 1 << 20, 20  # bytes and levels of one YAML file; the largest real one has 60 kB and 4 levels


class _Regulation(msgspec.Struct, frozen=True):
    programme: str | None = None
    publication_date: str | None = None
    entry_into_force_date: str | None = None


class _Name(msgspec.Struct, frozen=True):
    whole_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    strong: bool = True
    regulation_summaries: tuple[_Regulation, ...] = ()


class _Subject(msgspec.Struct, frozen=True):
    code: str | None = None


class _Entity(msgspec.Struct, frozen=True):
    """An entity of the list, of which we read a part."""

    eu_reference_number: str
    regulations: tuple[_Regulation, ...] = ()
    name_aliases: tuple[_Name, ...] = ()
    subject_type: _Subject = _Subject()
    remark: str | list[str] | None = None
    designation_details: str | None = None


def yaml_entities(files: Iterable[File], odd: Odd) -> Iterator[Designation]:
    """One entity from each file. A file that is none is passed over with a notice."""
    for file in files:
        raw = file.start(_LARGEST + 1)
        if len(raw) > _LARGEST:
            odd.say(file.name, 1, "larger than any entity of the list")
            continue
        try:
            entity = msgspec.convert(_plain(raw), _Entity, strict=False)
        except ValueError as error:
            odd.say(file.name, 1, f"no entity of the EU's list ({error})")
            continue
        if not (made := _designation(entity)):
            odd.say(file.name, 1, "an entity without a name")
            continue
        yield made


def _plain(raw: bytes) -> Any:
    """What a YAML file holds, as plain values. Raises ValueError: no YAML, or one that could blow up."""
    import yaml  # type: ignore[import-untyped] # noqa: PLC0415 - slow, and only these files need it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for event in yaml.parse(raw, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                raise ValueError("YAML with references")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise ValueError("YAML that is nested too deeply")
        return yaml.load(raw, Loader=loader)  # noqa: S506 - one of the two safe loaders
    except yaml.YAMLError as error:
        raise ValueError(f"no YAML: {getattr(error, 'problem', None) or 'unreadable'}") from error


def xml_entities(file: File, odd: Odd) -> Iterator[Designation]:
    for element in elements(file, "sanctionEntity"):
        reference = element.get("euReferenceNumber") or element.get("logicalId") or f"line {element.sourceline}"
        subject = element.find("{*}subjectType")
        entity = _Entity(
            eu_reference_number=reference,
            regulations=tuple(_regulation(e) for e in element.iterfind("{*}regulation")),
            name_aliases=tuple(
                _Name(
                    whole_name=e.get("wholeName"),
                    first_name=e.get("firstName"),
                    last_name=e.get("lastName"),
                    strong=e.get("strong") != "false",
                    regulation_summaries=tuple(_regulation(s) for s in e.iterfind("{*}regulationSummary")),
                )
                for e in element.iterfind("{*}nameAlias")
            ),
            subject_type=_Subject(subject.get("code") if subject is not None else None),
            remark=" ".join(all_words(element, "remark")) or None,
            designation_details=element.get("designationDetails"),
        )
        if made := _designation(entity):
            yield made
        else:
            odd.say(file.name, element.sourceline, f"entity {reference} has no name")


def csv_entities(file: File, odd: Odd) -> Iterator[Designation]:
    """CSV 1.1 has a row for each name, address or date of birth: those of one reference are one entity."""
    rows: dict[str, list[Row]] = {}
    for line, row in records(file, odd):
        reference = row.get("entity_eu_referencenumber", "entity_logicalid")
        if reference:
            rows.setdefault(reference, []).append(row)
        else:
            odd.say(file.name, line, "neither a reference number nor a logical id")
    for reference, own in rows.items():
        entity = _Entity(
            eu_reference_number=reference,
            regulations=_all_of(own, "entity_regulation"),
            name_aliases=tuple(
                _Name(
                    whole_name=row.get("namealias_wholename"),
                    first_name=" ".join(filter(None, map(row.get, ("namealias_firstname", "namealias_middlename")))),
                    last_name=row.get("namealias_lastname"),
                    regulation_summaries=_all_of([row], "namealias_regulation"),
                )
                for row in own
            ),
            subject_type=_Subject("person" if _subject(own[0]).startswith("p") else "enterprise"),
            remark=list(dict.fromkeys(row.get("entity_remark") for row in own)),
            designation_details=own[0].get("entity_designationdetails"),
        )
        made = _designation(entity)
        if made is None:
            odd.say(file.name, f"entity {reference}", "no name")
            continue
        day = own[0].get("entity_designationdate")
        try:
            yield msgspec.structs.replace(made, listed=iso(day), bound="on") if day else made
        except ValueError as error:
            odd.say(file.name, f"entity {reference}", f"the day of designation: {error}")


def csv_version(file: File) -> str | None:
    """The day on which the CSV was made, as each of its rows has it."""
    for _, row in records(file, Odd()):
        try:
            return iso(row.get("filegenerationdate")).isoformat()
        except ValueError:
            return None
    return None


def _subject(row: Row) -> str:
    return row.get("entity_subjecttype", "entity_subjecttype_classificationcode").lower()


def _all_of(rows: Iterable[Row], prefix: str) -> tuple[_Regulation, ...]:
    columns = (f"{prefix}_programme", f"{prefix}_publicationdate", f"{prefix}_entryintoforcedate")
    return tuple(dict.fromkeys(_Regulation(*(row.get(column) or None for column in columns)) for row in rows))


def _regulation(element: Any) -> _Regulation:
    return _Regulation(element.get("programme"), element.get("publicationDate"), element.get("entryIntoForceDate"))


def _designation(entity: _Entity) -> Designation | None:
    strong: dict[str, None] = {}
    weak: dict[str, None] = {}
    for name in entity.name_aliases:
        whole = name.whole_name or " ".join(filter(None, (name.first_name, name.last_name)))
        if whole := " ".join(whole.split()):
            (strong if name.strong else weak)[whole] = None
    if not strong and not weak:
        return None
    remark = entity.remark if isinstance(entity.remark, str) else " ".join(entity.remark or ())
    listed = _remarked(f"{remark} {entity.designation_details or ''}")
    dates = [] if listed else list(_dates(entity))
    return Designation(
        row=entity.eu_reference_number,
        names=tuple(strong or weak),
        weak=tuple(name for name in weak if name not in strong) if strong else (),
        type="person" if entity.subject_type.code == "person" else "organisation",
        authority="EU",
        programmes=tuple(dict.fromkeys(r.programme for r in entity.regulations if r.programme)),
        listed=listed or min(dates, default=None),
        bound="on" if listed else "by" if dates else "unknown",
    )


def _remarked(remark: str) -> date | None:
    if not (found := _LISTED.search(remark)):
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None  # a slip in the remark: the amendments' dates bound it


def _dates(entity: _Entity) -> Iterator[date]:
    given = [*entity.regulations, *(r for name in entity.name_aliases for r in name.regulation_summaries)]
    for regulation in given:
        for value in (regulation.publication_date, regulation.entry_into_force_date):
            try:
                if value:
                    yield iso(value)
            except ValueError:
                continue  # one of many dates; the others bound it


def is_yaml(file: File) -> bool:
    """Whether a file begins as an entity of the list does."""
    return re.search(rb"^eu_reference_number:", file.start(_LARGEST), re.MULTILINE) is not None


def need(found: list[Designation], name: str) -> list[Designation]:
    """What was found. Raises Unreadable where it is nothing."""
    if not found:
        raise Unreadable(f"{name}: no entity of the EU's list in it: give its XML, CSV 1.1 or folder of YAML files")
    return found
