"""A case, or what a search finds in it, in the formats that others work with.

In:   a Selection.   Out: bytes into an open file, or the files of a folder; the same for the same case.
Knows nothing of: where files are kept.

What each format holds, and what it leaves out: docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from sayso.export import (
    argument,
    columns,
    delimited,
    graph,
    lines,
    marking,
    money,
    provenance,
    reading,
    reviewed,
    spreadsheet,
    standoff,
    threat,
)
from sayso.export.selection import Holds, Ruling, Selection

__all__ = ["FORMATS", "Folder", "Holds", "Ruling", "Selection", "Whole"]


@dataclass(frozen=True, slots=True)
class Whole:
    """A format of one file."""

    write: Callable[[Selection, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Folder:
    """A format of many files in one folder."""

    files: Callable[[Selection], Iterator[tuple[str, bytes]]]


FORMATS: Mapping[str, Whole | Folder] = {
    "xlsx": Whole(spreadsheet.write),
    "csv": Whole(delimited.write),
    "jsonl": Whole(lines.claims),
    "ledgers": Whole(lines.ledgers),
    "parquet": Whole(columns.write),
    "ftm": Whole(money.write_entities),
    "ftm-statements": Whole(money.write_statements),
    "webannotation": Whole(marking.write),
    "claimreview": Whole(reviewed.write),
    "brat": Folder(standoff.files),
    "markdown": Whole(reading.markdown),
    "html": Whole(reading.html),
    "graphml": Whole(graph.write),
    "stix": Whole(threat.write),
    "prov": Whole(provenance.write),
    "argdown": Whole(argument.write),
}
