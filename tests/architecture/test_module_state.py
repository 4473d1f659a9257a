"""Two fakes in one process share nothing: no module of the package keeps state that changes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, packaged

# The registry of active fakes is process-wide by design: interception is.
ALLOWED = {"fakeoss/activation.py"}
# A ContextVar is none of these: what it holds ends with the call that set it.
CONTAINERS = {
    "ChainMap", "Counter", "Lock", "OrderedDict", "RLock", "WeakKeyDictionary", "WeakSet",
    "WeakValueDictionary", "bytearray", "count", "defaultdict", "deque", "local",
}  # fmt: skip
EMPTY = {"dict", "list", "set"}
CHANGES = {
    "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "popleft", "remove",
    "reverse", "setdefault", "sort", "update",
}  # fmt: skip


def called(value: ast.expr) -> str:
    """The last name of what an expression calls, or an empty string."""
    if not isinstance(value, ast.Call):
        return ""
    function = value.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def fresh_container(value: ast.expr) -> bool:
    """Whether the expression makes a container that only makes sense if something fills it later."""
    if isinstance(value, ast.List | ast.Set | ast.Dict):
        return not (value.keys if isinstance(value, ast.Dict) else value.elts)
    name = called(value)
    return name in CONTAINERS or (
        name in EMPTY and isinstance(value, ast.Call) and not value.args and not value.keywords
    )


def module_names(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Names that the module binds to values at its top level."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value


def bound_within(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names that a function binds itself, so that they hide the module's."""
    arguments = function.args
    names = {arg.arg for arg in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    names |= {arg.arg for arg in (arguments.vararg, arguments.kwarg) if arg is not None}
    return names | {
        node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def changed_name(node: ast.AST) -> str | None:
    """The plain name whose value a statement or call changes in place."""
    place: ast.expr | None = None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
        place = node.func.value
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        place = node.value
    return place.id if isinstance(place, ast.Name) else None


def findings(tree: ast.Module) -> list[str]:
    """What in a module keeps state, one sentence each."""
    names = dict(module_names(tree))
    found = [f"{name} is an empty container" for name, value in names.items() if fresh_container(value)]
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            own = bound_within(function)
            found += [
                f"{function.name} rebinds {node.names}" for node in ast.walk(function) if isinstance(node, ast.Global)
            ]
            changed = {changed_name(node) for node in ast.walk(function)} & (names.keys() - own)
            found += [f"{function.name} changes {name}" for name in sorted(filter(None, changed))]
    return found


@pytest.mark.parametrize("file", [pytest.param(file, id=file.path) for file in packaged()])
def test_no_module_keeps_state(file: Source) -> None:
    if file.path not in ALLOWED:
        assert findings(file.tree()) == []


@pytest.mark.parametrize(
    "text",
    [
        "cache = {}",
        "seen: list[str] = []",
        "lock = threading.Lock()",
        "numbers = itertools.count()",
        "rows = {'a': 1}\ndef add(k):\n    rows[k] = 2",
        "rows = [1]\ndef add(k):\n    rows.append(k)",
        "total = 0\ndef add():\n    global total\n    total += 1",
    ],
)
def test_the_check_sees_state(text: str) -> None:
    assert findings(ast.parse(text)) != []


@pytest.mark.parametrize(
    "text",
    [
        "ROWS = {'a': 1}\ndef of(k):\n    return ROWS[k]",
        "ROWS = [1]\ndef all():\n    ROWS = []\n    ROWS.append(2)\n    return ROWS",
        "def all():\n    rows = []\n    rows.append(2)\n    return rows",
    ],
)
def test_the_check_lets_tables_and_local_names_be(text: str) -> None:
    assert findings(ast.parse(text)) == []
