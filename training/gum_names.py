"""Names of persons, organisations and places out of GUM's entities, to learn names from beside Universal NER.

In:   GUM's documents, its CoNLL-U file.   Out: a BIES label on every token of them.
Knows nothing of: the network.
"""

from __future__ import annotations

from collections.abc import Iterator

from eval.conllu import TreebankDocument

KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
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


def gum_names(document: TreebankDocument) -> Iterator[str]:
    """A BIES label on every token: of persons, organisations and places, the proper noun that heads the mention with
    what it is joined to. All other words are no names.
    """
    rows, tags = document.rows, ["O"] * len(document.rows)
    known = [m for m in document.mentions() if m.etype in KINDS]
    for mention in sorted(known, key=lambda m: m.tokens[1] - m.tokens[0]):
        start, end = mention.tokens
        head = next((t for t in range(start, end) if not start <= document.heads[t] < end), start)
        span = name_in(rows, start, end, head)
        while span and span[1] - span[0] > 1 and rows[span[0]][1].lower().rstrip(".") in TITLES:
            span = span[0] + 1, span[1]  # Universal NER leaves titles out of names
        if (
            span
            and not all(rows[t][1].lower() in TITLES for t in range(*span))
            and all(t == "O" for t in tags[span[0] : span[1]])
        ):
            kind, n = KINDS[mention.etype], span[1] - span[0]
            tags[span[0] : span[1]] = [f"S-{kind}"] if n == 1 else [f"B-{kind}", *[f"I-{kind}"] * (n - 2), f"E-{kind}"]
    yield from tags


def name_in(rows: list[list[str]], start: int, end: int, head: int) -> tuple[int, int] | None:
    """The run of proper nouns around the head, over small words that join two of them."""
    proper = [r[3] == "PROPN" for r in rows]
    joins = [r[1].lower() in JOINS for r in rows]
    if not proper[head]:
        return None
    a, b = head, head + 1
    while a > start and (proper[a - 1] or (joins[a - 1] and a - 1 > start and proper[a - 2])):
        a -= 1
    while b < end and (proper[b] or rows[b][3] == "NUM" or (joins[b] and b + 1 < end and proper[b + 1])):
        b += 1
    return a, b
