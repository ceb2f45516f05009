"""The command line: parse, call the application layer, render.

In:   arguments.   Out: text on standard output, complaints on standard error, an exit code.
Knows nothing of: how anything is found or kept.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any, BinaryIO, Literal, NoReturn, TypeVar, get_args

import click
from rich.console import Console

from sayso import case as application
from sayso import proposed
from sayso.case import Added, Case, Checked, Evidence, hedges
from sayso.custody import Vouched
from sayso.errors import SaysoError
from sayso.exchange import export, filters, import_, max_mb_option, vet
from sayso.publish import casefile, custody, dossier, findings, jsonl, linked, table, weighed
from sayso.publish.wording import counted, notices, one_line
from sayso.query import Query
from sayso.records import Ledger
from sayso.terminal import (
    MISTAKE,
    PARTLY,
    STOPPED,
    Tally,
    bar,
    complain,
    fail,
    gauge,
    reason,
    say,
    whole_file,
)

Format = Literal["table", "json", "jsonl", "html"]
_T = TypeVar("_T")


class _Program(click.Group):
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


_files = click.argument("files", metavar="FILE...", nargs=-1, required=True)
_case = click.argument("case", type=click.Path(path_type=Path))


_actors = click.option(
    "--actors",
    metavar="FILE",
    multiple=True,
    help="More actors and their names: an alias table (.toml) or FollowTheMoney entities.",
)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(metadata.version("sayso"), prog_name="sayso")
@click.option("--by", metavar="NAME", envvar="SAYSO_BY", help="Who is at work, for the log of a case (or SAYSO_BY).")
def cli(by: str | None) -> None:  # noqa: ARG001 - `_opened` asks for it
    """Read articles and keep a ledger of attributed claims: who says what, on whose word, with which words.

    A claim is shown as somebody's claim, never as a fact. Nothing leaves this machine.
    """
    # A terminal of a small character set shows "?" for what it lacks, and the rest is printed.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


@cli.command("read")
@_files
@click.option("--format", "form", type=click.Choice(get_args(Format)), help="Else by the suffix of -o, else table.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to the screen.")
@_actors
@max_mb_option
@click.option("--second-reader", "second", metavar="TOML", help="A language model that proposes more claims.")
@click.option("--allow-network", "network", is_flag=True, help="Articles may be sent to the second reader's address.")
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

    FILE: text, Markdown, HTML, PDF, e-mail, WARC or JSON Lines of documents; a folder; a glob; - for standard input.
    """
    tally = Tally()
    limits: dict[str, Any] = {"max_bytes": max_mb * 1024**2, "actors": actors}
    if second is None:
        found = application.ledgers(files, **limits)
    else:
        found = proposed.second_ledgers(files, second, network=network, **limits)
    if output is None:
        _write(tally.of(found), form or "table", None)
        return tally.code
    with _progress("reading", files) as step, whole_file(output, files) as file:
        _write(tally.of(found, step), form or _by_suffix(output), file)
        if not tally.done:  # what an earlier run wrote there is left alone
            sys.exit(tally.code)
    say(f"wrote {output}")
    return tally.code


@cli.command()
@_case
@_files
@_actors
@max_mb_option
def add(case: Path, files: tuple[str, ...], actors: tuple[str, ...], max_mb: int) -> int:
    """Read articles into CASE (one file, made if it is not there). The same article again changes nothing.

    A line is printed for each article once it is safely on the disk.
    """
    tally, new = Tally(), 0
    with _opened(case, create=True) as opened, _progress("adding", files) as step:
        for added in tally.of(opened.add(files, max_bytes=max_mb * 1024**2, actors=actors), step):
            sys.stdout.write(f"{added.ledger.document.ref.id}  {_outcome(added)}\n")
            sys.stdout.flush()
            if added.new:
                new += 1
                _say_notices(added.ledger)
    others = {"already there": tally.done - new, "not read": tally.failed}
    say(", ".join([f"{new:,} added", *(f"{number:,} {what}" for what, number in others.items() if number)]))
    return tally.code


@cli.command()
@_case
@filters
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def claims(case: Path, form: Format, **query: Any) -> None:
    """Search the claims of CASE.

    QUERY: words that must all occur; "a phrase" in quotation marks; word* for its beginnings.
    """
    with _opened(case) as opened, closing(opened.claims(Query(**query))) as found:
        if form == "table":
            table.render_claims(found, hedges, Console())
        elif form == "json":
            sys.stdout.buffer.write(jsonl.array_of(found))
        else:
            sys.stdout.buffer.writelines(map(jsonl.line, found))


