"""Falsified claims, and true ones, made from texts by rule: what a program that reads loosely gets wrong.

In:   Texts.   Out: Trials: a text, a claim, whether it is true.
Knows nothing of: vet.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.marked import strip

from eval.brat import Attribution
from eval.faithfulness.frames import frames
from eval.faithfulness.texts import Text
from sayso.spans import Span
from sayso.syntax import Syntax

_NEGATIONS = re.compile(r"\b(?:not|never|no)\b |n['’]t\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d[\d,]*(?:\.\d+)?\b(?!-)")
_WORDS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
)
_NUMBER_WORD = re.compile(rf"\b(?<!-)(?:{'|'.join(_WORDS)})\b(?!-)")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "September", "October", "November")
_DATE = re.compile(rf"\b(?:{'|'.join((*_DAYS, *_MONTHS))})\b|\b(?:19|20)\d\d\b")
_HEDGE = re.compile(
    r"\b(?:reportedly|allegedly|apparently|supposedly|possibly|probably|perhaps|likely|may|might|could) ", re.IGNORECASE
)
_DENYING = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject\w*|disput\w*|dismiss\w*|doubt\w*)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)
_IF_FIRST = re.compile(r"If (?P<if>[^,;:.?!“”\"]+), (?:then )?(?P<then>[^,;:.?!“”\"]+)\.")
_IF_LAST = re.compile(r"(?P<then>[A-Z][^,;:.?!“”\"]+?),? if (?P<if>[^,;:.?!“”\"]+)\.")
_BESIDE = re.compile(
    r"\b(?:if|unless|whether|may|might|can|could|would|should|must|perhaps|maybe|possibly|probably|likely|unlikely|not"
    r"|never|no|nobody|nothing|none|neither|nor|without|cannot|unable|try|tries|tried|attempt\w*|imagine|suppose|let)\b"
    r"|n['’]t\b|\?|^Say\b",
    re.IGNORECASE,
)
_PLAIN_CUES = frozenset(
    ("said", "says", "told", "according to", "according to,", "added", "stated", "noted", "announced")
)
_INVENTED = ("the White House", "Oskar Vellin", "two unnamed sources", "the Ministry of Roads", "Dr. Hanne Quist")
_FRAMERS = ("The ministry", "The prosecutor", "Ida Brandt", "A spokesman for the council", "The harbour office")
_OTHERS = ("Tomas Reyk", "Vera Holm", "Lena Ferro", "Karel Osk")


@dataclass(frozen=True)
class Trial:
    """A claim on a text. ``kind``: how it was made; ``of``: a text of its own, if it is not on the Text's."""

    kind: str
    true: bool
    text: Text
    claim: dict[str, Any]
    of: str | None = None


Maker = Callable[[Text, Sequence[Text], random.Random], Iterator[Trial]]


def trials(texts: Sequence[Text], seed: int = 7) -> Iterator[Trial]:
    """All trials of some texts; each text's chance is its own, so that others change nothing."""
    for text in texts:
        for maker in _RARE if text.corpus == "train" else (*_TRUE, *_FALSE):
            yield from maker(text, texts, random.Random(f"{seed} {text.name} {maker.__name__}"))


def _content(text: Text, attribution: Attribution) -> str:
    """The words of a content; where something else than its source and cue stands between two pieces, "…"."""
    plain, said = text.page.text, ""
    own = (*attribution.source, *attribution.cue)
    for before, span in zip((None, *attribution.content), attribution.content, strict=False):
        if before is not None:
            gap = range(before.end, span.start)
            left = [plain[at] for at in gap if not any(s.start <= at < s.end for s in own)]
            reported = len(left) < len(gap) and not any(character.isalnum() for character in left)
            said += " " if reported else " … "
        said += span.of(plain)
    return said


def _statements(text: Text) -> list[Attribution]:
    """What is marked whole, four words or more. The rest are slips of the hand, and topics."""
    marked = (own for own in text.gold if all(_is_whole(text, s) for s in (*own.source, *own.cue, *own.content)))
    return [own for own in marked if _size(text, own) >= 4]


def _is_whole(text: Text, span: Span) -> bool:
    around = text.page.text[max(0, span.start - 1) : span.start + 1], text.page.text[span.end - 1 : span.end + 1]
    return not any(len(pair) == 2 and pair.isalnum() for pair in around)


def _size(text: Text, attribution: Attribution) -> int:
    return len(_content(text, attribution).split())


def _source(text: Text, attribution: Attribution) -> str:
    return " ".join(span.of(text.document.text) for span in attribution.source)


def _cue(text: Text, attribution: Attribution) -> str:
    return " ".join(span.of(text.document.text) for span in attribution.cue)


