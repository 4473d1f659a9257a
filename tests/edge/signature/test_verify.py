"""What a refused signature tells: to the client the service's strings, to the person at the keyboard the reason."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from fakeoss.edge.signature import KeyCache, Scope
from fakeoss.edge.signature.v4 import derive, signature
from fakeoss.errors import OSSError
from fakeoss.state.accounts import Accounts, Credential
from fakeoss.wire.message import Headers, Request
from tests.edge.signature import support
from tests.edge.signature.support import ACCOUNT, BUCKET, KEY, Sent, judge, with_headers

OTHER = Credential(KEY.access_key_id, "quite another secret", KEY.account_id)


def refusal(sent: Sent) -> OSSError:
    with pytest.raises(OSSError) as refused:
        judge(sent)
    assert (refused.value.code, refused.value.status) == ("SignatureDoesNotMatch", 403)
    return refused.value


def test_the_elements_of_v1() -> None:
    sent = support.oss2_call(OTHER, "v1", "PUT", "a/中", headers={"x-oss-meta-a": "b", "Content-Type": "text/plain"})
    error = refusal(sent)
    date = sent.request.headers.get("date")
    text = f"PUT\n\ntext/plain\n{date}\nx-oss-meta-a:b\n/{BUCKET}/a/中"
    assert error.ec == "0002-00000040"
    assert list(error.elements) == ["OSSAccessKeyId", "SignatureProvided", "StringToSign", "StringToSignBytes"]
    assert error.elements["OSSAccessKeyId"] == KEY.access_key_id
    assert error.elements["StringToSign"] == text
    assert error.elements["StringToSignBytes"].startswith("50 55 54 0A 0A 74 65 78")
    assert bytes.fromhex(error.elements["StringToSignBytes"]).decode() == text
    expected = hmac.digest(OTHER.secret.encode(), text.encode(), "sha1")
    assert error.elements["SignatureProvided"] == base64.b64encode(expected).decode()


def test_the_elements_of_v2() -> None:
    sent = support.oss2_call(OTHER, "v2", "GET", "a b", params={"x": "y/z", "acl": ""}, headers={"Range": "bytes=0-1"})
    error = refusal(sent)
    date = sent.request.headers.get("date")
    assert error.ec == "0002-00000101"
    text = f"GET\n\n\n{date}\nrange:bytes=0-1\nrange\n%2F{BUCKET}%2Fa%20b?acl&x=y%2Fz"
    assert error.elements["StringToSign"] == text


def test_the_elements_of_v4() -> None:
    error = refusal(support.oss2_call(OTHER, "v4", "GET", "a b/c", params={"x": "y/z", "acl": ""}))
    canonical, text = error.elements["CanonicalRequest"], error.elements["StringToSign"]
    assert error.ec == "0002-00000201"
    assert list(error.elements)[-1] == "CanonicalRequest"
    assert canonical.startswith(
        f"GET\n/{BUCKET}/a%20b/c\nacl&x=y%2Fz\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:"
    )
    assert canonical.endswith("\n\n\nUNSIGNED-PAYLOAD")
    assert text.splitlines()[0] == "OSS4-HMAC-SHA256"
    assert text.splitlines()[2].endswith("/cn-hangzhou/oss/aliyun_v4_request")
    assert text.splitlines()[3] == hashlib.sha256(canonical.encode()).hexdigest()


def test_bytes_that_are_no_utf8_are_shown_as_bytes() -> None:
    sent = with_headers(support.oss2_call(OTHER, "v1", "PUT", "key"), x_oss_meta_a="\xff")
    error = refusal(sent)
    assert "\ufffd" in error.elements["StringToSign"]
    assert " FF " in error.elements["StringToSignBytes"]


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
class TestReasons:
    def test_nothing_fits(self, version: str) -> None:
        why = str(refusal(support.oss2_call(OTHER, version, "GET", "key")).why)
        assert "no single difference explains it: the secret may be another one" in why
        assert KEY.secret not in why
        assert repr(KEY.access_key_id) in why
        assert "the request has no Content-Type" in why

    def test_headers_of_a_url_that_are_not_sent(self, version: str) -> None:
        headers = {"x-oss-meta-a": "1", "x-oss-meta-b": "2"}
        sent = support.oss2_url(KEY, version, "PUT", "key", headers=headers)
        bare = replace(sent, request=replace(sent.request, headers=Headers([])))
        told = "headers that a URL was signed with must be sent with it (SDK v2 gives them as signed_headers)"
        assert str(refusal(bare).why).endswith(told)
        assert told not in str(refusal(support.oss2_call(OTHER, version, "GET", "key")).why)

    def test_another_method(self, version: str) -> None:
        sent = support.oss2_url(KEY, version, "PUT", "key")
        got = replace(sent, request=replace(sent.request, method="GET"))
        assert "it was signed for PUT" in str(refusal(got).why)

    def test_a_content_type_added_after_signing(self, version: str) -> None:
        sent = with_headers(support.oss2_url(KEY, version, "PUT", "key"), Content_Type="text/x-added")
        why = str(refusal(sent).why)
        assert "it was signed without the header content-type: text/x-added" in why
        name, line, ours, signed = {
            "v1": ("string to sign", 3, b"text/x-added", b""),
            "v2": ("string to sign", 3, b"text/x-added", b""),
            "v4": ("canonical request", 4, b"content-type:text/x-added", b""),
        }[version]
        told = f"first differing line of the {name}: line {line} is {ours!r} here, {signed!r} was signed"
        assert why.splitlines()[-1] == told

    @pytest.mark.parametrize(
        ("signed", "sent"),
        [("image/png", None), ("application/json", "text/html"), ("text/x-rare", "text/x-rare; charset=UTF-8")],
    )
    def test_another_content_type_than_was_signed(self, version: str, signed: str, sent: str | None) -> None:
        url = support.oss2_url(KEY, version, "PUT", "key", headers={"Content-Type": signed})
        why = str(refusal(with_headers(url, Content_Type=sent)).why)
        assert f"it was signed with Content-Type: {signed}, and {sent or 'none'} was sent" in why

    def test_a_parameter_added_after_signing(self, version: str) -> None:
        sent = support.oss2_url(KEY, version, "GET", "key")
        got = replace(sent, request=replace(sent.request, target=sent.request.target + "&versionId=CAEQ"))
        assert "it was signed without the query parameter versionId=CAEQ" in str(refusal(got).why)

    def test_a_bucket_left_out(self, version: str) -> None:
        sent = support.oss2_call(KEY, version, "GET", "", bucket="", params={"acl": ""})
        assert "it was signed without the bucket's name" in str(refusal(replace(sent, bucket=BUCKET)).why)

    def test_a_key_encoded_once_too_often(self, version: str) -> None:
        sent = support.oss2_call(KEY, version, "GET", "a b")
        assert "the key was sent percent-encoded twice" in str(refusal(replace(sent, key="a%20b")).why)

    def test_a_key_signed_as_it_stands_in_the_url(self, version: str) -> None:
        sent = support.oss2_call(KEY, version, "GET", "a%20b")
        assert "the key was signed percent-encoded" in str(refusal(replace(sent, key="a b")).why)


def test_hostile_requests_get_a_refusal_however_long() -> None:
    sent = support.oss2_call(OTHER, "v4", "GET", "k" * 2000)
    headers = Headers([*sent.request.headers, *((f"x-oss-meta-{n}", "v" * 100) for n in range(2000))])
    target = sent.request.target + "?" + "&".join(f"p{n}=%c3%bf%00%" for n in range(2000))
    refusal(replace(sent, request=replace(sent.request, headers=headers, target=target)))


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
def test_text_that_no_carrier_delivers_is_no_traceback(version: str) -> None:
    sent = with_headers(support.oss2_call(OTHER, version, "PUT", "key"), x_oss_meta_a="中文")
    assert refusal(sent).elements["StringToSignBytes"]
    for key in ("a\udcff", "a\ud800"):
        refusal(replace(sent, key=key))


@pytest.mark.parametrize("version", ["v1", "v2", "v4"])
def test_calls_to_the_service_are_refused_too(version: str) -> None:
    assert "signed without" not in str(refusal(support.oss2_call(OTHER, version, "GET", "", bucket="")).why)


def test_the_derived_key_is_the_documented_one() -> None:
    scope = Scope("20231203", "cn-hangzhou", "oss")
    key = b"aliyun_v4secret"
    for part in (b"20231203", b"cn-hangzhou", b"oss", b"aliyun_v4_request"):
        key = hmac.new(key, part, "sha256").digest()
    assert derive("secret", scope) == key
    signing_key = KeyCache().signing_key("secret", scope)
    expected = hmac.new(key, b"text", "sha256").hexdigest()
    assert signature(signing_key, b"text") == signature(signing_key, b"text") == expected


def test_the_key_cache_is_bounded_and_tells_secrets_apart() -> None:
    keys = KeyCache(2)
    made = {keys.signing_key(f"secret {n}", Scope("20231203", "cn-hangzhou", "oss")) for n in range(5)}
    assert len(made) == 5
    assert keys.signing_key.cache_info().currsize == 2


def test_repeated_headers_are_signed_joined_by_commas() -> None:
    joined = support.oss2_call(KEY, "v4", "PUT", "key", headers={"x-oss-meta-a": "1,2"})
    pairs = [pair for pair in joined.request.headers if pair[0] != "x-oss-meta-a"]
    repeated = Headers([*pairs, ("x-oss-meta-a", "1"), ("X-Oss-Meta-A", " 2 ")])
    assert judge(replace(joined, request=replace(joined.request, headers=repeated))).verified


def test_the_published_sample_of_v1() -> None:
    """The worked example of the help page "Include signatures in the Authorization header"."""
    pairs = [
        ("Authorization", "OSS 44CF9590006BF252F707:26NBxoKdsyly4EDv6inkoDft/yA="),
        ("Content-MD5", "ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM="),
        ("Content-Type", "text/html"),
        ("Date", "Thu, 17 Nov 2005 18:49:58 GMT"),
        ("X-OSS-Meta-Author", "foo@bar.com"),
        ("X-OSS-Magic", "abracadabra"),
    ]
    request = Request("PUT", "https", "oss-example.oss-cn-hangzhou.aliyuncs.com", "/nelson", Headers(pairs))
    credential = Credential("44CF9590006BF252F707", "OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV", ACCOUNT.id)
    when = datetime(2005, 11, 17, 18, 49, 58, tzinfo=timezone.utc)
    assert judge(Sent(request, "oss-example", "nelson"), accounts=Accounts.of(ACCOUNT, credential), now=when).verified
