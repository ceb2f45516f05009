"""What `sayso read` gets wrong on texts that nobody tuned on, claim by claim, as a person judged it: see docs/failures.md."""
