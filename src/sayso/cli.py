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
from sayso.case import MAX_BYTES, Added, Case, Checked, Evidence, hedges
from sayso.errors import SaysoError
from sayso.publish import casefile, dossier, findings, jsonl, linked, table, vettings, weighed
from sayso.publish.wording import counted, notices, one_line
from sayso.query import Query
from sayso.records import Factuality, Kind, Ledger, SpeechAct
from sayso.terminal import FAILED, MISTAKE, STOPPED, Tally, bar, complain, fail, reason, say, whole_file

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
_max_mb = click.option(
    "--max-mb", type=click.IntRange(min=1), default=MAX_BYTES // 1024**2, show_default=True, help="Largest input read."
)


_actors = click.option(
    "--actors",
    metavar="FILE",
    multiple=True,
    help="More actors and their names: an alias table (.toml) or FollowTheMoney entities.",
)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(metadata.version("sayso"), prog_name="sayso")
def cli() -> None:
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
@_max_mb
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

    FILE: text, Markdown, HTML, PDF, e-mail or JSON Lines of documents; a folder; a glob; - for standard input.
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
@click.argument("text", metavar="TEXT")
@click.argument("claims", metavar="CLAIMS.jsonl")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@_max_mb
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


@cli.command()
@_case
@_files
@_actors
@_max_mb
def add(case: Path, files: tuple[str, ...], actors: tuple[str, ...], max_mb: int) -> int:
    """Read articles into CASE (one file, made if it is not there). The same article again changes nothing.

    A line is printed for each article once it is safely on the disk.
    """
    tally, new = Tally(), 0
    with Case.open(case, create=True) as opened, _progress("adding", files) as step:
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
@click.argument("text", metavar="[QUERY]", required=False)
@click.option("--source", help="Only claims of this source (a piece of its name).")
@click.option("--event", help="Only claims that speak of such an event: ASSAULT, or with a mode ASSAULT/aerial.")
@click.option("--actor", help="Only claims in which this party acts (a piece of its name or words).")
@click.option("--recipient", help="Only claims in which something is done to this party.")
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
    with Case.open(case) as opened, closing(opened.claims(Query(**query))) as found:
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
    with Case.open(case) as opened:
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
@click.option(
    "--with", "files", metavar="FILE", multiple=True, required=True, help="An evidence table; may be repeated."
)
@click.option("--mapping", "mappings", metavar="TOML", multiple=True, help="What the columns of another table mean.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.argument("more", metavar="[FILE...]", nargs=-1)
def check(case: Path, files: tuple[str, ...], more: tuple[str, ...], mappings: tuple[str, ...], form: Format) -> int:
    """Compare the claims of CASE with evidence tables: `sayso check CASE --with FILE...`.

    FILE: UCDP GED or Dyadic, ACLED, sanctions lists of the EU, OFAC and the UN, FollowTheMoney entities; a folder,
    a glob; any other CSV with a --mapping. What a file is, its content tells. Findings are kept in CASE.
    """
    tally = Tally()
    console = Console()
    counted_ = findings.Summary()
    with Case.open(case) as opened, _progress("checking", ()) as step:
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
    with Case.open(case) as opened:
        result = opened.weigh(hypotheses)
    for notice in result.notices:
        say(f"notice: {notice}")
    if form == "json":
        sys.stdout.buffer.write(jsonl.whole(result))
    else:
        weighed.render(result, Console())
    return 0


def main() -> None:
    """The program ``sayso``."""
    if hasattr(signal, "SIGPIPE"):  # a pipe whose reader has seen enough ends us without a word, as any program
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        cli(prog_name="sayso")
    except OSError as error:  # what concerns a file was told by its name: this is the screen or the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the rest would fail again at the end
        fail(f"standard output cannot be written: {reason(error)}")


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
