"""Whatever the real SDKs sign, and HTTP libraries send as it was signed, is accepted."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import alibabacloud_oss_v2 as oss
import httpx
import pytest
import time_machine
import urllib3
import yarl
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeoss.state.accounts import Credential
from tests.edge.signature import support
from tests.edge.signature.strategies import HEADERS, KEYS, METHODS, PARAMS, known_to_oss2
from tests.edge.signature.support import BUCKET, KEY, STS, Sent, judge

CREDENTIALS = st.sampled_from([KEY, STS])
FURTHER = {"range", "if-modified-since"}
quick = settings(max_examples=60, deadline=None)


def accepted(sent: Sent, credential: Credential) -> None:
    identity = judge(sent)
    assert (identity.access_key_id, identity.verified) == (credential.access_key_id, True)


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
@quick
@given(credential=CREDENTIALS, method=METHODS, key=KEYS, params=PARAMS, headers=HEADERS)
def test_what_oss2_signs_in_the_header(
    version: str, credential: Credential, method: str, key: str, params: dict[str, str], headers: dict[str, str]
) -> None:
    params = known_to_oss2(version, params)
    sent = support.oss2_call(credential, version, method, key, params=params, headers=headers)
    accepted(sent, credential)


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
@quick
@given(
    credential=CREDENTIALS,
    method=METHODS,
    key=KEYS.filter(lambda key: not key.startswith("?")),
    params=PARAMS,
    headers=HEADERS,
    expires=st.integers(60, 604_800),
    slash_safe=st.booleans(),
)
def test_what_oss2_signs_in_the_url(
    version: str,
    credential: Credential,
    method: str,
    key: str,
    params: dict[str, str],
    headers: dict[str, str],
    expires: int,
    slash_safe: bool,
) -> None:
    params = known_to_oss2(version, params)
    can_more = version != "v1" and credential is KEY  # oss2.StsAuth cannot
    further = {"additional_headers": FURTHER} if can_more else {}
    sent = support.oss2_url(
        credential, version, method, key, expires, params=params, headers=headers, slash_safe=slash_safe, **further
    )
    accepted(sent, credential)


@pytest.mark.parametrize("version", ["v1", "v4"])
@quick
@given(credential=CREDENTIALS, method=METHODS, key=KEYS, params=PARAMS, headers=HEADERS, path_style=st.booleans())
def test_what_sdk_v2_signs_in_the_header(
    version: str,
    credential: Credential,
    method: str,
    key: str,
    params: dict[str, str],
    headers: dict[str, str],
    path_style: bool,
) -> None:
    signed = [name for name in params if name in support.SUB_RESOURCES]  # its operations tell it which are
    sent = support.v2_call(
        credential,
        version,
        method,
        key,
        params=params,
        headers=headers,
        sub_resource=signed,
        use_path_style=path_style,
    )
    accepted(sent, credential)


PRESIGNED = st.sampled_from(
    [
        lambda key: oss.GetObjectRequest(BUCKET, key, version_id="CAEQ", response_content_type="text/plain; a=b"),
        lambda key: oss.GetObjectRequest(BUCKET, key, process="image/resize,w_10", request_payer="requester"),
        lambda key: oss.PutObjectRequest(BUCKET, key, content_type="text/plain", metadata={"a": "b c"}),
        lambda key: oss.HeadObjectRequest(BUCKET, key),
        lambda key: oss.InitiateMultipartUploadRequest(BUCKET, key, storage_class="IA"),
        lambda key: oss.UploadPartRequest(BUCKET, key, part_number=1, upload_id="0004B9894A22E5B1888A1E29F8236E2D"),
        lambda key: oss.CompleteMultipartUploadRequest(BUCKET, key, upload_id="0004", complete_all="yes"),
        lambda key: oss.AbortMultipartUploadRequest(BUCKET, key, upload_id="0004"),
    ]
)


@quick
@given(credential=CREDENTIALS, key=KEYS, request=PRESIGNED, minutes=st.integers(1, 7 * 24 * 60))
def test_what_sdk_v2_presigns_by_v4(
    credential: Credential, key: str, request: Callable[[str], object], minutes: int
) -> None:
    sent = support.v2_url(credential, "v4", request(key), timedelta(minutes=minutes))
    accepted(sent, credential)


@pytest.mark.parametrize(
    "request_",
    [
        oss.GetObjectRequest(BUCKET, "a b", response_content_type="text/plain"),
        oss.PutObjectRequest(BUCKET, "中", content_type="text/plain", metadata={"a": "b"}),
        oss.UploadPartRequest(BUCKET, "key", part_number=1, upload_id="0004"),
    ],
)
@pytest.mark.parametrize("credential", [KEY, STS])
def test_what_sdk_v2_presigns_by_v1(credential: Credential, request_: object) -> None:
    accepted(support.v2_url(credential, "v1", request_), credential)


@pytest.mark.parametrize("further", [{"host"}, {"Range", "user-agent"}, {"cache-control", "absent"}])
def test_further_headers_of_v4(further: set[str]) -> None:
    headers = {"Host": "examplebucket.oss-cn-hangzhou.aliyuncs.com", "Range": "bytes=0-1", "Cache-Control": "no-store"}
    url = "https://examplebucket.oss-cn-hangzhou.aliyuncs.com/key"
    request = support.v2_signed(KEY, "GET", url, {**headers, "User-Agent": "me"}, further)
    accepted(Sent(request, BUCKET, "key"), KEY)


def test_the_host_is_known_without_a_host_header() -> None:
    headers = {"Host": "examplebucket.oss-cn-hangzhou.aliyuncs.com"}
    url = "https://examplebucket.oss-cn-hangzhou.aliyuncs.com/key"
    sent = Sent(support.v2_signed(KEY, "GET", url, headers, {"host"}), BUCKET, "key")
    accepted(support.with_headers(sent, Host=None), KEY)


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
@pytest.mark.parametrize(
    ("bucket", "params"),
    [
        ("", {}),
        ("", {"regions": "oss-cn-hangzhou"}),
        (BUCKET, {"acl": ""}),
        (BUCKET, {"list-type": "2", "prefix": "a/"}),
    ],
)
def test_calls_to_the_service_and_to_buckets(version: str, bucket: str, params: Mapping[str, str]) -> None:
    accepted(support.oss2_call(KEY, version, "GET", "", bucket=bucket, params=params), KEY)


@pytest.mark.parametrize("version", ["v1", "v4"])
@pytest.mark.parametrize("bucket", [None, BUCKET])
def test_calls_of_sdk_v2_to_the_service_and_to_buckets(version: str, bucket: str | None) -> None:
    accepted(support.v2_call(KEY, version, "GET", None, bucket=bucket, params={"tagging": ""}), KEY)


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
@pytest.mark.parametrize(
    "options",
    [
        {"endpoint": "https://img.example.com", "is_cname": True},
        {"endpoint": "http://127.0.0.1:8080"},
        {"is_path_style": True},
    ],
)
def test_domains_of_ones_own_ip_addresses_and_path_style(version: str, options: dict[str, Any]) -> None:
    accepted(support.oss2_call(KEY, version, "PUT", "a/b c", params={"acl": ""}, **options), KEY)


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
def test_metadata_in_utf8_is_signed_as_the_bytes_on_the_wire(version: str) -> None:
    headers = {"x-oss-meta-name": "中文".encode()}
    sent = support.oss2_call(KEY, version, "PUT", "key", headers=headers)
    assert sent.request.headers.get("x-oss-meta-name") == "中文".encode().decode("latin-1")
    accepted(sent, KEY)


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
@quick
@given(at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(timezone.utc)))  # noqa: DTZ001 -- the zone is given beside them
def test_whenever_it_is_signed(version: str, at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        called, signed = support.oss2_call(KEY, version, "GET", "key"), support.oss2_url(KEY, version, "GET", "key")
        accepted(called, KEY)
        accepted(signed, KEY)
    assert judge(called, now=at + timedelta(minutes=14)).verified


TARGETS: dict[str, Callable[[str], str]] = {
    "urllib.request": lambda url: urllib.request.Request(url).selector,
    "urllib3": lambda url: urllib3.util.parse_url(url).request_uri,
    "httpx": lambda url: httpx.URL(url).raw_path.decode(),
    "aiohttp": lambda url: yarl.URL(url).raw_path_qs,
}


@pytest.mark.parametrize("library", TARGETS)
@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
@quick
@given(key=KEYS.filter(lambda key: not key.startswith("?")), params=PARAMS)
def test_signed_urls_as_other_libraries_write_them(
    version: str, library: str, key: str, params: dict[str, str]
) -> None:
    sent = support.oss2_url(STS, version, "GET", key, params=known_to_oss2(version, params))
    target = TARGETS[library](sent.request.url)
    accepted(replace(sent, request=replace(sent.request, target=target)), STS)
