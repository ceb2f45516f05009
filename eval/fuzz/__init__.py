"""Made-up and damaged input for everything that reads what others wrote: `python -m eval.fuzz`."""
