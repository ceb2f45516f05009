"""Pages of the documentation site that are written elsewhere: the README and its like, and the help of the commands.

In:   the repository's Markdown, click's commands.   Out: pages for MkDocs, their links mended (a hook of mkdocs.yml).
Knows nothing of: how a page looks, what stands in it.

The site has every page under its place in the repository, `docs/` left out. A link to what is no page (source, data)
leads to a copy of that file as text, so that nothing on the site leads nowhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli import cli

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent
FRONT = "README.md"
COMMANDS = "<!-- commands -->"
_SECTION = re.compile(r"<!-- README: (.+?) -->")

_FENCE = re.compile(r"^(```.*?^```\n)", re.S | re.M)
_LINK = re.compile(r"(?<!`)(\]\()(?![a-z]+:|#)([^)#\s]+)")
_SHOWN = (".md", ".png", ".css")


def shown_at(place: str) -> str:
    """Where the site has what is at `place` in the repository."""
    return place.removeprefix("docs/") if place.endswith(_SHOWN) else f"{place}.txt"


def linked(markdown: str, place: str) -> Iterator[str]:
    """The places in the repository that the page at `place` links to."""
    for _, target in _LINK.findall("".join(_FENCE.split(markdown)[::2])):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(place), target))


def mended(markdown: str, place: str, page: str) -> str:
    """What stands at `place`, with its links as they lead from `page` of the site; fences are left as they are."""
    here = posixpath.dirname(page)

    def led(link: re.Match[str]) -> str:
        there = shown_at(posixpath.normpath(posixpath.join(posixpath.dirname(place), link[2])))
        return link[1] + posixpath.relpath(there, here or ".")

    parts = _FENCE.split(markdown)
    parts[::2] = [_LINK.sub(led, part) for part in parts[::2]]
    return "".join(parts)


def elsewhere(front: str = FRONT) -> list[str]:
    """All files outside of docs/ that the front page or a page of docs/ leads to, directly or through others."""
    pages = [front, *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md")))]
    found = dict.fromkeys(pages)
    for place in pages:  # grows while it is gone through
        for there in linked((ROOT / place).read_text(encoding="utf-8"), place):
            if there not in found:
                found[there] = None
                if there.endswith(".md"):
                    pages.append(there)
    return [place for place in found if not place.startswith("docs/")]


def commands() -> str:
    """The help of every command, as `--help` prints it at 80 columns."""
    top = click.Context(cli, info_name="sayso", terminal_width=80, max_content_width=80)
    pages = [f"```text\n{cli.get_help(top)}\n```\n"]
    for name, command in cli.commands.items():
        context = click.Context(command, info_name=name, parent=top, terminal_width=80, max_content_width=80)
        pages.append(f"## sayso {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(pages)


def section(heading: str) -> str:
    """What stands in the README under a heading. Raises ValueError where it has none such."""
    text = (ROOT / FRONT).read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    if found is None:
        raise ValueError(f"{FRONT} has no section {heading!r}")
    return found[1].strip("\n")


def filled(markdown: str, page: str) -> str:
    """The text of a page of the site, with all that it takes in; its place is under docs/ where there is one."""
    place = f"docs/{page}" if (ROOT / "docs" / page).exists() else page
    text = mended(markdown, place, page)
    text = _SECTION.sub(lambda named: mended(section(named[1]), FRONT, page), text)
    return text.replace(COMMANDS, commands())


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """MkDocs asks which files the site has."""
    from mkdocs.structure.files import File  # noqa: PLC0415 - mkdocs is there only where the site is made

    for place in elsewhere():
        if (ROOT / place).is_dir():
            files.append(File.generated(config, shown_at(place), content=names(ROOT / place)))
        else:
            files.append(File.generated(config, shown_at(place), abs_src_path=str(ROOT / place)))
    return files


def names(folder: Path) -> str:
    """What is in a folder, one a line: what the site has of one that a page leads to."""
    return "".join(f"{path.relative_to(ROOT).as_posix()}\n" for path in sorted(folder.iterdir()))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs' names
    """MkDocs asks for the text of a page."""
    return filled(markdown, page.file.src_uri)
