"""Random and damaged files are taken in or refused in words; they never crash an import."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import BadImport, Unreadable
from sayso.imports import recognise
from sayso.imports.extractions import extracted
from sayso.imports.ledgers import ledgers
from sayso.imports.marks import Mark, marks
from sayso.imports.placing import placed
from sayso.read import read_bytes
from tests.export.made import exported
from tests.read.test_archiver import POST, sheet
from tests.read.test_wacz import package

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ("type", "target", "selector", "exact", "source", "body", "state", "user", "uri", "creator", "tags", "text",
             "start", "end", "extractions", "document", "claims", "schema", "properties", "items", "first", "purpose")
        ),
        inner,
        max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip
WHOLE = {form: exported(form) for form in ("ledgers", "webannotation", "ftm", "judgements")}


def take(raw: bytes) -> None:
    """All that is done with a file before a case is asked."""
    with suppress(BadImport):
        recognise(raw, "a")
    found: list[Any] = [*ledgers(raw.splitlines(), "a"), *extracted(raw.splitlines(), "a"), *marks(raw, "a")]
    for each in found:
        if isinstance(each, Mark):
            placed(each, "The mole was closed, said Pia Holm.")


@given(st.binary(max_size=300))
def test_random_bytes(raw: bytes) -> None:
    take(raw)


@given(JSON)
def test_json_of_any_shape(value: Any) -> None:
    take(json.dumps(value).encode())


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_damaged_files(form: str, data: st.DataObject) -> None:
    line = bytearray(WHOLE[form].splitlines()[0][:4000])
    for _ in range(data.draw(st.integers(1, 4))):
        line[data.draw(st.integers(0, len(line) - 1))] = data.draw(st.integers(0, 255))
    take(bytes(line))


@given(st.sampled_from((("a.wacz", package()), ("a.csv", sheet(POST, POST)))), st.data())
def test_damaged_packages_and_sheets(file: tuple[str, bytes], data: st.DataObject) -> None:
    name, whole = file
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    for found in read_bytes(bytes(raw[: data.draw(st.integers(0, len(raw)))]), path=name):
        if isinstance(found, Unreadable):
            assert len(str(found).splitlines()) == 1
