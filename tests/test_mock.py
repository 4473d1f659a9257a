"""`mock_oss` around functions and blocks of every kind."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from typing import Any

import oss2
import pytest

import fakeoss
from fakeoss import activation


def bucket(name: str = "my-bucket") -> oss2.Bucket:
    return oss2.Bucket(oss2.Auth("any", "key"), "https://oss-cn-hangzhou.aliyuncs.com", name)


def names() -> list[str]:
    """What the fake on top holds, asked by a client."""
    return [each.name for each in oss2.BucketIterator(oss2.Service(bucket().auth, bucket().endpoint))]


@pytest.fixture(autouse=True)
def nothing_is_left_on() -> Iterator[None]:
    """Every test here begins and ends without a fake."""
    assert activation.top() is None
    yield
    assert activation.top() is None


def test_a_block() -> None:
    with fakeoss.mock_oss() as oss:
        bucket().create_bucket()
        bucket().put_object("a.txt", b"hello")
        assert oss.bucket("my-bucket").read("a.txt") == b"hello"
        assert fakeoss.active() is oss
    with pytest.raises(LookupError, match="no fake is active"):
        fakeoss.active()


def test_each_call_of_a_function_has_a_fake_of_its_own() -> None:
    @fakeoss.mock_oss
    def make(name: str, *, number: int = 1) -> tuple[list[str], int]:
        """Made by this."""
        bucket(name).create_bucket()
        return names(), number

    assert make("one-bucket") == (["one-bucket"], 1)
    assert make("two-bucket", number=2) == (["two-bucket"], 2)
    assert (make.__name__, make.__doc__) == ("make", "Made by this.")
    assert list(inspect.signature(make).parameters) == ["name", "number"]


def test_settings() -> None:
    @fakeoss.mock_oss(region="cn-shanghai", strict_auth=True)
    def region() -> tuple[str, bool]:
        return fakeoss.active().settings.region, fakeoss.active().settings.strict_auth

    assert region() == ("cn-shanghai", True)


def test_a_given_fake_goes_on_where_it_was() -> None:
    oss = fakeoss.FakeOSS()

    @fakeoss.mock_oss(oss)
    def make(name: str) -> None:
        assert fakeoss.active() is oss
        bucket(name).create_bucket()

    make("one-bucket")
    make("two-bucket")
    assert [view.name for view in oss.buckets()] == ["one-bucket", "two-bucket"]


def test_a_coroutine_function_stays_one() -> None:
    @fakeoss.mock_oss
    async def make() -> list[str]:
        oss = fakeoss.active()
        await asyncio.sleep(0)
        bucket().create_bucket()
        assert fakeoss.active() is oss
        return names()

    assert inspect.iscoroutinefunction(make)
    assert asyncio.run(make()) == ["my-bucket"]


def test_a_generator_is_inside_until_it_is_exhausted() -> None:
    @fakeoss.mock_oss
    def steps() -> Generator[str, str, str]:
        bucket().create_bucket()
        sent = yield "first"
        assert names() == ["my-bucket"]
        try:
            yield sent
        except KeyError:
            yield "caught"
        return "returned"

    assert inspect.isgeneratorfunction(steps)
    generator = steps()
    assert activation.top() is None
    assert next(generator) == "first"
    assert names() == ["my-bucket"]
    assert generator.send("second") == "second"
    assert generator.throw(KeyError("x")) == "caught"
    with pytest.raises(StopIteration) as end:
        next(generator)
    assert end.value.value == "returned"


def test_a_generator_that_is_closed_is_over() -> None:
    ended = []

    @fakeoss.mock_oss
    def steps() -> Generator[int, None, None]:
        try:
            yield 1
        finally:
            ended.append(fakeoss.active())

    generator = steps()
    next(generator)
    inner = fakeoss.active()
    generator.close()
    assert ended == [inner]


def test_an_async_generator_is_inside_until_it_is_exhausted() -> None:
    @fakeoss.mock_oss
    async def steps() -> AsyncGenerator[str, str]:
        bucket().create_bucket()
        sent = yield "first"
        assert names() == ["my-bucket"]
        try:
            yield sent
        except KeyError:
            yield "caught"

    async def walk() -> list[str]:
        generator = steps()
        seen = [await generator.__anext__(), *names()]
        seen += [await generator.asend("second"), await generator.athrow(KeyError("x"))]
        with pytest.raises(StopAsyncIteration):
            await generator.__anext__()
        return seen

    assert inspect.isasyncgenfunction(steps)
    assert asyncio.run(walk()) == ["first", "my-bucket", "second", "caught"]


def test_an_async_generator_that_is_closed_ends_inside() -> None:
    ended = []

    @fakeoss.mock_oss
    async def steps() -> AsyncIterator[int]:
        try:
            yield 1
        finally:
            await asyncio.sleep(0)
            ended.append(fakeoss.active())

    async def walk() -> fakeoss.FakeOSS:
        generator: Any = steps()
        await generator.__anext__()
        inner = fakeoss.active()
        await generator.aclose()
        return inner

    inner = asyncio.run(walk())
    assert ended == [inner]


@pytest.mark.parametrize("kind", [staticmethod, classmethod])
def test_static_and_class_methods_stay_what_they_are(kind: Any) -> None:
    def method(*arguments: Any) -> int:
        bucket().create_bucket()
        return len(arguments)

    class Some:
        made = fakeoss.mock_oss(kind(method))

    assert Some.made() == (1 if kind is classmethod else 0)
    assert Some().made() == Some.made()


def test_an_inner_fake_hides_the_outer_entirely() -> None:
    with fakeoss.mock_oss() as outer:
        bucket("outer-bucket").create_bucket()
        with fakeoss.mock_oss() as inner:
            assert fakeoss.active() is inner
            assert names() == []
            bucket("inner-bucket").create_bucket()
        assert names() == ["outer-bucket"]
        assert fakeoss.active() is outer


def test_one_fake_may_be_on_twice() -> None:
    twice = fakeoss.mock_oss(fakeoss.FakeOSS())
    with twice as oss, twice as again:
        assert oss is again
        bucket().create_bucket()
    assert [view.name for view in oss.buckets()] == ["my-bucket"]


def test_activations_may_end_in_any_order() -> None:
    outer, inner = fakeoss.mock_oss(), fakeoss.mock_oss()
    outer.start()
    second = inner.start()
    outer.stop()
    assert fakeoss.active() is second
    inner.stop()
    with pytest.raises(ValueError, match="not under way"):
        inner.stop()


@pytest.mark.parametrize("error", [KeyError, KeyboardInterrupt, SystemExit])
def test_an_exception_ends_the_activation(error: type[BaseException]) -> None:
    @fakeoss.mock_oss
    def fail() -> None:
        raise error("my own")

    with pytest.raises(error, match="my own"):
        fail()
    with pytest.raises(error, match="my own"), fakeoss.mock_oss():
        raise error("my own")


def test_what_cannot_be_decorated_is_refused() -> None:
    with pytest.raises(TypeError, match="'my-bucket'"):
        fakeoss.mock_oss("my-bucket")  # type: ignore[call-overload]  # the mistake under test
    with pytest.raises(TypeError, match="either an existing FakeOSS or settings"):
        fakeoss.mock_oss(fakeoss.FakeOSS(), region="cn-shanghai")
    with pytest.raises(TypeError, match="no_such_setting"):
        fakeoss.FakeOSS(no_such_setting=1)
    with pytest.raises(TypeError, match="no_such_setting"), fakeoss.mock_oss(no_such_setting=1):
        pass


def test_settings_are_looked_at_when_the_decorated_function_is_called_not_before() -> None:
    decorated = fakeoss.mock_oss(no_such_setting=1)(names)
    with pytest.raises(TypeError, match="no_such_setting"):
        decorated()
