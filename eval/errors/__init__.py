"""What `sayso read` gets wrong on texts that nobody tuned on, as a reader of each claim judged it: docs/failures.md."""
