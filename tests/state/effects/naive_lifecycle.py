"""Lifecycle as the documentation tells it, carried out every day over everything: slow, and without any plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fakeoss.state.configurations.lifecycle import LifecycleRule, NoncurrentVersionTransition, Transition

CLASSES = ("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive")
DAY = timedelta(days=1)


@dataclass
class NaiveVersion:
    """A version, or a delete marker where there is no size."""

    version_id: str
    modified: datetime
    size: int | None
    tags: tuple[tuple[str, str], ...] = ()
    storage_class: str = "Standard"


@dataclass
class NaiveBucket:
    """Versions of each key, newest first, and uploads by key and id with the time they began."""

    versioning: str | None
    keys: dict[str, list[NaiveVersion]] = field(default_factory=dict)
    uploads: dict[tuple[str, str], datetime] = field(default_factory=dict)
    rules: tuple[LifecycleRule, ...] = ()

    def put(self, key: str, version: NaiveVersion) -> None:
        older = self.keys.get(key, [])
        self.keys[key] = [version, *(each for each in older if each.version_id != version.version_id)]

    def delete(self, key: str, marker_id: str, now: datetime) -> None:
        if self.versioning is not None:
            self.put(key, NaiveVersion(marker_id, now, None))
        else:
            self.keys.pop(key, None)

    def run(self, at: datetime) -> None:
        """One day's run: judge everything as it is, then act."""
        verdicts = [
            (key, version, self._verdict(key, versions, place, at))
            for key, versions in self.keys.items()
            for place, version in enumerate(versions)
        ]
        for key, version, verdict in verdicts:
            if verdict == "expire":
                self.delete(key, "null" if self.versioning == "Suspended" else f"marker of {version.version_id}", at)
            elif verdict == "remove":
                self.keys[key] = [each for each in self.keys[key] if each is not version]
            elif verdict is not None:
                version.storage_class = verdict
        self.keys = {key: versions for key, versions in self.keys.items() if versions}
        self.uploads = {place: begun for place, begun in self.uploads.items() if not self._aborted(place[0], begun, at)}

    def _verdict(self, key: str, versions: list[NaiveVersion], place: int, at: datetime) -> str | None:
        version = versions[place]
        deletes = False
        moves: list[str] = []
        for rule in self.rules:
            if rule.status == "Enabled" and _is_meant(rule, key, version):
                if place == 0:
                    deletes = deletes or _deletes_current(rule, versions, at)
                    moves += _moved_by(rule.transitions, version, version.modified, at)
                else:
                    since = versions[place - 1].modified
                    gone = rule.noncurrent_expiration
                    deletes = deletes or (gone is not None and at - since > gone.noncurrent_days * DAY)
                    moves += _moved_by(rule.noncurrent_transitions, version, since, at)
        if deletes:
            return "expire" if place == 0 and version.size is not None else "remove"
        return max(moves, key=CLASSES.index, default=None)

    def _aborted(self, key: str, begun: datetime, at: datetime) -> bool:
        for rule in self.rules:
            if rule.status == "Enabled" and rule.abort is not None and key.startswith(rule.prefix):
                if rule.abort.days is not None and at - begun > rule.abort.days * DAY:
                    return True
                date = rule.abort.created_before_date
                if date is not None and begun < date <= at:
                    return True
        return False


def _is_meant(rule: LifecycleRule, key: str, version: NaiveVersion) -> bool:
    if not key.startswith(rule.prefix):
        return False
    if any((tag.key, tag.value) not in version.tags for tag in rule.tags):
        return False
    if rule.filter is None:
        return True
    size = version.size or 0
    if rule.filter.larger_than is not None and not size > rule.filter.larger_than:
        return False
    if rule.filter.smaller_than is not None and not size < rule.filter.smaller_than:
        return False
    for exclusion in rule.filter.exclusions:
        tagged = exclusion.tag is None or (exclusion.tag.key, exclusion.tag.value) in version.tags
        if key.startswith(exclusion.prefix) and tagged:
            return False
    return True


def _deletes_current(rule: LifecycleRule, versions: list[NaiveVersion], at: datetime) -> bool:
    version, expiration = versions[0], rule.expiration
    if expiration is None:
        return False
    if version.size is None:
        return len(versions) == 1 and bool(expiration.expired_object_delete_marker)
    if expiration.days is not None:
        return at - version.modified > expiration.days * DAY
    if expiration.date is not None:
        return at >= expiration.date
    date = expiration.created_before_date
    return date is not None and version.modified < date <= at


def _moved_by(
    steps: tuple[Transition, ...] | tuple[NoncurrentVersionTransition, ...],
    version: NaiveVersion,
    since: datetime,
    at: datetime,
) -> list[str]:
    if version.size is None:
        return []
    due = []
    for step in steps:
        date = step.created_before_date if isinstance(step, Transition) else None
        by_days = step.days is not None and at - since > step.days * DAY
        by_date = date is not None and since < date <= at
        if (by_days or by_date) and CLASSES.index(step.storage_class) > CLASSES.index(version.storage_class):
            due.append(step.storage_class)
    return due
