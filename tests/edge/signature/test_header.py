"""What the service says of an Authorization header that it cannot read."""

from __future__ import annotations

import pytest

from fakeoss.edge.signature import claim_of
from fakeoss.errors import OSSError
from fakeoss.wire.message import Headers, Request

SCOPE = "20231203/cn-hangzhou/oss/aliyun_v4_request"
DATE = "Sun, 03 Dec 2023 12:12:12 GMT"


def request(authorization: str, **headers: str) -> Request:
    named = {"Date": DATE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Request(
        "GET",
        "https",
        "b.oss-cn-hangzhou.aliyuncs.com",
        "/k",
        Headers([("Authorization", authorization), *named.items()]),
    )


def refusal(request_: Request) -> OSSError:
    with pytest.raises(OSSError) as refused:
        claim_of(request_)
    assert refused.value.why, "every refusal says why"
    return refused.value


@pytest.mark.parametrize(
    ("authorization", "ec"),
    [
        ("OSSxxx LTAI:abc=", "0002-00000061"),
        ("OSS LTAI", "0002-00000062"),
        ("OSS", "0002-00000062"),
        ("OSS :abc=", "0002-00000063"),
        ("OSS LTAI:", "0002-00000063"),
        ("OSS2 AccessKeyId:LTAI", "0002-00000102"),
        ("OSS2 AccessKeyId:LTAI,Signature:a,AdditionalHeaders:b,More:c", "0002-00000102"),
        ("OSS2 AccessKeyId:LTAI,AdditionalHeadershost,Signature:a", "0002-00000103"),
        ("OSS2 AccessKeyId:LTAI,Signature:a,UnknownKey:ABC", "0002-00000104"),
        ("OSS2 AccessKeyId:LTAI,Signature:a,Signature:b", "0002-00000104"),
        ("OSS2 AdditionalHeaders:host,Signature:a", "0002-00000105"),
        ("OSS2 AccessKeyId:,Signature:a", "0002-00000106"),
        ("OSS2 AccessKeyId:LTAI,AdditionalHeaders:host", "0002-00000108"),
        ("OSS2 AccessKeyId:LTAI,Signature:", "0002-00000109"),
        ("OSS2 AccessKeyId:LTAI,AdditionalHeaders:,Signature:a", "0002-00000110"),
        ("OSS2 AccessKeyId:LTAI,AdditionalHeaders:host;,Signature:a", "0002-00000111"),
        ("OSS2 AccessKeyId:LTAI,AdditionalHeaders:host;range,Signature:a", "0002-00000112"),
        ("OSS2 AccessKeyId:LTAI,AdditionalHeaders:x_b,Signature:a", "0002-00000112"),
        ("OSS4-HMAC-SHA256 Signature=18", "0002-00000202"),
        ("OSS4-HMAC-SHA256 AdditionalHeaders=host,Signature=18", "0002-00000205"),
        ("OSS4-HMAC-SHA256 Credential=,Signature=18", "0002-00000206"),
        (f"OSS4-HMAC-SHA256 Credential=LTAI/{SCOPE},AdditionalHeaders=host", "0002-00000207"),
        (f"OSS4-HMAC-SHA256 Credential=LTAI/{SCOPE},Signature=", "0002-00000208"),
        (f"OSS4-HMAC-SHA256 Credential=LTAI/{SCOPE},AdditionalHeaders=,Signature=18", "0002-00000209"),
        (f"OSS4-HMAC-SHA256 Credential=LTAI/{SCOPE},AdditionalHeaders=;host,Signature=18", "0002-00000210"),
        (f"OSS4-HMAC-SHA256 Credential=LTAI/{SCOPE},AdditionalHeaders=host;range,Signature=18", "0002-00000211"),
        (f"OSS4-HMAC-SHA256 CredentialLTAI/{SCOPE},Signature=18", "0002-00000203"),
        (f"OSS4-HMAC-SHA256 Credential=LTAI/{SCOPE},Signature=18,SignedHeaders=host", "0002-00000204"),
    ],
)
def test_a_malformed_header(authorization: str, ec: str) -> None:
    error = refusal(request(authorization))
    assert (error.code, error.status, error.ec) == ("InvalidArgument", 400, ec)
    assert error.message == "Authorization header is invalid."
    assert error.elements == {"Authorization": authorization}
    assert error.why


@pytest.mark.parametrize("authorization", ["", "Basic dTpw", "Bearer x", "AWS id:sig", "AWS4-HMAC-SHA256 Credential=a"])
def test_a_header_of_another_kind(authorization: str) -> None:
    error = refusal(request(authorization))
    assert (error.code, error.ec) == ("InvalidArgument", "0002-00000002")
    assert error.message == "Unsupported Authorization Type"
    assert error.elements == {"ArgumentName": "Authorization", "ArgumentValue": authorization}


@pytest.mark.parametrize(
    "credential",
    ["LTAI", "LTAI/20231203/cn-hangzhou/oss/abc", "LTAI/cn-hangzhou/oss/aliyun_v4_request", f"/{SCOPE}"],
)
def test_a_credential_of_another_shape(credential: str) -> None:
    error = refusal(request(f"OSS4-HMAC-SHA256 Credential={credential},Signature=18"))
    assert (error.code, error.ec) == ("InvalidArgument", "0002-00000213")
    assert error.message == "Invalid credential in Authorization header."


@pytest.mark.parametrize(
    "authorization",
    ["OSS LTAI:abc=", "OSS2 AccessKeyId:LTAI,Signature:a", f"OSS4-HMAC-SHA256 Credential=LTAI/{SCOPE},Signature=18"],
)
class TestDates:
    def test_none(self, authorization: str) -> None:
        error = refusal(request(authorization, Date=""))
        assert (error.code, error.status, error.ec) == ("AccessDenied", 403, "0002-00000503")
        assert error.message == "OSS authentication requires a valid Date."

    @pytest.mark.parametrize(
        "date",
        ["yesterday", "2023-12-03T12:12:12Z", "Sun, 3 Dec 2023 12:12:12 GMT", "20231303T121212Z", "20231203T121260Z"],
    )
    def test_unreadable(self, authorization: str, date: str) -> None:
        error = refusal(request(authorization, Date=date))
        assert (error.code, error.ec) == ("AccessDenied", "0002-00000505")
        assert date in str(error.why)

    @pytest.mark.parametrize("headers", [{"x_oss_date": "20231203T121212Z", "Date": ""}, {"Date": DATE}])
    def test_either_header_will_do(self, authorization: str, headers: dict[str, str]) -> None:
        claim = claim_of(request(authorization, **headers))
        assert claim is not None
        assert claim.signed_at == 1_701_605_532


def test_the_fields_of_v4_come_in_any_order_and_spacing() -> None:
    parts = [f"Credential=LTAI/{SCOPE}", "Signature=18", "AdditionalHeaders=Range;host"]
    for text in (",".join(parts), ", ".join(reversed(parts))):
        claim = claim_of(request(f"OSS4-HMAC-SHA256 {text}", Range="bytes=0-1"))
        assert claim is not None
        assert (claim.access_key_id, claim.provided, claim.additional) == ("LTAI", "18", ("host", "range"))
        assert claim.scope is not None
        assert claim.scope.text == SCOPE


def test_only_an_unsigned_payload_is_understood() -> None:
    authorization = f"OSS4-HMAC-SHA256 Credential=LTAI/{SCOPE},Signature=18"
    assert claim_of(request(authorization, x_oss_content_sha256="UNSIGNED-PAYLOAD")) is not None
    assert refusal(request(authorization, x_oss_content_sha256="78adf")).ec == "0002-00000214"


def test_header_and_url_at_once() -> None:
    signed = request("OSS LTAI:abc=")
    for query in (
        "OSSAccessKeyId=LTAI&Expires=1141889120&Signature=abc",
        "Signature=abc",
        "x-oss-signature-version=OSS2",
    ):
        both = Request("GET", "https", signed.host, f"/k?{query}", signed.headers)
        error = refusal(both)
        assert (error.code, error.ec) == ("InvalidArgument", "0002-00000039")


@pytest.mark.parametrize("name", ["x-oss-security-token", "security-token", "X-Oss-Security-Token"])
def test_the_security_token_under_both_names(name: str) -> None:
    claim = claim_of(request("OSS LTAI:abc=", **{name: "CAIS"}))
    assert claim is not None
    assert claim.token == "CAIS"


def test_no_signature_at_all() -> None:
    assert claim_of(Request("GET", "https", "b.oss-cn-hangzhou.aliyuncs.com", "/k?para1=test&acl")) is None
