"""What the tests of this room share: one case of the sample articles, as reading them takes most of the time; a tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from sayso.case import Case
from tests.serve.browser import go, opened, served

EXAMPLES = Path("examples").absolute()


@pytest.fixture(scope="session")
def talmeer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of all sample articles, compared; who writes into it takes a copy."""
    path = tmp_path_factory.mktemp("desk") / "talmeer.case"
    with Case.open(path, create=True) as case:
        list(case.add([str(file) for file in sorted(EXAMPLES.glob("[01]*"))]))
        list(case.link())
    return path


@pytest.fixture(scope="module")
def reviewer() -> str:
    """Who is at the desk."""
    return "Ann"


@pytest.fixture(scope="module")
def tab(case: Path, reviewer: str) -> Iterator[Page]:
    """A tab at the desk of the ``case`` of a module."""
    with served(case, reviewer=reviewer) as address, opened(address) as page:
        yield page


@pytest.fixture(scope="module")
def room(tab: Page) -> str:
    """The path of the wire story's reading room."""
    go(tab, "/documents")
    return tab.get_by_role("link", name="At least nine dead").get_attribute("href") or ""
