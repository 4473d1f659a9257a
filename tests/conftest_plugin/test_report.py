"""What a failing test that used a fake prints."""

from __future__ import annotations

import pytest

from tests.conftest_plugin.conftest import QUIET, Run

pytest_plugins = ["pytester"]


def test_the_last_requests_and_the_reasons_of_refusals(run: Run) -> None:
    result = run(
        """
def test_one(fake_oss, oss_bucket):
    bucket = fake_oss.oss2_bucket(oss_bucket.name)
    bucket.put_object("a.txt", b"1")
    fake_oss.fail("GetObject", code="AccessDenied")
    bucket.get_object("a.txt")
"""
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*-- OSS requests (2) --*",
            "??:??:?? PutObject test-bucket/a.txt -> 200",
            "??:??:?? GetObject test-bucket/a.txt -> 403 AccessDenied",
            "         a scripted failure",
        ]
    )


def test_why_a_signature_is_refused(run: Run) -> None:
    result = run(
        """
@pytest.mark.oss(strict_auth=True, buckets=["my-bucket"])
def test_one(fake_oss):
    auth = oss2.Auth(fake_oss.credentials[0], "not the secret")
    oss2.Bucket(auth, "https://oss-cn-hangzhou.aliyuncs.com", "my-bucket").put_object("a.txt", b"1")
"""
    )
    result.stdout.fnmatch_lines(
        ["??:??:?? PutObject my-bucket/a.txt -> 403 SignatureDoesNotMatch", "         *secret*"]
    )


@pytest.mark.parametrize(
    "use",
    [
        "def test_one(fake_oss):\n    ask(fake_oss)",
        "def test_one(fake_oss_session):\n    ask(fake_oss_session)",
        "def test_one(fake_oss_module, fake_oss):\n    ask(fake_oss)",
        "@fakeoss.mock_oss\ndef test_one():\n    ask(fakeoss.active())",
        "def test_one():\n    with fakeoss.mock_oss():\n        ask(fakeoss.active())",
        "@fakeoss.mock_oss\nclass TestSome:\n    def test_one(self):\n        ask(fakeoss.active())",
        "@fakeoss.mock_oss\nclass Some(unittest.TestCase):\n    def test_one(self):\n        ask(fakeoss.active())",
        """@fakeoss.mock_oss
class TestSome:
    def setup_method(self):
        ask(fakeoss.active())

    def test_one(self):
        pass
""",
        "@pytest.fixture\ndef oss(fake_oss):\n    ask(fake_oss)\ndef test_one(oss):\n    pass",
        "@pytest.fixture\ndef oss(fake_oss):\n    yield\n    ask(fake_oss)\ndef test_one(oss):\n    pass",
    ],
)
def test_however_the_fake_came_there(run: Run, use: str) -> None:
    ask = 'def ask(oss):\n    oss.oss2_bucket("no-such-bucket").get_object("a")\n'
    result = run(f"import unittest\n{ask}\n{use}\n")
    result.stdout.fnmatch_lines(["*OSS requests (1)*", "*GetObject no-such-bucket/a -> 404 NoSuchBucket"])
    assert result.stdout.str().count("OSS requests") == 1


def test_only_the_requests_of_the_test_itself(run: Run) -> None:
    result = run(
        """
def test_one(fake_oss_session):
    fake_oss_session.oss2_bucket("one-bucket").create_bucket()

def test_two(fake_oss_session):
    fake_oss_session.oss2_bucket("two-bucket").create_bucket()
    assert False

def test_three(fake_oss_session):
    fake_oss_session.requests.clear()
    fake_oss_session.oss2_bucket("three-bucket").create_bucket()
    assert False

def test_four(fake_oss_session):
    assert False
"""
    )
    result.assert_outcomes(passed=1, failed=3)
    shown = [line.split()[-3:] for line in result.outlines if " PutBucket " in line]
    assert shown == [["two-bucket", "->", "200"], ["three-bucket", "->", "200"]]
    assert result.stdout.str().count("OSS requests") == 2


MANY = """
def test_one(fake_oss):
    fake_oss.create_bucket("my-bucket")
    bucket = fake_oss.oss2_bucket("my-bucket")
    for number in range(25):
        bucket.object_exists(str(number))
    assert False
"""


@pytest.mark.parametrize("number", [None, 3, 0])
def test_how_many_are_shown(run: Run, pytester: pytest.Pytester, number: int | None) -> None:
    if number is not None:
        pytester.makeini(f"[pytest]\nfake_oss_report = {number}\n")
    lines = run(MANY).outlines
    shown = [line for line in lines if "GetObjectMeta" in line]
    assert len(shown) == (10 if number is None else number)
    assert any(f"OSS requests (last {len(shown)} of 25)" in line for line in lines) is (number != 0)


def test_a_test_that_passes_or_is_expected_to_fail_prints_nothing(run: Run) -> None:
    result = run(
        """
def test_one(fake_oss):
    fake_oss.oss2_bucket("my-bucket").create_bucket()

@pytest.mark.xfail
def test_two(fake_oss):
    fake_oss.oss2_bucket("my-bucket").create_bucket()
    assert False

def test_three():
    assert False
""",
        "-rA",
    )
    result.assert_outcomes(passed=1, xfailed=1, failed=1)
    result.stdout.no_fnmatch_line("*OSS requests*")


def test_a_difference_of_requests_is_readable(run: Run) -> None:
    result = run(
        """
def test_one(fake_oss):
    bucket = fake_oss.oss2_bucket("my-bucket")
    bucket.create_bucket()
    bucket.put_object("a", b"1")
    fake_oss.requests.assert_are(["PutBucket", "PutObject my-bucket/b"])
"""
    )
    result.stdout.fnmatch_lines(["E * PutBucket", "E * -PutObject my-bucket/b", "E * +PutObject my-bucket/a -> 200"])
    result.stdout.fnmatch_lines(["test_user.py:8: AssertionError"])


def test_a_sweep_that_is_not_clean_is_told_where_it_was_asked_for(run: Run) -> None:
    result = run(
        """
from fakeoss import kit

def make(oss):
    oss.oss2_bucket("my-bucket").create_bucket()

def test_one():
    kit.sweep(make, invariant=lambda oss: len(oss.buckets()) == 1, kinds=[503]).assert_clean()
"""
    )
    result.stdout.fnmatch_lines(['E * oss.fail("PutBucket", status=503)', "test_user.py:10: AssertionError"])


def test_the_first_test_of_a_run_has_its_report_too(pytester: pytest.Pytester) -> None:
    """Where nothing has imported fakeoss before the fixture does."""
    pytester.makepyfile(
        """
        def test_one(fake_oss):
            fake_oss.oss2_bucket("no-such-bucket").get_object("a")
        """
    )
    result = pytester.runpytest_subprocess(*QUIET)
    result.stdout.fnmatch_lines(["*OSS requests (1)*", "*GetObject no-such-bucket/a -> 404 NoSuchBucket"])
