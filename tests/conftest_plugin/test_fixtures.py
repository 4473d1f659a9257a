"""The fixtures, the marker and the options."""

from __future__ import annotations

import pytest

from tests.conftest_plugin.conftest import QUIET, Run

pytest_plugins = ["pytester"]

USE = """
def make(name, key="a", region="cn-hangzhou"):
    bucket = oss2.Bucket(oss2.Auth("any", "key"), f"https://oss-{region}.aliyuncs.com", name)
    bucket.create_bucket()
    bucket.put_object(key, b"content")

def names(oss):
    return [view.name for view in oss.buckets()]
"""


def test_each_test_has_a_fake_of_its_own(run: Run) -> None:
    run(
        USE
        + """
@pytest.mark.parametrize("round", range(3))
def test_one(fake_oss, round):
    assert names(fake_oss) == []
    make("my-bucket")
    assert fake_oss.bucket("my-bucket").keys() == ["a"]
    assert fakeoss.active() is fake_oss
    assert fake_oss.requests.count("PutObject") == 1

def test_without():
    assert activation.top() is None
"""
    ).assert_outcomes(passed=4)


@pytest.mark.parametrize("scope", ["class", "module", "session"])
def test_a_wider_fake_lasts_and_a_function_forks_it(run: Run, scope: str) -> None:
    run(
        USE
        + f"""
class TestSome:
    def test_first(self, fake_oss_{scope}):
        make("shared-bucket")

    def test_second(self, fake_oss_{scope}, fake_oss):
        assert fake_oss is not fake_oss_{scope}
        assert names(fake_oss) == ["shared-bucket"]
        assert fake_oss.requests.count() == 0
        make("own-bucket")
        assert names(fake_oss) == ["own-bucket", "shared-bucket"]
        assert names(fake_oss_{scope}) == ["shared-bucket"]

    def test_third(self, fake_oss, fake_oss_{scope}):
        assert names(fake_oss) == ["shared-bucket"]

    def test_fourth(self, fake_oss):
        assert names(fake_oss) == []

    def test_fifth(self, fake_oss_{scope}):
        assert fakeoss.active() is fake_oss_{scope}
"""
    ).assert_outcomes(passed=5)


def test_of_several_wider_fakes_the_widest_is_forked(run: Run) -> None:
    run(
        USE
        + """
def test_one(fake_oss_class, fake_oss_session, fake_oss_module, fake_oss):
    fake_oss_session.create_bucket("session-bucket")
    assert names(fake_oss) == []

def test_two(fake_oss_class, fake_oss_session, fake_oss_module, fake_oss):
    assert names(fake_oss) == ["session-bucket"]
"""
    ).assert_outcomes(passed=2)


def test_a_class_fake_ends_with_its_class(run: Run) -> None:
    run(
        USE
        + """
class TestSome:
    def test_one(self, fake_oss_class):
        make("my-bucket")

class TestOther:
    def test_one(self, fake_oss_class):
        assert names(fake_oss_class) == []

def test_none():
    assert activation.top() is None
"""
    ).assert_outcomes(passed=3)


def test_oss_bucket_is_new_in_each_test(run: Run) -> None:
    run(
        USE
        + """
@pytest.mark.parametrize("round", range(2))
def test_one(fake_oss, oss_bucket, round):
    assert oss_bucket.keys() == []
    fake_oss.oss2_bucket(oss_bucket.name).put_object("a", b"1")
    assert oss_bucket.read("a") == b"1"
    assert oss_bucket.value.versioning is None

def test_beside_others(fake_oss_module, fake_oss, oss_bucket):
    assert oss_bucket.name in names(fake_oss)

@pytest.mark.oss(buckets=["test-bucket", "test-bucket-2"])
def test_a_taken_name(oss_bucket):
    assert oss_bucket.name == "test-bucket-3"

@pytest.mark.oss(versioning=True)
def test_versioning(oss_bucket):
    assert oss_bucket.value.versioning == "Enabled"
"""
    ).assert_outcomes(passed=5)


