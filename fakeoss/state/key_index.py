"""The keys of a bucket in order, each with its versions, and running counts of all they hold."""

from __future__ import annotations

from collections.abc import Iterator

from fakeoss.state.difference import changes
from fakeoss.state.objects import DeleteMarker, ObjectVersion, Version
from fakeoss.state.sorted_map import SortedMap
from fakeoss.state.tally import NO_TALLY, Tally
from fakeoss.state.version_stack import VersionStack


class KeyIndex:
    """Version stacks by key; Python orders text by code point, which is the byte order of its UTF-8.

    Changes answer a new index in O(log n). `tally` counts every version, current or not; `len` counts
    keys, those hidden by a delete marker too.
    """

    __slots__ = ("_live", "_stacks", "tally")

    tally: Tally

    def __init__(self) -> None:
        """No keys."""
        self._stacks: SortedMap[str, VersionStack] = SortedMap()
        # The keys whose current version is an object, so that a listing of objects never walks over
        # hidden keys. The very same map as long as nothing is hidden.
        self._live = self._stacks
        self.tally = NO_TALLY

    def stack(self, key: str) -> VersionStack | None:
        """The versions of a key, or None where there are none."""
        return self._stacks.get(key)

    def current(self, key: str) -> Version | None:
        """The newest version of a key, be it an object or a delete marker, or None."""
        stack = self._stacks.get(key)
        return None if stack is None else stack.latest

    def get(self, key: str, version_id: str | None = None) -> Version | None:
        """One version of a key, the newest if no id is given, or None."""
        stack = self._stacks.get(key)
        if stack is None:
            return None
        return stack.latest if version_id is None else stack.get(version_id)

    def with_stack(self, key: str, stack: VersionStack) -> KeyIndex:
        """This index with the versions of `key` replaced; an empty stack removes the key."""
        return self._exchanged(key, self._stacks.get(key, _NO_VERSIONS), stack)

    def _exchanged(self, key: str, old: VersionStack, stack: VersionStack) -> KeyIndex:
        """This index with `stack` in the place of `old`, which the key has."""
        changed = KeyIndex.__new__(KeyIndex)
        changed.tally = self._tally_with(old, stack)
        changed._stacks = _with(self._stacks, key, stack, keep=stack.latest is not None)
        if self._live is self._stacks and isinstance(old.latest, DeleteMarker) is isinstance(
            stack.latest, DeleteMarker
        ):
            changed._live = changed._stacks
            return changed
        live = _with(self._live, key, stack, keep=isinstance(stack.latest, ObjectVersion))
        changed._live = changed._stacks if len(live) == len(changed._stacks) else live
        return changed

    def _tally_with(self, old: VersionStack, new: VersionStack) -> Tally:
        if old.history is None and new.history is None:
            return self.tally.changed(gone=old.latest, come=new.latest)
        return self.tally.exchanged(gone=old.tally, come=new.tally)

    def put(self, key: str, version: Version) -> KeyIndex:
        """This index with a version on top of its key's, as `VersionStack.put` has it."""
        old = self._stacks.get(key, _NO_VERSIONS)
        return self._exchanged(key, old, old.put(version))

    def delete(self, key: str, versioning: str | None, marker: DeleteMarker) -> KeyIndex:
        """This index after a deletion that names no version, as `VersionStack.delete` has it."""
        return self.with_stack(key, self._stacks.get(key, _NO_VERSIONS).delete(versioning, marker))

    def remove(self, key: str, version_id: str) -> KeyIndex:
        """This index without one version or marker; raises KeyError if it is absent."""
        return self.with_stack(key, self._stacks[key].remove(version_id))

    def replace(self, key: str, version: Version) -> KeyIndex:
        """This index with a changed value of a version in its place; raises KeyError if it is absent."""
        return self.with_stack(key, self._stacks[key].replace(version))

    @property
    def live_count(self) -> int:
        """Keys whose current version is an object."""
        return len(self._live)

    def live(
        self, *, start: str | None = None, after: str | None = None, reverse: bool = False
    ) -> Iterator[tuple[str, ObjectVersion]]:
        """Keys whose current version is an object, with it; from a position as in `SortedMap.items`."""
        for key, stack in self._live.items(start=start, after=after, reverse=reverse):
            latest = stack.latest
            if isinstance(latest, ObjectVersion):
                yield key, latest

    def items(
        self, *, start: str | None = None, after: str | None = None, reverse: bool = False
    ) -> Iterator[tuple[str, VersionStack]]:
        """Every key with its versions, in order, from a position as in `SortedMap.items`."""
        return self._stacks.items(start=start, after=after, reverse=reverse)

    def changes_since(self, older: KeyIndex) -> Iterator[tuple[str, VersionStack | None, VersionStack | None]]:
        """Each key whose versions are not those of `older`, in order, with the old and the new ones (None: absent).

        Takes time by what changed, whatever is stored.
        """
        return changes(older._stacks, self._stacks)

    def __contains__(self, key: str) -> bool:
        return key in self._stacks

    def __iter__(self) -> Iterator[str]:
        return iter(self._stacks)

    def __len__(self) -> int:
        return len(self._stacks)

    def __eq__(self, other: object) -> bool:
        return self._stacks == other._stacks if isinstance(other, KeyIndex) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal by content, which may be large

    def __repr__(self) -> str:
        return f"<KeyIndex of {len(self)} keys>"


_NO_VERSIONS = VersionStack()


def _with(
    stacks: SortedMap[str, VersionStack], key: str, stack: VersionStack, *, keep: bool
) -> SortedMap[str, VersionStack]:
    """The map with `key` set if it is to be kept, else without it."""
    if keep:
        return stacks.set(key, stack)
    return stacks.remove(key) if key in stacks else stacks
