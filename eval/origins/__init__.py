"""An open benchmark of origin counting: see README.md."""
