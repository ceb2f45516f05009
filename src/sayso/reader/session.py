"""The Reader: loads the network once, then reads texts of any length, a stretch at a time.

In:   the installed files; texts.   Out: Found, in the order of their cues.
Knows nothing of: documents, rules.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.resources.abc import Traversable
from typing import Self

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sayso.errors import BadReader
from sayso.reader import Found
from sayso.reader.chain import Floats, Words, bies
from sayso.reader.decode import KINDS, Decoder, Predicted, Window
from sayso.reader.files import Files, installed, read_files
from sayso.reader.pieces import Vocabulary
from sayso.reader.windows import features, overlapping, stretches
from sayso.reader.words import SAME, Encoded, encode
from sayso.spans import Span

Network = Callable[[NDArray[np.int64]], tuple[Floats, Floats]]


# A line with more letters of another script than of the Latin one: the reader cannot read it, and would guess.
_LINE = re.compile(r"[^\n]+")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")


class Reader:
    """Finds who says what. The same text gives the same answer, on one thread or many.

    >>> reader = Reader.load()
    >>> [found] = reader.read("“The pier is safe,” said Ann Lee.")
    >>> found.cue, found.source, found.content
    (Span(start=20, end=24), (Span(start=25, end=32),), (Span(start=0, end=19),))
    """

    def __init__(self, files: Files, *, threads: int = 1) -> None:
        """``threads``: windows read at a time. Each is read alone, so their number cannot change a result."""
        self.name = f"{files.manifest.name}:{files.manifest.version}"
        self._vocabulary = Vocabulary(files.raw["vocabulary.txt"].decode().splitlines())
        self._decoder = Decoder(tables(files.raw["reader.npz"]))
        self._network = network(files.raw["reader.int8.onnx"])
        self._threads = threads

    @classmethod
    def load(cls, folder: Traversable | None = None, *, threads: int = 1) -> Self:
        """The installed reader, or that of ``folder``. Raises BadReader where a file was altered or is not there."""
        return cls(read_files(folder or installed()), threads=threads)

    def read(self, text: str) -> tuple[Found, ...]:
        """The attributions of a text, in the order of their cues; none overlaps another's cue.

        Memory is bounded by a stretch (``windows.STRETCH``) and what was found, however long the text.
        """
        text = _LINE.sub(_blank, text)
        found: list[Found] = []
        before = 0  # where the stretch before ends
        for start, end in stretches(text):
            seam = (start + before) // 2  # up to here the stretch before knows more of what stands around
            while found and found[-1].cue.start >= seam:
                found.pop()
            least = max(seam, found[-1].cue.end if found else 0)
            found += [f for f in self._stretch(text, start, end) if f.cue.start >= least]
            before = end
        return tuple(found)

    def _stretch(self, text: str, start: int, end: int) -> Iterator[Found]:
        enc = encode(text[start:end], self._vocabulary)
        if not len(enc):
            return
        for predicted in self._decoder.decode(self._windows(enc), enc.brk != SAME):
            yield _found(enc, predicted, start)

    def _windows(self, enc: Encoded) -> list[Window]:
        """What the network says of each window. One at a time: beside others a window would be quantised otherwise."""
        places = overlapping(enc)
        if self._threads == 1 or len(places) == 1:
            return [self._window(enc, place) for place in places]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(lambda place: self._window(enc, place), places))

    def _window(self, enc: Encoded, place: Words) -> Window:
        a, b = place
        x, first = features(enc.pieces[a:b], enc.case[a:b], enc.quote[a:b], enc.brk[a:b])
        tags, args = self._network(x)
        return Window(a, b, tags[first], args[first])


def _blank(line: re.Match[str]) -> str:
    text = line.group()
    if text.isascii() or 2 * len(_LATIN.findall(text)) >= len(_LETTER.findall(text)):
        return text
    return " " * len(text)


def _found(enc: Encoded, p: Predicted, offset: int) -> Found:
    def place(span: Words) -> Span:
        a, b = enc.chars(span)
        return Span(offset + a, offset + b)

    def places(spans: Iterable[Words]) -> tuple[Span, ...]:
        return tuple(sorted(map(place, spans)))

    return Found(
        cue=place(p.cue),
        source=places(p.sources),
        content=places(p.contents),
        score=round(p.score, 3),
        sure=p.sure,
    )


def tables(raw: bytes) -> Mapping[str, Floats]:
    """What decoding needs beside the network's outputs. Raises BadReader."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    if arrays["first"].shape != (len(bies(KINDS)),):
        raise BadReader("the reader's tags are not those of this version of sayso: install versions that go together")
    return arrays


def network(raw: bytes) -> Network:
    """A session on one thread: its input is one window, (4, pieces); its outputs are (pieces, tags), (pieces, 2 D)."""
    ort.disable_telemetry_events()  # some builds for Windows have them
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(raw, options, providers=["CPUExecutionProvider"])

    def run(x: NDArray[np.int64]) -> tuple[Floats, Floats]:
        tags, args = session.run(["tags", "args"], {"x": x[None], "mask": np.ones((1, x.shape[1]), bool)})
        return tags[0], args[0]

    return run
