"""What a user can get wrong, each as one clear line: the file, the place, what to do.

SaysoError
├── NotFound     a path, glob or case that is not there
├── Unreadable   an input whose bytes cannot be turned into a text
├── BadLexicon   a word list that breaks its own rules
├── BadCase      a case file that is none, is damaged, or is of another version
├── BadReader    a reader whose files are not there, were altered, or are of another version
├── BadTable     an evidence table, or the mapping of one, that cannot be used
├── BadHypotheses   a file of hypotheses that cannot be weighed
├── BadJudgement   a ruling on a claim that cannot be made so
├── BadDecision   a decision on a source or an entity that lacks something
├── BadOutput    a folder that an extraction cannot write to, or that holds another one
├── BadImport    a file of another program that a case cannot take in
├── BadEndpoint   a second reader that cannot be asked, or whose answer is none
└── BadQuery     a search that cannot be understood

Odd text is no error: it yields a Notice. Bugs crash.
"""


class SaysoError(Exception):
    """A mistake the user can mend. ``str(error)`` is the whole message, on one line."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class NotFound(SaysoError):
    """A path, glob or case that is not there."""


class Unreadable(SaysoError):
    """An input whose bytes cannot be turned into a text."""


class BadLexicon(SaysoError):
    """A word list that breaks its own rules."""


class BadCase(SaysoError):
    """A case file that is none, is damaged, or is of another version."""


class BadReader(SaysoError):
    """A reader whose files are not there, were altered, or are of another version."""


class BadTable(SaysoError):
    """An evidence table, or the mapping of one, that cannot be used."""


class BadHypotheses(SaysoError):
    """A file of hypotheses that cannot be weighed."""


class BadEndpoint(SaysoError):
    """A second reader that cannot be asked, or whose answer is none."""


class BadImport(SaysoError):
    """A file of another program that a case cannot take in."""


class BadJudgement(SaysoError):
    """A ruling on a claim that cannot be made so."""


class BadDecision(SaysoError):
    """A decision on a source or an entity that lacks something."""


class BadOutput(SaysoError):
    """A folder that an extraction cannot write to, or that holds another one."""


class BadQuery(SaysoError):
    """A search that cannot be understood."""
