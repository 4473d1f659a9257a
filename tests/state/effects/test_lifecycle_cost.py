"""Rules cost by what they change: the rest of a bucket, and the rest of its rules, cost next to nothing."""

from __future__ import annotations

from datetime import timedelta

from fakeoss.ids import Ids
from fakeoss.settings import Settings
from fakeoss.state.bucket import Bucket
from fakeoss.state.configurations.lifecycle import Expiration, Lifecycle, LifecycleRule
from fakeoss.state.effects import engine, lifecycle
from fakeoss.state.effects.means import Means
from fakeoss.state.store import World
from tests.moments import utc
from tests.state.effort import effort
from tests.state.naive import an_object

START = utc(2024, 5, 1)
YEAR = timedelta(days=365)
MEANS = Means(Ids(), Settings())


def expiring_rule(name: str, prefix: str, days: int) -> LifecycleRule:
    return LifecycleRule(
        id=name,
        prefix=prefix,
        status="Enabled",
        tags=(),
        expiration=Expiration(days=days),
        transitions=(),
        noncurrent_transitions=(),
    )


def ruled(*, expiring: int, staying: int, rules: int = 1) -> World:
    """A world with a bucket of which some objects expire within the year, and others later."""
    names = [f"gone/{number:06}" for number in range(expiring)] + [f"kept/{number:06}" for number in range(staying)]
    bucket = Bucket("bucket", "1", "cn-hangzhou", START)
    objects = bucket.objects
    for name in names:
        objects = objects.put(name, an_object("null"))
    all_rules = (
        expiring_rule("gone", "gone/", 30),
        expiring_rule("kept", "kept/", 30_000),
        *(expiring_rule(f"other{number}", f"other{number}/", 9) for number in range(rules)),
    )
    before = World().with_bucket(bucket.with_objects(objects, START))
    after = before.with_bucket(before.buckets["bucket"].with_configuration(Lifecycle(rules=all_rules)))
    return engine.follow(before, after, START, MEANS)


def year(world: World) -> int:
    """What a year takes."""
    after = engine.settle(world, START + YEAR, MEANS)
    assert {key[:4] for key in after.buckets["bucket"].objects} == {"kept"}
    return effort(lambda: engine.settle(world, START + YEAR, MEANS))


def test_a_year_costs_by_what_expires() -> None:
    little = year(ruled(expiring=50, staying=50))
    assert year(ruled(expiring=500, staying=500)) < 15 * little
    assert year(ruled(expiring=50, staying=5_000)) < 1.5 * little


def test_setting_rules_costs_by_the_objects_there_are() -> None:
    def price(count: int) -> int:
        return effort(lambda: ruled(expiring=count, staying=count))

    assert price(2_000) < 15 * price(200)


def test_a_change_costs_no_more_for_many_rules_and_objects() -> None:
    def price(staying: int, rules: int) -> int:
        world = ruled(expiring=10, staying=staying, rules=rules)
        bucket = world.buckets["bucket"]
        after = world.with_bucket(bucket.with_objects(bucket.objects.put("gone/new", an_object("null")), START))
        return effort(lambda: engine.follow(world, after, START, MEANS))

    price(10, 1)
    assert price(5_000, 900) < 2 * price(10, 1)


def test_an_answer_finds_the_rule_among_many() -> None:
    def price(staying: int, rules: int) -> int:
        bucket = ruled(expiring=10, staying=staying, rules=rules).buckets["bucket"]
        version = an_object("null")
        lifecycle.expiry_of(bucket, "gone/000001", version, START, 0)
        return effort(lambda: lifecycle.expiry_of(bucket, "gone/000001", version, START, 0))

    assert price(1_000, 900) < 2 * price(10, 1)