# --- true ---


def verbatim(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        yield Trial("true: verbatim", True, text, {"content": sentence.of(text.page.text)})  # noqa: FBT003 - a fact


def normalised(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        changed = plain.translate(str.maketrans("“”’‘—–", "\"\"''--"))
        changed = re.sub(
            r"\b(can|do|does|did|is|are|was|were|has|have|had|would|could|should)n['’]t\b", r"\1 not", changed
        )
        changed = (
            changed.replace("cannot", "can not").replace("can not", "cannot") if chance.random() < 0.5 else changed
        )
        changed = _NUMBER_WORD.sub(lambda m: str((*range(2, 13), 20, 30)[_WORDS.index(m.group())]), changed)
        changed = changed.replace(" ", "  ", 1).replace(" percent", "%").removesuffix(".")
        if changed[1:2].islower() and text.page.syntax.upos[text.page.syntax.within(sentence)[0]] != "PROPN":
            changed = changed[0].lower() + changed[1:]
        yield Trial("true: normalised", True, text, {"content": changed})  # noqa: FBT003 - as above


def marked(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    """What people have marked: source, cue and content; and without the cue where it only says. Apart are contents
    without a verb, which name a topic, and such as have a word in their sentence, outside of what is marked, that may
    put the whole attribution under a condition ("If he says that …"): whether it does is not told by rule.
    """
    for own in _statements(text):
        cue, claim = _cue(text, own), {"content": _content(text, own)}
        if own.source:
            claim["source"] = _source(text, own)
        if outer := _outer(text, own):
            claim["via"] = _source(text, outer)
        kind = "true: marked"
        if _BESIDE.search(_unmarked(text, own)):
            kind = "true? a condition may be left out"
        elif not _has_verb(text, own):
            kind = "true? a topic"
        yield Trial(kind, True, text, {**claim, "cue": cue})  # noqa: FBT003 - as above
        if own.source and cue.lower() in _PLAIN_CUES and kind == "true: marked":
            yield Trial("true: marked, no cue", True, text, claim)  # noqa: FBT003 - as above


def _unmarked(text: Text, own: Attribution) -> str:
    """The words of an attribution's sentences that none of its marks hold."""
    plain, marks = text.page.text, (*own.source, *own.cue, *own.content)
    sentences = [s for s in text.page.parsed.sentences if any(s.overlaps(mark) for mark in marks)]
    places = (at for sentence in sentences for at in range(sentence.start, sentence.end))
    return "".join(plain[at] if not any(m.start <= at < m.end for m in marks) else "\n" for at in places)


def _has_verb(text: Text, own: Attribution) -> bool:
    syntax = text.page.syntax
    return any(syntax.upos[t] in ("VERB", "AUX") for span in own.content for t in syntax.within(span))


def _outer(text: Text, own: Attribution) -> Attribution | None:
    """The attribution whose content holds one, the innermost."""
    holding = [
        o
        for o in text.gold
        if o is not own and o.source and all(any(c.contains(s) for c in o.content) for s in (*own.content, *own.cue))
    ]
    return min(holding, key=lambda o: sum(map(len, o.content)), default=None)


# --- false: other words ---


def _false(kind: str, text: Text, of: str | None = None, **claim: Any) -> Trial:
    return Trial(kind, False, text, claim, of)  # noqa: FBT003 - as above


def not_inserted(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    syntax = text.page.syntax
    for sentence in text.sentences:
        tokens = [t for t in syntax.within(sentence) if syntax.upos[t] == "AUX"] or _verbs(syntax, sentence)
        if tokens:
            at = syntax.end[tokens[0]] if syntax.upos[tokens[0]] == "AUX" else syntax.start[tokens[0]]
            word = chance.choice(("not", "never", "not", "failed to"))
            put = f" {word}" if syntax.upos[tokens[0]] == "AUX" else f"{word} "
            plain = text.page.text
            yield _false("not inserted", text, content=plain[sentence.start : at] + put + plain[at : sentence.end])


def _verbs(syntax: Syntax, sentence: Span) -> list[int]:
    return [t for t in syntax.within(sentence) if syntax.upos[t] == "VERB"]


def not_removed(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        for match in _NEGATIONS.finditer(plain):
            left = plain[: match.start()] + plain[match.end() :]
            if not re.search(r"\bca$", plain[: match.start()]):
                yield _false("not removed", text, content=left)


def number_changed(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        matches = [*_NUMBER.finditer(plain), *_NUMBER_WORD.finditer(plain)]
        if matches:
            match = chance.choice(matches)
            if match.group().isalpha():
                new = chance.choice([w for w in _WORDS if w != match.group()])
            else:
                digits = list(match.group())
                at = chance.choice([i for i, d in enumerate(digits) if d.isdigit()])
                digits[at] = chance.choice([d for d in "123456789" if d != digits[at]])
                new = "".join(digits)
            yield _false("number changed", text, content=plain[: match.start()] + new + plain[match.end() :])


def date_changed(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        for match in list(_DATE.finditer(plain))[:1]:
            old = match.group()
            others = _DAYS if old in _DAYS else _MONTHS if old in _MONTHS else (str(int(old) + 1), str(int(old) - 2))
            new = chance.choice([other for other in others if other != old])
            yield _false("date changed", text, content=plain[: match.start()] + new + plain[match.end() :])


def name_changed(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    names = text.page.syntax.names
    plain = text.page.text
    for sentence in text.sentences:
        inside = [n for n in names if sentence.contains(n.span)]
        if not inside:
            continue
        old = chance.choice(inside)
        words = set(_bare(old.span.of(plain)))
        others = [n.span.of(plain) for n in names if n.kind == old.kind and not words & set(_bare(n.span.of(plain)))]
        others = [o for o in others if _initials(o) != _initials(old.span.of(plain))]
        if others:
            new = chance.choice(others)
            said = plain[sentence.start : old.span.start] + new + plain[old.span.end : sentence.end]
            yield _false("name changed", text, content=said)


def _bare(name: str) -> list[str]:
    return [re.sub(r"['’]s$|\W", "", word).lower() for word in name.split()]


def _initials(name: str) -> str:
    return "".join(re.findall(r"[A-Z]", name))


def _somebody(text: Text, chance: random.Random) -> str:
    """A speaker whom the text does not name, in any spelling of the article before it."""
    plain = text.page.text.casefold()
    return chance.choice([who for who in _INVENTED if who.removeprefix("the ").casefold() not in plain])


def speaker_put_before(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        who = _somebody(text, chance)
        said = sentence.of(text.page.text)
        yield _false(
            "invented speaker in content", text, content=f"{who[0].upper()}{who[1:]} said {said[0].lower()}{said[1:]}"
        )


def spliced(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    plain = text.page.text
    for number, sentence in enumerate(text.sentences):
        others = [s for n, s in enumerate(text.sentences) if n != number]
        if others:
            other = chance.choice(others[max(0, number - 2) : number + 2] if chance.random() < 0.5 else others)
            a, b = sentence.of(plain).split(), other.of(plain).split()
            yield _false("two halves spliced", text, content=" ".join((*a[: len(a) // 2], *b[len(b) // 2 :])))


def of_another(text: Text, texts: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    others = [
        t for t in texts if t.name.split("/")[0] != text.name.split("/")[0] and t.corpus == text.corpus and t.sentences
    ]
    for _ in text.sentences if others else ():
        other = chance.choice(others)
        said = chance.choice(other.sentences).of(other.page.text)
        if " ".join(said.split()) not in " ".join(text.page.text.split()):
            yield _false("of another document", text, content=said)


def marks_put(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        if not re.search(r"[\"“”«»‘]|''|``", plain) and not set(text.page.within(sentence)) & text.page.quoted:
            yield _false("quotation marks put", text, content=f"“{plain}”")


def hedge_removed(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        for match in list(_HEDGE.finditer(plain))[:1]:
            left = plain[: match.start()] + plain[match.end() :]
            yield _false("hedge removed", text, content=left[:1].upper() + left[1:])


# --- false: what stands over it dropped ---


def framed(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    """Texts in which a sentence stands under words that its claim leaves out, or is somebody else's; beside each the
    claim that shows them.
    """
    plain = text.page.text
    fit = [s for s in text.sentences if re.fullmatch(r"[A-Z][^\"“”?!:;\n]+\.", s.of(plain)) and len(s) < 220]
    fit = [s for s in fit if any(text.page.syntax.rel[t].startswith("nsubj") for t in text.page.syntax.within(s))]
    for sentence in chance.sample(fit, min(len(fit), 2)):
        said = sentence.of(plain).rstrip(".")
        proper = text.page.syntax.upos[text.page.syntax.within(sentence)[0]] == "PROPN" or said.startswith("I ")
        low = said if proper else said[0].lower() + said[1:]
        before = plain[max(0, sentence.start - 300) : sentence.start]
        before = before[before.find(". ") + 2 :] if ". " in before else ""
        if re.search(r"[\[\]|{}]", before + said):
            continue  # marks of ours
        for kind, some in frames(text.half).items():
            frame, who, other = chance.choice(some), chance.choice(_FRAMERS), chance.choice(_OTHERS)
            of, marks = strip(before + frame.marked.format(s=low, S=said, who=_low(who), Who=who, other=other))
            shown = {role: spans[0].of(of) for role, spans in marks.get("1", {}).items()}
            if shown:
                yield Trial("true: framed", True, text, shown, of)  # noqa: FBT003 - a fact
            if frame.is_of_two:
                cue = {"cue": shown["cue"]} if chance.random() < 0.5 else {}
                yield _false(f"framed: {kind}", text, of, content=f"{said}.", source=other, **cue)
            else:
                source = {"source": who} if who.lower() in of.lower() and chance.random() < 0.67 else {}
                cue = {"cue": "said"} if source and chance.random() < 0.5 else {}
                yield _false(f"dropped: {kind}", text, of, content=f"{said}.", **source, **cue)


def _low(who: str) -> str:
    return who[0].lower() + who[1:] if who.startswith(("The ", "A ")) else who


def asked(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences if "?" in text.document.text else ():
        plain = sentence.of(text.page.text)
        if plain.rstrip('"”’').endswith("?"):
            yield _false("question as statement", text, content=plain.replace("?", "."))


# --- false: who says it ---


def invented_source(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for own in _statements(text):
        who = _somebody(text, chance)
        yield _false("invented speaker", text, content=_content(text, own), source=who, cue=_cue(text, own))


def wrong_source(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    """Another one's words: named sources only, as a pronoun or a description may stand for the right one."""
    named = [own for own in _statements(text) if own.source and _is_name(_source(text, own))]
    for own in named:
        words = set(_bare(_source(text, own)))
        others = [
            o for o in named if not words & set(_bare(_source(text, o))) - {"the", "a", "of"} and _apart(text, own, o)
        ]
        if others:
            other = chance.choice(others)
            claim = {"content": _content(text, own), "source": _source(text, other)}
            yield _false("wrong speaker", text, **claim)
            yield _false("wrong speaker, right cue", text, **claim, cue=_cue(text, own))
            if _cue(text, own).lower() != _cue(text, other).lower():
                yield _false("wrong speaker and cue", text, **claim, cue=_cue(text, other))


def _is_name(source: str) -> bool:
    words = source.split()
    return any(w[:1].isupper() for w in words[1:]) or (len(words) == 1 and source[:1].isupper() and len(source) > 4)


def _apart(text: Text, own: Attribution, other: Attribution) -> bool:
    """Is neither source in the other's, nor within the other's content, nor said by both?"""
    a, b = _source(text, own), _source(text, other)
    initials = {_initials(a), _initials(b)}
    held = any(c.overlaps(d) for c in own.content for d in other.content)
    return len(initials) == 2 and not held and a not in b and b not in a


def of_two_speakers(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for own, other in pairwise(_statements(text)):
        if own.source and other.source and _apart(text, own, other):
            a, b = _content(text, own).split(), _content(text, other).split()
            if len(a) > 3 and len(b) > 3:
                said = " ".join((*a[: len(a) // 2], *b[len(b) // 2 :]))
                yield _false("two speakers spliced", text, content=said, source=_source(text, own))


def denial_dropped(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    """What somebody denies, or does not say, know or confirm, as what they say."""
    if not any(_DENYING.search(_cue(text, own)) or _NOT.search(_cue(text, own)) for own in text.gold):
        return
    for own in _statements(text):
        cue = _cue(text, own)
        if not own.source or "not only" in cue:
            continue
        kind = "denial as assertion" if _DENYING.search(cue) else "not said, as said" if _NOT.search(cue) else None
        if kind is not None:
            claim = {"content": _content(text, own), "source": _source(text, own)}
            yield _false(kind, text, **claim)
            yield _false(kind, text, **claim, cue="said")


def condition_dropped(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    """Both clauses of a sentence with "if", each as a plain statement."""
    for sentence in text.sentences if re.search(r"\bif\b", text.document.text, re.IGNORECASE) else ():
        plain = sentence.of(text.page.text)
        match = _IF_FIRST.fullmatch(plain) or _IF_LAST.fullmatch(plain)
        if match is None or any(len(match[name].split()) < 4 for name in ("if", "then")):
            continue
        for name in ("if", "then"):
            yield _false("condition dropped", text, content=f"{match[name][0].upper()}{match[name][1:]}.")


_TRUE: tuple[Maker, ...] = (verbatim, normalised, marked)
_FALSE: tuple[Maker, ...] = (
    not_inserted, not_removed, number_changed, date_changed, name_changed, speaker_put_before, spliced, of_another,
    marks_put, hedge_removed, framed, asked, invented_source, wrong_source, of_two_speakers, denial_dropped,
    condition_dropped,
)  # fmt: skip
_RARE: tuple[Maker, ...] = (asked, denial_dropped, condition_dropped)  # of which a corpus holds few
