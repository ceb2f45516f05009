"""What int8 costs: `python -m training.compare FOLDER`, the folder that export.py wrote.

In:   an exported reader, fp32 and int8; PolNeAR dev and the treebanks' dev sets.   Out: a table, one row each.
Knows nothing of: training.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from eval.brat import Attribution, read_folder
from eval.conllu import read_treebank
from eval.parsing import BANKS, compare, sentences_of
from eval.polnear import data_folder
from eval.score import ROLES, Scores, score

from sayso.reader.files import Files, Manifest, installed, read_files
from sayso.reader.session import Reader

FILES = ("reader.npz", "labels.json")


def reader(folder: Path, network: str) -> Reader:
    """A reader of an exported folder with one of its networks."""
    raw = {name: (folder / name).read_bytes() for name in FILES}
    raw["reader.int8.onnx"] = (folder / network).read_bytes()
    raw["vocabulary.txt"] = read_files(installed()).raw["vocabulary.txt"]
    return Reader(Files(Manifest(name="trial", version="0", files={}), raw))


def attributions(own: Reader) -> Scores:
    """On the running text of PolNeAR dev, without the rules that `sayso read` adds."""
    total = Scores()
    for article in read_folder(data_folder() / "polnear" / "dev"):
        found = own.read(article.text, ()).found
        outer = [Attribution(source=f.source, cue=(f.cue,), content=f.content) for f in found if not f.inner]
        total += score(outer, article.gold)
    return total


def main() -> None:
    """Prints the table."""
    folder = Path(sys.argv[1])
    for network in ("reader.fp32.onnx", "reader.int8.onnx"):
        own = reader(folder, network)
        scores = attributions(own)
        shown = [f"{role} {100 * scores.exact[role].f1:.2f}" for role in ROLES]
        shown.append(f"linked {100 * scores.linked.f1:.2f}")
        for bank, file in BANKS.items():
            counts: Counter[str] = Counter()
            for document in read_treebank(data_folder() / file):
                gold, spans = sentences_of(document)
                counts += compare(gold, own.read(document.text, spans).syntax)
            both = max(counts["gold"] + counts["found"], 1)
            shown += [f"{bank} {k} {200 * counts[k] / both:.2f}" for k in ("upos", "lemma", "las")]
        print(f"{network:18}", "  ".join(shown), flush=True)


if __name__ == "__main__":
    main()
