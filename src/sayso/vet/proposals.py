"""Claims that another program made, as they come: plain ones, sayso's own records, LangExtract's documents.

In:   lines of JSON.   Out: Proposals, or an error that names the line.
Knows nothing of: the text they are said to be of.

A field is a string, or an object with ``text`` and, where it has them, ``spans``. Of LangExtract's lines each
extraction is a claim: its text the content, its attributes of these names the other fields. Its ``char_interval`` is
where its aligner would have the words, not part of what the model said, and is left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from sayso.errors import SaysoError, Unreadable
from sayso.spans import Span

FIELDS = ("content", "source", "cue", "said_at", "factuality", "speech_act", "via", "addressee", "outlet", "kind")
_PARTS = ("trigger", "actor", "recipient", "place")
_SPEAKER = "speaker"  # what most prompts call a source


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a field. ``spans``: where they are said to stand; ``value``: a time in ISO 8601 beside its words."""

    text: str
    spans: tuple[Span, ...] = ()
    value: str | None = None


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it was given. ``fields``: those that it has; None is one that is said to be empty (``null``)."""

    id: str | None = None
    line: int | None = None
    fields: dict[str, Given | None]
    events: tuple[dict[str, Any], ...] = ()

    def __post_init__(self) -> None:
        content = self.fields.get("content")
        if content is None or not content.text.strip():
            raise ValueError("has no content")

    @property
    def content(self) -> Given:
        content = self.fields["content"]
        if content is None:
            raise AssertionError("a proposal has content")
        return content


def proposals(raw: bytes, path: str) -> Iterator[Proposal | SaysoError]:
    """The claims of a file of JSON Lines, in order; a line that is none comes as an error value, the rest is done."""
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield from of_record(msgspec.json.decode(line), number)
        except (ValueError, msgspec.DecodeError, RecursionError) as error:
            yield Unreadable(f"{path}, line {number}: is no claim ({error}); give an object with at least `content`")


def of_record(record: Any, line: int | None = None) -> Iterator[Proposal]:
    """The claims of one JSON value. Raises ValueError, with what is wrong."""
    if not isinstance(record, Mapping):
        raise ValueError("is no object")
    if "extractions" in record or "extraction_text" in record:
        extractions = record.get("extractions", [record]) if "extraction_text" not in record else [record]
        for extraction in extractions or ():
            yield _extraction(extraction, line)
        return
    yield _proposal(record, line)


def _extraction(extraction: Any, line: int | None) -> Proposal:
    if not isinstance(extraction, Mapping):
        raise ValueError("an extraction is no object")
    attributes = extraction.get("attributes") or {}
    if not isinstance(attributes, Mapping):
        raise ValueError("the attributes of an extraction are no object")
    return _proposal({**attributes, "content": extraction.get("extraction_text")}, line)


def _proposal(record: Mapping[str, Any], line: int | None) -> Proposal:
    if "source" not in record and _SPEAKER in record:
        record = {**record, "source": record[_SPEAKER]}
    fields = {name: _given(record[name], name) for name in FIELDS if name in record}
    events = record.get("events") or ()
    if not isinstance(events, list | tuple) or not all(isinstance(event, Mapping) for event in events):
        raise ValueError("`events` is no list of objects")
    for event in events:
        list(event_words(event))  # a line that is wrong is told with its number, before anything is vetted
    identity = record.get("id")
    return Proposal(
        id=identity if isinstance(identity, str) else None,
        line=line,
        fields=fields,
        events=tuple(dict(event) for event in events),
    )


def event_words(event: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    """The parts of an event that have words: their name, the words, their spans. Raises ValueError."""
    quantities = event.get("quantities") or ()
    if not isinstance(quantities, list | tuple):
        raise ValueError("`quantities` is no list")  # one error for all that a line can get wrong
    for name, part in (*((name, event.get(name)) for name in _PARTS), *(("quantity", each) for each in quantities)):
        if isinstance(part, str) and part:
            yield name, part, ()
        elif isinstance(part, Mapping) and isinstance(part.get("text"), str) and part["text"]:
            yield name, part["text"], spans_of(part, name)


def _given(value: Any, name: str) -> Given | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return Given(text=value)
    if isinstance(value, Mapping):
        text = value.get("text", value.get("value", value.get("name")))
        if isinstance(text, str) and text:
            dated = value.get("value")
            return Given(text=text, spans=spans_of(value, name), value=dated if isinstance(dated, str) else None)
    raise ValueError(f"`{name}` is neither a string nor an object with `text`")


def spans_of(value: Mapping[str, Any], name: str) -> tuple[Span, ...]:
    """The ``spans`` of a field, ``[[start, end], …]``. Raises ValueError."""
    found = []
    pairs = value.get("spans") or ()
    if not isinstance(pairs, list | tuple):
        raise ValueError(f"the spans of `{name}` are no list")
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(type(at) is int for at in pair):
            raise ValueError(f"the spans of `{name}` are no pairs of whole numbers")
        found.append(Span(*pair))
    return tuple(found)
