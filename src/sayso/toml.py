"""TOML that somebody else wrote: bytes to plain values, within bounds.

In:   the raw bytes of a file.   Out: its tables; ValueError, in one line, for what is no TOML or out of bounds.
Knows nothing of: what the values mean.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

MAX_BYTES = 4 * 1024**2
MAX_DOTS = 100  # in a line, outside of strings: the parser's time and memory grow with the square of a key's parts

_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")


def parsed(raw: bytes) -> dict[str, Any]:
    """The tables of a TOML file. Raises ValueError."""
    if len(raw) > MAX_BYTES:
        raise ValueError(f"is larger than {MAX_BYTES // 1024**2} MB: part it")
    text = raw.decode("utf-8-sig")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MAX_DOTS and _STRING.sub("", line).count(".") > MAX_DOTS:
            raise ValueError(f"a name of more than {MAX_DOTS} parts (at line {number}): write shorter ones")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("values are nested too deeply: make it flatter") from None
