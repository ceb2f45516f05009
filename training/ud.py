"""Reads Universal Dependencies, Universal NER and event factuality into training windows.

In:   the folders `ud-ewt`, `ud-gum`, `uner-ewt`, `factuality` as they are published.
Out:  Texts with tokens, their labels and their places among the word pieces.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from encode import Encoded, encode
from tokenizers import Tokenizer

# Documents of GUM whose licence allows any use (its LICENSE.txt): the others are for non-commercial use or say nothing.
FREE_GENRES = frozenset(
    ("academic", "bio", "conversation", "court", "interview", "news", "speech", "textbook", "vlog", "voyage")
)
NER_TAGS = ["O"] + [f"{p}-{t}" for t in ("PER", "ORG", "LOC") for p in "BIES"]


@dataclass
class Token:
    """One syntactic word; `head` is the index in its sentence, its own index for the root."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    rel: str
    ner: str | None = None
    fact: float | None = None


@dataclass
class Text:
    """A document: its text and sentences of tokens with offsets into it."""

    name: str
    genre: str
    text: str
    sentences: list[list[Token]] = field(default_factory=list)


def sentences(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Comment lines and token rows of each sentence; ranges and empty nodes are left out."""
    comments: list[str] = []
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as f:
        for raw in f:
            line = raw.rstrip("\n")
            if line.startswith("#"):
                comments.append(line)
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                yield comments, rows
                comments, rows = [], []
    if rows:
        yield comments, rows


def load(path: Path, genres: frozenset[str] | None = None) -> list[Text]:
    """The documents of a treebank; of the named genres only."""
    out: list[Text] = []
    for comments, rows in sentences(path):
        new = next((c.split("=")[1].strip() for c in comments if c.startswith("# newdoc id")), None)
        if new is not None:
            genre = next((c.split("=")[1].strip() for c in comments if c.startswith("# meta::genre")), "")
            out.append(Text(new, genre or new.split("-")[0], ""))
        gap = "\n" if any(c.startswith("# newpar") for c in comments) else " "
        add(out[-1], rows, gap if out[-1].text else "")
    return [t for t in out if genres is None or t.genre in genres]


def add(doc: Text, rows: list[list[str]], gap: str) -> None:
    """Appends a sentence to a document."""
    text, tokens, joined = doc.text.rstrip(" ") + gap, [], 0
    for row in rows:
        if "-" in row[0]:  # several syntactic words written as one: "don't"
            first, last = map(int, row[0].split("-"))
            spread(text, row, [r for r in rows if r[0].isdigit() and first <= int(r[0]) <= last], tokens)
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
            joined = last
        elif row[0].isdigit() and int(row[0]) > joined:
            tokens.append(token(row, len(text), len(text) + len(row[1])))
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
    for i, t in enumerate(tokens):
        t.head = i if t.head < 0 else t.head
    doc.text = text
    doc.sentences.append(tokens)


def spread(text: str, whole: list[str], parts: list[list[str]], tokens: list[Token]) -> None:
    """Places the parts of a written word: one after the other where their forms add up to it."""
    at, end = len(text), len(text) + len(whole[1])
    exact = sum(len(p[1]) for p in parts) == len(whole[1])
    for i, p in enumerate(parts):
        stop = at + len(p[1]) if exact else (end if i == len(parts) - 1 else min(at + len(p[1]), end - 1))
        tokens.append(token(p, at, max(stop, at + 1)))
        at = min(max(stop, at + 1), end - 1) if not exact else stop


def token(row: list[str], start: int, end: int) -> Token:
    """A token of a CoNLL-U row."""
    return Token(start, end, row[1], row[2], row[3], row[4], int(row[6]) - 1, row[7].split(":")[0])


def add_names(docs: list[Text], path: Path) -> int:
    """Copies Universal NER labels (IOB2, same sentences) to tokens as BIES; returns the sentences matched."""
    known = by_words(docs)
    n = 0
    for _, rows in sentences(path):
        tags = bies([r[2] if r[2][2:] in ("PER", "ORG", "LOC") else "O" for r in rows])
        for own in known.get(key([r[1] for r in rows]), []):
            if len(own) == len(rows):
                n += own[0].ner is None
                for t, name in zip(own, tags, strict=True):
                    t.ner = name
    return n


def by_words(docs: list[Text]) -> dict[str, list[list[Token]]]:
    """Sentences by their words; mails repeat some, such as signatures."""
    out: dict[str, list[list[Token]]] = {}
    for d in docs:
        for s in d.sentences:
            out.setdefault(key([t.form for t in s]), []).append(s)
    return out


def bies(tags: list[str]) -> list[str]:
    """IOB2 to BIES."""
    out = []
    for i, t in enumerate(tags):
        goes_on = i + 1 < len(tags) and tags[i + 1] == "I-" + t[2:] and t != "O"
        if t == "O":
            out.append(t)
        elif t[0] == "B":
            out.append(("B" if goes_on else "S") + t[1:])
        else:
            out.append(("I" if goes_on else "E") + t[1:])
    return out


def add_factuality(docs: list[Text], path: Path) -> int:
    """Copies factuality (-3 .. 3) of single-word predicates to tokens; returns the predicates matched."""
    known = by_words(docs)
    n = 0
    with path.open(encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            for own in known.get(key(row["text"].split()), []):
                if len(own) == len(row["text"].split()):
                    for target in row["targets"]:
                        own[target["span1"][0]].fact = float(target["label"])
                        n += 1
    return n


def key(forms: list[str]) -> str:
    """A sentence without its spaces."""
    return "".join(forms).lower()


def script(form: str, lemma: str) -> str:
    """How the lemma comes from the form: case, letters cut off the end, letters added."""
    low, out = form.lower(), lemma.lower()
    same = 0
    while same < min(len(low), len(out)) and low[same] == out[same]:
        same += 1
    keep = "k" if lemma != out else "l"
    return f"{keep}{len(low) - same}{out[same:]}"


def apply_script(form: str, how: str) -> str:
    """The lemma of a form by a script."""
    digits = 1
    while digits < len(how) and how[digits].isdigit():
        digits += 1
    cut, add_on = int(how[1:digits]), how[digits:]
    base = form if how[0] == "k" else form.lower()
    return base[: len(base) - cut] + add_on if cut <= len(base) else base


@dataclass
class Labels:
    """The label sets in the order of the network's outputs."""

    upos: list[str]
    xpos: list[str]
    rel: list[str]
    lemma: list[str]
    ner: list[str]


def label_sets(docs: list[Text]) -> Labels:
    """Labels that occur in the training treebanks; rare tags and scripts fall away."""
    tokens = [t for d in docs for s in d.sentences for t in s]

    def frequent(values: Iterator[str], least: int) -> list[str]:
        return sorted(k for k, n in Counter(values).items() if n >= least)

    scripts = Counter(script(t.form, t.lemma) for t in tokens)
    return Labels(
        frequent((t.upos for t in tokens), 1),
        frequent((t.xpos for t in tokens), 20),
        frequent((t.rel for t in tokens), 5),
        [k for k, n in scripts.most_common() if n >= 4],
        NER_TAGS,
    )


@dataclass
class Parsed:
    """A window of whole sentences: token places among the words' pieces and label ids (-1 unknown)."""

    name: str
    enc: Encoded
    place: np.ndarray  # (tokens, 2): word, piece in word
    sentence: np.ndarray
    labels: np.ndarray  # (tokens, 6): upos, xpos, head (index in window), rel, lemma script, ner
    fact: np.ndarray  # nan unknown
    tokens: list[Token]


def place_tokens(enc: Encoded, tokens: list[Token], piece_starts: list[list[int]]) -> np.ndarray:
    """Each token stands at the first piece that begins in it, else at the one that holds its start."""
    out = np.zeros((len(tokens), 2), np.int64)
    for i, t in enumerate(tokens):
        w = min(int(np.searchsorted(enc.end, t.start, "right")), len(enc) - 1)
        p = 0
        while True:
            starts = piece_starts[w]
            while p < len(starts) and starts[p] < t.start:
                p += 1
            if p < len(starts):
                break
            if w + 1 < len(enc) and enc.start[w + 1] < t.end:
                w, p = w + 1, 0
                continue
            p = max(0, len(starts) - 1)
            break
        out[i] = w, p
    return out


def pieces_of(text: str, tok: Tokenizer) -> list[list[int]]:
    """The character starts of the pieces of each word."""
    e = tok.encode(text, add_special_tokens=False)
    out: list[list[int]] = []
    last = None
    for (a, _), w in zip(e.offsets, e.word_ids, strict=True):
        if w == last:
            out[-1].append(a)
        else:
            out.append([a])
        last = w
    return out


def windows(docs: list[Text], tok: Tokenizer, labels: Labels, limit: int, start: int = 0) -> list[Parsed]:
    """Windows of whole sentences of one document, at most `limit` pieces; `start` moves the borders."""
    out = []
    for doc in docs:
        group: list[list[Token]] = []
        size = start % limit
        for s in doc.sentences:
            n = len(tok.encode(doc.text[s[0].start : s[-1].end], add_special_tokens=False).ids)
            if group and size + n > limit:
                out.append(window(doc, group, tok, labels))
                group, size = [], 0
            group.append(s)
            size += n
        if group:
            out.append(window(doc, group, tok, labels))
    return out


def window(doc: Text, group: list[list[Token]], tok: Tokenizer, labels: Labels) -> Parsed:
    """One window of sentences."""
    a, b = group[0][0].start, group[-1][-1].end
    text = doc.text[a:b]
    enc = encode(text, tok)
    tokens, sent, rows, fact = [], [], [], []
    ids = [{k: i for i, k in enumerate(x)} for x in (labels.upos, labels.xpos, labels.rel, labels.lemma, labels.ner)]
    for k, s in enumerate(group):
        base = len(tokens)
        for t in s:
            tokens.append(Token(t.start - a, t.end - a, t.form, t.lemma, t.upos, t.xpos, t.head, t.rel, t.ner, t.fact))
            sent.append(k)
            rows.append(
                (
                    ids[0].get(t.upos, -1),
                    ids[1].get(t.xpos, -1),
                    base + t.head,
                    ids[2].get(t.rel, -1),
                    ids[3].get(script(t.form, t.lemma), -1),
                    -1 if t.ner is None else ids[4][t.ner],
                )
            )
            fact.append(np.nan if t.fact is None else t.fact)
    place = place_tokens(enc, tokens, pieces_of(text, tok))
    return Parsed(doc.name, enc, place, np.array(sent), np.array(rows), np.array(fact, np.float32), tokens)
