"""The project's own Python files, read and parsed for the tests in this folder."""

from __future__ import annotations

import ast
import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("fakeoss", "conftest_plugin")
OTHERS = ("tests", "examples", "benchmarks")


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path from the project's root, its text."""

    path: str
    text: str

    @property
    def module(self) -> str:
        """The dotted name it is imported by."""
        parts = self.path.removesuffix(".py").split("/")
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.text.splitlines()

    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, self.path)


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under `folders`, in order of path."""
    found = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in found)


def packaged() -> tuple[Source, ...]:
    """What a user installs."""
    return sources(*PACKAGES)


def everything() -> tuple[Source, ...]:
    """Tests, examples and measurements as well."""
    return sources(*PACKAGES, *OTHERS)


def available(module: str) -> bool:
    """Whether `module` can be imported here."""
    return importlib.util.find_spec(module) is not None
