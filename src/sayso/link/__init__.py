"""What stands between documents: copies, the same claim, origins, contradictions. Pure.

In:   Ledgers.   Out: Links.
Knows nothing of: disk, how a ledger was made.
"""
