"""Commands for those who have to trust a case: `sayso verify`, `recover`, `reread`.

In:   arguments.   Out: what is as it was kept and what is not, what was saved; an exit code.
Knows nothing of: hashes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click
from rich.console import Console

from sayso import case as application
from sayso.cli.program import (
    Format,
    case_argument,
    named,
    opened,
)
from sayso.custody import Vouched
from sayso.publish import custody, jsonl
from sayso.publish.wording import counted
from sayso.terminal import PARTLY, Tally, bar, say


@click.command()
@case_argument
@click.option("--expect", metavar="HASH", help="An entry's hash, noted earlier: it must still be in the log.")
@click.option("--log", "show_log", is_flag=True, help="Print the log as well, one entry a line.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def verify(case: Path, expect: str | None, form: Format, *, show_log: bool) -> int:
    """Hash everything in CASE again: is it unchanged since it was kept? Exit code 1 on any difference.

    Originals, texts, claims and the log of what was done are compared with the hashes of that log. Whoever can write to
    the file could make a new log: note the last hash elsewhere, and give it with --expect later.
    """
    with opened(case) as case_, bar("verifying", None) as step:
        entries = list(case_.custody())
        vouched = []
        for each in case_.verify():
            step()
            vouched.append(each)
    if expect and not any(entry.hash == expect.lower() for entry in entries):
        difference = "not in the log: it is another log than the one that this hash was noted from"
        vouched.insert(0, Vouched(what="entry", about=expect, difference=difference))
    told = custody.Verified.of(vouched, entries)
    log = entries if show_log else []
    if form == "jsonl":
        sys.stdout.buffer.writelines(custody.lines(log, told))
    else:
        custody.render(log, told, entries, Console())
    return 1 if told.differences else 0


@click.command("recover")
@case_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The new case.")
def recover_command(case: Path, output: Path) -> int:
    """Save what can still be read of a damaged CASE into a new one. The damaged file is not touched."""
    saved = []
    with bar("recovering", None) as step:
        for document in application.recovered(case, output, by=named()):
            step()
            saved.append(document)
            sys.stdout.write(custody.saved(document) + "\n")
    lost = sum(document.lost for document in saved)
    say(f"wrote {output}: {counted(len(saved) - lost, 'document', 'documents')}" + (f", {lost:,} lost" if lost else ""))
    return PARTLY if lost or any(document.whole is False for document in saved) else 0


@click.command("reread")
@case_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The new case.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def reread_command(case: Path, output: Path, form: Literal["table", "jsonl"]) -> int:
    """Read the articles of CASE again, as sayso reads today, into a new case, and tell what is otherwise.

    They are read from the bytes that were kept; CASE stays as it is. Judgements come along. Run link and check after.
    """
    tally = Tally()
    with bar("reading", None) as step:
        for document in tally.of(application.reread(case, output, by=named()), step):
            sys.stdout.write(custody.reread(document) if form == "table" else jsonl.line(document).decode())
            sys.stdout.flush()
    return tally.code