def test_oss_server(run: Run) -> None:
    run(
        USE
        + """
import os, subprocess, sys, urllib.request

PROGRAM = '''
import os, sys, urllib.request, oss2
auth = oss2.Auth(os.environ["OSS_ACCESS_KEY_ID"], os.environ["OSS_ACCESS_KEY_SECRET"])
bucket = oss2.Bucket(auth, sys.argv[1], "my-bucket", is_path_style=True)
bucket.put_object("from-outside", b"hello")
'''

@pytest.mark.oss(buckets=["my-bucket"], strict_auth=True)
def test_another_process(fake_oss, oss_server):
    subprocess.run([sys.executable, "-c", PROGRAM, oss_server.url], check=True, env={**os.environ, "PYTHONPATH": ""})
    assert fake_oss.bucket("my-bucket").read("from-outside") == b"hello"
    assert fake_oss.requests.of("PutObject")[0].source == "server"

def test_this_process(fake_oss, oss_server):
    bucket = oss2.Bucket(oss2.Auth(*fake_oss.credentials), oss_server.url, "my-bucket", is_path_style=True)
    bucket.create_bucket()
    assert names(fake_oss) == ["my-bucket"]
    assert oss_server.endpoint in oss_server.url

def test_afterwards(fake_oss):
    assert fake_oss.settings.endpoints == ()
"""
    ).assert_outcomes(passed=3)


def test_the_marker(run: Run) -> None:
    run(
        USE
        + """
pytestmark = pytest.mark.oss(region="cn-beijing")

@pytest.mark.oss(buckets=["one-bucket", "two-bucket"], versioning="Suspended", strict_auth=True)
def test_names(fake_oss):
    assert names(fake_oss) == ["one-bucket", "two-bucket"]
    assert fake_oss.bucket("one-bucket").value.versioning == "Suspended"
    assert fake_oss.bucket("one-bucket").value.region == fake_oss.settings.region == "cn-beijing"
    assert fake_oss.settings.strict_auth

@pytest.mark.oss(buckets={"a-bucket": {"a": b"1", "b": "2"}, "b-bucket": None}, region="cn-shanghai", seed=7)
class TestSome:
    def test_objects(self, fake_oss):
        assert fake_oss.bucket("a-bucket").read("b") == b"2"
        assert fake_oss.settings.region == "cn-shanghai"
        assert fake_oss.settings.seed == 7

    @pytest.mark.oss(region="cn-shenzhen")
    def test_the_nearest_has_the_last_word(self, fake_oss):
        assert names(fake_oss) == ["a-bucket", "b-bucket"]
        assert fake_oss.settings.region == "cn-shenzhen"

    @pytest.mark.oss(strict_auth=True)
    def test_a_fork_takes_settings_too(self, fake_oss_class, fake_oss):
        assert names(fake_oss_class) == ["a-bucket", "b-bucket"]
        assert (fake_oss.settings.strict_auth, fake_oss_class.settings.strict_auth) == (True, False)
        assert fake_oss.settings.seed == 7
"""
    ).assert_outcomes(passed=4)


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ("colour='blue'", "*knows no 'colour'; it takes buckets, versioning, region, strict_auth*"),
        ("bucket=['my-bucket']", "*knows no 'bucket'; did you mean buckets?*"),
        ("'my-bucket'", "*takes keywords only, not 'my-bucket'*"),
        ("buckets='my-bucket'", "@pytest.mark.oss, buckets='my-bucket': give a list of names*"),
        ("buckets={'my-bucket': ['a']}", "@pytest.mark.oss, bucket 'my-bucket': objects=*: give contents by key*"),
        ("strict_auth='no'", "the settings of the fixture are refused: strict_auth='no': *True or False"),
        ("region='oss-cn-beijing'", "the settings of the fixture are refused: region=*such as 'cn-hangzhou'"),
        ("buckets=['Not A Name']", "*InvalidBucketName*"),
        ("versioning='Sometimes', buckets=['my-bucket']", "@pytest.mark.oss, bucket 'my-bucket': MalformedXML*"),
    ],
)
def test_a_marker_that_makes_no_sense_fails_the_test(run: Run, marker: str, told: str) -> None:
    result = run(f"@pytest.mark.oss({marker})\ndef test_one(fake_oss):\n    pass\n")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([told])
    assert "Traceback" not in result.stdout.str()
    assert "During handling" not in result.stdout.str()


