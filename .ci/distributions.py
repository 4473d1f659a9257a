"""Check that the built wheel and source distribution hold what belongs in them and nothing else."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from pathlib import Path

PACKAGES = ("conftest_plugin/", "fakeoss/")
BESIDE = {"CHANGELOG.md", "LICENSE", "MANIFEST.in", "PKG-INFO", "README.md", "pyproject.toml", "setup.cfg"}
NEEDED = {"fakeoss/__init__.py", "fakeoss/py.typed", "fakeoss/data/operations.json", "conftest_plugin/__init__.py"}


def files(distribution: str) -> set[str]:
    """The files of a wheel or source distribution, without the latter's top folder."""
    if distribution.endswith(".whl"):
        with zipfile.ZipFile(distribution) as wheel:
            return set(wheel.namelist())
    with tarfile.open(distribution) as archive:
        return {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}


def belongs(name: str) -> bool:
    """Whether a file is the package's, its metadata, or one of the few beside them."""
    top = name.partition("/")[0]
    return name in BESIDE or name.startswith(PACKAGES) or top.endswith((".dist-info", ".egg-info"))


for distribution in sys.argv[1:]:
    found = files(distribution)
    tracked = {name for name in found if name.endswith((".py", ".json", ".typed")) and name.startswith(PACKAGES)}
    on_disk = {path.as_posix() for package in PACKAGES for path in Path(package).rglob("*.py")}
    problems = {
        "does not belong": {name for name in found if not belongs(name) or "__pycache__" in name},
        "is missing": (NEEDED | on_disk) - tracked,
    }
    for what, names in problems.items():
        if names:
            raise SystemExit(f"{distribution}: {what}: {sorted(names)}")
    print(f"{Path(distribution).name}: {len(found)} files, {Path(distribution).stat().st_size} bytes")
