"""The documentation site: its commands do what the pages say, and what it takes in from elsewhere is there.

In:   docs/tutorial.md and docs/howto/.   Out: failures that name the command and what it printed.
Knows nothing of: MkDocs, which is there only where the site is made (`make docs`).
"""

from __future__ import annotations

import contextlib
import io
import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path

import mkdocs_pages as site
import pytest
from click.testing import CliRunner

import sayso
from sayso.cli import cli

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "docs/tutorial.md", *sorted((ROOT / "docs/howto").glob("[a-z]*.md"))]

_FENCE = re.compile(r'^```\w+ ?(?:title="(?P<name>[^"]+)")?\n(?P<body>.*?)^```$', re.S | re.M)
_COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.M)
_ANY = r"(?:[^\n]*\n)*?"
_TOLD = re.compile(r"^    \$ sayso (.+)$", re.M)


def _run(command: str) -> tuple[int, str]:
    """Exit code and standard output of `sayso …` or `python FILE`."""
    program, *arguments = shlex.split(command, comments=True)
    if program == "python":
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            runpy.run_path(arguments[0])
        return 0, printed.getvalue()
    assert program == "sayso"
    result = CliRunner().invoke(cli, arguments, prog_name="sayso")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def _expected(shown: str) -> re.Pattern[str]:
    """What a page shows, as a pattern: "…" alone on a line is any number of lines, within one any characters."""
    lines = shown.rstrip().splitlines()
    return re.compile("".join(_ANY if line == "…" else re.escape(line).replace("…", "[^\n]*") + "\n" for line in lines))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_a_page_print_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for fence in _FENCE.finditer(page.read_text(encoding="utf-8")):
        if fence["name"]:
            Path(fence["name"]).write_text(fence["body"], encoding="utf-8")
        for command, shown in _COMMAND.findall(fence["body"]):
            code, printed = _run(command)
            told = re.search(r"# exit code (\d)", command)
            assert code == (int(told[1]) if told else 0), command
            assert _expected(shown).fullmatch(f"{printed.rstrip()}\n".lstrip("\n")), f"$ {command}\n{printed}"


def _told() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for line in _TOLD.findall(page.read_text(encoding="utf-8")):
            yield page.stem, line


@pytest.mark.parametrize(("page", "line"), [*_told()])
def test_a_command_that_is_only_told_has_arguments_that_it_takes(page: str, line: str) -> None:
    name, *arguments = shlex.split(line, comments=True)
    assert cli.commands[name].make_context(name, arguments)


def test_the_help_of_every_command_is_on_the_site() -> None:
    page = site.filled(f"{site.COMMANDS}\n", "reference/commands.md")
    for name, command in cli.commands.items():
        assert f"## sayso {name}\n" in page
        for parameter in command.params:
            assert all(option in page for option in parameter.opts if option.startswith("--"))


def test_a_part_of_the_readme_is_taken_in_with_links_that_lead_from_there() -> None:
    page = site.filled("<!-- README: Claims of other programs -->", "reference/record.md")
    assert "$ sayso vet article.txt claims.jsonl" in page
    assert "(../decisions/0024-vet.md)" in page
    assert "(../eval/faithfulness/README.md)" in page
    with pytest.raises(ValueError, match="No such part"):
        site.section("No such part")


def test_links_to_what_is_no_page_lead_to_a_copy_of_it() -> None:
    page = "[a](../src/sayso/links.py#x) [b](formats.md#in)\n```md\n[c](../x.py)\n```\n"
    led = "[a](src/sayso/links.py.txt#x) [b](formats.md#in)\n```md\n[c](../x.py)\n```\n"
    assert site.mended(page, "docs/y.md", "y.md") == led
    assert {"README.md", "LICENSE", "src/sayso/links.py", "eval/faithfulness/README.md"} <= set(site.elsewhere())


def test_what_pages_lead_to_is_there_and_a_folder_is_shown_as_the_names_in_it() -> None:
    assert not [place for place in site.elsewhere() if not (ROOT / place).exists()]
    folders = [place for place in site.elsewhere() if (ROOT / place).is_dir()]
    assert folders
    for place in folders:
        assert all((ROOT / name).exists() for name in site.names(ROOT / place).split())


def test_all_public_names_are_on_their_page_and_no_other() -> None:
    page = (ROOT / "docs/reference/python.md").read_text(encoding="utf-8")
    shown = re.findall(r"^::: (sayso\.(?:[\w.]+\.)?(\w+))$", page, re.M)
    assert sorted(name for _, name in shown) == sayso.__all__
    for path, name in shown:  # where a room has the name of a function, the function is shown from where it is defined
        assert path == (f"{getattr(sayso, name).__module__}.{name}" if path.count(".") > 1 else f"sayso.{name}")
        assert path.count(".") > 1 or not (ROOT / "src/sayso" / name).is_dir(), f"{path} would show the room"


def test_a_part_of_the_readme_keeps_its_indented_code() -> None:
    assert "\n    sayso read FILE..." in site.filled(
        "## In short\n\n<!-- README: Commands -->\n", "reference/commands.md"
    )
