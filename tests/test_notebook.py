"""What a notebook shows of a claim and a ledger, and claims as tables for Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import lxml.html  # type: ignore[import-untyped] # it ships no types
import pyarrow as pa
import pytest

from sayso import to_arrow, to_pandas
from tests.export.made import case
from tests.publish.linked import HOSTILE, documents
from tests.publish.sample import sample


def test_a_ledger_shows_each_claim_with_who_says_it_first() -> None:
    page = lxml.html.fromstring(sample()._repr_html_())
    shown = [" ".join(item.text_content().split()) for item in page.findall(".//li")]
    assert len(shown) == len(sample().claims)
    assert shown[3] == "Tomas Reyk denied: any battery under his orders had fired that night indirect, CT-"
    assert shown[13].startswith("no source is said: The southern garrison … have moved a battery")
    assert shown[0].startswith("the author (assert): Nobody in this town agrees")


def test_a_claim_shows_its_document() -> None:
    shown = lxml.html.fromstring(sample().claims[3]._repr_html_()).text_content()
    assert "Who fired on the quay at Ostrava Bay? · The Meridian Post · Jonas Verel · 2031-06-05" in shown


def test_text_of_a_document_is_text_in_a_notebook() -> None:
    for ledger in (*documents(), *(case().ledger(kept.document.id) for kept in case().documents())):
        page = lxml.html.fromstring(f"<div>{ledger._repr_html_()}</div>")
        assert {element.tag for element in page.iter()} <= {
            "div", "p", "b", "br", "span", "ol", "li", "i", "q", "bdi",
        }  # fmt: skip
        assert not [name for element in page.iter() for name in element.attrib if name != "style"]
    (hostile,) = [ledger for ledger in documents() if ledger.document.ref.title == HOSTILE]
    assert HOSTILE in lxml.html.fromstring(hostile._repr_html_()).text_content()


def test_nothing_is_loaded_from_anywhere() -> None:
    shown = sample()._repr_html_()
    assert not [word for word in ("http", "src=", "url(", "<script", "<link", "@import") if word in shown]


def test_arrow_has_a_row_for_each_claim_of_a_ledger_or_of_a_search() -> None:
    rows = to_arrow(sample())
    assert isinstance(rows, pa.Table)
    assert rows.column("id").to_pylist() == [claim.id for claim in sample().claims]
    assert to_arrow(iter(sample().claims)).equals(rows)
    assert to_arrow([]).schema.equals(rows.schema)


def test_pandas_has_fields_of_fields_by_their_path() -> None:
    pytest.importorskip("pandas")
    frame = to_pandas(sample())
    assert frame.loc[frame["speech_act"] == "deny", "source.name"].iloc[0] == "Tomas Reyk"


def test_importing_sayso_needs_neither_pyarrow_nor_pandas() -> None:
    told = "import sys, sayso; print([m for m in ('pyarrow', 'pandas', 'xlsxwriter') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"
