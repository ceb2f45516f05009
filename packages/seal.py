"""Writes manifest.json of each reader anew: `python packages/seal.py`, after a file of one was replaced.

In:   the version in each pyproject.toml, the files beside `__init__.py`.   Out: manifest.json with each SHA-256.
Knows nothing of: what the files mean.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

HERE = Path(__file__).parent


def seal(package: Path) -> None:
    """Seals all files of a reader but the package's own."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    files = package / "src" / project["name"].replace("-", "_")
    names = sorted(f.name for f in files.iterdir() if f.is_file() and f.name not in ("__init__.py", "manifest.json"))
    manifest = {
        "name": project["name"].removeprefix("sayso-"),
        "version": project["version"],
        "files": {name: hashlib.sha256((files / name).read_bytes()).hexdigest() for name in names},
    }
    (files / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """All readers beside this file."""
    for project in sorted(HERE.glob("sayso-reader-*/pyproject.toml")):
        seal(project.parent)


if __name__ == "__main__":
    main()
