"""What a file holds, by its content.

In:   the first bytes of a file, its name.   Out: a Kind; BadImport for what cannot be taken in, with what to do.
Knows nothing of: the rest of the file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from sayso.errors import BadImport

Kind = Literal["ledgers", "judgements", "langextract", "annotations", "actors", "documents"]

START = 1 << 20  # bytes that tell what a file is: the first line, where it is not longer

_STRING = r'"(?:[^"\\]|\\.)*"'
_TYPE = re.compile(rf'"(?:@type|type)"\s*:\s*(?:\[\s*)?({_STRING})')


def recognise(start: bytes, name: str) -> Kind:
    """What a file is that begins with these bytes. Raises BadImport."""
    text = start.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()
    if not text:
        raise BadImport(f"{name}: is empty")
    if not text.startswith(("{", "[")):
        return "documents"
    first = text.partition("\n")[0]
    record = _record(first)
    if record is None:
        return _of_whole(text, name)
    if "extractions" in record:
        return "langextract"
    if "document" in record and "claims" in record:
        return "ledgers"
    if record.get("kind") == "judgement":
        return "judgements"
    if "content" in record and "document" in record:
        raise BadImport(
            f"{name}: holds claims without the texts they stand in, which a case needs: write it with"
            " `sayso export --format ledgers`"
        )
    if "schema" in record and "properties" in record:
        return "actors"
    if isinstance(record.get("text"), str) and "user" not in record and "target" not in record:
        return "documents"
    return _of_whole(text, name)


def _record(line: str) -> Mapping[str, object] | None:
    try:
        return msgspec.json.decode(line.encode("latin-1"), type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _of_whole(text: str, name: str) -> Kind:
    """A file of one JSON value, by the types that its beginning names."""
    types = {found[1].strip('"') for found in _TYPE.finditer(text)}
    if "ClaimReview" in types or '"claimReview"' in text or "DataFeed" in types:
        raise BadImport(
            f"{name}: holds published fact-checks: compare claims with them, `sayso check CASE --with FILE`"
        )
    if types & {"Annotation", "AnnotationPage", "AnnotationCollection", "TextQuoteSelector", "TextPositionSelector"}:
        return "annotations"
    if '"selector"' in text and '"uri"' in text:
        return "annotations"
    raise BadImport(
        f"{name}: is JSON of a kind that is not known: ledgers, judgements, Web Annotations, LangExtract and"
        " FollowTheMoney are"
    )
