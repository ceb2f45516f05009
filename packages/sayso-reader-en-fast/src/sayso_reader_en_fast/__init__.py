"""The files of sayso's fast English reader; `manifest.json` lists them. There is no code here."""
