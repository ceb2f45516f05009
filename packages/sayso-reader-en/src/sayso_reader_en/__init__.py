"""The files of sayso's English reader; `manifest.json` lists them. There is no code here."""
