"""How two claims of one event stand to each other: labelled pairs, see README.md."""
