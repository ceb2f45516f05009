"""Names of persons, organisations and places out of GUM's entities, to learn names from beside Universal NER.

In:   GUM's documents, its CoNLL-U file.   Out: a BIES label on every token of them.
Knows nothing of: the network.
"""

from __future__ import annotations

import re
from pathlib import Path

from ud import Text, Token, bies, key, sentences

KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
MENTION = re.compile(r"\((\d+)-([a-z]+)-((?:[^()-]|-)*?)(?=[()]|$)(\))?|(\d+)\)")
JOINS = frozenset(("of", "the", "&", "-", "–", ".", "'", "’", "for", "de", "la", "al", "von", "van"))


TITLES = frozenset(
    (
        "president",
        "secretary",
        "senator",
        "senators",
        "founders",
        "speaker",
        "madam",
        "sir",
        "judge",
        "justice",
        "professor",
        "doctor",
        "king",
        "queen",
        "prince",
        "minister",
        "chairman",
        "chief",
        "general",
        "colonel",
        "captain",
        "mr",
        "mrs",
        "ms",
        "dr",
        "congressman",
        "governor",
        "mayor",
        "pope",
        "emperor",
        "lord",
        "lady",
        "japanese",
        "germans",
        "americans",
        "british",
        "french",
        "mom",
        "dad",
        "mother",
        "father",
    )
)


def add_gum_names(docs: list[Text], path: Path) -> int:
    """Names out of GUM's entities: the proper noun that heads a person, organisation or place, with what it is
    joined to. All other words of the documents are no names. Returns the names found.
    """
    rows_of = {
        key([r[1] for r in rows if r[0].isdigit()]): [r for r in rows if r[0].isdigit()] for _, rows in sentences(path)
    }
    n = 0
    for d in docs:
        if not d.name.startswith("GUM"):
            continue
        for s in d.sentences:
            rows = rows_of[key([t.form for t in s])]
            tags = ["O"] * len(s)
            for kind, start, end, head in mentions(rows):
                span = name_in(s, start, end, head)
                if (
                    span
                    and not all(t.form.lower() in TITLES for t in s[span[0] : span[1]])
                    and all(t == "O" for t in tags[span[0] : span[1]])
                ):
                    tags[span[0]] = f"B-{kind}"
                    tags[span[0] + 1 : span[1]] = [f"I-{kind}"] * (span[1] - span[0] - 1)
                    n += 1
            for t, name in zip(s, bies(tags), strict=True):
                t.ner = name
    return n


def mentions(rows: list[list[str]]) -> list[tuple[str, int, int, int]]:
    """Kind, first token, end and head of each entity of the three kinds, the shortest first."""
    opened: dict[str, list[tuple[str, int, str]]] = {}
    out = []
    for i, row in enumerate(rows):
        text = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
        for m in MENTION.finditer(text):
            if m[5]:
                if opened.get(m[5]):
                    kind, start, rest = opened[m[5]].pop()
                    out.append((kind, start, i + 1, rest))
            elif m[4]:
                out.append((m[2], i, i + 1, m[3]))
            else:
                opened.setdefault(m[1], []).append((m[2], i, m[3]))
    found = []
    for kind, start, end, rest in out:
        if kind in KINDS:
            small = next((f for f in rest.split("-") if re.fullmatch(r"\d+(,\d+)*", f)), "1")
            found.append((KINDS[kind], start, end, min(start + int(small.split(",")[0]) - 1, end - 1)))
    return sorted(found, key=lambda x: x[2] - x[1])


def name_in(s: list[Token], start: int, end: int, head: int) -> tuple[int, int] | None:
    """The run of proper nouns around the head, over small words that join two of them."""
    if s[head].upos != "PROPN":
        return None
    a, b = head, head + 1
    while a > start and (
        s[a - 1].upos == "PROPN" or (s[a - 1].form.lower() in JOINS and a - 1 > start and s[a - 2].upos == "PROPN")
    ):
        a -= 1
    while b < end and (
        s[b].upos in ("PROPN", "NUM") or (s[b].form.lower() in JOINS and b + 1 < end and s[b + 1].upos == "PROPN")
    ):
        b += 1
    return a, b
