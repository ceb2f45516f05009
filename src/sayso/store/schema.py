"""The schema of a case: the scripts that make it, and whether a file has it and nothing else.

In:   a connection.   Out: nothing, or BadCase.
Knows nothing of: what the tables hold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib import resources
from pathlib import Path

from sayso.errors import BadCase


def migrate(connection: sqlite3.Connection, statement: str, path: Path) -> None:
    """One statement of a migration. Raises BadCase where the file is not of the version that it says."""
    try:
        connection.execute(statement)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # the disk, a lock
            raise
        raise BadCase(f"{path}: its schema is not that of its version ({error}): take it from a backup") from error


@cache
def migrations() -> tuple[str, ...]:
    """The scripts of all versions, in order."""
    folder = resources.files("sayso") / "migrations"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return tuple(file.read_text(encoding="utf-8") for file in files)


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raises BadCase where the file brings tables, views or triggers of its own: they would act when it is used."""
    found, own = _schema(connection), _own_schema()
    # A trigger that is gone does nothing; `verify` names what was changed without it.
    if odd := sorted(found - own) or sorted(one for one in own - found if one[0] != "trigger"):
        kind, name, _ = odd[0]
        raise BadCase(f"{path}: its {kind} {name} is not as sayso makes it: do not trust the file")


@cache
def _own_schema() -> frozenset[tuple[str, str, str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for migration in migrations():
            for statement in statements(migration):
                fresh.execute(statement)
        return _schema(fresh)


def _schema(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """What is in the file: kind, name, SQL. The search index words the SQL of its own tables."""
    rows = connection.execute(
        "SELECT type, name, iif(name GLOB 'claim_index_*', '', sql)"
        " FROM sqlite_schema WHERE NOT (type = 'table' AND name GLOB 'sqlite_s[et]*') AND sql IS NOT NULL"
    )
    return frozenset((kind, name, sql) for kind, name, sql in rows)


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit in between."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
