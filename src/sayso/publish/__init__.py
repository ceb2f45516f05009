"""Show a ledger: on the terminal, as JSON Lines, as one offline HTML dossier.

In:   Ledgers.   Out: terminal lines, JSON, HTML.
Knows nothing of: how a claim was found, where the output goes.
"""
