"""Read FollowTheMoney entities (JSON lines) as alias tables.

In:   bytes of one file, country codes -> tags.   Out: Entities, notices of what was passed over; BadLexicon.
Knows nothing of: sayso's own tables, relations between entities.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from sayso.errors import BadLexicon
from sayso.records import Notice, SourceType
from sayso.resolve.aliases.records import Alias, Entity

_SCHEMATA: dict[str, SourceType] = {
    "Person": "person",
    "Organization": "organisation",
    "Company": "organisation",
    "LegalEntity": "organisation",
    "PublicBody": "government",
}


class _FtM(msgspec.Struct, frozen=True):
    """An entity of FollowTheMoney (https://followthemoney.tech): ``properties`` are lists of strings, by name."""

    id: str
    schema: str
    properties: dict[str, list[Any]] = {}


def entities(raw: bytes, name: str, codes: Mapping[str, str]) -> tuple[list[Entity], list[Notice]]:
    """The entities of a file that go by a name. Raises BadLexicon: a line that is none.

    ``weakAlias`` needs support from the text; ``previousName`` too, as its dates are not known.

    ``topics`` ("sanction", "crime") are others' judgements on the entity: they are not taken over.
    """
    found: list[Entity] = []
    passed: dict[str, int] = {}
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=_FtM)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadLexicon(f"{name}, line {number}: no FollowTheMoney entity ({error})") from error
        names = _strings(entry, "name")
        if entry.schema not in _SCHEMATA or not names:
            passed[entry.schema] = passed.get(entry.schema, 0) + 1
            continue
        sure = [Alias(name=each) for each in (*names, *_strings(entry, "alias"))]
        weak = [
            Alias(name=e, ambiguous=True) for e in (*_strings(entry, "weakAlias"), *_strings(entry, "previousName"))
        ]
        found.append(
            Entity(
                id=entry.id,
                name=names[0],
                type=_SCHEMATA[entry.schema],
                wikidata=next(iter(_strings(entry, "wikidataId")), None),
                tags=tuple(codes[code.lower()] for code in _strings(entry, "country") if code.lower() in codes),
                aliases=tuple({alias.name: alias for alias in (*weak, *sure)}.values()),  # the sure one counts
            )
        )
    notices = [
        Notice(
            stage="resolve", message=f"{name}: {count} of schema {schema} passed over: it goes by no name we look for"
        )
        for schema, count in sorted(passed.items())
    ]
    return found, notices


def _strings(entry: _FtM, key: str) -> list[str]:
    return [value for value in entry.properties.get(key, []) if isinstance(value, str)]
