"""A reviewed document in brat's standoff format: a text and what is marked in it; and back, as rulings.

In:   Standings; an .ann file.   Out: files by name; Rulings that bring the ledger to what the file says.
Knows nothing of: where files lie.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import msgspec
from msgspec import UNSET

from sayso.errors import BadJudgement
from sayso.records import Claim, Factuality, Kind, SpeechAct
from sayso.review.judgements import Ruling, Wording
from sayso.review.standing import Standings, State
from sayso.spans import Span, merge

# The layout of PolNeAR's files (Newell, Margolin, Ruths 2018), so that what reads them reads these: an event's trigger
# is its cue (its content where there is no cue), and the cue stands again as an argument.
_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_EVENT = re.compile(r"(E\d+)\t(Attribution(?:-no-source)?):T\d+((?: \w+:T\d+)*)\s*$")
_ATTRIBUTE = re.compile(r"A\d+\t(\w+) (E\d+) (\S+)\s*$")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes ([ET]\d+)\t(.*)$")
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")  # a mark may not go over the end of a line

_VALUES: dict[str, tuple[str, ...]] = {
    "Factuality": get_args(Factuality),
    "Act": get_args(SpeechAct),
    "Kind": get_args(Kind),
    "Review": get_args(State),
}


def configuration() -> dict[str, str]:
    """The files that tell brat what there is to mark, by name."""
    attributes = "".join(f"{name}\tArg:<EVENT>, Value:{'|'.join(values)}\n" for name, values in _VALUES.items())
    roles = "Cue*:Cue, Content*:Content"
    return {
        "annotation.conf": (
            "[entities]\nSource\nCue\nContent\n\n[relations]\n\n[events]\n"
            f"Attribution\tSource*:Source, {roles}\nAttribution-no-source\t{roles}\n\n[attributes]\n{attributes}"
        )
    }


def files(standings: Standings) -> dict[str, str]:
    """The text and the claims that stand in it, by file name. Each claim has its state as the attribute `Review`, and
    its id as a note; what people rejected is not there.
    """
    reviewed = standings.reviewed()
    name = reviewed.document.ref.id
    lines = _Lines(reviewed.document.text)
    for claim in reviewed.claims:
        lines.add(claim, standings[claim.id].state)
    return {f"{name}.txt": reviewed.document.text, f"{name}.ann": "".join(f"{line}\n" for line in lines.lines)}


class _Lines:
    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self._text = text
        self._counts: dict[str, int] = defaultdict(int)

    def add(self, claim: Claim, state: State) -> None:
        source = self._bound("Source", claim.source.spans) if claim.source else None
        cue = self._bound("Cue", claim.cue.spans) if claim.cue else None
        content = self._bound("Content", claim.content.spans)
        kind = "Attribution" if source else "Attribution-no-source"
        trigger = self._bound(kind, (claim.cue or claim.content).spans)
        roles = (("Source", source), ("Cue", cue), ("Content", content))
        event = self._put("E", f"{kind}:{trigger}" + "".join(f" {role}:{of}" for role, of in roles if of))
        values = (claim.factuality, claim.speech_act, claim.kind, state)
        for attribute, value in zip(_VALUES, values, strict=True):
            self._put("A", f"{attribute} {event} {value}")
        self._put("#", f"AnnotatorNotes {event}\t{claim.id}")
        if claim.source and source:
            self._put("#", f"AnnotatorNotes {source}\t{' '.join(claim.source.name.split())}")

    def _bound(self, role: str, spans: Sequence[Span]) -> str:
        pieces = [
            Span(span.start + found.start(), span.start + found.end())
            for span in spans
            for found in _LINE.finditer(span.of(self._text))
            if found[0].strip()
        ]
        places = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
        return self._put("T", f"{role} {places}\t{' '.join(piece.of(self._text) for piece in pieces)}")

    def _put(self, letter: str, rest: str) -> str:
        self._counts[letter] += 1
        name = f"{letter}{self._counts[letter]}"
        self.lines.append(f"{name}\t{rest}")
        return name


class _Marked(msgspec.Struct, frozen=True):
    """An event of a file. ``claim``: the id in its note, if it has one."""

    claim: str | None
    wording: Wording


def rulings(standings: Standings, annotations: str, *, by: str, name: str) -> Iterator[Ruling]:
    """What ``by`` rules by handing in this .ann file: what it has as it stands is accepted, what it has otherwise is
    edited, what it has beside that is added, and what it does not have is rejected.

    ``name``: the file, for what is said of it. Raises BadJudgement for a file that holds no marks of this text.
    """
    document = standings.ledger.document
    marked = list(_marked(annotations, document.text, name))
    stands = {claim.id: claim for claim in standings.reviewed().claims}
    kept = {m.claim: m for m in marked if m.claim in stands}
    # What was added before has no note in the file: it is known by its words.
    placed = {claim.content.spans: claim.id for claim in stands.values() if claim.id not in kept}
    again = {id(m): placed[m.wording.content] for m in marked if m.claim not in stands and m.wording.content in placed}
    kept |= {again[id(m)]: m for m in marked if id(m) in again}
    for claim in stands.values():
        if claim.id not in kept:
            yield Ruling(act="reject", by=by, claims=(claim.id,))
        elif changed := _changed(claim, kept[claim.id].wording, document.text):
            yield Ruling(act="edit", by=by, claims=(claim.id,), wordings=(changed,))
        else:
            yield Ruling(act="accept", by=by, claims=(claim.id,))
    for mark in marked:
        if mark.claim not in stands and id(mark) not in again:
            yield Ruling(act="add", by=by, document=document.ref.id, wordings=(mark.wording,))


def _marked(annotations: str, text: str, name: str) -> Iterator[_Marked]:
    bounds: dict[str, tuple[Span, ...]] = {}
    events: dict[str, str] = {}
    attributes: dict[str, dict[str, str]] = defaultdict(dict)
    notes: dict[str, str] = {}
    for number, line in enumerate(annotations.split("\n"), 1):
        if bound := _BOUND.match(line):
            pairs = [tuple(map(int, pair.split())) for pair in bound[3].split(";")]
            if any(not start < end <= len(text) for start, end in pairs):
                raise BadJudgement(f"{name}, line {number}: marks no place of this text: are they a pair?")
            bounds[bound[1]] = tuple(Span(start, end) for start, end in pairs)
        elif event := _EVENT.match(line):
            events[event[1]] = event[3]
        elif attribute := _ATTRIBUTE.match(line):
            if attribute[3] not in _VALUES.get(attribute[1], (attribute[3],)):
                raise BadJudgement(f"{name}, line {number}: {attribute[1]} is never {attribute[3]}")
            attributes[attribute[2]][attribute[1]] = attribute[3]
        elif note := _NOTE.match(line):
            notes[note[1]] = note[2].strip()
    for event_id, arguments in events.items():
        roles: dict[str, list[str]] = defaultdict(list)
        for argument in arguments.split():
            role, _, place = argument.partition(":")
            roles[role.rstrip("0123456789")].append(place)
        spans = {role: _over_lines(text, [s for p in own for s in bounds.get(p, ())]) for role, own in roles.items()}
        if spans.get("Content"):
            named = notes.get(roles["Source"][0]) if roles["Source"] else None
            yield _Marked(notes.get(event_id), _wording(spans, attributes[event_id], named))


def _wording(spans: Mapping[str, tuple[Span, ...]], values: Mapping[str, str], name: str | None) -> Wording:
    given = {"factuality": "Factuality", "speech_act": "Act", "kind": "Kind"}
    fields: dict[str, object] = {field: values[of] for field, of in given.items() if of in values}
    if name:
        fields["name"] = name
    places = {role.lower(): spans.get(role, ()) for role in ("Source", "Cue", "Content")}
    return msgspec.convert({**fields, **places}, Wording)


def _over_lines(text: str, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """Pieces with only white space and the end of a line between them are one again."""
    out: list[Span] = []
    for piece in merge(pieces):
        between = text[out[-1].end : piece.start] if out else "."
        if between.isspace() and not _LINE.fullmatch(between):
            out[-1] = Span(out[-1].start, piece.end)
        else:
            out.append(piece)
    return tuple(out)


def _changed(claim: Claim, wording: Wording, text: str) -> Wording | None:
    """What a mark has otherwise than the claim; None if nothing."""
    fields: dict[str, object] = {}
    for role, words in (("content", claim.content), ("cue", claim.cue), ("source", claim.source)):
        marked = getattr(wording, role)
        own = words.spans if words else ()
        if marked != own and marked != _over_lines(text, own):
            fields[role] = marked
    for field in ("factuality", "speech_act", "kind"):
        if (value := getattr(wording, field)) not in (UNSET, getattr(claim, field)):
            fields[field] = value
    if wording.name is not UNSET and claim.source and wording.name != " ".join(claim.source.name.split()):
        fields["name"] = wording.name
    return Wording(**fields) if fields else None  # type: ignore[arg-type] # the fields of a Wording by name