@cli.command()
@_case
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl", "html"]), help="Else by the suffix of -o, else table."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to the screen.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many of each sort in the table.")
def link(case: Path, form: Format | None, output: Path | None, limit: int | None) -> int:
    """Find what stands between the articles of CASE: copies, the same claim, its origins, what differs.

    Only articles that were added since are compared; where nothing was, what was found is printed again. As html it is
    the dossier of the case: one page with a timeline, the origins of each claim and who cites whom.
    """
    with _opened(case) as opened:
        with bar("linking", opened.unlinked()) as step:
            for _ in opened.link():
                step()
        if output is None:
            _write_links(opened, form or "table", limit, None)
        else:
            with whole_file(output, (str(case),)) as file:
                _write_links(opened, form or _by_suffix(output), limit, file)
            say(f"wrote {output}")
    return 0


@cli.command()
@_case
@click.option("--with", "files", metavar="FILE", multiple=True, help="An evidence table; may be repeated.")
@click.option("--mapping", "mappings", metavar="TOML", multiple=True, help="What the columns of another table mean.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.argument("more", metavar="[FILE...]", nargs=-1)
def check(case: Path, files: tuple[str, ...], more: tuple[str, ...], mappings: tuple[str, ...], form: Format) -> int:
    """Compare the claims of CASE with evidence tables: `sayso check CASE --with FILE...`.

    FILE: UCDP GED or Dyadic, ACLED, sanctions lists of the EU, OFAC and the UN, OpenSanctions, FollowTheMoney,
    published fact-checks; a folder, a glob; any other CSV with a --mapping. What a file is, its content tells. Tables
    and findings are kept in CASE; without FILE the tables that it has are asked.
    """
    tally = Tally()
    console = Console()
    counted_ = findings.Summary()
    with _opened(case) as opened, _progress("checking", ()) as step:
        for result in tally.of(opened.check([*files, *more], mappings=mappings), step):
            if isinstance(result, Evidence):
                say(findings.evidence(result.table, result.format, result.version, result.rows))
                for notice in result.notices:
                    say(f"notice: {notice.message}")
            elif isinstance(result, Checked):
                counted_.add(result.findings)
                if form == "jsonl":
                    sys.stdout.buffer.writelines(map(jsonl.line, result.findings))
                elif result.findings:
                    findings.render(result.document, result.claims, result.findings, console)
    if tally.done:
        say(str(counted_))
    return tally.code


@cli.command()
@_case
@click.argument("hypotheses", metavar="HYPOTHESES.toml")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def weigh(case: Path, hypotheses: str, form: Format) -> int:
    """Add up what evidence in CASE says on the hypotheses of a TOML file, counted by origins and not by articles.

    Hypotheses and likelihoods are yours; every number is printed with its reasons. Run `sayso link` before.
    """
    with _opened(case) as opened:
        result = opened.weigh(hypotheses)
    for notice in result.notices:
        say(f"notice: {notice}")
    if form == "json":
        sys.stdout.buffer.write(jsonl.whole(result))
    else:
        weighed.render(result, Console())
    return 0


@cli.command()
@_case
@click.option("--expect", metavar="HASH", help="An entry's hash, noted earlier: it must still be in the log.")
@click.option("--log", "show_log", is_flag=True, help="Print the log as well, one entry a line.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def verify(case: Path, expect: str | None, form: Format, *, show_log: bool) -> int:
    """Hash everything in CASE again: is it unchanged since it was kept? Exit code 1 on any difference.

    Originals, texts, claims and the log of what was done are compared with the hashes of that log. Whoever can write to
    the file could make a new log: note the last hash elsewhere, and give it with --expect later.
    """
    with _opened(case) as opened, bar("verifying", None) as step:
        entries = list(opened.custody())
        vouched = []
        for each in opened.verify():
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


@cli.command("recover")
@_case
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The new case.")
def recover_command(case: Path, output: Path) -> int:
    """Save what can still be read of a damaged CASE into a new one. The damaged file is not touched."""
    saved = []
    with bar("recovering", None) as step:
        for document in application.recovered(case, output, by=_by()):
            step()
            saved.append(document)
            sys.stdout.write(custody.saved(document) + "\n")
    lost = sum(document.lost for document in saved)
    say(f"wrote {output}: {counted(len(saved) - lost, 'document', 'documents')}" + (f", {lost:,} lost" if lost else ""))
    return PARTLY if lost or any(document.whole is False for document in saved) else 0


@cli.command()
@_case
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen. At any other address than this one, other machines can reach it.",
)
@click.option("--port", type=click.IntRange(0, 65535), help="Else the first that is free from 8642 on.")
@click.option("--open", "browser", is_flag=True, help="Open it in the browser.")
@click.option("--reviewer", metavar="NAME", help="Under which name judgements are kept; else the page asks.")
@click.option("--example", is_flag=True, help="Make CASE first, of the invented articles that come with sayso.")
@click.option("--hypotheses", metavar="TOML", multiple=True, help="Hypotheses to be weighed there; not kept in CASE.")
def serve(case: Path, *, example: bool, hypotheses: tuple[str, ...], **settings: Any) -> int:
    """Open CASE as a page for reading and reviewing, in a browser on this machine.

    The address that is printed holds a token that is good once. Nothing is loaded from elsewhere or sent anywhere.
    """
    from sayso.serve.example import make_example  # noqa: PLC0415 - as below
    from sayso.serve.run import serve as run  # noqa: PLC0415 - Starlette and uvicorn are slow to import

    asked = [application.hypotheses_of(file) for file in hypotheses]
    if example:
        make_example(case, say)
    run(case, **settings, hypotheses=asked, say=say)
    return 0


@cli.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for what is found.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one for each core if not given.")
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="ray: on a cluster."
)
@_actors
def extract(
    inputs: tuple[str, ...], output: Path, workers: int | None, engine: Literal["local", "ray"], actors: tuple[str, ...]
) -> int:
    """Read a corpus of any size; write its claims as Parquet. Run again, it goes on where it was stopped.

    INPUT: Parquet with a column "text", JSON Lines, WARC, articles in files; folders and globs of them.
    """
    from sayso import bulk  # noqa: PLC0415 - pyarrow is slow to import, and only this needs it

    with gauge("reading") as show:
        for progress in bulk.extract(inputs, output, engine=engine, workers=workers, actors=actors):
            if progress.told:
                say(progress.told)
            show(progress.weight, progress.of, progress.articles, progress.seconds_left)
    if (found := progress.summary) is None:
        raise AssertionError("an extraction ends with its summary")
    documents, of_them = counted(found.documents, "article", "articles"), counted(found.claims, "claim", "claims")
    say(f"{output}: {documents}, {of_them}")
    if found.errors:
        complain(f"{counted(found.errors, 'article was', 'articles were')} not read: see {output}/errors.jsonl")
    return (PARTLY if found.documents else MISTAKE) if found.errors else 0


