"""Where the words of a claim stand in the text: each of them, in a row, and nothing between.

In:   a Page, words.   Out: Places, with what differs in writing.
Knows nothing of: who says it, what stands around.

What may differ is told by rule: the normal forms of `words`; a name for a pronoun of the one who bears it; the shift of
person and tense where a quotation is told ("we have" - "they had"). Between two words the text may have what reports
("… ," she said, "…") and, where the claim marks that it leaves words out, words that change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sayso.parse.quotations import pair
from sayso.spans import Span, merge
from sayso.vet.page import Page
from sayso.vet.words import Word, cut

_LEFT_OUT = re.compile(r"…|\.{3,}|\[\s*(?:…|\.\.\.)\s*\]")
_STOPS = re.compile(r"[.?!;:…—–]|--|[\"”“]")
_MARKS = re.compile(r"[\"“”«»‘’']")
_ENDS = re.compile(r"[.?!…]|\n\s*\n")
_ASIDES = re.compile(r"[,()—–―-]")
_QUESTION = re.compile(r"[\"”’'\s.)]{0,3}\?")
_MOST = 24  # places looked at: a word or two may stand anywhere
_REACH = 60  # words that may report between two pieces of a quotation
_ASIDE = 8  # words beside source and cue that may do so in the middle of a sentence
_SAME = {"'s": ("is", "has"), "'d": ("would", "had")}
_PERSONS = {
    "i": ("he", "she", "they", "it"), "me": ("him", "her", "them", "it"), "my": ("his", "her", "their", "its"),
    "mine": ("his", "hers", "theirs"), "we": ("they", "it"), "us": ("them", "it"), "our": ("their", "its"),
    "ours": ("theirs",), "myself": ("himself", "herself"), "ourselves": ("themselves",),
}  # fmt: skip
_TENSES = {
    "am": ("is", "was"), "is": ("was",), "are": ("were", "is", "was"), "have": ("had", "has"), "has": ("had",),
    "will": ("would",), "can": ("could",), "may": ("might",), "do": ("did", "does"), "does": ("did",),
    "'s": ("was", "had"), "shall": ("would", "should"),
}  # fmt: skip
_SPEAKER = frozenset(("i", "we", "me", "us"))


class Wanted(NamedTuple):
    """Words to be found. ``quoted``: those within quotation marks; ``gaps``: what stands before each; ``speaker``: what
    "I" may be replaced by.
    """

    text: str
    words: tuple[Word, ...]
    quoted: frozenset[int]
    gaps: tuple[str, ...]
    speaker: tuple[str, ...] = ()


class Place(NamedTuple):
    """Where words stand. ``words``: their numbers; ``exact``: written the very same; ``changes``: what is not.

    ``marked``: the place of words that the claim has in quotation marks and the text has not; ``skipped``: what stands
    between its pieces.
    """

    spans: tuple[Span, ...]
    words: tuple[int, ...]
    exact: bool
    changes: tuple[str, ...]
    marked: Span | None
    skipped: tuple[Span, ...] = ()


class _Step(NamedTuple):
    """From one text word to the next: ``taken`` text words, the next one ``at``, ``used`` words of the claim."""

    taken: tuple[int, ...]
    at: int
    used: int
    change: str | None
    skipped: Span | None = None


def wanted(text: str, speaker: str | None = None) -> Wanted:
    """The words of a field of a claim."""
    words = cut(text)
    quotations, _ = pair(text, [Span(0, len(text))] if text else [])
    quoted = {n for q in quotations if q.closed for n, w in enumerate(words) if q.span.start <= w.start < q.span.end}
    ends = [0, *(word.end for word in words)]
    gaps = tuple(text[end : word.start] for end, word in zip(ends, words, strict=False))
    names = tuple(word.norm for word in cut(speaker)) if speaker else ()
    return Wanted(text, words, frozenset(quoted), gaps, names)


class Finder:
    """Finds words in one text. ``reports``: the words of the text that report; ``own``: those of the claim's own source
    and cue. ``loose``: so many words may stand between two, if they change nothing.
    """

    def __init__(self, page: Page, reports: Collection[int] = (), own: Collection[int] = (), *, loose: int = 0) -> None:
        self.page, self.reports, self.own, self.loose = page, reports, own, loose
        self._jumps = _jumps(page)

    def places(self, want: Wanted, among: range | None = None) -> list[Place]:
        """All places, in text order, at most `_MOST`. ``among``: the words that one may begin with."""
        if not want.words:
            return []
        found: list[Place] = []
        for start in self._starts(want):
            if among is not None and start not in among:
                continue
            steps = (self._match(start, want, marked=True) if want.quoted else None) or self._match(start, want)
            if steps is not None:
                found.append(self._place(want, steps))
                if len(found) == _MOST:
                    break
        return found

    def _starts(self, want: Wanted) -> list[int]:
        page, first = self.page, want.words[0].norm
        starts = set(page.index.get(first, ()))
        starts |= {
            at for at, mentions in page.mentions.items() if any(n[0] == first for m in mentions for n in m.names)
        }
        starts |= {at for at, (_, day) in page.days.items() if f"@{day}" == first}
        if 0 not in want.quoted:
            starts |= {at for at in page.quoted if any(self._shifted(at, 0, want))}
        return sorted(starts)

    def _match(self, start: int, want: Wanted, *, marked: bool = False) -> list[_Step] | None:
        """The steps from ``start`` through all words; depth first, what is written alike first. ``marked``: what the
        claim has in quotation marks only where the text has it so.
        """
        failed: set[tuple[int, int]] = set()
        path: list[_Step] = []
        stack = [(start, 0, self._steps(start, 0, want, started=False))]
        while stack:
            at, used, steps = stack[-1]
            step = next(steps, None)
            if step is None:
                failed.add((at, used))
                stack.pop()
                if path:
                    path.pop()
                continue
            if marked and used in want.quoted and step.taken[0] not in self.page.quoted:
                continue
            after, done = step.at, used + step.used
            if done == len(want.words):
                return [*path, step]
            if (after, done) in failed:
                continue
            path.append(step)
            stack.append((after, done, self._steps(after, done, want, started=True)))
        return None

    def _steps(self, at: int, used: int, want: Wanted, *, started: bool) -> Iterator[_Step]:
        """What may come next where the claim's word ``used`` should stand at the text's word ``at``."""
        if at < len(self.page.words) and not (started and self._runs_on(at, used, want)):
            yield from self._here(at, used, want)
        if started:
            for to in self._skips(at, used, want):
                for step in self._here(to, used, want):
                    span = self.page.span(at, to - 1)
                    left = " ".join(span.of(self.page.text).split())
                    yield step._replace(change=step.change or f"between its pieces stands “{left}”", skipped=span)

    def _here(self, at: int, used: int, want: Wanted) -> Iterator[_Step]:
        page, word = self.page, want.words[used]
        own = page.words[at].norm
        if own == word.norm or word.norm in _SAME.get(own, ()) or own in _SAME.get(word.norm, ()):
            yield _Step((at,), at + 1, 1, None)
        after, day = page.days.get(at, (at, ""))
        if day and f"@{day}" == word.norm != own:
            said = page.span(at, after - 1).of(page.text)
            yield _Step(tuple(range(at, after)), after, 1, f"“{said}” is {day}")
        for mention in page.mentions.get(at, ()):
            for name in mention.names:
                if tuple(w.norm for w in want.words[used : used + len(name)]) == name:
                    words = page.span(at, mention.end - 1).of(page.text)
                    said = want.text[word.start : want.words[used + len(name) - 1].end]
                    yield _Step(tuple(range(at, mention.end)), mention.end, len(name), f"“{words}” is “{said}”")
        if at in page.quoted and used not in want.quoted:
            for many in self._shifted(at, used, want):
                said = want.text[word.start : want.words[used + many - 1].end]
                yield _Step((at,), at + 1, many, f"“{page.words[at].span.of(page.text)}” is told as “{said}”")

    def _shifted(self, at: int, used: int, want: Wanted) -> Iterator[int]:
        """How many words of the claim tell a word of a quotation in the third person, or in the past."""
        own, norm = self.page.words[at].norm, want.words[used].norm
        if norm in _PERSONS.get(own, ()) or norm in _TENSES.get(own, ()) or self._past(at) == norm:
            yield 1
        size = len(want.speaker)
        if own in _SPEAKER and size and tuple(w.norm for w in want.words[used : used + size]) == want.speaker:
            yield size

    def _past(self, at: int) -> str | None:
        """The past of a regular verb in the present."""
        syntax, span = self.page.syntax, self.page.words[at].span
        token = next(iter(syntax.within(span)), None)
        if token is None or syntax.xpos[token] not in ("VBP", "VBZ") or syntax.upos[token] != "VERB":
            return None
        lemma = syntax.lemma[token].lower()
        return lemma + "d" if lemma.endswith("e") else re.sub(r"(?<![aeiou])y$", "i", lemma) + "ed"

    def _runs_on(self, at: int, used: int, want: Wanted) -> bool:
        """Does the claim run two sentences of the text together, or make a statement of a question?"""
        if at == 0:
            return False
        gap, said = self.page.gap(at - 1, at), want.gaps[used]
        if ("?" in gap) != ("?" in said):
            return True
        if at not in self.page.ends:
            return False
        if (at in self.page.quoted) != (at - 1 in self.page.quoted) and not _MARKS.search(said):
            return True  # out of a quotation, or into one
        return bool(_ENDS.search(gap)) and not _STOPS.search(said)

    def _skips(self, at: int, used: int, want: Wanted) -> Iterator[int]:
        """Words that the text may go on with after some that report, or that the claim says it leaves out."""
        page, norm = self.page, want.words[used].norm
        last = min(at + _REACH, len(page.words))
        yield from self._jumps.get(at, ())
        for to in range(at + 1, last):
            if page.words[to].norm == norm and self._reports(at, to):
                yield to
        if self.loose or _LEFT_OUT.search(want.gaps[used]):
            limit = min(at + self.loose, last) if self.loose else last
            for to in range(at + 1, limit):
                if page.words[to].norm == norm and self._changes_nothing(at, to):
                    yield to

    def _reports(self, at: int, to: int) -> bool:
        """Do the words from ``at`` to ``to`` only report what is around them?"""
        page = self.page
        between = range(at, to)
        if any(w in self.own for w in between) and all(w in self.own or page.words[w].norm == "by" for w in between):
            return True
        told = [word for word in between if word in self.reports]
        if not told or not set(page.gap(at - 1, at)) & set(",\"”’—–'.?!") or not page.gap(to - 1, to).strip():
            return False
        if at - 1 in page.quoted and to in page.quoted:
            return not any(word in page.quoted for word in between)
        one = page.sentence(at - 1) == page.sentence(to)
        return one and len(between) - len(told) <= _ASIDE and not any(word in page.quoted for word in between)

    def _changes_nothing(self, at: int, to: int) -> bool:
        """May a claim leave these words out if it says so: of one sentence, none that negates or hedges; none that
        counts, but in what is set off by marks. The claim's own source and cue may be among them.
        """
        page = self.page
        between = [word for word in range(at, to) if word not in self.own]
        if page.sentence(at - 1) != page.sentence(to):
            return False
        if len({word in page.quoted for word in (at - 1, *between)}) > 1 and any(w in page.quoted for w in between):
            return False
        aside = _ASIDES.search(page.gap(at - 1, at)) and _ASIDES.search(page.gap(to - 1, to))
        if not aside and any(page.words[word].is_number for word in between):
            return False
        return not any(weighty(page, page.span(run[0], run[-1])) for run in _runs(between))

    def _place(self, want: Wanted, steps: Sequence[_Step]) -> Place:
        page = self.page
        runs: list[list[int]] = []  # of words in a row: the first, the last, how many of the claim's are used by then
        used, bare = 0, None
        for step in steps:
            if bare is None and used in want.quoted and page.quoted.isdisjoint(step.taken):
                bare = page.words[step.taken[0]].span
            used += step.used
            if runs and step.taken[0] == runs[-1][1] + 1:
                runs[-1][1:] = [step.taken[-1], used]
            else:
                runs.append([step.taken[0], step.taken[-1], used])
        spans = merge(self._run(want, *run) for run in runs)
        changes = tuple(dict.fromkeys(change for change in self._changes(want, steps) if change))
        exact = not changes and _verbatim(page.text, want.text, spans)
        taken = tuple(word for step in steps for word in step.taken)
        skipped = tuple(step.skipped for step in steps if step.skipped is not None)
        return Place(spans, taken, exact, changes, bare, skipped)

    def _changes(self, want: Wanted, steps: Sequence[_Step]) -> Iterator[str | None]:
        """What each step changes; also where one word is written otherwise than by case and marks."""
        used = 0
        for step in steps:
            yield step.change
            if step.change is None:
                there, said = (
                    self.page.words[step.taken[0]].span.of(self.page.text),
                    want.words[used].span.of(want.text),
                )
                if _bare(there) != _bare(said):
                    yield f"“{said}” for “{there}”"
            used += step.used

    def _run(self, want: Wanted, first: int, last: int, used: int) -> Span:
        """The place of some words in a row, with the question mark after them where the claim has it too."""
        span = self.page.span(first, last)
        tail = want.gaps[used] if used < len(want.gaps) else want.text[want.words[-1].end :]
        mark = _QUESTION.match(self.page.text, span.end) if "?" in tail else None
        return Span(span.start, mark.end()) if mark else span


_WEIGHTY = re.compile(
    r"\b(?:not|no|none|nobody|nothing|never|neither|nor|without|cannot|hardly|barely|if|unless|whether|would|could|may"
    r"|might|should|must|except|but|only)\b|n['’]t\b",
    re.IGNORECASE,
)


def _bare(word: str) -> str:
    return re.sub(r"[^\w%$€£]", "", word).casefold()


def _runs(words: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together."""
    run: list[int] = []
    for word in words:
        if run and word != run[-1] + 1:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def weighty(page: Page, span: Span) -> bool:
    """Does a stretch negate, hedge or set a condition, or report what somebody says?"""
    words = span.of(page.text)
    lexicon = page.knowledge.lexicon
    if _WEIGHTY.search(words) or lexicon.hedge_pattern.search(words):
        return True
    embeds = page.knowledge.stances
    tokens = page.syntax.within(span)
    return any(embeds.embedded([page.syntax.lemma[t].lower()], "that") for t in tokens if page.syntax.upos[t] == "VERB")


def _verbatim(text: str, claim: str, spans: Sequence[Span]) -> bool:
    """The same characters but for white space, punctuation at both ends, and line ends."""
    words = " ".join(" ".join(span.of(text).split()) for span in spans)
    said = " ".join(claim.split())
    return words in said and not re.search(r"\w", said.replace(words, "", 1))


def _jumps(page: Page) -> dict[int, list[int]]:
    """From the word after a piece of a content to the first word of its next piece."""
    found: dict[int, list[int]] = {}
    for claim in page.said:
        pieces = [page.within(span) for span in claim.content.spans]
        for left, right in pairwise(pieces):
            if left and right and left[-1] + 1 < right[0]:
                found.setdefault(left[-1] + 1, []).append(right[0])
    return found
