"""The application layer: the only place where the stages meet the world.

In:   what a user names.   Out: Ledgers; a Case keeps them in one SQLite file.
Knows nothing of: screens and formats (cli, publish).
"""

from sayso.case.case import Case, Checked, Evidence
from sayso.case.intake import Added
from sayso.case.reading import hedges, hypotheses_of, knowledge, ledgers, lexicon, read, reader
from sayso.case.recovering import recovered
from sayso.case.rereading import reread
from sayso.imports import Taken
from sayso.inputs import MAX_BYTES
from sayso.store import Around, Kept, Saved

__all__ = [
    "MAX_BYTES",
    "Added",
    "Around",
    "Case",
    "Checked",
    "Evidence",
    "Kept",
    "Saved",
    "Taken",
    "hedges",
    "hypotheses_of",
    "knowledge",
    "ledgers",
    "lexicon",
    "read",
    "reader",
    "recovered",
    "reread",
]
