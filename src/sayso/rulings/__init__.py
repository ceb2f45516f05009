"""What people rule on whom a case speaks of: who is one, who is two, how reliable a source is. Pure.

In:   rulings with names and days, what the machine found.   Out: entities and sources as ruled.
Knows nothing of: where rulings are kept; whether anybody is right. Nothing of the machine's is changed.
"""
