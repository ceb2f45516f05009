"""How the reader is trained; see README.md. Needs torch, which sayso itself does not."""
