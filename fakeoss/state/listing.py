"""Listings in pages: one walk over anything sorted by name, with prefix, delimiter, marker and limit.

The elements of a listing are entries and common prefixes in one order; a page holds the first `limit`
of those beyond the marker. A common prefix is passed by seeking to what comes after it, so a page costs
its own length whatever lies between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from fakeoss.state.key_index import KeyIndex
from fakeoss.state.objects import ObjectVersion, Version
from fakeoss.state.sorted_map import SortedMap
from fakeoss.state.uploads import Upload
from fakeoss.state.version_stack import VersionStack

E = TypeVar("E")

Seek: TypeAlias = Callable[[str], Iterator[tuple[str, E]]]
"""Name and entry of everything from a name (inclusive) on, lazily and in order."""

_LAST_CHARACTER = "\U0010ffff"


class KeyEntry(NamedTuple):
    """A key and the object that is its current version."""

    key: str
    version: ObjectVersion


class VersionEntry(NamedTuple):
    """One version or delete marker of a key; `is_latest` for the current one."""

    key: str
    version: Version
    is_latest: bool


@dataclass(frozen=True, slots=True)
class Page(Generic[E]):
    """One page of a listing.

    `next_key` names the last element of the page, be it an entry or a common prefix, truncated or not;
    it is empty on an empty page. `next_id` is the version or upload id of that element, empty after a
    common prefix and in listings of keys. `is_truncated` only if something follows.
    """

    entries: tuple[E, ...]
    common_prefixes: tuple[str, ...]
    is_truncated: bool
    next_key: str
    next_id: str = ""


def after_prefix(prefix: str) -> str | None:
    """The first text beyond every text that begins with `prefix`; None if there is nothing beyond."""
    kept = prefix.rstrip(_LAST_CHARACTER)
    return kept[:-1] + chr(ord(kept[-1]) + 1) if kept else None


def _group(name: str, prefix: str, delimiter: str) -> str | None:
    """The common prefix that stands for `name` in a listing, or None if it stands for itself."""
    if not delimiter:
        return None
    end = name.find(delimiter, len(prefix))
    return None if end < 0 else name[: end + len(delimiter)]


def walk(
    seek: Seek[E],
    *,
    prefix: str,
    delimiter: str,
    marker: str,
    limit: int,
    resumed: Iterable[tuple[str, E]] = (),
    identify: Callable[[E], str] = lambda _: "",
) -> Page[E]:
    """The page of at most `limit` (1 or more, else ValueError) elements beyond `marker`.

    A marker that equals or lies inside a common prefix passes it whole (assumption A290). `resumed` are the entries of
    the marker's own name that are still to come. `identify` gives the id among entries of one name.
    """
    if limit < 1:
        raise ValueError(f"a page of {limit}")
    source = _begin(seek, prefix, delimiter, marker, resumed)
    elements = _elements(seek, prefix, delimiter, source) if delimiter else _under(prefix, source)
    shown = list(islice(elements, limit))
    name, last = shown[-1] if shown else ("", None)
    return Page(
        entries=tuple([entry for _, entry in shown if entry is not None]),
        common_prefixes=tuple([name for name, entry in shown if entry is None]) if delimiter else (),
        is_truncated=next(elements, None) is not None,
        next_key=name,
        next_id="" if last is None else identify(last),
    )


def _begin(
    seek: Seek[E], prefix: str, delimiter: str, marker: str, resumed: Iterable[tuple[str, E]]
) -> Iterator[tuple[str, E]]:
    """Everything beyond the marker, from the prefix on."""
    if not marker or marker < prefix:
        return seek(prefix)
    group = _group(marker, prefix, delimiter) if marker.startswith(prefix) else None
    if group is None:
        return chain(resumed, seek(marker + "\0"))
    return _beyond(seek, group)


def _beyond(seek: Seek[E], group: str) -> Iterator[tuple[str, E]]:
    start = after_prefix(group)
    return iter(()) if start is None else seek(start)


def _under(prefix: str, source: Iterator[tuple[str, E]]) -> Iterator[tuple[str, E | None]]:
    """What begins with the prefix; nothing else comes between."""
    return takewhile(lambda found: found[0].startswith(prefix), source) if prefix else source


def _elements(
    seek: Seek[E], prefix: str, delimiter: str, source: Iterator[tuple[str, E]]
) -> Iterator[tuple[str, E | None]]:
    """Entries by name and, with None, common prefixes: each once, in one order, as long as the prefix holds."""
    while True:
        found = next(source, None)
        if found is None or not found[0].startswith(prefix):
            return
        group = _group(found[0], prefix, delimiter)
        if group is None:
            yield found
        else:
            yield group, None
            source = _beyond(seek, group)


def list_objects(
    index: KeyIndex, *, prefix: str = "", delimiter: str = "", marker: str = "", limit: int
) -> Page[KeyEntry]:
    """A page of keys whose current version is an object.

    `marker` is exclusive: the marker of ListObjects, `start-after` or what a continuation token holds
    for ListObjectsV2.
    """

    def seek(start: str) -> Iterator[tuple[str, KeyEntry]]:
        return ((key, KeyEntry(key, version)) for key, version in index.live(start=start))

    return walk(seek, prefix=prefix, delimiter=delimiter, marker=marker, limit=limit)


def list_versions(
    index: KeyIndex,
    *,
    prefix: str = "",
    delimiter: str = "",
    key_marker: str = "",
    version_id_marker: str = "",
    limit: int,
) -> Page[VersionEntry]:
    """A page of versions and delete markers, newest first within a key.

    It begins after the version `version_id_marker` of `key_marker`; without an id, after all versions
    of that key. A version that has gone since counts as newer than all that are left.
    """

    def seek(start: str) -> Iterator[tuple[str, VersionEntry]]:
        return chain.from_iterable(_entries(key, stack, stack) for key, stack in index.items(start=start))

    stack = index.stack(key_marker) if version_id_marker else None
    return walk(
        seek,
        prefix=prefix,
        delimiter=delimiter,
        marker=key_marker,
        limit=limit,
        resumed=() if stack is None else _entries(key_marker, stack, stack.after(version_id_marker)),
        identify=lambda entry: entry.version.version_id,
    )


def _entries(key: str, stack: VersionStack, versions: Iterable[Version]) -> Iterator[tuple[str, VersionEntry]]:
    return ((key, VersionEntry(key, version, version is stack.latest)) for version in versions)


def list_uploads(
    uploads: SortedMap[tuple[str, str], Upload],
    *,
    prefix: str = "",
    delimiter: str = "",
    key_marker: str = "",
    upload_id_marker: str = "",
    limit: int,
) -> Page[Upload]:
    """A page of multipart uploads, by key and upload id.

    It begins after the upload `upload_id_marker` of `key_marker`; without an id, after all uploads of
    that key.
    """

    def seek(start: str) -> Iterator[tuple[str, Upload]]:
        return ((key, upload) for (key, _), upload in uploads.items(start=(start, "")))

    def rest() -> Iterator[tuple[str, Upload]]:
        for (key, _), upload in uploads.items(after=(key_marker, upload_id_marker)):
            if key != key_marker:
                return
            yield key, upload

    return walk(
        seek,
        prefix=prefix,
        delimiter=delimiter,
        marker=key_marker,
        limit=limit,
        resumed=rest() if upload_id_marker else (),
        identify=lambda upload: upload.upload_id,
    )
