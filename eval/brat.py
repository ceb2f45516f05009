"""Gold attributions from a folder in PolNeAR's layout: `text/*.txt`, `attributions/<article>_<annotator>.ann`.

In:   a folder.   Out: Articles, each with what every annotator found in it.
Knows nothing of: sayso's claims, scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import NotFound, Unreadable
from sayso.spans import Span

# A line may hold raw newlines in its last field, so a record is what opens like one; the rest is skipped.
_TEXT_BOUND = re.compile(r"(T\d+)\t(Source|Cue|Content) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_EVENT = re.compile(r"E\d+\tAttribution(?:-no-source)?:T\d+((?: \w+:T\d+)*)\s*$")


@dataclass(frozen=True)
class Attribution:
    """One attribution, each role as its fragments. No source: the text gives none."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Article:
    """``annotators``: what each of them found, by name, in the order of their names."""

    name: str
    text: str
    annotators: dict[str, tuple[Attribution, ...]]

    @property
    def gold(self) -> tuple[Attribution, ...]:
        """What the annotator whose name sorts first has found, so that no article counts twice."""
        return next(iter(self.annotators.values()))


def read_folder(folder: Path) -> Iterator[Article]:
    """The articles in the order of their names. Raises NotFound, Unreadable."""
    if not (folder / "text").is_dir() or not (folder / "attributions").is_dir():
        raise NotFound(f"{folder}: needs the folders text/ and attributions/: see eval/README.md")
    files: dict[str, list[tuple[str, Path]]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        article, _, annotator = path.stem.rpartition("_")
        files.setdefault(article, []).append((annotator, path))
    if not files:
        raise NotFound(f"{folder}: no .ann file in attributions/: see eval/README.md")
    for name, annotated in files.items():
        text_file = folder / "text" / f"{name}.txt"
        if not text_file.is_file():
            raise NotFound(f"{text_file}: not there, but {annotated[0][1].name} annotates it")
        text = text_file.read_bytes().decode("utf-8")  # not read_text: it would change line ends, and so offsets
        found = {annotator: _read(path, len(text)) for annotator, path in annotated}
        yield Article(name=name, text=text, annotators=found)


def _read(path: Path, length: int) -> tuple[Attribution, ...]:
    attributions = parse(path.read_bytes().decode("utf-8"))
    for attribution in attributions:
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            if span.end > length:
                raise Unreadable(f"{path}: a span ends at {span.end}, but the text at {length}: are they a pair?")
    return attributions


def parse(annotations: str) -> tuple[Attribution, ...]:
    """The attributions of one .ann file. One without cue or content is a stray mark and left out.

    >>> parse("T1\\tCue 4 8\\tsaid\\nT2\\tContent 9 11;14 16\\tno ...\\nE1\\tAttribution:T1 Cue:T1 Content:T2")
    (Attribution(source=(), cue=(Span(start=4, end=8),), content=(Span(start=9, end=11), Span(start=14, end=16))),)
    """
    places: dict[str, tuple[Span, ...]] = {}
    events: list[str] = []
    for line in annotations.split("\n"):
        if bound := _TEXT_BOUND.match(line):
            pairs = (pair.split() for pair in bound[3].split(";"))
            places[bound[1]] = tuple(Span(int(start), int(end)) for start, end in pairs)
        elif event := _EVENT.match(line):
            events.append(event[1])
    attributions = []
    for event_roles in events:
        roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
        for argument in event_roles.split():
            role, _, place = argument.partition(":")
            roles[role.rstrip("0123456789")].extend(places.get(place, ()))  # none: an annotator's note, not a role
        if roles["Cue"] and roles["Content"]:
            attributions.append(Attribution(*(tuple(sorted(roles[role])) for role in ("Source", "Cue", "Content"))))
    return tuple(attributions)
