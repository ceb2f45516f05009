"""Whether a text reads like English.

In:   text.   Out: a notice where it reads like another language.
Knows nothing of: encodings, formats.
"""

from __future__ import annotations

import re

from sayso.read.reading import notice
from sayso.records import Notice

# Common in every English text, rare in any other language.
_ENGLISH = frozenset(
    """
    the of and to that was for with his her by from he she it they their which were had has been is are be as at this
    not but who would said have will its about after when on or than there an if we you i my our
    """.split()  # noqa: SIM905 (a hundred quoted words are harder to read and to mend)
)
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "ku": "Kurdish",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
_SAMPLE = 20_000  # characters
_LEAST_LETTERS = 150  # fewer tell too little
_LEAST_SHARE = 0.15  # of function words; English prose has 0.3 to 0.5, its lists and tables less


def language_notices(text: str) -> tuple[Notice, ...]:
    """A notice if ``text`` reads like another language than English; none for very short texts."""
    sample = text[:_SAMPLE]
    words = re.findall(r"[^\W\d_]+", sample)
    if sum(map(len, words)) < _LEAST_LETTERS:
        return ()
    if sum(word.lower() in _ENGLISH for word in words) >= _LEAST_SHARE * len(words):
        return ()
    # Takes 0.8 s to load: only suspects pay.
    from py3langid import classify  # type: ignore[import-untyped]  # noqa: PLC0415

    code = classify(" ".join(words))[0]
    if code in ("en", "zxx"):  # zxx: no language at all (tables, codes)
        return ()
    return (notice(f"reads like {_NAMES.get(code, f'another language ({code})')}; the rules know only English"),)
