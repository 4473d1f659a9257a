"""Listings of the reference model: filtered, grouped and cut in the plainest way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any


def in_pages(
    entries: Iterable[tuple[str, Any]], prefix: str, delimiter: str, page: int
) -> Iterator[tuple[list[Any], tuple[str, ...]]]:
    """Entries by key in pages, with the common prefixes of each; at least one page, perhaps empty.

    A common prefix stands for all keys that begin with it, counts as one, and is given once in the whole listing.
    """
    found: list[tuple[str, Any]] = []
    for key, entry in entries:
        if not key.startswith(prefix):
            continue
        head, mark, _ = key[len(prefix) :].partition(delimiter) if delimiter else (key, "", "")
        if not mark:
            found.append(("", entry))
        elif (group := prefix + head + mark) not in [name for name, _ in found]:
            found.append((group, None))
    for part in cut(found, page) or [()]:
        yield [entry for group, entry in part if not group], tuple(group for group, _ in part if group)


def cut(entries: Sequence[Any], size: int) -> list[tuple[Any, ...]]:
    """Entries in pages of a size; none where there are none."""
    return [tuple(entries[start : start + size]) for start in range(0, len(entries), size)]
