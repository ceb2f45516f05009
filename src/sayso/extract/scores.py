"""How often each rule is right.

In:   nothing.   Out: rule -> probability.
Knows nothing of: single claims.
"""

from __future__ import annotations

from collections.abc import Mapping

SCORES: Mapping[str, float] = {
    k: 0.5
    for k in ("before", "after", "colon", "passive", "according-to", "adverb", "noun", "turn", "carried", "asked", "authorial")
}
