"""The versions of one key, newest first: the one place that knows their order and the `null` version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from fakeoss.state.difference import changes
from fakeoss.state.objects import NULL, DeleteMarker, Version
from fakeoss.state.sorted_map import SortedMap
from fakeoss.state.tally import NO_TALLY, Tally


def assign_version_id(versioning: str | None, new_id: str) -> str:
    """The id of a version or delete marker about to be written: `new_id` while Enabled, else `null`."""
    return new_id if versioning == "Enabled" else NULL


class History(NamedTuple):
    """Two or more versions by age (0 for the oldest), their ages by id, and what they come to."""

    by_age: SortedMap[int, Version]
    ages: SortedMap[str, int]
    tally: Tally


class VersionStack:
    """The versions and delete markers of one key; changes answer a new stack.

    `latest` is the current version, None in an empty stack. A stack of one version is no more than that version, and
    has no `history`; larger ones change in O(log n), so that the ten-thousandth version costs what the third did.
    """

    __slots__ = ("history", "latest")

    latest: Final[Version | None]
    history: History | None

    def __init__(self, latest: Version | None = None) -> None:
        """A stack of one version, or of none."""
        self.latest = latest
        self.history = None

    @classmethod
    def _of(cls, history: History) -> VersionStack:
        newest = history.by_age.last()
        stack = cls(None if newest is None else newest[1])
        if len(history.by_age) > 1:
            stack.history = history
        return stack

    def get(self, version_id: str) -> Version | None:
        """The version or delete marker of this id, or None."""
        if self.latest is not None and self.latest.version_id == version_id:
            return self.latest
        if self.history is None:
            return None
        age = self.history.ages.get(version_id)
        return None if age is None else self.history.by_age.get(age)

    def put(self, version: Version) -> VersionStack:
        """This stack with `version` on top.

        A version of id `null` takes the place of an older `null` version wherever that stands: it leaves
        its old position and the new one is the newest. Any other id must be new, else ValueError.
        """
        if self.history is None and (self.latest is None or self.latest.version_id == version.version_id == NULL):
            return VersionStack(version)
        older = self
        if version.version_id in self:
            if version.version_id != NULL:
                raise ValueError(f"version {version.version_id} exists")
            older = self.remove(NULL)
        if older.latest is None:
            return VersionStack(version)
        by_age, ages, tally = older.history or _history_of(older.latest)
        age = _newest_age(by_age) + 1
        return VersionStack._of(
            History(by_age.set(age, version), ages.set(version.version_id, age), tally.changed(come=version))
        )

    def delete(self, versioning: str | None, marker: DeleteMarker) -> VersionStack:
        """This stack after a deletion that names no version; `marker` has its id from `assign_version_id`.

        With versioning off the `null` version goes for good. While Enabled the marker goes on top; while
        Suspended it does too, in the place of a `null` version or marker.
        """
        if versioning is not None:
            return self.put(marker)
        return self.remove(NULL) if NULL in self else self

    def remove(self, version_id: str) -> VersionStack:
        """This stack without exactly that version or marker; the next newest becomes the latest.

        Raises KeyError if there is none of this id.
        """
        if self.history is None:
            if version_id not in self:
                raise KeyError(version_id)
            return VersionStack()
        by_age, ages, tally = self.history
        age = ages[version_id]
        gone = by_age[age]
        return VersionStack._of(History(by_age.remove(age), ages.remove(version_id), tally.changed(gone=gone)))

    def replace(self, version: Version) -> VersionStack:
        """This stack with a changed value of the version of the same id, which keeps its position.

        For tags, ACL, retention, appended content and the like. Raises KeyError if there is none.
        """
        if self.history is None:
            if version.version_id not in self:
                raise KeyError(version.version_id)
            return VersionStack(version)
        by_age, ages, tally = self.history
        age = ages[version.version_id]
        changed = tally.changed(gone=by_age[age], come=version)
        return VersionStack._of(History(by_age.set(age, version), ages, changed))

    def after(self, version_id: str) -> Iterator[Version]:
        """The versions older than `version_id`, newest first.

        All of them if there is none of this id: whoever deletes while going through pages has deleted
        what came before it too.
        """
        if self.history is None:
            return iter(()) if version_id in self else iter(self)
        age = self.history.ages.get(version_id)
        return (version for _, version in self.history.by_age.items(after=age, reverse=True))

    def successor(self, version_id: str) -> Version | None:
        """The version that came after this one, None for the latest and for one that is not there."""
        if self.history is None or version_id not in self.history.ages:
            return None
        newer = next(self.history.by_age.items(after=self.history.ages[version_id]), None)
        return None if newer is None else newer[1]

    def changed_since(self, older: VersionStack) -> Iterator[Version]:
        """The versions that are new or changed since `older`, or have another successor; some may come twice.

        Takes time by what changed, unless one of the stacks has no more than one version.
        """
        if self.history is None or older.history is None:
            return iter(self)
        return self._changed(self.history, older.history)

    def differences(self, older: VersionStack) -> dict[str, tuple[Version | None, Version | None]]:
        """The versions that differ from those of `older`, by id: what was and what is, None where there is none.

        Takes time by what changed, unless one of the stacks has no more than one version.
        """
        pairs: dict[str, tuple[Version | None, Version | None]] = {}
        if self.history is None or older.history is None:
            pairs = {version.version_id: (version, self.get(version.version_id)) for version in older}
            pairs.update((version.version_id, (older.get(version.version_id), version)) for version in self)
        else:
            for _, was, now in changes(older.history.by_age, self.history.by_age):
                for version in (was, now):
                    if version is not None:
                        identifier = version.version_id
                        pairs[identifier] = (older.get(identifier), self.get(identifier))
        return {identifier: (was, now) for identifier, (was, now) in pairs.items() if was is not now}

    def _changed(self, now: History, was: History) -> Iterator[Version]:
        seen: int | None = None
        for age, _, version in changes(was.by_age, now.by_age):
            below = next(now.by_age.items(after=age, reverse=True), None)
            if below is not None and below[0] != seen:
                yield below[1]
            if version is not None:
                yield version
                seen = age

    @property
    def tally(self) -> Tally:
        """What the versions come to."""
        if self.history is not None:
            return self.history.tally
        return NO_TALLY if self.latest is None else NO_TALLY.changed(come=self.latest)

    def __contains__(self, version_id: str) -> bool:
        return self.get(version_id) is not None

    def __iter__(self) -> Iterator[Version]:
        if self.history is not None:
            return (version for _, version in self.history.by_age.items(reverse=True))
        return iter(() if self.latest is None else (self.latest,))

    def __len__(self) -> int:
        if self.history is not None:
            return len(self.history.by_age)
        return 0 if self.latest is None else 1

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, VersionStack):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash((self.latest, len(self)))

    def __repr__(self) -> str:
        return f"<VersionStack {[version.version_id for version in self]}>"


def _history_of(version: Version) -> History:
    by_age: SortedMap[int, Version] = SortedMap()
    ages: SortedMap[str, int] = SortedMap()
    return History(by_age.set(0, version), ages.set(version.version_id, 0), NO_TALLY.changed(come=version))


def _newest_age(by_age: SortedMap[int, Version]) -> int:
    newest = by_age.last()
    return -1 if newest is None else newest[0]
