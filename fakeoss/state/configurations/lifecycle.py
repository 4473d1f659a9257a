"""Lifecycle rules of a bucket: what is moved, deleted or aborted when.

Sources: reference 7.4; documentation of PutBucketLifecycle, of lifecycle rules based on the last modified and the last
access time, and of error codes 0014-00000014 to 0014-00000082.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from fakeoss import errors
from fakeoss.schema import boolean, integer, nested, repeated, schema, text, timestamp
from fakeoss.state.objects import STORAGE_CLASSES

RULES_LIMIT: Final = 1000
NOTS_LIMIT: Final = 100
"""Rules of a bucket, exclusions of a rule."""

SIZE_LIMIT: Final = 5 << 40
"""Bytes that a size filter may name at most."""

COLDER: Final = STORAGE_CLASSES[1:]
"""Storage classes that a rule may move to, from the warmest to the coldest."""

_TAG: Final = re.compile(r"[\w+\-=.:/ ]*\Z")


@schema(unknown=errors.LifecycleElementNotSupported)
class LifecycleTag:
    """A tag that objects must, or in an exclusion must not, have; lengths are not judged (vendor's tests)."""

    key: str = text("Key")
    value: str = text("Value", default="")

    def validate(self) -> None:
        """Raise InvalidArgument for characters that no tag has."""
        for name, given in (("Key", self.key), ("Value", self.value)):
            if not _TAG.match(given) or (name == "Key" and not given):
                raise errors.InvalidLifecycleTag(ArgumentName=name, ArgumentValue=given)


@schema(unknown=errors.LifecycleElementNotSupported)
class Expiration:
    """When the current version is deleted: some days after its last modification, or what is older than a date.

    `date` is an old form: from that day on everything is deleted. With `expired_object_delete_marker` delete markers
    go that hide nothing any more.
    """

    days: int | None = integer("Days", lowest=1, highest=1 << 31, default=None)
    date: datetime | None = timestamp("Date", form="midnight", default=None)
    created_before_date: datetime | None = timestamp("CreatedBeforeDate", form="midnight", default=None)
    expired_object_delete_marker: bool | None = boolean("ExpiredObjectDeleteMarker", default=None)

    def validate(self) -> None:
        """Raise MalformedXML unless there is exactly one of the times, or none beside markers."""
        times = sum(time is not None for time in (self.days, self.date, self.created_before_date))
        if not times and not self.expired_object_delete_marker:
            raise errors.ExpirationWithoutTime(ErrorDetail="Expiration needs Days or CreatedBeforeDate.")
        if times + bool(self.expired_object_delete_marker) > 1:
            raise errors.MalformedXML(ErrorDetail="Expiration takes one of its elements only.")


@schema(unknown=errors.LifecycleElementNotSupported)
class Transition:
    """When the current version is moved to a colder class: by its last modification, or by its last access.

    `return_to_standard` moves it back when it is read, `allow_small_file` moves objects below 64 KB too; both are of
    rules by access time.
    """

    days: int | None = integer("Days", lowest=1, highest=1 << 31, default=None)
    created_before_date: datetime | None = timestamp("CreatedBeforeDate", form="midnight", default=None)
    storage_class: str = text("StorageClass", choices=COLDER, bad=errors.InvalidLifecycleStorageClass)
    is_access_time: bool | None = boolean("IsAccessTime", default=None)
    return_to_standard: bool | None = boolean("ReturnToStdWhenVisit", default=None)
    allow_small_file: bool | None = boolean("AllowSmallFile", default=None)

    def validate(self) -> None:
        """Raise MalformedXML for both times or none, and for what does not go with the kind of time."""
        if self.is_access_time and self.created_before_date is not None:
            raise errors.AccessTimeWithDate(ErrorDetail="CreatedBeforeDate does not go with IsAccessTime.")
        if (self.days is None) == (self.created_before_date is None):
            raise errors.MalformedXML(ErrorDetail="Transition needs either Days or CreatedBeforeDate.")
        _check_return(self.is_access_time, self.return_to_standard)
        if self.return_to_standard and self.storage_class != "IA":
            raise errors.ReturnToStandardFromColder(ErrorDetail="Objects return to Standard from IA only.")


@schema(unknown=errors.LifecycleElementNotSupported)
class NoncurrentVersionTransition:
    """When a version is moved to a colder class after another has taken its place, or after its last access."""

    noncurrent_days: int = integer("NoncurrentDays", lowest=1, highest=1 << 31)
    storage_class: str = text("StorageClass", choices=COLDER, bad=errors.InvalidLifecycleStorageClass)
    is_access_time: bool | None = boolean("IsAccessTime", default=None)
    return_to_standard: bool | None = boolean("ReturnToStdWhenVisit", default=None)
    allow_small_file: bool | None = boolean("AllowSmallFile", default=None)

    @property
    def days(self) -> int:
        """Days, as a transition of the current version names them."""
        return self.noncurrent_days

    def validate(self) -> None:
        """Raise MalformedXML for what does not go with the kind of time."""
        _check_return(self.is_access_time, self.return_to_standard)


def _check_return(is_access_time: bool | None, return_to_standard: bool | None) -> None:
    if bool(is_access_time) != (return_to_standard is not None):
        raise errors.ReturnToStandardMisplaced(
            ErrorDetail="ReturnToStdWhenVisit goes with IsAccessTime, and is needed there."
        )


@schema(unknown=errors.LifecycleElementNotSupported)
class NoncurrentVersionExpiration:
    """When a version is deleted after another has taken its place."""

    noncurrent_days: int = integer("NoncurrentDays", lowest=1, highest=1 << 31)


@schema(unknown=errors.LifecycleElementNotSupported)
class AbortMultipartUpload:
    """When the parts of an upload that was never completed are deleted."""

    days: int | None = integer("Days", lowest=1, highest=1 << 31, default=None)
    created_before_date: datetime | None = timestamp("CreatedBeforeDate", form="midnight", default=None)

    def validate(self) -> None:
        """Raise MalformedXML for both times or none."""
        if (self.days is None) == (self.created_before_date is None):
            raise errors.MalformedXML(ErrorDetail="AbortMultipartUpload needs either Days or CreatedBeforeDate.")


@schema(unknown=errors.LifecycleElementNotSupported)
class Exclusion:
    """Objects a rule leaves alone: those with this prefix, with this tag, or with both where both are given."""

    prefix: str = text("Prefix", default="")
    tag: LifecycleTag | None = nested("Tag", LifecycleTag, default=None)


@schema(unknown=errors.LifecycleElementNotSupported)
class LifecycleFilter:
    """What else decides to which objects a rule applies: sizes in bytes, both exclusive, and exclusions."""

    larger_than: int | None = integer("ObjectSizeGreaterThan", lowest=0, highest=SIZE_LIMIT - 1, default=None)
    smaller_than: int | None = integer("ObjectSizeLessThan", lowest=1, highest=SIZE_LIMIT, default=None)
    exclusions: tuple[Exclusion, ...] = repeated("Not", Exclusion, at_most=NOTS_LIMIT)

    def validate(self) -> None:
        """Raise InvalidArgument where no size can be in between."""
        if self.larger_than is not None and self.smaller_than is not None and self.smaller_than <= self.larger_than:
            raise errors.InvalidArgument(
                message="ObjectSizeLessThan must be more than ObjectSizeGreaterThan.",
                ArgumentName="ObjectSizeLessThan",
                ArgumentValue=str(self.smaller_than),
            )


@schema(unknown=errors.LifecycleElementNotSupported, passed_over=("Days", "Date"))
class LifecycleRule:
    """One rule: which objects, and what becomes of them when.

    `atime_base` is when access tracking began, in Unix seconds, where a transition goes by the last access.
    Days and Date of the rule itself change nothing: ali-oss sends them beside Expiration in its old form (its tests).
    """

    id: str = text("ID", default="", longest=255)
    prefix: str = text("Prefix", default="", longest=1023, unit="bytes")
    status: str = text("Status", choices=("Enabled", "Disabled"))
    tags: tuple[LifecycleTag, ...] = repeated("Tag", LifecycleTag)
    filter: LifecycleFilter | None = nested("Filter", LifecycleFilter, default=None)
    expiration: Expiration | None = nested("Expiration", Expiration, default=None)
    transitions: tuple[Transition, ...] = repeated("Transition", Transition)
    noncurrent_transitions: tuple[NoncurrentVersionTransition, ...] = repeated(
        "NoncurrentVersionTransition", NoncurrentVersionTransition
    )
    noncurrent_expiration: NoncurrentVersionExpiration | None = nested(
        "NoncurrentVersionExpiration", NoncurrentVersionExpiration, default=None
    )
    abort: AbortMultipartUpload | None = nested("AbortMultipartUpload", AbortMultipartUpload, default=None)
    atime_base: int | None = integer("AtimeBase", lowest=0, default=None)

    @property
    def is_enabled(self) -> bool:
        """Whether the rule is carried out."""
        return self.status == "Enabled"

    @property
    def moves(self) -> tuple[Transition | NoncurrentVersionTransition, ...]:
        """The transitions of current and of noncurrent versions."""
        return (*self.transitions, *self.noncurrent_transitions)

    @property
    def goes_by_access(self) -> bool:
        """Whether a transition goes by the last access."""
        return any(step.is_access_time for step in self.moves)

    @property
    def is_conditional(self) -> bool:
        """Whether tags, sizes or exclusions decide beside the prefix."""
        return bool(self.tags) or self.filter is not None

    def actions(self) -> tuple[str, ...]:
        """The types of what the rule does, as refusals name them."""
        found = {
            "Expiration": self.expiration,
            "Transition": self.transitions,
            "NoncurrentVersionTransition": self.noncurrent_transitions,
            "NoncurrentVersionExpiration": self.noncurrent_expiration,
            "AbortMultipartUpload": self.abort,
        }
        return tuple(name for name, value in found.items() if value)

    def validate(self) -> None:
        """Raise the refusal of a rule that does nothing or contradicts itself."""
        if not self.actions():
            raise errors.LifecycleRuleWithoutAction(ErrorDetail="The rule has no action.")
        _check_kinds_of_time(self)
        for steps in (self.transitions, self.noncurrent_transitions):
            _check_order([step for step in steps if not step.is_access_time])
            _check_order([step for step in steps if step.is_access_time])
        _check_end(self.transitions, self.expiration.days if self.expiration else None)
        last = self.noncurrent_expiration.noncurrent_days if self.noncurrent_expiration else None
        _check_end(self.noncurrent_transitions, last)
        if self.filter is not None:
            _check_filter(self, self.filter)


def _check_kinds_of_time(rule: LifecycleRule) -> None:
    """Days and dates do not mix among what happens to the current version (vendor's tests)."""
    modified = [step for step in rule.transitions if not step.is_access_time]
    by_days = [step.days is not None for step in modified]
    if rule.expiration is not None and not rule.expiration.expired_object_delete_marker:
        by_days.append(rule.expiration.days is not None)
    if len(set(by_days)) > 1:
        raise errors.InvalidLifecycle().because(f"rule {rule.id!r} mixes days and dates")


def _check_order(steps: Sequence[Transition | NoncurrentVersionTransition]) -> None:
    """Colder classes come later, each once; dates are not compared (vendor's tests)."""
    ranked = sorted(steps, key=lambda step: STORAGE_CLASSES.index(step.storage_class))
    for warmer, colder in pairwise(ranked):
        same = warmer.storage_class == colder.storage_class
        if same or (warmer.days is not None and colder.days is not None and colder.days <= warmer.days):
            raise errors.LifecycleDaysOutOfOrder(
                ArgumentName="Days",
                ArgumentValue=str(colder.days),
                colder=colder.storage_class,
                warmer=warmer.storage_class,
            )


def _check_end(steps: Sequence[Transition | NoncurrentVersionTransition], last: int | None) -> None:
    """What is deleted is deleted after every move by last modification."""
    for step in steps:
        if last is not None and step.days is not None and not step.is_access_time and last <= step.days:
            raise errors.LifecycleExpiresTooSoon(
                ArgumentName="Days", ArgumentValue=str(last), warmer=step.storage_class
            )


def _check_filter(rule: LifecycleRule, given: LifecycleFilter) -> None:
    sized = given.larger_than is not None or given.smaller_than is not None
    if sized and any(step.allow_small_file is not None for step in rule.moves):
        raise errors.MalformedXML(ErrorDetail="AllowSmallFile does not go with a filter by size.")
    if rule.abort is not None and given.exclusions:
        raise errors.MalformedXML(ErrorDetail="AbortMultipartUpload does not go with Not.")
    if given.larger_than is not None and given.smaller_than is not None:
        markers = rule.expiration is not None and rule.expiration.expired_object_delete_marker
        if rule.abort is not None or markers:
            raise errors.MalformedXML(ErrorDetail="A range of sizes goes with actions on objects only.")
    for exclusion in given.exclusions:
        _check_exclusion(rule, exclusion)


def _check_exclusion(rule: LifecycleRule, exclusion: Exclusion) -> None:
    """An exclusion says something, lies within the rule's prefix, and names no key that the rule's tags name."""
    if not exclusion.prefix and exclusion.tag is None:
        raise errors.MalformedXML(ErrorDetail="Not needs Prefix or Tag.")
    outside = bool(exclusion.prefix) and not exclusion.prefix.startswith(rule.prefix)
    if outside or (exclusion.tag is None and exclusion.prefix == rule.prefix):
        raise errors.InvalidArgument(
            message="The Prefix of Not must begin with the Prefix of the rule, and differ from it without a Tag.",
            ArgumentName="Prefix",
            ArgumentValue=exclusion.prefix,
        )
    if exclusion.tag is not None and any(tag.key == exclusion.tag.key for tag in rule.tags):
        raise errors.InvalidArgument(
            message="The Tag of Not must not have a key that a Tag of the rule has.",
            ArgumentName="Key",
            ArgumentValue=exclusion.tag.key,
        )


@schema("LifecycleConfiguration", unknown=errors.LifecycleRuleExpected)
class Lifecycle:
    """The lifecycle rules of a bucket, at most 1,000, and nothing beside them (documentation: 0014-00000015)."""

    rules: tuple[LifecycleRule, ...] = repeated(
        "Rule", LifecycleRule, at_least=1, at_most=RULES_LIMIT, too_many=errors.TooManyLifecycleRules
    )

    def validate(self) -> None:
        """Raise InvalidArgument where two rules have one id."""
        given = [rule.id for rule in self.rules if rule.id]
        if len(set(given)) < len(given):
            twice = next(name for name in given if given.count(name) > 1)
            raise errors.InvalidArgument(message="Rule ID must be unique.", ArgumentName="ID", ArgumentValue=twice)
