"""Fixtures that several test modules share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sayso.store import Store
from tests.desk import BRIDGE, DOCUMENTS, FERRY

settings.register_profile("sayso", deadline=None)  # how long an example takes is no law: a busy machine fails nothing
settings.load_profile("sayso")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    texts = {"bridge.txt": BRIDGE, "copy.txt": BRIDGE, "ferry.txt": FERRY, "lines.jsonl": DOCUMENTS, "empty.txt": ""}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "binary.dat").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "nothing").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return tmp_path / "harbour.case"


@pytest.fixture
def store(case: Path) -> Iterator[Store]:
    with Store.open(case, create=True) as opened:
        yield opened
