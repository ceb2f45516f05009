"""Builds the wheels, each twice, and compares them: `python packages/wheels.py FOLDER`, or `make wheel`.

In:   the working tree.   Out: the wheels in FOLDER with their SHA-256; exit code 1 where two builds differ.
Knows nothing of: what is in them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECTS = (ROOT, *(path.parent for path in sorted((ROOT / "packages").glob("*/pyproject.toml"))))
EPOCH = "1580601600"  # 2020-02-02: the day of a build stands in no wheel
_NEEDED = ("src", "examples", "pyproject.toml", "*.md", "LICENSE")


def build(project: Path, into: Path, **settings: str) -> Path:
    """The wheel of a project."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **settings}
    subprocess.run(command, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our words
    return max(into.glob("*.whl"), key=lambda wheel: wheel.stat().st_mtime_ns)


def elsewhere(project: Path, into: Path) -> Path:
    """The same, from a copy in another folder: other times and rights of the files, another zone, another hash seed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in (found for pattern in _NEEDED for found in project.glob(pattern)):
            if path.is_dir():
                shutil.copytree(path, copy / path.name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, copy)
        for path in copy.rglob("*"):
            if path.is_file():
                path.chmod(0o600)
                os.utime(path, (1e9, 1e9))
        return build(copy, into, TZ="Pacific/Chatham", PYTHONHASHSEED="7")


def digest(wheel: Path) -> str:
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def main(folder: str) -> int:
    into, code = Path(folder), 0
    into.mkdir(parents=True, exist_ok=True)
    for project in PROJECTS:
        wheel = build(project, into)
        with tempfile.TemporaryDirectory() as other:
            same = digest(wheel) == digest(elsewhere(project, Path(other)))
        sys.stdout.write(f"{digest(wheel)}  {wheel}\n")
        if not same:
            sys.stderr.write(f"{wheel}: a second build is another one to the byte\n")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
