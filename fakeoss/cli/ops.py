"""`fakeoss ops [NAME]`: every operation with its route and place, or all that is known of one."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

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
        "note": row.note,
    }
    widest = max(map(len, facts))
    for fact, text in facts.items():
        if text:
            yield f"  {fact:{widest}}  {text}"
    for place, text in assumptions(row.name):
        yield f"  {'assumption':{widest}}  {place}: {text}"


def _permission(entry: Entry) -> str:
    row = entry.row
    actions = [row.permission or "none"]
    if row.version_permission:
        actions.append(f"{row.version_permission} for a version")
    actions += [f"{action} ({occasion})" for occasion, action in row.also.items()]
    return f"{', '.join(actions)}; {row.permission_source}"


def assumptions(name: str) -> Iterator[tuple[str, str]]:
    """Place and first line of the tests of assumptions that name the operation, where the sources lie beside."""
    folder = Path(__file__).resolve().parents[2] / "tests" / "assumptions"
    word = re.compile(rf"\b{re.escape(name)}\b")
    for file in sorted(folder.glob("*.py")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if word.search(line):
                yield f"{_shown(str(file))}:{number}", line.strip().strip('"')


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
