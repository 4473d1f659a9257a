"""No fake outlives the test, class or module it was begun for, and nobody's credentials stay behind."""

from __future__ import annotations

import pytest

from fakeoss import activation
from tests.conftest_plugin.conftest import Run

pytest_plugins = ["pytester"]

CLEAN = """
def test_clean():
    assert activation.top() is None
"""


def test_a_fake_that_a_test_leaves_on_is_its_error(run: Run) -> None:
    result = run(
        """
def test_leaky():
    fakeoss.mock_oss().start()
    fakeoss.mock_oss().start()
"""
        + CLEAN
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_leaky*",
            "*test_leaky left a fake begun at *test_user.py:5 and a fake begun at*:6*",
        ]
    )


def test_what_is_left_to_the_garbage_collector_troubles_no_later_test(run: Run) -> None:
    result = run(
        """
import gc

kept = []

def blocks():
    with fakeoss.mock_oss() as oss:
        with oss.fork():
            yield

def test_leaky():
    kept.append(blocks())
    next(kept[0])

def test_later():
    kept.clear()
    gc.collect()
"""
        + CLEAN,
    )
    result.assert_outcomes(passed=3, errors=1)
    assert "this activation" not in result.stdout.str()


@pytest.mark.parametrize("how", ["return fakeoss.mock_oss().start()", "yield fakeoss.mock_oss().start()"])
def test_so_is_one_that_a_fixture_leaves_on(run: Run, how: str) -> None:
    result = run(
        f"""
@pytest.fixture
def oss():
    {how}

def test_leaky(oss):
    assert fakeoss.active() is oss
"""
        + CLEAN
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*test_leaky left a fake begun by the fixture oss at *test_user.py:6 active*"])


@pytest.mark.parametrize("scope", ["class", "module", "package", "session"])
def test_a_wider_fixture_of_the_users_own_may_stay(run: Run, scope: str) -> None:
    run(
        f"""
@pytest.fixture(scope="{scope}")
def oss():
    with fakeoss.mock_oss() as oss:
        yield oss

class TestSome:
    def test_one(self, oss):
        oss.create_bucket("my-bucket")

    def test_two(self, oss):
        assert [view.name for view in oss.buckets()] == ["my-bucket"]
"""
    ).assert_outcomes(passed=2)
    assert activation.top() is None


def test_but_not_longer_than_its_scope(run: Run) -> None:
    result = run(
        """
@pytest.fixture(scope="class")
def oss():
    return fakeoss.mock_oss().start()

class TestSome:
    def test_one(self, oss):
        pass

    def test_two(self, oss):
        assert fakeoss.active() is oss
"""
        + CLEAN
    )
    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*test_two left a fake begun by the fixture oss*"])


def test_setting_up_in_the_old_way(run: Run) -> None:
    run(
        """
import unittest

def setup_module():
    global mock
    mock = fakeoss.mock_oss()
    mock.start().create_bucket("module-bucket")

def teardown_module():
    mock.stop()

class TestSome:
    def setup_class(self):
        self.mock = fakeoss.mock_oss()
        self.mock.start().create_bucket("class-bucket")

    def teardown_class(self):
        self.mock.stop()

    def test_one(self):
        assert [view.name for view in fakeoss.active().buckets()] == ["class-bucket"]

    def test_two(self):
        assert [view.name for view in fakeoss.active().buckets()] == ["class-bucket"]

class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mock = fakeoss.mock_oss()
        cls.mock.start().create_bucket("case-bucket")

    @classmethod
    def tearDownClass(cls):
        cls.mock.stop()

    def test_one(self):
        assert [view.name for view in fakeoss.active().buckets()] == ["case-bucket"]

def test_three():
    assert [view.name for view in fakeoss.active().buckets()] == ["module-bucket"]
"""
    ).assert_outcomes(passed=4)
    assert activation.top() is None


def test_a_forgotten_tear_down_is_found(run: Run) -> None:
    result = run(
        """
class TestSome:
    def setup_method(self):
        fakeoss.mock_oss().start()

    def test_one(self):
        pass
"""
        + CLEAN
    )
    result.assert_outcomes(passed=2, errors=1)


@pytest.mark.parametrize("error", ["ValueError", "KeyboardInterrupt", "SystemExit", "pytest.exit.Exception"])
@pytest.mark.parametrize("fixture", ["fake_oss", "fake_oss_session", "leaky"])
def test_whatever_is_raised_nothing_stays_on(run: Run, error: str, fixture: str) -> None:
    observers = activation._REGISTRY._observers
    result = run(
        f"""
@pytest.fixture
def leaky():
    return fakeoss.mock_oss().start()

def test_one({fixture}):
    raise {error}("raised by the test")
"""
    )
    assert result.ret != 0
    assert activation.top() is None
    assert activation._REGISTRY._observers == observers


def test_a_failing_fixture_leaves_nothing_on(run: Run) -> None:
    result = run(
        """
@pytest.fixture
def broken(fake_oss):
    fakeoss.mock_oss().start()
    raise ValueError("in setting up")

@pytest.fixture
def broken_later(fake_oss):
    yield fakeoss.mock_oss().start()
    raise ValueError("in tearing down")

def test_one(broken):
    pass

def test_two(broken_later):
    pass
"""
        + CLEAN
    )
    result.assert_outcomes(passed=2, errors=3)
    result.stdout.fnmatch_lines(["*in setting up*", "*in tearing down*"])


def test_a_module_may_leave_one_on_for_the_whole_run(run: Run) -> None:
    run(
        """
oss = fakeoss.mock_oss().start()

def test_one():
    assert fakeoss.active() is oss
"""
    ).assert_outcomes(passed=1)
    assert activation.top() is None


def test_time_is_what_it_was(run: Run) -> None:
    run(
        """
from datetime import datetime, timezone

def test_one(fake_oss):
    assert fake_oss.clock.advance(days=4000) > datetime(2035, 1, 1, tzinfo=timezone.utc)

def test_left_on():
    fakeoss.mock_oss().start().clock.advance(days=4000)

def test_two():
    assert datetime.now(timezone.utc).year < 2035
"""
    ).assert_outcomes(passed=3, errors=1)


def test_a_clock_that_is_left_moved_is_an_error_of_its_test(run: Run) -> None:
    result = run(
        """
import datetime

YEAR = datetime.datetime.now().year

@pytest.fixture(scope="module")
def in_the_past():
    oss = fakeoss.FakeOSS()
    oss.clock.travel_to(datetime.datetime(2020, 1, 1))
    yield
    oss.clock.come_back()

def test_leaky():
    fakeoss.FakeOSS().clock.advance(days=1000)

def test_time_is_real():
    assert datetime.datetime.now().year == YEAR

def test_of_a_wider_fixture(in_the_past):
    pass

def test_it_may_stay(in_the_past):
    assert datetime.datetime.now().year == 2020

def test_of_an_active_one(fake_oss, in_the_past):
    fake_oss.clock.advance(days=366)
"""
        + CLEAN
    )
    result.assert_outcomes(passed=6, errors=1)
    result.stdout.fnmatch_lines(["*test_leaky left the clock moved by a fake that is not active: *come_back()*"])


def test_durations_are_true_while_time_travels(run: Run) -> None:
    result = run(
        "def test_one(fake_oss):\n    fake_oss.clock.advance(days=4000)\n", "--durations=0", "--durations-min=9"
    )
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*s call *")
    result.stdout.no_fnmatch_line("*s teardown *")


@pytest.mark.parametrize("fixtures", ["monkeypatch, fake_oss", "fake_oss, monkeypatch"])
def test_credentials_do_not_stay_behind(run: Run, fixtures: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OSS_ACCESS_KEY_ID", raising=False)
    run(
        f"""
import os

def test_one({fixtures}):
    monkeypatch.setenv("OSS_ACCESS_KEY_ID", "set by the test")

def test_two():
    assert "OSS_ACCESS_KEY_ID" not in os.environ
"""
    ).assert_outcomes(passed=2)


def test_the_decorator_with_the_fixture_is_warned_of(run: Run) -> None:
    result = run(
        """
@fakeoss.mock_oss
def test_function(oss_bucket):
    pass

@fakeoss.mock_oss
class TestSome:
    def test_method(self, fake_oss_session, fake_oss):
        pass

    def test_fine(self):
        pass

@fakeoss.mock_oss
def test_fine():
    pass

def test_on_purpose(fake_oss):
    with fakeoss.mock_oss():
        pass
""",
        "-W",
        "default::pytest.PytestWarning",
    )
    result.assert_outcomes(passed=5, warnings=2)
    result.stdout.fnmatch_lines(
        [
            "*test_function has @mock_oss and the fixture fake_oss, oss_bucket: two fakes that share nothing*",
            "*test_method has @mock_oss and the fixture fake_oss, fake_oss_session: *",
        ]
    )


def test_swallowed_defects_are_errors_unless_the_test_shows_them(run: Run) -> None:
    result = run(
        """
def test_swallowed(fake_oss):
    fake_oss.report(KeyError("in the fake"))

def test_raised(fake_oss):
    error = KeyError("in the fake")
    fake_oss.report(error)
    raise error

def test_chained(fake_oss_session):
    error = KeyError("in the fake")
    fake_oss_session.report(error)
    raise ValueError("my own") from error
"""
    )
    result.assert_outcomes(passed=1, failed=2, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_swallowed*", "*KeyError: 'in the fake'*"])
