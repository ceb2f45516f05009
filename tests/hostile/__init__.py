"""Input that was made to stop a program, or to get something past it."""
