"""Times: when it was said, and when it happened, as intervals counted from the right anchor.

In:   a text, its date, the list of words; Claims and Syntax.   Out: Times; Dated.
Knows nothing of: who says it.
"""
