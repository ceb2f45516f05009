"""What teachers tell a learner: attributions inside of contents, and scores on articles they have not learned on.

In:   articles, a reader, teachers' weights.   Out: inner attributions (JSON); Taught articles and windows.
Knows nothing of: losses.

python -m training.teach ../shared/data/polnear/train -o inner.json
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from eval.brat import read_folder
from numpy.typing import NDArray

from sayso.case import reader
from sayso.reader import Found, Reads
from sayso.reader.chain import Words
from sayso.reader.decode import Decoder, Window
from sayso.reader.windows import features, overlapping
from sayso.reader.words import SAME, Encoded
from sayso.spans import Span
from training.batch import INNER_TAGS, TAGS, Example, Taught, Told
from training.corpus import WordArticle, WordAttribution
from training.deep import encoder_of
from training.model import ARG_DIM, Reader
from training.treebank import ParsedWindow

DEEPEST = 4
FEWEST = 4  # words; fewer hold no attribution
LIKELY = 0.5
BATCH = 12  # windows
TOLD = 0.85  # of a window, from one to the next, where a teacher tells
_OPENING = re.compile(r"(?:[\s“”\"‘’'(]|\b(?:that|whether)\b)+")
_CLOSING = "“”\"‘’') ,"


def nested(text: str, content: Sequence[Span], own: Reads, depth: int = 1) -> Iterator[Found]:
    """What a reader of outermost attributions finds inside contents: each read as a text of its own, at any depth."""
    for span in content:
        opening = _OPENING.match(text, span.start, span.end)
        start = opening.end() if opening else span.start
        inner = text[start : span.end].replace("\n", " ").rstrip(_CLOSING)
        if depth > DEEPEST or len(inner.split()) < FEWEST:
            continue
        alone = inner if inner[-1] in ".?!" else inner + "."
        for found in own.read(alone, [Span(0, len(alone))]).found:
            if not found.inner and found.score >= LIKELY and (here := _moved(found, start, start + len(inner))):
                yield here
                yield from nested(text, here.content, own, depth + 1)


def _moved(found: Found, start: int, end: int) -> Found | None:
    def there(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(s.start + start, min(s.end + start, end)) for s in spans if s.start + start < end)

    cue, content = there((found.cue,)), there(found.content)
    if not cue or not content:
        return None
    return Found(cue=cue[0], source=there(found.source), content=content, score=found.score)


class Teacher:
    """A trained network that tells what it makes of words: the scores of each window's middle."""

    def __init__(self, folder: Path, leaves_out: tuple[int, int]) -> None:
        """``folder``: what train.py wrote with ``--leave-out K/N``: ``leaves_out``."""
        self.leaves_out = leaves_out
        sizes = {"upos": 1, "xpos": 1, "rel": 1, "lemma": 1, "names": 1}
        weights = torch.load(folder / "average.pt")
        self.model = Reader(sizes, encoder_of(weights))
        own = self.model.state_dict()
        found = {k: v for k, v in weights.items() if k in own and own[k].shape == v.shape}
        self.model.load_state_dict(found, strict=False)
        self.model.eval()
        self.model.half = True
        self.decoder = Decoder(self.model.tables())

    def windows(self, enc: Encoded, places: Sequence[Words]) -> list[Window]:
        """The outputs for some windows of a text."""
        return [
            Window(a, b, *heads) for (a, b), heads in zip(places, self._run([(enc, p) for p in places]), strict=True)
        ]

    def _run(self, windows: Sequence[tuple[Encoded, Words]]) -> list[tuple[NDArray[np.float32], ...]]:
        """The rows of `tags`, `args` and `inner` of the words of windows, in batches of windows of about one length."""
        out: list[tuple[NDArray[np.float32], ...]] = [()] * len(windows)
        built = []
        for number, (enc, (a, b)) in enumerate(windows):
            x, first = features(enc.pieces[a:b], enc.case[a:b], enc.quote[a:b], enc.brk[a:b])
            built.append((x.shape[1], number, x, first))
        built.sort(key=lambda w: w[0])
        for at in range(0, len(built), BATCH):
            part = built[at : at + BATCH]
            x = np.zeros((len(part), 4, part[-1][0]), np.int64)
            mask = np.zeros((len(part), part[-1][0]), bool)
            for row, (size, _, own, _) in enumerate(part):
                x[row, :, :size], mask[row, :size] = own, True
            unknown = torch.full((len(part),), self.model.encoder.annotator.num_embeddings - 1)
            with torch.inference_mode():
                states = self.model.states({"x": torch.from_numpy(x), "mask": torch.from_numpy(mask), "who": unknown})
                h, _ = self.model.hidden(states)
                heads = [head(h).numpy() for head in (self.model.tags, self.model.args, self.model.inner)]
            for row, (_, number, _, first) in enumerate(part):
                out[number] = tuple(head[row][first] for head in heads)
        return out

    def told(self, texts: Sequence[Encoded]) -> list[Told]:
        """The scores of all words of texts, each from the window that holds most around it."""
        windows = [(enc, place) for enc in texts for place in overlapping(enc, step=TOLD)]
        found = iter(zip(windows, self._run(windows), strict=True))
        out = []
        for enc in texts:
            n = len(enc)
            best = np.full(n, -1)
            tags, args = np.zeros((n, len(TAGS)), np.float16), np.zeros((n, 2 * ARG_DIM), np.float16)
            for _ in overlapping(enc, step=TOLD):
                (_, (a, b)), heads = next(found)
                at = np.arange(a, b)
                room = np.minimum(np.where(a, at - a, n), np.where(b < n, b - 1 - at, n))
                better = room > best[a:b]
                chosen = at[better]
                tags[chosen], args[chosen], best[chosen] = heads[0][better], heads[1][better], room[better]
            out.append((tags, args))
        return out

    def found(self, enc: Encoded, told: Told) -> list[WordAttribution]:
        """What it finds in a text of one window, of which it has told."""
        tags, args = (part.astype(np.float32) for part in told)
        window = Window(0, len(enc), tags, args, np.zeros((len(enc), len(INNER_TAGS)), np.float32))
        predicted = self.decoder.decode([window], enc.brk != SAME)
        return [WordAttribution(p.cue, list(p.sources), list(p.contents)) for p in predicted if not p.inner]


