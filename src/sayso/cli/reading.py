"""Commands that read and keep no case: `sayso read`, `sayso extract`.

In:   arguments.   Out: ledgers on standard output or in files, complaints, an exit code.
Knows nothing of: how anything is found.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from importlib import metadata
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

import click
from rich.console import Console

from sayso import case as application
from sayso import proposed
from sayso.case import hedges
from sayso.cli.program import (
    Format,
    actors_option,
    by_suffix,
    files_argument,
    max_mb_option,
    network_option,
    progress,
    say_notices,
    second_option,
)
from sayso.publish import dossier, jsonl, table
from sayso.publish.wording import counted
from sayso.records import Ledger
from sayso.terminal import MISTAKE, PARTLY, Tally, complain, gauge, say, whole_file

# What is done, and which step of linking it is: how long the later ones take is not known before they begin.
_DOING = {
    "read": "reading",
    "keys": "linking, step 1 of 5: keys of each article",
    "shared": "linking, step 2 of 5: which articles share keys",
    "near": "linking, step 3 of 5: which to compare",
    "compared": "linking, step 4 of 5: comparing",
    "gathered": "linking, step 5 of 5: clusters",
}


@click.command("read")
@files_argument
@click.option("--format", "form", type=click.Choice(get_args(Format)), help="Else by the suffix of -o, else table.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to the screen.")
@actors_option
@max_mb_option
@second_option
@network_option
def read_command(  # noqa: PLR0913, PLR0917 - one for each option
    files: tuple[str, ...],
    form: Format | None,
    output: Path | None,
    actors: tuple[str, ...],
    max_mb: int,
    second: str | None,
    network: bool,  # noqa: FBT001 - click passes flags
) -> int:
    """Print the ledger of one or more articles; nothing is kept.

    FILE: text, Markdown, HTML, PDF, e-mail, WARC or JSON Lines of documents; a folder; a glob; - for standard input;
    with --allow-network a web address.
    """
    form = form or (by_suffix(output, get_args(Format)) if output else "table")
    tally = Tally()
    limits: dict[str, Any] = {"max_bytes": max_mb * 1024**2, "actors": actors, "network": network}
    found = proposed.second_ledgers(files, second, **limits) if second else application.ledgers(files, **limits)
    if output is None:
        _write(tally.of(found), form, None)
        return tally.code
    with progress("reading", files) as step, whole_file(output, files) as file:
        _write(tally.of(found, step), form, file)
        if not tally.done:  # what an earlier run wrote there is left alone
            sys.exit(tally.code)
    say(f"wrote {output}")
    return tally.code


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for what is found.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one for each core if not given.")
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="ray: on a cluster."
)
@click.option("--link", is_flag=True, help="Then look for what stands between the articles.")
@actors_option
def extract(
    inputs: tuple[str, ...],
    output: Path,
    workers: int | None,
    engine: Literal["local", "ray"],
    link: bool,  # noqa: FBT001 - click passes flags
    actors: tuple[str, ...],
) -> int:
    """Read a corpus of any size; write its claims as Parquet. Run again, it goes on where it was stopped.

    INPUT: Parquet with a column "text", JSON Lines, WARC, articles in files; folders and globs of them.
    """
    from sayso import bulk  # noqa: PLC0415 - pyarrow is slow to import, and only this needs it

    code = 0
    steps = bulk.extract(inputs, output, engine=engine, workers=workers, actors=actors, link=link)
    for doing, some in groupby(steps, attrgetter("doing")):
        with gauge(_DOING[doing]) as show:
            for progress in some:
                if progress.told:
                    say(progress.told)
                words = counted(progress.items, "article", "articles") if doing == "read" else f"{progress.items:,}"
                show(progress.weight, progress.of, words, progress.seconds_left)
        if found := progress.summary:
            articles, claims = counted(found.documents, "article", "articles"), counted(found.claims, "claim", "claims")
            say(f"{output}: {articles}, {claims}")
            if found.errors:
                complain(f"{counted(found.errors, 'article was', 'articles were')} not read: see {output}/errors.jsonl")
                code = PARTLY if found.documents else MISTAKE
        if linked := progress.linked:
            clusters, edges = counted(linked.clusters, "cluster", "clusters"), counted(linked.edges, "edge", "edges")
            say(f"{output}/links: {clusters} of claims, {edges} between articles")
            if linked.errors:
                complain(f"{linked.errors:,} could not be linked: see {output}/links/errors.jsonl")
                code = code or PARTLY
    return code


def _write(found: Iterator[Ledger], form: Format, file: BinaryIO | None) -> None:
    """The ledgers in one format, each as it comes where the format allows, into ``file`` or standard output."""
    if form == "table":
        if file is None:
            table.render(found, hedges, Console())
        else:
            with io.TextIOWrapper(file, encoding="utf-8") as lines:
                table.render(found, hedges, Console(file=lines, width=120))
        return
    out = file or sys.stdout.buffer
    if form == "jsonl":
        for ledger in found:
            out.writelines(jsonl.render(ledger))
            out.flush()
            say_notices(ledger)
    elif kept := list(found):
        if form == "html":
            out.write(dossier.render(kept, hedges, version=metadata.version("sayso")).encode())
        else:
            out.write(jsonl.array(kept))
            for ledger in kept:
                say_notices(ledger)
