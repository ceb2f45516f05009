"""sayso reads articles and keeps a ledger of attributed claims."""
