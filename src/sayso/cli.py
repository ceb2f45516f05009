"""The command line: parse, call the application layer, render.

In:   arguments.   Out: text on standard output, complaints on standard error, an exit code.
Knows nothing of: how anything is found or kept.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar, get_args

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sayso import case as application
from sayso.case import MAX_BYTES, Case, hedges
from sayso.errors import SaysoError
from sayso.publish import dossier, jsonl, table
from sayso.query import Query
from sayso.records import Claim, Factuality, Kind, Ledger, SpeechAct

Format = Literal["table", "json", "jsonl", "html"]
_T = TypeVar("_T")

_MISTAKE, _PARTLY = 2, 3

_files = click.argument("files", metavar="FILE...", nargs=-1, required=True)
_max_mb = click.option(
    "--max-mb", type=click.IntRange(min=1), default=MAX_BYTES // 1024**2, show_default=True, help="Largest input read."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(metadata.version("sayso"), prog_name="sayso")
def cli() -> None:
    """Read articles and keep a ledger of attributed claims: who says what, on whose word, with which words.

    A claim is shown as somebody's claim, never as a fact. Nothing leaves this machine.
    """


@cli.command("read")
@_files
@click.option("--format", "form", type=click.Choice(get_args(Format)), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to the screen.")
@_max_mb
def read_command(files: tuple[str, ...], form: Format, output: Path | None, max_mb: int) -> None:
    """Print the ledger of one or more articles; nothing is kept.

    FILE: text, Markdown, HTML, PDF, e-mail or JSON Lines of documents; a folder; a glob; - for standard input.
    """
    tally = _Tally()
    found = tally.of(application.ledgers(files, max_bytes=max_mb * 1024**2))
    with _progress("reading", quiet=form == "table" and output is None) as step, _output(output) as write:
        _write_ledgers((step(ledger) for ledger in found), form, write, tty=output is None)
    if output is not None and tally.done:
        click.echo(f"wrote {output}", err=True)
    sys.exit(tally.code)


@cli.command()
@click.argument("case", type=click.Path(path_type=Path))
@_files
@_max_mb
def add(case: Path, files: tuple[str, ...], max_mb: int) -> None:
    """Read articles into CASE (one file, made if it is not there). The same article again changes nothing.

    A line is printed for each article once it is safely on the disk.
    """
    tally = _Tally()
    with _mistakes(), Case.open(case, create=True) as opened, _progress("adding", quiet=False) as step:
        for added in tally.of(opened.add(files, max_bytes=max_mb * 1024**2)):
            ref, count = added.ledger.document.ref, len(added.ledger.claims)
            state = f"{count} claims" if added.new else "already there"
            click.echo(f"{step(added).ledger.document.ref.id}  {state}  {ref.path}")
            sys.stdout.flush()
    sys.exit(tally.code)


@cli.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("text", metavar="[QUERY]", required=False)
@click.option("--source", help="Only claims of this source (a piece of its name).")
@click.option("--outlet", help="Only claims carried by this outlet (a piece of its name).")
@click.option("--document", help="Only this document (its id or a piece of its path).")
@click.option("--kind", type=click.Choice(get_args(Kind)))
@click.option("--speech-act", type=click.Choice(get_args(SpeechAct)))
@click.option("--factuality", type=click.Choice(get_args(Factuality)))
@click.option("--anonymous", is_flag=True, help="Only claims of unnamed sources.")
@click.option("--unsourced", is_flag=True, help="Only claims without any source.")
@click.option("--since", help="Said, or else published, at or after: 2014, 2014-06 or 2014-06-21.")
@click.option("--until", help="Said, or else published, at or before.")
@click.option("--limit", type=int, help="At most so many.")
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def claims(case: Path, form: Format, **query: Any) -> None:
    """Search the claims of CASE.

    QUERY: words that must all occur; "a phrase" in quotation marks; word* for its beginnings.
    """
    with _mistakes(), Case.open(case) as opened:
        found = opened.claims(Query(**query))
        if form == "table":
            _forgiving_stdout()
            table.render_claims(found, hedges, Console())
        else:
            _write_claims(found, form)


def main() -> None:
    """The program ``sayso``."""
    cli(prog_name="sayso")


class _Tally:
    """Passes on what was done, complains on standard error of what was not, and knows the exit code."""

    def __init__(self) -> None:
        self.done = 0
        self.failed = 0

    def of(self, results: Iterable[_T | SaysoError]) -> Iterator[_T]:
        for result in results:
            if isinstance(result, SaysoError):
                self.failed += 1
                click.echo(f"sayso: {result}", err=True)
            else:
                self.done += 1
                yield result

    @property
    def code(self) -> int:
        """0 all done; 3 a part could not be read; 2 nothing could."""
        if not self.failed:
            return 0
        return _PARTLY if self.done else _MISTAKE


def _write_ledgers(found: Iterable[Ledger], form: Format, write: Callable[[bytes], object], *, tty: bool) -> None:
    if form == "table":
        _forgiving_stdout()
        if tty:
            table.render(found, hedges, Console())
        else:
            plain = io.StringIO()
            table.render(found, hedges, Console(file=plain, width=120))
            write(plain.getvalue().encode())
        return
    if form == "html":
        write(dossier.render(list(found), hedges, version=metadata.version("sayso")).encode())
        return
    if form == "json":
        kept = list(found)
        write(jsonl.array(kept))
        _notices(kept)
        return
    for ledger in found:
        for line in jsonl.render(ledger):
            write(line)
        _notices([ledger])


def _write_claims(found: Iterable[Claim], form: Format) -> None:
    write = sys.stdout.buffer.write
    if form == "json":
        write(jsonl.array_of(found))
    else:
        for claim in found:
            write(jsonl.line(claim))


def _notices(kept: Iterable[Ledger]) -> None:
    """In a pipe the notices go to standard error, each with its file and place."""
    for ledger in kept:
        for notice in ledger.notices:
            at = f" at {notice.span.start}" if notice.span else ""
            click.echo(f"notice: {ledger.document.ref.path}{at}: {notice.message}", err=True)


@contextmanager
def _output(path: Path | None) -> Iterator[Callable[[bytes], object]]:
    """Standard output, or a file that appears whole or not at all."""
    if path is None:
        yield sys.stdout.buffer.write
        sys.stdout.buffer.flush()
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        _fail(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}; give another place with -o")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file.write
        os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101 (a temporary file is private; the result is an ordinary one)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _progress(what: str, *, quiet: bool) -> Iterator[Callable[[Any], Any]]:
    """Counts documents on the screen while they pass; nothing where standard error is no terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        with nullcontext():
            yield lambda thing: thing
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)

        def step(thing: Any) -> Any:
            bar.advance(task)
            return thing

        yield step


@contextmanager
def _mistakes() -> Iterator[None]:
    """One clear line and exit code 2 for what the user can mend."""
    try:
        yield
    except SaysoError as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    click.echo(f"sayso: {message}", err=True)
    sys.exit(_MISTAKE)


def _forgiving_stdout() -> None:
    """A terminal of a small character set shows "?" for what it lacks, and the rest is printed."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")
