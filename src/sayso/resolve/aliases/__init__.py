"""Who a name stands for, by dated tables of actors and their names; who is one across documents.

In:   tables, names with their dates and surroundings.   Out: Candidates, each certain or possible with its reasons.
Knows nothing of: Syntax, how mentions are found.
"""
