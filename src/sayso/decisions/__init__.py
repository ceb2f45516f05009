"""What people decide on whom a case speaks of: who is one, who is two, how reliable a source is. Pure.

In:   decisions with names and days, what the machine found.   Out: entities and sources as decided.
Knows nothing of: where decisions are kept; whether anybody is right. Nothing of the machine's is changed.
"""
