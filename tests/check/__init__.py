"""Tests of the stage `check`. All tables are invented, in the forms of the real ones."""
