"""The commands that deal with other programs: `sayso export`, `sayso import`, `sayso vet`.

In:   arguments.   Out: files that appear whole, complaints, an exit code.
Knows nothing of: formats (export, imports).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

import click
from rich.console import Console

from sayso import proposed
from sayso.case import Case, Taken, hedges
from sayso.cli.program import EXPORTS, asked, case_argument, filters, max_mb_option, opened, say_notices
from sayso.errors import SaysoError
from sayso.export import FORMATS, Folder, Selection, Whole
from sayso.publish import jsonl, vettings
from sayso.publish.wording import counted, one_line
from sayso.terminal import FAILED, Tally, bar, say, whole_file, whole_folder


@click.command()
@case_argument
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
    name = form or EXPORTS.get(output.suffix.lower() if output else "")
    if name is None:
        told = f"{output} does not tell it" if output else "no -o FILE that tells it"
        raise click.UsageError(f"no --format, and {told}")
    if hypotheses is not None and name != "argdown":
        raise click.UsageError(f"--hypotheses goes with --format argdown, not with {name}")
    with opened(case) as case_:
        weighed = case_.weigh(hypotheses) if hypotheses is not None else None
        chosen = Selection(
            case_,
            asked(query),
            hedges=hedges,
            version=metadata.version("sayso"),
            reviewed=reviewed,
            weighed=weighed,
        )
        _write(chosen, name, case, output)
        if case_.overruled():
            say("notice: people ruled on claims after the links: run `sayso link`, or groups are left out or as before")
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
@case_argument
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
    with opened(case, create=True) as case_, bar("importing", None) as step:
        for taken in tally.of((taken for file in files for taken in _taken(case_, file, by)), step):
            if taken.new:
                new[taken.what] += 1
                sys.stdout.write(f"{taken.id}  {taken.what}  {one_line(taken.name)}\n")
                if taken.ledger is not None:
                    say_notices(taken.ledger)
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
