"""What sayso is built from: `python packages/licences.py` writes docs/licences.md and docs/sbom.json anew.

In:   pyproject.toml, requirements.lock, the metadata of what is installed.   Out: a table, an SBOM (CycloneDX).
Knows nothing of: packages that only tests and benchmarks need.
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PAGE, SBOM = ROOT / "docs/licences.md", ROOT / "docs/sbom.json"
READERS = ("sayso-reader-en", "sayso-reader-en-fast")

# Whoever installs sayso may pass all of it on under these, beside Apache-2.0. MPL asks the sources of its own files.
COMPATIBLE = frozenset(
    [
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "CNRI-Python",
        "ISC",
        "MIT",
        "MPL-1.1",
        "MPL-2.0",
        "PSF-2.0",
        "Zlib",
    ]
)
# What packages say in other words than SPDX has.
_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "MIT License": "MIT",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
# Their metadata tells the family only, or they are not installed on the machine that writes the page: as their own
# licence files have it.
_LOOKED_UP = {
    "colorama": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "lemminflect": "MIT",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "tzdata": "Apache-2.0",
}
_SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux"},
    {"sys_platform": "win32", "platform_system": "Windows"},
)
_PYTHONS = ("3.11", "3.12", "3.13", "3.14")


class Part(NamedTuple):
    """A package that is needed to run: its versions in the lock, its licence, what it needs itself."""

    name: str
    versions: tuple[str, ...]
    licence: str
    needs: tuple[str, ...]


def parts() -> list[Part]:
    """Every package that sayso needs at run time on any system, by name; those that others need are among them."""
    locked, found = _locked(), {}
    waiting = [*_named(_project(ROOT)["dependencies"])]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        if name in READERS:
            project = _project(ROOT / "packages" / name)
            found[name] = Part(name, (project["version"],), project["license"], ())
            continue
        try:
            about = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # another system's
            found[name] = Part(name, locked[name], _LOOKED_UP[name], ())
            continue
        needs = tuple(sorted(set(_named(about.requires or ()))))
        found[name] = Part(name, locked[name], licence(name, about.metadata.json), needs)
        waiting += needs
    return [found[name] for name in sorted(found)]


def licence(name: str, about: Mapping[str, Any]) -> str:
    """The SPDX expression of a package's licence; what it says itself where that is none."""
    stated = str(about.get("license_expression") or about.get("license") or "").strip()
    return _LOOKED_UP.get(name) or _SPDX.get(stated, stated)


def compatible(expression: str) -> bool:
    """May what is under this SPDX expression be used by what is under Apache-2.0?"""
    choices = re.split(r"\s+OR\s+", expression.replace("(", "").replace(")", ""))
    return any(set(re.split(r"\s+AND\s+", choice)) <= COMPATIBLE for choice in choices)


def page(found: list[Part]) -> str:
    """The table as Markdown."""
    rows = "\n".join(f"| {part.name} | {', '.join(part.versions)} | {part.licence} |" for part in found)
    return f"""# What sayso is built from

sayso is under [Apache-2.0](../LICENSE). These {len(found)} packages are installed with it, in these versions; the files
of each are locked by their hashes (`requirements.lock`). Each may be used and passed on beside Apache-2.0; MPL asks
that changes to its own files stay open. `python packages/licences.py` writes this page and [sbom.json](sbom.json)
(CycloneDX 1.6) from the lock and what the packages say of themselves.

| package | version | licence (SPDX) |
|---|---|---|
{rows}

Several packages carry compiled libraries of others (numpy: OpenBLAS; lxml: libxml2; pyarrow, onnxruntime: many); their
notices are in the files of each package. What only tests, benchmarks or `sayso[cluster]` (Ray, Apache-2.0) need is not
listed. Lists and tables that sayso brings name their origin and licence where they stand, in `src/sayso/data/`; the
reader in [its model card](../packages/sayso-reader-en/MODEL_CARD.md).
"""


def sbom(found: list[Part]) -> str:
    """The same as an SBOM in CycloneDX 1.6. The same parts give the same bytes."""
    project = _project(ROOT)
    own = {"type": "application", "name": "sayso", "version": project["version"], "bom-ref": "sayso"}
    components = [_component(part, version) for part in found for version in part.versions]
    refs = {part.name: [f"pkg:pypi/{part.name}@{version}" for version in part.versions] for part in found}
    needs = [(ref, [r for name in part.needs for r in refs[name]]) for part in found for ref in refs[part.name]]
    needs.insert(0, ("sayso", [r for name in sorted(set(_named(project["dependencies"]))) for r in refs[name]]))
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**own, "licenses": [{"license": {"id": project["license"]}}]}},
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": on} for ref, on in needs],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content))
    return (
        json.dumps(
            {"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "serialNumber": serial.urn, **content},
            indent=1,
        )
        + "\n"
    )


def _component(part: Part, version: str) -> dict[str, Any]:
    single = part.licence in COMPATIBLE
    licences = [{"license": {"id": part.licence}}] if single else [{"expression": part.licence}]
    purl = f"pkg:pypi/{part.name}@{version}"
    about = {"type": "library", "name": part.name, "version": version, "bom-ref": purl, "purl": purl}
    return {**about, "licenses": licences}


def _project(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def _locked() -> dict[str, tuple[str, ...]]:
    """The versions of each package in the lock: several where they differ by system or Python."""
    found: dict[str, tuple[str, ...]] = {}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.M):
        key = canonicalize_name(name)
        found[key] = (*found.get(key, ()), version)
    return found


def _named(requirements: list[str] | tuple[str, ...]) -> Iterator[str]:
    """The packages that are asked for without extras, on any system and Python that sayso runs on."""
    for text in requirements:
        asked = Requirement(text)
        environments = [
            {**s, "python_version": p, "python_full_version": f"{p}.0", "extra": ""} for s in _SYSTEMS for p in _PYTHONS
        ]
        if asked.marker is None or any(asked.marker.evaluate(environment) for environment in environments):
            yield canonicalize_name(asked.name)


def main() -> None:
    found = parts()
    PAGE.write_text(page(found), encoding="utf-8")
    SBOM.write_text(sbom(found), encoding="utf-8")


if __name__ == "__main__":
    main()
