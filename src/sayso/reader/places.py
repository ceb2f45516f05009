"""Cut a text into the tokens of Universal Dependencies for English, and find the piece that speaks for each.

In:   a text; Encoded.   Out: places of tokens; for each the word and the piece in it.
Knows nothing of: what tokens are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.reader.pieces import Vocabulary
from sayso.reader.words import Encoded

Ints = NDArray[np.int64]

# As EWT and GUM cut (Silveira et al. 2014; Zeldes 2017): clitics and hyphens stand apart, abbreviations keep their
# period, numbers their marks. The first alternative that fits wins.
_TOKEN = re.compile(
    r"""
      (?:https?://|www\.)[^\s<>"“”()]*[\w/]                      # an address
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                               # a mail address
    | @\w+ | \#(?=[^\W\d])\w+                                     # a handle, a tag
    | [:;]-?[()DP](?!\w)                                         # :)
    | (?:[^\W\d_]\.){2,}                                         # U.S., e.g.
    | (?i:mr|mrs|ms|dr|prof|rev|gen|lt|col|capt|sgt|maj|sen|rep|gov|st|jr|sr|inc|corp|ltd|co|vs|etc|jan|feb|mar|apr|aug
        |sept|sep|oct|nov|dec|fig|al|ave|dept|est|approx|a\.m|p\.m)\.(?=[\s,;:)\]]|$)
    | (?i:no)\.(?=\s?\d)
    | [A-Z]\.(?=\s?[A-Z])                                        # an initial
    | \d+(?:/\d+)+ | \d{3}-\d{3}-\d{4} | \d{3}-\d{4}             # 9/11, telephone numbers
    | \d+(?:[.,:]\d+)+(?!\w) | \d+:\d+(?=(?i:[ap]m)\b)          # 5,000  12:20  3.5
    | \d+(?:st|nd|rd|th)\b
    | \d+(?=(?i:am|pm|a\.m\.|p\.m\.|km|kg|cm|mm|mph|lbs|ft|m|k|bn)\b)  # a number and its unit
    | (?i:can)(?=not\b) | (?i:gon|wan|got)(?=(?:na|ta)\b)
    | [^\W_]+(?=(?i:n[’']t)\b)                                   # do|n't
    | (?i:n[’']t)\b
    | [’'](?i:s|m|d|re|ve|ll)\b
    | \w+(?:\.\w+)+(?=\W|$)                                      # file.txt
    | \w+(?:&\w+)+                                               # AT&T
    | (?i:e|non|anti|pro|pre|post|co|re|semi|mid|sub|ultra|pseudo|neo|counter)-(?=\w)\w+
    | \w+(?:[’'](?!(?:s|m|d|re|ve|ll)\b)\w+)*                    # O'Neill
    | \.{2,} | --+ | ([^\w\s])\1+ | \S
    """,
    re.VERBOSE,
)


def tokens(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the tokens of ``text[start:end]``, in order.

    >>> text = "They don't trust al-Masri's 5,000 men."
    >>> [text[a:b] for a, b in tokens(text, 0, len(text))]
    ['They', 'do', "n't", 'trust', 'al', '-', 'Masri', "'s", '5,000', 'men', '.']
    """
    return [m.span() for m in _TOKEN.finditer(text, start, end)]


def token_places(enc: Encoded, tokens: Sequence[tuple[int, int]], vocabulary: Vocabulary) -> Ints:
    """(tokens, 2): each stands at the first piece that begins in it, else at the one that holds its beginning."""
    out = np.zeros((len(tokens), 2), np.int64)
    if not len(enc):
        return out
    words = np.minimum(np.searchsorted(enc.end, [a for a, _ in tokens], "right"), len(enc) - 1)
    for i, ((start, end), at) in enumerate(zip(tokens, words.tolist(), strict=True)):
        word = at
        if enc.start[word] < start:  # the token begins inside a word: "don" + "'" + "t" never does, "cannot" does
            starts = vocabulary.starts(enc.text[enc.start[word] : enc.end[word]])
            offset = start - int(enc.start[word])
            inside = [k for k, s in enumerate(starts) if s >= offset and s + enc.start[word] < end]
            if inside:
                out[i] = word, inside[0]
                continue
            if word + 1 < len(enc) and enc.start[word + 1] < end:
                out[i] = word + 1, 0
                continue
            out[i] = word, max(0, len(starts) - 1)
            continue
        out[i] = word, 0
    return out
