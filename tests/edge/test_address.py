"""Addresses: hosts and paths as clients send them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeoss import errors
from fakeoss.data.regions import Region, regions
from fakeoss.edge.address import Address, decoded_key, is_endpoint, is_oss_host, parse

HANGZHOU = "oss-cn-hangzhou.aliyuncs.com"
ALL = [pytest.param(region, id=region.id) for region in regions().values()]


@pytest.mark.parametrize("region", ALL)
def test_every_endpoint_of_every_region(region: Region) -> None:
    for host in (region.internet, region.internal, region.dualstack, *region.further):
        if host is None:
            continue
        service = parse(host, "/?regions")
        internal, dualstack = "-internal" in host, host == region.dualstack
        assert service == Address("service", host, "regions", region=region.id, internal=internal, dualstack=dualstack)
        assert service.scope == "service"
        bucket = parse(f"examplebucket.{host}", "/a/b")
        assert (bucket.kind, bucket.bucket, bucket.raw_key) == ("virtual", "examplebucket", "a/b")
        assert (bucket.endpoint, bucket.region, bucket.internal) == (host, region.id, internal)
        assert is_oss_host(host)
        assert is_oss_host(f"examplebucket.{host}")


@pytest.mark.parametrize(
    ("host", "target", "expected"),
    [
        (f"b12.{HANGZHOU}", "/", Address("virtual", HANGZHOU, bucket="b12", region="cn-hangzhou")),
        (f"B12.{HANGZHOU.upper()}.", "/?acl", Address("virtual", HANGZHOU, "acl", "b12", region="cn-hangzhou")),
        (f"b12.{HANGZHOU}:443", "/k", Address("virtual", HANGZHOU, "", "b12", "k", "cn-hangzhou")),
        (f"b12.{HANGZHOU}", "/%2Fa%3Fb?x=/", Address("virtual", HANGZHOU, "x=/", "b12", "%2Fa%3Fb", "cn-hangzhou")),
        # A bucket may be called like an endpoint.
        (
            f"oss-cn-beijing.{HANGZHOU}",
            "/k",
            Address("virtual", HANGZHOU, "", "oss-cn-beijing", "k", "cn-hangzhou"),
        ),
        (
            "b12.oss-accelerate.aliyuncs.com",
            "/k",
            Address("virtual", "oss-accelerate.aliyuncs.com", "", "b12", "k", accelerate=True),
        ),
        (
            "b12.oss-accelerate-overseas.aliyuncs.com",
            "/",
            Address("virtual", "oss-accelerate-overseas.aliyuncs.com", "", "b12", accelerate=True),
        ),
        # Node's official client, asking an address in numbers for the list of buckets.
        (f".{HANGZHOU}", "/?prefix=b", Address("service", HANGZHOU, "prefix=b", region="cn-hangzhou")),
        # The oldest endpoint has no region in its name.
        ("oss.aliyuncs.com", "/", Address("service", "oss.aliyuncs.com", region="cn-hangzhou")),
        ("b12.oss.aliyuncs.com", "/", Address("virtual", "oss.aliyuncs.com", "", "b12", region="cn-hangzhou")),
        (
            "vpc100-oss-cn-hangzhou.aliyuncs.com",
            "/",
            Address("service", "vpc100-oss-cn-hangzhou.aliyuncs.com", region="cn-hangzhou", internal=True),
        ),
        # A region that opened after this was written.
        ("oss-xy-north-9.aliyuncs.com", "/", Address("service", "oss-xy-north-9.aliyuncs.com", region="xy-north-9")),
        (
            f"ap-01-3b00521f653d2b3223680ec39dbbe2d2-ossalias.{HANGZHOU}",
            "/k",
            Address(
                "access point", HANGZHOU, "", "ap-01-3b00521f653d2b3223680ec39dbbe2d2-ossalias", "k", "cn-hangzhou"
            ),
        ),
        (
            "ap-01-1283641033516515.oss-cn-hangzhou-internal.oss-accesspoint.aliyuncs.com",
            "/k",
            Address(
                "access point",
                "oss-cn-hangzhou-internal.oss-accesspoint.aliyuncs.com",
                "",
                "ap-01-1283641033516515",
                "k",
                "cn-hangzhou",
                internal=True,
            ),
        ),
    ],
)
def test_public_hosts(host: str, target: str, expected: Address) -> None:
    assert parse(host, target) == expected
    assert is_oss_host(host)


@pytest.mark.parametrize(
    ("host", "endpoint", "target", "bucket", "raw_key"),
    [
        ("127.0.0.1:9000", "127.0.0.1:9000", "/", None, None),
        ("127.0.0.1:9000", "http://127.0.0.1:9000/", "/b12", "b12", None),
        ("127.0.0.1:9000", "127.0.0.1", "/b12/", "b12", None),
        ("127.0.0.1", "127.0.0.1:80", "/b12/a/b%20c?acl", "b12", "a/b%20c"),
        ("LOCALHOST:9000", "localhost:9000", "/b12//k", "b12", "/k"),
        ("[::1]:9000", "[::1]:9000", "/b12/k", "b12", "k"),
    ],
)
def test_named_endpoints_take_the_bucket_in_the_path(
    host: str, endpoint: str, target: str, bucket: str | None, raw_key: str | None
) -> None:
    found = parse(host, target, endpoints=(endpoint,))
    assert (found.kind, found.endpoint, found.bucket, found.raw_key) == ("path", host, bucket, raw_key)
    assert found.path_style
    assert is_endpoint(host, (endpoint,))


def test_named_endpoints_that_are_names_take_the_bucket_in_the_host_too() -> None:
    found = parse("b12.localhost:9000", "/k", endpoints=("localhost:9000",))
    assert (found.kind, found.bucket, found.raw_key, found.endpoint) == ("virtual", "b12", "k", "localhost:9000")


@pytest.mark.parametrize("host", ["127.0.0.1:9001", "b12.127.0.0.1:9000", "localhost", "127.0.0.1", "example.com"])
def test_hosts_nobody_named_are_left_alone(host: str) -> None:
    endpoints = ("127.0.0.1:9000", "localhost:9000")
    assert not is_endpoint(host, endpoints)
    assert not is_oss_host(host)
    with pytest.raises(errors.OSSError) as refused:
        parse(host, "/", endpoints=endpoints)
    assert (refused.value.status, refused.value.code) == (403, "NonStandardHostForbidden")


def test_a_bound_domain_stands_for_its_bucket() -> None:
    found = parse("Static.Example.com:443", "/k", cnames={"static.example.com": "b12"})
    assert (found.kind, found.bucket, found.raw_key, found.region) == ("cname", "b12", "k", None)


@pytest.mark.parametrize(
    ("host", "target", "code"),
    [
        (HANGZHOU, "/b12/k", "SecondLevelDomainForbidden"),
        ("oss-accelerate.aliyuncs.com", "/b12", "SecondLevelDomainForbidden"),
        (f"a.b.{HANGZHOU}", "/", "InvalidBucketName"),
        (f"ab.{HANGZHOU}", "/", "InvalidBucketName"),
        (f"-ab.{HANGZHOU}", "/", "InvalidBucketName"),
        (f"a_b.{HANGZHOU}", "/", "InvalidBucketName"),
        (f"{'a' * 64}.{HANGZHOU}", "/", "InvalidBucketName"),
        (f"..{HANGZHOU}", "/", "InvalidBucketName"),
        ("oss-x.aliyuncs.com", "/", "NonStandardHostForbidden"),
        ("ecs.aliyuncs.com", "/", "NonStandardHostForbidden"),
        ("oss-accesspoint.aliyuncs.com", "/", "NonStandardHostForbidden"),
        (f"user@{HANGZHOU}", "/", "NonStandardHostForbidden"),
        (f"{HANGZHOU}:port", "/", "NonStandardHostForbidden"),
        ("", "/", "NonStandardHostForbidden"),
        (HANGZHOU, "*", "BadRequest"),
        (HANGZHOU, "", "BadRequest"),
        (HANGZHOU, "b12/k", "BadRequest"),
    ],
)
def test_what_is_no_address_is_refused_as_the_service_would(host: str, target: str, code: str) -> None:
    with pytest.raises(errors.OSSError) as refused:
        parse(host, target)
    assert refused.value.code == code
    assert 400 <= refused.value.status < 500


@pytest.mark.parametrize(
    ("host", "product"),
    [
        ("cn-hangzhou.oss-vectors.aliyuncs.com", "vector buckets"),
        ("b12-123.cn-hangzhou-internal.oss-vectors.aliyuncs.com", "vector buckets"),
        ("cn-hangzhou.oss-tables.aliyuncs.com", "table buckets"),
        (f"s3.{HANGZHOU}", "S3-compatible"),
        (f"b12.s3.{HANGZHOU}", "S3-compatible"),
        ("cb-1.cn-hangzhou.oss-cloudbox.aliyuncs.com", "cloud boxes"),
    ],
)
def test_other_products_are_claimed_and_refused_by_name(host: str, product: str) -> None:
    assert is_oss_host(host)
    with pytest.raises(errors.OSSError, match=product) as refused:
        parse(host, "/")
    assert refused.value.status == 501


@pytest.mark.parametrize(
    "host",
    [
        "ecs.aliyuncs.com",
        "sts.cn-hangzhou.aliyuncs.com",
        "aliyuncs.com",
        "notaliyuncs.com",
        f"{HANGZHOU}.example.com",
        "ossaliyuncs.com",
        "glossy.aliyuncs.com",
        "b12.glossy.aliyuncs.com",
        "",
        ":",
        "[",
        "user@" + HANGZHOU,
    ],
)
def test_other_hosts_are_not_ours(host: str) -> None:
    assert not is_oss_host(host)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("plain/key.txt", "plain/key.txt"),
        ("a%2Fb%20c+d", "a/b c+d"),
        ("%E4%B8%AD", "中"),
        ("\u00e4\u00b8\u00ad", "中"),  # raw UTF-8 bytes, as carriers hand them out
        ("100%", "100%"),
        ("%zz", "%zz"),
        ("%00%01", "\x00\x01"),
    ],
)
def test_keys_are_decoded_once(raw: str, key: str) -> None:
    assert decoded_key(raw) == key


@pytest.mark.parametrize("raw", ["%ff", "%E4%B8", "\u00ff", "\u4e2d", "\ud800", "%ED%A0%80"])
def test_keys_that_are_not_utf8_are_refused(raw: str) -> None:
    with pytest.raises(errors.OSSError) as refused:
        decoded_key(raw)
    assert (refused.value.status, refused.value.code) == (400, "InvalidObjectName")


HOSTS = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"[a-z0-9.-]{0,70}\.?oss[a-z0-9.-]{0,20}\.aliyuncs\.com(:[0-9]{0,7})?", fullmatch=True),
)


@given(host=HOSTS, target=st.text(max_size=30) | st.text(max_size=30).map("/{}".format))
def test_any_host_and_target_is_parsed_or_refused(host: str, target: str) -> None:
    endpoints = ("127.0.0.1:9000", "localhost")
    claimed = is_oss_host(host) or is_endpoint(host, endpoints)
    try:
        found = parse(host, target, endpoints=endpoints)
    except errors.OSSError as refused:
        refusal = refused
    else:
        assert claimed
        assert found.bucket is None or 3 <= len(found.bucket) <= 63
        return
    assert refusal.status in {400, 403, 501}
    assert refusal.status != 501 or claimed
