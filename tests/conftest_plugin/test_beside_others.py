"""The fixtures under pytest-xdist, pytest-asyncio, unittest, doctest and pytest-socket."""

from __future__ import annotations

import pytest

from tests.conftest_plugin.conftest import QUIET, Run

pytest_plugins = ["pytester"]


def test_xdist(run: Run) -> None:
    result = run(
        """
@pytest.mark.parametrize("round", range(6))
def test_one(fake_oss_session, fake_oss, round):
    assert fake_oss.buckets() == []
    fake_oss.oss2_bucket("my-bucket").create_bucket()

def test_failing(fake_oss):
    fake_oss.oss2_bucket("no-such-bucket").get_object("a")

def test_leaky():
    fakeoss.mock_oss().start()
""",
        "-n2",
        "-p",
        "xdist",
        subprocess=True,
    )
    result.assert_outcomes(passed=7, failed=1, errors=1)
    result.stdout.fnmatch_lines(["*test_leaky left a fake begun at *test_user.py:* active*"])
    result.stdout.fnmatch_lines(["*OSS requests (1)*", "*GetObject no-such-bucket/a -> 404 NoSuchBucket"])


def test_asyncio(run: Run) -> None:
    run(
        """
import alibabacloud_oss_v2 as oss_v2
import alibabacloud_oss_v2.aio as oss_v2_aio
import pytest_asyncio

@pytest_asyncio.fixture
async def client(fake_oss):
    config = oss_v2.config.load_default()
    config.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*fake_oss.credentials)
    config.region = "cn-hangzhou"
    async with oss_v2_aio.AsyncClient(config) as client:
        yield client

@pytest.mark.asyncio
async def test_one(fake_oss, client):
    await client.put_bucket(oss_v2.PutBucketRequest(bucket="my-bucket"))
    assert [view.name for view in fake_oss.buckets()] == ["my-bucket"]

@pytest.mark.asyncio
@fakeoss.mock_oss
async def test_decorated():
    assert fakeoss.active().buckets() == []

@fakeoss.mock_oss
class TestSome:
    def setup_method(self):
        fakeoss.active().create_bucket("my-bucket")

    @pytest.mark.asyncio
    async def test_method(self):
        assert [view.name for view in fakeoss.active().buckets()] == ["my-bucket"]

def test_none():
    assert activation.top() is None
"""
    ).assert_outcomes(passed=4)


def test_unittest(run: Run) -> None:
    run(
        """
import unittest

@pytest.mark.usefixtures("fake_oss")
class Case(unittest.TestCase):
    def setUp(self):
        fakeoss.active().create_bucket("my-bucket")

    def test_one(self):
        self.assertEqual(len(fakeoss.active().buckets()), 1)

    def test_two(self):
        self.assertEqual(len(fakeoss.active().buckets()), 1)

class Injected(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def inject(self, fake_oss, oss_bucket):
        self.oss, self.bucket = fake_oss, oss_bucket

    def test_one(self):
        self.oss.put(self.bucket.name, "a", b"1")
        self.assertEqual(self.bucket.keys(), ["a"])

@fakeoss.mock_oss
class Decorated(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        fakeoss.active().create_bucket("my-bucket")

    async def test_one(self):
        self.assertEqual(len(fakeoss.active().buckets()), 1)

    @unittest.skip("not today")
    async def test_two(self):
        pass

    def test_failing(self):
        self.fail("my own")

def test_none():
    assert activation.top() is None
"""
    ).assert_outcomes(passed=5, skipped=1, failed=1)


def test_doctest(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        some_module='''
        def store(bucket, key):
            """Store a greeting.

            >>> oss = getfixture("fake_oss")
            >>> view = getfixture("oss_bucket")
            >>> store(oss.oss2_bucket(view.name), "a.txt")
            >>> view.read("a.txt")
            b'hello'
            """
            bucket.put_object(key, b"hello")
        '''
    )
    pytester.runpytest_inprocess(*QUIET, "--doctest-modules").assert_outcomes(passed=1)


def test_fixtures_decorated_with_mock_oss(run: Run) -> None:
    run(
        """
@pytest.fixture
@fakeoss.mock_oss(region="cn-shanghai")
def oss():
    fakeoss.active().create_bucket("my-bucket")
    yield fakeoss.active()

def test_one(oss):
    assert fakeoss.active() is oss
    assert oss.bucket("my-bucket").value.region == "cn-shanghai"

def test_none():
    assert activation.top() is None
"""
    ).assert_outcomes(passed=2)


def test_sockets_forbidden(run: Run) -> None:
    run(
        """
def test_one(fake_oss, oss_bucket):
    bucket = fake_oss.oss2_bucket(oss_bucket.name)
    bucket.put_object("a", b"1")
    fake_oss.clock.advance(days=1)
    assert bucket.get_object("a").read() == b"1"
""",
        "--disable-socket",
    ).assert_outcomes(passed=1)
