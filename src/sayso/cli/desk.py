"""Commands on a case: add, search, link, check, weigh, and the page.

In:   arguments.   Out: text on standard output, complaints on standard error, an exit code.
Knows nothing of: how anything is found or kept.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import metadata
from pathlib import Path
from typing import Any, BinaryIO

import click
from rich.console import Console

from sayso import case as application
from sayso import proposed
from sayso.case import Added, Case, Checked, Evidence, hedges
from sayso.cli.program import (
    Format,
    actors_option,
    asked,
    by_suffix,
    case_argument,
    files_argument,
    filters,
    max_mb_option,
    named,
    network_option,
    opened,
    progress,
    say_notices,
    second_option,
)
from sayso.errors import SaysoError
from sayso.publish import casefile, findings, jsonl, linked, reckoning, table, weighed
from sayso.publish.wording import counted, one_line
from sayso.terminal import Tally, bar, say, whole_file
from sayso.weigh import Weighed
from sayso.weigh.hypotheses import Hypotheses

_OF_LINKS: tuple[Format, ...] = ("table", "jsonl", "html")
_OF_WEIGHING: tuple[Format, ...] = ("table", "json", "html")


@click.command()
@case_argument
@files_argument
@actors_option
@max_mb_option
@second_option
@network_option
def add(
    case: Path,
    files: tuple[str, ...],
    actors: tuple[str, ...],
    max_mb: int,
    second: str | None,
    network: bool,  # noqa: FBT001 - click passes flags
) -> int:
    """Read articles into CASE (one file, made if it is not there). The same article again changes nothing.

    A line is printed for each article once it is safely on the disk.
    """
    tally, new = Tally(), 0
    proposing = proposed.SecondReading(second, network=network) if second else None
    with opened(case, create=True) as case_, progress("adding", files) as step:
        found = case_.add(files, max_bytes=max_mb * 1024**2, actors=actors, network=network, second=proposing)
        for added in tally.of(_with_faults(found, proposing), step):
            sys.stdout.write(f"{added.ledger.document.ref.id}  {_outcome(added)}\n")
            sys.stdout.flush()
            if added.new:
                new += 1
                say_notices(added.ledger)
    others = {"already there": tally.done - new, "not read": tally.failed}
    say(", ".join([f"{new:,} added", *(f"{number:,} {what}" for what, number in others.items() if number)]))
    return tally.code


def _with_faults(
    found: Iterator[Added | SaysoError], second: proposed.SecondReading | None
) -> Iterator[Added | SaysoError]:
    """Each document, and what its second reader could not do."""
    for added in found:
        yield added
        yield from second.faults() if second is not None else ()


@click.command()
@case_argument
@filters
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True)
def claims(case: Path, form: Format, **query: Any) -> None:
    """Search the claims of CASE.

    QUERY: words that must all occur; "a phrase" in quotation marks; word* for its beginnings.
    """
    with opened(case) as case_, closing(case_.claims(asked(query))) as found:
        if form == "table":
            table.render_claims(found, hedges, Console())
        elif form == "json":
            sys.stdout.buffer.write(jsonl.array_of(found))
        else:
            sys.stdout.buffer.writelines(map(jsonl.line, found))


@click.command()
@case_argument
@click.option("--format", "form", type=click.Choice(_OF_LINKS), help="Else by the suffix of -o, else table.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to the screen.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many of each sort in the table.")
@click.option("--hypotheses", metavar="TOML", multiple=True, help="To be weighed in the dossier; may be repeated.")
def link(case: Path, form: Format | None, output: Path | None, limit: int | None, hypotheses: tuple[str, ...]) -> int:
    """Find what stands between the articles of CASE: copies, the same claim, its origins, what differs.

    Only articles that were added since are compared; where nothing was, what was found is printed again. As html it is
    the dossier of the case: one page with a timeline, the origins of each claim, who cites whom, the findings of
    `sayso check`, and what files of hypotheses come to.
    """
    form = form or (by_suffix(output, _OF_LINKS) if output else "table")
    if hypotheses and form != "html":
        raise click.UsageError("--hypotheses is for the dossier: add -o OUT.html, or use `sayso weigh`")
    weighed_too = [application.hypotheses_of(file) for file in hypotheses]
    with opened(case) as case_:
        with bar("linking", case_.unlinked() + case_.overruled()) as step:
            for _ in case_.link():
                step()
        if output is None:
            _write_links(case_, form, limit, weighed_too, None)
        else:
            with whole_file(output, (str(case), *hypotheses)) as file:
                _write_links(case_, form, limit, weighed_too, file)
            say(f"wrote {output}")
    return 0


@click.command()
@case_argument
@click.option("--with", "files", metavar="FILE", multiple=True, help="An evidence table; may be repeated.")
@click.option("--mapping", "mappings", metavar="TOML", multiple=True, help="What the columns of another table mean.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("--verbose", is_flag=True, help="Each claim that asked nothing of the tables, and why.")
@click.argument("more", metavar="[FILE...]", nargs=-1)
def check(
    case: Path,
    files: tuple[str, ...],
    more: tuple[str, ...],
    mappings: tuple[str, ...],
    form: Format,
    *,
    verbose: bool,
) -> int:
    """Compare the claims of CASE with evidence tables: `sayso check CASE --with FILE...`.

    FILE: UCDP GED or Dyadic, ACLED, sanctions lists of the EU, OFAC and the UN, OpenSanctions, FollowTheMoney,
    published fact-checks; a folder, a glob; any other CSV with a --mapping. What a file is, its content tells. Tables
    and findings are kept in CASE; without FILE the tables that it has are asked.
    """
    tally = Tally()
    console = Console()
    counted_ = findings.Summary()
    with opened(case) as case_, progress("checking", ()) as step:
        for result in tally.of(case_.check([*files, *more], mappings=mappings), step):
            if isinstance(result, Evidence):
                say(findings.evidence(result.table, result.format, result.version, result.rows))
                for notice in result.notices:
                    say(f"notice: {notice.message}")
            elif isinstance(result, Checked):
                counted_.add(result.findings, result.unasked)
                if form == "jsonl":
                    sys.stdout.buffer.writelines(map(jsonl.line, result.findings))
                elif result.findings:
                    findings.render(result.document, result.claims, result.findings, console)
                if verbose and form == "table" and result.unasked:
                    findings.render_unasked(result.document, result.unasked, console)
    if tally.done:
        for line in counted_.unasked():
            say(line)
        say(str(counted_))
    return tally.code


@click.command()
@case_argument
@click.argument("hypotheses", metavar="HYPOTHESES.toml")
@click.option("--format", "form", type=click.Choice(_OF_WEIGHING), help="Else by the suffix of -o, else table.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to the screen.")
def weigh(case: Path, hypotheses: str, form: Format | None, output: Path | None) -> int:
    """Add up what evidence in CASE says on the hypotheses of a TOML file, counted by origins and not by articles.

    Hypotheses and likelihoods are yours; every number is printed with its reasons. Run `sayso link` before. As html it
    is one page with the matrix and what each origin adds as pictures.
    """
    form = form or (by_suffix(output, _OF_WEIGHING) if output else "table")
    with opened(case) as case_:
        result = case_.weigh(hypotheses)
    for notice in result.notices:
        say(f"notice: {notice}")
    if output is None:
        _write_weighed(result, form, None)
    else:
        with whole_file(output, (str(case), hypotheses)) as file:
            _write_weighed(result, form, file)
        say(f"wrote {output}")
    return 0


@click.command()
@case_argument
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen. At any other address than this one, other machines can reach it.",
)
@click.option("--port", type=click.IntRange(0, 65535), help="Else the first that is free from 8642 on.")
@click.option("--open", "browser", is_flag=True, help="Open it in the browser.")
@click.option(
    "--reviewer", metavar="NAME", help="Under which name judgements and work are kept; else --by, else the page asks."
)
@click.option("--example", is_flag=True, help="Make CASE first, of the invented articles that come with sayso.")
@click.option("--hypotheses", metavar="TOML", multiple=True, help="Hypotheses to be weighed there; not kept in CASE.")
def serve(case: Path, *, reviewer: str | None, example: bool, hypotheses: tuple[str, ...], **settings: Any) -> int:
    """Open CASE as a page for reading and reviewing, in a browser on this machine.

    The address that is printed holds a token that is good once. Nothing is loaded from elsewhere or sent anywhere.
    """
    from sayso.serve.example import make_example  # noqa: PLC0415 - as below
    from sayso.serve.run import serve as run  # noqa: PLC0415 - Starlette and uvicorn are slow to import

    by = reviewer or named()
    given = [application.hypotheses_of(file) for file in hypotheses]
    if example:
        make_example(case, say, by=by)
    run(case, **settings, reviewer=by, hypotheses=given, say=say)
    return 0


def _write_weighed(found: Weighed, form: Format, file: BinaryIO | None) -> None:
    """What was weighed in one format, into ``file`` or standard output."""
    out = file or sys.stdout.buffer
    if form == "json":
        out.write(jsonl.whole(found))
    elif form == "html":
        out.write(reckoning.render(found, version=metadata.version("sayso")).encode())
    elif file is None:
        weighed.render(found, Console())
    else:
        with io.TextIOWrapper(file, encoding="utf-8") as lines:
            weighed.render(found, Console(file=lines, width=120))


def _write_links(
    case: Case, form: Format, limit: int | None, weighed_too: Sequence[Hypotheses], file: BinaryIO | None
) -> None:
    """The links of a case in one format, into ``file`` or standard output."""
    out = file or sys.stdout.buffer
    documents = [kept.document for kept in case.documents()]
    if form == "jsonl":
        out.writelines(map(jsonl.line, case.links()))
    elif form == "html":
        ledgers = [case.linked(document.id) for document in documents]
        page = casefile.render(
            documents,
            ledgers,
            case.links(),
            hedges,
            findings=case.findings(),
            searches=case.searches(),
            weighed=[case.weigh(one) for one in weighed_too],
            version=metadata.version("sayso"),
        )
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
