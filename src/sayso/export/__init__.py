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
    delimited,
    graph,
    lines,
    marking,
    money,
    provenance,
    reading,
    reviewed,
    threat,
)
from sayso.export.selection import Holds, Selection
from sayso.review import brat

__all__ = ["FORMATS", "Folder", "Holds", "Selection", "Whole"]


@dataclass(frozen=True, slots=True)
class Whole:
    """A format of one file."""

    write: Callable[[Selection, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Folder:
    """A format of many files in one folder."""

    files: Callable[[Selection], Iterator[tuple[str, bytes]]]


def _xlsx(selection: Selection, file: BinaryIO) -> None:
    from sayso.export import spreadsheet  # noqa: PLC0415 - slow to import, and only this needs it

    spreadsheet.write(selection, file)


def _parquet(selection: Selection, file: BinaryIO) -> None:
    from sayso.export import columns  # noqa: PLC0415 - as above

    columns.write(selection, file)


def _brat(selection: Selection) -> Iterator[tuple[str, bytes]]:
    """Whole documents as reviewed: a claim that is missing in a file would count as rejected when it comes back."""
    yield from ((name, text.encode()) for name, text in brat.configuration().items())
    for part in selection.parts():
        yield from ((name, text.encode()) for name, text in brat.files(part.standings).items())


FORMATS: Mapping[str, Whole | Folder] = {
    "xlsx": Whole(_xlsx),
    "csv": Whole(delimited.write),
    "jsonl": Whole(lines.claims),
    "ledgers": Whole(lines.ledgers),
    "parquet": Whole(_parquet),
    "ftm": Whole(money.write_entities),
    "ftm-statements": Whole(money.write_statements),
    "webannotation": Whole(marking.write),
    "claimreview": Whole(reviewed.write),
    "judgements": Whole(lines.judgements),
    "brat": Folder(_brat),
    "markdown": Whole(reading.markdown),
    "html": Whole(reading.html),
    "graphml": Whole(graph.write),
    "stix": Whole(threat.write),
    "prov": Whole(provenance.write),
    "argdown": Whole(argument.write),
}
