"""What sayso is built from: licences, the SBOM, wheels that come out the same, nothing that runs code from data."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packages import licences, wheels
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
CODE = [
    file for room in ("src", "packages", "bench", "eval", "training") for file in sorted((ROOT / room).rglob("*.py"))
]
SAFE = {"src/sayso/check/tables/eu.py": ["yaml.load"]}  # with one of the two safe loaders, whichever is installed
LOADS_CODE = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "jsonpickle"}
PARTS = licences.parts()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_each_package_has_a_licence_that_goes_with_ours_and_a_line_on_the_page(part: licences.Part) -> None:
    assert licences.compatible(part.licence), part.licence
    page = licences.PAGE.read_text(encoding="utf-8")
    assert f"| {part.name} | {', '.join(part.versions)} |" in page, "run `make licences`"


def test_what_is_asked_for_and_what_that_needs_is_among_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {part.name for part in PARTS}
    assert {canonicalize_name(Requirement(asked).name) for asked in project["dependencies"]} <= names
    assert {name for part in PARTS for name in part.needs} <= names
    assert "colorama" in names, "other systems' packages too"
    assert "pytest" not in names


@pytest.mark.parametrize(
    ("expression", "goes"),
    [
        ("MIT", True),
        ("MIT AND Zlib", True),
        ("GPL-2.0-only OR MPL-1.1", True),
        ("(MIT OR GPL-3.0-only) AND BSD-3-Clause", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-only", False),
        ("", False),
        ("see LICENSE", False),
    ],
)
def test_which_licences_go_with_ours(expression: str, goes: bool) -> None:  # noqa: FBT001 - a table of cases
    assert licences.compatible(expression) is goes


def test_the_sbom_names_the_same_packages_and_what_needs_what() -> None:
    text = licences.SBOM.read_text(encoding="utf-8")
    sbom = json.loads(text)
    assert {(c["name"], c["version"]) for c in sbom["components"]} == {(p.name, v) for p in PARTS for v in p.versions}
    refs = {"sayso", *(component["bom-ref"] for component in sbom["components"])}
    assert {entry["ref"] for entry in sbom["dependencies"]} == refs
    assert {ref for entry in sbom["dependencies"] for ref in entry["dependsOn"]} == refs - {"sayso"}
    assert licences.sbom(PARTS) == licences.sbom(PARTS)


def test_everything_that_is_locked_is_locked_by_its_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in lock.splitlines() if line and not line.lstrip().startswith("#")]
    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_two_builds_in_two_places_give_the_same_wheel(tmp_path: Path) -> None:
    first = wheels.build(ROOT, tmp_path / "first")
    second = wheels.elsewhere(ROOT, tmp_path / "second")
    assert first.name == second.name
    assert wheels.digest(first) == wheels.digest(second)


def loads(file: Path) -> Iterator[str]:
    """What a file does that runs code which stands in data."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names: list[str | None] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module]
        yield from (name for name in names if name and name.split(".")[0] in LOADS_CODE)
        if isinstance(node, ast.Call):
            call, stated = ast.unparse(node.func), {option.arg: ast.unparse(option.value) for option in node.keywords}
            if call in ("np.load", "numpy.load") and stated.get("allow_pickle") != "False":
                yield call
            if call == "torch.load" and stated.get("weights_only", "True") != "True":  # the default since torch 2.6
                yield call
            if call in ("yaml.load", "yaml.unsafe_load", "yaml.full_load", "eval", "exec"):
                yield call


def test_nothing_runs_code_that_stands_in_data() -> None:
    assert {file.relative_to(ROOT).as_posix(): found for file in CODE if (found := list(loads(file)))} == SAFE


@pytest.mark.parametrize(
    "line",
    ["import pickle", "from joblib import load", "import os, marshal", "np.load(p)", "np.load(p, allow_pickle=True)",
     "torch.load(p, weights_only=False)", "yaml.load(p)", "eval(text)"],
)  # fmt: skip
def test_it_would_be_seen(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(line, encoding="utf-8")
    assert list(loads(tmp_path / "a.py"))
