"""A signed request that was changed in anything its signature covers is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import alibabacloud_oss_v2 as oss
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeoss.errors import OSSError
from fakeoss.state.accounts import Credential
from tests.edge.signature import support
from tests.edge.signature.strategies import spoilt
from tests.edge.signature.support import BUCKET, KEY, STS, Sent, judge, with_headers, with_target

HEADERS = {"Content-Type": "text/plain", "x-oss-meta-a": "b", "Range": "bytes=0-9"}
PARAMS = {"versionId": "CAEQ", "response-content-type": "a/b"}
MORE = {**PARAMS, "x": "y"}
PUT: dict[str, Any] = {"params": PARAMS, "headers": HEADERS}
PUT_MORE: dict[str, Any] = {"params": MORE, "headers": HEADERS}
RANGED: dict[str, Any] = {**PUT, "expires": 3600, "additional_headers": {"range"}}
UPLOAD = oss.PutObjectRequest(BUCKET, "a/b c", content_type="text/plain")
WAYS: dict[str, Callable[[], Sent]] = {
    "oss2 V1 header": lambda: support.oss2_call(KEY, "v1", "PUT", "a/b c", **PUT),
    "oss2 V2 header": lambda: support.oss2_call(KEY, "v2", "PUT", "a/b c", **PUT_MORE),
    "oss2 V4 header": lambda: support.oss2_call(STS, "v4", "PUT", "a/b c", **PUT_MORE),
    "oss2 V1 URL": lambda: support.oss2_url(STS, "v1", "PUT", "a/b c", 3600, **PUT),
    "oss2 V2 URL": lambda: support.oss2_url(KEY, "v2", "PUT", "a/b c", **RANGED),
    "oss2 V4 URL": lambda: support.oss2_url(KEY, "v4", "PUT", "a/b c", **RANGED),
    "SDK v2 V1 header": lambda: support.v2_call(STS, "v1", "PUT", "a/b c", **PUT),
    "SDK v2 V4 header": lambda: support.v2_call(KEY, "v4", "PUT", "a/b c", **PUT_MORE),
    "SDK v2 V4 URL": lambda: support.v2_url(STS, "v4", UPLOAD, timedelta(hours=1)),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_changed_request_is_refused(way: str) -> None:
    sent = WAYS[way]()
    assert judge(sent).verified

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        other = data.draw(spoilt(sent))
        with pytest.raises(OSSError) as refused:
            judge(other)
        assert refused.value.status in {400, 403}

    check()


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
def test_a_signature_made_with_another_secret_is_refused(version: str) -> None:
    wrong = Credential(KEY.access_key_id, "another secret", KEY.account_id)
    for sent in (support.oss2_call(wrong, version, "GET", "key"), support.oss2_url(wrong, version, "GET", "key")):
        with pytest.raises(OSSError, match="SignatureDoesNotMatch"):
            judge(sent)


@pytest.mark.parametrize(("signed", "sent"), [("text/plain", "text/html"), (None, "text/plain"), ("text/plain", None)])
@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
def test_the_content_type_of_a_signed_url_is_part_of_it(version: str, signed: str | None, sent: str | None) -> None:
    headers = {} if signed is None else {"Content-Type": signed}
    url = support.oss2_url(KEY, version, "PUT", "key", headers=headers)
    with pytest.raises(OSSError, match="SignatureDoesNotMatch"):
        judge(with_headers(url, Content_Type=sent))


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
def test_range_is_no_part_of_a_signed_url(version: str) -> None:
    assert judge(with_headers(support.oss2_url(KEY, version, "GET", "key"), Range="bytes=0-1")).verified


def test_what_v1_does_not_cover_may_change() -> None:
    sent = support.oss2_call(KEY, "v1", "GET", "", params={"prefix": "a", "max-keys": "10"})
    assert judge(with_target(sent, "prefix=a", "prefix=b")).verified


@pytest.mark.parametrize("version", ["v2", "v4"])
def test_v2_and_v4_cover_every_parameter(version: str) -> None:
    sent = support.oss2_call(KEY, version, "GET", "", params={"prefix": "a", "max-keys": "10"})
    for old, new in (("prefix=a", "prefix=b"), ("max-keys=10", "max-keys=10&delimiter=x")):
        with pytest.raises(OSSError, match="SignatureDoesNotMatch"):
            judge(with_target(sent, old, new))


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
def test_the_spelling_of_the_target_does_not_matter_what_it_says_does(version: str) -> None:
    sent = support.oss2_call(KEY, version, "GET", "a b/c", params={"response-content-type": "x/y z"})
    for old, new in (("a%20b%2Fc", "%61 b/c"), ("x%2Fy+z", "x/y%20z")):
        assert judge(with_target(sent, old, new)).verified


@pytest.mark.parametrize("key", ["../x", "a/./b", "a/../b"])
@pytest.mark.parametrize("version", ["v1", "v4"])
def test_a_key_that_the_http_library_resolved_was_signed_otherwise(version: str, key: str) -> None:
    sent = support.v2_call(KEY, version, "GET", key)
    assert "." not in sent.request.target
    with pytest.raises(OSSError, match="SignatureDoesNotMatch"):
        judge(Sent(sent.request, BUCKET, support.key_of(sent.request.target, sent)))


def test_latin_1_metadata_of_sdk_v2_is_signed_as_utf8_but_sent_as_latin_1() -> None:
    with pytest.raises(OSSError, match="SignatureDoesNotMatch"):
        judge(support.v2_call(KEY, "v4", "PUT", "key", headers={"x-oss-meta-a": "caf\u00e9"}))


def test_trailing_spaces_are_signed_but_lost_on_the_wire() -> None:
    with pytest.raises(OSSError, match="SignatureDoesNotMatch"):
        judge(support.v2_call(KEY, "v4", "PUT", "key", headers={"x-oss-meta-a": "b "}))


def test_sdk_v2_forgets_to_sign_the_process_instruction_with_v1() -> None:
    with pytest.raises(OSSError, match="SignatureDoesNotMatch") as refused:
        judge(support.v2_call(KEY, "v1", "GET", "key", params={"x-oss-process": "image/info"}))
    assert "signed without the query parameter x-oss-process=image/info" in str(refused.value.why)
