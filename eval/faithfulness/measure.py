"""Runs trials: how much of each kind vet lets through, beside LangExtract's filter.

In:   Texts.   Out: counts by kind, the trials that vet gets wrong, two figures of a corpus.
Knows nothing of: how trials are made, how vet finds out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from eval.faithfulness.falsify import Trial, trials
from eval.faithfulness.texts import CORPORA, Text, document_of, page_of
from sayso.vet import Page, Vetted, of_record, vet

FIGURES = ("kept", "marked", "caught", "frames")
_TEXTS = 120  # texts of a corpus that floors are measured on
_TRIED = 40  # trials of a kind and half that the filter is asked for: its aligner is slow
_CHUNK = 1000  # characters
_ENOUGH = 40  # trials of a kind for it to count as the worst
Keeps = Callable[[str, str], bool]


def langextract() -> Keeps | None:
    """LangExtract's documented filter, "keep what has a char_interval", with its own aligner; None if not installed."""
    try:
        from langextract.core import data  # noqa: PLC0415 - measured only where it is installed
        from langextract.resolver import Resolver  # noqa: PLC0415 - as above
    except ImportError:
        return None
    resolver = Resolver()

    def keeps(text: str, content: str) -> bool:
        extraction = data.Extraction(extraction_class="claim", extraction_text=content)
        found = list(resolver.align([extraction], text, 0, 0))
        return found[0].char_interval is not None

    return keeps


def result(trial: Trial, pages: dict[str, Page]) -> Vetted:
    """What vet makes of a trial."""
    page = trial.text.page
    if trial.of is not None:
        if trial.of not in pages:
            pages[trial.of] = page_of(document_of(trial.of))
        page = pages[trial.of]
    (found,) = vet(page, of_record(trial.claim))
    return found


def measure(
    texts: Sequence[Text], filters: Iterable[Keeps], frame_set: str | None = None, only: str | None = None
) -> tuple[dict[str, Counter[str]], list[tuple[Trial, Vetted]]]:
    """For each kind: n, let through by vet, by a look for the same words, kept by the filter; and the trials that vet
    gets wrong. ``only``: of kinds with this in their name.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    pages: dict[str, Page] = {}
    for trial in trials(texts, frame_set=frame_set):
        if only is not None and only not in trial.kind:
            continue
        found = result(trial, pages)
        counts[trial.kind]["n"] += 1
        counts[trial.kind]["vet"] += found.faithful
        counts[trial.kind]["words"] += stands_there(trial)
        if found.faithful != trial.true:
            wrong.append((trial, found))
        for keeps in filters if counts[trial.kind]["tried"] < _TRIED else ():
            text = trial.of if trial.of is not None else trial.text.page.text
            counts[trial.kind]["tried"] += 1
            counts[trial.kind]["langextract"] += keeps(chunk(text, trial.claim["content"]), trial.claim["content"])
    return counts, wrong


def stands_there(trial: Trial) -> bool:
    """What a plain search would say: does the content stand in the text, but for white space and the last mark?"""
    text = trial.of if trial.of is not None else trial.text.page.text
    return " ".join(trial.claim["content"].split()).rstrip(".") in " ".join(text.split())


def chunk(text: str, content: str) -> str:
    """The piece of a text that a claim is aligned to: as long as LangExtract's are, with most of the claim's words."""
    if len(text) <= _CHUNK:
        return text
    words = Counter(content.split())
    pieces = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK // 2)]
    return max(pieces, key=lambda piece: (words & Counter(piece.split())).total())


def figures(corpus: str, folder: Path) -> dict[str, float]:
    """On the half that was not tuned on, with the frames that rules were written against, in percent: true claims kept,
    those that people marked apart; falsified ones caught, of the kind that is caught least, those that leave a frame
    away apart.
    """
    own = (text for text in CORPORA[corpus](folder) if text.half == "test")
    counts, _ = measure(list(islice(own, _TEXTS)), (), "tuned")

    def kept(*kinds: str) -> float:
        found = [counts[kind] for kind in kinds]
        return 100 * sum(count["vet"] for count in found) / sum(count["n"] for count in found)

    def caught(*, framed: bool) -> float:
        kinds = [k for k in counts if not k.startswith("true") and k.startswith(("dropped: ", "framed: ")) == framed]
        worst = max(counts[k]["vet"] / counts[k]["n"] for k in kinds if counts[k]["n"] >= _ENOUGH)
        return 100 - 100 * worst

    return {
        "kept": kept("true: verbatim", "true: normalised", "true: framed"),
        "marked": kept("true: marked", "true: marked, no cue"),
        "caught": caught(framed=False),
        "frames": caught(framed=True),
    }
