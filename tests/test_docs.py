"""The documents against the code: what they name is there, and what is there is named.

In:   the Markdown files and the source tree.   Out: failures that name the file.
Knows nothing of: whether a sentence is well put.
"""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import click
import msgspec
import pytest

import sayso
from sayso.cli import cli
from sayso.records import phrase

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "sayso"
README = (ROOT / "README.md").read_text(encoding="utf-8")

PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "eval/README.md",
    ROOT / "examples/README.md",
]
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
MODULES = sorted(SOURCE.rglob("*.py"))

# These open otherwise: the package with what sayso is, the program with its name, the errors with their tree.
NO_PLATE = {SOURCE / "__init__.py", SOURCE / "__main__.py", SOURCE / "errors.py"}

# A name that goes or comes is a change for those who call sayso: it belongs in the CHANGELOG.
PUBLIC = {
    *("read", "ledgers", "hedges", "Case", "Query"),
    *("Document", "DocumentRef", "Ledger", "Claim", "Source", "Phrase", "When", "Span", "Notice", "Finding", "Weighed"),
    *("SaysoError", "NotFound", "Unreadable", "BadLexicon", "BadCase", "BadReader", "BadQuery", "BadTable"),
    *("BadHypotheses", "BadImport", "BadJudgement", "BadOutput", "Capture", "Judgement", "Ruling", "Wording"),
    *("to_arrow", "to_pandas"),
    *("BadEndpoint", "vet", "Vetted"),
    "BadDecision",
}

_LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```", re.S | re.M)


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _anchors(page: Path) -> set[str]:
    return {_anchor(heading) for heading in re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)}


def _options(command: click.Command) -> list[str]:
    """The longest name of each option."""
    return [max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)]


COMMANDS = sorted(cli.commands.items())
OPTIONS = [
    (name, option) for name, command in [("", cli), *COMMANDS] for option in _options(command) if option != "--version"
]


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        led_to = (page.parent / path).resolve() if path else page
        assert led_to.exists(), f"{_named(page)} links to {target}"
        assert not anchor or anchor in _anchors(led_to), f"{_named(page)} links to {target}: no such heading"


def test_the_readme_opens_with_the_two_commands() -> None:
    opening = README[:1200]
    assert "make demo" in opening
    assert "make test" in opening


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_every_command_is_in_the_readme_and_explains_itself(name: str, command: click.Command) -> None:
    assert f"sayso {name}" in README
    assert command.help


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_every_option_is_in_the_readme(name: str, option: str) -> None:
    assert re.search(rf"{option}\b", README), f"sayso {name} {option}"


def test_the_record_in_the_readme_is_a_claim_of_its_document() -> None:
    found = re.search(r"^```json\n(.*?)\n```$", README, re.S | re.M)
    assert found is not None
    claim = msgspec.json.decode(found[1], type=sayso.Claim)
    text = sayso.read(ROOT / claim.document.path).document.text
    assert phrase(text, claim.content.spans) == claim.content


def test_the_readme_names_no_option_that_is_not_there() -> None:
    known = {option for _, option in OPTIONS} | {"--help", "--version"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert named <= known


@pytest.mark.parametrize("module", [m for m in MODULES if m not in NO_PLATE], ids=_named)
def test_a_module_opens_with_its_door_plate(module: Path) -> None:
    plate = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")), clean=False)
    assert plate is not None
    assert "\nIn:" in plate
    assert "Out:" in plate
    assert "\nKnows nothing of:" in plate
    assert len(plate.splitlines()) <= 9


@pytest.mark.parametrize("module", MODULES, ids=_named)
def test_no_module_is_too_long_to_hold_in_mind(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


def test_every_room_is_on_the_map() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {m.relative_to(SOURCE).parts[0].removesuffix(".py") for m in MODULES} - {"__init__", "__main__"}
    assert [room for room in sorted(rooms) if not re.search(rf"^\| `{room}/?` \|", page, re.M)] == []
    assert len(page.splitlines()) <= 190


@pytest.mark.parametrize("record", DECISIONS, ids=_named)
def test_a_decision_says_what_was_chosen_and_what_was_given_up(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", record.name)
    assert re.findall(r"^## (.+)$", text, re.M) == ["Situation", "Choice", "What is given up"]
    assert len(text.splitlines()) <= 75, "about a page"
    assert f"({record.name})" in (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")


def test_decisions_are_numbered_one_by_one() -> None:
    assert [record.name[:4] for record in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]


def test_the_public_names() -> None:
    assert set(sayso.__all__) == PUBLIC
    assert sayso.__all__ == sorted(sayso.__all__)


def test_each_room_has_one_row_and_no_row_is_of_a_room_that_is_not_there() -> None:
    rows = re.findall(r"^\| `([a-z_]+)/?` \|", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.M)
    rooms = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert sorted(rows) == sorted(rooms - {"__init__", "__main__"})


def test_who_may_import_what_is_protected_is_told() -> None:
    told = " ".join((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split())
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    may = {c["protected_modules"][0]: c["allowed_importers"] for c in contracts if c["type"] == "protected"}
    for room in ("store", "inputs", "fetch"):
        names = [f"`{name.removeprefix('sayso.')}`" for name in may[f"sayso.{room}"]]
        listed = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
        assert re.search(rf"only {listed} (may import )?`{room}`", told), f"{room}: {listed}"