def taught(articles: Sequence[WordArticle], teachers: Sequence[Teacher]) -> list[Taught]:
    """Each article with what the teacher that left it out says of it."""
    out = [Taught(article) for article in articles]
    for k, teacher in enumerate(teachers):
        own = [t for number, t in enumerate(out) if number % teacher.leaves_out[1] == teacher.leaves_out[0]]
        for t, told in zip(own, teacher.told([t.article.enc for t in own]), strict=True):
            t.told, t.teacher = told, k
    return out


def taught_windows(windows: Sequence[ParsedWindow], teachers: Sequence[Teacher]) -> list[Example]:
    """Treebank windows with the attributions that the teachers find in them, each by one of them in turn."""
    out = [Example(p.enc.pieces, p.enc.case, p.enc.quote, p.enc.brk, [], parsed=p) for p in windows]
    for k, teacher in enumerate(teachers):
        own = range(k, len(out), len(teachers))
        for number, told in zip(own, teacher.told([windows[n].enc for n in own]), strict=True):
            out[number].told, out[number].teacher = told, k
            out[number].attributions = teacher.found(windows[number].enc, told)
    return out


def main() -> None:
    """Writes the inner attributions that the installed reader finds."""
    ap = argparse.ArgumentParser(description=main.__doc__)
    ap.add_argument("folder", type=Path, help="a split of PolNeAR")
    ap.add_argument("-o", "--out", type=Path, required=True)
    args = ap.parse_args()
    own = reader()
    out = {}
    for article in read_folder(args.folder):
        rows = []
        for gold in article.gold:
            for f in nested(article.text, gold.content, own):
                spans = {"cue": (f.cue,), "source": f.source, "content": f.content}
                rows.append({k: [[s.start, s.end] for s in v] for k, v in spans.items()})
        out[article.name] = rows
    args.out.write_text(json.dumps(out))
    print(f"{sum(map(len, out.values()))} inner attributions in {len(out)} articles")


if __name__ == "__main__":
    main()
