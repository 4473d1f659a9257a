"""TLS versions of a bucket."""

from __future__ import annotations

import alibabacloud_oss_v2 as oss_v2
import oss2
import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fakeoss
from fakeoss.state.configurations.https_config import TLS_VERSIONS
from tests.conftest import BUCKET, Raw
from tests.people import People, refusal

GET = oss_v2.GetBucketHttpsConfigRequest
PUT = oss_v2.PutBucketHttpsConfigRequest
VERSIONS = st.lists(st.sampled_from(TLS_VERSIONS), max_size=6)
PLAIN = "http://oss-cn-hangzhou.aliyuncs.com"
SUITES = st.lists(st.from_regex(r"\A[A-Z0-9-]{1,30}\Z"), max_size=3)


def test_off_until_set(bucket: oss2.Bucket, client: oss_v2.Client) -> None:
    read = bucket.get_bucket_https_config()
    assert (read.tls_enabled, read.tls_version) == (False, [])
    assert client.get_bucket_https_config(GET(BUCKET)).https_configuration.tls.enable is False


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    versions=VERSIONS, enable=st.booleans(), ciphers=st.booleans(), strong=st.booleans(), custom=SUITES, tls13=SUITES
)
def test_what_is_set_comes_back(
    oss: fakeoss.FakeOSS,
    bucket: oss2.Bucket,
    versions: list[str],
    enable: bool,
    ciphers: bool,
    strong: bool,
    custom: list[str],
    tls13: list[str],
) -> None:
    # Over plain HTTP, so that no configuration locks its own test out.
    bucket = People(oss).bucket("owner", endpoint=PLAIN)
    client = People(oss).client("owner", endpoint=PLAIN)
    enable = enable and bool(versions)
    suite = oss_v2.CipherSuite(
        enable=ciphers, strong_cipher_suite=strong, custom_cipher_suites=custom, tls13_custom_cipher_suites=tls13
    )
    tls = oss_v2.TLS(enable=enable, tls_versions=versions)
    client.put_bucket_https_config(PUT(BUCKET, oss_v2.HttpsConfiguration(tls=tls, cipher_suite=suite)))
    read = client.get_bucket_https_config(GET(BUCKET)).https_configuration
    once = list(dict.fromkeys(versions))
    assert (read.tls.enable, read.tls.tls_versions or []) == (enable, once)
    assert (read.cipher_suite.enable, read.cipher_suite.strong_cipher_suite) == (ciphers, strong)
    assert (read.cipher_suite.custom_cipher_suites or []) == custom
    assert (read.cipher_suite.tls13_custom_cipher_suites or []) == tls13
    old = bucket.get_bucket_https_config()
    assert (old.tls_enabled, old.tls_version) == (enable, once)
    bucket.put_bucket_https_config(oss2.models.BucketTlsVersion(enable, versions))
    assert bucket.get_bucket_https_config().tls_version == once


@pytest.mark.parametrize("versions", [[], ["aaa", "bbb"], ["TLSv1.2", "TLSv1.4"]])
def test_enabled_without_a_known_version_is_refused(bucket: oss2.Bucket, versions: list[str]) -> None:
    bucket.put_bucket_https_config(oss2.models.BucketTlsVersion(True, ["TLSv1.2"]))
    wrong = oss2.models.BucketTlsVersion(True, versions)
    assert refusal(bucket.put_bucket_https_config, wrong)[:2] == (400, "MalformedXML")
    assert bucket.get_bucket_https_config().tls_version == ["TLSv1.2"]


@pytest.mark.parametrize("body", [b"", b"<HttpsConfiguration/>", b"<HttpsConfiguration><TLS/></HttpsConfiguration>"])
def test_malformed_documents(bucket: oss2.Bucket, raw: Raw, body: bytes) -> None:
    reply = raw("PUT", "/?httpsConfig", {}, body)
    assert (reply.status, b"<Code>MalformedXML</Code>" in reply.data()) == (400, True)


class TestEffect:
    @pytest.fixture(autouse=True)
    def _restricted(self, bucket: oss2.Bucket) -> None:
        bucket.put_object("a.txt", b"a", headers={"x-oss-object-acl": "public-read"})
        bucket.put_bucket_https_config(oss2.models.BucketTlsVersion(True, ["TLSv1.3", "TLSv1.2"]))

    @pytest.mark.parametrize(("tls", "allowed"), [("1.3", True), ("TLSv1.2", True), ("1.1", False), ("1.0", False)])
    def test_old_versions_are_refused_to_everybody(
        self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket, tls: str, allowed: bool
    ) -> None:
        nobody = People(oss).bucket("anonymous")
        owner = People(oss).bucket("owner")
        with oss.calling_from(tls=tls):
            for asking in (owner, nobody):
                assert (refusal(asking.get_object, "a.txt") == (0, "", "")) is allowed
        if not allowed:
            number = tls.removeprefix("TLSv")
            why = f"the request used TLSv{number}, the bucket allows TLSv1.3, TLSv1.2"
            assert oss.requests[-1].why == why

    def test_plain_http_has_no_version(self, oss: fakeoss.FakeOSS) -> None:
        with oss.calling_from(tls="1.0"):
            assert requests.get(f"http://{BUCKET}.oss-cn-hangzhou.aliyuncs.com/a.txt").content == b"a"

    def test_switched_off_it_allows_all(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
        bucket.put_bucket_https_config(oss2.models.BucketTlsVersion())
        with oss.calling_from(tls="1.0"):
            assert People(oss).bucket("owner").get_object("a.txt").read() == b"a"
