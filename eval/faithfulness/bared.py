"""Falsified claims that leave away what stands over their words: a frame, a question mark, a condition.

In:   Texts, the name of a set of frames.   Out: Trials.
Knows nothing of: vet.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from tests.marked import strip

from eval.faithfulness.framesets import frames
from eval.faithfulness.texts import Text
from eval.faithfulness.trial import Trial, false

_FRAMERS = ("The ministry", "The prosecutor", "Ida Brandt", "A spokesman for the council", "The harbour office")
_OTHERS = ("Tomas Reyk", "Vera Holm", "Lena Ferro", "Karel Osk")
_IF_FIRST = re.compile(r"If (?P<if>[^,;:.?!“”\"]+), (?:then )?(?P<then>[^,;:.?!“”\"]+)\.")
_IF_LAST = re.compile(r"(?P<then>[A-Z][^,;:.?!“”\"]+?),? if (?P<if>[^,;:.?!“”\"]+)\.")


def framed(text: Text, _: Sequence[Text], chance: random.Random, frame_set: str = "tuned") -> Iterator[Trial]:
    """Texts in which a sentence stands under words that its claim leaves out, or is somebody else's; beside each the
    claim that shows them. Of the kind "stated", where the text says the bare sentence, only the claim that is true.
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
        for kind, some in frames(frame_set).items():
            frame, who, other = chance.choice(some), chance.choice(_FRAMERS), chance.choice(_OTHERS)
            of, marks = strip(before + frame.marked.format(s=low, S=said, who=_low(who), Who=who, other=other))
            shown = {role: spans[0].of(of) for role, spans in marks.get("1", {}).items()}
            if shown:
                true_kind = "true: stated" if kind == "stated" else "true: framed"
                yield Trial(true_kind, True, text, shown, of)  # noqa: FBT003 - a fact
            if kind == "stated":
                continue
            if frame.is_of_two:
                cue = {"cue": shown["cue"]} if chance.random() < 0.5 else {}
                yield false(f"framed: {kind}", text, of, content=f"{said}.", source=other, **cue)
            else:
                source = {"source": who} if who.lower() in of.lower() and chance.random() < 0.67 else {}
                cue = {"cue": "said"} if source and chance.random() < 0.5 else {}
                yield false(f"dropped: {kind}", text, of, content=f"{said}.", **source, **cue)


def _low(who: str) -> str:
    return who[0].lower() + who[1:] if who.startswith(("The ", "A ")) else who


def asked(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences if "?" in text.document.text else ():
        plain = sentence.of(text.page.text)
        if plain.rstrip('"”’').endswith("?"):
            yield false("question as statement", text, content=plain.replace("?", "."))


def condition_dropped(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    """Both clauses of a sentence with "if", each as a plain statement."""
    for sentence in text.sentences if re.search(r"\bif\b", text.document.text, re.IGNORECASE) else ():
        plain = sentence.of(text.page.text)
        match = _IF_FIRST.fullmatch(plain) or _IF_LAST.fullmatch(plain)
        if match is None or any(len(match[name].split()) < 4 for name in ("if", "then")):
            continue
        for name in ("if", "then"):
            yield false("condition dropped", text, content=f"{match[name][0].upper()}{match[name][1:]}.")
