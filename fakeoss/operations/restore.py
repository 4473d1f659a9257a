"""RestoreObject and CleanRestoredObject."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from fakeoss import errors
from fakeoss.clock import later
from fakeoss.operations import object_headers, reading
from fakeoss.operations.call import Call
from fakeoss.operations.declare import operation
from fakeoss.operations.replies import empty
from fakeoss.state.bucket import Bucket
from fakeoss.state.objects import ObjectVersion, Restore
from fakeoss.wire import xml
from fakeoss.wire.bind import params, query
from fakeoss.wire.message import Reply
from fakeoss.wire.xml import Node

PRIORITY: Final = "x-oss-object-restore-priority"
STANDARD: Final = "Standard"


@dataclass(frozen=True, slots=True)
class ClassRules:
    """What an archive class allows: days a copy stays readable, and priorities from the slowest to the fastest."""

    longest: int
    tiers: tuple[str, ...]

    @property
    def has_priorities(self) -> bool:
        """Whether a request may choose a priority, and the answer tells it."""
        return len(self.tiers) > 1


RULES: Final = {
    "Archive": ClassRules(7, (STANDARD,)),
    "ColdArchive": ClassRules(365, ("Bulk", STANDARD, "Expedited")),
    "DeepColdArchive": ClassRules(365, (STANDARD, "Expedited")),
}
"""Reference 8.1.10; for DeepColdArchive the documentation of RestoreObject."""

_DAYS = re.compile(r"[0-9]{1,5}\Z")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a restore request asks for; `tier` is None where it leaves the priority to the service."""

    days: int = 1
    tier: str | None = None


@params
class OfVersion:
    """What the two operations take in the query."""

    version_id: str | None = query("versionId", default=None)


@operation("RestoreObject", OfVersion)
def restore_object(call: Call, ask: OfVersion) -> Reply:
    """Make the content of an archived object readable for some days.

    202 for a frozen object, 200 for one that is restored, whose time is lengthened (reference 8.1.10).
    Raises OperationNotSupported for other classes, MalformedXML, InvalidArgument for days and priorities the
    class does not have, and RestoreAlreadyInProgress.
    """
    bucket = call.bucket()
    version = reading.find_attributes(bucket, call.key, ask.version_id)
    rules = RULES.get(version.storage_class)
    if rules is None or version.kind == "Symlink":
        raise errors.RestoreNotSupported(Detail=f"RestoreObject is not supported for {version.storage_class}.")
    asked = _asked(call, rules)
    restore, status = _restored(call, version, rules, asked)
    _save(call, bucket, replace(version, restore=restore))
    headers = object_headers.version_id(bucket, version)
    if rules.has_priorities:
        headers.append((PRIORITY, restore.tier))
    return empty(status, headers)


def _asked(call: Call, rules: ClassRules) -> Asked:
    """What the body says; none asks for one day at the standard priority."""
    data = call.request.data()
    if not data:
        return Asked()
    node = xml.parse(data, bad=errors.MalformedRestoreRequest)
    if node.name != "RestoreRequest":
        raise errors.MalformedRestoreRequest(ErrorDetail="The root element must be RestoreRequest.")
    unknown = [child.name for child in node.children if child.name not in ("Days", "JobParameters")]
    if unknown:
        raise errors.UnknownRestoreElement(ErrorDetail=f"{unknown[0]} is not allowed in RestoreRequest.")
    return Asked(_days(node, rules), _tier(node, rules))


def _days(node: Node, rules: ClassRules) -> int:
    text = node.text_of("Days", "1").strip()
    if not (_DAYS.match(text) and 1 <= int(text) <= rules.longest):
        raise errors.InvalidRestoreDays(ArgumentName="Days", ArgumentValue=text)
    return int(text)


def _tier(node: Node, rules: ClassRules) -> str | None:
    parameters = node.child("JobParameters")
    if parameters is None:
        return None
    if not rules.has_priorities:
        raise errors.MalformedRestoreRequest(ErrorDetail="JobParameters is not allowed for this storage class.")
    tier = parameters.text_of("Tier", STANDARD)
    if tier not in rules.tiers:
        raise errors.InvalidRestoreTier(ArgumentName="Tier", ArgumentValue=tier)
    return tier


def _restored(call: Call, version: ObjectVersion, rules: ClassRules, asked: Asked) -> tuple[Restore, int]:
    present = version.restore
    if present is None or present.is_over(call.now):
        return _begun(call, version, asked), 202
    if present.is_readable(call.now):
        return _lengthened(present, rules, asked), 200
    return _hastened(call, version, present, rules, asked), 202


def _begun(call: Call, version: ObjectVersion, asked: Asked) -> Restore:
    tier = asked.tier or STANDARD
    ready = later(call.second, call.settings.restore_times.of(version.storage_class, tier))
    return Restore(tier, asked.days, call.second, ready, later(ready, timedelta(days=asked.days)))


def _lengthened(present: Restore, rules: ClassRules, asked: Asked) -> Restore:
    """The restore that lasts the days asked for longer, never beyond what its class allows in all."""
    longest = later(present.ready_at, timedelta(days=rules.longest))
    ends = min(later(present.expires_at, timedelta(days=asked.days)), longest)
    return replace(present, days=(ends - present.ready_at).days, expires_at=ends)


def _hastened(call: Call, version: ObjectVersion, present: Restore, rules: ClassRules, asked: Asked) -> Restore:
    """The ongoing restore at a higher priority, which alone may be asked for.

    Documentation: 0016-00000715; status and code are assumption A138.
    """
    if asked.tier is None or asked.tier == present.tier:
        raise errors.RestoreAlreadyInProgress()
    if rules.tiers.index(asked.tier) < rules.tiers.index(present.tier):
        raise errors.RestorePriorityLowered().because(f"the restore goes on at priority {present.tier}")
    sooner = min(
        present.ready_at, later(call.second, call.settings.restore_times.of(version.storage_class, asked.tier))
    )
    return Restore(asked.tier, asked.days, present.requested_at, sooner, later(sooner, timedelta(days=asked.days)))


@operation("CleanRestoredObject", OfVersion)
def clean_restored_object(call: Call, ask: OfVersion) -> Reply:
    """Freeze a restored object before its time (documentation: CleanRestoredObject).

    Raises OperationNotSupported for classes that keep no copy (for Archive assumption A132),
    ArchiveRestoreFileStale where nothing is restored, ArchiveRestoreNotFinished while it is on its way.
    """
    bucket = call.bucket()
    version = reading.find_attributes(bucket, call.key, ask.version_id)
    if version.storage_class not in ("ColdArchive", "DeepColdArchive") or version.kind == "Symlink":
        raise errors.CleaningNotSupported()
    restore = version.restore
    if restore is None or restore.is_over(call.now):
        raise errors.ArchiveRestoreFileStale()
    if restore.is_ongoing(call.now):
        raise errors.ArchiveRestoreNotFinished()
    _save(call, bucket, replace(version, restore=None))
    return empty(200, object_headers.version_id(bucket, version))


def _save(call: Call, bucket: Bucket, version: ObjectVersion) -> None:
    call.save(replace(bucket, objects=bucket.objects.replace(call.key, version)))
