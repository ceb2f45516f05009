"""Makes ``data/cueing.tsv``: words that are a cue, or part of one, in at least one of five places where they stand.

In:   PolNeAR train, read by the installed reader for its lemmas.   Out: a line for each part of speech with its lemmas.
Knows nothing of: the other words of a text, which are not kept.

python -m training.cue_words --data ../shared/data/polnear -o src/sayso/data/cueing.tsv
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from eval.brat import read_folder

from sayso.case import lexicon, reader
from sayso.extract import read
from sayso.extract.tidying import CUEING
from sayso.parse import parse
from sayso.read import read_bytes
from sayso.records import Document

_LEAST, _SHARE = 2, 0.2  # cues that a word is seen in; of all places where it stands, two more added


def counted(folder: Path) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Of each part of speech and lemma: in how many places it is in a cue, in how many it stands."""
    cues, places = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for article in read_folder(folder):
        for document in read_bytes(article.text.encode(), path="a.txt"):
            if not isinstance(document, Document) or document.text != article.text:
                continue
            syntax = read(parse(document, lexicon()), reader(), lexicon()).syntax
            inside = {t for a in article.gold for span in a.cue for t in syntax.within(span)}
            for token in range(len(syntax)):
                if syntax.upos[token] in CUEING:
                    word = syntax.upos[token], syntax.lemma[token].lower()
                    places[word] += 1
                    cues[word] += token in inside
    return cues, places


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=main.__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("-o", "--out", type=Path, required=True)
    args = ap.parse_args()
    cues, places = counted(args.data / "train")
    kept: dict[str, list[str]] = defaultdict(list)
    for (pos, lemma), n in sorted(cues.items()):
        if n >= _LEAST and n >= _SHARE * (places[pos, lemma] + 2) and lemma.isalpha():
            kept[pos].append(lemma)
    lines = [
        "# Words that in PolNeAR's training articles are (part of) a cue in one of five places or more.",
        "# Made by `python -m training.cue_words`.",
        *(f"{pos}\t{' '.join(lemmas)}" for pos, lemmas in kept.items()),
    ]
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
