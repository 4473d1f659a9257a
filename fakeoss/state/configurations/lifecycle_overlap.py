"""What lifecycle rules of one bucket must not do to the same objects.

Sources: documentation of PutBucketLifecycle, and of error code 0014-00000082.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fakeoss import errors
from fakeoss.state.configurations.lifecycle import LifecycleRule
from fakeoss.state.objects import STORAGE_CLASSES

ALWAYS: Final = "AbortMultipartUpload"
"""The action that two rules may never take on one prefix."""

END: Final = len(STORAGE_CLASSES)
"""The rank of deletion, after that of the coldest class."""


def check_overlap(rules: Sequence[LifecycleRule], *, allowed: bool) -> None:
    """Refuse two rules that take the same action on the same objects, unless that is allowed, or contradict each other.

    Rules whose tags or sizes no object can have both do not meet (assumption A211). Raises InvalidRequest, and
    InvalidArgument where deletion or a colder class would come before a warmer one.
    """
    for one, other in _meeting(rules):
        common = [action for action in one.actions() if action in other.actions()]
        for action in common:
            if action == ALWAYS or (not allowed and not _are_apart(one, other)):
                raise errors.LifecycleOverlap(action=action).because(f"rules {one.id!r} and {other.id!r}")
        if not allowed and not (one.is_conditional or other.is_conditional):
            _check_order(one, other)


def _meeting(rules: Sequence[LifecycleRule]) -> Iterator[tuple[LifecycleRule, LifecycleRule]]:
    """Every two rules of which one's prefix begins with the other's."""
    above: list[LifecycleRule] = []
    for rule in sorted(rules, key=lambda rule: rule.prefix):
        while above and not rule.prefix.startswith(above[-1].prefix):
            above.pop()
        for other in above:
            yield other, rule
        above.append(rule)


def _are_apart(one: LifecycleRule, other: LifecycleRule) -> bool:
    """Whether no object can match both: a tag of one key with two values, or sizes that exclude each other."""
    tags = {tag.key: tag.value for tag in one.tags}
    if any(tags.get(tag.key, tag.value) != tag.value for tag in other.tags):
        return True
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: LifecycleRule, other: LifecycleRule) -> bool:
    most = one.filter.smaller_than if one.filter else None
    least = other.filter.larger_than if other.filter else None
    return most is not None and least is not None and most <= least + 1


def _check_order(one: LifecycleRule, other: LifecycleRule) -> None:
    for rank, days in _schedule(one):
        for other_rank, other_days in _schedule(other):
            if (rank < other_rank and days >= other_days) or (rank > other_rank and days <= other_days):
                raise errors.LifecycleConflict().because(f"rules {one.id!r} and {other.id!r}")


def _schedule(rule: LifecycleRule) -> Iterator[tuple[int, int]]:
    """Ranks of the classes a rule moves to, and of deletion, with the days since the last modification."""
    for step in rule.transitions:
        if step.days is not None and not step.is_access_time:
            yield STORAGE_CLASSES.index(step.storage_class), step.days
    if rule.expiration is not None and rule.expiration.days is not None:
        yield END, rule.expiration.days
