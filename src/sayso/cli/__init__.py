"""The command line: parse, call the application layer, render.

In:   arguments.   Out: text on standard output, complaints on standard error, an exit code.
Knows nothing of: how anything is found or kept.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from importlib import metadata

import click

from sayso.case.reading import READER_VARIABLE
from sayso.cli import desk, exchange, keeping, reading
from sayso.cli.program import Program
from sayso.terminal import fail, reason


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(metadata.version("sayso"), prog_name="sayso")
@click.option("--by", metavar="NAME", envvar="SAYSO_BY", help="Who is at work, for the log of a case (or SAYSO_BY).")
@click.option(
    "--reader",
    metavar="NAME",
    envvar=READER_VARIABLE,
    help="The reader that reads: reader-en, reader-en-fast or one of your own (or SAYSO_READER).  [default: reader-en]",
)
def cli(by: str | None, reader: str | None) -> None:  # noqa: ARG001 - `program.named` asks who it is
    """Read articles and keep a ledger of attributed claims: who says what, on whose word, with which words.

    A claim is shown as somebody's claim, never as a fact. Nothing leaves this machine unasked.
    """
    if reader:
        os.environ[READER_VARIABLE] = reader  # for the processes that this one begins, too
    # A terminal of a small character set shows "?" for what it lacks, and the rest is printed.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


for command in (
    reading.read_command,
    desk.add,
    desk.claims,
    desk.link,
    desk.check,
    desk.weigh,
    desk.serve,
    exchange.export,
    exchange.import_,
    exchange.vet,
    reading.extract,
    keeping.verify,
    keeping.recover_command,
    keeping.reread_command,
):
    cli.add_command(command)


def main() -> None:
    """The program ``sayso``."""
    if hasattr(signal, "SIGPIPE"):  # a pipe whose reader has seen enough ends us without a word, as any program
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        cli(prog_name="sayso")
    except OSError as error:  # what concerns a file was told by its name: this is the screen or the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the rest would fail again at the end
        fail(f"standard output cannot be written: {reason(error)}")
