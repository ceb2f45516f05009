"""Writes manifest.json anew: `python packages/sayso-reader-en/seal.py`, after a file of the reader was replaced.

In:   the version in pyproject.toml, the files beside `__init__.py`.   Out: manifest.json with the SHA-256 of each.
Knows nothing of: what the files mean.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
FILES = HERE / "src" / "sayso_reader_en"


def main() -> None:
    """Seals all files but the package's own."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = sorted(f.name for f in FILES.iterdir() if f.is_file() and f.name not in ("__init__.py", "manifest.json"))
    manifest = {
        "name": project["name"].removeprefix("sayso-"),
        "version": project["version"],
        "files": {name: hashlib.sha256((FILES / name).read_bytes()).hexdigest() for name in names},
    }
    (FILES / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
