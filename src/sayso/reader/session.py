"""The Reader: loads the network once, then reads texts of any length, a stretch at a time.

In:   the installed files; texts and their sentences.   Out: Readings.
Knows nothing of: documents, rules.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources.abc import Traversable
from typing import Self

import msgspec
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sayso.errors import BadReader
from sayso.reader import Found, Reading
from sayso.reader.chain import Floats, Words, bies
from sayso.reader.columns import Columns, Grammar, Outputs, Stretch
from sayso.reader.decode import KINDS, Decoder, Predicted
from sayso.reader.files import Files, installed, read_files
from sayso.reader.grammar import Labels
from sayso.reader.pieces import Vocabulary
from sayso.reader.windows import answering, features, overlapping, stretches
from sayso.reader.words import SAME, Encoded, encode
from sayso.spans import Span

Network = Callable[[NDArray[np.int64]], dict[str, Floats]]

# A line with more letters of another script than of the Latin one: the reader cannot read it, and would guess.
_LINE = re.compile(r"[^\n]+")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")


class Reader:
    """Finds who says what. The same text gives the same answer, on one thread or many.

    >>> reader = Reader.load()
    >>> text = "“The pier is safe,” said Ann Lee."
    >>> reading = reader.read(text, [Span(0, len(text))])
    >>> [found] = reading.found
    >>> found.cue, found.source, found.content
    (Span(start=20, end=24), (Span(start=25, end=32),), (Span(start=0, end=19),))
    >>> reading.syntax.upos[1:4]
    ['DET', 'NOUN', 'AUX']
    """

    def __init__(self, files: Files, *, threads: int = 1) -> None:
        """``threads``: windows read at a time. Each is read alone, so their number cannot change a result."""
        self.name = f"{files.manifest.name}:{files.manifest.version}"
        self._vocabulary = Vocabulary(files.raw["vocabulary.txt"].decode().splitlines())
        tables = read_tables(files.raw["reader.npz"])
        self._decoder = Decoder(tables)
        self._grammar = Grammar(msgspec.json.decode(files.raw["labels.json"], type=Labels), tables["rel_pair"])
        self._network = network(files.raw["reader.int8.onnx"])
        self._threads = threads

    @classmethod
    def load(cls, folder: Traversable | None = None, *, threads: int = 1) -> Self:
        """The installed reader, or that of ``folder``. Raises BadReader where a file was altered or is not there."""
        return cls(read_files(folder or installed()), threads=threads)

    def read(self, text: str, sentences: Sequence[Span]) -> Reading:
        """The attributions in the order of their cues, none overlapping another's cue; the syntax of the sentences.

        Beside the reading itself, memory is bounded by a stretch (``windows.STRETCH``), however long the text.
        """
        plain = _LINE.sub(_blank, text)
        found: list[Found] = []
        columns = Columns(text)
        todo = deque(sentences)
        for start, end, core in answering(stretches(plain), len(plain)):
            enc = encode(plain[start:end], self._vocabulary)
            own = []
            while todo and todo[0].start < core:
                own.append(todo.popleft())
            if len(enc):
                outputs = self._outputs(enc)
                least = found[-1].cue.end if found else 0
                predicted = self._decoder.decode([o.window() for o in outputs], enc.brk != SAME)
                here = (_found(enc, p, start) for p in predicted)
                found += [f for f in here if least <= f.cue.start < core]
                self._grammar.add(columns, Stretch(enc, start, outputs, self._vocabulary), own)
        return Reading(tuple(found), columns.syntax())

    def _outputs(self, enc: Encoded) -> list[Outputs]:
        """What the network says of each window. One at a time: beside others a window would be quantised otherwise."""
        places = overlapping(enc)
        if self._threads == 1 or len(places) == 1:
            return [self._window(enc, place) for place in places]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(lambda place: self._window(enc, place), places))

    def _window(self, enc: Encoded, place: Words) -> Outputs:
        a, b = place
        x, first = features(enc.pieces[a:b], enc.case[a:b], enc.quote[a:b], enc.brk[a:b])
        return Outputs(a, b, first, self._network(x))


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
        inner=p.inner,
    )


def read_tables(raw: bytes) -> Mapping[str, Floats]:
    """What decoding needs beside the network's outputs. Raises BadReader."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    if arrays["first"].shape != (len(bies(KINDS)),):
        raise BadReader("the reader's tags are not those of this version of sayso: install versions that go together")
    return arrays


def network(raw: bytes) -> Network:
    """A session on one thread: its input is one window, (4, pieces); each output is (pieces, width) by its name."""
    ort.disable_telemetry_events()  # where another program loaded it before, and on Windows
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # The graph is written as it is to run (training/graph.py); what a later version would make of it could answer else.
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = ort.InferenceSession(raw, options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]

    def run(x: NDArray[np.int64]) -> dict[str, Floats]:
        outputs = session.run(names, {"x": x[None], "mask": np.ones((1, x.shape[1]), bool)})
        return {name: output[0] for name, output in zip(names, outputs, strict=True)}

    return run
