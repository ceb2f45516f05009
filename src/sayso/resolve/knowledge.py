"""What resolve knows of words and actors: the lists and tables that ship with sayso, loaded once.

In:   files of `sayso.data`; alias tables of a user.   Out: Knowledge.
Knows nothing of: documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from sayso.lexicon import Lexicon
from sayso.resolve.aliases.matching import AliasTables
from sayso.resolve.aliases.tables import tables
from sayso.resolve.coref_words import Words, read_words
from sayso.resolve.factuality import Scales, scales
from sayso.resolve.framing import Framing, framing
from sayso.resolve.plover import Ontology
from sayso.resolve.plover import load as ontology
from sayso.resolve.stances import Stances, stances
from sayso.resolve.times.words import TimeWords, time_words


@dataclass(frozen=True)
class Knowledge:
    """``lexicon``: what cues do; ``words``: of mentions; ``times``; ``stances`` and ``scales``: how sure; ``framing``:
    what stands over a clause; ``ontology``: events; ``aliases``: actors and their names.
    """

    lexicon: Lexicon
    words: Words
    times: TimeWords
    stances: Stances
    scales: Scales
    framing: Framing
    ontology: Ontology
    aliases: AliasTables


def load(lexicon: Lexicon, more: Mapping[str, bytes] | None = None) -> Knowledge:
    """What ships with sayso. ``more``: alias tables of a user by their names. Raises BadLexicon."""
    data = resources.files("sayso") / "data"

    def text(name: str) -> str:
        return (data / name).read_text(encoding="utf-8")

    own = {file.name: file.read_bytes() for file in (data / "aliases").iterdir() if file.name.endswith(".toml")}
    return Knowledge(
        lexicon=lexicon,
        words=read_words(text("coreference.toml"), text("coreference_weights.toml")),
        times=time_words(text("times.toml")),
        stances=stances(text("factuality.toml"), [verb.lemma for verb in lexicon.verbs]),
        scales=scales(text("certainty.toml")),
        framing=framing(text("framing.toml"), text("fields.toml")),
        ontology=ontology(),
        aliases=tables(own | dict(more or {})),
    )
