"""Numbers in a text: how many of what, from what to what.

In:   Syntax and a range of tokens.   Out: Quantities.
Knows nothing of: events, who gives the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from sayso.resolve.roles import base, conjuncts
from sayso.spans import Span, cover
from sayso.syntax import Syntax

QuantityKind = Literal[
    "killed", "wounded", "detained", "displaced", "missing", "abducted", "released", "deployed", "money", "percent",
    "duration", "distance", "weight", "people", "things",
]  # fmt: skip

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {w: n for n, w in enumerate(_ONES.split())} | {w: 10 * n for n, w in enumerate(_TENS.split(), 2)}
_SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12, "dozen": 12,
          "m": 1_000_000, "mn": 1_000_000, "bn": 10**9, "k": 1_000}  # fmt: skip
# "dozens": from two of them to just under the next word that people would use.
_VAGUE = {"dozen": (24, 99), "score": (40, 199), "ten": (20, 99), "hundred": (200, 999), "thousand": (2_000, 9_999),
          "million": (2_000_000, 9_999_999), "billion": (2 * 10**9, 10**10 - 1)}  # fmt: skip
_SOME = {
    "several": (3, 9),
    "few": (2, 9),
    "couple": (2, 2),
    "handful": (3, 9),
    "half": None,
    "many": None,
    "some": None,
}
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_AT_LEAST = re.compile(r"\b(?:at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of)\s*$", re.IGNORECASE)
_OVER = re.compile(r"\b(?:more than|over|upwards? of|in excess of|above|exceeding)\s*$", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:up to|at most|as many as|no more than|not more than|a maximum of)\s*$", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:fewer than|less than|under|below|nearly|almost|close to)\s*$", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|roughly|some|an estimated|estimated|circa|nearly|almost|close to)\s*$",
    re.IGNORECASE,
)
_CURRENCY = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "us$": "dollar"}
_MONEY = frozenset(
    {
        "dollar",
        "euro",
        "pound",
        "yen",
        "rupee",
        "ruble",
        "rouble",
        "lira",
        "dinar",
        "franc",
        "yuan",
        "peso",
        "shekel",
        "rial",
        "crown",
        "cent",
    }
)
_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "night", "morning"})
_LENGTH = frozenset(
    {
        "metre",
        "meter",
        "kilometre",
        "kilometer",
        "km",
        "mile",
        "foot",
        "feet",
        "inch",
        "yard",
        "hectare",
        "acre",
        "centimetre",
    }
)
_MASS = frozenset({"ton", "tonne", "kilogram", "kilo", "kg", "gram", "litre", "liter", "barrel", "gallon", "pound of"})
_FATES: tuple[tuple[QuantityKind, frozenset[str]], ...] = (
    ("killed", frozenset({"kill", "die", "dead", "death", "slay", "massacre", "execute", "behead", "murder", "fatality", "perish", "assassinate", "drown", "body", "toll", "corpse"})),
    ("wounded", frozenset({"wound", "injure", "hurt", "injury", "injured", "wounded", "maim", "burn", "hospitalize"})),
    ("detained", frozenset({"arrest", "detain", "imprison", "jail", "arrestee", "detainee", "prisoner", "arrested", "custody", "round"})),
    ("displaced", frozenset({"displace", "flee", "homeless", "evacuate", "displaced", "refugee", "uproot"})),
    ("missing", frozenset({"missing", "disappear", "vanish"})),
    ("abducted", frozenset({"kidnap", "abduct", "hostage", "captive", "seize"})),
    ("released", frozenset({"release", "free", "rescue"})),
    ("deployed", frozenset({"deploy", "send", "dispatch", "mobilize", "station"})),
)  # fmt: skip
_PEOPLE = frozenset(
    {"person", "people", "man", "woman", "child", "civilian", "soldier", "troop", "fighter", "rebel", "protester", "demonstrator",
     "officer", "policeman", "villager", "worker", "resident", "student", "member", "militant", "family", "migrant", "refugee",
     "official", "journalist", "passenger", "victim", "girl", "boy", "citizen", "prisoner", "hostage", "peacekeeper", "inspector"}
)  # fmt: skip


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """How many of what. ``low`` and ``high`` are inclusive; None: the text sets no bound on that side.

    ``unit``: the lemma of what is counted ("civilian", "dollar"), None where the text names none. ``approximate``:
    "about", "some". "More than 200" has low 200, as one more or less is not what it is about. ``token``: the number's.
    """

    kind: QuantityKind
    unit: str | None
    low: float | None
    high: float | None
    approximate: bool = False
    spans: tuple[Span, ...]
    text: str


def quantities(syntax: Syntax, tokens: Sequence[int]) -> list[tuple[int, Quantity]]:
    """All numbers of things among some tokens, each with the token it hangs from. Dates and ordinals are none."""
    found: list[tuple[int, Quantity]] = []
    for run in _runs(syntax, tokens):
        bounds = _bounds(syntax, run)
        if bounds is None:
            continue
        low, high, approximate, first = bounds
        counted = _counted(syntax, run)
        if _is_date(syntax, run, counted):
            continue
        unit = None if counted is None else syntax.lemma[counted].lower()
        money = next(
            (
                syntax.form(t)
                for t in (run[0] - 1, run[-1] + 1)
                if 0 <= t < len(syntax) and syntax.form(t).lower() in _CURRENCY
            ),
            None,
        )
        money = money or next((syntax.form(t) for t in run if syntax.form(t).lower() in _CURRENCY), None)
        if money:
            unit = _CURRENCY[money.lower()]
        anchor = counted if counted is not None else run[0]
        span = cover(
            [
                Span(first, syntax.end[run[-1]]),
                *(
                    [syntax.span(counted)]
                    if counted is not None and counted > run[-1] and counted - run[-1] < 6
                    else []
                ),
            ]
        )
        kind = _kind(syntax, anchor, unit, percent=_percent(syntax, run))
        found.append(
            (
                anchor,
                Quantity(
                    kind=kind,
                    unit=unit,
                    low=low,
                    high=high,
                    approximate=approximate,
                    spans=(span,),
                    text=span.of(syntax.text),
                ),
            )
        )
    return found


def _runs(syntax: Syntax, tokens: Sequence[int]) -> Iterator[list[int]]:
    """Tokens that make up one number: "2.5 million", "twenty - five", "20 to 30", "tens of thousands"."""
    run: list[int] = []
    tokens = list(tokens)
    for at, t in enumerate(tokens):
        if _is_number(syntax, t) or (
            run
            and at + 1 < len(tokens)
            and _is_number(syntax, tokens[at + 1])
            and syntax.form(t).lower() in {"-", "–", "to", "of", "and", "or"}
            and _joins(syntax, run, t, tokens[at + 1])
        ):
            run.append(t)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _joins(syntax: Syntax, run: Sequence[int], link: int, after: int) -> bool:
    word = syntax.form(link).lower()
    if word == "and":  # "between 20 and 30", "two hundred and five"; not "two men and 30 women"
        before = syntax.form(run[0] - 1).lower() if run[0] else ""
        return before == "between" or (
            syntax.lemma[run[-1]].lower() in {"hundred", "thousand"} and _value(syntax, after) is not None
        )
    if word == "of":
        return syntax.lemma[run[-1]].lower() in _VAGUE
    return True


def _is_number(syntax: Syntax, t: int) -> bool:
    lemma = syntax.lemma[t].lower()
    return (
        _value(syntax, t) is not None
        or (lemma in _SCALE and (syntax.upos[t] in {"NUM", "NOUN", "ADJ"}))
        or (lemma in _VAGUE and syntax.xpos[t] == "NNS")
        or lemma in {"several", "handful", "couple"}
        or (lemma == "few" and t > 0 and syntax.form(t - 1).lower() == "a")
    )


def _value(syntax: Syntax, t: int) -> float | None:
    form = syntax.form(t).lower().lstrip("$€£")
    if _FIGURE.fullmatch(form):
        return float(form.replace(",", ""))
    if "-" in form and all(p in _SMALL for p in form.split("-")):
        return float(sum(_SMALL[p] for p in form.split("-")))
    if form in _SMALL and syntax.upos[t] == "NUM":
        return float(_SMALL[form])
    scaled = re.fullmatch(r"([\d.,]+)(m|mn|bn|k|million|billion)", form)
    if scaled and _FIGURE.fullmatch(scaled[1]):
        return float(scaled[1].replace(",", "")) * _SCALE[scaled[2]]
    return None


def _bounds(syntax: Syntax, run: Sequence[int]) -> tuple[float | None, float | None, bool, int] | None:
    """Low, high, whether it is approximate, and where the phrase begins."""
    parts: list[tuple[float, float]] = []
    total, vague = 0.0, None
    value: float | None = None
    for t in run:
        lemma, form = syntax.lemma[t].lower(), syntax.form(t).lower()
        number = _value(syntax, t)
        if form in {"-", "–", "to", "or"} or (
            form == "and" and vague is None and lemma == "and" and syntax.form(run[0] - 1).lower() == "between"
        ):
            if (
                form in {"-", "–"}
                and value is not None
                and value in range(20, 100, 10)
                and t + 1 in run
                and (_value(syntax, t + 1) or 99) < 10
            ):
                continue  # "twenty - five"
            if value is not None or vague:
                parts.append(vague or (total + (value or 0),) * 2)
            total, value, vague = 0.0, None, None
        elif number is not None:
            value = number if value is None else value + number
        elif lemma in _SCALE and (value is not None or (vague is None and syntax.xpos[t] != "NNS")):
            scale = _SCALE[lemma]
            if vague:
                vague = (vague[0] * scale, vague[1] * scale)
            elif scale == 100 or scale == 12:
                value = (value or 1) * scale
            else:
                total, value = total + (value or 1) * scale, 0.0
        elif lemma in _VAGUE and (syntax.xpos[t] == "NNS" or vague):
            more = _VAGUE[lemma]
            vague = (vague[0] * _SCALE.get(lemma, 1), (vague[1] + 1) * _SCALE.get(lemma, 1) - 1) if vague else more
        elif lemma in _SCALE and vague:
            vague = (vague[0] * _SCALE[lemma], vague[1] * _SCALE[lemma])
        elif _SOME.get(lemma):
            vague = _SOME[lemma]
    if value is not None or total or vague:
        parts.append(vague or (total + (value or 0),) * 2)
    if not parts:
        return None
    low: float | None = min(a for a, _ in parts)
    high: float | None = max(b for _, b in parts)
    start = syntax.start[run[0]]
    before = syntax.text[max(0, start - 24) : start].rstrip("$€£ ") + " "
    offset = start - len(syntax.text[max(0, start - 24) : start])
    about = _ABOUT.search(before) is not None
    for pattern, keep_low, keep_high in (
        (_AT_LEAST, True, False),
        (_OVER, True, False),
        (_UP_TO, False, True),
        (_UNDER, False, True),
        (_ABOUT, True, True),
    ):
        match = pattern.search(before)
        if match:
            start = offset + match.start()
            if about and pattern is _UNDER:
                return low, high, True, start
            return (low if keep_low else None), (high if keep_high else None), about, start
    tail = syntax.text[syntax.end[run[-1]] : syntax.end[run[-1]] + 12].lower()
    if re.match(r"\s+or more\b", tail):
        high = None
    return low, high, False, start


def _counted(syntax: Syntax, run: Sequence[int]) -> int | None:
    """What the number counts: the noun it modifies, or the "of" after it."""
    inside = set(run)
    for t in run:
        head = syntax.head[t]
        if (
            head not in inside
            and base(syntax, t) in {"nummod", "compound", "amod", "det", "nmod", "advmod"}
            and syntax.upos[head] in {"NOUN", "PROPN"}
        ):
            return head
    for t in run:
        for c in syntax.children(t):
            if (
                base(syntax, c) == "nmod"
                and c not in inside
                and any(syntax.lemma[x].lower() == "of" for x in syntax.children(c))
            ):
                return c
    after = run[-1] + 1
    if after < len(syntax) and syntax.upos[after] == "NOUN" and syntax.head[run[-1]] == syntax.head[after]:
        return after
    return None


def _is_date(syntax: Syntax, run: Sequence[int], counted: int | None) -> bool:
    first, last = run[0], run[-1]
    plural = counted is not None and syntax.xpos[counted] == "NNS"
    if len(run) == 1 and re.fullmatch(r"1[5-9]\d\d|20\d\d", syntax.form(first)) and not plural:
        return True
    if (
        counted is None
        and first
        and syntax.form(first - 1) == ","
        and last + 1 < len(syntax)
        and syntax.form(last + 1) == ","
    ):
        return True  # "Ana Orlec, 41, said"
    if syntax.form(first).lower() == "one" and last + 1 < len(syntax) and syntax.form(last + 1).lower() == "of":
        return True
    months = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
              "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"}  # fmt: skip
    for t in (first - 1, last + 1):
        if (
            0 <= t < len(syntax)
            and syntax.form(t).lower().rstrip(".") in months
            and syntax.sentence[t] == syntax.sentence[first]
        ):
            return True
    following = syntax.form(last + 1).lower() if last + 1 < len(syntax) else ""
    alone = counted is None and len(run) == 1
    return (
        following in {"a.m.", "p.m.", "gmt", "am", "pm", "o'clock"}
        or (alone and syntax.lemma[first].lower() == "one")
        or (alone and base(syntax, first) not in {"nsubj", "obj", "obl", "root", "nummod", "conj", "nmod", "appos"})
    )


def _percent(syntax: Syntax, run: Sequence[int]) -> bool:
    after = run[-1] + 1
    return (
        after < len(syntax)
        and syntax.lemma[after].lower() in {"%", "percent", "per", "pct"}
        and syntax.form(after).lower() != "per"
    )


def _kind(syntax: Syntax, anchor: int, unit: str | None, *, percent: bool) -> QuantityKind:
    if percent or unit in {"%", "percent"}:
        return "percent"
    for words, kind in ((_MONEY, "money"), (_TIME, "duration"), (_LENGTH, "distance"), (_MASS, "weight")):
        if unit in words:
            return kind  # type: ignore[return-value]
    for token in _fate_words(syntax, anchor):
        lemma = syntax.lemma[token].lower()
        for kind, lemmas in _FATES:
            if lemma in lemmas:
                return kind
    return "people" if unit in _PEOPLE else "things"


def _fate_words(syntax: Syntax, anchor: int) -> Iterator[int]:
    """The words that may tell what became of those counted: nearest first."""
    yield anchor
    for c in syntax.children(anchor):
        if base(syntax, c) in {"acl", "amod", "conj", "advmod"}:
            yield c
    head = syntax.head[anchor]
    if head == anchor:
        return
    if base(syntax, anchor) == "nmod" and (
        syntax.lemma[head].lower() in _VAGUE or syntax.upos[head] == "NUM" or syntax.lemma[head].lower() in _SOME
    ):
        yield from _fate_words(syntax, head)  # "dozens of soldiers": what became of the dozens
        return
    if syntax.rel[anchor] == "conj":
        if syntax.upos[anchor] not in {"NUM"}:
            yield from (h for h in _fate_words(syntax, head))
        return
    if base(syntax, anchor) in {"nsubj", "obj", "xcomp", "obl", "root", "nmod"}:
        if base(syntax, anchor) in {"obl", "nmod"} and syntax.upos[head] not in {"NOUN", "NUM"}:
            return
        yield head
        for other in conjuncts(syntax, head):
            if other != head:
                yield other
        yield from (c for c in syntax.children(head) if syntax.rel[c] == "xcomp")
