"""What the service says of a signed URL that lacks something."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from fakeoss.edge.signature import claim_of
from fakeoss.errors import OSSError
from fakeoss.wire.message import Headers, Request

V1 = {"OSSAccessKeyId": "LTAI", "Expires": "1141889120", "Signature": "abc+/="}
V2 = {
    "x-oss-signature-version": "OSS2",
    "x-oss-access-key-id": "LTAI",
    "x-oss-expires": "1141889120",
    "x-oss-signature": "abc+/=",
}
V4 = {
    "x-oss-signature-version": "OSS4-HMAC-SHA256",
    "x-oss-credential": "LTAI/20231203/cn-hangzhou/oss/aliyun_v4_request",
    "x-oss-date": "20231203T121212Z",
    "x-oss-expires": "3600",
    "x-oss-signature": "18ab",
}


def request(parameters: dict[str, str], **headers: str) -> Request:
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Request("GET", "https", "b.oss-cn-hangzhou.aliyuncs.com", f"/k?{urlencode(parameters)}", Headers(pairs))


def refusal(parameters: dict[str, str], **headers: str) -> OSSError:
    with pytest.raises(OSSError) as refused:
        claim_of(request(parameters, **headers))
    assert refused.value.why, "every refusal says why"
    return refused.value


def without(parameters: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in parameters.items() if key != name}


@pytest.mark.parametrize("parameters", [V1, V2, V4])
def test_a_whole_one(parameters: dict[str, str]) -> None:
    claim = claim_of(request(parameters))
    assert claim is not None
    assert (claim.access_key_id, claim.place) == ("LTAI", "query")


@pytest.mark.parametrize(
    ("parameters", "name", "missing", "empty"),
    [
        (V1, "Expires", "067", "068"),
        (V1, "OSSAccessKeyId", "071", "072"),
        (V1, "Signature", "074", "075"),
        (V2, "x-oss-expires", "113", "114"),
        (V2, "x-oss-access-key-id", "115", "116"),
        (V2, "x-oss-signature", "118", "119"),
    ],
)
def test_a_part_of_v1_or_v2_is_missing(parameters: dict[str, str], name: str, missing: str, empty: str) -> None:
    for given, ec in ((without(parameters, name), missing), ({**parameters, name: ""}, empty)):
        error = refusal(given)
        assert (error.code, error.status, error.ec) == ("AccessDenied", 403, f"0002-00000{ec}")
        assert error.message.startswith("Query string authentication requires the Signature, Expires and")


@pytest.mark.parametrize(
    ("name", "missing", "empty"),
    [
        ("x-oss-expires", "215", "216"),
        ("x-oss-credential", "224", "224"),
        ("x-oss-signature", "219", "219"),
        ("x-oss-signature-version", "066", "066"),
    ],
)
def test_a_part_of_v4_is_missing(name: str, missing: str, empty: str) -> None:
    for given, ec in ((without(V4, name), missing), ({**V4, name: ""}, empty)):
        error = refusal(given)
        assert (error.code, error.status, error.ec) == ("InvalidArgument", 400, f"0002-00000{ec}")


@pytest.mark.parametrize("date", [None, "", "2023-12-03", "20231203T121212"])
def test_v4_needs_its_date(date: str | None) -> None:
    given = without(V4, "x-oss-date") if date is None else {**V4, "x-oss-date": date}
    assert refusal(given).message == "OSS authentication requires a valid Date."


@pytest.mark.parametrize("expires", ["abc", "-1", "1.5", "1e9", "\u0661", "9" * 5000])
@pytest.mark.parametrize(("parameters", "name"), [(V1, "Expires"), (V2, "x-oss-expires")])
def test_an_expiry_that_is_no_unix_time(parameters: dict[str, str], name: str, expires: str) -> None:
    error = refusal({**parameters, name: expires})
    assert (error.code, error.status, error.ec) == ("AccessDenied", 403, "0002-00000070")
    assert error.message == "Invalid date (should be seconds since epoch)."


@pytest.mark.parametrize("expires", ["0", "604801", "691200", "abc", "-1", "9" * 5000])
def test_v4_lives_from_a_second_to_seven_days(expires: str) -> None:
    error = refusal({**V4, "x-oss-expires": expires})
    assert (error.code, error.ec) == ("InvalidArgument", "0002-00000232")
    for fine in ("1", "604800"):
        assert claim_of(request({**V4, "x-oss-expires": fine})) is not None


def test_an_unknown_version() -> None:
    error = refusal({**V2, "x-oss-signature-version": "ABC"})
    assert (error.code, error.ec) == ("InvalidArgument", "0002-00000066")
    assert error.elements["ArgumentValue"] == "ABC"


@pytest.mark.parametrize("name", ["Signature", "Expires", "OSSAccessKeyId"])
def test_two_versions_at_once(name: str) -> None:
    for later in (V2, V4):
        assert refusal({**later, name: V1[name]}).ec == "0002-00000039"


@pytest.mark.parametrize("lone", ["Expires", "Signature", "OSSAccessKeyId", "x-oss-signature", "x-oss-credential"])
def test_a_lone_part_is_never_taken_for_an_unsigned_request(lone: str) -> None:
    assert refusal({lone: "1"}).status in {400, 403}


@pytest.mark.parametrize("header", ["x_oss_security_token", "security_token"])
@pytest.mark.parametrize("parameters", [V1, V2, V4])
def test_a_security_token_must_be_in_the_url_too(parameters: dict[str, str], header: str) -> None:
    error = refusal(parameters, **{header: "CAIS"})
    assert (error.code, error.status, error.ec) == ("InvalidRequest", 400, "0002-00000005")
    assert error.message == "Security-token must be provided by query string parameter."


@pytest.mark.parametrize("name", ["security-token", "x-oss-security-token"])
def test_the_security_token_under_both_names(name: str) -> None:
    claim = claim_of(request({**V2, name: "CA/IS+="}, security_token="another"))
    assert claim is not None
    assert claim.token == "CA/IS+="


def test_parameters_that_are_no_utf8_are_refused_whoever_signed_them() -> None:
    with pytest.raises(OSSError, match="InvalidArgument"):
        claim_of(Request("GET", "https", "b.oss-cn-hangzhou.aliyuncs.com", "/k?prefix=%ff"))


@pytest.mark.parametrize("parameters", [V2, V4])
class TestAdditionalHeaders:
    @pytest.mark.parametrize(
        ("named", "ec"), [("", "076"), (";", "076"), (" ;host", "077"), ("host;range", "077"), ("x_b", "077")]
    )
    def test_a_list_that_does_not_fit_the_request(self, parameters: dict[str, str], named: str, ec: str) -> None:
        error = refusal({**parameters, "x-oss-additional-headers": named})
        assert (error.code, error.status, error.ec) == ("InvalidArgument", 400, f"0002-00000{ec}")
        assert error.elements == {"ArgumentName": "x-oss-additional-headers", "ArgumentValue": named}

    def test_a_list_that_does(self, parameters: dict[str, str]) -> None:
        claim = claim_of(request({**parameters, "x-oss-additional-headers": "Range;host"}, Range="bytes=0-1"))
        assert claim is not None
        assert claim.additional == ("host", "range")


def test_v1_knows_no_additional_headers() -> None:
    claim = claim_of(request({**V1, "x-oss-additional-headers": "range"}))
    assert claim is not None
    assert claim.additional == ()
