"""Lifecycle by plan does what lifecycle day by day over everything does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from fakeoss.ids import Ids
from fakeoss.settings import Settings
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.lifecycle import (
    AbortMultipartUpload,
    Exclusion,
    Expiration,
    Lifecycle,
    LifecycleFilter,
    LifecycleRule,
    LifecycleTag,
    NoncurrentVersionExpiration,
    NoncurrentVersionTransition,
    Transition,
)
from fakeoss.state.effects import engine
from fakeoss.state.effects.means import Means
from fakeoss.state.objects import NULL, DeleteMarker, ObjectVersion
from fakeoss.state.payload import Payload
from fakeoss.state.store import World
from fakeoss.state.uploads import Upload
from tests.budget import examples
from tests.state.effects.naive_lifecycle import NaiveBucket, NaiveVersion

START = datetime(2024, 2, 27, 15, 30, tzinfo=timezone.utc)
KEYS = ("a", "a/b", "a/b/c", "b", "b/long")
ACTS = ("put", "put", "put", "delete", "remove", "tag", "begin", "switch", "rules", "advance")
TAGS = (("x", "1"), ("x", "2"), ("y", "1"))

prefixes = st.sampled_from(("", "a", "a/", "a/b", "b", "c"))
tags = st.lists(st.sampled_from(TAGS), max_size=2, unique_by=lambda tag: tag[0]).map(tuple)
tag = st.sampled_from(TAGS).map(lambda pair: LifecycleTag(key=pair[0], value=pair[1]))
days = st.integers(1, 9)
dates = st.integers(-2, 9).map(lambda day: datetime(2024, 2, 28, tzinfo=timezone.utc) + timedelta(days=day))
classes = st.sampled_from(("IA", "Archive", "ColdArchive"))


def optional(strategy: SearchStrategy[object]) -> SearchStrategy[object]:
    return st.one_of(st.none(), strategy)


timed = st.one_of(st.builds(lambda n: {"days": n}, days), st.builds(lambda date: {"created_before_date": date}, dates))
expirations = st.one_of(
    timed.map(lambda time: Expiration(**time)),
    dates.map(lambda date: Expiration(date=date)),
    st.just(Expiration(expired_object_delete_marker=True)),
)
filters = st.builds(
    LifecycleFilter,
    larger_than=optional(st.sampled_from((0, 3))),
    smaller_than=optional(st.sampled_from((4, 6))),
    exclusions=st.lists(st.builds(Exclusion, prefix=prefixes, tag=optional(tag)), max_size=1).map(tuple),
)
rules = st.builds(
    LifecycleRule,
    prefix=prefixes,
    status=st.sampled_from(("Enabled", "Enabled", "Enabled", "Disabled")),
    tags=st.lists(tag, max_size=2).map(tuple),
    filter=optional(filters),
    expiration=optional(expirations),
    transitions=st.lists(
        st.builds(lambda time, name: Transition(**time, storage_class=name), timed, classes), max_size=2
    ).map(tuple),
    noncurrent_transitions=st.lists(
        st.builds(NoncurrentVersionTransition, noncurrent_days=days, storage_class=classes), max_size=1
    ).map(tuple),
    noncurrent_expiration=optional(st.builds(NoncurrentVersionExpiration, noncurrent_days=days)),
    abort=optional(timed.map(lambda time: AbortMultipartUpload(**time))),
)


class Both:
    """One bucket, in the state model and as the naive one."""

    def __init__(self, versioning: str | None) -> None:
        self.means = Means(Ids(), Settings())
        self.now = START
        self.naive = NaiveBucket(versioning)
        bucket = Bucket("bucket", "1", "cn-hangzhou", START, versioning=versioning)
        self.world = World().with_bucket(bucket)
        self.next_run = START.replace(hour=0, minute=0) + timedelta(days=1)

    @property
    def bucket(self) -> Bucket:
        return self.world.buckets["bucket"]

    def change(self, bucket: Bucket) -> None:
        self.world = engine.follow(self.world, self.world.with_bucket(bucket), self.now, self.means)

    def new_id(self) -> str:
        return NULL if self.naive.versioning != "Enabled" else self.means.ids.version()

    def put(self, key: str, size: int, given: tuple[tuple[str, str], ...]) -> None:
        identifier = self.new_id()
        version = ObjectVersion(
            version_id=identifier,
            sequence=self.means.ids.sequence(),
            payload=Payload.of((b"x" * size,)),
            etag="",
            last_modified=self.now,
            owner="1",
            tags=given,
        )
        self.change(self.bucket.with_objects(self.bucket.objects.put(key, version), self.now))
        self.naive.put(key, NaiveVersion(identifier, self.now, size, given))

    def tag(self, key: str, given: tuple[tuple[str, str], ...]) -> None:
        current = self.bucket.objects.current(key)
        if isinstance(current, ObjectVersion):
            changed = self.bucket.objects.replace(key, replace(current, tags=given))
            self.change(self.bucket.with_objects(changed, self.now))
            self.naive.keys[key][0].tags = given

    def delete(self, key: str) -> None:
        identifier = self.new_id()
        marker = DeleteMarker(identifier, self.means.ids.sequence(), self.now, "1")
        changed = self.bucket.objects.delete(key, self.bucket.versioning, marker)
        self.change(self.bucket.with_objects(changed, self.now))
        self.naive.delete(key, identifier, self.now)

    def remove(self, key: str, place: int) -> None:
        versions = self.naive.keys.get(key, [])
        if versions:
            gone = versions.pop(place % len(versions))
            stack = list(self.bucket.objects.stack(key) or ())
            version_id = stack[place % len(stack)].version_id
            self.change(self.bucket.with_objects(self.bucket.objects.remove(key, version_id), self.now))
            if not versions:
                del self.naive.keys[key]
            assert gone.version_id == version_id or gone.size is None

    def begin(self, key: str) -> None:
        upload = Upload(key=key, upload_id=self.means.ids.upload(), initiated=self.now, owner="1")
        self.change(self.bucket.with_upload(upload))
        self.naive.uploads[key, upload.upload_id] = self.now

    def switch(self, _: str) -> None:
        if self.naive.versioning is not None:
            self.naive.versioning = "Suspended" if self.naive.versioning == "Enabled" else "Enabled"
            self.change(replace(self.bucket, versioning=self.naive.versioning))

    def set_rules(self, given: tuple[LifecycleRule, ...]) -> None:
        named = tuple(replace(rule, id=str(place)) for place, rule in enumerate(given))
        self.change(self.bucket.with_configuration(Lifecycle(rules=named)))
        self.naive.rules = named

    def advance(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        while self.next_run <= self.now:
            self.naive.run(self.next_run)
            self.next_run += timedelta(days=1)
        self.world = engine.settle(self.world, self.now, self.means)

    def check(self) -> None:
        shown = {
            key: [
                (version.is_delete_marker, version.last_modified, getattr(version, "storage_class", "Standard"))
                for version in stack
            ]
            for key, stack in self.bucket.objects.items()
        }
        expected = {
            key: [(version.size is None, version.modified, version.storage_class) for version in versions]
            for key, versions in self.naive.keys.items()
        }
        assert shown == expected
        assert {place for place, _ in self.bucket.uploads.items()} == set(self.naive.uploads)


def do(both: Both, act: str, key: str, data: DataObject) -> None:
    if act == "put":
        both.put(key, data.draw(st.integers(0, 8)), data.draw(tags))
    elif act == "tag":
        both.tag(key, data.draw(tags))
    elif act == "remove":
        both.remove(key, data.draw(st.integers(0, 3)))
    elif act == "rules":
        both.set_rules(tuple(data.draw(st.lists(rules, max_size=4))))
    elif act == "advance":
        both.advance(data.draw(st.integers(1, 60)))
    else:
        {"delete": both.delete, "begin": both.begin, "switch": both.switch}[act](key)


@settings(max_examples=examples(120), deadline=None)
@given(st.data(), st.sampled_from((None, "Enabled")))
def test_what_a_plan_does_is_what_a_look_at_everything_every_day_does(data: DataObject, versioning: str | None) -> None:
    both = Both(versioning)
    for _ in range(data.draw(st.integers(1, 14))):
        do(both, data.draw(st.sampled_from(ACTS)), data.draw(st.sampled_from(KEYS)), data)
        both.check()
    both.set_rules(tuple(data.draw(st.lists(rules, min_size=1, max_size=4))))
    for _ in range(12):
        both.advance(24)
        both.check()
