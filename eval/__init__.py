"""Measures how well attributions are found. See README.md."""
