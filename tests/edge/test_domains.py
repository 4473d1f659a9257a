"""A bound domain is the bucket, for every client; one not bound is the network's."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request

import aiohttp
import alibabacloud_oss_v2 as oss_v2
import httpx
import oss2
import pytest
import requests

import fakeoss
from fakeoss.wire.message import Headers, Request
from tests.conftest import BUCKET
from tests.people import refusal

DOMAIN = "www.example.com"


@pytest.fixture
def bound(bucket: oss2.Bucket) -> oss2.Bucket:
    """The bucket, with a domain."""
    bucket.put_bucket_cname(oss2.models.PutBucketCnameRequest(DOMAIN))
    bucket.put_object("dir/a b.txt", b"a", headers={"x-oss-object-acl": "public-read"})
    return bucket


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
def test_oss2_speaks_to_a_domain(oss: fakeoss.FakeOSS, bound: oss2.Bucket, scheme: str, version: str) -> None:
    auth = oss2.make_auth(*oss.credentials, version)
    there = oss2.Bucket(auth, f"{scheme}://{DOMAIN}", BUCKET, is_cname=True, region="cn-hangzhou")
    there.put_object("b.txt", b"b")
    assert there.get_object("dir/a b.txt").read() == b"a"
    assert [found.key for found in there.list_objects().object_list] == ["b.txt", "dir/a b.txt"]
    assert requests.get(there.sign_url("GET", "b.txt", 60)).content == b"b"
    assert oss.requests[-1].bucket == BUCKET


@pytest.mark.usefixtures("bound")
def test_sdk_v2_speaks_to_a_domain(oss: fakeoss.FakeOSS) -> None:
    config = oss_v2.config.load_default()
    config.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(*oss.credentials)
    config.region, config.endpoint, config.use_cname = "cn-hangzhou", f"https://{DOMAIN}", True
    client = oss_v2.Client(config)
    client.put_object(oss_v2.PutObjectRequest(BUCKET, "b.txt", body=b"b"))
    assert client.get_object(oss_v2.GetObjectRequest(BUCKET, "b.txt")).body.read() == b"b"


@pytest.mark.usefixtures("bound")
def test_a_v4_signature_names_the_buckets_region(oss: fakeoss.FakeOSS) -> None:
    auth = oss2.AuthV4(*oss.credentials)
    there = oss2.Bucket(auth, f"https://{DOMAIN}", BUCKET, is_cname=True, region="cn-shanghai")
    assert refusal(there.get_object, "dir/a b.txt") == (400, "InvalidArgument", "0002-00000226")
    assert "'cn-hangzhou' serves it" in (oss.requests[-1].why or "")
    assert requests.get(there.sign_url("GET", "dir/a b.txt", 60)).status_code == 400


def test_no_bucket_is_put_through_a_domain(oss: fakeoss.FakeOSS, bound: oss2.Bucket) -> None:
    there = oss2.Bucket(oss2.Auth(*oss.credentials), f"https://{DOMAIN}", BUCKET, is_cname=True)
    before = oss.snapshot().world
    with pytest.raises(oss2.exceptions.ServerError) as refused:
        there.create_bucket("public-read")
    assert (refused.value.status, refused.value.code) == (400, "InvalidHostPutBucket")
    assert oss.snapshot().world is before


@pytest.mark.usefixtures("bound")
class TestPlainClients:
    """Whatever speaks HTTP."""

    URL = f"https://{DOMAIN}/dir/a%20b.txt"

    def test_requests(self) -> None:
        assert requests.get(self.URL).content == b"a"

    def test_urllib(self) -> None:
        with urllib.request.urlopen(self.URL) as answer:
            assert answer.read() == b"a"

    def test_httpx(self) -> None:
        assert httpx.get(self.URL).content == b"a"

    def test_aiohttp(self) -> None:
        async def get() -> bytes:
            async with aiohttp.ClientSession() as session, session.get(self.URL) as answer:
                return await answer.read()

        assert asyncio.run(get()) == b"a"

    def test_with_a_port(self) -> None:
        assert requests.get(f"http://{DOMAIN}:8080/dir/a%20b.txt").content == b"a"


def test_only_the_domain_itself(oss: fakeoss.FakeOSS, bound: oss2.Bucket) -> None:
    assert oss.claims("https", DOMAIN)
    assert oss.claims("https", DOMAIN.upper())
    assert not oss.claims("https", f"img.{DOMAIN}")
    assert not oss.claims("https", "example.com")


def test_a_domain_taken_away_is_the_networks(oss: fakeoss.FakeOSS, bound: oss2.Bucket) -> None:
    bound.delete_bucket_cname(DOMAIN)
    assert not oss.claims("https", DOMAIN)


def test_a_domain_of_a_deleted_bucket_is_the_networks(oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
    bucket.put_bucket_cname(oss2.models.PutBucketCnameRequest(DOMAIN))
    bucket.delete_bucket()
    assert not oss.claims("https", DOMAIN)


class TestAsterisk:
    """`*.example.com` stands for all one level below."""

    @pytest.fixture(autouse=True)
    def _bound(self, oss: fakeoss.FakeOSS, bucket: oss2.Bucket) -> None:
        bucket.put_bucket_cname(oss2.models.PutBucketCnameRequest("*.example.com"))
        bucket.put_object("a.txt", b"wide", headers={"x-oss-object-acl": "public-read"})
        oss.create_bucket("second")
        second = oss.oss2_bucket("second")
        second.put_bucket_cname(oss2.models.PutBucketCnameRequest(DOMAIN))
        second.put_object("a.txt", b"narrow", headers={"x-oss-object-acl": "public-read"})

    def test_what_it_covers(self, oss: fakeoss.FakeOSS) -> None:
        assert requests.get("https://img.example.com/a.txt").content == b"wide"
        assert not oss.claims("https", "example.com")
        assert not oss.claims("https", "a.b.example.com")

    def test_a_domain_of_its_own_comes_first(self) -> None:
        assert requests.get(f"https://{DOMAIN}/a.txt").content == b"narrow"


def test_a_snapshot_brings_domains_back(oss: fakeoss.FakeOSS, bound: oss2.Bucket) -> None:
    before = oss.snapshot()
    bound.delete_bucket_cname(DOMAIN)
    oss.restore(before)
    assert requests.get(f"https://{DOMAIN}/dir/a%20b.txt").content == b"a"


@pytest.mark.usefixtures("bound")
def test_the_bucket_is_told_by_the_domain_alone(oss: fakeoss.FakeOSS) -> None:
    """Whatever the path begins with, it is part of the key."""
    reply = oss.handle(Request("GET", "https", DOMAIN, f"/{BUCKET}/dir/a%20b.txt", Headers([])))
    assert (reply.status, oss.requests[-1].key) == (403, f"{BUCKET}/dir/a b.txt")
