"""One case of the sample articles for all tests of this room: reading them takes most of the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.case import Case

EXAMPLES = Path("examples").absolute()


@pytest.fixture(scope="session")
def talmeer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of all sample articles, compared; who writes into it takes a copy."""
    path = tmp_path_factory.mktemp("desk") / "talmeer.case"
    with Case.open(path, create=True) as case:
        list(case.add([str(file) for file in sorted(EXAMPLES.glob("[01]*"))]))
        list(case.link())
    return path