def test_a_marker_that_does_nothing_is_warned_of(run: Run) -> None:
    result = run(
        """
@pytest.mark.oss(region="cn-beijing")
def test_too_late(fake_oss_module):
    pass

@pytest.mark.oss(region="cn-beijing")
def test_fine(fake_oss_module, oss_bucket):
    assert oss_bucket.value.region == "cn-beijing"

@pytest.mark.oss(region="cn-beijing")
class TestFine:
    def test_one(self, fake_oss_class):
        assert fake_oss_class.settings.region == "cn-beijing"
""",
        "-W",
        "default",
    )
    result.assert_outcomes(passed=3, warnings=1)
    result.stdout.fnmatch_lines(["*test_too_late has @pytest.mark.oss, which does nothing to fake_oss_module: ask*"])


def test_the_marker_is_declared_and_the_options_are_listed(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess(*QUIET, "--markers")
    result.stdout.fnmatch_lines(["@pytest.mark.oss(buckets=*versioning=*region=*strict_auth=*"])
    help_text = pytester.runpytest_inprocess(*QUIET, "--help").stdout.str()
    for name in ("--fake-oss-strict", "--fake-oss-seed=N", "fake_oss_region (string)", "fake_oss_report (string)"):
        assert name in help_text


SHOW = """
def test_show(fake_oss, fake_oss_module):
    settings = fake_oss.settings
    print("shown:", settings.region, settings.strict_auth, settings.seed, settings.endpoints, settings.sealed)
"""


def test_options(run: Run) -> None:
    run(SHOW, "-s").stdout.fnmatch_lines(["*shown: cn-hangzhou False 0 () False*"])
    run(SHOW, "-s", "--fake-oss-strict", "--fake-oss-seed=5").stdout.fnmatch_lines(["*shown: cn-hangzhou True 5 () *"])


def test_configuration_file(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeini(
        """
        [pytest]
        fake_oss_region = cn-shanghai
        fake_oss_strict = true
        fake_oss_seed = 3
        fake_oss_endpoints =
            127.0.0.1:9000
            localhost:9000
        fake_oss_sealed = true
        """
    )
    endpoints = "('127.0.0.1:9000', 'localhost:9000')"
    run(SHOW, "-s").stdout.fnmatch_lines([f"*shown: cn-shanghai True 3 {endpoints} True*"])
    run(SHOW, "-s", "--fake-oss-seed=4").stdout.fnmatch_lines([f"*shown: cn-shanghai True 4 {endpoints} True*"])


@pytest.mark.parametrize("name", ["fake_oss_seed", "fake_oss_report"])
def test_a_number_that_is_none_is_told(run: Run, name: str) -> None:
    result = run("def test_one(fake_oss):\n    pass\n", "-o", f"{name}=many")
    told = "\n".join([*result.outlines, *result.errlines])
    assert f"{name} = many: it is a whole number" in told
    assert "INTERNALERROR" not in told


def test_ids_are_the_same_for_the_same_seed(run: Run) -> None:
    text = """
@pytest.mark.oss(versioning=True)
def test_one(fake_oss, oss_bucket):
    fake_oss.put(oss_bucket.name, "a", b"1")
    print("id:", oss_bucket.versions("a")[0].version_id, fake_oss.credentials[1])
"""

    def ids(*arguments: str) -> str:
        return next(line for line in run(text, "-s", *arguments).outlines if "id:" in line)

    assert ids() == ids("--fake-oss-seed=0") != ids("--fake-oss-seed=1")


@pytest.mark.parametrize("arguments", [(), ("-p", "conftest_plugin"), ("-p", "fakeoss")])
@pytest.mark.parametrize("conftest", ["", 'pytest_plugins = ["conftest_plugin"]'])
def test_a_run_may_ask_for_the_plugin_that_is_installed(
    run: Run, pytester: pytest.Pytester, arguments: tuple[str, ...], conftest: str
) -> None:
    pytester.makeconftest(conftest)
    result = run("def test_one(fake_oss): assert fakeoss.active() is fake_oss", *arguments, subprocess=True)
    result.assert_outcomes(passed=1)
