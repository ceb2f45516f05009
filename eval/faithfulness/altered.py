"""Falsified claims with other words than the text has: a negation, a number, a name, two halves joined.

In:   Texts.   Out: Trials.
Knows nothing of: vet, who says it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from eval.faithfulness.texts import Text
from eval.faithfulness.trial import NUMBER_WORD, NUMBER_WORDS, Trial, bare, false, initials, somebody
from sayso.spans import Span
from sayso.syntax import Syntax

_NEGATIONS = re.compile(r"\b(?:not|never|no)\b |n['’]t\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d[\d,]*(?:\.\d+)?\b(?!-)")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "September", "October", "November")
_DATE = re.compile(rf"\b(?:{'|'.join((*_DAYS, *_MONTHS))})\b|\b(?:19|20)\d\d\b")
_HEDGE = re.compile(
    r"\b(?:reportedly|allegedly|apparently|supposedly|possibly|probably|perhaps|likely|may|might|could) ", re.IGNORECASE
)


def not_inserted(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    syntax = text.page.syntax
    for sentence in text.sentences:
        tokens = [t for t in syntax.within(sentence) if syntax.upos[t] == "AUX"] or _verbs(syntax, sentence)
        if tokens:
            at = syntax.end[tokens[0]] if syntax.upos[tokens[0]] == "AUX" else syntax.start[tokens[0]]
            word = chance.choice(("not", "never", "not", "failed to"))
            put = f" {word}" if syntax.upos[tokens[0]] == "AUX" else f"{word} "
            plain = text.page.text
            yield false("not inserted", text, content=plain[sentence.start : at] + put + plain[at : sentence.end])


def _verbs(syntax: Syntax, sentence: Span) -> list[int]:
    return [t for t in syntax.within(sentence) if syntax.upos[t] == "VERB"]


def not_removed(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        for match in _NEGATIONS.finditer(plain):
            left = plain[: match.start()] + plain[match.end() :]
            if not re.search(r"\bca$", plain[: match.start()]):
                yield false("not removed", text, content=left)


def number_changed(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        matches = [*_NUMBER.finditer(plain), *NUMBER_WORD.finditer(plain)]
        if matches:
            match = chance.choice(matches)
            if match.group().isalpha():
                new = chance.choice([w for w in NUMBER_WORDS if w != match.group()])
            else:
                digits = list(match.group())
                at = chance.choice([i for i, d in enumerate(digits) if d.isdigit()])
                digits[at] = chance.choice([d for d in "123456789" if d != digits[at]])
                new = "".join(digits)
            yield false("number changed", text, content=plain[: match.start()] + new + plain[match.end() :])


def date_changed(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        for match in list(_DATE.finditer(plain))[:1]:
            old = match.group()
            others = _DAYS if old in _DAYS else _MONTHS if old in _MONTHS else (str(int(old) + 1), str(int(old) - 2))
            new = chance.choice([other for other in others if other != old])
            yield false("date changed", text, content=plain[: match.start()] + new + plain[match.end() :])


def name_changed(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    names = text.page.syntax.names
    plain = text.page.text
    for sentence in text.sentences:
        inside = [n for n in names if sentence.contains(n.span)]
        if not inside:
            continue
        old = chance.choice(inside)
        words = set(bare(old.span.of(plain)))
        others = [n.span.of(plain) for n in names if n.kind == old.kind and not words & set(bare(n.span.of(plain)))]
        others = [o for o in others if initials(o) != initials(old.span.of(plain))]
        if others:
            new = chance.choice(others)
            said = plain[sentence.start : old.span.start] + new + plain[old.span.end : sentence.end]
            yield false("name changed", text, content=said)


def speaker_put_before(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        who = somebody(text, chance)
        said = sentence.of(text.page.text)
        yield false(
            "invented speaker in content", text, content=f"{who[0].upper()}{who[1:]} said {said[0].lower()}{said[1:]}"
        )


def spliced(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    plain = text.page.text
    for number, sentence in enumerate(text.sentences):
        others = [s for n, s in enumerate(text.sentences) if n != number]
        if others:
            other = chance.choice(others[max(0, number - 2) : number + 2] if chance.random() < 0.5 else others)
            a, b = sentence.of(plain).split(), other.of(plain).split()
            yield false("two halves spliced", text, content=" ".join((*a[: len(a) // 2], *b[len(b) // 2 :])))


def of_another(text: Text, texts: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    others = [
        t for t in texts if t.name.split("/")[0] != text.name.split("/")[0] and t.corpus == text.corpus and t.sentences
    ]
    for _ in text.sentences if others else ():
        other = chance.choice(others)
        said = chance.choice(other.sentences).of(other.page.text)
        if " ".join(said.split()) not in " ".join(text.page.text.split()):
            yield false("of another document", text, content=said)


def marks_put(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        if not re.search(r"[\"“”«»‘]|''|``", plain) and not set(text.page.within(sentence)) & text.page.quoted:
            yield false("quotation marks put", text, content=f"“{plain}”")


def hedge_removed(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        for match in list(_HEDGE.finditer(plain))[:1]:
            left = plain[: match.start()] + plain[match.end() :]
            yield false("hedge removed", text, content=left[:1].upper() + left[1:])
