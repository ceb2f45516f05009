"""The first case: the invented articles that come with sayso, read and compared.

In:   where the case is to be.   Out: a case file.
Knows nothing of: the articles.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

from sayso.case import Added, Case
from sayso.errors import BadCase, NotFound


def articles() -> list[Path]:
    """The files. They lie in the package, or beside its source where sayso runs from there. Raises NotFound."""
    package = Path(str(resources.files("sayso")))
    for folder in (package / "examples", package.parent.parent / "examples"):
        if found := sorted(folder.glob("[01]*")):
            return found
    raise NotFound(f"{package}: the sample articles are not there: install sayso again")


def make_example(case: Path, say: Callable[[str], None], *, by: str | None = None) -> None:
    """A case of the sample articles. ``by``: who is at work. Raises BadCase where there is a case already."""
    if case.exists():
        raise BadCase(f"{case}: is there already: leave --example out, or give the name of a new case")
    files = articles()
    say(f"reading {len(files)} invented articles into {case}")
    with Case.open(case, create=True, by=by) as made:
        for outcome in made.add([str(file) for file in files]):
            if not isinstance(outcome, Added):
                raise outcome
        for _ in made.link():
            pass
