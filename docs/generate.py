"""Write the pages that come from the code: `python docs/generate.py`. A test compares them with what stands here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from fakeoss.operations.catalogue import Entry, catalogue

HERE = Path(__file__).resolve().parent


def groups() -> Mapping[str, list[Entry]]:
    """The operations by the name of their group, both in the order of the operations table."""
    found: dict[str, list[Entry]] = {}
    entries = catalogue()
    for name in entries:
        found.setdefault(entries[name].row.group, []).append(entries[name])
    return found


def line(entry: Entry) -> str:
    """One row of a table of operations."""
    names = " or ".join(f"`{name}`" for name in (entry.row.name, *entry.row.aliases))
    built = f"`{entry.operation.module.removeprefix('fakeoss.operations.')}`" if entry.operation else "not built"
    route = entry.row.route.replace("|", "\\|")
    return f"| {names} | `{route}` | {built} |"


def coverage() -> str:
    """The page `coverage.md`."""
    entries = [entry for group in groups().values() for entry in group]
    return "\n".join(
        (*_introduction(entries), *(text for name, group in groups().items() for text in _table(name, group)))
    )


def _introduction(entries: list[Entry]) -> Iterator[str]:
    built = sum(entry.operation is not None for entry in entries)
    yield "# Coverage"
    yield ""
    yield f"{built} of the {len(entries)} operations of OSS are built."
    yield "One that is not is refused with status 501 by name."
    yield ""
    yield "`python docs/generate.py` writes this page; `python -m fakeoss ops` prints the same with file and line."
    yield "A request is selected by its method, its scope, query parameters and, in brackets, headers."


def _table(name: str, group: list[Entry]) -> Iterator[str]:
    built = sum(entry.operation is not None for entry in group)
    yield ""
    yield f"## {name[:1].upper()}{name[1:]}: {built} of {len(group)}"
    yield ""
    yield "| operation | request | module |"
    yield "| --- | --- | --- |"
    yield from map(line, group)


PAGES = {"coverage.md": coverage}

if __name__ == "__main__":
    for page, content in PAGES.items():
        (HERE / page).write_text(content() + "\n", encoding="utf-8")
