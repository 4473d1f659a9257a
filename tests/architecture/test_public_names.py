"""The public names exist, load on first use, and `__all__` tells the truth everywhere."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys

import pytest

import fakeoss
from tests.architecture.sources import ROOT, Source, packaged


def listed(tree: ast.Module) -> list[str] | None:
    """The names of a module's `__all__`, None without one."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            names: list[str] = ast.literal_eval(node.value)
            return names
    return None


@pytest.mark.parametrize("file", [pytest.param(file, id=file.path) for file in packaged() if listed(file.tree())])
def test_every_name_in_all_can_be_imported(file: Source) -> None:
    module = importlib.import_module(file.module)
    names = listed(file.tree()) or []
    assert len(names) == len(set(names))
    assert [name for name in names if not hasattr(module, name)] == []


def test_the_public_face() -> None:
    assert set(fakeoss.__all__) == {"FakeOSS", "SealedError", "__version__", "active", "errors", "faults", "mock_oss"}
    assert set(fakeoss.__all__) <= set(dir(fakeoss))


@pytest.mark.parametrize("name", fakeoss.__all__)
def test_each_public_name_loads_in_a_new_interpreter(name: str) -> None:
    program = f"import fakeoss\nfirst = fakeoss.{name}\nassert first is fakeoss.{name}\nfrom fakeoss import {name}"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_an_unknown_name_is_an_attribute_error() -> None:
    name = "no_such_name"
    with pytest.raises(AttributeError, match=name):
        getattr(fakeoss, name)


@pytest.mark.parametrize("file", [pytest.param(file, id=file.path) for file in packaged()])
def test_the_package_itself_imports_from_modules_not_from_its_public_face(file: Source) -> None:
    if file.path.startswith("conftest_plugin/") or file.path == "fakeoss/__init__.py":
        return  # they lie above it
    modules = {path.stem for path in (ROOT / "fakeoss").iterdir()}
    taken = {
        alias.name
        for node in ast.walk(file.tree())
        if isinstance(node, ast.ImportFrom) and node.module == "fakeoss" and node.level == 0
        for alias in node.names
    }
    assert taken <= modules


@pytest.mark.parametrize("file", [pytest.param(file, id=file.path) for file in packaged()])
def test_public_functions_are_typed(file: Source) -> None:
    untyped = [
        f"{file.path}:{node.lineno} {node.name}"
        for node in ast.walk(file.tree())
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None
    ]
    assert untyped == []


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "fakeoss" / "py.typed").exists()
