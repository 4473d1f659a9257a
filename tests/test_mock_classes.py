"""`mock_oss` around test classes: every test with its setting up inside one fake."""

from __future__ import annotations

import asyncio
import inspect
import unittest
from collections.abc import Iterator
from typing import Any

import pytest

import fakeoss
from fakeoss import activation


@pytest.fixture(autouse=True)
def nothing_is_left_on() -> Iterator[None]:
    """Every test here begins and ends without a fake."""
    assert activation.top() is None
    yield
    assert activation.top() is None


def run(case: type[unittest.TestCase]) -> unittest.TestResult:
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    return result


def texts(outcomes: list[tuple[unittest.TestCase, str]]) -> list[str]:
    """The last line of each traceback."""
    return [text.strip().splitlines()[-1] for _, text in outcomes]


@fakeoss.mock_oss
class Uploads(unittest.TestCase):
    def setUp(self) -> None:
        self.oss = fakeoss.active()
        self.addCleanup(self.is_on)
        self.oss.create_bucket("my-bucket")

    def is_on(self) -> None:
        assert fakeoss.active() is self.oss

    def tearDown(self) -> None:
        self.is_on()

    def test_one(self) -> None:
        assert fakeoss.active() is self.oss
        self.oss.put("my-bucket", "a", b"1")

    def test_two(self) -> None:
        assert self.oss.bucket("my-bucket").keys() == []


class MoreUploads(Uploads):
    def test_three(self) -> None:
        assert [view.name for view in self.oss.buckets()] == ["my-bucket"]


@fakeoss.mock_oss(region="cn-shanghai")
class UploadsElsewhere(Uploads):
    def test_region(self) -> None:
        assert self.oss.settings.region == "cn-shanghai"


@pytest.mark.parametrize(("case", "number"), [(Uploads, 2), (MoreUploads, 3), (UploadsElsewhere, 3)])
def test_unittest(case: type[unittest.TestCase], number: int) -> None:
    result = run(case)
    assert (result.testsRun, result.failures, result.errors) == (number, [], [])


def test_unittest_debug() -> None:
    Uploads("test_one").debug()


def test_asyncio_test_case() -> None:
    @fakeoss.mock_oss
    class Case(unittest.IsolatedAsyncioTestCase):
        async def asyncSetUp(self) -> None:
            self.oss = fakeoss.active()
            self.addAsyncCleanup(self.still_on)

        async def still_on(self) -> None:
            assert fakeoss.active() is self.oss

        async def test_async(self) -> None:
            await asyncio.sleep(0)
            assert fakeoss.active() is self.oss

    result = run(Case)
    assert (result.testsRun, result.failures, result.errors) == (1, [], [])


def test_a_failing_set_up_and_a_skipped_test_leave_nothing_on() -> None:
    @fakeoss.mock_oss
    class Case(unittest.TestCase):
        def setUp(self) -> None:
            raise KeyError("in setUp")

        def test_one(self) -> None:
            raise AssertionError("never run")

        @unittest.skip("not today")
        def test_two(self) -> None:
            raise AssertionError("never run")

    result = run(Case)
    assert texts(result.errors) == ["KeyError: 'in setUp'"]
    assert len(result.skipped) == 1


def test_an_interrupt_leaves_nothing_on() -> None:
    @fakeoss.mock_oss
    class Case(unittest.TestCase):
        def test_one(self) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Case)


def test_a_swallowed_defect_is_the_tests_error_beside_its_own_failure() -> None:
    @fakeoss.mock_oss
    class Case(unittest.TestCase):
        def test_one(self) -> None:
            fakeoss.active().report(KeyError("in the fake"))
            self.fail("my own")

        def test_two(self) -> None:
            fakeoss.active().report(KeyError("in the fake"))

    result = run(Case)
    assert texts(result.failures) == ["AssertionError: my own"]
    assert texts(result.errors) == ["KeyError: 'in the fake'"] * 2


class Recorder:
    """Set up and torn down as pytest does it."""

    seen: list[fakeoss.FakeOSS]

    def setup_method(self) -> None:
        self.seen = [fakeoss.active()]

    def teardown_method(self, method: Any) -> None:
        self.seen.append(fakeoss.active())

    def test_inherited(self) -> None:
        self.seen.append(fakeoss.active())


@fakeoss.mock_oss
class Plain(Recorder):
    def test_own(self) -> None:
        self.seen.append(fakeoss.active())

    async def test_async(self) -> None:
        await asyncio.sleep(0)
        self.seen.append(fakeoss.active())

    def not_a_test(self) -> bool:
        return activation.top() is None


@fakeoss.mock_oss(region="cn-shanghai")
class Both(Plain):
    def setup_method(self) -> None:
        super().setup_method()
        assert fakeoss.active().settings.region == "cn-shanghai"

    def teardown_method(self, method: Any) -> None:
        super().teardown_method(method)
        assert fakeoss.active().settings.region == "cn-shanghai"


@pytest.mark.parametrize("cls", [Plain, Both])
@pytest.mark.parametrize("name", ["test_own", "test_inherited", "test_async"])
def test_a_plain_class(cls: type[Plain], name: str) -> None:
    one: Any = cls()
    one.setup_method(getattr(one, name))
    outcome = getattr(one, name)()
    if inspect.isawaitable(outcome):
        asyncio.run(asyncio.wait_for(outcome, 10))
    one.teardown_method(getattr(one, name))
    assert len(one.seen) == 3
    assert len(set(map(id, one.seen))) == 1
    assert one.seen[0].settings.region == ("cn-hangzhou" if cls is Plain else "cn-shanghai")


def test_async_tests_stay_coroutine_functions() -> None:
    assert inspect.iscoroutinefunction(Plain.test_async)
    assert not inspect.iscoroutinefunction(Plain.test_own)


@pytest.mark.parametrize("name", ["test_own", "test_inherited"])
def test_called_by_hand_each_test_has_a_fake_of_its_own(name: str) -> None:
    one = Plain()
    one.seen = []
    getattr(one, name)()
    getattr(one, name)()
    assert len(set(map(id, one.seen))) == 2


def test_other_methods_are_left_alone() -> None:
    assert Plain().not_a_test()


def test_a_plain_base_class_is_left_alone() -> None:
    with pytest.raises(LookupError):
        Recorder().setup_method()


@pytest.mark.parametrize("where", ["setup_method", "teardown_method"])
def test_an_error_in_setting_up_or_tearing_down_ends_the_activation(where: str) -> None:
    def fail(self: object) -> None:
        raise KeyError("my own")

    cls: Any = fakeoss.mock_oss(type("Some", (), {where: fail}))
    one = cls()

    def set_up_and_tear_down() -> None:
        one.setup_method()
        one.teardown_method()

    with pytest.raises(KeyError, match="my own"):
        set_up_and_tear_down()
