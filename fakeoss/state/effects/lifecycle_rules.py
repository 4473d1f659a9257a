"""Which lifecycle rules apply to an object, found without going through all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fakeoss.state.configurations.lifecycle import LifecycleRule
from fakeoss.state.objects import ObjectVersion, Tags, Version


@dataclass(frozen=True, slots=True)
class _Lot:
    """Rules without tags, and rules with tags by the first of them."""

    plain: tuple[LifecycleRule, ...]
    tagged: Mapping[tuple[str, str], list[LifecycleRule]]

    @classmethod
    def of(cls, rules: Iterable[LifecycleRule]) -> _Lot:
        plain = []
        tagged: dict[tuple[str, str], list[LifecycleRule]] = {}
        for rule in rules:
            if rule.tags:
                tagged.setdefault((rule.tags[0].key, rule.tags[0].value), []).append(rule)
            else:
                plain.append(rule)
        return cls(tuple(plain), tagged)

    def for_tags(self, tags: Tags) -> Iterator[LifecycleRule]:
        """The rules that an object with these tags may match."""
        yield from self.plain
        if self.tagged:
            for tag in tags:
                yield from self.tagged.get(tag, ())

    def all(self) -> Iterator[LifecycleRule]:
        yield from self.plain
        for rules in self.tagged.values():
            yield from rules


@dataclass(frozen=True, slots=True)
class _Group:
    """The rules of one prefix.

    `above` is the place of the longest other prefix that this one begins with, -1 if there is none. Of the rules that
    delete, `soonest` is the one of fewest days among those that only a prefix decides, here and above; `deleting`
    are the others, here, and `above_deleting` is the place of more of them.
    """

    above: int
    rules: _Lot
    soonest: LifecycleRule | None
    deleting: _Lot | None
    above_deleting: int


class RuleIndex:
    """The enabled rules of a bucket by prefix.

    Finding the rules of a key takes a binary search, then one step for each rule prefix that the key begins with.
    """

    __slots__ = ("_groups", "_prefixes")

    def __init__(self, rules: Iterable[LifecycleRule]) -> None:
        """Index the enabled ones of `rules`."""
        by_prefix: dict[str, list[LifecycleRule]] = {}
        for rule in rules:
            if rule.is_enabled:
                by_prefix.setdefault(rule.prefix, []).append(rule)
        self._prefixes = sorted(by_prefix)
        self._groups: list[_Group] = []
        for prefix in self._prefixes:
            self._groups.append(self._group(self._place(prefix), by_prefix[prefix]))

    def _group(self, above: int, rules: list[LifecycleRule]) -> _Group:
        higher = self._groups[above] if above >= 0 else None
        others = [rule for rule in rules if rule.expiration is not None and not _is_plainly_timed(rule)]
        timed = [rule for rule in rules if _is_plainly_timed(rule)]
        above_deleting = -1
        if higher is not None:
            above_deleting = above if higher.deleting is not None else higher.above_deleting
            timed += [higher.soonest] if higher.soonest is not None else []
        return _Group(
            above=above,
            rules=_Lot.of(rules),
            soonest=min(timed, key=_days, default=None),
            deleting=_Lot.of(others) if others else None,
            above_deleting=above_deleting,
        )

    def _place(self, key: str) -> int:
        """The place of the longest prefix, among those indexed so far, that `key` begins with; -1 for none."""
        place = bisect_right(self._prefixes, key, hi=len(self._groups)) - 1
        while place >= 0 and not key.startswith(self._prefixes[place]):
            place = self._groups[place].above
        return place

    def _groups_of(self, key: str) -> Iterator[_Group]:
        place = self._place(key)
        while place >= 0:
            yield self._groups[place]
            place = self._groups[place].above

    def matching(self, key: str, version: Version) -> Iterator[LifecycleRule]:
        """Every rule that applies to a version or delete marker of `key`."""
        tags = version.tags if isinstance(version, ObjectVersion) else ()
        for group in self._groups_of(key):
            for rule in group.rules.for_tags(tags):
                if _applies(rule, key, version.size, tags):
                    yield rule

    def deleting(self, key: str, version: ObjectVersion) -> Iterator[LifecycleRule]:
        """Rules that apply to the current version and delete it; the first to do so is among them."""
        place = self._place(key)
        if place < 0:
            return
        soonest = self._groups[place].soonest
        if soonest is not None:
            yield soonest
        while place >= 0:
            group = self._groups[place]
            if group.deleting is not None:
                for rule in group.deleting.for_tags(version.tags):
                    if _applies(rule, key, version.size, version.tags):
                        yield rule
            place = group.above_deleting

    def of_key(self, key: str) -> Iterator[LifecycleRule]:
        """Every rule whose prefix `key` begins with: all that decides for uploads (docs: tags do not match parts)."""
        for group in self._groups_of(key):
            yield from group.rules.all()


def _days(rule: LifecycleRule) -> int:
    return (rule.expiration.days if rule.expiration else None) or 0


def _is_plainly_timed(rule: LifecycleRule) -> bool:
    """Whether the rule deletes after some days all that its prefix finds."""
    return rule.expiration is not None and rule.expiration.days is not None and not rule.is_conditional


def _applies(rule: LifecycleRule, key: str, size: int, tags: Tags) -> bool:
    """Whether tags, size and exclusions let a rule apply whose prefix the key has."""
    if rule.tags and not all((tag.key, tag.value) in tags for tag in rule.tags):
        return False
    given = rule.filter
    if given is None:
        return True
    if given.larger_than is not None and size <= given.larger_than:
        return False
    if given.smaller_than is not None and size >= given.smaller_than:
        return False
    return not any(
        key.startswith(exclusion.prefix) and (exclusion.tag is None or (exclusion.tag.key, exclusion.tag.value) in tags)
        for exclusion in given.exclusions
    )
