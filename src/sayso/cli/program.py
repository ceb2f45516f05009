"""The program itself: every way out, what commands share.

In:   arguments.   Out: complaints in one line, exit codes; a case opened under the name of who is at work.
Knows nothing of: any single command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar, get_args

import click

from sayso.case import MAX_BYTES, Case
from sayso.errors import SaysoError
from sayso.publish.wording import notices
from sayso.query import Query, unclosed
from sayso.records import Factuality, Kind, Ledger, SpeechAct
from sayso.terminal import MISTAKE, STOPPED, bar, complain, fail, say

Format = Literal["table", "json", "jsonl", "html"]
_SUFFIXES: dict[str, Format] = {
    "": "table", ".txt": "table", ".json": "json", ".jsonl": "jsonl", ".html": "html", ".htm": "html",
}  # fmt: skip
EXPORTS = {
    ".xlsx": "xlsx", ".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet", ".md": "markdown", ".html": "html",
    ".graphml": "graphml", ".argdown": "argdown",
}  # fmt: skip


class Program(click.Group):
    """Every way out: a complaint is one line on standard error, and commands return their exit code."""

    def main(self, *args: Any, **settings: Any) -> NoReturn:
        try:
            code = super().main(*args, **settings | {"standalone_mode": False})
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(MISTAKE)
        except click.UsageError as error:
            see = f"; see `{error.ctx.command_path} --help`" if error.ctx else ""
            fail(error.format_message().rstrip(".") + see)
        except SaysoError as error:
            fail(str(error))
        except click.Abort:
            complain("stopped")
            sys.exit(STOPPED)
        sys.exit(code)


files_argument = click.argument("files", metavar="FILE...", nargs=-1, required=True)
case_argument = click.argument("case", type=click.Path(path_type=Path))
actors_option = click.option(
    "--actors",
    metavar="FILE",
    multiple=True,
    help="More actors and their names: an alias table (.toml) or FollowTheMoney entities.",
)
network_option = click.option(
    "--allow-network",
    "network",
    is_flag=True,
    help="FILE may be a web address, which is fetched; the second reader may be on another machine.",
)
second_option = click.option(
    "--second-reader", "second", metavar="TOML", help="A language model that proposes more claims."
)
max_mb_option = click.option(
    "--max-mb", type=click.IntRange(min=1), default=MAX_BYTES // 1024**2, show_default=True, help="Largest input read."
)


def named() -> str | None:
    """Who is at work, if they said so."""
    by: str | None = click.get_current_context().find_root().params.get("by")
    return by


def opened(case: Path, *, create: bool = False) -> Case:
    """A case, whose log names who is at work. Raises NotFound, BadCase."""
    return Case.open(case, create=create, by=named())


def by_suffix(output: Path, formats: Sequence[Format]) -> Format:
    """Which of these formats a file's name tells. Raises UsageError where it tells none of them."""
    suffix = output.suffix.lower()
    form = _SUFFIXES.get(suffix)
    if form is not None and form in formats:
        return form
    own = ", ".join(f"{s} ({f})" for s, f in _SUFFIXES.items() if f in formats and s not in ("", ".htm"))
    more = f"; `sayso export` writes {suffix}" if suffix in EXPORTS else ""
    raise click.UsageError(f"{output}: {suffix} tells no format that is written here: {own}, or --format{more}")


@contextmanager
def progress(what: str, files: tuple[str, ...]) -> Iterator[Callable[[], None]]:
    """Counts the documents of arguments. A folder, a glob or standard input does not tell how many it holds."""
    with bar(what, len(files) if files and all(map(os.path.isfile, files)) else None) as step:
        yield step


def say_notices(ledger: Ledger) -> None:
    """Beside results for programs the notices go to standard error, each with its file and place."""
    for notice in notices(ledger):
        at = f" at character {notice.span.start:,}" if notice.span else ""
        say(f"notice: {ledger.document.ref.path}{at}: {notice.message}")


_Function = TypeVar("_Function", bound=Callable[..., Any])


_FILTERS = (
    click.argument("text", metavar="[QUERY]", required=False),
    click.option("--source", help="Only claims of this source (a piece of its name)."),
    click.option("--event", help="Only claims that speak of such an event: ASSAULT, or with a mode ASSAULT/aerial."),
    click.option("--actor", help="Only claims in which this party acts (a piece of its name or words)."),
    click.option("--recipient", help="Only claims in which something is done to this party."),
    click.option("--outlet", help="Only claims carried by this outlet (a piece of its name)."),
    click.option("--document", help="Only this document (a piece of its path or title, or its id)."),
    click.option("--kind", type=click.Choice(get_args(Kind))),
    click.option("--speech-act", type=click.Choice(get_args(SpeechAct))),
    click.option("--factuality", type=click.Choice(get_args(Factuality))),
    click.option("--anonymous", is_flag=True, help="Only claims of unnamed sources."),
    click.option("--unsourced", is_flag=True, help="Only claims without any source."),
    click.option("--since", help="Said, or else published, at or after: 2014, 2014-06 or 2014-06-21."),
    click.option("--until", help="Said, or else published, at or before."),
    click.option("--limit", type=int, help="At most so many."),
)


def asked(query: Mapping[str, Any]) -> Query:
    """What the options of `filters` ask for; what is odd in it is said. Raises BadQuery."""
    made = Query(**query)
    if notice := unclosed(made.text):
        say(f"notice: {notice}")
    return made


def filters(command: _Function) -> _Function:
    """What narrows a search: the fields of a Query, as arguments of a command."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command
