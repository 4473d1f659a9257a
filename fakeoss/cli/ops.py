"""`fakeoss ops [NAME]`: every operation with its route and place, or all that is known of one."""

from __future__ import annotations

import argparse
import ast
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fakeoss import data
from fakeoss.operations.catalogue import Entry, catalogue
from fakeoss.operations.rows import names
from fakeoss.spelling import hint

SUMMARY = "list the operations of OSS, or tell all that is known of one"

_UNKNOWN = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="an operation by any of its names")


def run(arguments: argparse.Namespace) -> int:
    """Print the list or one operation; 2 for a name of nothing."""
    wanted: str | None = arguments.name
    if wanted is None:
        _print(listing())
        return 0
    known = {name.lower(): name for name in names()}
    name = known.get(wanted.lower())
    if name is None:
        sys.stderr.write(f"no operation of OSS is called {wanted!r}{hint(wanted, names())}\n")
        return _UNKNOWN
    _print(description(catalogue()[name]))
    return 0


def listing() -> Iterator[str]:
    """A line an operation: name, whether it is built, route and place."""
    entries = [catalogue()[name] for name in catalogue()]
    widest = max(len(entry.row.name) for entry in entries)
    route = max(len(entry.row.route) for entry in entries)
    for entry in entries:
        yield f"{entry.row.name:{widest}}  {_state(entry):9}  {entry.row.route:{route}}  {_place(entry)}".rstrip()
    built = sum(entry.operation is not None for entry in entries)
    yield f"{built} of {len(entries)} operations are built; the others answer 501 NotImplemented."


def description(entry: Entry) -> Iterator[str]:
    """All that is known of one operation, with the sources."""
    row = entry.row
    yield f"{row.name} ({_state(entry)})"
    facts = {
        "also called": ", ".join(row.aliases),
        "request": row.route,
        "required": ", ".join(row.requires),
        "accepted": ", ".join(row.accepts),
        "code": _place(entry),
        "permission": _permission(entry),
        "billed as": f"{row.billing} ({row.billing_source})",
        "statuses": ", ".join(map(str, row.success)),
        "errors": ", ".join(row.errors),
        "hierarchical namespace": {True: "supported", False: "not supported", None: "no source tells"}[row.hns],
        "reference 2022": str(row.reference or ""),
        "help page": f"https://www.alibabacloud.com/help/en/oss/developer-reference/{row.docs}" if row.docs else "",
        "SDK v2": row.sdk_v2 or "",
        "oss2": ", ".join(row.oss2),
        "SDK tests": _sdk_tests(row.name),
        "note": row.note,
    }
    widest = max(map(len, facts))
    for fact, text in facts.items():
        if text:
            yield f"  {fact:{widest}}  {text}"
    known = assumptions()
    for assumption in known:
        if row.name in assumption.operations:
            yield f"  {'assumption':{widest}}  {_shown(assumption.file)}: {assumption.says}"
    general = [assumption.number for assumption in known if not assumption.operations]
    if general:
        yield f"  {'of every operation':{widest}}  {', '.join(general)}: {_shown(str(ASSUMPTIONS))}"


def _sdk_tests(name: str) -> str:
    """The vendor's own tests of an operation that were written against the real service."""
    files = data.load("vendor_tests.json").get(name, {})
    folders = {"oss2": "tests", "SDK v2": "tests/integration"}
    return "; ".join(f"{sdk} {', '.join(f'{folders[sdk]}/{file}' for file in found)}" for sdk, found in files.items())


def _permission(entry: Entry) -> str:
    row = entry.row
    actions = [row.permission or "none"]
    if row.version_permission:
        actions.append(f"{row.version_permission} for a version")
    actions += [f"{action} ({occasion})" for occasion, action in row.also.items()]
    return f"{', '.join(actions)}; {row.permission_source}"


@dataclass(frozen=True, slots=True)
class Assumption:
    """A numbered test: what it says (`A100: ...`) and of which operations; of none where it is about every one."""

    number: str
    says: str
    operations: tuple[str, ...]
    file: str


ASSUMPTIONS = Path(__file__).resolve().parents[2] / "tests" / "assumptions"
"""Where the sources lie beside the package."""

_HEAD = re.compile(r"Assumption (?P<number>A\d+): (?P<says>[^\n]+)\n\nOperations: (?P<names>[^.]+)\.")


def assumptions(folder: Path = ASSUMPTIONS) -> list[Assumption]:
    """The assumptions by number; none where only the package is installed.

    The docstring of each file gives the number, the assumption in a line, and `Operations: GetObject, HeadObject.`
    or `Operations: every one.`
    """
    found = []
    for file in sorted(folder.glob("test_a*.py")):
        head = _HEAD.match(ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "")
        if head is not None:
            names = () if head["names"] == "every one" else tuple(head["names"].split(", "))
            found.append(Assumption(head["number"], f"{head['number']}: {head['says']}", names, str(file)))
    return found


def _state(entry: Entry) -> str:
    return "not built" if entry.operation is None else "built"


def _place(entry: Entry) -> str:
    operation = entry.operation
    return "" if operation is None else f"{_shown(operation.file)}:{operation.line}"


def _shown(file: str) -> str:
    """A path as short as it can be from where the user stands."""
    relative = os.path.relpath(file)
    return file if relative.startswith(os.pardir) else relative


def _print(lines: Iterator[str]) -> None:
    try:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; what is buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
