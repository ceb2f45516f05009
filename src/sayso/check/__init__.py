"""Compare claims with evidence tables: what the record shows, and what it cannot.

In:   claims with their entities, files of tables.   Out: Findings, each with its query, rows, caveats and reason.
Knows nothing of: where tables and claims are kept, how a finding is shown.
"""
