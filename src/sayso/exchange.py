"""The commands that deal with other programs: `sayso export`, `sayso import`, `sayso vet`.

In:   arguments.   Out: files that appear whole, complaints, an exit code.
Knows nothing of: formats (export, imports).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import click
from rich.console import Console

from sayso import proposed
from sayso.case import MAX_BYTES, Case, Taken, hedges
from sayso.errors import SaysoError
from sayso.export import FORMATS, Folder, Selection, Whole
from sayso.publish import jsonl, vettings
from sayso.publish.wording import counted, one_line
from sayso.query import Query
from sayso.records import Factuality, Kind, SpeechAct
from sayso.terminal import FAILED, Tally, bar, say, whole_file, whole_folder

max_mb_option = click.option(
    "--max-mb", type=click.IntRange(min=1), default=MAX_BYTES // 1024**2, show_default=True, help="Largest input read."
)

_Function = TypeVar("_Function", bound=Callable[..., Any])

_FILTERS = (
    click.argument("text", metavar="[QUERY]", required=False),
    click.option("--source", help="Only claims of this source (a piece of its name)."),
    click.option("--event", help="Only claims that speak of such an event: ASSAULT, or with a mode ASSAULT/aerial."),
    click.option("--actor", help="Only claims in which this party acts (a piece of its name or words)."),
    click.option("--recipient", help="Only claims in which something is done to this party."),
    click.option("--outlet", help="Only claims carried by this outlet (a piece of its name)."),
    click.option("--document", help="Only this document (its id or a piece of its path)."),
    click.option("--kind", type=click.Choice(get_args(Kind))),
    click.option("--speech-act", type=click.Choice(get_args(SpeechAct))),
    click.option("--factuality", type=click.Choice(get_args(Factuality))),
    click.option("--anonymous", is_flag=True, help="Only claims of unnamed sources."),
    click.option("--unsourced", is_flag=True, help="Only claims without any source."),
    click.option("--since", help="Said, or else published, at or after: 2014, 2014-06 or 2014-06-21."),
    click.option("--until", help="Said, or else published, at or before."),
    click.option("--limit", type=int, help="At most so many."),
)

_SUFFIXES = {
    ".xlsx": "xlsx", ".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet", ".md": "markdown", ".html": "html",
    ".graphml": "graphml", ".argdown": "argdown",
}  # fmt: skip


def filters(command: _Function) -> _Function:
    """What narrows a search: the fields of a Query, as arguments of a command."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@filters
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Else by the suffix of -o.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write there: a file, for brat a folder.")
@click.option("--reviewed", is_flag=True, help="With people's values in place, without what they rejected.")
@click.option("--hypotheses", metavar="FILE", help="The file of hypotheses whose map argdown draws.")
def export(
    case: Path, form: str | None, output: Path | None, hypotheses: str | None, *, reviewed: bool, **query: Any
) -> None:
    """Write CASE, or what a search finds in it, in a format for other programs or people.

    QUERY and the options that narrow are those of `sayso claims`. Wherever words stand, who says them stands before
    them. The same case gives the same file.
    """
    name = form or _SUFFIXES.get(output.suffix.lower() if output else "")
    if name is None:
        raise click.UsageError(f"no --format, and {output or 'no file'} does not tell it")
    if hypotheses is not None and name != "argdown":
        raise click.UsageError(f"--hypotheses goes with --format argdown, not with {name}")
    with Case.open(case) as opened:
        weighed = opened.weigh(hypotheses) if hypotheses is not None else None
        chosen = Selection(
            opened,
            Query(**query),
            hedges=hedges,
            version=metadata.version("sayso"),
            reviewed=reviewed,
            weighed=weighed,
        )
        _write(chosen, name, case, output)
    if output is not None:
        say(f"wrote {output}")


def _write(selection: Selection, name: str, case: Path, output: Path | None) -> None:
    match FORMATS[name]:
        case Folder(files):
            if output is None:
                raise click.UsageError(f"{name} is a folder of files: name it with -o")
            with whole_folder(output) as folder:
                for file, raw in files(selection):
                    (folder / file).write_bytes(raw)
        case Whole(write) if output is not None:
            with whole_file(output, (str(case),)) as out:
                write(selection, out)
        case Whole(write):
            if name in ("xlsx", "parquet") and sys.stdout.isatty():
                raise click.UsageError(f"{name} is nothing to look at on a screen: name a file with -o")
            write(selection, sys.stdout.buffer)


@click.command("import")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--by", metavar="NAME", help="Whose rulings they are, where a file does not say.")
def import_(case: Path, files: tuple[str, ...], by: str | None) -> int:
    """Take into CASE what another program or another case wrote. The same file again changes nothing.

    FILE: ledgers or judgements of another case, Web Annotations and Hypothesis, a brat folder, what LangExtract found,
    actors as FollowTheMoney entities, web archives, sheets of Auto Archiver. What a file is, its content tells.
    """
    tally = Tally()
    new: Counter[str] = Counter()
    again = 0
    with Case.open(case, create=True) as opened, bar("importing", None) as step:
        for taken in tally.of((taken for file in files for taken in _taken(opened, file, by)), step):
            if taken.new:
                new[taken.what] += 1
                sys.stdout.write(f"{taken.id}  {taken.what}  {one_line(taken.name)}\n")
            else:
                again += 1
    parts = [counted(count, *_COUNTED[what]) for what, count in new.items()]
    parts += [f"{again:,} already there"] if again else []
    parts += [f"{tally.failed:,} not taken"] if tally.failed else []
    say(", ".join(parts) or "nothing new")
    return tally.code


_COUNTED = {
    "document": ("document", "documents"),
    "judgement": ("judgement", "judgements"),
    "actors": ("file of actors", "files of actors"),
}


def _taken(case: Case, file: str, by: str | None) -> Iterator[Taken | SaysoError]:
    try:
        yield from case.take(file, by=by)
    except SaysoError as error:
        yield error


@click.command()
@click.argument("text", metavar="TEXT")
@click.argument("claims", metavar="CLAIMS.jsonl")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@max_mb_option
def vet(text: str, claims: str, form: Literal["table", "jsonl"], max_mb: int) -> int:
    """Tell whether claims that another program made are faithful to TEXT, field by field. Exit 1 if one is not.

    CLAIMS: JSON Lines of objects with at least "content", and "source", "cue", "said_at" … where they have them;
    sayso's own records; LangExtract's output. Faithful means that the text has it so, not that it is so.
    """
    tally, console, summary = Tally(), Console(), vettings.Summary()
    for found in tally.of(proposed.vet_file(text, claims, max_bytes=max_mb * 1024**2)):
        summary.add(found)
        if form == "jsonl":
            sys.stdout.buffer.write(jsonl.line(found))
        else:
            vettings.render(found, console)
    say(str(summary))
    return FAILED if summary.unfaithful else tally.code
