"""Reads PolNeAR (brat stand-off): documents, attributions, word-level spans and tags."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from encode import Encoded

Span = tuple[int, int]
ANNOTATORS = ["4b22", "4e07", "5fec", "6b86", "d473", "ef2d"]
SPAN_LINE = re.compile(r"^(T\d+)\t(Source|Cue|Content) ([\d ;]+)")


@dataclass
class Attribution:
    """One attribution; spans are (start, end) code point offsets, end exclusive."""

    cue: Span
    sources: list[Span]
    contents: list[Span]


@dataclass
class Document:
    """An article and the attributions of one annotator."""

    name: str
    text: str
    attributions: list[Attribution] = field(default_factory=list)
    annotator: int = 6

    def spans(self, role: str) -> set[Span]:
        """All distinct spans of a role: source, cue or content (fragments apart)."""
        out: set[Span] = set()
        for a in self.attributions:
            out.update({"source": a.sources, "cue": [a.cue], "content": a.contents}[role])
        return out


def parse_ann(ann: str) -> list[Attribution]:
    """Parses a brat file; lines that are not spans or attribution events are skipped."""
    spans: dict[str, list[Span]] = {}
    events: list[list[str]] = []
    for line in ann.split("\n"):
        m = SPAN_LINE.match(line)
        if m:
            spans[m[1]] = [(int(a), int(b)) for a, b in (f.split() for f in m[3].strip().split(";"))]
        elif re.match(r"^E\d+\tAttribution", line):
            events.append(line.split("\t")[1].split())
    out = []
    for event in events:
        parts: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
        for arg in event[1:]:
            role, _, ref = arg.partition(":")
            parts.get(role.rstrip("0123456789"), []).extend(spans.get(ref, []))
        if parts["Cue"] and parts["Content"]:
            cues = sorted(parts["Cue"])
            out.append(
                Attribution((cues[0][0], cues[-1][1]), sorted(set(parts["Source"])), sorted(set(parts["Content"])))
            )
    return sorted(out, key=lambda a: a.cue)


def load(folder: Path) -> list[Document]:
    """All articles of a split; the annotator whose name sorts first is taken."""
    chosen: dict[str, Path] = {}
    for ann in sorted((folder / "attributions").glob("*.ann")):
        chosen.setdefault(ann.stem.rpartition("_")[0], ann)
    docs = []
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem not in chosen:
            continue
        with path.open(encoding="utf-8", newline="") as f:
            text = f.read()
        with chosen[path.stem].open(encoding="utf-8", newline="") as f:
            who = ANNOTATORS.index(chosen[path.stem].stem.rpartition("_")[2])
            docs.append(Document(path.stem, text, parse_ann(f.read()), who))
    return docs


@dataclass
class WordAttribution:
    """An attribution in word indices, ends exclusive."""

    cue: Span
    sources: list[Span]
    contents: list[Span]


def to_words(doc: Document, enc: Encoded) -> list[WordAttribution]:
    """Snaps character spans to the words that they touch; drops empty ones."""

    def snap(spans: list[Span]) -> list[Span]:
        return [w for w in (enc.word_span(*s) for s in spans) if w[1] > w[0]]

    out = []
    for a in doc.attributions:
        cue, contents = snap([a.cue]), snap(a.contents)
        if cue and contents:
            out.append(WordAttribution(cue[0], snap(a.sources), contents))
    return out