cli.add_command(export)
cli.add_command(import_)
cli.add_command(vet)


def main() -> None:
    """The program ``sayso``."""
    if hasattr(signal, "SIGPIPE"):  # a pipe whose reader has seen enough ends us without a word, as any program
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        cli(prog_name="sayso")
    except OSError as error:  # what concerns a file was told by its name: this is the screen or the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the rest would fail again at the end
        fail(f"standard output cannot be written: {reason(error)}")


def _by() -> str | None:
    by: str | None = click.get_current_context().find_root().params.get("by")
    return by


def _opened(case: Path, *, create: bool = False) -> Case:
    return Case.open(case, create=create, by=_by())


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
            _say_notices(ledger)
    elif kept := list(found):
        if form == "html":
            out.write(dossier.render(kept, hedges, version=metadata.version("sayso")).encode())
        else:
            out.write(jsonl.array(kept))
            for ledger in kept:
                _say_notices(ledger)


def _write_links(case: Case, form: Format, limit: int | None, file: BinaryIO | None) -> None:
    """The links of a case in one format, into ``file`` or standard output."""
    out = file or sys.stdout.buffer
    documents = [kept.document for kept in case.documents()]
    if form in ("json", "jsonl"):
        out.writelines(map(jsonl.line, case.links()))
    elif form == "html":
        ledgers = [case.ledger(document.id) for document in documents]
        page = casefile.render(documents, ledgers, case.links(), hedges, version=metadata.version("sayso"))
        out.write(page.encode())
    else:
        known = {document.id: document for document in documents}
        if file is None:
            linked.render(case.links(), known, case.claim, Console(), limit=limit)
        else:
            with io.TextIOWrapper(file, encoding="utf-8") as lines:
                linked.render(case.links(), known, case.claim, Console(file=lines, width=120), limit=limit)


def _outcome(added: Added) -> str:
    if added.new:
        return f"{counted(len(added.ledger.claims), 'claim', 'claims')}  {one_line(added.path)}"
    first = added.ledger.document.ref.path
    return f"already there  {one_line(added.path)}" + (f" (as {one_line(first)})" if first != added.path else "")


def _by_suffix(output: Path) -> Format:
    suffixes: dict[str, Format] = {".json": "json", ".jsonl": "jsonl", ".html": "html", ".htm": "html"}
    return suffixes.get(output.suffix.lower(), "table")


@contextmanager
def _progress(what: str, files: tuple[str, ...]) -> Iterator[Callable[[], None]]:
    """Counts the documents of arguments. A folder, a glob or standard input does not tell how many it holds."""
    with bar(what, len(files) if all(map(os.path.isfile, files)) else None) as step:
        yield step


def _say_notices(ledger: Ledger) -> None:
    """Beside results for programs the notices go to standard error, each with its file and place."""
    for notice in notices(ledger):
        at = f" at character {notice.span.start:,}" if notice.span else ""
        say(f"notice: {ledger.document.ref.path}{at}: {notice.message}")
